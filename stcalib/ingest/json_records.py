"""JSON to records: a list of them, one a line, one under a key, or columns with the values of each record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stcalib.ingest.columns import guessed
from stcalib.ingest.label_files import load_labels
from stcalib.ingest.story import Declined

DEEPEST = 4
"""Levels at which a list of articles is looked for."""
Record = dict[str, Any]


def json_records(text: str) -> list[Record]:
    """The records of JSON, each with the values that it wraps. Raises `Declined` where there are none."""
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        value = list(_lines(text))
    found = _records(value)
    if not found:
        raise Declined("no articles in this JSON", "A list of objects with keys such as title, published and text is wanted")
    return [_flat(record) for record in found]


def _lines(text: str) -> Iterator[Any]:
    for line in text.split("\n"):
        if line.strip().rstrip(","):
            try:
                yield json.loads(line.strip().rstrip(","), strict=False)
            except (ValueError, RecursionError):
                continue


def _records(value: Any, depth: int = 0) -> list[Record]:
    if isinstance(value, list):
        return [entry for entry in value if isinstance(entry, dict)] or _of_rows(value)
    if not isinstance(value, dict) or depth > DEEPEST:
        return []
    if columns := _of_columns(value):
        return columns
    for key in load_labels("columns")["list"]["keys"]:
        if isinstance(value.get(key), (list, dict)) and (found := _records(value[key], depth + 1)):
            return found
    mapped = guessed(value)
    if "text" in mapped or len(mapped) >= 3:
        return [value]
    inner = list(value.values())
    if inner and all(isinstance(entry, dict) for entry in inner):
        return [entry for entry in inner if isinstance(entry, dict)]
    lists = (_records(entry, depth + 1) for entry in inner if isinstance(entry, list))
    return next((found for found in lists if found and "text" in guessed(found[0])), [])


def _of_columns(value: Mapping[str, Any]) -> list[Record]:
    """The records of columns that hold the values of each: `{"title": ["a", "b"], "text": […]}`, the same by row number, or
    `{"columns": […], "data": [[…]]}`."""
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        return _of_rows([value["columns"], *value["data"]])
    mapped = guessed(value)
    if "text" not in mapped or len(mapped) < 2:
        return []
    columns = list(value.values())
    if all(isinstance(column, dict) for column in columns) and all(list(column) == list(columns[0]) for column in columns):
        return [{name: column[key] for name, column in value.items()} for key in columns[0] if _is_row_number(columns[0])]
    is_table = all(isinstance(column, list) and len(column) == len(columns[0]) for column in columns)
    return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)] if is_table else []


def _is_row_number(column: Mapping[str, Any]) -> bool:
    return all(str(key).isdigit() for key in column)


def _of_rows(rows: Sequence[Any]) -> list[Record]:
    """The records of rows of which the first names the columns."""
    if len(rows) < 2 or not all(isinstance(row, list) for row in rows) or "text" not in guessed(str(name) for name in rows[0]):
        return []
    return [dict(zip(map(str, rows[0]), row, strict=False)) for row in rows[1:]]


def _flat(record: Record) -> Record:
    """A record with the values that it wraps: `{"_source": {…}}`, `{"title": {"rendered": …}}`."""
    for key in load_labels("columns")["list"]["inner"]:
        if isinstance(record.get(key), dict) and not guessed(record).get("text"):
            record = {**{name: value for name, value in record.items() if name != key}, **record[key]}
    return {str(name): value.get("rendered", value) if isinstance(value, dict) else value for name, value in record.items()}
