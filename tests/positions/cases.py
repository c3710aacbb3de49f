"""The cases of `sentences.toml` as articles, and what is found in them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from stcalib.articles import Article
from stcalib.codebook import Codebook, load_codebook
from stcalib.positions import find_positions
from stcalib.quotes import find_quotes
from stcalib.records import Position, Published, Skipped

HERE = Path(__file__).parent
DAY = Published(date(2018, 6, 1), date(2018, 6, 1), "stated")
REPORT = """Asylum seekers keep coming

OTTAWA — Asylum seekers kept arriving at the border on Friday. The Safe Third Country Agreement dates from 2004.

{text}

The weather was mild. Immigration Minister Ahmed Hussen and Public Safety Minister Ralph Goodale were in Ottawa. The reeve was at home.
"""


def cases() -> list[dict[str, object]]:
    with (HERE / "sentences.toml").open("rb") as file:
        return tomllib.load(file)["case"]


def found(text: str, codebook: Codebook | None = None) -> tuple[list[Position], list[Skipped], Article]:
    """The positions in one sentence, read within the report."""
    article = Article("case", REPORT.format(text=text))
    book = codebook or load_codebook("stca")
    quotes, _ = find_quotes(article, book, DAY)
    rows, skipped = find_positions(article, quotes, book, DAY)
    return rows, skipped, article


def short(rows: list[Position]) -> list[str]:
    return [f"{row.actor} | {row.proposition} | {row.stance}" for row in rows]
