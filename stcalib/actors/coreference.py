"""Who is meant: from the mention of a speaker to the most complete name that the article gives.

A mention resolves to one actor or to none: a tie stays empty. What the text says of a person (role, party, body)
goes before what the codebook's registry knows of them on that day.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from stcalib.actors.article_names import AGE_OR_ROLE, Bearer, Roll
from stcalib.actors.descriptions import (
    DETERMINER,
    POSSESSIVE_PRONOUNS,
    PRONOUNS,
    body_named,
    common_nouns,
    head_of,
    person_nouns,
    shortened,
    type_of,
    without_determiner,
)
from stcalib.actors.full_names import AGED_NAME, AT_WORD_START, is_organization, pronoun_of, titled_surname
from stcalib.actors.mention import Actor, Mentioned, mentioned
from stcalib.actors.registry_lookup import KnownActors
from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import Published
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import first_names, name_particles, role_words
from stcalib.syntax.subjects import subjects_in
from stcalib.text.article import Article
from stcalib.text.tokens import word_classes

REACH = 8
"""Sentences before a pronoun in which the person meant is looked for."""
WINDOW = 2_000
"""Characters before a pronoun within which names are looked for: longer than any sentence of prose."""
NEAREST = 40
"""Subjects of one sentence before a pronoun that are looked at."""
MEMORY = 60
"""Utterances before a mention among which the actor meant is looked for."""
_DEFINITE = re.compile(r"^(?:(?:the|this|that)|[\w.-]+['’]s?)\s", re.IGNORECASE)
_POSSESSOR = re.compile(r"^[\w.-]+(?: [\w.-]+)?['’]s? ")
_POSSESSIVE = re.compile(r"['’]s?$")
_SINGULAR = frozenset({"he", "she"})
_CAPITALIZED = re.compile(rf"[A-ZÀ-Ý]{AT_WORD_START}[\w-]+")
_OWNER = re.compile(r"((?:[Tt]he )?[\w.-]+(?: [\w.-]+){0,4})['’]s? (?=\w)")
_BY = re.compile(r"\b(?:by|from) ((?:the )?[A-ZÀ-Ý][\w.'’-]*(?: (?:of |and |for )?[A-ZÀ-Ý0-9][\w.'’-]*)*)")
_VARIED = re.compile(
    r"(?!(?:first|second|third|last|next|other|same|new|old|former|chief|deputy|senior|top|big|only)\b)[a-z0-9][\w,-]* "
    r"(?!.*[A-ZÀ-Ý]\S* [A-ZÀ-Ý])(?!.* of ).*[a-z]"
)
_AGE = re.compile(r"\d{1,3}-year-old")
_SPEAKS_FOR = re.compile(r"\b(for|to|of) ((?:the )?[A-ZÀ-Ý][\w.'’-]*(?: (?:of |and |for |the )*[A-ZÀ-Ý][\w.'’-]*)*)")
_SURVEYS = frozenset(("survey", "poll"))


def _varies(description: str, head: str) -> bool:
    """Whether a description tells of somebody by looks, age or home, and so may vary a name given before.

    An occupation does so only with words that no title has: "the lanky, bespectacled professor", "the 26-year-old guard".
    """
    if _AGE.fullmatch(description):
        return True
    return _VARIED.fullmatch(description) is not None and (head not in role_words() or bool(re.search(r"[,\d-]", description)))


@dataclass
class Cast:
    """The actors of one article, as the reading goes on from sentence to sentence."""

    article: Article
    codebook: Codebook
    published: Published
    spoken: list[tuple[int, Actor, str]] = field(default_factory=list)
    speakers: set[str] = field(default_factory=set)
    asides: set[int] = field(default_factory=set)
    _pronouns: dict[str, str] = field(default_factory=dict)
    surveys: set[int] = field(default_factory=set)
    _subjects: dict[int, tuple[list[int], list[Mentioned]]] = field(default_factory=dict)
    _names_known: dict[tuple[str, str | None], Actor] = field(default_factory=dict)

    @cached_property
    def roll(self) -> Roll:
        """The names of the article."""
        return Roll(self.article)

    @cached_property
    def known(self) -> KnownActors:
        """What the codebook knows of the actors of the article."""
        return KnownActors(self.article, self.codebook, self.published, self.roll)

    def resolve(self, mention: Mentioned, sentence: int, reported: int | None = None) -> Actor | None:
        """The actor meant by the mention of a speaker in a sentence; later mentions may take it up.

        What is named inside the reported words, which begin at `reported`, is meant by "it" or "they" only where
        nothing else is found: "The law is old, it said."
        """
        lower, outside = mention.text.lower(), mention
        if reported is not None and reported < mention.start and lower in ("it", "they"):
            outside = replace(mention, start=reported)
        actor = self.meant(outside, sentence) or (self.meant(mention, sentence) if outside is not mention else None)
        if actor is not None:
            self.spoken.append((mention.start, actor, mention.role or ""))
            self.speakers.add(actor.name)
            if not _SURVEYS.isdisjoint(lower.split()):
                self.surveys.add(mention.start)
            if mention.aside:
                self.asides.add(mention.start)
        return actor

    def _recent(self) -> Iterator[tuple[int, Actor, str]]:
        """Who spoke, the last first, as far back as a reader would remember."""
        return itertools.islice(reversed(self.spoken), MEMORY)

    def _spoken_in(self, start: int, end: int) -> Iterator[tuple[int, Actor]]:
        """Who spoke in a sentence, the last first."""
        for at, actor, _ in self._recent():
            if at < start:
                return
            if at < end:
                yield at, actor

    def continued(self) -> Actor | None:
        """The actor of a quotation that goes on without a mention: whoever spoke last."""
        return replace(self.spoken[-1][1], basis="speech continued") if self.spoken else None

    def meant(self, mention: Mentioned, sentence: int) -> Actor | None:
        """The actor meant by a mention, or None where that stays open."""
        lower = POSSESSIVE_PRONOUNS.get(mention.text.lower(), mention.text.lower())
        if lower in _SINGULAR:
            return self._person(mention.start, sentence, lower)
        if lower in ("they", "it"):
            return self._body(mention.start, sentence, plural=lower == "they")
        if lower in ("i", "we", "you", "who", "which", "that", "there", "what", ""):
            return None
        if (known := self.known.registered(mention)) is not None:
            return known
        bare = without_determiner(mention.text)
        if (long := self.roll.stands_for(bare)) is not None:
            return self.known.registered(mention, long) or Actor(long, "organization", "acronym")
        words = bare.split()
        if len(words) == 1 and word_classes().get(bare.lower()) in ("D", "#"):
            return Actor(bare.lower(), type_of(bare.lower(), mention.plural), "description")
        if len(words) == 1 and bare == mention.text and words[0][0].isupper() and self._is_common(bare.lower()):
            return self._described(mention, sentence)
        if words and words[0][0].isupper() and all(not w[0].islower() or len(w) <= 3 for w in words) and not mention.plural:
            if bare == mention.text:
                return self._named(mention, words)
            return Actor(bare, "group" if bare.endswith("s") and len(words) == 1 else "organization", "name as printed")
        return self._described(mention, sentence)

    def _is_common(self, word: str) -> bool:
        """Whether a word that opens a sentence is no name: a common noun, or one that the article prints small."""
        return word in common_nouns() or self.roll.prints(word)

    # ---- names
    def _named(self, mention: Mentioned, words: list[str]) -> Actor:
        """The actor of a name; one that only one bearer fits is looked up once."""
        key = (mention.text, mention.role)
        if key not in self._names_known:
            actor, certain = self._looked_up(mention, words)
            if not certain:
                return actor
            self._names_known[key] = actor
        return self._names_known[key]

    def _looked_up(self, mention: Mentioned, words: list[str]) -> tuple[Actor, bool]:
        """The actor of a name, and whether it would be the same anywhere in the article."""
        roles = role_words()
        words = [w for w in words if w.rstrip(".").lower() not in roles] or words
        text = _POSSESSIVE.sub("", " ".join(words))
        words = text.split()
        candidates = [c for c in self.roll.by_word.get(words[-1], [])[:MEMORY] if all(word in c.name.split() for word in words)]
        if len(words) == 1:
            surnamed = [c for c in candidates if c.last == words[0]]
            candidates = surnamed or ([] if mention.role else [c for c in candidates if c.titles or words[0] in first_names()])
        chosen = self._chosen(candidates, mention) if candidates else None
        name = chosen.name if chosen else text
        certain = len(candidates) < 2 and mention.body is None
        if (known := self.known.registered(mention, name)) is not None:
            return known, certain
        if is_organization(name) or (mention.role and mention.role.split()[-1].lower() in load_lexicon().titles.bodies):
            return Actor(name, "organization", "name in full", organization=name), certain
        person = len(name.split()) > 1 or mention.role is not None
        titles = self.roll.titles_of(name)
        pronoun = pronoun_of(name, titles, mention.role or "")
        party = self.known.registry.party_word(mention.role or " ".join(titles)) if person else None
        basis = "name in full" if name == mention.text else "surname"
        organization = body_named(mention.body, mention.role)
        return Actor(name, "person" if person else None, basis, pronoun, organization, party, "text" if party else None), certain

    def _chosen(self, candidates: list[Bearer], mention: Mentioned) -> Bearer:
        """Of the full names that fit a short one, the one given last before it, else the first behind it."""
        nearest = max(candidates, key=lambda c: c.last_before(mention.start))
        return max((c for c in candidates if set(nearest.name.split()) <= set(c.name.split())), key=lambda c: len(c.name))

    def _is_person(self, mention: Mentioned, actor: Actor) -> bool:
        """Whether anything in the article shows that a name is a person's."""
        if actor.type not in ("person", None) or actor.name.islower():
            return actor.type == "unnamed"
        if mention.role or actor.name.partition(" ")[0] in first_names():
            return True
        if any(title.rstrip(".").lower() in role_words() for title in self.roll.titles_of(actor.name)):
            return True
        if actor.name in self.speakers or (" " in actor.name and " " in mention.text):
            return True
        return bool(AGE_OR_ROLE.match(self.article.plain, mention.start + len(mention.text)))

    # ---- descriptions
    def _described(self, mention: Mentioned, sentence: int) -> Actor | None:
        bare = without_determiner(mention.text)
        if bare == mention.text or not bare.partition(" ")[2][:1].isupper():
            bare = self._uncapitalized(bare)
        head, titles = head_of(bare), load_lexicon().titles
        if head in titles.spokespersons and (spokesperson := self._spokesperson(mention, bare, head, sentence)) is not None:
            return spokesperson
        if head in titles.issued and (maker := self._maker(mention, sentence)) is not None:
            return maker
        if (called := self.known.called(bare.lower(), mention.start)) is not None:
            return called
        if (holder := self.known.by_office(mention, bare, head)) is not None:
            return holder
        if _DEFINITE.match(mention.text) and (known := self._taken_up(mention, bare, head, sentence)) is not None:
            return known
        name = bare if " and " in bare else shortened(bare, mention.body)
        return Actor(name, type_of(head, mention.plural), "description")

    def _uncapitalized(self, description: str) -> str:
        """A description without the capital that it has at the start of a sentence."""
        first = description.partition(" ")[0].lower()
        common = first in common_nouns() or first in word_classes() or self.roll.prints(first)
        return description[:1].lower() + description[1:] if common else description

    def _spokesperson(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """ "A spokesperson for Roe": with the full name of whom they speak for, and its organization."""
        match = _SPEAKS_FOR.search(f"{bare} {mention.body or ''}")
        principal = self.meant(Mentioned(match.group(2), mention.start), sentence) if match else None
        if match is None or principal is None:
            return None
        return Actor(f"{head} for {principal.name}", "unnamed", "description", organization=principal.organization)

    def _maker(self, mention: Mentioned, sentence: int) -> Actor | None:
        """Whose a statement, survey or newsletter is: "its newsletter", "the union's release", "a report by X"."""
        owner, _, rest = mention.text.partition(" ")
        if owner.lower() in ("its", "their"):
            return self._body(mention.start, sentence, plural=owner.lower() == "their")
        if owner.lower() in ("his", "her"):
            return self._person(mention.start, sentence, "he" if owner.lower() == "his" else "she")
        if (possessor := _OWNER.match(mention.text)) is not None:
            return self.meant(Mentioned(possessor.group(1), mention.start), sentence)
        if (by := _BY.search(f"{rest} {mention.body or ''}")) is not None:
            return self.meant(Mentioned(by.group(1), mention.start), sentence)
        words = without_determiner(mention.text).split()
        name = [w for w in words if w[0].isupper()]
        return Actor(" ".join(name), "organization", "whose writing it is") if len(name) > 1 and words[: len(name)] == name else None

    def _taken_up(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """The actor that "the minister", "the official" or "the agency" takes up."""
        titles, wanted = load_lexicon().titles, set(bare.lower().split())
        if bare.lower() == head and (subject := self._subject_like(mention, head, sentence)) is not None:
            return subject
        for _, actor, role in self._recent():
            same = head_of(actor.name) == head and wanted <= set(actor.name.lower().split())
            if same or head_of(role) == head or (head in role_words() and head in role.lower().split()):
                return replace(actor, basis="description taken up")
        if head in _SURVEYS and (survey := next((a for s, a, _ in self._recent() if s in self.surveys), None)) is not None:
            return replace(survey, basis="description taken up")
        if head in role_words() or head in titles.ranks:
            named = self._holding(_POSSESSOR.sub("", bare).lower().split(), head)
            if not named and bare.lower() != head and self.known.registry.party_word(bare):
                named = self._holding([head], head)
            before = [b for b in named if b.starts[0] < mention.start]
            if len(before or named) == 1:
                name = (before or named)[0].name
                pronoun = pronoun_of(name, self.roll.titles_of(name))
                return self.known.registered(mention, name, "office taken up") or Actor(name, "person", "office taken up", pronoun)
        kind = type_of(head, mention.plural)
        if kind == "organization":
            bodies = [b for b in self.roll.by_head.get(head, [])[:MEMORY] if b.starts[0] < mention.start and wanted <= set(b.name.lower().split())]
            body = max(bodies, key=lambda b: b.last_before(mention.start), default=None)
            return Actor(body.name, "organization", "description taken up") if body else None
        if kind != "unnamed" or head in (*titles.nameless, *titles.offices) or not _varies(bare, head):
            return None
        return self._only_person(mention.start, sentence)

    def _subject_like(self, mention: Mentioned, head: str, sentence: int) -> Actor | None:
        """The subject of the sentence before that the bare noun takes up, where nobody has spoken since."""
        if sentence == 0 or type_of(head) != "unnamed":
            return None
        last_spoken = self.spoken[-1][0] if self.spoken else -1
        for told in reversed(self._subjects_before(sentence - 1, mention.start)):
            described = len(told.text.split()) > 2 and told.text.lower().endswith(f" {head}") and not told.plural
            if described and last_spoken <= told.start:
                return Actor(self._uncapitalized(without_determiner(told.text)), "unnamed", "description taken up")
        return None

    def _holding(self, title: list[str], head: str) -> list[Bearer]:
        """The persons beside whose names a title is printed: all its words, or its head alone where no more is said."""
        holding = self.roll.by_title.get(head, [])[:MEMORY]
        exact = [b for b in holding if set(title) <= {t.lower().rstrip(".") for t in b.titles}]
        return exact or (holding if title == [head] else [])

    def _only_person(self, at: int, sentence: int) -> Actor | None:
        """The one person spoken of right before, whom a new description varies ("the Cambridge resident")."""
        found: dict[str, Actor] = {}
        for number in range(sentence, max(-1, sentence - 3), -1):
            for candidate in self._candidates(number, at):
                found.setdefault(candidate.name, candidate)
            if found:
                break
        return replace(next(iter(found.values())), basis="description of the person spoken of") if len(found) == 1 else None

    # ---- pronouns
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
                return self._as_pronoun(self._named(Mentioned(bearer.name, at), bearer.name.split()), pronoun)
        fitting = self.roll.by_pronoun.get(pronoun, [])
        if len(fitting) != 1:
            return None
        return self._as_pronoun(self._named(Mentioned(fitting[0].name, at), fitting[0].name.split()), pronoun)

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
                if actor.type == "person" and actor.pronoun == pronoun:
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
        subjects = self._subjects_before(sentence, at)
        for mention in subjects:
            if not mention.plural and mention.text.lower() not in PRONOUNS:
                subject = self._named_or_none(mention)
                if subject is not None and self._is_person(mention, subject) and mention.start >= main:
                    yield subject.as_person()
        yield from lesser
        for match in titled_surname().finditer(self.article.plain, start, end):
            yield self._named(Mentioned(match["name"], match.start("name"), match["title"]), [match["name"]]).as_person()
        for name in self.roll.introduced(start, end):
            yield self._named(Mentioned(name.name, name.start), name.name.split()).as_person()
        for match in AGED_NAME.finditer(self.article.plain, start, end):
            if match.group(1) not in self.roll.by_word:
                yield Actor(match.group(1), "person", "name as printed", pronoun_of(match.group(1)))
        for mention in subjects:
            if not mention.plural and head_of(mention.text) in person_nouns():
                yield Actor(without_determiner(mention.text), "unnamed", "description", pronoun_of("", (), mention.text))

    def _main_clause(self, sentence: int) -> int:
        """Where the main clause of a sentence begins: behind the first comma of one that opens with "when", "after", "as"."""
        t = self.article.tokens(sentence)
        comma = t.classes.find(",") if t.classes[:1] == "S" else -1
        return t.starts[comma] if comma >= 0 else 0

    def _named_or_none(self, mention: Mentioned) -> Actor | None:
        if (known := self.known.registered(mention)) is not None:
            return known
        words = mention.text.split()
        if not words or DETERMINER.match(mention.text) or not all(w[0].isupper() or w in name_particles() for w in words):
            return None
        if len(words) == 1 and not self.roll.by_word.get(words[0]) and not AGE_OR_ROLE.match(self.article.plain, mention.start + len(mention.text)):
            return None
        return self._named(mention, words)

    def _subjects_before(self, sentence: int, at: int) -> list[Mentioned]:
        """The subjects of a sentence that stand before offset `at`, in order; of an endless sentence the nearest."""
        if sentence not in self._subjects:
            t = self.article.tokens(sentence)
            found = sorted((mentioned(self.article, t, m) for m in subjects_in(t)), key=lambda m: m.start)
            self._subjects[sentence] = ([m.start for m in found], found)
        starts, found = self._subjects[sentence]
        behind = bisect_left(starts, at)
        return found[max(0, behind - NEAREST) : behind]

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
