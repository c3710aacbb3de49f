"""A name means one actor in all articles, a description one in each."""

from __future__ import annotations

import pandas as pd
import pytest
from support.frames import frame

from stcalib.analysis import networks, opposite_sides, stances, tallies
from stcalib.analysis.actor_names import actors_apart, is_description


@pytest.mark.parametrize("name", ["company", "police", "a resident of the town", "spokesperson for the mayor", "80-year-old man"])
def test_descriptions(name: str) -> None:
    assert is_description(name)


@pytest.mark.parametrize("name", ["Ann Lee", "mayor of Ludlow", "police in Hope", "École des mines", "", "van Dyk Holdings"])
def test_names(name: str) -> None:
    assert not is_description(name)


def rows(*told: tuple[str, str | None]) -> pd.DataFrame:
    return frame("quotes", [{"quote_id": f"q{i}", "article_id": key, "actor": actor, "text": "some words"} for i, (key, actor) in enumerate(told)])


def test_a_description_is_one_actor_in_each_article() -> None:
    made = rows(("a", "company"), ("b", "company"), ("b", "company"), ("a", "resident"), ("a", "Ann Lee"), ("b", "Ann Lee"), ("a", None))
    apart = actors_apart(made)
    assert list(apart[:6]) == ["company (a)", "company (b)", "company (b)", "resident", "Ann Lee", "Ann Lee"]
    assert pd.isna(apart.iloc[6])
    by_actor = tallies.words_by(made, "actor").set_index("actor")["n_quotes"]
    assert by_actor.to_dict() == {"company (b)": 2, "Ann Lee": 2, "company (a)": 1, "resident": 1, "": 1}


def test_two_companies_do_not_contradict_themselves_and_no_network_ties_them() -> None:
    days = frame("articles", [{"article_id": key, "published_earliest": day, "published_latest": day} for key, day in (("a", "2020-01-01"), ("b", "2020-02-01"))])
    told = frame(
        "positions",
        [
            {"position_id": f"p{key}", "article_id": key, "start": 0, "end": 5, "text": key, "actor": "company", "proposition": "x", "stance": stance}
            for key, stance in (("a", "support"), ("b", "oppose"))
        ],
    )
    assert stances.changes(told, days).empty
    assert list(opposite_sides.contradictions(told)["kind"]) == ["between actors"]
    assert set(networks.statements(told, days)["node"]) == {"company (a)", "company (b)"}
    assert set(stances.stance_matrix(told, "actor")["actor"]) == {"company (a)", "company (b)"}
