"""Wordings of a codebook that overlap in an article: which is read, and which is passed over for it. For whoever writes the codebook."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from stcalib.codebook.codebook import Codebook
from stcalib.codebook.patterns import Encoded
from stcalib.positions.scheme import scheme_of
from stcalib.positions.wording_match import Hit
from stcalib.text.article import Article


class Overlap(NamedTuple):
    """Two wordings that share words of an article: their propositions and meanings (support or oppose), the words of each as printed,
    and where both stand. Of one proposition the `first` alone is read; of two, both are."""

    article_id: str
    first: Hit
    second: Hit
    first_words: str
    second_words: str
    start: int
    end: int

    @property
    def kind(self) -> tuple[str, str, str, str]:
        """What it is an example of: both propositions and meanings, in the order in which they stand where that matters."""
        both = [(hit.proposition.id, hit.wording.means) for hit in (self.first, self.second)]
        first, second = both if self.is_passed_over else sorted(both)
        return *first, *second

    @property
    def is_passed_over(self) -> bool:
        """Whether the second is not read, because the first of its proposition is."""
        return self.first.proposition.id == self.second.proposition.id


def overlaps(article: Article, codebook: Codebook) -> Iterator[Overlap]:
    """The overlapping wordings of an article on the topic, in order of their places.

    Of one proposition those that mean the other stance and reach as far as the wording that is read in their place; of two
    propositions all that share a word. Nothing where the codebook has no proposition.
    """
    scheme = scheme_of(codebook)
    if not codebook.propositions.proposition or not scheme.may_be_on_topic(article.plain):
        return
    text = scheme.vocabulary.encode(article.plain)
    if not scheme.is_on_topic(text):
        return
    taken, every = list(scheme.hits(text)), list(scheme.every_hit(text))
    found = [(first, second) for first, second in (*_passed_over(taken, every), *_shared(taken)) if _is_read(article, text.start(first.core))]
    yield from (_overlap(article, text, first, second) for first, second in sorted(found, key=lambda pair: (pair[0].core, pair[1].core)))


def _is_read(article: Article, at: int) -> bool:
    """Whether a character stands in a sentence that is read: not in a headline."""
    index = bisect_right(article.sentences, at, key=lambda sentence: sentence.start) - 1
    return index >= 0 and at < article.sentences[index].end


def _passed_over(taken: list[Hit], every: list[Hit]) -> Iterator[tuple[Hit, Hit]]:
    """Wordings that are not read, each behind the one of its proposition that is; one that only stands inside it is what it was written for."""
    last: dict[str, Hit] = {}
    read = {_id_of(hit) for hit in taken}
    for hit in every:
        if _id_of(hit) in read:
            last[hit.proposition.id] = hit
            continue
        before = last.get(hit.proposition.id)
        if before is None or hit.core >= before.end or hit.wording.means == before.wording.means:
            continue
        if hit.end > before.end or (hit.core, hit.end) == (before.core, before.end):
            yield before, hit


def _id_of(hit: Hit) -> tuple[str, int, int, int, int]:
    """What tells a wording in a text from others: its proposition, entry and words."""
    return hit.proposition.id, id(hit.wording), hit.start, hit.core, hit.end


def _shared(taken: list[Hit]) -> Iterator[tuple[Hit, Hit]]:
    """Neighbouring wordings of two propositions that share a word, the one that begins first before the other."""
    for first, second in pairwise(sorted(taken, key=lambda hit: (hit.core, hit.end))):
        if first.proposition.id != second.proposition.id and second.core < first.end:
            yield first, second


def _overlap(article: Article, text: Encoded, first: Hit, second: Hit) -> Overlap:
    spans = [article.cut(text.start(hit.core), text.ends[hit.end - 1]) for hit in (first, second)]
    (_, _, first_words), (_, _, second_words) = spans
    start, end = min(one[0] for one in spans), max(one[1] for one in spans)
    return Overlap(article.article_id, first, second, first_words, second_words, start, end)
