"""A list of articles to pick one from, for JupyterLab: filtered by words, sorted by a column, walked with the arrow keys."""

from __future__ import annotations

from typing import Any, Protocol

import anywidget
import pandas as pd
import traitlets

from stcalib.core.row_fields import as_text, days_in_words
from stcalib.core.visible import visible
from stcalib.display.evidence_widgets import MOST_ROWS, bundle, script, widget_style
from stcalib.display.row_listing import listing
from stcalib.text.article import Article

COUNTED = ("counts", "quotes", "positions")
BEGINNING = 600
"""Characters of an article that are shown beside the list."""


class Readable(Protocol):
    """A corpus: its articles by id, and its tables."""

    articles: pd.DataFrame

    def __getitem__(self, article_id: str) -> Article: ...


class ArticlePicker(anywidget.AnyWidget):
    """The articles of a corpus, with how many rows each has; beside them how the one that is picked begins.

    Of more than `MOST_ROWS` articles the list holds the first, and says so; the one that is picked at first is always among them.
    `article_id` is the id of the one that is picked, `article` the article.
    """

    _esm = script("dom.js", "table.js")
    _css = widget_style()
    data = traitlets.Dict().tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True)

    def __init__(self, corpus: Readable, article_id: str | None = None):
        self.corpus, whole = corpus, articles_with_rows(corpus)
        known = list(whole["article_id"])
        picked = corpus[article_id].article_id if article_id is not None else (known[0] if known else "")
        self.frame = _listed(whole, picked)
        ids = list(self.frame["article_id"])
        self._of = len(known)
        cells = [[visible(as_text(value)) for value in row] for row in self.frame.itertuples(index=False, name=None)]
        data = {
            "title": _title(len(ids), self._of),
            "hint": "Pick an article, by a click or with the arrow keys.",
            "total": len(ids),
            "columns": list(self.frame.columns),
            "rows": cells,
            "items": [self._item(key, row) for key, row in zip(ids, cells, strict=True)],
        }
        super().__init__(data=data, selected=ids.index(picked) if ids else -1)

    def _item(self, article_id: str, cells: list[str]) -> dict[str, Any]:
        """How an article begins, and its facts."""
        text = self.corpus[article_id].text
        more = "…" if len(text) > BEGINNING else ""
        facts = [[name.replace("_", " "), cell] for name, cell in zip(self.frame.columns, cells, strict=True) if cell and name != "article_id"]
        pieces = [[visible(text[:BEGINNING]) + more, ""]]
        return {"label": "", "summary": "About it", "article": visible(article_id), "facts": facts, "pieces": pieces}

    @property
    def article_id(self) -> str | None:
        """The id of the article that is picked."""
        return str(self.frame["article_id"].iloc[self.selected]) if self.selected >= 0 else None

    @property
    def article(self) -> Article | None:
        """The article that is picked."""
        return None if self.article_id is None else self.corpus[self.article_id]

    def __repr__(self) -> str:
        return f"<ArticlePicker: {visible(str(self.article_id))}, of {self._of:,}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        still = {"text/html": listing(self.frame)._repr_html_(), "text/plain": repr(self)}
        return bundle(super()._repr_mimebundle_(**kwargs), still)


def articles_with_rows(corpus: Readable) -> pd.DataFrame:
    """What tells articles apart (`title`, `outlet`, `published` in words, `article_id`), and how many rows of each table they have."""
    articles = corpus.articles.reset_index(drop=True)
    ends = zip(articles["published_earliest"].map(as_text), articles["published_latest"].map(as_text), strict=True)
    published = [days_in_words(first, last) for first, last in ends]
    frame = pd.DataFrame({"title": articles["title"], "outlet": articles["outlet"], "published": published})
    for table in COUNTED:
        sizes = getattr(corpus, table)["article_id"].value_counts()
        frame[table] = [int(sizes.get(key, 0)) for key in articles["article_id"]]
    return frame.assign(article_id=articles["article_id"])


def _listed(frame: pd.DataFrame, picked: str) -> pd.DataFrame:
    """The articles that a list takes: the first, and the one that is picked in place of the last of them where it comes later."""
    first = frame.head(MOST_ROWS)
    if len(frame) <= MOST_ROWS or picked in set(first["article_id"]):
        return first
    return pd.concat([first.head(MOST_ROWS - 1), frame[frame["article_id"] == picked]], ignore_index=True)


def _title(listed: int, there: int) -> str:
    if listed < there:
        return f"{listed:,} of {there:,} articles; set article_id in the parameters for another"
    return f"{there:,} article{'' if there == 1 else 's'}"


def article_picker(corpus: Readable, article_id: str | None = None) -> ArticlePicker:
    """A list for JupyterLab from which an article is picked, at first that of `article_id`.

    `.article_id` and `.article` of what it gives are those of the article picked. Raises `UnknownArticleError`.
    """
    return ArticlePicker(corpus, article_id)
