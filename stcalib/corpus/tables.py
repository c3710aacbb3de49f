"""Tables: rows to data frames, data frames checked against their schema, and both to files and back.

The schema of a table is its row type (`stcalib.core.rows`), which `stcalib.core.schema` reads: column order, types, allowed
values, what may be missing. Types are the same in memory and in the files, whatever the rows. A missing value is NaN, NaT or
NA in a data frame and an empty cell in a CSV file.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd

from stcalib.core.errors import TableError, WrongTypeError
from stcalib.core.folder_swap import replaced
from stcalib.core.near import not_known
from stcalib.core.rows import Row, column_names
from stcalib.core.safe_cells import SUSPECT, defused, restored
from stcalib.core.schema import arrow_schema, dtype_of, kind_of
from stcalib.core.table_spec import ROW_TYPES, spec_of
from stcalib.corpus.datapackage import NAME as PACKAGE
from stcalib.corpus.datapackage import Origin, package_of

FRAMES = 'data frames by the names of their tables: corpus.tables(), or {"counts": frame}. A corpus writes itself with corpus.write(out)'
ORDERED = (
    ("start", "end", True, "start lies before end"),
    ("sentence_start", "sentence_end", True, "a sentence begins before it ends"),
    ("low", "high", False, "low is not above high"),
    ("period_start", "period_end", False, "a period does not end before it begins"),
    ("reference_start", "reference_end", False, "a period does not end before it begins"),
    ("published_earliest", "published_latest", False, "the earliest day is not after the latest"),
)
"""Pairs of columns that a table must hold in order: first, last, whether they must differ, and the rule in words."""

def frame_of(row_type: type[Row], rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as a data frame with the columns and types of their row type, in the order given. An empty text that may be missing is."""
    names = column_names(row_type)
    values = list(zip(*map(attrgetter(*names), rows), strict=True)) or [()] * len(names)
    columns: dict[str, list[Any]] = {name: list(column) for name, column in zip(names, values, strict=True)}
    for name in names:
        if kind_of(row_type, name) == (str, True):
            columns[name] = [value or None for value in columns[name]]
    return pd.DataFrame({name: pd.Series(values, dtype=dtype_of(row_type, name)) for name, values in columns.items()}, columns=names)


