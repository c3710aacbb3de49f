"""The review queue: what comes first, that decisions are those of a session over the table, and that it goes on where it ended."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files

import pandas as pd
import pytest

from stcalib.core.errors import StcalibError, TableError
from stcalib.core.rows import WALKED
from stcalib.core.toml_models import read_toml
from stcalib.corrections import apply, by_registry, machine_frames, read_ledger
from stcalib.review import ReviewQueue, least_certain
from stcalib.review.certainty import Signs, sign_places, signs
from stcalib.review.queue_session import QueueSession

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def queue(seeds):
    return least_certain(seeds)


def session(seeds, queue, tmp_path, coder="ada"):
    return QueueSession(seeds, queue, ledger=tmp_path / "c.csv", coder=coder, clock=lambda: NOON)


def decisions(tmp_path):
    return [decision for _, decision in read_ledger(tmp_path / "c.csv").decisions]


def test_every_row_stands_in_it_once_those_most_in_doubt_first(seeds, queue):
    frames = machine_frames(seeds)
    assert {table: int((queue["table"] == table).sum()) for table in WALKED} == {table: len(frames[table]) for table in WALKED}
    assert not queue.duplicated(["table", "row_id"]).any()
    assert list(queue["doubt"]) == sorted(queue["doubt"], reverse=True) and queue["doubt"].between(0, 100).all()
    assert set(queue["table"].head(400)) == set(WALKED), "the tables are mixed by doubt"
    for row in queue.sample(50, random_state=1).itertuples():
        assert seeds[row.article_id].text[row.start : row.end] == row.text


@pytest.mark.parametrize(
    ("table", "doubt"), [("counts", lambda likely: 100 - likely), ("positions", lambda likely: 100 - likely), ("proposals", lambda likely: min(likely, 100 - likely))]
)
def test_doubt_is_how_likely_a_decision_changes_something(queue, table, doubt):
    rows = queue[queue["table"] == table]
    assert len(rows) and [doubt(likely) for likely in rows["likely"]] == list(rows["doubt"])


def test_why_is_told_in_words(seeds, queue):
    proposals = machine_frames(seeds)["proposals"].set_index("position_id")
    for row in queue[queue["table"] == "proposals"].head(20).itertuples():
        assert row.why == f"{proposals.loc[row.row_id, 'score']} %, {proposals.loc[row.row_id, 'reason']}"
    counts = machine_frames(seeds)["counts"].set_index("count_id")
    assumed = queue[queue["why"].str.startswith("the place is assumed")]
    assert len(assumed) and set(counts.loc[assumed["row_id"], "place_basis"]) == {"assumed"}


def test_a_speaker_that_stays_open_comes_first_with_the_names(tmp_path):
    frame = pd.DataFrame({"actor": [None, "Ann Low"], "actor_basis": [None, "name in full"], "kind": ["direct", "direct"]})
    asked = signs("quotes")
    assert [asked[place].says for place in sign_places(frame, asked)] == ["the speaker is not known", asked[-1].says]


def test_every_row_has_a_sign_and_shares_are_measured():
    every = read_toml(files("stcalib") / "data" / "certainty.toml", Signs).sign
    assert {one.table for one in every} == {"counts", "quotes"}
    for table in ("counts", "quotes"):
        assert signs(table)[-1].column is None and all(one.of >= 20 and one.right <= one.of for one in signs(table))
        assert all(one.likely < signs(table)[-1].likely for one in signs(table)[:-1]), "a sign of doubt is one"


def test_decisions_are_those_of_the_tables_and_move_on(seeds, queue, tmp_path):
    one_each = queue.groupby("table", sort=False).head(1)
    at = session(seeds, one_each, tmp_path)
    seen = []
    for _ in range(len(one_each)):
        state = at.state()
        seen.append((state["table"], state["row"]["doubt"]))
        at.accept("seen")
    assert seen == [(f"queue, {row.table}", row.why) for row in one_each.itertuples()]
    made = decisions(tmp_path)
    owner = {"proposals": "positions"}
    assert [(d.action, d.table, d.row_id) for d in made] == [("accept", owner.get(row.table, row.table), row.row_id) for row in one_each.itertuples()]
    _, report = apply(machine_frames(seeds), seeds, read_ledger(tmp_path / "c.csv"), by_registry(seeds))
    assert set(report.decisions["outcome"]) == {"applied"}
    assert "Nothing is left" in at.state()["message"] and at.state()["tally"]["accepted"] == len(one_each)


def test_what_was_decided_is_not_asked_again(seeds, queue, tmp_path):
    at = session(seeds, queue.head(3), tmp_path)
    at.reject()
    at.accept()
    at.undo()
    rest = least_certain(seeds, tmp_path / "c.csv")
    assert len(rest) == len(queue) - 1 and rest.iloc[0]["row_id"] == queue.iloc[1]["row_id"]
    assert at.state()["at"] == 1 and at.state()["decided"] == 1
    assert len(least_certain(seeds, tmp_path / "c.csv", coder="ben")) == len(queue)


def test_undo_goes_back_over_articles_and_tables(seeds, queue, tmp_path):
    one_each = queue.groupby("table", sort=False).head(1)
    at = session(seeds, one_each, tmp_path)
    for _ in range(3):
        at.accept()
    for left in (2, 1, 0):
        at.undo()
        assert at.state()["at"] == left and at.state()["decided"] == left
    at.undo()
    assert "Nothing was decided here" in at.state()["message"]
    assert [d.action for d in decisions(tmp_path)] == ["accept"] * 3 + ["undo"] * 3


def test_other_rows_of_the_article_can_be_decided_too(seeds, queue, tmp_path):
    at = session(seeds, queue[queue["table"] == "quotes"].head(1), tmp_path)
    here = at.state()["here"]
    other = (here + 1) % at.session.state()["total"]
    at.go(other)
    assert at.state()["row"]["doubt"] == "" and at.state()["at"] == 0
    at.accept()
    assert at.state()["decided"] == 0 and len(decisions(tmp_path)) == 1


def test_an_edit_follows_what_the_whole_corpus_tells(seeds, queue, tmp_path):
    """A session over one article knows of an actor what all articles say."""
    quotes = machine_frames(seeds)["quotes"]
    parties = quotes.dropna(subset=["actor"]).groupby("actor").agg(parties=("party", lambda p: set(p.fillna(""))), articles=("article_id", set))
    name, known = next((actor, row) for actor, row in parties.iterrows() if len(row.parties) == 1 and "" not in row.parties)
    elsewhere = quotes[~quotes["article_id"].isin(known.articles)].iloc[0]
    at = session(seeds, queue[queue["row_id"] == elsewhere["quote_id"]], tmp_path)
    at.edit("actor", str(name))
    assert at.session.row.values["party"] == next(iter(known.parties))


def test_an_empty_queue_says_so(seeds, queue, tmp_path):
    widget = ReviewQueue(seeds, queue.head(0), ledger=tmp_path / "c.csv", coder="ada")
    assert widget.state["message"] == "Nothing is left in this queue." and widget.page["blocks"] == []
    widget._answer(None, {"action": "accept", "asked": 1}, None)
    assert widget.state["problem"] and not (tmp_path / "c.csv").exists()
    assert repr(widget) == "<ReviewQueue, ada → c.csv>"


def test_what_is_no_queue_is_told(seeds, tmp_path):
    with pytest.raises(StcalibError, match="The queue lacks table, row_id"):
        ReviewQueue(seeds, pd.DataFrame({"article_id": []}), ledger=tmp_path / "c.csv", coder="ada")
    with pytest.raises(TableError, match="no such table that is reviewed"):
        least_certain(seeds, tables=["articles"])
