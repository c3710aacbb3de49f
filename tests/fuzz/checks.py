"""What must hold of the rows of any text: no fault, exact offsets, tables that fit their schema, the same rows alone and among others."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from datetime import date

from stcalib import Corpus
from stcalib.core.table_spec import ROW_TYPES
from stcalib.corpus.tables import check

DAYS = (None, date(2018, 5, 1), date(2024, 2, 29))
"""Days of publication that texts are read with in turn; None for no day."""


def faults(made: Sequence[str], codebook: str = "stca") -> list[str]:
    """What is wrong with the rows of these texts, read together."""
    texts = {f"{number:06}": text for number, text in enumerate(made) if text.strip()}
    published = {key: day for number, key in enumerate(texts) if (day := DAYS[number % len(DAYS)]) is not None}
    try:
        corpus = Corpus.from_texts(texts, published, codebook)
        tables = corpus.tables()
    except Exception as error:
        return [_of_one(made, codebook) or _told(error)]
    found = [f"{row.file}: {row.problem}" for row in tables["problems"].itertuples() if "fault of the program" in row.problem]
    for name, frame in tables.items():
        try:
            check(frame, ROW_TYPES[name], name)
        except Exception as error:
            found.append(_told(error))
        if {"article_id", "start", "end", "text"} <= set(frame.columns):
            places = zip(*(frame[column] for column in ("article_id", "start", "end", "text")), strict=True)
            found += [f"{key}: {name} has a wrong offset" for key, start, end, text in places if texts[key][start:end] != text]
    return found + _differing(corpus, texts, published, codebook)


def _differing(corpus: Corpus, texts: dict[str, str], published: dict[str, date], codebook: str) -> list[str]:
    """The dated texts whose rows are others when they are read alone (an undated one leans on the others)."""
    found = []
    for key in list(published)[::7]:
        if key in corpus:
            alone = Corpus.from_texts({key: texts[key]}, {key: published[key]}, codebook)
            if alone.found(key) != corpus.found(key):
                found.append(f"{key}: other rows alone than among others: {texts[key]!r}")
    return found


def _of_one(made: Sequence[str], codebook: str) -> str:
    """The first text that fails by itself, with its fault."""
    for text in made:
        for day in DAYS:
            try:
                Corpus.from_texts({"x": text}, {"x": day} if day else {}, codebook).tables()
            except Exception as error:
                return f"{_told(error)} on {text!r} of {day}"
    return ""


def _told(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({place.filename.rpartition('/')[2]}, line {place.lineno})"
