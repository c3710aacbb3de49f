"""Who takes a stance: from a place in a sentence to an actor with party and organization.

What the article says of an actor goes before what the registry knows; nobody is guessed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from stcalib.actors.coreference import Cast
from stcalib.actors.full_names import pronoun_of
from stcalib.actors.mention import Actor, Mentioned, mentioned
from stcalib.actors.registry import Known, Registry, registry_of
from stcalib.actors.spoken import MEMORY, Speaker
from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import Published, Quote
from stcalib.language.people_words import is_formal_title
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.positions.author import columnist
from stcalib.positions.described import Described
from stcalib.positions.holder_words import (
    BODY_REACH,
    OPENING,
    OWNER,
    is_unclear,
    officers,
    offices,
    owned_words,
)
from stcalib.positions.parties import Parties
from stcalib.positions.subject_kinds import Holder, Subject, is_actor, is_writing, kind_of
from stcalib.positions.target import Target
from stcalib.syntax.clauses import clauses_of
from stcalib.syntax.noun_phrases import Mention, phrase_ending_at
from stcalib.syntax.subjects import clause_subject, subject_behind, subject_of, turned_subject
from stcalib.text.article import Article
from stcalib.text.tokens import Tokens, tokens_of


class Holders:
    """The actors of one article who may hold a stance."""

    def __init__(self, article: Article, quotes: Sequence[Quote], codebook: Codebook, published: Published):
        self.article, self.quotes, self.codebook, self.published = article, quotes, codebook, published
        self._tokens: dict[tuple[int, int, bool], Tokens] = {}
        self._names: dict[str, Known | None] = {}
        self._speakers: dict[str, list[Holder]] = {}

    @cached_property
    def registry(self) -> Registry:
        """The codebook's actors."""
        return registry_of(self.codebook)

    @cached_property
    def _cast(self) -> Cast:
        """The article's actors, as far as its quotes have told them."""
        cast, starts = Cast(self.article, self.codebook, self.published), [sentence.start for sentence in self.article.sentences]
        for quote in self.quotes:
            for name in (quote.actor or "").split("; "):
                if name:
                    at = quote.speaker_start if quote.speaker_start is not None else quote.start
                    pronoun = pronoun_of(name, (), quote.role or "")
                    actor = Actor(name, quote.actor_type, "quote", pronoun, quote.organization, quote.party, quote.party_basis)
                    cast.spoken.add(Speaker(actor, quote.role or ""), at, max(0, bisect_right(starts, at) - 1))
                    cast.speakers.add(name)
        cast.spoken.told.sort(key=lambda spoke: spoke.at)
        return cast

    def meant(self, mention: Mentioned, sentence: int) -> Actor | None:
        """The actor meant by a mention, told by what stands before it."""
        cast = self._cast
        everybody = cast.spoken
        cast.spoken = everybody.until(mention.start, MEMORY)
        try:
            return cast.meant(mention, sentence)
        finally:
            cast.spoken = everybody

    def named(self, text: str) -> Known | None:
        """The registry's actor of that name."""
        if text not in self._names:
            self._names[text] = self.registry.named(text, self.published)
        return self._names[text]

    @cached_property
    def _sentences(self) -> dict[tuple[int, int], int]:
        """The numbers of the sentences by where they stand."""
        return {(sentence.start, sentence.end): number for number, sentence in enumerate(self.article.sentences)}

    @cached_property
    def author(self) -> list[Holder]:
        """Whose own views the article's own words are: the author of a column; nobody elsewhere."""
        name = columnist(self.article)
        return [Holder(name, "person")] if name else []

    def authors(self, start: int, end: int) -> list[Holder]:
        """The author of a column where a sentence of theirs begins with nobody else; nobody otherwise."""
        if not self.author or self.opening_subject(start, end) is not None or pattern("positions.opening_owner").match(self.article.plain, start):
            return []
        return self.author

    # ---- speakers
    def speakers(self, quote: Quote, sentence: int) -> list[Holder]:
        """Those whose words a quote is; nobody where the quote has no speaker."""
        if quote.quote_id not in self._speakers:
            self._speakers[quote.quote_id] = self._speakers_of(quote, sentence)
        return self._speakers[quote.quote_id]

    def _speakers_of(self, quote: Quote, sentence: int) -> list[Holder]:
        if together := self._together(quote, sentence):
            return together
        names = [name for name in (quote.actor or quote.speaker or "").split("; ") if name]
        if len(names) == 1 and names[0].lower() in officers() and (several := self.described.several(names[0], sentence)):
            return several
        if len(names) == 1 and quote.role and (party := self.parties.owned(f"{quote.role} {names[0]}")):
            return [self._registered(party)]
        at = quote.speaker_start if quote.speaker_start is not None else quote.start
        if len(names) == 1 and owned_words().match(names[0]) and (owner := self._one(Subject(names[0], at, "other"), sentence)) is not None:
            return [owner]
        only = len(names) == 1
        told = only and quote.actor_basis is not None
        found = [self._completed(Holder(name, quote.actor_type, quote.organization, quote.party), quote.role, only, told) for name in names]
        kept = [holder for holder in found if kind_of(holder.name.lower()) not in ("poll", "public")]
        led = [holder if self.named(holder.name) is not None else self._led_back(holder, at, sentence) for holder in kept]
        return [holder for holder in led if holder is not None]

    def _led_back(self, holder: Holder, at: int, sentence: int) -> Holder | None:
        """The actor whom a description, a bare office or a writing stands for, else the holder; nobody for a thing."""
        if (person := self.described.in_office(holder, at) or self.described.person(holder, at, sentence)) is not None:
            return self._completed(person, None)
        if holder.name.lower() in word_set("positions.first"):
            return self._completed(issuer, None) if (issuer := self.described.issuer()) is not None else None
        if is_writing(holder.name):
            return self.described.sender(holder.name, at) or holder
        is_thing = " " not in holder.name and (not is_actor(holder.name) if holder.name.islower() else is_formal_title(holder.name))
        return None if is_thing else holder

    @cached_property
    def target(self) -> Target:
        """Who stands for the body that the codebook's propositions are about."""
        return Target(self)

    @cached_property
    def described(self) -> Described:
        """What leads descriptions back to the actors of the article."""
        return Described(self.article, self.quotes, self.registry, self.published)

    @cached_property
    def parties(self) -> Parties:
        """The parties as the article names them."""
        return Parties(self.article, self.registry, self.published)

    def _together(self, quote: Quote, sentence: int) -> list[Holder]:
        """Those who speak together: "Roe and Doe said", "Roe and Doe met. They said"."""
        if not quote.speaker or quote.speaker_start is None or ";" in (quote.actor or ""):
            return []
        joints = word_list("positions.and_inside")
        speakers = next((text for text in (quote.actor or "", quote.speaker) if any(joint in text for joint in joints)), "")
        if len(pattern("positions.joined").split(pattern("positions.both").sub("", speakers))) < 2:
            return []
        found = self.resolved(Subject(speakers, quote.speaker_start, "other"), sentence)
        return found if len(found) > 1 and all(h.type == "person" or self.named(h.name) for h in found) else []

    def _registered(self, known: Known) -> Holder:
        """An actor of the registry as a holder."""
        return Holder(known.name, known.type, known.organization or self._party_name(known.party), known.party)

    def _completed(self, holder: Holder, role: str | None, only: bool = True, told: bool = False) -> Holder:
        """The holder with what the registry adds to it, its name the registry's; `told` where it was asked before."""
        known = self.known(holder) if not told or is_unclear(holder.name) else None
        party, organization, name, kind = holder.party, holder.organization, pattern("positions.of_body").sub("", holder.name), holder.type
        if known is not None:
            name, kind = known.name, known.type or kind
            party, organization = party or known.party, organization or known.organization
        if party is None and organization and (body := self.named(organization)) is not None and body.type == "party":
            party = body.party
        if known is None and party is None and only:
            party = self.registry.party_word(f"{role or ''} {holder.name}")
        if party is not None and known is None and role is None and (person := self._behind_party_word(name)) is not None:
            return self._registered(person)
        return Holder(name, kind, organization or self._party_name(party), party)

    def _behind_party_word(self, name: str) -> Known | None:
        """The person whose name follows a party's: "New Democrat Ada Roe"."""
        words = name.split()
        found = (self.named(" ".join(words[i:])) for i in range(1, len(words) - 1) if words[0][0].isupper())
        return next((known for known in found if known is not None and known.type == "person"), None)

    def _headed(self, name: str) -> Known | None:
        """The government or party that is called by its head: "Roe's government"."""
        words = pattern("positions.headed").fullmatch(name)
        person = next((known for text in (words[1], words[1].rsplit(" ", 1)[-1]) if (known := self.named(text))), None) if words else None
        if words and person is not None and words[2] in word_set("positions.party_noun"):
            party = self._party_name(person.party)
            return self.named(party) if party else None
        return self.named(person.organization) if person is not None and person.organization else None

    def known(self, holder: Holder) -> Known | None:
        """What the registry knows of a holder: by name, by title ("Canada's immigration minister"), or a party behind a
        describing word ("the Opposition Conservatives")."""
        name = pattern("positions.of_body").sub("", holder.name)
        if known := self.named(name) or self._headed(name):
            return known
        if " " not in name and holder.type in ("person", None):
            return next((known for title in word_list("positions.addresses") if (known := self.named(f"{title} {name}"))), None)
        if holder.type != "person":
            if not offices().isdisjoint(name.lower().split()) and (known := self.registry.holder(name, self.published) or self._entitled(name)):
                return known
            _, _, rest = name.partition(" ")
            if rest and (known := self.named(rest)) and known.type == "party":
                return known
        return None

    def _entitled(self, title: str) -> Known | None:
        """The one speaker beside whose name the article prints a title's last words ("Canada's immigration minister")."""
        named = {q.actor for q in self.quotes if q.actor and q.role and " " in q.role and title.lower().endswith(" " + q.role.lower())}
        return self.named(named.pop()) if len(named) == 1 else None

    def _party_name(self, code: str | None) -> str | None:
        return next((party.name for party in self.codebook.actors.party if party.code == code), None) if code else None

    # ---- subjects
    def tokens(self, start: int, end: int, spoken: bool) -> Tokens:
        """The tokens of a stretch of the reading copy, its quotations masked unless the stretch is `spoken`."""
        key = (start, end, spoken)
        if key not in self._tokens:
            number = None if spoken else self._sentences.get((start, end))
            if number is not None:
                self._tokens[key] = self.article.tokens(number)
            else:
                self._tokens[key] = tokens_of(self.article.plain if spoken else self.article.masked, start, end)
        return self._tokens[key]

    def subject(self, start: int, end: int, offset: int, spoken: bool, clause: bool = False, turned: bool = False) -> Subject | None:
        """The subject of the verb at `offset` (with `clause`, of the clause around it; with `turned`, also behind it), in
        the stretch `start`..`end` of the reading copy."""
        t = self.tokens(start, end, spoken)
        index = bisect_left(t.starts, offset)
        if index >= len(t.starts) or (t.starts[index] != offset and index and offset < t.end(index - 1)):
            index = max(0, index - 1)
        if clause:
            mention = self._doer(t, index) or clause_subject(t, index)
        else:
            mention = (turned_subject(t, index) if turned else None) or subject_of(t, index)
        return self._subject(t, mention) if mention is not None else None

    def _doer(self, t: Tokens, index: int) -> Mention | None:
        """Who did what the verb at token `index` tells, where a name or pronoun stands before it: "Roe raised the agreement"."""
        mention = subject_of(t, index) if t.classes[index] in "VYE" else None
        return mention if mention is not None and not t.classes[mention.start : mention.end].strip("CP") else None

    def main_subject(self, number: int, offset: int) -> Subject | None:
        """The first subject behind an offset in a sentence, where a comma is right before it."""
        told = clauses_of(self.article, number)
        mention = next((mention for mention in told.subjects if told.tokens.starts[mention.first] >= offset), None)
        if mention is None or told.tokens.classes[mention.first - 1 : mention.first] != ",":
            return None
        return self._subject(told.tokens, mention)

    def first_subject(self, number: int, start: int, end: int) -> list[Holder]:
        """The first actor known by name or kind whom a subject between two places of a sentence names."""
        told = clauses_of(self.article, number)
        subjects = (self._subject(told.tokens, mention) for mention in told.subjects if start <= told.tokens.starts[mention.first] < end)
        resolved = ([holder for holder in self.resolved(subject, number) if holder.type is not None] for subject in subjects)
        return next((found for found in resolved if found), [])

    def opening_subject(self, start: int, end: int) -> Subject | None:
        """The pronoun or the actor of the registry with whose name a sentence opens, whatever its verb."""
        opening = self.article.plain[start : min(end, start + OPENING)]
        if (pronoun := pattern("positions.opening_pronoun").match(opening)) is not None:
            return Subject(pronoun[1], start + pronoun.start(1), "third")
        named = next(iter(self.registry.mentions(opening, self.published)), None)
        if named is None or opening[: named.start].lower() not in word_set("positions.before_name"):
            return None
        return Subject(named.known.name, start + named.start, "other")

    def named_behind(self, start: int, end: int, sentence: int) -> Holder | None:
        """The actor whose name stands right behind an offset in a sentence: "agrees with [the Harbour Party]"."""
        opening = self.article.plain[start : min(end, start + OPENING)]
        named = next(iter(self.registry.mentions(opening, self.published)), None)
        if named is not None and opening[: named.start].lstrip().lower() in word_set("positions.before_name"):
            return self._registered(named.known)
        found = pattern("positions.name_behind").match(opening.lstrip())
        at = start + len(opening) - len(opening.lstrip())
        return self._one(Subject(found[0].strip(" ."), at, "other"), sentence) if found is not None else None

    def subject_behind(self, start: int, end: int, offset: int) -> Subject | None:
        """The subject right behind the verb at `offset`, where both have changed places: "so do the Greens"."""
        t = self.tokens(start, end, False)
        mention = subject_behind(t, bisect_left(t.starts, offset) + 1)
        return self._subject(t, mention) if mention is not None else None

    def _subject(self, t: Tokens, mention: Mention) -> Subject:
        told = mentioned(self.article, t, mention)
        if (
            told.text.lower() in word_set("positions.quantifiers")
            and mention.first
            and t.words[mention.first - 1].lower() in word_set("positions.first") | word_set("positions.third")
        ):
            word = mention.first - 1
            told = Mentioned(t.words[word], t.starts[word])
        if (pronoun := pattern("positions.pronoun_and").search(self.article.plain, max(0, told.start - 10), told.start)) is not None:
            return Subject(pronoun[1], pronoun.start(1), "third")
        if (owner := self._antecedent(t, mention)) is not None:
            return self._subject(t, owner)
        if (listed := self.parties.listed(told)) is not None:
            return Subject(self.article.plain[listed : told.start] + told.text, listed, "other")
        return Subject(told.text, told.start, kind_of(told.text.lower()), told)

    def _antecedent(self, t: Tokens, mention: Mention) -> Mention | None:
        """Whose body the subject of a relative clause is: "the premier, whose government had asked for it"."""
        relative = mention.first - 1
        if relative < 1 or t.words[relative].lower() not in word_set("syntax.relative_possessive"):
            return None
        owned = word_set("positions.owned_bodies") | word_set("positions.bodies")
        if t.words[mention.first].lower() not in owned or mention.last > mention.first + 1:
            return None
        return phrase_ending_at(t, relative - (t.classes[relative - 1] == ","))

    def resolved(self, subject: Subject, sentence: int) -> list[Holder]:
        """The actors that a subject names or takes up; nobody where they cannot be told, or can take no stance."""
        if subject.kind in ("first", "public", "poll"):
            return []
        if (known := self.named(subject.text)) and known.type != "person":
            return [holder] if (holder := self._one(subject, sentence)) else []
        parts = [part for part in pattern("positions.joined").split(pattern("positions.both").sub("", subject.text)) if part]
        if parts != [subject.text] and subject.kind == "other":
            parts = self.parties.of_members(parts)
            places = [subject.start + subject.text.find(part) for part in parts]
            found = [self._one(Subject(part, at, kind_of(part.lower())), sentence) for part, at in zip(parts, places, strict=True)]
            return [holder for holder in found if holder is not None]
        one = self._one(subject, sentence)
        return [one] if one is not None else []

    def _one(self, subject: Subject, sentence: int) -> Holder | None:
        text = subject.text
        if pattern("positions.generic_place").match(text) is not None:
            return None
        if (party := self._party_taken_up(subject, sentence)) is not None:
            return party
        mention = subject.mention or Mentioned(text, subject.start)
        owned = owned_words().match(text)
        if owned is not None and owned[1].lower() in word_set("positions.owned_bodies") | word_set("positions.bodies"):
            return self._stood_for(owned[1].lower(), Mentioned(text.split()[0].lower(), subject.start), sentence)
        if owned is not None or subject.kind == "third":
            mention = Mentioned(text.split()[0].lower(), subject.start)
        elif (body := self._body_named(subject, mention, sentence)) is not None:
            return body
        elif not is_actor(text):
            return None
        elif plain := pattern("positions.count").sub("", text):
            mention = replace(mention, text=plain)
        return self._spoken_of(mention, subject.start, sentence)

    def _party_taken_up(self, subject: Subject, sentence: int) -> Holder | None:
        """The party that "they" takes up in its sentence, or "the party" in it or the one before."""
        low = subject.text.lower()
        if low not in word_set("positions.takes_party"):
            return None
        party = self.parties.before(subject.start, sentence if low == "they" else max(0, sentence - 1))
        return self._registered(party) if party is not None else None

    def _body_named(self, subject: Subject, mention: Mentioned, sentence: int) -> Holder | None:
        """The actor that a subject names by itself: one of the registry, somebody's party, a body by its noun."""
        text = subject.text
        if known := self.named(text):
            return self._registered(known)
        if (headed := pattern("positions.headed").fullmatch(text)) is not None and headed[2] in word_set("positions.party_noun"):
            return self._stood_for("party", Mentioned(headed[1], subject.start), sentence)
        if party := self.parties.owned(f"{mention.role or ''} {text}"):
            return self._registered(party)
        return self._bare_body(text, subject.start) or self.parties.benches(text)

    def _spoken_of(self, mention: Mentioned, start: int, sentence: int) -> Holder | None:
        """The actor that a mention takes up, from what the article says before it."""
        actor = self.meant(mention, sentence)
        if actor is None or not is_actor(actor.name):
            return None
        holder = Holder(actor.name, actor.type)
        if (person := self.described.in_office(holder, start)) is not None or actor.name.lower() in offices():
            return self._completed(person, None) if person is not None else None
        return self._completed(Holder(actor.name, actor.type, actor.organization, actor.party), mention.role, told=True)

    def _stood_for(self, body: str, owner: Mentioned, sentence: int) -> Holder | None:
        """The party or government of the person whom a pronoun takes up: "his party"."""
        actor = self.meant(owner, sentence)
        if actor is None:
            return None
        person = self._completed(Holder(actor.name, actor.type, actor.organization, actor.party), None)
        if body in word_set("positions.bodies"):
            return Holder(person.organization, "organization", person.organization) if person.organization else person
        name = person.organization if body == "government" else self._party_name(person.party)
        known = self.named(name) if name else None
        return self._registered(known) if known else person

    def _bare_body(self, text: str, at: int) -> Holder | None:
        """The registry's body whose name an article prints before a bare noun of it: "the department"."""
        words = text.lower().split()
        if len(words) != 2 or words[0] not in word_set("positions.article") or words[1] not in word_set("positions.bodies"):
            return None
        named = self.registry.mentions(self.article.plain[max(0, at - BODY_REACH) : at], self.published)
        found = [n.known for n in named if n.known.type != "person" and words[1] in n.known.name.lower().split()]
        return self._registered(found[-1]) if found else None

    # ---- comparisons
    def same_side(self, one: Holder, other: Holder) -> bool:
        """Whether one speaks for the other: the same actor, or its organization or party."""
        if one.name == other.name or (one.organization is not None and one.organization in (other.name, other.organization)):
            return True
        return one.party is not None and one.party == other.party and other.type in ("party", "government")

    def owner(self, text: str, start: int, sentence: int) -> Holder | None:
        """The actor named in the words before a noun: a possessive ("Roe's"), or a party as adjective."""
        if (owned := OWNER.search(text)) is not None:
            return self._one(Subject(owned[1].strip(), start + owned.start(1), "other"), sentence)
        if (pronoun := pattern("positions.owning_pronoun").search(text)) is not None:
            owners = dict(zip(word_list("positions.possessives"), word_list("positions.possessors"), strict=True))
            word = owners.get(pronoun[1].lower(), "they")
            return self._one(Subject(word, start + pronoun.start(1), "third"), sentence)
        if (code := self.registry.party_word(text)) is not None and (name := self._party_name(code)):
            return self._completed(Holder(name, "party", None, code), None)
        return None

    def sender(self, text: str) -> Holder | None:
        """The actor of the registry whom words such as "a proposal from Canada to" name last."""
        found = self.registry.mentions(text, self.published)
        return self._registered(found[-1].known) if found else None
