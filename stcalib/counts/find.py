"""Counts: from an article to rows of stated quantities, with measure, place, period and source.

Every number of a topical article either becomes a row or stands among what was skipped, with the reason. Which
quantities count is the codebook's (`counts.toml`); see `docs/counts.md`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from itertools import pairwise

from stcalib.codebook.codebook import EMPTY, Codebook
from stcalib.core.rows import Count, Published, Skipped, row_id
from stcalib.counts.candidate import CONTEXT_REACH, Context, Found
from stcalib.counts.cells import is_share
from stcalib.counts.coverage import NONE, Coverage
from stcalib.counts.measure import Judge
from stcalib.counts.measure_focus import MeasureFocus
from stcalib.counts.period import Calendar
from stcalib.counts.place import Map
from stcalib.counts.place_names import PlaceNames, Where
from stcalib.counts.read_units import Units, unit_of
from stcalib.counts.reasons import FAR, IN_DATE, NO_HEAD, UNITS, UNREAD, WITHDRAWN
from stcalib.counts.source import Credits
from stcalib.counts.surroundings import Surroundings, tells_what
from stcalib.counts.table_lines import Grid, Lines
from stcalib.counts.table_rows import Listed, ListReader
from stcalib.counts.told_again import things_again
from stcalib.counts.units import Cell, Unit
from stcalib.counts.wholes import whole_of
from stcalib.counts.words import Words, words_for
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import word_set
from stcalib.numbers.bounds import interval, share_end
from stcalib.numbers.find import CARDINAL, MULTIPLE, Number, lower_case
from stcalib.periods.day_interval import safe_date
from stcalib.periods.find import periods_in
from stcalib.periods.resolve import Frame
from stcalib.text.article import Article
from stcalib.text.zones import READ


def find_counts(article: Article, codebook: Codebook = EMPTY, published: Published = Published()) -> tuple[list[Count], list[Skipped]]:
    """The counts of an article in order, and the numbers that gave none.

    Nothing is found with a codebook that has no measures, nor in an article that holds none of its topic words.
    Relative periods are resolved against `published`.
    """
    words = words_for(codebook)
    if not words.measures or not words.on_topic(lower_case(article.plain)):
        return [], []
    return _Reader(article, codebook, words, published).read()


NEAR = 24
"""Counts before a sentence that its own may take up."""
ELSEWHERE_REACH = 2
"""Sentences of a paragraph for which another border, once counted at, is still spoken of."""
NEVER = -10
"""The sentence of something that has not happened."""


class _Reader:
    """Reads one article sentence by sentence."""

    def __init__(self, article: Article, codebook: Codebook, words: Words, published: Published) -> None:
        self.article = article
        self.words = words
        self.published = published
        self.fiscal_start = codebook.issue.fiscal_start
        self.judge = Judge(words)
        self.credits = Credits(article, codebook, published)
        self.found: list[Found] = []
        self.skipped: list[Skipped] = []
        self.broken_at = NEVER
        self.elsewhere: tuple[str, int] | None = None
        self.units = Units(article, words.vocabulary)
        self.focus = MeasureFocus(self.units, self.judge.evidence)
        self._counted: dict[int, list[Found]] = {}
        self._contexts: dict[int, Context] = {}
        self.listed: dict[int, Listed] = {}
        self.in_grids: set[int] = set()
        self.spoken = cache(lambda sentence: self.units.holds(sentence, words.evidence))

    def read(self) -> tuple[list[Count], list[Skipped]]:
        grids = list(Lines(self.article, self.line, self.words.regions).grids())
        self.in_grids = {block for grid in grids for block in grid.blocks}
        reader = ListReader(self.words, PlaceNames(self.article, self.words), self.article.plain)
        waiting = list(grids)

        def wanted(sentence: int) -> bool:
            start = self.article.sentences[sentence].start
            while waiting and (self.found or waiting[0].says_what) and waiting[0].entries[0].line.start < start:
                self.grid(waiting.pop(0), reader)
            return self.wanted(sentence)

        for unit in self.units.wanted(wanted):
            self.unit(unit)
        for grid in waiting:
            self.grid(grid, reader)
        self.found.sort(key=lambda found: found.unit.start)
        self.trace()
        covers, places = self.covers(reader), self.places(reader)
        rows = [self.row(found, covers[id(found)], places[id(found)]) for found in self.found]
        return sorted(rows, key=lambda row: (row.start, row.end)), sorted(self.skipped, key=lambda row: (row.start, row.end))

    # ---- what gives no row
    def trace(self) -> None:
        """Declines the numbers of which nothing was said: those of sentences that were not wanted, and of parts of the page that are not read."""
        article, told = self.article, {(row.start, row.end) for row in self.skipped}
        counted = {found.number.first for found in self.found}
        stretches = [(s.start, s.end, FAR) for i, s in enumerate(article.sentences) if i not in self.units.given and s.block not in self.in_grids]
        stretches += [(b.start, b.end, UNREAD.format(b.zone)) for b in article.blocks if b.zone not in READ and b.zone != "subhead"]
        stretches += [(b.start, b.end, FAR) for i, b in enumerate(article.blocks) if b.zone == "subhead" and i not in self.in_grids]
        for start, end, reason in stretches:
            numbers = self.units.numbers(start, end)
            periods = iter(periods_in(article.plain, start, end) if numbers else ())
            period = next(periods, None)
            for number in numbers:
                while period is not None and period.end < number.last:
                    period = next(periods, None)
                dated = period is not None and period.start <= number.first
                if number.first not in counted and article.cut(number.start, number.end)[:2] not in told:
                    self.decline(number, IN_DATE if dated else UNITS[number.unit] if number.unit is not None else reason)

    # ---- lists and tables
    def line(self, cells: list[tuple[int, int]], block: int) -> Unit:
        """A line of the text as items; no number runs from one of its cells into the next."""
        text = self.article.plain
        numbers = [number for start, end in cells for number in self.units.numbers(start, end)]
        return unit_of(text, cells[0][0], cells[-1][1], 0, block, numbers, self.words.vocabulary)

    def grid(self, grid: Grid, reader: ListReader) -> None:
        """Takes the counts of a list or table; `self.found` holds those of the text above it, or of the whole text where none stands above."""
        listed, declined = reader.read(grid, self.sentence_at, [found for found in self.found if id(found) not in self.listed])
        self.listed.update((id(one.found), one) for one in listed)
        self.found.extend(one.found for one in listed)
        for entry, reason in declined:
            self.decline(entry.number, reason)
        lines = {entry.line.start: entry.line for entry in grid.entries}
        for line in lines.values():
            for item in line.items:
                if item.number is not None and item.number.unit is not None:
                    self.decline(item.number, UNITS[item.number.unit])
            for number in line.dates:
                self.decline(number, IN_DATE)

    def sentence_at(self, start: int) -> int:
        """The index of the sentence that holds a character, else of the one behind it."""
        index = bisect_right(self.article.sentences, start, key=lambda sentence: sentence.start)
        return index - 1 if index and start < self.article.sentences[index - 1].end else index

    # ---- which numbers count
    def wanted(self, sentence: int) -> bool:
        """Whether a number of the sentence can count: it, the one before, or a count near it gives evidence."""
        if self.article.sentences[sentence].block in self.in_grids:
            return False
        if self.spoken(sentence) or (sentence > 0 and self.spoken(sentence - 1)):
            return True
        if self.found and sentence - self.found[-1].unit.sentence <= CONTEXT_REACH:
            return True
        return sentence + 1 < len(self.article.sentences) and self.spoken(sentence + 1) and tells_what(self.article, sentence + 1)

    def unit(self, unit: Unit) -> None:
        """Decides on the numbers of a sentence, left to right."""
        before: list[Found] = []
        last = self.found[-1].unit.sentence if self.found else NEVER
        around = Surroundings(self.article, self.units, self.judge.evidence, self.focus, unit, last)
        decided: set[int] = set()
        declined: dict[int, str] = {}
        context = Context(self.found[-NEAR:])
        for cell in unit.cells:
            number = unit.items[cell.at].number
            assert number is not None
            decided.add(number.first)
            again = things_again(unit, cell, self.words) if declined else None
            if (reason := self.withdrawn(unit) or again or self.of_declined(unit, cell, before, declined)) is not None:
                self.decline(number, reason)
                continue
            found = self.judge.judge(unit, cell, before, replace(context, broken=self.broken(unit, cell)), around)
            if isinstance(found, Found) and self.elsewhere is not None and self.still_elsewhere(unit):
                found = self.elsewhere[0]
            if isinstance(found, Found):
                before.append(found)
                self.broken_at = NEVER
            else:
                self.decline(number, found or NO_HEAD)
                if found is not None:
                    declined[cell.high] = found
                    self.remember(unit, cell, found)
        self.found.extend(before)
        self.decline_others(unit, decided)

    def remember(self, unit: Unit, cell: Cell, reason: str) -> None:
        """Keeps what the reason why a number counts nothing means for the numbers behind it."""
        if reason in self.words.firm_reasons:
            self.elsewhere = (reason, unit.sentence)
        if not self.judge.breaks(reason):
            return
        grouped = any(item.has("excluded") for item in unit.within(cell.at + 1, cell.at + 3))
        part = any(item.has("partitive") for item in unit.within(cell.low, cell.at))
        if not (grouped and (part or self.judge.evidence.actions(unit, cell.low, cell.high))):
            self.broken_at = unit.sentence

    def decline_others(self, unit: Unit, decided: set[int]) -> None:
        """Declines the numbers of a sentence that have no cell: amounts, ages, dates."""
        for item, following in pairwise([*unit.items, None]):
            number = item.number if item is not None else None
            if number is None or number.first in decided:
                continue
            label = following.label("excluded") if following is not None else None
            if number.unit is not None:
                self.decline(number, UNITS[number.unit])
            elif label is not None:
                self.decline(number, self.words.reasons[label.value])
            else:
                self.decline(number, IN_DATE if number.year else NO_HEAD)
        for number in unit.dates:
            self.decline(number, IN_DATE if number.unit is None else UNITS[number.unit])

    def withdrawn(self, unit: Unit) -> str | None:
        """Why the numbers of a sentence count nothing: it tells what the page said before it was corrected."""
        if not self.corrects:
            return None
        text = self.article.plain[unit.start : unit.end].lower()
        return WITHDRAWN if any(words in text for words in load_lexicon().counting.withdrawn) else None

    @cached_property
    def corrects(self) -> bool:
        """Whether the article holds words by which a page takes a figure back."""
        lower = lower_case(self.article.plain)
        return any(words in lower for words in load_lexicon().counting.withdrawn)

    def still_elsewhere(self, unit: Unit) -> bool:
        """Whether a sentence still speaks of another border: behind such a number in its paragraph, with no place or body of this one."""
        assert self.elsewhere is not None
        at = self.elsewhere[1]
        if not 0 <= unit.sentence - at <= ELSEWHERE_REACH or self.article.sentences[at].block != unit.block:
            return False
        return not any(item.has("place", "site", "city") or (item.has("agent") and item.word in self.words.credits) for item in unit.items)

    def broken(self, unit: Unit, cell: Cell) -> bool:
        """Whether the number before counts something else, so that "the total" is not that of the codebook.

        In a new paragraph a place of its own makes it plain: "Manitoba's figure was 170".
        """
        if not 0 <= unit.sentence - self.broken_at <= 1:
            return self.other_subject(unit)
        same = self.article.sentences[self.broken_at].block == unit.block
        return same or not any(item.has("place", "site") for item in unit.within(cell.low, cell.high))

    def other_subject(self, unit: Unit) -> bool:
        """Whether the sentence before in the paragraph speaks of others, so that "of them" means those: "Community groups cannot keep up"."""
        index = unit.sentence - 1
        if index < 0 or self.article.sentences[index].block != unit.block or (self.found and self.found[-1].unit.sentence == index):
            return False
        before = self.units.at(index).items
        others = any(item.has("excluded") and not item.has("aside") for item in before[:4])
        return others and not any(item.has("people", "event", "action", "total") for item in before)

    def of_declined(self, unit: Unit, cell: Cell, before: list[Found], declined: dict[int, str]) -> str | None:
        """Why a part is none where its whole is none: "removed 398 of the 32,000 people who crossed, 146 of them to the U.S.",
        "finalized 25,000 claims and granted 14,790 of them"."""
        if not unit.knows("partitive") or not any(item.has("partitive") for item in unit.within(cell.low, min(cell.high, cell.at + 3))):
            return None
        if declined.get(cell.low) in self.words.fates and not any(item.has("action") for item in unit.within(cell.low, cell.high)):
            return declined[cell.low]
        last = before[-1].cell if before else None
        if last is None or last.opening is None or last.opening.word not in word_set("counts.of") or last.high != cell.low:
            return None
        return declined.get(last.low)

    def decline(self, number: Number, reason: str) -> None:
        start, end, text = self.article.cut(number.start, number.end)
        self.skipped.append(Skipped(self.article.article_id, "counts", start, end, text, reason))

    # ---- when and where
    def covers(self, reader: ListReader) -> dict[int, Coverage]:
        """The period of each count. Where the day of publication is open, the latest past day stands for it.

        A text that is only known to come after a whole year, because it tells of that year as past, is read as one of the
        year behind it: its months without a year lie there, and "last year" is the year told.
        """
        year = self.year_behind
        fiscal = self.fiscal_start
        frame = Frame(self.published.earliest, self.published.latest, fiscal_start=fiscal) if year is None else Frame(year=year, fiscal_start=fiscal)
        covers = self.covered(frame, reader)
        if frame.day is None:
            floor = _latest(covers)
            if year is not None:
                floor = max(floor or safe_date(year, 1, 1), safe_date(year, 1, 1))
            if floor is not None:
                covers = self.covered(Frame(floor=floor, fiscal_start=fiscal), reader)
        return covers

    @property
    def year_behind(self) -> int | None:
        """The year of a text of which no more is known than that a whole year was over."""
        first, last = self.published.earliest, self.published.latest
        if self.published.basis != "inferred" or first is None or (first.month, first.day) != (12, 31):
            return None
        if last is not None and last.year <= first.year:
            return None
        return first.year + 1

    def covered(self, frame: Frame, reader: ListReader) -> dict[int, Coverage]:
        covers: dict[int, Coverage] = {}
        calendar = Calendar(self.article, self.units, frame, self.words, covers, self.counted)
        for position, found in enumerate(self.found):
            if (listed := self.listed.get(id(found))) is not None:
                covers[id(found)] = reader.cover(listed, calendar, frame)
                continue
            before, context = self.around(position)
            covers[id(found)] = calendar.cover(found, before, context)
        return covers

    def places(self, reader: ListReader) -> dict[int, Where]:
        places: dict[int, Where] = {}
        map_ = self.map = Map(self.article, self.units, self.words, places, self.counted)
        for position, found in enumerate(self.found):
            if (listed := self.listed.get(id(found))) is not None:
                places[id(found)] = reader.where(listed)
                continue
            before, context = self.around(position)
            places[id(found)] = map_.place(found, before, context)
        return places

    def counted(self, sentence: int) -> list[Found]:
        """The counts of a sentence."""
        if not self._counted:
            for found in self.found:
                self._counted.setdefault(found.unit.sentence, []).append(found)
        return self._counted.get(sentence, [])

    def around(self, position: int) -> tuple[list[Found], Context]:
        """The counts before one in its sentence, and those of the sentences before."""
        found = self.found[position]
        first = position
        while first > 0 and self.found[first - 1].unit is found.unit:
            first -= 1
        if first not in self._contexts:
            self._contexts[first] = Context(self.found[max(0, first - NEAR) : first])
        return self.found[first:position], self._contexts[first]

    # ---- rows
    def id_of(self, found: Found) -> str:
        """The id of the row of a count."""
        start, end, _ = self.article.cut(found.number.start, found.number.end)
        return row_id("c", self.article.sha256, start, end)

    def reading(self, found: Found, cover: Coverage, where: Where) -> str:
        """How a count was read: by the weakest of what gives its measure, its place and its period."""
        listed = self.listed.get(id(found))
        if where.basis == "assumed" and not (self.map.focus.of_whole(found) and listed is None):
            return "assumed"
        if listed is not None and listed.assumed:
            return "assumed"
        back = found.leaning and found.base is None and not any(row is not found for row in self.counted(found.unit.sentence))
        if where.distance or cover.distance or back:
            return "carried"
        cell, items = found.cell, found.unit.items
        first, last = items[cell.low].start, items[min(cell.high, len(items)) - 1].end
        own = cover.expression is None or first <= cover.expression.start < last or listed is not None
        return "own clause" if own and where.basis in ("named", "several", "assumed") and not found.leaning else "own sentence"

    def row(self, found: Found, cover: Coverage, where: Where) -> Count:
        number, article = found.number, self.article
        start, end, text = article.cut(number.start, number.end)
        in_list = id(found) in self.listed
        sentence = found.unit if in_list else article.sentences[found.unit.sentence]
        sentence_start, sentence_end, _ = article.cut(sentence.start, sentence.end)
        bound = _bound(found)
        low, high = _interval(found, bound)
        whole = found.base if in_list else whole_of(found, self.counted(found.unit.sentence))
        return Count(
            count_id=self.id_of(found),
            article_id=article.article_id,
            start=start,
            end=end,
            text=text,
            kind=found.kind,
            value=found.value,
            bound=bound,
            low=low,
            high=high,
            measure=found.measure,
            place=where.code,
            site=where.site,
            place_basis=where.basis,
            place_distance=None if where.code is None or where.basis == "assumed" else where.distance,
            nationality=found.nationality,
            per=found.per,
            period_start=cover.window.start,
            period_end=cover.window.end,
            period_text=cover.text,
            period_basis=cover.basis,
            period_distance=None if cover.text is None else cover.distance,
            reference_start=cover.reference.start,
            reference_end=cover.reference.end,
            base_id=None if whole is None else self.id_of(whole),
            reading=self.reading(found, cover, where),
            source=None if in_list else self.credits.credit(found.unit, number.first, where.code),
            sentence_start=sentence_start,
            sentence_end=sentence_end,
        )


def _bound(found: Found) -> str:
    """The bound of a count; the ends of a range are a least and a most."""
    number, cell = found.number, found.cell
    if cell.partner is not None:
        return "at_least" if cell.partner > cell.at else "at_most"
    if number.bound == "at_most" and number.form == CARDINAL and _rises_to(found):
        return "exact"
    return number.bound


def _rises_to(found: Found) -> bool:
    """ "up to 672 in April from 644 in March": a level reached, no upper bound."""
    items = found.unit.items
    at = found.cell.at
    if any(item.has("rise") or item.word in word_set("counts.back") for item in items[max(0, at - 2) : at]):
        return True
    return any(item.word in word_set("counts.from") for item in items[at + 1 : at + 8]) and at > 0 and items[at - 1].is_mark


def _interval(found: Found, bound: str) -> tuple[float | None, float | None]:
    """The values that the words allow, in the unit of the row's value."""
    number = found.number
    whole = number.form == CARDINAL
    low, high = interval(number.value, bound, number.step, number.least, whole=whole)
    if number.form == MULTIPLE:
        if found.value is not None and number.value is not None and found.value < 0 < number.value - 1:
            low, high = (None if not v else 1 / v for v in (high, low))
        low, high = (None if v is None else round((v - 1) * 100, 4) for v in (low, high))
    if is_share(number) and found.kind == "share":
        return low, share_end(low, high)
    if found.value is not None and found.value < 0 and number.form != MULTIPLE:
        return (None if high is None else -high), (None if low is None else -low)
    return low, high


def _latest(covers: dict[int, Coverage]) -> date | None:
    return max((cover.window.end for cover in covers.values() if cover is not NONE and cover.window.end is not None), default=None)
