"""From a table or a chart to the sentences behind it: widgets for JupyterLab that need no network and no server.

All that a widget shows goes into it when it is made, so it answers without asking the kernel; what is selected is
told to Python besides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import anywidget
import pandas as pd
import traitlets

from stcalib.core.errors import StcalibError
from stcalib.core.row_fields import as_text, table_of
from stcalib.core.table_spec import counted, spec_of
from stcalib.core.visible import visible
from stcalib.display.context import Articles, Contexts
from stcalib.display.html import rows_html
from stcalib.display.html_marks import stylesheet
from stcalib.display.marks import shown_rows
from stcalib.display.widget_pieces import evidence_item
from stcalib.text.article import Article

MOST_ROWS = 2000
"""Rows that a widget takes at most: each brings its sentences with it."""
MOST_DRAWN = 50
"""Rows shown at once for a mark of a chart, and in the page kept in the notebook."""

_SCHEMA = re.compile(r"/v(\d+)\.(\d+)")


def script(*names: str) -> str:
    """The widgets' script, put together from the package's files."""
    return "\n".join((files("stcalib.display") / "static" / name).read_text(encoding="utf-8") for name in names)


@cache
def widget_style() -> str:
    """The style of the widgets."""
    return stylesheet() + script("widgets.css")


class EvidenceTable(anywidget.AnyWidget):
    """A table of rows beside the sentence of the row that is selected.

    Rows are filtered by words, sorted by a click on a column's name and walked with the arrow keys. `row` is the
    selected row of the frame, `selected` its place in it (-1 for none).
    """

    _esm = script("dom.js", "table.js")
    _css = widget_style()
    data = traitlets.Dict().tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True)

    def __init__(self, corpus: Articles | Mapping[str, Article], frame: pd.DataFrame, columns: Sequence[str] | None = None):
        _check_size(frame)
        table = table_of(frame.columns)
        chosen = list(columns) if columns is not None else [name for name in spec_of(table).shown or tuple(frame.columns) if name in frame]
        if unknown := [name for name in chosen if name not in frame]:
            raise StcalibError(f"{', '.join(unknown)}: not in the frame. It has {', '.join(map(str, frame.columns))}")
        self.frame, self._corpus = frame, corpus
        items = _items(corpus, frame)
        data = {
            "title": counted(table, len(frame)),
            "total": len(frame),
            "columns": ["row", *map(str, chosen)],
            "rows": [[item["label"], *(visible(as_text(frame[name].iloc[i])) for name in chosen)] for i, item in enumerate(items)],
            "items": items,
        }
        super().__init__(data=data)

    @property
    def row(self) -> pd.Series[Any] | None:
        """The row of the frame that is selected."""
        return self.frame.iloc[self.selected] if self.selected >= 0 else None

    def __repr__(self) -> str:
        return f"<EvidenceTable: {self.data['title']}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        page = rows_html(self._corpus, self.frame, most=MOST_DRAWN)
        return bundle(super()._repr_mimebundle_(**kwargs), {"text/html": page, "text/plain": repr(self)})


class EvidenceChart(anywidget.AnyWidget):
    """An Altair chart over the sentences behind the mark that is clicked.

    `chart` is an Altair chart or a Vega-Lite specification. A click on a mark shows the rows of `frame` whose
    values in the columns `by` are those of the mark; `by` names columns that the chart's data have too, or maps
    the chart's names to columns of the frame. A list beside the chart reaches the same marks by keyboard.
    `rows` are the rows of the frame last shown.
    """

    _css = widget_style()
    spec = traitlets.Dict().tag(sync=True)
    data = traitlets.Dict().tag(sync=True)
    selected = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(self, chart: Any, corpus: Articles | Mapping[str, Article], frame: pd.DataFrame, by: str | Sequence[str] | Mapping[str, str]):
        _check_size(frame)
        pairs = dict(by) if isinstance(by, Mapping) else {name: name for name in ([by] if isinstance(by, str) else by)}
        if not pairs or (unknown := [name for name in pairs.values() if name not in frame]):
            wanted = ", ".join(unknown) if pairs else "by"
            have = ", ".join(map(str, frame.columns))
            raise StcalibError(f"{wanted}: not in the frame. Name the columns that tell which rows a mark stands for: {have}")
        spec = chart if isinstance(chart, Mapping) else chart.to_dict()
        self.frame = frame
        self._esm = chart_script(_version(spec))
        keys = frame[list(pairs.values())].map(as_text)
        groups: dict[tuple[str, ...], list[int]] = {}
        for place, key in enumerate(keys.itertuples(index=False, name=None)):
            groups.setdefault(key, []).append(place)
        data = {
            "by": [[name, _is_day(frame[column])] for name, column in pairs.items()],
            "groups": [{"key": list(key), "name": _group_name(key), "rows": rows} for key, rows in sorted(groups.items())],
            "items": _items(corpus, frame),
            "most": MOST_DRAWN,
        }
        super().__init__(data=data, spec=dict(spec))

    @property
    def rows(self) -> pd.DataFrame:
        """The rows of the frame behind the mark last clicked."""
        return self.frame.iloc[list(self.selected)]

    def __repr__(self) -> str:
        return f"<EvidenceChart: {len(self.frame):,} rows>"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        still = {"application/vnd.vegalite.v5+json": self.spec, "text/plain": repr(self)}
        return bundle(super()._repr_mimebundle_(**kwargs), still)


def evidence_table(corpus: Articles | Mapping[str, Article], frame: pd.DataFrame, columns: Sequence[str] | None = None) -> EvidenceTable:
    """A table for JupyterLab: selecting a row shows its sentence in context."""
    return EvidenceTable(corpus, frame, columns)


def evidence_chart(chart: Any, corpus: Articles | Mapping[str, Article], frame: pd.DataFrame, by: str | Sequence[str]) -> EvidenceChart:
    """A chart for JupyterLab: a click on a mark shows the rows behind it in context."""
    return EvidenceChart(chart, corpus, frame, by)


@cache
def chart_script(version: str) -> str:
    """The chart widget's script with Vega, Vega-Lite and Vega-Embed in it: nothing is loaded from anywhere."""
    import vl_convert

    return str(vl_convert.javascript_bundle(script("dom.js", "chart.js"), vl_version=version))


