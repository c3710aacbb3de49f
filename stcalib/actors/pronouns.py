"""Whom "he", "she", "it" and "they" mean: the nearest that agrees, a speaker before a subject, a subject before any other name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from stcalib.actors.descriptions import (
    common_nouns,
    head_of,
    possessive_pronouns,
    without_determiner,
)
from stcalib.actors.full_names import FullName, pronoun_of, titled_surname
from stcalib.actors.mention import Actor, Mentioned
from stcalib.actors.spoken import Spoken
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import AT_WORD_START, alternatives, load_lexicon
from stcalib.language.people_words import name_particles, person_words
from stcalib.language.word_sets import pattern, word_set

REACH = 8
"""Sentences before a pronoun in which the person meant is looked for."""
WINDOW = 2_000
"""Characters before a pronoun within which names are looked for: longer than any sentence of prose."""
CAPITALIZED = re.compile(rf"[A-ZÀ-Ý]{AT_WORD_START}[\w-]+")


_PERSON_NAME = r"(?P<name>[A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w.'’-]*\w)*)"


@by_language
def _asked() -> re.Pattern[str]:
    """Who is asked or spoken with, with a form of address or without."""
    verbs, titles = alternatives(load_lexicon().cues.phrases.interviewing), alternatives(load_lexicon().titles.honorifics)
    return re.compile(rf"\b{verbs} (?:{titles}\.? )?{_PERSON_NAME}(?!['’]s)")


@by_language
def _topic() -> re.Pattern[str]:
    """Of whom a sentence sets out to tell: "For Ada Roe, …"."""
    return re.compile(rf"{alternatives(word.capitalize() for word in load_lexicon().words.topics)} {_PERSON_NAME},")


def _other_than(owner: str | None) -> str | None:
    """The pronoun of somebody who is told of beside their owner: behind "his sergeant" another "he" is rather the owner."""
    return next((pronoun for pronoun in sorted(word_set("he_or_she")) if owner in word_set("he_or_she") and pronoun != owner), None)


class Pronouns(Spoken):
    """Antecedents of pronouns."""

    def _person(self, at: int, sentence: int, pronoun: str) -> Actor | None:
        at, sentence = self._first_of_chain(at, sentence, pronoun)
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
        for actor, _ in (spoke.value for spoke in self._recent()):
            if actor.type in ("person", "unnamed") and self._takes(actor, pronoun):
                return self._as_pronoun(actor, pronoun)
        for bearer in self.roll.named_before(at, REACH):
            if pronoun_of(bearer.name, tuple(bearer.titles)) == pronoun:
                return self._as_pronoun(self._full(bearer.name, at), pronoun)
        fitting = self.roll.by_pronoun.get(pronoun, [])
        if len(fitting) != 1:
            return None
        return self._as_pronoun(self._full(fitting[0].name, at), pronoun)

    def _first_of_chain(self, at: int, sentence: int, pronoun: str) -> tuple[int, int]:
        """Where a chain of sentences of one subject begins ("She came in May. She left in June"), and the number of its first sentence."""
        for number in range(sentence - 1, max(-1, sentence - 1 - REACH), -1):
            if any(self._takes(actor, pronoun) for actor in self._candidates(number + 1, at)) or self._speakers(number, at)[0]:
                break
            opening = next(iter(self._subjects_before(number, at)), None)
            if opening is None or opening.text.lower() != pronoun:
                break
            at, sentence = opening.start, number
        return at, sentence

    def _full(self, name: str, at: int) -> Actor:
        """The actor of a full name of the article."""
        return self._named(Mentioned(name, at), name.split()) or Actor(name, "person", "name in full")

    def _tells_of(self, start: int, pronoun: str) -> bool:
        """Whether words that begin at `start` open with a person's surname, or a name in full, that agrees with a pronoun."""
        name = pattern("actors.opening_name").match(self.article.masked, start)
        last = name["name"].rpartition(" ")[2] if name is not None else ""
        if name is None or last not in self.roll.by_word or pattern("actors.joined_name").match(self.article.plain, name.end()):
            return False
        actor = self._named(Mentioned(name["name"], start), name["name"].split())
        return actor is not None and actor.type == "person" and self._takes(actor, pronoun)

    def _takes(self, actor: Actor, pronoun: str) -> bool:
        """Whether an actor can be meant by a pronoun: nothing told and no earlier pronoun speaks against it."""
        return (actor.pronoun or self._pronouns.get(actor.name)) in (None, pronoun)

    def _named_near(self, at: int, sentence: int, pronoun: str, since: int | None = None) -> Actor | None:
        """The person of the right pronoun whose name stands nearest before, in whatever part of its sentence."""
        since = max(0, sentence - REACH + 1) if since is None else since
        first = max(self.article.sentences[since].start, at - WINDOW)
        for match in reversed(list(CAPITALIZED.finditer(self.article.masked, first, at))):
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
        speakers, lesser = self._speakers(sentence, at)
        yield from speakers
        start, end = max(span.start, at - WINDOW), min(span.end, at)
        if self.article.blocks[span.block].zone == "caption":
            return
        if start >= end:
            yield from lesser
            return
        yield from self._subjects_named(sentence, at)
        yield from self._heard(start, end)
        yield from lesser
        yield from self._introduced(start, end)
        for mention in self._subjects_before(sentence, at):
            if not mention.plural and head_of(mention.text) in person_words():
                known, owner = pronoun_of("", (), mention.text), possessive_pronouns().get(mention.text.partition(" ")[0].lower())
                if owner not in word_set("he_or_she") or known != owner:
                    yield Actor(without_determiner(mention.text), "unnamed", "description", known or _other_than(owner))
        if (told := pattern("actors.opening_who").match(self.article.masked, start, end)) is not None:
            yield Actor(told["person"], "unnamed", "description", pronoun_of("", (), told["person"]))
        opening = self.roll.opening(span.start, end)
        if opening is not None and self._is_owner(opening):
            yield self._full(opening.name, opening.start).as_person()

    def _is_owner(self, name: FullName) -> bool:
        """Whether what a name has is told of, and not who bears it: "Ada Roe's request was dismissed by the minister"."""
        return self.article.plain.endswith(("'s", "’s"), name.start, name.end)

    def _foremost(self, sentence: int, at: int) -> Iterator[Actor]:
        """Those of the candidates of a sentence of whom it tells: speakers, subjects, and who is asked."""
        span = self.article.sentences[sentence]
        yield from self._speakers(sentence, at)[0]
        if span.start < at and self.article.blocks[span.block].zone != "caption":
            start, end = max(span.start, at - WINDOW), min(span.end, at)
            yield from self._subjects_named(sentence, at)
            yield from self._heard(start, end)
            if any(mention.text.lower() in word_set("writers") for mention in self._subjects_before(sentence, at)):
                yield from self._introduced(start, end)

    def _speakers(self, sentence: int, at: int) -> tuple[list[Actor], list[Actor]]:
        """Who speaks in a sentence before offset `at`, the last first: in its main clause, and in one that leads up to it."""
        span, main = self.article.sentences[sentence], self._main_clause(sentence)
        speakers: list[Actor] = []
        lesser: list[Actor] = []
        for start, actor in self._spoken_in(span.start, min(span.end, at)):
            if actor.type in ("person", "unnamed", None) and start not in self.asides:
                (speakers if start >= main else lesser).append(actor)
        return speakers, lesser

    def _subjects_named(self, sentence: int, at: int) -> Iterator[Actor]:
        """The subjects of the main clause that name persons, or describe one that has been named."""
        main = self._main_clause(sentence)
        span = self.article.sentences[sentence]
        opening = self.roll.opening(span.start, min(span.end, at))
        if opening is not None and not self._is_owner(opening) and (actor := self._full(opening.name, opening.start)).type == "person":
            yield actor
        for mention in self._subjects_before(sentence, at):
            if mention.plural or mention.text.lower() in word_set("pronouns") or mention.start < main:
                continue
            subject = self._named_or_none(mention)
            if subject is not None and self._is_person(mention, subject):
                yield subject.as_person()
            elif subject is None and pattern("actors.definite").match(mention.text) and head_of(mention.text) in person_words():
                described = self._led(mention, sentence)
                if described is not None and described.type == "person":
                    yield described

    def _heard(self, start: int, end: int) -> Iterator[Actor]:
        """Who is asked in a stretch or spoken with ("I asked Roe"), and of whom its sentence sets out to tell ("For Ada Roe, …")."""
        masked = self.article.masked
        topic = _topic().match(masked, start, end)
        for match in (*([topic] if topic is not None else ()), *_asked().finditer(masked, start, end)):
            words = match["name"].split()
            actor = self._named(Mentioned(match["name"], match.start("name")), words) if words[-1] in self.roll.by_word else None
            if actor is not None and actor.type in ("person", None):
                yield actor.as_person()

    def _introduced(self, start: int, end: int) -> Iterator[Actor]:
        """The persons whom a stretch names with a title, introduces, or gives an age."""
        for match in titled_surname().finditer(self.article.plain, start, end):
            titled = self._named(Mentioned(match["name"], match.start("name"), match["title"]), [match["name"]])
            if titled is not None:
                yield titled.as_person()
        for name in self.roll.introduced(start, end):
            if (actor := self._full(name.name, name.start)).type in ("person", "unnamed", None):
                yield actor.as_person()
        for match in (p for name in ("aged_name", "self_naming") for p in pattern(f"actors.{name}").finditer(self.article.masked, start, end)):
            if match.group(1) not in self.roll.by_word:
                yield Actor(match.group(1), "person", "name as printed", pronoun_of(match.group(1)))

    def _named_or_none(self, mention: Mentioned) -> Actor | None:
        if (known := self.known.registered(mention)) is not None:
            return known
        words = mention.text.split()
        if not words or pattern("actors.determiner").match(mention.text) or not all(w[0].isupper() or w in name_particles() for w in words):
            return None
        if len(words) == 1 and not self.roll.by_word.get(words[0]) and not self._is_told_of(mention):
            return self.known.by_surname(mention)
        return self._named(mention, words)

    def _is_told_of(self, mention: Mentioned) -> bool:
        """Whether an age, a description or a noun for a person stands beside a single name: "Sami, 34", "my neighbour Sami"."""
        if mention.role is not None and mention.role.rpartition(" ")[2].lower() in person_words():
            return True
        return (
            mention.text in self.roll.speaking
            or pattern("actors.age_or_role").match(self.article.plain, mention.start + len(mention.text)) is not None
        )

    def _body(self, at: int, sentence: int, plural: bool) -> Actor | None:
        """What "they" or "it" takes up: the last group, body or writing that spoke or was a subject."""
        fitting = ("group", "organization", "party", "government") if plural else ("organization", "document", "party", "government")
        for number in range(sentence, max(-1, sentence - REACH), -1):
            span = self.article.sentences[number]
            for _, actor in self._spoken_in(span.start, min(span.end, at)):
                if actor.type in fitting:
                    return replace(actor, basis="pronoun")
            for mention in self._subjects_before(number, at):
                if mention.text.lower() not in word_set("pronouns"):
                    described = bool(pattern("actors.determiner").match(mention.text)) or mention.plural or head_of(mention.text) in common_nouns()
                    body = self._described(mention, number) if described else self._named_or_none(mention)
                    if body is None or body.type not in fitting:
                        continue
                    if not plural or mention.plural or body.type != "organization" or number < sentence:
                        return replace(body, basis="pronoun")
        return None
