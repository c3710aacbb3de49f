"""Tables as files for other programs, and codes set in those programs as decisions on the tables.

In: a corpus. Out: files in the formats of those programs, lines of the ledger. Imports corpus and the rooms before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.export.dna import export
    from stcalib.export.formats import FORMATS, export_as
    from stcalib.export.qda_import import import_codes

__all__ = ["FORMATS", "export", "export_as", "import_codes"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "FORMATS": "formats",
        "export": "dna",
        "export_as": "formats",
        "import_codes": "qda_import",
    },
)
