"""Numbers in a text: where they stand, what they are worth, and which values their comparators allow.

In: a reading copy. Out: spans with value and bound; no meaning. Imports core and language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.numbers.find import numbers_in

__all__ = ["numbers_in"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "numbers_in": "find",
    },
)
