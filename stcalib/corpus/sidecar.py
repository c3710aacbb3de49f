"""`articles.toml`: what the pages lack, kept by hand beside the articles.

One table for each article, named by its file without the ending:

    [my-article]
    outlet = "HuffPost Canada"
    note = "attributed by layout"

Keys: `title`, `outlet`, `author`, `dateline`, `published` (a day), `url`, `section`, `language`, `note`, `keep` (true: the
article belongs to the issue, whatever it looks like); and of articles that `stca import` brought `source` (the file they
come from), `place` (their number in it), `duplicate_of` (the article that says the same) and `digest` (of the text as it
was imported). An article in a folder below is named with it: `["2018/my-article"]`. Any other key or value is told with
file and entry, and that entry alone is not used.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ValidationError
from pydantic_core import ErrorDetails

from stcalib.core.rows import Problem
from stcalib.core.toml_models import Entry
from stcalib.text.metadata import FIRST_YEAR, LAST_YEAR

NAME = "articles.toml"


def _day(value: object) -> date:
    """A day of TOML, or a text that holds one. Raises `ValueError` that says what is allowed."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
    else:
        try:
            day = date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise ValueError(f"{value!r} is no day; write it as 2018-05-01") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day}: nothing was published then; a day lies in the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


class Told(Entry):
    """What the sidecar tells of one article."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    dateline: str | None = None
    published: Annotated[date, BeforeValidator(_day)] | None = None
    url: str | None = None
    section: str | None = None
    language: str | None = None
    source: str | None = None
    place: int | None = None
    duplicate_of: str | None = None
    digest: str | None = None
    note: str | None = None
    keep: bool = False


def read_sidecar(folder: Path, known: set[str]) -> tuple[dict[str, Told], list[Problem]]:
    """The sidecar of a folder by article id, and what is wrong with it: a bad entry does not lose the good ones.

    An imported story whose text was deleted keeps its entry, so that it is not imported again; that is no problem.
    """
    file = folder / NAME
    if not file.is_file():
        return {}, []
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, [Problem(NAME, f"not valid TOML: {error}", "Mend the line; the articles were read without the file")]
    told: dict[str, Told] = {}
    problems = []
    for name, table in tables.items():
        article_id = name if name in known else name.removesuffix(".txt")
        try:
            entry = Told.model_validate(table)
        except ValidationError as error:
            faults = "; ".join(map(fault_of, error.errors()))
            problems.append(Problem(NAME, f"entry {name!r}: {faults}", f"Allowed keys: {', '.join(Told.model_fields)}"))
            continue
        if article_id in known:
            told[article_id] = entry
        elif entry.digest is None:
            problems.append(Problem(NAME, f"entry {name!r}: no article of that name was read from the folder", "Name it as its file, without .txt"))
    return told, problems


def fault_of(fault: ErrorDetails) -> str:
    """One fault of an entry in words."""
    key = ".".join(map(str, fault["loc"][:1]))
    if fault["type"] == "extra_forbidden":
        return f"{key} is no key"
    if fault["type"] == "value_error":
        return f"{key}: {fault['ctx']['error']}"
    if not key:
        return "is not a table: begin it with a line [name of the article]"
    kind = "a whole number" if fault["type"].startswith("int") else "a text in quotation marks"
    if fault["type"] == "tuple_type":
        kind = 'a list, as in ["one", "two"]'
    elif fault["type"] == "literal_error":
        kind = f"one of {fault['ctx']['expected']}"
    wanted = "true or false" if key == "keep" else kind
    return f"{key}: {fault['input']!r:.60} is not {wanted}"
