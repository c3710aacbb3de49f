"""Whom a definite description takes up: "the minister", "the agency", "the Lund MP"."""

from __future__ import annotations

import re
from dataclasses import replace

from stcalib.actors.article_names import Bearer
from stcalib.actors.descriptions import common_nouns, head_of, type_of, without_determiner
from stcalib.actors.full_names import is_organization, pronoun_of
from stcalib.actors.mention import Actor, Mentioned
from stcalib.actors.namesakes import Names
from stcalib.actors.pronouns import CAPITALIZED, REACH
from stcalib.actors.roles import can_be, role_nouns
from stcalib.actors.spoken import MEMORY
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import first_names, role_words
from stcalib.language.word_sets import pattern, word_list
from stcalib.text.tokens import word_classes

NEAR = 2
"""Sentences before a description in which the person whom it varies is looked for."""
FARTHER = 3
"""Sentences in which that person is looked for where the nearer ones tell of nobody."""
_POSSESSOR = re.compile(r"^[\w.-]+(?: [\w.-]+)?['’]s? ")


def _varies(description: str, head: str) -> bool:
    """Whether a description tells of somebody by looks, age or home, and so may vary a name given before.

    An occupation does so only with words that no title has: "the lanky, bespectacled professor", "the 26-year-old guard".
    """
    if pattern("actors.age").match(description):
        return True
    return pattern("actors.varied").fullmatch(description) is not None and (head not in role_words() or bool(re.search(r"[,\d-]", description)))


def _same_writing(noun: str) -> tuple[str, ...]:
    """The nouns under which a writing may have been named before: a poll is a survey."""
    return next(((noun, *nouns) for nouns in load_lexicon().titles.same_writings if noun in nouns), (noun,))


