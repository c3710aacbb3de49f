"""Positions by the learned reader: what the words of a unit speak for, and whose unit it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stcalib.language.word_sets import word_list
from stcalib.positions.author import speaks_of_author
from stcalib.positions.candidate import STANCES, Candidate
from stcalib.positions.learned import Label, LearnedReader
from stcalib.positions.rule_reader import RuleReader
from stcalib.positions.subject_kinds import Holder
from stcalib.positions.traits import DOUBT, FIRST, HINT, MAY_TURN, OF_OTHERS, of_holder, of_words
from stcalib.positions.units import Unit, Units
from stcalib.positions.voices import Voice

Scores = dict[int, list[tuple[Unit, dict[Label, int]]]]
"""The scores of the units of each sentence."""
FLOOR = -2200
"""The least score, in thousandths of log-odds, at which the reader sees a stance."""
LENGTHS = (6, 10, 16, 28)
"""Words from which on a unit counts as longer."""
BEFORE = 3
"""Sentences before a unit in which what it takes up may stand."""
RAISED, LEAST = (-2000, -1000, 0, 1000), -9000
"""Scores from which on a stance counts as more likely raised before."""
HOLDING = ("attitude", "assertion", "evasion", "commitment", "complaint", "modal")
"""Kinds of cue whose subject holds what a clause of the reporter's says."""
TELLING = ("attitude", "assertion", "commitment")
"""Kinds of cue that tell what their subject wants, says or will do."""
SIGNS = {stance: sign for sign, stance in STANCES.items()}


