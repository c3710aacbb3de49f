"""Positions by the learned reader: what the words of a unit speak for, and whose unit it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stcalib.language.word_sets import word_list
from stcalib.positions.candidate import STANCES, Candidate
from stcalib.positions.learned import Label, LearnedReader
from stcalib.positions.rule_reader import RuleReader
from stcalib.positions.subject_kinds import Holder
from stcalib.positions.traits import DOUBT, of_holder, of_words
from stcalib.positions.units import Unit, Units
from stcalib.positions.voices import Voice

Scores = dict[int, list[tuple[Unit, dict[Label, int]]]]
"""The scores of the units of each sentence."""
FLOOR = -1500
"""The least score, in thousandths of log-odds, at which the reader sees a stance."""
HOLDING = ("attitude", "assertion", "evasion", "commitment", "complaint", "modal")
"""Kinds of cue whose subject holds what a clause of the reporter's says."""
TELLING = ("attitude", "assertion", "commitment")
"""Kinds of cue that tell what their subject wants, says or will do."""
SIGNS = {stance: sign for sign, stance in STANCES.items()}


@dataclass(frozen=True)
class Second:
    """The learned reader over one article, beside the reading by rule."""

    learned: LearnedReader
    rules: RuleReader

    def read(self) -> tuple[list[Candidate], Scores]:
        """What the reader sees, and the scores of every unit near the topic by sentence."""
        units = Units(self.rules.scheme, self.rules.voices)
        found: list[Candidate] = []
        scores: Scores = {}
        for number in range(len(self.rules.bounds)):
            if not self.rules.is_near_topic(number):
                continue
            for unit in units.of(number):
                hits, marks = self.rules.worded.get(number, ()), self.rules.marks_of(number)
                scored = self.learned.read(self.rules.text, unit.start, unit.end, hits, marks)
                scores.setdefault(number, []).append((unit, scored))
                found += self._candidates(unit, scored)
        return found, scores

    def _candidates(self, unit: Unit, scores: dict[Label, int]) -> Iterator[Candidate]:
        best: dict[str, tuple[int, str]] = {}
        for (proposition, stance), score in scores.items():
            if score >= FLOOR:
                best[proposition] = max(best.get(proposition, (score, stance)), (score, stance))
        if not best:
            return
        holders, how = self.holders(unit)
        told = (DOUBT + "somebody else is told of",) if self._tells_of_others(unit, holders) else ()
        start, end, text = self.rules.voices.evidence(unit.number, Voice(unit.start, unit.end, unit.quote))
        turning = tuple(of_words(self.rules.scheme, self.rules.text, unit.start, unit.end))
        basis = "quote" if unit.quote is not None else "report"
        for proposition, (_, stance) in sorted(best.items()):
            doubts = (*told, *self._doubts(unit, proposition, SIGNS[stance], turning))
            for holder in holders:
                known = self._holder(holder, proposition, stance, unit)
                traits = frozenset((f"by {how}", *doubts, f"basis {basis}", f"learned {stance}", *known, *turning))
                words = unit.start, unit.end
                yield Candidate(
                    unit.number, words, start, end, text, holder, proposition, SIGNS[stance], basis, None, None, unit.quote, "reader", traits
                )

    def _doubts(self, unit: Unit, proposition: str, sign: int, turning: tuple[str, ...]) -> Iterator[str]:
        """Why the sign is not certain: words that turn it, which only rules can weigh; a fact is denied by just such words."""
        text, scheme = self.rules.text, self.rules.scheme
        if (unit.number, proposition) in self.rules.declined:
            yield DOUBT + "asked, a condition or a contrast"
        is_turned = turning != word_list("positions.not_turned") or scheme.fronted_negation.search(text.symbols, unit.start, unit.end) is not None
        if is_turned and not (sign < 0 and self._kind(proposition) == "fact"):
            yield DOUBT + "words that may turn it"
        marks = (mark for mark in self.rules.marks_of(unit.number) if unit.start <= mark.start < unit.end)
        if sign > 0 and any(mark.sign < 0 for mark in marks):
            yield DOUBT + "words against it"
        if scheme.changed.search(text.symbols, unit.start, unit.end):
            yield DOUBT + "a change is told of"

    def _tells_of_others(self, unit: Unit, speakers: list[Holder]) -> bool:
        """Whether words somebody says are about what another wants or says: "Roe told us that she is for it"."""
        if unit.quote is None or unit.quote.kind == "indirect":
            return False
        voice, holders = Voice(unit.start, unit.end, unit.quote), self.rules.holders
        for mark in self.rules.marks_of(unit.number):
            if not unit.start <= mark.start < unit.end or mark.kind not in TELLING:
                continue
            subject = self.rules.whose.subject_at(unit.number, voice, mark.start)
            if subject is None or subject.kind not in ("third", "other"):
                continue
            found = holders.resolved(subject, unit.number)
            if found and not any(holders.same_side(speaker, other) for speaker in speakers for other in found):
                return True
        return False

    def _kind(self, proposition: str) -> str:
        return next(one.kind for one in self.rules.codebook.propositions.proposition if one.id == proposition)

    def _holder(self, holder: Holder, proposition: str, stance: str, unit: Unit) -> Iterator[str]:
        return of_holder(holder, unit.quote, self.rules.on_itself(holder, proposition, stance))

    def holders(self, unit: Unit) -> tuple[list[Holder], str]:
        """Whose stance the unit shows, and how that is told: its speaker, or in the reporter's words their subject."""
        holders = self.rules.holders
        if unit.quote is not None:
            return holders.speakers(unit.quote, unit.number), "speaker"
        sentence = self.rules.article.sentences[unit.number]
        for mark in self.rules.marks_of(unit.number):
            if unit.start <= mark.start < unit.end and mark.kind in HOLDING:
                subject = holders.subject(sentence.start, sentence.end, self.rules.text.start(mark.start), False)
                if subject is not None and (found := holders.resolved(subject, unit.number)):
                    return found, "subject"
        start = self.rules.text.start(unit.start)
        subject = holders.opening_subject(start, sentence.end)
        return (holders.resolved(subject, unit.number), "opening") if subject is not None else ([], "nobody")
