"""Codes that were set in NVivo, ATLAS.ti, MAXQDA or another program, taken into the ledger of corrections."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from stcalib.corpus.corpus import Corpus
from stcalib.corrections.ledger import append, read_ledger
from stcalib.export.qda_decisions import Choices, Imported, decisions_of
from stcalib.export.qda_read import read_project


def import_codes(
    corpus: Corpus,
    project: str | Path,
    ledger: str | Path,
    coder: str = "coder",
    accept_kept: bool = False,
    reject_gone: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Writes what the coded selections of a REFI-QDA project decide to the end of a ledger; gives what was decided.

    `corpus` is read with that ledger as its corrections. `coder` stands for a coding of which the project does not say whose it
    is. With `accept_kept` the rows of an export that are coded as before are accepted, with `reject_gone` those that are coded
    no longer are rejected. Importing the same project again writes nothing. Raises `StcalibError` where the project cannot be
    read or the ledger not written; nothing is written with `dry_run`.
    """
    sources = read_project(project)
    known = read_ledger(ledger, missing_ok=True)
    made = decisions_of(sources, corpus, known, Choices(coder, accept_kept, reject_gone, datetime.now(UTC)))
    if made.decisions and not dry_run:
        append(ledger, made.decisions)
    return made
