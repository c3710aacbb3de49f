"""A review session: what the reviewer does stands in the ledger at once, and the view follows."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.hostile import TEXT, hostile_words

from stcalib.core.errors import StcalibError, TableError
from stcalib.core.visible import ACTING, visible
from stcalib.corpus.corpus import Corpus
from stcalib.corrections.applied import apply, machine_frames
from stcalib.corrections.ledger import read_ledger
from stcalib.review.session import Session

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def corpus(seeds):
    return seeds


@pytest.fixture
def session(corpus, tmp_path):
    return Session(corpus, "quotes", ledger=tmp_path / "c.csv", coder="ada", clock=lambda: NOON)


def actions(session):
    return [(d.action, d.field, d.new) for _, d in read_ledger(session.path).decisions]


def test_nothing_is_written_before_a_decision(session):
    session.step(3)
    session.next_open()
    assert not session.path.exists()


def test_accept_and_reject_are_on_the_disk_and_move_on(session):
    first = session.row.values["quote_id"]
    session.accept()
    session.reject("no speech")
    decisions = [d for _, d in read_ledger(session.path).decisions]
    assert [(d.action, d.note) for d in decisions] == [("accept", ""), ("reject", "no speech")]
    assert decisions[0].row_id == first
    assert [d.when for d in decisions] == ["2026-01-02T12:00:00.000Z", "2026-01-02T12:00:00.001Z"]
    assert session.state()["at"] == 2
    assert session.state()["tally"] == {"accepted": 1, "rejected": 1, "corrected": 0, "added": 0}


def test_without_a_name_rows_are_looked_at_and_nothing_is_decided(corpus, tmp_path):
    session = Session(corpus, "quotes", ledger=tmp_path / "c.csv", coder=None, clock=lambda: NOON)
    session.step(1)
    assert session.state()["at"] == 1 and session.state()["coder"] == "nobody named"
    text = str(session.row.values["text"])
    field = next(name for name in ("role", "actor"))
    for decide in (session.accept, session.reject, session.undo, lambda: session.note("why"), lambda: session.edit(field, text[:5])):
        with pytest.raises(StcalibError, match="Set reviewer to yours"):
            decide()
    assert not session.path.exists()


def test_a_session_begun_again_goes_on_where_the_ledger_ends(session, corpus):
    session.accept()
    session.reject()
    again = Session(corpus, "quotes", ledger=session.path, coder="ada", clock=lambda: NOON)
    assert again.state()["at"] == 2 and again.state()["tally"] == session.state()["tally"]
    again.undo()
    assert again.state()["tally"]["rejected"] == 0


def test_an_edit_keeps_to_the_values_allowed_and_tells_what_came_with_it(session):
    with pytest.raises(StcalibError, match="'loud' is none of direct, indirect, mixed"):
        session.edit("kind", "loud")
    with pytest.raises(StcalibError, match="not a field that is set by hand"):
        session.edit("text", "x")
    assert not session.path.exists()
    session.edit("actor", "Someone Else")
    assert session.row.values["actor"] == "Someone Else" and "party to —" in session.message
    session.edit("actor", "Someone Else")
    assert "already" in session.message
    assert actions(session) == [("edit", "actor", "Someone Else")]


def test_undo_takes_back_step_by_step(session):
    before = dict(session.row.values)
    session.edit("actor", "X")
    session.edit("role", "Y")
    session.undo()
    assert session.row.values["role"] != "Y" and session.row.values["actor"] == "X"
    session.undo()
    assert {k: str(v) for k, v in session.row.values.items()} == {k: str(v) for k, v in before.items()}
    session.undo()
    assert "no decision" in session.message
    assert [action for action, _, _ in actions(session)] == ["edit", "edit", "undo", "undo"]


def test_another_reviewers_decisions_are_not_undone(session, corpus):
    session.accept()
    other = Session(corpus, "quotes", ledger=session.path, coder="ben", clock=lambda: NOON)
    other.undo()
    assert "no decision of ben" in other.message
    assert other.state()["tally"]["accepted"] == 1


def test_blind_review_hides_what_others_decided(session, corpus):
    session.accept()
    assert Session(corpus, "quotes", ledger=session.path, coder="ben", blind=True).state()["decided"] == 0


def test_adding_a_row_writes_it_whole_or_not_at_all(session, corpus):
    article = corpus[session.row.values["article_id"]]
    start = article.text.index("The aim would be")
    with pytest.raises(StcalibError, match="kind may not be empty"):
        session.add(start - 2, start + 20, {"actor": "Someone"})
    assert not session.path.exists()
    session.draft(start - 2, start + 20)
    assert session.state()["draft"]["text"] == "The aim would be to"[:20].strip() or session.state()["draft"]["text"].startswith("The aim")
    session.add(start - 2, start + 20, {"kind": "indirect", "actor": "Someone"}, "seen by hand")
    assert actions(session) == [("add", "", ""), ("edit", "kind", "indirect"), ("edit", "actor", "Someone")]
    assert session.row.values["text"] == article.text[start : start + 20].strip()
    assert session.state()["row"]["verdict"] == "added"
    session.add(start, start + 20, {"kind": "direct"})
    assert "in the table already" in session.message and len(actions(session)) == 3
    session.undo()
    assert session.state()["tally"]["added"] == 0


@pytest.mark.parametrize("span", [(5, 5), (9, 3), (-4, 3), (0, 10**7)])
def test_a_selection_without_words_is_refused(session, span):
    with pytest.raises(StcalibError, match="No words are selected"):
        session.draft(*span)
    with pytest.raises(StcalibError, match="No words are selected"):
        session.move(*span)


def test_moving_a_row_and_noting_on_it(session, corpus):
    start, end = session.row.values["start"], session.row.values["end"]
    session.move(start + 3, end)
    session.note("too long before")
    assert actions(session)[0] == ("edit", "span", f"{start + 3}-{end}")
    with pytest.raises(StcalibError, match="empty"):
        session.note("  ")
    frames, report = apply(machine_frames(corpus), corpus, read_ledger(session.path))
    assert frames["quotes"]["status"].tolist().count("corrected") == 1
    assert report.problems.empty


def test_the_session_and_the_ledger_applied_afterwards_agree(session, corpus):
    session.accept()
    session.edit("actor", "Someone Else")
    session.reject("x")
    start = corpus[session.row.values["article_id"]].text.index("The aim would be")
    session.add(start, start + 30, {"kind": "mixed"})
    session.undo()
    session.next_open()
    session.edit("speaker", "")
    frames, report = apply(machine_frames(corpus), corpus, read_ledger(session.path))
    assert report.problems.empty
    left = [row for row in session.rows if row.gone is None]
    assert [row.values["quote_id"] for row in left] == frames["quotes"]["quote_id"].tolist()
    assert [str(row.values["actor"]) for row in left] == frames["quotes"]["actor"].astype(str).tolist()
    assert [row.status for row in left] == frames["quotes"]["status"].tolist()


def test_rows_may_be_narrowed_to_a_selection(corpus, tmp_path):
    chosen = corpus.quotes.iloc[[7, 3]]
    session = Session(corpus, "quotes", ledger=tmp_path / "c.csv", coder="ada", frame=chosen)
    assert {row.values["quote_id"] for row in session.rows} == set(chosen["quote_id"])
    with pytest.raises(StcalibError, match="lacks quote_id"):
        Session(corpus, "quotes", ledger=tmp_path / "c.csv", coder="ada", frame=pd.DataFrame({"x": [1]}))


def test_a_chosen_article_without_rows_is_the_one_shown_and_added_to(tmp_path):
    corpus = Corpus.from_texts({"a": "At Roxham Road, 36 asylum seekers crossed in May 2019.", "b": "Nobody spoke. Then 658 people came."})
    session = Session(corpus, "counts", ledger=tmp_path / "c.csv", coder="ada", article_id="b")
    assert set(corpus.counts["article_id"]) == {"a"}
    assert session.state()["row"] is None and session.page()["article"] == "b"
    session.add(19, 22, {"kind": "count", "bound": "exact", "value": "658"})
    assert session.row.values["article_id"] == "b" and session.row.values["text"] == "658"
    with pytest.raises(StcalibError):
        Session(corpus, "counts", ledger=tmp_path / "c.csv", coder="ada", article_id="c")


@pytest.mark.parametrize("wrong", [{"table": "quotas"}, {"coder": " "}])
def test_a_session_says_what_it_needs(corpus, tmp_path, wrong):
    with pytest.raises(StcalibError):
        Session(corpus, **({"table": "quotes", "ledger": tmp_path / "c.csv", "coder": "ada"} | wrong))


def test_a_table_without_rows_can_be_added_to(tmp_path):
    corpus = Corpus.from_texts({"a": "Nobody spoke. Then 658 people came."})
    session = Session(corpus, "counts", ledger=tmp_path / "c.csv", coder="ada", frame=corpus.counts.iloc[:0])
    assert session.state()["row"] is None and session.page()["article"] == "a"
    with pytest.raises(StcalibError, match="Select text and add one"):
        session.accept()
    session.add(19, 22, {"kind": "count", "bound": "exact", "value": "658"})
    assert session.row.values["text"] == "658" and session.row.values["value"] == 658


def test_a_file_that_is_no_ledger_is_told_at_once(corpus, tmp_path):
    (tmp_path / "c.csv").write_text("a,b\n1,2\n")
    with pytest.raises(TableError, match="no ledger"):
        Session(corpus, "quotes", ledger=tmp_path / "c.csv", coder="ada")


@given(st.one_of(st.text(max_size=200), st.sampled_from(sorted(hostile_words().values())).map(lambda words: TEXT.format(words=words))))
def test_pieces_carry_every_character_with_its_offset_and_none_that_acts(text):
    corpus = Corpus.from_texts({"a": text})
    page = Session(corpus, "quotes", ledger="no-such-folder/none.csv", coder="ada").page()
    pieces = [piece for block in page["blocks"] for piece in block["pieces"]]
    rebuilt, at = "", 0
    for start, shown, acting, *_ in pieces:
        assert start == at
        piece = text[start : start + 1] if acting else shown
        assert visible(text[start : start + len(piece)]) == shown
        assert not ACTING.search(shown)
        rebuilt, at = rebuilt + piece, at + len(piece)
    assert rebuilt == text


# ---- proposals
@pytest.fixture
def proposals(corpus, tmp_path):
    return Session(corpus, "proposals", ledger=tmp_path / "c.csv", coder="ada", clock=lambda: NOON)


def corrected(corpus, session):
    return apply(machine_frames(corpus), corpus, read_ledger(session.path))


def test_proposals_come_with_the_least_certain_first(corpus, proposals):
    order = [row.values["position_id"] for row in proposals.rows]
    assert set(order) == set(corpus.proposals["position_id"]) and len(order) > 5
    scores = [abs(row.values["score"] - 50) for row in proposals.rows]
    assert scores == sorted(scores)
    assert proposals.state()["noun"] == "proposal" and proposals.row.proposed in proposals.state()["row"]["summary"]


def test_an_accepted_proposal_is_a_position_with_its_id_and_says_who_accepted_it(corpus, proposals):
    taken = proposals.row.values["position_id"]
    proposals.accept()
    proposals.reject("somebody else says it")
    (accept, reject) = (d for _, d in read_ledger(proposals.path).decisions)
    frames, report = corrected(corpus, proposals)
    (row,) = frames["positions"].query("position_id == @taken").itertuples()
    assert (row.status, row.accepted_by, accept.table) == ("confirmed", "ada", "positions")
    assert report.problems.empty
    assert not set(frames["proposals"]["position_id"]) & {taken, reject.row_id}
    assert len(frames["proposals"]) == len(corpus.proposals) - 2
    assert (frames["skipped"]["reason"] == "rejected in review by ada: somebody else says it").sum() == 1
    others = frames["positions"].query("position_id != @taken")
    assert set(others["position_id"]) == set(corpus.positions["position_id"]) and others["accepted_by"].isna().all()


def test_a_changed_proposal_is_accepted_with_its_change(corpus, proposals):
    taken, before = proposals.row.values["position_id"], proposals.row.values["stance"]
    wanted = "oppose" if before != "oppose" else "support"
    proposals.edit("stance", wanted)
    assert [one[:2] for one in actions(proposals)] == [("accept", ""), ("edit", "stance")]
    frames, _ = corrected(corpus, proposals)
    (row,) = frames["positions"].query("position_id == @taken").itertuples()
    assert (row.stance, row.status, row.accepted_by) == (wanted, "corrected", "ada")
    proposals.undo()
    frames, _ = corrected(corpus, proposals)
    assert taken in set(frames["proposals"]["position_id"]) and taken not in set(frames["positions"]["position_id"])


def test_the_table_under_review_holds_no_undecided_proposal(corpus, proposals):
    proposals.accept()
    table = Session(corpus, "positions", ledger=proposals.path, coder="ada", clock=lambda: NOON)
    assert len(table.rows) == len(corpus.positions) + 1


def test_what_was_accepted_stays_where_it_is_no_longer_found(corpus, proposals):
    row = dict(proposals.row.values)
    proposals.accept()
    found = machine_frames(corpus)
    without = {**found, "proposals": found["proposals"].iloc[:0]}
    frames, report = apply(without, corpus, read_ledger(proposals.path))
    (again,) = frames["positions"].query("position_id == @row['position_id']").itertuples()
    for name in ("article_id", "start", "end", "text", "actor", "proposition", "stance", "basis"):
        assert getattr(again, name) == row[name]
    assert (again.status, again.accepted_by) == ("confirmed", "ada")
    assert report.decisions["explanation"].tolist() == ["the program no longer finds this row; it stays as accepted"]
