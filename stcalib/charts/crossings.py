"""Stated counts against the official monthly series."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from string import ascii_uppercase
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from stcalib.analysis.tallies import filled, monthly_averages, months_covered, official_months, rounded
from stcalib.charts.base import (
    MANY,
    UTC,
    Chart,
    and_more,
    article_labels,
    average_text,
    colour,
    iso,
    label,
    layered,
    nothing,
    period_text,
    plain,
    plural,
    stacked,
    titled,
    values,
)
from stcalib.charts.of_corpus import Drawn, Tables, of_corpus
from stcalib.charts.time_axis import within_time
from stcalib.core.errors import StcalibError
from stcalib.core.near import not_known
from stcalib.core.rows import READINGS
from stcalib.display.theme import NO_MEASURES, PALE, SOFT, WIDTH, Measures
from stcalib.periods.day_interval import shift_days, shift_months

UPWARD = frozenset({"more_than", "at_least"})
DOWNWARD = frozenset({"less_than", "at_most", "nearly"})
UNCERTAIN = ("carried", "assumed")
"""Readings that take something from beyond the sentence of a count."""
ROW = 24
HEIGHT, DAYS_HEIGHT = 300, 110
SHORTEST_MONTH = 0.9
"""A count of fewer months is one of days."""
ROBUST, FEW = 2.5, 10
MOST_LISTED = 30
"""Of more than `MANY` different counts so many are drawn one by one and listed."""
MARGIN = 6
"""Months of the official figures shown before the first stated period and behind the last."""


def _of_corpus(tables: Tables, options: dict[str, Any]) -> dict[str, Any]:
    measure, place = (options.get(name) or default for name, default in zip(("measure", "place"), tables.trend, strict=True))
    counts = tables.rows("counts")
    return {
        "stated": monthly_averages(counts[counts["place"] == place]),
        "official": official_months(tables.official, measure, place),
        "articles": tables.articles,
        "measure": measure,
        "place": place,
        "source": tables.source,
        "measures": tables.measures,
    }


DRAWN = Drawn(
    "analysis.monthly_averages(counts)",
    ("article_id", "text", "bound", "measure", "period_start", "period_end", "per_month"),
    "counts",
    ("count_id", "article_id", "start", "text", "kind", "value", "bound", "measure", "place", "period_start", "period_end", "source"),
    monthly_averages,
)
NO_MONTHS = ("period_start", "period_end", "value", "status", "source_title")


@of_corpus(DRAWN, _of_corpus)
def crossings(
    stated: pd.DataFrame,
    official: pd.DataFrame | None = None,
    articles: pd.DataFrame | None = None,
    measure: str = "",
    place: str = "",
    source: str = "",
    measures: Measures = NO_MEASURES,
    leave_out: str | Iterable[str] = (),
) -> Chart:
    """Every stated count as a bar over its period at its monthly average, on top of the official monthly figures.

    Takes `analysis.monthly_averages(counts)`, or the counts themselves, and `analysis.official_months(official, measure,
    place)` if there are any; or a corpus: `crossings(corpus)` shows what the codebook names as its trend, and the options
    `measure` and `place` something else. A bar is open
    upwards where the text says "more than", downwards where it says "nearly" or "up to". Below, the counts one by one.
    A count of days alone, less than a month, is drawn below as what it is a day. What lies far above all others and the official
    figures is drawn as a triangle at the upper edge; what is of a time far from all others is not drawn, and told in the note.
    Of more than `MANY` different counts the `MOST_LISTED` that most articles
    print are drawn one by one, the others as the range that they have in each period.
    `measure` and `place` are those of the official figures, `source` says where these come from, `measures` names both.
    A part of another count, or the people of one nationality, is no total and is left out; the note counts those.
    One axis holds one unit: counts in another than that of `measure` are left out, and the note says how many. So are those of
    which `reading` is one of `leave_out` (`"assumed"`, `("carried", "assumed")`); of those drawn the note tells how many were read so.
    Raises `StcalibError` for a reading that there is not.
    """
    official = pd.DataFrame(columns=list(NO_MONTHS)) if official is None else official
    stated, others = _of_one_unit(stated, measures, measure)
    stated, apart = _totals(stated)
    stated, read = _by_reading(stated, leave_out)
    stated, beyond = within_time(stated, official)
    others += apart + read + beyond
    seen = _Seen(measure, place, source, measures, others)
    if stated.empty and official.empty:
        return nothing("No count to draw", f"The selection holds no count with a value and a period, and the official series no month of it.{others}")
    rows = _stated(stated, articles, measures)
    months = _months(official, rows)
    domain = _domain(rows, months)
    if rows.empty:
        text = f"No stated count to set against {plural(len(months), 'official month')}"
        columns = _official(months, domain, _axis([*months["value"], 1], measures.unit(measure)))
        return plain(columns.properties(width=WIDTH, height=HEIGHT, title=titled(text, _note(months, seen))))
    shown, others_told, rest = _most_told(rows)
    top = _robust_top(rows, months)
    clipped = int((rows.loc[~rows["of_days"], "value"] > top).sum())
    above = (shown["value"] > top) & ~shown["of_days"]
    shown = shown.assign(clipped=above, value=shown["value"].mask(above, top))
    tint = _tint(rows, measures)
    y = _axis([top], measures.unit(measure))
    monthly, daily = shown[~shown["of_days"]], shown[shown["of_days"]]
    ranges = _ranges(others_told[~others_told["of_days"]], top, y) if len(others_told) else []
    upper = layered(_official(months, domain, y), *ranges, *_levels(monthly, y, tint), width=WIDTH, height=HEIGHT)
    panels = [upper]
    if len(daily):
        y_days = alt.Y("value:Q", title=f"{measures.unit(measure)} a day", scale=alt.Scale(domain=[0, float(daily["value"].max()) * 1.15], nice=True))
        edge = alt.Chart(alt.InlineData(values=[{"from": domain[0], "to": domain[1]}])).mark_rule(opacity=0).encode(x=_when(domain), x2="to:T")
        panels.append(layered(edge, *_levels(daily, y_days, tint), width=WIDTH, height=DAYS_HEIGHT))
    panels.append(_list(shown, domain, tint))
    n = stated["article_id"].nunique()
    text = f"{plural(len(rows), 'stated count')} in {plural(n, 'article')}, over the periods that they cover"
    text += f", against official monthly {measures.name(measure)}" if len(months) else ""
    return stacked(*panels, spacing=26, title=titled(text, _note(months, seen) + _told_of(len(daily), clipped, top) + rest))


def _told_of(n_days: int, clipped: int, top: float) -> str:
    """What the note says of counts of days, and of those that lie above the axis."""
    days = " Counts of days alone stand below at what they are a day." if n_days else ""
    above = f" {plural(clipped, 'count lies', 'counts lie')} above {average_text(top)} a month, drawn as a triangle at the edge." if clipped else ""
    return days + above


def _axis(tops: Iterable[float], unit: str) -> alt.Y:
    return alt.Y("value:Q", title=f"{unit} a month", scale=alt.Scale(domain=[0, max(tops) * 1.08], nice=True))


def _when(domain: list[str]) -> alt.X:
    return alt.X("from:T", title=None, scale=alt.Scale(type="utc", domain=domain), axis=alt.Axis(tickCount=10, labelFlush=False))


def _official(months: pd.DataFrame, domain: list[str], y: alt.Y) -> alt.Chart:
    """The official figures as columns."""
    return plain(
        alt.Chart(values(months)).mark_rect(color=PALE, stroke="white", strokeWidth=1).encode(
            x=_when(domain), x2="to:T", y=y, y2=alt.datum(0), description="read:N",
            tooltip=[alt.Tooltip("period:N", title="official, month"), alt.Tooltip("value:Q", format=",")],
        )
    )  # fmt: skip


def _robust_top(rows: pd.DataFrame, months: pd.DataFrame) -> float:
    """Where the axis of months ends: at the highest figure, but no further than `ROBUST` times what nine of ten counts reach
    or the highest official figure. Few counts without official figures are all drawn where they are."""
    monthly = rows.loc[~rows["of_days"], "value"]
    highest = float(max([*monthly, *months["value"], 1]))
    if len(monthly) < FEW and months.empty:
        return highest
    usual = [float(monthly.quantile(0.9, interpolation="lower"))] if len(monthly) else []
    return min(highest, ROBUST * float(max([*usual, *months["value"], 1])))


def _most_told(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """The counts to draw one by one, each once with the number of its articles, the others, and a sentence on these."""
    keys = ["from", "to", "value", "measure", "open"]
    if len(rows) <= MANY:
        return rows, rows.head(0), ""
    told = rows.assign(n_articles=rows.groupby(keys)["article"].transform("nunique")).drop_duplicates(keys)
    told = told.sort_values(["n_articles", "from", "to", "value"], ascending=[False, True, True, True], kind="stable")
    shown = told.head(MOST_LISTED).sort_values(["from", "to", "value"], kind="stable").reset_index(drop=True)
    more = [f" and {plural(int(n) - 1, 'more article')}" if n > 1 else "" for n in shown["n_articles"]]
    shown["line"] = [line[:-1] + f"{also})" for line, also in zip(shown["line"], more, strict=True)]
    shown["letter"] = [_letter(i) for i in range(len(shown))]
    shown["at"] = _spread(shown)
    left = told.iloc[MOST_LISTED:]
    return shown, left, and_more(len(left), "different count", why=" that fewer articles print, thin bars from the lowest to the highest of a period")


def _ranges(others: pd.DataFrame, top: float, y: alt.Y) -> list[alt.Chart]:
    """From the lowest to the highest of the counts that are not drawn one by one, by their period; a triangle where the highest is above."""
    bounds = others.groupby(["from", "to"], as_index=False).agg(low=("value", "min"), high=("value", "max"), n=("value", "size"))
    start, end = (pd.to_datetime(bounds[name], format="ISO8601") for name in ("from", "to"))
    bounds["middle"] = [day.date().isoformat() for day in start + (end - start) / 2]
    told = zip(bounds["n"], bounds["low"], bounds["high"], strict=True)
    bounds["read"] = [f"{plural(int(n), 'more count')}: {average_text(low)} to {average_text(high)} a month" for n, low, high in told]
    bounds = bounds.assign(above=bounds["high"] > top, value=bounds["low"].clip(upper=top), high=bounds["high"].clip(upper=top))
    base = alt.Chart(values(bounds.drop(columns="low"))).encode(x=alt.X("middle:T"), description="read:N", tooltip=["read:N"])
    bars = base.mark_rule(strokeWidth=2, opacity=0.35, color=SOFT).encode(y=y, y2="high:Q")
    edges = base.transform_filter("datum.above").mark_point(shape="triangle-up", size=30, filled=True, opacity=0.6, color=SOFT)
    return [plain(bars), plain(edges.encode(y=alt.Y("high:Q")))]


class _Seen(NamedTuple):
    """What the official figures are of, and where they come from."""

    measure: str
    place: str
    source: str
    measures: Measures
    others: str = ""


def _of_one_unit(stated: pd.DataFrame, measures: Measures, measure: str) -> tuple[pd.DataFrame, str]:
    """The counts in the unit of a measure, and a sentence that tells of the others."""
    units = filled(stated["measure"]).map(measures.units)
    other = units.notna() & (units != measures.unit(measure))
    told = [f"{plural(n, 'count')} of {unit}" for unit, n in units[other].value_counts(sort=False).sort_index().items()]
    words = f" Not drawn: {' and '.join(told)}; they stand in its table, and a figure of their measure draws them."
    return stated[~other].reset_index(drop=True), words if told else ""


def _totals(stated: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The counts that are no part of another one, and a sentence on the parts."""
    if "part" not in stated:
        return stated, ""
    part = stated["part"].astype(bool)
    n = int(part.sum())
    told = f" Not drawn: {plural(n, 'count that is', 'counts that are')} a part, of another count or of one nationality." if n else ""
    return stated[~part].reset_index(drop=True), told


