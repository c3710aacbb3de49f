"""Charts: valid, repeatable, harmless whatever the articles say, and legible without colour vision."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import number_of_examples
from support.frames import articles, counts, frame, official, positions, quotes

from stcalib import charts
from stcalib.analysis import networks, shared_quotations, stances, tallies
from stcalib.charts.base import Chart, article_labels, interval_text, label, period_text, published_text, wrapped
from stcalib.charts.codebook import measures_of, parties_of
from stcalib.codebook.codebook import load_codebook
from stcalib.core.errors import StcalibError
from stcalib.display import theme
from stcalib.official.check import check_counts
from stcalib.official.series import as_series

theme.enable()
STCA_PARTIES, STCA_MEASURES = parties_of(load_codebook()), measures_of(load_codebook())


def _crossings(rows: pd.DataFrame) -> Chart:
    months = tallies.official_months(official(), "interceptions", "CA")
    return charts.crossings(tallies.monthly_averages(rows), months, articles(), "interceptions", "CA", measures=STCA_MEASURES)


def _statements(rows: pd.DataFrame) -> pd.DataFrame:
    return networks.statements(rows, articles())


def _verdicts(rows: pd.DataFrame, evidence: bool = False) -> Chart:
    series = as_series(official())
    rows = rows.astype({"low": "float64", "high": "float64"})
    return charts.stated_against_official(check_counts(rows, articles(), series), articles(), "Official figures: invented.", evidence=evidence)


CHARTS: dict[str, tuple[Callable[[pd.DataFrame], Chart], Callable[[], pd.DataFrame]]] = {
    "timeline": (charts.timeline, articles),
    "speech_by_actor": (lambda rows: charts.speech_by_actor(tallies.words_by(rows, "actor", "party")), quotes),
    "speech_by_party": (lambda rows: charts.speech_by_party(tallies.words_by(rows, "party")), quotes),
    "speech_by_article": (lambda rows: charts.speech_by_article(tallies.words_by(rows, "article_id", "party"), articles()), quotes),
    "shared_quotations": (lambda rows: charts.shared_quotations(shared_quotations.shared_quotes(rows), articles()), quotes),
    "stance_matrix": (charts.stance_matrix, positions),
    "stance_matrix_live": (lambda rows: charts.stance_matrix(rows, evidence=True), positions),
    "stance_timeline": (lambda rows: charts.stance_timeline(stances.timeline(rows, articles())), positions),
    "affiliation_network": (lambda rows: charts.affiliation_network(networks.affiliation(_statements(rows))), positions),
    "actor_network": (lambda rows: charts.actor_network(networks.between(_statements(rows), "subtract")), positions),
    "stance_matrix_by_actor": (lambda rows: charts.stance_matrix(rows, by="actor"), positions),
    "crossings": (_crossings, counts),
    "stated_against_official": (_verdicts, counts),
    "stated_against_official_live": (lambda rows: _verdicts(rows, evidence=True), counts),
    "article_strip": (lambda rows: charts.article_strip(rows, counts(), positions(), articles().head(1)), quotes),
}
EMPTY = {**CHARTS, "article_strip": (lambda rows: charts.article_strip(rows, counts().head(0), positions().head(0), articles().head(1)), quotes)}
HOSTILE = [
    "<script>window.__h = 1</script>",
    "javascript:alert(1)",
    "=cmd|' /C calc'!A0",
    "datum.x'] + alert(1) + ['",
    "${alert(1)} {{7*7}} $x^2$",
    "line\none\u2028two\u2029three\x00\x1b[31m",
    "\u202egnp.exe",
    "\\'); alert(1); ('",
    "",
    "x" * 5000,
]


def drawn(name: str, rows: pd.DataFrame, among: Any = CHARTS) -> dict[str, Any]:
    """The specification of a chart, validated against the Vega-Lite schema."""
    found: dict[str, Any] = among[name][0](rows).to_dict()
    return found


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_a_title_and_says_the_same_twice(name: str) -> None:
    chart, rows = CHARTS[name]
    first, second = (json.dumps(chart(rows()).to_dict(), sort_keys=True) for _ in range(2))
    assert first == second
    assert theme.title_of(json.loads(first))


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_frame_gives_a_sentence(name: str) -> None:
    rows = EMPTY[name][1]().head(0)
    spec = drawn(name, rows, EMPTY)
    if name == "crossings":
        assert "No stated count" in theme.title_of(spec)
    else:
        assert "selection" in json.dumps(spec) or "It holds no" in json.dumps(spec)


def test_one_axis_holds_one_unit() -> None:
    measures = theme.Measures({}, {}, {"rafts": "rafts", "arrivals": "people", "deaths": "people"}, {})
    rows = tallies.monthly_averages(counts()).head(3).assign(measure=["arrivals", "rafts", "deaths"])
    of_people, of_rafts = (charts.crossings(rows, official().head(0), articles(), name, measures=measures).to_dict() for name in ("arrivals", "rafts"))
    assert {row["measure"] for data in of_people["datasets"].values() for row in data if "measure" in row} == {"arrivals", "deaths"}
    assert "Not drawn: 1 count of rafts;" in " ".join(of_people["title"]["subtitle"])
    assert "Not drawn: 2 counts of people;" in " ".join(of_rafts["title"]["subtitle"])


def test_the_trend_says_how_its_counts_were_read_and_what_it_leaves_out() -> None:
    rows = tallies.monthly_averages(counts().assign(reading="own clause")).assign(reading=["own clause", "carried", "assumed"])
    whole, parts = (charts.crossings(rows, official().head(0), articles(), leave_out=out).to_dict() for out in ((), ("carried", "assumed")))
    assert "Read from beyond their own sentence: 1 carried, 1 assumed." in " ".join(whole["title"]["subtitle"])
    assert "Not drawn, by how they were read: 1 carried, 1 assumed." in " ".join(parts["title"]["subtitle"])
    drawn = {row["said"] for data in parts["datasets"].values() for row in data if "said" in row}
    assert len(drawn) == 1


@pytest.mark.parametrize(
    ("out", "told"),
    [("assumed", "1 assumed"), (["carried"], "1 carried"), (("carried", "assumed"), "1 carried, 1 assumed"), ("asumed", None), (("carried", "all"), None), ((1,), None)],
)
def test_what_the_trend_leaves_out_is_a_reading(out: Any, told: str | None) -> None:
    rows = tallies.monthly_averages(counts()).head(3).assign(reading=["own clause", "carried", "assumed"])
    if told is None:
        with pytest.raises(StcalibError, match=r"leave_out: .*no such reading.*There are: own clause"):
            charts.crossings(rows, official().head(0), articles(), leave_out=out)
    else:
        subtitle = charts.crossings(rows, official().head(0), articles(), leave_out=out).to_dict()["title"]["subtitle"]
        assert f"Not drawn, by how they were read: {told}." in " ".join(subtitle)


@pytest.mark.parametrize(
    ("parties", "called"),
    [
        (["LPC", None, None], "Ann Archer (Liberal)"),
        ([None, None, "LPC"], "Ann Archer (Liberal)"),
        (["LPC", "CPC", None], "Ann Archer (Liberal) (Conservative)"),
        (["CPC", "LPC", "CPC"], "Ann Archer (Conservative) (Liberal)"),
        ([None, None, None], "Ann Archer"),
    ],
)
def test_a_speaker_bears_every_party_that_the_rows_tell(parties: list[str | None], called: str) -> None:
    rows = quotes().head(3).assign(actor="Ann Archer", party=parties)
    spec = charts.article_strip(rows, counts(), positions(), articles().head(1), STCA_PARTIES).to_dict()
    assert {row["row"] for data in spec["datasets"].values() for row in data if not row.get("row", "(").startswith("(")} == {called}


def test_a_verdict_stands_whole_below_the_live_figure() -> None:
    rows = counts().astype({"low": "float64", "high": "float64"})
    verdicts = check_counts(rows, articles(), as_series(official()))
    verdicts["reasoning"] = [f"{words} {'And so on, word for word. ' * 30}".strip() for words in verdicts["reasoning"]]
    spec = charts.stated_against_official(verdicts, articles(), evidence=True).to_dict()
    lines = [row for data in spec["datasets"].values() for row in data if "text" in row]
    drawn = {row["key"] for data in spec["datasets"].values() for row in data if "official" in row}
    assert drawn == {line["key"] for line in lines}
    for record in verdicts[verdicts["count_id"].isin(drawn)].to_dict("records"):
        assert record["reasoning"] in " ".join(line["text"] for line in lines if line["key"] == record["count_id"])


def test_nothing_at_all_gives_a_sentence() -> None:
    nothing = charts.crossings(tallies.monthly_averages(counts().head(0)), official().head(0))
    assert theme.title_of(nothing.to_dict()) == "No count to draw"
    undated = charts.timeline(articles().assign(published_earliest=pd.NaT, published_latest=pd.NaT))
    assert theme.title_of(undated.to_dict()) == "4 articles, none of them dated"


@pytest.mark.parametrize("name", CHARTS)
def test_days_at_the_edges_of_the_calendar_are_drawn(name: str) -> None:
    chart, made = CHARTS[name]
    rows = made()
    for column in {"published_earliest", "period_start", "as_of"} & set(rows.columns):
        rows.loc[0, column] = pd.Timestamp(date.min)
    for column in {"published_latest", "period_end", "as_of"} & set(rows.columns):
        rows.loc[1, column] = pd.Timestamp(date.max)
    assert chart(rows).to_dict()["datasets"]


@pytest.mark.parametrize("text", [pytest.param(text, marks=pytest.mark.slow) if place else text for place, text in enumerate(HOSTILE)])
@pytest.mark.parametrize("name", CHARTS)
def test_text_of_articles_stays_text(name: str, text: str) -> None:
    chart, made = CHARTS[name]
    rows = made()
    for column in rows.columns:
        if column in {"title", "outlet", "published_evidence", "text", "actor", "proposition", "measure", "party", "article_id"}:
            rows[column] = text if column in {"title", "outlet", "published_evidence"} else [f"{text}{i}" for i in range(len(rows))]
    spec = chart(rows).to_dict()
    data = spec.pop("datasets")
    if text:
        assert text not in json.dumps(_without_titles(spec), ensure_ascii=False)
    for rows_of_data in data.values():
        for row in rows_of_data:
            assert not {"image", "href", "url"} & set(row)
            assert all(len(value) <= 420 for key, value in row.items() if isinstance(value, str) and key not in _KEYS)


_KEYS = {"key", "proposition", "stance", "party", "measure", "wording", "party_name"}


def _without_titles(spec: Any) -> Any:
    """A specification without the places where words are data: titles, and the values of scales and sorts."""
    if isinstance(spec, dict):
        return {key: _without_titles(value) for key, value in spec.items() if key not in {"title", "domain", "sort", "labelExpr"}}
    return [_without_titles(part) for part in spec] if isinstance(spec, list) else spec


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("timeline", "published_latest", pd.Timestamp("2018-05-11")),
        ("speech_by_actor", "text", "one two three"),
        ("speech_by_party", "text", "one two three"),
        ("speech_by_article", "text", "one two three"),
        ("stance_matrix", "stance", "support"),
        ("crossings", "value", 20001.0),
        ("stated_against_official", "value", 20001.0),
        ("article_strip", "start", 12),
    ],
)
def test_one_number_more_is_another_chart(name: str, column: str, value: object) -> None:
    before, after = CHARTS[name][1](), CHARTS[name][1]()
    after.loc[0, column] = value
    assert drawn(name, before) != drawn(name, after)


MARKED = re.compile(r'"(figure|count)": "([+±−]|\\u\w{4})?\d*\?')


@pytest.mark.parametrize("name", ["stance_matrix", "stance_timeline"])
def test_proposals_are_marked_and_those_left_out_are_told(name: str) -> None:
    def chart(rows: pd.DataFrame, left_out: int) -> str:
        made = charts.stance_matrix(rows, left_out=left_out) if name == "stance_matrix" else charts.stance_timeline(
            stances.timeline(rows, articles()), left_out=left_out
        )  # fmt: skip
        return " ".join(made.to_json(indent=None).replace('", "', " ").split())

    rows = positions()
    assert "No proposal left out." in chart(rows, 0) and "2 proposals left out" in chart(rows, 2)
    tiers = ["proposal", *["firm"] * (len(rows) - 1)]
    marked = chart(rows.assign(tier=tiers), 0)
    assert "1 proposal among them" in marked and MARKED.search(marked)
    assert not MARKED.search(chart(rows.assign(tier="firm"), 0))


@pytest.mark.parametrize(
    ("first", "last", "told", "mark"),
    [
        ("2018-06-01", None, "from 1 Jun 2018", {"one_day": False, "open_left": False, "open_right": True}),
        (None, "2018-06-01", "until 1 Jun 2018", {"one_day": False, "open_left": True, "open_right": False}),
        ("2018-06-01", "2018-06-01", "1 Jun 2018", {"one_day": True, "open_left": False, "open_right": False}),
        ("2018-06-01", "2018-06-30", "1 – 30 Jun 2018", {"one_day": False, "open_left": False, "open_right": False}),
    ],
)
def test_a_stance_of_an_open_interval_is_no_day(first: str | None, last: str | None, told: str, mark: dict[str, bool]) -> None:
    days = articles().assign(published_earliest=pd.to_datetime(first), published_latest=pd.to_datetime(last))
    spec = charts.stance_timeline(stances.timeline(positions(), days)).to_dict()
    seen = json.dumps(spec)
    rows = [row for values in spec["datasets"].values() for row in values if "one_day" in row]
    assert rows and all({**row, **mark, "days": told} == row for row in rows)
    half = mark["open_left"] or mark["open_right"]
    assert ("arrow runs towards an end" in seen.replace('", "', " ")) is half and bool(re.search("triangle-(left|right)", seen)) is half


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([("2018-05-01", "2018-05-01")], "published 1 May 2018"),
        ([("2018-05-01", "2018-05-04"), ("2018-05-02", "2018-05-09")], "published between 1 May 2018 and 9 May 2018"),
        ([("2018-05-01", "2018-05-01"), ("2017-01-01", None), ("2018-03-01", None)], "1 published 1 May 2018, 2 not before 1 Jan 2017"),
        ([(None, "2018-05-01"), (None, None)], "1 not after 1 May 2018, 1 without any date"),
        ([("2018-05-01", "2018-05-09"), (None, "2019-05-01")], "1 published between 1 May 2018 and 9 May 2018, 1 not after 1 May 2019"),
    ],
)
def test_days_of_publication_in_words(days: list[tuple[str | None, str | None]], told: str) -> None:
    assert published_text(pd.DataFrame(days, columns=["published_earliest", "published_latest"])) == told


@pytest.mark.parametrize("name", ["stance_matrix", "stance_timeline"])
@pytest.mark.parametrize(("left_out", "told"), [(0, ""), (1, "; 1 proposal left out"), (12, "; 12 proposals left out")])
def test_without_a_position_the_title_tells_what_is_left_out(name: str, left_out: int, told: str) -> None:
    rows = positions().head(0)
    if name == "stance_matrix":
        made, bare = charts.stance_matrix(rows, left_out=left_out), "Nobody takes a position"
    else:
        made, bare = charts.stance_timeline(stances.timeline(rows, articles()), left_out=left_out), "No stance is dated"
    assert theme.title_of(made.to_dict()) == bare + told


OF_PARTIES: dict[str, Callable[[theme.Parties], Chart]] = {
    "speech_by_party": lambda parties: charts.speech_by_party(tallies.words_by(quotes(), "party"), parties),
    "speech_by_actor": lambda parties: charts.speech_by_actor(tallies.words_by(quotes(), "actor", "party"), parties),
    "speech_by_article": lambda parties: charts.speech_by_article(tallies.words_by(quotes(), "article_id", "party"), articles(), parties),
    "article_strip": lambda parties: charts.article_strip(quotes(), counts(), positions(), articles().head(1), parties),
    "stance_matrix": lambda parties: charts.stance_matrix(positions(), parties=parties),
}


@pytest.mark.parametrize("name", OF_PARTIES)
def test_those_without_a_party_are_called_as_the_codebook_says(name: str) -> None:
    told = [json.dumps(OF_PARTIES[name](theme.Parties({}, {}, outside)).to_dict()) for outside in ("of no side", "no party known")]
    assert "of no side" in told[0] and "no party known" not in told[0] and "no party known" in told[1]


def test_a_statement_is_drawn_as_per_cent_of_the_official_figure() -> None:
    spec = drawn("stated_against_official", counts())
    assert theme.title_of(spec) == "3 of 5 stated numbers can be held against an official figure: 3 are compatible"
    bars = {row["said"]: row for rows in spec["datasets"].values() for row in rows if "said" in row}
    assert round(bars["more than 20,000"]["at"], 1) == 97.1
    assert bars["more than 20,000"]["right"] is True
    assert "official 5,712: " in bars["about 5,700"]["line"]
    assert "50 a day" not in bars


def test_days_are_the_same_in_every_time_zone() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from support.frames import articles; from stcalib import charts; from stcalib.notebook import figures; from stcalib.display import theme\n"
        "theme.enable(); sys.stdout.buffer.write(figures.chart_svg(charts.timeline(articles()).to_dict()))"
    )
    drawings = set()
    for zone in ("UTC", "America/Toronto", "Asia/Kolkata"):
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "TZ": zone})
        drawings.add(run.stdout)
    assert len(drawings) == 1
    assert b"1 May 2018" in drawings.pop()


@given(st.text(), st.integers(2, 80))
@number_of_examples(200)
def test_a_label_is_one_short_line(text: str, width: int) -> None:
    made = label(text, width)
    assert len(made) <= width
    assert "\n" not in made
    assert made.isprintable() or not made.isascii()
    assert len(wrapped(text, width, 2).split("\n")) <= 2


@pytest.mark.parametrize(
    ("ids", "labels"),
    [
        (["000_ac7b", "001_4586"], ["000", "001"]),
        (["a_1_x", "a_2_x"], ["a_1", "a_2"]),
        (["one", "one_two"], ["one", "one_two"]),
        (["plain"], ["plain"]),
    ],
)
def test_article_labels_tell_articles_apart(ids: list[str], labels: list[str]) -> None:
    assert list(article_labels(ids).values()) == labels


@pytest.mark.parametrize(
    ("first", "last", "interval", "period"),
    [
        ("2018-05-01", "2018-05-01", "1 May 2018", "1 May 2018"),
        ("2018-05-01", "2018-05-08", "1 – 8 May 2018", "1 – 8 May 2018"),
        ("2018-04-27", "2018-05-08", "27 Apr – 8 May 2018", "27 Apr – 8 May 2018"),
        ("2017-01-27", "2018-04-27", "27 Jan 2017 – 27 Apr 2018", "27 Jan 2017 – 27 Apr 2018"),
        ("2017-01-01", "2017-12-31", "1 Jan – 31 Dec 2017", "2017"),
        ("2017-08-01", "2017-08-31", "1 – 31 Aug 2017", "Aug 2017"),
        ("2018-01-01", "2018-03-31", "1 Jan – 31 Mar 2018", "Jan – Mar 2018"),
        ("2017-02-01", "2018-04-30", "1 Feb 2017 – 30 Apr 2018", "Feb 2017 – Apr 2018"),
        ("2018-05-01", None, "from 1 May 2018", "from 1 May 2018"),
        (None, "2018-05-01", "until 1 May 2018", "until 1 May 2018"),
        (None, None, "no date known", "no date known"),
    ],
)
def test_days_in_words(first: str | None, last: str | None, interval: str, period: str) -> None:
    assert interval_text(first, last) == interval
    assert period_text(first, last) == period


def test_a_notebook_holds_the_chart_for_jupyterlab_and_its_title_in_words() -> None:
    bundle, metadata = charts.timeline(articles())._repr_mimebundle_()
    assert set(bundle) == {theme.MIME, "text/plain"}
    assert bundle[theme.MIME]["$schema"] == theme.SCHEMA
    assert bundle["text/plain"].startswith("[Chart: 4 articles: 2 published")
    assert metadata[theme.MIME]["embed_options"]["actions"]["editor"] is False


def test_the_renderer_is_known_by_name() -> None:
    assert "stcalib" in alt.renderers.names()
    assert alt.renderers.active == "stcalib"


def test_many_rows_are_drawn() -> None:
    rows = frame(
        "quotes", [{"quote_id": f"q{i}", "article_id": f"a{i}", "start": i, "end": i + 5, "actor": f"Actor {i}", "text": "word"} for i in range(6000)]
    )
    assert len(charts.article_strip(rows, counts(), positions(), articles().head(1)).to_dict()["datasets"]) == 3


# Machado, Oliveira and Fernandes (2009), severity 1.0: how linear RGB looks without one kind of cone
SEEN = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def _lab(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """CIE Lab of a colour as seen through a matrix on linear RGB."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True)))) for row in matrix)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize(
    "palette",
    [
        {**{code: STCA_PARTIES.colours[code] for code in ("LPC", "CPC", "NDP", "BQ", "GPC")}, "": theme.NO_PARTY},
        theme.STANCE_COLOURS,
        STCA_MEASURES.colours,
        theme.BASIS_COLOURS,
        theme.VERDICT_COLOURS,
    ],
    ids=["parties", "stances", "measures", "bases", "verdicts"],
)
def test_colours_stay_apart_without_colour_vision(eye: str, palette: dict[str, str]) -> None:
    distances = {}
    for one, other in combinations(palette, 2):
        a, b = _lab(palette[one], SEEN[eye]), _lab(palette[other], SEEN[eye])
        distances[one, other] = sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5
    closest = min(distances, key=lambda pair: distances[pair])
    assert distances[closest] > 15, f"{closest}: {distances[closest]:.1f}"


