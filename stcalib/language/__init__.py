"""The word lists of a language, validated and compiled once.

In: `data/lexicon/LANGUAGE/*.toml`. Out: `load_lexicon`, `use_language`, the reporting verbs, the words that tell who somebody is.
Imports core.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.language.in_use import languages, use_language
    from stcalib.language.lexicon import load_lexicon

__all__ = ["languages", "load_lexicon", "use_language"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "languages": "in_use",
        "load_lexicon": "lexicon",
        "use_language": "in_use",
    },
)
