"""`stca build --watch`: the tables are written anew whenever something changes that they rest on, by a process that stays ready."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

from rich.console import Console

from stcalib.cli.build import Settings, build_tables, built, print_lines, safe, settings
from stcalib.core.errors import StcalibError
from stcalib.corpus.notices import notices
from stcalib.corpus.warm import Stamp, Warm, stamp_of

PAUSE = 0.2
"""Seconds between two looks at the files."""

State = dict[Path, Stamp]


def watch(folder: Path | None, out: Path, codebook: str | None, corrections: Path | None, jobs: int | None, keep: bool) -> int:
    """Writes the tables, and again after each change of an article, of a file beside the articles, of the codebook or the ledger.

    What is wrong with the files then is told, and the tables stay as they were until it is mended. Ctrl-C ends it; gives 0.
    Arguments as in `build_tables`, which it begins with; what that raises at the beginning is raised.
    """
    console = Console(stderr=True, highlight=False)
    chosen = settings(folder, codebook, corrections)
    warm = Warm()
    try:
        seen = state_of(chosen)
        build_tables(folder, out, codebook, corrections, jobs, keep, warm)
        console.print(f"Watching {safe(chosen.folder)}. Ctrl-C ends it.", soft_wrap=True)
        for state in changes(chosen, seen):
            _again(console, settings(folder, codebook, corrections), out, jobs, keep, warm, _in_words(seen, state))
            seen = state
    except KeyboardInterrupt:
        console.print("No longer watching. The tables are whole.")
    return 0


def changes(chosen: Settings, seen: State) -> Iterator[State]:
    """The state of the files whenever it is another than before and has come to rest."""
    while True:
        sleep(PAUSE)
        state = state_of(chosen)
        while state != seen and state != (later := _later(chosen)):
            state = later
        if state != seen:
            seen = state
            yield state


def _later(chosen: Settings) -> State:
    sleep(PAUSE / 4)
    return state_of(chosen)


def state_of(chosen: Settings) -> State:
    """The files that the tables rest on, each with its state."""
    watched = [path for path in chosen.folder.rglob("*") if path.is_file()]
    book = Path(chosen.codebook)
    watched += [path for path in book.rglob("*") if path.is_file()] if book.is_dir() else []
    ledger = chosen.corrections or chosen.folder.absolute().parent / "corrections.csv"
    return {path: stamp for path in (*watched, ledger) if (stamp := stamp_of(path)) is not None}


def _in_words(before: State, now: State) -> str:
    """What has changed, by the names of the files where they are few."""
    changed = sorted(path.name for path in before.keys() | now.keys() if before.get(path) != now.get(path))
    return ", ".join(changed) if len(changed) <= 3 else f"{len(changed):,} files"


def _again(console: Console, chosen: Settings, out: Path, jobs: int | None, keep: bool, warm: Warm, changed: str) -> None:
    began = monotonic()
    try:
        corpus, tables = built(console, chosen, out, jobs, keep, warm)
    except StcalibError as error:
        console.print(f"{safe(changed)}: {safe(error)}. The tables stay as they were.", soft_wrap=True)
        return
    rows = sum(map(len, tables.values()))
    console.print(f"{safe(changed)}: {rows:,} rows of {len(corpus):,} articles written in {monotonic() - began:.1f} s.", soft_wrap=True)
    print_lines(console, notices(corpus))
