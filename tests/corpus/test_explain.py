"""What a row is read by: the wording and the cue, exactly as printed."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from support.paths import ROOT

from stcalib import Corpus, explain_position

CASES = tomllib.loads((ROOT / "tests" / "positions" / "read_by.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_the_words_that_a_rule_reads_by_are_told(case: dict[str, Any]) -> None:
    corpus = Corpus.from_texts({"a": case["text"]}, codebook=case["codebook"])
    rows = [row for frame in (corpus.positions, corpus.proposals) for row in frame.to_dict("records")]
    keys = [row["position_id"] for row in rows if f"{row['proposition']} | {row['stance']}" == case["row"]]
    told = explain_position(corpus, keys[0]).set_index("of")
    found = {of: told.loc[of, "what"] if of in told.index else "" for of in ("wording", "cue")}
    assert found == {"wording": case["wording"], "cue": case["cue"]}


@pytest.mark.slow
def test_every_wording_and_cue_of_the_seeds_is_text_at_its_characters(seeds: Corpus) -> None:
    corpus = seeds
    for frame in (corpus.positions, corpus.proposals):
        for row in frame.to_dict("records"):
            told = explain_position(corpus, row["position_id"])
            words = told[told["start"].notna()]
            assert set(words["of"]) == {of for of in ("wording", "cue") if isinstance(row[of], str)}
            text = corpus[row["article_id"]].text
            assert [text[one.start : one.end] for one in words.itertuples()] == list(words["what"])
