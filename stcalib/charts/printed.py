"""A figure for print: stances in time in small multiples, a panel a party, drawn by Matplotlib in the width of a journal's page.

Shapes say what colours say, so that it reads in black and white. Its files (SVG, PDF, PNG) are the same bytes from the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from stcalib.analysis.stances import timeline
from stcalib.analysis.tallies import filled
from stcalib.charts.base import in_order, label, plural, wrapped
from stcalib.charts.of_corpus import Drawn, Tables, of_corpus
from stcalib.charts.stance_time import within
from stcalib.charts.stances import STANCE_NAMES, and_left_out
from stcalib.display.theme import INK, NO_PARTIES, PAPER, SOFT, STANCE_COLOURS, Parties, matplotlib_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INCH = 25.4
"""Millimetres."""
ROW, EDGE, TITLE = 6.4, 8.0, 25.0
"""Millimetres that a row, the surroundings of a panel, and title with legend take."""
LABELS = 48
"""Millimetres for the names of propositions."""
MARKERS = {"support": "^", "ambivalent": "o", "oppose": "v"}
WORDS = 32
"""Characters of a line of their names, which have two at most."""
SHIFTS = {"support": 0.22, "ambivalent": 0.0, "oppose": -0.22}
"""Parts of a row by which stances on one proposition stand apart."""
SIZE = 22
"""Area of a mark, in square points."""
NEEDED = ("party", "proposition", "stance", "earliest", "latest")


def _of_corpus(tables: Tables, options: dict[str, Any]) -> dict[str, Any]:
    told = {"labels": tables.labels, "parties": tables.parties, "left_out": len(tables.rows("proposals"))}
    return {"dated": timeline(tables.stances, tables.articles), **told}


@of_corpus(Drawn("analysis.timeline(positions, articles)", NEEDED), _of_corpus)
def stances_in_print(
    dated: pd.DataFrame, labels: Mapping[str, str] | None = None, parties: Parties = NO_PARTIES, left_out: int = 0, width: float = 180
) -> Figure:
    """The stances of each party in time, a panel a party, a row a proposition: a Matplotlib figure for print, `width` millimetres wide.

    Takes `analysis.timeline(positions, articles)`, or a corpus, and short `labels` of the propositions, in the order wanted. A mark
    stands in the month of its sentences, or in the middle of all days to which they can be dated, which a line covers; a number beside it counts
    the sentences where there are several. Stances without a party, or without a first and a last day, are left out, and the note
    says how many, as it does of the `left_out` proposals.
    """
    import matplotlib

    rows = dated[dated["earliest"].notna() & dated["latest"].notna() & (filled(dated["party"]) != "")]
    rows = within(rows.assign(first=rows["earliest"], last=rows["latest"], open_left=False, open_right=False), "M")
    groups = [(code, rows[rows["party"] == code]) for code in parties.of(set(rows["party"]))]
    names = {code: in_order(part["proposition"], labels or {}) for code, part in groups}
    with matplotlib_style(), matplotlib.rc_context({"font.size": 7, "axes.titlesize": 8, "axes.titlepad": 4, "font.family": "DejaVu Sans"}):
        from matplotlib.figure import Figure

        heights = [max(1, len(each)) * ROW + EDGE for each in names.values()] or [ROW + EDGE]
        tall = sum(heights) + TITLE + EDGE
        figure = Figure(figsize=(width / INCH, tall / INCH))
        edges: dict[str, Any] = {"left": LABELS / width, "right": 0.97, "top": 1 - TITLE / tall, "bottom": EDGE / tall, "hspace": 0.4}
        panels = figure.subplots(len(heights), 1, sharex=True, squeeze=False, gridspec_kw={"height_ratios": heights, **edges})[:, 0]
        for axes, (code, part) in zip(panels, groups, strict=False):
            _panel(axes, part, names[code], labels or {}, parties.name(code))
        _days(panels[-1], rows)
        outside = len(dated) - len(rows)
        note = f"{plural(outside, 'sentence')} without a party or both days not shown{and_left_out(left_out)}." if outside or left_out else ""
        _headed(figure, len(rows), len(groups), note, tall)
    return figure


def _panel(axes: Axes, rows: pd.DataFrame, names: list[str], labels: Mapping[str, str], party: str) -> None:
    """One party: a row for each proposition on which it takes a stance."""
    axes.set_title(label(party, 60))
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_yticks(range(len(names)), [wrapped(labels.get(name, name.replace("_", " ")), WORDS, 2) for name in names])
    axes.tick_params(length=0)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    told: Any = rows.groupby(["proposition", "stance", "first", "last"], sort=True)
    for (name, stance, first, last), part in told:
        at, middle = names.index(name) - SHIFTS[stance], first + (last - first) / 2
        axes.plot([first, last], [at, at], color=STANCE_COLOURS[stance], linewidth=1, solid_capstyle="butt", zorder=2)
        axes.scatter([middle], [at], **_mark(stance), zorder=3)
        if len(part) > 1:
            beside: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": 6, "color": INK, "zorder": 4}
            paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.4}
            axes.annotate(str(len(part)), (middle, at), xytext=(5, 0), bbox=paper, **beside)


def _mark(stance: str) -> dict[str, Any]:
    """How the mark of a stance is drawn: opposition is open."""
    shade = STANCE_COLOURS[stance]
    return {"marker": MARKERS[stance], "s": SIZE, "facecolor": PAPER if stance == "oppose" else shade, "edgecolor": shade, "linewidth": 1}


def _days(axes: Axes, rows: pd.DataFrame) -> None:
    """The axis of days, below the last panel."""
    from matplotlib import dates

    if rows.empty:
        axes.set_yticks([])
        axes.set_xticks([])
        axes.text(0, 0.5, "The selection holds no dated position of a party.", transform=axes.transAxes, color=SOFT)
        return
    locator: Any = cast("Any", dates).AutoDateLocator(minticks=3, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(cast("Any", dates).ConciseDateFormatter(locator))
    first, last = rows["first"].min(), rows["last"].max()
    room = max((last - first) * 0.03, pd.Timedelta(days=3))
    axes.set_xlim(max(first - room, pd.Timestamp(date.min)), min(last + room, pd.Timestamp(date.max)))


def _headed(figure: Figure, n: int, n_parties: int, note: str, tall: float) -> None:
    """Title, legend and note."""
    from matplotlib.lines import Line2D

    handles = []
    for stance in MARKERS:
        mark = _mark(stance)
        shape = {"marker": mark["marker"], "markersize": 5, "markerfacecolor": mark["facecolor"], "markeredgecolor": mark["edgecolor"]}
        handles.append(Line2D([], [], linestyle="none", label=STANCE_NAMES[stance], **shape))
    title = f"{plural(n, 'sentence')} of {plural(n_parties, 'party', 'parties')} in time"
    figure.text(0.02, 1 - 3 / tall, title, fontsize=9, fontweight="bold", va="top")
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.01, 1 - 8 / tall), ncols=3, borderpad=0, handletextpad=0.2, columnspacing=1.5)
    said = f"A mark without a line: said or printed in that month. A line covers all days that are possible. {note}".strip()
    figure.text(0.02, 1 - 14 / tall, said, fontsize=6, color=SOFT, va="top")
