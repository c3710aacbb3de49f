"""Words in context: what is found where, and that nothing asked for is an operator."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib import Corpus
from stcalib.analysis.search import Filters, search
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
