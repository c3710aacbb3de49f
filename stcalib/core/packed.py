"""Values of data classes as JSON and back: what one process hands to another, or keeps on disk, without running anything of it.

Data classes become lists of their fields, days ISO text, bytes base64. The types of the fields lead the way back, so the
text alone says nothing of classes, and a text that does not fit raises `ValueError`.
"""

from __future__ import annotations

import json
import types
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
_Made = Callable[[Any], Any]
_QUICK = 1
"""The level of zlib that costs least."""


def pack(value: object) -> bytes:
    """A value as bytes, the same for the same value."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _QUICK)


def unpack(kind: type[Value], packed: bytes) -> Value:
    """The value of this type. Raises `ValueError` where the bytes are no such value."""
    try:
        found: Value = _way(kind)(json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass")))
    except (zlib.error, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no packed {kind.__name__}: {error}") from error
    return found


def _plain(value: Any) -> Any:
    """What JSON has in the place of a value that it does not know."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} cannot be packed")
    return [getattr(value, name) for name in value.__dataclass_fields__]


def _as_it_is(value: Any) -> Any:
    return value


def _way(kind: Any) -> _Made:
    """How a value of this type is made of plain JSON."""
    return _ways(kind)


@cache
def _ways(kind: Any) -> _Made:
    if get_origin(kind) in (Union, types.UnionType):
        way = _way(next(one for one in get_args(kind) if one is not type(None)))
        return way if way is _as_it_is else lambda value: None if value is None else way(value)
    if get_origin(kind) in (list, tuple):
        return _of_many(get_origin(kind), get_args(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        return _of_class(kind)
    if kind is date:
        return date.fromisoformat
    return b64decode if kind is bytes else _as_it_is


def _of_many(made: Any, kinds: tuple[Any, ...]) -> _Made:
    if made is tuple and Ellipsis not in kinds:
        ways = [_way(kind) for kind in kinds]
        return lambda values: tuple(way(value) for way, value in zip(ways, values, strict=True))
    way = _way(kinds[0])
    return made if way is _as_it_is else lambda values: made(map(way, values))


def _of_class(kind: type) -> _Made:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    changed = [(place, way) for place, name in enumerate(names) if (way := _way(hints[name])) is not _as_it_is]

    def made(values: Any) -> Any:
        if len(values) != len(names):
            raise ValueError(f"{kind.__name__} has {len(names)} fields, not {len(values)}")
        for place, way in changed:
            values[place] = way(values[place])
        return kind(*values)

    return made
