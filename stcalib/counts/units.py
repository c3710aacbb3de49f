"""A sentence as a row of items: words with what the vocabulary knows of them, numbers, periods, marks."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from stcalib.counts.words import Label
from stcalib.numbers.find import Number
from stcalib.periods.find import Expression
from stcalib.syntax.clauses import part_starts

LABEL_REACH = 14
"""Items at the head of a sentence within which the label of a speaker ends."""
PAUSES = frozenset(",;:—–()[]…")
"""Marks that part a sentence."""
MARKS = PAUSES | frozenset("“”\"-")
"""Marks that stand for themselves among the words of a sentence."""


@dataclass(slots=True, eq=False)
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
        return self.word in MARKS or self.word.startswith("--")


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


@dataclass
class Unit:
    """A sentence, or one sentence of several in a quotation, as items and cells."""

    start: int
    end: int
    sentence: int
    block: int
    items: list[Item]
    text: str = field(repr=False)
    """The reading copy of its article."""
    cells: list[Cell] = field(default_factory=list)
    dates: list[Number] = field(default_factory=list)

    acting: list[int] | None = None
    """The items that may tell an action, once they have been asked for."""

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of its items."""
        return frozenset([item.word for item in self.items])

    @cached_property
    def _kinds(self) -> frozenset[str]:
        """The kinds of all labels of its items."""
        return frozenset([label.kind for item in self.items for label in item.labels])

    @cached_property
    def _part_starts(self) -> frozenset[int]:
        """The items with which the stretches between pauses and openers of clauses begin."""
        whole = [(item.start, item.end) for item in self.items if item.period is not None or item.number is not None]
        starts = [item.start for item in self.items]
        cuts = (bisect_left(starts, cut) for cut in part_starts(self.text, self.start, self.end, whole))
        return frozenset((*cuts, *(i + 1 for i, item in enumerate(self.items) if item.is_mark)))

    def says(self, words: frozenset[str]) -> bool:
        """Whether one of its items is one of these words."""
        return not self._words.isdisjoint(words)

    def knows(self, *kinds: str) -> bool:
        """Whether one of its items has a label of one of these kinds."""
        return not self._kinds.isdisjoint(kinds)

    @property
    def words_said(self) -> list[Item]:
        """The items behind the label of a speaker: "Mr. Louis Perron: 5,712."."""
        colon = next((i for i, item in enumerate(self.items[:LABEL_REACH]) if item.word == ":"), None)
        if colon is None or any(item.number is not None or item.period is not None for item in self.items[:colon]):
            return self.items
        return self.items[colon + 1 :]

    def within(self, low: int, high: int) -> list[Item]:
        """The items from `low` up to `high`, cut to the sentence."""
        return self.items[max(0, low) : high]

    def segment(self, at: int) -> tuple[int, int]:
        """The items around `at` up to the next comma, dash, bracket or new clause on both sides."""
        low = next((i for i in range(at, 0, -1) if i in self._part_starts), 0)
        high = next((i for i in range(at + 1, len(self.items)) if i in self._part_starts or self.items[i].is_mark), len(self.items))
        return low, high
