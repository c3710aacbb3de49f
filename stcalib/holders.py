"""Who takes a stance: from a place in a sentence to an actor with party and organization.

What the article says of an actor goes before what the registry knows; nobody is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from stcalib.actors import Actor, Cast, Mentioned
from stcalib.articles import Article
from stcalib.codebook import Codebook
from stcalib.grammar import Tokens, tokens_of
from stcalib.lexicon import alternatives, load_lexicon
from stcalib.names import pronoun_of
from stcalib.records import Published, Quote
from stcalib.registry import Registry, registry_of
from stcalib.speech import Mention, subject_of

_FIRST = frozenset("i we our us my".split())
_THIRD = frozenset("he she they it".split())
_COUNT = re.compile(r"^(?:some|many|several|about|around|more than|nearly|almost|over|both|at least)?\s*(?:\d[\d,]*|a dozen|dozens of|hundreds of)?\s+(?=[a-z])", re.IGNORECASE)
_OWNED = re.compile(r"^(?:his|her|its|their)\s+(?:office|party|government|spokes\w+|department|ministry|team|staff|province)\b", re.IGNORECASE)
_SPOKEN_FOR = re.compile(r"\b(?:spokes(?:man|woman|person)|press secretary|office)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Holder:
    """An actor who takes a stance."""

    name: str
    type: str | None
    organization: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb as the text has it. `kind`: first, third (pronouns), public, poll or other."""

    text: str
    start: int
    kind: str
    role: str | None = None
    body: str | None = None


