"""What decisions make of the tables: the right row, the right field, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from support.examples import number_of_examples

from stcalib.core.rows import Count, Position, Quote, Skipped, column_names
from stcalib.corpus.corpus import Corpus
from stcalib.corpus.tables import check, frame_of
from stcalib.corrections.applied import apply, machine_frames
from stcalib.corrections.ledger import DIGEST_LENGTH, BadLine, Decision, Ledger
from stcalib.corrections.live_row import rows_of
from stcalib.corrections.recomputed import by_registry

TEXT = "“We talk,” Ann Lee said. “We do,” Ben Roe said.\n\nThen 658 people crossed in May, the minister said.\n\nNobody here said a word of it."
CORPUS = Corpus.from_texts({"a": TEXT, "b": "Nothing is said in this one."})
ARTICLES = {article_id: CORPUS[article_id] for article_id in CORPUS}


def at(words, text=TEXT):
    return text.index(words), text.index(words) + len(words)


def blank(row_type, **values):
    return row_type(**(dict.fromkeys(column_names(row_type)) | {"status": "machine", "article_id": "a"} | values))


def quote(name, words, **more):
    start, end = at(words)
    return blank(Quote, quote_id=name, start=start, end=end, text=words, kind="direct", sentence_start=start, sentence_end=end + 15, **more)


def frames():
    quotes = [
        quote(
            "q-1",
            "“We talk,”",
            speaker="Ann Lee",
            actor="Ann Lee",
            actor_type="person",
            party="LPC",
            party_basis="text",
            cue="said",
            cue_kind="neutral",
        ),
        quote(
            "q-2",
            "“We do,”",
            speaker="Ben Roe",
            actor="Ben Roe",
            actor_type="group",
            party="CPC",
            party_basis="registry",
            cue="said",
            cue_kind="neutral",
        ),
    ]
    start, end = at("658")
    counts = [blank(Count, count_id="c-1", start=start, end=end, text="658", kind="count", value=658.0, bound="exact", low=658.0, high=658.0,
                    measure="interceptions", sentence_start=start, sentence_end=end, period_start=pd.Timestamp("2018-05-01"))]  # fmt: skip
    start, end = at("“We do,”")
    positions = [blank(Position, position_id="p-1", start=start, end=end, text="“We do,”", actor="Ben Roe", proposition="suspend", stance="support",
                       basis="quote", quote_id="q-2")]  # fmt: skip
    return {
        "quotes": frame_of(Quote, quotes),
        "counts": frame_of(Count, counts),
        "positions": frame_of(Position, positions),
        "skipped": frame_of(Skipped, []),
    }


MOMENTS = iter(range(10**9))


def decide(action, row, words, table="quotes", who="ada", when=None, field="", old="", new="", note="", article="a"):
    start, end = at(words, ARTICLES[article].text)
    when = when or f"2026-01-01T00:00:00.{next(MOMENTS):09}Z"
    digest = ARTICLES[article].sha256[:DIGEST_LENGTH]
    return Decision(who, when, action, table, article, digest, start, end, row, field, old, new, words, note)


def test_the_frames_of_these_tests_fit_their_schema():
    for table, row_type in (("quotes", Quote), ("counts", Count), ("positions", Position), ("skipped", Skipped)):
        check(frames()[table], row_type, table)


def ledger(*decisions):
    return Ledger(tuple(enumerate(decisions, 2)), name="corrections.csv")


def applied(*decisions, **more):
    corrected, report = apply(given := frames(), ARTICLES, ledger(*decisions), **more)
    for table, row_type in (("quotes", Quote), ("counts", Count), ("positions", Position), ("skipped", Skipped)):
        if corrected[table] is not given[table]:
            check(corrected[table], row_type, table)
        for row in corrected[table].itertuples():
            assert ARTICLES[row.article_id].text[row.start : row.end] == row.text
    for row in corrected["quotes"].itertuples():
        for part in ("speaker", "cue", "role"):
            if pd.notna(start := getattr(row, f"{part}_start")):
                assert TEXT[int(start) : int(getattr(row, f"{part}_end"))] == getattr(row, part)
    return corrected, report


def only(frame, row_id):
    return frame[frame.iloc[:, 0] == row_id].iloc[0]


def outcomes(report):
    return list(report.decisions["outcome"])


def test_no_decisions_leave_the_very_frames():
    given_frames = frames()
    corrected, report = apply(given_frames, ARTICLES, Ledger())
    assert all(corrected[name] is frame for name, frame in given_frames.items())
    assert str(report) == "No corrections."


def test_accept_confirms():
    corrected, report = applied(decide("accept", "q-1", "“We talk,”"))
    assert list(corrected["quotes"]["status"]) == ["confirmed", "machine"]
    assert outcomes(report) == ["applied"]
    assert_frame_equal(corrected["quotes"].drop(columns="status"), frames()["quotes"].drop(columns="status"))


def test_reject_takes_the_row_out_and_keeps_it_listed():
    corrected, report = applied(decide("reject", "q-2", "“We do,”", note="no speech"))
    assert list(corrected["quotes"]["quote_id"]) == ["q-1"]
    assert list(report.rejected["quotes"]["quote_id"]) == ["q-2"]
    (skipped,) = corrected["skipped"].itertuples()
    assert (skipped.table, skipped.text, skipped.reason) == ("quotes", "“We do,”", "rejected in review by ada: no speech")
    assert corrected["positions"]["quote_id"].isna().all(), "a position must not name a quote that is gone"


def test_edit_sets_the_field_with_basis_offsets_and_what_follows():
    corrected, _ = applied(
        decide("edit", "q-1", "“We talk,”", field="actor", old="Ann Lee", new="Ben Roe"),
        decide("edit", "q-1", "“We talk,”", field="speaker", old="Ann Lee", new="Lee"),
    )
    row = only(corrected["quotes"], "q-1")
    assert row[["actor", "actor_basis", "actor_type", "party", "party_basis", "status"]].to_list() == [
        "Ben Roe",
        "review",
        "group",
        "CPC",
        "registry",
        "corrected",
    ]
    assert (row["speaker_start"], row["speaker_end"]) == at("Lee")


def test_what_follows_from_an_unknown_value_is_unknown():
    corrected, _ = applied(decide("edit", "q-1", "“We talk,”", field="actor", old="Ann Lee", new="Cy Orr"))
    assert only(corrected["quotes"], "q-1")[["actor_type", "party", "party_basis"]].isna().all()


def test_what_a_reviewer_set_is_not_overwritten_by_what_follows():
    corrected, _ = applied(
        decide("edit", "q-1", "“We talk,”", field="party", old="LPC", new="NDP"),
        decide("edit", "q-1", "“We talk,”", field="actor", old="Ann Lee", new="Ben Roe"),
    )
    assert only(corrected["quotes"], "q-1")["party"] == "NDP"


def test_an_actor_of_the_registry_brings_what_is_known_on_the_articles_day():
    corpus = Corpus.from_texts({"a": TEXT}, published={"a": "2018-05-01"})
    change = decide("edit", "q-1", "“We talk,”", field="actor", old="Ann Lee", new="Ahmed Hussen")
    corrected, _ = applied(change, recompute=by_registry(corpus))
    assert only(corrected["quotes"], "q-1")[["actor_type", "party", "party_basis", "organization"]].to_list() == [
        "person", "LPC", "registry", "Government of Canada",
    ]  # fmt: skip


def test_a_corrected_number_loses_its_interval_unless_it_is_computed():
    change = decide("edit", "c-1", "658", "counts", field="value", old="658", new="700")
    corrected, _ = applied(change)
    row = only(corrected["counts"], "c-1")
    assert row["value"] == 700 and pd.isna(row["low"]) and pd.isna(row["high"])
    corrected, _ = applied(change, recompute={"counts": lambda row, given: {"low": row["value"], "high": row["value"]} if "value" in given else {}})
    assert only(corrected["counts"], "c-1")["high"] == 700


@pytest.mark.parametrize(
    ("changes", "low", "high"),
    [
        ({"value": "700"}, 700, 700),
        ({"bound": "more_than"}, 659, None),
        ({"bound": "at_least"}, 658, None),
        ({"bound": "less_than"}, 0, 657),
        ({"bound": "at_most"}, 0, 658),
        ({"value": "31000", "bound": "about"}, 30_500, 31_500),
        ({"value": "900", "bound": "nearly"}, 850, 899),
        ({"kind": "share", "value": "91"}, 91, 91),
        ({"kind": "share", "value": "90", "bound": "more_than"}, 90, 100),
        ({"kind": "share", "value": "91.5", "bound": "about"}, 91.45, 91.55),
        ({"kind": "change", "value": "-34"}, -34, -34),
        ({"kind": "change", "value": "-30", "bound": "more_than"}, None, -30),
        ({"kind": "difference", "value": "-300", "bound": "about"}, -350, -250),
        ({"value": "", "bound": "vague"}, None, None),
        ({"measure": "asylum_claims"}, 658, 658),
    ],
)
def test_a_corrected_number_has_the_interval_of_its_words(changes, low, high):
    corpus = Corpus.from_texts({"a": TEXT}, published={"a": "2018-05-01"})
    old = {"value": "658", "bound": "exact", "kind": "count", "measure": "interceptions"}
    lines = [decide("edit", "c-1", "658", "counts", field=name, old=old[name], new=new) for name, new in changes.items()]
    corrected, _ = applied(*lines, recompute=by_registry(corpus))
    row = only(corrected["counts"], "c-1")
    assert [None if pd.isna(row[name]) else row[name] for name in ("low", "high")] == [low, high]


def test_edits_of_days_and_empty_values_keep_the_types():
    corrected, _ = applied(
        decide("edit", "c-1", "658", "counts", field="period_end", new="2018-05-31"),
        decide("edit", "c-1", "658", "counts", field="measure", old="interceptions", new=""),
    )
    row = only(corrected["counts"], "c-1")
    assert row["period_end"] == pd.Timestamp("2018-05-31") and pd.isna(row["measure"])
    assert corrected["counts"].dtypes.equals(frames()["counts"].dtypes)


def test_a_moved_row_stands_on_other_words_and_sorts_there():
    corrected, _ = applied(decide("edit", "q-1", "“We talk,”", field="span", old="0-10", new="{}-{}".format(*at("the minister said"))))
    assert list(corrected["quotes"]["quote_id"]) == ["q-2", "q-1"]
    row = only(corrected["quotes"], "q-1")
    assert row["text"] == "the minister said"
    assert TEXT[row["sentence_start"] : row["sentence_end"]].startswith("Then 658")


def test_add_makes_a_row_from_its_lines():
    words = "Nobody here said"
    corrected, report = applied(
        decide("add", "q-new", words, when="t"),
        decide("edit", "q-new", words, when="t", field="kind", new="indirect"),
        decide("edit", "q-new", words, when="t", field="actor", new="Ann Lee"),
    )
    row = only(corrected["quotes"], "q-new")
    assert row[["text", "kind", "actor", "actor_type", "party", "status"]].to_list() == [words, "indirect", "Ann Lee", "person", "LPC", "added"]
    assert outcomes(report) == ["applied"] * 3


def test_an_added_row_without_what_it_needs_is_reported():
    corrected, report = applied(decide("add", "q-new", "Nobody here said"))
    assert "q-new" not in list(corrected["quotes"]["quote_id"])
    assert "lacks kind" in report.problems.iloc[0]["explanation"]


def test_a_row_added_by_two_is_one_and_so_is_one_that_the_program_finds():
    lines = []
    for row, who, words in (("q-x", "ada", "Nobody here said"), ("q-y", "ben", "Nobody here said"), ("q-z", "ben", "“We do,”")):
        lines += [decide("add", row, words, who=who), decide("edit", row, words, who=who, field="kind", new="direct")]
    lines.append(decide("edit", "q-z", "“We do,”", who="ben", field="role", new="minister"))
    corrected, report = applied(*lines)
    assert list(corrected["quotes"]["quote_id"]) == ["q-1", "q-2", "q-x"]
    assert only(corrected["quotes"], "q-2")[["role", "status"]].to_list() == ["minister", "corrected"]
    assert "the two are one" in report.decisions["explanation"].str.cat(sep="|")


def test_two_positions_on_one_sentence_are_two_rows():
    words = "Nobody here said"
    lines = []
    for row, proposition in (("p-x", "suspend"), ("p-y", "welcome")):
        lines.append(decide("add", row, words, "positions"))
        for field, value in (("actor", "Ann Lee"), ("proposition", proposition), ("stance", "oppose"), ("basis", "report")):
            lines.append(decide("edit", row, words, "positions", field=field, new=value))
    corrected, _ = applied(*lines)
    assert set(corrected["positions"]["position_id"]) == {"p-1", "p-x", "p-y"}


def test_the_last_decision_holds_and_the_one_before_is_told():
    corrected, report = applied(
        decide("reject", "q-1", "“We talk,”"),
        decide("edit", "q-2", "“We do,”", field="actor", old="Ben Roe", new="X"),
        decide("accept", "q-1", "“We talk,”", who="ben"),
        decide("edit", "q-2", "“We do,”", who="ben", field="actor", old="X", new="Y"),
    )
    assert list(corrected["quotes"]["status"]) == ["confirmed", "corrected"]
    assert list(corrected["quotes"]["actor"]) == ["Ann Lee", "Y"]
    assert outcomes(report) == ["overruled", "overruled", "applied", "applied"]
    assert report.decisions["explanation"][0] == "overruled by line 4"


def test_undo_restores_and_repetition_does_nothing():
    edit = decide("edit", "q-1", "“We talk,”", field="actor", old="Ann Lee", new="X", when="t1")
    undo = decide("undo", "q-1", "“We talk,”", old="t1", when="t2")
    accept = decide("accept", "q-2", "“We do,”")
    corrected, report = applied(edit, accept, accept, undo)
    assert list(corrected["quotes"]["actor"]) == ["Ann Lee", "Ben Roe"]
    assert outcomes(report) == ["undone", "applied", "duplicate", "applied"]


CANNOT = [
    (lambda d: replace(d, article="f" * 16), "the text of a has changed since"),
    (lambda d: replace(d, article="f" * 16, article_id="gone"), "no article of the corpus has the text"),
    (lambda d: replace(d, text="other"), "read '“We talk,”', not 'other'"),
    (lambda d: replace(d, start=5, end=5, text=""), "changed by hand"),
    (lambda d: replace(d, start=10**9, end=10**9 + 5), "changed by hand"),
    (lambda d: replace(d, table="quotas"), "'quotas' is none of"),
    (lambda d: replace(d, action="edit", field="text", new="x"), "not one that is set by hand"),
    (lambda d: replace(d, action="edit", field="kind", new="loud"), "'loud' is none of direct, indirect, mixed"),
    (lambda d: replace(d, action="edit", field="kind", new=""), "may not be empty"),
    (lambda d: replace(d, action="edit", field="said_on", new="1 May"), "is no day"),
    (lambda d: replace(d, action="edit", field="said_on", new="2018-02-30"), "no day of the calendar"),
    (lambda d: replace(d, action="edit", field="span", new="7"), "is not start-end"),
    (lambda d: replace(d, action="edit", field="span", new="9-999999"), "is not start-end"),
    (lambda d: replace(d, row_id="q-9", start=1, end=3, text="We"), "it now finds q-1 at 0–10"),
    (lambda d: replace(d, action="undo", old="never"), "nothing was decided by ada at never"),
]


@pytest.mark.parametrize(("change", "told"), CANNOT)
def test_what_cannot_be_applied_is_reported_and_changes_nothing(change, told):
    corrected, report = applied(change(decide("accept", "q-1", "“We talk,”")))
    assert told in report.problems.iloc[0]["explanation"]
    assert told in str(report)
    assert_frame_equal(corrected["quotes"], frames()["quotes"])


def test_a_line_that_could_not_be_read_is_reported():
    _, report = apply(frames(), ARTICLES, Ledger((), (BadLine(7, "torn", "a,b"),), "c.csv"))
    assert str(report) == "1 line of corrections: 1 not applied.\n  c.csv, line 7: torn"


def test_a_rejected_row_that_the_program_no_longer_finds_is_no_problem():
    _, report = applied(decide("reject", "q-9", "Nobody here said"))
    assert outcomes(report) == ["applied"] and "no longer finds" in report.decisions["explanation"][0]


def test_a_row_with_another_id_on_the_same_words_is_the_row():
    corrected, _ = applied(decide("accept", "q-older-version", "“We talk,”"))
    assert only(corrected["quotes"], "q-1")["status"] == "confirmed"


def test_a_renamed_article_keeps_its_corrections():
    corrected, report = applied(replace(decide("accept", "q-1", "“We talk,”"), article_id="former name"))
    assert outcomes(report) == ["applied"] and only(corrected["quotes"], "q-1")["status"] == "confirmed"


def test_a_value_that_the_program_reads_otherwise_now_is_told_and_the_correction_stands():
    corrected, report = applied(decide("edit", "q-1", "“We talk,”", field="actor", old="A. Lee", new="Anna Lee"))
    assert only(corrected["quotes"], "q-1")["actor"] == "Anna Lee"
    assert "now reads 'Ann Lee' here, not 'A. Lee'" in report.decisions["explanation"][0]


ANY = st.sampled_from([
    ("accept", {}), ("reject", {}), ("edit", {"field": "actor", "new": "Ben Roe"}), ("edit", {"field": "actor", "new": ""}),
    ("edit", {"field": "speaker", "new": "said"}), ("edit", {"field": "span", "new": "3-12"}), ("edit", {"field": "kind", "new": "mixed"}),
    ("edit", {"field": "said_on", "new": "2018-05-01"}), ("note", {"note": "x"}), ("add", {}), ("undo", {"old": "m1"}),
])  # fmt: skip


@number_of_examples(40)
@given(
    st.lists(
        st.tuples(ANY, st.sampled_from([("q-1", "“We talk,”"), ("q-2", "“We do,”"), ("q-3", "Nobody here")]), st.sampled_from(["ada", "ben"])),
        max_size=12,
    )
)
def test_any_ledger_gives_valid_tables_and_loses_no_row(items):
    lines = [decide(action, row, words, who=who, when=f"m{i}", **more) for i, ((action, more), (row, words), who) in enumerate(items)]
    corrected, report = applied(*lines)
    kept = {*corrected["quotes"]["quote_id"], *report.rejected.get("quotes", pd.DataFrame({"quote_id": []}))["quote_id"]}
    assert {"q-1", "q-2"} <= kept
    assert len(report.decisions) == len(lines)
    again, _ = apply(frames(), ARTICLES, [ledger(*lines)])
    assert_frame_equal(again["quotes"], corrected["quotes"])


def test_a_table_gives_its_rows_back():
    corpus = Corpus.from_texts({"a": "“We must do it on Tuesday,” Ann Lee said on May 1, 2018."})
    kept = [row for row in corpus["a"].rows if isinstance(row, Quote)]
    assert kept and rows_of(corpus.machine_frames["quotes"], Quote) == kept
    given_frames = frames()
    for table, row_type in (("quotes", Quote), ("counts", Count), ("positions", Position)):
        assert_frame_equal(frame_of(row_type, rows_of(given_frames[table], row_type)), given_frames[table])


def test_a_corpus_gives_the_frames_before_correction():
    assert set(machine_frames(CORPUS)) == {"counts", "quotes", "positions", "proposals", "skipped"}


def test_positions_follow_the_corrected_speaker_of_their_quote():
    corrected, report = applied(decide("edit", "q-2", "“We do,”", field="actor", old="Ben Roe", new="Ann Lee"))
    row = only(corrected["positions"], "p-1")
    assert (row["actor"], row["actor_type"], row["party"], row["status"]) == ("Ann Lee", "person", "LPC", "corrected")
    assert report.decisions["explanation"][0] == "positions that rest on it: p-1 follows"


@pytest.mark.parametrize("new", ["Ben Roe", "Cy Poe"])
def test_a_position_whose_actor_was_set_does_not_follow(new):
    corrected, report = applied(
        decide("edit", "p-1", "“We do,”", table="positions", field="actor", old="Ben Roe", new="Dee Moe"),
        decide("edit", "q-2", "“We do,”", field="actor", old="Ben Roe", new=new),
    )
    assert only(corrected["positions"], "p-1")["actor"] == "Dee Moe"
    assert report.decisions["explanation"][1] == "positions that rest on it: p-1 is left as it is"


def test_a_position_of_another_actor_does_not_follow():
    given_frames = frames()
    given_frames["positions"]["actor"] = "Eve Noe"
    corrected, report = apply(given_frames, ARTICLES, ledger(decide("edit", "q-2", "“We do,”", field="actor", old="Ben Roe", new="Ann Lee")))
    assert only(corrected["positions"], "p-1")["actor"] == "Eve Noe"
    assert "p-1 is left as it is" in report.decisions["explanation"][0]


def test_positions_follow_the_last_of_two_corrections_and_a_speaker_taken_away_leaves_them():
    first = decide("edit", "q-2", "“We do,”", field="actor", old="Ben Roe", new="Ann Lee")
    second = decide("edit", "q-2", "“We do,”", field="actor", old="Ann Lee", new="Cy Poe")
    assert only(applied(first, second)[0]["positions"], "p-1")["actor"] == "Cy Poe"
    none = decide("edit", "q-2", "“We do,”", field="actor", old="Ben Roe", new="")
    corrected, report = applied(none)
    assert only(corrected["positions"], "p-1")["actor"] == "Ben Roe"
    assert "p-1 is left as it is" in report.decisions["explanation"][0]
