"""The corpus on a time line."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from stcalib.analysis.tallies import filled
from stcalib.charts.base import (
    MANY,
    UTC,
    Chart,
    article_labels,
    colour,
    day_text,
    interval_text,
    iso,
    label,
    layered,
    nothing,
    padded,
    plain,
    plural,
    titled,
    values,
)
from stcalib.charts.of_corpus import Drawn, of_corpus
from stcalib.display.theme import BASIS_COLOURS, SOFT, WIDTH

BASIS_NAMES = {
    "stated": "printed in the text",
    "sidecar": "given beside the file",
    "inferred": "inferred from the texts",
    "unknown": "unknown",
}


@of_corpus(
    Drawn("the table of articles", (*(f"published_{name}" for name in ("earliest", "latest", "basis", "evidence")), "article_id", "title", "outlet")),
    lambda tables, _: {"articles": tables.articles},
)
def timeline(articles: pd.DataFrame) -> Chart:
    """Each article at the days on which it can have been published, coloured by how that is known.

    Takes the `articles` table, or a corpus. An end that is open runs out dashed to an arrow at the edge. Of more than `MANY` articles it
    shows how many there are a month, or a year where the months are many.
    """
    if articles.empty:
        return nothing("No article to date", "The selection holds no article.")
    starts, ends = (pd.to_datetime(articles[column]) for column in ("published_earliest", "published_latest"))
    basis = filled(articles["published_basis"]).replace("", "unknown")
    known = pd.concat([starts, ends]).dropna()
    if known.empty:
        return nothing(f"{plural(len(articles), 'article')}, none of them dated", "Neither the texts nor articles.toml date any of them.")
    if len(articles) > MANY:
        return _by_time(articles, starts, ends)
    low, high = padded(known, 0.04, 4)
    names = article_labels(articles["article_id"], articles)
    rows = pd.DataFrame(
        {
            "article": [names[key] for key in articles["article_id"]],
            "from": [day if day is not None else iso(low) for day in map(iso, starts)],
            "to": [day if day is not None else iso(high) for day in map(iso, ends)],
            "open_left": starts.isna(),
            "open_right": ends.isna(),
            "one_day": starts.notna() & (starts == ends),
            "basis": basis,
            "published": [f"{interval_text(a, b)}, {BASIS_NAMES[how]}" for a, b, how in zip(starts, ends, basis, strict=True)],
            "title": [label(text, 100) for text in articles["title"]],
            "outlet": [label(text, 60) for text in articles["outlet"]],
            "evidence": [label(text, 160) for text in articles["published_evidence"]],
            "read": [f"{names[key]}: {interval_text(a, b)}" for key, a, b in zip(articles["article_id"], starts, ends, strict=True)],
            "order": starts.fillna(ends).fillna(high),
        }
    ).sort_values(["order", "to", "article"], kind="stable")
    x = alt.X(
        "from:T", title=None, scale=alt.Scale(type="utc", domain=[iso(low), iso(high)]), axis=alt.Axis(grid=True, tickCount=8, labelFlush=False)
    )
    y = alt.Y("article:N", sort=list(rows["article"]), title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8))
    tint = colour("basis", {key: BASIS_COLOURS[key] for key in BASIS_NAMES if key in set(rows["basis"])}, "Date is", BASIS_NAMES)
    tooltip = [alt.Tooltip(f"{field}:N", title=field) for field in ("article", "title", "outlet", "published", "basis", "evidence")]
    base = alt.Chart(values(rows.drop(columns="order"))).encode(y=y, color=tint, tooltip=tooltip, description="read:N")
    is_open = "datum.open_left || datum.open_right"
    layers = [
        base.transform_filter(f"!({is_open}) && !datum.one_day").mark_rule(strokeWidth=8, strokeCap="round").encode(x=x, x2="to:T"),
        base.transform_filter(is_open).mark_rule(strokeWidth=3, strokeDash=[3, 4]).encode(x=x, x2="to:T"),
        base.transform_filter("datum.one_day").mark_point(shape="diamond", size=150, filled=True, opacity=1).encode(x=x),
        base.transform_filter("datum.open_left").mark_point(shape="triangle-left", size=110, filled=True, opacity=1).encode(x=x),
        base.transform_filter("datum.open_right").mark_point(shape="triangle-right", size=110, filled=True, opacity=1).encode(x=alt.X("to:T")),
        base.mark_text(align="left", dx=14, fontSize=11).encode(
            x=alt.X("to:T"), text="published:N", color=alt.value(SOFT)
        ).transform_filter("!datum.open_right"),
        base.mark_text(align="right", dx=-10, dy=-11, fontSize=11).encode(
            x=alt.X("to:T"), text="published:N", color=alt.value(SOFT)
        ).transform_filter("datum.open_right"),
    ]  # fmt: skip
    span = day_text(known.min()) if known.min() == known.max() else f"between {day_text(known.min())} and {day_text(known.max())}"
    dated = int((starts.notna() & (starts == ends)).sum())
    text = f"{plural(len(articles), 'article')} published {span}; {dated or 'none'} dated to the day"
    note = "A bar covers every day on which the article can have been published; a diamond is one day, an arrow an end that is not known."
    return layered(*layers, width=WIDTH - 60, height=max(60, 34 * len(rows)), title=titled(text, note))


MOST_MONTHS = 72
"""Columns of a month each that fit beside each other; more become years."""


def _by_time(articles: pd.DataFrame, starts: pd.Series[Any], ends: pd.Series[Any]) -> Chart:
    """How many articles were published in each month or year, by how that is known; those of no one month or year are told."""
    days = pd.concat([starts, ends]).dropna()
    unit = "M" if (days.max().to_period("M") - days.min().to_period("M")).n < MOST_MONTHS else "Y"
    name = {"M": "month", "Y": "year"}[unit]
    first, last = starts.dt.to_period(unit), ends.dt.to_period(unit)
    basis = filled(articles["published_basis"]).replace("", "unknown")
    within = first.notna() & (first == last)
    tally = pd.DataFrame({"period": first[within], "basis": basis[within]}).value_counts(sort=False).rename("n").reset_index()
    tally = tally.sort_values(["period", "basis"])
    rows = pd.DataFrame(
        {
            "from": [iso(period.start_time) for period in tally["period"]],
            "to": [iso((period + 1).start_time) for period in tally["period"]],
            "n": tally["n"],
            "basis": tally["basis"],
            "read": [
                f"{period}: {plural(int(n), 'article')} ({BASIS_NAMES[how]})"
                for period, n, how in zip(tally["period"], tally["n"], tally["basis"], strict=True)
            ],
            "order": [list(BASIS_NAMES).index(how) for how in tally["basis"]],
        }
    )
    rows["upto"] = rows.groupby("from")["n"].cumsum()
    rows["below"] = rows["upto"] - rows["n"]
    tint = colour("basis", {key: BASIS_COLOURS[key] for key in BASIS_NAMES if key in set(rows["basis"])}, "Date is", BASIS_NAMES)
    bars = alt.Chart(values(rows)).mark_rect(stroke="white", strokeWidth=1).encode(
        x=alt.X("from:T", title=None, scale=UTC, axis=alt.Axis(tickCount=10, labelFlush=False)), x2="to:T",
        y=alt.Y("below:Q", title=f"articles a {name}", axis=alt.Axis(tickCount=6)), y2="upto:Q", color=tint, description="read:N",
        tooltip=[alt.Tooltip("read:N", title="published")],
    )  # fmt: skip
    undated = int((starts.isna() & ends.isna()).sum())
    wide = int((~within).sum()) - undated
    text = f"{plural(len(articles), 'article')} published between {day_text(days.min())} and {day_text(days.max())}"
    told = [(wide, f"{plural(wide, 'article')} that may be of several {name}s"), (undated, f"{plural(undated, 'article')} without any date")]
    left = " and ".join(words for number, words in told if number)
    note = f"Articles by the {name} in which they were published.{f' Not drawn: {left}; the CSV has each article.' if left else ''}"
    return plain(bars.properties(width=WIDTH, height=260, title=titled(text, note)))
