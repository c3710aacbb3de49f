"""Whether stretches of time hold through an interval of days, which may be open at an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from stcalib.codebook.actors_file import Span
from stcalib.core.rows import Published

ONE_DAY = timedelta(days=1)


def holds_through(spans: Iterable[Span], when: Published) -> bool:
    """Whether the stretches together hold on every day of the interval; an open end asks for a stretch open there."""
    day, last = when.earliest or date.min, when.latest or date.max
    for span in sorted(spans, key=lambda span: (span.first or date.min, span.last or date.max)):
        if (span.first or date.min) > day:
            return False
        if (span.last or date.max) >= last:
            return True
        if span.last is not None:
            day = max(day, span.last + ONE_DAY)
    return False


def holds_where_closed(spans: Iterable[Span], when: Published) -> bool:
    """As `holds_through`, but of an interval that is open only its given day is asked for."""
    if when.earliest is not None and when.latest is not None:
        return holds_through(spans, when)
    days = [day for day in (when.earliest, when.latest) if day is not None]
    spans = list(spans)
    return bool(spans) and all(any(span.holds_on(day) for span in spans) for day in days)


def days_of_change(spans: Iterable[Span], when: Published) -> Iterator[date]:
    """The first day of the interval, and every later one on which a stretch begins or has just ended."""
    first, last = when.earliest or date.min, when.latest or date.max
    yield first
    for span in spans:
        if span.first is not None and first < span.first <= last:
            yield span.first
        if span.last is not None and first <= span.last < last:
            yield span.last + ONE_DAY


def narrowed(when: Published, spans: Iterable[Span]) -> Published:
    """The interval with its open ends closed to where the stretches begin and end."""
    spans = list(spans)
    firsts, lasts = [span.first for span in spans], [span.last for span in spans]
    first = None if None in firsts else min(day for day in firsts if day is not None)
    last = None if None in lasts else max(day for day in lasts if day is not None)
    return Published(when.earliest or first, when.latest or last)
