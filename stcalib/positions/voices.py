"""Whose words are whose: the quotes and sentences of an article, counted in words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from stcalib.codebook.patterns import Encoded
from stcalib.core.rows import Quote
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.positions.author import author_of
from stcalib.text.article import Article

_MARKS = ("“", '"', "‘", "'", "«")

TURNS = 2
"""So many turns tell who only asks."""
ASKED = 3
"""Who leads a talk asks in one of so many of their turns, and more often than anybody else."""


def interviewers(article: Article, quotes: Sequence[Quote]) -> frozenset[str]:
    """Those who lead a talk in a transcript, and take no side in it: of no party or body, they are labelled as host or author,
    or ask more than anybody else. What they say is the reporter's."""
    turns: dict[str, list[bool]] = {}
    labelled = set()
    for quote in quotes:
        if quote.actor and quote.cue is None and quote.kind == "direct" and not quote.text.startswith(_MARKS):
            turns.setdefault(quote.actor, []).append("?" in quote.text)
            if quote.speaker_start is not None and _leads().search(article.text, quote.speaker_start, quote.start):
                labelled.add(quote.actor)
    of_a_side = {quote.actor for quote in quotes if quote.party or quote.organization or (quote.role and quote.actor not in labelled)}
    most = max((sum(asked) for asked in turns.values()), default=0)
    asking = {name for name, asked in turns.items() if len(asked) >= TURNS and sum(asked) >= max(TURNS, most) and ASKED * sum(asked) >= len(asked)}
    author = author_of(article)
    return frozenset(name for name in turns if name not in of_a_side and (name in asking or name in labelled or name == author))


@by_language
def _leads() -> re.Pattern[str]:
    """What a label calls somebody who leads a talk: "JANE ROE, HOST:"."""
    return re.compile(rf", (?:{alternatives(load_lexicon().stances.authors.leading)})\b[^:\n]{{0,30}}:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Voice:
    """A stretch of words that one voice speaks: a quote or a sentence of it, or the reporter's part of a sentence."""

    lo: int
    hi: int
    quote: Quote | None


class Voices:
    """The voices of one article. `bounds` are the words of each sentence, `ranges` those of each quote, and `spoken` the
    words of a sentence that are a quote's, each with the number of the quote: a turn of a transcript speaks in several."""

    def __init__(self, article: Article, quotes: Sequence[Quote], text: Encoded):
        self.article, self.quotes, self.text = article, quotes, text
        self.bounds = [(text.first_from(s.start), text.first_from(s.end - 1) + 1) for s in article.sentences]
        self.ranges = [self.words(*self.plain(q.start, q.end)) for q in quotes]
        starts = [lo for lo, _ in self.bounds]
        self.spoken: dict[int, list[tuple[int, int, int]]] = {}
        for index, (lo, hi) in enumerate(self.ranges):
            first = bisect_right(starts, lo) - 1
            self.spoken.setdefault(first, []).append((lo, hi, index))
            for number in range(first + 1, bisect_left(starts, hi)):
                self.spoken.setdefault(number, []).append((starts[number], hi, index))

    def plain(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the reading copy for a stretch of the text."""
        starts = self.article.reading.starts
        return (start, end) if starts is None else (bisect_left(starts, start), bisect_left(starts, end))

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The words of a stretch of the reading copy."""
        return self.text.first_from(start), self.text.first_from(max(start, end - 1)) + 1

    def voice(self, number: int, start: int, end: int) -> Voice:
        """The voice that speaks the words `start`..`end` of a sentence."""
        lo, hi = self.bounds[number]
        quotes = self.spoken.get(number, ())
        inside = [(b - a, a, b, i) for a, b, i in quotes if a <= start < b]
        if inside:
            _, a, b, index = min(inside)
            return Voice(max(a, self._stop_before(start, max(lo, a))), min(b, self._stop_behind(end, min(hi, b))), self.quotes[index])
        joined = next((i for a, _, i in quotes if end == a and self.quotes[i].kind != "indirect"), None)
        if joined is not None:
            return Voice(start, min(self.ranges[joined][1], hi), self.quotes[joined])
        told = self.text.start(start)
        predicated = [b for a, b, i in quotes if end <= a and self.quotes[i].kind == "indirect" and self._is_before(self.quotes[i], told)]
        behind = min([hi, *(a for a, _, _ in quotes if end <= a)])
        return Voice(max([lo, *(b for _, b, _ in quotes if b <= start)]), max([behind, *predicated]), None)

    def _is_before(self, quote: Quote, offset: int) -> bool:
        """Whether a quote's verb stands before an offset of the reading copy: "described the pact as [inhumane]"."""
        return quote.cue_start is not None and self.plain(quote.cue_start, quote.cue_start + 1)[0] < offset

    def _stop_before(self, at: int, floor: int) -> int:
        return max([floor, *(self.text.symbols.rfind(stop, floor, at) + 1 for stop in ".!?\n")])

    def _stop_behind(self, at: int, limit: int) -> int:
        found = [i for stop in ".!?\n" if (i := self.text.symbols.find(stop, at, limit)) >= 0]
        return min([limit, *(i + 1 for i in found)])

    def span(self, start: int, end: int) -> str:
        """The text between two words."""
        return self.article.plain[self.text.start(start) : self.text.ends[end - 1]]

    def whole(self, start: int, end: int) -> str:
        """The text between two words, from the beginning of a word: "Canada's interests", not "'s interests"."""
        return self.span(self.word_begins(start), end)

    def word_begins(self, start: int) -> int:
        """Where the word begins that a piece belongs to: "Canada" of "'s"."""
        while start and self.text.pieces[start][:1] in ("'", "’") and self.text.start(start) == self.text.ends[start - 1]:
            start -= 1
        return start

    def evidence(self, number: int, voice: Voice) -> tuple[int, int, str]:
        """The sentence that shows a stance: that of the page, or within a longer quotation its own."""
        sentence = self.article.sentences[number]
        start, end = sentence.start, sentence.end
        lo, hi = self.bounds[number]
        if voice.quote is not None and voice.quote.kind == "direct" and (voice.lo > lo or voice.hi < hi):
            qlo, qhi = self.words(*self.plain(voice.quote.start, voice.quote.end))
            if voice.lo > qlo:
                start = self.text.start(voice.lo)
            if voice.hi < qhi:
                end = self.text.ends[voice.hi - 1]
        return self.article.cut(start, end)
