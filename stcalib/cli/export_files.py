"""`stca export` and `stca import-codes`: files for other programs, and what was coded in them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.console import Console

from stcalib.cli.build import PASSED_OVER, PROJECT_LEDGER, print_lines, safe, settings, shown_when_slow
from stcalib.core.errors import ParameterError, StcalibError
from stcalib.core.near import not_known
from stcalib.corpus.corpus import load_corpus
from stcalib.corpus.notices import notices
from stcalib.export.formats import FORMATS, check_place, export_as
from stcalib.export.qda_decisions import fresh_lines
from stcalib.export.qda_import import import_codes
from stcalib.export.qda_read import read_project

MOST_LISTED = 10
"""Passages of one reason that are listed one by one."""
WORDS_SHOWN = 60


def export_files(name: str | None, folder: Path | None, out: Path | None, codebook: str | None, corrections: Path | None) -> int:
    """Reads the articles of a folder and writes them in a format; without a name it lists the formats.

    Returns 0, or 3 where files or lines were passed over. Raises `StcalibError` where nothing could be read or written.
    """
    console = Console(stderr=True, highlight=False)
    if name is None:
        _list()
        return 0
    if name not in FORMATS:
        raise ParameterError(not_known(name, "format", FORMATS))
    target = out or Path(FORMATS[name].out)
    check_place(target, FORMATS[name])
    chosen = settings(folder, codebook, corrections)
    corpus = load_corpus(chosen.folder, codebook=chosen.codebook, corrections=chosen.corrections)
    corpus.read(lambda names: shown_when_slow(console, list(names)))
    files = export_as(corpus, name, target)
    number = f"{len(files)} file{'' if len(files) == 1 else 's'}" if FORMATS[name].out.endswith("/") else f"{files[0].stat().st_size:,} bytes"
    console.print(f"{safe(chosen.folder)}: written to {safe(target)} ({number}).", soft_wrap=True)
    print_lines(console, notices(corpus))
    return 0 if corpus.problems.empty else PASSED_OVER


def _list() -> None:
    """The formats, one a line, on the standard output."""
    page = Console(highlight=False)
    for name, one in FORMATS.items():
        page.print(f"[bold]{name:<8}[/] {safe(one.told)}  [dim]{safe(one.out)}[/]", soft_wrap=True)


def take_codes(
    project: Path,
    folder: Path | None,
    codebook: str | None,
    ledger: Path | None,
    coder: str,
    accept_kept: bool,
    reject_gone: bool,
    dry_run: bool,
) -> int:
    """Takes the coded selections of a project into the ledger and tells what became of them.

    Returns 0, or 3 where passages were passed over. Raises `StcalibError` where the project or the articles cannot be read, or
    the ledger cannot be written.
    """
    if not coder.strip():
        raise ParameterError("--coder: is empty. Give the name that is to stand beside decisions of nobody named")
    console = Console(stderr=True, highlight=False)
    if not read_project(project):
        raise StcalibError(f"{project}: holds no text. Export the project with its texts and coded passages")
    chosen = settings(folder, codebook, ledger)
    target = ledger or chosen.corrections or chosen.folder.parent / PROJECT_LEDGER
    if target.is_dir():
        raise StcalibError(f"{target}: is a folder. Name the file of the ledger with --corrections")
    corpus = load_corpus(chosen.folder, codebook=chosen.codebook, corrections=target if target.is_file() else None)
    corpus.read(lambda names: shown_when_slow(console, list(names)))
    made = import_codes(corpus, project, target, coder.strip(), accept_kept, reject_gone, dry_run)
    for line in fresh_lines(made):
        console.print(line)
    verb = "would be written" if dry_run else "written"
    console.print(f"{len(made.decisions):,} lines {verb} to {safe(target)}.", soft_wrap=True)
    reasons = Counter(one.reason for one in made.passed)
    for reason, number in reasons.items():
        shown = [one for one in made.passed if one.reason == reason][:MOST_LISTED]
        console.print(f"[yellow]passed over[/], {number:,}: {safe(reason)}", soft_wrap=True)
        for one in shown:
            console.print(f"  {safe(one.source)} {one.start}-{one.end}: {safe(one.text[:WORDS_SHOWN])}", soft_wrap=True)
    return PASSED_OVER if made.passed else 0
