"""Periods of the calendar: years, months, days, seasons, quarters, fiscal years and parts of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import compiled, pattern, without_opening, word_list, word_set
from stcalib.periods.day_interval import (
    DAYS_OF,
    Window,
    back,
    easter_sunday,
    fiscal_window,
    holiday_in,
    latest_season,
    latest_weekday,
    month_end,
    month_window,
    months_window,
    part_of,
    safe_date,
    season_window,
    seasons,
    shift_days,
    shift_months,
    year_window,
)  # fmt: skip
from stcalib.periods.find import Expression
from stcalib.periods.printed_dates import day_or_none, month_numbers, weekday_number
from stcalib.periods.reference_frame import (
    FROM_ANCHOR,
    FROM_PUBLICATION,
    STATED,
    YEAR_BEFORE,
    Frame,
    Resolved,
    count_named,
    month_named,
    year_named,
)


def _calendar_year(e: Expression, frame: Frame) -> Resolved | None:
    window = year_window(int(e.parts["year"]))
    return Resolved(part_named(window, e.parts.get("part")), STATED)


def part_named(window: Window, words: str | None) -> Window:
    """The early, middle or late part of a window, or all of it."""
    if not words:
        return window
    periods = load_lexicon().periods
    words = words.rstrip("- ")
    if words.startswith(word_list("periods.unmoved_parts")):
        return window
    for name, phrases in (("early", periods.early), ("middle", periods.middle), ("late", periods.late)):
        if words in phrases:
            return part_of(window, name)
    return window


def _month(e: Expression, frame: Frame) -> Resolved | None:
    if iso := e.parts.get("iso_month"):
        year, month = iso.split("-")
        return Resolved(month_window(int(year), int(month)), STATED)
    number = month_numbers()[e.parts["month"].rstrip(".")]
    window, basis = month_named(number, e.parts.get("year"), frame)
    return None if window is None else Resolved(part_named(window, e.parts.get("part")), basis)


def _date(e: Expression, frame: Frame) -> Resolved | None:
    if iso := e.parts.get("iso"):
        day = day_or_none(*(int(part) for part in iso.split("-")))
        return Resolved(Window(day, day), STATED) if day else None
    if digits := e.parts.get("digits"):
        day = _of_digits(digits)
        return Resolved(Window(day, day), STATED) if day else None
    key = next(k for k in ("", "2", "3") if f"month{k}" in e.parts)
    number = month_numbers()[e.parts[f"month{key}"].rstrip(".")]
    short = e.parts.get("short_year")
    month, basis = month_named(number, f"20{short}" if short else e.parts.get(f"year{key}"), frame)
    if month is None or month.start is None:
        return None
    first = _day_in(month.start, e.parts[f"day{key}"])
    last = _day_in(month.start, e.parts.get(f"to{key}") or e.parts.get("to4") or e.parts[f"day{key}"])
    if first is None or last is None or last < first:
        return None
    if FROM_PUBLICATION in basis and frame.day is not None and first > frame.day:
        first, last = (safe_date(d.year - 1, d.month, d.day) for d in (first, last))
    return Resolved(Window(first, last), basis)


def _of_digits(words: str) -> date | None:
    """The day of "05/09/2017" or "20170509"; None where day and month could be either."""
    parts = re.split(r"\D", words)
    if len(parts) == 1:
        parts = [words[:4], words[4:6], words[6:]]
    if len(parts[0]) == 4:
        return day_or_none(*(int(part) for part in parts))
    a, b, year = (int(part) for part in parts)
    days = {day for day in (day_or_none(year, a, b), day_or_none(year, b, a)) if day is not None}
    return days.pop() if len(days) == 1 else None


def _day_in(month: date, words: str) -> date | None:
    return day_or_none(month.year, month.month, int(re.sub(r"\D", "", words)))


def _season(e: Expression, frame: Frame) -> Resolved | None:
    name = e.parts.get("season") or e.parts["season2"]
    words = e.parts.get("year") or e.parts.get("year2")
    if words is None:
        if frame.day is None:
            return None
        return Resolved(part_named(latest_season(name, frame.day), e.parts.get("part")), frame.latest_basis)
    year, basis = year_named(words, frame)
    if year is None:
        return None
    first, last = seasons()[name]
    if last < first and not (e.parts.get("to") or e.parts.get("to2")):
        year -= 1
        basis += "; the winter that ends in that year"
    return Resolved(part_named(season_window(year, name), e.parts.get("part")), basis)


def _quarter(e: Expression, frame: Frame) -> Resolved | None:
    words = e.parts.get("year")
    index = int(e.parts["q"]) - 1 if "q" in e.parts else _quarter_named(e.parts["which"])
    if words is None and e.parts.get("which") in word_set("periods.latest_quarter"):
        if frame.day is None:
            return None
        this = safe_date(frame.day.year, 3 * ((frame.day.month - 1) // 3) + 1, 1)
        return Resolved(months_window(shift_months(this, -3), 3), frame.relative)
    if words is None and frame.year is not None:
        return Resolved(months_window(safe_date(frame.year, 3 * index + 1, 1), 3), YEAR_BEFORE)
    year, basis = year_named(words or _the_year(), frame)
    if year is None:
        return None
    window = _past(months_window(safe_date(year, 3 * index + 1, 1), 3), words, frame)
    return Resolved(window, frame.latest_basis if words is None and frame.day is not None else basis)


def _quarter_named(which: str) -> int:
    """The number of a quarter by its word, from 0 on."""
    several = word_list("periods.nth_of_several")
    return several.index(which) if which in several else 3


def _past(window: Window, year_words: str | None, frame: Frame) -> Window:
    """The window, a year earlier where no year is named and it has not begun on the day of publication."""
    named = year_words is not None and year_words not in word_set("periods.the_year")
    if not named and frame.day is not None and window.start is not None and window.start > frame.day:
        return window.shifted(-12)
    return window


def _half(e: Expression, frame: Frame) -> Resolved | None:
    whole = e.parts.get("whole", _the_year())
    found = _whole(whole, frame)
    if found is None or found.window.start is None or found.window.end is None:
        return None
    start, end = found.window.start, found.window.end
    second = e.parts["which"] in word_set("periods.second_half")
    if found.window.months == 12:
        window = months_window(shift_months(start, 6 if second else 0), 6)
    else:
        middle = shift_days(start, 14)
        window = Window(shift_days(middle, 1), end) if second else Window(start, middle)
    no_year = "whole" not in e.parts and frame.day is not None
    return Resolved(_past(window, e.parts.get("whole"), frame), frame.latest_basis if no_year else found.basis)


def _whole(words: str, frame: Frame) -> Resolved | None:
    """The period behind "of": "2018", "this year", "August 2017", "the month", "fiscal 2018"."""
    words = words if words.startswith(word_list("periods.year_openings")) else without_opening(words, "periods.article_opening")
    if match := pattern("periods.fiscal_whole").match(words):
        return _fiscal_year(int(match[1]) - 1, frame)
    if match := _season_alone().match(words):
        return _season(Expression(0, 0, "season", {key: value for key, value in match.groupdict().items() if value}), frame)
    if match := pattern("periods.month_whole").match(words):
        number = month_numbers().get(match[1])
        if number is not None:
            window, basis = month_named(number, match[2], frame)
            return Resolved(window, basis) if window else None
    if words in word_set("periods.month_alone"):
        return Resolved(month_window(frame.day.year, frame.day.month), frame.relative) if frame.day else None
    if words in word_set("periods.last_month"):
        return Resolved(month_window(frame.day.year, frame.day.month).shifted(-1), frame.relative) if frame.day else None
    year, basis = year_named(words, frame)
    return Resolved(year_window(year), basis) if year else None


@by_language
def _season_alone() -> re.Pattern[str]:
    return compiled("periods.season_whole", season=alternatives(seasons()))


def _the_year() -> str:
    """How a year is named that is not told: that of publication."""
    return word_list("periods.the_year")[0]


def _of_whole(e: Expression, frame: Frame) -> Resolved | None:
    found = _whole(e.parts["whole"], frame)
    if found is None or found.window.start is None or found.window.end is None:
        return None
    periods = load_lexicon().periods
    which, unit = e.parts["which"], e.parts["unit"]
    count = count_named(e.parts["n"]) if "n" in e.parts else 1
    index = 0 if which in periods.opening else periods.ordinals.index(which) if which in periods.ordinals else -1
    if count is None:
        return Resolved(found.window, f"{found.basis}; how much of it, the words leave open")
    if count == 0:
        return None
    if unit not in (*DAYS_OF, "month", "year"):
        return _weekday_of(unit, index, found)
    if unit in ("month", "year"):
        months = count * (12 if unit == "year" else 1)
        start = shift_months(shift_days(found.window.end, 1), -months) if index < 0 else shift_months(found.window.start, index * months)
        window = months_window(start, months)
        unfinished = e.parts["whole"] in word_set("periods.the_year") and frame.day is not None and window.end is not None and window.end > frame.day
        return Resolved(window.shifted(-12) if unfinished else window, found.basis)
    days = count * DAYS_OF[unit]
    start = shift_days(found.window.end, 1 - days) if index < 0 else shift_days(found.window.start, index * days)
    return Resolved(Window(start, shift_days(start, days - 1)), found.basis)


def _weekday_of(name: str, index: int, whole: Resolved) -> Resolved | None:
    """The first, second or last of a weekday within a period: "the last Friday of June"."""
    start, end = whole.window.start, whole.window.end
    if start is None or end is None:
        return None
    weekday = weekday_number(name)
    first = shift_days(start, (weekday - start.weekday()) % 7)
    day = latest_weekday(weekday, end) if index < 0 else shift_days(first, 7 * index)
    return Resolved(Window(day, day), whole.basis) if day <= end else None


def _opening(e: Expression, frame: Frame) -> Resolved | None:
    """ "the first six months", with no year named: of the year of publication."""
    count = count_named(e.parts["n"])
    year = frame.year if frame.year is not None else frame.day.year if frame.day else None
    if year is None or not count:
        return None
    start = safe_date(year, 1, 1)
    unit = e.parts["unit"]
    window = months_window(start, count) if unit == "month" else Window(start, shift_days(start, count * (7 if unit == "week" else 1) - 1))
    if frame.day is not None and frame.year is None and window.end is not None and window.end > frame.day and unit == "month":
        window = window.shifted(-12)
    return Resolved(window, YEAR_BEFORE if frame.year is not None else frame.latest_basis)


def _fiscal(e: Expression, frame: Frame) -> Resolved | None:
    parts = e.parts
    first = parts.get("year") or parts.get("year2") or parts.get("year3")
    if "way" in parts:
        return _fiscal_year_before(frame)
    ranged = bool(parts.get("to") or parts.get("to2") or parts.get("to3"))
    if "ended" in parts:
        return _fiscal_year(int(parts["ended"]) - 1, frame)
    if first is not None:
        return _fiscal_year(int(first) - (0 if ranged else 1), frame, "" if ranged else ", named after its last year")
    if frame.day is not None and frame.fiscal_start is not None and (which := parts.get("which", "that")) not in word_set("periods.that_fiscal_year"):
        running = frame.day.year if frame.day.month >= frame.fiscal_start else frame.day.year - 1
        return _fiscal_year(running - (which not in word_set("periods.running_fiscal_year")), frame, f"; {frame.relative}")
    return None


def _fiscal_year_before(frame: Frame) -> Resolved | None:
    """ "the fiscal year before": the one before that into which the period named before falls."""
    anchor = frame.anchor.start if frame.anchor is not None else None
    if anchor is None or frame.fiscal_start is None:
        return None
    first = anchor.year if anchor.month >= frame.fiscal_start else anchor.year - 1
    return _fiscal_year(first - 1, frame, f"; {FROM_ANCHOR}")


def _fiscal_year(first_year: int, frame: Frame, more: str = "") -> Resolved | None:
    """The fiscal year that begins in `first_year`; None where the codebook does not say in which month."""
    if frame.fiscal_start is None:
        return None
    return Resolved(fiscal_window(first_year, frame.fiscal_start), frame.fiscal_basis + more)


def _ended(e: Expression, frame: Frame) -> Resolved | None:
    match = re.match(r"(?:(?P<day>\d{1,2})\D* )?(?P<month>[a-z]+)\.?(?: (?P<day2>\d{1,2}))?\D*(?P<year>\d{4})?$", e.parts["inner"])
    if match is None or match["month"] not in month_numbers():
        return None
    window, basis = month_named(month_numbers()[match["month"]], match["year"], frame)
    day = match["day"] or match["day2"]
    if window is None or window.start is None:
        return None
    end = day_or_none(window.start.year, window.start.month, int(day)) if day else window.end
    count = count_named(e.parts["n"]) if "n" in e.parts else 1
    if end is None or count is None:
        return None
    unit = e.parts.get("unit") or e.parts["one"]
    start = shift_days(back(end, count, unit), 1)
    if unit in ("month", "year", "quarter") and end == month_end(end):
        months = {"month": 1, "quarter": 3, "year": 12}[unit] * count
        start = shift_months(safe_date(end.year, end.month, 1), 1 - months)
    return Resolved(Window(start, end), basis)


def _holiday(e: Expression, frame: Frame) -> Resolved | None:
    """A holiday, or the weekend around it: from Good Friday to Easter Monday, else Saturday to the holiday."""
    words = e.parts.get("year")
    year, basis = year_named(words, frame) if words else (frame.year, YEAR_BEFORE)
    name = " ".join(e.parts["holiday"].replace("’", "'").split())
    if year is None:
        if frame.day is None:
            return None
        year, basis = frame.day.year, frame.latest_basis
        if holiday_in(name, year) > frame.day:
            year -= 1
    day = holiday_in(name, year)
    if "weekend" not in e.parts:
        return Resolved(Window(day, day), basis)
    if name.startswith(word_list("periods.easter")):
        return Resolved(Window(shift_days(easter_sunday(year), -2), shift_days(easter_sunday(year), 1)), basis)
    saturday = latest_weekday(5, day)
    return Resolved(Window(saturday, max(day, shift_days(saturday, 1))), basis)


def _decade(e: Expression, frame: Frame) -> Resolved | None:
    first = int(e.parts["decade"])
    return Resolved(Window(safe_date(first, 1, 1), safe_date(first + 9, 12, 31)), STATED)


SPANS: dict[str, Callable[[Expression, Frame], Resolved | None]] = {
    "calendar_year": _calendar_year, "month": _month, "date": _date, "season": _season, "quarter": _quarter, "half": _half,
    "of_whole": _of_whole, "opening": _opening, "fiscal": _fiscal, "ended": _ended, "holiday": _holiday,
    "decade": _decade,
}  # fmt: skip
"""How expressions that stand by themselves become days, by the names under which the entries of shapes ask for it."""
