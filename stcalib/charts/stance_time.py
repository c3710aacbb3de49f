"""Who stood where when: an actor's stances on each proposition along a time line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from stcalib.analysis.actor_names import actors_apart
from stcalib.analysis.stances import timeline
from stcalib.analysis.tallies import filled
from stcalib.charts.base import (
    Chart,
    colour,
    distinct_labels,
    in_order,
    interval_text,
    iso,
    label,
    layered,
    nothing,
    padded,
    plural,
    shape,
    stacked,
    titled,
    values,
)
from stcalib.charts.of_corpus import Drawn, Tables, of_corpus
from stcalib.charts.stances import STANCE_NAMES, and_left_out, proposed, tier_note
from stcalib.display.theme import INK, NO_PARTIES, PAPER, STANCE_COLOURS, WIDTH, Parties

ROW = 17
OFFSETS = {"support": -4, "ambivalent": 0, "oppose": 4}
"""Pixels by which stances on the same day stand apart."""
APART = {"support": 0.25, "ambivalent": 0.5, "oppose": 0.75}
"""Where in a period the mark of a stance stands, so that no mark covers another's number."""
MIDDLE = dict.fromkeys(APART, 0.5)
ENDS = ("first", "last", "open_left", "open_right")
"""Where a mark begins and ends, and whether that is the edge of the figure, the end being unknown."""
Ends = tuple[pd.Timestamp | None, pd.Timestamp | None]
MOST_MARKS = 600
UNITS = {"day": "D", "month": "M", "quarter": "Q", "year": "Y"}
TALLEST, PANEL = 1700, 34
"""Pixels for all propositions together, and what each takes beside its rows."""
NOTE = (
    "A mark is a day; one with a bar behind it, all days on which it can have been said or printed. Numbers count sentences where there are several. "
    "What has no date is not shown."
)
SIDES = ", support at its left and opposition at its right"
OPEN_NOTE = " A dashed line with an arrow runs towards an end that is not known."


def _of_corpus(tables: Tables, options: dict[str, Any]) -> dict[str, Any]:
    told = {"labels": tables.labels, "parties": tables.parties, "left_out": len(tables.rows("proposals"))}
    return {"dated": timeline(tables.stances, tables.articles), **told}


NEEDED = ("actor", "party", "proposition", "stance", "text", "article_id", "earliest", "latest")


@of_corpus(Drawn("analysis.timeline(positions, articles)", NEEDED), _of_corpus)
def stance_timeline(
    dated: pd.DataFrame, labels: Mapping[str, str] | None = None, parties: Parties = NO_PARTIES, top: int = 8, left_out: int = 0
) -> Chart:
    """The stances of actors in time, a row for each actor under each proposition, coloured by stance.

    Takes `analysis.timeline(positions, articles)`, or a corpus, and short `labels` of the propositions, in the order wanted. Of each
    proposition the `top` actors with most sentences are shown. Proposals are marked, and `left_out` told, as in `stance_matrix`;
    a dot or bar of proposals alone is open.
    """
    rows = dated[dated["earliest"].notna() | dated["latest"].notna()]
    if rows.empty:
        return nothing(f"No stance is dated{and_left_out(left_out)}", f"The selection holds no position with a date. {tier_note(rows, left_out)}")
    labels = labels or {}
    rows = rows.assign(actor=actors_apart(rows))
    low, high = padded(pd.concat([rows["earliest"], rows["latest"]]).dropna(), 0.03, 3)
    rows = rows.assign(first=rows["earliest"].fillna(low), last=rows["latest"].fillna(high), who=_names(rows, parties))
    rows, unit = _gathered(rows.assign(open_left=rows["earliest"].isna(), open_right=rows["latest"].isna()), top)
    span = [iso(low), iso(high)]
    named = set(rows["proposition"])
    top = max(1, min(top, int((TALLEST / len(named) - PANEL) / ROW)))
    ordered = in_order(named, labels)
    panels = [_panel(rows[rows["proposition"] == name], labels.get(name, name.replace("_", " ")), span, top, name == ordered[-1]) for name in ordered]
    changed = _changed(rows)
    text = f"Who stood where when: {plural(rows['actor'].nunique(), 'actor')} on {plural(len(ordered), 'proposition')}"
    seen = f"{plural(changed, 'actor is', 'actors are')} shown on both sides of a proposition. " if changed else ""
    sides = "" if unit == "day" else SIDES
    note = NOTE.replace("is a day", f"is a {unit}{sides}", 1) + (OPEN_NOTE if (rows["open_left"] | rows["open_right"]).any() else "")
    return stacked(*panels, spacing=6, title=titled(text, f"{seen}{note} {tier_note(rows, left_out)}"))


