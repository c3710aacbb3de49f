"""Which items of a sentence speak of which of its numbers: one cell for each number."""

from __future__ import annotations

from collections.abc import Callable

from stcalib.counts.units import Cell, Item, Unit
from stcalib.language.word_sets import word_set
from stcalib.numbers.find import FRACTION, MULTIPLE, PERCENT, Number

_STRONG_MARKS = frozenset(";:—–…")


def is_candidate(item: Item) -> bool:
    """Whether an item is a number that may count something: no money, no ordinal, no bare year."""
    return item.number is not None and item.number.unit is None


def cells_of(items: list[Item]) -> list[Cell]:
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
    return low.link != "from_to" or not any(item.has("rise", "fall") for item in items[max(0, at[k] - 6) : at[k]])


def _idle(items: list[Item], at: int) -> bool:
    """A year or a bare "one" that counts nothing."""
    number = items[at].number
    following = items[at + 1] if at + 1 < len(items) else None
    if number is None:
        return True
    if (
        at > 0
        and items[at - 1].word in word_set("counts.grouping")
        and number.value is not None
        and number.value < 13
        and number.bound == "exact"
        and not items[at].word
    ):
        in_words = number.last - number.first > 2 or number.value > 9
        if in_words and (following is None or not following.has("people", "event", "person", "excluded", "nationality")):
            return True
    if (following is not None and following.has("aside")) or _begins_range_of_time(items, at):
        return True
    if number.value == 1 and number.last - number.first == 3:
        listed = (
            following is not None
            and following.word in word_set("counts.place_prepositions")
            and at > 0
            and items[at - 1].word in word_set("counts.before_listed_place")
        )
        return not listed and (following is None or not following.has("people", "event", "person", "excluded"))
    counted = following is not None and following.has("people", "event", "person", "excluded", "nationality", "more", "fewer")
    if number.year and number.bound == "exact":
        return not counted
    return False


def _begins_range_of_time(items: list[Item], at: int) -> bool:
    """Whether a number is the low end of a range that counts time or distance: "three or four months"."""
    low = items[at].number
    if low is None or low.end_of_range != "low":
        return False
    high = next((i for i in range(at + 1, len(items) - 1) if items[i].number is not None), None)
    return high is not None and items[high + 1].has("aside")


def _cut(items: list[Item], first: int, second: int) -> int:
    """The index of the item that best parts two numbers: it opens the cell of the second."""
    best, strength = second, 0
    inserted = _inserted(items, first, second)
    for i in range(first + 1, second):
        if i in inserted or not _may_part(items[i]):
            continue
        weight = _weight(items, first, i, second)
        if weight and weight >= strength:
            best, strength = i, weight
    return best


def _may_part(item: Item) -> bool:
    """Whether an item is of those that may part two numbers."""
    if item.labels and item.has("compared", "opener"):
        return True
    return item.word in _STRONG_MARKS or item.word in word_set("counts.parting") or item.word.startswith("--")


def _weight(items: list[Item], first: int, i: int, second: int) -> int:
    """How well item `i` parts the numbers at `first` and `second`; 0 where it does not."""
    return next((weight for parts, weight in _PARTINGS if parts(items, first, i, second)), 0)


def _over_the(items: list[Item], first: int, i: int, second: int) -> bool:
    return items[i].word in word_set("counts.change_bases") and i == second - 2 and items[i + 1].word in word_set("counts.article")


def _dates_comparison(items: list[Item], first: int, i: int, second: int) -> bool:
    """Whether a comparison names a period and ends before the second number."""
    dated = items[i].has("compared") and any(near.period is not None for near in items[i + 1 : second])
    return dated and (items[second - 1].word in word_set("counts.and") or _closed(items, i, second))


def _opens(items: list[Item], first: int, i: int, second: int) -> bool:
    return items[i].has("compared", "opener") or (items[i].word in word_set("counts.leads") and _leads_in(items, i, second))


def _colon_behind_label(items: list[Item], first: int, i: int, second: int) -> bool:
    return items[i].word == ":" and i == first + 1 and all(before.is_mark for before in items[:first])


def _joins_dated(items: list[Item], first: int, i: int, second: int) -> bool:
    """Whether a conjunction opens with a period of its own: "and in all of 2019 only 663"."""
    first_word = i + 1 + (items[min(i + 1, second)].word == ",")
    if items[i].word not in word_set("counts.coordinators") or first_word + 1 >= second or items[first_word].word not in word_set("counts.dating"):
        return False
    behind = next((item for item in items[first_word + 1 : second] if item.word not in word_set("counts.all_of")), None)
    return behind is not None and behind.period is not None


