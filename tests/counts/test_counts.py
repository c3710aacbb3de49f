"""Counts in articles: every field of every row, and nothing besides."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.articles_with_counts import Expected, articles
from support.examples import number_of_examples
from support.paths import GOLD, SEEDS

from stcalib.codebook.codebook import EMPTY, load_codebook
from stcalib.core.rows import BOUNDS, COUNT_KINDS, Count, Published
from stcalib.counts.find import find_counts
from stcalib.text.article import Article

ARTICLES = articles()
DAY = Published(date(2018, 5, 1), date(2018, 5, 1), "stated")


def fields(row: Count) -> tuple[object, ...]:
    value = None if row.value is None else round(row.value, 2)
    return (row.kind, value, row.bound, row.measure, row.place, (row.period_start, row.period_end), row.source)


def wanted(row: Expected) -> tuple[object, ...]:
    return (row.kind, row.value, row.bound, row.measure, row.place, row.period, row.source)


@pytest.mark.parametrize(("article", "published", "expected"), ARTICLES, ids=[a.article_id for a, _, _ in ARTICLES])
def test_article(article: Article, published: Published, expected: list[Expected]) -> None:
    rows, _ = find_counts(article, load_codebook(), published)
    for row in expected:
        there = [r for r in rows if r.start < row.start + len(row.text) and row.start < r.end]
        if row.wrong:
            assert [fields(r) for r in there] != [wanted(row)], f"{row.text} comes out right now: take its mark away"
        elif not row.optional:
            assert [fields(r) for r in there] == [wanted(row)], row.text
    spans = [(row.start, row.start + len(row.text)) for row in expected]
    assert [r.text for r in rows if not any(r.start < end and start < r.end for start, end in spans)] == []


@pytest.mark.parametrize(("article", "published", "expected"), ARTICLES, ids=[a.article_id for a, _, _ in ARTICLES])
def test_rows_are_sound(article: Article, published: Published, expected: list[Expected]) -> None:
    rows, skipped = find_counts(article, load_codebook(), published)
    assert len({row.count_id for row in rows}) == len(rows)
    assert rows == sorted(rows, key=lambda row: (row.start, row.end))
    for row in rows:
        assert article.text[row.start : row.end] == row.text
        assert row.sentence_start <= row.start < row.end <= row.sentence_end
        assert row.kind in COUNT_KINDS
        assert row.bound in BOUNDS
        assert row.low is None or row.high is None or row.low <= row.high
        assert row.base_id is None or row.base_id in {r.count_id for r in rows}
        assert (row.period_basis is None) == (row.period_text is None)
    taken = {(row.start, row.end) for row in rows}
    for row in skipped:
        assert article.text[row.start : row.end] == row.text
        assert row.reason
        assert (row.start, row.end) not in taken


def test_enough_articles() -> None:
    assert len(ARTICLES) >= 40
    assert sum(len(expected) for _, _, expected in ARTICLES) >= 200


SETS = [("seeds", SEEDS), ("dev", GOLD / "dev" / "text")]


@pytest.mark.parametrize(("name", "texts"), SETS, ids=[name for name, _ in SETS])
def test_gold(name: str, texts: Path) -> None:
    """Every required row of the gold, with all fields but the source, and no row besides."""
    for file in sorted((GOLD / name).glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        text = (texts / f"{data['article']}.txt").read_bytes().decode("utf-8")
        given = data["published"]
        bounds = (date.fromisoformat(given[key]) if given.get(key) else None for key in ("earliest", "latest"))
        rows, _ = find_counts(Article(data["article"], text), load_codebook(), Published(*bounds, given["basis"]))
        for want in data["counts"]:
            there = [r for r in rows if r.start < want["end"] and want["start"] < r.end]
            if want["optional"]:
                continue
            assert len(there) == 1, (file.name, want["text"])
            row = there[0]
            period = tuple(None if day is None else day.isoformat() for day in (row.period_start, row.period_end))
            assert (row.kind, row.value, row.bound, row.measure, row.place) == (
                want["kind"],
                want["value"],
                want["bound"],
                want["measure"],
                want["place"],
            )
            assert period == (want["period_start"], want["period_end"]), (file.name, want["text"])
        spans = [(want["start"], want["end"]) for want in data["counts"]]
        assert [r.text for r in rows if not any(r.start < b and a < r.end for a, b in spans)] == []


def test_no_measures_no_rows() -> None:
    assert find_counts(Article("a", "The RCMP intercepted 884 people in June."), EMPTY, DAY) == ([], [])


def test_an_article_about_something_else() -> None:
    assert find_counts(Article("a", "Police caught 20 people fishing without a licence in June."), load_codebook(), DAY) == ([], [])


REASONS = [
    ("Asylum seekers came. Ottawa set aside $173 million.", "173 million", "an amount of money"),
    ("Asylum seekers came. The shelter has 1,850 beds.", "1,850", "beds, rooms and places, not people who crossed"),
    (
        "Close to 1,200 asylum seekers were waiting in Lacolle for a hearing.",
        "Close to 1,200",
        "people who wait, stay or are housed: a stock, not a flow",
    ),
    ("Up to 400 asylum seekers a day could cross by summer.", "Up to 400", "a forecast, plan or possibility"),
    ("The refugee board has a backlog of 64,000 claims.", "64,000", "people who wait, stay or are housed: a stock, not a flow"),
    ("Asylum seekers came. A letter from 200 professors followed.", "200", "a head-count of somebody else"),
    ("The number of visas issued to asylum seekers dropped by 10 per cent.", "10 per cent", "a share or change of something else"),
    ("Refugee lawyer Jane Roe, 36, walked to the border.", "36", "an age"),
    ("Migrants walked 20 kilometres to the border.", "20", "time, age or distance"),
    ("Sixty-five per cent of Canadians think too many asylum seekers crossed.", "Sixty-five per cent", "an answer to a poll"),
    ("Asylum seekers crossed on June 12.", "12", "part of a date or period"),
    (
        "Canada resettled 40,000 Syrian refugees in 2016.",
        "40,000",
        "resettled or sponsored refugees, immigrants and residents, not people who seek asylum at the border",
    ),
    ("U.S. agents apprehended 367 migrants crossing from Canada.", "367", "another border or another country"),
    ("In all, 12,000 asylum claims have been rejected.", "12,000", "what became of claims or people, not how many came"),
    ("Asylum seekers met 12 nuns at the border.", "12", "counts something else: nuns"),
]


@pytest.mark.parametrize(("text", "number", "reason"), REASONS, ids=[case[1] for case in REASONS])
def test_declined_with_its_reason(text: str, number: str, reason: str) -> None:
    rows, skipped = find_counts(Article("a", text), load_codebook(), DAY)
    assert number not in [row.text for row in rows]
    assert (number, reason) in [(row.text, row.reason) for row in skipped]


def test_same_input_same_rows() -> None:
    for article, published, _ in ARTICLES[:5]:
        again = Article(article.article_id, article.text)
        assert find_counts(article, load_codebook(), published) == find_counts(again, load_codebook(), published)


PIECES = st.sampled_from(
    [
        "The RCMP intercepted ",
        "20,593",
        " people",
        "1,134",
        " in 2017",
        " in Quebec",
        ", up from ",
        "more than ",
        "91 per cent",
        " of whom",
        "Sixteen",
        "\n\n",
        " asylum seekers",
        " crossed",
        "; ",
        ". ",
        "“",
        "”",
        " the month before",
        "between 450 and 700",
        " since early 2017",
        "<p>",
        "&nbsp;",
        "half",
        "tripled",
        " a day",
        "The total was ",
        "Of those, ",
        " could ",
        "respectively",
        "(",
        ")",
        "one",
        "1 019",
        "\r\n",
        "According to ",
        " said",
        "He ",
        "Manitoba",
        "-",
        "%",
    ]
)


@number_of_examples(300)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_sentence(text: str) -> None:
    article = Article("any", "Asylum seekers crossed the border. " + text)
    rows, skipped = find_counts(article, load_codebook(), DAY)
    for row in (*rows, *skipped):
        assert article.text[row.start : row.end] == row.text
        assert row.text


@number_of_examples(150)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    article = Article("any", "asylum " + text)
    rows, skipped = find_counts(article, load_codebook(), Published())
    assert all(article.text[row.start : row.end] == row.text for row in (*rows, *skipped))
