"""Tables: rows to data frames, data frames checked against their schema, and both to files and back.

The schema of a table is its row type (`stcalib.core.rows`): column order, types, allowed values, what may be missing.
In a data frame a missing value is NaN or NaT, and a whole number that may be missing is a float; in the files it is
an empty cell and a whole number.
"""

from __future__ import annotations

import csv
import json
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field, fields
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pandas as pd

from stcalib.core.errors import TableError
from stcalib.core.folder_swap import replaced
from stcalib.core.rows import Row, column_names
from stcalib.core.safe_cells import MARK, defused, restored
from stcalib.core.table_spec import ROW_TYPES

ORDERED = (
    ("start", "end", True, "start lies before end"),
    ("sentence_start", "sentence_end", True, "a sentence begins before it ends"),
    ("low", "high", False, "low is not above high"),
    ("period_start", "period_end", False, "a period does not end before it begins"),
    ("reference_start", "reference_end", False, "a period does not end before it begins"),
    ("published_earliest", "published_latest", False, "the earliest day is not after the latest"),
)
"""Pairs of columns that a table must hold in order: first, last, whether they must differ, and the rule in words."""

_DTYPES = {str: "str", int: "int64", float: "float64", date: "datetime64[s]"}
_TABLE_SCHEMA = {str: "string", int: "integer", float: "number", date: "date"}


def _kind(row_type: type[Row], name: str) -> tuple[type, bool]:
    """The Python type of a column and whether it may be missing."""
    hint = _hints(row_type)[name]
    if get_origin(hint) in (Union, types.UnionType):
        (kind,) = (a for a in get_args(hint) if a is not type(None))
        return kind, True
    return hint, False


@cache
def _hints(row_type: type[Row]) -> dict[str, Any]:
    return get_type_hints(row_type)


def dtype_of(row_type: type[Row], name: str) -> Any:
    """The pandas type of a column; a whole number that may be missing is a float."""
    kind, optional = _kind(row_type, name)
    return "float64" if kind is int and optional else _DTYPES[kind]


