"""Stated numbers as a percentage of the official figures that they are held against."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from stcalib.charts.base import (
    CHARACTER,
    MANY,
    Chart,
    and_more,
    article_labels,
    colour,
    label,
    layered,
    nothing,
    period_text,
    plural,
    stacked,
    text_panel,
    titled,
    values,
)
from stcalib.charts.of_corpus import Drawn, of_corpus
from stcalib.display.theme import INK, NO_MEASURES, SOFT, VERDICT_COLOURS, WIDTH, Measures

ROW = 36
"""Height of a row, in pixels."""
LEAST, MOST = 50.0, 150.0
"""Per cent of the official figure; what lies beyond is drawn at the edge."""
MARGIN = 4.0
TIP, LONGEST = 180, 2000
"""Characters of a reasoning that a tooltip shows in full, and that is shown at all."""
CLICK = "Click the words above a bar to read its verdict."
TOLD = {
    "agrees": ("agrees", "agree"),
    "agrees with the release of its time": ("agrees with the release of its time", "agree with the release of their time"),
    "compatible": ("is compatible", "are compatible"),
    "other window": ("fits another window", "fit another window"),
    "other measure": ("fits another measure", "fit another measure"),
    "disagrees": ("disagrees", "disagree"),
    "withheld": ("is left without a verdict", "are left without a verdict"),
}
"""Verdicts as a title tells them, of one and of several."""
NONE_CHECKED = "No stated number could be held against an official figure"


@of_corpus(
    Drawn("the verdicts of official.check_counts(counts, articles)", ("count_id", "kind", "value", "official", "verdict", "reasoning")),
    lambda tables, _: {"verdicts": tables.verdicts, "articles": tables.articles, "source": tables.source, "measures": tables.measures},
)
def stated_against_official(
    verdicts: pd.DataFrame,
    articles: pd.DataFrame | None = None,
    source: str = "",
    measures: Measures = NO_MEASURES,
    evidence: bool = False,
) -> Chart:
    """Each stated count or share as a percentage of the official figure for its period, with what its words allow.

    Takes the verdicts of `official.check_counts`, or a corpus; rows without a value, without an official figure, and those of changes
    are left out; of more than `MANY` those furthest from their figure are drawn. `source` says where the official figures
    come from, `measures` which place need not be named. With `evidence`, a click on a number shows its verdict below, as text
    that can be selected and copied; without, it is the figure alone, for print.
    """
    rows = _rows(verdicts, articles, measures)
    if rows.empty:
        return nothing(NONE_CHECKED, "The selection holds no count or share whose period and place the official series covers.")
    domain = _domain(rows)
    every, rows = len(rows), _furthest(rows)
    rest = and_more(every - len(rows), "number", why=", nearer to their figure or without a verdict")
    rows = _clipped(rows, domain)
    order = list(rows["key"])
    y = alt.Y("key:N", sort=order, title=None, axis=None)
    x = alt.X("from:Q", title="per cent of the official figure", scale=alt.Scale(domain=domain, nice=False, zero=False), axis=alt.Axis(tickCount=6))
    here = {name: VERDICT_COLOURS[name] for name in VERDICT_COLOURS if name in set(rows["verdict"])}
    tint = colour("verdict", here, "Verdict")
    tips = [alt.Tooltip(f"{name}:N") for name in ("said", "period", "article", "official", "verdict", "reasoning")]
    base = alt.Chart(values(rows)).encode(y=y, description="line:N", tooltip=tips)
    full = alt.Chart(alt.InlineData(values=[{"full": 100}])).mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("full:Q"))
    bars = base.mark_rule(strokeWidth=6, opacity=0.85).encode(x=x, x2="to:Q", color=tint)
    arrows = [
        base.transform_filter(f"datum.{side}")
        .mark_point(shape=f"triangle-{side}", filled=True, size=110, opacity=1)
        .encode(x=alt.X(f"{end}:Q"), color=tint)
        for side, end in (("left", "from"), ("right", "to"))
    ]
    inside = base.transform_filter("isValid(datum.at) && !datum.beyond")
    points = inside.mark_circle(size=130, opacity=1, stroke="white").encode(x=alt.X("at:Q"), color=tint)
    beyond = [
        base.transform_filter(f"datum.beyond === '{side}'")
        .mark_point(shape=f"triangle-{side}", filled=True, size=150, opacity=1, stroke=INK, strokeWidth=1)
        .encode(x=alt.X("at:Q"), color=tint)
        for side in ("left", "right")
    ]
    others = base.transform_filter("isValid(datum.also)").mark_point(shape="diamond", size=90, opacity=1, color=INK).encode(x=alt.X("also:Q"))
    text = base.encode(x=alt.value(0), text="line:N")
    halo = text.mark_text(align="left", dy=-13, fontSize=11, stroke="white", strokeWidth=4)
    words = text.mark_text(align="left", dy=-13, fontSize=11, color=SOFT)
    heading = titled(_title(verdicts), _note(rows, source) + rest)
    parts, size = (full, bars, *arrows, others, points, *beyond, halo), {"width": WIDTH, "height": ROW * len(rows)}
    if not evidence:
        return layered(*parts, words, **size, title=heading)
    picked = alt.selection_point(name="number", fields=["key"], on="click", empty=False)
    chosen = words.encode(color=alt.condition(picked, alt.value(INK), alt.value(SOFT))).add_params(picked)
    panel = text_panel({str(row.key): _verdict(row) for row in rows.itertuples()}, "key", picked, WIDTH)
    return stacked(layered(*parts, chosen, **size), panel, spacing=18, title=titled(_title(verdicts), f"{_note(rows, source)}{rest} {CLICK}"))


def _verdict(row: Any) -> list[str]:
    """What is to be said of a number, wrapped to the width of the figure."""
    return [line for text in (f"{row.line}.", row.whole) for line in textwrap.wrap(text, int(WIDTH / CHARACTER))]


def _furthest(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows furthest from the official figure, in the order in which they stood."""
    if len(rows) <= MANY:
        return rows
    ranked = pd.DataFrame({"told": rows["verdict"] != "withheld", "apart": (rows["at"].astype(float) - 100).abs()})
    chosen = ranked.sort_values(["told", "apart"], ascending=False, kind="stable").index[:MANY]
    return rows.loc[chosen.sort_values()].reset_index(drop=True)


