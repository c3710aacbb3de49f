"""The widgets' data: everything a widget shows goes into it, as text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from support.hostile import TEXT, hostile_words

from stcalib.core.errors import StcalibError
from stcalib.core.visible import ACTING
from stcalib.corpus.corpus import Corpus

alt = pytest.importorskip("altair")
pytest.importorskip("anywidget")

from stcalib.display import evidence_widgets  # noqa: E402
from stcalib.display.evidence_widgets import MOST_ROWS, EvidenceChart, EvidenceTable  # noqa: E402
from stcalib.review.widget import Review  # noqa: E402


@pytest.fixture(scope="module")
def corpus(seeds):
    return seeds


def test_each_row_of_a_table_comes_with_its_own_sentence(corpus):
    frame = corpus.quotes.sample(frac=1, random_state=3)
    widget = evidence_widgets.evidence_table(corpus, frame)
    for place, row in enumerate(frame.itertuples()):
        item = widget.data["items"][place]
        marked = "".join(text for text, classes in item["pieces"] if "stca-q" in classes.split())
        assert marked == row.text and ["quote_id", row.quote_id] in item["facts"]
        assert widget.data["rows"][place][0] == item["label"]
    assert len({(row.article_id, item["label"]) for row, item in zip(frame.itertuples(), widget.data["items"], strict=True)}) == len(frame)


def test_the_selected_row_is_at_hand_in_python(corpus):
    widget = EvidenceTable(corpus, corpus.quotes, ["actor", "text"])
    assert widget.row is None and widget.data["columns"] == ["row", "actor", "text"]
    widget.selected = 4
    assert widget.row["quote_id"] == corpus.quotes["quote_id"].iloc[4]


def test_a_notebook_that_is_not_running_keeps_the_page(corpus):
    data, _ = EvidenceTable(corpus, corpus.quotes.head(3))._repr_mimebundle_()
    assert "stca-row" in data["text/html"] and data["text/plain"] == "<EvidenceTable: 3 quotes>"
    assert "application/vnd.jupyter.widget-view+json" in data


def test_a_chart_leads_from_groups_to_rows(corpus):
    chart = alt.Chart(corpus.quotes).mark_bar().encode(x="count()", y="actor", color="kind")
    widget = EvidenceChart(chart, corpus, corpus.quotes, by=["actor", "kind"])
    for group in widget.data["groups"]:
        rows = corpus.quotes.iloc[group["rows"]]
        assert {(as_key(actor), kind) for actor, kind in zip(rows["actor"], rows["kind"], strict=True)} == {tuple(group["key"])}
    assert sum(len(group["rows"]) for group in widget.data["groups"]) == len(corpus.quotes)
    widget.selected = widget.data["groups"][0]["rows"]
    assert len(widget.rows) == len(widget.data["groups"][0]["rows"])
    data, _ = widget._repr_mimebundle_()
    assert data["application/vnd.vegalite.v5+json"]["mark"]
    json.dumps(widget.data)


def as_key(value):
    return "" if pd.isna(value) else value


def test_days_are_matched_as_days(corpus):
    frame = corpus.quotes.head(4).assign(day=pd.to_datetime(["2018-05-01", "2018-05-01", "2018-05-02", None]))
    widget = EvidenceChart(alt.Chart(frame).mark_point().encode(x="day"), corpus, frame, {"day": "day"})
    assert widget.data["by"] == [["day", True]]
    assert [group["key"] for group in widget.data["groups"]] == [[""], ["2018-05-01"], ["2018-05-02"]]


def test_the_charts_script_holds_all_it_needs(corpus):
    widget = EvidenceChart(
        {"$schema": "https://vega.github.io/schema/vega-lite/v5.8.0.json", "data": {"values": []}, "mark": "bar"}, corpus, corpus.quotes, "actor"
    )
    assert "import " not in widget._esm[:2000] and "export{" in widget._esm[-200:].replace(" ", "")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda c: EvidenceTable(c, c.quotes, ["nope"]), "nope: not in the frame"),
        (lambda c: EvidenceChart({}, c, c.quotes, ["nope"]), "nope: not in the frame"),
        (lambda c: EvidenceChart({}, c, c.quotes, []), "by: not in the frame"),
        (lambda c: EvidenceTable(c, pd.concat([c.quotes] * (MOST_ROWS // len(c.quotes) + 1))), "more than a widget takes"),
        (lambda c: EvidenceTable(c, c.quotes.drop(columns="start")), "lacks start"),
    ],
)
def test_what_cannot_be_linked_is_said(corpus, make, told):
    with pytest.raises(StcalibError, match=told):
        make(corpus)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from (*strings(key), *strings(held))
    elif isinstance(value, (list, tuple)):
        for held in value:
            yield from strings(held)


def test_nothing_that_acts_goes_into_a_widget_and_classes_are_the_style_sheets_own(tmp_path):
    corpus = Corpus.from_texts({words: TEXT.format(words=words) for words in hostile_words().values()})
    frame = corpus.quotes.assign(actor=corpus.quotes["article_id"], cue=corpus.quotes["article_id"])
    table, review = EvidenceTable(corpus, frame), Review(corpus, "quotes", ledger=tmp_path / "c.csv", coder="a\u202eda")
    classes = {name for item in table.data["items"] for _, names in item["pieces"] for name in names.split()}
    for place in range(0, len(review.session.rows), 7):
        review._answer(None, {"action": "go", "place": place}, [])
        classes |= {name for block in review.page["blocks"] for piece in block["pieces"] for name in piece[3].split()}
        assert not any(ACTING.search(text) for text in strings([review.page, review.state]))
    assert not any(ACTING.search(text) for text in strings(table.data))
    assert classes <= {"stca-m", "stca-q", "stca-q2", "stca-speaker", "stca-cue", "stca-role", "stca-v-open"}


def test_the_review_answers_what_the_page_asks(corpus, tmp_path):
    widget = Review(corpus, "quotes", ledger=tmp_path / "c.csv", coder="ada")
    ask = lambda **message: widget._answer(None, message, [])  # noqa: E731
    ask(action="reject", note="why", asked=1)
    assert widget.state["tally"]["rejected"] == 1 and widget.state["asked"] == 1
    ask(action="edit", field="kind", value="loud", row=widget.state["row"]["id"], asked=2)
    assert widget.state["problem"] and "'loud' is none of" in widget.state["message"]
    ask(action="undo")
    assert widget.state["tally"]["rejected"] == 0 and "problem" not in widget.state
    for nonsense in (
        {"action": "launch"},
        {},
        {"action": "go", "place": "x"},
        {"action": "draft", "start": 0, "end": 10**9},
        {"action": "draft", "article": "x", "start": 0, "end": 9},
    ):
        ask(**nonsense)
        assert widget.state["problem"]
    assert repr(widget) == "<Review of quotes, ada → c.csv>"


def test_the_page_of_documentation_names_every_key():
    package = Path(evidence_widgets.__file__).parents[1]
    keys = re.findall(r'^  \["([^"]+)", "', (package / "display" / "static" / "review.js").read_text(encoding="utf-8"), re.MULTILINE)
    page = (package / "docs" / "review.md").read_text(encoding="utf-8")
    assert len(keys) == 11
    assert all(f"`{key}`" in page for told in keys for key in told.split(" / "))
