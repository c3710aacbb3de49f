"""What makes the package about one issue: propositions, counts and actors as files that an analyst edits, and their pattern language.

In: a folder of TOML files. Out: a validated `Codebook`. Imports core and language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.codebook.codebook import Codebook, load_codebook

__all__ = ["Codebook", "load_codebook"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "Codebook": "codebook",
        "load_codebook": "codebook",
    },
)
