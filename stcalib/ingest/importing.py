"""Files of any kind into a folder of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from stcalib.core.errors import StcalibError, how_to_install
from stcalib.ingest.bounds import FILE_BYTES, STORY_CHARACTERS
from stcalib.ingest.sample_aside import samples_in, set_aside
from stcalib.ingest.store import Place, Store, base_name
from stcalib.ingest.story import Declined, Story

if TYPE_CHECKING:
    import pandas as pd

NEEDED = ("defusedxml", "lxml", "pdfminer", "python_calamine", "trafilatura", "warcio")
ENDINGS = frozenset(
    ".txt .text .md .markdown .htm .html .xhtml .pdf .doc .docx .rtf .eml .csv .tsv .tab .xls .xlsx .xlsm .ods .json .jsonl .ndjson .xml .rss .atom "
    ".srt .vtt .warc .arc .gz .zip".split()
)
"""Endings of files in a folder that are read; a file that is named itself is read whatever its ending."""
NO_ARTICLES = frozenset(
    ".css .js .png .jpg .jpeg .gif .svg .ico .webp .woff .woff2 .ttf .eot .map .mp3 .mp4 .mov .avi .wav .lock .bak .pyc "
    ".ds_store .toml .ris .bib".split()
)
"""Endings of files that a folder may hold beside articles and that are passed over without a word."""


@dataclass(frozen=True, slots=True)
class ImportedStory:
    """One story and what became of it. `status` is "written", "there already", "deleted before" (its text was deleted, its entry
    not), or with `--dry-run` "would be written"."""

    article_id: str
    status: str
    source: str
    place: int
    kind: str
    title: str | None
    outlet: str | None
    author: str | None
    published: date | None
    duplicate_of: str | None
    note: str | None

    @property
    def is_new(self) -> bool:
        """Whether the story was not there before."""
        return self.status in {"written", "would be written"}


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file, or a story in one, that was not imported: why, and what to do."""

    file: str
    problem: str
    advice: str


@dataclass(slots=True)
class ImportReport:
    """What an import did: `stories`, what was `passed_over`, and the sample articles that it set aside."""

    folder: Path
    stories: list[ImportedStory] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)

    @property
    def table(self) -> pd.DataFrame:
        """The stories as a data frame, one a row."""
        import pandas as pd

        return pd.DataFrame(
            [{name: getattr(story, name) for name in ImportedStory.__dataclass_fields__} for story in self.stories],
            columns=list(ImportedStory.__dataclass_fields__),
        )

    def __repr__(self) -> str:
        new = sum(story.is_new for story in self.stories)
        return f"<Import into {self.folder}: {new} new of {len(self.stories)} stories, {len(self.passed_over)} passed over>"

    def _repr_html_(self) -> str:
        return str(self.table.to_html(index=False, escape=True))


def import_articles(
    files: str | Path | Iterable[str | Path],
    into: str | Path = "articles",
    columns: Mapping[str, str] | None = None,
    dry_run: bool = False,
    progress: Callable[[list[Path]], Iterable[Path]] = iter,
) -> ImportReport:
    """Brings files into a folder of articles: each story as a text file, what is known of it in `articles.toml`.

    `files` are files and folders (with the folders in them); `columns` names the column or key of a field where the
    guess is wrong (`{"text": "Body"}`); with `dry_run` nothing is written. What is there is never overwritten, so
    importing again is safe. A file that cannot be read is told in the report and does not keep the others from being
    imported. `progress` wraps the files as they are worked through. Raises `StcalibError` where there is no such file,
    where a library is missing, or where `articles.toml` is not valid.
    """
    check_libraries()
    folder = Path(into)
    if folder.exists() and not folder.is_dir():
        raise StcalibError(f"{folder}: is a file; a folder of articles is wanted. Name another one with --into")
    report = ImportReport(folder)
    paths = list(_paths([files] if isinstance(files, (str, Path)) else files, folder, report))
    store = Store(folder, dry_run)
    for path in progress(paths):
        stories = list(_stories(path, columns, report))
        if stories and not report.stories:
            report.set_aside = [file.stem for file in samples_in(folder)] if dry_run else set_aside(folder)
            store = Store(folder, dry_run)
        _keep(path, stories, store, report, dry_run)
    return report


