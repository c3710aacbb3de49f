"""Runs one notebook through nbval: `python -P verify_cells.py NOTEBOOK SANITIZE EVENTS`.

Writes a line of JSON to the file EVENTS for each cell that differs from what is stored, `{"cell": 3, "what": …, "told": […]}`,
and at the end one with the number of cells that ran, `{"cells": 8}`. Settings of pytest in the folder are not read.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
from pathlib import Path
from typing import Any

MOST_LINES = 12
"""Lines that are told of a difference."""
MOST_CHARACTERS = 160
"""Characters of a line that are told."""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def lines_that_differ(stored: object, now: object) -> list[str]:
    """The lines in which two outputs differ, `-` as stored and `+` as now; of data as JSON those of its nearest parts."""
    before, after = (value if isinstance(value, str) else json.dumps(value, indent=1, sort_keys=True, default=str) for value in (stored, now))
    compared = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    told = [line for line in compared if not line.startswith(("---", "+++", "@@"))]
    cut = [line if len(line) <= MOST_CHARACTERS else f"{line[:MOST_CHARACTERS]}…" for line in told[:MOST_LINES]]
    return cut + ([f"… and {len(told) - MOST_LINES} more lines"] if len(told) > MOST_LINES else [])


class Listener:
    """A plugin of pytest that tells what nbval finds."""

    def __init__(self, events: Path):
        self.events, self.cells, self.told = events, 0, list[str]()

    def pytest_assertrepr_compare(self, config: Any, op: str, left: object, right: object) -> list[str]:
        """Asked by nbval for words on two outputs that differ."""
        self.told = lines_that_differ(left, right)
        return ["they differ"]

    def pytest_runtest_makereport(self, item: Any, call: Any) -> None:
        """Tells of a cell that failed."""
        self.cells += call.when == "call"
        if call.excinfo is None or call.excinfo.typename == "Skipped":
            return
        error = call.excinfo.value
        trace = _COLOUR.sub("", str(getattr(error, "inner_traceback", None) or "")).strip().splitlines()
        what = str(error)
        told = self.told or [line.strip() for line in trace if line.strip()][-2:]
        self.told = []
        self.say({"cell": item.cell_num + 1, "what": what, "told": told, "source": item.cell.source})

    def say(self, event: dict[str, Any]) -> None:
        """Writes an event."""
        with self.events.open("a", encoding="utf-8") as file:
            file.write(json.dumps(event) + "\n")


def main(notebook: str, sanitize: str, events: str) -> int:
    """Runs the cells of a notebook; gives pytest's exit code."""
    import pytest

    listener = Listener(Path(events))
    settings = Path(events).with_suffix(".ini")
    settings.write_text("[pytest]\n", encoding="utf-8")
    own = ["-c", str(settings), f"--rootdir={Path(notebook).parent}", "--noconftest", "-p", "nbval.plugin", "-p", "no:cacheprovider"]
    code = pytest.main([*own, "--nbval", "--nbval-current-env", "--nbval-sanitize-with", sanitize, "-q", notebook], plugins=[listener])
    listener.say({"cells": listener.cells})
    return int(code)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
