"""The values that a number with its comparator allows."""

from __future__ import annotations

from stcalib.numbers.numerals import step_of

Ends = tuple[float | None, float | None]
MOST_OF_A_WHOLE = 100.0
"""Per cent that a part of something can have; a larger one is printed of something that is no part of it."""


def interval(value: float | None, bound: str, step: float, least: float | None = None, *, whole: bool = True) -> Ends:
    """The values that a number with its comparator allows.

    "about" and "nearly" reach half a unit of the last digit that counts: "about 31,000" is 30,500 to 31,500 and
    "nearly 900" is 850 to 899, "nearly 5" is 4. A `whole` number (people) leaves out the bare number for "more than" and "less
    than"; per cent and multiples keep it, being seldom exact.
    """
    if value is None:
        return least, None
    gap = 1.0 if whole else 0.0
    reach = step / 2
    below = max(0.0, value - gap)
    return {
        "more_than": (value + gap, None),
        "at_least": (value, None),
        "about": (max(0.0, value - reach), value + reach),
        "nearly": (min(max(0.0, value - reach), below), below),
        "less_than": (0.0, below),
        "at_most": (0.0, value),
    }.get(bound, (value, value))


def interval_of(kind: str, value: float | None, bound: str) -> Ends:
    """The values that a row of the table of counts allows, by its kind, value and bound; both ends open without a value.

    The last digit that counts is read off the value: 31,000 counts in thousands, 91.5 in tenths.
    """
    if value is None or bound == "vague":
        return None, None
    size = abs(value)
    low, high = interval(size, bound, _step(size), whole=kind in ("count", "difference"))
    if kind == "share":
        high = share_end(low, high)
    return (low, high) if value >= 0 else (None if high is None else -high, None if low is None else -low)


def share_end(low: float | None, high: float | None) -> float | None:
    """The greatest per cent that a share can have: the whole, unless even its `low` end is more than that."""
    if low is not None and low > MOST_OF_A_WHOLE:
        return high
    return MOST_OF_A_WHOLE if high is None else min(high, MOST_OF_A_WHOLE)


def _step(size: float) -> float:
    decimals = f"{size:.4f}".rstrip("0").partition(".")[2]
    return 10.0 ** -len(decimals) if decimals else step_of(f"{size:.0f}")
