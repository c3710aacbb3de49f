"""Figures on disk: the drawing, the numbers behind it, and where both come from.

For each figure there is an SVG and the CSV behind it; for an Altair chart also its Vega-Lite specification, for a
Matplotlib figure a PDF and a PNG. `manifest.json` says which notebook made it with which parameters from which tables. The same
input gives the same bytes; a PNG of an Altair chart would depend on the fonts of the machine, so there is none.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pandas as pd

from stcalib.core.errors import StcalibError
from stcalib.core.files import write_whole
from stcalib.core.safe_cells import defused
from stcalib.core.visible import visible
from stcalib.display.theme import description_of, matplotlib_style, renderer, title_of
from stcalib.notebook.manifest import FOLDER_VARIABLE, digest, json_bytes, read_manifest, versions, write_manifest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from stcalib.charts.base import Chart

SVG = "image/svg+xml"
"""Stands beside the live chart for whatever has no Vega: nbconvert, Quarto, a forge that shows notebooks."""
TIMELESS: Mapping[str, Mapping[str, None]] = MappingProxyType({"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}})
"""What Matplotlib writes into a file of each kind that would differ from run to run, or from version to version."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_]*")


class FigureError(StcalibError):
    """A figure that cannot be saved."""


@dataclass(frozen=True)
class SavedFigure:
    """A figure that was saved: draws itself in a notebook, and names its files."""

    files: tuple[str, ...]
    shown: Any
    """What a notebook keeps of it: content by type, and metadata."""

    def __repr__(self) -> str:
        return f"SavedFigure({', '.join(self.files)})"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Any:
        return self.shown


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
    drawn, shown = _drawn(drawing, live, name)
    contents = {f"{name}.csv": csv_bytes(data), **drawn}
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
    return SavedFigure(tuple(sorted(contents)), shown)


def _drawn(drawing: Chart | Figure, live: Chart | None, name: str) -> tuple[dict[str, bytes], Any]:
    """The files of a drawing by name, and what a notebook keeps of it."""
    if not hasattr(drawing, "to_dict"):
        files = {f"{name}.{kind}": figure_bytes(drawing, kind) for kind in TIMELESS}
        return files, {"image/png": files[f"{name}.png"], "text/plain": f"[Figure: {name}]"}
    printed = drawing.to_dict()
    shown = printed if live is None else live.to_dict()
    svg = chart_svg(printed)
    content, metadata = renderer(shown)
    return {f"{name}.svg": svg, f"{name}.vl.json": json_bytes(shown)}, ({**content, SVG: svg.decode().rstrip("\n")}, metadata)


def chart_svg(spec: dict[str, Any]) -> bytes:
    """The SVG of a Vega-Lite specification, drawn with the version of the language that Altair writes."""
    import altair as alt
    import vl_convert

    language = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=language, allowed_base_urls=[])
    return _told(drawn, title_of(spec), description_of(spec)).encode() + b"\n"


def _told(svg: str, title: str, description: str) -> str:
    """A drawing with its title and description in words, which screen readers read and viewers show."""
    start, _, rest = svg.partition(">")
    named = "".join(f"<{name}>{escape(visible(text))}</{name}>" for name, text in (("title", title), ("desc", description)))
    return f'{start} role="img">{named}{rest}'


def figure_bytes(figure: Figure, kind: str) -> bytes:
    """A Matplotlib figure as a file of a kind of `TIMELESS`: the same figure gives the same bytes."""
    buffer = io.BytesIO()
    with matplotlib_style():
        figure.savefig(buffer, format=kind, metadata=dict(TIMELESS[kind]))
    return buffer.getvalue()


def csv_bytes(data: pd.DataFrame) -> bytes:
    """A frame as CSV in UTF-8, days as YYYY-MM-DD, with text that a spreadsheet would run as a formula defused by a '."""
    safe = data.copy()
    for column in safe.columns:
        if pd.api.types.is_datetime64_any_dtype(safe[column]):
            safe[column] = safe[column].dt.strftime("%Y-%m-%d")
        elif not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = safe[column].map(lambda value: defused(value) if isinstance(value, str) else value)
    safe.columns = [defused(name) if isinstance(name, str) else name for name in safe.columns]
    # a carriage return within a cell is no end of a row only where the cell is quoted
    quoting: Any = csv.QUOTE_NONNUMERIC if any("\r" in str(value) for column in safe for value in (column, *safe[column])) else csv.QUOTE_MINIMAL
    text: str = safe.to_csv(index=False, lineterminator="\n", quoting=quoting)
    return text.encode("utf-8", "surrogatepass")


def table_digest(frame: pd.DataFrame) -> str:
    """The SHA-256 of a table as CSV."""
    return digest(csv_bytes(frame))
