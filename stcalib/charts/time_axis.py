"""How far an axis of time reaches: counts of a time far from all others are told, and not drawn, since they would squeeze the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from stcalib.charts.base import iso, period_text, plural

FAR, FACTOR = 60, 3
"""Months without any count that part one time from another at the least; and so many times what most counts cover."""
SHARE = 3
"""Of so many counts one may lie in another time; more only where the official series covers most and not these."""
NAMED = 3
"""Periods that the note names."""


class _Time(NamedTuple):
    """Months since year 0, from the first to the last, and the rows whose periods lie in them."""

    first: int
    last: int
    rows: tuple[int, ...]

    def apart(self, other: _Time) -> int:
        """The months between this time and another."""
        return max(self.first - other.last, other.first - self.last) - 1


def within_time(stated: pd.DataFrame, official: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The counts of a table with `period_start` and `period_end` that one axis can show, and what the note says of the others.

    Left out are counts that a gap much longer than the time of most counts parts from these, where they are few, or where the
    official series covers most counts and not them.
    """
    series = _times(official)
    times = _parted(_times(stated))
    covered = [time for time in times if any(time.apart(one) < 0 for one in series)]
    most = sorted(covered or times, key=lambda time: -len(time.rows))
    if not most or (len(most) > 1 and len(most[0].rows) == len(most[1].rows)):
        return stated, ""
    main, n = most[0], len(stated)
    far = [time for time in times if time.apart(main) > max(FAR, FACTOR * (main.last - main.first + 1))]
    out = sorted(row for time in far if SHARE * len(time.rows) <= n or (covered and time not in covered) for row in time.rows)
    if not out:
        return stated, ""
    periods = list(dict.fromkeys(period_text(stated["period_start"].iloc[row], stated["period_end"].iloc[row]) for row in out))
    more = f" and {len(periods) - NAMED} more" if len(periods) > NAMED else ""
    words = f" Beyond the axis of time: {plural(len(out), 'count')} ({', '.join(periods[:NAMED])}{more}), in the numbers behind the figure."
    return stated.drop(index=stated.index[out]).reset_index(drop=True), words


def _times(frame: pd.DataFrame) -> list[_Time]:
    days = zip(frame["period_start"], frame["period_end"], strict=True)
    return sorted(_Time(_month(first), _month(last), (row,)) for row, (first, last) in enumerate(days))


def _month(day: object) -> int:
    when = date.fromisoformat(str(iso(day)))
    return 12 * when.year + when.month


def _parted(periods: Sequence[_Time]) -> list[_Time]:
    """Periods in order as times that `FAR` months or more without a count part."""
    times: list[_Time] = []
    for one in periods:
        if times and one.apart(times[-1]) <= FAR:
            before = times.pop()
            one = _Time(before.first, max(before.last, one.last), (*before.rows, *one.rows))
        times.append(one)
    return times
