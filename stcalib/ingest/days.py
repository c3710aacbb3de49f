"""Days as pages and exports print them, in the languages of `labels/calendar.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from stcalib.ingest.label_files import load_labels
from stcalib.language.in_use import by_language
from stcalib.periods.printed_dates import day_or_none

Order = Literal["day", "month"]
"""What stands first in 02/05/2018."""
FIRST_YEAR, LAST_YEAR = 1600, 2200
DAY_LINE = 200
"""A line that holds nothing but a day has at most so many characters."""
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?=$|[T\s,;.Z])")
_RFC = re.compile(r"(?:[A-Za-z]{3}, *)?\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d{2}")
_SHORT_YEAR = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2})(?!\d)")
PIVOT = 69
"""A year of two digits from this one on is of the last century, as POSIX reads it."""
_REST_WORDS = 9
"""Words that may follow the day on a line of its own: weekday, clock, time zone, edition."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in a text; `day` is None where it can be read in two ways, such as 02/05/2018."""

    day: date | None
    start: int
    end: int
    other: date | None = None


@by_language
def _months() -> dict[str, int]:
    """Names of months in all languages to 1..12."""
    calendar = load_labels("calendar")
    return {
        name: number for language in calendar.values() if isinstance(language, dict)
        for number, names in enumerate(language["months"], 1) for name in names.split()
    }  # fmt: skip


@by_language
def weekday_names() -> frozenset[str]:
    """Names of weekdays in all languages."""
    calendar = load_labels("calendar")
    return frozenset(name for language in calendar.values() if isinstance(language, dict) for names in language["weekdays"] for name in names.split())


@by_language
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    month = rf"(?P<{{}}>{names})\b\.?"
    return re.compile(
        r"(?<![\d./-])(?:"
        rf"(?P<y1>\d{{4}})\s?[-/.]\s?(?P<m1>\d{{1,2}})\s?[-/.]\s?(?P<d1>\d{{1,2}})(?![\d])"
        rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|re|º|\.)?[ -]?(?:de |of )?{month.format('m2')},?[ -]?(?:de |del )?(?P<y2>\d{{4}})(?!\d)"
        r"|(?P<y4>\d{4})\s?年\s?(?P<m4>\d{1,2})\s?月\s?(?P<d4>\d{1,2})\s?日"
        r"|(?P<d5>\d{1,2})\.\s?(?P<m5>\d{1,2})\.\s?(?P<y5>\d{4})(?!\d)"
        r"|(?P<a>\d{1,2})(?P<mark>[/-])(?P<b>\d{1,2})(?P=mark)(?P<y6>\d{4})(?!\d)"
        r")"
        rf"|\b{month.format('m3')}\s?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?!\d),?\s?(?P<y3>\d{{4}})(?!\d)",
        re.IGNORECASE,
    )


def days_in(text: str, order: Order | None = None) -> Iterator[Day]:
    """The full days in a text, in order. A day that no calendar has is passed over."""
    for match in _pattern().finditer(text.replace("\xa0", " ").replace("\u202f", " ")):
        found = _day_of(match, order)
        if found is not None and FIRST_YEAR < (found.day or found.other or date.min).year < LAST_YEAR:
            yield found


def _day_of(match: re.Match[str], order: Order | None) -> Day | None:
    if match["a"]:
        return _numeric(match, order)
    number = next(n for n in (1, 2, 3, 4, 5) if match[f"d{n}"])
    month = match[f"m{number}"]
    day = day_or_none(int(match[f"y{number}"]), int(month) if month.isdecimal() else _months()[month.lower()], int(match[f"d{number}"]))
    return Day(day, *match.span()) if day else None


def _numeric(match: re.Match[str], order: Order | None) -> Day | None:
    """02/05/2018: the day that only one order gives, or that the known order gives; else both stay open."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y6"])
    day_first, month_first = day_or_none(year, second, first), day_or_none(year, first, second)
    if order is not None:
        day = day_first if order == "day" else month_first
        return Day(day, *match.span()) if day else None
    if day_first and month_first and day_first != month_first:
        return Day(None, *match.span(), day_first)
    day = day_first or month_first
    return Day(day, *match.span()) if day else None


def order_of(texts: Iterable[str]) -> Order | None:
    """The order that the days of one column show: 25/05/2018 among them decides for 02/05/2018; None where they are at odds or silent."""
    orders: set[Order] = set()
    for text in texts:
        for match in _pattern().finditer(_with_century(text)):
            if match["a"]:
                first, second = int(match["a"]), int(match["b"])
                if (first > 12) != (second > 12):
                    orders.add("day" if first > 12 else "month")
    return orders.pop() if len(orders) == 1 else None


def _with_century(text: str) -> str:
    """A time stamp such as 07/19/18 with its year in full."""
    match = _SHORT_YEAR.match(text.strip())
    if match is None:
        return text
    year = int(match[4])
    return f"{match[1]}/{match[3]}/{year + (1900 if year >= PIVOT else 2000)}{text.strip()[match.end() :]}"


def first_day(text: str | None, order: Order | None = None) -> Day | None:
    """The first full day in a text."""
    return next(days_in(text, order), None) if text else None


def day_in(text: str | None, order: Order | None = None) -> date | None:
    """The first full day in a text, where it can be read in one way only."""
    found = first_day(text, order)
    return found.day if found else None


def stamp_day(value: object, order: Order | None = None) -> Day | None:
    """The day of a time stamp of data: as it is written, whatever the time zone; None where there is none."""
    if isinstance(value, datetime):
        return Day(value.date(), 0, 0)
    if isinstance(value, date):
        return Day(value, 0, 0)
    if not isinstance(value, str) or not (text := value.strip()):
        return None
    if (match := _ISO.match(text)) is not None:
        day = day_or_none(int(match["year"]), int(match["month"]), int(match["day"]))
        return Day(day, 0, len(text)) if day else None
    if re.fullmatch(r"(?:1[6-9]|20)\d{6}(?:T?\d{4,6}Z?)?", text):
        day = day_or_none(int(text[:4]), int(text[4:6]), int(text[6:8]))
        return Day(day, 0, len(text)) if day else None
    if _RFC.match(text):
        try:
            return Day(parsedate_to_datetime(text).date(), 0, len(text))
        except (ValueError, TypeError):
            pass
    return first_day(_with_century(text), order)


def is_day_line(line: str) -> Day | None:
    """The day of a line that holds a day and nothing but what belongs to it: weekday, clock, time zone, edition."""
    if len(line) > DAY_LINE:
        return None
    text = line.replace("\xa0", " ").strip(" \t,;")
    found = first_day(text)
    if found is None:
        return None
    before = re.findall(r"[^\W\d_]+(?:-feira)?", text[: found.start].lower())
    if not all(word in weekday_names() or word in {"le", "den", "el"} for word in before) or re.search(r"\d", text[: found.start]):
        return None
    rest = text[found.end :]
    if (
        len(rest.split()) > _REST_WORDS
        or re.match(r"[:?!]|\s*[-–—]\s*\D", rest)
        or (rest.rstrip().endswith((".", "?", "!")) and not rest.rstrip().endswith("m."))
    ):
        return None
    return found
