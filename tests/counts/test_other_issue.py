"""Another issue's counts need only another file: cases and deaths in a measles outbreak."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from stcalib import Corpus
from stcalib.analysis.consistency import check_consistency
from stcalib.analysis.tallies import monthly_averages
from stcalib.codebook.codebook import load_codebook
from stcalib.core.errors import LexiconError
from stcalib.counts.reasons import FORECAST, IN_DATE
from stcalib.official.check import check_counts
from stcalib.official.series import as_series

CODEBOOK = Path(__file__).parent / "measles"
TEXT = """Measles outbreak grows

Ontario reported 173 new measles cases last week, up from 120 the week before, Public Health Ontario said.

Since October, at least 1,243 people have been infected in the province, and 84 of them were hospitalized. An infant died in June 2024.

In Alberta there were 313 cases between January and April. Nearly half of them were children.

Across Canada, 1,506 cases were recorded in the first four months of 2025, a 30 per cent rise over the same period of 2024.

Three deaths were reported.

Clinics gave out 40,000 doses in May. The province has 34 health units; 96 per cent of students are vaccinated. It spent $2.5 million.
"""
ROWS = [
    ("173", "count", 173, "exact", "cases", "CA-ON", date(2025, 5, 12), date(2025, 5, 18)),
    ("120", "count", 120, "exact", "cases", "CA-ON", date(2025, 5, 5), date(2025, 5, 11)),
    ("at least 1,243", "count", 1243, "at_least", "cases", "CA-ON", date(2024, 10, 1), date(2025, 5, 20)),
    ("84", "count", 84, "exact", "hospitalizations", "CA-ON", date(2024, 10, 1), date(2025, 5, 20)),
    ("313", "count", 313, "exact", "cases", "CA-AB", date(2025, 1, 1), date(2025, 4, 30)),
    ("Nearly half", "share", 50, "nearly", "cases", "CA-AB", date(2025, 1, 1), date(2025, 4, 30)),
    ("1,506", "count", 1506, "exact", "cases", "CA", date(2025, 1, 1), date(2025, 4, 30)),
    ("30 per cent", "change", 30, "exact", "cases", "CA", date(2025, 1, 1), date(2025, 4, 30)),
    ("Three", "count", 3, "exact", "deaths", "CA", None, None),
]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus.from_texts({"a": TEXT}, published={"a": "2025-05-20"}, codebook=CODEBOOK)


def test_rows(corpus: Corpus) -> None:
    names = ["text", "kind", "value", "bound", "measure", "place", "period_start", "period_end"]
    found = [
        (*row[:2], row[2], *row[3:6], *(None if pd.isna(day) else day.date() for day in row[6:]))
        for row in corpus.counts[names].itertuples(index=False, name=None)
    ]
    assert found == ROWS


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("In May 2025, 40 target cases were reported in Ontario.", ""),
        ("Only five of the cases reported in Ontario in May 2025 were target cases.", ""),
        ("In May 2025, 31 quota patients were infected in Ontario.", ""),
        ("The target is 40 measles cases in Ontario in May 2025.", FORECAST),
        ("Ontario set a target of 40 measles cases for May 2025.", FORECAST),
        ("The plan has a target number of 33 measles cases in Ontario.", FORECAST),
        ("The quota was 31 measles patients in Ontario in May 2025.", FORECAST),
    ],
)
def test_a_word_for_an_aim_before_a_noun_is_no_forecast(sentence: str, reason: str) -> None:
    corpus = Corpus.from_texts({"a": f"{sentence}\n"}, published={"a": "2025-06-20"}, codebook=CODEBOOK)
    foretold = [text for text, why in zip(corpus.skipped["text"], corpus.skipped["reason"], strict=True) if why == FORECAST]
    assert bool(foretold) is bool(reason)


def test_what_is_none_has_its_reason(corpus: Corpus) -> None:
    reasons = dict(zip(corpus.skipped["text"], corpus.skipped["reason"], strict=True))
    assert reasons["40,000"] == "doses and vaccinations, not people who fell ill"
    assert reasons["34"] == "schools, clinics and other places"
    assert reasons["2.5 million"] == "an amount of money"


def test_official_check_derived_rows_and_consistency_work_for_it_too(corpus: Corpus) -> None:
    months = [
        ("2025-01-01", "2025-01-31", 300),
        ("2025-02-01", "2025-02-28", 400),
        ("2025-03-01", "2025-03-31", 406),
        ("2025-04-01", "2025-04-30", 400),
    ]
    figures = [("cases", first, last, "CA", value) for first, last, value in months]
    series = as_series(pd.DataFrame(figures, columns=["measure", "period_start", "period_end", "place", "value"]))
    verdicts = check_counts(corpus.counts, corpus.articles, series, codebook=load_codebook(CODEBOOK)).set_index("text")
    assert verdicts.loc["1,506", "verdict"] == "agrees"
    assert "January to April 2025 is 1,506" in verdicts.loc["1,506", "reasoning"]
    assert verdicts.loc["313", "verdict"] == "no series"
    assert "total less its parts" not in set(corpus.derived["operation"])
    assert check_consistency(corpus.counts).empty


def test_nothing_of_it_is_found_with_the_other_codebook() -> None:
    assert Corpus.from_texts({"a": TEXT}, published={"a": "2025-05-20"}).counts.empty


def test_a_faulty_codebook_is_told(tmp_path: Path) -> None:
    text = (CODEBOOK / "counts.toml").read_text(encoding="utf-8")
    (tmp_path / "counts.toml").write_text(text.replace('id = "cases"\ntitle', 'id = "deaths"\ntitle'), encoding="utf-8")
    with pytest.raises(LexiconError, match="measure deaths is there twice; give every measure an id of its own"):
        load_codebook(tmp_path)
    (tmp_path / "counts.toml").write_text(text.replace('default_place = "CA"', 'default_place = "XX"'), encoding="utf-8")
    with pytest.raises(LexiconError, match="default_place 'XX'"):
        load_codebook(tmp_path)


THINGS = """
default_place = "X"
people = ["people"]

