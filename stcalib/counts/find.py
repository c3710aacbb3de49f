"""Counts: from an article to rows of stated quantities, with measure, place, period and source.

Every number of a topical article either becomes a row or stands among what was skipped, with the reason. Which
quantities count is the codebook's (`counts.toml`); see `docs/counts.md`.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise

from stcalib.codebook.codebook import EMPTY, Codebook
from stcalib.core.rows import Count, Published, Skipped, row_id
from stcalib.counts.candidate import CONTEXT_REACH, Context, Found
from stcalib.counts.cells import is_share
from stcalib.counts.measure import Judge
from stcalib.counts.period import NONE, Calendar, Coverage
from stcalib.counts.place import Map, Where
from stcalib.counts.read_units import Units
from stcalib.counts.reasons import IN_DATE, UNITS
from stcalib.counts.source import Credits
from stcalib.counts.units import Cell, Unit
from stcalib.counts.words import Words, words_for
from stcalib.numbers.bounds import interval, share_end
from stcalib.numbers.find import CARDINAL, MULTIPLE, Number, lower_case
from stcalib.periods.resolve import Frame
from stcalib.text.article import Article


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
        self.judge = Judge(words)
        self.credits = Credits(article, codebook, published)
        self.found: list[Found] = []
        self.skipped: list[Skipped] = []
        self.broken_at = NEVER
        self.elsewhere: tuple[str, int] | None = None
        self.units = Units(article, words.vocabulary)
        self.spoken = cache(lambda sentence: self.units.holds(sentence, words.evidence))

    def read(self) -> tuple[list[Count], list[Skipped]]:
        for unit in self.units.wanted(self.wanted):
            self.unit(unit)
        covers = self.covers()
        places = self.places()
        rows = [self.row(found, covers[id(found)], places[id(found)]) for found in self.found]
        return sorted(rows, key=lambda row: (row.start, row.end)), sorted(self.skipped, key=lambda row: (row.start, row.end))

    # ---- which numbers count
    def wanted(self, sentence: int) -> bool:
        """Whether a number of the sentence can count: it, the one before, or a count near it gives evidence."""
        if self.spoken(sentence) or (sentence > 0 and self.spoken(sentence - 1)):
            return True
        return bool(self.found) and sentence - self.found[-1].unit.sentence <= CONTEXT_REACH

    def unit(self, unit: Unit) -> None:
        before: list[Found] = []
        mention = cache(lambda: self.mention(unit))
        decided: set[int] = set()
        declined: dict[int, str] = {}
        for cell in unit.cells:
            number = unit.items[cell.at].number
            assert number is not None
            decided.add(number.first)
            if (reason := self.of_declined(unit, cell, before, declined)) is not None:
                self.decline(number, reason)
                continue
            found = self.judge.judge(unit, cell, before, Context(self.found[-NEAR:], self.broken(unit, cell)), mention)
            if isinstance(found, Found) and self.elsewhere is not None and self.still_elsewhere(unit):
                found = self.elsewhere[0]
            if isinstance(found, Found):
                before.append(found)
                self.broken_at = NEVER
            elif found is not None:
                declined[cell.high] = found
                self.decline(number, found)
                if found in self.words.firm_reasons:
                    self.elsewhere = (found, unit.sentence)
                if self.judge.breaks(found):
                    self.broken_at = unit.sentence
        self.found.extend(before)
        for item, following in pairwise([*unit.items, None]):
            number = item.number if item is not None else None
            if number is None or number.first in decided:
                continue
            label = following.label("excluded") if following is not None else None
            if number.unit is not None:
                self.decline(number, UNITS[number.unit])
            elif label is not None:
                self.decline(number, self.words.reasons[label.value])
        for number in unit.dates:
            self.decline(number, IN_DATE)

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
        return same or not any(item.has("place", "site") for item in unit.within(cell.low, cell.at))

    def other_subject(self, unit: Unit) -> bool:
        """Whether the sentence before in the paragraph speaks of others, so that "of them" means those: "Community groups cannot keep up"."""
        index = unit.sentence - 1
        if index < 0 or self.article.sentences[index].block != unit.block or (self.found and self.found[-1].unit.sentence == index):
            return False
        before = self.units.at(index).items
        return any(item.has("excluded") for item in before[:4]) and not any(item.has("people", "event", "action", "total") for item in before)

    def of_declined(self, unit: Unit, cell: Cell, before: list[Found], declined: dict[int, str]) -> str | None:
        """Why a part is none where its whole is none: "removed 398 of the 32,000 people who crossed, 146 of them to the U.S.",
        "finalized 25,000 claims and granted 14,790 of them"."""
        if not any(item.has("partitive") for item in unit.within(cell.low, min(cell.high, cell.at + 3))):
            return None
        if declined.get(cell.low) in self.words.fates and not any(item.has("action") for item in unit.within(cell.low, cell.high)):
            return declined[cell.low]
        last = before[-1].cell if before else None
        if last is None or last.opening is None or last.opening.word != "of" or last.high != cell.low:
            return None
        return declined.get(last.low)

    def decline(self, number: Number, reason: str) -> None:
        start, end, text = self.article.cut(number.start, number.end)
        self.skipped.append(Skipped(self.article.article_id, "counts", start, end, text, reason))

    def mention(self, unit: Unit) -> str | None:
        """The measure that the sentence before speaks of, whether it holds a count or not."""
        if unit.sentence == 0 or not self.spoken(unit.sentence - 1) or (self.found and self.found[-1].unit.sentence >= unit.sentence - 1):
            return None
        before = self.units.at(unit.sentence - 1)
        if any(item.has("forecast") for item in before.items):
            return None
        return self.judge.evidence.strongest(measure for _, measure in self.judge.evidence.actions(before, 0, len(before.items)))

    # ---- when and where
    def covers(self) -> dict[int, Coverage]:
        """The period of each count. Where the day of publication is open, the latest past day stands for it."""
        frame = Frame(self.published.earliest, self.published.latest)
        covers = self.covered(frame)
        if frame.day is None:
            floor = _latest(covers)
            if floor is not None:
                covers = self.covered(Frame(floor=floor))
        return covers

    def covered(self, frame: Frame) -> dict[int, Coverage]:
        covers: dict[int, Coverage] = {}
        calendar = Calendar(self.article, self.units, frame, self.words, covers)
        for position, found in enumerate(self.found):
            before, context = self.around(position)
            covers[id(found)] = calendar.cover(found, before, context)
        return covers

    def places(self) -> dict[int, Where]:
        places: dict[int, Where] = {}
        map_ = Map(self.article, self.units, self.words, places)
        for position, found in enumerate(self.found):
            before, context = self.around(position)
            places[id(found)] = map_.place(found, before, context)
        return places

    def around(self, position: int) -> tuple[list[Found], Context]:
        """The counts before one in its sentence, and those of the sentences before."""
        found = self.found[position]
        first = position
        while first > 0 and self.found[first - 1].unit is found.unit:
            first -= 1
        return self.found[first:position], Context(self.found[max(0, first - NEAR) : first])

    # ---- rows
    def id_of(self, found: Found) -> str:
        """The id of the row of a count."""
        start, end, _ = self.article.cut(found.number.start, found.number.end)
        return row_id("c", self.article.sha256, start, end)

    def row(self, found: Found, cover: Coverage, where: Where) -> Count:
        number, article = found.number, self.article
        start, end, text = article.cut(number.start, number.end)
        sentence = article.sentences[found.unit.sentence]
        sentence_start, sentence_end, _ = article.cut(sentence.start, sentence.end)
        bound = _bound(found)
        low, high = _interval(found, bound)
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
            nationality=found.nationality,
            per=found.per,
            period_start=cover.window.start,
            period_end=cover.window.end,
            period_text=cover.text,
            period_basis=cover.basis,
            reference_start=cover.reference.start,
            reference_end=cover.reference.end,
            base_id=None if found.base is None else self.id_of(found.base),
            source=self.credits.credit(found.unit, number.first, where.code),
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
    if any(item.has("rise") or item.word == "back" for item in items[max(0, at - 2) : at]):
        return True
    return any(item.word == "from" for item in items[at + 1 : at + 8]) and at > 0 and items[at - 1].is_mark


def _interval(found: Found, bound: str) -> tuple[float | None, float | None]:
    """The values that the words allow, in the unit of the row's value."""
    number = found.number
    whole = number.form == CARDINAL
    low, high = interval(number.value, bound, number.step, number.least, whole=whole)
    if number.form == MULTIPLE:
        low, high = (None if v is None else round((v - 1) * 100, 4) for v in (low, high))
    if is_share(number) and found.kind == "share":
        return low, share_end(low, high)
    if found.value is not None and found.value < 0 and number.form != MULTIPLE:
        return (None if high is None else -high), (None if low is None else -low)
    return low, high


def _latest(covers: dict[int, Coverage]) -> date | None:
    return max((cover.window.end for cover in covers.values() if cover is not NONE and cover.window.end is not None), default=None)
