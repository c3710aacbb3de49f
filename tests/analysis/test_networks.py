"""Discourse networks: what counts as a statement, weights as Discourse Network Analyzer has them, files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.frames import frame

from stcalib import Corpus
from stcalib.analysis import networks
from stcalib.analysis.networks import NetworkError, affiliation, between, graphml, statements, windows, write_graphml
from stcalib.core.errors import ParameterError

DAYS = {"a1": "2018-01-10", "a2": "2018-01-12", "a3": "2018-03-20", "a4": None}


def articles() -> pd.DataFrame:
    rows = [{"article_id": key, "outlet": "Post", "published_earliest": day, "published_latest": day} for key, day in DAYS.items()]
    return frame("articles", rows)


def positions(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Positions from (actor, proposition, stance, article)."""
    made = [
        {
            "position_id": f"p{i}", "article_id": article, "start": i * 10, "end": i * 10 + 9, "text": f"Words number {i}.", "actor": actor,
            "actor_type": "person", "party": {"Ann": "LPC", "Bo": "CPC"}.get(actor), "proposition": proposition, "stance": stance,
        }
        for i, (actor, proposition, stance, article) in enumerate(rows)
    ]  # fmt: skip
    return frame("positions", made)


TABLE = positions(
    ("Ann", "suspend", "oppose", "a1"),
    ("Ann", "suspend", "oppose", "a1"),
    ("Ann", "suspend", "oppose", "a2"),
    ("Ann", "deter", "support", "a1"),
    ("Bo", "suspend", "oppose", "a1"),
    ("Bo", "deter", "oppose", "a3"),
    ("Cy", "suspend", "support", "a2"),
    ("Cy", "deter", "ambivalent", "a2"),
    ("Cy", "welcome", "support", "a4"),
)


@pytest.mark.parametrize(
    ("duplicates", "number"), [("include", 3), ("document", 2), ("week", 1), ("month", 1), ("year", 1), ("acrossrange", 1)]
)
def test_duplicates(duplicates: str, number: int) -> None:
    chosen = statements(TABLE, articles(), duplicates=duplicates)
    assert ((chosen["node"] == "Ann") & (chosen["proposition"] == "suspend")).sum() == number


def test_undecided_stances_are_no_statements() -> None:
    chosen = statements(TABLE, articles(), duplicates="include")
    assert len(chosen) == 8
    assert set(chosen["agreement"]) == {0, 1}


def test_the_same_sentence_in_two_articles_counts_once() -> None:
    rows = positions(("Ann", "suspend", "oppose", "a1"), ("Ann", "suspend", "oppose", "a2")).assign(text="We will not leave.")
    assert len(statements(rows, articles())) == 1
    assert len(statements(rows, articles(), wire_once=False)) == 2


def test_nodes_may_be_parties() -> None:
    chosen = statements(TABLE, articles(), by="party", duplicates="include")
    assert set(chosen["node"]) == {"LPC", "CPC"}


def test_days_cut_what_is_not_dated_inside() -> None:
    chosen = statements(TABLE, articles(), start=date(2018, 1, 11), stop=date(2018, 12, 31), duplicates="include")
    assert list(zip(chosen["node"], chosen["proposition"], strict=True)) == [("Ann", "suspend"), ("Cy", "suspend"), ("Bo", "deter")]


@pytest.mark.parametrize(
    ("aggregation", "normalization", "weight"),
    [
        ("ignore", "no", 2),
        ("subtract", "no", -2),
        ("combine", "no", 2),
        ("ignore", "activity", 0.666667),
        ("ignore", "prominence", 0.5),
        ("subtract", "activity", -0.666667),
    ],
)
def test_affiliation(aggregation: str, normalization: str, weight: float) -> None:
    graph = affiliation(statements(TABLE, articles()), aggregation, normalization)
    edge = graph.edges["Ann", "proposition: suspend"]
    assert edge["weight"] == weight
    assert (edge["support"], edge["oppose"]) == (0, 2)
    assert nx.is_bipartite(graph)
    assert graph.nodes["Ann"]["party"] == "LPC"