[[measure]]
id = "arrivals"
title = "Arrivals"
definition = "People who landed"
actions = ["landed"]

[[measure]]
id = "rafts"
title = "Rafts"
definition = "Rafts that landed"
unit = "rafts"
events = ["rafts"]

[[place]]
code = "X"
title = "The island"
"""


def test_a_measure_of_things_counts_no_people(tmp_path: Path) -> None:
    (tmp_path / "counts.toml").write_text(THINGS, encoding="utf-8")
    text = "There were 60 rafts in May, with 12 people on board each. Some 700 people landed in May in 61 rafts."
    corpus = Corpus.from_texts({"a": text}, published={"a": "2025-06-20"}, codebook=tmp_path)
    assert corpus.counts[["text", "measure"]].values.tolist() == [["60", "rafts"], ["Some 700", "arrivals"], ["61", "rafts"]]


BRIDGE = Path(__file__).parent / "bridge"
CASES = tomllib.loads((BRIDGE / "texts.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_a_bridge_and_its_board(case: dict[str, list[str]]) -> None:
    corpus = Corpus.from_texts({"a": f"{case['text']}\n"}, published={"a": "2024-04-02"}, codebook=BRIDGE)
    rows = corpus.counts[["text", "place", "site", "per"]].fillna("").to_numpy()
    assert [" | ".join(row).strip() for row in rows] == [row.strip() for row in case["rows"]]
    totals = monthly_averages(corpus.counts)
    assert totals.loc[totals["part"], "text"].tolist() == case.get("parts", [])
    told = corpus.skipped[(corpus.skipped["table"] == "counts") & (corpus.skipped["reason"] != IN_DATE)]
    assert [" | ".join(row) for row in told[["text", "reason"]].to_numpy()] == case.get("skipped", [])
