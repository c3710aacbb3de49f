"""The full names of an article: where each stands, the titles printed before it, and whom a word can mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from stcalib.actors.descriptions import common_nouns
from stcalib.actors.full_names import FullName, acronyms, full_names, pronoun_of, roles_behind, spelled_out
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.people_words import called_by_title, first_names, names_in_full, person_words, role_words
from stcalib.language.word_sets import compiled, pattern
from stcalib.text.article import Article
from stcalib.text.tokens import word_classes

OPENING = 6
"""Words before a name at most that are its titles where it opens a sentence."""
LONG = 50_000
"""Characters from which on the words of an article are indexed."""


@by_language
def _saying() -> re.Pattern[str]:
    """A single name beside one of the commonest verbs of saying."""
    verbs = alternatives({verb.strip(".,:") for verb in load_lexicon().cues.phrases.plain_reports})
    return compiled("actors.speaker_beside_verb", verbs=verbs)


@dataclass
class Bearer:
    """A full name of the article and each place where it stands."""

    name: str
    printed: list[FullName] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Roles that stand behind the surname alone: "Roe, the reeve"."""

    @cached_property
    def titles(self) -> dict[str, None]:
        """The titles printed beside it anywhere, each once, in the order of the text."""
        return dict.fromkeys([*(title for name in self.printed for title in name.titles), *self.told])

    @property
    def last(self) -> str:
        """The surname."""
        return self.name.rpartition(" ")[2]

    def last_before(self, at: int) -> int:
        """Where the name stands last before a place; below zero, nearer ones higher, where it only stands behind."""
        index = bisect_right(self.starts, at)
        return self.starts[index - 1] if index else -self.starts[0]


def names_in(article: Article) -> list[FullName]:
    """The full names of an article, found once; none goes on over the beginning of a sentence."""
    held = article.memo.get("full names")
    if not isinstance(held, list):
        held = article.memo["full names"] = full_names(article.plain, [sentence.start for sentence in article.sentences])
    return held


def _in_full(printed: Set[str]) -> dict[str, str]:
    """The names whose given name is short for that of one other with the same family name."""
    found = {}
    for name in printed:
        given, _, family = name.partition(" ")
        longer = [whole for full in names_in_full().get(given, ()) if (whole := f"{full} {family}") in printed]
        if len(longer) == 1:
            found[name] = longer[0]
    return found


