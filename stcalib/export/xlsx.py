"""Tables as an Excel workbook: a sheet for each table, one that describes their columns, one that says what Excel cannot hold.

Text is text (no formula, no link, no number), ids are text, days are dates, a header row stays in sight and can be filtered.
Excel holds 32,767 characters in a cell, 1,048,576 rows in a sheet and no day before 1900: a longer text is cut and listed in
the sheet "limits" with its full length, further rows are left out and counted there, an earlier day is written as text.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from typing import Any

import pandas as pd

from stcalib.core.errors import StcalibError, how_to_install
from stcalib.core.row_fields import as_text
from stcalib.core.rows import Row
from stcalib.core.schema import describe, kind_of
from stcalib.core.table_spec import ROW_TYPES, spec_of

MOST_CHARACTERS = 32_767
MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""
FIRST_DAY = date(1900, 3, 1)
"""Excel holds 1900 for a leap year: dates before its 1 March are a day off in some programs, so they are written as text."""
CUT = " […]"
LIMIT_COLUMNS = ("table", "row", "column", "what Excel could not take")
WIDTHS = {date: 11, int: 9, float: 11}
WIDE = frozenset({"text", "title", "reason", "meaning", "definition", "formula", "published_evidence", "problem", "advice", "names"})
MADE = datetime(1980, 1, 1)
"""The moment that stands in the file instead of the clock's, so that the same tables give the same bytes."""


@dataclass
class _Limits:
    """What the workbook could not take as it is."""

    told: list[tuple[str, str, str, str]] = field(default_factory=list)


def workbook_bytes(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """The tables as an .xlsx file. Raises `StcalibError` where XlsxWriter is missing."""
    buffer = io.BytesIO()
    book = _writer().Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": "Tables read from news articles", "created": MADE})
    limits = _Limits()
    style = {"head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}), "day": book.add_format({"num_format": "yyyy-mm-dd"})}
    for table, frame in frames.items():
        _sheet(book.add_worksheet(table), table, frame, style, limits)
    _listing(book.add_worksheet("columns"), _columns(frames), style)
    _listing(book.add_worksheet("limits"), pd.DataFrame(limits.told, columns=list(LIMIT_COLUMNS), dtype="str"), style)
    book.close()
    return buffer.getvalue()


def _writer() -> Any:
    try:
        return import_module("xlsxwriter")
    except ImportError as error:
        raise StcalibError(f"An Excel workbook needs XlsxWriter, which is not installed. Install it with: {how_to_install('export')}") from error


def _sheet(sheet: Any, table: str, frame: pd.DataFrame, style: Mapping[str, Any], limits: _Limits) -> None:
    row_type = ROW_TYPES[table]
    names = list(frame.columns)
    _head(sheet, names, style)
    if len(frame) > MOST_ROWS:
        limits.told.append((table, "", "", f"{len(frame) - MOST_ROWS:,} rows behind row {MOST_ROWS:,} are left out; the CSV file has them"))
        frame = frame.head(MOST_ROWS)
    for number, record in enumerate(frame.to_dict("records"), 1):
        for column, name in enumerate(names):
            if cut := _cell(sheet, number, column, record[name], _kind(row_type, name), style):
                limits.told.append((table, as_text(record.get(spec_of(table).key)) or f"row {number + 1}", name, cut))
    for column, name in enumerate(names):
        sheet.set_column(column, column, 60 if name in WIDE else WIDTHS.get(_kind(row_type, name), 18))
    sheet.autofilter(0, 0, max(len(frame), 1), len(names) - 1)


def _kind(row_type: type[Row], name: str) -> type:
    return kind_of(row_type, name)[0]


def _head(sheet: Any, names: list[str], style: Mapping[str, Any]) -> None:
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, style["head"])
    sheet.freeze_panes(1, 1)


def _cell(sheet: Any, row: int, column: int, value: Any, kind: type, style: Mapping[str, Any]) -> str:
    """Writes a value; gives what of it could not be written as it is."""
    if as_text(value) == "":
        return ""
    if kind is date:
        day = pd.Timestamp(value).date()
        if day >= FIRST_DAY:
            sheet.write_datetime(row, column, datetime(day.year, day.month, day.day), style["day"])
            return ""
        sheet.write_string(row, column, day.isoformat())
        return f"{day}: a day before {FIRST_DAY}, written as text"
    if kind in (int, float):
        sheet.write_number(row, column, float(value))
        return ""
    text, length = str(value), _length(str(value))
    if length > MOST_CHARACTERS:
        sheet.write_string(row, column, _cut(text))
        return f"a text of {length:,} characters, cut"
    sheet.write_string(row, column, text)
    return ""


def _length(text: str) -> int:
    """Characters as Excel counts them, in UTF-16."""
    return len(text) + sum(char > "\uffff" for char in text)


def _cut(text: str) -> str:
    """The beginning of a text that a cell holds, with a mark that it goes on."""
    most = MOST_CHARACTERS - len(CUT)
    kept = text[:most]
    while _length(kept) > most:
        kept = kept[: most - (_length(kept) - len(kept))]
        most -= 1
    return kept + CUT


def _columns(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The descriptions of the columns of all tables."""
    return pd.concat([describe(table) for table in frames], ignore_index=True)


def _listing(sheet: Any, frame: pd.DataFrame, style: Mapping[str, Any]) -> None:
    _head(sheet, list(frame.columns), style)
    for number, record in enumerate(frame.to_dict("records"), 1):
        for column, name in enumerate(frame.columns):
            _cell(sheet, number, column, record[name], str, style)
    for column, name in enumerate(frame.columns):
        sheet.set_column(column, column, 70 if name in WIDE else 40 if column == len(frame.columns) - 1 else 18)
    sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)
