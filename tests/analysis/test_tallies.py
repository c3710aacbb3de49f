"""The small tables behind the figures."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.frames import articles, counts, frame, official, positions, quotes

from stcalib import charts
from stcalib.analysis import tallies


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2017-01-01", "2017-12-31", 12),
        ("2018-01-01", "2018-03-31", 3),
        ("2017-08-01", "2017-08-31", 1),
        ("2020-02-01", "2020-02-29", 1),
        ("2017-01-16", "2017-01-31", 16 / 31),
        ("2017-01-31", "2017-02-01", 1 / 31 + 1 / 28),
        ("2017-01-27", "2018-04-27", 5 / 31 + 14 + 27 / 30),
    ],
)
def test_months_covered(first: str, last: str, months: float) -> None:
    assert tallies.months_covered(date.fromisoformat(first), date.fromisoformat(last)) == pytest.approx(months)


def test_monthly_averages_are_of_counts_with_a_value_and_a_period() -> None:
    rows = tallies.monthly_averages(counts())
    assert list(zip(rows["count_id"], rows["per_month"], strict=True)) == [("n1", 1666.7), ("n3", 1550.0), ("n2", 5700.0)]


@pytest.mark.parametrize(
    ("told", "part"),
    [
        ({"base_id": "n1", "period_start": "2017-01-01", "period_end": "2017-12-31"}, True),
        ({"base_id": "n1"}, False),
        ({"base_id": "n1", "period_start": "2017-01-01", "period_end": "2017-12-31", "place": "CA-QC"}, False),
        ({"base_id": "gone"}, False),
        ({"nationality": "HT"}, True),
        ({}, False),
    ],
)
def test_a_part_is_no_total(told: dict[str, str], part: bool) -> None:
    made = [{**row, **(told if row["count_id"] == "n2" else {})} for row in counts().to_dict("records")]
    rows = frame("counts", made)
    found = tallies.monthly_averages(rows).set_index("count_id")["part"]
    assert bool(found["n2"]) is part and not found["n1"]
    chart = charts.crossings(tallies.monthly_averages(rows), official()).to_dict()
    assert ("1 count that is a part" in " ".join(chart["title"]["subtitle"])) is part
    assert any(row.get("said") == "about 5,700" for values in chart["datasets"].values() for row in values) is not part


def test_official_months_are_the_preferred_ones() -> None:
    assert list(tallies.official_months(official(), "interceptions", "CA")["value"]) == [3134, 5712]
    assert tallies.official_months(official(), "interceptions", "CA-QC").empty


def test_words_by_actor() -> None:
    tally = tallies.words_by(quotes(), "actor", "party")
    assert list(tally["actor"]) == ["Ann Archer", "Bo Baker", "Cy Cook"]
    assert list(tally["n_quotes"]) == [3, 1, 1]
    assert list(tally["party"]) == ["LPC", "CPC", ""]
    assert tally["share"].sum() == pytest.approx(1, abs=0.001)


@given(st.lists(st.tuples(st.sampled_from(["A", "B", None]), st.text()), max_size=12))
def test_shares_add_to_one_or_nothing(rows: list[tuple[str | None, str]]) -> None:
    tally = tallies.words_by(frame("quotes", [{"actor": actor, "text": text} for actor, text in rows]), "actor")
    assert tally["n_quotes"].sum() == len(rows)
    assert tally["share"].sum() == pytest.approx(1 if tally["n_words"].sum() else 0, abs=0.01)


def test_rows_in_the_order_of_the_article() -> None:
    rows = tallies.in_order(quotes=quotes(), counts=counts(), positions=positions())
    assert len(rows) == 15
    assert list(rows["start"]) == sorted(rows["start"])
    assert tallies.in_order(quotes=quotes().head(0)).empty


def test_rows_by_article() -> None:
    rows = tallies.rows_by_article(articles(), quotes=quotes(), counts=counts())
    assert list(rows["quotes"]) == [3, 2, 0, 0]
    assert list(rows["counts"]) == [5, 0, 0, 0]
