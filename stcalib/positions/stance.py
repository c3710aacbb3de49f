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

from dataclasses import dataclass, replace

from stcalib.codebook.patterns import CAPITAL, Encoded
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import word_list, word_set
from stcalib.positions.clause_openings import Openings
from stcalib.positions.cue_rules import CueWalk
from stcalib.positions.scheme import Scheme, meaning
from stcalib.positions.wording_match import Hit, Mark, Reading
from stcalib.syntax.clauses import ASIDE, CONDITION, CONTRAST, EXCEPTION, MAIN

JUDGEMENT_REACH = 14
"""Words behind a wording within which a judgement of it begins."""
LINK = 4
"""Words between a judgement and the wording that it governs ("it would be wrong for us to close")."""
DENYING_WORDS = 2
"""Words before a verb among which its own negation stands."""
SCOPE = 5
"""Words before a verb or claim in which its negation stands."""


@dataclass(frozen=True)
class Surroundings:
    """What stands around a wording: the words `lo`..`hi` of a text, which one voice speaks, in a sentence that ends at
    `sentence_end`, with the cues of stance among them."""

    scheme: Scheme
    text: Encoded
    lo: int
    hi: int
    sentence_end: int
    marks: list[Mark]
    openings: Openings

    # ---- the parts of a clause
    def opening(self, hit: Hit) -> tuple[int, str]:
        """Where the clause of a wording begins, and what sort it is: main, condition, exception, contrast or aside."""
        start, sort = self.lo, MAIN
        spans_clauses = "," in self.text.symbols[hit.start : hit.end]
        for opening in self.openings.within(self.lo, hit.start):
            if self._is_marked(opening.start) or (opening.kind in (CONDITION, EXCEPTION) and spans_clauses):
                continue
            if self.word(opening.start - 1) in word_set("positions.but_not"):
                continue
            if opening.kind == CONTRAST:
                sort = MAIN if "," in self.text.symbols[opening.end : hit.start] else CONTRAST
                continue
            start, sort = opening.end, opening.kind if opening.kind in (CONDITION, EXCEPTION, ASIDE) else MAIN
        again = self.openings.said_again(self.lo, start, hit.start)
        return (start, sort) if again is None else (again, MAIN)

    def closing(self, at: int) -> int:
        """Where the clause around word `at` ends."""
        return next((opening.start for opening in self.openings.within(at, self.hi) if not self._is_marked(opening.start)), self.hi)

    def _is_marked(self, at: int) -> bool:
        return any(m.start <= at < m.end for m in self.marks)

    def negation(self, start: int, end: int, of_verb: bool = True) -> int:
        """-1 where an odd number of negations that belong to no cue stands between two words, else 1.

        Without `of_verb`, what negates another verb ("those who do not qualify will ...") is passed over.
        """
        if start >= end:
            return 1
        sign = 1
        for match in self.scheme.negation.finditer(self.text.symbols, start, end):
            if not of_verb and self.word(match.start()).endswith(word_list("positions.negations_of_verb")):
                continue
            if not match[1] and not any(m.start <= match.start() < m.end for m in self.marks if m.kind != "judgement"):
                sign = -sign
        return sign

    def inner(self, hit: Hit) -> int:
        """The sign of a wording with the negations inside it that are not its own, and with what is to be done with the plan it names."""
        start = max(hit.start, hit.scope)
        for joint in self.scheme.joint.finditer(self.text.symbols, start, hit.core):
            start = joint.end()
        start = max((start, *(opening.end for opening in self.openings.within(start, hit.core))))
        return hit.sign * self.negation(start, hit.core if hit.denies else hit.end) * (-1 if self._is_undone(hit) else 1)

    def _is_undone(self, hit: Hit) -> bool:
        """Whether the words right behind a plan say that it should be no more: "wants the ban ended"."""
        return hit.reads == "plan" and self.scheme.undone.match(self.text.symbols, hit.end, self.hi) is not None

    def scope(self, at: int, floor: int, of_verb: bool = True) -> int:
        """-1 where what begins at word `at` is negated by a word before it in its part of the clause."""
        start = max(floor, at - SCOPE)
        for match in self.scheme.joint.finditer(self.text.symbols, start, at):
            start = match.end()
        return self.negation(start, at, of_verb)

    def word(self, index: int) -> str:
        """A word of the text in lower case, or nothing outside these words."""
        return self.text.word(index) if self.lo <= index < self.hi else ""

    def is_name(self, index: int) -> bool:
        """Whether a word is the name of a person and not the word that it looks like: Elizabeth May."""
        return self.text.symbols[index] == CAPITAL

    def is_finite(self, start: int) -> bool:
        """Whether the verb at a word has a subject of its own there."""
        before = self.word(start - 1)
        return before not in word_set("positions.before_bare_wording") and not (
            self.word(start).endswith(word_list("gerund_ending")) and before not in word_set("positions.before_gerund")
        )

    def is_joined(self, start: int, end: int) -> bool:
        """Whether "and" or "or" stands between two words."""
        return self.scheme.conjunction.search(self.text.symbols, start, end) is not None

    # ---- the decision
    def readings(self, hit: Hit) -> list[Reading] | str:
        """What the clause makes of a wording in it, or why nothing."""
        start, sort = self.opening(hit)
        found = self._read(hit, start, sort)
        if isinstance(found, str) or not self._is_denied_in_front(start):
            return found
        return [replace(reading, sign=-reading.sign) for reading in found]

    def _is_denied_in_front(self, start: int) -> bool:
        """Whether the clause that begins at a word opens with a denial of all of it: "nor does she want"."""
        at = next((i for i in range(start, self.hi) if self.word(i)[:1].isalnum() and self.word(i) not in word_set("positions.coordinators")), start)
        return self.scheme.fronted_negation.match(self.text.symbols, at, self.hi) is not None

    def _read(self, hit: Hit, start: int, sort: str) -> list[Reading] | str:
        """What the clause makes of a wording by its cues."""
        before = [m for m in self.marks if start <= m.start and m.end <= hit.start]
        if hit.reads == "reproach":
            return [self._denied_reproach(hit, before) or Reading(hit.sign, "speaker", hit.start)]
        if hit.taken_up == "pronoun":
            judged = self._judged(hit, before, sort)
            return [judged] if judged and not self._stands_in(hit, judged) else "nothing is said of it"
        if hit.reads == "act" and self._is_supposed(hit):
            return "a condition: no stance is taken on it"
        if hit.reads == "act" and (self.is_finite(hit.start) or not before):
            return [Reading(self.inner(hit) * self.scope(hit.start, start), "subject", hit.start)]
        if self._is_asked(hit):
            return self._asked(hit, start, sort, before)
        if any(m.kind == "reserve" for m in before):
            return "the stance is stopped short of"
        if hit.reads in ("claim", "shown"):
            if sort != CONTRAST and (left := self._undecided(before)) is not None:
                return [Reading(0, "subject", left.start, left.span)]
            return self._claimed(hit, start, sort, before)
        return self._planned(hit, start, sort, before)

    def _is_supposed(self, hit: Hit) -> bool:
        """Whether a condition opens right before a deed or wish: "if they wanted out"."""
        conditions = self.openings.within(self.lo, hit.start, CONDITION)
        return any("," not in self.text.symbols[opening.end : hit.start] for opening in conditions)

    def _undecided(self, before: list[Mark]) -> Mark | None:
        """The evasion that leaves open what follows: "would not be drawn on whether"."""
        return next((mark for mark in before if mark.kind == "evasion" and self.word(mark.end - 1) in word_set("positions.undecided")), None)

    def _asked(self, hit: Hit, start: int, sort: str, before: list[Mark]) -> list[Reading] | str:
        """Readings of what is asked: whose demand it is, or who will not answer."""
        if owned := [r for r in self._governed(hit, start, sort, before) if r.holder == "owner"]:
            return owned
        behind = self.scheme.cues(self.text, hit.end, self.sentence_end)
        evasion = next((m for m in behind if m.kind == "evasion"), None)
        if evasion is not None:
            return [Reading(0, "subject", evasion.start, evasion.span)]
        return self._answered(hit, start, before) or "a question: no stance is taken on it"

    def _answered(self, hit: Hit, start: int, before: list[Mark]) -> list[Reading]:
        """The answer that the sentence gives to what it asks: "asked whether it would close the road, the ministry said no"."""
        found = self.scheme.told_answer(self.text, hit.end, self.sentence_end)
        if found is None:
            return []
        sign = self.inner(hit) * self.scope(hit.start, start)
        turned_down = any(mark.kind in ("attitude", "noun") and mark.sign < 0 for mark in before)
        return [Reading(0 if turned_down else sign * meaning(found), "subject", found.start(), found.span())]

    def _planned(self, hit: Hit, start: int, sort: str, before: list[Mark]) -> list[Reading] | str:
        """Readings of something that could be done."""
        if sort != CONTRAST and self._is_topic(hit, start, before) and (judged := self._judged(hit, before, sort)):
            return [judged]
        if (chosen := self._clefted(hit)) is not None:
            return [chosen]
        if rated := self._rated(hit, before, sort):
            return [rated]
        if found := self._governed(hit, start, sort, before):
            if all(reading.holder == "owner" for reading in found) and (judged := self._judged(hit, before, sort)):
                found = [*found, judged]
            return [replace(reading, sign=-reading.sign) for reading in found] if sort == CONTRAST else found
        if sort == CONTRAST:
            return "named as what is not done"
        if judged := self._due(hit, before) or self._judged(hit, before, sort):
            return [judged]
        return self._bare(hit, start, sort)

    def _bare(self, hit: Hit, start: int, sort: str) -> list[Reading] | str:
        """The reading of a plan of which the clause says nothing."""
        if sort == EXCEPTION:
            return [Reading(self.inner(hit), "speaker")]
        if sort == CONDITION:
            return "a condition: no stance is taken on it"
        if hit.taken_up:
            return "nothing is said of it"
        sign = self.inner(hit) * self.scope(hit.start, start)
        if (said := self._ordering(hit)) is not None:
            return [Reading(sign, "subject", said.start, said.span)]
        return [Reading(sign, "subject", hit.start) if self._is_under_way(hit) else Reading(sign, "bare")]

    def _ordering(self, hit: Hit) -> Mark | None:
        """The verb of saying right before an order: "the Greens say suspend it"."""
        word, no_verbs = self.word(hit.start), (word_set("positions.before_judged"), load_lexicon().words.subject_pronouns)
        if hit.wording.after or word.endswith(word_list("positions.not_base_endings")) or any(word in words for words in no_verbs):
            return None
        return next((m for m in self.marks if m.kind == "assertion" and m.sign > 0 and m.end == hit.start and self.is_finite(m.start)), None)

    def _denied_reproach(self, hit: Hit, before: list[Mark]) -> Reading | None:
        """A reproach that somebody rejects: "bristled at the suggestion that Ottawa has lost control"."""
        if len(before) < 2 or before[-1].kind not in ("hearsay", "noun") or self.word(before[-1].end - 1) not in word_set("positions.that"):
            return None
        denial = before[-2]
        return Reading(-hit.sign, "subject", denial.start, denial.span) if denial.kind == "attitude" and denial.sign < 0 else None

    def _is_under_way(self, hit: Hit) -> bool:
        """Whether a wording tells what its subject does: "Canada is sticking with the deal", "Ottawa imposed visas"."""
        at = hit.start - 1
        if self.word(hit.start).endswith(word_list("positions.past_ending")):
            first_word = at == self.lo and self.is_name(at)
            known = at >= self.lo and self.text.symbols[at] in self.scheme.vocabulary.names
            return (known and not first_word) or self.word(at) in load_lexicon().titles.doers
        while self.word(at) in word_set("positions.between_verb_and_participle"):
            at -= 1
        return self.word(hit.start).endswith(word_list("gerund_ending")) and self.word(at) in word_set("positions.being")

    def _is_asked(self, hit: Hit) -> bool:
        """Whether a wording stands in a question that the sentence tells of: "asked whether"."""
        found = next(reversed(list(self.scheme.question.finditer(self.text.symbols, self.lo, hit.start))), None)
        if found is None or any(m.kind in ("evasion", "complaint") and m.start < found.end() <= m.end for m in self.marks):
            return False
        return "," not in self.text.symbols[found.end() : hit.start]

    def _governed(self, hit: Hit, start: int, sort: str, before: list[Mark]) -> list[Reading]:
        """Readings from the cues that govern the wording, the nearest first."""
        return CueWalk(self, hit, start, sort, before, self.inner(hit), hit.start).readings()

    def is_wished(self, mark: Mark, commitment: Mark) -> bool:
        """Whether an undertaking is only what somebody wishes of somebody else: "hopes that Ottawa will close"."""
        if mark.kind != "attitude" or mark.sign < 0 or not self.is_finite(mark.start):
            return False
        return "," not in self.text.symbols[mark.end : commitment.start]

    def outer(self, before: list[Mark]) -> Mark | None:
        """The denial or evasion around a clause that is only told of: "dismissed reports that X wants"."""
        for mark in reversed(before):
            if self.is_joined(mark.end, before[-1].end if mark is not before[-1] else mark.end + SCOPE):
                return None
            if mark.kind == "evasion" or (mark.kind == "attitude" and mark.sign < 0):
                return mark
            if mark.kind not in ("hearsay", "noun"):
                return None
        return None

    def is_own_refusal(self, mark: Mark, before: list[Mark]) -> bool:
        """Whether a refusal is told as its owner's own, and reproached by nobody: "repeated its refusal to"."""
        if self.word(mark.start - 1) not in word_set("positions.owning") or not self.word(mark.start).startswith(("refusal", "unwilling")):
            return False
        return not any(m.kind in ("attitude", "assertion") and m.sign < 0 for m in before)

    def is_only_told(self, commitment: Mark, before: list[Mark]) -> bool:
        """Whether an undertaking is only what a report says: "reports that he would"."""
        told = before[-1] if before and before[-1].kind == "hearsay" else None
        return (
            told is not None and self.word(told.end - 1) in word_set("positions.that") and "," not in self.text.symbols[told.end : commitment.start]
        )

    def links(self, mark: Mark, end: int) -> bool:
        """Whether only small words stand between a mark and the wording that it governs."""
        words = [self.word(i) for i in range(mark.end, end)]
        if mark.kind == "reversal":
            describes = 1 < len(words) <= LINK and words[-1] in word_set("positions.which_was") and "," not in words
            return len(words) <= 1 or (describes and self.word(end).endswith(word_list("positions.past_ending")))
        if len(words) > LINK or "," in words:
            return False
        return self.word(mark.end - 1) in word_set("positions.linking") or any(w in word_set("positions.linking") for w in words)

    def _is_topic(self, hit: Hit, start: int, before: list[Mark]) -> bool:
        """Whether a wording, or its end, opens its clause as what is spoken of: "…, keeping people out would be a challenge"."""
        at = (self._undoing(hit, before) or hit).start - 1
        while at >= start and self.word(at) in word_set("positions.before_judged"):
            at -= 1
        if at >= start and self.word(at) not in word_set("positions.before_clause"):
            return False
        return any(self.word(i) in word_set("positions.predicates") for i in range(hit.end, min(self.hi, hit.end + JUDGEMENT_REACH)))

    def _due(self, hit: Hit, before: list[Mark]) -> Reading | None:
        """A wording with a modal right behind it: "the clause should be used"."""
        for mark in self.marks:
            if mark.kind == "modal" and hit.end <= mark.start <= hit.end + 1:
                behind = (m for m in self.marks if mark.end <= m.start <= mark.end + 2)
                turning = any(m.kind == "reversal" or (m.kind == "attitude" and m.sign < 0) for m in behind)
                sign = self.inner(hit) * mark.sign * self.negation(hit.end, mark.end + 2) * (-1 if turning and not self._is_undone(hit) else 1)
                return self._said(sign, mark, before)
        return None

    def _said(self, sign: int, cue: Mark, before: list[Mark]) -> Reading:
        """The reading of a cue behind a wording: it is the speaker's, or whose words the speaker tells of."""
        named = next((mark for mark in reversed(before) if mark.kind == "assertion"), None)
        return Reading(sign, "subject" if named else "speaker", named.start if named else 0, cue.span)

    def _judged(self, hit: Hit, before: list[Mark], sort: str) -> Reading | None:
        """What is said of the wording behind it."""
        if self.word(hit.end) in word_set("positions.that"):
            return None
        end = min(self.hi, hit.end + JUDGEMENT_REACH)
        closing = end if sort == CONDITION else min(end, self.closing(hit.end))
        for mark in self.marks:
            if mark.start < hit.end or mark.start >= closing:
                continue
            if mark.kind == "judgement" or (mark.kind == "complaint" and self.word(mark.start) not in word_set("positions.why")):
                said = mark.sign if mark.kind == "judgement" else -1
                sign = self.inner(hit) * said * self._denied(hit.end, mark.start) * (-1 if sort == EXCEPTION else 1)
                sign *= self.negation(max(self.lo, hit.start - 1), hit.start) * (-1 if self._undoing(hit, before) else 1)
                return self._said(sign, mark, before)
            if mark.kind == "evasion" and not before:
                return Reading(0, "subject", mark.start, mark.span)
        return None

    def _undoing(self, hit: Hit, before: list[Mark]) -> Mark | None:
        """What ends a plan right before it is named: "scrapping the ban would be a mistake"."""
        return next((m for m in before[-1:] if m.kind == "reversal" and self.links(m, hit.start - self._articles(hit))), None)

    def _is_void(self, mark: Mark) -> bool:
        """Whether a mark stands in a phrase that negates nothing: "won't change the fact that"."""
        found = self.scheme.negation.finditer(self.text.symbols, self.lo, self.hi)
        return any(match[1] and match.start() <= mark.start < match.end() for match in found)

    def _is_taken_for(self, hit: Hit) -> int:
        """-1 where words inside a wording say that a thing is not so: "the U.S. can't be considered safe"."""
        first = max(hit.start, hit.scope)
        inside = [m for m in self.marks if first < m.start and m.end <= hit.core and m.kind in ("modal", "commitment") and m.sign < 0]
        return -1 if sum(self.word(m.end) in word_set("positions.be") for m in inside) % 2 else 1

    def _stands_in(self, hit: Hit, judged: Reading) -> bool:
        """Whether "it" only stands in for what follows: "it would be impossible to police the border", "it's important we act"."""
        impersonal = self.word(hit.start) in word_set("positions.impersonal")
        behind = self.word(judged.cue[1]) if judged.cue is not None else ""
        return impersonal and (behind in word_set("positions.linking") or behind in load_lexicon().words.subject_pronouns)

    def _denied(self, start: int, end: int) -> int:
        """-1 where what is said at word `end` is denied by a word from `start` on: "wouldn't fix", "can't help"."""
        verbs = sum(m.sign < 0 for m in self.marks if m.kind in ("commitment", "modal") and start <= m.start and m.end <= end)
        return self.negation(start, end) * (-1 if verbs % 2 else 1)

    def _rated(self, hit: Hit, before: list[Mark], sort: str) -> Reading | None:
        """What a subject takes a wording for: "considers the closure a mirage"."""
        rating = [m for m in before[-1:] if self.word(m.start).startswith(word_list("positions.rating"))]
        if not rating or rating[0].end != hit.start - self._articles(hit):
            return None
        judged = self._judged(hit, [], sort)
        if judged is None or judged.cue is None or judged.cue[0] > hit.end + 2:
            return None
        return Reading(judged.sign, "subject", before[-1].start, judged.cue)

    def _clefted(self, hit: Hit) -> Reading | None:
        """What a sentence in two parts says is wanted, or is not: "what this town needs is not a freeze", "it is a freeze that it needs"."""
        end = hit.start - self._articles(hit)
        for match in self.scheme.cleft.finditer(self.text.symbols, self.lo, end):
            negated = match.end() == end - 1 and self.scheme.negation.match(self.text.symbols, match.end(), end) is not None
            near = match.end() == end or negated
            if near and (match["split"] is None or self.scheme.cleft_behind.match(self.text.symbols, hit.end, self.hi) is not None):
                return Reading(self.inner(hit) * self.negation(match.start(), end), "speaker", hit.start, match.span())
        return None

    def _articles(self, hit: Hit) -> int:
        """How many determiners stand right before a wording."""
        at = hit.start
        while self.word(at - 1) in word_set("positions.before_judged"):
            at -= 1
        return hit.start - at

    def _claimed(self, hit: Hit, start: int, sort: str, before: list[Mark]) -> list[Reading] | str:
        """Readings of something said to be so."""
        if sort == CONTRAST:
            return "named as what is not so"
        sign = self._claim(hit)
        asked = self.scheme.rhetorical.search(self.text.symbols, self.lo, hit.start)
        if asked is not None and not (asked.end() < start and self.word(start - 1) in word_set("positions.grounds")):
            sign = -sign
        cursor, cue = hit.start, None
        sign *= self.scope(hit.start, max([start, *(m.end for m in before if self._is_denied_verb(m))]))
        sign *= self._is_taken_for(hit)
        for mark in reversed(before):
            if mark.kind == "evasion":
                return [Reading(0, "subject", mark.start, mark.span)]
            if mark.sign < 0 and self._is_void(mark):
                continue
            joined = self.is_joined(mark.end, cursor)
            linked = self.links(mark, cursor) and not joined
            if mark.kind in ("noun", "hearsay", "commitment", "complaint") or (mark.kind in ("judgement", "reversal") and not linked):
                sign *= mark.sign if mark.kind == "commitment" else 1
                continue
            sign *= 1 if mark.kind == "assertion" else mark.sign
            cursor, cue = mark.start, mark
            if mark.kind in ("assertion", "attitude", "modal"):
                sign *= self.scope(mark.start, start)
            if mark.kind in ("attitude", "modal", "commitment") and mark.sign > 0 and hit.proposition.kind == "fact":
                return "wished for, not said to be so"
            if mark.kind in ("assertion", "attitude") and self.is_finite(mark.start):
                own = asked is not None and asked.start() <= mark.start
                return [Reading(sign, "speaker" if own else "subject", mark.start, mark.span)]
        if sort == CONDITION:
            return "a condition: nobody says that it is so"
        if sort == ASIDE:
            return "told beside what is said"
        return [Reading(sign, "clause" if hit.reads == "shown" else "speaker", hit.start, cue.span if cue else None)]

    def _is_denied_verb(self, mark: Mark) -> bool:
        """Whether a verb of holding has its own negation, which does not reach what it holds: "doesn't believe that"."""
        words = (self.word(at) for at in range(mark.start - DENYING_WORDS, mark.start))
        return mark.kind in ("assertion", "attitude") and any(word.endswith(word_list("positions.negations_of_verb")) for word in words)

    def _claim(self, hit: Hit) -> int:
        """The sign of a claim, turned where the words behind it say that there is no such thing."""
        denied = not hit.denies and hit.proposition.kind == "fact" and self._denied_behind(hit.end)
        return -self.inner(hit) if denied else self.inner(hit)

    def _denied_behind(self, start: int) -> bool:
        """Whether the words behind a noun say that there is no such thing: "negotiations on it have not begun"."""
        for at in range(start, min(self.hi, start + SCOPE + 1)):
            if self.scheme.negation_behind.match(self.text.symbols, at, self.hi):
                return True
            if self.word(at) in word_set("positions.predicates") or self.word(at) in word_set("positions.predicate_openings"):
                return False
        return False
