"""Codebooks: what makes the package about one issue.

A codebook is a folder of TOML files, each of which may be missing: `actors.toml` (persons, parties, bodies and
dated offices), `counts.toml` (measures and places), `propositions.toml` (what actors take a stance on). Entries
are validated; a bad one is a `LexiconError` that names file and entry.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import Field

from stcalib.lexicon import Entry, members, read_toml
from stcalib.propositions import Propositions
from stcalib.records import LexiconError


class Span(Entry):
    """A stretch of time; an open end is left out. Both days are included."""

    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")

    def holds_on(self, day: date) -> bool:
        """Whether the stretch includes the day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, earliest: date | None, latest: date | None) -> bool:
        """Whether any day of the interval, open where an end is None, is included."""
        return (self.first is None or latest is None or self.first <= latest) and (
            self.last is None or earliest is None or earliest <= self.last
        )


class Party(Entry):
    """A party: its code, its names, and the colour in which charts show it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    jurisdiction: str
    colour: str


class Office(Entry):
    """An office that persons hold in turn, with the titles by which it is called."""

    id: str
    titles: tuple[str, ...]
    body: str
    jurisdiction: str


class Body(Entry):
    """A government, agency, court or organization."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: Literal["government", "agency", "organization", "legislature", "court", "media"]
    organization: str | None = None
    governed_by: tuple[Membership, ...] = ()


class Membership(Span):
    """Membership of a party for a time."""

    party: str


class Term(Span):
    """An office held for a time, and where that is recorded."""

    office: str
    source: str


class Person(Entry):
    """A person: names, parties and offices, each for its time."""

    name: str
    aliases: tuple[str, ...] = ()
    pronoun: Literal["he", "she", "they"] | None = None
    parties: tuple[Membership, ...] = ()
    terms: tuple[Term, ...] = ()


class Actors(Entry):
    """`actors.toml`."""

    source: str = ""
    party: tuple[Party, ...] = ()
    office: tuple[Office, ...] = ()
    body: tuple[Body, ...] = ()
    person: tuple[Person, ...] = ()


class Codebook(Entry):
    """The files of one codebook."""

    name: str
    actors: Actors = Actors()
    propositions: Propositions = Propositions()

    def __hash__(self) -> int:
        return hash(self.name)


Body.model_rebuild()
EMPTY = Codebook(name="empty")
"""A codebook that knows nobody and nothing: extraction runs on the language alone."""


@cache
def load_codebook(name: str | Path = "stca") -> Codebook:
    """The codebook in a folder, or one of the package's by its name.

    Raises `LexiconError` where there is no such folder, it holds none of the files, or an entry is bad.
    """
    folder = _folder(name)
    found = {
        field: read_toml(folder / f"{field}.toml", model)
        for field, model in members(Codebook).items()
        if (folder / f"{field}.toml").is_file()
    }
    if not found:
        wanted = ", ".join(f"{field}.toml" for field in members(Codebook))
        raise LexiconError(f"{folder}: no codebook. It needs at least one of {wanted}")
    return Codebook.model_validate({"name": folder.name, **found})


def _folder(name: str | Path) -> Path | Traversable:
    if isinstance(name, str) and (shipped := files("stcalib") / "codebooks" / name).is_dir():
        return shipped
    folder = Path(name)
    if not folder.is_dir():
        known = ", ".join(sorted(entry.name for entry in (files("stcalib") / "codebooks").iterdir() if entry.is_dir()))
        raise LexiconError(f"{name}: no such codebook. Give a folder, or one of the package's: {known}")
    return folder
