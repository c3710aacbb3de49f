"""Quotes: stretches of reported speech with speaker, cue and actor.

In: an article and a codebook. Out: `Quote` rows, and what was declined. Imports actors and the rooms before it, and
no other finder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.quotes.find import find_quotes

__all__ = ["find_quotes"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "find_quotes": "find",
    },
)
