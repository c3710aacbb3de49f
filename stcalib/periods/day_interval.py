"""Intervals of days, and the arithmetic of months, quarters, seasons and years on them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon

_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Window:
    """An interval of days, both included; an end that is not known is None."""

    start: date | None = None
    end: date | None = None

    @property
    def known(self) -> bool:
        """Whether both ends are known."""
        return self.start is not None and self.end is not None

    @property
    def is_reversed(self) -> bool:
        """Whether it would end before it begins, as "the first 0 months" does."""
        return self.start is not None and self.end is not None and self.start > self.end

    @property
    def months(self) -> int | None:
        """How many whole calendar months it consists of, or None where it does not."""
        if self.start is None or self.end is None or self.start.day != 1 or self.end != month_end(self.end):
            return None
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def lasts(self, count: int, unit: str) -> bool:
        """Whether it is so many days, weeks, months, quarters or years long."""
        if self.start is None or self.end is None:
            return False
        if unit in _MONTHS_OF:
            return self.months == count * _MONTHS_OF[unit]
        return (self.end - self.start).days + 1 == count * (7 if unit == "week" else 1)

    def cut(self, last: date | None) -> Window:
        """The window as far as `last`; itself where it lies wholly behind that day or `last` is None."""
        if last is None or self.end is None or self.end <= last or (self.start is not None and self.start > last):
            return self
        return replace(self, end=last)

    def shifted(self, months: int) -> Window:
        """The window so many months later; the last day of a month stays the last day of its month."""
        return Window(
            None if self.start is None else shift_months(self.start, months),
            None if self.end is None else shift_months(self.end, months, keep_end=True),
        )

    def __str__(self) -> str:
        return f"{self.start or '…'} to {self.end or '…'}"


def safe_date(year: int, month: int, day: int) -> date:
    """The date, with the day cut to the length of the month and the year to what a date can hold."""
    year = min(max(year, 1), 9999)
    return date(year, month, min(day, monthrange(year, month)[1]))


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return safe_date(day.year, day.month, 31)


def shift_months(day: date, months: int, *, keep_end: bool = False) -> date:
    """`day` so many months later (earlier when negative), cut to the length of that month.

    With `keep_end` the last day of a month becomes the last day of the other.
    """
    number = day.year * 12 + day.month - 1 + months
    last = keep_end and day == month_end(day)
    return safe_date(number // 12, number % 12 + 1, 31 if last else day.day)


def shift_days(day: date, days: int) -> date:
    """`day` so many days later, or the first or last day that a date can hold."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def year_window(year: int) -> Window:
    """A calendar year."""
    return Window(safe_date(year, 1, 1), safe_date(year, 12, 31))


def month_window(year: int, month: int) -> Window:
    """A calendar month."""
    return Window(safe_date(year, month, 1), safe_date(year, month, 31))


def months_window(first: date, months: int) -> Window:
    """So many whole months from the month of `first` on."""
    start = safe_date(first.year, first.month, 1)
    return Window(start, shift_days(shift_months(start, months), -1))


def fiscal_window(first_year: int, first_month: int) -> Window:
    """The fiscal year that begins in that month of `first_year`."""
    return months_window(safe_date(first_year, first_month, 1), 12)


def week_window(day: date) -> Window:
    """Monday to Sunday of the week of `day`."""
    monday = shift_days(day, -day.weekday())
    return Window(monday, shift_days(monday, 6))


@by_language
def seasons() -> dict[str, tuple[int, int]]:
    """Names of seasons to their first and last month."""
    return {name: season.months for season in load_lexicon().calendar.season for name in season.names}


def season_window(year: int, name: str) -> Window:
    """A season by the year in which it begins: winter 2017 is December 2017 to February 2018."""
    first, last = seasons()[name.lower()]
    return Window(safe_date(year, first, 1), safe_date(year + (last < first), last, 31))


def latest_season(name: str, day: date) -> Window:
    """The latest season of that name that has begun on `day`."""
    window = season_window(day.year, name)
    return window if window.start is not None and window.start <= day else season_window(day.year - 1, name)


def latest_month(month: int, day: date) -> Window:
    """The latest calendar month of that number that has begun on `day`."""
    return month_window(day.year if month <= day.month else day.year - 1, month)


def latest_weekday(weekday: int, day: date) -> date:
    """The latest such weekday (Monday is 0) on or before `day`."""
    return shift_days(day, -((day.weekday() - weekday) % 7))


def easter_sunday(year: int) -> date:
    """Easter by the Gregorian calendar (the anonymous algorithm, after Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return safe_date(year, month, day + 1)


def holiday_in(name: str, year: int) -> date:
    """The day of a holiday of the lexicon in a year."""
    periods = load_lexicon().periods
    fixed = {key.lower(): value for key, value in periods.holidays.items()}
    if name in fixed:
        return safe_date(year, *fixed[name])
    rule = {key.lower(): value for key, value in periods.movable.items()}[name]
    if rule.easter is not None:
        return shift_days(easter_sunday(year), rule.easter)
    month, weekday = rule.month or 1, rule.weekday or 0
    if rule.before is not None:
        return latest_weekday(weekday, safe_date(year, month, rule.before - 1))
    first = safe_date(year, month, 1)
    return shift_days(first, (weekday - first.weekday()) % 7 + 7 * ((rule.nth or 1) - 1))


DAYS_OF = {"hour": 1, "day": 1, "night": 1, "weekend": 2, "week": 7, "fortnight": 14}
"""How many days the units shorter than a month take up."""


def back(day: date, count: float, unit: str) -> date:
    """The day so many units before `day`; units are hour, day, week, month, year, decade."""
    if unit == "hour":
        return shift_days(day, -max(1, round(count / 24)))
    if unit in ("day", "night"):
        return shift_days(day, -round(count))
    if unit in ("week", "fortnight"):
        return shift_days(day, -round(7 * count))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    return shift_months(day, -min(round(months * count), 12 * 9998))


def part_of(window: Window, part: str) -> Window:
    """The early, middle or late part of a window.

    Of a year it is the first quarter, the middle half or the last quarter; of anything shorter a third.
    """
    if window.start is None or window.end is None:
        return window
    months = window.months
    if months is not None and months % 12 == 0:
        quarter = months // 4
        first, count = {"early": (0, quarter), "middle": (quarter, 2 * quarter), "late": (3 * quarter, quarter)}[part]
        return months_window(shift_months(window.start, first), count)
    length = (window.end - window.start).days + 1
    third = max(1, length // 3)
    if part == "early":
        return Window(window.start, shift_days(window.start, third - 1))
    if part == "late":
        return Window(shift_days(window.end, 1 - third), window.end)
    return Window(shift_days(window.start, third), shift_days(window.end, -third))
