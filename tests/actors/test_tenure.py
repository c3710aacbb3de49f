"""Stretches of time against intervals."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stcalib.actors.tenure import days_of_change, holds_through, holds_where_closed, narrowed
from stcalib.codebook.actors_file import Span
from stcalib.core.rows import Published

DAYS = st.integers(0, 40).map(lambda n: date(2018, 1, 1) + timedelta(days=n))


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    pairs = draw(st.lists(st.tuples(DAYS, DAYS), max_size=5))
    return [Span.model_validate({"from": min(pair), "to": max(pair)}) for pair in pairs]


@st.composite
def intervals(draw: st.DrawFn) -> Published:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return Published(first, last)


@given(spans(), intervals())
def test_holding_through_is_holding_on_every_day(stretches: list[Span], when: Published) -> None:
    assert when.earliest and when.latest
    every = [when.earliest + timedelta(days=n) for n in range((when.latest - when.earliest).days + 1)]
    assert holds_through(stretches, when) == all(any(span.holds_on(day) for span in stretches) for day in every)
    assert holds_where_closed(stretches, when) == holds_through(stretches, when)


@given(spans(), intervals())
def test_nothing_changes_between_the_days_of_change(stretches: list[Span], when: Published) -> None:
    assert when.earliest and when.latest
    changes, held = set(days_of_change(stretches, when)), None
    for n in range((when.latest - when.earliest).days + 1):
        day = when.earliest + timedelta(days=n)
        now = [span.holds_on(day) for span in stretches]
        assert day in changes or now == held
        held = now


def test_an_open_interval_asks_for_open_stretches() -> None:
    since, until, always = (Span.model_validate(span) for span in ({"from": date(2018, 1, 1)}, {"to": date(2018, 1, 1)}, {}))
    assert not holds_through([since], Published())
    assert holds_through([since, until], Published())
    assert holds_through([always], Published())
    assert holds_where_closed([since], Published())
    assert not holds_where_closed([], Published())
    assert not holds_where_closed([since], Published(latest=date(2017, 1, 1)))
    assert narrowed(Published(), [since]) == Published(date(2018, 1, 1), None)
