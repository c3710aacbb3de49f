"""Positions: who takes which stance on which proposition of the codebook, each with the sentence that shows it.

In: an article, its quotes, a codebook. Out: `Position` rows, and what was declined. Imports actors and the rooms
before it, and no other finder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.positions.find import find_positions

__all__ = ["find_positions"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "find_positions": "find",
    },
)
