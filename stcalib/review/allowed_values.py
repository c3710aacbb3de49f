"""What a reviewer may set a field to: the codebook's measures, places, propositions and parties, and ends in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stcalib.codebook.codebook import Codebook
from stcalib.core.errors import StcalibError
from stcalib.core.row_fields import as_text

ORDERED = (("low", "high"), ("period_start", "period_end"), ("reference_start", "reference_end"))
"""Pairs of fields of which the first is not to lie above the second."""


def codebook_values(codebook: Codebook) -> dict[str, list[str]]:
    """The values that the codebook knows, by field; a field of which it knows none may hold anything."""
    known = {
        "measure": [measure.id for measure in codebook.counts.measure],
        "place": [place.code for place in codebook.counts.place],
        "proposition": [proposition.id for proposition in codebook.propositions.proposition],
        "party": [party.code for party in codebook.actors.party],
    }
    return {field: values for field, values in known.items() if values}


def check_value(field: str, value: str, known: Mapping[str, list[str]]) -> None:
    """Raises `StcalibError` with the known values for one that the codebook does not have. An empty value is no fault."""
    if value and value not in known.get(field, [value]):
        raise StcalibError(f"{field}: {value!r} is not in the codebook. It has {', '.join(known[field])}")


def check_order(values: Mapping[str, Any]) -> None:
    """Raises `StcalibError` where an interval would end before it begins."""
    for first, last in ORDERED:
        low, high = values.get(first), values.get(last)
        if as_text(low) and as_text(high) and low > high:  # type: ignore[operator]
            raise StcalibError(f"{first} {as_text(low)} would lie above {last} {as_text(high)}. Set the other end first")
