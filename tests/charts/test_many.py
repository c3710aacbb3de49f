"""Figures of few and of very many articles: their size, what they draw against the tidy tables, what they say of the rest."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd
import pytest
from support.many_rows import official, tables

from stcalib import charts
from stcalib.analysis import networks, shared_quotations, stances, tallies
from stcalib.charts.base import MANY, Chart
from stcalib.charts.networks import MOST_TIES, backbone
from stcalib.notebook.figures import chart_svg

TALLEST = 2000
SIZES = [5, 300, pytest.param(3000, marks=pytest.mark.slow)]


@cache
def made(n: int) -> dict[str, pd.DataFrame]:
    return tables(n)


def _verdicts(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts held against figures that make one in ten a thousand times too high."""
    wrong = [1000.0 if i % 10 == 0 else 1.05 for i in range(len(counts))]
    told = {"official": [value / factor for value, factor in zip(counts["value"], wrong, strict=True)], "also_official": None, "reasoning": "as told"}
    return counts.assign(**told, verdict=["disagrees" if factor > 2 else "withheld" for factor in wrong])


FIGURES: dict[str, Callable[[dict[str, pd.DataFrame]], Chart]] = {
    "timeline": lambda t: charts.timeline(t["articles"]),
    "crossings": lambda t: charts.crossings(tallies.monthly_averages(t["counts"]), official(), t["articles"], "interceptions", "CA"),
    "against": lambda t: charts.stated_against_official(_verdicts(t["counts"]), t["articles"]),
    "by_actor": lambda t: charts.speech_by_actor(tallies.words_by(t["quotes"], "actor", "party")),
    "by_party": lambda t: charts.speech_by_party(tallies.words_by(t["quotes"], "party")),
    "by_article": lambda t: charts.speech_by_article(tallies.words_by(t["quotes"], "article_id", "party"), t["articles"]),
    "shared": lambda t: charts.shared_quotations(shared_quotations.shared_quotes(t["quotes"]), t["articles"]),
    "matrix": lambda t: charts.stance_matrix(t["positions"]),
    "matrix of actors": lambda t: charts.stance_matrix(t["positions"], "actor"),
    "stances in time": lambda t: charts.stance_timeline(stances.timeline(t["positions"], t["articles"])),
    "affiliation": lambda t: charts.affiliation_network(networks.affiliation(networks.statements(t["positions"], t["articles"]))),
    "ring": lambda t: charts.actor_network(networks.between(networks.statements(t["positions"], t["articles"]), "subtract")),
}


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("name", list(FIGURES))
def test_no_figure_is_taller_than_a_page(name: str, n: int) -> None:
    svg = chart_svg(FIGURES[name](made(n)).to_dict())
    height = re.search(rb'height="([\d.]+)"', svg)
    assert height is not None and float(height[1]) <= TALLEST
    assert len(svg) < 500_000


def rows_with(chart: Chart, *names: str) -> list[dict[str, Any]]:
    """The rows of the first data that has these fields."""
    return next(rows for rows in chart.to_dict()["datasets"].values() if rows and set(names) <= set(rows[0]))


def note_of(chart: Chart) -> str:
    return " ".join(chart.to_dict()["title"]["subtitle"])


@pytest.mark.slow
def test_the_trend_of_3000_articles_draws_what_the_tables_hold() -> None:
    """Each count drawn alone is one of the tidy table, and each of the others lies in the range drawn of its period."""
    t = made(3000)
    stated = tallies.monthly_averages(t["counts"])
    chart = FIGURES["crossings"](t)
    monthly = {(str(a.date()), round(float(v), 1)) for a, v in zip(stated["period_start"], stated["per_month"], strict=True)}
    single = rows_with(chart, "per_month", "letter")
    assert single and all((row["from"], row["per_month"]) in monthly for row in single)
    drawn = {(row["from"], row["per_month"]) for row in single}
    ranges = {(row["from"], row["to"]): (row["value"], row["high"], row["above"]) for row in rows_with(chart, "middle", "above")}
    top = max(high for _, high, _ in ranges.values())
    after = pd.Timedelta(days=1)
    for row in stated[stated["months"] >= 0.9].itertuples():
        key = (str(row.period_start.date()), str((row.period_end + after).date()))
        if (key[0], row.per_month) not in drawn:
            low, high, above = ranges[key]
            assert low <= min(row.per_month, top) <= high and (above or row.per_month <= high)
    clipped = int((stated.loc[stated["months"] >= 0.9, "per_month"] > top + 1e-6).sum())
    assert f"{clipped} count" in note_of(chart) or not clipped
    for row in rows_with(chart, "period", "read", "value"):
        assert (row["from"], row["value"]) in set(zip(official()["period_start"], official()["value"], strict=True))


@pytest.mark.slow
def test_the_party_comparison_of_3000_articles_draws_what_the_tables_hold() -> None:
    t = made(3000)
    cells = {(row["party"], row["proposition"], row["stance"]): row["n"] for row in stances.stance_matrix(t["positions"]).to_dict("records")}
    drawn = rows_with(FIGURES["matrix"](t), "group", "proposition", "stance", "n")
    assert {(row["group"].replace("no party known", "").replace("none known", ""), row["proposition"], row["stance"]): row["n"] for row in drawn} == {
        (party, proposition.replace("_", " ") if proposition not in {r["proposition"] for r in drawn} else proposition, stance): n
        for (party, proposition, stance), n in cells.items()
    }
    words = tallies.words_by(t["quotes"], "party")
    bars = rows_with(FIGURES["by_party"](t), "party", "words")
    assert {row["party"]: row["words"] for row in bars} == dict(zip(words["party"], words["n_words"], strict=True))


