"""How charts look, in Altair and in Matplotlib alike, and how a notebook holds them.

Colours of parties and measures come from the codebook; those of stances and verdicts are no party's. The type is
Liberation Sans, which the SVG writer carries with it
and whose widths are Arial's, so that lines break alike on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

import altair as alt
from altair.utils.schemapi import disable_debug_mode

INK = "#1f2933"
SOFT = "#52606d"
GRID = "#e4e7eb"
PALE = "#cbd2d9"
PAPER = "#ffffff"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDTH = 620
"""Width of a chart's plotting area, in pixels."""

NO_PARTY = "#b8c0c8"
"""Colour of speakers and actors without a party."""


@dataclass(frozen=True)
class Parties:
    """Colours and short names of parties by code, or of what else figures compare, which `noun` names; the code "" stands for
    none, `outside` is what a figure calls those without one."""

    colours: Mapping[str, str]
    names: Mapping[str, str]
    outside: str = "no party known"
    noun: str = "party"

    def of(self, codes: set[str]) -> dict[str, str]:
        """The colours of the codes given, in the order of the parties; those of unknown parties in grey, none last."""
        known = {code: shade for code, shade in self.colours.items() if code in codes}
        unknown = dict.fromkeys(sorted(codes - set(known) - {""}), NO_PARTY)
        return {**known, **unknown, **({"": NO_PARTY} if "" in codes else {})}

    def name(self, code: str, none: str | None = None) -> str:
        """The short name of a party, its code where it has none, `none` for no party."""
        return self.names.get(code, code) or (f"no {self.noun} known" if none is None else none)

    def behind(self, code: str) -> str:
        """What stands of a party behind the name of an actor: " (Liberal)", nothing for none."""
        return f" ({self.name(code)})" if code else ""

    def legend(self) -> dict[str, str]:
        """Names for a legend."""
        return {**self.names, "": f"no {self.noun} known"}


NO_PARTIES = Parties(MappingProxyType({}), MappingProxyType({}))
"""Where no codebook tells of parties: each in grey, by its code."""


@dataclass(frozen=True)
class Measures:
    """What is counted, by the ids of the codebook: colours, names as they stand in a sentence, units of the numbers; and
    the titles of places by their codes, of which `whole` is the one that a sentence need not name."""

    colours: Mapping[str, str]
    names: Mapping[str, str]
    units: Mapping[str, str]
    places: Mapping[str, str]
    whole: str | None = None

    def name(self, measure: str) -> str:
        """A measure in words."""
        return self.names.get(measure, measure.replace("_", " ")) or "measure not known"

    def unit(self, measure: str) -> str:
        """The unit of a measure's numbers."""
        return self.units.get(measure, "number")

    def of(self, ids: set[str]) -> dict[str, str]:
        """The colours of the measures given, in the order of the codebook; unknown ones in ink."""
        known = {key: shade for key, shade in self.colours.items() if key in ids}
        return {**known, **dict.fromkeys(sorted(ids - set(known)), INK)}

    def place(self, code: str) -> str:
        """The title of a place."""
        return self.places.get(code, code)


NO_MEASURES = Measures(MappingProxyType({}), MappingProxyType({}), MappingProxyType({}), MappingProxyType({}))
"""Where no codebook tells of measures."""

STANCE_COLOURS: Mapping[str, str] = MappingProxyType({"support": "#00665e", "ambivalent": "#b3b8bf", "oppose": "#8c510a"})
VERDICT_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "agrees": "#00665e", "agrees with the release of its time": "#a6dba0", "compatible": "#74a9cf", "other window": "#d9c74a",
        "other measure": "#d95f02", "disagrees": "#762a83", "withheld": "#f9dff4", "no series": "#b3b8bf",
    }
)  # fmt: skip
"""Verdicts on stated counts, from the strongest to the weakest."""
# from dark to light, so that they are told apart in grey
BASIS_COLOURS: Mapping[str, str] = MappingProxyType({"stated": "#1f2933", "sidecar": "#2b6cb0", "inferred": "#d27a3f", "unknown": "#b8bec6"})
SERIES = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb")
"""Colours for anything else, from Paul Tol's "bright" scheme, made for colour-blind readers."""

MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def renderer(spec: dict[str, Any], **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """An Altair chart as a notebook holds it: drawn by JupyterLab's own Vega, offline, trusted or not.

    The chart's title stands beside it as plain text, for where nothing draws it. JupyterLab knows Vega-Lite 5, and
    Altair's own way of handing it version 6 breaks the notebook; what this package draws means the same in both.
    """
    live = {"description": description_of(spec), **spec, "$schema": SCHEMA}
    options = {"actions": {"export": True, "source": False, "compiled": False, "editor": False}}
    return {MIME: live, "text/plain": f"[Chart: {title_of(spec)}]"}, {MIME: {"embed_options": options}}


def description_of(spec: Mapping[str, Any]) -> str:
    """What a chart says of itself in words, for whoever cannot see it: its title and how it is to be read."""
    title = spec.get("title")
    told = title.get("subtitle", "") if isinstance(title, Mapping) else ""
    return f"{title_of(spec)}. {' '.join(told) if isinstance(told, list) else told}".strip(" .") + "."


def title_of(spec: Mapping[str, Any]) -> str:
    """The title of a chart's specification, on one line."""
    title = spec.get("title", "")
    text = title.get("text", "") if isinstance(title, Mapping) else title
    return " ".join(text) if isinstance(text, list) else str(text)


def enable() -> None:
    """Makes Altair draw with the house theme and keep charts in notebooks as `renderer` does.

    A chart is checked once, as a whole, when it is drawn, and not piece by piece while it is made: that halves the time.
    """
    disable_debug_mode()
    alt.renderers.register("stcalib", renderer)
    alt.renderers.enable("stcalib")
    alt.theme.register("stcalib", enable=True)(altair_theme)
    alt.data_transformers.enable("default", max_rows=None)


def altair_theme() -> alt.theme.ThemeConfig:
    """The house theme for Altair."""
    label: dict[str, Any] = {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    quiet: dict[str, Any] = {"domain": False, "ticks": False, "grid": False, "labelPadding": 8}
    settings: dict[str, Any] = {
        "config": {
            "font": FONT,
            "background": PAPER,
            "padding": 12,
            "view": {"continuousWidth": WIDTH, "discreteWidth": WIDTH, "stroke": None},
            "title": {
                "anchor": "start", "frame": "group", "color": INK, "fontSize": 16, "fontWeight": "bold", "offset": 14,
                "subtitleColor": SOFT, "subtitleFontSize": 12, "subtitlePadding": 6, "lineHeight": 20, "subtitleLineHeight": 16,
            },
            "axis": {**label, "gridColor": GRID, "domainColor": PALE, "tickColor": PALE, "labelLimit": 360, "titlePadding": 10},
            "axisYBand": quiet,
            "legend": {**label, "titleFontWeight": "bold", "symbolType": "square", "orient": "top", "titlePadding": 6, "labelLimit": 260},
            "header": label,
            "range": {"category": list(SERIES)},
            "bar": {"color": SERIES[0]},
            "text": {"color": INK, "fontSize": 12},
        }
    }  # fmt: skip
    return cast("alt.theme.ThemeConfig", settings)


def matplotlib_style() -> AbstractContextManager[None]:
    """The house theme for Matplotlib, for a `with` block. Its settings also make the files of a figure repeatable."""
    from cycler import cycler
    from matplotlib import rc_context

    settings: Any = {
        "font.family": "DejaVu Sans", "font.size": 10, "text.color": INK, "axes.titlecolor": INK, "axes.labelcolor": SOFT,
        "axes.titlelocation": "left", "axes.titleweight": "bold", "axes.titlesize": 13, "axes.titlepad": 12,
        "axes.edgecolor": PALE, "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=SERIES), "grid.color": GRID, "xtick.color": SOFT, "ytick.color": SOFT, "legend.frameon": False,
        "figure.figsize": (8.0, 5.0), "figure.dpi": 100, "savefig.dpi": 160, "figure.facecolor": PAPER, "savefig.facecolor": PAPER,
        "svg.hashsalt": "stcalib", "pdf.fonttype": 42, "text.parse_math": False,
    }  # fmt: skip
    return rc_context(settings)
