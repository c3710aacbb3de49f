"""A position in the making: who may hold which stance on what, where, and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass

from stcalib.core.rows import Quote
from stcalib.positions.subject_kinds import Holder

STANCES = {1: "support", 0: "ambivalent", -1: "oppose"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stance that one of the readers sees. `words` are those of the stretch that shows it, `start`..`end` the evidence in
    the text; `traits` tell how it was read, for the estimate of how likely it is right. `wording_at` and `cue_at` are the words
    of the wording and the cue by which a rule reads it."""

    number: int
    words: tuple[int, int]
    start: int
    end: int
    text: str
    holder: Holder
    proposition: str
    sign: int
    basis: str
    wording: str | None
    cue: str | None
    quote: Quote | None
    read_by: str
    traits: frozenset[str]
    wording_at: tuple[int, int] | None = None
    cue_at: tuple[int, int] | None = None

    @property
    def stance(self) -> str:
        """The stance as the table names it."""
        return STANCES[self.sign]
