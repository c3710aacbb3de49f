"""The names of a codebook's actors: from a name, alone or in its surroundings, to the one entry that bears it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from stcalib.actors.office_titles import TitleReader, words_of
from stcalib.codebook.actors_file import Actors, Body, Party, Person
from stcalib.core.trie import fold, trie_pattern
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import pattern, word_list

Entity = Person | Body | Party
CONTEXT = 60
"""How far before a name the words are read that tell its place, in characters."""

_BEFORE = re.compile(r"(?P<words>(?:[\w.&-]+ ){0,2}[\w.&-]+)(?:['’]s?)? $")
_CAPITAL_NEXT = re.compile(r" [A-Z]")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:\n“\"—–] ?)[A-Z][a-z]* $")


class ActorNames:
    """The names of a codebook's actors, indexed. A name that several bear in one place is nobody's."""

    def __init__(self, actors: Actors, reader: TitleReader) -> None:
        self._actors = actors
        self._reader = reader
        self._foreign = frozenset(fold(word).lower() for word in actors.foreign)
        self._entities: tuple[Entity, ...] = (*actors.person, *actors.body, *actors.party)
        self._adjectives = frozenset(fold(word) for party in actors.party for word in party.adjectives)
        self.places = frozenset(fold(place) for body in actors.body for place in body.places)

    def __bool__(self) -> bool:
        return bool(self._entities)

    def find(self, name: str, jurisdiction: str | None = None) -> Entity | None:
        """Who bears a folded name, with or without "the"; of namesakes the one of `jurisdiction`, the home or the only one."""
        options = self._options(name) or (
            self._options(pattern("actors.article").sub("", name, count=1))
            if any(article in name.lower() for article in word_list("actors.article_before"))
            else []
        )
        if not options:
            return None
        for place in dict.fromkeys((jurisdiction, self._actors.home)):
            here = {entity.name: entity for where, entity in options if place and where in (place, "")}
            if here:
                return next(iter(here.values())) if len(here) == 1 else None
        return options[0][1] if len(options) == 1 else None

    def persons(self, name: str) -> list[Person]:
        """The persons of a folded full name or, if there are none, of a surname."""
        return [entity for _, entity in self._options(name) if isinstance(entity, Person)] or self._surnames.get(name, [])

    def in_text(self, text: str, match: re.Match[str], jurisdiction: str | None = None) -> Entity | None:
        """Who is meant by a match of `pattern` in its surroundings: "Ontario Liberals" are not the Liberals."""
        name = fold(match.group())
        options = self._options(name)
        if any(isinstance(entity, Party) for _, entity in options):
            before = _words_before(text, match.start())
            if self._is_foreign(before):
                return None
            if (place := self._place_named(before)) is not None:
                return next((entity for where, entity in options if where == place), None)
            theirs = self._party_of_surname(before[-1:], options)
            if theirs is not None:
                return theirs
        return self.find(name, jurisdiction)

    def party_in_text(self, text: str, match: re.Match[str], jurisdiction: str | None = None) -> str | None:
        """The code of the party meant by a match of `party_pattern` in its surroundings."""
        before = _words_before(text, match.start())
        if self._is_foreign(before):
            return None
        return self._reader.party(" ".join(words_of(match.group())), self._place_named(before), jurisdiction)

    def part_of_longer(self, text: str, match: re.Match[str]) -> bool:
        """Whether a name is part of a longer one ("Bank of Canada") or an adjective before a capital ("NDP MP")."""
        name = fold(match.group())
        if name not in self.places and name not in self._adjectives and (" " in name or name.isupper()):
            return False
        if _CAPITAL_NEXT.match(text, match.end()):
            return True
        before = text[max(0, match.start() - CONTEXT) : match.start()]
        return name in self.places and bool(pattern("actors.longer_before").search(before)) and not _SENTENCE_BEGINS.search(before)

    def is_surname(self, text: str, match: re.Match[str]) -> bool:
        """Whether a party word is the surname behind a given name ("Michael Green")."""
        before = text[max(0, match.start() - CONTEXT) : match.start()].split()
        return bool(before) and before[-1] in _given_names()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All names and aliases, and governments called after a head or party; the longest name at a place."""
        names = {name for entity in self._entities for name in _names_of(entity)}
        surnames = [surname for surname, people in self._surnames.items() if any(person.terms for person in people)]
        named = (*surnames, *(adjective for party in self._actors.party for adjective in party.adjectives))
        names |= {f"{name} {noun}" for name in named for noun in word_list("actors.government_nouns")}
        names |= {f"The{name[3:]}" for name in names if name.startswith(word_list("actors.article_before"))}
        return _whole_words((*names, *self._actors.decoys))

    @cached_property
    def people_pattern(self) -> re.Pattern[str]:
        """The full names of persons."""
        return _whole_words(name for person in self._actors.person for name in person.names)

    @cached_property
    def party_pattern(self) -> re.Pattern[str]:
        """The names, aliases and adjectives of parties, and what only looks like one."""
        words = [word for party in self._actors.party for word in (party.name, *party.aliases, *party.adjectives)]
        return _whole_words((*words, *self._actors.decoys))

    @cached_property
    def _index(self) -> dict[str, list[tuple[str, Entity]]]:
        """Folded names to jurisdiction and entity; names of two words or more also in lower case."""
        index: dict[str, list[tuple[str, Entity]]] = {}
        for entity in self._entities:
            place = "" if isinstance(entity, Person) else entity.jurisdiction
            folded = {fold(name) for name in _names_of(entity)}
            for name in folded | {name.lower() for name in folded if " " in name}:
                index.setdefault(name, []).append((place, entity))
        return index

    @cached_property
    def _surnames(self) -> dict[str, list[Person]]:
        """Last words of names, and the last two of longer ones ("Doe", "Roe Doe"), to persons."""
        index: dict[str, list[Person]] = {}
        for person in self._actors.person:
            for surname in {surname for name in person.names for surname in _surnames_in(name)}:
                index.setdefault(surname, []).append(person)
        return index

    def _options(self, name: str) -> list[tuple[str, Entity]]:
        return self._index.get(name) or (self._index.get(name.lower(), []) if " " in name else [])

    def _is_foreign(self, before: list[str]) -> bool:
        return any(words.lower() in self._foreign for words in before)

    def _place_named(self, before: list[str]) -> str | None:
        return next((code for words in before if (code := self._reader.place(words)) is not None), None)

    def _party_of_surname(self, before: list[str], options: list[tuple[str, Entity]]) -> Party | None:
        """The one of several parties to which the person named before it belongs ("the Roe Conservatives")."""
        codes = {membership.party for word in before for person in self._surnames.get(word, []) for membership in person.parties}
        parties = [entity for _, entity in options if isinstance(entity, Party) and entity.code in codes]
        return parties[0] if len(parties) == 1 else None


def _names_of(entity: Entity) -> tuple[str, ...]:
    if isinstance(entity, Person):
        return entity.names
    return (entity.name, *entity.aliases, *(entity.places if isinstance(entity, Body) else ()))


def _surnames_in(name: str) -> tuple[str, ...]:
    words = fold(name).split()
    return (words[-1], " ".join(words[-2:])) if len(words) > 2 else (words[-1],)


def _whole_words(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){trie_pattern(names)}(?![\w-])")


def _words_before(text: str, end: int) -> list[str]:
    """The three, two and one words before a place in the text, possessive endings taken off."""
    match = _BEFORE.search(text[max(0, end - CONTEXT) : end])
    words = fold(match["words"]).split() if match else []
    return [" ".join(words[i:]) for i in range(len(words))]


@by_language
def _given_names() -> frozenset[str]:
    names = load_lexicon().given_names
    return frozenset((*names.male.split(), *names.female.split()))
