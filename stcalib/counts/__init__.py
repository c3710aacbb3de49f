"""Counts: stated quantities with measure, place, period and source.

In: an article, a codebook, the interval of its publication. Out: `Count` rows, and each number that is none with the
reason. Imports actors and the rooms before it, and no other finder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.counts.derivation import derive
    from stcalib.counts.find import find_counts

__all__ = ["derive", "find_counts"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "find_counts": "find",
        "derive": "derivation",
    },
)
