"""Rows of a frame as mappings."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib.core.row_fields import as_text, records_of

COLUMNS: dict[str, tuple[str, st.SearchStrategy[Any]]] = {
    "text": ("str", st.none() | st.text(max_size=5)),
    "whole": ("Int64", st.none() | st.integers(-5, 5)),
    "number": ("float64", st.none() | st.floats(-1, 1)),
    "day": ("datetime64[s]", st.none() | st.dates().filter(lambda day: 1700 < day.year < 2200)),
    "sure": ("int64", st.integers(-5, 5)),
}


@given(st.lists(st.fixed_dictionaries({name: values for name, (_, values) in COLUMNS.items()}), max_size=6))
def test_records_are_those_of_pandas(rows: list[dict[str, Any]]) -> None:
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=dtype) for name, (dtype, _) in COLUMNS.items()})
    records, wanted = records_of(frame), frame.to_dict("records")
    assert [[(as_text(value), type(value)) for value in row.values()] for row in records] == [
        [(as_text(value), type(value)) for value in row.values()] for row in wanted
    ]
    assert [list(row) for row in records_of(frame, ["day", "text"])] == [["day", "text"]] * len(rows)


@pytest.mark.parametrize("columns", [None, []])
def test_a_frame_without_rows_has_no_records(columns: list[str] | None) -> None:
    assert records_of(pd.DataFrame({"a": []}), columns) == []
