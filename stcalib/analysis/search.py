"""Words looked up in the articles of a corpus: every passage that holds them, in context, cut by who speaks of what, where and when.

The passages are the paragraphs of the texts as decoded, indexed by SQLite's full text search in memory; nothing is read
into rows for it unless rows are asked for.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import date

import pandas as pd

from stcalib.core.errors import ParameterError
from stcalib.core.row_fields import as_text
from stcalib.corpus.corpus import Corpus

CONTEXT = 90
"""Characters shown before and behind the words."""
_PASSAGE = re.compile(r"\S[^\n\r]*")
_ASKED = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"[^\W_]+\*?")
_OPEN, _CLOSE = "\x02", "\x03"
COLUMNS = ["article_id", "outlet", "published_earliest", "published_latest", "start", "end", "before", "text", "after"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the passages must be of: rows of an actor, a party, a proposition; articles of an outlet, published in a period."""

    actor: str | None = None
    party: str | None = None
    proposition: str | None = None
    outlet: str | None = None
    first: date | None = None
    last: date | None = None


def search(corpus: Corpus, words: str, filters: Filters = Filters()) -> pd.DataFrame:
    """The passages that hold all of the words, one a row, in the order of their articles.

    A phrase stands in quotation marks, a word that ends in * is the beginning of one; case and accents do not count.
    Columns: `article_id`, `outlet`, the interval of publication, `start` and `end` of the first of the words found (characters
    of the article's text), `text` these words and `before` and `after` what stands around them. With an actor, party or
    proposition only passages count that hold something of such a row. Raises `ParameterError` where no word is asked for.
    """
    asked = _query(words)
    articles = _articles(corpus.articles, filters)
    spans = _spans(corpus, filters)
    found = []
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE VIRTUAL TABLE passage USING fts5(words, article UNINDEXED, start UNINDEXED, tokenize='unicode61 remove_diacritics 2')")
        base.executemany("INSERT INTO passage VALUES (?, ?, ?)", _passages(corpus, articles, spans))
        marked = f"highlight(passage, 0, '{_OPEN}', '{_CLOSE}')"
        for text, article_id, start in base.execute(f"SELECT {marked}, article, start FROM passage WHERE passage MATCH ? ORDER BY rowid", (asked,)):
            found.append([article_id, *articles[article_id], *_in_context(text, int(start))])
    return pd.DataFrame(found, columns=COLUMNS)


def _query(words: str) -> str:
    """What is asked for, as FTS5 takes it: nothing of it is an operator."""
    parts = []
    for phrase, word in _ASKED.findall(words):
        told = _WORD.findall(phrase or word)
        if told:
            beginning = told[-1].endswith("*") and not phrase
            parts.append('"' + " ".join(one.rstrip("*") for one in told) + '"' + (" *" if beginning else ""))
    if not parts:
        raise ParameterError(f"{words!r}: no word to look up. Give words, a phrase in quotation marks, or the beginning of a word with *")
    return " AND ".join(parts)


def _articles(frame: pd.DataFrame, filters: Filters) -> dict[str, tuple[str, str, str]]:
    """The articles that fit, each with its outlet and interval."""
    keep = pd.Series(True, index=frame.index)
    if filters.outlet:
        keep &= frame["outlet"].fillna("") == filters.outlet
    if filters.first:
        keep &= ~(frame["published_latest"] < pd.Timestamp(filters.first))
    if filters.last:
        keep &= ~(frame["published_earliest"] > pd.Timestamp(filters.last))
    chosen = frame[keep]
    told = [map(as_text, chosen[name]) for name in ("outlet", "published_earliest", "published_latest")]
    return dict(zip(chosen["article_id"], zip(*told, strict=True), strict=True))


def _spans(corpus: Corpus, filters: Filters) -> Mapping[str, list[tuple[int, int]]] | None:
    """Where the rows stand that fit, by article; None where no row is asked for."""
    asked = {field.name: getattr(filters, field.name) for field in fields(filters)}
    wanted = {name: asked[name] for name in ("actor", "party", "proposition") if asked[name]}
    if not wanted:
        return None
    spans: dict[str, list[tuple[int, int]]] = {}
    for frame in (corpus.positions,) if "proposition" in wanted else (corpus.quotes, corpus.positions):
        keep = pd.Series(True, index=frame.index)
        for name, value in wanted.items():
            keep &= frame[name].fillna("") == value
        for article_id, start, end in zip(*(frame.loc[keep, name] for name in ("article_id", "start", "end")), strict=True):
            spans.setdefault(str(article_id), []).append((int(start), int(end)))
    return spans


def _passages(
    corpus: Corpus, articles: Mapping[str, object], spans: Mapping[str, list[tuple[int, int]]] | None
) -> Iterator[tuple[str, str, int]]:
    """The paragraphs of the articles, each with its article and beginning; of those with such rows alone where rows are asked for."""
    for article_id in articles if spans is None else sorted(articles.keys() & spans.keys()):
        for match in _PASSAGE.finditer(corpus.text_of(article_id)):
            if spans is None or any(start < match.end() and match.start() < end for start, end in spans[article_id]):
                yield match.group().replace(_OPEN, " ").replace(_CLOSE, " "), article_id, match.start()


def _in_context(marked: str, start: int) -> tuple[int, int, str, str, str]:
    """The place of the first words found in a passage, what stands before them, they themselves, and what follows."""
    before, _, rest = marked.partition(_OPEN)
    words, _, after = rest.partition(_CLOSE)
    after = after.replace(_OPEN, "").replace(_CLOSE, "")
    at = start + len(before)
    return at, at + len(words), before[-CONTEXT:], words, after[:CONTEXT]