def _strong_mark(items: list[Item], first: int, i: int, second: int) -> bool:
    return items[i].word in _STRONG_MARKS or items[i].word.startswith("--") or items[i].word == "-"


def _moves(items: list[Item], first: int, i: int, second: int) -> bool:
    return i == second - 1 and (
        items[i].word in word_set("counts.range_ends")
        or (items[i].word in word_set("counts.of") and i - first <= 3 and items[i - 1].word not in word_set("counts.and"))
    )


def _comma_before_total(items: list[Item], first: int, i: int, second: int) -> bool:
    return items[i].word == "," and any(other.has("total") for other in items[i + 1 : second])


def _light_mark(items: list[Item], first: int, i: int, second: int) -> bool:
    return items[i].word in (",", "(", ")") or (items[i].word in word_set("counts.and_or") and i >= second - 3)


def _of_group(items: list[Item], first: int, i: int, second: int) -> bool:
    return (
        i == second - 2
        and items[i].word in word_set("counts.of")
        and (items[i + 1].word in word_set("counts.grouping") or items[i + 1].period is not None)
    )


def _joins(items: list[Item], first: int, i: int, second: int) -> bool:
    return items[i].word in word_set("counts.list_joints")


_PARTINGS: tuple[tuple[Callable[[list[Item], int, int, int], bool], int], ...] = (
    (_over_the, 6), (_dates_comparison, 0), (_opens, 6), (_colon_behind_label, 0), (_joins_dated, 6), (_strong_mark, 5), (_moves, 4),
    (_comma_before_total, 5), (_light_mark, 3), (_of_group, 3), (_joins, 2),
)  # fmt: skip
"""What parts two numbers, with its weight; the first that holds decides."""


def _inserted(items: list[Item], first: int, second: int) -> frozenset[int]:
    """The items between two numbers that stand in a relative clause between commas: "and Ruland, where I write this, 720"."""
    found: list[int] = []
    for i in range(first + 1, second - 2):
        if items[i].word == "," and items[i + 1].word in word_set("counts.relatives") and i not in found:
            end = next((k for k in range(i + 2, second) if items[k].word == ","), None)
            found += range(i, end + 1) if end is not None else ()
    return frozenset(found)


def _closed(items: list[Item], at: int, second: int) -> bool:
    """Whether a comparison names its period and nothing more before a mark or "and": "three fewer than the month before, and Quebec 31"."""
    behind = items[at + 1 : second]
    return len(behind) > 1 and behind[0].period is not None and behind[1].word in word_set("counts.clause_joints")


def _leads_in(items: list[Item], at: int, number: int) -> bool:
    """Whether only a period stands between a conjunction and a number: "and in 2019 to 663"."""
    between = items[at + 1 : number]
    return any(item.period is not None for item in between) and all(
        item.period is not None or item.word in word_set("counts.links") for item in between
    )


def _compares(items: list[Item], cut: int, number: int) -> bool:
    """Whether the cell that opens at `cut` is the other side of a comparison."""
    if any(item.has("compared") for item in items[cut:number]) or _over_the(items, 0, cut, number):
        return True
    before = items[number - 1]
    if items[cut].word in word_set("counts.from") and cut < number - 1 and _leads_in(items, cut, number):
        return True
    if before.word in word_set("counts.from") or (
        before.word in word_set("counts.to") and items[cut] is before and any(i.word in word_set("counts.from") for i in items[max(0, cut - 8) : cut])
    ):
        return before.word in word_set("counts.from")
    return number >= 2 and items[number - 2].has("rise", "fall") and before.word in word_set("counts.from")


def is_inserted(unit: Unit, cell: Cell, following: Cell) -> bool:
    """Whether the next number only tells of a part and stands between a number and its verb: "Seven people, two of
    them toddlers, crossed"."""
    if (
        following.opening is None
        or following.opening.word != ","
        or any(item.has("action", "agent_action") for item in unit.within(cell.low, cell.high))
    ):
        return False
    return any(item.has("partitive") for item in unit.within(following.low, following.at + 3)) and any(
        item.word == "," for item in unit.within(following.at, following.high)
    )


def is_share(number: Number) -> bool:
    """Whether a number is a part of something: per cent or a fraction."""
    return number.form in (PERCENT, FRACTION)


def is_relative(number: Number) -> bool:
    """Whether a number needs a base: a share or a multiple."""
    return number.form in (PERCENT, FRACTION, MULTIPLE)
