"""Words in context: what is found where, and that nothing asked for is an operator."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib import Corpus
from stcalib.analysis.search import Filters, Passages, in_words, search
from stcalib.core.errors import ParameterError

TEXTS = {
    "a": "The Post\n\n“We will close the road at once,” said Liberal MP Ann Barley.\n\nThe roads are open, and nobody knows the café.",
    "b": "Conservative MP Bo Fenton said the road should stay open.\n\nOn that road it rained.",
}
CORPUS = Corpus.from_texts(TEXTS, published={"a": "2018-05-01", "b": "2019-06-01"})


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("road", ["a", "b", "b"]),
        ("ROAD", ["a", "b", "b"]),
        ("road*", ["a", "a", "b", "b"]),
        ("cafe", ["a"]),
        ('"the road at once"', ["a"]),
        ("road open", ["b"]),
        ("road NOT open", []),
        ("bridge", []),
    ],
)
def test_passages_that_hold_the_words(words: str, found: list[str]) -> None:
    rows = search(CORPUS, words)
    assert list(rows["article_id"]) == found
    for row in rows.itertuples():
        assert TEXTS[row.article_id][row.start : row.end] == row.text
        assert row.before + row.text + row.after in TEXTS[row.article_id]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(first=date(2019, 1, 1)), ["b", "b"]),
        (Filters(last=date(2018, 12, 31)), ["a"]),
        (Filters(actor="Ann Barley"), ["a"]),
        (Filters(actor="Bo Fenton"), ["b"]),
        (Filters(actor="Nobody"), []),
        (Filters(outlet="None such"), []),
    ],
)
def test_filters(filters: Filters, found: list[str]) -> None:
    assert list(search(CORPUS, "road", filters)["article_id"]) == found


@pytest.mark.parametrize("words", ["", "  ", '""', "*", "-"])
def test_no_word_is_told(words: str) -> None:
    with pytest.raises(ParameterError, match="no word to look up"):
        search(CORPUS, words)


@given(st.text(max_size=20))
def test_nothing_asked_for_is_an_operator(words: str) -> None:
    try:
        search(CORPUS, words)
    except ParameterError as error:
        assert "no word to look up" in str(error)


def test_context_ends_with_a_whole_word() -> None:
    corpus = Corpus.from_texts({"a": "word " * 40 + "road" + " thing" * 40, "b": "x" * 300 + "-road-" + "y" * 300})
    long, unbroken = search(corpus, "road").itertuples()
    assert 80 <= len(long.before) <= 90 and set(long.before.split()) == {"word"} and long.before.endswith("word ")
    assert 80 <= len(long.after) <= 90 and set(long.after.split()) == {"thing"}
    assert unbroken.before == "x" * 89 + "-" and unbroken.after == "-" + "y" * 89


def test_a_corpus_is_indexed_once_and_asked_a_page_at_a_time() -> None:
    passages = Passages(CORPUS)
    whole = passages.find("road*").rows
    pages = [passages.find("road*", first=first, most=3) for first in (0, 3)]
    assert pd.concat([page.rows for page in pages], ignore_index=True).equals(whole)
    assert {(page.passages, page.articles) for page in pages} == {(4, 2)}
    of_ann = passages.find("road*", Filters(actor="Ann Barley"))
    assert (of_ann.passages, of_ann.articles) == (1, 1) and in_words(of_ann) == "1 passage in 1 article"
