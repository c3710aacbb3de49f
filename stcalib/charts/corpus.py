"""The corpus on a time line."""

from __future__ import annotations

import altair as alt
import pandas as pd

from stcalib.analysis.tallies import filled
from stcalib.charts.base import Chart, article_labels, colour, day_text, interval_text, iso, label, layered, nothing, padded, plural, titled, values
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

    Takes the `articles` table, or a corpus. An end that is open runs out dashed to an arrow at the edge.
    """
    if articles.empty:
        return nothing("No article to date", "The selection holds no article.")
    starts, ends = (pd.to_datetime(articles[column]) for column in ("published_earliest", "published_latest"))
    known = pd.concat([starts, ends]).dropna()
    if known.empty:
        return nothing(f"{plural(len(articles), 'article')}, none of them dated", "Neither the texts nor articles.toml date any of them.")
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
            "basis": filled(articles["published_basis"]).replace("", "unknown"),
            "published": [interval_text(a, b) for a, b in zip(starts, ends, strict=True)],
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
