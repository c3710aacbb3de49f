"""The main job of the command: a folder of articles to files of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from stcalib.codebook.usual import usual_codebook
from stcalib.core.errors import StcalibError
from stcalib.core.table_spec import TABLES
from stcalib.core.visible import visible
from stcalib.corpus.corpus import Corpus, load_corpus
from stcalib.corpus.kept import clean, project_cache
from stcalib.corpus.notices import notices
from stcalib.corpus.passes import cores
from stcalib.corpus.tables import check_writable, write_tables
from stcalib.corpus.warm import Warm

PASSED_OVER = 3
"""Exit code where tables were written and some files could not be read."""
PATIENCE = 1.0
"""Seconds of work after which progress is shown."""
DEFAULT_FOLDERS = ("articles", "seeds")
PROJECT_LEDGER = "corrections.csv"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command reads: a folder of articles, with a codebook and a ledger of corrections."""

    folder: Path
    codebook: str
    corrections: Path | None


def settings(folder: Path | None, codebook: str | None, corrections: Path | None) -> Settings:
    """What is meant where something is not named.

    Without a folder it is the project in the working folder: its `articles` (else the `seeds` of the package's
    repository). Beside the folder stand its `codebook` and `corrections.csv`, where there are such.
    """
    chosen = folder or next((Path(name) for name in DEFAULT_FOLDERS if Path(name).is_dir()), None)
    if chosen is None:
        where = f"there is no folder {' or '.join(DEFAULT_FOLDERS)} here"
        raise StcalibError(f"No folder is named, and {where}. Name the folder of your articles, or run this in your project")
    beside = chosen.parent if chosen.parent != chosen else chosen.absolute().parent
    ledger = beside / PROJECT_LEDGER
    return Settings(chosen, codebook or usual_codebook(chosen), corrections or (ledger if ledger.is_file() else None))


def build_tables(
    folder: Path | None,
    out: Path,
    codebook: str | None = None,
    corrections: Path | None = None,
    jobs: int | None = None,
    keep: bool = True,
    warm: Warm | None = None,
) -> int:
    """Reads the articles of a folder and writes their tables; says what was written and what could not be read.

    `corrections` is a ledger that reviewers wrote; what is not named is as in `settings`. `jobs` processes read, one a core
    where it is None; with `keep` what was read before in a project is not read again; `warm` takes what a later build can
    use. Returns 0, or 3 where files or lines were passed over. Raises `StcalibError` where nothing could be read or written.
    """
    console = Console(stderr=True, highlight=False)
    chosen = settings(folder, codebook, corrections)
    corpus, tables = built(console, chosen, out, jobs, keep, warm)
    number = f"{len(corpus)} article{'' if len(corpus) == 1 else 's'}"
    console.print(f"{safe(chosen.folder)}: {number}. Tables written to {safe(out)}:", soft_wrap=True)
    console.print(_row_numbers({name: len(frame) for name, frame in tables.items()}))
    if chosen.corrections:
        console.print(safe(str(corpus.corrected).partition("\n")[0]), soft_wrap=True)
    print_lines(console, notices(corpus))
    return 0 if corpus.problems.empty else PASSED_OVER


def built(
    console: Console, chosen: Settings, out: Path, jobs: int | None, keep: bool, warm: Warm | None = None
) -> tuple[Corpus, dict[str, pd.DataFrame]]:
    """Reads the articles and writes their tables; gives both. Arguments and errors as in `build_tables`; `warm` is of a build before."""
    check_writable(out)
    cache = project_cache(chosen.folder) if keep else None
    corpus = load_corpus(chosen.folder, chosen.codebook, chosen.corrections, cache, warm)
    corpus.read(lambda names: shown_when_slow(console, list(names)), jobs or cores())
    tables = {name: getattr(corpus, name) for name in shown_when_slow(console, list(TABLES), "Making tables")}
    write_tables(tables, out, progress=lambda names: shown_when_slow(console, list(names), "Writing tables"), origin=corpus.origin)
    return corpus, tables


def clean_project(folder: Path | None) -> None:
    """Removes what is kept of the articles of a folder, and says so."""
    console = Console(stderr=True, highlight=False)
    gone = clean(settings(folder, None, None).folder)
    console.print(f"Removed {safe(gone)}." if gone is not None else "Nothing is kept of these articles.", soft_wrap=True)


def print_lines(console: Console, lines: Iterable[str]) -> None:
    """Prints what is to be told of a corpus, the file that a line is about in colour."""
    for line in lines:
        about, colon, rest = line.partition(": ")
        console.print(f"[yellow]{safe(about)}[/]{colon}{safe(rest)}", soft_wrap=True)


def safe(words: object) -> str:
    """Words from outside as text of the console: no markup, no control character."""
    return escape(visible(str(words)))


def shown_when_slow(console: Console, names: list[str], what: str = "Reading articles") -> Iterator[str]:
    """The names, one by one; a bar appears on a terminal once the work on them takes over a second."""
    started = monotonic()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=len(names), visible=False)
        for name in names:
            yield name
            progress.update(task, advance=1, visible=monotonic() - started > PATIENCE)


def _row_numbers(numbers: dict[str, int]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, number in numbers.items():
        table.add_row(f"  {name}", str(number))
    return table
