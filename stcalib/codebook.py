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

from pydantic import Field, model_validator

from stcalib.lexicon import Entry, members, read_toml
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


class Measure(Entry):
    """Something that is counted: its nouns, and the words of the action by which a sentence is about it.

    `actions` decide by themselves; those in `with_agent` only where one of the `agents` stands in the sentence
    ("police stopped", not "the bus stopped"). `people` are nouns for those who are counted under this measure.
    With `of_part` its action decides for a part of a count, too: "of the 884 stopped, 19 were turned back".
    """

    id: str
    title: str
    definition: str
    unit: str = "people"
    of_part: bool = False
    actions: tuple[str, ...] = ()
    with_agent: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class Exclusion(Entry):
    """What looks like a count and is none: nouns behind the number, and what is said of the people.

    A `firm` exclusion holds whatever action stands beside it ("crossing the southern border"); a number of an
    `aside` one ("after 40 years") leaves the sentence around it whole.
    """

    id: str
    reason: str
    firm: bool = False
    aside: bool = False
    words: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()


class Place(Entry):
    """A place of the tables: its ISO 3166 code, its names and cities, and places that lie before it on the way."""

    code: str
    title: str
    names: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


class Site(Entry):
    """A named spot within a place."""

    name: str
    place: str
    aliases: tuple[str, ...]


class Credit(Entry):
    """In whose name figures stand: the name in the tables, and what reports call it."""

    name: str
    aliases: tuple[str, ...]


class DatedEvent(Entry):
    """Something that periods are counted from, and its day."""

    words: tuple[str, ...]
    day: date


class Nationality(Entry):
    """A country's code with the words for its citizens: plural, adjective, country."""

    code: str
    words: tuple[str, ...]


class Counts(Entry):
    """`counts.toml`: what is counted, where, by whom, and what is not."""

    source: str = ""
    default_place: str | None = None
    topic: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    site_measure: str | None = None
    arrivals: tuple[str, ...] = ()
    measure: tuple[Measure, ...] = ()
    exclusion: tuple[Exclusion, ...] = ()
    place: tuple[Place, ...] = ()
    site: tuple[Site, ...] = ()
    credit: tuple[Credit, ...] = ()
    event: tuple[DatedEvent, ...] = ()
    nationality: tuple[Nationality, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Counts:
        codes = {place.code for place in self.place}
        ids = [measure.id for measure in self.measure]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"measure {', '.join(twice)} is there twice; give every measure an id of its own")
        if self.site_measure is not None and self.site_measure not in ids:
            raise ValueError(f"site_measure {self.site_measure!r} is no [[measure]]; there are {', '.join(ids) or 'none'}")
        for site in self.site:
            if site.place not in codes:
                known = ", ".join(sorted(codes)) or "none"
                raise ValueError(f"site {site.name!r} lies in {site.place!r}, which no [[place]] has as its code; there are {known}")
        if self.default_place is not None and self.default_place not in codes:
            raise ValueError(f"default_place {self.default_place!r} is no [[place]]; there are {', '.join(sorted(codes)) or 'none'}")
        return self


class Codebook(Entry):
    """The files of one codebook."""

    name: str
    actors: Actors = Actors()
    counts: Counts = Counts()


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
