"""Who shares or rejects what somebody else was just said to hold: "So do the New Democrats", "the Bloc agreed"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from stcalib.codebook.patterns import Encoded
from stcalib.positions.holder import Holders
from stcalib.positions.scheme import Scheme
from stcalib.positions.subject_kinds import Holder, Subject
from stcalib.positions.voices import Voices
from stcalib.positions.wording_match import Hit

SHARED_WITHIN = 3
"""Sentences behind a stance in which somebody may be said to share it."""
_END = frozenset(".,;:!?\n")


@dataclass(frozen=True, slots=True)
class Taken:
    """A stance that somebody was said to take: 1 for, -1 against."""

    hit: Hit
    sign: int
    holder: Holder


@dataclass(frozen=True)
class Accord:
    """The stances taken so far in an article, by sentence, and those who share or reject them."""

    scheme: Scheme
    text: Encoded
    voices: Voices
    holders: Holders
    taken: dict[int, list[Taken]] = field(default_factory=dict)

    def add(self, number: int, hit: Hit, sign: int, holder: Holder) -> None:
        """Keeps a stance taken in a sentence."""
        if sign:
            self.taken.setdefault(number, []).append(Taken(hit, sign, holder))

    def joined(self, number: int, hits: list[Hit]) -> list[Taken]:
        """The stances that a sentence gives to those who share or reject what was said before, each at its words."""
        lo, hi = self.voices.bounds[number]
        found: dict[tuple[str, str], Taken] = {}
        for start, end, sign, plans, subject in self._said(number, lo, hi):
            if self.voices.voice(number, start, end).quote is not None:
                continue
            for holder in self.holders.resolved(subject, number):
                for earlier in self._before(number, start, holder, plans):
                    hit = replace(earlier.hit, start=start, end=end, core=start, taken_up="noun")
                    found.setdefault((holder.name, hit.proposition.id), Taken(hit, sign * earlier.sign, holder))
        for taken in self._demanded(number, hits):
            found.setdefault((taken.holder.name, taken.hit.proposition.id), taken)
        return list(found.values())

    def _said(self, number: int, lo: int, hi: int) -> Iterator[tuple[int, int, int, bool, Subject]]:
        """Words of agreement (1), disagreement (-1) or neither (0) in a sentence, whether they are about plans alone, and their subjects."""
        symbols, scheme = self.text.symbols, self.scheme
        for match in scheme.turned_accord.finditer(symbols, lo, hi):
            opens = match["by"] or match.start() == lo or symbols[match.start() - 1] in ",;"
            if opens and (behind := self._subject(number, match.end() - 1, True)) is not None:
                yield *match.span(), 1, False, behind
        for match in scheme.accord.finditer(symbols, lo, hi):
            start, end = match.span()
            if not match["whole"] and end < len(symbols) and symbols[end] not in _END and self.text.word(end) not in ("and", "but"):
                continue
            subject = self._subject(number, start, False)
            if subject is not None:
                opposed = bool(match["opposed"] or match["opposed_whole"])
                sign = 0 if match["undecided"] else -1 if opposed else 1
                yield start, end, sign, opposed or bool(match["acts"] or match["undecided"]), subject

    def _subject(self, number: int, word: int, turned: bool) -> Subject | None:
        sentence = self.holders.article.sentences[number]
        offset = self.text.start(word)
        if turned:
            return self.holders.subject_behind(sentence.start, sentence.end, offset)
        return self.holders.subject(sentence.start, sentence.end, offset, False, turned=True)

    def _before(self, number: int, start: int, holder: Holder, plans: bool) -> list[Taken]:
        """What others were last said to hold: in the sentence itself, or one shortly before."""
        for earlier in range(number, number - SHARED_WITHIN - 1, -1):
            taken = [t for t in self.taken.get(earlier, ()) if t.hit.start < start and (not plans or t.hit.proposition.kind == "plan")]
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
            if not near or self.text.symbols[match.end() : match.end() + 1] not in _END or self.voices.voice(number, *match.span()).quote is not None:
                continue
            verb = match.end() - (2 if self.text.word(match.end() - 1) == "for" else 1)
            subject = self._subject(number, verb, False)
            for holder in self.holders.resolved(subject, number) if subject is not None else []:
                yield Taken(near[-1], near[-1].sign, holder)