def check_libraries() -> None:
    """Raises `StcalibError` with the line to install where a library of the extra is missing."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise StcalibError(f"Importing needs {', '.join(missing)}, which {verb} not installed. Install with: {how_to_install('import')}")


def _paths(named: Iterable[str | Path], into: Path, report: ImportReport) -> Iterator[Path]:
    """The files that are named, and those in folders that are named, once each, in the order of their names."""
    seen: set[Path] = set()
    for name in named:
        path = Path(name)
        if not path.exists():
            raise StcalibError(f"{path}: there is no such file or folder. Check the name")
        for file in [path] if not path.is_dir() else _in_folder(path, into):
            if (key := file.resolve()) in seen:
                continue
            seen.add(key)
            if file == path or file.suffix.lower() in ENDINGS:
                yield file
            else:
                what = f"its ending {file.suffix!r} is of no kind that is read" if file.suffix else "has no ending that tells its kind"
                report.passed_over.append(PassedOver(str(file), what, "Name the file itself if it holds articles"))


def _in_folder(folder: Path, into: Path) -> Iterator[Path]:
    """The files of a folder and its folders, without hidden ones, those a browser saves beside a page, and the target itself."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "~$")) or entry.resolve() == into.resolve():
            continue
        if entry.is_dir():
            page = entry.name.removesuffix("_files").removesuffix("_fichiers")
            saved = page != entry.name and any((folder / f"{page}{ending}").exists() for ending in (".html", ".htm"))
            if not saved and not entry.is_symlink():
                yield from _in_folder(entry, into)
        elif entry.is_file() and entry.suffix.lower() not in NO_ARTICLES and entry.stem.upper() != "README":
            yield entry


def _stories(path: Path, columns: Mapping[str, str] | None, report: ImportReport) -> Iterator[tuple[str, str, Story]]:
    """The stories of a file with its name, and the kind of the file; what gives none goes to the report."""
    from stcalib.ingest.read import parts_of

    try:
        size = path.stat().st_size
        if size > FILE_BYTES:
            raise Declined(f"{size:,} bytes long; a file may have {FILE_BYTES:,}", "Split it")
        for part in parts_of(path.name, path.read_bytes(), columns):
            if isinstance(part, Declined):
                report.passed_over.append(PassedOver(path.name, part.problem, part.advice))
                continue
            source = f"{path.name}/{part.inner}" if part.inner else path.name
            yield from _with_text(source, part.kind, part.stories, report)
    except Declined as error:
        report.passed_over.append(PassedOver(path.name, error.problem, error.advice))
    except OSError as error:
        report.passed_over.append(PassedOver(path.name, f"cannot be read ({error.strerror or error})", "Check that it is there and readable"))


def _with_text(source: str, kind: str, stories: Iterator[Story], report: ImportReport) -> Iterator[tuple[str, str, Story]]:
    """The stories that have a text."""
    number = 0
    try:
        for number, story in enumerate(stories, 1):
            problem = _problem(story)
            if problem is None:
                yield source, kind, story
            else:
                what = f"{problem[0]} in story {number}" + (f" ({shortened(story.title)})" if story.title else "")
                report.passed_over.append(PassedOver(source, what, problem[1]))
    except Declined as error:
        report.passed_over.append(PassedOver(source, error.problem, error.advice))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        report.passed_over.append(
            PassedOver(
                source, f"cannot be read behind story {number} ({type(error).__name__}: {error})", "Save it in another format; please report it"
            )
        )
    else:
        if number == 0:
            report.passed_over.append(PassedOver(source, "no story found in it", "Check that it holds the text of articles"))


def _problem(story: Story) -> tuple[str, str] | None:
    """Why a story is not imported, and what to do."""
    size = sum(map(len, story.paragraphs))
    if not any(part.strip() for part in story.paragraphs):
        return "no text", "Export it with its full text, or save its page"
    if size > STORY_CHARACTERS:
        return f"a text of {size:,} characters", f"A story may have {STORY_CHARACTERS:,}; split it into articles"
    return None


def shortened(text: str, most: int = 100) -> str:
    """A text on one line of a report."""
    line = " ".join(text[: 10 * most].split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _keep(path: Path, stories: Sequence[tuple[str, str, Story]], store: Store, report: ImportReport, dry_run: bool) -> None:
    for number, (source, kind, story) in enumerate(stories, 1):
        base = base_name(path.name.partition(".")[0] or path.stem, number, len(stories), story.title)
        written = store.add(story, Place(source, number), base)
        status = "deleted before" if written.deleted else "there already" if not written.new else "would be written" if dry_run else "written"
        report.stories.append(
            ImportedStory(
                written.article_id,
                status,
                source,
                number,
                kind,
                story.title,
                story.outlet,
                story.author,
                story.published,
                written.duplicate_of,
                story.note,
            )
        )
    store.write_entries()
