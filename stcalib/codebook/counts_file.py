"""The models of `counts.toml`: what is counted, where, by whom, and what looks like a count and is none."""

from __future__ import annotations

from datetime import date

from pydantic import Field, model_validator

from stcalib.core.toml_models import COLOUR, Entry


class Measure(Entry):
    """Something that is counted: its nouns, and the words of the action by which a sentence is about it.

    `actions` decide by themselves; those in `with_agent` only where one of the `agents` stands in the sentence
    ("police stopped", not "the bus stopped"). `people` are nouns for those who are counted under this measure.
    With `of_part` its action decides for a part of a count, too: "of the 884 stopped, 19 were turned back".
    Where no official series has the measure, `checked_against` is the one that comes nearest, and `check_note` says
    how the two differ. `colour` is that of figures; without it one of the house's is taken.
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
    colour: str | None = Field(default=None, pattern=COLOUR)
    checked_against: str | None = None
    check_note: str = ""


class Exclusion(Entry):
    """What looks like a count and is none: nouns behind the number, and what is said of the people.

    A `firm` exclusion holds whatever action stands beside it ("crossing the southern border"); a number of an
    `aside` one ("after 40 years") leaves the sentence around it whole; one that `stays` before a number is not lifted by an
    action behind it.
    """

    id: str
    reason: str
    firm: bool = False
    aside: bool = False
    stays: bool = False
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
    """`counts.toml`: what is counted, where, by whom, and what is not.

    `national` are words that say that all of `default_place` is meant, beside its names ("federal"). `regions` are nouns
    for a part of it, by which a text takes up the place that it named before ("the province"). `lines` are nouns for
    what those who are counted move over ("border").
    """

    source: str = ""
    default_place: str | None = None
    national: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
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
