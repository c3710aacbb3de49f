"""What stated counts imply by arithmetic, with the interval of every number carried through."""

from __future__ import annotations

import pandas as pd
import pytest
from support.articles_with_counts import articles

from stcalib import Corpus
from stcalib.codebook.codebook import load_codebook
from stcalib.counts.derivation import derive
from stcalib.counts.find import find_counts

CASES = [
    # a share of its total, from "more than", about, exact
    ("The RCMP intercepted 20,593 people in 2017, 91 per cent of them in Quebec.", "share of a total", 18_739.63, 18_739.63, 18_739.63, "CA-QC"),
    (
        "The RCMP intercepted more than 20,000 people in 2017, 91 per cent of whom crossed in Quebec.",
        "share of a total",
        18_200,
        18_200.91,
        None,
        "CA-QC",
    ),
    (
        "The RCMP intercepted about 20,000 people in 2017, more than 90 per cent of them in Quebec.",
        "share of a total",
        18_000,
        13_500,
        25_000,
        "CA-QC",
    ),
    ("The RCMP intercepted 1,000 people in May 2017, half of them in Quebec.", "share of a total", 500, 500, 500, "CA-QC"),
    # a total less its parts
    ("The RCMP intercepted 1,134 people in May 2017: 1,050 in Quebec and 60 in Manitoba.", "total less its parts", 24, 24, 24, "CA"),
    ("The RCMP intercepted about 1,000 people in May 2017, 900 in Quebec.", "total less its parts", 100, None, None, "CA"),
    # a change applied to its base
    (
        "Police intercepted 1,000 people in April 2018. In May 2018, interceptions rose 34 per cent from April.",
        "change applied to its base",
        1_340,
        1_340,
        1_340,
        "CA",
    ),
    (
        "Police intercepted 1,000 people in April 2018. In May 2018, interceptions fell by 50 per cent from April.",
        "change applied to its base",
        500,
        500,
        500,
        "CA",
    ),
]


@pytest.mark.parametrize(("text", "operation", "value", "low", "high", "place"), CASES, ids=[f"{case[1]}: {case[0][:50]}" for case in CASES])
def test_derived(text: str, operation: str, value: float, low: float | None, high: float | None, place: str) -> None:
    corpus = Corpus.from_texts({"a": f"{text} Asylum seekers wait."}, published={"a": "2018-06-20"})
    rows = corpus.derived
    assert list(rows["operation"]) == [operation], list(corpus.counts["text"])
    row = rows.iloc[0]
    assert (row["value"], row["place"]) == (value, place)
    if low is not None:
        assert row["low"] == low
    assert pd.isna(row["high"]) if high is None and low is not None else high is None or row["high"] == high
    assert set(row["from_ids"].split("; ")) <= set(corpus.counts["count_id"])


@pytest.mark.parametrize(
    "text",
    [
        "The RCMP intercepted 20,593 people in 2017. In Ontario, 40 per cent of shelter users are newcomers.",
        "The RCMP intercepted 887 people in March 2017, up from 658 in February 2017.",
        "Thousands of asylum seekers crossed in 2017.",
        "The RCMP intercepted 100 people in May 2017 in Quebec. Police intercepted 700 people in June 2017.",
    ],
)
def test_nothing_is_derived_where_nothing_follows(text: str) -> None:
    assert Corpus.from_texts({"a": text}, published={"a": "2018-06-20"}).derived.empty


def test_derived_rows_are_never_among_the_stated() -> None:
    corpus = Corpus.from_texts({"a": f"{CASES[0][0]} Asylum seekers wait."}, published={"a": "2018-06-20"})
    assert len(corpus.counts) == 2
    assert not set(corpus.derived["derived_id"]) & set(corpus.counts["count_id"])
    assert not {"text", "bound", "source"} & set(corpus.derived.columns)


def test_derived_rows_are_sound() -> None:
    """On all articles with expected counts: sources exist, ends are in order, spans cover the sources."""
    for article, published, _ in articles():
        counts, _ = find_counts(article, load_codebook(), published)
        by_id = {count.count_id: count for count in counts}
        rows = derive(counts, "CA")
        assert len({row.derived_id for row in rows}) == len(rows)
        for row in rows:
            sources = [by_id[one] for one in row.from_ids.split("; ")]
            assert row.start == min(count.start for count in sources)
            assert row.end == max(count.end for count in sources)
            assert row.low is None or row.high is None or row.low <= row.high
            assert row.formula
            assert all(count.text in row.formula for count in sources)
