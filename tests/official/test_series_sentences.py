"""All figures of the official 2017 and 2018 series, written into a hundred sentences of varied wording, come back right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from stcalib.codebook.codebook import load_codebook
from stcalib.core.rows import Published
from stcalib.counts.find import find_counts
from stcalib.official.series import load_series
from stcalib.periods.day_interval import shift_days
from stcalib.text.article import Article

LINES = (Path(__file__).parent / "series_sentences.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [tuple(part.strip() for part in line.split(" | ")) for line in LINES if line and not line.startswith("#")]
PLACES = {
    "CA": ("across the country", "Canada"), "CA-QC": ("in Quebec", "Quebec"), "CA-MB": ("in Manitoba", "Manitoba"),
    "CA-BC": ("in British Columbia", "British Columbia"), "CA-ON": ("in Ontario", "Ontario"), "CA-SK": ("in Saskatchewan", "Saskatchewan"),
    "CA-AB": ("in Alberta", "Alberta"), "CA-NB": ("in New Brunswick", "New Brunswick"), "CA-NS": ("in Nova Scotia", "Nova Scotia"),
    "CA-NL": ("in Newfoundland and Labrador", "Newfoundland and Labrador"), "CA-PE": ("in Prince Edward Island", "Prince Edward Island"),
    "CA-YT": ("in Yukon", "Yukon"), "CA-NT": ("in the Northwest Territories", "Northwest Territories"),
}  # fmt: skip


Stated = tuple[int, str, date, date]


def figures(measure: str) -> list[Stated]:
    """All figures of 2017 and 2018, those of every release: value, place, first and last day."""
    series = load_series()
    rows = series[(series["measure"] == measure) & series["period_start"].dt.year.isin((2017, 2018)) & series["place"].isin(PLACES)]
    days = (rows[name].dt.date for name in ("period_start", "period_end"))
    return list(dict.fromkeys((int(value), place, start, end) for value, place, start, end in zip(rows["value"], rows["place"], *days, strict=True)))


FIGURES = figures("interceptions")
MONTHS = [figure for figure in FIGURES if figure[2].month == figure[3].month]
YEARS = [figure for figure in FIGURES if (figure[2].month, figure[3].month) == (1, 12)]
CLAIMS = figures("asylum_claims")


def written(sentence: str, manner: str, figure: Stated) -> str:
    """The sentence with a figure, dated by its month, bare or with its year, or by its year."""
    value, place, start, end = figure
    phrase, name = PLACES[place]
    name_of = str(start.year) if start.month != end.month else start.strftime("%B") if manner == "bare" else start.strftime("%B %Y")
    text = sentence.format(n=f"{value:,}", s=f"{value:,}".replace(",", " "), m=name_of, p=phrase, P=name, a=f"{name}'s")
    return text[0].upper() + text[1:]


def assert_read(text: str, figure: Stated, measure: str) -> None:
    """The one row of a sentence is the figure."""
    value, place, start, end = figure
    published = shift_days(end, 18)
    rows, _ = find_counts(Article("one", f"{text} Refugee groups took note."), load_codebook(), Published(published, published, "stated"))
    found = [(r.kind, r.value, r.bound, r.measure, r.place, r.period_start, r.period_end) for r in rows]
    assert found == [("count", float(value), "exact", measure, place, start, end)], text


def test_there_are_a_hundred_sentences_and_all_figures() -> None:
    assert len(SENTENCES) == len(set(SENTENCES)) >= 100
    assert sorted([*MONTHS, *YEARS]) == sorted(FIGURES)
    assert len(MONTHS) >= 150
    assert len(YEARS) >= 8
    assert {start.year for _, _, start, _ in MONTHS} == {start.year for _, _, start, _ in CLAIMS} == {2017, 2018}


@pytest.mark.parametrize("index", range(len(SENTENCES)))
def test_sentence(index: int) -> None:
    """Each sentence takes every hundredth figure and some more, so that all figures are written at least once."""
    measure, manner, sentence = SENTENCES[index]
    for figure in MONTHS[index :: len(SENTENCES)] + MONTHS[(index * 7) % len(MONTHS) :][:3]:
        assert_read(written(sentence, manner, figure), figure, measure)


YEARLY = [(measure, sentence) for measure, manner, sentence in SENTENCES if manner == "year" and measure == "interceptions"]


@pytest.mark.parametrize("index", range(len(YEARLY)))
def test_sentence_about_a_year(index: int) -> None:
    """The yearly figures, written into the same sentences."""
    measure, sentence = YEARLY[index]
    for figure in YEARS[index % 3 :: 3]:
        assert_read(written(sentence, "year", figure), figure, measure)


OF_CLAIMS = [
    "Canada received {n} asylum claims in {m}.",
    "There were {n} refugee claims {p} in {m}, the department said.",
    "In {m}, {n} people claimed asylum {p}.",
    "The number of asylum claims {p} reached {n} in {m}.",
    "{n} refugee claims were filed {p} in {m}.",
]


@pytest.mark.parametrize("sentence", OF_CLAIMS)
def test_sentence_about_claims(sentence: str) -> None:
    for figure in CLAIMS:
        assert_read(written(sentence, "year", figure), figure, "asylum_claims")