def of_one_axis(stated: pd.DataFrame, measures: Measures, measure: str) -> pd.DataFrame:
    """The rows of `analysis.monthly_averages` that the figure of a measure can draw: totals in its unit."""
    return _totals(_of_one_unit(stated, measures, measure)[0])[0]


def _by_reading(stated: pd.DataFrame, leave_out: str | Iterable[str]) -> tuple[pd.DataFrame, str]:
    """The counts without those of which `reading` is left out, and what the note says of both."""
    unwanted = [leave_out] if isinstance(leave_out, str) else list(leave_out)
    if unknown := [name for name in unwanted if name not in READINGS]:
        raise StcalibError(f"leave_out: {not_known(unknown[0], 'reading', READINGS)}")
    if "reading" not in stated:
        return stated, ""
    readings = filled(stated["reading"])
    out = readings.isin(unwanted)
    lacking = [f"{n} {name}" for name in READINGS if (n := int((readings[out] == name).sum()))]
    drawn = [f"{n} {name}" for name in UNCERTAIN if (n := int((readings[~out] == name).sum()))]
    told = f" Not drawn, by how they were read: {', '.join(lacking)}." if lacking else ""
    told += f" Read from beyond their own sentence: {', '.join(drawn)}." if drawn else ""
    return stated[~out].reset_index(drop=True), told


