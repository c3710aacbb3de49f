"""Fields of a row that follow from corrected ones by what the codebook knows, and not by other rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from stcalib.actors.registry import registry_of
from stcalib.core.row_fields import as_text
from stcalib.numbers.bounds import interval_of

Recompute = Callable[[Mapping[str, Any], frozenset[str]], Mapping[str, Any]]
"""Given a corrected row and the names of the fields that a reviewer set: values for fields that follow from them."""


def by_registry(corpus: Any) -> dict[str, Recompute]:
    """Fills type, organization and party of a corrected actor from the codebook's registry, as of the article's date.

    What other rows of the actor say goes first, and what a reviewer set is not touched. A corrected number gets the
    interval of its new value, kind and bound.
    """
    registry = registry_of(corpus.codebook)

    def known(row: Mapping[str, Any], given: frozenset[str]) -> dict[str, Any]:
        actor = as_text(row.get("actor"))
        found = registry.named(actor, corpus.published(row["article_id"])) if actor and "actor" in given else None
        if found is None:
            return {}
        told = {"actor_type": found.type, "organization": found.organization, "party": found.party}
        if found.party and not as_text(row.get("party")) and "party_basis" in row:
            told["party_basis"] = "registry"
        return {name: value for name, value in told.items() if name not in given and not as_text(row.get(name))}

    return {"quotes": known, "positions": known, "counts": _interval}


def _interval(row: Mapping[str, Any], given: frozenset[str]) -> dict[str, Any]:
    """The interval of a count of which a reviewer set the value, kind or bound."""
    if given.isdisjoint({"value", "kind", "bound"}):
        return {}
    value = row.get("value")
    ends = interval_of(str(row.get("kind")), None if value is None or pd.isna(value) else float(value), str(row.get("bound")))
    return {name: end for name, end in zip(("low", "high"), ends, strict=True) if name not in given}
