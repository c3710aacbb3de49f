"""The sentences of an article as units: items, and a cell for each number.

A sentence with several numbers is parted into cells, one for each: what stands in the cell of a number is said of
that number rather than of its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from stcalib.counts.body_names import outside_names
from stcalib.counts.cells import cells_of
from stcalib.counts.units import Item, Unit
from stcalib.counts.words import WORD, Label, Vocabulary, plain_word, searchable
from stcalib.language.word_sets import word_set
from stcalib.numbers.find import Number, lower_case, numbers_in
from stcalib.numbers.numerals import number_words
from stcalib.periods.find import Expression, periods_in
from stcalib.syntax.clauses import is_abbreviated
from stcalib.syntax.focus import Focus
from stcalib.text.article import Article, Sentence

LONGEST_UNIT = 2_500
"""Characters; a longer sentence is read in stretches of about this length."""
MOST_NUMBERS = 40
"""A sentence with more numbers is read in stretches of so many."""
_OWNING = ("'s", "’s")
_AGE = "age"
STREET = "named"
"""The unit of a number that is the name of a street, and may be part of that of a crossing."""
_INNER_END = re.compile(r"(?<=[a-z0-9%)\]])([.!?…]+)\s+(?=[“\"‘'(\[]?[A-Z])")
_BREAK = re.compile(r"[,;:]\s")
_DIGIT = re.compile(r"\d")


class Units:
    """The sentences of an article as units, each read once and only when it is asked for."""

    def __init__(self, article: Article, vocabulary: Vocabulary) -> None:
        self.article = article
        self.vocabulary = vocabulary
        self._words = searchable(lower_case(article.plain))
        self._read: dict[int, Unit] = {}
        self.given: set[int] = set()
        """The sentences whose numbers were handed out by `wanted`."""
        self.focus = Focus(article)

    def holds(self, sentence: int, words: frozenset[bytes]) -> bool:
        """Whether a sentence holds one of some words, given as `search_word` makes them."""
        span = self.article.sentences[sentence]
        return self._holds(span.start, span.end, words)

    def _holds(self, start: int, end: int, words: frozenset[bytes]) -> bool:
        return not words.isdisjoint(self._words[start:end].split())

    def numbers(self, start: int, end: int) -> list[Number]:
        """The numbers of a stretch of the reading copy, looked for in words only where it holds one of which such numbers are made."""
        return numbers_in(self.article.plain, start, end, in_words=self._holds(start, end, number_words()))

    def wanted(self, wanted: Callable[[int], bool]) -> Iterator[Unit]:
        """The sentences that are wanted and hold a number, in order; an endless one in several units."""
        text = self.article.plain
        for index, sentence in enumerate(self.article.sentences):
            in_words = self.holds(index, number_words())
            if not (in_words or _DIGIT.search(text, sentence.start, sentence.end)) or not wanted(index):
                continue
            self.given.add(index)
            for start, end in _pieces(text, sentence):
                numbers = numbers_in(text, start, end, in_words=in_words)
                while len(numbers) > MOST_NUMBERS:
                    middle = numbers[MOST_NUMBERS].start
                    yield unit_of(text, start, middle, index, sentence.block, numbers[:MOST_NUMBERS], self.vocabulary, whole=False)
                    start, numbers = middle, numbers[MOST_NUMBERS:]
                if numbers:
                    unit = unit_of(text, start, end, index, sentence.block, numbers, self.vocabulary, whole=False)
                    if unit.cells and start == sentence.start and end == sentence.end:
                        self._read[index] = unit
                    yield unit

    def at(self, index: int) -> Unit:
        """The sentence of that index as one unit, whether it holds a number or not."""
        if index not in self._read:
            text, sentence = self.article.plain, self.article.sentences[index]
            end = min(sentence.end, sentence.start + LONGEST_UNIT)
            self._read[index] = unit_of(text, sentence.start, end, index, sentence.block, self.numbers(sentence.start, end), self.vocabulary)
        return self._read[index]


def _pieces(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence to be read by themselves: the sentences inside a quotation, parts of an endless one."""
    start = sentence.start
    stops = _INNER_END.finditer(text, sentence.start, sentence.end)
    cuts = [stop.end() for stop in stops if stop[1] != "." or not is_abbreviated(text, sentence.start, stop.start())]
    for end in (*cuts, sentence.end):
        while end - start > LONGEST_UNIT:
            match = _BREAK.search(text, start + LONGEST_UNIT - 500, start + LONGEST_UNIT)
            middle = match.end() if match else start + LONGEST_UNIT
            yield start, middle
            start = middle
        if start < end:
            yield start, end
        start = end


