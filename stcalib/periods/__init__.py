"""Expressions of time: found in a text, and resolved to intervals of days against a reference frame.

In: a reading copy and a day. Out: spans and intervals of days, each with the basis of its resolution. Imports core,
language and numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.periods.find import Expression, periods_in

__all__ = ["Expression", "periods_in"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "periods_in": "find",
        "Expression": "find",
    },
)
