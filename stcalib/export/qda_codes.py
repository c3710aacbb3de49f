"""The codes of a REFI-QDA project: what a row of the tables is coded with, and what a code means for a row.

Codes stand in four groups: Positions (a proposition, below it a code a stance), Counts (a code a measure), Quotes (a code a
kind) and Actors (a code an actor). GUIDs are digests of what they name, so that they are the same in every export.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pandas as pd

from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import QUOTE_KINDS, STANCES

NAMESPACE = uuid5(NAMESPACE_URL, "urn:stcalib:qda")
POSITIONS, COUNTS, QUOTES, ACTORS = "Positions", "Counts", "Quotes", "Actors"
STANCE_COLOURS = {"support": "#00665E", "oppose": "#8C510A", "ambivalent": "#B3B8BF"}
KIND_MEANINGS = {"direct": "in quotation marks", "indirect": "paraphrased", "mixed": "a paraphrase that holds a quotation"}


def guid(*parts: str) -> str:
    """The GUID of what these words name."""
    return str(uuid5(NAMESPACE, "\x1f".join(parts)))


@dataclass(frozen=True, slots=True)
class Code:
    """A code: `path` are the names from its group down, `key` what it means: group, id, stance."""

    path: tuple[str, ...]
    key: tuple[str, ...]
    description: str = ""
    colour: str | None = None
    is_codable: bool = True

    @property
    def guid(self) -> str:
        """Its GUID."""
        return guid("code", *self.key)


def codes_of(codebook: Codebook, actors: pd.DataFrame) -> Iterator[Code]:
    """The codes in order, each after the one that it stands under."""
    yield Code((POSITIONS,), (POSITIONS,), "Who takes which stance on which proposition", is_codable=False)
    for one in codebook.propositions.proposition:
        yield Code((POSITIONS, one.label), (POSITIONS, one.id), f"{one.definition} (id: {one.id})", is_codable=False)
        told = {"support": one.support, "oppose": one.oppose, "ambivalent": "shown as undecided"}
        for stance in STANCES:
            yield Code((POSITIONS, one.label, stance), (POSITIONS, one.id, stance), told[stance], STANCE_COLOURS[stance])
    yield Code((COUNTS,), (COUNTS,), "Stated numbers of what the codebook counts", is_codable=False)
    for measure in codebook.counts.measure:
        yield Code((COUNTS, measure.title), (COUNTS, measure.id), f"{measure.definition} (id: {measure.id})", measure.colour)
    yield Code((COUNTS, "measure not known"), (COUNTS, ""), "A number of what the text does not tell")
    yield Code((QUOTES,), (QUOTES,), "Reported speech and writing", is_codable=False)
    for kind in QUOTE_KINDS:
        yield Code((QUOTES, kind), (QUOTES, kind), KIND_MEANINGS[kind])
    yield Code((ACTORS,), (ACTORS,), "Who speaks or takes a stance in the coded passage", is_codable=False)
    for name in _distinct(actors["name"]):
        yield Code((ACTORS, name), (ACTORS, name))


def _distinct(names: Iterable[Any]) -> list[str]:
    return sorted({str(name) for name in names})


def codes_of_row(table: str, row: dict[str, Any], known: set[str]) -> list[str]:
    """The GUIDs of the codes of a row; of codes that the codebook lacks none."""
    keys: list[tuple[str, ...]] = []
    if table == "positions":
        keys.append((POSITIONS, str(row["proposition"]), str(row["stance"])))
    elif table == "counts":
        keys.append((COUNTS, str(row["measure"] or "")))
    else:
        keys.append((QUOTES, str(row["kind"])))
    if row.get("actor"):
        keys.append((ACTORS, str(row["actor"])))
    return [one for one in (guid("code", *key) for key in keys) if one in known]
