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
from functools import cache
from importlib.resources import files
from math import log

from stcalib.positions.candidate import Candidate

CUTS = tuple(round(1000 * log(share / (100 - share))) for share in range(1, 100))
"""The log-odds, in thousandths, from which on a probability is so many per cent."""


@dataclass(frozen=True)
class Evidence:
    """What the learned reader says of a candidate: its score for the stance, the best for another on the proposition."""

    same: int
    other: int


@dataclass(frozen=True)
class Tiers:
    """The weights of the estimate and the log-odds at which a tier begins."""

    weights: Mapping[str, int]
    steps: tuple[int, ...]
    firm: int
    seen: int
    alone: int

    def estimate(self, candidate: Candidate, evidence: Evidence | None) -> int:
        """The log-odds, in thousandths, that a candidate is right."""
        return sum(self.weights.get(trait, 0) for trait in self.traits(candidate, evidence))

    def traits(self, candidate: Candidate, evidence: Evidence | None) -> Iterator[str]:
        """All that the estimate rests on."""
        by = candidate.read_by
        yield by
        for trait in candidate.traits:
            yield f"{by}: {trait}"
        if evidence is None:
            yield f"{by} alone"
            return
        yield f"{by}: for {bisect_right(self.steps, evidence.same)}"
        yield f"{by}: against {bisect_right(self.steps, evidence.other)}"


def per_cent(estimate: int) -> int:
    """The probability that log-odds in thousandths stand for, in per cent."""
    return bisect_right(CUTS, estimate)


@cache
def load_tiers() -> Tiers:
    """The package's weights."""
    told = tomllib.loads((files("stcalib") / "data" / "models" / "tiers.toml").read_text(encoding="utf-8"))
    return Tiers(told["weights"], tuple(told["steps"]), told["firm"], told["seen"], told["alone"])
