"""From a wording to a stance: what a sentence makes of the proposition that it raises, and whose words do it.

A stance is decided step by step, each step open to inspection in the row's `wording` and `cue`:

1. The clause: from the wording back to the nearest word at which a clause ends ("because", "but", "who").
2. The cues before the wording in its clause, the nearest first: verbs of attitude ("wants", "rejects"), nouns of demand
   ("calls to"), modals ("should"), undertakings ("would"), hearsay ("reports that"), evasions ("would not say whether").
   Each multiplies the sign of the wording by its own, and each negation turns it. A verb with a subject ends the search:
   its subject is the holder. A verb without one ("to agree to close") passes the search on.
3. Without such a cue, what the clause says of the wording behind it ("closing the road would be a mistake").
4. A claim needs neither: who says it holds it, and a negation in its clause turns it.

What is found is a `Reading`: the sign and who holds it, still as a place in the sentence. Names are found elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from stcalib.scheme import Hit, Mark, Scheme
from stcalib.wordings import STOPS, Encoded

JUDGEMENT_REACH = 14
"""Words behind a wording within which a judgement of it begins."""
LINK = 4
"""Words between a judgement and the wording that it governs ("it would be wrong for us to close")."""
AUXILIARIES = 4
"""Words before a verb in which its negation stands."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is made of a wording: 1 for, -1 against, 0 undecided, and who holds it.

    `holder` is "speaker" (whoever speaks the clause), "subject" (of the verb at word `at`), "owner" (whoever is named
    before the noun at word `at`) or "bare" (nothing in the clause tells: the verb that reports the clause decides).
    `outer` is a denial or evasion around the clause: that its holder takes the stance is only said.
    """

    sign: int
    holder: str
    at: int = 0
    cue: tuple[int, int] | None = None
    outer: Mark | None = None


@dataclass(frozen=True)
class Clause:
    """The surroundings of a wording: the words `lo`..`hi` of a text, which one voice speaks."""

    scheme: Scheme
    text: Encoded
    lo: int
    hi: int

    @cached_property
    def marks(self) -> list[Mark]:
        """The cues of stance in these words."""
        return self.scheme.cues(self.text, self.lo, self.hi)

    # ---- the parts of a clause
    def opening(self, at: int) -> tuple[int, str]:
        """Where the clause around word `at` begins, and what sort of clause it is: main, condition or exception."""
        start, sort = self.lo, "main"
        covered = [(m.start, m.end) for m in self.marks]
        for match in self.scheme.barrier.finditer(self.text.symbols, self.lo, at):
            if any(a <= match.start() < b for a, b in covered):
                continue
            start, sort = match.end(), "condition" if match[1] else "exception" if match[2] else "main"
        return start, sort

    def closing(self, at: int) -> int:
        """Where the clause around word `at` ends."""
        for match in self.scheme.barrier.finditer(self.text.symbols, at, self.hi):
            if not any(m.start <= match.start() < m.end for m in self.marks):
                return match.start()
        return self.hi

    def negation(self, start: int, end: int) -> int:
        """-1 where an odd number of negations that belong to no cue stands between two words, else 1."""
        if start >= end:
            return 1
        sign = 1
        for match in self.scheme.negation.finditer(self.text.symbols, start, end):
            if not match[1] and not any(m.start <= match.start() < m.end for m in self.marks):
                sign = -sign
        return sign

    def _negated_verb(self, at: int, floor: int) -> int:
        """-1 where the verb at word `at` is negated."""
        start = max(floor, at - AUXILIARIES)
        cut = max(self.text.symbols.rfind(mark, start, at) for mark in STOPS + ",")
        return self.negation(max(start, cut + 1), at)

    def word(self, index: int) -> str:
        """A word of the text in lower case, or nothing outside these words."""
        return self.text.word(index) if self.lo <= index < self.hi else ""

    def _is_finite(self, mark: Mark) -> bool:
        """Whether a verb has a subject of its own here."""
        before = self.word(mark.start - 1)
        if before in ("to", "for", "of", "by", "from", "about", "in", "without", "on", "into"):
            return False
        return not (self.word(mark.start).endswith("ing") and before not in ("is", "are", "was", "were", "been", "be", "'s", "'re", "'m", "keeps", "kept", "also", "now", "not", "still"))

    # ---- the decision
    def readings(self, hit: Hit) -> list[Reading] | str:
        """What the clause makes of a wording in it, or why nothing."""
        start, sort = self.opening(hit.start)
        if hit.reads == "act" and self._acts(hit):
            return [Reading(hit.sign * self._negated_verb(hit.start, start), "subject", hit.start)]
        before = [m for m in self.marks if start <= m.start and m.end <= hit.start]
        inside = [m for m in self.marks if hit.start < m.start and m.end <= hit.end and m.kind in ("modal", "commitment")]
        if hit.reads in ("claim", "fact"):
            return self._claimed(hit, start, sort, before)
        found = self._governed(hit, start, before, inside)
        if found:
            return found
        if judged := self._judged(hit, before, sort):
            return [judged]
        if sort == "exception":
            return [Reading(hit.sign, "speaker")]
        if sort == "condition":
            return "a condition: no stance is taken on it"
        return [Reading(hit.sign * self.negation(start, hit.end), "bare")]

    def _acts(self, hit: Hit) -> bool:
        return self._is_finite(Mark("attitude", 1, hit.start, hit.start + 1))

    def _governed(self, hit: Hit, start: int, before: list[Mark], inside: list[Mark]) -> list[Reading]:
        """Readings from the cues that govern the wording, the nearest first."""
        found: list[Reading] = []
        sign, cursor, cue, modal = hit.sign, hit.start, None, False
        for mark in inside:
            sign, cue, modal = sign * mark.sign, mark, modal or mark.kind == "modal"
        sign *= self.negation(hit.start, hit.end)
        if inside and inside[-1].kind == "commitment" and not modal:
            return [Reading(sign, "subject", inside[-1].start, _span(inside[-1]))]
        for number in range(len(before) - 1, -1, -1):
            mark = before[number]
            between = self.negation(mark.end, cursor)
            if mark.kind == "evasion":
                return [*found, Reading(0, "subject", mark.start, _span(mark))]
            if mark.kind == "judgement":
                if self._links(mark.end, cursor):
                    sign *= mark.sign * between * self._negated_verb(mark.start, start)
                    cue, modal, cursor = cue or mark, True, mark.start
                continue
            if mark.kind == "hearsay":
                cursor = mark.start
                continue
            if mark.kind == "assertion":
                if cue is None:
                    break
                return [*found, Reading(sign * between, "subject", mark.start, _span(cue))]
            sign *= between * mark.sign
            cue, cursor = cue or mark, mark.start
            if mark.kind == "modal":
                modal = True
            elif mark.kind == "noun":
                found.append(Reading(sign, "owner", mark.start, _span(mark)))
            elif mark.kind == "commitment":
                if self.word(mark.start - 1) not in ("that", "which", "it", "this"):
                    return [*found, Reading(sign, "speaker" if modal else "subject", mark.start, _span(mark))]
            else:
                sign *= self._negated_verb(mark.start, start)
                if self._is_finite(mark):
                    return [*found, Reading(sign, "subject", mark.start, _span(mark), self._outer(before[:number]))]
        if cue is not None and not (found and not modal and all(m.kind in ("noun", "judgement", "hearsay") for m in before)):
            found.append(Reading(sign * self.negation(start, cursor), "speaker", 0, _span(cue)))
        return found

    def _outer(self, before: list[Mark]) -> Mark | None:
        """The denial or evasion around a clause that is only told of: "dismissed reports that X wants"."""
        for mark in reversed(before):
            if mark.kind == "evasion" or (mark.kind == "attitude" and mark.sign < 0):
                return mark
            if mark.kind not in ("hearsay", "noun"):
                return None
        return None

    def _links(self, start: int, end: int) -> bool:
        """Whether only small words stand between a judgement and the wording that it governs."""
        if end - start > LINK:
            return False
        words = [self.word(i) for i in range(start, end)]
        return any(w in ("to", "in", "of", "if", "that", "for") for w in words) and "," not in words or not words

    def _judged(self, hit: Hit, before: list[Mark], sort: str) -> Reading | None:
        """What is said of the wording behind it."""
        end = min(self.hi, hit.end + JUDGEMENT_REACH)
        closing = end if sort == "condition" else min(end, self.closing(hit.end))
        for mark in self.marks:
            if mark.start < hit.end or mark.start >= closing:
                continue
            if mark.kind == "judgement":
                sign = hit.sign * self.negation(hit.start, hit.end) * mark.sign * self.negation(hit.end, mark.start)
                return Reading(sign * (-1 if sort == "exception" else 1), "speaker", 0, _span(mark))
            if mark.kind == "evasion" and not before:
                return Reading(0, "subject", mark.start, _span(mark))
        return None

    def _claimed(self, hit: Hit, start: int, sort: str, before: list[Mark]) -> list[Reading] | str:
        """Readings of something said to be so."""
        sign = hit.sign * self.negation(hit.start, hit.end)
        if self.scheme.negation_behind.match(self.text.symbols, hit.end, self.hi):
            sign = -sign
        cursor = hit.start
        for mark in reversed(before):
            between = self.negation(mark.end, cursor)
            if mark.kind == "evasion":
                return [Reading(0, "subject", mark.start, _span(mark))]
            if mark.kind in ("noun", "hearsay") or (mark.kind == "judgement" and not self._links(mark.end, cursor)):
                continue
            sign *= between * mark.sign
            cursor = mark.start
            if mark.kind in ("assertion", "attitude"):
                sign *= self._negated_verb(mark.start, start)
                if self._is_finite(mark):
                    return [Reading(sign, "subject", mark.start, _span(mark))]
        sign *= self.negation(start, cursor)
        if sort == "condition" and sign > 0:
            return "a condition: nobody says that it is so"
        return [Reading(sign, "speaker", hit.start)]


def _span(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end
