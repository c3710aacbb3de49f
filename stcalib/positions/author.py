"""Who speaks in an article's own words: the author of a column, whose "I" takes stances."""

from __future__ import annotations

import re

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import pattern
from stcalib.text.article import Article
from stcalib.text.metadata import stated

HEAD, TAIL = 9, 4
"""Lines at either end of a page among which its author is named."""
LONG = 70
"""A line of more characters is no heading."""
OWN_WORDS = 2
"""A column speaks of its author so often outside quotations."""


def author_of(article: Article) -> str | None:
    """The name that a page's byline gives, else the name that stands alone at its head and opens the note at its end."""
    if "author" not in article.memo:
        article.memo["author"] = stated(article).byline or _named(article)
    found = article.memo["author"]
    return found if isinstance(found, str) else None


def columnist(article: Article) -> str | None:
    """The author whose own views an article gives: it is marked as a column and says "I", or its end tells of its author."""
    if "columnist" not in article.memo:
        name = author_of(article)
        own = len(_first_person().findall(article.masked))
        is_column = name is not None and (_is_marked(article) or _tells_of(article, name))
        article.memo["columnist"] = name if is_column and own >= OWN_WORDS else None
    found = article.memo["columnist"]
    return found if isinstance(found, str) else None


def speaks_of_author(article: Article, start: int, end: int) -> bool:
    """Whether a stretch of the reading copy says "I" outside quotations."""
    return _first_person().search(article.masked, start, end) is not None


@by_language
def _first_person() -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(load_lexicon().stances.authors.own)}\b")


@by_language
def _marked() -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(load_lexicon().stances.authors.columns)}\b", re.IGNORECASE)


def _lines(article: Article) -> list[str]:
    return [line.strip() for line in article.plain.splitlines() if line.strip()]


def _is_marked(article: Article) -> bool:
    return any(_marked().search(line) is not None for line in _lines(article)[:HEAD] if len(line) <= LONG)


def _tells_of(article: Article, name: str) -> bool:
    """Whether a note at the end begins with a name: "Ada Roe's column appears Saturdays"."""
    return any(line.startswith(name) and len(line) > len(name) + 1 for line in _lines(article)[-TAIL:])


def _named(article: Article) -> str | None:
    """A name that stands alone at the head of a page that is marked as a column, or with which the note at its end begins."""
    lines = _lines(article)
    alone = [found["name"] for line in lines[:HEAD] if len(line) <= LONG and (found := pattern("positions.author_line").fullmatch(line)) is not None]
    closing = [line for line in lines[-TAIL:] if any(line.lower().startswith(name.lower()) for name in alone)]
    for name in alone:
        note = next((line for line in closing if line.lower().startswith(name.lower())), None)
        if note is not None:
            return note[: len(name)]
    return None
