"""The time that counts take grows with the length of a text and not faster, whatever the text."""

from __future__ import annotations

import time
from datetime import date

import pytest

from stcalib.codebook.codebook import load_codebook
from stcalib.core.rows import Published
from stcalib.counts.find import find_counts
from stcalib.numbers.find import numbers_in
from stcalib.periods.find import periods_in
from stcalib.text.article import Article

DAY = Published(date(2018, 5, 1), date(2018, 5, 1), "stated")
SIZE = 2_600
"""Characters of the shorter text."""
TIMES = 4
MOST = 2.5
"""Times the proportional growth that is still taken for linear: timing is noisy, and squared growth would give `TIMES`."""
ROUNDS = 2

PIECES = {
    "digits": "1",
    "grouped digits": "1,234,567,890,",
    "decimals": "1.2 1.5 ",
    "dotted thousands": "1.234 ",
    "number words": "two hundred and five thousand ",
    "number words without an end": "twenty-",
    "comparators": "more than about nearly at least up to ",
    "per cent": "91 per cent of ",
    "ranges": "between 450 and 700 and ",
    "open ranges": "from 5 to ",
    "multiples": "ten times as many as ",
    "fractions": "nine in 10 in ",
    "rates": "50 a day a week ",
    "months": "January February March ",
    "since": "since early since ",
    "since an event": "since the border reopened and nobody knew that the ",
    "years": "2017 2018 ",
    "days of months": "Aug. 7 to ",
    "periods that lean": "the month before the same period last year ",
    "past stretches": "in the past 15 months ",
    "people": "400 people crossed ",
    "a list": "315 in January, 678 in February, ",
    "one endless sentence": "the RCMP intercepted 5,712 people in August 2017 and ",
    "many sentences": "The RCMP intercepted 5,712 people in August 2017. ",
    "sentences in a quotation": "“Police stopped 12 people. That is 40 a day. ",
    "paragraphs": "Police stopped 12 people in Quebec, up from 9 the month before.\n\n",
    "sources": "Police stopped 12 people, the RCMP said, according to the agency. ",
    "brackets": "Quebec (12) (((",
    "places": "Quebec Manitoba Ontario and ",
    "colons": "2017: 12: ",
    "blanks": "12   \u00a0  ",
    "marks": ", ; : — – ( ) ",
    "apostrophes": "12's ",
    "letters of other scripts": "١٢٣ 五百 İ ",
}


def seconds(text: str) -> float:
    """The time of the fastest of some rounds, reading not counted."""
    best = float("inf")
    for _ in range(ROUNDS):
        article = Article("a", text)
        assert article.sentences is not None
        began = time.perf_counter()
        find_counts(article, load_codebook(), DAY)
        best = min(best, time.perf_counter() - began)
    return best


@pytest.mark.parametrize("name", PIECES)
def test_time_is_linear(name: str) -> None:
    text = "Asylum seekers crossed. " + PIECES[name] * (SIZE // len(PIECES[name]))
    longer = "Asylum seekers crossed. " + PIECES[name] * (TIMES * SIZE // len(PIECES[name]))
    assert any(seconds(longer) <= MOST * TIMES * max(seconds(text), 0.002) for _ in range(3)), name


def test_a_million_digits() -> None:
    text = "Asylum seekers crossed: " + "1234567890" * 100_000
    began = time.perf_counter()
    rows, skipped = find_counts(Article("a", text), load_codebook(), DAY)
    assert time.perf_counter() - began < 10
    assert not rows
    assert all(text[row.start : row.end] == row.text for row in skipped)


@pytest.mark.parametrize("piece", ["1", "1,", "1 ", "a hundred ", "in January ", "since "])
def test_scanning_a_million_characters(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    began = time.perf_counter()
    numbers_in(text, 0, 50_000)
    periods_in(text, 0, 50_000)
    assert time.perf_counter() - began < 20
