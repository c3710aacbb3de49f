"""Figures on disk: the drawing, the numbers behind it, and where both come from.

For each figure there is an SVG and the CSV behind it; for an Altair chart also its Vega-Lite specification, for a
Matplotlib figure a PNG. `manifest.json` says which notebook made it with which parameters from which tables. The same
input gives the same bytes; a PNG of an Altair chart would depend on the fonts of the machine, so there is none.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from stcalib.records import StcalibError
from stcalib.tables import DEFUSED, FORMULA_STARTS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from stcalib.charts.base import Chart

FOLDER_VARIABLE = "STCALIB_FIGURES"
"""Environment variable with a folder for figures that goes before the notebook's own; runs and tests set it."""
MANIFEST = "manifest.json"
VERSIONED = ("stcalib", "pandas", "altair", "vl-convert-python", "matplotlib")
"""Packages whose versions can change a figure."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_]*")


class FigureError(StcalibError):
    """A figure that cannot be saved."""


@dataclass(frozen=True)
class SavedFigure:
    """A figure that was saved: draws itself in a notebook, and names its files."""

    drawing: Chart | Figure
    files: tuple[str, ...]

    def __repr__(self) -> str:
        return f"SavedFigure({', '.join(self.files)})"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Any:
        if _is_chart(self.drawing):
            return self.drawing._repr_mimebundle_()  # type: ignore[union-attr]
        return {"image/png": _png(self.drawing), "text/plain": repr(self)}  # type: ignore[arg-type]


def save_figure(
    drawing: Chart | Figure,
    name: str,
    data: pd.DataFrame,
    out: str | Path,
    *,
    live: Chart | None = None,
    notebook: str = "",
    parameters: Mapping[str, object] | None = None,
    tables: Mapping[str, str] | None = None,
) -> SavedFigure:
    """Saves a chart with the `data` behind it in the folder `out` and enters it in the manifest there.

    `live` is what a notebook and the Vega-Lite file show instead, where that can do more than print. `parameters` and
    `tables` (digest by table name) go to the manifest. Raises `FigureError` where the folder cannot be written.
    """
    if not _NAME.fullmatch(name):
        raise FigureError(f"figure name {name!r}: use small letters, digits and underscores, such as speech_by_party")
    folder = Path(os.environ.get(FOLDER_VARIABLE) or out)
    contents = {f"{name}.csv": csv_bytes(data), **_drawn(drawing, live, name)}
    entry = {
        "notebook": notebook,
        "parameters": dict(parameters or {}),
        "tables": dict(tables or {}),
        "rows": len(data),
        "files": {file: digest(content) for file, content in sorted(contents.items())},
        "versions": versions(),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in contents.items():
            write_whole(folder / file, content)
        write_manifest(folder, {**read_manifest(folder), name: entry})
    except OSError as error:
        raise FigureError(f"{folder}: cannot be written ({error.strerror}). Choose another folder with the parameter 'out'") from error
    return SavedFigure(drawing if live is None else live, tuple(sorted(contents)))


def _drawn(drawing: Chart | Figure, live: Chart | None, name: str) -> dict[str, bytes]:
    if _is_chart(drawing):
        shown = drawing if live is None else live
        return {f"{name}.svg": _chart_svg(drawing), f"{name}.vl.json": json_bytes(shown.to_dict())}  # type: ignore[union-attr]
    return {f"{name}.svg": _figure_svg(drawing), f"{name}.png": _png(drawing)}  # type: ignore[arg-type]


def _is_chart(drawing: object) -> bool:
    return hasattr(drawing, "to_dict")


def _chart_svg(chart: Any) -> bytes:
    import altair as alt
    import vl_convert

    language = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    drawn: str = vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=language, allowed_base_urls=[])
    return drawn.encode() + b"\n"


def _figure_svg(figure: Figure) -> bytes:
    from stcalib.theme import matplotlib_style

    buffer = io.BytesIO()
    with matplotlib_style():
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def _png(figure: Figure) -> bytes:
    from stcalib.theme import matplotlib_style

    buffer = io.BytesIO()
    with matplotlib_style():
        figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def csv_bytes(data: pd.DataFrame) -> bytes:
    """A frame as CSV in UTF-8, days as YYYY-MM-DD, with text that a spreadsheet would run as a formula defused by a '."""
    safe = data.copy()
    for column in safe.columns:
        if pd.api.types.is_datetime64_any_dtype(safe[column]):
            safe[column] = safe[column].dt.strftime("%Y-%m-%d")
        elif not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = safe[column].map(_defused)
    # a carriage return within a cell is no end of a row only where the cell is quoted
    quoting: Any = csv.QUOTE_NONNUMERIC if any("\r" in str(value) for column in safe for value in safe[column]) else csv.QUOTE_MINIMAL
    text: str = safe.to_csv(index=False, lineterminator="\n", quoting=quoting)
    return text.encode("utf-8", "surrogatepass")


def _defused(value: object) -> object:
    return DEFUSED + value if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def json_bytes(value: object) -> bytes:
    """JSON with sorted keys, one value a line, in UTF-8."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n").encode("utf-8", "surrogatepass")


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return sha256(content).hexdigest()


def table_digest(frame: pd.DataFrame) -> str:
    """The SHA-256 of a table as CSV."""
    return digest(csv_bytes(frame))


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


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all. A file that already has this content is left alone."""
    if path.is_file() and path.read_bytes() == content:
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


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
