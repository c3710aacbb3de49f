"""Actors across articles, and the file by which the analyst corrects them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from stcalib import Corpus, load_corpus
from stcalib.core.rows import ActorRow
from stcalib.corpus.actor_names import NAME
from stcalib.corpus.tables import check, read_tables, write_tables

CASES = tomllib.loads((Path(__file__).parent / "actors.toml").read_text(encoding="utf-8"))["case"]


def read(case: dict[str, Any]) -> Corpus:
    days = dict.fromkeys(case["articles"], "2018-05-01") | case.get("published", {})
    return Corpus.from_texts(case["articles"], published=days, names=case.get("names"))


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_who_is_one_actor(case: dict[str, Any]) -> None:
    corpus = read(case)
    table = check(corpus.actors, ActorRow, "actors")
    assert sorted(table[["name", "names", "n_articles", "n_quotes"]].values.tolist()) == sorted(case["actors"])


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_the_rows_lead_to_the_table(case: dict[str, Any]) -> None:
    corpus = read(case)
    counted = corpus.quotes["actor_id"].value_counts().to_dict()
    assert counted == dict(zip(corpus.actors["actor_id"], corpus.actors["n_quotes"], strict=True))
    again = read(case)
    assert again.actors.equals(corpus.actors) and again.quotes.equals(corpus.quotes)


def test_roles_and_parties_carry_the_days_of_their_articles() -> None:
    texts = {"a": "Immigration critic Michelle Rempel said it was late.", "b": "Conservative MP Michelle Rempel said it was early."}
    corpus = Corpus.from_texts(texts, published={"a": "2018-05-01", "b": "2019-02-03"})
    (actor,) = corpus.actors.itertuples()
    assert actor.roles == "Immigration critic 2018-05-01..2018-05-01; Conservative MP 2019-02-03..2019-02-03"
    assert actor.parties == "CPC 2018-05-01..2019-02-03"


def project(tmp_path: Path, names: str) -> Path:
    (tmp_path / "a.txt").write_text("Berta Lind said it was late.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Dr. Berta Lind-Orr said Canada should suspend the Safe Third Country Agreement.\n", encoding="utf-8")
    (tmp_path / NAME).write_text(names, encoding="utf-8")
    return tmp_path


def test_every_table_follows_the_file(tmp_path: Path) -> None:
    corpus = load_corpus(project(tmp_path, '["Berta Lind-Orr"]\nnames = ["Berta Lind"]\nparty = "NDP"\n'))
    assert corpus.problems.empty and corpus.passed_over == ()
    assert set(corpus.quotes["actor"]) == set(corpus.positions["actor"]) == {"Berta Lind-Orr"}
    assert set(corpus.quotes["party"]) == set(corpus.positions["party"]) == {"NDP"}
    assert set(corpus.quotes["actor_id"]) == set(corpus.positions["actor_id"]) == set(corpus.actors["actor_id"])
    write_tables(corpus.tables(), tmp_path / "out")
    assert read_tables(tmp_path / "out")["actors"].equals(corpus.actors)
    assert {row.actor for row in corpus["a"].rows if hasattr(row, "actor")} == {"Berta Lind-Orr"}


FAULTS = [
    ("[Berta", "not valid TOML", "Mend the line"),
    ('["Berta Lind"]\nnames = "Lind"\n', "names: 'Lind' is not a list", "Allowed keys: names"),
    ('["Berta Lind"]\nalias = ["Lind"]\n', "alias is no key", "Allowed keys: names"),
    ('["Berta Lind"]\ntype = "woman"\n', "type: 'woman' is not one of", "Allowed keys: names"),
    ('["Berta Lind"]\narticles = ["c"]\n', "no article 'c' was read", "Name articles by their ids"),
    ('["X"]\nnames = ["Berta Lind"]\n["Y"]\nnames = ["Berta Lind"]\n', "is that of 'X' as well", "Give it to one of the two"),
]


@pytest.mark.parametrize(("names", "told", "advice"), FAULTS, ids=[row[1] for row in FAULTS])
def test_a_fault_is_told_and_costs_nothing_else(tmp_path: Path, names: str, told: str, advice: str) -> None:
    corpus = load_corpus(project(tmp_path, names + '\n["Berta Lind-Orr"]\ntype = "person"\n' if "Y" not in names and "[Berta" not in names else names))
    (problem,) = corpus.problems.itertuples()
    assert problem.file == NAME and told in problem.problem and advice in problem.advice
    assert len(corpus.quotes) == 2 and corpus.quotes["actor_id"].notna().all()
