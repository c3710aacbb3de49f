"""TOML files as validated models: an error names file, entry, value and what is allowed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from stcalib.core.errors import LexiconError

PLAIN = {"Input should be": "must be", "Field required": "is missing", "String should": "the text should", "Input should": "it should"}
"""What the validation says, and how it is said to a user."""
UNCLOSED_SIGN, UNCLOSED = "Illegal character", ". Is a quotation mark or bracket in that line left open?"
COLOUR = r"^#[0-9A-Fa-f]{6}$"
"""How a TOML file writes a colour."""


class Entry(BaseModel):
    """A table of a TOML file: its keys are its fields, an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)


def read_toml(file: Path | Traversable, model: type[Model], *, whole: bool = True) -> Model:
    """The TOML file as `model`. Raises `LexiconError` that names the file, the entry and what is allowed.

    One that is not `whole` may lack keys, or be no file at all: what it lacks is empty.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8")) if whole or file.is_file() else {}
    except FileNotFoundError as error:
        raise LexiconError(f"{file.name}: there is no such file at {file}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        hint = UNCLOSED if UNCLOSED_SIGN in str(error) else ""
        raise LexiconError(f"{file.name}: not valid TOML: {error}{hint}") from error
    try:
        return model.model_validate(data if whole else {**_emptied(model), **data})
    except ValidationError as error:
        raise LexiconError(f"{file.name}: " + "; ".join(_fault(fault, data, model) for fault in error.errors())) from error


def _emptied(model: type[BaseModel]) -> dict[str, object]:
    """The required keys of a model, each empty."""
    return {name: _nothing(field.annotation) for name, field in model.model_fields.items() if field.is_required()}


def _nothing(kind: object) -> object:
    """What is empty in an annotation: no words, no table, no text."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _emptied(kind)
    return {} if get_origin(kind) is dict else "" if kind is str else ()


def _fault(fault: ErrorDetails, data: object, model: type[BaseModel]) -> str:
    entry = _entry(fault["loc"], data)
    where = f"entry {entry or '(top level)'}"
    if fault["type"] == "extra_forbidden":
        keys = _keys(model, fault["loc"])
        near = get_close_matches(str(fault["loc"][-1]), keys, n=1)
        return f"{where}: no such key.{f' Did you mean {near[0]}?' if near else ''} Allowed are {', '.join(keys)}"
    if fault["type"] == "value_error":
        return f"{where}: {fault['ctx']['error']}" if entry else str(fault["ctx"]["error"])
    found = "" if fault["type"] == "missing" else f" (found {fault['input']!r:.60})"
    return f"{where}: {_in_plain_words(fault['msg'])}{found}"


def _in_plain_words(message: str) -> str:
    """A message of the validation as a person would say it: "Input should be 'he' or 'she'" as "must be 'he' or 'she'"."""
    for said, plain in PLAIN.items():
        message = message.replace(said, plain)
    return message


def _keys(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The keys that the entry at `location` may have."""
    for part in location[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_models(model.model_fields[part].annotation), model)
    return [field.alias or name for name, field in model.model_fields.items()]


def _models(kind: object) -> Iterator[type[BaseModel]]:
    """The models in an annotation: `Person` in `tuple[Person, ...] | None`."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for inner in get_args(kind):
        yield from _models(inner)


def _entry(location: tuple[int | str, ...], data: object) -> str:
    """Where a fault is, the entries of a list counted from one, with the name each bears: "person 4 (Ada Roe), terms 1, source"."""
    parts: list[str] = []
    for part in location:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list):
            data = data[part] if isinstance(part, int) and part < len(data) else None
        name = next((data[key] for key in ("name", "id", "code") if key in data), None) if isinstance(data, dict) else None
        if isinstance(part, int) and parts:
            parts[-1] += f" {part + 1}" + (f" ({name})" if name is not None else "")
        else:
            parts.append(str(part))
    return ", ".join(parts)


def members(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """The fields of a model that are models themselves: one TOML file each."""
    kinds = {name: field.annotation for name, field in model.model_fields.items()}
    return {name: kind for name, kind in kinds.items() if isinstance(kind, type) and issubclass(kind, BaseModel)}