def _version(spec: Mapping[str, Any]) -> str:
    """The Vega-Lite version to draw a specification with: its own where it is at hand, else the newest."""
    import vl_convert

    known = [str(version) for version in vl_convert.get_vegalite_versions()]
    found = _SCHEMA.search(str(spec.get("$schema", "")))
    own = f"{found[1]}.{found[2]}" if found else ""
    return own if own in known else max(known, key=lambda version: [int(part) for part in version.split(".")])


def _items(corpus: Articles | Mapping[str, Article], frame: pd.DataFrame) -> list[dict[str, Any]]:
    """What is shown of each row, in the order of the frame."""
    contexts = Contexts(corpus)
    return [evidence_item(contexts, row) for row in shown_rows(frame, sort=False)]


def _group_name(key: Sequence[str]) -> str:
    return visible(" · ".join(part or "(empty)" for part in key))


def _is_day(column: pd.Series[Any]) -> bool:
    """Whether a column holds days."""
    known = column.dropna()
    return bool(len(known)) and (pd.api.types.is_datetime64_any_dtype(column) or hasattr(known.iloc[0], "isoformat"))


def _check_size(frame: pd.DataFrame) -> None:
    if len(frame) > MOST_ROWS:
        most = f"{len(frame):,} rows are more than a widget takes ({MOST_ROWS:,})"
        raise StcalibError(f"{most}. Select from them first, for example by article or actor")


def bundle(widget: Any, still: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The live widget beside what stays in the notebook when it is not running."""
    data, metadata = widget if isinstance(widget, tuple) else (widget or {}, {})
    return {**data, **still}, dict(metadata or {})
