"""What a user of pandas guesses: a corpus as a mapping, frames of one's own, charts in one line, errors that say what is lacking."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest
from matplotlib.text import Text

import stcalib
from stcalib import Corpus, charts
from stcalib.core import errors

TEXTS = {
    "lund-dam": "“The dam must go,” said Rosa Baum, the mayor of Lund, on Monday.\n\nPolice intercepted 658 asylum seekers in May 2018.",
    "lund-budget": "Conservative immigration critic Michelle Rempel said the Safe Third Country Agreement should cover the whole border.",
}
ERRORS = tomllib.loads((Path(__file__).parent / "api.toml").read_text(encoding="utf-8"))["error"]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus.from_texts(TEXTS, published={"lund-dam": "2018-06-01"}, metadata={"lund-budget": {"outlet": "The Gazette", "published": "2018-06-02"}})


@pytest.mark.parametrize("case", ERRORS, ids=[case["call"] for case in ERRORS])
def test_an_error_says_what_is_lacking(corpus: Corpus, case: dict[str, Any]) -> None:
    with pytest.raises(Exception) as caught:
        eval(case["call"], {"c": corpus, "charts": charts, "pd": pd, "stcalib": stcalib})
    assert set(case["is_a"]) <= {kind.__name__ for kind in type(caught.value).__mro__}
    assert not [words for words in case["said"] if words not in str(caught.value)]
    assert not isinstance(caught.value, errors.StcalibError) or "\n" not in str(caught.value)


def test_a_corpus_is_a_mapping(corpus: Corpus) -> None:
    assert isinstance(corpus, Mapping)
    assert list(corpus) == list(corpus.keys()) == sorted(TEXTS)
    assert {key: article.text for key, article in corpus.items()} == TEXTS
    assert [article.article_id for article in corpus.values()] == sorted(TEXTS)
    assert corpus.get("nothing") is None and "lund-dam" in corpus and "nothing" not in corpus and len(corpus) == 2
    assert corpus == corpus and corpus != Corpus.from_texts(TEXTS) and len({corpus}) == 1


def test_what_is_known_of_texts_stands_in_the_articles(corpus: Corpus) -> None:
    known = corpus.articles.set_index("article_id")
    assert known.loc["lund-budget", "outlet"] == "The Gazette" and known.loc["lund-budget", "outlet_basis"] == "sidecar"
    assert [str(day)[:10] for day in known["published_latest"]] == ["2018-06-02", "2018-06-01"]


def test_entries_for_texts_that_are_not_there_are_problems() -> None:
    odd = Corpus.from_texts(TEXTS, published={"lund-damm": "2018-06-01"}, metadata={"nowhere": {"outlet": "The Gazette"}})
    assert [(row.file, "no such article" in row.problem) for row in odd.problems.itertuples()] == [("published", True), ("metadata", True)]


FRAMES = [*stcalib.core.table_spec.TABLES]


@pytest.mark.parametrize("table", FRAMES)
def test_changing_a_frame_changes_no_corpus(corpus: Corpus, table: str) -> None:
    before = getattr(corpus, table).copy()
    mine = getattr(corpus, table)
    for name in mine.columns:
        mine[name] = None
    mine.index.name, mine.columns.name = "mine", "mine"
    mine["more"] = 1
    pd.testing.assert_frame_equal(getattr(corpus, table), before)
    again = getattr(corpus, table)
    if len(again):
        again.iloc[0, 0] = "changed"
        pd.testing.assert_frame_equal(getattr(corpus, table), before)


def test_changing_machine_frames_and_reports_changes_no_corpus(corpus: Corpus) -> None:
    before = corpus.machine_frames["quotes"].copy()
    mine, decisions = corpus.machine_frames["quotes"], corpus.corrected.decisions
    mine["actor"], decisions["more"] = "me", 7
    pd.testing.assert_frame_equal(corpus.machine_frames["quotes"], before)
    assert "more" in decisions and "more" not in corpus.corrected.decisions


def test_spans_are_whole_numbers_that_slice(corpus: Corpus) -> None:
    quotes = corpus.quotes
    assert len(quotes)
    for row in quotes.itertuples():
        text = corpus[row.article_id].text
        assert text[row.start : row.end] == row.text
        assert pd.isna(row.speaker_start) or text[row.speaker_start : row.speaker_end] == row.speaker


def told(drawn: Any) -> dict[str, Any]:
    """What a chart says: its specification, or the words that a figure of Matplotlib has in their order, the first its title."""
    if hasattr(drawn, "to_dict"):
        return drawn.to_dict()
    words = [text.get_text() for text in drawn.findobj(Text) if text.get_text()]
    return {"title": drawn.texts[0].get_text(), "words": words}


@pytest.mark.parametrize("name", charts.__all__)
def test_a_chart_of_a_corpus_in_one_line(corpus: Corpus, name: str) -> None:
    drawn, again = told(getattr(charts, name)(corpus)), told(getattr(charts, name)(corpus))
    assert drawn == again
    assert "title" in drawn


def test_options_beside_a_corpus_go_first(corpus: Corpus) -> None:
    other = charts.crossings(corpus, measure="asylum_claims", place="CA-QC", source="Mine.").to_dict()
    assert other != charts.crossings(corpus).to_dict()
    strips = [str(charts.article_strip(corpus, article_id=key).to_dict()["title"]) for key in corpus]
    assert "0 counts" in strips[0] and "1 count " in strips[1]


def test_a_chart_of_the_table_itself(corpus: Corpus) -> None:
    assert "1 stated count" in str(charts.crossings(corpus.counts).to_dict()["title"])
    by_hand = charts.speech_by_party(stcalib.analysis.words_by(corpus.quotes, "party")).to_dict()
    assert charts.speech_by_party(corpus.quotes).to_dict() == by_hand
    assert charts.timeline(articles=corpus.articles).to_dict() == charts.timeline(corpus.articles).to_dict()


@pytest.mark.slow
def test_importing_charts_makes_the_house_renderer_altairs() -> None:
    code = "import altair as alt; from stcalib import charts; print(alt.renderers.active, alt.theme.active)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["stcalib", "stcalib"]
    assert alt.renderers.active == "stcalib"


@pytest.mark.slow
def test_a_room_says_which_package_it_lacks() -> None:
    code = "import sys; sys.modules['altair'] = None; import stcalib; from stcalib import charts"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stderr.splitlines()[-1] == (
        f"ImportError: stcalib.charts needs altair, which is not installed. Install it with: {errors.how_to_install('notebooks')}"
    )


def test_public_names_are_listed_and_the_rest_is_not() -> None:
    assert set(stcalib.__all__) < set(dir(stcalib))
    assert not {"Any", "TYPE_CHECKING", "import_module", "annotations"} & set(dir(stcalib))
    for room in ("analysis", "charts", "corrections", "display", "export", "notebook", "official", "review"):
        module = getattr(stcalib, room)
        assert sorted(dir(module)) == sorted(module.__all__)
        assert all(getattr(module, name).__doc__ for name in module.__all__ if callable(getattr(module, name)))
    for name in stcalib.__all__:
        assert getattr(stcalib, name).__doc__
