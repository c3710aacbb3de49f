"""`stca learn`: the reader of a project is taught by its examples and its reviewers' decisions, and says what changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from rich.console import Console

from stcalib.cli.build import settings, shown_when_slow
from stcalib.codebook.codebook import MODEL, load_codebook
from stcalib.core.errors import StcalibError
from stcalib.core.visible import visible
from stcalib.corpus.corpus import Corpus, load_corpus
from stcalib.corrections.ledger import Ledger, read_ledger
from stcalib.learning.changes import CHANGES, changes
from stcalib.learning.project import keep, lesson

MOST_ROWS = 5
"""Rows named of each kind of change."""
TEXT = 90


def learn(folder: Path | None, codebook: str | None, corrections: Path | None) -> int:
    """Teaches the reader of a project, keeps what it learned beside the codebook, and prints what it reads otherwise. Gives 0.

    What is not named is as in `stcalib.cli.build.settings`. Raises `StcalibError` where the codebook is one of the package, or
    there is nothing to learn from.
    """
    chosen = settings(folder, codebook, corrections)
    home = Path(chosen.codebook)
    if not home.is_dir():
        raise StcalibError(
            f"{chosen.codebook}: what a reader learns is kept beside the codebook, and this is one of the package. "
            "Make a project (stca new), or name a folder with --codebook"
        )
    console, out = Console(stderr=True, highlight=False), Console(highlight=False)
    ledger = read_ledger(chosen.corrections) if chosen.corrections else Ledger()
    found = lesson(load_codebook(home), ledger)
    before = _read(console, chosen.folder, chosen.codebook, ledger)
    keep(found, home)
    after = _read(console, chosen.folder, chosen.codebook, ledger)
    for line in (*found.lines(), *told(changes(before, after), before, after), f"kept in {home / MODEL}: every later reading takes it"):
        out.print(visible(line), markup=False, soft_wrap=True)
    return 0


def _read(console: Console, folder: Path, codebook: str, ledger: Ledger) -> Corpus:
    corpus = load_corpus(folder, codebook=codebook, corrections=ledger)
    return corpus.read(lambda names: shown_when_slow(console, list(names)))


def told(found: pd.DataFrame, before: Corpus, after: Corpus) -> Iterator[str]:
    """How many rows there were and are, and of each kind of change the first."""
    for name in ("positions", "proposals"):
        yield f"{name}: {len(getattr(before, name))} before, {len(getattr(after, name))} now"
    for change in CHANGES:
        rows = found[found["change"] == change]
        if len(rows):
            yield f"{change}: {len(rows)}"
            for row in rows.head(MOST_ROWS).itertuples():
                text = " ".join(str(row.text).split())
                yield f"  {row.article_id}: {row.actor}, {row.proposition}, {row.stance}: {text[:TEXT]}{'…' if len(text) > TEXT else ''}"
            if len(rows) > MOST_ROWS:
                yield f"  and {len(rows) - MOST_ROWS} more"
