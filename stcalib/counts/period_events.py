"""Periods counted from an event: "in the two months after the agreement was extended", "since it reopened"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stcalib.counts.coverage import NONE, Coverage, Spans
from stcalib.counts.period_words import TimeWords
from stcalib.counts.read_units import Units
from stcalib.counts.units import Unit
from stcalib.language.word_sets import pattern, word_list
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
        if expression.shape in ("opening", "nth"):
            return self.first_under(expression, unit)
        if expression.shape != "around":
            return None
        words = self.article.plain[expression.start : expression.end]
        day = self.day_of(unit, expression.end)
        found = None if day is None else resolve(expression, replace(self.frame, anchor=day))
        if found is None:
            return replace(NONE, text=words, basis=OPEN, expression=expression)
        return Coverage(found.window, words, found.basis, expression)

    def first_under(self, expression: Expression, unit: Unit) -> Coverage | None:
        """The first weeks or months of what the text has dated: "It took effect on March 21. In the first month, 24 were sent back",
        "in the first four weeks of the new regime"."""
        text, parts = self.article.plain, expression.parts
        first = parts.get("which", word_list("periods.nth_of_several")[0]) == word_list("periods.nth_of_several")[0]
        named = self.under_new_rules(expression, unit) is not None
        index = unit.sentence - 1
        begun = index >= 0 and pattern("counts.takes_effect").search(text, self.article.sentences[index].start, unit.start) is not None
        day = self.known(expression.end) or self.told(unit) if first and "unit" in parts and (named or begun) else None
        if day is None:
            return None
        counted = Expression(expression.start, expression.end, "around", {"n": parts.get("n", ""), "unit": parts["unit"], "way": ""})
        if not counted.parts["n"]:
            del counted.parts["n"]
        found = resolve(counted, replace(self.frame, anchor=day))
        return None if found is None else Coverage(found.window, text[expression.start : expression.end], found.basis, expression)

    def under_new_rules(self, expression: Expression, unit: Unit) -> Window | None:
        """The day from which the rules hold under which a number is told: "as of June 4 under the expanded rules"."""
        behind = pattern("counts.of_new_rules").search(self.article.plain, expression.end, unit.end)
        if behind is None or (behind.start() > expression.end and expression.shape != "until"):
            return None
        return self.known(behind.start()) or self.told(unit)

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
            days = [item.period.core for item in self.units.at(index).items if item.period is not None and item.period.core.shape == "date"]
            if days:
                return self.day(days[0]) if len(days) == 1 else None
        return None

    def day(self, expression: Expression) -> Window | None:
        """The day that an expression names, where it is one."""
        found = resolve(expression, self.frame) if expression.core.shape in ("date", "weekday") else None
        return found.window if found is not None and found.window.start == found.window.end else None
