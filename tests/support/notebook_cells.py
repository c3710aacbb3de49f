"""The code cells of a notebook, run in this process: what a kernel would run, without the seconds to start one."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

TAG = "parameters"


def run_cells(path: Path, **values: Any) -> list[str]:
    """Runs all cells from the working directory, with parameters set anew; gives what their last expressions show as text."""
    space: dict[str, Any] = {"__name__": "__main__"}
    shown = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, path.name, "exec"), space)
        if TAG in cell["metadata"].get("tags", ()):
            space.update((name, value) for name, value in values.items() if name in space)
        if last is not None:
            shown.append(_shown(eval(compile(ast.Expression(last.value), path.name, "eval"), space)))  # type: ignore[attr-defined]
    return shown


def _shown(value: Any) -> str:
    for name in ("_repr_mimebundle_", "_repr_html_"):
        if (draw := getattr(value, name, None)) is not None:
            draw()
    return repr(value)
