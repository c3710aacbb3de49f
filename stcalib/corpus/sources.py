"""Where the texts of a corpus lie, and the articles made of them one at a time: an article is read when asked for, and dropped."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from stcalib.core.errors import StcalibError
from stcalib.text.article import Article, read_article

_HALF = re.compile("[\ud800-\udfff]")
UNREADABLE = "\ufffd"
AT_HAND = 8
"""So many articles are kept with what was computed of them, those that were asked for last."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text of an article lies: a file, or the text itself; with its digest and length."""

    article_id: str
    file: str | None
    encoding: str
    sha256: str
    n_chars: int
    path: Path | None = None
    text: str | None = None
    half: int | None = None
    """Where in the text the first half of a character stands that is written as two, if any does."""

    @classmethod
    def of(cls, article: Article, path: Path | None = None) -> Source:
        """The source of an article; its text is let go where a file at `path` holds it."""
        half = half_of(article.text)
        whole = article if half is None else _whole(article)
        text = whole.text if path is None else None
        return cls(article.article_id, article.file, article.encoding, whole.sha256, len(whole.text), path, text, half)

    def article(self) -> Article:
        """The article, read anew. Raises `StcalibError` where its file is gone, or is no longer the one that was first read."""
        if self.path is None:
            return Article(self.article_id, self.text or "", self.encoding, self.file)
        found = _whole(read_article(self.path)) if self.half is not None else read_article(self.path)
        if found.sha256 != self.sha256:
            raise StcalibError(f"{self.path}: was changed while the articles were read. Read them again")
        return Article(self.article_id, found.text, found.encoding, self.file)


def _whole(article: Article) -> Article:
    """An article with U+FFFD, as decoders write it, in the place of each half of a character: offsets stay."""
    return replace(article, text=_HALF.sub(UNREADABLE, article.text))


def half_of(words: str) -> int | None:
    """Where the first half of a character stands that is written as two (a lone surrogate), which no file can hold."""
    half = _HALF.search(words)
    return half.start() if half is not None else None


class Sources(Mapping[str, Article]):
    """The articles of a corpus by id, in order, each read when asked for."""

    def __init__(self, sources: Iterable[Source]):
        self.by_id = {source.article_id: source for source in sources}
        self._at_hand: OrderedDict[str, Article] = OrderedDict()

    def __getitem__(self, article_id: str) -> Article:
        if article_id in self._at_hand:
            self._at_hand.move_to_end(article_id)
            return self._at_hand[article_id]
        article = self._at_hand[article_id] = self.by_id[article_id].article()
        while len(self._at_hand) > AT_HAND:
            self._at_hand.popitem(last=False)
        return article

    @cached_property
    def digests(self) -> dict[str, str]:
        """The digests of the texts by article id; no text is read for them."""
        return {article_id: source.sha256 for article_id, source in self.by_id.items()}

    def __contains__(self, article_id: object) -> bool:
        return article_id in self.by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)
