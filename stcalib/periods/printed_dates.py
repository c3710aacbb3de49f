"""Dates as pages print them: found in a text with their offsets, day by day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stcalib.core.rows import Published
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import compiled

FIRST_SHORT_YEAR = 70
"""A year printed with two digits is of the last century from this one on."""
_YEAR = re.compile(r"[\d-]\d\d")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day printed in a text. Where numbers alone leave open which is the month, `day` is the reading with the month
    first and `ambiguous` the other one."""

    day: date
    start: int
    end: int
    ambiguous: date | None = None


@by_language
def month_numbers() -> dict[str, int]:
    """Month names and abbreviations in lower case to 1..12."""
    return load_lexicon().calendar.month_numbers()


@by_language
def _page_months() -> dict[str, int]:
    """The months by the names of all languages in which pages print the day above a report."""
    foreign = load_lexicon().calendar.foreign_months
    return {**{name.casefold(): number for name, number in foreign.items()}, **month_numbers()}


@by_language
def date_pattern() -> re.Pattern[str]:
    """Full dates: May 1, 2018 · 1 May 2018 · 23rd of July, 2020 · 19-Nov-17 · 12 septembre 2018 · 2018-05-01 · 2018.05.01 ·
    05/01/2018 · 14.02.2019 · 18-08-2017."""
    return compiled("periods.full_date", month=alternatives(month_numbers()), named=alternatives(_page_months()))


def may_hold_year(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` can hold the year of a date, which has four digits, or two behind a hyphen."""
    return _YEAR.search(text, start, end) is not None


def printed_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """The full dates in `text[start:end]`, in order. A date that no calendar has ("Feb. 30, 2017") is passed over.

    Numbers like 05/01/2018 can be read month first or day first; where both are days, both are given. Between full
    stops (14.02.2019) the day stands first.
    """
    end = len(text) if end is None else end
    for match in date_pattern().finditer(text, start, end) if may_hold_year(text, start, end) else ():
        readings = [day for numbers in _readings(match) if (day := day_or_none(*numbers)) is not None]
        if readings:
            other = readings[1] if len(readings) > 1 and readings[1] != readings[0] else None
            yield PrintedDate(readings[0], *match.span(), other)


def _readings(match: re.Match[str]) -> list[tuple[int, int, int]]:
    """Year, month and day that a match can mean, the first reading first."""
    if match["iso"]:
        year, month, day = map(int, re.split(r"\D", match["iso"]))
        return [(year, month, day)]
    if match["first"]:
        year, first, second = int(match["year4"]), int(match["first"]), int(match["second"])
        month_first, day_first = (year, first, second), (year, second, first)
        return [day_first] if match["mark"] == "." else [month_first, day_first]
    for number in ("", "2", "3"):
        if word := match[f"month{number}"]:
            # ſ and ı are matched as s and i where case does not count, and no month is written so
            month = _page_months().get(word.casefold(), 0)
            return [(_century(match[f"year{number}"]), month, int(match[f"day{number}"]))]
    return []


def _century(digits: str) -> int:
    """A year of four digits, or of two as pages of this age write it: 17 is 2017, 98 is 1998."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= FIRST_SHORT_YEAR else 2000)


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


@by_language
def _spoken_pattern() -> re.Pattern[str]:
    months = alternatives(name.capitalize() for name in month_numbers())
    return compiled("periods.spoken_day", months=months, weekdays=alternatives(load_lexicon().calendar.weekdays))


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


@by_language
def _weekday_numbers() -> dict[str, int]:
    calendar = load_lexicon().calendar
    names = {name.lower(): i for i, name in enumerate(calendar.weekdays)}
    short = {a.lower(): i for a in calendar.weekday_abbreviations for i, name in enumerate(calendar.weekdays) if name.startswith(a[:3])}
    return {**short, **names}


def weekday_number(name: str) -> int:
    """The number of a weekday by its name, Monday 0."""
    return _weekday_numbers()[name.rstrip(".")]


def last_weekday(weekday: int, published: Published) -> date | None:
    """The last day with that weekday (0 is Monday) up to publication; None where the interval allows several."""
    if published.earliest is None or published.latest is None:
        return None
    ends = (published.earliest, published.latest)
    days = {end.toordinal() - (end.weekday() - weekday) % 7 for end in ends}
    return date.fromordinal(days.pop()) if len(days) == 1 and min(days) > 0 else None


def last_anniversary(month: int, number: int, published: Published) -> date | None:
    """The last such day of a month up to publication; None where the interval allows several."""
    if published.earliest is None or published.latest is None:
        return None
    days = set()
    for end in (published.earliest, published.latest):
        this_year = day_or_none(end.year, month, number)
        days.add(this_year if this_year and this_year <= end else day_or_none(end.year - 1, month, number))
    return days.pop() if len(days) == 1 else None
