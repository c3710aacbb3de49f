"""The search box: a page of passages, filters as `stca search` has them, and the article of a passage under review."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from support.hostile import hostile_words

from stcalib import Corpus
from stcalib.analysis.search import Filters, search
from stcalib.core.errors import ParameterError
from stcalib.core.visible import ACTING
from stcalib.corrections.ledger import read_ledger
from stcalib.review import SearchBox
from stcalib.review.search_box import PAGE

TEXTS = {
    f"a{number:02}": f"The Post\n\n“We will close road {number} at once,” said Liberal MP Ann Barley.\n\nThe road is open, and nobody knows why.\n\n"
    "“It should stay open,” said Conservative MP Bo Fenton."
    for number in range(30)
}
CORPUS = Corpus.from_texts(TEXTS, published={key: f"2018-{1 + int(key[1:]) % 12:02}-01" for key in TEXTS})


def box(tmp_path, words="", **more):
    return SearchBox(CORPUS, words, ledger=tmp_path / "c.csv", clock=lambda: datetime(2026, 1, 2, tzinfo=UTC), **more)


def ask(widget, **message):
    widget._answer(None, {"asked": 1, **message}, None)
    return widget.found


def test_pages_hold_every_passage_once(tmp_path):
    widget = box(tmp_path, "road")
    told = [widget.found]
    while told[-1]["page"] < told[-1]["pages"]:
        told.append(ask(widget, action="turn", page=told[-1]["page"] + 1))
    everything = search(CORPUS, "road")
    shown = [(row[0], row[3]) for page in told for row in page["rows"]]
    assert shown == [(row.article_id, f"{row.start}–{row.end}") for row in everything.itertuples()] and len(shown) == 60
    assert [page["first"] for page in told] == list(range(0, 60, PAGE))
    assert told[0]["told"] == "60 passages in 30 articles."


@pytest.mark.parametrize(
    ("asked", "filters"),
    [
        ({"actor": "Ann Barley"}, Filters(actor="Ann Barley")),
        ({"party": "CPC"}, Filters(party="CPC")),
        ({"outlet": "Nobody's Post"}, Filters(outlet="Nobody's Post")),
    ],
)
def test_filters_are_those_of_the_search(tmp_path, asked, filters):
    found = ask(box(tmp_path), action="search", words={"words": "open", **asked})
    assert [(row[0], row[3]) for row in found["rows"]] == [(r.article_id, f"{r.start}–{r.end}") for r in search(CORPUS, "open", filters).itertuples()][:PAGE]


def test_a_period_cuts_the_articles(tmp_path):
    found = ask(box(tmp_path), action="search", words={"words": "road", "period": "2018-03..2018-04"})
    assert {row[2] for row in found["rows"]} == {"2018-03-01", "2018-04-01"}


@pytest.mark.parametrize("asked", [{"words": "*"}, {"words": "road", "period": "soon"}])
def test_what_cannot_be_asked_is_told_and_leaves_no_passage(tmp_path, asked):
    widget = box(tmp_path, "road")
    found = ask(widget, action="search", words=asked)
    assert found["problem"] and found["told"] and found["rows"] == [] and found["asked"] == asked
    ask(widget, action="passage", place=0, table="quotes")
    assert widget.session is None and widget.article_id is None


def test_a_passage_leads_into_its_article_and_its_review(tmp_path):
    widget = box(tmp_path, "open", coder="ada")
    place = next(place for place, row in enumerate(widget.found["rows"]) if row[4].endswith("stay "))
    ask(widget, action="passage", place=place, table="quotes")
    row = widget.rows.iloc[place]
    assert widget.article_id == row["article_id"] and widget.found["open"] == place
    sought = [piece for block in widget.page["blocks"] for piece in block["pieces"] if "stca-found" in piece[3]]
    assert "".join(piece[1] for piece in sought) == row["text"] and sought[0][0] == row["start"]
    assert widget.state["row"]["span"][0] <= row["start"] < widget.state["row"]["span"][1], "the row of the passage is the one looked at"
    ask(widget, action="accept")
    decision = read_ledger(tmp_path / "c.csv").decisions[0][1]
    assert (decision.action, decision.article_id, decision.table) == ("accept", row["article_id"], "quotes")
    assert decision.start <= row["start"] < decision.end


def test_without_a_name_an_article_is_read_and_nothing_is_decided(tmp_path):
    widget = box(tmp_path, "road")
    ask(widget, action="passage", place=0, table="positions")
    ask(widget, action="accept")
    assert widget.page["key"] and widget.state["problem"] and not (tmp_path / "c.csv").exists()


@pytest.mark.parametrize("message", [None, [], {"action": "passage", "place": 999, "table": "quotes"}, {"action": "passage", "place": 0, "table": "x"}])
def test_what_is_not_known_is_told(tmp_path, message):
    widget = box(tmp_path, "road")
    widget._answer(None, message, None)
    assert widget.session is None and "not known" in widget.state["message"]


def test_a_table_that_is_none_is_told(tmp_path):
    with pytest.raises(ParameterError, match="no such table that is reviewed"):
        box(tmp_path, table="articles")


def test_nothing_of_an_article_acts(tmp_path):
    texts = {name: f"The border {words} is long.\n\nAnother border." for name, words in hostile_words().items()}
    corpus = Corpus.from_texts(texts, metadata={name: {"outlet": words} for name, words in hostile_words().items()})
    widget = SearchBox(corpus, "border", ledger=tmp_path / "c.csv")
    shown = [*told_in(widget.offers)]
    for page in range(1, widget.found["pages"] + 1):
        ask(widget, action="turn", page=page)
        shown += told_in(widget.found)
        ask(widget, action="passage", place=0, table="quotes")
        shown += [piece[1] for block in widget.page["blocks"] for piece in block["pieces"]]
    assert len(shown) > 1000 and not [words for words in shown if ACTING.search(words)]


def told_in(value):
    """Every text that a value of the widget holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for held in value.values() if isinstance(value, dict) else value:
            yield from told_in(held)
