"""What the rest of an article tells of a candidate: other propositions in its words, the same actor elsewhere, what was raised before."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from stcalib.positions.candidate import Candidate
from stcalib.positions.tiers import Evidence

READ = tuple[Candidate, Evidence]
NOWHERE = -9999
"""The score of what stands nowhere."""
BY_RULE = 1500
"""What a rule that reads a stance is worth beside the score of the learned reader."""
GAPS = (-2000, -1000, -500, 0, 500, 1000, 2000)
"""Leads over the other propositions of a stretch."""
ELSEWHERE = (-2500, -1500, -500, 500, 1500)
OWN_LEADS = (-3000, -1500, 0, 1500, 3000)
"""Leads of a stance of an actor over their other ones on the proposition, elsewhere in the article."""
RANKS = 4
"""More propositions than so many that a stretch rather speaks for are not told apart."""
BEFORE = 3
"""Sentences before a candidate in which its proposition may have been raised."""


@dataclass(slots=True)
class Elsewhere:
    """The best score of the sentences of an article, and that of the best other sentence."""

    best: int = NOWHERE
    number: int = -1
    second: int = NOWHERE

    def add(self, number: int, score: int) -> None:
        """Takes in the score of a sentence."""
        if number == self.number:
            self.best = max(self.best, score)
        elif score > self.best:
            self.best, self.number, self.second = score, number, self.best
        else:
            self.second = max(self.second, score)

    def than(self, number: int) -> int:
        """The best score of the sentences but for one."""
        return self.second if number == self.number else self.best


@dataclass
class Around:
    """The candidates of one article by what they have in common."""

    stretches: dict[tuple[int, tuple[int, int]], dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    raised: dict[tuple[int, str], int] = field(default_factory=dict)
    held: dict[tuple[str, str], dict[int, Elsewhere]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Elsewhere)))
    scored: dict[tuple[str, str], Elsewhere] = field(default_factory=lambda: defaultdict(Elsewhere))

    def add(self, candidate: Candidate, evidence: Evidence) -> None:
        """Takes in a candidate."""
        of_stretch, of_sentence = self.stretches[candidate.number, candidate.words], (candidate.number, candidate.proposition)
        of_stretch[candidate.proposition] = max(of_stretch.get(candidate.proposition, NOWHERE), evidence.same)
        self.raised[of_sentence] = max(self.raised.get(of_sentence, NOWHERE), evidence.same)
        stance = candidate.holder.name, candidate.proposition
        self.held[stance][candidate.sign].add(candidate.number, _worth(candidate, evidence))
        self.scored[stance].add(candidate.number, evidence.same)

    def traits(self, candidate: Candidate, evidence: Evidence) -> Iterator[str]:
        """What the others tell of a candidate."""
        others = [score for one, score in self.stretches[candidate.number, candidate.words].items() if one != candidate.proposition]
        yield f"rank {min(RANKS, sum(score > evidence.same for score in others))}"
        yield f"gap {bisect_right(GAPS, evidence.same - max(others, default=NOWHERE))}"
        stance = candidate.holder.name, candidate.proposition
        own = {sign: held.than(candidate.number) for sign, held in self.held[stance].items()}
        same, other = own[candidate.sign], max((worth for sign, worth in own.items() if sign != candidate.sign), default=NOWHERE)
        yield f"own same {bisect_right(ELSEWHERE, same)}"
        yield f"own other {bisect_right(ELSEWHERE, other)}"
        yield f"own lead {bisect_right(OWN_LEADS, same - other)}"
        yield f"own best {int(evidence.same >= self.scored[stance].than(candidate.number))}"
        before = (self.raised.get((number, candidate.proposition), NOWHERE) for number in range(candidate.number - BEFORE, candidate.number))
        yield f"near {bisect_right(ELSEWHERE, max(before))}"


def _worth(candidate: Candidate, evidence: Evidence) -> int:
    return evidence.same + (BY_RULE if candidate.read_by != "reader" else 0)


def in_context(found: Sequence[READ]) -> list[READ]:
    """The candidates of an article, each with the traits that the others give it."""
    around = Around()
    for candidate, evidence in found:
        around.add(candidate, evidence)
    return [(replace(one, traits=one.traits | frozenset(around.traits(one, evidence))), evidence) for one, evidence in found]
