"""All monthly figures of the official 2017 and 2018 series, written into a hundred sentences, come back right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from stcalib.articles import Article
from stcalib.codebook import load_codebook
from stcalib.counts import find_counts
from stcalib.records import Published
from stcalib.series import load_series
from stcalib.windows import month_end, safe_date, shift_days

LINES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [tuple(part.strip() for part in line.split(" | ")) for line in LINES if line and not line.startswith("#")]
PLACES = {
    "CA": ("across the country", "Canada"), "CA-QC": ("in Quebec", "Quebec"), "CA-MB": ("in Manitoba", "Manitoba"),
    "CA-BC": ("in British Columbia", "British Columbia"), "CA-ON": ("in Ontario", "Ontario"), "CA-SK": ("in Saskatchewan", "Saskatchewan"),
    "CA-AB": ("in Alberta", "Alberta"), "CA-NB": ("in New Brunswick", "New Brunswick"), "CA-NS": ("in Nova Scotia", "Nova Scotia"),
    "CA-NL": ("in Newfoundland and Labrador", "Newfoundland and Labrador"), "CA-PE": ("in Prince Edward Island", "Prince Edward Island"),
    "CA-YT": ("in Yukon", "Yukon"), "CA-NT": ("in the Northwest Territories", "Northwest Territories"),
}  # fmt: skip


def figures() -> list[tuple[int, str, date]]:
    series = load_series()
    months = series[series["preferred"] & (series["measure"] == "interceptions") & (series["period_end"].dt.month == series["period_start"].dt.month)]
    months = months[months["period_start"].dt.year.isin((2017, 2018)) & months["place"].isin(PLACES)]
    return [(int(value), place, start) for value, place, start in zip(months["value"], months["place"], months["period_start"].dt.date, strict=True)]


FIGURES = figures()


def written(sentence: str, manner: str, value: int, place: str, month: date) -> str:
    phrase, name = PLACES[place]
    name_of = month.strftime("%B") if manner == "bare" else month.strftime("%B %Y")
    text = sentence.format(n=f"{value:,}", s=f"{value:,}".replace(",", " "), m=name_of, p=phrase, P=name, a=f"{name}'s")
    return text[0].upper() + text[1:]


def test_there_are_a_hundred_sentences_and_all_figures() -> None:
    assert len(SENTENCES) == len(set(SENTENCES)) >= 100
    assert len(FIGURES) >= 150
    assert {start.year for _, _, start in FIGURES} == {2017, 2018}


@pytest.mark.parametrize("index", range(len(SENTENCES)))
def test_sentence(index: int) -> None:
    """Each sentence takes every hundredth figure and some more, so that all figures are written at least once."""
    measure, manner, sentence = SENTENCES[index]
    codebook = load_codebook()
    chosen = FIGURES[index :: len(SENTENCES)] + FIGURES[(index * 7) % len(FIGURES) :][:3]
    for value, place, month in chosen:
        published = shift_days(month_end(month), 18)
        text = written(sentence, manner, value, place, month) + " Refugee groups took note."
        rows, _ = find_counts(Article("one", text), codebook, Published(published, published, "stated"))
        found = [(r.kind, r.value, r.bound, r.measure, r.place, r.period_start, r.period_end) for r in rows]
        assert found == [("count", float(value), "exact", measure, place, month, month_end(safe_date(month.year, month.month, 1)))], text
