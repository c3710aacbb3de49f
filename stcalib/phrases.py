"""A sentence as a row of items: words with what the vocabulary knows of them, numbers, periods, marks.

A sentence with several numbers is parted into cells, one for each: what stands in the cell of a number is said of
that number rather than of its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from stcalib.articles import Article, Sentence
from stcalib.lexicon import load_lexicon
from stcalib.numbers import FRACTION, MULTIPLE, PERCENT, VAGUE, Number, lower_case, numbers_in
from stcalib.periods import Expression, periods_in
from stcalib.vocabulary import WORD, Label, Vocabulary, plain_word

LONGEST_UNIT = 2_500
"""Characters; a longer sentence is read in stretches of about this length."""
MOST_NUMBERS = 40
"""A sentence with more numbers is read in stretches of so many."""
_INNER_END = re.compile(r"(?<=[a-z0-9%)\]])([.!?…]+)\s+(?=[“\"‘'(\[]?[A-Z])")
_BREAK = re.compile(r"[,;:]\s")
_TO_BLANKS = {ord(mark): " " for mark in ",;:.!?()[]\"“”‘’'—–-/…"}
_STRONG_MARKS = frozenset(";:—–…")
_LINKS = frozenset("in to at by on for during from the it was were had".split())
_LEADS = frozenset("and , but from to against over".split())
_GROUPING = frozenset("the all these those other both".split())
_PAUSES = frozenset(",;:—–()[]…")


@dataclass(frozen=True, slots=True)
class Item:
    """A word or phrase, a number, a period or a mark of a sentence.

    `word` is the first word in lower case, "" for numbers and periods; `labels` is what the vocabulary says of it.
    """

    start: int
    end: int
    word: str
    labels: tuple[Label, ...] = ()
    number: Number | None = None
    period: Expression | None = None
    possessive: bool = False

    def label(self, kind: str) -> Label | None:
        """The label of that kind, or None."""
        for label in self.labels:
            if label.kind == kind:
                return label
        return None

    def has(self, *kinds: str) -> bool:
        """Whether it has a label of one of these kinds."""
        for label in self.labels:  # noqa: SIM110 (a generator costs twice as much, and this is the inner loop)
            if label.kind in kinds:
                return True
        return False

    @property
    def is_mark(self) -> bool:
        """Whether it is a mark that parts a sentence."""
        return self.word in _PAUSES or self.word.startswith("--") or self.word in ("“", "”", '"') or self.word == "-"


@dataclass(slots=True)
class Cell:
    """The part of a sentence that speaks of one number.

    `at` is the index of the number's item and `low`..`high` the items of the cell. `opening` is the item that
    parts it from the cell before, `compared` whether that makes it the other side of a comparison. The ends of a
    range share one cell.
    """

    at: int
    low: int
    high: int
    opening: Item | None = None
    compared: bool = False
    partner: int | None = None


@dataclass(slots=True)
class Unit:
    """A sentence, or one sentence of several in a quotation, as items and cells."""

    start: int
    end: int
    sentence: int
    block: int
    items: list[Item]
    cells: list[Cell] = field(default_factory=list)
    dates: list[Number] = field(default_factory=list)

    def within(self, low: int, high: int) -> list[Item]:
        """The items from `low` up to `high`, cut to the sentence."""
        return self.items[max(0, low) : high]

    def segment(self, at: int) -> tuple[int, int]:
        """The items around `at` up to the next comma, dash, bracket or new clause on both sides."""
        low = at
        while low > 0 and not _parts(self.items[low - 1]):
            low -= 1
        high = at + 1
        while high < len(self.items) and not _parts(self.items[high]):
            high += 1
        return low, high


def _parts(item: Item) -> bool:
    return item.word in _PAUSES or item.has("opener") or item.word.startswith("--") or item.word == "-"


@cache
def _abbreviations() -> frozenset[str]:
    lexicon = load_lexicon()
    months = (name for month in lexicon.calendar.month for name in month.abbreviations)
    words = (*lexicon.words.abbreviations, *lexicon.words.leading_abbreviations, *lexicon.titles.honorifics, *months)
    return frozenset(word.lower() for word in words)


def spoken_of(article: Article, evidence: frozenset[str]) -> list[bool]:
    """For each sentence whether it holds a word of `evidence`."""
    words = lower_case(article.plain).translate(_TO_BLANKS)
    return [not evidence.isdisjoint(words[s.start : s.end].split()) for s in article.sentences]


def units_of(article: Article, vocabulary: Vocabulary, wanted: Callable[[int], bool]) -> Iterator[Unit]:
    """The sentences of an article that are wanted and hold a number, as units, in order."""
    text = article.plain
    for index, sentence in enumerate(article.sentences):
        if not wanted(index):
            continue
        for start, end in _pieces(text, sentence):
            numbers = numbers_in(text, start, end)
            while len(numbers) > MOST_NUMBERS:
                middle = numbers[MOST_NUMBERS].start
                yield unit_of(text, start, middle, index, sentence.block, numbers[:MOST_NUMBERS], vocabulary)
                start, numbers = middle, numbers[MOST_NUMBERS:]
            if numbers:
                yield unit_of(text, start, end, index, sentence.block, numbers, vocabulary)


def unit_at(article: Article, index: int, vocabulary: Vocabulary) -> Unit:
    """The sentence of that index as one unit, whether it holds a number or not."""
    sentence = article.sentences[index]
    end = min(sentence.end, sentence.start + LONGEST_UNIT)
    return unit_of(article.plain, sentence.start, end, index, sentence.block, numbers_in(article.plain, sentence.start, end), vocabulary)


def _pieces(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence to be read by themselves: the sentences inside a quotation, parts of an endless one."""
    start = sentence.start
    cuts = [m.end() for m in _INNER_END.finditer(text, sentence.start, sentence.end) if not _abbreviated(text, m)]
    for end in (*cuts, sentence.end):
        while end - start > LONGEST_UNIT:
            match = _BREAK.search(text, start + LONGEST_UNIT - 500, start + LONGEST_UNIT)
            middle = match.end() if match else start + LONGEST_UNIT
            yield start, middle
            start = middle
        if start < end:
            yield start, end
        start = end


