"""`stca report`: the report for an editor."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from rich.console import Console

from stcalib.cli.build import PASSED_OVER, print_lines, safe, settings, shown_when_slow
from stcalib.core.errors import StcalibError, how_to_install
from stcalib.core.files import write_whole

NEEDED = ("altair", "vl_convert", "networkx")


def make_report(folder: Path | None, out: Path, codebook: str | None, corrections: Path | None, question: str, other: Path | None, live: bool) -> int:
    """Reads the articles of a folder and writes the report; `other` is a folder of tables to compare with.

    Returns 0, or 3 where files or lines were passed over. Raises `StcalibError` where nothing could be read or written.
    """
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise StcalibError(f"A report needs {', '.join(missing)}, not installed here. Install with: {how_to_install('notebooks')}")
    from stcalib.corpus.notices import notices
    from stcalib.corpus.tables import read_tables
    from stcalib.notebook.study import Study, read_ahead
    from stcalib.report.document import report_bytes

    if out.is_dir():
        raise StcalibError(f"{out}: is a folder. Name the file of the report with --out, such as report.html")
    console = Console(stderr=True, highlight=False)
    chosen = settings(folder, codebook, corrections)
    before = read_tables(other) if other is not None else None
    values = {"folder": str(chosen.folder), "codebook": chosen.codebook, "corrections": str(chosen.corrections) if chosen.corrections else None}
    read_ahead(values, lambda names: shown_when_slow(console, list(names)))
    study = Study("report", dict(values))
    content = report_bytes(study, question, live, before)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(out, content)
    except OSError as error:
        raise StcalibError(f"{out}: cannot be written ({error.strerror}). Name another file with --out") from error
    size = f"{len(content) / 1e6:.1f} MB"
    number = "1 article" if len(study.articles) == 1 else f"{len(study.articles)} articles"
    console.print(f"Report of {number} written to {safe(out)} ({size}). It opens in any browser.", soft_wrap=True)
    print_lines(console, notices(study.corpus))
    return 0 if study.corpus.problems.empty else PASSED_OVER
