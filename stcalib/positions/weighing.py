"""What two readers see, weighed together: one estimate a stance, and why it is no row of the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from stcalib.positions.candidate import Candidate
from stcalib.positions.context import in_context
from stcalib.positions.second_reader import Scores
from stcalib.positions.tiers import TAKEN_UP, Evidence, Tiers, load_tiers, per_cent
from stcalib.positions.traits import DOUBT, GIVEN, MAY_TURN, OF_OTHERS

CONTRARY = 2000
"""The lead of another stance, in thousandths of log-odds, against which no row of the rules is firm."""
MOST = 5
"""Proposals of an article."""
OWNED = "held by owner"
"""The trait of somebody's demand that a sentence names and others judge: its words need not speak for it."""
GRADED = frozenset((MAY_TURN, OF_OTHERS))
"""Doubts about what the learned reader sees that a higher estimate outweighs."""
NOT_SEEN = -9000
"""The score of a label that the learned reader does not know."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its probability in per cent; `reason` says why it is only proposed."""

    candidate: Candidate
    score: int | None
    reason: str | None


def together(by_rule: Sequence[Candidate], second: tuple[Sequence[Candidate], Scores] | None) -> list[tuple[Candidate, Evidence | None]]:
    """The candidates of both readers, each stance of an actor in a sentence once, with what the learned reader says of it."""
    if second is None:
        return [(one, None) for one in by_rule]
    learned, scores = second
    return [*in_context([(one, _evidence(one, scores)) for one in (*_marked(by_rule, learned), *_added(by_rule, learned))])]


def weigh(found: Iterable[tuple[Candidate, Evidence | None]], most: int = MOST) -> list[Weighed]:
    """Candidates with their probability in order of their places: rows of the table, and at most `most` proposals, the likeliest.

    A stance of an actor that the table has, or that another proposal shows with more certainty, is not proposed again. What the
    learned reader alone sees is proposed from the estimate `seen` on, what a rule reads whatever its estimate.
    Without a learned reader there is no estimate: what the rules see without a doubt is the table, the rest is proposed.
    """
    tiers = load_tiers()
    seen = [_seen(one, evidence, tiers) for one, evidence in found]
    firm = [one for one in seen if one.reason is None]
    kept = {one.stance for one in firm}
    proposed: list[_Seen] = []
    for one in sorted((one for one in seen if one.reason is not None), key=lambda one: (-(one.estimate or 0), one.place)):
        if (one.is_by_rule or (one.estimate or 0) >= tiers.seen) and one.stance not in kept and len(proposed) < most:
            kept.add(one.stance)
            proposed.append(one)
    return sorted((one.weighed for one in (*firm, *proposed)), key=_place)


class _Seen(NamedTuple):
    """A candidate with its estimate, which there is none of without a learned reader, and why it is no row of the table."""

    candidate: Candidate
    estimate: int | None
    reason: str | None

    @property
    def is_by_rule(self) -> bool:
        """Whether a rule reads it: it is shown then, however little its words speak for it."""
        return self.candidate.read_by != "reader"

    @property
    def weighed(self) -> Weighed:
        return Weighed(self.candidate, per_cent(self.estimate) if self.estimate is not None else None, self.reason)

    @property
    def stance(self) -> tuple[str, str, int]:
        return self.candidate.holder.name, self.candidate.proposition, self.candidate.sign

    @property
    def place(self) -> tuple[int, int, str, str]:
        return self.candidate.start, self.candidate.end, self.candidate.proposition, self.candidate.holder.name


def _seen(candidate: Candidate, evidence: Evidence | None, tiers: Tiers) -> _Seen:
    if evidence is None:
        return _Seen(candidate, None, _doubted(candidate))
    estimate = tiers.estimate(candidate, evidence)
    return _Seen(candidate, estimate, reason_against(candidate, evidence, estimate, tiers))


def _place(weighed: Weighed) -> tuple[int, int, str, str, str]:
    one = weighed.candidate
    return one.start, one.end, one.proposition, one.holder.name, one.stance


def _marked(by_rule: Iterable[Candidate], learned: Iterable[Candidate]) -> list[Candidate]:
    """The candidates by rule, those that the learned reader sees too marked as read by both, but for what it gives to whom it can."""
    seen = {(one.number, one.proposition, one.sign) for one in learned if GIVEN not in one.traits}
    return [replace(one, read_by="both") if (one.number, one.proposition, one.sign) in seen else one for one in by_rule]


def _added(by_rule: Iterable[Candidate], learned: Iterable[Candidate]) -> list[Candidate]:
    """What the learned reader alone sees: a stance that the rules give to nobody in the sentence."""
    known = {(one.number, one.proposition, one.sign) for one in by_rule}
    read = {(one.number, one.proposition) for one in by_rule}
    once: dict[tuple[int, int, str, str, int], Candidate] = {}
    for one in learned:
        if (one.number, one.proposition, one.sign) not in known:
            disputed = (one.number, one.proposition) in read
            doubted = replace(one, traits=one.traits | {DOUBT + "a rule reads another stance"}) if disputed else one
            once.setdefault((one.start, one.end, one.holder.name, one.proposition, one.sign), doubted)
    return list(once.values())


def _evidence(candidate: Candidate, scores: Scores) -> Evidence:
    """What the learned reader says of the stretch on which a candidate rests."""
    lo, hi = candidate.words
    over = [scored for unit, scored in scores.get(candidate.number, ()) if unit.start < hi and lo < unit.end]
    same = max((scored.get((candidate.proposition, candidate.stance), NOT_SEEN) for scored in over), default=NOT_SEEN)
    about = [label for label in (over[0] if over else ()) if label[0] == candidate.proposition and label[1] != candidate.stance]
    return Evidence(same, max((scored[label] for scored in over for label in about), default=NOT_SEEN))


def _doubts(candidate: Candidate) -> list[str]:
    """Why a candidate is uncertain whatever a reader says of its words."""
    return sorted(trait.removeprefix(DOUBT) for trait in candidate.traits if trait.startswith(DOUBT))


def _doubted(candidate: Candidate) -> str | None:
    """The first of the doubts about a candidate, as a reason."""
    doubts = _doubts(candidate)
    return f"not certain: {doubts[0]}" if doubts else None


def reason_against(candidate: Candidate, evidence: Evidence, estimate: int, tiers: Tiers) -> str | None:
    """Why a candidate is no row of the table; None where it is one."""
    doubts, taken_up = _doubts(candidate), any(trait.startswith(TAKEN_UP) for trait in candidate.traits)
    apart = taken_up or candidate.sign == 0 or OWNED in candidate.traits
    graded = candidate.read_by == "reader" and GRADED.issuperset(doubts)
    if estimate >= tiers.least(candidate, bool(doubts) and graded) and (apart or evidence.other - evidence.same < CONTRARY):
        return None if graded else _doubted(candidate)
    if doubts and estimate >= tiers.least(candidate, False):
        return _doubted(candidate)
    if candidate.read_by == "reader":
        return "no rule reads it: its words speak for it"
    if taken_up:
        return "takes up what was spoken of before, and what that is is not certain"
    if evidence.other > evidence.same:
        return "the words of its sentence rather speak for another stance"
    if candidate.read_by == "rules":
        return "read by rule, and the words of its sentence do not speak for it"
    return "less certain than the rows of the table"
