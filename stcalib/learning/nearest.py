"""Propositions that are hardly ever read, and the sentences nearest to them that no row takes: what a codebook lacks.

In: a corpus. Out: sentences by proposition. Near is the cosine of words weighed by how rare they are in these articles; the
words of a proposition are those of its definition, of its two sides and of its examples.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log

from stcalib.codebook.propositions_file import Proposition
from stcalib.corpus.corpus import Corpus
from stcalib.positions.features import Features
from stcalib.positions.scheme import scheme_of

HARDLY = 2
"""Rows, proposals among them, of a proposition that is hardly ever read."""
LEAST_WORDS = 6
"""A sentence with fewer words says too little."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article, and the words in it that count."""

    article_id: str
    text: str
    words: frozenset[str]


@dataclass(frozen=True)
class Unread:
    """A proposition with how many rows it has, and the sentences nearest to it that no row takes."""

    proposition: str
    n: int
    nearest: tuple[Sentence, ...]


def hardly_read(corpus: Corpus, most: int = 2) -> list[Unread]:
    """The propositions of which there are at most `HARDLY` rows and proposals, each with at most `most` sentences nearest to it."""
    rows = Counter([*corpus.positions["proposition"], *corpus.proposals["proposition"]])
    few = [entry for entry in corpus.codebook.propositions.proposition if rows[entry.id] <= HARDLY]
    if not few:
        return []
    words = _Words(corpus)
    free = _free(corpus, words)
    number = Counter(word for sentence in free for word in sentence.words)
    rarity = {word: log((1 + len(free)) / n) for word, n in number.items()}
    return [Unread(entry.id, rows[entry.id], _nearest(words.of_proposition(entry), free, rarity, most)) for entry in few]


class _Words:
    """Takes texts apart into words without endings, as the learned reader does."""

    def __init__(self, corpus: Corpus):
        self._scheme, self._features = scheme_of(corpus.codebook), Features(corpus.codebook)

    def of(self, text: str) -> frozenset[str]:
        encoded = self._scheme.vocabulary.encode(text)
        return frozenset(word for word in self._features.words(encoded, 0, len(encoded.symbols)) if word.isalpha() and word.islower())

    def of_proposition(self, entry: Proposition) -> frozenset[str]:
        sentences = [sentence for _, sentences in entry.examples for sentence in sentences]
        return self.of("\n".join([entry.definition, entry.support, entry.oppose, *sentences]))


def _free(corpus: Corpus, words: _Words) -> list[Sentence]:
    """The sentences of articles on the issue that no position or proposal rests on, each wording once."""
    taken: dict[str, list[tuple[int, int]]] = {}
    for frame in (corpus.positions, corpus.proposals):
        for article_id, start, end in zip(frame["article_id"], frame["start"], frame["end"], strict=True):
            taken.setdefault(article_id, []).append((start, end))
    kept = corpus.articles.loc[corpus.articles["left_out"].isna(), "article_id"]
    found: dict[str, Sentence] = {}
    for article_id in kept:
        article = corpus[article_id]
        for sentence in article.sentences:
            start, end, text = article.cut(sentence.start, sentence.end)
            told = " ".join(text.split())
            if told not in found and not any(start < hi and lo < end for lo, hi in taken.get(article_id, ())):
                found[told] = Sentence(article_id, told, words.of(text))
    return [sentence for sentence in found.values() if len(sentence.words) >= LEAST_WORDS]


def _nearest(wanted: frozenset[str], free: list[Sentence], rarity: dict[str, float], most: int) -> tuple[Sentence, ...]:
    def near(sentence: Sentence) -> float:
        length = sum(rarity[word] ** 2 for word in sentence.words) ** 0.5
        return sum(rarity[word] ** 2 for word in sentence.words & wanted) / length if length else 0.0

    ranked = sorted(((near(sentence), sentence) for sentence in free), key=lambda pair: (-pair[0], pair[1].article_id, pair[1].text))
    return tuple(sentence for value, sentence in ranked[:most] if value > 0)
