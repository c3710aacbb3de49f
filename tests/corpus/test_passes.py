"""The two passes over articles: the same bytes for any number of processes and from what was kept; only what changed is read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.made_articles import article, texts, write

from stcalib import Corpus, load_corpus
from stcalib.core.errors import StcalibError
from stcalib.core.packed import pack, unpack
from stcalib.core.rows import Count, Published
from stcalib.corpus import kept, passes, reading
from stcalib.corpus.kept import FILE, FOLDER, InMemory, OnDisk, clean, project_cache
from stcalib.corpus.passes import Task
from stcalib.corpus.reader import Found
from stcalib.corpus.tables import write_tables

NUMBER = 12
MANY = 60
"""So many articles are worth several processes."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("made") / "articles", NUMBER)


@pytest.fixture(scope="module")
def alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return digests(load_corpus(folder), tmp_path_factory.mktemp("alone"))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("many") / "articles", MANY)


@pytest.fixture(scope="module")
def many_alone(many: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return digests(load_corpus(many), tmp_path_factory.mktemp("many_alone"))


@pytest.fixture
def worked_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The ids of the articles that are read, one for each pass."""
    seen: list[str] = []
    real = reading.worked

    def watched(tasks: list[Task], *rest: object) -> object:
        seen.extend(task.source.article_id for task in tasks)
        return real(tasks, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "worked", watched)
    yield seen


def digests(corpus: Corpus, out: Path) -> dict[str, str]:
    """The digest of every file of the tables."""
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in write_tables(corpus.tables(), out)}


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_same_bytes_for_any_number_of_processes(many: Path, many_alone: dict[str, str], jobs: int, tmp_path: Path) -> None:
    assert MANY >= passes.WORTH_A_POOL
    corpus = load_corpus(many).read(jobs=jobs)
    assert len(corpus.dating) > 3 and len(corpus.counts) > MANY
    assert digests(corpus, tmp_path) == many_alone


@pytest.mark.slow
def test_the_same_bytes_where_processes_are_started_anew(
    many: Path, many_alone: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passes, "CAN_FORK", False)
    assert digests(load_corpus(many).read(jobs=2), tmp_path) == many_alone


def test_a_corpus_read_and_one_asked_article_by_article_are_one(folder: Path) -> None:
    asked, read = load_corpus(folder), load_corpus(folder).read()
    for article_id in reversed(list(asked)):
        assert asked.found(article_id) == read.found(article_id)
        assert asked.published(article_id) == read.published(article_id)


def test_what_was_read_is_kept(folder: Path, alone: dict[str, str], tmp_path: Path, worked_on: list[str]) -> None:
    cache = tmp_path / FOLDER
    assert digests(load_corpus(folder, cache=cache).read(), tmp_path / "first") == alone
    assert set(worked_on) == set(load_corpus(folder))
    worked_on.clear()
    again = load_corpus(folder, cache=cache).read()
    assert worked_on == []
    assert digests(again, tmp_path / "again") == alone
    assert not again.notice


def test_another_codebook_reads_again(folder: Path, tmp_path: Path, worked_on: list[str]) -> None:
    load_corpus(folder, cache=tmp_path / FOLDER).read()
    worked_on.clear()
    load_corpus(folder, codebook="carbon_price", cache=tmp_path / FOLDER).read()
    assert set(worked_on) == set(load_corpus(folder))
    worked_on.clear()
    load_corpus(folder, cache=tmp_path / FOLDER).read()
    assert worked_on == []


QUOTE = "“We looked at the bridge from every side and found nothing that would hold a truck,”"
BODY = "The council met to hear why the bridge is closed, and nobody spoke for the ministry."


def test_one_changed_article_rebuilds_itself_and_those_whose_interval_moved(tmp_path: Path, worked_on: list[str]) -> None:
    told = {
        "dated": f"May 3, 2018\n\n{BODY}\n\n{QUOTE} Jane Roe said Tuesday.\n\n{BODY}",
        "moved": f"{QUOTE} Jane Roe said on Tuesday.\n\n{BODY}",
        "apart": f"June 4, 2019\n\n{BODY} It rained.\n\n{BODY}",
        "open": f"Nobody came to the station. {BODY}",
    }
    folder, cache = tmp_path / "articles", tmp_path / FOLDER
    folder.mkdir()
    for name, text in told.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    load_corpus(folder, cache=cache).read()
    worked_on.clear()
    (folder / "dated.txt").write_text(told["dated"].replace("May 3", "May 10"), encoding="utf-8")
    changed = load_corpus(folder, cache=cache).read()
    assert worked_on == ["dated", "moved"]
    assert str(changed.published("moved").earliest) == "2018-05-08"
    for article_id in changed:
        assert changed.found(article_id) == load_corpus(folder).found(article_id)


@pytest.mark.parametrize("content", [b"no base at all", b"SQLite format 3\x00" + b"\xff" * 4000, b""], ids=["foreign", "torn", "empty"])
def test_a_damaged_file_is_made_anew_and_told(folder: Path, alone: dict[str, str], tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / FOLDER
    load_corpus(folder, cache=cache).read()
    (cache / FILE).write_bytes(content)
    corpus = load_corpus(folder, cache=cache).read()
    assert digests(corpus, tmp_path / "out") == alone
    assert "made anew" in corpus.notice or not content
    assert not load_corpus(folder, cache=cache).read().notice


def test_a_damaged_piece_is_not_taken(folder: Path, alone: dict[str, str], tmp_path: Path) -> None:
    cache = tmp_path / FOLDER
    load_corpus(folder, cache=cache).read()
    with sqlite3.connect(cache / FILE) as base:
        base.execute("UPDATE kept SET piece = ?", (pack("no such thing"),))
    corpus = load_corpus(folder, cache=cache).read()
    assert digests(corpus, tmp_path / "out") == alone
    assert "damaged" in corpus.notice


def test_a_folder_that_cannot_be_written_costs_the_keeping_alone(folder: Path, alone: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert digests(load_corpus(folder, cache=tmp_path / "file" / FOLDER).read(), tmp_path / "out") == alone


def test_states_that_are_used_no_longer_are_forgotten(tmp_path: Path) -> None:
    for state in range(kept.STATES_KEPT + 2):
        base = OnDisk(tmp_path, str(state))
        base.put(f"{state}", b"piece")
        base.flush()
    assert [OnDisk(tmp_path, "last").get(str(state)) for state in range(6)] == [None, None, None, b"piece", b"piece", b"piece"]


def test_a_project_has_a_place_and_any_other_folder_none(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    assert project_cache(tmp_path / "articles") is None
    (tmp_path / "notebooks").mkdir()
    assert project_cache(tmp_path / "articles") == tmp_path / FOLDER
    assert clean(tmp_path / "articles") is None
    OnDisk(tmp_path / FOLDER, "state").flush()
    assert clean(tmp_path / "articles") == tmp_path / FOLDER
    assert not (tmp_path / FOLDER).exists()


def test_an_article_is_dropped_when_it_is_read(folder: Path) -> None:
    corpus = load_corpus(folder).read()
    assert all(source.text is None for source in corpus._articles.by_id.values())
    assert len(corpus._articles._at_hand) < NUMBER


def test_a_file_that_changes_while_articles_are_read_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "articles", 3)
    corpus = load_corpus(folder)
    (folder / "made_000001.txt").write_text("Other words.", encoding="utf-8")
    with pytest.raises(StcalibError, match="was changed while the articles were read"):
        corpus.read()


def test_an_article_whose_day_is_printed_needs_no_other(folder: Path) -> None:
    corpus = load_corpus(folder)
    dated = next(key for key, text in texts(NUMBER) if "2017\n" in text or "2018\n" in text)
    corpus.found(dated)
    assert set(corpus._reading._first) == {dated}


def test_the_made_articles_are_those_of_any_larger_corpus() -> None:
    assert list(texts(5)) == list(texts(9))[:5]
    assert article(3) != article(4)


# ---- packing
def test_rows_come_back_as_they_went(folder: Path) -> None:
    for article_id in load_corpus(folder):
        found = load_corpus(folder).found(article_id)
        assert unpack(Found, pack(found)) == found
        break


@given(st.binary(max_size=60))
def test_bytes_that_are_no_value_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(Published, data)


@pytest.mark.parametrize("value", [["x"], 5, None, {"a": 1}, [1, 2, 3, 4]])
def test_values_of_another_shape_are_refused(value: object) -> None:
    with pytest.raises(ValueError):
        unpack(Count, pack(value))


def test_memory_keeps_within_a_process() -> None:
    memory = InMemory()
    memory.put("a", b"1")
    assert (memory.get("a"), memory.get("b")) == (b"1", None)
