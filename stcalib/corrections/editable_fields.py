"""The fields of a row that a reviewer may set, and the values they may take, read off the row types."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints

from stcalib.core.errors import TableError
from stcalib.core.row_fields import part_names
from stcalib.core.rows import REVIEWED
from stcalib.core.table_spec import ROW_TYPES

GIVEN = frozenset({"article_id", "actor_id", "start", "end", "text", "status", "sentence_start", "sentence_end", "score", "read_by", "accepted_by"})
"""Fields that the row's place, its reading and its review give; the first field of a row, its id, is given too."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class EditableField:
    """A field that a reviewer may set: what it means, what it takes, and whether it may be left empty."""

    name: str
    type: type
    optional: bool
    values: tuple[str, ...]
    meaning: str
    unit: str

    def read(self, text: str) -> Any:
        """The value that `text` stands for; None for an empty one. Raises `ValueError` that says what is allowed."""
        text = text.strip()
        if not text:
            if self.optional:
                return None
            raise ValueError(f"{self.name} may not be empty" + (f": one of {', '.join(self.values)}" if self.values else ""))
        if self.values and text not in self.values:
            raise ValueError(f"{self.name}: {text!r} is none of {', '.join(self.values)}")
        return _READERS[self.type](self.name, text)


@cache
def editable_fields(table: str) -> Mapping[str, EditableField]:
    """The fields of a table that a reviewer may set, in the order of its columns. Raises `TableError` for another table."""
    if table not in REVIEWED:
        raise TableError(f"{table!r}: not a table that is reviewed. There are {', '.join(REVIEWED)}")
    row_type = ROW_TYPES[table]
    hints = get_type_hints(row_type)
    offsets = {f"{part}_{end}" for part in part_names(row_type) for end in ("start", "end")}
    found = {}
    for index, f in enumerate(fields(row_type)):
        if index == 0 or f.name in GIVEN or f.name in offsets or f.name.endswith("_basis"):
            continue
        kinds = [kind for kind in get_args(hints[f.name]) or (hints[f.name],) if kind is not type(None)]
        optional = len(get_args(hints[f.name])) > len(kinds) or f.default is not MISSING
        if len(kinds) == 1 and kinds[0] in _READERS:
            about = f.metadata
            found[f.name] = EditableField(f.name, kinds[0], optional, tuple(about["values"]), about["meaning"], about["unit"])
    return found


def _day(name: str, text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(f"{name}: {text!r} is no day. Write it as 2018-05-01")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{name}: {text!r} is no day of the calendar") from error


def _number(name: str, text: str) -> float:
    try:
        value = float(text.replace(",", "").replace("\u2212", "-"))
    except ValueError as error:
        raise ValueError(f"{name}: {text!r} is no number. Write it in digits, as 20000 or 34.5") from error
    if not math.isfinite(value):
        raise ValueError(f"{name}: {text!r} is no finite number")
    return value


def _integer(name: str, text: str) -> int:
    value = _number(name, text)
    if not value.is_integer():
        raise ValueError(f"{name}: {text!r} is no whole number")
    return int(value)


def _truth(name: str, text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(f"{name}: {text!r} is neither true nor false")
    return text.lower() == "true"


_READERS: Mapping[type, Any] = {str: lambda _, text: text, float: _number, int: _integer, bool: _truth, date: _day}
