"""Whether stated counts agree with one another, within an article and between articles."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.frames import frame

from stcalib import Corpus
from stcalib.analysis.consistency import FINDINGS, check_consistency
from stcalib.codebook.codebook import load_codebook

ABOUT = " Asylum seekers keep coming."
TITLES = {place.code: place.title for place in load_codebook().counts.place}


def findings(*texts: str, published: str = "2018-06-20") -> pd.DataFrame:
    corpus = Corpus.from_texts({f"a{i}": text + ABOUT for i, text in enumerate(texts)}, published={f"a{i}": published for i in range(len(texts))})
    counts = corpus.counts
    spans = zip(counts["count_id"], counts["article_id"], counts["sentence_start"], counts["sentence_end"], strict=True)
    return check_consistency(counts, {key: corpus[article].text[start:end] for key, article, start, end in spans}, "CA", TITLES)


CASES = [
    (
        "parts make the total",
        0,
        ["The RCMP intercepted 1,110 people in May 2018: 1,050 in Quebec and 60 in Manitoba."],
        "1,050 in Quebec, 60 in Manitoba add up to 1,110",
    ),
    (
        "parts exceed the total",
        90,
        ["The RCMP intercepted 1,020 people in May 2018: 1,000 in Quebec and 110 in Manitoba."],
        "add up to 1,110, more than 1,020",
    ),
    (
        "part exceeds the total",
        100,
        ["The RCMP intercepted 1,000 people in May 2018, including 1,100 in Quebec."],
        "1,100 in Quebec is more than 1,000 in all",
    ),
    (
        "running total falls",
        300,
        ["From January to April 2018 the RCMP intercepted 7,612 people.", "The RCMP intercepted 7,312 people from January to May 2018."],
        "7,612 for January to April 2018, but only 7,312 for January to May 2018",
    ),
    (
        "told differently",
        12,
        ["The RCMP intercepted 5,712 people in August 2017.", "In August 2017, police intercepted 5,700 people."],
        "5,712 in a0, 5,700 in a1, both for August 2017 in Canada",
    ),
    (
        "told differently",
        411,
        ["The RCMP intercepted 5,712 people in August 2017.", "In August 2017, police intercepted fewer than 5,302 people."],
        "5,712 in a0",
    ),
]


@pytest.mark.parametrize(("finding", "apart", "texts", "words"), CASES, ids=[f"{case[0]} {case[1]}" for case in CASES])
def test_finding(finding: str, apart: float, texts: list[str], words: str) -> None:
    rows = findings(*texts)
    assert list(rows["finding"]) == [finding]
    assert rows["apart"].iloc[0] == apart
    assert words in rows["words"].iloc[0]
    assert rows["count_id"].iloc[0] != rows["other_id"].iloc[0]


def test_every_kind_of_finding_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(FINDINGS)


@pytest.mark.parametrize(
    "texts",
    [
        ["The RCMP intercepted more than 5,700 people in August 2017.", "In August 2017, police intercepted 5,712 people."],
        ["The RCMP intercepted about 20,000 people in 2017.", "In 2017, police intercepted 20,593 people."],
        ["The RCMP intercepted 5,712 people in August 2017.", "In September 2017, police intercepted 1,881 people."],
        ["The RCMP intercepted 5,712 people in August 2017.", "In August 2017, 5,530 people were intercepted by police in Quebec."],
        ["The RCMP intercepted 5,712 people in August 2017.", "In August 2017, Canada received 8,000 asylum claims."],
        ["The RCMP intercepted 60 Nigerians in August 2017.", "The RCMP intercepted 40 Haitians in August 2017."],
        ["Police intercept 50 people a day.", "Police intercept 250 people a day."],
    ],
)
def test_what_can_both_hold_is_no_finding(texts: list[str]) -> None:
    assert findings(*texts).empty


WIRE = "The RCMP intercepted 5,712 people in August 2017, the agency reported."


def test_wire_copy_counts_once() -> None:
    other = "In August 2017, police intercepted 5,000 people."
    rows = findings(WIRE, WIRE + " It rained.", WIRE.replace(" ", "  ").replace(", the agency reported", ""), other)
    assert list(rows["finding"]) == ["told differently"]
    assert set(rows["article_id"]) | set(rows["other_article"]) == {"a0", "a3"}


NUMBERS = st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 6), st.integers(0, 3), st.integers(1, 3)), max_size=12)


@given(NUMBERS)
def test_a_finding_tells_of_all_pairs_of_its_group(told: list[tuple[str, int, int, int]]) -> None:
    """Articles with numbers of a spread for January to a later month of 2017, held against each other pair by pair as no group is."""
    rows = [
        {"count_id": f"c{i}", "article_id": key, "start": i, "end": i + 1, "text": str(value), "kind": "count", "value": value, "low": value - spread,
         "high": value + spread, "measure": "stops", "place": "CA", "period_start": "2017-01-01", "period_end": f"2017-0{month}-28"}
        for i, (key, value, spread, month) in enumerate(told)
    ]  # fmt: skip
    found = check_consistency(frame("counts", rows), {f"c{i}": f"words {i}" for i in range(len(rows))})
    differing = found[found["finding"] == "told differently"]
    for month in (1, 2, 3):
        own = [row for row in rows if row["period_end"] == f"2017-0{month}-28"]
        gaps = [max(a["low"] - b["high"], b["low"] - a["high"]) for a, b in combinations(own, 2) if a["article_id"] != b["article_id"]]
        here = differing[differing["period_end"] == date(2017, month, 28)]
        assert list(here["apart"]) == ([max(gaps)] if gaps and max(gaps) > 0 else [])
        before = [row["low"] for row in rows if row["period_end"] < f"2017-0{month}-28"]
        falls = [max(before) - row["high"] for row in own if before and max(before) > row["high"]]
        fallen = found[(found["finding"] == "running total falls") & found["other_id"].isin({row["count_id"] for row in own})]
        assert list(fallen["apart"]) == ([max(falls)] if falls else [])
        assert list(fallen["n_counts"]) == ([len(falls) + 1] if falls else [])


def test_no_counts_no_findings() -> None:
    rows = findings("Nobody came.")
    assert rows.empty
    assert "finding" in rows.columns


def test_the_order_of_articles_changes_nothing() -> None:
    texts = {"x": "The RCMP intercepted 5,712 people in August 2017.", "y": "In August 2017, police intercepted 5,700 people."}
    one = check_consistency(Corpus.from_texts(texts).counts, default_place="CA")
    two = check_consistency(Corpus.from_texts(dict(reversed(texts.items()))).counts, default_place="CA")
    pd.testing.assert_frame_equal(one, two)
