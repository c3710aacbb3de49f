"""A stated number as the check against official figures sees it: what its words allow, and which windows it may mean."""

from __future__ import annotations

from dataclasses import dataclass

from stcalib.numbers.bounds import interval
from stcalib.official.series import amount
from stcalib.periods.day_interval import Window, month_end, months_window, safe_date, shift_days, shift_months

SHIFTS = (-1, 1, -2, 2, -3, 3)
"""Months by which a window is moved or lengthened in the search for one that would agree."""
FRACTION_REACH, MULTIPLE_REACH = 5.0, 50.0
"""Points of a per cent within which a fraction or multiple in words counts as rounded."""
OPEN_REACH = 0.2
"""Part of a stated number within which "more than" it is taken to speak of a figure of another window or measure."""
PER_CENT_REACH = 0.5
"""An official share or change agrees with a stated one up to the rounding of a whole per cent."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A count as the check sees it: `low`..`high` is what its words allow, `step` the unit of its last digit that counts."""

    row: dict[str, object]
    kind: str
    value: float | None
    low: float | None
    high: float | None
    exact: bool
    window: Window
    reference: Window
    place: str
    text: str
    to_publication: bool
    counted_back: bool

    def allows(self, official: float) -> bool:
        """Whether the stated words allow the official figure."""
        return (self.low is None or self.low <= official) and (self.high is None or official <= self.high)

    def equals(self, official: float) -> bool:
        """Whether an exact statement gives the official figure."""
        if self.value is None or not self.exact:
            return False
        return abs(official - self.value) <= PER_CENT_REACH if self.kind in ("share", "change") else official == self.value

    def printed(self, official: float) -> str:
        """An official figure in words, with what it is: people, a share, a rise or a fall."""
        if self.kind == "share":
            return f"{amount(official)} per cent"
        if self.kind in ("change", "difference"):
            unit = " per cent" if self.kind == "change" else ""
            return f"a {'fall' if official < 0 else 'rise'} of {amount(abs(official))}{unit}"
        return amount(official)

    def fits(self, official: float) -> str | None:
        """How the statement can hold of the official figure, in words; None where it cannot."""
        if self.allows(official):
            return "which the words allow"
        return "which rounds to it" if self.rounds_to(official) else None

    def suits(self, official: float) -> bool:
        """Whether the figure of another window or measure suits the statement: what is open at an end suits none far off."""
        if self.equals(official):
            return True
        if self.exact or not self.allows(official):
            return False
        closed = self.low is not None and self.high is not None
        return closed or (self.value is not None and abs(official - self.value) <= OPEN_REACH * self.value)

    def rounds_to(self, official: float) -> bool:
        """Whether the official figure, rounded as the statement is, gives it: 20,593 rounds to 21,000, not to 20,000.

        A fraction in words ("a third") stands for anything within five points, a multiple ("tripled") for anything
        within half its base.
        """
        if self.value is None or not self.exact:
            return False
        if self.kind in ("share", "change"):
            in_figures = "%" in self.text or "cent" in self.text
            reach = 0.0 if in_figures else MULTIPLE_REACH if self.value >= 100 else FRACTION_REACH
            return abs(official - self.value) <= reach
        low, high = interval(abs(self.value), "about", rounding_of(abs(self.value)))
        return low is not None and high is not None and low <= abs(official) <= high and rounding_of(abs(self.value)) > 1


def rounding_of(value: float) -> float:
    """The unit to which a printed value looks rounded, two digits of it kept."""
    digits = f"{value:.0f}"
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10 ** max(0, min(zeros, len(digits) - 2)))


def natural_window(window: Window, *, to_publication: bool, counted_back: bool) -> Window | None:
    """The run of whole months that a stated period speaks of; None where it speaks of none.

    A period up to the day of publication ("so far this year", "the past 15 months") can only rest on figures to the
    end of the month before; one that is counted back in months is moved with its end.
    """
    start, end = window.start, window.end
    if start is None or end is None or window.months is not None:
        return window
    if not to_publication:
        return None
    whole_end = end if end == month_end(end) else shift_days(safe_date(end.year, end.month, 1), -1)
    if start.day == 1:
        first = start
    elif counted_back:
        first = shift_months(shift_days(whole_end, 1), -((end.year - start.year) * 12 + end.month - start.month))
    else:
        return None
    return Window(first, whole_end) if first <= whole_end else None


def neighbours(window: Window) -> list[Window]:
    """Windows near one: moved by some months, longer or shorter at either end, and the whole year."""
    start, months = window.start, window.months
    if start is None or months is None:
        return []
    found = [months_window(shift_months(start, shift), months) for shift in SHIFTS]
    found += [months_window(start, months + shift) for shift in SHIFTS if months + shift > 0]
    found += [months_window(shift_months(start, -shift), months + shift) for shift in SHIFTS if months + shift > 0]
    found += [months_window(shift_months(start, shift), months) for shift in (-12, 12)]
    found.append(months_window(safe_date(start.year, 1, 1), 12))
    return [w for w in dict.fromkeys(found) if w != window]
