"""The period that a text speaks of: set by sentences and headings and held over the sentences behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stcalib.counts.candidate import Found, main_of
from stcalib.counts.coverage import Coverage, Spans, carried_over
from stcalib.counts.period_words import TimeWords
from stcalib.counts.read_units import Units
from stcalib.counts.units import Unit
from stcalib.periods.day_interval import Window
from stcalib.periods.find import leans, periods_in
from stcalib.periods.resolve import Frame
from stcalib.syntax.focus import HEADING, Stretch

_SHORT, _SUBJECT = 10, 3
"""Items of a sentence that does no more than name a period, and of its subject: "The year 2017 was the busiest."."""
FOCUS_REACH = 2
"""Sentences over which a period that was spoken of is held."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The period that a stretch speaks of; `moves` where it is said of those who are counted, `counted` where it is that of a count."""

    cover: Coverage
    moves: bool
    counted: bool = False


class PeriodFocus:
    """Holds the period of which an article speaks, sentence by sentence."""

    def __init__(
        self, text: str, units: Units, spans: Spans, time: TimeWords, frame: Frame, covers: dict[int, Coverage], counted: Callable[[int], list[Found]]
    ) -> None:
        self.text = text
        self.units = units
        self.spans = spans
        self.time = time
        self.frame = frame
        self.covers = covers
        self.counted = counted
        self.slot = units.focus.slot(self.sets)

    def sets(self, stretch: Stretch) -> Spoken | None:
        """The period of which a stretch speaks: that of its main count, else its first words of time that date no other act."""
        if stretch.kind == HEADING:
            found = periods_in(self.text, stretch.start, stretch.end)
            cover = self.spans.combined(found[:1], self.frame) if found else None
            return None if cover is None or cover.window == Window() else Spoken(cover, moves=True)
        counted = [found for found in self.counted(stretch.sentence) if id(found) in self.covers]
        main = main_of(counted)
        if main is not None and counted[0].kind == "change" and counted[0].unit is main.unit and counted[0].cell.high == main.cell.low:
            main = counted[0]  # "That was a third of the 5,712 of June 2017" speaks of now
        if main is not None:
            cover = self.covers[id(main)]
            if main.kind == "share" and cover.expression is not None and cover.expression.shape in ("shift", "same"):
                return None  # "A year earlier it was 51 per cent" is told beside the one before
            return Spoken(cover, moves=True, counted=True) if cover.window != Window() else None
        unit = self.units.at(stretch.sentence)
        dates = [(i, item.period) for i, item in enumerate(unit.items) if item.period is not None]
        periods = [period for i, period in dates if not self.time.of_act(unit, i) and not self.time.of_record(unit, i)]
        cover = self.spans.combined(periods[:1], self.frame) if periods and not leans(periods[0]) else None
        moves = any(item.has("action", "event", "people", "arrival", "total") for item in unit.items)
        moves = moves or (len(unit.items) <= _SHORT and any(item.period is not None for item in unit.items[:_SUBJECT]))
        moves = moves and not any(item.has("forecast", "poll") for item in unit.items)
        return None if cover is None or cover.window == Window() else Spoken(cover, moves=moves)

    def held(self, unit: Unit, reach: int, *, moves: bool = True) -> Coverage | None:
        """The period that the text spoke of last, and how many sentences before; with `moves` by a sentence on those who are counted."""
        held = self.slot.held(unit.sentence, reach)
        if held is None or (moves and not held.value.moves):
            return None
        return carried_over(held.value.cover, held.distance)
