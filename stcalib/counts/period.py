"""Which period a count covers: the words of time in its own cell, or those of the count that it goes on from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from stcalib.counts.candidate import Context, Found, main_of, summed
from stcalib.counts.coverage import NONE, Coverage, Spans
from stcalib.counts.period_anchors import Anchors
from stcalib.counts.period_carried import CarriedPeriods
from stcalib.counts.period_events import Events
from stcalib.counts.period_focus import FOCUS_REACH, PeriodFocus
from stcalib.counts.period_ordinals import Ordinals
from stcalib.counts.period_words import TimeWords
from stcalib.counts.period_year import Years
from stcalib.counts.read_units import Units
from stcalib.counts.units import Cell, Unit
from stcalib.counts.words import Words
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.periods.day_interval import Window, shift_days, year_window
from stcalib.periods.find import Expression, leans
from stcalib.periods.printed_dates import month_numbers
from stcalib.periods.reference_frame import count_named
from stcalib.periods.resolve import FROM_ANCHOR, Frame, resolve
from stcalib.text.article import Article

_OPENING_REACH = 30
_WIDTHS = (1, 2, 3, 4, 5)
"""Numbers of a row of a table."""
_TABLE_NUMBERS = 120
_TABLE_REACH = 4
"""Sentences before in which a table is looked for whose column a number adds up."""
_LIST_REACH = 3
"""Sentences before a list in which its period is looked for."""
_MONTHS = 12
FROM_JANUARY = "begins with the year"
_ALIKE = 5
"""Times the other side that a number may be for a year named alone to mean the same window of it."""


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
        self.ordinals = Ordinals(self.text, self.covers, self.counted)
        self.events = Events(self.article, self.units, self.spans, self.time, self.frame)
        self.carrying = CarriedPeriods(
            self.article, self.units, self.frame, self.words, self.covers, self.counted, self.time, self.spans, self.focus, self.as_long
        )
        self.anchors = Anchors(self.text, self.frame, self.covers, self.time, self.focus)
        self.context = Context()

    def cover(self, found: Found, before: list[Found], context: Context) -> Coverage:
        """The period of a count; `before` are the counts of its sentence, `context` those of the sentences before."""
        self.context = self.years.context = self.carrying.context = self.anchors.context = context
        relative = found.kind in ("change", "difference")
        cover = self.period(found, before, context, relative)
        window = cover.window
        if window.start is not None and window.end is not None and window.start > window.end:
            cover = NONE
        if not relative:
            return cover
        return replace(cover, reference=self.reference(found, cover))

    def before_list(self, found: Found) -> Coverage:
        """The period of the counts right before a list whose head names none: "In August police stopped 1,747. The others:⏎Alberta: 3"."""
        unit = found.unit
        if unit.sentence not in self.units.focus.entries:
            return NONE
        return self.focus.held(unit, _LIST_REACH) or NONE

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
        taken = context.main(unit.sentence)
        if (again := self.carrying.parallel_in_year(unit, cell)) is not None:
            return again
        own = self.words_of(unit, cell, relative)
        if (added := self.of_sum(found, before, own)) is not None:
            return added
        if not own:
            return self.carrying.carried(found, before, taken, relative)
        if relative and own[0].shape == "span" and (carried := self.carrying.carried(found, before, taken, relative)) is not NONE:
            return carried
        anchor = self.as_long(unit, own, before) or self.anchors.anchor(unit, before, taken, cell, own)
        if own[0].shape == "span" and (long := self.as_long(unit, own, before)) is not None:
            return Coverage(long, self.text[own[0].start : own[0].end], FROM_ANCHOR, own[0])
        leaned = self.together(own[0], before) or self.ordinals.nth(own[0], unit, before, taken) or self.events.around(own[0], unit)
        if leaned is not None:
            return leaned
        if (part := self.respective(unit, cell, own[0])) is not None:
            own = [part]
        covered = self.spans.combined(own, self.framed(unit, cell, own, before, taken, anchor))
        if covered is None:
            return self.carrying.carried(found, before, taken, relative)
        return self.of_year_compared(unit, cell, own[0], covered, before, taken) or self.begun(unit, covered, flows=found.kind == "count")

    def words_of(self, unit: Unit, cell: Cell, relative: bool) -> list[Expression]:
        """The expressions of time that tell what a number covers."""
        if (one := self.paired(unit, cell) or self.end_of_move(unit, cell)) is not None:
            return [one]
        time = self.time
        if (one := time.owner(unit, cell) or time.set_off(unit, cell) or time.bracketed_alone(unit, cell)) is not None:
            return [one]
        own = time.figured(unit, cell) or self.counted_first(unit, self.moved_alone(time.own(unit, cell, relative)))
        if own and all(e.shape == "span" for e in own) and (when := time.antecedent(unit, cell)):
            return when
        own = self.moved_to(unit, cell, own) if relative else own
        own = time.same_in(own) or time.listed(unit, cell) or time.bracketed(unit, cell)
        return own or time.antecedent(unit, cell) or time.inserted(unit, cell)

    def moved_to(self, unit: Unit, cell: Cell, own: list[Expression]) -> list[Expression]:
        """The later of two months between which a number moved: "fell by 42 per cent from May to June"."""
        said = own[0] if own else None
        if said is None or said.shape != "range" or said.last is None or said.first is None or said.last.shape != "month":
            return own
        moved = self.text[said.start : said.end].lower().startswith(word_list("counts.from_opening")) and said.start > unit.items[cell.at].start
        compared = any(item.has("compared") for item in unit.items[cell.at + 1 : cell.high])
        return [said.last] if moved and said.first.shape == "month" and not compared else own

    def counted_first(self, unit: Unit, own: list[Expression]) -> list[Expression]:
        """The expressions with one that is counted from an event first: the day behind it is that of the event.

        Where nothing dates the event, the words only tell of a period named beside them: "In 2019, the last year before the change".
        """
        if len(own) > 1:
            own = [e for e in own if e.shape != "around" or self.events.day_of(unit, e.end) is not None]
        return sorted(own, key=lambda expression: expression.shape != "around")

    def moved_alone(self, expressions: list[Expression]) -> list[Expression]:
        """The expressions without "the same nine months" or "the nine-month total" beside "a year earlier", which moves the period told
        before by itself."""
        moved = any(e.shape == "shift" and e.parts.get("unit", e.parts.get("unit2")) == "year" for e in expressions)
        return [e for e in expressions if not (moved and e.shape in ("same", "totalled") and "when" not in e.parts)]

    def begun(self, unit: Unit, covered: Coverage, *, flows: bool) -> Coverage:
        """The beginning of a period that names its end alone: "through June" of the year, "by Tuesday" of the period told before.

        A flow that is told up to the end of a month, with no other beginning, is that of the year: "had received 60,200 by Sept. 30".
        """
        window, said = covered.window, covered.expression
        if window.start is not None or window.end is None or said is None or said.shape != "until":
            return covered
        if (since := self.events.under_new_rules(said, unit)) is not None and since.start is not None and since.start <= window.end:
            return replace(covered, window=Window(since.start, window.end), basis=FROM_ANCHOR)
        year = replace(covered, window=Window(year_window(window.end.year).start, window.end), basis=f"{covered.basis}; {FROM_JANUARY}")
        if self.text[said.start : said.end].lower().startswith(word_list("counts.through")):
            return year
        held = self.focus.held(unit, FOCUS_REACH, moves=False)
        start = held.window.start if held is not None else None
        if held is not None and held.window.months == 1 and held.window.end == window.end:
            return year
        if held is None or start is None or start > window.end or (held.window.end is not None and held.window.end < window.end):
            return year if shift_days(window.end, 1).day == 1 and (flows or not self.stands(said)) else covered
        return replace(covered, window=Window(start, window.end), basis=FROM_ANCHOR)

    def stands(self, said: Expression) -> bool:
        """Whether words for an end tell how things stood then: "as of June fewer than one in 100 had been removed"."""
        return self.text[said.start : said.end].lower().startswith(word_list("counts.standing_openings"))

    # ---- own words
    def of_year_compared(
        self, unit: Unit, cell: Cell, own: Expression, covered: Coverage, before: list[Found], taken: Found | None
    ) -> Coverage | None:
        """The window of a number compared with one of the year before: "the first quarter of this year (2,340) compared to last year (9,400)".

        Where the words name a year alone, the window is that of the other side in that year; "May, compared with last May"
        is a year before, too.
        """
        base = main_of(before) or (taken if self.compares(unit, cell) else None)
        whole = pattern("counts.whole_year").search(self.text, max(0, own.start - _OPENING_REACH), own.start) is not None
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
        if unit.knows("compared") and any(item.has("compared") for item in unit.items[max(0, cell.low - 4) : cell.at]):
            return True
        said = [item.word for item in unit.items[max(cell.low, cell.at - 2) : cell.at]]
        return " ".join(said) in word_set("counts.it_was")

    def of_sum(self, found: Found, before: list[Found], own: list[Expression]) -> Coverage | None:
        """The periods of the counts that a number adds up, as one: "832 in November, 2,778 in December: 3,610 in all"."""
        parts = summed(before, found) or ([] if before or own else self.column_of(found))
        windows = [self.covers[id(part)].window for part in parts]
        if not parts or own or any(not window.known for window in windows) or len({str(window) for window in windows}) < 2:
            return None
        first = self.covers[id(parts[0])]
        window = Window(min(w.start for w in windows if w.start), max(w.end for w in windows if w.end))
        return Coverage(window, first.text, FROM_ANCHOR, first.expression)

    def column_of(self, found: Found) -> list[Found]:
        """The numbers of a column above that a number adds up: "That makes 23,198 in Quebec alone"."""
        cells = self.rows_above(found)
        for width in _WIDTHS:
            for column in (cells[n::width] for n in range(min(width, len(cells)))):
                total = 0.0
                for count, row in enumerate(column, 1):
                    total += row.value or 0
                    if count > 2 and total == found.value:
                        return column[:count]
        return []

    def rows_above(self, found: Found) -> list[Found]:
        """The counts above a number, the last first, with no more than a few sentences between them."""
        rows: list[Found] = []
        index = last = found.unit.sentence
        while index >= 0 and last - index <= _TABLE_REACH and len(rows) < _TABLE_NUMBERS:
            above = [row for row in self.counted(index) if row.unit.start < found.unit.start and row.kind == "count"]
            rows += reversed(above)
            last = index if above else last
            index -= 1
        return rows

    def paired(self, unit: Unit, cell: Cell) -> Expression | None:
        """ "rose to 17 and 22 in March and April": two numbers side by side before two periods, the first for the first."""
        order = [other.at for other in unit.cells]
        k = order.index(cell.at)
        for first, second in ((k, k + 1), (k - 1, k)):
            if (
                first < 0
                or second >= len(order)
                or order[second] != order[first] + 2
                or unit.items[order[first] + 1].word not in word_set("counts.and")
            ):
                continue
            behind = unit.items[order[second] + 1 : order[second] + 4]
            found = next((item.period for item in behind if item.period is not None), None)
            if found is None or leans(found):
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
        if before not in word_set("counts.range_ends"):
            return None
        moved = any(item.has("rise", "fall") or (item.number is not None and item.number.verbal) for item in unit.items[: cell.at])
        if not moved:
            return None
        words = {unit.items[other.at - 1].word for other in unit.cells if other.at}
        ranges = [item.period for item in unit.items if item.period is not None and item.period.shape == "range" and "list" not in item.period.parts]
        if not word_set("counts.range_ends") <= words or len(ranges) != 1 or sum(item.period is not None for item in unit.items) > 1:
            return None
        return ranges[0].first if before in word_set("counts.from") else ranges[0].last

    def together(self, expression: Expression, before: list[Found]) -> Coverage | None:
        """ "over the two months": the periods of the counts before it in the sentence, as one."""
        windows = [self.covers[id(row)].window for row in before]
        if expression.shape != "those" or "one" in expression.parts or len({str(w) for w in windows}) < 2 or not all(w.known for w in windows):
            return None
        window = Window(min(w.start for w in windows if w.start), max(w.end for w in windows if w.end))
        return Coverage(window, self.text[expression.start : expression.end], FROM_ANCHOR, expression)

    def respective(self, unit: Unit, cell: Cell, expression: Expression) -> Expression | None:
        """ "in January and February … 315 and 678 respectively": the first for the first, the second for the second."""
        if (
            expression.shape != "range"
            or "list" not in expression.parts
            or not unit.says(word_set("counts.respectively"))
        ):
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
        if anchor is not None and anchor.start is not None and (moved := self.year_moved(own, frame)) is not None:
            return replace(frame, year=moved)
        year = self.years.year_of(unit, cell, own, before, taken)
        return frame if year is None else replace(frame, year=year)

    def by_years(self, shift: Expression) -> bool:
        """Whether a period is so many years away: "a year before", "twelve months earlier"."""
        unit = shift.parts.get("unit") or shift.parts.get("unit2")
        return unit == "year" or (unit == "month" and count_named(shift.parts.get("n")) == _MONTHS)

    def year_moved(self, own: list[Expression], frame: Frame) -> int | None:
        """The year that other words of the cell give a month: "A year before, in December, it was 2,778", "from then to Nov. 30"."""
        if own[0].core.shape == "then" and own[0].shape == "range" and frame.anchor is not None and frame.anchor.end is not None:
            return frame.anchor.end.year
        shift = next((e for e in own[1:] if e.shape == "shift" and self.by_years(e)), None)
        found = resolve(shift, frame) if shift is not None and own[0].shape in ("month", "date") else None
        return found.window.start.year if found is not None and found.window.start is not None else None

    def by_comparison(self, row: Found) -> bool:
        """Whether the period of a count is told as that of another one in another year: "162 in the same stretch of 2017"."""
        said = self.covers[id(row)].expression
        return row.is_other_side or (said is not None and said.shape in ("same", "shift"))

    def as_long(self, unit: Unit, own: list[Expression], before: list[Found]) -> Window | None:
        """The last period of that length: for "the same two weeks", and "in one month" behind "Then came July".

        Where none is, those of the counts told last are it together: "1,210 in 2018 and 870 in 2019. Over the same two years, …".
        """
        first = own[0] if own else None
        said = None if first is None else first.parts.get("n") or first.parts.get("n5")
        if first is None or first.shape not in ("same", "those", "span", "totalled") or said is None:
            return None
        count, size = count_named(said), first.parts.get("unit") or first.parts.get("unit5", "month")
        if count is None:
            return None
        held = self.focus.held(unit, 1, moves=False) if first.shape == "span" else None
        if held is not None and held.window.lasts(count, size):
            return held.window
        rows = list(reversed(self.context.rows))
        rows.sort(key=self.by_comparison)
        windows = (self.covers[id(row)].window for row in rows)
        alike = next((window for window in windows if window.lasts(count, size)), None)
        return alike if alike is not None or first.shape == "span" else self.told_together(count, size, before)

    def told_together(self, count: int, size: str, before: list[Found]) -> Window | None:
        """The periods of the counts of this sentence, or else of the last paragraph that has any, as one of that length."""
        last = self.context.rows[-1] if self.context.rows else None
        near = [] if last is None else [row for row in self.context.rows if row.unit.block == last.unit.block or row.grid == last.grid is not None]
        for rows in (before, near):
            windows = [self.covers[id(row)].window for row in rows if self.covers[id(row)].window.known]
            for told in (windows[first:last] for first in range(len(windows)) for last in range(len(windows), first + 1, -1)):
                window = Window(min(w.start for w in told if w.start), max(w.end for w in told if w.end))
                if len(set(told)) > 1 and window.lasts(count, size):
                    return window
        return None