def frame_of(row_type: type[Row], rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as a data frame with the columns and types of their row type, in the order given."""
    names = column_names(row_type)
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for row in rows:
        for name in names:
            columns[name].append(getattr(row, name))
    return pd.DataFrame({name: pd.Series(values, dtype=dtype_of(row_type, name)) for name, values in columns.items()}, columns=names)


def check(frame: pd.DataFrame, row_type: type[Row], table: str) -> pd.DataFrame:
    """The frame, if it fits its schema. Raises `TableError` that names table, column, row and what is allowed."""
    import pandera.errors
    import pandera.pandas as pa

    columns = {}
    for field in fields(row_type):
        _, optional = _kind(row_type, field.name)
        values = field.metadata.get("values") or ()
        checks = [pa.Check.isin(list(values))] if values else []
        columns[field.name] = pa.Column(dtype_of(row_type, field.name), checks, nullable=optional, unique=_is_key(field, table))
    rules = [pa.Check(_in_order(first, last, strict), error=said) for first, last, strict, said in ORDERED if {first, last} <= set(columns)]
    try:
        return pa.DataFrameSchema(columns, checks=rules, strict=True, ordered=True).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        raise TableError(f"table {table}: " + "; ".join(_fault(case) for case in error.failure_cases.head(5).to_dict("records"))) from None


def _in_order(first: str, last: str, strict: bool) -> Callable[[pd.DataFrame], pd.Series[bool]]:
    """A rule for two columns: what the first holds lies before the second, or not behind it; a missing end is no fault."""

    def rule(rows: pd.DataFrame) -> pd.Series[bool]:
        fits = rows[first] < rows[last] if strict else rows[first] <= rows[last]
        return (rows[first].isna() | rows[last].isna() | fits).fillna(True).astype(bool)

    return rule


def _fault(case: Mapping[Any, Any]) -> str:
    where = f"row {case['index']}, " if pd.notna(case["index"]) else ""
    return f"{where}column {case['column']}: {case['failure_case']!r} does not meet {case['check']}"


def _is_key(field: Field[Any], table: str) -> bool:
    return field.name == _key_of(table)


def _key_of(table: str) -> str:
    """The column that identifies the rows of a table, where it has one."""
    return f"{table.removesuffix('s')}_id"


def write_tables(
    frames: Mapping[str, pd.DataFrame],
    out: Path,
    row_types: Mapping[str, type[Row]] = ROW_TYPES,
    progress: Callable[[Iterable[str]], Iterable[str]] = iter,
) -> list[Path]:
    """Writes each table as CSV and Parquet, and `datapackage.json` that describes them; returns the paths.

    Everything is written beside its place first and put there when all of it stands, so that a failure, an interruption or
    a killed process leaves the folder as it was. The same tables give the same bytes. `progress` wraps the names of the
    tables as they are written. Raises `TableError` where a table does not fit its schema or the folder cannot be written.
    """
    check_writable(out)
    checked = {table: check(frame, row_types[table], table) for table, frame in frames.items()}
    try:
        with replaced(out, _file_names(row_types)) as staging:
            for table in progress(list(checked)):
                frame = checked[table]
                _write_csv(frame, row_types[table], staging / f"{table}.csv")
                _whole_numbers(frame, row_types[table]).to_parquet(staging / f"{table}.parquet", index=False)
            package = _package(checked, row_types, staging)
            (staging / "datapackage.json").write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            names = sorted(file.name for file in staging.iterdir())
    except OSError as error:
        raise TableError(f"{out}: cannot be written ({error.strerror}). Make room, or give another folder with --out") from error
    return [out / name for name in names]


def check_writable(out: Path) -> None:
    """Raises `TableError` where it is plain that no tables can be written to the folder `out`."""
    if out.exists() and not out.is_dir():
        raise TableError(f"{out}: cannot be written: it is a file, not a folder. Give another folder with --out")
    if folder := next((name for name in _file_names(ROW_TYPES) if (out / name).is_dir()), None):
        raise TableError(f"{out / folder}: cannot be written: it is a folder, where a table goes. Move it away, or give another folder with --out")


def _file_names(tables: Iterable[str]) -> list[str]:
    return sorted(["datapackage.json", *(f"{table}.{ending}" for table in tables for ending in ("csv", "parquet"))])


def _whole_numbers(frame: pd.DataFrame, row_type: type[Row]) -> pd.DataFrame:
    """The frame with whole numbers as such, also where some are missing, and dates as days."""
    changed = {}
    for name in frame.columns:
        kind, optional = _kind(row_type, name)
        if kind is int and optional:
            changed[name] = frame[name].astype("Int64")
        elif kind is date:
            changed[name] = frame[name].dt.date
    return frame.assign(**changed)


def _write_csv(frame: pd.DataFrame, row_type: type[Row], path: Path) -> None:
    text = [name for name in frame.columns if _kind(row_type, name)[0] is str]
    safe = _whole_numbers(frame, row_type)
    safe = safe.assign(**{name: safe[name].map(defused, na_action="ignore") for name in text})
    # a carriage return within a cell ends no row only where the cell is quoted
    torn = any("\r" in cell for name in text for cell in safe[name].dropna())
    quoting: Any = csv.QUOTE_NONNUMERIC if torn else csv.QUOTE_MINIMAL
    safe.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", quoting=quoting, float_format=_number)


def _number(value: Any) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def read_tables(folder: Path, row_types: Mapping[str, type[Row]] = ROW_TYPES) -> dict[str, pd.DataFrame]:
    """The tables that `write_tables` wrote, from the CSV files. Raises `TableError` where one does not fit."""
    frames = {}
    for table, row_type in row_types.items():
        path = folder / f"{table}.csv"
        if not path.is_file():
            continue
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
        if list(raw.columns) != column_names(row_type):
            raise TableError(f"{path}: columns are {', '.join(raw.columns)}; wanted {', '.join(column_names(row_type))}")
        try:
            frames[table] = pd.DataFrame({name: _parsed(raw[name], row_type, name) for name in raw.columns})
        except (ValueError, TypeError) as error:
            raise TableError(f"{path}: {error}") from error
    return frames


def _parsed(cells: pd.Series[str], row_type: type[Row], name: str) -> pd.Series[Any]:
    kind, _ = _kind(row_type, name)
    present = cells.where(cells != "")
    if kind is str:
        return present.map(restored, na_action="ignore").astype("str")
    if kind is date:
        return pd.Series([None if pd.isna(day) else date.fromisoformat(day) for day in present], index=present.index, dtype=_DTYPES[date])
    return pd.to_numeric(present).astype(dtype_of(row_type, name))


def _package(frames: Mapping[str, pd.DataFrame], row_types: Mapping[str, type[Row]], folder: Path) -> dict[str, Any]:
    """The Frictionless data package of the tables."""
    return {
        "profile": "data-package",
        "name": "stcalib-tables",
        "title": "Counts, quotes and positions read from news articles",
        "description": "Offsets count Unicode characters in the text of the article as decoded; end is exclusive. "
        f"In the CSV files a text that a spreadsheet would run as a formula is preceded by {MARK!r}, and so is one that begins with two of them.",
        "resources": [
            resource
            for table in frames
            for resource in (_resource(table, row_types[table], folder, "csv"), _resource(table, row_types[table], folder, "parquet"))
        ],
    }


def _resource(table: str, row_type: type[Row], folder: Path, ending: str) -> dict[str, Any]:
    content = (folder / f"{table}.{ending}").read_bytes()
    names = column_names(row_type)
    schema: dict[str, Any] = {"fields": [_field(row_type, field, table) for field in fields(row_type)], "missingValues": [""]}
    key = _key_of(table)
    if key in names:
        schema["primaryKey"] = [key]
    if "article_id" in names and table != "articles":
        schema["foreignKeys"] = [{"fields": ["article_id"], "reference": {"resource": "articles", "fields": ["article_id"]}}]
    return {
        "name": table if ending == "csv" else f"{table}-{ending}",
        "path": f"{table}.{ending}",
        "format": ending,
        "mediatype": "text/csv" if ending == "csv" else "application/vnd.apache.parquet",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        **({"profile": "tabular-data-resource"} if ending == "csv" else {}),
        "schema": schema,
    }


def _field(row_type: type[Row], field: Field[Any], table: str) -> dict[str, Any]:
    kind, optional = _kind(row_type, field.name)
    unit = field.metadata.get("unit")
    constraints: dict[str, Any] = {"required": True} if not optional else {}
    if field.metadata.get("values"):
        constraints["enum"] = list(field.metadata["values"])
    if _is_key(field, table):
        constraints["unique"] = True
    return {
        "name": field.name,
        "type": _TABLE_SCHEMA[kind],
        "description": field.metadata["meaning"] + (f" ({unit})" if unit else ""),
        **({"constraints": constraints} if constraints else {}),
    }
