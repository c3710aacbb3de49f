"""What the codebook's registry knows of the actors of one article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from stcalib.actors.article_names import Bearer, Roll
from stcalib.actors.mention import Actor, Mentioned
from stcalib.actors.registry import Known, Registry, registry_of
from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import Published
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.text.article import Article

NEARBY = 8
"""Persons named before a bare office ("the premier") among whom its holder is looked for."""

OFFICE_REACH = 3_000
"""Characters before a bare office within which its full title is looked for."""



@dataclass
class KnownActors:
    """The actors of an article that the codebook knows, by name, by office and by what they are called."""

    article: Article
    codebook: Codebook
    published: Published
    roll: Roll
    _found: dict[tuple[str, str | None, str], Actor | None] = field(default_factory=dict)

    @cached_property
    def registry(self) -> Registry:
        """What the codebook knows of persons, parties and bodies."""
        return registry_of(self.codebook)

    def registered(self, mention: Mentioned, name: str | None = None, basis: str = "registry") -> Actor | None:
        """What the registry knows under a name; a party that the text prints beside it goes first."""
        asked = name or mention.text
        key = (asked, mention.role, basis)
        if key not in self._found:
            self._found[key] = self._in_registry(asked, mention, basis)
        return self._found[key]

    def by_surname(self, mention: Mentioned) -> Actor | None:
        """Whom a surname alone means that the article nowhere gives in full: who leads a government or party on that day."""
        known = self.registry.called_by_surname(mention.text, self.published) if mention.text not in self.roll.by_word else None
        return self._known(known, mention, "surname in the registry") if known is not None else None

    def _in_registry(self, asked: str, mention: Mentioned, basis: str) -> Actor | None:
        if " " in asked and pattern("actors.leads_elsewhere").search(asked):
            return None
        known = self.registry.named(asked, self.published)
        if known is None:
            known = self._party(asked)
        if known is None or (asked.lower() in self._generic and known.name not in self._bodies_named):
            return None
        return self._known(known, mention, basis)

    def _party(self, text: str) -> Known | None:
        """The party in "the Opposition Conservatives", "Canada's New Democratic Party": one party word, and a party's name at the end."""
        words = text.split()
        if len(words) < 2 or any(joint in text for joint in word_list("actors.conjunction_inside")):
            return None
        last = self.registry.named(words[-1], self.published)
        if not ((last and last.type == "party") or words[-1] in word_set("actors.party_noun")):
            return None
        code = self.registry.party_word(text)
        return self.registry.party(code, self.published) if code else None

    def _known(self, known: Known, mention: Mentioned, basis: str) -> Actor:
        printed = self.registry.party_word(mention.role) if mention.role and known.type == "person" else None
        party, source = known.party, "registry" if known.party else None
        if printed is not None:
            party, source = printed, "text" if known.party in (None, printed) else "text against registry"
        return Actor(known.name, known.type, basis, known.pronoun, known.organization, party, source)

    @cached_property
    def _generic(self) -> frozenset[str]:
        """Common nouns by which a body is meant only where the article names it otherwise, too."""
        return frozenset((*load_lexicon().titles.generic, *self.codebook.actors.generic))

    @cached_property
    def _bodies_named(self) -> dict[str, int]:
        """The registered bodies that the article names otherwise than by a common noun, and where first."""
        plain = self.article.plain
        found: dict[str, int] = {}
        for named in self.registry.mentions(plain, self.published):
            if plain[named.start : named.end].lower() not in self._generic:
                found.setdefault(named.known.name, named.start)
        return found

    def by_office(self, mention: Mentioned, bare: str, head: str) -> Actor | None:
        """The holder of an office that a description names, in the registry or among the persons of the article."""
        if head not in load_lexicon().titles.offices:
            return None
        if (known := self.registry.holder(mention.text, self.published)) is not None:
            return self._known(known, mention, "office in the registry")
        if bare.lower() == head and (near := self._office_near(mention)) is not None:
            return near
        if bare.lower() == head and (earlier := self._office_named_before(mention, head)) is not None:
            return earlier
        adjective = bare.split()[0].lower()
        government = self.registry.named(f"{adjective} government", self.published) if adjective != head else None
        if government is None:
            return None
        members = [k for b in self.roll.bearers if (k := self.registry.named(b, self.published)) is not None and k.organization == government.name]
        members = [k for k in {k.name: k for k in members}.values() if k.type == "person"]
        return self._known(members[0], mention, "office among those named") if len(members) == 1 else None

    def _office_named_before(self, mention: Mentioned, head: str) -> Actor | None:
        """Who is meant by a bare office that the article has named in full before ("Quebec's premier … the premier"):
        the one person of the article who has held it, at whatever time."""
        full = re.compile(rf"(?:[A-ZÀ-Ý][\w.-]+(?:['’]s)? ){{1,2}}{re.escape(head)}\b")
        start = max(0, mention.start - OFFICE_REACH)
        titles = dict.fromkeys(match.group() for match in full.finditer(self.article.plain, start, mention.start))
        held = {name for title in titles for name in self.roll.bearers if self.registry.tenure(name, title) is not None}
        known = self.registry.named(next(iter(held)), self.published) if len(held) == 1 else None
        return self._known(known, mention, "office among those named") if known is not None else None

    def _office_near(self, mention: Mentioned) -> Actor | None:
        """The one person named shortly before, or first in the article, who holds such an office ("the premier")."""
        return self._office_among(mention, self.roll.named_before(mention.start, NEARBY)) or self._office_among(
            mention, list(self.roll.bearers.values())[:NEARBY]
        )

    def _office_among(self, mention: Mentioned, bearers: list[Bearer]) -> Actor | None:
        """The one of these persons who holds an office."""
        found: dict[str, Known] = {}
        for bearer in bearers:
            person = self.registry.named(bearer.name, self.published)
            if person is None or person.type != "person" or person.jurisdiction is None:
                continue
            holder = self.registry.holder(mention.text, self.published, person.jurisdiction)
            if holder is not None and holder.name == person.name:
                found.setdefault(person.name, person)
        return self._known(next(iter(found.values())), mention, "office among those named") if len(found) == 1 else None

    def called(self, bare: str, at: int) -> Actor | None:
        """The body named before that a common noun takes up ("the force")."""
        if any(body.starts[0] < at and self.registry.named(body.name, self.published) is None for body in self.roll.by_head.get(bare, [])):
            return None
        named = [name for name in self.registry.called(bare) if self._bodies_named.get(name, at) < at]
        known = self.registry.named(named[0], self.published) if len(named) == 1 else None
        return self._known(known, Mentioned(bare, at), "description taken up") if known else None
