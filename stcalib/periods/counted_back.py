"""Periods counted from the day of publication: "the past 15 months", "last week", "on Monday", "yesterday"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from stcalib.language.word_sets import word_list, word_set
from stcalib.periods.calendar import part_named
from stcalib.periods.day_interval import (
    Window,
    back,
    latest_month,
    latest_season,
    latest_weekday,
    month_window,
    months_window,
    part_of,
    safe_date,
    seasons,
    shift_days,
    shift_months,
    week_window,
    year_window,
)  # fmt: skip
from stcalib.periods.find import Expression
from stcalib.periods.printed_dates import month_numbers, weekday_number
from stcalib.periods.reference_frame import (
    FROM_ANCHOR,
    NO_DAY,
    Frame,
    Resolved,
    count_named,
)


def stretch(e: Expression, frame: Frame) -> Resolved | None:
    """ "the past 15 months", "in two weeks": counted back from the day of publication."""
    parts = e.parts
    unit = next((parts[key].rstrip("s") for key in ("unit", "unit3", "unit5", "unit4", "unit2") if key in parts), "")
    if unit in word_set("periods.hours_of_a_day"):
        unit, parts = "hour", {**parts, "n": "24"}
    if unit == "quarter" and frame.day is not None and parts.get("way") in ("past", "last") and (several := count_named(parts.get("n"))) is not None:
        this = safe_date(frame.day.year, 3 * ((frame.day.month - 1) // 3) + 1, 1)
        return Resolved(months_window(shift_months(this, -3 * several), 3 * several), frame.relative)
    anchored = parts.get("way") in word_set("periods.before_anchor") and frame.anchor is not None and frame.anchor.start is not None
    day = shift_days(frame.anchor.start, -1) if anchored and frame.anchor and frame.anchor.start else frame.day
    if unit in seasons() or unit == "weekend":
        return _relative(Expression(e.start, e.end, "relative", {"which": "last", "unit": unit}), frame)
    count = count_named(parts.get("n")) if "n" in parts else (1 if "unit3" in parts or "unit5" in parts else None)
    basis = FROM_ANCHOR if anchored else frame.relative
    if count is None:
        return Resolved(Window(None, day), f"{basis}; how far back, the words leave open")
    if day is None:
        return Resolved(Window(), basis)
    size = count + (0.5 if any(key in parts for key in ("half", "half2", "half3")) else 0.0)
    start = back(day, size, unit)
    if anchored:
        start = shift_days(start, 1)
    return Resolved(Window(start, day), basis)


def _relative(e: Expression, frame: Frame) -> Resolved | None:
    parts = e.parts
    if frame.day is None:
        running = parts.get("which", parts.get("which2")) in word_set("periods.running_year")
        year = frame.year if running and parts.get("unit", parts.get("unit2")) == "year" else None
        return Resolved(Window(safe_date(year, 1, 1), None), NO_DAY) if year else None
    day = frame.day
    if "mid" in parts:
        return Resolved(
            part_of(year_window(day.year), "late" if any(word in parts["mid"] for word in word_list("periods.year_end")) else "middle"),
            frame.relative,
        )
    if "weekend" in parts:
        return Resolved(_weekend(day, 0), frame.relative)
    unit, which = parts.get("unit") or parts["unit2"], parts.get("which") or parts["which2"]
    window = _unit_window(unit, which, day)
    return None if window is None else Resolved(part_named(window, parts.get("part") or parts.get("part2")).cut(day), frame.relative)


def _unit_window(unit: str, which: str, day: date) -> Window | None:
    step = {"last": -1, "next": 1}.get(which, 0)
    name = unit.rstrip(".")
    if unit == "year":
        return year_window(day.year + step)
    if unit == "month":
        return months_window(shift_months(safe_date(day.year, day.month, 1), step), 1)
    if unit == "week":
        return week_window(shift_days(day, 7 * step))
    if unit == "quarter":
        return months_window(shift_months(safe_date(day.year, 3 * ((day.month - 1) // 3) + 1, 1), 3 * step), 3)
    if unit == "decade":
        return Window(back(day, 1, "decade"), day)
    if unit == "weekend":
        return _weekend(day, step)
    if unit == "night":
        return Window(shift_days(day, -1), day)
    if name in seasons():
        return _season_near(name, step, day)
    if name in month_numbers():
        window = latest_month(month_numbers()[name], day)
        return window.shifted(-12) if step < 0 and window.end is not None and window.end >= day else window
    found = latest_weekday(weekday_number(name), day)
    if step < 0 and found == day:
        found = shift_days(day, -7)
    return Window(found, found)


def _season_near(name: str, step: int, day: date) -> Window:
    latest = latest_season(name, day)
    if step > 0:
        return latest.shifted(12)
    running = latest.end is not None and latest.end >= day
    return latest.shifted(-12) if step < 0 and running else latest


def _weekend(day: date, step: int) -> Window:
    """The weekend that runs or has just run on `day`; the one before it for "last" on a Saturday or Sunday."""
    saturday = latest_weekday(5, day)
    if step < 0 and day.weekday() >= 5:
        saturday = shift_days(saturday, -7)
    if step > 0:
        saturday = shift_days(saturday, 7)
    return Window(saturday, shift_days(saturday, 1))


def _weekday(e: Expression, frame: Frame) -> Resolved | None:
    if frame.day is None:
        return None
    day = latest_weekday(weekday_number(e.parts["weekday"]), frame.day)
    week = e.parts.get("week", "")
    if week and not week.startswith(word_list("periods.running")):
        monday = week_window(shift_days(frame.day, -7)).start
        day = shift_days(monday, weekday_number(e.parts["weekday"])) if monday else day
    return Resolved(Window(day, day), frame.relative)


def _to_date(e: Expression, frame: Frame) -> Resolved | None:
    """ "year to date": from the first of January to the day of publication."""
    return Resolved(Window(safe_date(frame.day.year, 1, 1), frame.day), frame.relative) if frame.day else None


def _day(e: Expression, frame: Frame) -> Resolved | None:
    if frame.day is None:
        return None
    words = e.parts["day"]
    if words in word_set("periods.last_night"):
        return Resolved(Window(shift_days(frame.day, -1), frame.day), frame.relative)
    shift = -1 if words in word_set("periods.yesterday") else -2 if words in word_set("periods.day_before_yesterday") else 0
    day = shift_days(frame.day, shift)
    return Resolved(Window(day, day), frame.relative)


def _now(e: Expression, frame: Frame) -> Resolved | None:
    return Resolved(Window(frame.day, frame.day), frame.relative)


def _years_back(e: Expression, frame: Frame) -> Resolved | None:
    """ "a year ago this Monday", "two years ago this month", "five years ago today": that part of now, so many years before."""
    day, count, unit = frame.day, count_named(e.parts["n"]), e.parts.get("unit", "")
    if day is None or count is None:
        return None
    week, name = week_window(day), unit.rstrip(".")
    if unit in ("week", "month", "weekend"):
        window = _unit_window(unit, "this", day)
    elif name in month_numbers():
        window = month_window(day.year, month_numbers()[name])
    elif unit and week.start is not None:
        named = shift_days(week.start, (weekday_number(name) - week.start.weekday()) % 7)
        window = Window(named, named)
    else:
        window = Window(day, day)
    return None if window is None else Resolved(window.shifted(-12 * count), frame.relative)


COUNTED: dict[str, Callable[[Expression, Frame], Resolved | None]] = {
    "stretch": stretch, "relative": _relative, "to_date": _to_date, "weekday": _weekday, "day": _day, "now": _now,
    "years_back": _years_back,
}  # fmt: skip
"""How expressions counted from the day of publication become days, by the names under which the entries of shapes ask for it."""