class Holders:
    """The actors of one article who may hold a stance."""

    def __init__(self, article: Article, quotes: Sequence[Quote], codebook: Codebook, published: Published):
        self.article, self.quotes, self.published = article, quotes, published
        self.codebook = codebook
        self._tokens: dict[tuple[int, int, bool], Tokens] = {}

    @cached_property
    def registry(self) -> Registry:
        return registry_of(self.codebook)

    @cached_property
    def _cast(self) -> Cast:
        return Cast(self.article, self.codebook, self.published)

    @cached_property
    def _spoken(self) -> tuple[list[int], list[tuple[int, Actor, str]]]:
        """Those who speak in the article's quotes, by where they are mentioned."""
        seen = []
        for quote in self.quotes:
            for name in (quote.actor or "").split("; "):
                if name:
                    at = quote.speaker_start if quote.speaker_start is not None else quote.start
                    pronoun = pronoun_of(name, (), quote.role or "")
                    seen.append((at, Actor(name, quote.actor_type, "quote", pronoun, quote.organization, quote.party, quote.party_basis), quote.role or ""))
        seen.sort(key=lambda entry: entry[0])
        return [at for at, _, _ in seen], seen

    # ---- speakers
    def speakers(self, quote: Quote) -> list[Holder]:
        """Those whose words a quote is; nobody where the quote has no speaker."""
        names = [name for name in (quote.actor or quote.speaker or "").split("; ") if name]
        return [self._completed(Holder(name, quote.actor_type, quote.organization, quote.party), quote.role, only=len(names) == 1) for name in names]

    def _completed(self, holder: Holder, role: str | None, only: bool = True) -> Holder:
        """The holder with what the registry adds to it, its name the registry's."""
        known = self.registry.named(holder.name, self.published)
        party, organization, name, kind = holder.party, holder.organization, holder.name, holder.type
        if known is not None:
            name, kind = known.name, known.type or kind
            party, organization = party or known.party, organization or known.organization
        if party is None and only:
            party = self.registry.party_word(f"{role or ''} {holder.name}")
        return Holder(name, kind, organization or self._party_name(party), party)

    def _party_name(self, code: str | None) -> str | None:
        return next((party.name for party in self.codebook.actors.party if party.code == code), None) if code else None

    # ---- subjects
    def tokens(self, start: int, end: int, spoken: bool) -> Tokens:
        """The tokens of a stretch of the reading copy, its quotations masked unless the stretch is `spoken`."""
        key = (start, end, spoken)
        if key not in self._tokens:
            self._tokens[key] = tokens_of(self.article.plain if spoken else self.article.masked, start, end)
        return self._tokens[key]

    def subject(self, start: int, end: int, offset: int, spoken: bool) -> Subject | None:
        """The subject of the verb at `offset`, in the stretch `start`..`end` of the reading copy."""
        t = self.tokens(start, end, spoken)
        index = bisect_left(t.starts, offset)
        if index >= len(t.starts) or (t.starts[index] != offset and index and offset < t.ends[index - 1]):
            index = max(0, index - 1)
        mention = subject_of(t, index)
        return self._subject(t, mention) if mention is not None else None

    def _subject(self, t: Tokens, mention: Mention) -> Subject:
        plain = self.article.plain
        text = plain[t.starts[mention.start] : t.ends[mention.end - 1]]
        role = plain[t.starts[mention.role[0]] : t.ends[mention.role[1] - 1]] if mention.role else None
        body = plain[t.starts[mention.body[0]] : t.ends[mention.body[1] - 1]] if mention.body else None
        return Subject(text, t.starts[mention.start], self._kind(text.lower(), body), role, body)

    def _kind(self, text: str, body: str | None) -> str:
        if text in _FIRST:
            return "first"
        if text in _THIRD:
            return "third"
        if _publics().fullmatch(text):
            return "public"
        if _polls().search(text):
            return "poll"
        return "other"

    def resolved(self, subject: Subject) -> Holder | None:
        """The actor that a subject names or takes up; None where nobody can be told."""
        if subject.kind in ("first", "public", "poll"):
            return None
        text = subject.text
        if (owned := _OWNED.match(text)) is not None:
            return self._taken_up(replace(subject, text={"his": "he", "her": "she"}.get(owned.group().split()[0].lower(), "they"), kind="third"))
        if subject.kind == "third":
            return self._taken_up(subject)
        if known := self.registry.named(text, self.published):
            return self._completed(Holder(known.name, known.type), subject.role)
        plain = _COUNT.sub("", text)
        actor = self._cast.resolve(Mentioned(plain or text, subject.start, subject.role, subject.body))
        return self._of(actor, subject.role) if actor else None

    def _taken_up(self, subject: Subject) -> Holder | None:
        """The actor whom a pronoun takes up."""
        starts, seen = self._spoken
        self._cast.seen[:] = seen[: bisect_left(starts, subject.start)]
        actor = self._cast.resolve(Mentioned(subject.text.lower(), subject.start))
        return self._of(actor, None) if actor else None

    def _of(self, actor: Actor, role: str | None) -> Holder:
        return self._completed(Holder(actor.name, actor.type, actor.organization, actor.party), role)

    # ---- comparisons
    def same_side(self, one: Holder, other: Holder) -> bool:
        """Whether one speaks for the other: the same actor, or its organization or party."""
        if one.name == other.name or (one.organization is not None and one.organization in (other.name, other.organization)):
            return True
        return one.party is not None and one.party == other.party and other.type in ("party", "government")

    def is_target(self, text: str, body: str) -> bool:
        """Whether words stand for a body: its names, its government's party or person."""
        known = self.registry.named(re.sub(r"['’]s?$", "", text), self.published)
        if known is None:
            return False
        if known.name == body or known.organization == body:
            return True
        return known.type == "party" and known.party is not None and known.party == self.registry.party_of(body, self.published)


def _publics() -> re.Pattern[str]:
    return re.compile(rf"(?:the |all |most |many |our |ordinary )?{alternatives(load_lexicon().stances.publics.words)}", re.IGNORECASE)


def _polls() -> re.Pattern[str]:
    words = [word for pattern in load_lexicon().stances.publics.polls for word in re.findall(r"[a-z][a-z -]+", pattern)]
    return re.compile(rf"\b{alternatives(w.strip() for w in words)}\b|%", re.IGNORECASE)
