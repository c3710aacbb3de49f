"""Who is meant: from the mention of a speaker to the most complete name that the article gives.

A mention resolves to one actor or to none: a tie stays empty. What the text says of a person (role, party, body)
goes before what the codebook's registry knows of them on that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from stcalib.articles import Article
from stcalib.codebook import Codebook
from stcalib.lexicon import load_lexicon
from stcalib.names import FullName, full_names, is_organization, pronoun_of
from stcalib.records import Published
from stcalib.registry import Known, Registry, registry_of
from stcalib.speech import role_words

_ARTICLE_WORD = re.compile(r"(?:the|a|an|one)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_SINGULAR = frozenset({"he", "she"})
_PLURAL = frozenset({"they", "we"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A resolved speaker. `basis` says how the mention led to the name."""

    name: str
    type: str | None
    basis: str
    pronoun: str | None = None
    organization: str | None = None
    party: str | None = None
    party_basis: str | None = None


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention of a speaker as text: the words, where they begin, and role and body beside them."""

    text: str
    start: int
    role: str | None = None
    body: str | None = None


@dataclass
class Cast:
    """The actors of one article as the reading goes on."""

    article: Article
    codebook: Codebook
    published: Published
    seen: list[tuple[int, Actor, str]] = field(default_factory=list)

    @cached_property
    def registry(self) -> Registry:
        return registry_of(self.codebook)

    @cached_property
    def names(self) -> list[FullName]:
        return full_names(self.article.plain)

    @cached_property
    def by_last(self) -> dict[str, list[FullName]]:
        index: dict[str, list[FullName]] = {}
        for name in self.names:
            index.setdefault(name.last, []).append(name)
        return index

    def resolve(self, mention: Mentioned) -> Actor | None:
        """The actor meant by a mention, which is then known to the mentions behind it."""
        actor = self._resolved(mention)
        if actor is not None:
            self.seen.append((mention.start, actor, mention.role or ""))
        return actor

    def continued(self, at: int) -> Actor | None:
        """The actor of a quotation that goes on without a mention: whoever spoke last."""
        if not self.seen:
            return None
        return self.seen[-1][1]

    def _resolved(self, mention: Mentioned) -> Actor | None:
        words = mention.text.split()
        if not words:
            return None
        lower = mention.text.lower()
        if lower in _SINGULAR:
            return self._person_before(mention.start, lower)
        if lower in _PLURAL:
            return self._group_before(mention.start)
        if lower in ("it", "its"):
            return self._body_before(mention.start)
        if lower in ("i", "you", "who"):
            return None
        if known := self.registry.named(mention.text, self.published):
            return _registered(known)
        if words[0][0].isupper() and words[0].lower() not in ("the", "a", "an") and all(w[0].isupper() or w.islower() and len(w) <= 3 for w in words):
            return self._named(mention, words)
        return self._described(mention)

    # ---- names
    def _named(self, mention: Mentioned, words: list[str]) -> Actor | None:
        text = _POSSESSIVE.sub("", mention.text)
        words = [w for w in words if w.rstrip(".").lower() not in role_words()] or words
        last = _POSSESSIVE.sub("", words[-1])
        candidates = self.by_last.get(last, [])
        fitting = {c.name for c in candidates if set(words[:-1]) <= set(c.name.split())}
        if len(words) > 1 and not fitting:
            fitting = {" ".join(words)}
        before = {c.name for c in candidates if c.start <= mention.start and c.name in fitting}
        chosen: str | None = None
        if len(fitting) == 1:
            chosen = next(iter(fitting))
        elif len(before) == 1:
            chosen = next(iter(before))
        elif before:
            chosen = next((c.name for c in reversed(candidates) if c.start <= mention.start and c.name in before), None)
        elif fitting:
            chosen = max(fitting, key=len)
        if chosen is None:
            return self._body_or_single(mention, text)
        if known := self.registry.named(chosen, self.published):
            return _registered(known)
        titles = next((c.titles for c in self.by_last.get(chosen.rpartition(" ")[2], []) if c.name == chosen), ())
        kind = "organization" if is_organization(chosen) else "person"
        return Actor(chosen, kind, "name in full" if len(words) > 1 else "surname", pronoun_of(chosen, titles, mention.role or "") if kind == "person" else None)

    def _body_or_single(self, mention: Mentioned, text: str) -> Actor:
        if is_organization(text):
            return Actor(text, "organization", "name in full")
        return Actor(text, "person" if mention.role else None, "name as printed", pronoun_of(text, (), mention.role or ""))

    # ---- descriptions
    def _described(self, mention: Mentioned) -> Actor | None:
        text = mention.text
        definite = text.lower().startswith(("the ", "this ", "that "))
        bare = _ARTICLE_WORD.sub("", text, count=1)
        head = bare.split()[-1].lower() if bare.split() else ""
        if definite:
            for _, actor, role in reversed(self.seen):
                if actor.name.lower().split()[-1] == head or head in role.lower().split():
                    return Actor(actor.name, actor.type, "description taken up", actor.pronoun, actor.organization, actor.party, actor.party_basis)
            if (titled := self._titled(head, mention.start)) is not None:
                return titled
        full = bare + (f" {mention.body}" if mention.body and len(bare.split()) == 1 else "")
        return Actor(full, _type_of(head), "description")

    def _titled(self, head: str, at: int) -> Actor | None:
        """The person introduced with the office that "the minister" takes up."""
        if head not in role_words():
            return None
        names = {n.name for n in self.names if n.start < at and any(t.lower() == head for t in n.titles)}
        if len(names) != 1:
            return None
        name = next(iter(names))
        known = self.registry.named(name, self.published)
        return _registered(known) if known else Actor(name, "person", "office taken up", pronoun_of(name))

    # ---- pronouns
    def _person_before(self, at: int, pronoun: str) -> Actor | None:
        last_speaker = next((a for _, a, _ in reversed(self.seen) if a.type in ("person", None, "unnamed") and a.pronoun in (None, pronoun)), None)
        last_at = self.seen[-1][0] if self.seen else -1
        openers = self._openers_between(last_at, at)
        for name in reversed(openers):
            gender = pronoun_of(name.name, name.titles)
            if gender in (None, pronoun) and not is_organization(name.name):
                return self._as_pronoun(self._named(Mentioned(name.name, name.start), name.name.split()), pronoun)
        if last_speaker is not None:
            return self._as_pronoun(last_speaker, pronoun)
        for name in reversed([n for n in self.names if n.start < at]):
            if pronoun_of(name.name, name.titles) == pronoun:
                return self._as_pronoun(self._named(Mentioned(name.name, name.start), name.name.split()), pronoun)
        return None

    def _openers_between(self, start: int, end: int) -> list[FullName]:
        """Full names that open a sentence between two places."""
        opens = [s.start for s in self.article.sentences if start < s.start < end]
        return [n for n in self.names if any(o <= n.start <= o + 60 for o in opens) and n.start < end]

    def _as_pronoun(self, actor: Actor | None, pronoun: str) -> Actor | None:
        if actor is None:
            return None
        return Actor(actor.name, actor.type or "person", "pronoun", pronoun, actor.organization, actor.party, actor.party_basis)

    def _group_before(self, at: int) -> Actor | None:
        return next((a for _, a, _ in reversed(self.seen) if a.type not in ("person",)), self.seen[-1][1] if self.seen else None)

    def _body_before(self, at: int) -> Actor | None:
        return next((a for _, a, _ in reversed(self.seen) if a.type not in ("person",)), None)


def _registered(known: Known) -> Actor:
    return Actor(known.name, known.type, "registry", known.pronoun, known.organization, known.party, "registry" if known.party else None)


def _type_of(head: str) -> str:
    titles = load_lexicon().titles
    if head in titles.groups or head.endswith("s") and head not in titles.writings:
        return "group"
    if head in titles.writings:
        return "document"
    if head in titles.bodies:
        return "organization"
    return "unnamed"


def distinct(actors: Iterable[Actor]) -> list[Actor]:
    """The actors without repetition, in order."""
    kept: dict[str, Actor] = {}
    for actor in actors:
        kept.setdefault(actor.name, actor)
    return list(kept.values())
