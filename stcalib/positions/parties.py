"""Parties as an article names them: by an owner, by their members, in lists."""

from __future__ import annotations

from dataclasses import dataclass

from stcalib.actors.mention import Mentioned
from stcalib.actors.registry import Known, Registry
from stcalib.core.rows import Published
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import pattern, word_set
from stcalib.positions.holder_words import LIST_REACH, PART
from stcalib.positions.subject_kinds import Holder
from stcalib.text.article import Article
from stcalib.text.tokens import word_classes

QUANTITIES = ("D", "#")
"""Classes of words that count or point: who is so told of is not all of a party."""


@dataclass(frozen=True)
class Parties:
    """Tells the parties that words of one article name."""

    article: Article
    registry: Registry
    published: Published

    def owned(self, text: str) -> Known | None:
        """The party that the words behind a possessive name: "Ada Roe's Harbour Party"."""
        words = text.split()
        for i in range(1, len(words)):
            if words[i - 1].endswith(("'s", "’s")) and (known := self._named(" ".join(words[i:]))) and known.type == "party":
                return known
        return None

    def before(self, at: int, sentence: int) -> Known | None:
        """The party named last before a place in a sentence: "As the Liberals iron out ..., they"."""
        start = self.article.sentences[sentence].start
        found = [named.known for named in self.registry.mentions(self.article.plain[start:at], self.published) if named.known.type == "party"]
        return found[-1] if found else None

    def benches(self, text: str) -> Holder | None:
        """The party that a noun for all its members means behind its name ("the Conservative opposition", "Liberal MPs"), or some of them."""
        words = text.split()
        head, members = words[-1].lower(), word_set("positions.members")
        code = self.registry.party_word(text) if head in members | frozenset(load_lexicon().stances.publics.benches) else None
        party = self.registry.party(code, self.published) if code is not None else None
        if party is None:
            return None
        first = words[min(1, len(words) - 1)] if words[0].lower() in word_set("positions.article") else words[0]
        if head in members and (first[:1].islower() or word_classes().get(first.lower()) in QUANTITIES):
            return Holder(f"{text[0].lower()}{text[1:]}", "group", party.name, code)
        return Holder(party.name, "party", party.name, code)

    def of_members(self, parts: list[str]) -> list[str]:
        """The parties of a list that its last noun means the members of: "Conservative and Bloc MPs" names two."""
        head = parts[-1].rsplit(" ", 1)[-1]
        if head.lower() not in word_set("positions.members"):
            return parts
        return [f"{part} {head}" if self.registry.party_called(part) is not None and self._named(part) is None else part for part in parts]

    def listed(self, last: Mentioned) -> int | None:
        """Where a list of names of the registry begins that ends with a name, or with several more: "Liberals, Conservatives and Greens"."""
        found = pattern("positions.listed").search(self.article.plain, max(0, last.start - LIST_REACH), last.start)
        if found is None or not (self._named(last.text) or pattern("positions.count").match(last.text) or self.benches(last.text)):
            return None
        start = None
        for part in reversed(list(PART.finditer(found[1]))):
            if self._named(part[0]) is None and self.registry.party_called(part[0]) is None:
                break
            start = found.start(1) + part.start()
        return start

    def _named(self, text: str) -> Known | None:
        """The registry's actor of that name."""
        return self.registry.named(text, self.published)