def _note(months: pd.DataFrame, seen: _Seen) -> str:
    where = f" ({seen.measures.place(seen.place)})" if seen.place else ""
    monthly = all(start[:7] >= _day_before(end)[:7] for start, end in zip(months["from"], months["to"], strict=True))
    by = "month" if monthly else "period, at their monthly average"
    known = f"Grey: official {seen.measures.name(seen.measure)} by {by}" if len(months) else "No official figures for this selection"
    gaps = " A gap is a month that the series lacks." if _gaps(months) else ""
    return (
        f"{known}{where}.{gaps} Lines: stated counts at their monthly average over their period; "
        f"an arrow marks a count that the text leaves open upwards or downwards.{seen.others} {seen.source if len(months) else ''}"
    ).strip()


def _gaps(months: pd.DataFrame) -> bool:
    """Whether a month is missing between the first and the last."""
    starts, ends = list(months["from"]), list(months["to"])
    return any(start > end for start, end in zip(starts[1:], ends, strict=False))


def _stated(stated: pd.DataFrame, articles: pd.DataFrame | None, measures: Measures) -> pd.DataFrame:
    names = article_labels(stated["article_id"], articles)
    rows = pd.DataFrame(
        {
            "from": [iso(day) for day in stated["period_start"]],
            "to": [_day_after(day) for day in stated["period_end"]],
            "per_month": stated["per_month"].astype(float),
            "of_days": _of_days(stated),
            "measure": filled(stated["measure"]),
            "said": [label(text, 34) for text in stated["text"]],
            "period": [period_text(a, b) for a, b in zip(stated["period_start"], stated["period_end"], strict=True)],
            "article": [names[key] for key in stated["article_id"]],
            "open": ["up" if bound in UPWARD else "down" if bound in DOWNWARD else "" for bound in stated["bound"]],
            "bound": stated["bound"],
        }
    ).reset_index(drop=True)
    rows["letter"] = [_letter(i) for i in range(len(rows))]
    rows["value"] = rows["per_month"].where(~rows["of_days"], _per_day(stated))
    rows["at"] = _spread(rows)
    rows["line"] = [
        f"{said}{what}, {period}: {average_text(average)} a {'day' if of_days else 'month'} ({article})"
        for said, what, period, average, of_days, article in zip(
            rows["said"], _kinds(rows["measure"], measures), rows["period"], rows["value"], rows["of_days"], rows["article"], strict=True
        )
    ]
    return rows


