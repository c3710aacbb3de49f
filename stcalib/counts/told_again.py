"""Numbers that leave out what they count behind one that names it: a unit of time, or things that are not counted."""

from __future__ import annotations

from stcalib.counts.candidate import Case
from stcalib.counts.head_noun import head_of
from stcalib.counts.reasons import OTHER_THING
from stcalib.counts.units import Cell, Unit
from stcalib.counts.words import Words
from stcalib.language.word_sets import word_set
from stcalib.periods.find import Expression

_LONGEST = 366
"""Units of time from which on a number is none of them."""


def _is_span(period: Expression | None) -> bool:
    """Whether a period tells how long something takes: "in six months"."""
    return period is not None and period.shape == "span"


def of_time_again(case: Case) -> bool:
    """Whether a bare number is of the unit of time told before it: "in six months instead of 26", "31 years there, the last six as a clerk"."""
    items, at = case.unit.items, case.cell.at
    if at < 2 or not 0 < (case.number.value or 0) < _LONGEST:
        return False
    told = [i for i in range(at) if (items[i].has("aside") and i and items[i - 1].number is not None) or _is_span(items[i].period)]
    if not told:
        return False
    between = [item.word for item in items[told[-1] + 1 : at]]
    if items[at - 1].word in word_set("counts.time_parts"):
        return items[at - 2].word in word_set("counts.article")
    return not word_set("counts.time_again").isdisjoint(between) and all(word in word_set("counts.time_joints") for word in between)


def _one_more(unit: Unit, cell: Cell) -> str | None:
    """Why "and one" counts nobody: it is one more of the things right before it: "opened two offices in Lund and one in Carrick"."""
    before = next((other for other in unit.cells if other.high == cell.low), None)
    joined = before is not None and all(item.word in word_set("counts.added") for item in unit.items[cell.low : cell.at])
    if before is None or not joined or cell.low == cell.at or head_of(unit.items, cell).kind != "none":
        return None
    head = head_of(unit.items, before)
    return OTHER_THING.format(head.word) if head.kind == "unknown" else None


def things_again(unit: Unit, cell: Cell, words: Words) -> str | None:
    """Why "all 14" counts nobody: the sentence has told what the 14 are, which are not counted: "14 rooms, and on Monday all 14 were …"."""
    number = unit.items[cell.at].number
    if (thing := _one_more(unit, cell)) is not None:
        return thing
    if cell.at == 0 or number is None or unit.items[cell.at - 1].word not in word_set("counts.grouping"):
        return None
    for other in unit.cells:
        told = unit.items[other.at].number
        head = head_of(unit.items, other) if other.at < cell.at and told is not None and told.value == number.value else None
        if head is not None and head.kind == "excluded" and head_of(unit.items, cell).kind == "none":
            return words.reasons[head.values[0]]
    return None
