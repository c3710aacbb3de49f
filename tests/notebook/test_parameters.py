"""Parameters of notebooks: read without running anything, checked with messages that help."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib.analysis.asked_period import Period, parse_period
from stcalib.core.errors import ParameterError
from stcalib.notebook.parameters import check_meanings, given_values, parse_parameters, read_parameters

CELL = """
folder = "../seeds"  # the articles
period: str | None = None  # when: "2018"
parties: list[str] = []  # codes
top = 15  # how many
share = 0.5
exact = True
years = [2017, 2018]
stance: Literal["support", "oppose"] = "support"
weights: dict[str, float] = {"a": 1.0}
"""
PARAMETERS = parse_parameters(CELL, "nb")


@pytest.mark.parametrize("annotation", ["str | None", "Optional[str]", '"Optional[str]"', "'str | None'"])
def test_a_type_may_stand_in_quotation_marks(annotation: str) -> None:
    assert [one.kind for one in parse_parameters(f"a: {annotation} = None", "nb")] == ["text or none"]


def test_names_defaults_and_comments_are_read() -> None:
    assert [(p.name, p.default, p.comment) for p in PARAMETERS[:4]] == [
        ("folder", "../seeds", "the articles"),
        ("period", None, 'when: "2018"'),
        ("parties", [], "codes"),
        ("top", 15, "how many"),
    ]
    assert {p.name: p.kind for p in PARAMETERS} == {
        "folder": "text",
        "period": "text or none",
        "parties": "a list of texts",
        "top": "a whole number",
        "share": "a number",
        "exact": "true or false",
        "years": "a list of whole numbers",
        "stance": "one of 'support', 'oppose'",
        "weights": str(dict[str, float]),
    }


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("folder", "news", "news"),
        ("folder", "5", "5"),
        ("period", "2018", "2018"),
        ("period", "none", None),
        ("period", "", None),
        ("period", None, None),
        ("parties", "LPC", ["LPC"]),
        ("parties", "LPC, CPC", ["LPC", "CPC"]),
        ("parties", "['LPC', 'CPC']", ["LPC", "CPC"]),
        ("parties", "[LPC, CPC]", ["LPC", "CPC"]),
        ("parties", "[The Post, The Star]", ["The Post", "The Star"]),
        ("parties", "", []),
        ("parties", "none", []),
        ("parties", ["NDP"], ["NDP"]),
        ("top", "7", 7),
        ("top", 7, 7),
        ("share", "0.25", 0.25),
        ("share", 1, 1.0),
        ("exact", "false", False),
        ("exact", False, False),
        ("years", "2019,2020", [2019, 2020]),
        ("stance", "oppose", "oppose"),
        ("weights", "{'b': 2.0}", {"b": 2.0}),
    ],
)
def test_given_values_become_the_type_wanted(name: str, value: object, expected: Any) -> None:
    result = given_values(PARAMETERS, {name: value}, "nb")[name]
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("top", "banana", r"nb: top = 'banana': must be a whole number \(how many\)"),
        ("top", "5.5", "must be a whole number"),
        ("top", 5.5, "must be a whole number"),
        ("top", True, "must be a whole number"),
        ("top", None, "must be a whole number"),
        ("parties", 5, "must be a list of texts"),
        ("parties", "[1, 2", "must be a list of texts"),
        ("parties", "[The Post, The Star", "must be a list of texts"),
        ("parties", [1], "must be a list of texts"),
        ("years", "2017,soon", "must be a list of whole numbers"),
        ("exact", "perhaps", "must be true or false"),
        ("stance", "neutral", "must be one of 'support', 'oppose'"),
        ("folder", 5, "must be text"),
        ("folder", date(2018, 1, 1), "must be text"),
        ("tpo", 5, r"no parameter 'tpo'\. Did you mean top\? It has folder, period"),
        ("zzz", 5, r"no parameter 'zzz'\. It has folder"),
    ],
)
def test_unknown_and_ill_typed_values_are_refused(name: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        given_values(PARAMETERS, {name: value}, "nb")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("n = len([])", "line 1 of the parameters cell: only NAME = literal"),
        ("a = 1\nimport os", "line 2 of the parameters cell"),
        ("a = b = 1", "line 1"),
        ("a, b = 1, 2", "line 1"),
        ("a: int", "line 1"),
        ("x.y = 1", "line 1"),
        ("a = [", "line 1 of the parameters cell is not Python"),
        ("a: 'date' = None", "'date' is no type for a parameter"),
        ("a: 'list[' = None", r"'list\['  ?is no type for a parameter"),
        ("a: date = None", "'date' is no type for a parameter"),
        ("a: __import__('os').system('x') = 1", "is no type for a parameter"),
    ],
)
def test_a_bad_cell_is_refused(source: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        parse_parameters(source, "nb")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([], "no cell tagged 'parameters'"),
        ([["parameters"], ["parameters"]], "2 cells tagged 'parameters'"),
    ],
)
def test_exactly_one_cell_is_tagged(tmp_path: Path, cells: list[list[str]], message: str) -> None:
    path = tmp_path / "nb.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": "a = 1", "metadata": {"tags": tags}} for tags in cells]}))
    with pytest.raises(ParameterError, match=message):
        read_parameters(path)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '"text"'])
def test_a_file_that_is_no_notebook_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "nb.ipynb"
    path.write_text(content)
    with pytest.raises(ParameterError, match=r"nb\.ipynb: not a notebook"):
        read_parameters(path)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (None, None, None),
        ("", None, None),
        ("2018", "2018-01-01", "2018-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2018-12", "2018-12-01", "2018-12-31"),
        ("2018-05-01", "2018-05-01", "2018-05-01"),
        ("2018-01..2018-06", "2018-01-01", "2018-06-30"),
        ("2018..", "2018-01-01", None),
        ("..2018-05-01", None, "2018-05-01"),
        (" 2017 .. 2018 ", "2017-01-01", "2018-12-31"),
        ("..", None, None),
    ],
)
def test_periods(text: str | None, first: str | None, last: str | None) -> None:
    assert parse_period(text) == Period(first and date.fromisoformat(first), last and date.fromisoformat(last))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["May 2018", "18", "2018-13", "2018-02-30", "2018/05", "2018-5", "2018..2017", "2018...2019", "20180501", "last year"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match=r"write a period|ends before it begins"):
        parse_period(text)


@given(st.text())
def test_no_text_breaks_the_reading_of_a_period(text: str) -> None:
    try:
        period = parse_period(text)
    except ParameterError:
        return
    assert period.first is None or period.last is None or period.first <= period.last


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"folder": "nowhere"}, "nb: folder = 'nowhere': there is no such folder"),
        ({"folder": "empty"}, "holds no article"),
        ({"folder": "full", "article_id": "storey"}, r"no such article\. Did you mean story\? Allowed: story"),
        ({"period": "May"}, "period = 'May': write a period as \"2018\""),
        ({"place": "Quebec"}, "place = 'Quebec': is not in the codebook. Did you mean CA-QC\\? Allowed: CA, CA-QC"),
        ({"top": 0}, "must be 1 or more"),
        ({"corrections": "ledger.csv"}, "there is no such file"),
        ({"out": "full/story.txt"}, "is a file"),
    ],
)
def test_names_mean_the_same_everywhere(tmp_path: Path, values: dict[str, Any], message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "story.txt").write_text("Text.")
    with pytest.raises(ParameterError, match=message):
        check_meanings(values, tmp_path, "nb")


def test_good_values_pass(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("Text.")
    check_meanings({"folder": ".", "article_id": "story", "period": "2018", "top": 3, "out": "new", "corrections": None}, tmp_path, "nb")
