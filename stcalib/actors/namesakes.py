"""Whom a name means: the full name that it is part of, and which of several persons of one surname."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from stcalib.actors.appositions import party_behind
from stcalib.actors.article_names import Bearer
from stcalib.actors.descriptions import (
    body_named,
)
from stcalib.actors.full_names import is_organization, pronoun_of
from stcalib.actors.mention import Actor, Mentioned
from stcalib.actors.pronouns import WINDOW, Pronouns
from stcalib.actors.spoken import MEMORY
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import first_names, role_words
from stcalib.language.word_sets import pattern

WEIGHT = 3
"""So many times as often one of two namesakes is named in full where the surname alone means that one."""
_POSSESSIVE = re.compile(r"['’]s?$")


@by_language
def _first_name_titles() -> frozenset[str]:
    """Forms of address that stand before a given name alone: "Sir Keir"."""
    return frozenset(load_lexicon().titles.before_given_names)


class Names(Pronouns):
    """Names in full and in part."""

    def _named(self, mention: Mentioned, words: list[str]) -> Actor | None:
        """The actor of a name, None where several bear it; one that only one bearer fits is looked up once."""
        key = (mention.text, mention.role)
        if key not in self._names_known:
            actor, certain = self._looked_up(mention, words)
            if not certain or actor is None:
                return actor
            self._names_known[key] = actor
        return self._names_known[key]

    def _looked_up(self, mention: Mentioned, words: list[str]) -> tuple[Actor | None, bool]:
        """The actor of a name, and whether it would be the same anywhere in the article."""
        roles = role_words()
        words = [w for w in words if w.rstrip(".").lower() not in roles] or words
        text = _POSSESSIVE.sub("", " ".join(words))
        text = self.roll.in_full.get(text, text)
        words = text.split()
        candidates = [c for c in self.roll.by_word.get(words[-1], [])[:MEMORY] if all(word in c.name.split() for word in words)]
        if len(words) == 1:
            surnamed = [c for c in candidates if c.last == words[0]]
            by_first = mention.role is None or not _first_name_titles().isdisjoint(mention.role.split())
            candidates = surnamed or ([c for c in candidates if c.titles or words[0] in first_names()] if by_first else [])
        persons = self._parted(candidates, mention) if len(words) == 1 and len(candidates) > 1 else candidates
        if len(persons) > 1 and len(words) == 1:
            self.tied = tuple(c.name for c in persons)
            return None, False
        chosen = self._chosen(persons, mention) if persons else None
        name = chosen.name if chosen else text
        certain = len(candidates) < 2 and mention.body is None
        known = self.known.registered(mention, name)
        if known is None and len(words) == 1 and _POSSESSIVE.sub("", mention.text) == text:
            known = self.known.by_surname(replace(mention, text=text))
        if known is not None:
            return known, certain
        of_body = bool(mention.role) and str(mention.role).split()[-1].lower() in load_lexicon().titles.bodies
        if of_body or (is_organization(name) and not self._named_as_person(mention, name)):
            return Actor(name, "organization", "name in full", organization=name), certain
        person = len(name.split()) > 1 or mention.role is not None
        titles = self.roll.titles_of(name)
        pronoun = pronoun_of(name, titles, mention.role or "")
        party = self._party_told(mention.role or " ".join(titles), name) if person else None
        basis = "name in full" if name == mention.text else "surname"
        organization = body_named(mention.body, mention.role)
        return Actor(name, "person" if person else None, basis, pronoun, organization, party, "text" if party else None), certain

    def _named_as_person(self, mention: Mentioned, name: str) -> bool:
        """Whether a surname that is a word for bodies, too, is borne by a person: a given name before it, and a title, a role or a
        body beside it ("Labour's Sue Park", "Dr. Ann House")."""
        first, _, last = name.partition(" ")
        return first in first_names() and " " not in last and bool(mention.role or mention.body or self.roll.titles_of(name))

    def _party_told(self, role: str, name: str) -> str | None:
        """The party that the article prints beside a name: in the role before it, else right behind it wherever it stands in full."""
        registry, bearer = self.known.registry, self.roll.bearers.get(name)
        told = (party_behind(self.article.plain, printed.end, registry) for printed in (bearer.printed if bearer else ()))
        return registry.party_word(role) or next((party for party in told if party is not None), None)

    def _parted(self, candidates: list[Bearer], mention: Mentioned) -> list[Bearer]:
        """Of several persons of one surname those that can be meant: one where title, order or weight tell, else all.

        A form of address or a title beside the name tells first, then who is named before it, in its paragraph first, who alone was called by
        the surname before the other came, who alone has spoken, and who is named three times as often in full.
        """
        left = [c for c in candidates if not any(c is not o and set(c.name.split()) < set(o.name.split()) for o in candidates)]
        taken_up = pattern("actors.taken_up_behind").match(self.article.plain, mention.start + len(mention.text))
        pronoun = pronoun_of("", (), mention.role or "") or (taken_up.group(1) if taken_up else None)
        paragraph = self.article.plain.rfind("\n", 0, mention.start)
        before = self.article.plain.rfind("\n", 0, max(0, len(self.article.plain[:paragraph].rstrip()))) if paragraph > 0 else -1
        role = {word.lower().rstrip(".") for word in (mention.role or "").split()}
        tests: tuple[Callable[[Bearer], bool], ...] = (
            lambda c: not is_organization(c.name),
            lambda c: pronoun is None or pronoun_of(c.name, tuple(c.titles)) in (None, pronoun),
            lambda c: bool(role & {title.lower().rstrip(".") for title in c.titles}),
            lambda c: bool(c.titles) or c.name.partition(" ")[0] in first_names(),
            lambda c: c.starts[0] < mention.start,
            lambda c: c.last_before(mention.start) >= paragraph,
            lambda c: c.last_before(mention.start) >= before,
            lambda c: self._alone_called(c, left),
            lambda c: c.name in self.speakers,
            lambda c: len(c.starts) >= WEIGHT * max(len(o.starts) for o in left if o is not c),
        )
        for test in tests:
            if len(left) < 2:
                break
            left = [c for c in left if test(c)] or left
        return left

    def _alone_called(self, bearer: Bearer, rivals: list[Bearer]) -> bool:
        """Whether the surname alone stands behind the first mention of its bearer and before that of any other."""
        until = min((rival.starts[0] for rival in rivals if rival is not bearer), default=0)
        if bearer.starts[0] > until:
            return False
        between = self.article.plain[bearer.starts[0] + len(bearer.name) : until]
        return re.search(rf"(?<![A-ZÀ-Ý][a-zà-ÿ] )\b{re.escape(bearer.last)}\b", between[:WINDOW]) is not None

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
        if actor.type == "person" and actor.name.endswith(f" {mention.text}") and not mention.text.endswith("s"):
            return True
        if mention.text in self.roll.speaking:
            return True
        return bool(pattern("actors.age_or_role").match(self.article.plain, mention.start + len(mention.text)))
