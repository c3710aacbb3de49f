"""Whom "he", "she", "it" and "they" mean: the nearest that agrees, a speaker before a subject, a subject before any other name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from stcalib.actors.article_names import AGE_OR_ROLE
from stcalib.actors.descriptions import (
    DETERMINER,
    PRONOUNS,
    common_nouns,
    head_of,
    person_nouns,
    without_determiner,
)
from stcalib.actors.full_names import AGED_NAME, AT_WORD_START, pronoun_of, titled_surname
from stcalib.actors.mention import Actor, Mentioned
from stcalib.actors.spoken import Spoken
from stcalib.language.people_words import name_particles

REACH = 8
"""Sentences before a pronoun in which the person meant is looked for."""
WINDOW = 2_000
"""Characters before a pronoun within which names are looked for: longer than any sentence of prose."""
_CAPITALIZED = re.compile(rf"[A-ZÀ-Ý]{AT_WORD_START}[\w-]+")


class Pronouns(Spoken):
    """Antecedents of pronouns."""

    def _person(self, at: int, sentence: int, pronoun: str) -> Actor | None:
        for number in range(sentence, max(-1, sentence - REACH), -1):
            nobody = True
            for actor in self._candidates(number, at):
                if self._takes(actor, pronoun):
                    return self._as_pronoun(actor, pronoun)
                nobody = False
            if number == sentence - 1 and nobody and (near := self._named_near(at, number, pronoun, number)) is not None:
                return self._as_pronoun(near, pronoun)
        if (near := self._named_near(at, sentence, pronoun)) is not None:
            return self._as_pronoun(near, pronoun)
        for _, actor, _ in self._recent():
            if actor.type in ("person", "unnamed") and self._takes(actor, pronoun):
                return self._as_pronoun(actor, pronoun)
        for bearer in self.roll.named_before(at, REACH):
            if pronoun_of(bearer.name, tuple(bearer.titles)) == pronoun:
                return self._as_pronoun(self._full(bearer.name, at), pronoun)
        fitting = self.roll.by_pronoun.get(pronoun, [])
        if len(fitting) != 1:
            return None
        return self._as_pronoun(self._full(fitting[0].name, at), pronoun)

    def _full(self, name: str, at: int) -> Actor:
        """The actor of a full name of the article."""
        return self._named(Mentioned(name, at), name.split()) or Actor(name, "person", "name in full")

    def _takes(self, actor: Actor, pronoun: str) -> bool:
        """Whether an actor can be meant by a pronoun: nothing told and no earlier pronoun speaks against it."""
        return (actor.pronoun or self._pronouns.get(actor.name)) in (None, pronoun)

    def _named_near(self, at: int, sentence: int, pronoun: str, since: int | None = None) -> Actor | None:
        """The person of the right pronoun whose name stands nearest before, in whatever part of its sentence."""
        since = max(0, sentence - REACH + 1) if since is None else since
        first = max(self.article.sentences[since].start, at - WINDOW)
        for match in reversed(list(_CAPITALIZED.finditer(self.article.masked, first, at))):
            if match.group() in self.roll.by_word:
                actor = self._named(Mentioned(match.group(), match.start()), [match.group()])
                if actor is not None and actor.type == "person" and actor.pronoun == pronoun:
                    return actor
        return None

    def _as_pronoun(self, actor: Actor, pronoun: str) -> Actor:
        if actor.type == "unnamed":
            self._pronouns[actor.name] = pronoun
        if actor.basis == "pronoun" and actor.pronoun == pronoun and actor.type:
            return actor
        return replace(actor, type=actor.type or "person", basis="pronoun", pronoun=pronoun)

    def _candidates(self, sentence: int, at: int) -> Iterator[Actor]:
        """The persons who speak in a sentence or are subjects in it, before offset `at`: the likeliest first."""
        span = self.article.sentences[sentence]
        main, lesser = self._main_clause(sentence), []
        for start, actor in self._spoken_in(span.start, min(span.end, at)):
            if actor.type in ("person", "unnamed", None) and start not in self.asides:
                if start >= main:
                    yield actor
                else:
                    lesser.append(actor)
        start, end = max(span.start, at - WINDOW), min(span.end, at)
        if self.article.blocks[span.block].zone == "caption":
            return
        if start >= end:
            yield from lesser
            return
        yield from self._subjects_named(sentence, at, main)
        yield from lesser
        yield from self._introduced(start, end)
        for mention in self._subjects_before(sentence, at):
            if not mention.plural and head_of(mention.text) in person_nouns():
                yield Actor(without_determiner(mention.text), "unnamed", "description", pronoun_of("", (), mention.text))

    def _subjects_named(self, sentence: int, at: int, main: int) -> Iterator[Actor]:
        """The subjects of the main clause that name persons."""
        for mention in self._subjects_before(sentence, at):
            if not mention.plural and mention.text.lower() not in PRONOUNS:
                subject = self._named_or_none(mention)
                if subject is not None and self._is_person(mention, subject) and mention.start >= main:
                    yield subject.as_person()

    def _introduced(self, start: int, end: int) -> Iterator[Actor]:
        """The persons whom a stretch names with a title, introduces, or gives an age."""
        for match in titled_surname().finditer(self.article.plain, start, end):
            titled = self._named(Mentioned(match["name"], match.start("name"), match["title"]), [match["name"]])
            if titled is not None:
                yield titled.as_person()
        for name in self.roll.introduced(start, end):
            yield self._full(name.name, name.start).as_person()
        for match in AGED_NAME.finditer(self.article.plain, start, end):
            if match.group(1) not in self.roll.by_word:
                yield Actor(match.group(1), "person", "name as printed", pronoun_of(match.group(1)))

    def _named_or_none(self, mention: Mentioned) -> Actor | None:
        if (known := self.known.registered(mention)) is not None:
            return known
        words = mention.text.split()
        if not words or DETERMINER.match(mention.text) or not all(w[0].isupper() or w in name_particles() for w in words):
            return None
        if len(words) == 1 and not self.roll.by_word.get(words[0]) and not AGE_OR_ROLE.match(self.article.plain, mention.start + len(mention.text)):
            return None
        return self._named(mention, words)

    def _body(self, at: int, sentence: int, plural: bool) -> Actor | None:
        """What "they" or "it" takes up: the last group, body or writing that spoke or was a subject."""
        fitting = ("group", "organization", "party", "government") if plural else ("organization", "document", "party", "government")
        for number in range(sentence, max(-1, sentence - REACH), -1):
            span = self.article.sentences[number]
            for _, actor in self._spoken_in(span.start, min(span.end, at)):
                if actor.type in fitting:
                    return replace(actor, basis="pronoun")
            for mention in self._subjects_before(number, at):
                if mention.text.lower() not in PRONOUNS:
                    described = bool(DETERMINER.match(mention.text)) or mention.plural or head_of(mention.text) in common_nouns()
                    body = self._described(mention, number) if described else self._named_or_none(mention)
                    if body is None or body.type not in fitting:
                        continue
                    if not plural or mention.plural or body.type != "organization" or number < sentence:
                        return replace(body, basis="pronoun")
        return None
