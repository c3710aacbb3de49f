"""What a text leaves out: little texts whose rows say from where place and period are taken over."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from stcalib.codebook.codebook import load_codebook
from stcalib.core.rows import Count, Published
from stcalib.counts.find import find_counts
from stcalib.text.article import Article

DATA = tomllib.loads((Path(__file__).parent / "little_texts.toml").read_text(encoding="utf-8"))
DAY = Published(DATA["published"], DATA["published"], "stated")


def as_line(row: Count) -> str:
    value = "" if row.value is None else f"{row.value:g}" if row.value == int(row.value) else f"{row.value:.2f}"
    fields = (row.text, row.kind, value, row.bound, row.measure, row.place, row.period_start, row.period_end, row.reading)
    return " | ".join("" if field is None else str(field) for field in (*fields, row.place_distance, row.period_distance))


@pytest.mark.parametrize("case", DATA["case"], ids=[case["text"].strip()[:40] for case in DATA["case"]])
def test_rows(case: dict[str, object]) -> None:
    article = Article("little", f"{DATA['opening']}\n{case['text']}")
    rows, _ = find_counts(article, load_codebook(), DAY)
    assert [as_line(row) for row in rows] == case["rows"]