class TakenUp(Names):
    """Definite descriptions of somebody who has been spoken of."""

    def _taken_up(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """The actor that "the minister", "the official" or "the agency" takes up."""
        if bare.lower() == head and (subject := self._subject_like(mention, head, sentence)) is not None:
            return subject
        if (before := self._described_before(bare, head)) is not None:
            return before
        if (titled := self._by_title(mention, bare, head, sentence)) is not None:
            return titled
        kind = type_of(head, mention.plural)
        if kind == "organization":
            return self._body_taken_up(mention, bare, head, sentence)
        return self._person_varied(mention, bare, head, sentence) if kind == "unnamed" and not mention.plural else None

    def _described_before(self, bare: str, head: str) -> Actor | None:
        """Who has spoken under the same description, or with the same role beside the name."""
        wanted = set(bare.lower().split())
        for actor, role in (spoke.value for spoke in self._recent()):
            same = head_of(actor.name) == head and wanted <= set(actor.name.lower().split())
            borne = head_of(role) == head or (head in role_words() and head in role.lower().split())
            if same or (borne and self._agrees(actor, bare)):
                return replace(actor, basis="description taken up")
        maker = next((self.issued[noun] for noun in _same_writing(head) if noun in self.issued), None)
        return replace(maker, basis="description taken up") if maker is not None else None

    def _by_title(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """The person beside whose name the role is printed; of several the one spoken of right before."""
        if head not in role_words() and head not in load_lexicon().titles.ranks:
            return None
        named = self._holding(_POSSESSOR.sub("", bare).lower().split(), head)
        if not named and bare.lower() != head and self.known.registry.party_word(bare):
            named = self._holding([head], head)
        fitting = [bearer for bearer in named if self._agrees(self._full(bearer.name, mention.start), bare)]
        fitting = [bearer for bearer in fitting if bearer.starts[0] < mention.start] or fitting
        if len(fitting) > 1:
            central = {actor.name.rpartition(" ")[2] for actor in self._central(mention.start, sentence)}
            fitting = [bearer for bearer in fitting if bearer.last in central]
        if len(fitting) != 1:
            return None
        name = fitting[0].name
        pronoun = pronoun_of(name, self.roll.titles_of(name))
        return self.known.registered(mention, name, "office taken up") or Actor(name, "person", "office taken up", pronoun)

    def _party_member(self, mention: Mentioned, bare: str, sentence: int) -> Actor | None:
        """Whom "the New Democrat" means: the last person told of who is of that party, else the one told of whose party is not known."""
        registry = self.known.registry
        code = registry.party_word(bare)
        if code is None:
            return None
        for number in range(sentence, max(-1, sentence - REACH), -1):
            for actor in self._candidates(number, mention.start):
                known = registry.named(actor.name, self.known.published)
                party = actor.party or (known.party if known is not None else None) or registry.party_word(" ".join(self.roll.titles_of(actor.name)))
                if actor.type == "person" and party == code:
                    return replace(actor, basis="description of the person spoken of")
        central = [actor for actor in self._central(mention.start, sentence) if self._agrees(actor, bare)]
        return replace(central[0], basis="description of the person spoken of") if len(central) == 1 else None

    def _body_taken_up(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """The body that "the council" takes up: the one named last with that word, else the one spoken of."""
        wanted = set(bare.lower().split())
        bodies = [b for b in self.roll.by_head.get(head, [])[:MEMORY] if b.starts[0] < mention.start and wanted <= set(b.name.lower().split())]
        body = max(bodies, key=lambda b: b.last_before(mention.start), default=None)
        if body is not None:
            name = self.roll.with_complement(body.name)
            return self.known.registered(mention, name, "description taken up") or Actor(name, "organization", "description taken up")
        return self._body_like(mention, bare, head, sentence) if bare.lower() == head else None

    # ---- persons whom a new description varies
    def _person_varied(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """Who has just been spoken of, where the description can be of that person ("the Lund MP", "the 26-year-old")."""
        nameless, formerly = load_lexicon().titles.nameless, bare.lower().startswith(word_list("actors.former_before"))
        borne, varies = head in role_words(), _varies(bare, head)
        if head in nameless or not (borne or varies or formerly):
            return None
        central = self._central(mention.start, sentence)
        if not central and self._only_named(mention.start, sentence) is None:
            central = self._central(mention.start, sentence, FARTHER)
        fitting = [actor for actor in central if self._agrees(actor, bare)]
        if borne and not formerly and not pattern("actors.age").match(bare):
            fitting = [actor for actor in fitting if can_be(head, self._roles(actor))]
        if borne and self._is_quoted(mention.start):
            fitting = [actor for actor in fitting if self._roles(actor)]
        if len(fitting) > 1:
            self.tied = tuple(actor.name for actor in fitting)
        if len(fitting) == 1 and (borne or formerly or len(central) == 1):
            return replace(fitting[0], basis="description of the person spoken of")
        if central or not (varies or formerly or bare.lower() != head):
            return None
        if not (varies or formerly):
            only = self._only_named(mention.start, sentence)
            return only if only is not None and self._agrees(only, bare) and can_be(head, self._roles(only)) else None
        return self._only_person(mention.start, sentence) or self._only_named(mention.start, sentence)

    def _is_quoted(self, at: int) -> bool:
        """Whether a place is in a quotation, whose words do not vary whom the report has named."""
        return self.article.masked[at] != self.article.plain[at]

    def _only_named(self, at: int, sentence: int) -> Actor | None:
        """The one person whom the sentence before names, in whatever place ("For Roe, the wall was nothing")."""
        before = self.article.sentences[max(0, sentence - 1)]
        bearers = {word: self.roll.by_word.get(word, []) for word in CAPITALIZED.findall(self.article.masked, before.start, min(before.end, at))}
        named = {bearer.name: bearer for borne in bearers.values() if len(borne) == 1 for bearer in borne if not is_organization(bearer.name)}
        if len(named) != 1:
            return None
        return replace(self._full(next(iter(named)), at).as_person(), basis="description of the person spoken of")

    def _central(self, at: int, sentence: int, reach: int = NEAR) -> list[Actor]:
        """The persons who spoke or were subjects in the nearest sentence before a place that has any, each once."""
        block = self.article.sentences[sentence].block
        for number in range(sentence, max(-1, sentence - reach - 1), -1):
            if self.article.sentences[number].block < block - 1:
                break
            found: dict[str, Actor] = {}
            for actor in self._foremost(number, at):
                if actor.type == "person":
                    found.setdefault(actor.name, actor)
            if found:
                return list(found.values())
        return []

    def _agrees(self, actor: Actor, description: str) -> bool:
        """Whether nothing that is known of an actor speaks against a description: sex, party, or being named in it."""
        pronoun, party = pronoun_of("", (), description), self.known.registry.party_word(description)
        known = actor.pronoun or self._pronouns.get(actor.name)
        named = actor.name.rpartition(" ")[2] in re.split(r"[^\w-]+", description)
        return not named and (pronoun is None or known in (None, pronoun)) and (party is None or actor.party in (None, party))

    def _roles(self, actor: Actor) -> frozenset[str]:
        """The role nouns that the article prints beside a name, and what a party makes of its bearer."""
        told = [role for other, role in (spoke.value for spoke in self._recent()) if other.name == actor.name and role]
        politician = word_list("actors.politician") if actor.party else ()
        return role_nouns((*self.roll.titles_of(actor.name), *" ".join(told).split(), *politician))

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
        for actor, _ in (spoke.value for spoke in self._recent()):
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
        last_spoken = self.spoken.last.at if self.spoken.last is not None else -1
        for told in reversed(self._subjects_before(sentence - 1, mention.start)):
            described = len(told.text.split()) > 2 and told.text.lower().endswith(f" {head}") and not told.plural
            if described and last_spoken <= told.start:
                return Actor(self._uncapitalized(without_determiner(told.text)), "unnamed", "description taken up")
        return None

    def _uncapitalized(self, description: str) -> str:
        """A description without the capital that it has at the start of a sentence."""
        first = description.partition(" ")[0].lower()
        common = first in common_nouns() or first in word_classes() or self.roll.prints(first)
        return description[:1].lower() + description[1:] if common else description

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