def unit_of(text: str, start: int, end: int, sentence: int, block: int, numbers: list[Number], vocabulary: Vocabulary, *, whole: bool = True) -> Unit:
    """The items and cells of `text[start:end]`; of a stretch where no number can count, unless it is wanted `whole`, numbers and periods alone."""
    periods = _with_events(periods_in(text, start, end), text, start, end, vocabulary)
    unit = Unit(start, end, sentence, block, [], text)
    spans: list[tuple[int, int, Number | None, Expression | None]] = []
    taken = iter(periods)
    period = next(taken, None)
    for number in numbers:
        while period is not None and period.end <= number.start:
            spans.append((period.start, period.end, None, period))
            period = next(taken, None)
        if (period is not None and period.start <= number.first and number.last <= period.end) or number.unit == STREET:
            unit.dates.append(number)
            continue
        spans.append((number.start, number.end, number, None))
    while period is not None:
        spans.append((period.start, period.end, None, period))
        period = next(taken, None)
    if whole or any(number is not None and number.unit in (None, _AGE) for _, _, number, _ in spans):
        unit.items = _of_motion(_of_places(_items(text, start, end, spans, vocabulary)))
        unit.cells = cells_of(unit.items)
    else:
        unit.items = [Item(first, last, "", (), number, period) for first, last, number, period in spans]
    return unit


def _with_events(periods: list[Expression], text: str, start: int, end: int, vocabulary: Vocabulary) -> list[Expression]:
    """The periods of a stretch with those that begin with an event of the codebook and name no day ("since the bridge fell")."""
    if vocabulary.since is None:
        return periods
    events = [Expression(*match.span(), "since", {"event": "yes"}) for match in vocabulary.since.finditer(lower_case(text), start, end)]
    apart = [event for event in events if not any(event.start < period.end and period.start < event.end for period in periods)]
    return sorted((*periods, *apart), key=lambda period: period.start)


def _of_places(items: list[Item]) -> list[Item]:
    """The items with numbers that stand for an age behind a person's name as counts behind that of a place: "Saskatchewan, four."."""
    for i in range(2, len(items)):
        number = items[i].number
        if number is not None and number.unit == _AGE and items[i - 1].word == "," and items[i - 2].has("place", "site"):
            items[i] = replace(items[i], number=replace(number, unit=None))
    return items


def _of_motion(items: list[Item]) -> list[Item]:
    """The items with "up from" behind a verb of moving as no comparison: "people walking up from North Dakota"."""
    for i in range(1, len(items)):
        compared = items[i].labels and items[i].has("compared") and items[i].word.split(" ")[0] in word_set("counts.directions")
        if compared and items[i - 1].has("action", "arrival"):
            items[i] = replace(items[i], labels=())
    return items


def _items(text: str, start: int, end: int, spans: list[tuple[int, int, Number | None, Expression | None]], vocabulary: Vocabulary) -> list[Item]:
    lower = lower_case(text)
    words: list[str] = []
    places: list[tuple[int, int]] = []
    held: dict[int, tuple[Number | None, Expression | None]] = {}
    at = start
    for first, last, number, period in (*spans, (end, end, None, None)):
        first = max(first, at)
        for match in WORD.finditer(lower, at, first):
            words.append(match[0])
            places.append(match.span())
        if last > first:
            held[len(words)] = (number, period)
            words.append("\0")
            places.append((first, last))
        at = max(at, last)
        if period is not None and text.startswith(_OWNING, at):
            at += 2
    marked = {i for i, word in enumerate(words) if "'" in word or "’" in word}
    plain = [plain_word(word) if i in marked else word for i, word in enumerate(words)] if marked else words
    items = []
    i, known = 0, vocabulary.first_words
    while i < len(words):
        if i in held:
            number, period = held[i]
            items.append(Item(*places[i], "", (), number, period, period is not None and text.startswith(_OWNING, places[i][1])))
            i += 1
            continue
        word = plain[i]
        if word not in known and "-" not in word and i not in marked:
            items.append(Item(*places[i], word))
            i += 1
            continue
        length, labels = vocabulary.match(plain, i) if word in known else (0, ())
        if length == 0:
            length, labels = 1, _of_parts(word, vocabulary) if "-" in word else ()
        labels = outside_names(labels, text, places[i][0], places[i + length - 1][1], vocabulary) if labels else labels
        last_word = words[i + length - 1]
        possessive = ("'" in last_word or "’" in last_word) and last_word.endswith(("'s", "’s", "s'", "s’"))
        phrase = word if length == 1 else " ".join(plain[i : i + length])
        items.append(Item(places[i][0], places[i + length - 1][1], phrase, labels, None, None, possessive))
        i += length
    return items


def _of_parts(word: str, vocabulary: Vocabulary) -> tuple[Label, ...]:
    """The place in a compound: "Quebec" in "Quebec-Vermont border", "Surrey" in "Surrey-Blaine stretch"."""
    labels = (label for part in word.split("-") if part for label in vocabulary.match([part], 0)[1])
    return tuple(label for label in labels if label.kind in ("place", "site"))[:1]
