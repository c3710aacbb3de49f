"""Periods counted from an event: "in the two months after the agreement was extended", "since it reopened"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stcalib.counts.coverage import NONE, Coverage, Spans
from stcalib.counts.period_words import TimeWords
from stcalib.counts.read_units import Units
from stcalib.counts.units import Unit
from stcalib.periods.day_interval import Window
from stcalib.periods.find import Expression
from stcalib.periods.resolve import OPEN, Frame, resolve
from stcalib.text.article import Article

_EVENT_REACH = 90
"""Characters behind "before" or "since" in which the event is named."""
_TOLD_REACH = 3
"""Sentences before in which the day of an event is looked for."""


@dataclass
class Events:
    """Finds the day of an event: printed beside it, in the codebook, or told in the sentences before."""

    article: Article
    units: Units
    spans: Spans
    time: TimeWords
    frame: Frame

    def around(self, expression: Expression, unit: Unit) -> Coverage | None:
        """The period counted from an event; empty where its day is not known."""
        if expression.shape != "around":
            return None
        words = self.article.plain[expression.start : expression.end]
        day = self.day_of(unit, expression.end)
        found = None if day is None else resolve(expression, replace(self.frame, anchor=day))
        if found is None:
            return replace(NONE, text=words, basis=OPEN, expression=expression)
        return Coverage(found.window, words, found.basis, expression)

    def day_of(self, unit: Unit, at: int) -> Window | None:
        """The day of the event that is named from the character `at` on."""
        return self.printed(unit, at) or self.known(at) or self.told(unit)

    def printed(self, unit: Unit, at: int) -> Window | None:
        """The day printed behind the event, before the number: "before the agreement was extended, on March 25, 2023, …"."""
        for item in unit.items:
            if item.start < at or item.is_mark:
                continue
            if item.number is not None:
                return None
            if item.period is not None:
                return self.day(item.period)
        return None

    def known(self, at: int) -> Window | None:
        """The day that the codebook gives for the event."""
        words = self.article.plain[at : at + _EVENT_REACH]
        found = self.spans.event_window(words, self.frame)
        return None if found is None or found.window.start is None else Window(found.window.start, found.window.start)

    def told(self, unit: Unit) -> Window | None:
        """The one day that the sentences before print: "On March 25 the rules changed. In the two months after the change, …"."""
        for index in range(unit.sentence - 1, max(-1, unit.sentence - 1 - _TOLD_REACH), -1):
            days = [item.period for item in self.units.at(index).items if item.period is not None and item.period.shape == "date"]
            if days:
                return self.day(days[0]) if len(days) == 1 else None
        return None

    def day(self, expression: Expression) -> Window | None:
        """The day that an expression names, where it is one."""
        found = resolve(expression, self.frame) if expression.core.shape in ("date", "weekday") else None
        return found.window if found is not None and found.window.start == found.window.end else None
