"""Notebooks as files: read, and written so that only what was found changes them.

A normalized notebook holds no time, path, interpreter version, widget state or run count of its session: running it
again unchanged gives the same bytes, and a changed parameter changes only what depends on it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from stcalib.core.errors import StcalibError
from stcalib.core.files import write_whole

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
KEPT_CELL_METADATA = frozenset({"tags", "jupyter", "editable", "deletable", "slideshow"})
DROPPED_OUTPUTS = frozenset({"application/vnd.jupyter.widget-view+json"})
INJECTED = "injected-parameters"
"""Tag of the cell in which papermill puts what was given."""


class NotebookError(StcalibError):
    """A notebook that cannot be read, run or written."""


def find_notebooks(folder: Path) -> list[Path]:
    """The notebooks of a folder, by name. Raises `NotebookError` where there is none."""
    found = sorted(file for file in folder.glob("*.ipynb") if not file.name.startswith("."))
    if not found:
        raise NotebookError(f"{folder}: no notebooks there. Run this where the folder 'notebooks' is, or make a project with: stca new FOLDER")
    return found


def read_notebook(path: Path) -> dict[str, Any]:
    """A notebook as its JSON. Raises `NotebookError` where it is none."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotebookError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise NotebookError(f"{path}: not a notebook ({error}). Restore it with: git checkout {path}") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise NotebookError(f"{path}: not a notebook of version 4. Open and save it in JupyterLab")
    return notebook


def notebook_bytes(notebook: dict[str, Any]) -> bytes:
    """A notebook as JupyterLab writes it: sorted keys, one blank of indent, a newline at the end."""
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "surrogatepass")


def write_notebook(path: Path, notebook: dict[str, Any]) -> None:
    """Writes a notebook whole or not at all."""
    write_whole(path, notebook_bytes(notebook))


def normalized(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with its outputs and nothing of the session that made them.

    Cells that ran are numbered from 1. Output that a kernel sent in pieces is joined.
    """
    cells = []
    number = 0
    for cell in notebook["cells"]:
        kept = {key: value for key, value in cell.items() if key in {"cell_type", "id", "source", "attachments"}}
        kept["metadata"] = {key: value for key, value in cell.get("metadata", {}).items() if key in KEPT_CELL_METADATA and value}
        kept["source"] = _lines(cell["source"])
        if cell["cell_type"] == "code":
            ran = cell.get("execution_count") is not None
            number += ran
            kept["execution_count"] = number if ran else None
            kept["outputs"] = [_output(output, number) for output in _joined(cell.get("outputs", [])) if _is_kept(output)]
        if INJECTED in kept["metadata"].get("tags", ()):
            kept["id"] = INJECTED
        cells.append(kept)
    return {"cells": cells, "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}


def cleared(notebook: dict[str, Any]) -> dict[str, Any]:
    """The normalized notebook without outputs."""
    bare = normalized(notebook)
    for cell in bare["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = None
            cell["outputs"] = []
    return bare


def set_defaults(notebook: dict[str, Any], lines: dict[str, str]) -> dict[str, Any]:
    """The notebook with other lines for some parameters, by name: `{"folder": 'folder = "../articles"  # …'}`."""
    cells = []
    for cell in notebook["cells"]:
        if "parameters" in cell.get("metadata", {}).get("tags", ()):
            source = "".join(cell["source"]).split("\n")
            source = [lines.get(line.split("=")[0].split(":")[0].strip(), line) for line in source]
            cell = {**cell, "source": _lines("\n".join(source))}
        cells.append(cell)
    return {**notebook, "cells": cells}


def _lines(text: str | list[str]) -> list[str]:
    return ("".join(text) if isinstance(text, list) else text).splitlines(keepends=True)


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outputs with the pieces of one stream joined where they follow each other."""
    joined: list[dict[str, Any]] = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output["output_type"] == "stream" and last.get("output_type") == "stream" and last["name"] == output["name"]:
            joined[-1] = {**last, "text": "".join(last["text"]) + "".join(output["text"])}
        else:
            joined.append(output)
    return joined


def _is_kept(output: dict[str, Any]) -> bool:
    data = output.get("data")
    return data is None or bool(set(data) - DROPPED_OUTPUTS)


def _output(output: dict[str, Any], number: int) -> dict[str, Any]:
    kept = dict(output)
    if "text" in kept:
        kept["text"] = _lines(kept["text"])
    if "data" in kept:
        kept["data"] = {kind: _content(kind, value) for kind, value in sorted(kept["data"].items()) if kind not in DROPPED_OUTPUTS}
    if "execution_count" in kept:
        kept["execution_count"] = number
    return kept


def _content(kind: str, value: Any) -> Any:
    is_text = isinstance(value, str | list) and not kind.endswith("json") and kind != "image/png"
    return _lines(value) if is_text else value
