"""Who shares or rejects what somebody else was just said to hold ("So do the New Democrats", "the Bloc agreed", "sides with Roe"), and how
somebody takes what was just proposed, which they need not name ("The mayor was delighted")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from stcalib.codebook.patterns import Encoded
from stcalib.language.word_sets import word_set
from stcalib.positions.clause_openings import Openings
from stcalib.positions.holder import Holders
from stcalib.positions.scheme import Scheme
from stcalib.positions.subject_kinds import Holder, Subject
from stcalib.positions.voices import Voices
from stcalib.positions.wording_match import Hit
from stcalib.syntax.clauses import CONDITION, EXCEPTION
from stcalib.syntax.focus import Referents

SHARED_WITHIN = 3
"""Sentences behind a stance in which somebody may be said to share it."""
SIDED_WITHIN = 8
"""Sentences behind a stance of somebody who is named again by whoever shares it: "agrees with the Harbour Party"."""
RAISED_WITHIN = 3
"""Sentences behind a proposal in which somebody may be said to like it."""
OPENED_WITHIN = 7
"""Words behind "agrees with" in which the name and what opens the matter of it stand."""
DENIED_WITHIN = 2
"""Words before agreement or a reaction in which its negation stands."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A stance that somebody was said to take: 1 for, -1 against."""

    hit: Hit
    sign: int
    holder: Holder


@dataclass(frozen=True, slots=True)
class Said:
    """Words `start`..`end` of agreement (1), disagreement (-1) or neither (0): about `plans` alone or whatever was said, the
    stance of somebody else (`sharing`; of `whom`, where they are named) or what was proposed."""

    start: int
    end: int
    sign: int
    plans: bool
    subject: Subject
    sharing: bool
    whom: Holder | None = None