def _kinds(ids: pd.Series[str], measures: Measures) -> list[str]:
    """What each count is of, in words behind its number, where they are not all of one measure: colours alone would not print."""
    return [f" ({label(measures.name(key), 30)})" if ids.nunique() > 1 else "" for key in ids]


def _of_days(stated: pd.DataFrame) -> pd.Series[Any]:
    """Whether a count is of some days, and not of a month or longer; a rate holds for all of its period."""
    short = stated["months"].astype(float) < SHORTEST_MONTH if "months" in stated else pd.Series(False, index=stated.index)
    return short.astype(bool).reset_index(drop=True)


def _per_day(stated: pd.DataFrame) -> list[float]:
    """What a count is a day, over the days of its period."""
    days = [(pd.Timestamp(a).date(), pd.Timestamp(b).date()) for a, b in zip(stated["period_start"], stated["period_end"], strict=True)]
    return [
        rounded(float(monthly) * months_covered(first, last) / ((last - first).days + 1))
        for monthly, (first, last) in zip(stated["per_month"], days, strict=True)
    ]


def _spread(rows: pd.DataFrame) -> list[str]:
    """Where in its period each dot stands, so that neighbours stand apart."""
    span = pd.to_datetime(rows["to"], format="ISO8601") - pd.to_datetime(rows["from"], format="ISO8601")
    parts = [(i % 5 + 1) / 6 for i in range(len(rows))]
    return [(pd.Timestamp(start) + width * part).date().isoformat() for start, width, part in zip(rows["from"], span, parts, strict=True)]