def test_imported_articles_are_labelled_with_outlet_and_title() -> None:
    rows = [("x-0001-lake-thaws", "Lake thaws a week early", "sidecar"), ("x-0002-lake-thaws", "Lake thaws a week early", "sidecar"), ("x-0003", "Lake", "text")]
    frame = pd.DataFrame(rows, columns=["article_id", "title", "published_basis"]).assign(outlet="Toronto Star", outlet_basis="sidecar")
    assert article_labels(frame["article_id"], frame) == {
        "x-0001-lake-thaws": "Toronto Star: Lake thaws a week early",
        "x-0002-lake-thaws": "Toronto Star: Lake thaws a week early (2)",
        "x-0003": "Toronto Star x-0003",
    }


WORDS_BESIDE = {
    "timeline": ("published", {"stated": "printed in the text", "sidecar": "given beside the file", "inferred": "inferred", "unknown": "unknown"}, "basis"),
    "speech_by_actor": ("note", {"LPC": "Liberal: ", "CPC": "Conservative: "}, "party"),
    "speech_by_article": ("text", {"LPC": "Liberal ", "CPC": "Conservative "}, "party"),
    "stance_matrix": ("figure", {"support": "+", "ambivalent": "±", "oppose": "−"}, "stance"),
    "stated_against_official": ("line", {verdict: f": {verdict}" for verdict in theme.VERDICT_COLOURS}, "verdict"),
}
"""What a chart writes beside a colour: the field of the words, the words of each key, and the field that is coloured."""
WITH_PARTIES = {
    "speech_by_actor": lambda rows: charts.speech_by_actor(tallies.words_by(rows, "actor", "party"), STCA_PARTIES),
    "speech_by_article": lambda rows: charts.speech_by_article(tallies.words_by(rows, "article_id", "party"), articles(), STCA_PARTIES),
}


