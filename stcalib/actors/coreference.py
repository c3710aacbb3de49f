"""Who is meant: from the mention of a speaker to the most complete name that the article gives.

A mention resolves to one actor or to none: a tie stays empty. What the text says of a person (role, party, body)
goes before what the codebook's registry knows of them on that day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from stcalib.actors.article_names import Bearer
from stcalib.actors.descriptions import (
    POSSESSIVE_PRONOUNS,
    PRONOUNS,
    common_nouns,
    head_of,
    shortened,
    type_of,
    without_determiner,
)
from stcalib.actors.full_names import pronoun_of
from stcalib.actors.mention import Actor, Mentioned
from stcalib.actors.namesakes import Names
from stcalib.actors.pronouns import REACH
from stcalib.actors.spoken import MEMORY
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import first_names, is_formal_title, role_words
from stcalib.text.tokens import word_classes

LEAD = 3
"""Sentences of a lead, in which somebody may be described who is named later."""
GOVERNING = frozenset(("government", "administration", "cabinet"))
_DEFINITE = re.compile(r"^(?:(?:the|this|that)|[\w.-]+['’]s?)\s", re.IGNORECASE)
_POSSESSOR = re.compile(r"^[\w.-]+(?: [\w.-]+)?['’]s? ")
_SINGULAR = frozenset({"he", "she"})
_OWNER = re.compile(r"((?:[Tt]he )?[\w.-]+(?: [\w.-]+){0,4})['’]s? (?=\w)")
_BY = re.compile(r"\b(?:by|from) ((?:the )?[A-ZÀ-Ý][\w.'’-]*(?: (?:of |and |for )?[A-ZÀ-Ý0-9][\w.'’-]*)*)")
_VARIED = re.compile(
    r"(?!(?:first|second|third|last|next|other|same|new|old|former|chief|deputy|senior|top|big|only)\b)[a-z0-9][\w,-]* "
    r"(?!.*[A-ZÀ-Ý]\S* [A-ZÀ-Ý])(?!.* of ).*[a-z]"
)
_AGE = re.compile(r"\d{1,3}-year-old")
_SPEAKS_FOR = re.compile(r"\b(for|to|of) ((?:the )?[A-ZÀ-Ý][\w.'’-]*(?: (?:of |and |for |the )*[A-ZÀ-Ý][\w.'’-]*)*)")
_LISTED = re.compile(r", and |,| and ")
_BOTH = re.compile(r"^[Bb]oth ")
_SURVEYS = frozenset(("survey", "poll"))


def _varies(description: str, head: str) -> bool:
    """Whether a description tells of somebody by looks, age or home, and so may vary a name given before.

    An occupation does so only with words that no title has: "the lanky, bespectacled professor", "the 26-year-old guard".
    """
    if _AGE.fullmatch(description):
        return True
    return _VARIED.fullmatch(description) is not None and (head not in role_words() or bool(re.search(r"[,\d-]", description)))


@cache
def titles_of_staff() -> frozenset[str]:
    """What speaks for somebody under their name: "his office", "her campaign"."""
    return frozenset(load_lexicon().titles.staff)


class Cast(Names):
    """The actors of one article, as the reading goes on from sentence to sentence."""

    def resolve(self, mention: Mentioned, sentence: int, reported: int | None = None) -> Actor | None:
        """The actor meant by the mention of a speaker in a sentence; later mentions may take it up.

        What is named inside the reported words, which begin at `reported`, is meant by "it" or "they" only where
        nothing else is found: "The law is old, it said."
        """
        lower, outside, self.tied = mention.text.lower(), mention, ()
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

    def continued(self, sentence: int = 0, at: int = 0) -> Actor | None:
        """The actor of a quotation that goes on without a mention: whoever spoke last, or the person of whom the sentence
        before it in its paragraph tells: "Roe shakes her head. “It is over.”" """
        before = self.article.sentences[sentence - 1] if sentence else None
        last = self.spoken[-1][0] if self.spoken else -1
        if before is not None and before.block == self.article.sentences[sentence].block and last < before.start:
            main = self._main_clause(sentence - 1)
            for told in self._subjects_before(sentence - 1, at):
                lower = told.text.lower()
                if told.start < main or told.plural or (lower in PRONOUNS and lower not in _SINGULAR):
                    continue
                actor = self._person(told.start, sentence - 1, lower) if lower in _SINGULAR else self._named_or_none(told)
                if actor is not None and (lower in _SINGULAR or self._is_person(told, actor)):
                    self.spoken.append((told.start, actor, ""))
                    return replace(actor, basis="subject of the sentence before")
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
            if words[-1].lower() in role_words() and words[-1].lower() not in common_nouns():
                return self._described(mention, sentence)
            return Actor(bare, "group" if bare.endswith("s") and len(words) == 1 else "organization", "name as printed")
        return self._described(mention, sentence)

    def _is_common(self, word: str) -> bool:
        """Whether a word that opens a sentence is no name: a common noun, or one that the article prints small."""
        return word in common_nouns() or self.roll.prints(word)

    # ---- descriptions
    def _described(self, mention: Mentioned, sentence: int) -> Actor | None:
        bare = without_determiner(mention.text)
        if mention.plural and (both := self._together(mention)) is not None:
            return both
        if bare == mention.text or not bare.partition(" ")[2][:1].isupper():
            bare = self._uncapitalized(bare)
        head, titles = head_of(bare), load_lexicon().titles
        if (owned := self._owned(mention, bare, head, sentence)) is not None:
            return owned
        if head in titles.spokespersons and (spokesperson := self._spokesperson(mention, bare, head, sentence)) is not None:
            return spokesperson
        if head in titles.issued and (maker := self._maker(mention, sentence)) is not None:
            return maker
        if (called := self.known.called(bare.lower(), mention.start)) is not None:
            return called
        if (holder := self.known.by_office(mention, bare, head)) is not None:
            return holder
        if (later := self._named_later(mention, bare, head, sentence)) is not None:
            return later
        if _DEFINITE.match(mention.text) and (known := self._taken_up(mention, bare, head, sentence)) is not None:
            return known
        name = bare if " and " in bare else shortened(bare, mention.body)
        return Actor(name, type_of(head, mention.plural), "description")

    def _together(self, mention: Mentioned) -> Actor | None:
        """Bodies that the registry knows and that speak together ("the Bloc and the NDP"): their names, parted by semicolons."""
        parts = [part.strip() for part in _LISTED.split(_BOTH.sub("", mention.text)) if part.strip()]
        known = [self.known.registered(Mentioned(part, mention.start)) for part in parts]
        found = [actor for actor in known if actor is not None and actor.type != "person"]
        if len(found) < 2 or len(found) < len(parts):
            return None
        return Actor("; ".join(actor.name for actor in found), "group", "registry")

    def _owned(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """A body by its owner: "Premier Roe's government" by the registry, "his office" as the office of whom the pronoun means."""
        pronoun, _, owned = bare.partition(" ")
        if head in GOVERNING and _OWNER.match(bare) is not None:
            words = bare.split()
            while len(words) > 2 and is_formal_title(words[0]):
                words = words[1:]
                owner = _OWNER.match(" ".join(words))
                called = f"{owner[1].rpartition(' ')[2]} {head}" if owner else ""
                if (known := self.known.registered(mention, " ".join(words)) or self.known.registered(mention, called)) is not None:
                    return known
        if pronoun.lower() not in ("his", "her") or owned != head or head not in titles_of_staff():
            return None
        person = self._person(mention.start, sentence, "he" if pronoun.lower() == "his" else "she")
        return Actor(f"{person.name}'s {head}", type_of(head), "description", None, person.organization) if person is not None else None

    def _named_later(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """Whom a lead describes before it names them: "A judge has ruled … Justice Ada Roe", "the premier … Mr. Roe"."""
        if sentence >= LEAD or mention.plural or type_of(head) != "unnamed" or head not in role_words() or mention.body is not None:
            return None
        later = [b for b in self._holding(bare.lower().split(), head) if b.starts[0] > mention.start]
        if len(later) != 1 or any(b.starts[0] < mention.start for b in self.roll.by_title.get(head, [])):
            return None
        name = later[0].name
        pronoun = pronoun_of(name, self.roll.titles_of(name))
        return self.known.registered(mention, name, "named later") or Actor(name, "person", "named later", pronoun)

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
            if body is not None:
                return Actor(body.name, "organization", "description taken up")
            return self._body_like(mention, bare, head, sentence) if bare.lower() == head else None
        formerly = mention.text.lower().startswith("the former ") and head in role_words()
        if kind != "unnamed" or (not formerly and (head in (*titles.nameless, *titles.offices) or not _varies(bare, head))):
            return None
        return self._only_person(mention.start, sentence)

    def _body_like(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """The body that "the company" or "the party" takes up: the one that spoke or was a subject last, and is no person."""
        if head == "party":
            return self._party_of_last()
        if head not in load_lexicon().titles.firms:
            return None
        for number in range(sentence, max(-1, sentence - REACH), -1):
            span = self.article.sentences[number]
            named = [actor for _, actor in self._spoken_in(span.start, min(span.end, mention.start))]
            named += [a for m in reversed(self._subjects_before(number, mention.start)) if (a := self._named_or_none(m)) is not None]
            for actor in named:
                lower = actor.name.lower().split()
                other = any(word in common_nouns() and word not in load_lexicon().titles.firms for word in lower)
                if actor.type in ("organization", None) and actor.name[0].isupper() and not other and not self._may_be_person(actor):
                    return replace(actor, type="organization", basis="description taken up", organization=actor.name)
        return None

    def _may_be_person(self, actor: Actor) -> bool:
        """Whether a name without a type could be a person's: a surname of the article, or a given name."""
        words = actor.name.split()
        return actor.type is None and (words[0] in first_names() or any(b.last == words[-1] for b in self.roll.by_word.get(words[-1], [])))

    def _party_of_last(self) -> Actor | None:
        """The party of who spoke last with one: "Their critic, Ada Roe, said … and the party argues"."""
        for _, actor, _ in self._recent():
            if actor.type == "party":
                return replace(actor, basis="description taken up")
            if actor.party is not None:
                known = self.known.registry.party(actor.party, self.published)
                if known is not None:
                    return Actor(known.name, "party", "description taken up", None, known.organization, actor.party, "registry")
        return None

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
