"""Descriptions led back to the actors they stand for: "the Conservative MP for Harbour" behind "Ada Roe", "it" for a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from stcalib.actors.article_names import names_in
from stcalib.actors.full_names import FullName, full_names, is_organization
from stcalib.actors.registry import Registry
from stcalib.core.rows import Published, Quote
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import role_words
from stcalib.language.word_sets import compiled, pattern
from stcalib.positions.holder_words import OFFICE_REACH, OFFICE_WORDS, offices
from stcalib.positions.subject_kinds import Holder
from stcalib.text.article import Article

REACH = 400
"""Characters before what a writing says in which whose it is stands."""
DEFINITE = 6
"""Characters on either side of where a description begins among which a definite article or possessive stands."""


@dataclass(frozen=True)
class Described:
    """Leads descriptions back in one article."""

    article: Article
    quotes: Sequence[Quote]
    registry: Registry
    published: Published

    @cached_property
    def _names(self) -> list[FullName]:
        return [name for name in names_in(self.article) if not is_organization(name.name)]

    def person(self, holder: Holder, at: int, sentence: int) -> Holder | None:
        """The one person named in the sentence before, of whom a role without a name may tell more, where no party forbids it."""
        words = holder.name.replace("’", "'").split()
        roles = [word for word in words if word.lower() in role_words()]
        if not roles or len(words) < 2 or holder.type == "unnamed" or sentence == 0 or not self._is_definite(at):
            return None
        before = self.article.sentences[sentence - 1]
        named = {name.name for name in self._names if before.start <= name.start < before.end}
        if len(named) != 1:
            return None
        name = named.pop()
        known = self.registry.named(name, self.published)
        party = self.registry.party_word(holder.name)
        if known is None:
            return Holder(name, "person", holder.organization, party or holder.party)
        if known.type != "person" or (party is not None and known.party is not None and party != known.party):
            return None
        return Holder(known.name, "person", known.organization, known.party)

    def in_office(self, holder: Holder, at: int) -> Holder | None:
        """Whom a bare office takes up ("the minister", "the Conservative critic"): the one so called before it."""
        words = holder.name.lower().split()
        if not words or words[-1] not in offices() or len(words) > OFFICE_WORDS:
            return None
        called = [q for q in self.quotes if q.actor_type == "person" and q.actor and q.start < at and words[-1] in (q.role or "").lower().split()]
        plain = self.article.plain[:at]
        persons = [n for n in self.registry.mentions(plain, self.published) if n.known.type == "person"]
        named = [n for n in persons if words[-1] in plain[max(0, n.start - OFFICE_REACH) : n.start].lower()]
        names = {q.actor for q in called} | {n.known.name for n in named}
        if len(names) > 1 and words[-1] in load_lexicon().titles.callings and called:
            names = {max(called, key=lambda quote: quote.start).actor}
        if not names and (code := self.registry.party_word(holder.name)) is not None:
            names = {n.known.name for n in self.registry.mentions(plain, self.published) if n.known.type == "person" and n.known.party == code}
        if len(names) != 1:
            return None
        name = names.pop()
        assert name is not None
        return Holder(name, "person")

    def several(self, office: str, sentence: int) -> list[Holder]:
        """Those whom "the ministers" takes up: the persons of that office named in this sentence and the two before."""
        first = self.article.sentences[max(0, sentence - 2)].start
        stretch = self.article.plain[first : self.article.sentences[sentence].end]
        title = office.lower().removesuffix("s")
        persons = [n for n in self.registry.mentions(stretch, self.published) if n.known.type == "person"]
        named = [n for n in persons if title in stretch[max(0, n.start - OFFICE_REACH) : n.start].lower()]
        found = {n.known.name: Holder(n.known.name, "person", n.known.organization, n.known.party) for n in named}
        return list(found.values()) if len(found) > 1 else []

    def issuer(self) -> Holder | None:
        """Who speaks a statement of which a sentence says only "we": the one whose words without a cue the article is."""
        told = {quote.actor: quote for quote in self.quotes if quote.actor and quote.cue is None and quote.kind == "direct"}
        if len(told) != 1:
            return None
        (name, quote), = told.items()
        return Holder(name, quote.actor_type, quote.organization, quote.party)

    def _is_definite(self, at: int) -> bool:
        return pattern("positions.definite").search(self.article.text, max(0, at - DEFINITE), at + DEFINITE) is not None

    def sender(self, noun: str, at: int) -> Holder | None:
        """Whose a writing is: "a statement from the Harbour Union. ... It says"."""
        start = max(0, at - REACH)
        whose = compiled("positions.sent", noun=re.escape(noun))
        last = next(reversed(list(whose.finditer(self.article.plain[start:at]))), None)
        named = pattern("positions.name_behind").match(self.article.plain, start + last.end()) if last is not None else None
        if named is None:
            return None
        found = self.registry.mentions(named[0], self.published)
        if found:
            known = found[-1].known
            return Holder(known.name, known.type, known.organization, known.party)
        text = named[0].strip()
        if is_organization(text):
            return Holder(text, "organization", text)
        person = next((name.name for name in full_names(text)), None)
        return Holder(person, "person") if person is not None else None
