"""Periods that lean on one named before: "the month before", "the same period last year", "that year"."""

from __future__ import annotations

from collections.abc import Callable

from stcalib.language.word_sets import word_list, word_set
from stcalib.periods.counted_back import stretch
from stcalib.periods.day_interval import (
    Window,
    back,
    latest_season,
    month_window,
    months_window,
    safe_date,
    seasons,
    shift_days,
    shift_months,
    week_window,
    year_window,
)
from stcalib.periods.find import Expression
from stcalib.periods.printed_dates import month_numbers
from stcalib.periods.reference_frame import FROM_ANCHOR, Frame, Resolved, count_named, month_named, year_named


def _shift(e: Expression, frame: Frame) -> Resolved | None:
    """ "the month before", "a year earlier", "two years ago", "the previous quarter"."""
    parts = e.parts
    unit = parts.get("unit") or parts.get("unit2") or parts["unit3"]
    way = parts.get("way") or parts.get("way2") or parts["way3"]
    said = parts.get("n") or parts.get("n3")
    count = count_named(said) if said else 1
    if count is not None and count > 1 and ("all" in parts or "n3" in parts):
        return _next_to(_begun(frame), count, unit, forward=way in word_list("periods.forward"))
    if "n2" in parts and (several := count_named(parts["n2"])) is not None:
        return stretch(Expression(e.start, e.end, "past", {"way": way, "n": str(several), "unit": unit}), frame)
    if count is None:
        return None
    if "plural" in parts and "n2" not in parts:
        start = frame.anchor.start if frame.anchor else None
        return Resolved(Window(None, shift_days(start, -1)), FROM_ANCHOR) if start and way not in word_set("periods.later") else None
    if way in word_set("periods.ago") and (frame.anchor is None or frame.anchor.start is None or unit != "year"):
        return _ago(count, unit, frame)
    if frame.anchor is None or frame.anchor.start is None:
        return None
    forward = way in word_list("periods.forward")
    return Resolved(_moved(frame.anchor, count if forward else -count, unit), FROM_ANCHOR)


def _begun(frame: Frame) -> Window | None:
    """The anchor; of one that has run since a day up to today ("closed since March 21") the eve of that day."""
    anchor = frame.anchor
    if anchor is None or anchor.start is None or anchor.end != frame.day or anchor.months is not None:
        return anchor
    eve = shift_days(anchor.start, -1)
    return Window(eve, eve)


def _next_to(anchor: Window | None, count: int, unit: str, *, forward: bool) -> Resolved | None:
    """ "the three months before (or after)": so many whole units that end right before the anchor, or begin right behind it."""
    edge = None if anchor is None else anchor.end if forward else anchor.start
    if edge is None:
        return None
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    if months is None:
        days = count * {"week": 7}.get(unit, 1)
        first = shift_days(edge, 1) if forward else shift_days(edge, -days)
        return Resolved(Window(first, shift_days(first, days - 1)), FROM_ANCHOR)
    start = shift_days(edge, 1) if forward else shift_months(edge, -months * count)
    if forward and start.day > 1:
        return Resolved(Window(start, shift_days(shift_months(start, months * count), -1)), FROM_ANCHOR)
    return Resolved(months_window(start, months * count), FROM_ANCHOR)


def _ago(count: int, unit: str, frame: Frame) -> Resolved | None:
    if frame.day is None:
        return None
    if unit == "year":
        return Resolved(year_window(frame.day.year - count), frame.relative)
    if unit == "month":
        return Resolved(months_window(shift_months(frame.day, -count), 1), frame.relative)
    day = back(frame.day, count, unit)
    return Resolved(week_window(day) if unit == "week" else Window(day, day), frame.relative)


