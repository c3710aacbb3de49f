"""What a verdict on a position was made on, written into its line of the ledger: the row can be made again from it.

Which rows are found, and which of them are only proposed, changes with the version and with what a project's reader has
learned. A position that somebody accepted stays: where it is no longer found, the line itself gives it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stcalib.core.row_fields import as_text

FIELDS = ("proposition", "stance", "basis", "actor")
"""The fields of a position that its place does not give, the one that may hold a comma last."""
TABLE = "positions"


def position_key(table: str, values: Mapping[str, Any]) -> str:
    """The fields that make a position, in one cell: "suspend, oppose, quote, Rosa Baum". Empty for other tables."""
    return ", ".join(as_text(values.get(name)) for name in FIELDS) if table == TABLE else ""


def fields_of(table: str, key: str) -> dict[str, str] | None:
    """The fields that a key names; None where it names none."""
    parts = key.split(", ", len(FIELDS) - 1)
    return dict(zip(FIELDS, parts, strict=True)) if table == TABLE and len(parts) == len(FIELDS) and all(parts) else None
