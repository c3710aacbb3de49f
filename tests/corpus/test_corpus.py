"""Corpora: folders good and bad."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.disguises import CLEAN, DISGUISES, STRAIGHT
from support.examples import number_of_examples
from support.paths import SEEDS

import stcalib
from stcalib import Corpus, StcalibError
from stcalib.text.reading_copy import reading_of

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


def test_rows_show_their_evidence(seeds: Corpus) -> None:
    for name, frame in seeds.tables().items():
        if "text" not in frame:
            continue
        for row in frame.itertuples():
            assert seeds[row.article_id].text[row.start : row.end] == row.text, name


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


# ---- the same words in other shapes
@cache
def clean_rows() -> dict[str, list[dict[str, object]]]:
    return plain_rows(Corpus.from_texts({"page": CLEAN}))


def plain_rows(corpus: Corpus) -> dict[str, list[dict[str, object]]]:
    """The rows without what the shape of the file makes of them: offsets, ids, and how their texts are printed."""
    rows = {}
    for name, frame in corpus.tables().items():
        kept = [key for key in frame.columns if not is_of_shape(key, frame)]
        rows[name] = [{key: plain_value(row[key]) for key in kept} for row in frame.to_dict("records")]
    return rows


def is_of_shape(key: str, frame: pd.DataFrame) -> bool:
    is_day = pd.api.types.is_datetime64_any_dtype(frame[key])
    return key in ("n_chars", "sha256", "encoding", "file", "start", "end") or (key.endswith(("_id", "_ids", "_start", "_end")) and not is_day)


def plain_value(value: object) -> object:
    if isinstance(value, str):
        return " ".join(reading_of(value).text.translate(STRAIGHT).split())
    return None if pd.isna(value) else value


def test_the_clean_article_has_rows_of_every_kind() -> None:
    assert all(clean_rows()[name] for name in ("articles", "counts", "derived", "quotes", "positions", "skipped"))


@pytest.mark.parametrize("shape", DISGUISES)
def test_a_file_of_another_shape_gives_the_same_rows(tmp_path: Path, shape: str) -> None:
    raw = DISGUISES[shape](CLEAN)
    corpus = stcalib.load_corpus(folder_with(tmp_path, **{"page.txt": raw}))
    article = corpus["page"]
    assert raw != CLEAN.encode()
    assert article.text == raw.decode(article.encoding)
    for name, frame in corpus.tables().items():
        for row in frame.itertuples() if "text" in frame else ():
            assert article.text[row.start : row.end] == row.text, name
    rows = plain_rows(corpus)
    for name, expected in clean_rows().items():
        assert rows[name] == expected, name


# ---- any text
PIECES = (
    "“|”|\"|'|‘|’|«|»|—|–| - |(|)|, |. |? |! |: |; |\n|\n\n|\r\n|\r|\t|\xa0|\u2028|\u2029|\x85|\x0c|\x00|\x1b[31m|\ufeff|\u200b|\u00ad"
    "|e\u0301|\u202e|\ue000|\U0001f600|<p>|</p>|<br/>|<a href='|<script>|</script>|<!--|-->|&amp;|&nbsp;|&#8220;|&#x|&|<|>"
    "| said| he | she |She told |Jane Roe|Harold Pym|Conservative MP |the union|according to |that | who | because | added|, says |asked whether "
    "| called | urged | denied |the minister|the government|Ottawa|RCMP| the Safe Third Country Agreement| should | not | suspend | loophole"
    "| support| oppose|will not say whether | United States is | no longer safe|20,000|1 200|one|half of |two-thirds| per cent| a day|more than "
    "|between |from | and | to |up |down | fewer | people| claims| crossed| intercepted|in |since |so far this year|last month|May |Jan. 1|2017"
    "|2016-17|0|9999|١٢|½|Tuesday|winter|today|the first three months of |By |READ MORE: |(Reuters) - |Posted |©|http://a.b|/|#|*|\\\\|%|$1"
).split("|")


@number_of_examples(100)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=80).map("".join))
def test_no_text_breaks_the_reading(text: str) -> None:
    corpus = Corpus.from_texts({"x": text}, published={"x": "2018-05-01"})
    again = Corpus.from_texts({"x": text}, published={"x": "2018-05-01"})
    for name, frame in corpus.tables().items():
        pd.testing.assert_frame_equal(frame, again.tables()[name])
        for row in frame.itertuples() if "text" in frame else ():
            assert row.text == text[row.start : row.end] != ""


@pytest.mark.slow
@number_of_examples(40)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), min_size=2, max_size=4), st.booleans())
def test_no_corpus_breaks_the_reading(texts: list[str], dated: bool) -> None:
    """Several articles without days: the steps across articles work on any of them, in any order."""
    named = {str(place): text for place, text in enumerate(texts)}
    published = {"0": "2018-05-01"} if dated else {}
    corpus = Corpus.from_texts(named, published=published)
    turned = Corpus.from_texts(dict(reversed(named.items())), published=published)
    for name, frame in corpus.tables().items():
        pd.testing.assert_frame_equal(frame, turned.tables()[name])
        for row in frame.itertuples() if "text" in frame else ():
            assert named[row.article_id][row.start : row.end] == row.text
