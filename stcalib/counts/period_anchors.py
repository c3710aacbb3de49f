"""The period told before on which one leans: for "a year earlier", "that month", "the week before", "since then"."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from stcalib.counts.candidate import Context, Found, main_of
from stcalib.counts.coverage import Coverage
from stcalib.counts.period_focus import FOCUS_REACH, PeriodFocus
from stcalib.counts.period_words import TimeWords
from stcalib.counts.units import Cell, Unit
from stcalib.language.word_sets import word_list, word_set
from stcalib.numbers.find import MULTIPLE
from stcalib.periods.day_interval import Window
from stcalib.periods.find import Expression, may
from stcalib.periods.resolve import Frame, resolve

_MONTHS = 12
_THAT_REACH = 5
"""Sentences before in which the month is looked for to which "that month" points."""
_TOTALLED = 6
"""Counts before a total of so many months of which the latest period is its end."""


@dataclass
class Anchors:
    """Finds such periods; `context` holds the counts of the sentences before."""

    text: str
    frame: Frame
    covers: dict[int, Coverage]
    time: TimeWords
    focus: PeriodFocus
    context: Context = field(default_factory=Context)

    def anchor(self, unit: Unit, before: list[Found], taken: Found | None, cell: Cell, own: list[Expression]) -> Window | None:
        """The period on which "the month before" leans: that of the count it is compared with.

        Of "the year before that" it is that of the count right before, of "since then" the period that the text spoke of last.
        """
        if before and any("that" in e.parts for e in own):
            return self.covers[id(before[-1])].window
        if own[0].core.shape == "then" and (held := self.focus.held(unit, FOCUS_REACH, moves=False)) is not None:
            return self.latest(unit, held.window)
        if self.pointed(own[0]) and (month := self.month_before(unit, own[0])) is not None:
            return month
        if "one" in own[0].parts and not before and (taken is None or unit.sentence - taken.unit.sentence > 1):
            held = self.focus.held(unit, _THAT_REACH if self.pointed(own[0]) else 1, moves=False)
            if held is not None:
                return held.window
        if own[0].shape == "totalled" and (told := [self.covers[id(row)].window for row in (*before, *self.context.rows[-_TOTALLED:])]):
            return max(told, key=lambda window: window.end or date.min)
        if (near := self.unit_told(unit, own[0], before)) is not None:
            return near
        base = self.anchoring(before, taken, cell, own)
        cover = self.covers.get(id(base)) if base is not None else self.focus.held(unit, FOCUS_REACH, moves=False)
        if cover is not None and cover.window != Window():
            return cover.window
        return self.act_day(unit) if own[0].shape == "shift" else None

    def pointed(self, said: Expression) -> bool:
        """Whether words point to a month told before, and not only to the period at hand: "that month"."""
        return said.parts.get("one") == "month" and self.text[said.start : said.end].lower().startswith(word_list("counts.complementizer"))

    def month_before(self, unit: Unit, said: Expression) -> Window | None:
        """The month that the sentence itself names before "that month": "falling since April: 2,560 that month"."""
        before = [item.period.core for item in unit.items if item.period is not None and item.period.end <= said.start]
        months = [core for core in before if core.shape == "month"]
        found = resolve(months[-1], self.frame) if months else None
        return None if found is None else found.window

    def unit_told(self, unit: Unit, said: Expression, before: list[Found]) -> Window | None:
        """The day, week or weekend told last, for "the week before": "312 since January, 40 of them last week. The week before, it was 18"."""
        size = said.parts.get("unit") or said.parts.get("unit2")
        days = {"day": (1, 1), "week": (7, 7), "weekend": (1, 2)}.get(size or "")
        if said.shape != "shift" or days is None:
            return None
        near = [row for row in self.context.rows if unit.sentence - row.unit.sentence <= FOCUS_REACH]
        windows = [self.covers[id(row)].window for row in (*near, *before)]
        lengths = ((w, (w.end - w.start).days + 1) for w in reversed(windows) if w.start is not None and w.end is not None)
        return next((window for window, length in lengths if days[0] <= length <= days[1]), None)

    def latest(self, unit: Unit, held: Window) -> Window:
        """The latest of the periods told right before: "since then" counts from the month told and not from the one of last year beside it."""
        told = [self.covers[id(row)].window for row in self.context.rows if unit.sentence - row.unit.sentence <= FOCUS_REACH]
        return max([held, *(window for window in told if window.known)], key=lambda window: window.end or date.min)

    def moves_a_year(self, said: Expression) -> bool:
        """Whether words mean the period told in another year: "a year earlier", "the same month of 2017"."""
        return said.shape == "same" or (said.shape == "shift" and said.parts.get("unit", said.parts.get("unit2")) == "year")

    def year_by_year(self, said: Expression, base: Found) -> bool:
        """Whether "the year before" goes on from a whole year: "down from 19,419 in 2018 and 20,593 the year before"."""
        chained = said.parts.get("n") in word_set("counts.article") and self.moves_a_year(said)
        return chained and self.covers[id(base)].window.months == _MONTHS

    def anchoring(self, before: list[Found], taken: Found | None, cell: Cell, own: list[Expression]) -> Found | None:
        """The count on whose period that of another leans."""
        last = before[-1] if before else None
        if last is not None and last.cell.compared and self.year_by_year(own[0], last):
            return last
        compared = taken is not None and bool(before) and all(row.is_other_side for row in before)
        if compared and taken is not None and self.moves_a_year(own[0]) and before[0].unit.sentence - taken.unit.sentence == 1:
            return taken
        if last is not None and last.number.form == MULTIPLE and last.cell.high == cell.low and self.covers[id(last)].window != Window():
            return last
        base = last if last is not None and cell.compared else main_of(before) or taken
        if last is not None and taken is not None and base is not None and not cell.compared and self.leans(base):
            base = taken
        if base is not None and cell.compared and base.cell.compared and len(before) > 1:
            base = main_of(before)
        return base

    def leans(self, base: Found) -> bool:
        """Whether the period of a count is itself counted from that of another: "A year earlier it was 1,900; two years earlier, 850"."""
        said = self.covers[id(base)].expression
        return said is not None and said.shape == "shift"

    def act_day(self, unit: Unit) -> Window | None:
        """The day of the statement on which "the day before" leans: "said on Wednesday that 140 had crossed the day before"."""
        for i, item in enumerate(unit.items):
            if item.period is not None and may(item.period.core, "act_day") and self.time.of_act(unit, i):
                found = resolve(item.period, self.frame)
                return None if found is None else found.window
        return None