@pytest.mark.parametrize(
    ("aggregation", "normalization", "weight"),
    [
        ("congruence", "no", 2),
        ("conflict", "no", 1),
        ("subtract", "no", 1),
        ("ignore", "no", 3),
        ("congruence", "average", 0.8),
        ("congruence", "cosine", 0.333333),
        ("congruence", "jaccard", 0.5),
    ],
)
def test_between(aggregation: str, normalization: str, weight: float) -> None:
    """Ann: two statements against suspending, one for deterring; Bo: one against each."""
    graph = between(statements(TABLE, articles()), aggregation, normalization)
    assert graph.edges["Ann", "Bo"]["weight"] == weight
    assert (graph.edges["Ann", "Bo"]["congruence"], graph.edges["Ann", "Bo"]["conflict"]) == (2, 1)


def test_an_edge_says_what_it_rests_on() -> None:
    chosen = statements(TABLE, articles())
    assert between(chosen, "congruence").edges["Ann", "Bo"]["propositions"] == "suspend"
    assert between(chosen, "conflict").edges["Ann", "Bo"]["propositions"] == "deter"
    assert not between(chosen, "congruence").has_edge("Ann", "Cy")
    assert "Cy" in between(chosen, "congruence")
    assert "Cy" not in between(chosen, "congruence", isolates=False)


def test_windows_move_by_one_unit() -> None:
    found = list(windows(statements(TABLE, articles(), duplicates="include"), "month", 2))
    assert [(w.start, w.stop, len(w.statements)) for w in found] == [
        (date(2018, 1, 1), date(2018, 2, 28), 6),
        (date(2018, 2, 1), date(2018, 3, 31), 1),
    ]
    assert list(windows(statements(TABLE[:0], articles()))) == []


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: statements(TABLE, articles(), by="colour"), "actor, organization, party"),
        (lambda: statements(TABLE, articles(), duplicates="none"), "acrossrange"),
        (lambda: affiliation(statements(TABLE, articles()), "congruence"), "ignore, combine, subtract"),
        (lambda: between(statements(TABLE, articles()), "congruence", "activity"), "average, jaccard, cosine"),
        (lambda: list(windows(statements(TABLE, articles()), "decade")), "week, month, year"),
        (lambda: list(windows(statements(TABLE, articles()), "week", 0)), "Give 1 or more"),
    ],
)
def test_a_wrong_choice_says_what_is_allowed(call: object, said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        call()  # type: ignore[operator]


def test_graphml_is_stable_and_read_again(tmp_path: Path) -> None:
    chosen = statements(TABLE, articles())
    for graph in (affiliation(chosen), between(chosen, "subtract")):
        shuffled = chosen.sample(frac=1, random_state=3)
        again = affiliation(shuffled) if graph.graph["name"] == "affiliation" else between(shuffled, "subtract")
        assert graphml(graph) == graphml(again)
        path = write_graphml(graph, tmp_path / "graph.graphml")
        read = nx.read_graphml(path)
        assert set(read) == set(graph)
        assert {frozenset(edge): read.edges[edge]["weight"] for edge in read.edges} == {frozenset(e): graph.edges[e]["weight"] for e in graph.edges}


@given(st.text(max_size=30))
def test_any_name_gives_valid_xml(name: str) -> None:
    graph = affiliation(statements(positions((name + "x", "suspend", "support", "a1")), articles()))
    ElementTree.fromstring(graphml(graph))


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match="Choose another file"):
        write_graphml(affiliation(statements(TABLE, articles())), tmp_path / "none" / "graph.graphml")


def test_without_networkx_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise ImportError

    monkeypatch.setattr(networks, "import_module", missing)
    with pytest.raises(NetworkError, match=r'pip install "\.\[notebooks\]"'):
        affiliation(statements(TABLE, articles()))


def test_the_seeds_give_networks(seeds: Corpus) -> None:
    chosen = statements(seeds.positions, seeds.articles)
    graph = between(chosen, "conflict")
    assert graph.has_edge("Michelle Rempel", "Ralph Goodale")
    assert "whole_border" in graph.edges["Michelle Rempel", "Ralph Goodale"]["propositions"]
    assert affiliation(chosen).edges["New Democratic Party", "proposition: suspend"]["weight"] > 0
