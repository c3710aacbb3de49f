"""A number that counts something, and what is known when the next one is decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from stcalib.counts.head_noun import Head
from stcalib.counts.units import Cell, Item, Unit
from stcalib.language.word_sets import word_list, word_set
from stcalib.numbers.find import Number

CONTEXT_REACH = 6
"""Sentences after which a count is no longer taken up by "the total" or a bare number."""
NEAR_REACH = 4
"""Sentences after which a count is no longer near, in another paragraph."""
CLOSE_REACH, CLOSE_APART = 3, 2
"""Sentences after which a share is no longer one of a count, in its paragraph and in another."""


@dataclass(slots=True)
class Found:
    """A number that counts something of the codebook.

    `value` is signed for changes and differences. `leaning` says that its measure comes from a count before it,
    `own_action` that its own cell holds an action, `restated` that it repeats the count before ("of the 50,390").
    `base` is the count of which it is a share, a part or a change, `grid` the first block of the list or table in which it stands.
    """

    unit: Unit
    cell: Cell
    number: Number
    kind: str
    value: float | None
    measure: str
    head: Head
    per: str | None = None
    leaning: bool = False
    own_action: bool = False
    restated: bool = False
    base: Found | None = None
    grid: int | None = None

    @property
    def nationality(self) -> str | None:
        """Whose citizens are counted: by the noun, by those named before the number, or by "were Haitians" behind it."""
        if self.head.nationality is not None:
            return self.head.nationality
        items, cell = self.unit.items, self.cell
        bracketed = cell.opening is not None and cell.opening.word == "("
        for item in items[max(0, cell.low - bracketed) : cell.at]:
            if (item.has("people") or bracketed) and (label := item.label("nationality")) is not None:
                return label.value
        for i in range(cell.at + 1, min(cell.at + 7, cell.high)):
            if (label := items[i].label("nationality")) is not None and any(
                item.word in word_set("counts.be") for item in items[max(cell.at, i - 3) : i]
            ):
                return label.value
        return None

    @property
    def of_definite(self) -> bool:
        """Whether it is a part of something told before under its noun: "2,150 of the claims were filed inland"."""
        behind = self.unit.items[self.cell.at + 1 : self.cell.at + 4]
        said = [item.word for item in behind]
        at = 1 if said[:1] == [*word_list("counts.of_the_phrase")] else 2 if said[:2] == [*word_list("counts.of_the")] else 0
        return bool(at) and len(behind) > at and behind[at].has("event", "people")

    @property
    def adds_another(self) -> bool:
        """Whether it is told as one more beside the count before: "Another 2,260 were let in"."""
        return self.cell.at > 0 and self.cell.low == 0 and self.unit.items[self.cell.at - 1].word in word_set("counts.one_more")

    @property
    def is_other_side(self) -> bool:
        """Whether it is a count that another is compared with: "up from 315", also as the first number of its sentence."""
        cell = self.cell
        return self.kind == "count" and (cell.compared or (cell.at > 0 and self.unit.items[cell.at - 1].has("compared")))

    @property
    def takes_up(self) -> bool:
        """Whether a pronoun before the number takes up what was said before: "That is 270 a day"."""
        return any(item.word in word_set("counts.pronouns") for item in self.unit.items[self.cell.low : self.cell.at])


@dataclass(frozen=True, slots=True)
class Context:
    """The counts of the sentences before."""

    rows: list[Found] = field(default_factory=list)
    broken: bool = False
    mains: dict[tuple[int, int], Found | None] = field(default_factory=dict, compare=False)
    """The main counts that have been asked for."""

    def shares(self, sentence: int) -> bool:
        """Whether the sentence before has a share."""
        return any(row.kind == "share" and sentence - row.unit.sentence == 1 for row in self.rows)

    @property
    def last(self) -> Found | None:
        """The count told last."""
        return self.rows[-1] if self.rows else None

    @property
    def usual(self) -> str | None:
        """The measure that most of the counts before have."""
        measures = [row.measure for row in self.rows if row.kind == "count"]
        return max(measures, key=measures.count) if measures else None

    def told(self, value: float | None) -> Found | None:
        """The count of that value told last."""
        alike = (row for row in reversed(self.rows) if value is not None and row.kind == "count" and row.number.value == value)
        return next(alike, None)

    def main(self, sentence: int, reach: int = CONTEXT_REACH) -> Found | None:
        """The main count of the nearest sentence before that has one.

        A sentence that holds only the other side of a comparison ("That is down from 2,560 in April") still speaks of
        the count before it.
        """
        key = (sentence, reach)
        if key not in self.mains:
            self.mains[key] = self._main(sentence, reach)
        return self.mains[key]

    def _main(self, sentence: int, reach: int) -> Found | None:
        near = [row for row in self.rows if 0 <= sentence - row.unit.sentence <= reach]
        said = [row for row in near if not row.is_other_side and not (row.base is not None and row.base.is_other_side)]
        last = (said or near)[-1].unit if near else None
        return main_of([row for row in near if row.unit is last])


def summed(before: list[Found], found: Found) -> list[Found]:
    """The counts of a sentence that a number behind them adds up exactly; none where it does not."""
    parts = [row for row in before if row.kind == "count" and not row.cell.compared and row.value is not None]
    return parts if len(parts) > 1 and found.kind == "count" and found.value == sum(row.value or 0 for row in parts) else []


def main_of(rows: list[Found]) -> Found | None:
    """The count that a sentence is about: the first that is no share and not the other side of a comparison."""
    counts = [row for row in rows if row.kind == "count" and not (row.restated and len(rows) > 1)]
    plain = [row for row in counts if not row.cell.compared]
    return next(iter(plain or [row for row in rows if not row.cell.compared] or counts or rows), None)


class Around(Protocol):
    """What the sentences around one speak of."""

    @property
    def mention(self) -> str | None:
        """The measure that the sentence before speaks of without a count."""

    @property
    def topic(self) -> str | None:
        """The measure of the noun that is the subject of the sentence before, where it holds no count."""

    @property
    def told_behind(self) -> str | None:
        """The measure that the sentence behind gives the number before it."""

    @property
    def by_site(self) -> bool:
        """Whether the sentence or one right before it names a crossing."""

    @property
    def asked(self) -> bool:
        """Whether the sentence only answers the question right before it."""

    @property
    def agents(self) -> frozenset[str]:
        """The measures of those who act in the sentences before, so that "it" or "we" stands for them."""


@dataclass(frozen=True, slots=True)
class Case:
    """One number with what is known before it is decided.

    `previous` is the count before it in its sentence, `taken` the main count of the sentences before; `around` gives what the
    sentences around it speak of; `told` is the count of the same value told last, `last` any count and `usual` the measure of most;
    `broken` says that the last number before this one counts something else, so that "the total" is not the codebook's.
    """

    unit: Unit
    cell: Cell
    number: Number
    head: Head
    previous: Found | None
    taken: Found | None
    around: Around
    broken: bool = False
    shared_before: bool = False
    told: Found | None = None
    last: Found | None = None
    usual: str | None = None

    @property
    def mention(self) -> str | None:
        """The measure that the sentence before speaks of without a count."""
        return self.around.mention

    @property
    def told_behind(self) -> str | None:
        """The measure that the sentence behind gives the last number of one: "The answer is 19,419. That is how many …"."""
        return self.around.told_behind if self.following is None else None

    @property
    def base(self) -> str | None:
        """The measure of what was counted before."""
        return self.previous.measure if self.previous is not None else self.measure_before

    @property
    def near(self) -> bool:
        """Whether the sentence right before counts or speaks of something."""
        if self.taken is None or self.around.topic is not None:
            return self.mention is not None
        return self.around.asked or self.within(CONTEXT_REACH, NEAR_REACH)

    @property
    def close(self) -> bool:
        """Whether what was counted before is near enough for a share of it."""
        return self.near and (self.taken is None or self.around.topic is not None or self.within(CLOSE_REACH, CLOSE_APART))

    def within(self, reach: int, apart: int) -> bool:
        """Whether what was counted before stands so few sentences back, in the same paragraph and in another."""
        if self.taken is None:
            return False
        distance = self.unit.sentence - self.taken.unit.sentence
        return distance <= apart or (distance <= reach and self.unit.block == self.taken.unit.block)

    @property
    def far(self) -> bool:
        """Whether what was counted before stands more than a sentence back."""
        return self.taken is not None and self.unit.sentence - self.taken.unit.sentence > 1

    @property
    def items(self) -> list[Item]:
        """The items of the cell."""
        return self.unit.items[self.cell.low : self.cell.high]

    @property
    def ahead(self) -> list[Item]:
        """The items of the cell before the number."""
        return self.unit.items[self.cell.low : self.cell.at]

    @property
    def behind(self) -> list[Item]:
        """The items of the cell behind the number."""
        return self.unit.items[self.cell.at + 1 : self.cell.high]

    @property
    def of_part(self) -> bool:
        """Whether the number is a part of something named before ("781 of them", "of whom 12")."""
        near = self.unit.within(self.cell.low, min(self.cell.high, self.cell.at + 3))
        return self.head.kind == "anaphor" or (self.unit.knows("partitive") and any(item.has("partitive") for item in near))

    @property
    def measure_before(self) -> str | None:
        """The measure of which the sentences before speak, if any: the one right before, where a count stands farther back."""
        if self.taken is not None and (self.mention is None or self.unit.sentence - self.taken.unit.sentence <= CLOSE_REACH):
            return self.around.topic or self.taken.measure
        return self.around.topic or self.mention

    @property
    def following(self) -> Cell | None:
        """The next cell of the sentence."""
        return next((other for other in self.unit.cells if other.low == self.cell.high), None)
