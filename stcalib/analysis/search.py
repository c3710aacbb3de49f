"""Words looked up in the articles of a corpus: every passage that holds them, in context, cut by who speaks of what, where and when.

The passages are the paragraphs of the texts as decoded, indexed by SQLite's full text search in a file of its own, which goes
when nobody asks any more; nothing is read into rows for it unless rows are asked for.
"""

from __future__ import annotations

import re
import sqlite3
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from stcalib.core.errors import ParameterError
from stcalib.core.row_fields import as_text
from stcalib.corpus.corpus import Corpus
from stcalib.corpus.reading import Progress

CONTEXT = 90
"""Characters shown before and behind the words."""
_PASSAGE = re.compile(r"\S[^\n\r]*")
_ASKED = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"[^\W_]+\*?")
_OPEN, _CLOSE = "\x02", "\x03"
COLUMNS = ["article_id", "outlet", "published_earliest", "published_latest", "start", "end", "before", "text", "after"]
_TABLES = (
    "CREATE VIRTUAL TABLE passage USING fts5(words, tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE place (rowid INTEGER PRIMARY KEY, article_id TEXT, start INTEGER, end INTEGER)",
    "CREATE TABLE article (article_id TEXT PRIMARY KEY, outlet TEXT, earliest TEXT, latest TEXT) WITHOUT ROWID",
    "CREATE TABLE said (article_id TEXT, start INTEGER, end INTEGER, actor TEXT, party TEXT, proposition TEXT)",
    "CREATE INDEX said_where ON said (article_id, start)",
)
_FOUND = "FROM passage JOIN place ON place.rowid = passage.rowid JOIN article USING (article_id) WHERE passage MATCH ?"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the passages must be of: rows of an actor, a party, a proposition; articles of an outlet, published in a period."""

    actor: str | None = None
    party: str | None = None
    proposition: str | None = None
    outlet: str | None = None
    first: date | None = None
    last: date | None = None

    @property
    def of_rows(self) -> dict[str, str]:
        """What is asked of the rows of a passage."""
        asked = {"actor": self.actor, "party": self.party, "proposition": self.proposition}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Found:
    """A page of passages, one a row, and how many there are in how many articles, all pages together."""

    rows: pd.DataFrame
    passages: int
    articles: int


def in_words(found: Found) -> str:
    """How much was found: "1 passage in 1 article"."""
    articles = f"{found.articles:,} article{'' if found.articles == 1 else 's'}"
    return f"{found.passages:,} passage{'' if found.passages == 1 else 's'} in {articles}"


class Passages:
    """The passages of a corpus, indexed once and asked often. What it needs of memory does not grow with the corpus."""

    def __init__(self, corpus: Corpus, progress: Progress = iter):
        """`progress` wraps the article ids as they are worked through."""
        self.corpus = corpus
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._base.close)
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("BEGIN")
        for table in _TABLES:
            self._base.execute(table)
        articles = corpus.articles
        told = (articles[name].map(as_text) for name in ("article_id", "outlet", "published_earliest", "published_latest"))
        self._base.executemany("INSERT INTO article VALUES (?, ?, ?, ?)", zip(*told, strict=True))
        for number, (words, article_id, start, end) in enumerate(_passages(corpus, progress), 1):
            self._base.execute("INSERT INTO passage (rowid, words) VALUES (?, ?)", (number, words))
            self._base.execute("INSERT INTO place VALUES (?, ?, ?, ?)", (number, article_id, start, end))
        self._base.execute("COMMIT")
        self._rows_are_in = False

    def find(self, words: str, filters: Filters = Filters(), first: int = 0, most: int | None = None) -> Found:
        """The passages that hold all of the words, in the order of their articles: at most `most` of them from the `first`th on.

        The words are as in `search`, and so are the columns. Raises `ParameterError` where no word is asked for.
        """
        where, values = self._where(words, filters)
        passages, articles = self._base.execute(f"SELECT count(*), count(DISTINCT article_id) {_FOUND}{where}", values).fetchone()
        wanted = f"article_id, outlet, earliest, latest, start, highlight(passage, 0, '{_OPEN}', '{_CLOSE}')"
        page = f"{_FOUND}{where} ORDER BY passage.rowid LIMIT ? OFFSET ?"
        rows = self._base.execute(f"SELECT {wanted} {page}", (*values, -1 if most is None else most, first))
        found = [[*article, *_in_context(marked, start)] for *article, start, marked in rows]
        return Found(pd.DataFrame(found, columns=COLUMNS), passages, articles)

    def _where(self, words: str, filters: Filters) -> tuple[str, list[str]]:
        """The condition of a search, and its values in their order."""
        where, values = "", [_query(words)]
        if filters.outlet:
            where += " AND article.outlet = ?"
            values.append(filters.outlet)
        if filters.first:
            where += " AND (article.latest = '' OR article.latest >= ?)"
            values.append(filters.first.isoformat())
        if filters.last:
            where += " AND article.earliest <= ?"
            values.append(filters.last.isoformat())
        if asked := filters.of_rows:
            self._take_rows()
            held = "said.article_id = place.article_id AND said.start < place.end AND place.start < said.end"
            where += f" AND EXISTS (SELECT 1 FROM said WHERE {held}{''.join(f' AND said.{name} = ?' for name in asked)})"
            values += asked.values()
        return where, values

    def _take_rows(self) -> None:
        """Takes in who says what where, once it is asked for: the rows of quotes and positions."""
        if self._rows_are_in:
            return
        self._base.execute("BEGIN")
        for frame in (self.corpus.quotes, self.corpus.positions):
            spans = zip(frame["article_id"], frame["start"], frame["end"], strict=True)
            told = [frame[name].map(as_text) if name in frame else [""] * len(frame) for name in ("actor", "party", "proposition")]
            rows = ((key, int(start), int(end), *said) for (key, start, end), *said in zip(spans, *told, strict=True))
            self._base.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._base.execute("COMMIT")
        self._rows_are_in = True


def search(corpus: Corpus, words: str, filters: Filters = Filters()) -> pd.DataFrame:
    """The passages that hold all of the words, one a row, in the order of their articles.

    A phrase stands in quotation marks, a word that ends in * is the beginning of one; case and accents do not count.
    Columns: `article_id`, `outlet`, the interval of publication, `start` and `end` of the first of the words found (characters
    of the article's text), `text` these words and `before` and `after` what stands around them. With an actor, party or
    proposition only passages count that hold something of such a row. Raises `ParameterError` where no word is asked for.
    Whoever asks more than once makes `Passages` and asks these.
    """
    _query(words)
    return Passages(corpus).find(words, filters).rows


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


def _passages(corpus: Corpus, progress: Progress) -> Iterator[tuple[str, str, int, int]]:
    """The paragraphs of the articles, each with its article, beginning and end."""
    for article_id in progress(corpus):
        for match in _PASSAGE.finditer(corpus.text_of(article_id)):
            yield match.group().replace(_OPEN, " ").replace(_CLOSE, " "), article_id, match.start(), match.end()


def _in_context(marked: str, start: int) -> tuple[int, int, str, str, str]:
    """The place of the first words found in a passage, what stands before them, they themselves, and what follows."""
    before, _, rest = marked.partition(_OPEN)
    words, _, after = rest.partition(_CLOSE)
    after = after.replace(_OPEN, "").replace(_CLOSE, "")
    at = start + len(before)
    return at, at + len(words), _whole_words(before[::-1])[::-1], words, _whole_words(after)


def _whole_words(context: str) -> str:
    """The first `CONTEXT` characters without a word that is cut off; all of them where they are one word."""
    shown = context[:CONTEXT]
    cut = shown.rfind(" ") if len(context) > CONTEXT and not context[CONTEXT].isspace() else -1
    return shown[:cut] if cut > 0 else shown
