"""The check against official series: verdicts with their reasoning, vintages, and a series of one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import ROOT, SEEDS

from stcalib import Corpus
from stcalib.codebook.codebook import load_codebook
from stcalib.core.errors import StcalibError, TableError
from stcalib.display import theme
from stcalib.official.check import VERDICTS, check_counts, guessed_place
from stcalib.official.series import KNOWN_BY, Reference, as_series, in_words, known_by, load_series
from stcalib.official.stated_number import natural_window
from stcalib.periods.day_interval import Window, month_end, months_window

LINES = (Path(__file__).parent / "verdicts.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split(" | ")) for line in LINES if line and not line.startswith("#")]
PLACES = [
    tuple(part.strip() for part in line.split("|"))
    for line in (Path(__file__).parent / "places_in_words.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def verdict_on(published: str, sentence: str, stated: str, **how: Any) -> pd.Series:
    """The verdict on the number `stated` in a sentence, as a row."""
    corpus = Corpus.from_texts({"a": f"{sentence} Refugee groups took note."}, published={"a": published})
    sentences = dict.fromkeys(corpus.counts["count_id"], sentence)
    verdicts = check_counts(corpus.counts, corpus.articles, **{"sentences": sentences, **how})
    found = verdicts[verdicts["text"] == stated]
    assert len(found) == 1, list(corpus.counts["text"])
    return found.iloc[0]


@pytest.mark.parametrize("case", CASES, ids=[f"{case[3]}: {case[1][:60]}" for case in CASES])
def test_verdict(case: tuple[str, ...]) -> None:
    published, sentence, stated, verdict, words = (*case, "")[:5]
    row = verdict_on(published, sentence, stated)
    assert row["verdict"] == verdict, row["reasoning"]
    assert words in row["reasoning"]


def test_every_verdict_has_a_case_and_a_colour() -> None:
    assert {case[3] for case in CASES} == set(VERDICTS) == set(theme.VERDICT_COLOURS)
    assert tuple(theme.VERDICT_COLOURS) == VERDICTS


def test_the_other_window_is_told_in_columns_too() -> None:
    row = verdict_on("2018-05-01", "More than 26,000 people crossed the border illegally in the past 15 months.", "More than 26,000")
    assert (row["official"], row["also_official"]) == (27_890, 25_645)
    assert (row["window_start"], row["also_start"]) == (pd.Timestamp("2017-02-01"), pd.Timestamp("2017-01-01"))
    assert (row["window_end"], row["also_end"]) == (pd.Timestamp("2018-04-30"), pd.Timestamp("2018-03-31"))


@pytest.mark.parametrize(("basis", "place", "reading", "national", "words"), PLACES)
def test_how_a_place_is_known_is_told_in_words(basis: str, place: str, reading: str, national: str, words: str) -> None:
    assert guessed_place({"place_basis": basis, "place": place, "reading": reading}, national or None) == (words or None)


def test_a_stand_in_is_told() -> None:
    row = verdict_on("2018-05-01", "In August 2017, 5,712 people crossed the border irregularly.", "5,712")
    assert (row["measure"], row["series_measure"], row["verdict"]) == ("irregular_crossings", "interceptions", "agrees")
    assert "Crossings have no series of their own" in row["reasoning"]


@pytest.mark.parametrize(
    ("sentence", "stated", "figures", "words"),
    [
        (
            "The RCMP intercepted 50 people in 2017, up 25 per cent from 2016.", "25 per cent", {("CA", 2016): 0, ("CA", 2017): 50},
            "The official figure for 2016 in Canada is 0, of which no share or change can be worked out.",
        ),
        (
            "The RCMP intercepted 50 people in 2017, up 25 per cent from 2016.", "25 per cent", {("CA", 2017): 50},
            "The series has no interceptions for 2016 in Canada.",
        ),
        (
            "In 2017, the RCMP intercepted 50 people, 60 per cent of them in Quebec.", "60 per cent", {("CA-QC", 2017): 30},
            "The series has no interceptions for 2017 in Canada.",
        ),
    ],
)  # fmt: skip
def test_the_figure_that_is_missing_is_named(sentence: str, stated: str, figures: dict[tuple[str, int], int], words: str) -> None:
    rows = [("interceptions", place, f"{year}-01-01", f"{year}-12-31", value) for (place, year), value in figures.items()]
    series = as_series(pd.DataFrame(rows, columns=["measure", "place", "period_start", "period_end", "value"]))
    row = verdict_on("2018-05-01", sentence, stated, series=series)
    assert (row["verdict"], row["reasoning"]) == ("no series", words)


@pytest.mark.parametrize(
    ("sentence", "stated", "words"),
    [
        ("The RCMP intercepted 5,000 people in January.", "5,000", 'The days of "January" are not known: '),
        ("The RCMP intercepted 5,000 people.", "5,000", "The text names no period."),
        ("The RCMP intercepted 658 people in February 2017.", "658", ""),
    ],
)
def test_what_a_period_lacks_is_told(sentence: str, stated: str, words: str) -> None:
    corpus = Corpus.from_texts({"a": f"{sentence} Refugee groups took note."})
    (reasoning,) = check_counts(corpus.counts, corpus.articles).query("text == @stated")["reasoning"]
    assert words in reasoning if words else "are not known" not in reasoning


def test_only_what_was_out_on_the_day() -> None:
    sentence = "The RCMP intercepted 658 asylum seekers in February 2017."
    assert verdict_on("2017-04-20", sentence, "658", only_vintage=True)["verdict"] == "agrees with the release of its time"
    early = verdict_on("2017-03-02", sentence, "658", only_vintage=True)
    assert early["verdict"] == "no series"
    assert "none that is dated 2017-03-02 or earlier" in early["reasoning"]


def test_without_articles_no_release_is_of_its_time() -> None:
    corpus = Corpus.from_texts({"a": "The RCMP intercepted 658 asylum seekers in February."}, published={"a": "2017-04-20"})
    assert list(check_counts(corpus.counts)["verdict"]) == ["disagrees"]
    (reasoning,) = check_counts(corpus.counts, only_vintage=True)["reasoning"]
    assert "The day of the article is not known" in reasoning


def test_no_counts_no_verdicts() -> None:
    nothing = Corpus.from_texts({"a": "Nobody came."})
    frame = check_counts(nothing.counts, nothing.articles)
    assert frame.empty
    assert {"verdict", "reasoning", "official"} <= set(frame.columns)


def test_the_seeds() -> None:
    corpus = Corpus.from_texts({path.stem: path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")})
    verdicts = check_counts(corpus.counts, corpus.articles).set_index("text")
    assert verdicts["verdict"].drop("thousands").to_dict() == {
        "more than 20,000": "compatible", "91 per cent": "agrees", "more than 5,000": "compatible", "Some 40,000": "no series",
        "More than 26,000": "compatible", "more than 5,700": "compatible",
    }  # fmt: skip
    model = verdicts.loc["More than 26,000", "reasoning"]
    assert "27,890" in model
    assert "25,645" in model


# ---- the figure of a window
REFERENCE = Reference(load_series())


@pytest.mark.parametrize(
    ("measure", "place", "first", "months", "value"),
    [
        ("interceptions", "CA", date(2017, 1, 1), 15, 25_645),
        ("interceptions", "CA", date(2017, 2, 1), 15, 27_890),
        ("interceptions", "CA", date(2017, 1, 1), 12, 20_593),
        ("interceptions", "CA-QC", date(2018, 1, 1), 12, 18_518),
        ("interceptions", "CA", date(2022, 1, 1), 12, 39_540),
        ("asylum_claims", "CA", date(2017, 1, 1), 12, 50_894),
        ("asylum_claims", "CA", date(2017, 1, 1), 24, None),
        ("interceptions", "CA", date(2019, 1, 1), 3, None),
    ],
)
def test_figure_of_a_window(measure: str, place: str, first: date, months: int, value: float | None) -> None:
    figure = REFERENCE.figure(measure, place, months_window(first, months))
    assert (None if figure is None else figure.value) == value


@pytest.mark.parametrize(("year", "whole"), [(2018, 19_419), (2022, 39_540)])
def test_months_and_provinces_add_up_to_the_printed_year(year: int, whole: int) -> None:
    series = load_series()
    year_rows = series[series["preferred"] & (series["measure"] == "interceptions") & (series["period_start"].dt.year == year)]
    months = year_rows[year_rows["period_end"].dt.month == year_rows["period_start"].dt.month]
    assert months[months["place"] == "CA"]["value"].sum() == whole
    assert months[months["place"] != "CA"]["value"].sum() == whole


@given(st.dates(date(2017, 1, 1), date(2018, 10, 1)), st.integers(1, 4))
def test_a_window_is_the_sum_of_its_halves(day: date, months: int) -> None:
    whole, first, last = (REFERENCE.figure("interceptions", "CA", months_window(start, n)) for start, n in (
        (day, 2 * months), (day, months), (_later(day, months), months),
    ))  # fmt: skip
    if whole is not None and first is not None and last is not None:
        assert whole.value == first.value + last.value


def _later(day: date, months: int) -> date:
    end = months_window(day, months).end
    assert end is not None
    return date(end.year + end.month // 12, end.month % 12 + 1, 1)


@pytest.mark.parametrize(
    ("start", "end", "counted_back", "natural"),
    [
        (date(2017, 2, 1), date(2018, 5, 1), True, "February 2017 to April 2018"),
        (date(2018, 1, 1), date(2018, 5, 20), False, "January to April 2018"),
        (date(2018, 1, 1), date(2018, 5, 31), False, "January to May 2018"),
        (date(2017, 1, 27), date(2018, 4, 27), True, "January 2017 to March 2018"),
    ],
)
def test_a_period_up_to_the_day_of_publication_rests_on_whole_months(start: date, end: date, counted_back: bool, natural: str) -> None:
    window = natural_window(Window(start, end), to_publication=True, counted_back=counted_back)
    assert window is not None
    assert in_words(window) == natural


def test_a_period_within_a_month_has_no_whole_months() -> None:
    assert natural_window(Window(date(2018, 5, 2), date(2018, 5, 9)), to_publication=True, counted_back=False) is None


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("La Presse 2018-01-29 (release of December)", date(2018, 1, 29)),
        ("Le Devoir 2017-08", date(2017, 8, 31)),
        ("IRCC, Demandes d'asile par annee - 2017", None),
        ("Report 2017-13", None),
    ],
)
def test_when_a_figure_was_out(title: str, day: date | None) -> None:
    assert known_by(title) == day


# ---- a series of one's own
OWN = "measure,period_start,period_end,place,value,source_title\n"
ROW = "interceptions,2017-08-01,2017-08-31,CA,5700,Our desk 2017-09-05\n"


def test_a_series_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(OWN + ROW, encoding="utf-8")
    series = load_series(tmp_path / "own.csv")
    assert bool(series["preferred"].iloc[0])
    assert series[KNOWN_BY].iloc[0] == pd.Timestamp("2017-09-05")
    row = verdict_on("2018-05-01", "The RCMP intercepted 5,700 people in August 2017.", "5,700", series=series)
    assert (row["verdict"], row["source_title"]) == ("agrees", "Our desk 2017-09-05")


def test_of_several_figures_for_a_period_the_last_is_used_where_none_is_marked() -> None:
    frame = pd.DataFrame(
        {"measure": "deaths", "period_start": "2024-01-01", "period_end": "2024-01-31", "place": "CA", "value": [3, 4], "source_title": ["a", "b"]}
    )
    assert list(as_series(frame)["preferred"]) == [False, True]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "cannot be read as CSV"),
        ("measure,value\ninterceptions,4\n", "no column period_start, period_end, place"),
        (OWN + ROW.replace("2017-08-01", "Aug 1"), "line 2: period_start is 'Aug 1'. Give an ISO day"),
        (OWN + ROW + ROW.replace("5700", "5,7oo").replace("5,7oo", '"5,700"'), "line 3: value is '5,700'. Give a number"),
        (OWN + ROW.replace("5700", "-4"), "line 2: value is '-4'"),
        (OWN + ROW.replace("2017-08-31", "2017-08-30"), "is no run of whole months"),
        (OWN + ROW.replace("2017-08-31", "2017-07-31"), "is no run of whole months"),
        (
            OWN.replace("\n", ",preferred\n") + 2 * ROW.replace("\n", ",yes\n"),
            "two preferred figures for interceptions, CA, 2017-08-01 to 2017-08-31. Mark one",
        ),
        (OWN + ROW.replace("interceptions", ""), "line 2: measure is empty"),
        (OWN + ROW.replace("CA", "Canada"), "place 'Canada' is not in the codebook stca (counts.toml). It has CA, CA-AB"),
        (OWN + ROW.replace("CA", ""), "line 2: place is empty"),
        (OWN + ROW.replace("interceptions", "landings"), "measure 'landings' is not in the codebook stca (counts.toml). It has asylum_claims"),
        (OWN, "holds no figure"),
    ],
)
def test_a_faulty_series_is_told_with_file_and_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=r"own\.csv") as error:
        load_series(tmp_path / "own.csv")
    assert told in str(error.value)


def test_a_missing_or_binary_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StcalibError, match=r"there is no such file\. Give a CSV file with the columns measure"):
        load_series(tmp_path / "none.csv")
    (tmp_path / "own.csv").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(StcalibError, match="Save it as CSV in UTF-8"):
        load_series(tmp_path / "own.csv")


def test_tables_that_are_none_are_told() -> None:
    corpus = Corpus.from_texts({"a": "The RCMP intercepted 658 asylum seekers in February."}, published={"a": "2017-04-20"})
    with pytest.raises(TableError, match="counts has no column kind"):
        check_counts(corpus.counts.drop(columns="kind"))
    with pytest.raises(TableError, match=r"series has no column preferred, known_by; load_series"):
        check_counts(corpus.counts, corpus.articles, pd.read_csv(ROOT / "stcalib/data/codebooks/stca/official.csv").drop(columns="preferred"))


def test_every_figure_of_the_package_stands_where_it_says() -> None:
    series = load_series()
    measures = {measure.id for measure in load_codebook().counts.measure}
    assert set(series["measure"]) <= measures
    assert (series["period_end"].dt.date == series["period_end"].dt.date.map(month_end)).all()
    assert not series[series["preferred"]].duplicated(["measure", "place", "period_start", "period_end"]).any()
