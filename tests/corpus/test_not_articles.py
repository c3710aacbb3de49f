"""Texts in the folder that are no articles yet are told, and a data frame is a corpus too."""

from __future__ import annotations

import shlex
from pathlib import Path

import pandas as pd
import pytest
from support import export_layouts as layouts
from support.ingest_stories import ENGLISH, FRENCH, page, plain_text

from stcalib import Corpus, load_corpus
from stcalib.core.errors import StcalibError

GOOD = plain_text(ENGLISH[0])
NOT_YET = {
    "nexis": (layouts.nexis_txt(ENGLISH), "an export of 4 stories (Nexis)"),
    "factiva": (layouts.factiva_txt(ENGLISH), "an export of 4 stories (Factiva)"),
    "proquest": (layouts.proquest_txt(ENGLISH), "an export of 4 stories (ProQuest)"),
    "page": (page(ENGLISH[0]), "a web page"),
    "json": ('[{"title": "x", "text": "y"}]', "JSON"),
    "rtf": ("{\\rtf1 Lake}", "an RTF file"),
    "french": ("\n\n".join(FRENCH[0]["paragraphs"] * 2), "French"),
}


@pytest.mark.parametrize("name", NOT_YET)
def test_a_text_that_is_no_article_yet_is_told(name: str, tmp_path: Path) -> None:
    text, what = NOT_YET[name]
    (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    problems = load_corpus(tmp_path).problems
    assert list(problems["file"]) == [f"{name}.txt"]
    assert what in problems["problem"][0]
    assert "stca import" in problems["advice"][0] or name == "french"


@pytest.mark.parametrize("name", ["page.txt", "a page.txt", "x; touch hit.txt", "$(touch hit).txt", "`touch hit`.txt", "it's & hit.txt", "a > hit.txt", "ü\nb.txt"])
def test_the_command_that_is_told_names_one_file_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(page(ENGLISH[0]), encoding="utf-8")
    (advice,) = load_corpus(tmp_path).problems["advice"]
    assert shlex.split(advice.partition(": ")[2]) == ["stca", "import", name]


def test_a_frame_is_a_corpus() -> None:
    rows = [
        {"headline": s["title"], "body": "\n\n".join(s["paragraphs"]), "date": pd.Timestamp(s["published"]), "paper": s["outlet"], "who": s["author"]}
        for s in ENGLISH
    ]
    frame = pd.DataFrame([*rows, {"headline": "Empty", "body": None, "date": pd.NaT, "paper": None, "who": None}])
    corpus = Corpus.from_frame(frame, author="who")
    assert list(corpus.articles["title"]) == [s["title"] for s in ENGLISH]
    assert list(corpus.articles["outlet"]) == [s["outlet"] for s in ENGLISH]
    assert list(corpus.articles["byline"].fillna("")) == [s["author"] for s in ENGLISH]
    assert [day.date() for day in corpus.articles["published_earliest"]] == [s["published"] for s in ENGLISH]
    assert [corpus[name].text for name in corpus] == [row["body"] for row in rows]
    assert list(corpus.problems["file"]) == ["row-00005"]


def test_a_frame_without_texts_says_what_to_do() -> None:
    with pytest.raises(StcalibError, match=r"from_frame\(frame, text=COLUMN\)"):
        Corpus.from_frame(pd.DataFrame({"headline": ["x"]}))
    with pytest.raises(StcalibError, match="no such column"):
        Corpus.from_frame(pd.DataFrame({"body": ["x"]}), text="Body")
