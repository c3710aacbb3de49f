"""An article with its rows, which draws itself in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from stcalib.display.html import article_html
from stcalib.display.terminal import article_text
from stcalib.text.article import Article


@dataclass(frozen=True, repr=False)
class MarkedArticle(Article):
    """An article that carries `rows`: those of its tables, what was skipped, and the row on the article itself.

    As the last value of a cell it shows itself with its rows marked in place; printed, it says how many there are.
    """

    rows: tuple[object, ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def of(cls, article: Article, rows: Iterable[object]) -> Self:
        """The article with these rows; what was computed of it already is kept."""
        marked = cls(article.article_id, article.text, article.encoding, article.file, tuple(rows))
        vars(marked).update({name: value for name, value in vars(article).items() if name not in vars(marked)})
        return marked

    def __repr__(self) -> str:
        return f"<Article {self.article_id!r}: {len(self.text):,} characters, {sum(hasattr(row, 'status') for row in self.rows):,} rows>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": article_html(self, self.rows), "text/plain": article_text(self, self.rows).plain}

    def _repr_html_(self) -> str:
        return self._repr_mimebundle_()["text/html"]