@dataclass
class Roll:
    """The names of persons and bodies in one article, and how to find them by their words."""

    article: Article

    @cached_property
    def _printed(self) -> list[FullName]:
        return names_in(self.article)

    @cached_property
    def in_full(self) -> dict[str, str]:
        """Names with a short form to the names in full that the article prints as well: "Bill Roe" to "William Roe"."""
        return _in_full({name.name for name in self._printed})

    @cached_property
    def names(self) -> list[FullName]:
        """The full names of the report, and those that only captions give."""
        captions = [b for b in self.article.blocks if b.zone in ("caption", "credit", "related", "player", "footer")]
        starts = [b.start for b in captions]

        def aside(name: FullName) -> bool:
            block = bisect_right(starts, name.start) - 1
            return block >= 0 and name.start < captions[block].end

        found = [replace(name, name=self.in_full[name.name]) if name.name in self.in_full else name for name in self._printed]
        if not captions:
            return found
        told = {name.last for name in found if not aside(name)}
        return [name for name in found if not aside(name) or name.last not in told]

    @cached_property
    def _name_starts(self) -> list[int]:
        return [name.start for name in self.names]

    def prints(self, word: str) -> bool:
        """Whether the article has a word between blanks: a search of the text, or of its words where it is very long."""
        plain = self.article.plain
        return f" {word} " in plain if len(plain) < LONG else word in self._words

    @cached_property
    def speaking(self) -> frozenset[str]:
        """The capitalized words that stand alone beside a verb of saying: "Roe said", "said Roe"."""
        beside = {match["before"] or match["behind"] for match in _saying().finditer(self.article.masked)}
        common = (common_nouns(), role_words(), person_words())
        return frozenset(word for word in beside if word.lower() not in word_classes() and not any(word.lower() in nouns for nouns in common))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self.article.plain.split())

    def stands_for(self, word: str) -> str | None:
        """The name that an acronym stands for, explained in brackets or by its initials; None for any other word."""
        if word in self.acronyms:
            return self.acronyms[word]
        return self.spelled_out.get(word) if word.isalpha() and word.isupper() and 3 <= len(word) <= 6 else None

    @cached_property
    def spelled_out(self) -> dict[str, str]:
        """Acronyms to the first run of capitalized words of which they are the initials."""
        return spelled_out(self.article.plain)

    @cached_property
    def by_pronoun(self) -> dict[str | None, list[Bearer]]:
        """The full names by the pronoun that their titles or given names tell."""
        index: dict[str | None, list[Bearer]] = {}
        for bearer in self.bearers.values():
            index.setdefault(pronoun_of(bearer.name, tuple(bearer.titles)), []).append(bearer)
        return index

    def named_before(self, at: int, most: int) -> list[Bearer]:
        """The full names that stand last before an offset, the nearest first, each once, at most so many."""
        found: dict[str, Bearer] = {}
        for number in range(bisect_left(self._name_starts, at) - 1, -1, -1):
            name = self.names[number].name
            found.setdefault(name, self.bearers[name])
            if len(found) == most:
                break
        return list(found.values())

    @cached_property
    def acronyms(self) -> dict[str, str]:
        """The acronyms that the article explains, to what they stand for."""
        return acronyms(self.article.plain)

    @cached_property
    def bearers(self) -> dict[str, Bearer]:
        """The full names, each once, with where they stand and the titles printed before them."""
        found: dict[str, Bearer] = {}
        for name in self.names:
            bearer = found.get(name.name) or found.setdefault(name.name, Bearer(name.name))
            bearer.printed.append(name)
            bearer.starts.append(name.start)
        by_last: dict[str, list[Bearer]] = {}
        for bearer in found.values():
            by_last.setdefault(bearer.last, []).append(bearer)
        for surname, at, roles in roles_behind(self.article.masked, by_last, {name.end for name in self.names}):
            borne = by_last[surname] if len(by_last[surname]) == 1 else [bearer for bearer in by_last[surname] if bearer.starts[0] < at]
            if len(borne) == 1:
                borne[0].told.extend(roles)
        return found

    def with_complement(self, name: str) -> str:
        """A body's name with what follows it wherever it is first printed: "Lund Council" as "Lund Council for Refugees"."""
        start = self.bearers[name].starts[0]
        match = pattern("actors.complement").match(self.article.plain, start + len(name))
        return name + match.group() if match is not None and self.article.plain.startswith(name, start) else name

    @cached_property
    def by_word(self) -> dict[str, list[Bearer]]:
        """The full names by surname and by first name, each once, in the order of their first mention."""
        index: dict[str, list[Bearer]] = {}
        for bearer in self.bearers.values():
            first, last = bearer.name.partition(" ")[0], bearer.last
            index.setdefault(last, []).append(bearer)
            if first != last:
                index.setdefault(first, []).append(bearer)
        return index

    @cached_property
    def by_title(self) -> dict[str, list[Bearer]]:
        """The full names by each title printed before them."""
        index: dict[str, list[Bearer]] = {}
        for bearer in self.bearers.values():
            for title in bearer.titles:
                bare = title.lower().rstrip(".")
                for word in (bare, *called_by_title().get(bare, ())):
                    index.setdefault(word, []).append(bearer)
        return index

    @cached_property
    def by_head(self) -> dict[str, list[Bearer]]:
        """The full names by their last word, in lower case."""
        index: dict[str, list[Bearer]] = {}
        for bearer in self.bearers.values():
            index.setdefault(bearer.last.lower(), []).append(bearer)
        return index

    def titles_of(self, name: str) -> tuple[str, ...]:
        """The titles printed before a name anywhere in the article."""
        return tuple(self.bearers[name].titles) if name in self.bearers else ()

    def opening(self, start: int, end: int) -> FullName | None:
        """The full name that a sentence opens with, behind titles alone: its subject or topic ("PQ leader Ann Roe scolds …")."""
        index = bisect_left(self._name_starts, start)
        name = self.names[index] if index < len(self.names) else None
        if name is None or name.end > end or pattern("actors.joined_name").match(self.article.plain, name.end):
            return None
        between = self.article.plain[start : name.start].split()
        return name if len(between) <= OPENING and set(between) <= set(name.titles) else None

    def named_within(self, start: int, end: int) -> list[FullName]:
        """The full names in a stretch."""
        first = bisect_left(self._name_starts, start)
        return self.names[first : bisect_left(self._name_starts, end)]

    def introduced(self, start: int, end: int) -> list[FullName]:
        """The persons whom a stretch introduces: with a title, an occupation or an age, or for the first time."""
        plain = self.article.plain
        return [
            n
            for n in self.named_within(start, end)
            if n.titles
            or pattern("actors.age_or_role").match(plain, n.end)
            or (n.name.partition(" ")[0] in first_names() and self.bearers[n.name].starts[0] >= start)
        ]
