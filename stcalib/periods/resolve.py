"""From an expression of time to an interval of days.

A period is resolved against a frame: when the article was published, and the period named before. Relative ones
count from the earliest day of publication. What the text makes plain is filled and the rest left empty; nothing
is taken from a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stcalib.language.in_use import by_language
from stcalib.language.word_sets import pattern
from stcalib.periods.anaphoric import LEANING
from stcalib.periods.calendar import SPANS
from stcalib.periods.counted_back import COUNTED
from stcalib.periods.day_interval import Window, shift_days, shift_months, year_window
from stcalib.periods.find import Expression, entry_of
from stcalib.periods.reference_frame import FROM_ANCHOR, LATEST, OPEN, STATED, Frame, Resolved

__all__ = ["FROM_ANCHOR", "OPEN", "Frame", "Resolved", "resolve"]



def resolve(expression: Expression, frame: Frame) -> Resolved | None:
    """The period of an expression; None where the words give none that days can be made of.

    Of a period that the day of publication falls into, only the part up to that day is covered.
    """
    found = _resolver(expression.shape)(expression, frame)
    if found is None or found.window.is_reversed or not _is_certain(found, expression, frame):
        return None
    return replace(found, window=found.window.cut(frame.latest))


def _is_certain(found: Resolved, expression: Expression, frame: Frame) -> bool:
    """Whether a period whose words need the year ("in June") is the same from every possible day of publication."""
    if not frame.year_is_open or LATEST not in found.basis:
        return True
    if frame.earliest is None or frame.latest is None:
        return False
    other = _resolver(expression.shape)(expression, replace(frame, earliest=frame.latest))
    return other is not None and other.window == found.window


def _range(e: Expression, frame: Frame) -> Resolved | None:
    """From the first day of one period to the last of another; a year named for one end holds for the other, too."""
    if e.first is None or e.last is None:
        return None
    last = _resolver(e.last.shape)(e.last, frame)
    if e.first.year is not None and e.last.year is None and e.last.shape in ("month", "date", "season"):
        last = _end_without_year(e.first, e.last, last, frame)
    if last is None or last.window.end is None:
        return None
    inner = frame
    if e.first.year is None and e.first.shape in ("month", "date", "season", "weekday"):
        inner = replace(frame, earliest=last.window.end, latest=None, year=None)
    first = _resolver(e.first.shape)(e.first, inner)
    if first is None or first.window.start is None or last.window.end is None or first.window.start > last.window.end:
        return None
    undated = e.first.year is None and e.last.year is None
    basis = first.basis if last.basis == STATED and undated else last.basis
    return Resolved(Window(first.window.start, last.window.end), basis)


def _end_without_year(first: Expression, last: Expression, latest: Resolved | None, frame: Frame) -> Resolved | None:
    """The end of "from October 2016 to March": the next March, or else the `latest` before the day of publication.

    Where the next one lies in the year that is named, the year would stand behind it ("January to May 2017"): of
    "between January 2017 and May" the end is the latest May.
    """
    opening = _resolver(first.shape)(first, frame)
    if opening is None or opening.window.start is None:
        return latest
    start = opening.window.start
    following = _resolver(last.shape)(last, replace(frame, earliest=shift_months(start, 11), latest=None, year=None)) or latest
    if frame.day is None or following is None or latest is None or following.window.start is None or latest.window.start is None:
        return following
    same_year = following.window.start.year == start.year
    return latest if same_year and latest.window.start > start else following


def _since(e: Expression, frame: Frame) -> Resolved | None:
    inner = e.first and _resolver(e.first.shape)(e.first, frame)
    if not inner or inner.window.start is None:
        return Resolved(Window(None, frame.day), f"{OPEN}; ends on the day of publication")
    if e.first is not None and e.first.shape == "year" and pattern("periods.since_parts").match(e.first.parts.get("part", "")):
        inner = Resolved(year_window(int(e.first.parts["year"])), inner.basis)
    start = inner.window.start
    basis = frame.relative if inner.basis == STATED else inner.basis
    if frame.day is not None and start is not None and start > frame.day:
        return None
    return Resolved(
        Window(start, frame.day), f"begins as stated; ends on the day of publication ({frame.day})" if frame.day and inner.basis == STATED else basis
    )


def _until(e: Expression, frame: Frame) -> Resolved | None:
    inner = e.last and _resolver(e.last.shape)(e.last, frame)
    if not inner or inner.window.end is None:
        return None
    return Resolved(Window(None, inner.window.end), inner.basis)


def _before(e: Expression, frame: Frame) -> Resolved | None:
    inner = e.last and _resolver(e.last.shape)(e.last, frame)
    if not inner or inner.window.start is None:
        return None
    return Resolved(Window(None, shift_days(inner.window.start, -1)), inner.basis)


RESOLVERS: dict[str, Callable[[Expression, Frame], Resolved | None]] = {**SPANS, **COUNTED, **LEANING}
"""All ways in which the words of one period become days."""
_JOINED: dict[str, Callable[[Expression, Frame], Resolved | None]] = {"range": _range, "since": _since, "until": _until, "before": _before}


@by_language
def _resolver(shape: str) -> Callable[[Expression, Frame], Resolved | None]:
    """How a shape becomes days: as its entry in the lexicon says, or as what joins two of them."""
    return _JOINED[shape] if shape in _JOINED else RESOLVERS[entry_of(shape).resolver]
