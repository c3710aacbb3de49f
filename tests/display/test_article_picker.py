"""The list of articles: what it shows, what is picked, and that words of articles stay words."""

from __future__ import annotations

import pandas as pd
import pytest
from support.hostile import hostile_words

import stcalib
from stcalib.core.errors import UnknownArticleError
from stcalib.core.visible import ACTING
from stcalib.display import article_picker
from stcalib.display import picker as article_list
from stcalib.notebook.study import Study

TEXTS = {"b": "“We wait,” said Ada Roe.", "a": "Police intercepted 658 asylum seekers in May 2018."}


@pytest.fixture(scope="module")
def corpus() -> stcalib.Corpus:
    return stcalib.Corpus.from_texts(TEXTS, metadata={"b": {"title": "A long wait", "outlet": "The Example Post", "published": "2018-06-01"}})


def test_it_lists_the_articles_with_their_rows(corpus: stcalib.Corpus) -> None:
    picker = article_picker(corpus)
    shown = pd.DataFrame(picker.data["rows"], columns=picker.data["columns"]).set_index("article_id")
    assert list(shown.index) == ["a", "b"]
    assert shown.loc["b", ["title", "outlet", "published", "quotes"]].tolist() == ["A long wait", "The Example Post", "2018-06-01", "1"]
    assert shown.loc["a", "counts"] == "1"
    assert picker.data["items"][1]["pieces"][0][0] == TEXTS["b"]
    bundle, _ = picker._repr_mimebundle_()
    assert bundle["text/plain"] == "<ArticlePicker: a, of 2>" and "A long wait" in bundle["text/html"]


def test_what_is_picked(corpus: stcalib.Corpus) -> None:
    picker = article_picker(corpus, "b")
    assert (picker.article_id, picker.article.text) == ("b", TEXTS["b"])
    picker.selected = 0
    assert picker.article_id == "a"
    with pytest.raises(UnknownArticleError):
        article_picker(corpus, "c")
    empty = article_picker(stcalib.Corpus.from_texts({}))
    assert empty.article_id is None and empty.article is None


@pytest.mark.parametrize(
    ("picked", "listed", "title"),
    [
        (None, ["a0", "a1", "a2"], "3 of 5 articles; set article_id in the parameters for another"),
        ("a2", ["a0", "a1", "a2"], "3 of 5 articles; set article_id in the parameters for another"),
        ("a4", ["a0", "a1", "a4"], "3 of 5 articles; set article_id in the parameters for another"),
    ],
)
def test_more_articles_than_a_list_takes_are_cut_with_a_word(
    monkeypatch: pytest.MonkeyPatch, picked: str | None, listed: list[str], title: str
) -> None:
    monkeypatch.setattr(article_list, "MOST_ROWS", 3)
    picker = article_picker(stcalib.Corpus.from_texts({f"a{n}": f"Text {n}." for n in range(5)}), picked)
    assert list(picker.frame["article_id"]) == listed and picker.data["title"] == title
    assert picker.article_id == (picked or "a0") and picker.article.text == f"Text {picker.article_id[1:]}."
    assert repr(picker) == f"<ArticlePicker: {picker.article_id}, of 5>"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2018-06-01", "2018-06-01", "2018-06-01"),
        ("2018-06-01", "2018-06-09", "between 2018-06-01 and 2018-06-09"),
        ("2018-06-01", None, "not before 2018-06-01"),
        (None, "2018-06-09", "not after 2018-06-09"),
        (None, None, ""),
    ],
)
def test_days_stand_in_the_words_of_the_package(corpus: stcalib.Corpus, first: str | None, last: str | None, told: str) -> None:
    class Dated:
        articles = corpus.articles.assign(published_earliest=pd.Timestamp(first), published_latest=pd.Timestamp(last))
        counts, quotes, positions = corpus.counts, corpus.quotes, corpus.positions

    assert set(article_list.articles_with_rows(Dated())["published"]) == {told}


def test_a_study_reads_what_was_picked() -> None:
    study = Study("05_article", {"folder": "seeds", "article_id": None})
    first = study.article_id
    other = next(key for key in study.corpus if key != first)
    assert study.reading(None) is study and study.reading(first) is study
    picked = study.reading(other)
    assert picked.article_id == other and picked.corpus is study.corpus and set(picked.quotes["article_id"]) <= {other}


def test_acting_characters_are_shown_and_not_run() -> None:
    texts = {name: f"{words} x" for name, words in hostile_words().items()}
    picker = article_picker(stcalib.Corpus.from_texts(texts, metadata={name: {"outlet": words[:80]} for name, words in hostile_words().items()}))
    told = [cell for row in picker.data["rows"] for cell in row] + [item["pieces"][0][0] for item in picker.data["items"]]
    assert len(picker.data["rows"]) == len(picker.data["items"]) == len(texts)
    assert not [cell for cell in told if ACTING.search(cell.replace("\n", ""))]
