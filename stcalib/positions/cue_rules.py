"""The cues that govern a wording, nearest first: one rule for each kind of cue.

A rule multiplies the sign and goes on, or ends the walk with the readings that it gives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stcalib.language.word_sets import word_list, word_set
from stcalib.positions.wording_match import Hit, Mark, Reading

if TYPE_CHECKING:
    from stcalib.positions.stance import Surroundings


@dataclass
class CueWalk:
    """The walk from a wording back over the cues `before` it in a clause that begins at `start` and is of a `sort`.

    `sign` is what the cues so far make of the wording, `cursor` the word from which the next one counts, `cue` the nearest
    cue, `modal` whether somebody says what is due, `found` the readings given on the way.
    """

    around: Surroundings
    hit: Hit
    start: int
    sort: str
    before: list[Mark]
    sign: int
    cursor: int
    cue: Mark | None = None
    modal: bool = False
    found: list[Reading] = field(default_factory=list)
    ended: bool = False

    def readings(self) -> list[Reading]:
        """Readings from the cues that govern the wording, the nearest first."""
        self._inside()
        rules = {
            "evasion": self._evasion,
            "request": self._request,
            "judgement": self._judgement,
            "reversal": self._judgement,
            "hearsay": self._hearsay,
            "complaint": self._complaint,
            "assertion": self._assertion,
            "attitude": self._attitude,
            "modal": self._modal,
            "noun": self._noun,
            "commitment": self._commitment,
        }
        for number in range(len(self.before) - 1, -1, -1):
            mark = self.before[number]
            joined = self.around.is_joined(mark.end, self.cursor)
            if (joined and self._is_of_another_clause(mark)) or mark.kind not in rules:
                continue
            between = 1 if joined else self.around.negation(mark.end, self.cursor)
            given = rules[mark.kind](mark, self.before[:number], joined, between)
            if given is not None:
                return given
            if self.ended:
                break
        if self.cue is not None and (self.modal or not self.found):
            self.found.append(Reading(self.sign, "speaker" if self.modal else "clause", self.cue.start, self.cue.span))
        return self.found

    def _inside(self) -> None:
        """A modal or an undertaking inside the wording itself counts first."""
        for mark in self.around.marks:
            if self.hit.start < mark.start and mark.end <= self.hit.end and mark.kind in ("modal", "commitment"):
                self.sign, self.cue, self.modal = self.sign * mark.sign, self.cue or mark, True

    def _is_of_another_clause(self, mark: Mark) -> bool:
        if mark.kind not in ("modal", "commitment"):
            return False
        around = self.around
        return self.modal or around.scheme.another_clause.search(around.text.symbols, mark.end, self.cursor) is not None

    def _take(self, mark: Mark, sign: int) -> None:
        self.sign *= sign
        self.cue, self.cursor = self.cue or mark, mark.start

    def _is_in_open_condition(self, mark: Mark) -> bool:
        return self.sort == "condition" and "," not in self.around.text.symbols[self.start : mark.start]

    def _is_expected(self, mark: Mark) -> bool:
        """Whether a verb of saying only tells what its subject expects to be done: "thinks that it will be suspended"."""
        around, cue = self.around, self.cue
        expected = cue is not None and cue.kind == "commitment" and around.word(cue.end) in word_set("positions.be")
        return expected and around.word(mark.start) in around.scheme.expecting

    # ---- one rule a kind of cue
    def _evasion(self, mark: Mark, before: list[Mark], joined: bool, between: int) -> list[Reading] | None:
        return [*self.found, Reading(0, "subject", mark.start, mark.span)]

    def _request(self, mark: Mark, before: list[Mark], joined: bool, between: int) -> list[Reading] | None:
        return [*self.found, Reading(self.sign * between, "sender", mark.start, mark.span)]

    def _judgement(self, mark: Mark, before: list[Mark], joined: bool, between: int) -> list[Reading] | None:
        around = self.around
        if joined or not around.links(mark, self.cursor):
            return None
        if mark.kind == "reversal" and around.word(mark.start).endswith(word_list("positions.past_ending")) and around.is_finite(mark.start):
            return [*self.found, Reading(self.sign * mark.sign * between, "subject", mark.start, mark.span)]
        floor = max([self.start, *(held.end for held in before if held.kind == "attitude")])
        self._take(mark, mark.sign * between * around.scope(mark.start, floor))
        self.modal = self.modal or mark.kind == "judgement"
        return None

    def _hearsay(self, mark: Mark, before: list[Mark], joined: bool, between: int) -> list[Reading] | None:
        self.cursor = mark.start
        return None

    def _complaint(self, mark: Mark, before: list[Mark], joined: bool, between: int) -> list[Reading] | None:
        if self.around.is_own_refusal(mark, before):
            self._take(mark, -between)
            self.found.append(Reading(self.sign, "owner", mark.start, mark.span))
            return None
        asking = next((m for m in reversed(before) if m.kind in ("attitude", "assertion") and self.around.is_finite(m.start)), None)
        return [*self.found, Reading(self.sign, "subject" if asking else "speaker", asking.start if asking else 0, mark.span)]

    def _assertion(self, mark: Mark, before: list[Mark], joined: bool, between: int) -> list[Reading] | None:
        if self.cue is None:
            self.ended = True
            return None
        if self._is_in_open_condition(mark) or self._is_expected(mark):
            return self.found
        return [*self.found, Reading(self.sign * between * mark.sign, "subject", mark.start, self.cue.span)]

    def _modal(self, mark: Mark, before: list[Mark], joined: bool, between: int) -> list[Reading] | None:
        if self._is_in_open_condition(mark):
            return self.found
        self.modal = True
        self._take(mark, between * mark.sign * self.around.scope(mark.start, self.start))
        return None

    def _noun(self, mark: Mark, before: list[Mark], joined: bool, between: int) -> list[Reading] | None:
        if not joined:
            self._take(mark, between * mark.sign)
            self.found.append(Reading(self.sign, "owner", mark.start, mark.span))
        return None

    def _commitment(self, mark: Mark, before: list[Mark], joined: bool, between: int) -> list[Reading] | None:
        self._take(mark, between * mark.sign)
        around = self.around
        if before and around.is_wished(before[-1], mark):
            return None
        if self._is_in_open_condition(mark) or around.is_only_told(mark, before):
            return self.found
        if around.word(mark.start - 1) in word_set("positions.relative"):
            return None
        if before and before[-1].kind == "assertion" and self._is_expected(before[-1]):
            return self.found
        outer = around.outer(before)
        if outer is not None and outer.kind == "evasion":
            return [*self.found, Reading(0, "subject", outer.start, outer.span)]
        self.sign *= around.scope(mark.start, self.start, of_verb=False)
        return [*self.found, Reading(self.sign, "speaker" if self.modal else "subject", mark.start, mark.span)]

    def _attitude(self, mark: Mark, before: list[Mark], joined: bool, between: int) -> list[Reading] | None:
        around = self.around
        if around.word(mark.start - 1) in word_set("positions.possible") and not around.is_name(mark.start - 1):
            return self.found
        finite = around.is_finite(mark.start)
        if joined and not finite:
            return None
        self._take(mark, between * mark.sign * around.scope(mark.start, self.start))
        if finite and self.sort == "condition":
            return [Reading(around.inner(self.hit), "speaker", 0, mark.span)] if mark.sign < 0 else []
        if finite:
            at = mark.start - 1 if around.word(mark.start - 1) in word_set("positions.having") else mark.start
            return [*self.found, Reading(self.sign, "subject", at, mark.span, around.outer(before))]
        return None