def _gathered(rows: pd.DataFrame, top: int) -> tuple[pd.DataFrame, str]:
    """The rows, and the shortest of day, month, quarter and year by which the marks of the actors shown are not too many: what
    lies within one stands at its middle."""
    sizes = rows.groupby(["proposition", "who"], as_index=False).size().sort_values("size", ascending=False, kind="stable")
    shown = rows.merge(sizes.groupby("proposition").head(top)[["proposition", "who"]])
    marks, ends = ["who", "proposition", "stance", *ENDS], (rows["first"].min(), rows["last"].max())
    fitting = (unit for unit, frequency in UNITS.items() if len(within(shown, frequency, APART, ends).drop_duplicates(marks)) <= MOST_MARKS)
    unit = next(fitting, "year")
    return within(rows, UNITS[unit], APART, ends), unit


def within(rows: pd.DataFrame, frequency: str, places: Mapping[str, float] = MIDDLE, ends: Ends = (None, None)) -> pd.DataFrame:
    """The rows with what lies within a period at one place in it: at its middle, or where `places` has the stance.

    `days` is the period, empty for what has a bar. `ends` are those of the axis: of a period at its edge counts what is seen.
    """
    first, last = rows["first"].dt.to_period(frequency), rows["last"].dt.to_period(frequency)
    start, end = first.dt.start_time.clip(lower=ends[0]), first.dt.end_time.clip(upper=ends[1])
    place = (start + (end - start) * rows["stance"].map(places).astype("float64")).dt.normalize()
    within = (first == last) & ~rows["open_left"] & ~rows["open_right"]
    days = first.astype(str).where(within & (frequency != UNITS["day"]), "")
    return rows.assign(first=rows["first"].where(~within, place), last=rows["last"].where(~within, place), days=days)


def _names(rows: pd.DataFrame, parties: Parties) -> list[str]:
    codes = filled(rows["party"])
    pairs = list(zip(rows["actor"], codes, strict=True))
    called = {f"{actor}|{code}": f"{label(actor, 34)}{parties.behind(code)}" for actor, code in sorted(set(pairs))}
    labels = distinct_labels(called, 54)
    return [labels[f"{actor}|{code}"] for actor, code in pairs]


def _changed(rows: pd.DataFrame) -> int:
    """How many actors are shown for and against one proposition."""
    sides = {name: set(zip(part["actor"], part["proposition"], strict=True)) for name, part in rows.groupby("stance")}
    return len({actor for actor, _ in sides.get("support", set()) & sides.get("oppose", set())})


