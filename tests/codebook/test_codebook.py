"""Codebooks as files: read anew where they change, named in errors."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import stcalib
from stcalib.codebook.codebook import EMPTY, load_codebook
from stcalib.core.errors import LexiconError
from stcalib.counts.find import find_counts
from stcalib.text.article import Article

SHIPPED = Path(stcalib.__file__).parent / "data" / "codebooks" / "stca"
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


def test_counts_written_before_a_flag_was_known_are_read(tmp_path):
    """A project's own file that says of no exclusion whether it stays loads, and its measures count."""
    folder = tmp_path / "mine"
    shutil.copytree(SHIPPED, folder)
    counts = folder / "counts.toml"
    counts.write_text("".join(line for line in counts.read_text(encoding="utf-8").splitlines(True) if not line.startswith("stays")), encoding="utf-8")
    codebook = load_codebook(folder)
    assert codebook.counts.exclusion and not any(exclusion.stays for exclusion in codebook.counts.exclusion)
    article = Article("a", "OTTAWA — Police intercepted 315 asylum seekers at the border in January. Some 40 beds stood ready in a shelter.")
    assert [count.value for count in find_counts(article, codebook)[0]] == [315]