def _letter(i: int) -> str:
    """A, B, … Z, AA, AB, …"""
    return (ascii_uppercase[i // 26 - 1] if i >= 26 else "") + ascii_uppercase[i % 26] if i < 702 else str(i + 1)


def _day_after(day: object) -> str:
    return shift_days(pd.Timestamp(day).date(), 1).isoformat()  # type: ignore[arg-type]


def _day_before(day: str) -> str:
    return shift_days(date.fromisoformat(day), -1).isoformat()


def _months(official: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The official months from half a year before the first stated period to half a year after the last."""
    months = pd.DataFrame(
        {
            "from": pd.Series([iso(day) for day in official["period_start"]], dtype="object"),
            "to": pd.Series([_day_after(day) for day in official["period_end"]], dtype="object"),
            "value": official["value"].astype(float),
            "period": [period_text(a, b) for a, b in zip(official["period_start"], official["period_end"], strict=True)],
        }
    )
    months["read"] = [f"official, {period}: {average_text(value)}" for period, value in zip(months["period"], months["value"], strict=True)]
    if rows.empty:
        return months
    first = shift_months(date.fromisoformat(min(rows["from"])), -MARGIN).isoformat()
    last = shift_months(date.fromisoformat(max(rows["to"])), MARGIN).isoformat()
    return months[(months["from"] >= first) & (months["to"] <= last)].reset_index(drop=True)


def _domain(rows: pd.DataFrame, months: pd.DataFrame) -> list[str]:
    return [min([*rows["from"], *months["from"]]), max([*rows["to"], *months["to"]])]


def _levels(rows: pd.DataFrame, y: alt.Y, tint: alt.Color) -> list[alt.Chart]:
    tooltip = [alt.Tooltip(f"{field}:N") for field in ("letter", "said", "bound", "measure", "period", "article")]
    base = alt.Chart(values(rows)).encode(
        y=y, color=tint, description="line:N", tooltip=[*tooltip, alt.Tooltip("per_month:Q", format=",.2~f", title="a month")]
    )
    arrows = [
        base.transform_filter(f"datum.open === '{way}' && !datum.clipped")
        .mark_point(shape=f"triangle-{way}", filled=True, size=90, opacity=1, yOffset=offset)
        .encode(x=alt.X("at:T"))
        for way, offset in (("up", -15), ("down", 15))
    ]
    return [
        base.transform_filter("!datum.clipped").mark_rule(strokeWidth=4, opacity=0.9).encode(x=alt.X("from:T"), x2="to:T"),
        base.transform_filter("datum.clipped").mark_rule(strokeWidth=2, strokeDash=[2, 3]).encode(x=alt.X("from:T"), x2="to:T"),
        base.transform_filter("datum.clipped").mark_point(shape="triangle-up", filled=True, size=120, opacity=1, yOffset=-16).encode(x=alt.X("at:T")),
        *arrows,
        base.mark_circle(size=210, opacity=1, stroke="white").encode(x=alt.X("at:T")),
        base.mark_text(fontSize=10, fontWeight="bold").encode(x=alt.X("at:T"), text="letter:N", color=alt.value("white")),
    ]


def _tint(rows: pd.DataFrame, measures: Measures) -> alt.Color:
    here = measures.of(set(rows["measure"]))
    return colour("measure", here, "Stated counts of", {key: measures.name(key) for key in here})


def _list(rows: pd.DataFrame, domain: list[str], tint: alt.Color) -> alt.LayerChart:
    """The counts one under the other, each over its period, with its words."""
    y = alt.Y("letter:N", sort=list(rows["letter"]), title=None, axis=alt.Axis(domain=False, ticks=False, labelFontWeight="bold"))
    x = alt.X(
        "from:T",
        title=None,
        scale=alt.Scale(type="utc", domain=domain),
        axis=alt.Axis(labels=False, ticks=False, domain=False, grid=True, tickCount=10),
    )
    middle = (pd.Timestamp(domain[0]) + (pd.Timestamp(domain[1]) - pd.Timestamp(domain[0])) / 2).date().isoformat()
    base = alt.Chart(values(rows.assign(late=rows["from"] > middle))).encode(y=y, description="line:N")
    bars = base.mark_rule(strokeWidth=6).encode(x=x, x2="to:T", color=tint)
    texts = [
        base.transform_filter("!datum.late").mark_text(align="left", dy=-11, fontSize=11, color=SOFT).encode(x=x, text="line:N"),
        base.transform_filter("datum.late")
        .mark_text(align="right", dy=-11, fontSize=11, color=SOFT)
        .encode(x=alt.X("to:T", scale=UTC), text="line:N"),
    ]
    return layered(bars, *texts, width=WIDTH, height=(ROW + 10) * len(rows))
