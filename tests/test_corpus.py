"""Corpora: folders good and bad."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stcalib
from stcalib import Corpus, StcalibError

SEEDS = Path(__file__).parent.parent / "seeds"
GOOD = "The minister said the bridge is closed.\n\n“It is,” he said."
BAD_FILES = [
    ("empty.txt", b"", "empty"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
    ("broken.txt", b"text \x81\x8d more", "neither UTF-8"),
    ("huge.txt", b"x" * (20 * 1024 * 1024), "bytes long"),
    ("notes.docx", b"PK\x03\x04", "not a .txt file"),
    ("same.txt", GOOD.encode(), "the same text as good"),
]


def folder_with(tmp_path: Path, **files: bytes) -> Path:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize(("name", "content", "problem"), BAD_FILES, ids=[row[0] for row in BAD_FILES])
def test_a_bad_file_does_not_lose_the_good_ones(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    corpus = stcalib.load_corpus(folder_with(tmp_path, **{"good.txt": GOOD.encode(), name: content}))
    assert list(corpus) == ["good"] and len(corpus.quotes) == 2
    (row,) = corpus.problems.itertuples()
    assert row.file == name and problem in row.problem and row.advice


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder / "nowhere", "does not exist"),
        (lambda folder: folder_with(folder, file=b"x") / "file", "is a file"),
        (lambda folder: folder, "no article"),
        (lambda folder: folder_with(folder, **{"a.txt": b""}), "a.txt: empty"),
    ],
    ids=["missing", "a file", "empty folder", "only bad files"],
)
def test_no_article_at_all(tmp_path: Path, make: object, said: str) -> None:
    with pytest.raises(StcalibError, match=said):
        stcalib.load_corpus(make(tmp_path))  # type: ignore[operator]


SIDECARS = [
    ('[good]\noutlet = "The Courier"\npublished = 2018-05-01\n', "", ("The Courier", "2018-05-01")),
    ('["good.txt"]\noutlet = "The Courier"\n', "", ("The Courier", "")),
    ("[good\noutlet = 1", "not valid TOML", ("", "")),
    ("[good]\noutlett = 'x'\n", "outlett", ("", "")),
    ("[good]\npublished = 'soon'\n", "published", ("", "")),
    ("[other]\noutlet = 'x'\n", "no article of that name", ("", "")),
]


@pytest.mark.parametrize(("toml", "problem", "told"), SIDECARS, ids=[row[0][:30] for row in SIDECARS])
def test_sidecar(tmp_path: Path, toml: str, problem: str, told: tuple[str, str]) -> None:
    corpus = stcalib.load_corpus(folder_with(tmp_path, **{"good.txt": GOOD.encode(), "articles.toml": toml.encode()}))
    (article,) = corpus.articles.itertuples()
    shown = ["" if pd.isna(value) else str(value)[:10] for value in (article.outlet, article.published_earliest)]
    assert shown == [told[0][:10], told[1]]
    problems = list(corpus.problems["problem"])
    assert (problem in problems[0]) if problem else not problems


def test_rows_show_their_evidence() -> None:
    corpus = stcalib.load_corpus(SEEDS)
    for name, frame in corpus.tables().items():
        if "text" not in frame:
            continue
        for row in frame.itertuples():
            assert corpus[row.article_id].text[row.start : row.end] == row.text, name


def test_unknown_article_and_codebook() -> None:
    corpus = Corpus.from_texts({"a": GOOD})
    with pytest.raises(StcalibError, match="There are: a"):
        corpus["b"]
    with pytest.raises(StcalibError, match="no such codebook"):
        Corpus.from_texts({"a": GOOD}, codebook="nosuch")
    with pytest.raises(StcalibError, match="YYYY-MM-DD"):
        Corpus.from_texts({"a": GOOD}, published={"a": "May 1"})


def test_order_of_files_does_not_matter(tmp_path: Path) -> None:
    for file in sorted(SEEDS.iterdir(), reverse=True):
        shutil.copy(file, tmp_path / file.name)
    one, two = stcalib.load_corpus(SEEDS), stcalib.load_corpus(tmp_path)
    for name, frame in one.tables().items():
        assert frame.equals(two.tables()[name]), name


PIECES = ["“", "”", '"', "'", "‘", "’", " said", " he ", "She told ", "Jane Roe", ", ", ". ", "\n\n", "according to ", "that ", "the union", " 20,000 ", "May 1, 2018", "<p>", "&amp;", "—", "(", ")", "\x00", "\ue000"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60).map("".join))
def test_no_text_breaks_the_reading(text: str) -> None:
    corpus = Corpus.from_texts({"x": text}, published={"x": "2018-05-01"})
    again = Corpus.from_texts({"x": text}, published={"x": "2018-05-01"})
    for name, frame in corpus.tables().items():
        assert frame.equals(again.tables()[name])
        for row in frame.itertuples() if "text" in frame else ():
            assert text[row.start : row.end] == row.text
