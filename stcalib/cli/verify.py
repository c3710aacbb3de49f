"""`stca verify`: notebooks against their stored outputs."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from stcalib.cli.build import safe
from stcalib.notebook.files import NotebookError, find_notebooks
from stcalib.notebook.verify import Verified, verify_notebooks

DIFFERS = 1
"""Exit code where a cell is not as stored."""


def verify(named: list[Path], sanitize: Path | None, jobs: int | None) -> int:
    """Compares notebooks, or those of folders, with their stored outputs and tells of each; gives 1 where one differs.

    Raises `StcalibError` where one cannot be read or run.
    """
    paths: list[Path] = []
    for one in named or [Path("notebooks")]:
        if one.suffix == ".ipynb" and not one.is_file():
            raise NotebookError(f"{one}: no such notebook. Name a file that ends in .ipynb, or a folder")
        paths += [one] if one.is_file() else find_notebooks(one)
    console = Console(stderr=True, highlight=False)
    found = verify_notebooks(paths, sanitize, jobs, lambda one: tell(console, one))
    differing = [one for one in found if one.differences]
    if not differing:
        console.print(f"{_counted(len(found))} as stored.")
        return 0
    right = "If the new outputs are right, run and save them: stca figures"
    console.print(f"{len(differing)} of {_counted(len(found))} not as stored. {right}", soft_wrap=True)
    return DIFFERS


def tell(console: Console, one: Verified) -> None:
    """A line on a notebook, and for each cell that differs what is stored (-) and what it gives now (+)."""
    if not one.differences:
        console.print(f"{safe(one.path.name)}: {one.cells} cells as stored", soft_wrap=True)
        return
    console.print(f"{safe(one.path.name)}:", soft_wrap=True)
    for difference in one.differences:
        console.print(f"  cell {difference.cell} ({safe(difference.line[:70])}) {safe(difference.what)}", soft_wrap=True)
        for line in difference.told:
            console.print(f"    {safe(line)}", soft_wrap=True)


def _counted(n: int) -> str:
    return "1 notebook" if n == 1 else f"{n} notebooks"
