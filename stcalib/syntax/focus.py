"""What a text speaks of now: the value of a slot (place, period, measure, population, actor, proposal) that a sentence leaves out.

A slot is set by a sentence or a heading and held over the sentences behind it, until a rival ends it or it is too far
back. What sets a slot and what ends it is handed in by the rooms below: a setter takes a stretch of the text and gives
the value, `ENDED` where the stretch speaks of a rival, or None where it says nothing. Nothing is read before it is
asked for, each stretch at most once a slot. A slot whose values are found as the reading goes on (who spoke, which
proposal was raised) keeps them all in order, as `Referents`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from typing import Generic, TypeVar

from stcalib.text.article import Article

LONGEST_LIST = 60
"""Entries of a list over which a sentence behind it looks back at most."""
HEADING, SENTENCE = "heading", "sentence"
_HEADING_ZONES = frozenset({"subhead"})
_ENTRY = re.compile(r"\s*(?:[*•·–—-]\s*|\d{1,2}[.)]\s+)?[A-ZÀ-Ý][^.:;,\n\d]{0,40}(?::| [–—-])\s*~?\d")
"""An entry of a list that names something and gives its number: "Manitoba: 32", "- Alberta – 3"."""

T = TypeVar("T")


class Rival(Enum):
    """What a setter gives for a stretch that speaks of something else."""

    ENDED = "ended"


ENDED = Rival.ENDED


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence or heading of a text; `sentence` is its index, of a heading that of the sentence behind it."""

    start: int
    end: int
    kind: str
    sentence: int
    block: int


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """The value of a slot, what set it ("sentence" or "heading"), and how many sentences before."""

    value: T
    basis: str
    distance: int


@dataclass(slots=True)
class Slot(Generic[T]):
    """One slot of a text, set by the stretches of `focus`."""

    focus: Focus
    setter: Callable[[Stretch], T | Rival | None]
    _set: dict[int, T | Rival | None] = field(default_factory=dict)

    def held(self, sentence: int, reach: int, *, within_block: bool = False) -> Held[T] | None:
        """The value before a sentence: of the nearest of the `reach` sentences before, or of a heading between, that sets it.

        `within_block` keeps to the paragraph of the sentence and the heading above it.
        """
        for stretch in self.focus.before(sentence, reach, within_block=within_block):
            value = self.setting(stretch)
            if isinstance(value, Rival):
                return None
            if value is not None:
                return Held(value, stretch.kind, sentence - stretch.sentence + (stretch.kind == HEADING))
        return None

    def setting(self, stretch: Stretch) -> T | Rival | None:
        """What a stretch sets the slot to."""
        if stretch.start not in self._set:
            self._set[stretch.start] = self.setter(stretch)
        return self._set[stretch.start]

    def forget(self, sentence: int) -> None:
        """Lets a sentence be read again, of which more is known now."""
        self._set.pop(self.focus.article.sentences[sentence].start, None)


@dataclass(frozen=True, slots=True)
class Referent(Generic[T]):
    """What a text has spoken of: the value, where its mention begins, and the number of its sentence."""

    value: T
    at: int
    sentence: int


@dataclass(slots=True)
class Referents(Generic[T]):
    """What a text has spoken of so far, in the order in which it was read; what takes something up looks back from the last."""

    told: list[Referent[T]] = field(default_factory=list)

    def add(self, value: T, at: int, sentence: int) -> None:
        """Takes in what a mention means."""
        self.told.append(Referent(value, at, sentence))

    @property
    def last(self) -> Referent[T] | None:
        """What was spoken of last."""
        return self.told[-1] if self.told else None

    def recent(self, most: int) -> Iterator[Referent[T]]:
        """The last ones, at most so many, the nearest first."""
        return islice(reversed(self.told), most)

    def within(self, sentence: int, reach: int) -> list[Referent[T]]:
        """Those of at most `reach` sentences before one, in order."""
        return self.told[bisect_left(self.told, sentence - reach, key=lambda referent: referent.sentence) :]

    def until(self, at: int, most: int) -> Referents[T]:
        """The last ones whose mentions begin before an offset, at most so many; they must stand in the order of their mentions."""
        behind = bisect_left(self.told, at, key=lambda referent: referent.at)
        return Referents(self.told[max(0, behind - most) : behind])


class Focus:
    """The sentences and headings of an article in order, as the slots of its text go through them."""

    def __init__(self, article: Article) -> None:
        self.article = article
        starts = [sentence.start for sentence in article.sentences]
        sentences = [Stretch(s.start, s.end, SENTENCE, i, s.block) for i, s in enumerate(article.sentences)]
        headings = [
            Stretch(b.start, b.end, HEADING, bisect_left(starts, b.start), i) for i, b in enumerate(article.blocks) if b.zone in _HEADING_ZONES
        ]
        self._stretches = sorted([*sentences, *headings], key=lambda stretch: stretch.start)
        self._at = {stretch.sentence: k for k, stretch in enumerate(self._stretches) if stretch.kind == SENTENCE}
        entries = {s.sentence for s in sentences if _ENTRY.match(article.plain, s.start, s.end) is not None}
        self.entries = frozenset(number for number in entries if number - 1 in entries or number + 1 in entries)
        """The sentences that are entries of a list: what one speaks of holds for no other and not behind the list."""

    def slot(self, setter: Callable[[Stretch], T | Rival | None]) -> Slot[T]:
        """A slot with what sets it."""
        return Slot(self, setter)

    def before(self, sentence: int, reach: int, *, within_block: bool = False) -> list[Stretch]:
        """The stretches before a sentence, the nearest first: at most `reach` sentences, with the headings between.

        The entries of a list are passed over, and do not count.
        """
        k = self._at[sentence]
        block = self._stretches[k].block
        found: list[Stretch] = []
        passed = 0
        for stretch in reversed(self._stretches[max(0, k - 2 * reach - LONGEST_LIST) : k]):
            if stretch.kind == SENTENCE and stretch.sentence in self.entries:
                passed += 1
                continue
            if sentence - passed - stretch.sentence > reach or (within_block and stretch.block != block and stretch.kind == SENTENCE):
                break
            found.append(stretch)
        return found
