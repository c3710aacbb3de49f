"""Parts of a count, told from totals: a number that is some of another one is no total of its place and period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

WHOLES = ("count", "share")


def is_part(row: Mapping[str, Any], base: Mapping[str, Any] | None) -> bool:
    """Whether a row of the table of counts is some of its `base` that no place sets apart, such as "40 of them were children"."""
    return row.get("kind") in WHOLES and base is not None and base.get("kind") in WHOLES and base.get("place") == row.get("place")


def parts(counts: pd.DataFrame) -> pd.Series[bool]:
    """Which counts are no totals: parts of another one, of its place and period, and those of one nationality.

    A part that a period of its own sets apart ("of the year's 900, 120 came in May") is the total of that period.
    """
    if not {"count_id", "base_id", "nationality", "place"} <= set(counts.columns):
        return pd.Series(False, index=counts.index, dtype="bool")
    rows = [{str(key): value for key, value in row.items()} for row in counts.to_dict("records")]
    records = {str(row["count_id"]): row for row in rows}
    found = []
    for row in rows:
        base = records.get(str(row["base_id"]))
        of_base = is_part(row, base) and base is not None and all(_same(row[name], base[name]) for name in ("period_start", "period_end"))
        found.append(of_base or bool(pd.notna(row["nationality"])))
    return pd.Series(found, index=counts.index, dtype="bool")


def _same(one: Any, other: Any) -> bool:
    return one == other or bool(pd.isna(one) and pd.isna(other))
