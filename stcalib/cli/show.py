"""`stca show`: one article in the terminal, its rows marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.text import Text

from stcalib.cli.build import DEFAULT_FOLDERS, PASSED_OVER, print_lines, settings, shown_when_slow
from stcalib.core.errors import ParameterError, StcalibError
from stcalib.core.row_fields import as_text, days_in_words
from stcalib.core.rows import REVIEWED, WALKED, ArticleRow, Proposal, Row
from stcalib.core.table_spec import ROW_TYPES, counted
from stcalib.core.visible import visible
from stcalib.corpus.corpus import Corpus, load_corpus
from stcalib.corpus.explain import explain_position
from stcalib.corpus.folder import ARTICLE_ENDING
from stcalib.corpus.kept import project_cache
from stcalib.corpus.notices import problem_lines
from stcalib.corpus.sidecar import NAME as SIDECAR
from stcalib.corrections.live_row import rows_of
from stcalib.display.marks import shown_rows
from stcalib.display.terminal import article_text
from stcalib.positions.explained import CUE, WORDING

HEAVIEST = 12
"""Weights of each kind that are told."""
FEW = 10
"""Article ids that a message names at most."""


def show_article(
    article: str,
    folder: Path | None = None,
    only: Sequence[str] = (),
    skipped: bool = False,
    codebook: str | None = None,
    corrections: Path | None = None,
    why: str | None = None,
) -> int:
    """Prints an article on the standard output, its rows marked, and what is wrong around it on the error output.

    `article` is a file, or an id (also its beginning, or that of its last part) in `folder`. `only` names the tables whose rows
    are marked, all of them but the proposals if it is empty. `why` is the label or id of a position or proposal of which is told
    by which words it is read and what weighed how much. Gives 0, or 3 where the sidecar or the ledger has lines that were passed over. Raises
    `StcalibError` where there is no such article, or it cannot be read.
    """
    tables = _tables(only)
    file = _file(article) if folder is None else None
    chosen = settings(_folder_of(file) if file else folder, codebook, corrections)
    corpus = load_corpus(chosen.folder, codebook=chosen.codebook, corrections=chosen.corrections, cache=project_cache(chosen.folder))
    article_id = _of_file(corpus, file, chosen.folder) if file else _of_id(corpus, article, chosen.folder)
    notes = Console(stderr=True, highlight=False)
    if chosen.corrections:
        corpus.read(lambda names: shown_when_slow(notes, list(names)))
    shown = corpus[article_id]
    wanted = [ROW_TYPES[table] for table in (*tables, "skipped")]
    rows: list[Any] = [*shown.rows, *_proposals(corpus, article_id)]
    marked = article_text(shown, [row for row in rows if type(row) in wanted], skipped)
    page = Console(highlight=False)
    page.print(_heading(corpus, article_id), "", marked, sep="\n", soft_wrap=not page.is_terminal)
    if why is not None:
        page.print("", *_weights(corpus, rows, why), sep="\n", markup=False, soft_wrap=True)
    concerning = corpus.problems_of(article_id)
    print_lines(notes, problem_lines(concerning))
    return 0 if concerning.empty else PASSED_OVER


def _proposals(corpus: Corpus, article_id: str) -> list[Proposal]:
    if not corpus.is_corrected:
        return corpus.found(article_id).proposals
    frame = corpus.proposals
    return rows_of(frame[frame["article_id"] == article_id], Proposal)


def _weights(corpus: Corpus, rows: Iterable[Row], why: str) -> Iterator[str]:
    """By which words the row of that label or id is read, and what weighed how much for it, the heaviest of each kind.

    Raises `StcalibError` where there is none.
    """
    asked = [row for row in shown_rows(rows) if why in (row.label, row.fields.get("position_id"))]
    found = explain_position(corpus, asked[0].fields.get("position_id", "") if asked else why)
    weighed = found[found["weight"].notna()]
    yield from _read_by(found[found["weight"].isna()], why)
    yield f"What weighed how much for {why}, in thousandths of log-odds:" if len(weighed) else f"{why}: read by rule alone, nothing is weighed"
    for of, part in weighed.groupby("of", sort=False):
        yield f"  {of}"
        yield from (f"  {row.weight:+7,}  {visible(str(row.what))}" for row in part.head(HEAVIEST).itertuples())


def _read_by(words: pd.DataFrame, why: str) -> Iterator[str]:
    """The wording and the cue of a row, each with its characters; where no rule reads it, that."""
    if words.empty:
        yield f"{why}: no rule reads it, the learned reader alone"
        return
    yield f"What a rule reads {why} by:"
    told = {row.of: f"{visible(str(row.what))!r} [{row.start}–{row.end}]" for row in words.itertuples()}
    yield f"  wording  {told[WORDING]}, which raises the proposition"
    yield f"  cue      {told[CUE]}, which gives the stance" if CUE in told else "  cue      none: the wording itself gives the stance"


def _tables(only: Sequence[str]) -> Sequence[str]:
    if unknown := [name for name in only if name not in WALKED]:
        raise ParameterError(f"--only {unknown[0]}: no such table. There are {', '.join(WALKED)}")
    return only or REVIEWED


def _file(article: str) -> Path | None:
    """The file that is meant; None where it is an id. Raises `StcalibError` where a file is meant that is not there."""
    path = Path(article)
    if path.is_file():
        return path
    if path.is_dir():
        raise StcalibError(f"{article}: is a folder. Name one article: its file, or its id with --corpus {article}")
    if path.is_absolute() or path.suffix.lower() == ARTICLE_ENDING or article.startswith((".", "~")):
        raise StcalibError(f"{article}: no such file. Check the path, or give the article's id with --corpus FOLDER")
    return None


def _folder_of(file: Path) -> Path:
    """The folder of articles that a file belongs to: the nearest around it that holds a sidecar, or is named as one of a project."""
    around = (folder for folder in file.parents if (folder / SIDECAR).is_file() or folder.name in DEFAULT_FOLDERS)
    return next(around, file.parent)


def _of_file(corpus: Corpus, file: Path, folder: Path) -> str:
    name = file.relative_to(folder).as_posix()
    for article_id in corpus:
        if corpus.file_of(article_id) == name:
            return article_id
    said = next((f"{row.problem}. {row.advice}" for row in corpus.problems.itertuples() if row.file == name), "it is not read as an article")
    raise StcalibError(f"{file}: {said}")


def _of_id(corpus: Corpus, article: str, folder: Path) -> str:
    wanted = article.removesuffix(ARTICLE_ENDING)
    found = [wanted] if wanted in set(corpus) else [one for one in corpus if one.startswith(wanted) or one.rpartition("/")[2].startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise StcalibError(f"{article}: {len(found)} articles of {folder} begin so: {_few(found)}. Give more of the id")
    near = get_close_matches(wanted, list(corpus), n=1)
    raise StcalibError(f"{article}: no such article in {folder}.{f' Did you mean {near[0]}?' if near else ''} There are: {_few(list(corpus))}")


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return visible(", ".join(names[:FEW])) + more


def _heading(corpus: Corpus, article_id: str) -> Text:
    """Title, outlet and date of the article, and how many rows it has."""
    row = corpus.article_row(article_id)
    title, outlet = visible(as_text(row.title)), visible(as_text(row.outlet))
    rows = [sum(isinstance(one, ROW_TYPES[table]) for one in corpus[article_id].rows) for table in REVIEWED]
    numbers = [counted(table, number) for table, number in zip(REVIEWED, rows, strict=True)]
    text = Text(visible(article_id), "bold")
    text.append("\n" + " · ".join(filter(None, [title, outlet, _when(row)])), "not bold")
    text.append("\n" + ", ".join(numbers), "not bold dim")
    return text


def _when(row: ArticleRow) -> str:
    """The interval of publication in words, with its basis."""
    earliest, latest = as_text(row.published_earliest), as_text(row.published_latest)
    if not earliest and not latest:
        return "day of publication unknown"
    return f"published {days_in_words(earliest, latest)} ({row.published_basis})"
