"""Runs one notebook in a process of its own: `python -P execute.py JOB`, with the job as JSON.

Started by its path, not as a module, so that it does not wait for the package's own imports. Prints a line of JSON for
each event: `{"cell": 3}` before a cell runs, `{"error": …}` where one fails, and
`{"done": true}` at the end. The executed notebook, or the half-run one, is written to the job's `output`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any

SLOW_AND_NOT_NEEDED = ("rfc3987_syntax", "pyarrow")
"""Optional imports of papermill's own process: a grammar for one format of identifiers, and a file system for clusters."""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def main() -> int:
    """Runs the job given as the one argument; gives the exit code."""
    job = json.loads(sys.argv[1])
    for name in SLOW_AND_NOT_NEEDED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    import logging

    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    logging.getLogger("papermill").setLevel(logging.ERROR)
    try:
        papermill.execute_notebook(
            job["notebook"],
            job["output"],
            parameters=job["parameters"],
            cwd=job["folder"],
            kernel_name="python3",
            progress_bar=False,
            record_timing=False,
            on_cell_start=_reporter(),
            # a kernel warns on every start about TCP without encryption, unless it has it
            config=Config({"KernelManager": {"transport_encryption": "auto"}}),
        )
    except PapermillExecutionError as error:
        _say({"error": _COLOUR.sub("", error.evalue), "kind": error.ename, "cell": error.cell_index, "source": error.source})
        return 1
    _say({"done": True})
    return 0


def _reporter() -> Callable[..., None]:
    def report(cell: Any, cell_index: int) -> None:
        _say({"cell": cell_index})

    return report


def _say(event: dict[str, Any]) -> None:
    print(json.dumps(event), flush=True)


if __name__ == "__main__":
    sys.exit(main())
