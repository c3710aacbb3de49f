"""Folders of articles: what is read, under which id, and that one article never costs another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stcalib import Corpus, load_corpus
from stcalib.core.table_spec import ROW_TYPES
from stcalib.corpus import reader
from stcalib.corpus.folder import article_ids
from stcalib.corpus.notices import notices
from stcalib.corpus.tables import check, read_tables, write_tables

GOOD = "Claims for asylum fell.\n\n“It is closed,” the minister said of number {}.\n"


def lay(folder: Path, *names: str) -> Path:
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(GOOD.format(number), encoding="utf-8")
    return folder


def test_ids_are_paths_and_no_two_are_alike(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt", "d.TXT", "d.txt", "2018/a.txt", "2018/may/b.txt", ".git/c.txt", "README.txt", "2018/README.md")
    corpus = load_corpus(tmp_path)
    assert list(corpus) == ["2018/a", "2018/may/b", "a", "d", "d.txt"]
    assert dict(zip(corpus, corpus.articles["file"], strict=True)) == article_ids(tmp_path) == {
        "2018/a": "2018/a.txt", "2018/may/b": "2018/may/b.txt", "a": "a.txt", "d": "d.TXT", "d.txt": "d.txt",
    }  # fmt: skip
    assert corpus.problems.empty
    assert corpus.passed_over == (".git", "2018/README.md", "README.txt")
    assert notices(corpus) == ["Passed over beside the articles: .git, 2018/README.md, README.txt."]


def test_the_sidecar_tells_of_folders_below(tmp_path: Path) -> None:
    lay(tmp_path, "2018/a.txt", "d.TXT", "d.txt")
    (tmp_path / "articles.toml").write_text('["2018/a"]\noutlet = "One"\n["d.txt"]\noutlet = "Two"\n', encoding="utf-8")
    outlets = load_corpus(tmp_path).articles.set_index("article_id")["outlet"]
    assert outlets.fillna("").to_dict() == {"2018/a": "One", "d": "", "d.txt": "Two"}


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX systems alone")
def test_a_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(GOOD, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert list(corpus) == ["café"]
    write_tables(corpus.tables(), tmp_path / "tables")
    assert list(read_tables(tmp_path / "tables")["articles"]["file"]) == ["café.txt"]


def test_a_fault_at_one_article_is_told_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails_on_one(article, *rest):
        if article.article_id == "b":
            raise IndexError("list index out of range")
        return found(article, *rest)

    found = reader.find_quotes
    monkeypatch.setattr(reader, "find_quotes", fails_on_one)
    corpus = load_corpus(lay(tmp_path, "a.txt", "b.txt", "c.txt"))
    assert sorted(set(corpus.quotes["article_id"])) == ["a", "c"]
    (problem,) = corpus.problems.itertuples()
    assert problem.file == "b.txt"
    assert problem.problem.startswith("a fault of the program while reading its quotes: IndexError (test_folders.py, line ")


def test_half_a_character_is_told_and_the_rest_of_its_text_is_read() -> None:
    corpus = Corpus.from_texts({"a": GOOD, "b": "The \ud800 border is “full,” the minister said."})
    assert list(corpus) == ["a", "b"]
    assert list(corpus.problems["problem"]) == ["its text holds half a character (a lone surrogate) at 4"]
    assert corpus["b"].text[4] == "\ufffd"
    assert "“full,”" in corpus.quotes.query("article_id == 'b'")["text"].item()


def test_an_agency_of_photographs_beside_a_day_is_no_outlet() -> None:
    lines = "Claims for asylum fell\n\n{} | 2018-10-01\n\nPolice stopped 39,171 people at the border, the minister said."
    corpus = Corpus.from_texts({name: lines.format(name) for name in ("PA", "CBC News")})
    assert corpus.articles.set_index("article_id")["outlet"].fillna("").to_dict() == {"PA": "", "CBC News": "CBC News"}


def test_half_a_character_in_an_id_costs_its_article_alone() -> None:
    corpus = Corpus.from_texts({"a": GOOD, "b\ud800": "The minister said so."})
    assert list(corpus) == ["a"]
    assert list(corpus.problems["problem"]) == ["its id holds half a character (a lone surrogate) at 1"]


FAULTS_OF_OLD = [
    "Claims for asylum fell, the minister said.\npa | 2018-10-01 | 2018-10-31 |\nPolice stopped 39,171 people at the border.",
    "Claims for asylum fell. Many Canadians agree",
    "Canada should suspend the safe third country agreement on asylum, the critic said. Her party disagrees",
    "Title of it\n\nBy Ann Bell, The Canadian  Press\n\nClaims for asylum fell.",
    "Title of it\n\nOTTAWA (The  Canadian Press) - Claims for asylum fell.",
    "The peace was signed on Oct. 24, 1648, and claims for asylum fell.",
    "In the past 400 years 500 asylum seekers crossed the border.",
    "Title\n\n12/31/9999\n\nLast month 500 asylum seekers crossed the border.",
    "Title\n\n0001-01-01\n\nIn the past 10 years 500 asylum seekers crossed the border.",
    "Nearly 5 asylum seekers crossed the border in 2017. Almost 82 refugees did. Nearly 1 refugee crossed the border.",
    "Over the first ² months of 2018, 30 asylum seekers crossed the border.",
    "In the first 0 months of 2018, 30 asylum seekers crossed the border; more than 120 per cent of claimants were families.",
    "Police  stopped  30  asylum  seekers  on  Christmas  Eve  and  12  on  New  Year's  Day.",
]


@pytest.mark.parametrize("day", [None, "0001-01-01", "2018-05-01", "9999-12-31"])
@pytest.mark.parametrize("text", FAULTS_OF_OLD, ids=[text[:40] for text in FAULTS_OF_OLD])
def test_no_text_and_no_day_is_a_fault(text: str, day: str | None, tmp_path: Path) -> None:
    corpus = Corpus.from_texts({"x": text}, {"x": day} if day else {})
    tables = corpus.tables()
    assert not [line for line in tables["problems"]["problem"] if "fault" in line]
    for name, frame in tables.items():
        check(frame, ROW_TYPES[name], name)
    write_tables(tables, tmp_path)
    for name, frame in read_tables(tmp_path).items():
        assert frame.equals(tables[name])
