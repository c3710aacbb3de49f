"""Signs that are not certain: what in a sentence may turn a stance in a way that no rule weighs. Such a row is only proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stcalib.codebook.patterns import Encoded
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import word_list, word_set
from stcalib.positions.scheme import Scheme
from stcalib.positions.voices import Voice, Voices
from stcalib.positions.whose import TOLD, Whose
from stcalib.positions.wording_match import Hit, Mark, Reading

OPEN_REACH = 14
"""Words behind a "whether" that it leaves open."""

NOT_ASKED = 2
"""Words before a verb of asking among which its negation stands."""


@dataclass(frozen=True)
class Doubts:
    """Finds what makes the sign of a reading doubtful in one article. `marks_of` gives the cues of stance in a sentence."""

    scheme: Scheme
    text: Encoded
    voices: Voices
    whose: Whose
    marks_of: Callable[[int], list[Mark]]

    def of(self, number: int, voice: Voice, hit: Hit, reading: Reading, basis: str) -> Iterator[str]:
        """The reasons why the sign of a reading is not certain."""
        lo, hi = min(voice.lo, hit.start), max(voice.hi, hit.end)
        kind = self.whose.kind_of(reading.cue) if reading.cue else "none"
        before = [mark for mark in self.marks_of(number) if lo <= mark.start and mark.end <= hit.start]
        yield from self._of_telling(voice, hit, reading, before)
        yield from self._of_sense(number, voice, hit, reading, before)
        if basis == TOLD and kind != "assertion":
            yield "told by somebody else"
        if "?" in self.text.symbols[lo:hi] and kind != "complaint" and not self.scheme.rhetorical.search(self.text.symbols, lo, hi):
            yield "asked"
        if self.scheme.changed.search(self.text.symbols, lo, hi):
            yield "a change is told of"
        if self._is_indirect_question(voice) or self._is_left_open(lo, hit, reading):
            yield "a question is told of"

    def _of_telling(self, voice: Voice, hit: Hit, reading: Reading, before: list[Mark]) -> Iterator[str]:
        """The reasons that lie in how a stance is told, by rumour, by others or by an answer."""
        if self._is_content_of_hearsay(voice) or (reading.outer is None and any(self._is_rumoured(mark, hit) for mark in before)):
            yield "hearsay"
        if any(self._is_told_to_speaker(mark) for mark in before):
            yield "told to the speaker"
        if (reading.cue is not None and self._is_no_demand(reading.cue)) or self._is_not_uttered(voice):
            yield "a demand that is not made"
        if reading.cue is not None and reading.sign == 0 and self.text.word(reading.cue[1] - 1) in word_set("positions.ways_and_times"):
            yield "only how or when is left open"

    def _of_sense(self, number: int, voice: Voice, hit: Hit, reading: Reading, before: list[Mark]) -> Iterator[str]:
        """The reasons that lie in what is said of the wording."""
        if reading.holder == "bare" and (self.scheme.consequence.match(self.text.symbols, hit.end) or self._is_supposed_of_hearer(voice, hit)):
            yield "an order with its consequence"
        if self._is_said_of_anything(hit):
            yield "said of what was told before, whatever that is"
        if self._is_compared(hit, reading):
            yield "compared with something else"
        if self._is_judged_fact(hit, before):
            yield "judged as a fact"
        if self._is_reproached_reason(hit, before):
            yield "a reproach about reasons"
        if reading.cue is not None and self._is_effect_of_plan(reading.cue):
            yield "what a plan does is told"
        if self._is_restricted(number, min(voice.lo, hit.start), hit):
            yield "under a condition alone"

    def _is_supposed_of_hearer(self, voice: Voice, hit: Hit) -> bool:
        """Whether what the hearer does stands before a comma and what then happens: "you close it, they walk elsewhere"."""
        return self.text.word(hit.start - 1) in word_set("positions.generic_doer") and self.text.word(hit.end) == "," and hit.end + 2 < voice.hi

    def _is_effect_of_plan(self, cue: tuple[int, int]) -> bool:
        """Whether what will be is said of a plan and not of who carries it out: "the new deal will close the border"."""
        undertaken = any(mark.span == cue and mark.kind == "commitment" for mark in self.scheme.cues(self.text, *cue))
        return undertaken and self.text.word(cue[0] - 1) in word_set("positions.plans")

    def _is_restricted(self, number: int, lo: int, hit: Hit) -> bool:
        """Whether a stance is taken under a condition alone, told in front of its clause or behind it: "would support it, but only if".

        How long it lasts ("for as long as the inquiry sits") is no condition.
        """
        symbols = self.text.symbols
        fronted = self.scheme.restriction.match(symbols, lo, hit.start)
        if fronted is not None and "," in symbols[fronted.end() : hit.start]:
            return True
        for found in self.scheme.restriction.finditer(symbols, hit.end, self.voices.bounds[number][1]):
            last = found.start()
            if self.text.word(last - 1) in word_set("positions.before_duration"):
                continue
            while last > hit.end and (symbols[last - 1] == "," or self.text.word(last - 1) in word_set("positions.before_restriction")):
                last -= 1
            return not any(stop in symbols[hit.end : last] for stop in (*".!?;:", "\n")) and self.scheme.split.search(symbols, hit.end, last) is None
        return False

    def _is_said_of_anything(self, hit: Hit) -> bool:
        """Whether a pronoun that points stands for the wording: "this is madness"."""
        return hit.taken_up == "pronoun" and self.text.word(hit.start) in word_set("positions.demonstratives")

    def _is_content_of_hearsay(self, voice: Voice) -> bool:
        """Whether words are what a rumour or notion says that somebody speaks of: "laughed at the notion that he would"."""
        quote = voice.quote
        if quote is None or quote.cue_end is None or quote.cue_end >= quote.start:
            return False
        start, end = self.voices.words(*self.voices.plain(quote.cue_end, quote.start))
        marks = self.scheme.cues(self.text, start, min(end + 1, voice.lo + 1))
        return any(mark.kind in ("hearsay", "noun") and mark.end >= end for mark in marks) and not self.whose.is_denial(quote)

    def _is_rumoured(self, mark: Mark, hit: Hit) -> bool:
        """Whether a clause is what a rumour says: "there were reports this week that she wants it"."""
        rumour = mark.kind == "hearsay" and self.text.word(mark.end - 1) in word_set("positions.that")
        return rumour and "," not in self.text.symbols[mark.end : hit.start]

    def _is_no_demand(self, cue: tuple[int, int]) -> bool:
        """Whether somebody is said not to ask for a thing, which leaves open whether they want it: "has not called for"."""
        asking = self.text.word(cue[0]).startswith(word_list("positions.asking_for"))
        negations = self.scheme.negation.finditer(self.text.symbols, max(0, cue[0] - NOT_ASKED), cue[0])
        return asking and any(negation[1] is None for negation in negations)

    def _is_not_uttered(self, voice: Voice) -> bool:
        """Whether a verb of asking that reports words is denied: "isn't asking anybody to close the road"."""
        quote = voice.quote
        if quote is None or quote.kind == "direct" or quote.cue_start is None or quote.cue_start >= quote.start:
            return False
        cue, _ = self.voices.words(*self.voices.plain(quote.cue_start, quote.cue_start + 1))
        if not self.text.word(cue).startswith(word_list("positions.asking_for")):
            return False
        negations = self.scheme.negation.finditer(self.text.symbols, max(0, cue - NOT_ASKED), cue)
        return any(negation[1] is None for negation in negations) and not self.whose.is_denial(quote)

    def _is_told_to_speaker(self, mark: Mark) -> bool:
        """Whether a verb of telling has the speaker as its hearer: "they tell us that", "we're told that"."""
        if mark.kind != "assertion" or not self.text.word(mark.end - 1).startswith(word_list("positions.telling")):
            return False
        passive = any(self.text.word(at) in word_set("positions.being") for at in range(mark.start - 2, mark.start))
        return passive or self.text.word(mark.end) in word_set("positions.speaker_as_hearer")

    def _is_indirect_question(self, voice: Voice) -> bool:
        """Whether reported words begin with a word that asks: "explained how the agreement works"."""
        quote = voice.quote
        if quote is None or quote.kind == "direct" or quote.cue_end is None or quote.cue_end > quote.start:
            return False
        start, _ = self.voices.words(*self.voices.plain(quote.start, quote.start + 1))
        return self.text.word(start) in load_lexicon().stances.units.asking

    def _is_left_open(self, lo: int, hit: Hit, reading: Reading) -> bool:
        """Whether a wording stands behind a "whether" that no cue of its reading holds: "was asked twice on Friday whether"."""
        left, first = word_set("positions.left_open"), max(lo, hit.start - OPEN_REACH)
        found = next((at for at in range(hit.start - 1, first - 1, -1) if self.text.word(at) in left), None)
        return found is not None and reading.sign != 0 and not (reading.cue is not None and reading.cue[0] > found)

    def _is_compared(self, hit: Hit, reading: Reading) -> bool:
        """Whether a wording is what something else is preferred to: "prefers leaving it to amending it"."""
        if reading.cue is None or not self.text.word(reading.cue[0]).startswith(word_list("positions.preferring")):
            return False
        return self.text.word(hit.start - 1) in word_set("positions.infinitive_marker") and self.text.word(hit.start).endswith(
            word_list("gerund_ending")
        )

    def _is_judged_fact(self, hit: Hit, before: list[Mark]) -> bool:
        """Whether a claim is what a judgement is about: "it is wrong that nothing is done"."""
        if self.text.word(hit.start - 1) not in word_set("positions.that"):
            return False
        judged = self.scheme.any_of(word_list("positions.judged_facts"))
        return any(mark.kind == "judgement" and mark.end >= hit.start - 1 for mark in before) or bool(judged.match(self.text.symbols, hit.start - 2))

    def _is_reproached_reason(self, hit: Hit, before: list[Mark]) -> bool:
        """Whether somebody is reproached with what they make of reasons: "accused them of ignoring the case against it"."""
        reproach = next((mark for mark in before if mark.kind == "assertion" and mark.sign < 0), None)
        return hit.reads == "plan" and reproach is not None and any(mark.kind == "noun" and mark.start > reproach.end for mark in before)
