"""The main job of the command: a folder of articles to files of tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from stcalib.corpus import load_corpus
from stcalib.tables import write_tables

PASSED_OVER = 3
"""Exit code where tables were written and some files could not be read."""
PATIENCE = 1.0
"""Seconds of work after which progress is shown."""
DEFAULT_FOLDERS = ("articles", "seeds")


def build_tables(folder: Path | None, out: Path, codebook: str, corrections: Path | None = None) -> int:
    """Reads the articles of a folder and writes their tables; says what was written and what could not be read.

    `corrections` is a ledger that reviewers wrote. Returns 0, or 3 where files were passed over. Raises `StcalibError`
    where nothing could be read or written.
    """
    console = Console(stderr=True, highlight=False)
    chosen = folder or default_folder()
    corpus = load_corpus(chosen, codebook=codebook, corrections=corrections)
    corpus.read(lambda names: shown_when_slow(console, list(names)))
    tables = corpus.tables()
    write_tables(tables, out)
    console.print(f"{escape(str(chosen))}: {len(corpus)} articles. Tables written to {escape(str(out))}:", soft_wrap=True)
    if corrections:
        console.print(escape(str(corpus.corrected)), soft_wrap=True)
    console.print(_row_numbers({name: len(frame) for name, frame in tables.items()}))
    for problem in corpus.problems.to_dict("records"):
        file, what, advice = (escape(str(problem[column])) for column in ("file", "problem", "advice"))
        console.print(f"[yellow]{file}[/]: {what}. {advice}.", soft_wrap=True)
    return PASSED_OVER if len(corpus.problems) else 0


def default_folder() -> Path:
    """The folder that is meant where none is named: `articles` of a project, else the `seeds` of the package."""
    return next((Path(name) for name in DEFAULT_FOLDERS if Path(name).is_dir()), Path(DEFAULT_FOLDERS[0]))


def shown_when_slow(console: Console, names: list[str]) -> Iterator[str]:
    """The names, one by one; a bar appears on a terminal once the work on them takes over a second."""
    started = monotonic()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Reading articles", total=len(names), visible=False)
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
