"""Tables that explain the ids of the others: the propositions, parties and measures of a codebook.

An id that stands in rows and not in the codebook (a reviewer may set one) has a row too, which knows nothing but the id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import ID_BASES, MeasureRow, PartyRow, PropositionRow
from stcalib.core.table_spec import TABLES
from stcalib.corpus.tables import frame_of

BOOK, ROWS = ID_BASES


def propositions_of(codebook: Codebook, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The propositions of a codebook in its order, then those that `frames` alone have."""
    book = codebook.propositions.proposition
    known = {one.id: PropositionRow(one.id, one.label, one.kind, one.definition, one.support, one.oppose, BOOK) for one in book}
    unknown = _used(frames, "propositions", known)
    return frame_of(PropositionRow, [*known.values(), *(PropositionRow(one, None, None, None, None, None, ROWS) for one in unknown)])


def parties_of(codebook: Codebook, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The parties of a codebook in its order, then the codes that `frames` alone have."""
    known = {one.code: PartyRow(one.code, one.name, one.short or one.name, one.jurisdiction, one.colour, BOOK) for one in codebook.actors.party}
    return frame_of(PartyRow, [*known.values(), *(PartyRow(one, None, None, None, None, ROWS) for one in _used(frames, "parties", known))])


def measures_of(codebook: Codebook, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The measures of a codebook in its order, then those that `frames` alone have."""
    known = {one.id: MeasureRow(one.id, one.title, one.definition, one.unit, BOOK) for one in codebook.counts.measure}
    return frame_of(MeasureRow, [*known.values(), *(MeasureRow(one, None, None, None, ROWS) for one in _used(frames, "measures", known))])


EXPLAINED = MappingProxyType(
    {
        "propositions": (propositions_of, ("positions", "proposals")),
        "parties": (parties_of, ("quotes", "positions", "proposals")),
        "measures": (measures_of, ("counts", "derived")),
    }
)
"""The tables that explain ids: how each is made, and of the ids of which tables."""


def _used(frames: Mapping[str, pd.DataFrame], table: str, known: Iterable[str]) -> list[str]:
    """The ids of a table that rows of other tables name and nobody knows, sorted."""
    named: set[str] = set()
    for name, frame in frames.items():
        named.update(value for column, other in TABLES[name].references if other == table for value in frame[column].dropna())
    return sorted(named - set(known))
