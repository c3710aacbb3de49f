"""Tables as files for other programs.

In: a corpus. Out: files in the formats of those programs. Imports corpus and the rooms before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.export.dna import export

__all__ = ["export"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "export": "dna",
    },
)
