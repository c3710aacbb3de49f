"""Proper names shield their words: "the bridge" is no crossing in "The Bridge Authority", and "the city" no place in "The City Council"."""

from __future__ import annotations

import re

from stcalib.counts.words import Label, Vocabulary
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import without_opening, word_set

_NEXT = re.compile(r"\s(&|[^\W_][\w’'-]*)")
_LONGEST = 6
"""Words behind a crossing within which the name of a body ends."""
_REACH = 80
"""Characters around a crossing in which a body known to the codebook is looked for."""


def outside_names(labels: tuple[Label, ...], text: str, start: int, end: int, vocabulary: Vocabulary) -> tuple[Label, ...]:
    """The labels of the words `text[start:end]`, without those of a crossing, or of a place called by a common noun ("the city"), where
    the words are part of the name of a body."""
    said = text[start:end].lower()
    shielded = tuple(label for label in labels if _may_be_shielded(label, said))
    start = end - len(without_opening(said, "counts.article_opening"))
    if not shielded or not (_goes_on_to_a_body(text, start, end) or _is_in(vocabulary.names, text, start, end)):
        return labels
    return tuple(label for label in labels if label not in shielded)


def _may_be_shielded(label: Label, said: str) -> bool:
    return label.kind == "site" or (label.kind == "place" and without_opening(said, "counts.article_opening") != said)


def _goes_on_to_a_body(text: str, start: int, end: int) -> bool:
    """Whether capitalized words up to a noun for a body stand right behind capitalized words: "Kell Bridge and Tunnel Authority"."""
    if not text[max(start, text.rfind(" ", start, end) + 1)].isupper():
        return False
    for _ in range(_LONGEST):
        if (found := _NEXT.match(text, end)) is None:
            return False
        word, end = found[1], found.end()
        if word[0].isupper() and word.lower() in load_lexicon().titles.bodies:
            return True
        if not word[0].isupper() and word not in word_set("counts.inside_names"):
            return False
    return False


def _is_in(names: re.Pattern[str] | None, text: str, start: int, end: int) -> bool:
    """Whether words stand inside one of the known names."""
    if names is None:
        return False
    low = max(0, start - _REACH)
    found = names.finditer(text[low : end + _REACH].lower())
    return any(match.start() <= start - low and end - low <= match.end() and match.end() - match.start() > end - start for match in found)