def _rows(verdicts: pd.DataFrame, articles: pd.DataFrame | None, measures: Measures) -> pd.DataFrame:
    kept = verdicts[verdicts["kind"].isin(("count", "share")) & verdicts["value"].notna() & (verdicts["official"] > 0)]
    kept = kept.astype(dict.fromkeys(("value", "low", "high", "official", "also_official"), "float64"))
    kept = kept.sort_values(["period_start", "period_end", "article_id", "count_id"], kind="stable")
    names = article_labels(kept["article_id"], articles)
    rows = [_row(record, names, measures) for record in kept.to_dict("records")]
    return pd.DataFrame(rows)


def _row(record: Mapping[Hashable, Any], names: Mapping[str, str], measures: Measures) -> dict[str, object]:
    other_window = record["verdict"] == "other window" and pd.notna(record["also_official"])
    official, also = (record[name] for name in (("also_official", "official") if other_window else ("official", "also_official")))
    said, period = label(record["text"], 34), period_text(record["period_start"], record["period_end"])
    place = "" if record["place"] == measures.whole else f" in {measures.place(record['place'])}"
    printed = f"{official:,.1f}".removesuffix(".0") + (" per cent" if record["kind"] == "share" else "")
    article = names[record["article_id"]]
    return {
        "key": record["count_id"],
        "said": said,
        "period": period,
        "article": article,
        "verdict": record["verdict"],
        "official": printed,
        "reasoning": label(record["reasoning"], TIP),
        "whole": label(record["reasoning"], LONGEST),
        "line": f"{said}{place}, {period} ({article}) – official {printed}: {record['verdict']}",
        "at": 100 * record["value"] / official,
        "low": 100 * record["low"] / official,
        "high": 100 * record["high"] / official,
        "also": 100 * record["value"] / also if pd.notna(also) else None,
    }


def _domain(rows: pd.DataFrame) -> list[float]:
    """From the lowest to the highest stated value, 100 between them, no further than `LEAST` and `MOST`."""
    seen = [*rows["at"].dropna(), *rows["also"].dropna(), 100.0]
    return [max(LEAST, float(int(min(seen))) - MARGIN), min(MOST, float(int(max(seen)) + 1) + MARGIN)]


def _clipped(rows: pd.DataFrame, domain: list[float]) -> pd.DataFrame:
    """The rows with bars cut at the edges, and `left` and `right` where they go on."""
    least, most = domain
    low, high = (rows[name].astype(float) for name in ("low", "high"))
    return rows.assign(
        left=(low.isna() | (low < least)),
        right=(high.isna() | (high > most)),
        **{"from": low.fillna(least).clip(least, most), "to": high.fillna(most).clip(least, most)},
        beyond=["left" if at < least else "right" if at > most else "" for at in rows["at"].astype(float)],
        at=rows["at"].astype(float).clip(least, most),
        also=rows["also"].astype(float).clip(least, most),
    )


def _title(verdicts: pd.DataFrame) -> str:
    """What is seen: how many could be checked, and with what verdicts."""
    total = len(verdicts)
    tally = verdicts["verdict"].value_counts()
    told = [f"{tally[name]} {one if tally[name] == 1 else many}" for name, (one, many) in TOLD.items() if name in tally]
    checked = total - int(tally.get("no series", 0))
    return f"{checked} of {plural(total, 'stated number')} can be held against an official figure: {', '.join(told)}"


def _note(rows: pd.DataFrame, source: str) -> str:
    note = "Dot: the number as stated. Bar: what its words allow; it goes on where it ends in an arrow."
    if rows["beyond"].ne("").any():
        note += " A triangle with an edge: the number itself lies beyond."
    if rows["also"].notna().any():
        note += " Diamond: the same number held against the other window that the reasoning names."
    return f"{note} Vague numbers, and changes, are not drawn. {source}".strip()
