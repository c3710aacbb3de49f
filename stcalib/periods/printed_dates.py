"""Dates as pages print them: found in a text with their offsets, day by day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from stcalib.core.rows import Published
from stcalib.language.lexicon import alternatives, load_lexicon


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day printed in a text. `year_stated` is False for "May 1"; `ambiguous` is the other reading of 05/01/2018."""

    day: date
    start: int
    end: int
    ambiguous: date | None = None


@cache
def month_numbers() -> dict[str, int]:
    """Month names and abbreviations in lower case to 1..12."""
    return load_lexicon().calendar.month_numbers()


@cache
def date_pattern() -> re.Pattern[str]:
    """Full dates: May 1, 2018 · 1 May 2018 · Feb. 11, 2017 · 2018-05-01 · 05/01/2018."""
    month = f"(?P<{{}}>{alternatives(month_numbers())})\\.?"
    return re.compile(
        rf"\b{month.format('month')}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"
        rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+{month.format('month2')},?\s+(?P<year2>\d{{4}})\b"
        r"|\b(?P<iso>\d{4}-\d{2}-\d{2})(?=\b|T)"
        r"|\b(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year3>\d{4})\b",
        re.IGNORECASE,
    )


def printed_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """The full dates in `text[start:end]`, in order. A date that no calendar has ("Feb. 30, 2017") is passed over.

    Numbers like 05/01/2018 are read month first, as North American pages print them, unless that is no date; the
    other reading is given in `ambiguous`.
    """
    months = month_numbers()
    for match in date_pattern().finditer(text, start, len(text) if end is None else end):
        other = None
        if match["iso"]:
            year, month, day = (int(part) for part in match["iso"].split("-"))
        elif match["first"]:
            year, month, day = int(match["year3"]), int(match["first"]), int(match["second"])
            other = day_or_none(year, day, month)
            if day_or_none(year, month, day) is None:
                month, day, other = day, month, None
        elif match["month"]:
            year, month, day = int(match["year"]), months[match["month"].lower()], int(match["day"])
        else:
            year, month, day = int(match["year2"]), months[match["month2"].lower()], int(match["day2"])
        if (found := day_or_none(year, month, day)) is not None:
            yield PrintedDate(found, *match.span(), None if other == found else other)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class SpokenDay:
    """A weekday or day of a month as a report names it: the words, where they begin, and the day if it is certain."""

    text: str
    start: int
    day: date | None


@cache
def _spoken_pattern() -> re.Pattern[str]:
    months = alternatives(name.capitalize() for name in month_numbers())
    return re.compile(
        rf"\b(?P<weekday>{alternatives(load_lexicon().calendar.weekdays)})\b(?!['’]s)"
        rf"|\b(?P<month>{months})\.? (?P<number>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d|[,.]\d)(?:, (?P<year>\d{{4}}))?"
    )


def spoken_day(text: str, start: int, end: int, published: Published) -> Iterator[SpokenDay]:
    """The weekdays and days of months in `text[start:end]`, each with its date where the publication interval
    leaves only one: the last such day that is not after it."""
    for match in _spoken_pattern().finditer(text, start, end):
        if match["weekday"]:
            weekdays = [name.lower() for name in load_lexicon().calendar.weekdays]
            day = last_weekday(weekdays.index(match["weekday"].lower()), published)
        elif match["year"]:
            day = day_or_none(int(match["year"]), month_numbers()[match["month"].lower()], int(match["number"]))
        else:
            day = last_anniversary(month_numbers()[match["month"].lower()], int(match["number"]), published)
        yield SpokenDay(match.group(), match.start(), day)


def last_weekday(weekday: int, published: Published) -> date | None:
    """The last day with that weekday (0 is Monday) up to publication; None where the interval allows several."""
    if published.earliest is None or published.latest is None:
        return None
    days = {end - timedelta((end.weekday() - weekday) % 7) for end in (published.earliest, published.latest)}
    return days.pop() if len(days) == 1 else None


def last_anniversary(month: int, number: int, published: Published) -> date | None:
    """The last such day of a month up to publication; None where the interval allows several."""
    if published.earliest is None or published.latest is None:
        return None
    days = set()
    for end in (published.earliest, published.latest):
        this_year = day_or_none(end.year, month, number)
        days.add(this_year if this_year and this_year <= end else day_or_none(end.year - 1, month, number))
    return days.pop() if len(days) == 1 else None
