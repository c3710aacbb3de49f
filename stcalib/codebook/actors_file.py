"""The models of `actors.toml`: places, parties, bodies, offices and persons, each fact with its time and source.

A term or membership counts both its days. Where one holder hands over to the next, the day of the change belongs to
both, as in the official lists; a look-up on that day answers nobody. An open end means "still so when the file was
last brought up to date", which is `known_until`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from stcalib.core.toml_models import COLOUR, Entry

CODE = r"^[A-Z][A-Z0-9]+$"


class Span(Entry):
    """A stretch of days; an open end is left out. Both days are included."""

    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.first and self.last and self.last < self.first:
            raise ValueError(f"ends on {self.last}, before it begins on {self.first}")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether the stretch includes the day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, earliest: date | None, latest: date | None) -> bool:
        """Whether any day of the interval, open where an end is None, is included."""
        return (self.first is None or latest is None or self.first <= latest) and (
            self.last is None or earliest is None or earliest <= self.last
        )


class Place(Entry):
    """A country, province or city that has offices, and the words that point to it ("Quebec", "federal")."""

    code: str
    words: tuple[str, ...]


class Portfolio(Entry):
    """What an office is for, in the ways it is called ("immigration", "citizenship and immigration")."""

    id: str
    words: tuple[str, ...]


class Party(Entry):
    """A party: its code, its names, and the colour in which charts show it, one of their own without; `short` is what their legends call it."""

    code: str = Field(pattern=CODE)
    name: str
    short: str | None = None
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    jurisdiction: str
    colour: str | None = Field(None, pattern=COLOUR)


class Membership(Span):
    """Membership of a party, or a government by it, for a time."""

    party: str


class Body(Entry):
    """A government, agency, court or organization.

    `places` are names of places by which the body is meant when the place acts ("Ottawa refused"); `called` are common
    nouns that take the body up once an article has named it ("the force"); `governed_by` is the party in power, for
    governments.
    """

    name: str
    aliases: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    kind: Literal["government", "agency", "organization", "legislature", "court"]
    jurisdiction: str
    governed_by: tuple[Membership, ...] = ()


class Office(Entry):
    """An office that persons hold in turn, with the titles by which it is called.

    Titles are written out, or made of a portfolio and ranks ("immigration" and "critic"). `body` is the name of a
    body or the code of a party. A `shared` office has several holders at a time; one that is not `alone` answers to its
    title only where a place stands beside it ("U.S. president"); one that is `heads` gives its government its name
    ("the Roe government"). Whoever holds an office `by_surname` is meant by the surname alone, though an article never
    gives the full name ("Roe said").
    """

    id: str
    titles: tuple[str, ...] = ()
    portfolio: str | None = None
    ranks: tuple[str, ...] = ()
    body: str
    jurisdiction: str
    shared: bool = False
    alone: bool = True
    heads: bool = False
    by_surname: bool = False


class Term(Span):
    """An office held for a time, and where that is recorded. The first day must be given."""

    office: str
    source: str = Field(min_length=3)
    interim: bool = False
    note: str | None = None

    @model_validator(mode="after")
    def _has_first_day(self) -> Term:
        if self.first is None:
            raise ValueError(f"the term as {self.office} has no first day ('from')")
        return self


class Name(Span):
    """A name borne for a time."""

    name: str


class Person(Entry):
    """A person: names, parties and offices, each for its time. `former` are names borne before the present one. Without a `pronoun`
    any may mean the person."""

    name: str
    aliases: tuple[str, ...] = ()
    former: tuple[Name, ...] = ()
    pronoun: Literal["he", "she", "they"] | None = None
    parties: tuple[Membership, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names and aliases."""
        return (self.name, *self.aliases, *(former.name for former in self.former))


