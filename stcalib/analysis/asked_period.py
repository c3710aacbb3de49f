"""A period as a user writes it: "2018", "2018-05", "2018-01..2018-06"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from stcalib.core.errors import ParameterError


@dataclass(frozen=True, slots=True)
class Period:
    """An interval of days, both included, open where an end is None."""

    first: date | None = None
    last: date | None = None


def parse_period(text: str | None) -> Period:
    """A period from "2018", "2018-05", "2018-05-01", or two of them with ".." between, either left out for an open end.

    Raises `ParameterError` for anything else, and where the end lies before the beginning.
    """
    if text is None or not text.strip():
        return Period()
    first, dots, last = text.partition("..")
    start = _days(first)[0] if first.strip() else None
    end = _days(last if dots else first)[1] if (last if dots else first).strip() else None
    if start and end and end < start:
        raise ParameterError("the period ends before it begins")
    return Period(start, end)


def _days(text: str) -> tuple[date, date]:
    """The first and last day of an ISO year, month or day."""
    text = text.strip()
    try:
        match [int(part) for part in text.split("-")], len(text):
            case [year], 4:
                return date(year, 1, 1), date(year, 12, 31)
            case [year, month], 7:
                first = date(year, month, 1)
                return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            case [_, _, _], 10:
                return date.fromisoformat(text), date.fromisoformat(text)
    except ValueError:
        pass
    raise ParameterError('write a period as "2018", "2018-05", "2018-05-01" or "2018-01..2018-06"; leave an end out to keep it open')
