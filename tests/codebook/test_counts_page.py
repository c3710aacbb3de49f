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


def test_the_noun_of_what_is_counted_must_be_given(tmp_path: Path) -> None:
    book = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]
    found = {}
    for name, written in (("events", book), ("people", book.replace("events =", "people =")), ("none", book.replace('events = ["wolves"]', ""))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "counts.toml").write_text(written, encoding="utf-8")
        found[name] = Corpus.from_texts(
            {"a": "Hunters shot 23 wolves in Sweden in January."}, published={"a": "2024-05-23"}, codebook=tmp_path / name
        )
    assert [list(found[name].counts["measure"]) for name in found] == [["shot"], ["shot"], []]
    assert list(found["none"].skipped["reason"]) == ["counts something else: wolves"] and "*counts something else: wolves*" in PAGE


@pytest.mark.parametrize("name", [*(name for name in Counts.model_fields), *(name for name in Measure.model_fields)])
def test_every_field_is_explained(name: str) -> None:
    assert f"`{name}`" in PAGE or f"[[{name}]]" in PAGE
