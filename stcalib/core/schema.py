"""The schema of each table, read off its row type: the type of every column in memory, in Parquet and in a data package.

| in the row type | data frame | Parquet (Arrow) | data package |
| --- | --- | --- | --- |
| `str` | `str` | `string` | `string` |
| `int` | `int64`, `Int64` where it may be missing | `int64` | `integer` |
| `float` | `float64` | `double` | `number` |
| `date` | `datetime64[s]` | `date32` | `date` |

Rows have no say in it: an empty table has the schema of a full one.
"""

from __future__ import annotations

import types
from dataclasses import Field, fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from stcalib.core.errors import TableError
from stcalib.core.near import not_known
from stcalib.core.rows import Row
from stcalib.core.table_spec import TABLES

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_DTYPES = {str: "str", int: "int64", float: "float64", date: "datetime64[s]"}
_ARROW = {str: "string", int: "int64", float: "double", date: "date32"}
PACKAGE_TYPES = {str: "string", int: "integer", float: "number", date: "date"}
"""The types of a data package (Frictionless Table Schema)."""


def kind_of(row_type: type[Row], name: str) -> tuple[type, bool]:
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
    """The pandas type of a column."""
    kind, optional = kind_of(row_type, name)
    return "Int64" if kind is int and optional else _DTYPES[kind]


def arrow_schema(row_type: type[Row]) -> pa.Schema:
    """The Arrow schema of a table; each field says what it means and in which unit."""
    import pyarrow as pa

    return pa.schema([_arrow_field(row_type, field) for field in fields(row_type)])


def _arrow_field(row_type: type[Row], field: Field[Any]) -> pa.Field:
    import pyarrow as pa

    kind, optional = kind_of(row_type, field.name)
    told = {name: field.metadata[name] for name in ("meaning", "unit") if field.metadata.get(name)}
    return pa.field(field.name, pa.type_for_alias(_ARROW[kind]), nullable=optional, metadata=told)


def describe(table: str | None = None) -> pd.DataFrame:
    """What the columns of a table hold, a row for each in their order; of all tables where none is named.

    Gives a frame of `table`, `column`, `type` (that of the data frame), `unit`, `meaning`, `allowed` (the values that it can
    take, parted by semicolons; empty where any will do), `required` (whether it is never empty) and `refers_to` (the table
    whose rows its ids name). Raises `TableError` where there is no such table.
    """
    import pandas as pd

    if table is None:
        return pd.concat([describe(name) for name in TABLES], ignore_index=True)
    if table not in TABLES:
        raise TableError(not_known(table, "table", TABLES))
    row_type, named = TABLES[table].row_type, dict(TABLES[table].references)
    records = []
    for field in fields(row_type):
        about = field.metadata
        about_it = {"unit": about["unit"] or None, "meaning": about["meaning"], "allowed": "; ".join(about["values"]) or None}
        required = not kind_of(row_type, field.name)[1]
        told = {"table": table, "column": field.name, "type": dtype_of(row_type, field.name), **about_it}
        records.append({**told, "required": required, "refers_to": named.get(field.name)})
    text = dict.fromkeys(("table", "column", "type", "unit", "meaning", "allowed", "refers_to"), "str")
    return pd.DataFrame(records).astype({**text, "required": "bool"})