def own(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame for the caller alone: what is set in it is not set in the one that was given (pandas copies what is written to)."""
    return frame.copy(deep=False)


def check(frame: pd.DataFrame, row_type: type[Row], table: str) -> pd.DataFrame:
    """The frame, if it fits its schema. Raises `TableError` that names table, column, row and what is allowed."""
    import pandera.errors
    import pandera.pandas as pa

    columns = {}
    for field in fields(row_type):
        _, optional = kind_of(row_type, field.name)
        values = field.metadata.get("values") or ()
        checks = [pa.Check.isin(list(values))] if values else []
        columns[field.name] = pa.Column(dtype_of(row_type, field.name), checks, nullable=optional, unique=field.name == spec_of(table).key)
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


def write_tables(
    frames: Mapping[str, pd.DataFrame],
    out: str | Path,
    row_types: Mapping[str, type[Row]] = ROW_TYPES,
    progress: Callable[[Iterable[str]], Iterable[str]] = iter,
    origin: Origin = Origin(),
) -> list[Path]:
    """Writes each table as CSV and Parquet, and `datapackage.json` that describes them; returns the paths.

    `origin` is what the package says of where they come from (`corpus.origin`); `corpus.write(out)` writes all tables of a corpus.
    Everything is written beside its place first and put there when all of it stands, so that a failure, an interruption or
    a killed process leaves the folder as it was. The same tables give the same bytes. `progress` wraps the names of the
    tables as they are written. Raises `TableError` where a table does not fit its schema or the folder cannot be written.
    """
    _check_frames(frames, row_types)
    out = Path(out)
    check_writable(out)
    checked = {table: check(frame, row_types[table], table) for table, frame in frames.items()}
    try:
        with replaced(out, _file_names(row_types)) as staging:
            for table in progress(list(checked)):
                frame = checked[table]
                _write_csv(frame, row_types[table], staging / f"{table}.csv")
                write_parquet(frame, row_types[table], staging / f"{table}.parquet")
            package = package_of(checked, row_types, staging, origin)
            (staging / PACKAGE).write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            names = sorted(file.name for file in staging.iterdir())
    except OSError as error:
        raise TableError(f"{out}: cannot be written ({error.strerror}). Make room, or give another folder with --out") from error
    return [out / name for name in names]


def _check_frames(frames: object, row_types: Mapping[str, type[Row]]) -> None:
    """Raises `WrongTypeError` where these are no frames by the names of tables, `TableError` where there is no such table."""
    if not isinstance(frames, Mapping):
        raise WrongTypeError("frames", frames, FRAMES)
    for name, frame in frames.items():
        if not isinstance(frame, pd.DataFrame):
            raise WrongTypeError(f"frames[{name!r}]", frame, FRAMES)
        if name not in row_types:
            raise TableError(not_known(name, "table", row_types))


def check_writable(out: Path) -> None:
    """Raises `TableError` where it is plain that no tables can be written to the folder `out`."""
    if out.exists() and not out.is_dir():
        raise TableError(f"{out}: cannot be written: it is a file, not a folder. Give another folder with --out")
    if folder := next((name for name in _file_names(ROW_TYPES) if (out / name).is_dir()), None):
        raise TableError(f"{out / folder}: cannot be written: it is a folder, where a table goes. Move it away, or give another folder with --out")


def _file_names(tables: Iterable[str]) -> list[str]:
    return sorted([PACKAGE, *(f"{table}.{ending}" for table in tables for ending in ("csv", "parquet"))])


def write_parquet(frame: pd.DataFrame, row_type: type[Row], path: Path) -> None:
    """Writes a frame with the schema of its row type."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pandas(frame, schema=arrow_schema(row_type), preserve_index=False), path)


def _write_csv(frame: pd.DataFrame, row_type: type[Row], path: Path) -> None:
    text = [name for name in frame.columns if kind_of(row_type, name)[0] is str]
    days = [name for name in frame.columns if kind_of(row_type, name)[0] is date]
    safe = frame.assign(**{name: _defused(frame[name]) for name in text}, **{name: frame[name].dt.date for name in days})
    # a carriage return within a cell ends no row only where the cell is quoted
    torn = any(safe[name].str.contains("\r", regex=False).any() for name in text)
    quoting: Any = csv.QUOTE_NONNUMERIC if torn else csv.QUOTE_MINIMAL
    safe.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", quoting=quoting, float_format=_number)


def _defused(column: pd.Series[str]) -> pd.Series[str]:
    """The texts of a column as cells that no spreadsheet runs."""
    suspect = column.str.startswith(SUSPECT, na=False)
    return column.where(~suspect, column[suspect].map(defused)) if suspect.any() else column


def _number(value: Any) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def read_tables(folder: str | Path, row_types: Mapping[str, type[Row]] = ROW_TYPES) -> dict[str, pd.DataFrame]:
    """The tables that `write_tables` wrote, from the CSV files, exactly as they were.

    Raises `TableError` where the folder is missing or holds none of them, or one does not fit.
    """
    if not Path(folder).is_dir():
        raise TableError(f"{folder}: no such folder. Give the folder that stca build or corpus.write wrote the tables to")
    frames = {}
    for table, row_type in row_types.items():
        path = Path(folder) / f"{table}.csv"
        if not path.is_file():
            continue
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
        if list(raw.columns) != column_names(row_type):
            raise TableError(f"{path}: columns are {', '.join(raw.columns)}; wanted {', '.join(column_names(row_type))}")
        try:
            frames[table] = pd.DataFrame({name: _parsed(raw[name], row_type, name) for name in raw.columns})
        except (ValueError, TypeError) as error:
            raise TableError(f"{path}: {error}") from error
    if not frames:
        raise TableError(f"{folder}: holds no table. Tables are files such as counts.csv, which stca build or corpus.write writes")
    return frames


def _parsed(cells: pd.Series[str], row_type: type[Row], name: str) -> Any:
    kind, optional = kind_of(row_type, name)
    present = cells.where(cells != "") if optional or kind is not str else cells
    if kind is str:
        values: list[Any] = [None if pd.isna(cell) else restored(cell) for cell in present]
    elif kind is date:
        values = [None if pd.isna(cell) else date.fromisoformat(cell) for cell in present]
    else:
        values = [None if pd.isna(cell) else kind(cell) for cell in present]
    return pd.Series(values, index=present.index, dtype=dtype_of(row_type, name))
