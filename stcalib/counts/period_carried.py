"""The period of a count whose cell names none: that of its sentence, of the count that it goes on from, or of which the text speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from stcalib.counts.candidate import CONTEXT_REACH, Context, Found, main_of
from stcalib.counts.cells import is_inserted, is_relative
from stcalib.counts.coverage import NONE, Coverage, Spans, carried_over
from stcalib.counts.period_focus import FOCUS_REACH, PeriodFocus
from stcalib.counts.period_words import TimeWords
from stcalib.counts.read_units import Units
from stcalib.counts.surroundings import answers, told_behind
from stcalib.counts.units import Cell, Item, Unit
from stcalib.counts.words import Words
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import word_list, word_set
from stcalib.numbers.find import FRACTION, MULTIPLE
from stcalib.periods.day_interval import Window
from stcalib.periods.find import Expression, leans, may, periods_in
from stcalib.periods.resolve import FROM_ANCHOR, Frame
from stcalib.text.article import Article

_OPENING_REACH = 30
"""Characters at the head of a sentence in which a period stands for all of it."""
_LABEL_REACH = 40
"""Characters at the start of a paragraph in which a period may stand as its label."""
_LEDE = 2
"""Paragraphs with which a report opens."""
_LONG_OPENING = 3
"""Months that the period has with which a report opens, where it is that of all that it tells."""
OPENING = "that with which the report opens"
_FEWEST_ROWS = 3
"""Periods of the rows of a list of which one behind it speaks as a whole."""
_SUBJECT = 5
"""Items at the head of a sentence within which its subject and verb stand."""
_BACKGROUND = 2
"""Sentences over which what a period was in another year is told beside the one of which the text speaks."""


@dataclass
class CarriedPeriods:
    """Finds the period of counts that name none; `context` holds the counts of the sentences before."""

    article: Article
    units: Units
    frame: Frame
    words: Words
    covers: dict[int, Coverage]
    counted: Callable[[int], list[Found]]
    time: TimeWords
    spans: Spans
    focus: PeriodFocus
    as_long: Callable[[Unit, list[Expression], list[Found]], Window | None]
    """The period told before that is as long as one that leans on it says."""
    context: Context = field(default_factory=Context)

    @property
    def text(self) -> str:
        """The reading copy."""
        return self.article.plain

    def carried(self, found: Found, before: list[Found], taken: Found | None, relative: bool) -> Coverage:
        """The period of a count whose cell names none: that of the sentence, or of the count that it goes on from."""
        if found.restated and found.base is not None:
            return self.again(found.base, found)
        before = self.of_main_clause(found, before)
        if before:
            return self.in_sentence(found, before, taken, relative)
        return self.around(found, relative, taken) or self.goes_on(found, taken, relative) or self.spoken_of(found)

    def of_main_clause(self, found: Found, before: list[Found]) -> list[Found]:
        """The counts before one in its sentence, without those of a clause between commas: "Haitians, who were three in 10 in 2017, were …"."""
        items = found.unit.items
        return [row for row in before if not self.in_insertion(items, row.cell.at, found.cell.at)]

    def in_insertion(self, items: list[Item], at: int, later: int) -> bool:
        """Whether a number stands in a relative clause between commas before a later one."""
        opening = next((i for i in range(at - 1, 0, -1) if items[i].word in (",", ";")), None)
        closed = any(item.word == "," for item in items[at + 1 : later])
        if opening is None or not closed or items[opening + 1].word not in word_set("counts.who"):
            return False
        return any(item.has("nationality", "place", "site") for item in items[:opening])

    def in_sentence(self, found: Found, before: list[Found], taken: Found | None, relative: bool) -> Coverage:
        """The period of a count by those before it in its sentence."""
        unit, cell = found.unit, found.cell
        base = before[-1]
        if (parallel := self.parallel(unit, cell)) is not None:
            return parallel
        if cell.compared and found.kind == "count" and self.bare(unit, cell):
            return self.compared_before(before)
        if self.new_statement(found, cell) or (found.per is not None and self.now(unit, cell)):
            return self.leading(unit, cell)
        if relative:
            said = [item.word for item in unit.items[cell.low : cell.at]]  # "so the drop is 38 per cent"
            noun = any(word in word_set("counts.changes") and before in word_set("counts.article") for before, word in pairwise(said))
            only_compared = taken is not None and all(row.is_other_side or (noun and self.in_background(row)) for row in before)
            base = taken if taken is not None and only_compared else self.multiplied(before)
        if base.cell.compared:
            base = main_of(before) or base
        return self.then_next(base, found) or self.again(base, found)

    def compared_before(self, before: list[Found]) -> Coverage:
        """The period with which the text has compared the same one before: "887 in March, up from 658 in February. … had 170, up from 142"."""
        main = main_of(before)
        if main is None or self.covers[id(main)].window == Window():
            return NONE
        window, latest = self.covers[id(main)].window, None
        for row in (*self.context.rows, *before):
            if row.kind == "count" and not row.cell.compared:
                latest = row
            elif row.kind == "count" and latest is not None and row.unit is latest.unit and self.covers[id(latest)].window == window:
                other = self.covers[id(row)]
                if other.window.known and other.window != window:
                    return carried_over(other, main.unit.sentence - row.unit.sentence)
        return self.unit_before(main)

    def unit_before(self, main: Found) -> Coverage:
        """The month, quarter or year before that of the number with which one is compared by "from" alone: "rose to 55,000 last year from 50,400"."""
        cover = self.covers[id(main)]
        if main.kind != "count" or cover.window.months not in (1, 3, 12) or cover.expression is None or not may(cover.expression.core, "next_to"):
            return NONE
        return replace(cover, window=cover.window.shifted(-cover.window.months), basis=f"{FROM_ANCHOR}: the one before it", reference=Window())

    def then_next(self, base: Found, found: Found) -> Coverage | None:
        """The period behind that of the count before: "136 the next year, then 340"."""
        at = found.cell.at
        window = self.covers[id(base)].window
        if at == 0 or found.unit.items[at - 1].word not in word_set("counts.then") or not window.months:
            return None
        return replace(self.covers[id(base)], window=window.shifted(window.months), basis=FROM_ANCHOR, reference=Window())

    def next_told(self, taken: Found, found: Found) -> Coverage | None:
        """The period behind that of the sentence before, for a change that "then" opens: "In August it rose by half. Then it fell by two-thirds"."""
        cover = self.covers[id(taken)]
        opens = found.unit.items[0].word in word_set("counts.then") and found.unit.sentence - taken.unit.sentence == 1
        if not opens or cover.window.months not in (1, 3, 12):
            return None
        return replace(cover, window=cover.window.shifted(cover.window.months), basis=FROM_ANCHOR, reference=Window(), distance=1)

    def around(self, found: Found, relative: bool, taken: Found | None) -> Coverage | None:
        """The period that other words of the sentence, the sentence behind or a heading give."""
        unit, cell = found.unit, found.cell
        leading = self.leading(unit, cell)
        if leading is not NONE:
            return leading
        own = self.asked(unit, taken) or self.parallel(unit, cell) or self.covered(found)
        return own or self.shared(unit, cell, relative) or self.told_behind(found) or self.heading(unit)

    def covered(self, found: Found) -> Coverage | None:
        """The period that a sentence right around says that the figures cover: "292 were returned. The returns run from March 21 to Oct. 31"."""
        for index in (found.unit.sentence + 1, found.unit.sentence - 1):
            if not 0 <= index < len(self.article.sentences):
                continue
            items = self.units.at(index).items
            verb = next((i for i, item in enumerate(items[:_SUBJECT]) if item.word in word_set("counts.covering")), None)
            if verb is None or not any(item.has("event", "data", "total") for item in items[:verb]):
                continue
            periods = [item.period for item in items[verb + 1 : verb + 4] if item.period is not None and not leans(item.period)]
            if periods and (covered := self.spans.combined(periods[:1], self.frame)) is not None:
                return carried_over(covered, abs(index - found.unit.sentence))
        return None

    def told_behind(self, found: Found) -> Coverage | None:
        """The period that the sentence behind gives: "The answer is 19,419. That is how many people walked in last year"."""
        behind = told_behind(self.article, self.units, found.unit) if found.unit.cells[-1] is found.cell else None
        if behind is None:
            return None
        periods = [item.period for i, item in enumerate(behind.items) if item.period is not None and not self.time.of_act(behind, i)]
        return self.spans.combined(periods[:1], self.frame) if periods else None

    def asked(self, unit: Unit, taken: Found | None) -> Coverage | None:
        """The period of a question in a few words right before an answer in a few: "Last year? Fewer than 100."."""
        if not answers(self.article, unit):
            return None
        periods = [item.period for item in self.units.at(unit.sentence - 1).items if item.period is not None]
        if not periods:
            return None
        told = self.covers.get(id(taken)) if taken is not None and leans(periods[0]) else None
        if leans(periods[0]) and told is None:
            return None
        long = self.as_long(unit, periods, [])
        anchor = long if long is not None else None if told is None else told.window
        return self.spans.combined(periods, self.frame if anchor is None else replace(self.frame, anchor=anchor))

    def goes_on(self, found: Found, taken: Found | None, relative: bool) -> Coverage | None:
        """The period of the count before that this one goes on from."""
        if taken is None:
            return self.focus.held(found.unit, 1, moves=False) or NONE if found.leaning else None
        if (found.per is not None and not found.takes_up) or self.now(found.unit, found.cell):
            return None
        apart = found.unit.block != taken.unit.block
        if found.kind == "share" and found.head.kind == "anaphor" and apart and self.speaks_of_now(found):
            return NONE
        base = self.foreground(found, taken)
        if relative:
            return self.next_told(taken, found) or self.again(self.later(base), found)
        if found.leaning or found.of_definite or found.adds_another or self.follows(found, taken) or self.sums_up(found.unit, taken):
            return self.again(base, found)
        return None

    def foreground(self, found: Found, taken: Found) -> Found:
        """The count from which another goes on, where the sentence before only tells what it was at another time.

        "Ontario took 8,700 claims from January to June. A year earlier, it was 5,100. Toronto alone had 7,900": the last is of this year.
        """
        opening = found.unit.items[0].word if found.unit.items else ""
        if opening in word_set("counts.shares_pronouns") or found.head.kind == "anaphor":
            return taken
        rows = [row for row in self.context.rows if row.unit.sentence < taken.unit.sentence <= row.unit.sentence + _BACKGROUND]
        main = main_of([row for row in rows if row.unit is rows[-1].unit]) if rows else None
        aside = self.in_background(taken) or (main is not None and self.years_before(main, taken))
        same = aside and main is not None and main.measure == taken.measure and not self.in_background(main)
        return main if main is not None and same and self.covers[id(main)].window.known else taken

    def years_before(self, main: Found, taken: Found) -> bool:
        """Whether a count is that of the same months of an earlier year: "2,560 in April. In April of last year there were 859"."""
        window, before = self.covers[id(main)].window, self.covers[id(taken)].window
        if not (window.known and before.known) or window.start is None or before.start is None or window.months in (None, 12):
            return False
        years = window.start.year - before.start.year
        return years > 0 and window.shifted(-12 * years) == before

    def in_background(self, row: Found) -> bool:
        """Whether a count is only told beside another of another time: "A year earlier, it was 1,900", "That compares with 1,263 in June"."""
        said = self.covers[id(row)].expression
        aside = said is not None and said.shape in ("shift", "same", "this_point")
        return row.kind in ("count", "share") and (aside or row.is_other_side)

    def spoken_of(self, found: Found) -> Coverage:
        """The period of which the text speaks, where the count speaks of no other time."""
        rate = found.per is not None and not found.takes_up
        if rate or self.speaks_of_now(found) or self.another_time(found.unit):
            return NONE
        held = self.focus.held(found.unit, FOCUS_REACH)
        if held is not None and not self.of_other_flow(found, held):
            return held
        return self.opened_with(found)

    def opened_with(self, found: Found) -> Coverage:
        """The whole months or years with which the report opens, for what it tells in the past tense and dates nowhere: "Canada received
        92,000 claims last year. … Officers turned back 1,120 people"; what somebody is quoted with tells of a time of its own."""
        unit, cell = found.unit, found.cell
        past = any(item.word.split(" ")[0] in word_set("counts.past_verbs") or self.in_past(item) for item in unit.within(cell.low, cell.high))
        quoted = any(one.start <= found.number.first < one.end for one in self.article.quotations)
        main = self.opening_count
        cover = NONE if main is None else self.covers.get(id(main), NONE)
        long = (cover.window.months or 0) >= _LONG_OPENING
        if not (past and long) or quoted or main is None or main.unit.block == unit.block:
            return NONE
        return replace(cover, basis=f"{OPENING}: {cover.basis}", distance=unit.sentence - main.unit.sentence, reference=Window())

    def in_past(self, item: Item) -> bool:
        """Whether a word of action or statement is one in the past tense."""
        return item.has("action", "agent_action", "neutral") and item.word.split(" ")[0].endswith(word_list("counts.past_ending"))

    @cached_property
    def opening_count(self) -> Found | None:
        """The main count of the first sentence that counts, where it stands at the head of the report."""
        body = [i for i, block in enumerate(self.article.blocks) if block.zone == "body"][:_LEDE]
        for index, sentence in enumerate(self.article.sentences):
            if sentence.block not in body:
                continue
            if counted := self.counted(index):
                return main_of(counted)
        return None

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
        return bool({item.word for item in found.unit.within(found.cell.low, found.cell.high)} & word_set("counts.present"))

    def multiplied(self, before: list[Found]) -> Found:
        """The count that a change behind it speaks of: not the one that an earlier multiple multiplies.

        "39,540, nine times the 4,246 of 2021 and twice as many as in 2017": both are changes of 39,540.
        """
        base = before[-1]
        multiplied = len(before) > 2 and before[-2].number.form == MULTIPLE and before[-2].cell.high == base.cell.low
        if multiplied and (base.cell.opening is None or base.cell.opening.word not in word_set("counts.adding")):
            return before[-3]
        return base

    def parallel(self, unit: Unit, cell: Cell) -> Coverage | None:
        """ "Quebec had 1,458 in January and 1,486 in February. Manitoba had 18 and 31": number by number."""
        alike = None if any(item.period is not None for item in unit.items) else self.alike(unit, cell)
        return None if alike is None else carried_over(alike, 1)

    def alike(self, unit: Unit, cell: Cell) -> Coverage | None:
        """The period of the number at the same place in the sentence before, where that has as many, each of a period of its own."""
        rows = [row for row in self.context.rows if row.unit.sentence == unit.sentence - 1]
        if len(rows) != len(unit.cells) or len(rows) < 2:
            return None
        if any(row.kind != "count" or row.cell.compared for row in rows) or any(
            item.number is not None and is_relative(item.number) for item in unit.items
        ):
            return None
        covers = [self.covers[id(row)] for row in rows]
        if len({str(cover.window) for cover in covers}) < len(rows):
            return None
        return covers[next(i for i, other in enumerate(unit.cells) if other is cell)]

    def parallel_in_year(self, unit: Unit, cell: Cell) -> Coverage | None:
        """The same periods in the one year that is named before the numbers: "18 in January and 31 in February. Last year it was 19 and 142"."""
        periods = [item.period for item in unit.items if item.period is not None]
        if len(unit.cells) < 2 or len(periods) != 1 or periods[0].start > unit.items[unit.cells[0].at].start:
            return None
        year = periods[0].shape == "year" or periods[0].parts.get("unit") == "year"
        alike = self.alike(unit, cell) if year and "part" not in periods[0].parts else None
        start = None if alike is None else alike.window.start
        if alike is None or start is None or (alike.window.months or 12) >= 12:
            return None
        if periods[0].shape == "shift":
            return self.spans.combined(periods, replace(self.frame, anchor=alike.window))
        named = self.spans.combined(periods, self.frame)
        if named is None or named.window.start is None:
            return None
        return replace(named, window=alike.window.shifted(12 * (named.window.start.year - start.year)), basis=f"{FROM_ANCHOR}, in that year")

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
            number = unit.items[cell.at].number
            if number is not None and number.form == FRACTION and word in word_set("counts.of"):  # "less than a third of the 5,712 of June 2017"
                return None
            following = next((other for other in unit.cells if other.low >= cell.high and not other.compared), None)
            own = [e for e in self.time.own(unit, following, False) if e.shape != "span"] if following is not None else []
        elif word in word_set("counts.to"):
            own = [e for e in own if e.shape in ("span", "past")]
        elif (word in word_set("counts.and") and any(item.has("action", "agent_action") for item in unit.within(cell.low, cell.high))) or (
            word not in word_set("counts.joining_openers") and not is_inserted(unit, cell, following)
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
        latest, window = taken, self.covers[id(taken)].window
        for row in reversed(self.context.rows):
            other = self.covers[id(row)].window
            if row.kind != "count" or row.measure != taken.measure or taken.unit.sentence - row.unit.sentence > CONTEXT_REACH:
                continue
            if other.months is not None and other.months == window.months and other.end and window.end and other.end > window.end:
                latest, window = row, other
        return latest

    def sums_up(self, unit: Unit, taken: Found) -> bool:
        """Whether a sentence sums up the one before: "Overall, the RCMP intercepted 3,135 people"."""
        return unit.sentence - taken.unit.sentence <= 1 and any(item.has("summing") for item in unit.items[:6])

    def now(self, unit: Unit, cell: Cell) -> bool:
        """Whether the cell speaks of the present: "and about 50 a day do now"."""
        return any(not word_set("counts.now").isdisjoint(item.word.split()) for item in unit.within(cell.low, cell.high))

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
        return found.measure == taken.measure and found.unit.sentence - nearest.unit.sentence <= 1 and not words & word_set("counts.present")

    def again(self, base: Found, found: Found) -> Coverage:
        """The period of the count that this one goes on from."""
        cover = self.covers.get(id(base), NONE)
        if cover.window == Window() and cover.text is None:
            return NONE
        if base.unit is found.unit:
            return replace(cover, reference=Window())
        window = cover.window if found.restated else self.of_grid(base) or cover.window
        return carried_over(replace(cover, window=window), found.unit.sentence - base.unit.sentence)

    def of_grid(self, base: Found) -> Window | None:
        """The periods of the rows of a list as one, for what is told behind it of all of them."""
        if base.grid is None:
            return None
        windows = {self.covers[id(row)].window for row in self.context.rows if row.grid == base.grid}
        if len(windows) < _FEWEST_ROWS or not all(window.known for window in windows):
            return None
        return Window(min(w.start for w in windows if w.start), max(w.end for w in windows if w.end))

    def leading(self, unit: Unit, cell: Cell) -> Coverage:
        """The period that opens the sentence, where the cell has none."""
        for item in unit.items[: cell.low]:
            if item.period is not None and item.start - unit.start < 30 and not leans(item.period):
                index = unit.items.index(item)
                if not self.time.of_act(unit, index) and not self.in_insertion(unit.items, index, cell.at):
                    return self.spans.combined([item.period], self.frame) or NONE
        return NONE
