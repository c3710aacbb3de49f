"""Whether the words of a number make it one of the whole: "the national figure", "in all", "all but 369 of them", or a total with its parts."""

from __future__ import annotations

from itertools import pairwise

from stcalib.counts.candidate import Found
from stcalib.counts.place_names import PlaceNames, place_words
from stcalib.counts.units import Cell, Unit


def is_rest(unit: Unit, cell: Cell) -> bool:
    """Whether a number is that of all other places: "all but 369 of them in Quebec"."""
    before = [item.word for item in unit.items[max(0, cell.at - 2) : cell.at]]
    return not {" ".join(before), *before[-1:]}.isdisjoint(place_words().all_but)


def in_all(unit: Unit, cell: Cell) -> bool:
    """Whether "in all" or "nationally" stands right behind a number and closes its part of the sentence."""
    behind = unit.items[cell.at + 1 : cell.at + 3]
    return bool(behind) and behind[0].has("summing") and (len(behind) == 1 or behind[1].is_mark)


def nationally(unit: Unit, cell: Cell) -> bool:
    """Whether the words behind a number name the country, and no sum: "nationwide"."""
    return unit.items[cell.at + 1].has("place") or unit.items[cell.at + 1].word in place_words().whole


def national(unit: Unit, cell: Cell) -> bool:
    """Whether a number is said to be that of the country: "the national figure was 859"."""
    ahead = unit.items[cell.low : cell.at]
    return any(item.word in place_words().whole and following.has("total", "event") for item, following in pairwise(ahead))


def parts_follow(found: Found, names: PlaceNames) -> bool:
    """Whether the numbers behind a total are its parts in several places: "7,612 - 7,307 in Quebec, 153 in B.C."."""
    unit, cell = found.unit, found.cell
    if found.kind != "count":
        return False
    codes = set()
    for other in unit.cells:
        if other.low < cell.high or other.compared:
            continue
        where = names.named(unit, other.low, other.high, other.at)
        if where is None or where.code == names.words.counts.default_place:
            break
        codes.add(where.code)
    return len(codes) > 1