def _raised(before: Sequence[dict[Label, int]], label: Label, others: Sequence[Label]) -> Iterator[str]:
    """How likely the same stance, and one of the others on the proposition, was shown in the units before, given their scores."""
    same = max((scored[label] for scored in before), default=LEAST)
    other = max((scored[told] for scored in before for told in others if told != label), default=LEAST)
    yield f"before {bisect_right(RAISED, same)}"
    yield f"opposed before {bisect_right(RAISED, other)}"


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
                before = [told for near in range(max(0, number - BEFORE), number + 1) for _, told in scores.get(near, ())]
                scores.setdefault(number, []).append((unit, scored))
                found += self._candidates(unit, scored, before)
        return found, scores

    def _candidates(self, unit: Unit, scores: dict[Label, int], before: Sequence[dict[Label, int]]) -> Iterator[Candidate]:
        best: dict[str, tuple[int, str]] = {}
        for (proposition, stance), score in [told for told in scores.items() if told[1] >= FLOOR]:
            best[proposition] = max(best.get(proposition, (score, stance)), (score, stance))
        if not best:
            return
        holders, how = self.holders(unit)
        told = (DOUBT + OF_OTHERS,) if self._tells_of_others(unit, holders) else ()
        if unit.quote is None and how == "speaker" and not self._says_so(unit):
            told = (HINT + "the author's words, and not of themselves",)
        start, end, text = self.rules.voices.evidence(unit.number, Voice(unit.start, unit.end, unit.quote))
        turning = tuple(of_words(self.rules.scheme, self.rules.text, self.rules.openings, unit.start, unit.end))
        basis = "quote" if unit.quote is not None else "report"
        for proposition, (_, stance) in sorted(best.items()):
            doubts = (*told, *self._doubts(unit, proposition, SIGNS[stance], turning))
            raised = tuple(_raised(before, (proposition, stance), self.learned.labels_on[proposition]))
            for holder in holders:
                known = (*self._holder(holder, proposition, stance, unit), *raised)
                length = sum(unit.end - unit.start >= least for least in LENGTHS)
                traits = frozenset((f"by {how}", *doubts, f"basis {basis}", f"learned {stance}", f"unit of {length}", *known, *turning))
                words = unit.start, unit.end
                yield Candidate(
                    unit.number, words, start, end, text, holder, proposition, SIGNS[stance], basis, None, None, unit.quote, "reader", traits
                )

    def _doubts(self, unit: Unit, proposition: str, sign: int, turning: tuple[str, ...]) -> Iterator[str]:
        """Why the sign is not certain: words that turn it, which only rules can weigh; what is no plan is denied by just such words."""
        text, scheme = self.rules.text, self.rules.scheme
        if (unit.number, proposition) in self.rules.declined:
            yield DOUBT + "asked, a condition or a contrast"
        is_turned = turning != word_list("positions.not_turned") or scheme.fronted_negation.search(text.symbols, unit.start, unit.end) is not None
        if is_turned and not (sign < 0 and self._kind(proposition) != "plan"):
            yield DOUBT + MAY_TURN
        marks = (mark for mark in self.rules.marks_of(unit.number) if unit.start <= mark.start < unit.end)
        if sign > 0 and any(mark.sign < 0 for mark in marks):
            yield HINT + "words against it"
        if scheme.changed.search(text.symbols, unit.start, unit.end):
            yield DOUBT + "a change is told of"
        if self._shows_another_plan(unit, proposition):
            yield DOUBT + "a rule reads another plan in its words"

    def _shows_another_plan(self, unit: Unit, proposition: str) -> bool:
        """Whether a rule reads a stance on one plan in a unit that has no wording of the plan that the reader sees."""
        if self._kind(proposition) != "plan" or any(hit.proposition.id == proposition for hit in self.rules.worded.get(unit.number, ())):
            return False
        rows = (row for row in self.rules.rows if row.number == unit.number and row.words[0] < unit.end and unit.start < row.words[1])
        return any(self._kind(row.proposition) == "plan" for row in rows)

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

    def _says_so(self, unit: Unit) -> bool:
        text = self.rules.text
        return speaks_of_author(self.rules.article, text.start(unit.start), text.ends[unit.end - 1])

    def _kind(self, proposition: str) -> str:
        return next(one.kind for one in self.rules.codebook.propositions.proposition if one.id == proposition)

    def _holder(self, holder: Holder, proposition: str, stance: str, unit: Unit) -> Iterator[str]:
        return of_holder(holder, unit.quote, self.rules.on_itself(holder, proposition, stance))

    def holders(self, unit: Unit) -> tuple[list[Holder], str]:
        """Whose stance the unit shows, and how that is told: its speaker, or in the reporter's words their subject."""
        holders, whose = self.rules.holders, self.rules.whose
        if unit.quote is not None:
            return [] if whose.is_nobodys(unit.quote) else holders.speakers(unit.quote, unit.number), "speaker"
        turn, asking = whose.listed.demanded(unit.number)
        if asking and turn > 0:
            return asking, "subject"
        viewed = whose.reporters.for_whom(unit.number)
        sentence = self.rules.article.sentences[unit.number]
        marks = [mark for mark in self.rules.marks_of(unit.number) if unit.start <= mark.start < unit.end and mark.kind in HOLDING]
        for mark in marks:
            subject = holders.subject(sentence.start, sentence.end, self.rules.text.start(mark.start), False)
            if subject is None or (viewed and subject.kind == "third"):
                continue
            if whose.is_nobody(subject.text, subject.start):
                return [], "subject"
            if subject.kind == "first" and holders.author:
                return holders.author, "speaker"
            if found := holders.resolved(subject, unit.number):
                return found, "subject"
        if viewed:
            return viewed, "subject"
        start, end = self.rules.text.start(unit.start), self.rules.text.ends[unit.end - 1]
        subject = holders.opening_subject(start, sentence.end)
        if subject is not None:
            return holders.resolved(subject, unit.number), "opening"
        if authors := holders.authors(start, sentence.end):
            return authors, "speaker"
        tells = not marks and "?" not in self.rules.text.symbols[unit.start : unit.end]
        return holders.first_subject(unit.number, start, end) if tells else [], FIRST
