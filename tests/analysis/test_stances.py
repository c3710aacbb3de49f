"""Comparison across articles: stance matrices, changes of mind, contradictions, shared quotations."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.frames import frame
from support.hostile import hostile_words

from stcalib import Corpus
from stcalib.analysis.opposite_sides import CONTRADICTIONS, contradictions
from stcalib.analysis.shared_quotations import marked, shared_quotes, utterances, word_differences
from stcalib.analysis.stances import changes, matrix, once, stance_matrix, timeline
from stcalib.core.errors import ParameterError
from stcalib.display.contradiction_view import facing
from stcalib.display.row_listing import cell_text


@pytest.fixture(scope="module")
def found(seeds: Corpus) -> pd.DataFrame:
    return contradictions(seeds.positions, seeds.codebook.propositions)


# ---- contradictions of the seeds
NAMED = [
    ("whole_border", "Government of Canada", "Canada wants", "entire border", "Ralph Goodale", "pose safety issues"),
    ("formal_negotiation", "U.S. government spokesperson", "reviewing the proposal", "made by Canada", "Ahmed Hussen", "no formal"),
    ("formal_negotiation", "U.S. Department of Homeland Security", "reviewing", "proposal", "Ralph Goodale", "formal proposal"),
    ("talks_underway", "Government of Canada", "exploratory talks", "United States", "Ahmed Hussen", "had not spoke"),
]


@pytest.mark.parametrize(("proposition", "one", "words", "more", "other", "denial"), NAMED, ids=[f"{row[0]}-{row[4]}" for row in NAMED])
def test_report_against_denial(
    seeds: Corpus, found: pd.DataFrame, proposition: str, one: str, words: str, more: str, other: str, denial: str
) -> None:
    groups = found[(found["kind"] == "report against denial") & (found["proposition"] == proposition)]
    rows = {row["position_id"]: row for row in seeds.positions.to_dict("records")}
    told = [tuple([rows[key] for key in group[f"positions_{side}"].split("; ")] for side in ("for", "against")) for group in groups.to_dict("records")]
    assert any(_says(for_it, one, words, more) and _says(against, other, denial) for for_it, against in told)


def _says(rows: list[dict[str, str]], actor: str, *words: str) -> bool:
    return any(row["actor"] == actor and all(word in " ".join(row["text"].split()) for word in words) for row in rows)


def test_a_group_shows_a_pair_of_its_own(seeds: Corpus, found: pd.DataFrame) -> None:
    texts = dict(zip(seeds.positions["position_id"], seeds.positions["text"], strict=True))
    for row in found.to_dict("records"):
        for side in ("for", "against"):
            ids = row[f"positions_{side}"].split("; ")
            assert row[f"n_{side}"] == len(ids) == len(set(ids)) and row[f"text_{side}"] in {texts[key] for key in ids}
        assert 1 <= row["n_pairs"] <= row["n_actors_for"] * row["n_actors_against"]


def test_every_kind_comes_out_of_the_seeds(found: pd.DataFrame) -> None:
    assert list(dict.fromkeys(found["kind"])) == list(CONTRADICTIONS)
    pairs = set(zip(found["kind"], found["proposition"], found["actor_for"], found["actor_against"], strict=True))
    assert ("between actors", "whole_border", "Conservative Party of Canada", "Ralph Goodale") in pairs
    assert ("of one actor with itself", "talks_underway", "Ahmed Hussen", "Ahmed Hussen") in pairs
    assert ("within one party", "renegotiate", "spokesperson for Bill Blair", "Ahmed Hussen") in pairs


def test_kinds_are_chosen(seeds: Corpus) -> None:
    only = contradictions(seeds.positions, seeds.codebook.propositions, ["between actors"])
    assert set(only["kind"]) == {"between actors"}


def test_the_two_texts_stand_side_by_side(seeds: Corpus, found: pd.DataFrame) -> None:
    labels = {"whole_border": "Apply it <everywhere>"}
    shown = facing(found, labels, seeds.articles)._repr_html_()
    for row in found.to_dict("records"):
        for side in ("for", "against"):
            assert escape(cell_text(row[f"text_{side}"])) in shown
    assert "Apply it &lt;everywhere&gt; – report against denial" in shown
    assert "HuffPost Canada 000_ac7b54fc3910197e" in shown
    assert repr(facing(found)) == f"[Contradictions: {len(found)} groups, a pair of texts of each]"
    assert facing(found[:0])._repr_html_() == "<p>No contradiction.</p>"


@pytest.mark.parametrize("words", hostile_words().values(), ids=list(hostile_words()))
def test_hostile_words_stay_words(words: str) -> None:
    rows = positions({"actor": words, "party": words, "text": words}, {"actor": "Bo", "stance": "oppose", "article_id": words})
    shown = facing(contradictions(rows), {"suspend": words}, articles("2018-01-01").assign(article_id=[words], outlet=[words]))._repr_html_()
    tags = {tag.lower() for tag in re.findall(r"<\s*/?\s*(\w+)", shown)}
    assert tags <= {"div", "h4", "b", "span", "p"}
    assert not re.search(r"<[^>]*\son\w+\s*=", shown)


def test_many_pairs_are_one_group() -> None:
    rows = [{"actor": f"Actor {i}", "stance": "support" if i % 2 else "oppose"} for i in range(22)]
    (row,) = contradictions(positions(*rows)).to_dict("records")
    assert (row["n_pairs"], row["n_actors_for"], row["n_actors_against"], row["n_for"]) == (121, 11, 11, 11)
    assert "120 more pairs of actors" in facing(contradictions(positions(*rows)))._repr_html_()


def test_many_groups_are_cut() -> None:
    rows = [{"actor": f"Actor {i // 2}", "stance": "support" if i % 2 else "oppose"} for i in range(220)]
    shown = facing(contradictions(positions(*rows)))._repr_html_()
    assert "… and 11 more" in shown


_SIDES = st.fixed_dictionaries({
    "actor": st.sampled_from("ABCDE"), "party": st.sampled_from([None, "LPC", "CPC"]), "organization": st.sampled_from([None, "Board", "Court"]),
    "actor_type": st.sampled_from(["person", "government"]), "basis": st.sampled_from(["quote", "report"]),
    "stance": st.sampled_from(["support", "oppose"]), "proposition": st.sampled_from(["suspend", "talks_underway"]),
})  # fmt: skip


@given(st.lists(_SIDES, max_size=9))
def test_the_groups_hold_every_pair_once(seeds: Corpus, rows: list[dict[str, object]]) -> None:
    """Counted pair by pair, as no group is."""
    found = contradictions(positions(*rows) if rows else positions({})[:0], seeds.codebook.propositions)
    told: dict[tuple[object, object], dict[object, dict[str, object]]] = {}
    for row in sorted(rows, key=lambda row: str(row["actor"])):
        side = told.setdefault((row["proposition"], row["stance"]), {}).setdefault(row["actor"], {**row, "report": False})
        side["party"], side["organization"] = side["party"] or row["party"], side["organization"] or row["organization"]
        side["report"] = side["report"] or row["basis"] == "report"
    pairs: Counter[tuple[str, str]] = Counter()
    for proposition in ("suspend", "talks_underway"):
        for one, other in product(*(told.get((proposition, stance), {}).values() for stance in ("support", "oppose"))):
            pairs[_kind_of(one, other, proposition == "talks_underway"), proposition] += 1
    assert {(kind, name): int(part["n_pairs"].sum()) for (kind, name), part in found.groupby(["kind", "proposition"])} == dict(pairs)


def _kind_of(one: dict[str, object], other: dict[str, object], fact: bool) -> str:
    if one["actor"] == other["actor"]:
        return "of one actor with itself"
    if any(one[name] is not None and one[name] == other[name] for name in ("party", "organization")):
        reported = any(a["actor_type"] == "government" and a["report"] and b["actor_type"] == "person" for a, b in ((one, other), (other, one)))
        return "report against denial" if reported else "within one party"
    return "report against denial" if fact else "between actors"


# ---- rows made for it
def articles(*days: str | None) -> pd.DataFrame:
    rows = [{"article_id": f"a{i}", "outlet": f"Outlet {i % 2}", "published_earliest": day, "published_latest": day} for i, day in enumerate(days)]
    return frame("articles", rows)


def positions(*rows: dict[str, object]) -> pd.DataFrame:
    usual = {"actor_type": "person", "proposition": "suspend", "stance": "support", "basis": "quote", "start": 0, "end": 9}
    made = [{**usual, "position_id": f"p{i}", "article_id": f"a{i}", "text": f"Sentence {i}.", **row} for i, row in enumerate(rows)]
    return frame("positions", made)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ({"actor": "Ann", "party": "LPC"}, {"actor": "Bo", "party": "CPC"}, "between actors"),
        ({"actor": "Ann", "party": "LPC"}, {"actor": "Bo", "party": "LPC"}, "within one party"),
        ({"actor": "Ann", "organization": "Board"}, {"actor": "Bo", "organization": "Board"}, "within one party"),
        ({"actor": "Ann"}, {"actor": "Ann"}, "of one actor with itself"),
        ({"actor": "Ann"}, {"actor": "Bo"}, "between actors"),
        (
            {"actor": "Gov", "actor_type": "government", "organization": "Gov", "basis": "report"},
            {"actor": "Bo", "organization": "Gov"},
            "report against denial",
        ),
        (
            {"actor": "Gov", "actor_type": "government", "organization": "Gov", "basis": "quote"},
            {"actor": "Bo", "organization": "Gov"},
            "within one party",
        ),
        ({"actor": "Ann", "proposition": "talks_underway"}, {"actor": "Bo", "proposition": "talks_underway"}, "report against denial"),
    ],
)
def test_the_kind_of_a_contradiction(seeds: Corpus, one: dict[str, object], other: dict[str, object], kind: str) -> None:
    (row,) = contradictions(positions(one, {**other, "stance": "oppose"}), seeds.codebook.propositions).to_dict("records")
    assert row["kind"] == kind
    assert (row["text_for"], row["text_against"]) == ("Sentence 0.", "Sentence 1.")


def test_undecided_contradicts_nobody(seeds: Corpus) -> None:
    assert contradictions(positions({"actor": "Ann"}, {"actor": "Bo", "stance": "ambivalent"}), seeds.codebook.propositions).empty
    assert contradictions(positions()[:0], seeds.codebook.propositions).empty


def test_wire_copy_counts_once() -> None:
    rows = positions(
        {"actor": "Ann", "party": "LPC", "text": "“We’ll leave,” she said."},
        {"actor": "Ann", "party": "LPC", "text": '"We\'ll leave," she said.'},
        {"actor": "Ann", "party": "LPC", "text": "She will leave."},
        {"actor": "Bo", "party": "CPC", "stance": "oppose"},
    )
    (row,) = contradictions(rows).to_dict("records")
    assert (row["n_for"], row["n_against"]) == (2, 1)
    assert list(once(rows)["position_id"]) == ["p0", "p2", "p3"]
    counted = stance_matrix(rows)
    assert counted[counted["party"] == "LPC"][["n", "n_printed", "n_articles"]].to_dict("records") == [{"n": 2, "n_printed": 3, "n_articles": 3}]


# ---- matrices
@pytest.mark.parametrize("by", ["party", "actor", "organization", "outlet", "article_id", "period"])
def test_every_cell_of_a_matrix_leads_to_its_sentences(seeds: Corpus, by: str) -> None:
    counted = stance_matrix(seeds.positions, by, seeds.articles)
    assert counted["n_printed"].sum() == len(seeds.positions)
    keys = [key for evidence in counted["evidence"] for key in evidence.split("; ")]
    assert len(keys) == len(set(keys)) == counted["n"].sum()
    assert set(keys) <= set(seeds.positions["position_id"])
    assert matrix(counted).to_numpy().sum() == counted["n"].sum()


def test_a_matrix_tells_how_many_are_only_proposed() -> None:
    rows = [{"position_id": f"p-{n}", "article_id": "a", "actor": "Ann", "party": "LPC", "proposition": "x", "stance": "support", "text": f"{n}"}
            for n in range(3)]  # fmt: skip
    told = stance_matrix(frame("positions", rows).assign(tier=["firm", "proposal", "proposal"]))
    assert (told["n"].tolist(), told["n_proposed"].tolist()) == ([3], [2])
    assert "n_proposed" not in stance_matrix(frame("positions", rows))


def test_a_matrix_by_several() -> None:
    rows = positions({"actor": "Ann", "party": "LPC"}, {"actor": "Ann", "party": "LPC"}, {"actor": "Bo", "party": "CPC"})
    counted = stance_matrix(rows, ["party", "period"], articles("2018-01-01", "2018-12-31", None), "M")
    assert list(zip(counted["party"], counted["period"], counted["n"], strict=True)) == [("CPC", "", 1), ("LPC", "2018-01", 1), ("LPC", "2018-12", 1)]


def test_an_interval_over_two_periods_is_in_none() -> None:
    rows = articles("2018-01-01").assign(published_latest=pd.Timestamp("2019-01-01"))
    assert list(stance_matrix(positions({"actor": "Ann"}), "period", rows)["period"]) == [""]


def test_a_wrong_comparison_says_what_there_is() -> None:
    with pytest.raises(ParameterError, match="party, actor, organization, outlet, article_id, period"):
        stance_matrix(positions({"actor": "Ann"}), "colour")
    with pytest.raises(ParameterError, match=r"articles=corpus\.articles"):
        stance_matrix(positions({"actor": "Ann"}), "outlet")


# ---- time
def test_changes_of_mind_need_a_certain_order() -> None:
    rows = positions({"actor": "Ann"}, {"actor": "Ann"}, {"actor": "Ann", "stance": "oppose"}, {"actor": "Bo", "stance": "oppose"})
    (row,) = changes(rows, articles("2018-01-01", "2018-02-01", "2019-01-01", "2019-01-01")).to_dict("records")
    assert (row["stance_before"], row["stance_after"]) == ("support", "oppose")
    assert (row["text_before"], row["text_after"]) == ("Sentence 1.", "Sentence 2.")
    open_end = articles("2018-01-01", "2018-02-01", "2019-01-01", "2019-01-01").assign(published_earliest=pd.NaT)
    assert changes(rows, open_end).empty


def test_no_positions_no_days(seeds: Corpus) -> None:
    for none in (seeds.positions.head(0), positions({"actor": "Ann"}).head(0)):
        dated = timeline(none, seeds.articles)
        assert dated.empty
        assert {str(dated[name].dtype)[:10] for name in ("earliest", "latest")} == {"datetime64"}
        assert changes(none, seeds.articles).empty
        assert stance_matrix(none, ["party", "period"], seeds.articles).empty
        assert list(once(none).columns) == list(none.columns)


def test_a_dated_position_outranks_its_article() -> None:
    rows = positions({"actor": "Ann", "as_of": "2017-05-05"}, {"actor": "Bo"})
    dated = timeline(rows, articles("2018-01-01", None))
    assert list(dated["earliest"]) == [pd.Timestamp("2017-05-05"), pd.NaT]


# ---- shared quotations
def test_shared_quotes_of_the_seeds(seeds: Corpus) -> None:
    shared = shared_quotes(seeds.quotes)
    assert shared.groupby("utterance")["article_id"].nunique().min() >= 2
    assert set(shared["actor"]) == {"Ralph Goodale"}
    differing = shared[shared["n_words_differ"] > 0]
    assert list(differing["differences"]) == ["that → (nothing)"]
    assert (shared["n_marks_differ"] > 0).sum() == 2


@pytest.mark.parametrize(
    ("here", "there", "words", "marks"),
    [
        ("“We are talking with them,”", '"We are talking with them"', 0, 0),
        ("We’re talking with them", "We're talking with them", 0, 0),
        ("we can close that road", "we could close that road", 1, 0),
        ("close that the road", "close the road", 1, 0),
        ("The road, he says, is shut", "the road he says is shut", 0, 1),
        ("one two three four", "five six", 1, 0),
    ],
)
def test_differences_are_counted(here: str, there: str, words: int, marks: int) -> None:
    found = word_differences(here, there)
    assert (sum(not d.marks_only for d in found), sum(d.marks_only for d in found)) == (words, marks)


def test_differences_are_marked() -> None:
    assert marked("we can close that road", "we could close the road") == "we [-could-] {+can+} close [-the-] {+that+} road"
    assert marked("the same", "the same") == "the same"


def quotes(*texts: str) -> pd.DataFrame:
    rows = [{"quote_id": f"q{i}", "article_id": f"a{i}", "kind": "direct", "actor": "Ann", "text": text} for i, text in enumerate(texts)]
    return frame("quotes", rows)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("we will close the road at once and for good", "we will close the road at once", True),
        ("we will close the road at once and for good", "the road will be closed by us at once, for good", False),
        ("“It is a discussion we are having with the Americans.”", "“It is a discussion that we are having with the Americans.”", True),
        ("Many have questions about the Safe Third Country Agreement today", "Nobody will defend the Safe Third Country Agreement with them", False),
        ("“No comment.”", "“No comment.”", False),
        ("nothing here is shared with the other one", "these are entirely different words of somebody", False),
    ],
)
def test_what_is_one_utterance(one: str, other: str, same: bool) -> None:
    assert (len(shared_quotes(quotes(one, other))) == 2) is same


@pytest.mark.parametrize("end", ["", " number {}"], ids=["in the same words", "each in words of its own"])
def test_a_quotation_in_many_articles_is_one_row_with_all_its_places(end: str) -> None:
    told = "We will close the road at once and for good, whatever they say"
    shared = shared_quotes(quotes(*(told + end.format(f"n{i}") for i in range(300)), "Nothing of the sort was ever said by them"))
    (row,) = utterances(shared).to_dict("records")
    assert (row["n_articles"], row["n_places"], row["n_wordings"]) == (300, 300, 300 if end else 1)
    assert set(row["quote_ids"].split("; ")) == {f"q{i}" for i in range(300)}


def test_no_quotes_no_rows() -> None:
    assert shared_quotes(quotes()[:0].reindex(columns=["quote_id", "article_id", "kind", "actor", "party", "text"])).empty
    assert utterances(shared_quotes(quotes()[:0].reindex(columns=["quote_id", "article_id", "kind", "actor", "party", "text"]))).empty
