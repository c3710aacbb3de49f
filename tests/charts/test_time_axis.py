"""The trend's axis of time is that of most counts; what lies far from it is told."""

from __future__ import annotations

import calendar
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from test_charts import articles, counts

from stcalib import charts
from stcalib.analysis import tallies
from stcalib.charts.time_axis import within_time

CASES = tomllib.loads(Path(__file__).with_name("far_times.toml").read_text(encoding="utf-8"))["case"]


def days(period: str) -> tuple[date, date]:
    first, _, last = period.partition("..")
    ends = []
    for month in (first, last or first):
        year, _, number = month.partition("-")
        ends.append((int(year), int(number or 0)))
    (year, month), (to_year, to_month) = ends
    to_month = to_month or 12
    return date(year, month or 1, 1), date(to_year, to_month, calendar.monthrange(to_year, to_month)[1])


def frame(periods: list[str]) -> pd.DataFrame:
    return pd.DataFrame([days(period) for period in periods], columns=["period_start", "period_end"], dtype="object")


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_what_lies_far_from_the_others_is_left_out(case: dict[str, Any]) -> None:
    stated, official = frame(case["periods"]), frame([case["official"]] if case["official"] else [])
    kept, told = within_time(stated, official)
    drawn = [days(period) for period in case["periods"] if period not in case["beyond"]]
    assert list(kept.itertuples(index=False, name=None)) == drawn
    assert all(period in told for period in case["beyond"]) and bool(told) == bool(case["beyond"])
    again, more = within_time(kept, official)
    assert len(again) == len(kept) and not more


def test_the_trend_tells_what_it_does_not_draw() -> None:
    rows = tallies.monthly_averages(pd.concat([counts().head(3)] * 3, ignore_index=True))
    rows.loc[0, ["period_start", "period_end"]] = [pd.Timestamp("1950-01-01"), pd.Timestamp("1950-12-31")]
    chart = charts.crossings(rows, None, articles()).to_dict()
    assert "Beyond the axis of time: 1 count (1950), in the numbers behind the figure." in " ".join(chart["title"]["subtitle"])
    assert not [row for data in chart["datasets"].values() for row in data if str(row.get("from", "")).startswith("1950")]
    assert "".join(chart["title"]["text"]).startswith(f"{len(rows) - 1} stated counts")
