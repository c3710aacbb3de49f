"""The ledger of corrections, and what its decisions make of the tables.

In: rows and a ledger (CSV). Out: rows as the reviewer leaves them. Imports core, codebook, actors and text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.corrections.applied import apply, machine_frames
    from stcalib.corrections.ledger import Decision, append, read_ledger
    from stcalib.corrections.recomputed import by_registry

__all__ = ["Decision", "append", "apply", "by_registry", "machine_frames", "read_ledger"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "read_ledger": "ledger",
        "apply": "applied",
        "by_registry": "recomputed",
        "machine_frames": "applied",
        "Decision": "ledger",
        "append": "ledger",
    },
)
