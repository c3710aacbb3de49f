"""A corpus: the articles of a folder or mapping, and the tables read from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from stcalib.articles import Article, read_article
from stcalib.codebook import Codebook, load_codebook
from stcalib.counts import find_counts
from stcalib.quotes import find_quotes
from stcalib.records import ArticleError, Count, Position, Problem, Published, Quote, Row, Skipped, StcalibError, column_names

ARTICLE_ENDINGS = (".txt",)


class Corpus:
    """Articles and the tables read from them. Make one with `load_corpus` or `Corpus.from_texts`.

    `articles`, `counts`, `quotes`, `positions`, `skipped` and `problems` are pandas data frames; their columns are
    described in `stcalib.records`. `corpus[article_id]` is the article, which draws itself in a notebook.
    """

    def __init__(self, articles: Iterable[Article], published: Mapping[str, Published], codebook: Codebook, problems: Iterable[Problem] = ()):
        self._articles = {article.article_id: article for article in sorted(articles, key=lambda a: a.article_id)}
        self._given = dict(published)
        self.codebook = codebook
        self._problems = tuple(problems)

    @classmethod
    def from_texts(cls, texts: Mapping[str, str], published: Mapping[str, str | date] | None = None, codebook: str | Path | Codebook = "stca") -> Corpus:
        """A corpus of texts by article id, with publication days (ISO or `date`) where they are known."""
        given = {}
        for article_id, day in (published or {}).items():
            day = day if isinstance(day, date) else date.fromisoformat(day)
            given[article_id] = Published(day, day, "sidecar", "given with the text")
        book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
        return cls([Article(article_id, text) for article_id, text in texts.items()], given, book)

    def __getitem__(self, article_id: str) -> Article:
        if article_id not in self._articles:
            raise StcalibError(f"{article_id!r}: no such article. There are {', '.join(self._articles) or 'none'}")
        return replace(self._articles[article_id], rows=tuple(self._rows_of(article_id)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)

    def published(self, article_id: str) -> Published:
        """When an article was published."""
        return self._given.get(article_id, Published())

    @cached_property
    def _quotes(self) -> dict[str, tuple[list[Quote], list[Skipped]]]:
        return {key: find_quotes(article, self.codebook, self.published(key)) for key, article in self._articles.items()}

    @cached_property
    def _counts(self) -> dict[str, tuple[list[Count], list[Skipped]]]:
        return {key: find_counts(article, self.codebook, self.published(key)) for key, article in self._articles.items()}

    def _rows_of(self, article_id: str) -> list[Row]:
        return [*self._counts[article_id][0], *self._quotes[article_id][0]]

    @cached_property
    def quotes(self) -> pd.DataFrame:
        """Reported speech, one stretch a row."""
        return _frame(Quote, (row for rows, _ in self._quotes.values() for row in rows))

    @cached_property
    def skipped(self) -> pd.DataFrame:
        """What looked like a row and was declined, with the reason."""
        return _frame(Skipped, (row for key in self._articles for _, rows in (self._counts[key], self._quotes[key]) for row in rows))

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Stated quantities, one number a row."""
        return _frame(Count, (row for rows, _ in self._counts.values() for row in rows))

    @cached_property
    def positions(self) -> pd.DataFrame:
        """Who takes which stance on which proposition, one sentence of evidence a row."""
        return _frame(Position, ())

    @cached_property
    def articles(self) -> pd.DataFrame:
        """The articles with what they say of themselves."""
        return pd.DataFrame({"article_id": list(self._articles)})


def load_corpus(path: str | Path, codebook: str | Path | Codebook = "stca") -> Corpus:
    """The corpus of a folder of article files."""
    articles, problems = [], []
    for file in sorted(Path(path).iterdir()):
        if file.suffix.lower() in ARTICLE_ENDINGS:
            try:
                articles.append(read_article(file))
            except ArticleError as error:
                problems.append(Problem(file.name, str(error), ""))
    return Corpus(articles, {}, codebook if isinstance(codebook, Codebook) else load_codebook(codebook), problems)


def _frame(row_type: type[Row], rows: Iterable[Row]) -> pd.DataFrame:
    return pd.DataFrame([astuple(row) for row in rows], columns=column_names(row_type))