class Actors(Entry):
    """`actors.toml`.

    `home` is the jurisdiction that words mean when they name none ("the immigration minister"). Nothing that has
    a date is answered for days before `known_from` or after `known_until`. `foreign` are words that make a party word
    before which they stand one of another country ("British Conservatives"); `decoys` are names that hold
    a party word and are something else ("Liberal Democrats"). `regional` are adjectives by which the country's parts are
    meant, whichever the text speaks of ("provincial"); `generic` are aliases by which a body is meant only where the
    article names it otherwise, too ("the province").
    """

    source: str = ""
    home: str = ""
    known_from: date | None = None
    known_until: date | None = None
    foreign: tuple[str, ...] = ()
    decoys: tuple[str, ...] = ()
    regional: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    place: tuple[Place, ...] = ()
    portfolio: tuple[Portfolio, ...] = ()
    party: tuple[Party, ...] = ()
    body: tuple[Body, ...] = ()
    office: tuple[Office, ...] = ()
    person: tuple[Person, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Actors:
        faults = [*_repeated(self), *_unknown(self), *_ambiguous(self), *_overlapping(self)]
        if faults:
            raise ValueError("; ".join(faults))
        return self


def _repeated(actors: Actors) -> Iterable[str]:
    """Ids that are given twice."""
    kinds: dict[str, list[str]] = {
        "place": [place.code for place in actors.place],
        "portfolio": [portfolio.id for portfolio in actors.portfolio],
        "party": [party.code for party in actors.party],
        "body": [body.name for body in actors.body],
        "office": [office.id for office in actors.office],
        "person": [person.name for person in actors.person],
    }
    for kind, ids in kinds.items():
        for twice in sorted({name for name in ids if ids.count(name) > 1}):
            yield f"{kind} {twice!r}: given twice"


def _unknown(actors: Actors) -> Iterable[str]:
    """References to what is not in the file."""
    places = {place.code for place in actors.place}
    parties = {party.code for party in actors.party}
    bodies = {body.name for body in actors.body} | parties
    portfolios = {portfolio.id for portfolio in actors.portfolio}
    offices = {office.id for office in actors.office}

    def check(entry: str, field: str, value: str, known: set[str]) -> Iterable[str]:
        if value not in known:
            yield f"{entry}: {field} {value!r} is not in the file. There are {', '.join(sorted(known)) or 'none'}"

    if actors.home:
        yield from check("home", "place", actors.home, places)
    for party in actors.party:
        yield from check(f"party {party.code!r}", "jurisdiction", party.jurisdiction, places)
    for body in actors.body:
        yield from check(f"body {body.name!r}", "jurisdiction", body.jurisdiction, places)
        for rule in body.governed_by:
            yield from check(f"body {body.name!r}", "party", rule.party, parties)
    for office in actors.office:
        yield from check(f"office {office.id!r}", "jurisdiction", office.jurisdiction, places)
        yield from check(f"office {office.id!r}", "body", office.body, bodies)
        if office.portfolio is not None:
            yield from check(f"office {office.id!r}", "portfolio", office.portfolio, portfolios)
    for person in actors.person:
        for membership in person.parties:
            yield from check(f"person {person.name!r}", "party", membership.party, parties)
        for term in person.terms:
            yield from check(f"person {person.name!r}", "office", term.office, offices)


def _ambiguous(actors: Actors) -> Iterable[str]:
    """Names that stand for two entries in one jurisdiction, or twice in one; a name may stand among its own aliases."""
    owner: dict[tuple[str, str], str] = {}
    entries = [(f"party {p.code!r}", p.jurisdiction, _with(p.name, p.aliases)) for p in actors.party]
    entries += [(f"body {b.name!r}", b.jurisdiction, (*_with(b.name, b.aliases), *b.places)) for b in actors.body]
    entries += [(f"person {p.name!r}", "", p.names) for p in actors.person]
    entries += [(f"place {p.code!r}", "place", p.words) for p in actors.place]
    entries += [(f"adjective of {p.code!r}", f"adjective {p.jurisdiction}", p.adjectives) for p in actors.party]
    for entry, jurisdiction, names in entries:
        for name in names:
            first = owner.setdefault((jurisdiction, name), entry)
            if first != entry:
                yield f"{entry}: the name {name!r} is also that of {first}"
            elif names.count(name) > 1:
                yield f"{entry}: the name {name!r} is given twice"


def _with(name: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    return aliases if name in aliases else (name, *aliases)


def _overlapping(actors: Actors) -> Iterable[str]:
    """Two holders of one office, or two parties of one person or government, at a time."""
    shared = {office.id for office in actors.office if office.shared}
    held: dict[str, list[tuple[Term, str]]] = {}
    for person in actors.person:
        yield from (f"person {person.name!r}: two parties on {day}" for day in _clashes(person.parties))
        for term in person.terms:
            held.setdefault(term.office, []).append((term, person.name))
    for body in actors.body:
        yield from (f"body {body.name!r}: governed by two parties on {day}" for day in _clashes(body.governed_by))
    for office, terms in held.items():
        if office in shared:
            continue
        for day in _clashes(term for term, _ in terms):
            names = ", ".join(name for term, name in terms if term.holds_on(day))
            yield f"office {office!r}: two holders on {day} ({names}). An office of several says 'shared = true'"


def _clashes(spans: Iterable[Span]) -> Iterable[date]:
    """Days on which two stretches hold, but for a day of change that one ends and the next begins on."""
    ordered = sorted(spans, key=lambda span: (span.first or date.min, span.last or date.max))
    for before, after in pairwise(ordered):
        if (before.last or date.max) > (after.first or date.min):
            yield after.first or date.min
