"""`stca figures`: what it shows while notebooks run, and when they have."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from stcalib.cli.build import PASSED_OVER, print_lines
from stcalib.core.errors import ParameterError, StcalibError, how_to_install
from stcalib.notebook.files import find_notebooks
from stcalib.notebook.parameters import read_parameters
from stcalib.notebook.run import ARTICLES, run_notebooks

KEPT = "articles: unchanged, taken as they were read before"
NEEDED = ("papermill", "ipykernel", "altair", "networkx", "matplotlib", "vl_convert")
"""Packages of the extra `notebooks` without which no figure is made."""


def split_parameters(given: Sequence[str]) -> dict[str, str]:
    """Texts of the form KEY=VALUE as a mapping. Raises `ParameterError` for one without "=" and for a key given twice."""
    values: dict[str, str] = {}
    for text in map(_unquoted, given):
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise ParameterError(f"-p {text}: write it as KEY=VALUE, such as -p period=2018")
        if name.strip() in values:
            raise ParameterError(f"-p {text}: {name.strip()} is given twice. Several values go in one: -p parties=ONE,OTHER")
        values[name.strip()] = _unquoted(value.strip())
    return values


def _unquoted(text: str) -> str:
    """A text without the quotation marks around it, which some shells leave there."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def list_parameters(notebooks: Path, console: Console | None = None) -> None:
    """Shows the notebooks with their parameters: type, default, meaning."""
    console = console or Console()
    for path in find_notebooks(notebooks):
        table = Table("parameter", "is", "default", "meaning", title=path.stem, title_justify="left", box=None, pad_edge=False)
        for parameter in read_parameters(path):
            table.add_row(parameter.name, parameter.kind, escape(repr(parameter.default)), escape(parameter.comment))
        console.print(table, "")


def make_figures(only: Sequence[str], given: Sequence[str], out: Path | None, notebooks: Path, jobs: int | None) -> int:
    """Runs the notebooks with progress on the terminal, then says what was made. Gives 0, or 3 where files or lines were passed over.

    Raises `StcalibError` where what the notebooks need is not installed, and whatever `run_notebooks` raises.
    """
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise StcalibError(f"The notebooks need {', '.join(missing)}, not installed here. Install what they need: {how_to_install('notebooks')}")
    console = Console(stderr=True)
    began = time.monotonic()
    unit_column = TextColumn("{task.fields[unit]}")
    bars = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), unit_column, TimeElapsedColumn(), console=console)
    tasks: dict[str, TaskID] = {}

    ended: set[str] = set()

    def progress(name: str, done: int, total: int) -> None:
        unit = "read" if name == ARTICLES else "cells"
        if total == 0 or not console.is_terminal:
            if done == total and name not in ended:
                ended.add(name)
                console.print(f"{name}: {total} {unit}" if total else KEPT, highlight=False)
            return
        if name not in tasks:
            tasks[name] = bars.add_task(name, total=total, unit=unit)
        bars.update(tasks[name], completed=done)

    with bars if console.is_terminal else nullcontext():
        report = run_notebooks(only, split_parameters(given), out, folder=notebooks, failed=notebooks.parent / "failed", jobs=jobs, progress=progress)
    seconds = time.monotonic() - began
    files = f"{len(report.changed)} files new or changed" if report.changed else "unchanged"
    ran = f"{len(report.seconds)} notebook{'' if len(report.seconds) == 1 else 's'}"
    console.print(f"{ran} in {seconds:.1f} s. Figures in {report.out}: {files}.", highlight=False)
    print_lines(console, dict.fromkeys(report.notices))
    if report.edited:
        names = ", ".join(path.name for path in report.edited)
        console.print(f"Edited while it ran, so its stored outputs were left alone: {names}. Run again to refresh.", highlight=False)
    return PASSED_OVER if report.problems else 0
