"""Expressions of time and the days they mean (`periods.txt`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib.periods.day_interval import Window, back, easter_sunday, month_end, months_window, safe_date, shift_months
from stcalib.periods.find import periods_in
from stcalib.periods.reference_frame import Frame
from stcalib.periods.resolve import resolve

LINES = (Path(__file__).parent / "expressions.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES if line.strip() and not line.startswith("#")]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("published", "anchor", "text", "first", "last"), CASES, ids=[f"{case[0]} {case[2]}" for case in CASES])
def test_expression(published: str, anchor: str, text: str, first: str, last: str) -> None:
    start, _, end = anchor.partition("..")
    frame = Frame(day(published), day(published), fiscal_start=4, anchor=Window(day(start), day(end)) if anchor else None)
    resolved = [found for e in periods_in(text) if (found := resolve(e, frame)) is not None]
    if first == last == "-":
        assert not resolved
        return
    assert resolved, "no period found"
    assert (resolved[0].window.start, resolved[0].window.end) == (day(first), day(last)), resolved[0].basis
    assert resolved[0].basis


@pytest.mark.parametrize(
    ("first_month", "text", "first", "last"),
    [
        (7, "in the 2022-23 fiscal year", date(2022, 7, 1), date(2023, 6, 30)),
        (10, "in fiscal 2023", date(2022, 10, 1), date(2023, 9, 30)),
        (1, "in the last fiscal year", date(2023, 1, 1), date(2023, 12, 31)),
        (10, "in the current fiscal year", date(2023, 10, 1), date(2024, 5, 2)),
    ],
)
def test_a_fiscal_year_begins_where_the_codebook_says(first_month: int, text: str, first: date, last: date) -> None:
    frame = Frame(date(2024, 5, 2), date(2024, 5, 2), fiscal_start=first_month)
    (expression,) = periods_in(text)
    found = resolve(expression, frame)
    assert found is not None
    assert (found.window.start, found.window.end) == (first, last)
    assert resolve(expression, Frame(date(2024, 5, 2), date(2024, 5, 2))) is None


def test_enough_expressions() -> None:
    assert len(CASES) >= 150
    assert len({case[2] for case in CASES}) >= 140


def test_relative_periods_count_from_the_earliest_day() -> None:
    frame = Frame(date(2018, 4, 27), date(2018, 5, 8))
    (expression,) = periods_in("in the past 15 months")
    assert resolve(expression, frame).window == Window(date(2017, 1, 27), date(2018, 4, 27))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "last"),
    [("in May 2018", date(2018, 5, 31)), ("in 2018", date(2018, 12, 31)), ("so far this year", date(2018, 5, 3)), ("since January 2018", date(2018, 5, 3))],
)
def test_a_named_period_stays_whole_where_the_last_possible_day_is_open(text: str, last: date) -> None:
    (expression,) = periods_in(text)
    found = resolve(expression, Frame(earliest=date(2018, 5, 3)))
    assert found is not None
    assert found.window.end == last


def test_spans_are_those_of_the_words() -> None:
    text = "Some came in the first three months of 2018, others since early 2017."
    assert [text[e.start : e.end] for e in periods_in(text)] == ["the first three months of 2018", "since early 2017"]


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    frame = Frame(date(2018, 5, 1), date(2018, 5, 1), anchor=months_window(date(2017, 6, 1), 1))
    end = 0
    for expression in periods_in(text):
        assert end <= expression.start < expression.end <= len(text)
        end = expression.end
        resolve(expression, frame)


WORDS = st.sampled_from(
    (
        "the past last first next two 12 31 months years weeks of in since early 2017 0 9999 2016-17 "
        "February August 30 Monday summer before same period and to from"
    ).split()
)


@given(st.lists(WORDS, max_size=12), st.dates())
def test_any_words_of_time(words: list[str], published: date) -> None:
    for expression in periods_in(" ".join(words)):
        found = resolve(expression, Frame(published, published, anchor=months_window(safe_date(published.year, 1, 1), 2)))
        if found is not None and found.window.start is not None and found.window.end is not None:
            assert found.window.start <= found.window.end


@given(st.dates(min_value=date(1, 2, 1), max_value=date(9998, 1, 1)), st.integers(-20, 20))
def test_months_keep_their_ends(start: date, months: int) -> None:
    first = safe_date(start.year, start.month, 1)
    assert month_end(shift_months(month_end(first), months, keep_end=True)) == shift_months(month_end(first), months, keep_end=True)
    assert shift_months(first, months).day == 1


def test_easter() -> None:
    assert [easter_sunday(year) for year in (2016, 2017, 2018, 2019, 2024)] == [
        date(2016, 3, 27), date(2017, 4, 16), date(2018, 4, 1), date(2019, 4, 21), date(2024, 3, 31),
    ]  # fmt: skip


def test_back_from_a_leap_day() -> None:
    assert back(date(2020, 2, 29), 1, "year") == date(2019, 2, 28)
    assert back(date(2020, 3, 31), 1, "month") == date(2020, 2, 29)
