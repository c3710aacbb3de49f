"""The page on counts.toml is true: its codebook loads, and its article gives the rows that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.paths import ROOT

from stcalib import Corpus
from stcalib.codebook.counts_file import Counts, Measure

PAGE = (ROOT / "stcalib" / "docs" / "counts_toml.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "counts.toml").write_text(block("toml"), encoding="utf-8")
    return Corpus.from_texts({"a": block("text")}, published={"a": "2024-05-23"}, codebook=tmp_path)


def test_the_rows_are_those_of_the_page(corpus: Corpus) -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.split("| source |")[1].split("\n\n")[0].splitlines()[2:]]
    counts = corpus.counts.astype(object).where(corpus.counts.notna(), "")

    def day(value: object) -> str:
        return str(value)[:10]

    found = [
        [r.text, r.kind, r.measure, r.place, r.per, f"{day(r.period_start)} – {day(r.period_end)}".strip(" –"), r.source] for r in counts.itertuples()
    ]
    assert found == rows


def test_what_is_declined_is_told(corpus: Corpus) -> None:
    skipped = corpus.skipped[corpus.skipped["table"] == "counts"]
    told = dict(zip(skipped["text"], skipped["reason"], strict=True))
    assert told["38"] == told["100,000"] == "a rate per head, no number of people"
    assert told["195"] == "treatment beds, no deaths"


@pytest.mark.parametrize("name", [*(name for name in Counts.model_fields), *(name for name in Measure.model_fields)])
def test_every_field_is_explained(name: str) -> None:
    assert f"`{name}`" in PAGE or f"[[{name}]]" in PAGE
