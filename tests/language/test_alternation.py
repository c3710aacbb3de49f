"""Alternations by the first character: what they give is what the plain alternation gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stcalib.language.alternation import ASCII, Alternation, first_characters
from stcalib.language.lexicon import load_lexicon
from stcalib.periods.find import _grammar

SHAPES = {
    "year": r"(?:19|20)\d\d", "ago": r"(?:(?P<n>\d+|a|an|two) )?years? ago", "named": r"(?!may be)(?:may|june)\b", "any": r"[^a-y\d]+",
    "mark": r"\w's", "twice": r"(?:no )*(?:one|none)", "same": r"(?P<first>[ab])-?(?P=first)", "far": r"(?<=\bin )march|.{2}x",
}  # fmt: skip
WORDS = ("2019", "19", "a", "b-b", "aa", "two", "year", "years", "ago", "may", "be", "june", "no", "one", "none", "in", "march", "zz", "É's", "é", "x", "_", "٣", ",", "1x")

EXAMPLES = [example for shape in load_lexicon().period_shapes.shape for example in shape.examples]
PERIODS = sorted({f"{word} " for example in EXAMPLES for word in example.said.lower().split()} | {", ", "-", "'s ", "é"})


def check(ours: Alternation, text: str, end: int) -> None:
    for at in range(end):
        expression = ours[text[at]]
        found, plain = expression and expression.match(text, at, end), ours.whole.match(text, at, end)
        assert (found and (found.span(), found.lastgroup)) == (plain and (plain.span(), plain.lastgroup))


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), st.integers(0, 40))
def test_it_matches_as_the_plain_alternation_does(text: str, less: int) -> None:
    check(Alternation(SHAPES), text, max(0, len(text) - less))


@given(st.lists(st.sampled_from(PERIODS), max_size=12).map("".join))
def test_the_shapes_of_periods_match_as_their_plain_alternation_does(text: str) -> None:
    check(_grammar().scan, text, len(text))


def test_what_a_pattern_may_begin_with() -> None:
    assert first_characters("(?:ab|c)d") == {"a", "c"}
    assert first_characters("a?[b-d]") == {"a", "b", "c", "d"}
    assert first_characters(r"(?=a)\bx") == {"x"}
    assert first_characters("a*") == ASCII
    assert first_characters("[^ab]") == ASCII - {"a", "b"}
