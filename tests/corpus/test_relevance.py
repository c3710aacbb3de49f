"""Which articles are left out of figures, and that what tells of a corpus tells of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from stcalib import Corpus, load_corpus
from stcalib.codebook.codebook import EMPTY
from stcalib.corpus.notices import notices

ARTICLES = tomllib.loads((Path(__file__).parent / "relevance.toml").read_text(encoding="utf-8"))["article"]


@pytest.mark.parametrize("article", ARTICLES, ids=[article["name"] for article in ARTICLES])
def test_what_is_left_out(article: dict[str, str]) -> None:
    (row,) = Corpus.from_texts({"x": article["text"]}).articles.fillna("").itertuples()
    assert row.left_out == article.get("left_out", "")
    assert bool(row.left_out_reason) == bool(row.left_out)


@pytest.mark.parametrize("article", ARTICLES, ids=[article["name"] for article in ARTICLES])
def test_a_codebook_without_country_and_topic_leaves_out_other_languages_alone(article: dict[str, str]) -> None:
    (row,) = Corpus.from_texts({"x": article["text"]}, codebook=EMPTY).articles.fillna("").itertuples()
    assert (row.left_out == "other language") == (article.get("left_out") == "other language")


def test_another_country_s_parties_are_not_the_codebook_s() -> None:
    text = next(article["text"] for article in ARTICLES if "Conservatives" in article["name"])
    corpus = Corpus.from_texts({"x": text + "\n\n“It will work,” said Tom Reed of the Conservatives."})
    assert len(corpus.quotes) and corpus.quotes["party"].isna().all()
    assert corpus.counts.empty and corpus.positions.empty


def test_the_user_overrules(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLES[0]["text"], encoding="utf-8")
    (tmp_path / "articles.toml").write_text("[a]\nkeep = true\n", encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert corpus.articles["left_out"].isna().all() and notices(corpus) == []


def test_notices_name_them() -> None:
    corpus = Corpus.from_texts({article["name"]: article["text"] for article in ARTICLES})
    lines = notices(corpus)
    assert "French: not read: its language is French; the codebook is for English" in lines[0]
    assert f"3 of {len(ARTICLES)} articles not read, being in another language: French, German, another script." in "\n".join(lines)
    assert f"1 of {len(ARTICLES)} articles left out of figures, being off the codebook's topic: off the topic." in "\n".join(lines)