def _moved(anchor: Window, count: int, unit: str) -> Window:
    """The window of `unit` so many units away from the anchor; a window of another size is moved as it is."""
    if anchor.start is None:
        return anchor
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit)
    if (month := month_numbers().get(unit)) is not None:
        return month_window(anchor.start.year - (month >= anchor.start.month), month)
    if unit in seasons():
        window = latest_season(unit, anchor.start)
        return window if count > 0 else window.shifted(-12 if window.end is not None and window.end >= anchor.start else 0)
    if months is None:
        days = count * {"day": 1, "week": 7, "weekend": 7}.get(unit, 1)
        return Window(shift_days(anchor.start, days), None if anchor.end is None else shift_days(anchor.end, days))
    if unit == "month" and anchor.months == abs(count) > 1:  # "three months earlier" of a quarter
        return anchor.shifted(count)
    if unit == "month" and (anchor.months or 0) > 1:
        return months_window(shift_months(anchor.start, count), 1) if count < 0 else anchor.shifted(count)
    return anchor.shifted(months * count)


def _same(e: Expression, frame: Frame) -> Resolved | None:
    """ "the same period last year", "those months of 2017": the period named before, in another year."""
    when = e.parts.get("when")
    if (opening := _same_months(e, when, frame)) is not None:
        return opening
    if frame.anchor is not None and (frame.anchor.start or frame.anchor.end) is not None:
        return _same_as(frame.anchor, when, frame)
    if e.parts.get("unit") in word_set("periods.points_in_time") or e.shape == "this_point":
        year, basis = year_named(when, frame) if when else (None, "")
        if year is not None and frame.day is not None:
            return Resolved(Window(safe_date(year, 1, 1), safe_date(year, frame.day.month, frame.day.day)), basis)
    if e.parts.get("unit") == "month" and when and frame.day is not None:
        year, basis = year_named(when, frame)
        return Resolved(month_window(year, shift_months(frame.day, -1).month), basis) if year else None
    return None


def _same_months(e: Expression, when: str | None, frame: Frame) -> Resolved | None:
    """ "the same seven months of 2018" behind a period of another length: those that end in the same month as it does."""
    anchor, count = frame.anchor, count_named(e.parts.get("n")) if e.parts.get("unit") == "month" else None
    if count is None or when is None or anchor is None or anchor.end is None or anchor.months in (None, count):
        return None
    year, basis = year_named(when, frame)
    return None if year is None else Resolved(months_window(shift_months(safe_date(year, anchor.end.month, 1), 1 - count), count), basis)


def _same_as(anchor: Window, when: str | None, frame: Frame) -> Resolved | None:
    if when is None:
        return Resolved(anchor, FROM_ANCHOR)
    month = month_numbers().get(when.split()[0].rstrip("."))
    if month is not None:
        window, basis = month_named(month, when.partition(" ")[2] or None, frame)
        return Resolved(window, basis) if window else None
    if when in word_set("periods.month_before"):
        return Resolved(anchor.shifted(-1), FROM_ANCHOR)
    if when in word_set("periods.week_before"):
        return Resolved(_moved(anchor, -1, "week"), FROM_ANCHOR)
    year, _ = year_named(when, frame)
    start = anchor.start or anchor.end
    if year is None or start is None:
        return Resolved(anchor.shifted(-12), FROM_ANCHOR) if when in word_set("periods.year_before") else None
    if when in word_set("periods.last_year") and year == start.year:
        year -= 1
    return Resolved(anchor.shifted(12 * (year - start.year)), FROM_ANCHOR)


