"""What stands around a row: its sentence with a neighbour on either side, and the zones of its article, in offsets of the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from stcalib.core.errors import StcalibError
from stcalib.display.marks import Shown
from stcalib.text.article import Article
from stcalib.text.zones import READ

PRINTED_ZONES = READ | {"headline", "deck", "byline", "dateline", "subhead"}
"""Zones that belong to the report; the others are greyed."""
NEIGHBOURHOOD = 300
"""Characters of a neighbouring sentence, or around a row outside every sentence, that are shown at most."""


class Articles(Protocol):
    """Anything that gives articles by id: a corpus, or a mapping."""

    def __getitem__(self, article_id: str, /) -> Article: ...


@dataclass
class Contexts:
    """The surroundings of rows, each article cut into sentences once."""

    articles: Articles | Mapping[str, Article]
    _known: dict[str, tuple[Article, list[int], list[int]]] = field(default_factory=dict)

    def article(self, article_id: str) -> Article:
        """The article. Raises `StcalibError` where there is none of that id."""
        return self._cut(article_id)[0]

    def around(self, row: Shown) -> tuple[int, int]:
        """The stretch of the article's text that shows the row in its context."""
        article, starts, ends = self._cut(row.article_id)
        if not 0 <= row.start <= row.end <= len(article.text):
            raise StcalibError(
                f"{row.label} of {row.article_id}: characters {row.start}–{row.end} lie outside its {len(article.text)}. "
                "The row belongs to another text: read the corpus again"
            )
        first, last = bisect_right(ends, row.start), bisect_left(starts, row.end) - 1
        if first > last:
            return max(0, row.start - NEIGHBOURHOOD), min(len(article.text), row.end + NEIGHBOURHOOD)
        start, end = min(starts[first], row.start), max(ends[last], row.end)
        if first > 0:
            start = max(starts[first - 1], start - NEIGHBOURHOOD)
        if last + 1 < len(ends):
            end = min(ends[last + 1], end + NEIGHBOURHOOD)
        return start, end

    def _cut(self, article_id: str) -> tuple[Article, list[int], list[int]]:
        if article_id not in self._known:
            try:
                article = self.articles[article_id]
            except KeyError as error:
                raise StcalibError(f"{article_id!r}: the rows name an article that is not given. Give the corpus they come from") from error
            spans = [article.cut(sentence.start, sentence.end)[:2] for sentence in article.sentences if sentence.start < sentence.end]
            self._known[article_id] = article, [start for start, _ in spans], [end for _, end in spans]
        return self._known[article_id]


def zones_of(article: Article) -> list[tuple[str, int, int]]:
    """The zones of the whole text without a gap: (zone, start, end); between blocks "blank", or "" for what is not read."""
    text, found, done = article.text, [], 0
    for block in article.blocks:
        start, end, _ = article.cut(block.start, block.end) if block.start < block.end else (done, done, "")
        start = max(start, done)
        if end <= start:
            continue
        if done < start:
            found.append(("" if text[done:start].strip() else "blank", done, start))
        found.append((block.zone, start, end))
        done = end
    if done < len(text):
        found.append(("" if text[done:].strip() else "blank", done, len(text)))
    return found
