"""Bylines to names, and outlets in one spelling."""

from __future__ import annotations

import pytest

from stcalib.ingest.names import author_names, known_outlet, outlet_name


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("Par Élise Gabarit, journaliste", "Élise Gabarit"),
        ("Von Jörn Beispiel", "Jörn Beispiel"),
        ("BY JANE ROE AND JOHN DOE", "JANE ROE, JOHN DOE"),
        ("Jane Roe, Staff Reporter; John Doe", "Jane Roe, John Doe"),
        ("Jane Roe, The Canadian Press", "Jane Roe"),
        ("Jane Roe Toronto Star", "Jane Roe"),
        ("John Doe The Globe and Mail", "John Doe"),
        ("Jane Roe, Examplebury Herald", "Jane Roe"),
        ("Jane Roe in Brussels", "Jane Roe"),
        ("The Canadian Press", "The Canadian Press"),
        ("Jane Roe (jane@example.com)", "Jane Roe"),
        ("Roe, Jane", "Jane Roe"),
        ("Roe, Jane Ada; Doe, John", "Jane Ada Roe, John Doe"),
        ("Jane Roe, John Doe", "Jane Roe, John Doe"),
        ("Jane Roe, The Lantern", "Jane Roe"),
        ("The Example Press", "The Example Press"),
        ("Reuters, Ottawa", "Reuters"),
        ("Anonymous", None),
        ("", None),
        (None, None),
    ],
)
def test_names_in_a_byline(byline: str | None, names: str | None) -> None:
    assert author_names(byline) == names


@pytest.mark.parametrize(
    ("author", "names"), [("Roe, Jane", "Jane Roe"), ("Roe, Jane; Doe, John", "Jane Roe, John Doe"), ("Roe, Jane, Jr", "Jane Jr Roe"), ("Roe", "Roe")]
)
def test_surnames_first(author: str, names: str) -> None:
    assert author_names(author, inverted=True) == names


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("The Toronto Star", "Toronto Star"),
        ("Toronto Star; Toronto, Ont.", "Toronto Star"),
        ("The Globe and Mail (Canada)", "The Globe and Mail"),
        ("The Globe\xa0and Mail", "The Globe and Mail"),
        ("www.theglobeandmail.com", "The Globe and Mail"),
        ("The Hamilton Sp ectator (Online)", "The Hamilton Spectator"),
        ("New York Times, Late Edition (East Coast); New York, N.Y.", "The New York Times"),
        ("Le Devoir, no. 4021", "Le Devoir"),
        ("The Examplebury Herald", "The Examplebury Herald"),
        ("The Sun (England)", "The Sun (England)"),
        ("None", None),
    ],
)
def test_one_spelling_an_outlet(printed: str, name: str | None) -> None:
    assert outlet_name(printed) == name


def test_a_name_that_the_table_lacks_is_not_known() -> None:
    assert known_outlet("The Examplebury Herald") is None