def _those(e: Expression, frame: Frame) -> Resolved | None:
    anchor = frame.anchor
    if (anchor is None or anchor.start is None) and e.parts.get("all") == "year" and frame.day is not None:
        return Resolved(Window(safe_date(frame.day.year, 1, 1), frame.day), frame.relative)
    if anchor is None or anchor.start is None:
        return None
    if when := e.parts.get("when"):
        return _same_as(anchor, when, frame)
    unit = e.parts.get("one") or e.parts.get("one2") or e.parts.get("one3") or e.parts.get("one4") or e.parts.get("all")
    if unit == "year" or ("dozen" in e.parts and anchor.months != 12):
        return Resolved(year_window(anchor.start.year), FROM_ANCHOR)
    if unit == "month":
        return Resolved(month_window(anchor.start.year, anchor.start.month), FROM_ANCHOR)
    months = word_list("periods.parts_of_year").index(unit) * 3 + 3 if unit in word_list("periods.parts_of_year") else 0
    if months > (anchor.months or months):
        return Resolved(months_window(safe_date(anchor.start.year, (anchor.start.month - 1) // months * months + 1, 1), months), FROM_ANCHOR)
    if unit in seasons():
        return Resolved(latest_season(unit, anchor.end or anchor.start), FROM_ANCHOR)
    return Resolved(anchor, FROM_ANCHOR)


def _nth(e: Expression, frame: Frame) -> Resolved | None:
    """ "in the second month": that unit of the period named before, where it is longer."""
    anchor, unit = frame.anchor, e.parts.get("unit")
    if anchor is None or anchor.start is None or unit is None:
        return None
    index = place_among(e.parts["which"])
    if unit in ("month", "year"):
        months = 12 if unit == "year" else 1
        if index < 0:
            window = months_window(shift_months(anchor.end, 1 - months), months) if anchor.end else None
        else:
            window = months_window(shift_months(anchor.start, months * index), months)
    else:
        days = {"week": 7, "weekend": 7}.get(unit, 1)
        start = shift_days(anchor.start, days * max(0, index))
        window = Window(start, shift_days(start, days - 1))
    within = window is not None and anchor.end is not None and window.end is not None and window.end <= anchor.end and window != anchor
    return Resolved(window, FROM_ANCHOR) if within and window is not None else None


def place_among(which: str) -> int:
    """The place of a unit among several by its word, from 0 on; -1 for the last."""
    several = word_list("periods.nth_of_several")
    return several.index(which) if which in several else -1


def _around(e: Expression, frame: Frame) -> Resolved | None:
    """ "in the 12 months before the change": counted from the day of the event, which is the anchor."""
    count = count_named(e.parts["n"]) if "n" in e.parts else 1
    if count is None or frame.anchor is None or frame.anchor.start is None:
        return None
    day, unit = frame.anchor.start, e.parts["unit"]
    if e.parts["way"] in word_set("periods.before_event"):
        return Resolved(Window(back(day, count, unit), shift_days(day, -1)), FROM_ANCHOR)
    months = {"month": 1, "year": 12}.get(unit)
    behind = shift_months(day, months * count) if months else shift_days(day, count * (7 if unit == "week" else 1))
    return Resolved(Window(day, shift_days(behind, -1)), FROM_ANCHOR)


def _then(e: Expression, frame: Frame) -> Resolved | None:
    """ "since then": from the day named before, or from behind the period named before, to the day of publication."""
    anchor = frame.anchor
    if anchor is None or anchor.end is None:
        return None
    start = anchor.end if anchor.start == anchor.end else shift_days(anchor.end, 1)
    return Resolved(Window(start, frame.day), FROM_ANCHOR) if frame.day is None or start <= frame.day else None


def _totalled(e: Expression, frame: Frame) -> Resolved | None:
    """ "the four-month total": so many months up to the last day of the latest period told, which is the anchor."""
    count = 6 if "half" in e.parts else count_named(e.parts.get("n"))
    if count is None or frame.anchor is None or frame.anchor.end is None:
        return None
    if frame.anchor.months == count:
        return Resolved(frame.anchor, FROM_ANCHOR)
    end = frame.anchor.end
    return Resolved(months_window(shift_months(safe_date(end.year, end.month, 1), 1 - count), count), FROM_ANCHOR)


LEANING: dict[str, Callable[[Expression, Frame], Resolved | None]] = {
    "shift": _shift, "same": _same, "those": _those,
    "nth": _nth, "around": _around, "then": _then, "totalled": _totalled,
}  # fmt: skip
"""How expressions that lean on another become days, by the names under which the entries of shapes ask for it."""
