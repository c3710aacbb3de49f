"""Which period a count covers: the words of time in its own cell, or those of the count that it goes on from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from stcalib.counts.candidate import Context, Found, main_of, summed
from stcalib.counts.cells import is_inserted, is_relative
from stcalib.counts.coverage import NONE, Coverage, Spans, carried_over
from stcalib.counts.period_focus import FOCUS_REACH, LEANING, PeriodFocus
from stcalib.counts.period_words import TimeWords
from stcalib.counts.period_year import Years
from stcalib.counts.read_units import Units
from stcalib.counts.units import Cell, Unit
from stcalib.counts.words import Words
from stcalib.language.lexicon import load_lexicon
from stcalib.numbers.find import MULTIPLE
from stcalib.periods.day_interval import Window, year_window
from stcalib.periods.find import Expression, periods_in
from stcalib.periods.printed_dates import month_numbers
from stcalib.periods.reference_frame import count_named
from stcalib.periods.resolve import FROM_ANCHOR, Frame, resolve
from stcalib.text.article import Article

_OPENING_REACH = 30
_ALIKE = 5
"""Times the other side that a number may be for a year named alone to mean the same window of it."""
_WHOLE_YEAR = re.compile(r"\b(?:all|whole|entire|full)(?: of)?(?: the)? $")
_LABEL_REACH = 40
"""Characters at the start of a paragraph in which a period may stand as its label."""
_PRESENT = frozenset("have has is are now 've".split())
_ADDING = frozenset(("and", ",", ";"))


@dataclass
class Calendar:
    """Gives each count of an article its period, in order."""

    article: Article
    units: Units
    frame: Frame
    words: Words
    covers: dict[int, Coverage]
    counted: Callable[[int], list[Found]] = lambda _: []

    def __post_init__(self) -> None:
        self.text = self.article.plain
        self.time = TimeWords(self.text)
        self.spans = Spans(self.text, self.words.counts.event)
        self.focus = PeriodFocus(self.text, self.units, self.spans, self.time, self.frame, self.covers, self.counted)
        self.years = Years(self.article, self.units, self.time, self.frame, self.covers)
        self.context = Context()

    def cover(self, found: Found, before: list[Found], context: Context) -> Coverage:
        """The period of a count; `before` are the counts of its sentence, `context` those of the sentences before."""
        self.context = self.years.context = context
        relative = found.kind in ("change", "difference")
        cover = self.period(found, before, context, relative)
        window = cover.window
        if window.start is not None and window.end is not None and window.start > window.end:
            cover = NONE
        if not relative:
            return cover
        return replace(cover, reference=self.reference(found, cover))

    def reference(self, found: Found, cover: Coverage) -> Window:
        """The period that a change is measured against: named behind it, or that of the number it is compared with."""
        own = self.time.own(found.unit, found.cell, True)
        compared = [
            item.period
            for i, item in enumerate(found.unit.items[found.cell.at + 1 : found.cell.high], found.cell.at + 1)
            if item.period is not None and item.period not in own and not self.time.of_act(found.unit, i) and not self.time.of_record(found.unit, i)
        ]
        if not compared:
            following = next((other for other in found.unit.cells if other.low >= found.cell.high), None)
            next_to = following is not None and (following.compared or following.low == found.cell.high)
            compared = self.time.own(found.unit, following, False) if following is not None and next_to else []
        anchor = cover.window if cover.window != Window() else None
        resolved = self.spans.combined(compared[:1], replace(self.frame, anchor=anchor)) if compared else None
        return resolved.window if resolved is not None and resolved.window != cover.window else Window()

    def period(self, found: Found, before: list[Found], context: Context, relative: bool) -> Coverage:
        """The period that a count covers."""
        unit, cell = found.unit, found.cell
        time = self.time
        own = time.own(unit, cell, relative) or time.listed(unit, cell) or time.bracketed(unit, cell) or time.antecedent(unit, cell)
        taken = context.main(unit.sentence)
        anchor = self.as_long(own) or self.anchor(unit, before, taken, cell, any("that" in e.parts for e in own))
        if anchor is None and own and own[0].shape == "shift":
            anchor = self.act_day(unit)
        if (one := self.paired(unit, cell) or self.end_of_move(unit, cell)) is not None:
            own = [one]
        if (added := self.of_sum(found, before, own)) is not None:
            return added
        if own and own[0].shape == "span" and (long := self.as_long(own)) is not None:
            return Coverage(long, self.text[own[0].start : own[0].end], FROM_ANCHOR, own[0])
        if own:
            if (together := self.together(own[0], before)) is not None:
                return together
            if (part := self.respective(unit, cell, own[0])) is not None:
                own = [part]
            frame = self.framed(unit, cell, own, before, taken, anchor)
            covered = self.spans.combined(own, frame)
            if covered is not None:
                return self.of_year_compared(unit, cell, own[0], covered, before, taken) or covered
        return self.carried(found, before, taken, relative)

    # ---- own words
    def of_year_compared(
        self, unit: Unit, cell: Cell, own: Expression, covered: Coverage, before: list[Found], taken: Found | None
    ) -> Coverage | None:
        """The window of a number compared with one of the year before: "the first quarter of this year (2,340) compared to last year (9,400)".

        Where the words name a year alone, the window is that of the other side in that year; "May, compared with last May"
        is a year before, too.
        """
        base = main_of(before) or (taken if self.compares(unit, cell) else None)
        whole = _WHOLE_YEAR.search(self.text, max(0, own.start - _OPENING_REACH), own.start) is not None
        if base is None or whole or not (cell.compared or self.compares(unit, cell)):
            return None
        window = self.covers[id(base)].window
        if window.start is None or covered.window.start is None:
            return None
        if own.shape == "relative" and own.parts.get("which") == "last" and covered.window == window and own.parts.get("unit") in month_numbers():
            return replace(covered, window=window.shifted(-12))
        part = window != year_window(window.start.year) and window.end is not None and covered.window == year_window(covered.window.start.year)
        bare = own.shape in ("relative", "shift") and "part" not in own.parts
        number, other = unit.items[cell.at].number, base.number
        alike = number is not None and number.value is not None and (other.value is None or number.value <= _ALIKE * other.value)
        if not (part and bare and alike) or covered.window.start.year >= window.start.year:
            return None
        return replace(covered, window=window.shifted(12 * (covered.window.start.year - window.start.year)), basis=f"{FROM_ANCHOR}, in that year")

    def compares(self, unit: Unit, cell: Cell) -> bool:
        """Whether a number is that of another time: behind a word of comparison, or behind "it was"."""
        ahead = unit.items[max(0, cell.low - 4) : cell.at]
        said = [item.word for item in unit.items[cell.low : cell.at]]
        return any(item.has("compared") for item in ahead) or said[-2:] in (["it", "was"], ["it", "were"], ["it", "stood at"])

    def of_sum(self, found: Found, before: list[Found], own: list[Expression]) -> Coverage | None:
        """The periods of the counts that a number adds up, as one: "832 in November, 2,778 in December: 3,610 in all"."""
        parts = summed(before, found)
        windows = [self.covers[id(part)].window for part in parts]
        if not parts or own or any(not window.known for window in windows) or len({str(window) for window in windows}) < 2:
            return None
        first = self.covers[id(parts[0])]
        window = Window(min(w.start for w in windows if w.start), max(w.end for w in windows if w.end))
        return Coverage(window, first.text, FROM_ANCHOR, first.expression)

    def paired(self, unit: Unit, cell: Cell) -> Expression | None:
        """ "rose to 17 and 22 in March and April": two numbers side by side before two periods, the first for the first."""
        order = [other.at for other in unit.cells]
        k = order.index(cell.at)
        for first, second in ((k, k + 1), (k - 1, k)):
            if first < 0 or second >= len(order) or order[second] != order[first] + 2 or unit.items[order[first] + 1].word != "and":
                continue
            behind = unit.items[order[second] + 1 : order[second] + 4]
            found = next((item.period for item in behind if item.period is not None), None)
            if found is None or found.shape in LEANING:
                continue
            if "list" not in found.parts:
                return found
            if found.first is None or found.last is None or found.first.shape == "range":
                continue
            year = found.last.parts.get("year")
            early = replace(found.first, parts={**found.first.parts, **({"year": year} if year else {})})
            return early if first == k else found.last
        return None

    def end_of_move(self, unit: Unit, cell: Cell) -> Expression | None:
        """ "rose between 2018 and 2019, to 9,300 from 6,200": the first period for the number behind "from", the second for the one behind "to"."""
        before = unit.items[cell.at - 1].word if cell.at else ""
        moved = any(item.has("rise", "fall") or (item.number is not None and item.number.verbal) for item in unit.items[: cell.at])
        if before not in ("from", "to") or not moved:
            return None
        words = {unit.items[other.at - 1].word for other in unit.cells if other.at}
        ranges = [item.period for item in unit.items if item.period is not None and item.period.shape == "range" and "list" not in item.period.parts]
        if not {"from", "to"} <= words or len(ranges) != 1 or sum(item.period is not None for item in unit.items) > 1:
            return None
        return ranges[0].first if before == "from" else ranges[0].last

    def together(self, expression: Expression, before: list[Found]) -> Coverage | None:
        """ "over the two months": the periods of the counts before it in the sentence, as one."""
        windows = [self.covers[id(row)].window for row in before]
        if expression.shape != "those" or "one" in expression.parts or len({str(w) for w in windows}) < 2 or not all(w.known for w in windows):
            return None
        window = Window(min(w.start for w in windows if w.start), max(w.end for w in windows if w.end))
        return Coverage(window, self.text[expression.start : expression.end], FROM_ANCHOR, expression)

    def respective(self, unit: Unit, cell: Cell, expression: Expression) -> Expression | None:
        """ "in January and February … 315 and 678 respectively": the first for the first, the second for the second."""
        if expression.shape != "range" or "list" not in expression.parts or not any(item.word == "respectively" for item in unit.items):
            return None
        order = [other.at for other in unit.cells]
        if len(order) != 2 or expression.first is None or expression.last is None:
            return None
        year = expression.last.parts.get("year")
        first = replace(expression.first, parts={**expression.first.parts, **({"year": year} if year else {})})
        return first if cell.at == order[0] else expression.last

    def framed(self, unit: Unit, cell: Cell, own: list[Expression], before: list[Found], taken: Found | None, anchor: Window | None) -> Frame:
        """The frame for the periods of a cell: the period they lean on, and the year that the text makes plain."""
        frame = replace(self.frame, anchor=anchor)
        if any(e.core.year is not None for e in own[:1]):
            return frame
        year = self.years.year_of(unit, cell, own, before, taken)
        return frame if year is None else replace(frame, year=year)

    def anchor(self, unit: Unit, before: list[Found], taken: Found | None, cell: Cell, nearest: bool) -> Window | None:
        """The period on which "the month before" leans: that of the count it is compared with.

        With `nearest` ("the year before that") it is the count right before.
        """
        if nearest and before:
            return self.covers[id(before[-1])].window
        rows = before
        if rows and rows[-1].number.form == MULTIPLE and rows[-1].cell.high == cell.low and self.covers[id(rows[-1])].window != Window():
            return self.covers[id(rows[-1])].window
        base = rows[-1] if rows and cell.compared else main_of(rows) or taken
        if rows and taken is not None and base is not None and not cell.compared and self.leans(base):
            base = taken
        if base is not None and rows and cell.compared and base.cell.compared and len(rows) > 1:
            base = main_of(rows)
        cover = self.covers.get(id(base)) if base is not None else self.focus.held(unit, FOCUS_REACH, moves=False)
        return cover.window if cover is not None and cover.window != Window() else None

    def leans(self, base: Found) -> bool:
        """Whether the period of a count is itself counted from that of another: "A year earlier it was 1,900; two years earlier, 850"."""
        said = self.covers[id(base)].expression
        return said is not None and said.shape == "shift"

    def act_day(self, unit: Unit) -> Window | None:
        """The day of the statement on which "the day before" leans: "said on Wednesday that 140 had crossed the day before"."""
        for i, item in enumerate(unit.items):
            if item.period is not None and item.period.core.shape in ("weekday", "date", "day") and self.time.of_act(unit, i):
                found = resolve(item.period, self.frame)
                return None if found is None else found.window
        return None

    def as_long(self, own: list[Expression]) -> Window | None:
        """The last period of that length, for "the same two weeks"."""
        first = own[0] if own else None
        if first is None or first.shape not in ("same", "those", "span") or "n" not in first.parts:
            return None
        count, unit = count_named(first.parts["n"]), first.parts["unit"]
        for row in reversed(self.context.rows):
            window = self.covers[id(row)].window
            if count is not None and (window.lasts(count, unit)):
                return window
        return None

    # ---- carried over
    def carried(self, found: Found, before: list[Found], taken: Found | None, relative: bool) -> Coverage:
        """The period of a count whose cell names none: that of the sentence, or of the count that it goes on from."""
        unit, cell = found.unit, found.cell
        if before:
            base = before[-1]
            if (parallel := self.parallel(unit, cell)) is not None:
                return parallel
            if cell.compared and found.kind == "count" and self.bare(unit, cell):
                return NONE
            if self.new_statement(found, cell) or (found.per is not None and self.now(unit, cell)):
                return self.leading(unit, cell)
            if relative:
                only_compared = taken is not None and all(row.is_other_side for row in before)
                base = taken if taken is not None and only_compared else self.multiplied(before)
            if base.cell.compared:
                base = main_of(before) or base
            return self.again(base, found)
        leading = self.leading(unit, cell)
        if leading is not NONE:
            return leading
        if (parallel := self.parallel(unit, cell)) is not None:
            return parallel
        if (shared := self.shared(unit, cell, relative)) is not None:
            return shared
        if (heading := self.heading(unit)) is not None:
            return heading
        if taken is None and found.leaning:
            return self.focus.held(unit, 1, moves=False) or NONE
        if found.per is not None and not found.takes_up:
            return NONE
        if taken is not None and relative:
            return self.again(self.later(taken), found)
        if taken is not None and (found.leaning or self.follows(found, taken) or self.sums_up(unit, taken)):
            return self.again(taken, found)
        if self.speaks_of_now(found) or self.another_time(unit):
            return NONE
        held = self.focus.held(unit, FOCUS_REACH)
        return NONE if held is None or self.of_other_flow(found, held) else held

    def of_other_flow(self, found: Found, held: Coverage) -> bool:
        """Whether the period is that of counts of another measure in a paragraph before."""
        sentence = found.unit.sentence - held.distance
        measures = {row.measure for row in self.counted(sentence)}
        elsewhere = self.article.sentences[sentence].block != found.unit.block
        return bool(measures) and elsewhere and found.measure not in measures and found.measure != self.words.counts.site_measure

    def another_time(self, unit: Unit) -> bool:
        """Whether a sentence opens with words for a time before or behind the one told: "Before that, …"."""
        opening = self.text[unit.start : unit.start + _OPENING_REACH].lower()
        return opening.startswith(load_lexicon().counting.other_times)

    def speaks_of_now(self, found: Found) -> bool:
        """Whether the clause of a number is in the present or the perfect, so that no period told before is its own."""
        return bool({item.word for item in found.unit.within(found.cell.low, found.cell.high)} & _PRESENT)

    def multiplied(self, before: list[Found]) -> Found:
        """The count that a change behind it speaks of: not the one that an earlier multiple multiplies.

        "39,540, nine times the 4,246 of 2021 and twice as many as in 2017": both are changes of 39,540.
        """
        base = before[-1]
        multiplied = len(before) > 2 and before[-2].number.form == MULTIPLE and before[-2].cell.high == base.cell.low
        if multiplied and (base.cell.opening is None or base.cell.opening.word not in _ADDING):
            return before[-3]
        return base

    def parallel(self, unit: Unit, cell: Cell) -> Coverage | None:
        """ "Quebec had 1,458 in January and 1,486 in February. Manitoba had 18 and 31": number by number."""
        rows = [row for row in self.context.rows if row.unit.sentence == unit.sentence - 1]
        if len(rows) != len(unit.cells) or len(rows) < 2 or any(item.period is not None for item in unit.items):
            return None
        if any(row.kind != "count" or row.cell.compared for row in rows) or any(
            item.number is not None and is_relative(item.number) for item in unit.items
        ):
            return None
        covers = [self.covers[id(row)] for row in rows]
        if len({str(cover.window) for cover in covers}) < len(rows):
            return None
        cover = covers[next(i for i, other in enumerate(unit.cells) if other is cell)]
        return carried_over(cover, 1)

    def shared(self, unit: Unit, cell: Cell, relative: bool) -> Coverage | None:
        """A period behind a later number that is that of this one, too.

        "rose from 50 a day to 200 in two weeks"; "3,350 of the 4,345 who came this year"; "16 men and five women at
        Emerson on Friday"; "jumped 34 per cent, to 2,560 in April".
        """
        following = next((other for other in unit.cells if other.low == cell.high), None)
        if following is None or following.opening is None:
            return None
        word = following.opening.word
        own = self.time.own(unit, following, False)
        if relative:
            following = next((other for other in unit.cells if other.low >= cell.high and not other.compared), None)
            own = self.time.own(unit, following, False) if following is not None else []
        elif word == "to":
            own = [e for e in own if e.shape in ("span", "past")]
        elif (word == "and" and any(item.has("action", "agent_action") for item in unit.within(cell.low, cell.high))) or (
            word not in ("of", "and") and not is_inserted(unit, cell, following)
        ):
            return None
        return self.spans.combined(own, self.frame) if own else None

    def heading(self, unit: Unit) -> Coverage | None:
        """The period that opens the paragraph as its label: "August 2017: The peak. Police stop 5,530 people"."""
        block = self.article.blocks[unit.block]
        first = next(iter(periods_in(self.text, block.start, min(block.end, block.start + _LABEL_REACH))), None)
        if first is None or first.start > block.start + 2 or not self.text.startswith(":", first.end):
            return None
        return self.spans.combined([first], self.frame)

    def later(self, taken: Found) -> Found:
        """The count that a change speaks of where its base stands between: "1,634 in July. In June it was 1,263. The rise of 29 per cent"."""
        window = self.covers[id(taken)].window
        for row in reversed(self.context.rows):
            other = self.covers[id(row)].window
            if row.kind != "count" or row.measure != taken.measure or taken.unit.sentence - row.unit.sentence > 1:
                continue
            if other.months is not None and other.months == window.months and other.end and window.end and other.end > window.end:
                return row
        return taken

    def sums_up(self, unit: Unit, taken: Found) -> bool:
        """Whether a sentence sums up the one before: "Overall, the RCMP intercepted 3,135 people"."""
        return unit.sentence - taken.unit.sentence <= 1 and any(item.has("summing") for item in unit.items[:6])

    def now(self, unit: Unit, cell: Cell) -> bool:
        """Whether the cell speaks of the present: "and about 50 a day do now"."""
        return any("now" in item.word.split() for item in unit.within(cell.low, cell.high))

    def bare(self, unit: Unit, cell: Cell) -> bool:
        """Whether nothing but its noun stands behind a number: "up from 742", not "compared with 245 in Quebec"."""
        for item in unit.items[cell.at + 1 : cell.high]:
            if item.is_mark:
                break
            if not item.has("people", "event", "rate", "nationality"):
                return False
        return True

    def new_statement(self, found: Found, cell: Cell) -> bool:
        """Whether a cell with an action of its own makes a statement of its own: "; about 200 a day are now crossing"."""
        opening = cell.opening
        return found.own_action and not found.leaning and found.per is not None and opening is not None

    def follows(self, found: Found, taken: Found) -> bool:
        """Whether a statement in the past tense stands right behind the count before."""
        words = {item.word for item in found.unit.within(found.cell.low, found.cell.high)}
        last = self.context.rows[-1]
        nearest = last if last.is_other_side or last.kind == "change" else taken
        return found.measure == taken.measure and found.unit.sentence - nearest.unit.sentence <= 1 and not words & _PRESENT

    def again(self, base: Found, found: Found) -> Coverage:
        """The period of the count that this one goes on from."""
        cover = self.covers.get(id(base), NONE)
        if cover.window == Window() and cover.text is None:
            return NONE
        if base.unit is found.unit:
            return replace(cover, reference=Window())
        return carried_over(cover, found.unit.sentence - base.unit.sentence)

    def leading(self, unit: Unit, cell: Cell) -> Coverage:
        """The period that opens the sentence, where the cell has none."""
        for item in unit.items[: cell.low]:
            if item.period is not None and item.start - unit.start < 30 and item.period.shape not in LEANING:
                index = unit.items.index(item)
                if not self.time.of_act(unit, index):
                    return self.spans.combined([item.period], self.frame) or NONE
        return NONE