@dataclass(frozen=True)
class Accord:
    """The stances taken so far in an article, by sentence, and those who share or reject them."""

    scheme: Scheme
    text: Encoded
    voices: Voices
    holders: Holders
    openings: Openings
    taken: dict[int, list[Taken]] = field(default_factory=dict)
    aside: set[tuple[int, str]] = field(default_factory=set)
    """Sentences with those who are only told of beside what they say ("as the Bloc demands"): nobody shares that."""

    def add(self, number: int, hit: Hit, sign: int, holder: Holder) -> None:
        """Keeps a stance taken in a sentence."""
        if sign:
            self.taken.setdefault(number, []).append(Taken(hit, sign, holder))

    def joined(self, number: int, hits: list[Hit], raised: Referents[Hit]) -> list[Taken]:
        """The stances that a sentence gives to those who share or reject what was said before, each at its words; `raised`
        are the wordings of the sentences before with their numbers."""
        found: dict[tuple[str, str], Taken] = {}
        for said in self._said(number):
            if self._is_supposed(number, said.start) or (said.sharing and any(said.end <= hit.start or number not in self.taken for hit in hits)):
                continue
            for holder in self._holders(number, said):
                for hit, sign in self._taken_up(number, said, holder, hits, raised):
                    again = replace(hit, start=said.start, end=said.end, core=said.start, taken_up="accord" if said.sharing else "reaction")
                    found.setdefault((holder.name, hit.proposition.id), Taken(again, said.sign * sign, holder))
        for taken in self._demanded(number, hits):
            found.setdefault((taken.holder.name, taken.hit.proposition.id), taken)
        return list(found.values())

    def _is_supposed(self, number: int, at: int) -> bool:
        """Whether words stand in a condition, so that nobody is said to agree: "only if the doctors agreed"."""
        opened = list(self.openings.within(self.voices.bounds[number][0], at))
        return bool(opened) and opened[-1].kind in (CONDITION, EXCEPTION) and "," not in self.text.symbols[opened[-1].end : at]

    def _holders(self, number: int, said: Said) -> list[Holder]:
        """Whose words of agreement they are: their subject, or the speaker who says them of themselves."""
        voice = self.voices.voice(number, said.start, said.end)
        if voice.quote is None:
            return self.holders.resolved(said.subject, number)
        return self.holders.speakers(voice.quote, number) if said.subject.kind == "first" else []

    def _taken_up(self, number: int, said: Said, holder: Holder, hits: list[Hit], raised: Referents[Hit]) -> Iterator[tuple[Hit, int]]:
        """The wordings that words of agreement take up, each with the sign of what was said of it."""
        if said.sharing:
            shared = self._of(number, said.whom) if said.whom is not None else self._before(number, said.start, holder, said.plans)
            yield from ((earlier.hit, earlier.sign) for earlier in shared if not said.plans or earlier.hit.proposition.kind == "plan")
            return
        before = [*(referent.value for referent in raised.within(number, RAISED_WITHIN)), *(hit for hit in hits if hit.end <= said.start)]
        plans = [hit for hit in before if hit.proposition.kind == "plan" and hit.reads == "plan"]
        if plans:
            yield plans[-1], plans[-1].sign

    def _said(self, number: int) -> Iterator[Said]:
        """Words of agreement, disagreement or neither in a sentence, each with its subject."""
        lo, hi = self.voices.bounds[number]
        symbols, scheme = self.text.symbols, self.scheme
        for match in scheme.turned_accord.finditer(symbols, lo, hi):
            opens = match["by"] or match.start() == lo or symbols[match.start() - 1] in ",;"
            if opens and (behind := self._subject(number, match.end() - 1, True)) is not None:
                yield Said(*match.span(), 1, False, behind, sharing=True)
        for match in scheme.accord.finditer(symbols, lo, hi):
            if (match["whole"] or self._ends_clause(match.end())) and (subject := self._subject(number, match.start(), False)) is not None:
                opposed = bool(match["opposed"] or match["opposed_whole"]) or (match["whole"] is None and self._is_denied(lo, match.start()))
                sign = 0 if match["undecided"] else -1 if opposed else 1
                yield Said(*match.span(), sign, opposed or bool(match["acts"] or match["undecided"]), subject, sharing=True)
        yield from self._sided(number)
        yield from self._reacted(number)

    def _sided(self, number: int) -> Iterator[Said]:
        """Words of sharing or rejecting the stance of somebody who is named."""
        lo, hi = self.voices.bounds[number]
        for match in self.scheme.siding.finditer(self.text.symbols, lo, hi):
            whom, subject = self._whom(number, match.end()), self._subject(number, match.start(), False)
            if whom is not None and subject is not None and not self._is_on_something_else(match.end(), hi):
                against = bool(match["against"]) != self._is_denied(lo, match.start())
                yield Said(*match.span(), -1 if against else 1, against, subject, sharing=True, whom=whom)

    def _is_on_something_else(self, start: int, hi: int) -> bool:
        """Whether what two agree on is told behind the name of one: "agrees with Roe on one thing", "with Roe that it is cold"."""
        for at in range(start, min(hi, start + OPENED_WITHIN)):
            if self.scheme.ends_clause(self.text, at):
                return False
            partly = self.text.word(at) in word_set("positions.prepositions") and self.text.word(at + 1) in word_set("positions.partly")
            if partly or self.text.word(at) in word_set("positions.that"):
                return True
        return False

    def _reacted(self, number: int) -> Iterator[Said]:
        """How somebody takes what was proposed."""
        lo, hi = self.voices.bounds[number]
        for match in self.scheme.reaction.finditer(self.text.symbols, lo, hi):
            if self._ends_clause(match.end()) and (subject := self._subject(number, match.start(), False)) is not None:
                sign = -1 if match["against"] else 1
                turned = 0 if match["declined"] else -sign
                yield Said(*match.span(), turned if self._is_denied(lo, match.start(), match.end()) else sign, True, subject, sharing=False)

    def _is_denied(self, lo: int, start: int, end: int | None = None) -> bool:
        """Whether a negation stands right before a word, or in the words from there to `end`."""
        found = self.scheme.negation.finditer(self.text.symbols, max(lo, start - DENIED_WITHIN), end if end is not None else start)
        return sum(negation[1] is None for negation in found) % 2 == 1

    def _ends_clause(self, end: int) -> bool:
        return self.scheme.ends_clause(self.text, end) or self.text.word(end) in word_set("positions.behind_accord")

    def _subject(self, number: int, word: int, turned: bool) -> Subject | None:
        sentence = self.holders.article.sentences[number]
        offset = self.text.start(word)
        if turned:
            return self.holders.subject_behind(sentence.start, sentence.end, offset)
        return self.holders.subject(sentence.start, sentence.end, offset, False, turned=True)

    def _whom(self, number: int, word: int) -> Holder | None:
        """Whose name stands from a word on, in the reporter's own words."""
        if word >= len(self.text.symbols) or self.voices.voice(number, word - 1, word).quote is not None:
            return None
        sentence = self.holders.article.sentences[number]
        return self.holders.named_behind(self.text.start(word), sentence.end, number)

    def _of(self, number: int, whom: Holder) -> list[Taken]:
        """What somebody was last said to hold."""
        for earlier in range(number, number - SIDED_WITHIN - 1, -1):
            if taken := [t for t in self.taken.get(earlier, ()) if t.holder.name == whom.name or self.holders.same_side(t.holder, whom)]:
                return taken
        return []

    def _before(self, number: int, start: int, holder: Holder, plans: bool) -> list[Taken]:
        """What others were last said to hold: in the sentence itself, or one shortly before."""
        for earlier in range(number, number - SHARED_WITHIN - 1, -1):
            before = [t for t in self.taken.get(earlier, ()) if t.hit.start < start and (earlier, t.holder.name) not in self.aside]
            taken = [t for t in before if not plans or t.hit.proposition.kind == "plan"]
            if taken:
                last = taken[-1].holder.name
                return [t for t in taken if t.holder.name == last and (plans or last != holder.name)]
        return []

    def _demanded(self, number: int, hits: list[Hit]) -> Iterator[Taken]:
        """What a clause with "as" says that somebody demands: "extend it to the whole border, as the Bloc has asked"."""
        lo, hi = self.voices.bounds[number]
        plans = [hit for hit in hits if hit.proposition.kind == "plan" and not hit.taken_up and hit.reads == "plan"]
        if not plans:
            return
        for match in self.scheme.as_demanded.finditer(self.text.symbols, lo, hi):
            near = [hit for hit in plans if hit.end <= match.start()]
            if not near or not self.scheme.ends_clause(self.text, match.end()) or self.voices.voice(number, *match.span()).quote is not None:
                continue
            verb = match.end() - (2 if self.text.word(match.end() - 1) in word_set("positions.for") else 1)
            subject = self._subject(number, verb, False)
            for holder in self.holders.resolved(subject, number) if subject is not None else []:
                self.aside.add((number, holder.name))
                yield Taken(near[-1], near[-1].sign, holder)

