"""Who is meant: from a mention to a person, office or body, by the names of the article and the registry of the codebook.

In: an article, its mentions, a codebook. Out: canonical names with type, role and party on the day; a tie stays
empty. Imports syntax and the rooms before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.actors.registry import registry_of

__all__ = ["registry_of"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "registry_of": "registry",
    },
)
