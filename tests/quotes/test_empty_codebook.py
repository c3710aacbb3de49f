"""Quotes rest on the language: with a codebook that knows nobody, they are the same quotes with the same speakers.

What a codebook may change is whom a mention means, and only where the codebook knows that person or body or a party
that the mention names ("the Liberal minister"). Every other column of a quote, and what was declined, is the same with
and without it; so are all figures of the scorer but that for actors.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from gold import score
from support.paths import GOLD

from stcalib import Corpus
from stcalib.codebook.codebook import EMPTY, Codebook, load_codebook
from stcalib.core.rows import Quote

SETS = {"unseen": GOLD / "unseen_quotes", "dev": GOLD / "dev"}
WHOM = ("actor", "actor_id", "actor_type", "actor_basis", "organization", "party", "party_basis")
"""The columns of a quote that say whom the mention means."""
KNOWN = ("registry", "office in the registry", "office among those named")
"""Bases of an actor that only a codebook gives."""
TAKEN_UP = ("pronoun", "description taken up", "description of the person spoken of", "office taken up", "speech continued", "surname")
"""Bases of an actor that was found elsewhere in the article."""
FLOORS = {"f1_cov30": 0.985, "f1_cov80": 0.985, "f1_iou80": 0.975, "speaker_acc": 0.98, "actor_acc": 0.95, "cue_acc": 0.98}


@cache
def docs(name: str) -> tuple[dict[str, object], ...]:
    return tuple(score.load_dir(SETS[name], SETS[name] / "text"))


@cache
def corpus(name: str, codebook: Codebook) -> Corpus:
    given = {doc["article"]: doc["published"]["earliest"] for doc in docs(name) if doc["published"].get("earliest")}
    return Corpus.from_texts({doc["article"]: doc["text"] for doc in docs(name)}, published=given, codebook=codebook)


def quotes(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The quotes with the codebook of the STCA and with none."""
    return corpus(name, load_codebook("stca")).quotes, corpus(name, EMPTY).quotes


@cache
def figures(name: str, codebook: Codebook) -> dict[str, float]:
    return score.score_quotes(list(docs(name)), corpus(name, codebook).quotes, 0)[0]


@pytest.mark.parametrize(("name", "most"), [("unseen", 0.02), ("dev", 0.1)])
def test_the_score_is_the_same_but_for_whom_the_codebook_knows(name: str, most: float) -> None:
    """`most` is what a codebook may add to the share of right actors: little in articles about something else."""
    with_it, without = dict(figures(name, load_codebook("stca"))), dict(figures(name, EMPTY))
    assert 0 <= with_it.pop("actor_acc") - without.pop("actor_acc") <= most
    assert with_it == without


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("column", [name for name in Quote.__dataclass_fields__ if name not in WHOM])
def test_what_no_codebook_changes(name: str, column: str) -> None:
    with_it, without = quotes(name)
    assert [None if pd.isna(value) else value for value in with_it[column]] == [None if pd.isna(value) else value for value in without[column]]


@pytest.mark.parametrize("name", SETS)
def test_what_was_declined_is_the_same(name: str) -> None:
    with_it, without = (corpus(name, codebook).skipped for codebook in (load_codebook("stca"), EMPTY))
    assert with_it[with_it["table"] == "quotes"].to_numpy().tolist() == without[without["table"] == "quotes"].to_numpy().tolist()


@pytest.mark.parametrize("name", SETS)
def test_another_actor_is_one_that_the_codebook_knows(name: str) -> None:
    """Where the two differ in the actor, the codebook has the actor, or a party that the mention names."""
    actors = load_codebook("stca").actors
    known = {entry.name for entry in (*actors.person, *actors.body, *actors.party)}
    party_words = {word for party in actors.party for word in (*party.adjectives, *party.aliases)}
    with_it, without = quotes(name)
    for row, bare in zip(with_it.itertuples(), without.itertuples(), strict=True):
        if row.actor != bare.actor and not (pd.isna(row.actor) and pd.isna(bare.actor)):
            named = not pd.isna(row.speaker) and any(word in row.speaker for word in party_words)
            assert row.actor_basis in (*KNOWN, *TAKEN_UP), (row.text, row.actor, bare.actor)
            assert row.actor in known or named, (row.text, row.actor, bare.actor)


@pytest.mark.parametrize("name", SETS)
def test_nothing_known_nothing_told(name: str) -> None:
    """Without a codebook no actor has a party or rests on a registry."""
    bare = corpus(name, EMPTY).quotes
    assert not bare["actor_basis"].isin(KNOWN).any()
    assert bare["party"].isna().all() or set(bare["party_basis"].dropna()) == {"text"}


@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_floors_of_the_other_genres(figure: str, floor: float) -> None:
    """Articles of twelve genres: written and annotated before the program saw them, and mended by since."""
    assert figures("unseen", EMPTY)[figure] >= floor


@pytest.mark.parametrize("path", sorted(SETS["unseen"].glob("*.json")), ids=lambda path: path.stem)
def test_gold_spans_cut_their_text(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = (path.parent / "text" / f"{gold['article']}.txt").read_text(encoding="utf-8")
    for row in gold["quotes"]:
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["speaker_span"] is None or text[slice(*row["speaker_span"])] == row["speaker"]
