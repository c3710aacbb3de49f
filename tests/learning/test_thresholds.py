"""Where batches held out would begin the table: the lowest estimate at which enough of the candidates are right."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib.learning.thresholds import LEAST_ROWS, STEP, chosen


def judged(right: bool, turned: bool = False) -> Any:
    return SimpleNamespace(right=right, turned=turned)


def told(*groups: tuple[int, int, int, int]) -> list[tuple[Any, int]]:
    """Candidates: (estimate, how many, how many of them right, how many with the opposite sign)."""
    return [
        (judged(n < right, n >= number - turned), estimate)
        for estimate, number, right, turned in groups
        for n in range(number)
    ]


@pytest.mark.parametrize(
    ("groups", "least"),
    [
        ([(-1000, 30, 3, 0), (250, 30, 24, 0), (2000, 30, 29, 0)], 200),
        ([(-1000, 30, 3, 0), (250, 30, 24, 4), (2000, 30, 29, 0)], 2000),  # the turned ones weigh more
        ([(-1000, 30, 3, 0), (250, 10, 9, 0), (300, 10, 2, 0), (2000, 30, 29, 0)], 2000),  # a share that falls again is smoothed
        ([(-150, 30, 29, 0)], -200),
        ([(1000, LEAST_ROWS - 1, LEAST_ROWS - 1, 0)], None),  # too few
        ([(1000, 50, 20, 0)], None),
        ([], None),
    ],
)
def test_the_table_begins_where_most_candidates_are_right(groups: list[tuple[int, int, int, int]], least: int | None) -> None:
    assert chosen(told(*groups)) == least


@given(st.lists(st.tuples(st.integers(-4000, 4000), st.booleans()), max_size=60))
def test_a_threshold_takes_enough_candidates(found: list[tuple[int, bool]]) -> None:
    least = chosen([(judged(right), estimate) for estimate, right in found])
    if least is not None:
        assert least % STEP == 0
        assert sum(estimate >= least for estimate, _ in found) >= LEAST_ROWS
        assert any(right for estimate, right in found if estimate >= least)
