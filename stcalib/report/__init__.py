"""A report for an editor: one HTML file that needs no program, no network and no folder beside it.

In: a study (a corpus with its codebook and ledger). Out: the bytes of the file: figures, verdicts in words, each number and
stance in its sentence with article and link, what was declined and not read, corrections and by whom, versions and digests.
Imports the rooms above it, `notebook` for the study and the drawing of figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.report.document import report_bytes

__all__ = ["report_bytes"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "report_bytes": "document",
    },
)
