"""Statement units: the stretches of an article that one voice speaks, as the learned reader reads them.

A sentence with one speaker is one unit, with the words that report it; one with several is cut at the quotations, and a
reporter's own sentence where it goes on to somebody else (", while", ";"). A long quotation is cut into its sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stcalib.core.rows import Quote
from stcalib.positions.scheme import Scheme
from stcalib.positions.voices import Voices

LEAST_WORDS = 4
"""A shorter stretch says too little to be read alone."""
_STOPS = ".!?\n"


@dataclass(frozen=True, slots=True)
class Unit:
    """The words `start`..`end` of a sentence, and the quotation that speaks them; None for the reporter's own."""

    number: int
    start: int
    end: int
    quote: Quote | None


@dataclass(frozen=True)
class Units:
    """Cuts the sentences of one article into units."""

    scheme: Scheme
    voices: Voices

    def of(self, number: int) -> list[Unit]:
        """The units of a sentence, in order."""
        lo, hi = self.voices.bounds[number]
        spoken = sorted(self.voices.spoken.get(number, ()))
        quotes = [self.voices.quotes[i] for *_, i in spoken]
        if not quotes:
            return [Unit(number, start, end, None) for start, end in self._parts(lo, hi)]
        if len({quote.actor or quote.speaker for quote in quotes}) == 1 and not self._is_long(lo, hi):
            return [Unit(number, lo, hi, quotes[0])]
        found = [
            Unit(number, start, end, quote)
            for (a, b, _), quote in zip(spoken, quotes, strict=True)
            for start, end in self._sentences(a, min(b, hi))
        ]
        return sorted([*found, *self._rest(number, [(a, b) for a, b, _ in spoken])], key=lambda unit: (unit.start, unit.end))

    def _parts(self, lo: int, hi: int) -> Iterator[tuple[int, int]]:
        start = lo
        for split in self.scheme.split.finditer(self.voices.text.symbols, lo, hi):
            if split.start() - start >= LEAST_WORDS and hi - split.end() >= LEAST_WORDS:
                yield start, split.start()
                start = split.end()
        if hi - start >= LEAST_WORDS or start == lo:
            yield start, hi

    def _is_long(self, lo: int, hi: int) -> bool:
        """Whether several sentences stand between two words."""
        return any(self.voices.text.symbols.find(stop, lo, hi - 2) >= 0 for stop in _STOPS)

    def _sentences(self, lo: int, hi: int) -> Iterator[tuple[int, int]]:
        start = lo
        for at in range(lo, hi):
            if self.voices.text.symbols[at] in _STOPS:
                if at - start >= LEAST_WORDS:
                    yield start, at + 1
                start = at + 1
        if hi - start >= LEAST_WORDS:
            yield start, hi

    def _rest(self, number: int, spoken: list[tuple[int, int]]) -> Iterator[Unit]:
        """The reporter's own words between the quotations of a sentence."""
        start, hi = self.voices.bounds[number]
        for a, b in [*spoken, (hi, hi)]:
            if a - start > LEAST_WORDS:
                yield Unit(number, start, a, None)
            start = max(start, b)
