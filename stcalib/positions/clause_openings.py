"""Where clauses open in an article, counted in the words of its symbols: what the clauses of its sentences tell (`syntax.clauses`)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from stcalib.codebook.patterns import Encoded
from stcalib.language.word_sets import word_set
from stcalib.syntax.clauses import QUESTION, Opening, clauses_of
from stcalib.text.article import Article


class Openings:
    """The openings of one article, whose sentences stand at the words `bounds`; those of a sentence are read when it is asked for.

    A question that is told of, and a clause with the noun before it as its object, are none: the cues before govern what follows."""

    def __init__(self, article: Article, text: Encoded, bounds: list[tuple[int, int]]):
        self.article, self.text = article, text
        self._starts = [lo for lo, _ in bounds]
        self._read: dict[int, list[Opening]] = {}

    def within(self, start: int, end: int, *kinds: str) -> Iterator[Opening]:
        """The openings, of some kinds or of all, that stand whole between two words, in order: `symbols[start:end]` are the words of each."""
        first = max(0, bisect_right(self._starts, start) - 1)
        for number in range(first, max(first + 1, bisect_left(self._starts, end))):
            for opening in self._of(number):
                if start <= opening.start and opening.end <= end and (not kinds or opening.kind in kinds):
                    yield opening

    def said_again(self, lo: int, start: int, end: int) -> int | None:
        """Where the last of several clauses before word `end` begins that one verb reports, each with its "that", in words that begin
        at `lo`: "said that it works and that ..."."""
        word = self.text.word
        if word(lo) not in word_set("positions.that"):
            return None
        joints = (at for at in range(end - 2, start, -1) if word(at) in word_set("positions.coordinators"))
        return next((at + 2 for at in joints if word(at + 1) in word_set("positions.that")), None)

    def _of(self, number: int) -> list[Opening]:
        if number not in self._read:
            opened = [self._in_words(opening) for opening in clauses_of(self.article, number).openings]
            self._read[number] = [opening for opening in opened if not self._is_governed(opening)]
        return self._read[number]

    def _is_governed(self, opening: Opening) -> bool:
        """Whether the cues before an opening govern what follows: "would not say whether", "found that those whom Canada returns are"."""
        return opening.kind == QUESTION or self.text.word(opening.start) in word_set("positions.object_relative")

    def _in_words(self, opening: Opening) -> Opening:
        return Opening(self.text.first_from(opening.start), self.text.first_from(opening.end - 1) + 1, opening.kind)