def _panel(rows: pd.DataFrame, title: str, span: list[str | None], top: int, last: bool) -> alt.LayerChart:
    sizes = rows.groupby("who").size().sort_values(ascending=False, kind="stable")
    who = list(sizes.index[:top])
    shown = rows[rows["who"].isin(who)]
    marks = shown.assign(proposed=proposed(shown)).groupby(["who", "stance", *ENDS], as_index=False).agg(
        n=("text", "size"), proposals=("proposed", "sum"), text=("text", "first"), days=("days", "first")
    )
    marks["open"] = marks["proposals"] == marks["n"]
    known = (marks["first"].mask(marks["open_left"]), marks["last"].mask(marks["open_right"]))
    marks["days"] = [period or interval_text(a, b) for period, a, b in zip(marks["days"], *known, strict=True)]
    marks["unknown"] = marks["open_left"] | marks["open_right"]
    marks["one_day"] = (marks["first"] == marks["last"]) & ~marks["unknown"]
    marks["count"] = [f"{n if n > 1 else ''}{'?' if proposals else ''}" for n, proposals in zip(marks["n"], marks["proposals"], strict=True)]
    marks["text"] = [label(text, 200) for text in marks["text"]]
    order = sorted(who, key=lambda name: (marks.loc[marks["who"] == name, "first"].min(), -sizes[name], name))
    left = len(sizes) - len(who)
    axis = alt.Axis(grid=True, tickCount=6, labels=last, ticks=last, domain=last)
    x = alt.X("first:T", title=None, scale=alt.Scale(type="utc", domain=span), axis=axis)
    y = alt.Y("who:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=260, minExtent=265, labelFontSize=11))
    offset = alt.YOffset("stance:N", scale=alt.Scale(domain=list(OFFSETS), range=[ROW / 2 + shift for shift in OFFSETS.values()]))
    tooltip = [alt.Tooltip(f"{name}:N") for name in ("who", "stance", "days", "n", "proposals", "text")]
    tint = colour("stance", STANCE_COLOURS, "Stance", STANCE_NAMES)
    base = alt.Chart(values(marks)).encode(y=y, yOffset=offset, color=tint, tooltip=tooltip)
    faint, full = (alt.condition("datum.open", alt.value(0.35), alt.value(opacity)) for opacity in (0.75, 1))
    bars = base.transform_filter("!datum.one_day && !datum.unknown").mark_rule(strokeWidth=4, strokeCap="round").encode(
        x=x, x2="last:T", opacity=faint
    )
    shaped = shape("stance", STANCE_COLOURS, "Stance", STANCE_NAMES)
    dots = base.transform_filter("!datum.open_left").mark_point(filled=True).encode(
        x=x, shape=shaped, size=alt.condition("datum.one_day", alt.value(130), alt.value(60)), opacity=full
    )
    unknown = _open_ends(base, x, faint, shaped) if marks["unknown"].any() else []
    counts = alt.Chart(values(marks)).encode(y=y, yOffset=offset, text="count:N")
    inside = counts.transform_filter("datum.one_day").mark_text(fontSize=9, fontWeight="bold", color=PAPER).encode(x=x)
    beside = counts.transform_filter("!datum.one_day").mark_text(align="left", dx=7, fontSize=10, color=INK).encode(x=alt.X("last:T"))
    head = label(title, 80) + (f"  – {plural(left, 'more actor')} not shown" if left > 0 else "")
    about = alt.TitleParams(text=head, fontSize=12, offset=4, anchor="start", frame="group")
    return layered(bars, dots, *unknown, inside, beside, width=WIDTH - 130, height=ROW * len(order), title=about)


def _open_ends(base: alt.Chart, x: alt.X, opacity: Any, shaped: alt.Shape) -> list[alt.Chart]:
    """A dashed line from the mark at the end that is known, and an arrow at the edge towards the one that is not."""
    last = alt.X("last:T")
    line = base.transform_filter("datum.unknown").mark_rule(strokeWidth=2, strokeDash=[3, 3]).encode(x=x, x2="last:T", opacity=opacity)
    known = base.transform_filter("datum.open_left").mark_point(filled=True, size=60).encode(x=last, shape=shaped, opacity=opacity)
    arrows = [
        base.transform_filter(f"datum.open_{way}").mark_point(shape=f"triangle-{way}", size=60, filled=True).encode(x=at, opacity=opacity)
        for way, at in (("left", x), ("right", last))
    ]
    return [line, known, *arrows]
