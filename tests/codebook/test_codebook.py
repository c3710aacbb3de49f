"""Codebooks as files: read anew where they change, named in errors."""

from __future__ import annotations

import os

import pytest

from stcalib.codebook.codebook import EMPTY, load_codebook
from stcalib.core.errors import LexiconError

PLACE = '[[place]]\ncode = "CA"\nwords = ["Canada"]\n'
PARTY = '[[party]]\ncode = "AAA"\nname = "{name}"\ncolour = "#112233"\njurisdiction = "CA"\n'


def written(folder, name):
    folder.mkdir(exist_ok=True)
    file = folder / "actors.toml"
    file.write_text('home = "CA"\nsource = "written for this test"\n' + PLACE + PARTY.format(name=name), encoding="utf-8")
    os.utime(file, ns=(len(name), len(name)))
    return folder


def test_a_codebook_is_read_once_and_anew_when_its_file_changes(tmp_path):
    folder = written(tmp_path / "mine", "First Party")
    first = load_codebook(folder)
    assert load_codebook(folder) is first
    second = load_codebook(written(folder, "Second, longer Party"))
    assert [party.name for party in second.actors.party] == ["Second, longer Party"]


def test_the_shipped_codebook_is_one_object_however_it_is_asked_for():
    assert load_codebook() is load_codebook("stca")


@pytest.mark.parametrize("name", ["no-such-codebook", "stca.toml"])
def test_an_unknown_codebook_names_those_that_there_are(name):
    with pytest.raises(LexiconError, match="stca"):
        load_codebook(name)


def test_an_empty_folder_is_no_codebook(tmp_path):
    with pytest.raises(LexiconError, match=r"actors\.toml"):
        load_codebook(tmp_path)


def test_the_empty_codebook_knows_nobody():
    assert not EMPTY.actors.person and not EMPTY.actors.party and not EMPTY.propositions.proposition