def _abbreviated(text: str, match: re.Match[str]) -> bool:
    """Whether the stop belongs to an abbreviation."""
    if match[1] != ".":
        return False
    before = text[max(0, match.start() - 12) : match.start()].split()
    word = before[-1].lower().strip("(“\"'") if before else ""
    return word in _abbreviations() or "." in word or len(word) == 1


def unit_of(text: str, start: int, end: int, sentence: int, block: int, numbers: list[Number], vocabulary: Vocabulary) -> Unit:
    """The items and cells of `text[start:end]`."""
    periods = periods_in(text, start, end)
    unit = Unit(start, end, sentence, block, [])
    spans: list[tuple[int, int, Number | None, Expression | None]] = []
    taken = iter(periods)
    period = next(taken, None)
    for number in numbers:
        while period is not None and period.end <= number.start:
            spans.append((period.start, period.end, None, period))
            period = next(taken, None)
        if period is not None and period.start <= number.first and number.last <= period.end:
            unit.dates.append(number)
            continue
        spans.append((number.start, number.end, number, None))
    while period is not None:
        spans.append((period.start, period.end, None, period))
        period = next(taken, None)
    unit.items = _items(text, start, end, spans, vocabulary)
    unit.cells = _cells(unit.items)
    return unit


def _items(text: str, start: int, end: int, spans: list[tuple[int, int, Number | None, Expression | None]], vocabulary: Vocabulary) -> list[Item]:
    words: list[str] = []
    places: list[tuple[int, int]] = []
    held: dict[int, tuple[Number | None, Expression | None]] = {}
    at = start
    for first, last, number, period in (*spans, (end, end, None, None)):
        first = max(first, at)
        for match in WORD.finditer(text, at, first):
            words.append(match.group())
            places.append(match.span())
        if last > first:
            held[len(words)] = (number, period)
            words.append("\0")
            places.append((first, last))
        at = max(at, last)
        if period is not None and text.startswith(("'s", "’s"), at):
            at += 2
    plain = [plain_word(word) for word in words]
    items = []
    i = 0
    while i < len(words):
        if i in held:
            number, period = held[i]
            items.append(Item(*places[i], "", (), number, period))
            i += 1
            continue
        length, labels = vocabulary.match(plain, i)
        if length == 0:
            length, labels = 1, _of_parts(plain[i], vocabulary)
        possessive = words[i + length - 1].lower().endswith(("'s", "’s", "s'", "s’"))
        items.append(
            Item(places[i][0], places[i + length - 1][1], plain[i] if length == 1 else " ".join(plain[i : i + length]), labels, possessive=possessive)
        )
        i += length
    return items


def _of_parts(word: str, vocabulary: Vocabulary) -> tuple[Label, ...]:
    """The place in a compound: "Quebec" in "Quebec-Vermont border"."""
    if "-" not in word:
        return ()
    labels = (label for part in word.split("-") if part for label in vocabulary.match([part], 0)[1])
    return tuple(label for label in labels if label.kind == "place")[:1]


def is_candidate(item: Item) -> bool:
    """Whether an item is a number that may count something: no money, no ordinal, no bare year."""
    return item.number is not None and item.number.unit is None


def _cells(items: list[Item]) -> list[Cell]:
    """One cell for each number that may count something; they meet at the mark or word that parts them best."""
    at = [i for i, item in enumerate(items) if is_candidate(item) and not _idle(items, i)]
    cells: list[Cell] = []
    low, opening, compared = 0, None, False
    for k, index in enumerate(at):
        following = at[k + 1] if k + 1 < len(at) else None
        number = items[index].number
        if following is not None and number is not None and _is_range(items, at, k):
            cells.append(Cell(index, low, len(items), opening, compared, partner=following))
            continue
        if cells and cells[-1].partner == index and cells[-1].at != index:
            cells.append(Cell(index, low, len(items), opening, compared, partner=cells[-1].at))
        else:
            cells.append(Cell(index, low, len(items), opening, compared))
        if following is not None:
            cut = _cut(items, index, following)
            for cell in cells:
                if cell.low == low:
                    cell.high = cut
            low, opening = cut, items[cut] if cut < following else None
            compared = opening is not None and _compares(items, cut, following)
    return cells


