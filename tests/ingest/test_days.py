"""Days as exports print them, in every language; what can be read in two ways stays open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.export_layouts import DE, EN, FR, SEMAINE, WEEK

from stcalib.ingest.days import day_in, is_day_line, order_of, stamp_day

DAYS = st.dates(date(1950, 1, 1), date(2040, 12, 31))
PRINTED = (
    lambda d: f"{EN[d.month - 1]} {d.day}, {d.year} {WEEK[d.weekday()]}",
    lambda d: f"{WEEK[d.weekday()]}, {EN[d.month - 1][:3]}. {d.day}, {d.year}, Late Edition - Final",
    lambda d: f"{d.day} {EN[d.month - 1]} {d.year}",
    lambda d: f"{SEMAINE[d.weekday()]} {d.day} {FR[d.month - 1]} {d.year}",
    lambda d: f"{d.day}. {DE[d.month - 1]} {d.year}",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日 17:04",
    lambda d: d.isoformat(),
    lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
)


@given(DAYS, st.sampled_from(PRINTED))
def test_a_printed_day_is_read_back(day: date, printed) -> None:
    assert day_in(printed(day)) == day
    found = is_day_line(printed(day))
    assert found is not None and found.day == day


@given(DAYS, st.integers(0, 23), st.sampled_from(["Z", "-04:00", "+0200", ""]))
def test_a_stamp_is_taken_as_it_is_written(day: date, hour: int, zone: str) -> None:
    found = stamp_day(f"{day}T{hour:02}:30:00{zone}")
    assert found is not None and found.day == day


@given(DAYS)
def test_numbers_that_can_be_read_in_two_ways_stay_open(day: date) -> None:
    found = stamp_day(f"{day.day:02}/{day.month:02}/{day.year}")
    assert found is not None
    assert found.day == (day if day.day > 12 or day.day == day.month else None)
    assert stamp_day(f"{day.day:02}/{day.month:02}/{day.year}", "day").day == day
    assert stamp_day(f"{day.month:02}/{day.day:02}/{day.year}", "month").day == day


@pytest.mark.parametrize(
    ("texts", "order"),
    [(["02/05/2018", "25/05/2018"], "day"), (["05/25/2018"], "month"), (["02/05/2018"], None), (["25/05/2018", "05/25/2018"], None)],
)
def test_another_row_decides(texts: list[str], order: str | None) -> None:
    assert order_of(texts) == order


@pytest.mark.parametrize(
    "line", ["June 2018", "May 3, 2018: the day the lake froze", "On May 3, 2018 the lake froze.", "Updated", "May 32, 2018", "x" * 500]
)
def test_no_line_of_a_day(line: str) -> None:
    assert is_day_line(line) is None
