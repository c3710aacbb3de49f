"""Sentences: where a stop ends one and where it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib.text.article import Article
from stcalib.text.sentences import LONGEST

# A bar marks where one sentence ends and the next begins.
SPLIT = [
    "The line is long.|It starts at the door.",
    "Mr. Oyelaran waited.|Dr. Lin did not.",
    "The U.S. border is closed.|Nobody knows why.",
    "He went to the U.S.|The trip was short.",
    "It is about the Canada-U.S. Safe Third Country Agreement.|Nobody knows why.",
    "They read the page at arden-post.fr.|Nobody knows why.",
    "It was Jan. 5 and cold.|Snow fell.",
    "Acme Inc. said no.|Its rival agreed.",
    "She lives in Emerson, Man.|The town is small.",
    "They left at 5 p.m. on Friday.|We stayed.",
    "“We came. Nobody was there.”|“It was dark.”",
    "“Will they come?” she asked.|He nodded.",
    "“Will they come?” Petrov asked.|He nodded.",
    "“They will not.”|The line moved.",
    "Who knows?|Nobody!|That is it.",
    "The rate fell 3.5 per cent.|It rose later.",
    "He paid $1.2 million.|A lot.",
    "J. K. Roy spoke first.|Others followed.",
    "It was over ... or so they said.|It was not.",
]


@pytest.mark.parametrize("marked", SPLIT)
def test_split(marked: str) -> None:
    article = Article("x", marked.replace("|", " "))
    assert [article.plain[s.start : s.end] for s in article.sentences] == marked.split("|")


@given(st.text(alphabet=st.sampled_from("aB .!?“”\"'\n"), max_size=300))
def test_sentences_cover_what_is_read_once(text: str) -> None:
    article = Article("x", text)
    last = 0
    for sentence in article.sentences:
        assert last <= sentence.start < sentence.end
        block = article.blocks[sentence.block]
        assert block.start <= sentence.start and sentence.end <= block.end
        assert article.plain[last : sentence.start].strip() == "" or last < block.start
        last = sentence.end


def test_an_endless_sentence_is_cut() -> None:
    article = Article("x", "and so on " * 2000)
    assert all(s.end - s.start <= LONGEST for s in article.sentences)