@pytest.mark.parametrize("name", WORDS_BESIDE)
def test_words_stand_beside_a_colour(name: str) -> None:
    chart, rows = CHARTS[name]
    spec = WITH_PARTIES.get(name, chart)(rows()).to_dict()
    field, words, coloured = WORDS_BESIDE[name]
    told = [row for data in _data(spec) for row in data if coloured in row and field in row and words.get(row[coloured])]
    assert told
    # a narrow part of a bar has no room for words: its neighbours have them, in the order of the legend
    assert all(words[row[coloured]] in row[field] or (name == "speech_by_article" and row["share"] < 0.3) for row in told)


def _data(spec: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The rows that a specification draws, of each of its data sets."""
    found = list(spec.get("datasets", {}).values())
    if isinstance(spec.get("data"), dict) and "values" in spec["data"]:
        found.append(spec["data"]["values"])
    for part in ("layer", "vconcat", "hconcat"):
        found += [rows for inner in spec.get(part, []) for rows in _data(inner)]
    return found


@pytest.mark.parametrize(
    ("name", "channel", "field"),
    [
        ("stance_timeline", "shape", "stance"),
        ("shared_quotations", "shape", "party"),
        ("article_strip", "shape", "stance"),
        ("article_strip", "shape", "measure"),
        ("affiliation_network", "strokeDash", "side"),
        ("actor_network", "strokeDash", "kind"),
    ],
)
def test_shapes_and_dashes_stand_beside_a_colour(name: str, channel: str, field: str) -> None:
    text = json.dumps(drawn(name, CHARTS[name][1]()))
    found = re.search(rf'"{channel}": {{"field": "{field}".*?"domain": (\[[^]]*\]), "range": (\[.*?\])}}', text)
    assert found is not None
    keys, looks = json.loads(found[1]), re.findall(r'\[[\d, ]+\]|"[^"]+"', found[2])
    assert len(looks) >= len(keys) and len(set(looks[:6])) == len(looks[:6])
    coloured = re.search(rf'"color": {{"field": "{field}", "legend": (.*?), "scale"', text)
    beside = re.search(rf'"{channel}": {{"field": "{field}", "legend": (.*?), "scale"', text)
    assert coloured is not None and beside is not None and coloured[1] == beside[1], "one legend tells of both"


def test_counts_of_several_measures_say_which_is_which() -> None:
    rows = counts()
    several = [("irregular_crossings", "interceptions")[i % 2] for i in range(len(rows))]
    lines = [row["line"] for data in _data(_crossings(rows.assign(measure=several)).to_dict()) for row in data if "line" in row]
    assert lines and all(" (interceptions)," in line or " (irregular crossings)," in line for line in lines)
    alone = [row["line"] for data in _data(_crossings(rows.assign(measure="interceptions")).to_dict()) for row in data if "line" in row]
    assert alone and not any("(interceptions)" in line for line in alone)


def test_a_drawing_says_what_it_shows() -> None:
    from stcalib.notebook.figures import chart_svg

    spec = charts.timeline(articles().assign(title="<script>&")).to_dict()
    spec["title"]["text"] = ["Days <b>& more", "\u202e]]>"]
    svg = chart_svg(spec).decode()
    title, description = (re.search(rf"<{name}>(.*?)</{name}>", svg) for name in ("title", "desc"))
    assert title is not None and title[1] == "Days &lt;b&gt;&amp; more ⟨U+202E⟩]]&gt;"
    assert description is not None and "A bar covers every day" in description[1]
    assert 'role="img"' in svg.partition(">")[0]
    assert theme.renderer(spec)[0][theme.MIME]["description"].startswith("Days <b>& more")


def test_an_average_of_few_is_not_told_as_nothing() -> None:
    said = [("2", "2017-08-01", "2017-08-09"), ("3", "2017-01-01", "2017-12-31"), ("1", "2012-01-01", "2017-12-31"), ("4,000", "2017-08-01", "2017-08-31")]
    rows = counts().head(len(said)).assign(kind="count", per=None, bound="exact")
    rows["text"], rows["value"] = [text for text, *_ in said], [float(text.replace(",", "")) for text, *_ in said]
    rows["period_start"], rows["period_end"] = (pd.to_datetime([days[at] for _, *days in said]) for at in (0, 1))
    lines = [row["line"] for data in _data(_crossings(rows).to_dict()) for row in data if "line" in row]
    told = {line.partition(" (")[0]: line.partition(": ")[2].partition(" (")[0] for line in lines if not line.startswith("4,000")}
    assert told == {"2": "0.2 a day", "3": "0.2 a month", "1": "0.01 a month"}
    assert any("4,000 a month" in line for line in lines)


def test_a_party_without_a_colour_of_its_own_has_one(tmp_path: Path) -> None:
    parties = "".join(f'[[party]]\ncode = "P{i}"\nname = "Party {i}"\njurisdiction = "NZ"\n{colour}\n' for i, colour in enumerate(("", 'colour = "#44AA66"', "")))
    (tmp_path / "actors.toml").write_text('[[place]]\ncode = "NZ"\nwords = ["New Zealand"]\n\n' + parties, encoding="utf-8")
    colours = parties_of(load_codebook(tmp_path)).colours
    assert colours["P1"] == "#44aa66" and len(set(colours.values())) == 3 and set(colours) == {"P0", "P1", "P2"}
