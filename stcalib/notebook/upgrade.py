"""Notebooks of a project that an earlier version made: renewed where nobody changed them, named where somebody did.

A notebook counts as untouched when its cells, but for the parameters, are those that some version shipped
(`data/notebooks_before.toml` holds their digests). The lines of its parameters cell stay.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from stcalib.notebook.files import INJECTED, cleared, find_notebooks, read_notebook, set_defaults, write_notebook
from stcalib.notebook.parameters import TAG

RENEWED, CURRENT, CHANGED, OWN = "renewed", "up to date", "changed by hand", "your own"
_IMPORTED = re.compile(r"^\s*(?:from stcalib(?:\.(\w+))? import ([^\n]+)|import stcalib\.(\w+))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What became of a notebook: its path, one of the outcomes above, and the imports in it that have moved."""

    path: Path
    outcome: str
    moved: tuple[str, ...] = ()


def upgrade_notebooks(folder: Path, shipped: Path) -> list[Upgraded]:
    """Brings the notebooks of a folder up to those in `shipped`, by name.

    An untouched one is replaced, its parameters kept; one that was changed, or that the package never shipped, is left
    as it is and named with what has moved. Raises `NotebookError` where the folder holds none or one is damaged.
    """
    return [_upgraded(path, shipped / path.name) for path in find_notebooks(folder)]


def _upgraded(path: Path, shipped: Path) -> Upgraded:
    notebook = read_notebook(path)
    moved = tuple(_moved("\n".join(_sources(notebook))))
    if not shipped.is_file():
        return Upgraded(path, OWN, moved)
    newest, digest = read_notebook(shipped), source_digest(notebook)
    if digest == source_digest(newest):
        return Upgraded(path, CURRENT)
    if digest not in _before().get("digests", {}).get(path.stem, ()):
        return Upgraded(path, CHANGED, moved)
    write_notebook(path, set_defaults(cleared(newest), _parameter_lines(notebook)))
    return Upgraded(path, RENEWED)


def source_digest(notebook: Mapping[str, Any]) -> str:
    """The SHA-256 of what stands in a notebook's cells, outputs and parameters left out."""
    return sha256("\x1e".join(_sources(notebook)).encode("utf-8", "surrogatepass")).hexdigest()


def _sources(notebook: Mapping[str, Any]) -> Iterator[str]:
    for cell in notebook["cells"]:
        if not {TAG, INJECTED} & set(cell.get("metadata", {}).get("tags", ())):
            yield f"{cell['cell_type']}\x1f{''.join(cell['source'])}"


def _parameter_lines(notebook: Mapping[str, Any]) -> dict[str, str]:
    """The lines of the parameters cell by the name that each sets."""
    tagged = (cell for cell in notebook["cells"] if TAG in cell.get("metadata", {}).get("tags", ()))
    lines = (line for cell in tagged for line in "".join(cell["source"]).split("\n") if "=" in line and not line.startswith((" ", "#")))
    return {re.split(r"[:=]", line, maxsplit=1)[0].strip(): line for line in lines}


def _moved(source: str) -> Iterator[str]:
    """The imports that no longer lead anywhere, each with where to look instead."""
    homes: Mapping[str, str] = _before()["moved"]
    for match in _IMPORTED.finditer(source):
        module, names, plain = match.groups()
        gone = [module or plain] if module or plain else [name.strip() for name in names.split(",")]
        for name in gone:
            if name in homes:
                yield f"stcalib.{name} is now stcalib.{homes[name]}"


@cache
def _before() -> Mapping[str, Any]:
    return tomllib.loads((files("stcalib") / "data" / "notebooks_before.toml").read_text(encoding="utf-8"))
