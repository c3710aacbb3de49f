"""Titles of office as text: "the federal minister of public safety" and "public safety minister" are one title.

A title is taken apart into the place, the party and the office that it names; nothing here knows who holds it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stcalib.codebook.actors_file import Actors, Office
from stcalib.core.trie import fold
from stcalib.language.word_sets import pattern, word_set

LONGEST_TITLE = 160
"""A longer text is no title, in characters."""

_WORD = re.compile(r"[^\s,;()\"“”]+")


@dataclass(frozen=True, slots=True)
class Title:
    """What a title names: the office in its normal form, and the place, party and interim mark beside it."""

    office: str
    place: str | None = None
    party: str | None = None
    interim: bool = False


def words_of(text: str) -> list[str]:
    """The words of a title without articles, commas and possessive endings; accents taken off."""
    words = [_bare(word) for word in _WORD.findall(fold(text))]
    return [word for word in words if word and word not in word_set("actors.idle")]


def _bare(word: str) -> str:
    return word[:-2] if word.endswith("'s") else word.rstrip("':")


def normal_form(words: list[str]) -> str:
    """The office in lower case with what it is for before it: "minister of X" and "X minister" give the same."""
    text = " ".join(words).lower()
    match = pattern("actors.of").fullmatch(text)
    return f"{match['object']} {match['head']}" if match else text


def title_forms(office: Office, portfolios: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The normal forms of an office's titles."""
    made = [f"{name} {rank}" for name in portfolios.get(office.portfolio or "", ()) for rank in office.ranks]
    return frozenset(normal_form(words_of(title)) for title in (*office.titles, *made))


class TitleReader:
    """Takes titles apart with the place and party words of a codebook."""

    def __init__(self, actors: Actors) -> None:
        self._home = actors.home
        self._regional = frozenset(actors.regional)
        self._places = {fold(word).lower(): place.code for place in actors.place for word in place.words}
        self._parties: dict[str, dict[str, str]] = {}
        for party in actors.party:
            for name in (party.name, *party.aliases, *party.adjectives):
                self._parties.setdefault(" ".join(words_of(name)), {})[party.jurisdiction] = party.code
        self._longest = max((len(words.split()) for words in (*self._places, *self._parties)), default=0)

    def read(self, text: str, jurisdiction: str | None = None) -> Title | None:
        """The title, or None where the text is none or contradicts itself.

        `jurisdiction` is the place that is meant where the text names none.
        """
        if len(text) > LONGEST_TITLE or pattern("actors.not_the_holder").match(text):
            return None
        words = words_of(text)
        interim = any(word.lower() in word_set("actors.interim") for word in words)
        words = [word for word in words if word.lower() not in word_set("actors.interim")]
        party, words = self._leading_party(words, None, jurisdiction)
        places: set[str] = set()
        if party is None:
            words = self._without_places(words, places, jurisdiction)
            place = next(iter(places), None)
            party, words = self._leading_party(words, place, jurisdiction)
            if party is None:
                party, words = self._trailing_party(words, place, jurisdiction)
        if len(places) > 1 or not words:
            return None
        return Title(normal_form(words), next(iter(places), None), party, interim)

    def party(self, words: str, place: str | None, jurisdiction: str | None) -> str | None:
        """The party that the words name: of a place named beside them, else of `jurisdiction`, the home or the only one."""
        options = self._parties.get(words, {})
        if place is not None:
            return options.get(place)
        only = next(iter(options.values())) if len(options) == 1 else None
        return options.get(jurisdiction or self._home) or options.get(self._home) or only

    def place(self, words: str) -> str | None:
        """The place that words point to."""
        return self._places.get(words.lower())

    def _without_places(self, words: list[str], places: set[str], jurisdiction: str | None) -> list[str]:
        """The words without the places before them and behind a final "of" or "for", which go to `places`."""
        if words and words[0].lower() in self._regional and jurisdiction not in (None, self._home):
            places.add(jurisdiction or "")
            words = words[1:]
        while size := self._leading_place(words):
            places.add(self._places[" ".join(words[:size]).lower()])
            words = words[size:]
        for size in range(min(self._longest, len(words) - 2), 0, -1):
            if words[-size - 1].lower() in word_set("actors.links") and (code := self.place(" ".join(words[-size:]))) is not None:
                places.add(code)
                return words[: -size - 1]
        return words

    def _leading_place(self, words: list[str]) -> int:
        """How many words at the beginning name a place; one word is left for the office."""
        sizes = range(min(self._longest, len(words) - 1), 0, -1)
        return next((size for size in sizes if self.place(" ".join(words[:size])) is not None), 0)

    def _leading_party(self, words: list[str], place: str | None, jurisdiction: str | None) -> tuple[str | None, list[str]]:
        for size in range(min(self._longest, len(words) - 1), 0, -1):
            if (code := self.party(" ".join(words[:size]), place, jurisdiction)) is not None:
                rest = words[size:]
                return code, rest[1:] if len(rest) > 1 and rest[0].lower() == "party" else rest
        return None, words

    def _trailing_party(self, words: list[str], place: str | None, jurisdiction: str | None) -> tuple[str | None, list[str]]:
        for size in range(min(self._longest, len(words) - 2), 0, -1):
            if (
                words[-size - 1].lower() in word_set("actors.links")
                and (code := self.party(" ".join(words[-size:]), place, jurisdiction)) is not None
            ):
                return code, words[: -size - 1]
        return None, words
