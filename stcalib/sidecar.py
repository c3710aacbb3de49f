"""`articles.toml`: what the pages lack, kept by hand beside the articles.

One table for each article, named by its file without the ending:

    ["000_ac7b54fc3910197e"]
    outlet = "HuffPost Canada"
    note = "attributed by layout"

Keys: `title`, `outlet`, `url`, `published` (a day), `note`. Any other key is an error that names file and entry.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from stcalib.lexicon import Entry
from stcalib.records import Problem

NAME = "articles.toml"


class Told(Entry):
    """What the sidecar tells of one article."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    note: str | None = None


def read_sidecar(folder: Path, known: set[str]) -> tuple[dict[str, Told], list[Problem]]:
    """The sidecar of a folder by article id, and what is wrong with it: a bad entry does not lose the good ones."""
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
        article_id = name.removesuffix(".txt")
        try:
            entry = TypeAdapter(Told).validate_python(table)
        except ValidationError as error:
            faults = "; ".join(f"{'.'.join(map(str, f['loc'])) or 'entry'}: {f['msg']}" for f in error.errors())
            problems.append(Problem(NAME, f"entry {name!r}: {faults}", f"Allowed keys: {', '.join(Told.model_fields)}"))
            continue
        if article_id in known:
            told[article_id] = entry
        else:
            problems.append(Problem(NAME, f"entry {name!r}: no article of that name in the folder", "Name the file without .txt"))
    return told, problems
