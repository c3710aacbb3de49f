"""What the thresholds of the table give on batches held out in turn, and where they would lie by these batches alone.

The thresholds in `data/models/tiers.toml` are set by hand, since rows of sets that no weight has learned from must stay what they
are (`tests/gold/floors.toml`). Beside each stands what it takes of the batches that were left out of the fitting: how many
candidates, how many of them right and how many with the opposite sign; and the estimate that the batches alone would choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from stcalib.positions.candidate import Candidate
from stcalib.positions.tiers import Evidence, Tiers
from stcalib.positions.traits import DOUBT
from stcalib.positions.weighing import reason_against

BAR = 60
"""The least share, in per cent, that is right among candidates of about one estimate, for these to be rows."""
LEAST_ROWS = 20
"""So many candidates from an estimate on choose it; what has fewer is only proposed."""
TURNED = 4
"""So many wrong rows a row with the opposite sign counts for."""
STEP = 100
"""Thresholds are multiples of so many thousandths of log-odds."""
LOWEST = -100_000
"""An estimate that every candidate reaches."""


@dataclass(frozen=True)
class Judged:
    """A candidate with what the learned reader says of it, and whether it is right, or turned. `batch` names a batch of measured
    articles, and is empty for what teaches the reader; `on_page` tells that it stands in an article and not in a single sentence."""

    candidate: Candidate
    evidence: Evidence
    right: bool
    turned: bool
    batch: str = ""
    on_page: bool = True


@dataclass(frozen=True)
class Taken:
    """What a threshold takes of the batches held out, and the one that they would choose by themselves; None where they would have no row."""

    rows: int
    right: int
    turned: int
    chosen: int | None


def taken(told: Iterable[tuple[Judged, int]], tiers: Tiers) -> dict[str, Taken]:
    """For each threshold of `tiers.firm`, what it takes of candidates with their estimates by weights that have not seen their batch."""
    open_to_all = replace(tiers, firm=dict.fromkeys(tiers.firm, LOWEST))
    groups: dict[str, list[tuple[Judged, int]]] = {kind: [] for kind in tiers.firm}
    for one, estimate in told:
        if reason_against(one.candidate, one.evidence, estimate, open_to_all) is None:
            doubted = any(trait.startswith(DOUBT) for trait in one.candidate.traits)
            group = groups["in doubt"] if doubted else groups[tiers.kind(one.candidate)]
            group.append((one, estimate))
    return {kind: _taken(found, tiers.firm[kind]) for kind, found in groups.items()}


def _taken(found: Sequence[tuple[Judged, int]], least: int) -> Taken:
    rows = [one for one, estimate in found if estimate >= least]
    return Taken(len(rows), sum(one.right for one in rows), sum(one.turned for one in rows), chosen(found))


def chosen(found: Sequence[tuple[Judged, int]]) -> int | None:
    """The lowest estimate at which at least `BAR` per cent are right, the shares smoothed so that none falls as the estimate rises."""
    blocks: list[_Block] = []
    for one, estimate in sorted(found, key=lambda told: told[1]):
        blocks.append(_Block(estimate, int(one.right), TURNED if one.turned else 1))
        while len(blocks) > 1 and blocks[-2].right * blocks[-1].counted >= blocks[-1].right * blocks[-2].counted:
            last = blocks.pop()
            blocks[-1] = _Block(blocks[-1].estimate, blocks[-1].right + last.right, blocks[-1].counted + last.counted)
    for block in blocks:
        if 100 * block.right >= BAR * block.counted:
            enough = sum(estimate >= block.estimate for _, estimate in found) >= LEAST_ROWS
            return block.estimate // STEP * STEP if enough else None
    return None


class _Block(NamedTuple):
    """Candidates of neighbouring estimates, from `estimate` on: how many are right of how many, one turned counted as several wrong."""

    estimate: int
    right: int
    counted: int
