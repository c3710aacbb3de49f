"""What a caller gives to make a corpus, checked: texts, days, what is known of each article, codebook, ledger.

A value of a wrong type is a `WrongTypeError` that says what is wanted; an entry for an article that is not there is a problem
of the corpus, as it is in `articles.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from stcalib.codebook.codebook import Codebook, load_codebook
from stcalib.core.errors import StcalibError, WrongTypeError
from stcalib.core.rows import Problem, Published
from stcalib.core.visible import visible
from stcalib.corpus.sidecar import Told, fault_of
from stcalib.corpus.sources import Source
from stcalib.corrections.ledger import Ledger, read_ledger
from stcalib.text.article import Article

HALF_ADVICE = "Decode the bytes of the article anew, with errors='replace' where they are damaged"
TEXTS = 'a mapping of article ids to texts: {"my-article": "Text …"}. For a data frame there is Corpus.from_frame, for a folder load_corpus'
DAYS = 'a mapping of article ids to days: {"my-article": "2018-05-01"}'
FACTS = 'a mapping of article ids to what is known of them: {"my-article": {"outlet": "The Gazette"}}'


def given_codebook(codebook: object) -> Codebook:
    """The codebook itself, that of a folder, or one of the package's by its name."""
    if isinstance(codebook, Codebook):
        return codebook
    if not isinstance(codebook, str | Path):
        raise WrongTypeError("codebook", codebook, "the name of a codebook of the package, a folder with one, or a Codebook")
    return load_codebook(codebook)


def given_ledger(corrections: object) -> Ledger | None:
    """The ledger itself, that in a file, or none."""
    if corrections is None or isinstance(corrections, Ledger):
        return corrections
    if not isinstance(corrections, str | Path):
        raise WrongTypeError("corrections", corrections, "the file of a ledger, a Ledger, or None")
    return read_ledger(corrections)


def given_texts(texts: object) -> list[Article]:
    """Articles of texts by their ids."""
    if not isinstance(texts, Mapping):
        raise WrongTypeError("texts", texts, TEXTS)
    for key, text in texts.items():
        if not isinstance(key, str):
            raise WrongTypeError(f"texts: the id {key!r}", key, "ids as text")
        if not isinstance(text, str):
            raise WrongTypeError(f"texts[{key!r}]", text, "the text as str; leave out articles that have none, and decode bytes first")
    return [Article(key, text) for key, text in texts.items()]


def given_days(published: object, known: Iterable[str]) -> tuple[dict[str, Published], list[Problem]]:
    """The days of publication by article id, and entries for articles that are not there. A day of None is none."""
    if published is None:
        return {}, []
    if not isinstance(published, Mapping):
        raise WrongTypeError("published", published, DAYS)
    days = {key: _day(str(key), day) for key, day in published.items() if day is not None and day == day}
    return days, _unknown("published", published, known)


def given_facts(metadata: object, known: Iterable[str]) -> tuple[dict[str, Told], list[Problem]]:
    """What is known of articles by their id, with the keys of `articles.toml`, and entries for articles that are not there.

    Raises `StcalibError` where a key or value is none that `articles.toml` allows.
    """
    if metadata is None:
        return {}, []
    if not isinstance(metadata, Mapping):
        raise WrongTypeError("metadata", metadata, FACTS)
    told = {}
    for key, entry in metadata.items():
        if not isinstance(entry, Mapping):
            raise WrongTypeError(f"metadata[{key!r}]", entry, 'a mapping such as {"outlet": "The Gazette", "title": "…"}')
        try:
            told[str(key)] = Told.model_validate(dict(entry))
        except ValidationError as error:
            faults = "; ".join(map(fault_of, error.errors()))
            raise StcalibError(f"metadata[{key!r}]: {faults}. Allowed keys: {', '.join(Told.model_fields)}") from None
    return told, _unknown("metadata", metadata, known)


def half_in(what: str, half: int | None, source: Source) -> Problem | None:
    """The problem of an id or a text that no file can hold: half of a character that is written as two.

    An id with it costs the article; a text is made whole.
    """
    if half is None:
        return None
    return Problem(visible(source.file or source.article_id), f"{what} holds half a character (a lone surrogate) at {half:,}", HALF_ADVICE)


def _unknown(what: str, entries: Mapping[Any, Any], known: Iterable[str]) -> list[Problem]:
    there = set(known)
    return [Problem(what, f"entry {str(key)!r}: there is no such article", "Name it as its text is named") for key in entries if key not in there]


def _day(article_id: str, day: object) -> Published:
    where = f"published[{article_id!r}]"
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day[:10])
        except ValueError as error:
            raise StcalibError(f"{where}: {day!r} is no day. Give it as YYYY-MM-DD") from error
    elif isinstance(day, datetime):
        day = day.date()
    if not isinstance(day, date):
        raise WrongTypeError(where, day, "a day as YYYY-MM-DD, or a date")
    return Published(day, day, "sidecar", "given with the text")
