"""How likely a candidate is right, and whether it is firm enough for the table.

The estimate adds whole numbers: one for each trait of how it was read, and the scores of the learned reader for its stance
and against it, in steps. They stand in `data/models/tiers.toml` with how they were found. Nothing is worked out in
fractions, so that the same text has the same tiers on every machine.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import log

from stcalib.language.in_use import by_language
from stcalib.positions.candidate import Candidate

CUTS = tuple(round(1000 * log(share / (100 - share))) for share in range(1, 100))
"""The log-odds, in thousandths, from which on a probability is so many per cent."""


@dataclass(frozen=True)
class Evidence:
    """What the learned reader says of a candidate: its score for the stance, the best for another on the proposition."""

    same: int
    other: int


STEPS = (-4000, -3000, -2000, -1500, -1000, -500, 0, 500, 1000, 1500, 2000, 3000)
LEADS = (-2000, -1000, 0, 1000, 2000, 3000)
"""Where the scores of the learned reader, and the lead of one over another, begin to count more."""


TAKEN_UP = "taken up"
"""The beginning of a trait of words that name no proposal: what the learned reader says of them alone is of no weight."""


def all_traits(candidate: Candidate, evidence: Evidence, on_page: bool = True) -> Iterator[str]:
    """All that the estimate of a candidate rests on, for what the rules see and what the learned reader alone sees apart.

    `on_page` tells that it stands in an article, where most sentences show nothing, and not in a sentence written to show something.
    """
    by = "reader" if candidate.read_by == "reader" else "rules"
    yield by
    if on_page:
        yield f"{by}: on a page"
    yield f"{by}: on {candidate.proposition}"
    yield f"{candidate.read_by}: {candidate.stance} on {candidate.proposition}"
    yield from (f"{by}: {trait}" for trait in candidate.traits)
    if any(trait.startswith(TAKEN_UP) for trait in candidate.traits):
        return
    steps = [f"for {step}" for step in STEPS if evidence.same >= step]
    leads = [f"lead {step}" for step in LEADS if evidence.same - evidence.other >= step]
    yield from (f"{by}: against {step}" for step in STEPS if evidence.other >= step)
    for trait in (*steps, *leads):
        yield f"{by}: {trait}"
        yield f"{by} on {candidate.proposition}: {trait}"


@dataclass(frozen=True)
class Tiers:
    """The weights of the estimate, and the log-odds at which a tier begins: proposals for all (`seen`), the table by who reads a
    candidate, for some propositions apart, for what names no proposal by how it is taken up, and for what may be turned in a way
    that no rule weighs ("in doubt")."""

    weights: Mapping[str, int]
    firm: Mapping[str, int]
    seen: int

    def least(self, candidate: Candidate, in_doubt: bool) -> int:
        """The log-odds from which on a candidate is a row of the table: of several kinds that it is of, the first in `firm` tells."""
        least = self.firm[self.kind(candidate)]
        return max(least, self.firm["in doubt"]) if in_doubt else least

    def kind(self, candidate: Candidate) -> str:
        """What a candidate's threshold is called in `firm`."""
        kinds = frozenset(_kinds(candidate))
        return next((kind for kind in self.firm if kind in kinds), candidate.read_by)

    def estimate(self, candidate: Candidate, evidence: Evidence) -> int:
        """The log-odds, in thousandths, that a candidate is right."""
        return self.weights.get("any", 0) + sum(self.weights.get(trait, 0) for trait in all_traits(candidate, evidence))


def per_cent(estimate: int) -> int:
    """The probability that log-odds in thousandths stand for, in per cent."""
    return bisect_right(CUTS, estimate)


@by_language
def load_tiers() -> Tiers:
    """The package's weights."""
    told = tomllib.loads((files("stcalib") / "data" / "models" / "tiers.toml").read_text(encoding="utf-8"))
    return Tiers(told["weights"], told["firm"], told["seen"])


def _kinds(candidate: Candidate) -> tuple[str, ...]:
    """The kinds that a candidate is of, as thresholds name them: who read it, on what or with what trait."""
    return f"{candidate.read_by} on {candidate.proposition}", *(f"{candidate.read_by} {trait}" for trait in candidate.traits)
