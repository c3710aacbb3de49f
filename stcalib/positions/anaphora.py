"""What takes up something spoken of before: "the idea", "that kind of expansion", "it would be a mistake"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stcalib.codebook.patterns import Encoded
from stcalib.language.word_sets import word_set
from stcalib.positions.scheme import Scheme
from stcalib.positions.voices import Voice, Voices
from stcalib.positions.wording_match import Hit, Mark
from stcalib.syntax.focus import Referents

TAKEN_UP = 6
"""Sentences behind a wording in which "the idea" may take it up; "that" does so in the next one alone."""
OPENING_WORDS = 3
"""Words of somebody's sentence among which a pronoun may take up what was said before."""
_STOP = re.compile(r"[.!?\n]")


@dataclass(frozen=True)
class Anaphora:
    """Finds what takes up a wording in an article. `marks` gives the cues of stance in a sentence."""

    scheme: Scheme
    text: Encoded
    voices: Voices
    marks: Callable[[int], list[Mark]]

    def taken_up(self, number: int, hits: list[Hit], raised: Referents[Hit]) -> list[Hit]:
        """Wordings such as "the idea" in a sentence, as wordings of what they take up."""
        found: list[Hit] = []
        for start, end, pronoun in self._anaphors(number):
            if any(h.start < end and start < h.end for h in hits):
                continue
            if pronoun and self.scheme.anchored_terms.search(self.text.symbols, end, end + OPENING_WORDS + 2):
                continue
            voice = self.voices.voice(number, start, end)
            if any(voice.lo <= h.start < voice.hi and h.end <= start and ";" not in self.text.symbols[h.end : start] for h in hits):
                continue
            earlier = [(r.sentence, r.value) for r in raised.within(number, TAKEN_UP)] + [(number, h) for h in hits if h.end <= start]
            antecedent = self._by_pronoun(number, voice, earlier) if pronoun else self._by_noun(number, start, end, earlier)
            if antecedent is not None:
                how = "pronoun" if pronoun else "noun"
                same = [hit for _, hit in earlier if hit.start < antecedent.end and antecedent.start < hit.end and hit.proposition.kind == "plan"]
                for hit in {hit.proposition.id: hit for hit in (*same, antecedent)}.values():
                    found.append(Hit(hit.proposition, hit.wording, start, end, start, scope=start, reads_as="plan", taken_up=how))
        return found

    def _anaphors(self, number: int) -> Iterator[tuple[int, int, bool]]:
        """Words that may take up something spoken of: where they stand, and whether they are a subject pronoun."""
        symbols, scheme = self.text.symbols, self.scheme
        lo, hi = self.voices.bounds[number]
        for a, b, _ in self.voices.spoken.get(number, ()):
            for start in (a, *(m.end() for m in _STOP.finditer(symbols, a, min(b, hi)))):
                found = next((m for at in range(start, start + OPENING_WORDS) if (m := scheme.anaphoric_pronoun.match(symbols, at, hi))), None)
                if found is not None:
                    yield found.start(), found.end(), True
        if scheme.anaphor_head.search(symbols, lo, hi):
            for match in scheme.anaphor.finditer(symbols, lo, hi):
                last = match.end() - 1
                if self.text.word(match.end()) in word_set("positions.content"):
                    continue
                if last == match.start() or not scheme.is_verb(self.text, last):
                    yield match.start(), match.end(), False
        for match in scheme.object_pronoun.finditer(symbols, lo, hi):
            if symbols[match.end() : match.end() + 1] not in (*".,;:!?\n", ""):
                continue
            if any(m.kind in ("attitude", "reversal") and m.end == match.start() for m in self.marks(number)):
                yield match.start(), match.end(), False

    def _by_pronoun(self, number: int, voice: Voice, earlier: list[tuple[int, Hit]]) -> Hit | None:
        """What "it" or "that" takes up at the beginning of somebody's words: what was raised last, right before."""
        if voice.quote is None or not earlier:
            return None
        last, hit = max(earlier, key=lambda entry: entry[1].end)
        return hit if number - last <= 1 and hit.proposition.kind == "plan" else None

    def _by_noun(self, number: int, start: int, end: int, earlier: list[tuple[int, Hit]]) -> Hit | None:
        """What a noun phrase or object pronoun takes up: the last plan that is so called, else the last one raised."""
        if end - start == 1:
            earlier = [(n, hit) for n, hit in earlier if number - n <= 2]
        plans = [hit for _, hit in earlier if hit.proposition.kind == "plan"]
        for hit in reversed(plans):
            called = hit.proposition.called
            if called and self.scheme.any_of(called).search(self.text.symbols, start, end):
                return hit
        return max(plans, key=lambda hit: hit.end) if plans else None
