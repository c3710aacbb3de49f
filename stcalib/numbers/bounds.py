"""The values that a number with its comparator allows."""

from __future__ import annotations

from stcalib.numbers.numerals import step_of

Ends = tuple[float | None, float | None]


def interval(value: float | None, bound: str, step: float, least: float | None = None, *, whole: bool = True) -> Ends:
    """The values that a number with its comparator allows.

    "about" and "nearly" reach half a unit of the last digit that counts: "about 31,000" is 30,500 to 31,500 and
    "nearly 900" is 850 to 899. A `whole` number (people) leaves out the bare number for "more than" and "less
    than"; per cent and multiples keep it, being seldom exact.
    """
    if value is None:
        return least, None
    gap = 1.0 if whole else 0.0
    reach = step / 2
    return {
        "more_than": (value + gap, None),
        "at_least": (value, None),
        "about": (max(0.0, value - reach), value + reach),
        "nearly": (max(0.0, min(value - reach, value - gap)), max(0.0, value - gap)),
        "less_than": (0.0, max(0.0, value - gap)),
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
        high = 100.0 if high is None else min(high, 100.0)
        low = None if low is None else min(low, high)
    return (low, high) if value >= 0 else (None if high is None else -high, None if low is None else -low)


def _step(size: float) -> float:
    decimals = f"{size:.4f}".rstrip("0").partition(".")[2]
    return 10.0 ** -len(decimals) if decimals else step_of(f"{size:.0f}")
