"""Official series, and what they say of stated counts.

In: counts and a series with vintages. Out: a verdict on each count, with its reasoning in words. Imports corpus
tables and the rooms before them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.official.check import check_counts
    from stcalib.official.series import as_series, load_series

__all__ = ["as_series", "check_counts", "load_series"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "as_series": "series",
        "load_series": "series",
        "check_counts": "check",
    },
)
