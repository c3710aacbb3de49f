"""Rows to be read in a notebook: everything is text, and nothing missing is shown as a value."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.frames import counts, quotes

from stcalib.core.errors import ParameterError
from stcalib.display.row_listing import MOST_CHARACTERS, MOST_ROWS, PAGE, cell_text, listing


class _Reader(HTMLParser):
    """Collects tags and the text of cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells and self.tags[-1] == "td":
            self.cells[-1] += data


def _read(frame: pd.DataFrame) -> _Reader:
    reader = _Reader()
    reader.feed(listing(frame)._repr_html_())
    return reader


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        (pd.NA, ""),
        (20000.0, "20,000"),
        (1666.7, "1,666.7"),
        (0.1863, "0.1863"),
        (7, "7"),
        (True, "True"),
        (pd.Timestamp("2018-05-01"), "2018-05-01"),
        ("two\nlines", "two lines"),
        ("x" * 1000, "x" * (MOST_CHARACTERS - 1) + "…"),
    ],
)
def test_values_as_text(value: Any, text: str) -> None:
    assert cell_text(value) == text


@given(st.text(), st.text())
def test_a_cell_holds_its_text_and_nothing_else(name: str, text: str) -> None:
    reader = _read(pd.DataFrame({name: [text]}))
    assert set(reader.tags) == {"table", "thead", "tr", "th", "tbody", "td"}
    assert len(reader.cells) == 1


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a & b < c", '"quoted"', "$5 and $6"])
def test_text_of_articles_stays_text(text: str) -> None:
    reader = _read(pd.DataFrame({"text": [text]}))
    assert [cell.strip() for cell in reader.cells] == [text]
    assert not {"script", "img"} & set(reader.tags)


def test_columns_are_chosen_and_many_rows_cut() -> None:
    assert list(listing(quotes(), "actor", "text").frame.columns) == ["actor", "text"]
    assert repr(listing(quotes(), "actor")) == "[Table: 5 rows of actor]"
    assert "<p>None.</p>" in listing(counts().head(0))._repr_html_()
    long = pd.DataFrame({"n": range(1000, 1000 + MOST_ROWS + 12)})
    pages = [listing(long, page=page)._repr_html_() for page in range(1, listing(long).pages + 1)]
    assert f"… and {len(long) - PAGE} more rows" in pages[0]
    assert [sum(f">{n:,}<" in page or f">{n}<" in page for page in pages) for n in long["n"]] == [1] * len(long)
    with pytest.raises(ParameterError, match="There are 8"):
        listing(long, page=9)


def test_what_the_program_says_is_whole() -> None:
    words = "The number is held against the figure of its window. " * 20
    shown = listing(pd.DataFrame({"text": [words], "reasoning": [words]}))._repr_html_()
    assert shown.count(words.strip()) == 1 and "…" in shown
