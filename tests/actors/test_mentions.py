"""Names of the registry in running text."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib.actors.registry import Known, registry_of
from stcalib.codebook.codebook import EMPTY, load_codebook
from stcalib.core.rows import Published

ROWS = tomllib.loads((Path(__file__).parent / "mentions.toml").read_text(encoding="utf-8"))["rows"]
MAY_2018 = Published(date(2018, 5, 1), date(2018, 5, 1))
PIECES = "the Canada Liberal Liberals Conservative government NDP Ahmed Hussen Mr. Ontario British of U.S. DHS “ ” ’s , . Bloc Québécois"
WORDS = st.sampled_from([*PIECES.split(), "\n", "  "])


@pytest.mark.parametrize(("text", "day", "place", "expected"), ROWS)
def test_names_in_a_text(text: str, day: str, place: str, expected: list[str]) -> None:
    when = Published(date.fromisoformat(day), date.fromisoformat(day))
    found = registry_of(load_codebook()).mentions(text, when, place or None)
    assert [f"{text[name.start : name.end]} = {name.known.name}" for name in found] == expected


def test_the_name_of_a_place_is_marked() -> None:
    found = registry_of(load_codebook()).mentions("In Canada the RCMP said so.", MAY_2018)
    assert [(name.known.name, name.place) for name in found] == [("Government of Canada", True), ("RCMP", False)]


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_any_text_gives_separate_spans_in_order(text: str) -> None:
    registry = registry_of(load_codebook())
    found = registry.mentions(text, MAY_2018)
    ends = [0, *(name.end for name in found)]
    assert all(end <= name.start < name.end <= len(text) for end, name in zip(ends, found, strict=False))
    assert found == registry.mentions(text, MAY_2018)
    assert registry_of(EMPTY).mentions(text, MAY_2018) == ()


@given(st.one_of(st.text(), st.lists(WORDS, max_size=12).map(" ".join)), st.sampled_from([None, "CA", "CA-QC", "US", "??"]))
def test_any_text_may_be_asked_for(text: str, place: str | None) -> None:
    registry, codes = registry_of(load_codebook()), {party.code for party in load_codebook().actors.party}
    for answer in (registry.named(text, MAY_2018, place), registry.holder(text, MAY_2018, place)):
        assert answer is None or (isinstance(answer, Known) and answer.party in {None, *codes})
    assert registry.party_word(text, place) in {None, *codes}
