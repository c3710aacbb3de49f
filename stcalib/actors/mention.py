"""The mention of a speaker as text, and the actor that it comes to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from stcalib.language.word_sets import pattern
from stcalib.syntax.noun_phrases import Mention
from stcalib.text.article import Article
from stcalib.text.tokens import Tokens

_POSSESSIVE = re.compile(r"(?<=\w)['’]s$|(?<=s)['’]$")


@dataclass(slots=True)
class Actor:
    """A resolved speaker. `basis` says how the mention led to the name."""

    name: str
    type: str | None
    basis: str
    pronoun: str | None = None
    organization: str | None = None
    party: str | None = None
    party_basis: str | None = None

    def as_person(self) -> Actor:
        """The actor where the text takes it for a person."""
        return self if self.type == "person" else replace(self, type="person")


@dataclass(slots=True)
class Mentioned:
    """A mention as text: the words, where they begin, the role and body beside them, and whether they are plural."""

    text: str
    start: int
    role: str | None = None
    body: str | None = None
    plural: bool = False
    aside: bool = False


def mentioned(article: Article, t: Tokens, mention: Mention, aside: bool = False) -> Mentioned:
    """A mention in token indexes as text; one `aside` is no subject that a later pronoun takes up."""
    plain = article.plain
    words = plain[t.starts[mention.start] : t.end(mention.end - 1)]
    plural = "&" in t.classes[mention.start : mention.end]
    role = plain[t.starts[mention.role[0]] : t.end(mention.role[1] - 1)] if mention.role else None
    body = plain[t.starts[mention.body[0]] : t.end(mention.body[1] - 1)] if mention.body else None
    bare = pattern("actors.contraction").sub("", words) if t.classes[mention.start] == "p" else words
    if t.classes[mention.end - 1] == "K":
        bare = _POSSESSIVE.sub("", bare)
    return Mentioned(bare, t.starts[mention.start], role, body, plural, aside)
