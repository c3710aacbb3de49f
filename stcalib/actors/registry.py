"""The codebook's registry of actors: look-up by name, alias, office and party word.

Every look-up is for a time and gives one actor or none. The time is an interval of days: what changed within it is not
answered, and nothing that has a date is answered for days outside those that the codebook covers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from stcalib.actors.name_index import ActorNames, Entity
from stcalib.actors.office_titles import Title, TitleReader, title_forms
from stcalib.actors.tenure import days_of_change, holds_through, holds_where_closed, narrowed
from stcalib.codebook.actors_file import Body, Membership, Office, Party, Person, Term
from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import Published
from stcalib.core.trie import fold
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import word_list, word_set

LONGEST_NAME = 200
"""A longer text is no name, in characters."""
_PUBLIC = ("government", "agency", "organization")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry knows of an actor in the time asked for.

    `party` is a code of the codebook; `organization` the government or agency for who holds office in one, else the
    party. `entry` is the name under which the codebook lists the actor: it stays when a person changes name.
    """

    name: str
    type: str
    pronoun: str | None = None
    organization: str | None = None
    party: str | None = None
    entry: str | None = None
    jurisdiction: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the registry in a text. `place` marks the name of a place, which is an actor only where it acts."""

    start: int
    end: int
    known: Known
    place: bool = False


@dataclass(frozen=True)
class Registry:
    """The actors of a codebook. Every look-up gives one actor or none: what is ambiguous is not answered."""

    codebook: Codebook

    def named(self, text: str, when: Published, jurisdiction: str | None = None) -> Known | None:
        """The actor of that name or alias in the time asked for; a surname counts with a title ("Mr. Roe").

        Accents do not count, nor does a comma before "and", nor case in names of two words or more. Of namesakes in several places the one of
        `jurisdiction` is meant, else the one of the codebook's home.
        """
        if len(text) > LONGEST_NAME or not self._names:
            return None
        name = fold(text)
        name = _POSSESSIVE.sub("", name) if "'" in name else name
        for joint in word_list("actors.conjunction_inside") if "," in name else ():
            name = name.replace("," + joint, joint)
        entity = self._names.find(name, jurisdiction)
        if entity is not None:
            return self._known(entity, when, name)
        return self._titled(name, when, jurisdiction) or self._government_called(name, when, jurisdiction)

    def holder(self, title: str, when: Published, jurisdiction: str | None = None) -> Known | None:
        """Who held the office of that title through all of the time asked for.

        A place or party in the title ("Quebec's immigration minister", "Conservative leader") goes before
        `jurisdiction`; without either the office is the home's. In a time that is open at an end the answer is given
        only if nobody else has held the office in it.
        """
        asked = self._reader.read(title, jurisdiction) if self._names else None
        office = self._office(asked, jurisdiction) if asked else None
        person = self._one_holder(office, when, asked.interim) if asked and office else None
        if asked is None or office is None or person is None:
            return None
        served = [term for term, who in self._terms[office.id] if who is person and term.overlaps(when.earliest, when.latest)]
        known = self._known(person, narrowed(when, served))
        if asked.party not in (None, office.body, known.party):
            return None
        return replace(known, organization=self._organization_in(office, known), jurisdiction=office.jurisdiction)

    def called_by_surname(self, surname: str, when: Published) -> Known | None:
        """Who needs no first name in the time asked for: the one bearer of a surname in an office `by_surname`."""
        people = self._names.persons(fold(surname)) if self._names and len(surname) <= LONGEST_NAME else []
        known = [person for person in people if any(self._one_holder(office, when) is person for office in self._by_surname)]
        return self._known(known[0], when, fold(surname)) if len(known) == 1 else None

    def party_word(self, text: str, jurisdiction: str | None = None) -> str | None:
        """The code of the one party that the words name ("Conservative immigration critic")."""
        if len(text) > LONGEST_NAME or not self._names:
            return None
        hidden = self._names.people_pattern.sub(lambda match: "·" * len(match.group()), text)
        words = [match for match in self._names.party_pattern.finditer(hidden) if not self._names.is_surname(hidden, match)]
        codes = {self._names.party_in_text(hidden, match, jurisdiction) for match in words}
        return next(iter(codes)) if len(codes) == 1 else None

    def party_called(self, name: str) -> str | None:
        """The code of the party that a whole name is ("Ontario Liberals", "Green Party"); a name that goes on is another body's."""
        code = self.party_word(name)
        if code is None:
            return None
        ends = max(match.end() for match in self._names.party_pattern.finditer(name))
        return code if all(word in word_set("actors.party_noun") for word in name[ends:].split()) else None

    def party(self, code: str, when: Published) -> Known | None:
        """The party of a code."""
        party = self._parties.get(code)
        return self._known(party, when) if party else None

    def tenure(self, name: str, title: str) -> tuple[date | None, date | None] | None:
        """The first and the last day on which a person can be called by a title of office, where that is one stretch."""
        asked = self._reader.read(title) if self._names else None
        office = self._office(asked, None) if asked else None
        people = self._names.persons(fold(name)) if office else []
        if office is None or len(people) != 1:
            return None
        terms = sorted((t for t in people[0].terms if t.office == office.id), key=lambda t: t.first or date.min)
        if not terms or any(a.last is None or b.first is None or (b.first - a.last).days > 1 for a, b in pairwise(terms)):
            return None
        return terms[0].first, terms[-1].last

    def party_of(self, name: str, when: Published) -> str | None:
        """The party of a person or government, where it was the same through all of the time asked for."""
        known = self.named(name, when)
        return known.party if known else None

    def organization_of(self, name: str, when: Published) -> str | None:
        """The government or agency of who held office in one through all of the time asked for, else the party."""
        known = self.named(name, when)
        return known.organization if known else None

    def called(self, noun: str) -> tuple[str, ...]:
        """The names of the bodies that a common noun takes up where an article has named one ("force")."""
        return self._called.get(noun.lower(), ())

    @cached_property
    def _called(self) -> dict[str, tuple[str, ...]]:
        index: dict[str, tuple[str, ...]] = {}
        for body in self.codebook.actors.body:
            for noun in body.called:
                index[noun] = (*index.get(noun, ()), body.name)
        return index

    def mentions(self, text: str, when: Published, jurisdiction: str | None = None) -> tuple[Named, ...]:
        """All names and aliases of the registry in a text, in order, the longest first, none inside another.

        Surnames are left out (see `named`), and so are names that are part of a longer one ("Bank of Canada") or stand
        as an adjective before a capital ("NDP MP", "Quebec City"). Takes time linear in the length of the text.
        """
        found = []
        answers: dict[tuple[str, str | None], Known | None] = {}
        for match in self._names.pattern.finditer(text) if self._names else ():
            if self._names.part_of_longer(text, match):
                continue
            name = fold(match.group())
            entity = self._names.in_text(text, match, jurisdiction)
            asked = (name, entity.name if entity else None)
            if asked not in answers:
                answers[asked] = self._known(entity, when, name) if entity else self._government_called(name, when, jurisdiction)
            if (known := answers[asked]) is not None:
                found.append(Named(match.start(), match.end(), known, name in self._names.places))
        return tuple(found)

    # ---- indexes, each made on first use
    @cached_property
    def _reader(self) -> TitleReader:
        return TitleReader(self.codebook.actors)

    @cached_property
    def _names(self) -> ActorNames:
        return ActorNames(self.codebook.actors, self._reader)

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {party.code: party for party in self.codebook.actors.party}

    @cached_property
    def _bodies(self) -> dict[str, Body]:
        return {body.name: body for body in self.codebook.actors.body}

    @cached_property
    def _governments(self) -> dict[str, Body]:
        """The governments whose party is known, by jurisdiction."""
        return {body.jurisdiction: body for body in self.codebook.actors.body if body.governed_by}

    @cached_property
    def _offices(self) -> dict[str, Office]:
        return {office.id: office for office in self.codebook.actors.office}

    @cached_property
    def _by_surname(self) -> tuple[Office, ...]:
        return tuple(office for office in self._offices.values() if office.by_surname)

    @cached_property
    def _titles(self) -> dict[str, list[Office]]:
        """Normal forms of titles to offices."""
        portfolios = {portfolio.id: portfolio.words for portfolio in self.codebook.actors.portfolio}
        index: dict[str, list[Office]] = {}
        for office in self.codebook.actors.office:
            for form in title_forms(office, portfolios):
                index.setdefault(form, []).append(office)
        return index

    @cached_property
    def _terms(self) -> dict[str, list[tuple[Term, Person]]]:
        index: dict[str, list[tuple[Term, Person]]] = {office: [] for office in self._offices}
        for person in self.codebook.actors.person:
            for term in person.terms:
                index[term.office].append((term, person))
        return index

    # ---- names with titles, and governments called after somebody
    def _titled(self, text: str, when: Published, jurisdiction: str | None) -> Known | None:
        """The person of a name or surname behind a title ("Mr. Roe", "Immigration Minister Ada Roe")."""
        words = text.split()
        for size in range(1, len(words)):
            if not _is_title(words[size - 1]):
                continue
            name, title = " ".join(words[size:]), " ".join(words[:size])
            pronoun = _pronoun_of(words[size - 1])
            people = [person for person in self._names.persons(name) if pronoun is None or person.pronoun in (None, pronoun)]
            if len(people) > 1:
                people = self._bearing(people, title, when, jurisdiction)
            if len(people) == 1:
                return self._known(people[0], when, name)
        return None

    def _bearing(self, people: list[Person], title: str, when: Published, jurisdiction: str | None) -> list[Person]:
        """Those of several namesakes who bear the title, or at least hold a public office, in the time asked for."""
        holder = self.holder(title, when, jurisdiction)
        if holder is not None:
            return [person for person in people if person.name == holder.entry]
        if _pronoun_of(title) is not None:
            return people
        return [person for person in people if any(self._is_public(term) and term.overlaps(when.earliest, when.latest) for term in person.terms)]

    def _government_called(self, text: str, when: Published, jurisdiction: str | None) -> Known | None:
        """The government called after its head or party ("the Roe government"), while they governed."""
        if not text.removesuffix("'s").endswith(word_list("actors.government_nouns")):
            return None
        words = [word.removesuffix("'s") for word in text.split() if word.lower() not in word_set("actors.article")]
        if len(words) < 2 or words[-1] not in word_list("actors.government_nouns"):
            return None
        for person in self._names.persons(words[0]) if len(words) == 2 else ():
            for office in {term.office: self._offices[term.office] for term in person.terms}.values():
                if office.heads and self._one_holder(office, when) is person:
                    return self._known(self._bodies[office.body], when)
        title = self._reader.read(" ".join([*words[:-1], *word_list("actors.party_leader")]), jurisdiction)
        if title is None or title.party is None or title.office not in word_set("actors.party_leader"):
            return None
        government = self._ruled_by(self._parties[title.party], when)
        return self._known(government, when) if government else None

    # ---- offices and times
    def _office(self, asked: Title, jurisdiction: str | None) -> Office | None:
        offices = self._titles.get(asked.office, [])
        if asked.party is not None:
            own = [office for office in offices if office.body == asked.party]
            place = self._parties[asked.party].jurisdiction
            offices = own or [office for office in offices if office.jurisdiction == place and office.body in self._bodies]
        elif asked.place is not None:
            offices = _of_place(offices, asked.place)
        else:
            alone = [office for office in offices if office.alone] if self._in_home(jurisdiction) else []
            offices = _of_place(offices, jurisdiction) or _of_place(alone, self.codebook.actors.home) or alone
        return offices[0] if len(offices) == 1 else None

    def _in_home(self, place: str | None) -> bool:
        """Whether a place is the home or a part of it ("CA-QC"): an office that it has not is the home's ("prime minister")."""
        home = self.codebook.actors.home
        return place is None or place == home or place.startswith(f"{home}-")

    def _covered(self, when: Published) -> bool:
        """Whether the days asked for are days that the codebook covers; an open end asks for no day."""
        first, last = self.codebook.actors.known_from or date.min, self.codebook.actors.known_until or date.max
        return all(first <= day <= last for day in (when.earliest, when.latest) if day is not None)

    def _one_holder(self, office: Office, when: Published, interim: bool = False) -> Person | None:
        if not self._covered(when):
            return None
        terms = [(term, person) for term, person in self._terms[office.id] if term.overlaps(when.earliest, when.latest) and term.interim >= interim]
        people = {person.name: person for _, person in terms}
        only = next(iter(people.values())) if len(people) == 1 else None
        return only if holds_where_closed((term for term, _ in terms), when) else None

    def _party_through(self, memberships: tuple[Membership, ...], when: Published) -> str | None:
        """The one party through all of the time asked for."""
        held = [membership for membership in memberships if membership.overlaps(when.earliest, when.latest)]
        one = len({membership.party for membership in held}) == 1
        return held[0].party if one and self._covered(when) and holds_through(held, when) else None

    def _ruled_by(self, party: Party, when: Published) -> Body | None:
        """The government that a party formed through all of the time asked for."""
        body = self._governments.get(party.jurisdiction)
        return body if body and self._party_through(body.governed_by, when) == party.code else None

    def _organization_through(self, person: Person, when: Published) -> str | None:
        """What a person stood for on every day asked for, if it was one thing."""
        if not self._covered(when):
            return None
        stood = {self._organization_on(person, day) for day in days_of_change((*person.terms, *person.parties), when)}
        return next(iter(stood)) if len(stood) == 1 else None

    def _organization_on(self, person: Person, day: date) -> str | None:
        public = {self._offices[term.office].body for term in person.terms if term.holds_on(day) and self._is_public(term)}
        if public:
            return next(iter(public)) if len(public) == 1 else None
        parties = {membership.party for membership in person.parties if membership.holds_on(day)}
        return self._parties[next(iter(parties))].name if len(parties) == 1 else None

    def _organization_in(self, office: Office, known: Known) -> str | None:
        """The organization of who is asked for by an office: its body, but for a seat in a house or party what is known."""
        public = office.body in self._bodies and self._bodies[office.body].kind in _PUBLIC
        return office.body if public else known.organization

    def _is_public(self, term: Term) -> bool:
        body = self._bodies.get(self._offices[term.office].body)
        return body is not None and body.kind in _PUBLIC

    # ---- answers
    def _known(self, entity: Entity, when: Published, written: str | None = None) -> Known:
        if isinstance(entity, Party):
            ruled = self._ruled_by(entity, when)
            organization = ruled.name if ruled else entity.name
            return Known(entity.name, "party", None, organization, entity.code, entity.name, entity.jurisdiction)
        if isinstance(entity, Body):
            kind = "government" if entity.kind == "government" else "organization"
            party = self._party_through(entity.governed_by, when)
            return Known(entity.name, kind, None, entity.name, party, entity.name, entity.jurisdiction)
        party = self._party_through(entity.parties, when)
        organization_then = self._organization_through(entity, when)
        return Known(_name_then(entity, when, written), "person", entity.pronoun, organization_then, party, entity.name)


def _of_place(offices: list[Office], place: str | None) -> list[Office]:
    return [office for office in offices if office.jurisdiction == place]


def _name_then(person: Person, when: Published, written: str | None) -> str:
    """The name that a person bore in the time asked for; where it bore several, the one that is written."""
    borne = [former.name for former in person.former if former.overlaps(when.earliest, when.latest)]
    changed = max((former.last for former in person.former if former.last), default=date.min)
    if when.latest is None or when.latest > changed:
        borne.append(person.name)
    return next((name for name in borne if fold(name) == written), borne[-1])


@by_language
def _title_words() -> frozenset[str]:
    titles = load_lexicon().titles
    return frozenset(word.lower() for word in (*titles.honorifics, *titles.male, *titles.female, *titles.roles))


def _is_title(word: str) -> bool:
    return word.rstrip(".").lower() in _title_words()


def _pronoun_of(title: str) -> str | None:
    """ "he" or "she" where a form of address tells ("Mr.")."""
    titles, word = load_lexicon().titles, title.rstrip(".").capitalize()
    return "he" if word in titles.male else "she" if word in titles.female else None


@by_language
def registry_of(codebook: Codebook) -> Registry:
    """The registry of a codebook."""
    return Registry(codebook)
