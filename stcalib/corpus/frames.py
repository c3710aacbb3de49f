"""A data frame as a corpus: which of its columns hold the text and what is known of each article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from stcalib.core.errors import StcalibError, WrongTypeError
from stcalib.core.rows import Problem
from stcalib.corpus.sidecar import Told
from stcalib.ingest.columns import guessed
from stcalib.ingest.story import Declined
from stcalib.ingest.tables import Rows, stories
from stcalib.text.article import Article


def framed_articles(
    frame: pd.DataFrame, columns: Mapping[str, str], article_id: str | None
) -> tuple[dict[str, Article], dict[str, Told], list[Problem]]:
    """The articles of a frame by id, what its rows tell of them, and the rows that are none. Arguments and errors as in `articles_in`."""
    articles: dict[str, Article] = {}
    told: dict[str, Told] = {}
    problems = []
    for name, text, facts, problem in articles_in(frame, columns, article_id):
        if problem is None and name in articles:
            problem = Problem(name, "a second row with this id", "Give each row an id of its own")
        if problem is not None or facts is None:
            problems += [problem] if problem is not None else []
            continue
        articles[name], told[name] = Article(name, text), facts
    return articles, told, problems


def articles_in(frame: pd.DataFrame, columns: Mapping[str, str], article_id: str | None) -> Iterator[tuple[str, str, Told | None, Problem | None]]:
    """For each row its id, its text as it stands, what the row tells of it, and what is wrong with it.

    `columns` names the column of a field (text, title, outlet, author, published, url, section, language) where the guess by
    its name is wrong. Raises `StcalibError` where there is no column of texts, or no such column.
    """
    if not isinstance(frame, pd.DataFrame):
        raise WrongTypeError("frame", frame, "a data frame with an article a row. For texts by id there is Corpus.from_texts")
    names = [str(name) for name in frame.columns]
    text_column = columns.get("text") or next(iter(guessed(names).get("text", ())), None)
    for field, name in [*columns.items(), ("article_id", article_id), ("text", text_column)]:
        if name is not None and name not in names:
            raise StcalibError(f"{field}={name!r}: no such column. There are: {', '.join(names) or 'none'}")
    if text_column is None:
        raise StcalibError(f"No column of texts is known among {', '.join(names) or 'none'}. Name it: Corpus.from_frame(frame, text=COLUMN)")
    records = [{str(name): None if _missing(value) else value for name, value in row.items()} for row in frame.to_dict("records")]
    try:
        told = list(stories(Rows(names, [{**record, text_column: "text"} for record in records]), {**columns, "text": text_column}))
    except Declined as error:
        raise StcalibError(str(error)) from error
    for number, (record, story) in enumerate(zip(records, told, strict=True), 1):
        name = _id(record.get(article_id) if article_id else None, frame.index[number - 1], number)
        text = record.get(text_column)
        if not isinstance(text, str) or not text.strip():
            yield name, "", None, Problem(name, f"no text in column {text_column!r}", "Fill it, or leave the row out")
            continue
        facts = {field: getattr(story, field) for field in ("title", "outlet", "author", "published", "url", "section", "language", "note")}
        yield name, text, Told(**facts, source="data frame", place=number), None


def _missing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value)


def _id(given: object, label: object, number: int) -> str:
    """The id that a row gives, or its label where that is a word, else its number."""
    name = given if given is not None else label if isinstance(label, str) else None
    return re.sub(r"[\s/\\]+", "-", str(name).strip()) if name is not None and str(name).strip() else f"row-{number:05}"