def test_the_columns_of_the_timeline_add_up() -> None:
    articles = made(300)["articles"]
    chart = FIGURES["timeline"]({"articles": articles})
    undated = int(articles["published_earliest"].isna().sum())
    assert sum(row["n"] for row in rows_with(chart, "upto", "n")) + undated == len(articles)
    assert f"{undated} articles without any date" in note_of(chart)


def test_outlets_take_the_place_of_many_articles() -> None:
    t = made(300)
    bars = rows_with(FIGURES["by_article"](t), "article", "words")
    assert {row["article"] for row in bars} <= set(t["articles"]["outlet"])
    assert sum(row["words"] for row in bars) == tallies.words_by(t["quotes"], "party")["n_words"].sum()


def test_what_is_not_drawn_is_told() -> None:
    t = made(300)
    verdicts = _verdicts(t["counts"])
    chart = FIGURES["against"](t)
    drawn = rows_with(chart, "key", "verdict")
    assert len(drawn) == MANY
    assert {row["beyond"] for row in drawn if row["verdict"] == "disagrees"} == {"right"}
    assert f"And {len(verdicts) - MANY:,} more numbers" in note_of(chart)


def test_one_wrong_row_does_not_set_the_scale() -> None:
    counts = made(300)["counts"].head(20).copy()
    counts["value"] = [500_000_000.0] + [1200.0] * (len(counts) - 1)
    counts[["period_start", "period_end"]] = [pd.Timestamp("2017-08-01"), pd.Timestamp("2017-08-31")]
    chart = charts.crossings(tallies.monthly_averages(counts), official(), made(300)["articles"], "interceptions", "CA")
    wrong = next(row for row in rows_with(chart, "per_month", "letter") if row["per_month"] > 1e8)
    assert wrong["clipped"] and wrong["value"] < 10_000
    assert "1 count lies above" in note_of(chart)


def test_a_count_of_a_day_is_drawn_as_a_day() -> None:
    counts = made(300)["counts"].head(2).copy()
    counts["value"], counts["period_start"] = [250.0, 1200.0], [pd.Timestamp("2017-08-04"), pd.Timestamp("2017-08-01")]
    counts["period_end"] = [pd.Timestamp("2017-08-04"), pd.Timestamp("2017-08-31")]
    rows = rows_with(charts.crossings(tallies.monthly_averages(counts), official(), None, "interceptions", "CA"), "line", "late")
    assert {row["said"]: (row["of_days"], row["value"]) for row in rows} == {counts["text"].iloc[0]: (True, 250.0), counts["text"].iloc[1]: (False, 1200.0)}


def test_of_many_ties_the_backbone_is_drawn_and_named() -> None:
    statements = networks.statements(made(300)["positions"], made(300)["articles"])
    graph = networks.between(statements, "subtract")
    edges = sorted((min(edge), max(edge)) for edge in graph.edges)
    kept, told = backbone(graph, edges, "weight")
    assert len(kept) == MOST_TIES < len(edges) and set(kept) < set(edges)
    assert "Serrano" in told and f"{len(edges):,} ties" in told
    assert backbone(graph, edges[:MOST_TIES], "weight") == (edges[:MOST_TIES], "")


@pytest.mark.parametrize("top", [8, 17, 24])
def test_names_in_a_ring_stand_apart(top: int) -> None:
    """Names at 11 pixels: of two on one side that overlap in breadth the lines differ by more than half a line, and only one stands below its dot."""
    t = made(300)
    ring = charts.actor_network(networks.between(networks.statements(t["positions"], t["articles"]), "subtract"), top=top).to_dict()
    people = next(rows for rows in ring["datasets"].values() if rows and "right" in rows[0])
    aside = [one for one in people if one["x"] or top <= 12]
    assert len(people) == top and len(people) - len(aside) == (top % 2 if top > 12 else 0)
    for side in (True, False):
        heights = sorted(one["y"] for one in aside if one["right"] is side)
        assert all(higher - lower > 9 for lower, higher in itertools.pairwise(heights))


@pytest.mark.slow
def test_what_an_actor_says_for_and_against_within_a_period_stands_apart() -> None:
    t = made(3000)
    chart = charts.stance_timeline(stances.timeline(t["positions"], t["articles"])).to_dict()
    assert "support at its left" in " ".join(chart["title"]["subtitle"])
    panels = [rows for rows in chart["datasets"].values() if rows and "stance" in rows[0]]
    marks = pd.concat([pd.DataFrame(rows).assign(panel=place) for place, rows in enumerate(panels)])
    gathered = marks[marks["days"].str.len() == 4]
    places = gathered.groupby(["panel", "who", "days"])["first"].agg(["nunique", "size"])
    assert len(places) > 100 and (places["nunique"] == places["size"]).all()
    later = gathered.pivot_table(index=["panel", "who", "days"], columns="stance", values="first", aggfunc="first").dropna(subset=["support", "oppose"])
    assert len(later) and (later["support"] < later["oppose"]).all()
    assert marks["first"].max() <= t["articles"]["published_latest"].max().date().isoformat()
