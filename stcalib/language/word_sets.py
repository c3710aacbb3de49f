"""Words of the closed classes by what they do in a sentence, from `words.toml`."""

from __future__ import annotations

from functools import cache

from stcalib.language.lexicon import load_lexicon


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of a set of the lexicon: `word_set("be")`. Raises `KeyError` where there is none of that name."""
    return frozenset(load_lexicon().words.sets[name])
