"""Notebooks against their stored outputs: each is run anew by nbval, its figures into a folder that is thrown away.

What may differ from run to run without being a result is left out of the comparison: `data/verify.cfg` lists it, and a file of
one's own can add to it. nbval compares text, tables and charts, and no pictures of pixels (PNG, JPEG).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from stcalib.core.errors import ParameterError, StcalibError, how_to_install
from stcalib.notebook.files import NotebookError, read_notebook
from stcalib.notebook.manifest import FOLDER_VARIABLE

CHECKER = Path(__file__).with_name("verify_cells.py")
FAILED = "Cell execution caused an exception"
"""What nbval says of a cell that raises an error."""
DIFFERS = "Cell outputs differ"
"""What it says of one whose outputs differ."""
_PATTERN = re.compile(r"^[ \t]*regex\b", re.MULTILINE)
"""A line that is meant as a pattern."""


@dataclass(frozen=True)
class Difference:
    """A cell that is not as stored: its number among the code cells, from 1; its first line; what is wrong; lines that show it."""

    cell: int
    line: str
    what: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verified:
    """What came of a notebook: how many of its cells ran, and those that differ."""

    path: Path
    cells: int
    differences: tuple[Difference, ...]


def verify_notebooks(
    paths: Sequence[Path], sanitize: Path | None = None, jobs: int | None = None, progress: Callable[[Verified], object] | None = None
) -> list[Verified]:
    """Runs notebooks and compares what each cell gives with what is stored, in their order; `progress` is called at the end of each.

    `sanitize` is a file of nbval with what else may differ: sections of `regex:` and `replace:`. The notebooks and figures
    stay as they are. Raises `StcalibError` where nbval is not installed, or a notebook or `sanitize` cannot be read.
    """
    if find_spec("nbval") is None:
        raise StcalibError(f"Notebooks are compared by nbval, not installed here. Install it with: {how_to_install('notebooks')}")
    for path in paths:
        read_notebook(path)
    with TemporaryDirectory(prefix="stcalib-verify-") as place:
        patterns = Path(place) / "sanitize.cfg"
        patterns.write_text(_shipped() + (_own(sanitize) if sanitize else ""), encoding="utf-8")

        def verified(numbered: tuple[int, Path]) -> Verified:
            number, path = numbered
            found = _verified(path, patterns, Path(place) / str(number))
            if progress is not None:
                progress(found)
            return found

        with ThreadPoolExecutor(jobs or min(os.cpu_count() or 1, len(paths) or 1)) as pool:
            return list(pool.map(verified, enumerate(paths)))


def _shipped() -> str:
    return (files("stcalib") / "data" / "verify.cfg").read_text(encoding="utf-8")


def _own(sanitize: Path) -> str:
    try:
        text = sanitize.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ParameterError(f"--sanitize {sanitize}: cannot be read ({error}). Name a file with sections of regex: and replace:") from error
    from nbval.plugin import get_sanitize_patterns

    pairs = get_sanitize_patterns(text)
    if not pairs or len(pairs) < len(_PATTERN.findall(text)):
        told = "holds a pattern that nbval does not see" if pairs else "holds no pattern"
        raise ParameterError(f"--sanitize {sanitize}: {told}. Write a section, each a line: [name], regex: WHAT DIFFERS, replace: A WORD FOR IT")
    for pattern, word in pairs:
        try:
            # this reads the replacement, too
            re.sub(pattern, word, "")
        except (re.error, IndexError) as error:
            told = f"regex: {pattern!r:.80} with replace: {word!r:.80} cannot be used: {error}"
            raise ParameterError(f"--sanitize {sanitize}: {told}. Mend it") from error
    return f"\n{text}"


def _verified(path: Path, patterns: Path, place: Path) -> Verified:
    """Runs one notebook in a process of its own. Raises `NotebookError` where nbval cannot run it."""
    unrun = _never_run(path)
    if unrun:
        return Verified(path, 0, unrun)
    place.mkdir()
    events = place / "events.jsonl"
    # what is set for another run of pytest is none of this one's business
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"PYTHONHASHSEED": "0", FOLDER_VARIABLE: str(place / "figures"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-P", str(CHECKER), str(path.resolve()), str(patterns), str(events)]
    run = subprocess.run(command, env=environment, cwd=place, capture_output=True, encoding="utf-8", errors="replace", check=False)
    told = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()] if events.exists() else []
    if not told or "cells" not in told[-1]:
        raise NotebookError(f"{path}: nbval could not run it. It said: {(run.stdout + run.stderr).strip()[-600:]}")
    return Verified(path, told[-1]["cells"], tuple(_difference(event) for event in told[:-1]))


def _difference(event: dict[str, Any]) -> Difference:
    what = {FAILED: "stopped with an error", DIFFERS: "gives something else than is stored"}.get(event["what"], event["what"])
    return Difference(event["cell"], _first_line(event["source"]), what, tuple(event["told"]))


def _never_run(path: Path) -> tuple[Difference, ...]:
    """The code cells that nobody ran, which nbval would pass over; of a notebook without any output the first alone."""
    cells = [cell for cell in read_notebook(path)["cells"] if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]
    unrun = [(number, cell) for number, cell in enumerate(cells, 1) if cell.get("execution_count") is None]
    if not unrun:
        return ()
    if len(unrun) == len(cells):
        return (Difference(1, _first_line(cells[0]["source"]), "has no stored outputs: run the notebook and save it, or: stca figures"),)
    what = "was not run when the notebook was saved: run all cells and save it"
    return tuple(Difference(number, _first_line(cell["source"]), what) for number, cell in unrun)


def _first_line(source: str | list[str]) -> str:
    return next((line.strip() for line in "".join(source).splitlines() if line.strip()), "")
