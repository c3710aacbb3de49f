"""The whole of which a count is some: "41,000 of the 380,000 cars", "including 41,000 lorries", "380,000: 339,000 cars and 41,000 lorries"."""

from __future__ import annotations

from collections.abc import Sequence

from stcalib.counts.candidate import Found
from stcalib.language.word_sets import word_set

_BEFORE = 2
"""Items right before a number among which "including" stands."""


def whole_of(found: Found, told: Sequence[Found]) -> Found | None:
    """The count of which a count is a part, by its own words (`base`) or by those between it and the others `told` in its sentence."""
    if found.base is not None or found.kind != "count" or found.value is None:
        return found.base
    alike = [one for one in told if one is not found and one.kind == "count" and one.measure == found.measure and one.per == found.per]
    alike = [one for one in alike if (one.value or 0) > found.value and not one.cell.compared]
    at = next((i for i, one in enumerate(told) if one is found), 0)
    return next((one for one in alike if _is_out_of(found, one) or _is_included(found, one) or _adds_up(found, one, told, at)), None)


def _is_out_of(found: Found, whole: Found) -> bool:
    """ "N of the M": the whole right behind its part."""
    opening = whole.cell.opening
    return whole.cell.low == found.cell.high and opening is not None and opening.word in word_set("counts.of")


def _is_included(found: Found, whole: Found) -> bool:
    """ "M, including N": a part behind its whole."""
    items, at = found.unit.items, found.cell.at
    return whole.cell.at < at and any(item.word in word_set("counts.including") for item in items[max(0, at - _BEFORE) : at])


def _adds_up(found: Found, whole: Found, told: Sequence[Found], at: int) -> bool:
    """Whether the counts behind a whole, or those before it, add it up exactly, and this is one of them."""
    here = next(i for i, one in enumerate(told) if one is whole)
    parts = told[here + 1 :] if here < at else told[:here]
    summed = [one.value for one in parts if one.kind == "count" and not one.cell.compared and one.measure == found.measure]
    return len(summed) > 1 and sum(value or 0 for value in summed) == whole.value
