"""The manifest of a folder of figures: which notebook made each, with which parameters, from which tables.

Files are written whole or not at all, and not at all where nothing changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from stcalib.core.files import write_whole

FOLDER_VARIABLE = "STCALIB_FIGURES"
"""Environment variable with a folder for figures that goes before the notebook's own; runs and tests set it."""
MANIFEST = "manifest.json"
VERSIONED = ("stcalib", "pandas", "altair", "vl-convert-python", "matplotlib")
"""Packages whose versions can change a figure."""


def json_bytes(value: object) -> bytes:
    """JSON with sorted keys, one value a line, in UTF-8."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n").encode("utf-8", "surrogatepass")


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return sha256(content).hexdigest()


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def versions() -> dict[str, str]:
    """The versions of the packages that a figure depends on."""
    from stcalib import __version__

    return {package: __version__ if package == "stcalib" else _version(package) for package in VERSIONED}


def read_manifest(folder: Path) -> dict[str, Any]:
    """The entries of the manifest in a folder by figure; none where there is no manifest or it is damaged."""
    try:
        figures = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["figures"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return figures if isinstance(figures, dict) else {}


def write_manifest(folder: Path, figures: Mapping[str, Any]) -> None:
    """Writes the manifest of a folder."""
    write_whole(folder / MANIFEST, json_bytes({"figures": dict(figures)}))


def take_over(parts: Iterable[tuple[str, Path]], out: Path) -> list[str]:
    """Moves the figures that notebooks made, each in a folder of its own, into `out` and one manifest there.

    `parts` are pairs of a notebook's name and its folder. Figures that such a notebook made before and makes no longer
    are removed, with their files. Gives the names of the files in `out` that are new or have changed.
    """
    out.mkdir(parents=True, exist_ok=True)
    kept = read_manifest(out)
    gone: set[str] = set()
    changed = []
    for notebook, folder in parts:
        made = read_manifest(folder)
        before = {name: entry for name, entry in kept.items() if entry.get("notebook") == notebook}
        gone |= {file for entry in before.values() for file in entry.get("files", ())}
        kept = {name: entry for name, entry in kept.items() if name not in before} | made
        for file in sorted(file for entry in made.values() for file in entry["files"]):
            content = (folder / file).read_bytes()
            if not (out / file).is_file() or (out / file).read_bytes() != content:
                write_whole(out / file, content)
                changed.append(file)
    for file in gone - {file for entry in kept.values() for file in entry["files"]}:
        (out / Path(file).name).unlink(missing_ok=True)
    write_manifest(out, kept)
    return changed
