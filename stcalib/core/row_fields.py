"""The fields of a row as text, and which columns belong together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

import pandas as pd

from stcalib.core.rows import REVIEWED, Row, column_names
from stcalib.core.table_spec import TABLES


def table_of(columns: Iterable[str]) -> str:
    """The name of the table that has these columns; "rows" where it is none of the package's."""
    have = set(columns)
    owned = next((table for table in reversed(REVIEWED) if id_column(table) in have), None)
    return owned or ("skipped" if {"table", "reason"} <= have else "rows")


def id_column(table: str) -> str:
    """The column that identifies the rows of a table."""
    return column_names(TABLES[table].row_type)[0]


def records_of(frame: pd.DataFrame, columns: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """The rows as `DataFrame.to_dict("records")` gives them, of these columns; in a third of its time, since a column becomes objects at once."""
    names = [str(name) for name in (frame.columns if columns is None else columns)]
    cells = [[None if cell is pd.NA else cell for cell in frame[name].astype(object).tolist()] for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def as_text(value: object) -> str:
    """A value as a reader sees it: "" for an unknown, whole numbers without a point, days in ISO form."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.time().min else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def days_in_words(first: str, last: str) -> str:
    """An interval of days in ISO form in words, either end "" where it is not known: "between A and B", "not before A"."""
    if first == last:
        return first
    if first and last:
        return f"between {first} and {last}"
    return f"not before {first}" if first else f"not after {last}"


@cache
def part_names_among(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Columns with offsets of their own: `speaker` has `speaker_start` and `speaker_end`."""
    have = set(columns)
    return tuple(name for name in columns if {f"{name}_start", f"{name}_end"} <= have)


def part_names(row_type: type[Row]) -> tuple[str, ...]:
    """The columns of a row type that have offsets of their own."""
    return part_names_among(tuple(column_names(row_type)))