def _is_range(items: list[Item], at: list[int], k: int) -> bool:
    """Whether this number and the next are the ends of a range and not of a movement ("rose from 50 to 200")."""
    low, high = items[at[k]].number, items[at[k + 1]].number
    if low is None or high is None or low.end_of_range != "low" or high.end_of_range != "high":
        return False
    return low.link != "from" or not any(item.has("rise", "fall") for item in items[max(0, at[k] - 6) : at[k]])


def _idle(items: list[Item], at: int) -> bool:
    """A year or a bare "one" that counts nothing."""
    number = items[at].number
    following = items[at + 1] if at + 1 < len(items) else None
    if number is None:
        return True
    if (
        at > 0
        and items[at - 1].word in _GROUPING
        and number.value is not None
        and number.value < 13
        and number.bound == "exact"
        and not items[at].word
    ):
        in_words = number.last - number.first > 2 or number.value > 9
        if in_words and (following is None or not following.has("people", "event", "person", "excluded", "nationality")):
            return True
    if following is not None and following.has("aside"):
        return True
    if number.value == 1 and number.last - number.first == 3:
        listed = following is not None and following.word in ("in", "at", "near") and at > 0 and items[at - 1].word in ("just", "only", ",", "and")
        return not listed and (following is None or not following.has("people", "event", "person", "excluded"))
    counted = following is not None and following.has("people", "event", "person", "excluded", "nationality", "more", "fewer")
    if number.year and number.bound == "exact":
        return not counted
    return False


def _cut(items: list[Item], first: int, second: int) -> int:
    """The index of the item that best parts two numbers: it opens the cell of the second."""
    best, strength = second, 0
    for i in range(first + 1, second):
        weight = _weight(items, first, i, second)
        if weight and weight >= strength:
            best, strength = i, weight
    return best


def _weight(items: list[Item], first: int, i: int, second: int) -> int:
    """How well item `i` parts the numbers at `first` and `second`; 0 where it does not."""
    item = items[i]
    if item.word == "over" and i == second - 2 and items[i + 1].word == "the":
        return 6
    if item.has("compared") and items[second - 1].word == "and" and any(near.period is not None for near in items[i + 1 : second]):
        return 0
    if item.has("compared", "opener") or (item.word in _LEADS and _leads_in(items, i, second)):
        return 6
    if item.word == ":" and i == first + 1 and all(before.is_mark for before in items[:first]):
        return 0
    if item.word in _STRONG_MARKS or item.word.startswith("--") or item.word == "-":
        return 5
    if i == second - 1 and (item.word in ("to", "from") or (item.word == "of" and i - first <= 3)):
        return 4
    if item.word == "," and any(other.has("total") for other in items[i + 1 : second]):
        return 5
    if item.word in (",", "(", ")"):
        return 3
    if item.word in ("and", "or"):
        return 3 if i >= second - 3 else 2
    if item.word == "with":
        return 2
    if i == second - 2 and item.word == "of" and (items[i + 1].word in _GROUPING or items[i + 1].period is not None):
        return 3
    return 0


def _leads_in(items: list[Item], at: int, number: int) -> bool:
    """Whether only a period stands between a conjunction and a number: "and in 2019 to 663"."""
    between = items[at + 1 : number]
    return any(item.period is not None for item in between) and all(item.period is not None or item.word in _LINKS for item in between)


def _compares(items: list[Item], cut: int, number: int) -> bool:
    """Whether the cell that opens at `cut` is the other side of a comparison."""
    if any(item.has("compared") for item in items[cut:number]) or (items[cut].word == "over" and cut == number - 2):
        return True
    before = items[number - 1]
    if items[cut].word == "from" and cut < number - 1 and _leads_in(items, cut, number):
        return True
    if before.word in ("from",) or (before.word == "to" and items[cut] is before and any(i.word == "from" for i in items[max(0, cut - 8) : cut])):
        return before.word == "from"
    return number >= 2 and items[number - 2].has("rise", "fall") and before.word == "from"


def is_inserted(unit: Unit, cell: Cell, following: Cell) -> bool:
    """Whether the next number only tells of a part and stands between a number and its verb: "Seven people, two of
    them toddlers, crossed"."""
    if (
        following.opening is None
        or following.opening.word != ","
        or any(item.has("action", "agent_action") for item in unit.within(cell.low, cell.high))
    ):
        return False
    return any(item.has("partitive") for item in unit.within(following.at, following.at + 3)) and any(
        item.word == "," for item in unit.within(following.at, following.high)
    )


def is_share(number: Number) -> bool:
    """Whether a number is a part of something: per cent or a fraction."""
    return number.form in (PERCENT, FRACTION)


def is_relative(number: Number) -> bool:
    """Whether a number needs a base: a share or a multiple."""
    return number.form in (PERCENT, FRACTION, MULTIPLE)


def is_vague(number: Number) -> bool:
    """Whether only a vague word is given."""
    return number.form == VAGUE
