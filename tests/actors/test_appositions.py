"""What stands behind a name: the role, the party, and first names that are months."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from stcalib import Corpus
from stcalib.periods.find import periods_in

DATA = tomllib.loads((Path(__file__).parent / "appositions.toml").read_text(encoding="utf-8"))
OPENING = "Ottawa talks of asylum seekers and of the Safe Third Country Agreement at Roxham Road.\n\n"


@pytest.mark.parametrize(("sentence", "actor", "party", "role"), DATA["rows"])
def test_role_and_party_behind_a_name(sentence: str, actor: str, party: str, role: str) -> None:
    quotes = Corpus.from_texts({"a": OPENING + sentence}).quotes
    (row,) = quotes.itertuples()
    assert (row.actor, "" if row.party is None or row.party != row.party else row.party) == (actor, party)
    assert ("" if row.role is None or row.role != row.role else row.role) == role
    if role:
        assert (OPENING + sentence)[row.role_start : row.role_end] == role


@pytest.mark.parametrize(("sentence", "speaker", "time"), DATA["months"])
def test_a_first_name_that_is_a_month(sentence: str, speaker: str, time: str) -> None:
    (row,) = Corpus.from_texts({"a": OPENING + sentence}).quotes.itertuples()
    assert row.speaker == speaker
    assert [sentence[found.start : found.end] for found in periods_in(sentence)] == ([time] if time else [])
