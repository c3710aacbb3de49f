"""A codebook's parties and measures as charts show them: colours, names, units."""

from __future__ import annotations

from collections.abc import Iterable

from stcalib.codebook.codebook import Codebook
from stcalib.display.theme import SERIES, Measures, Parties


def parties_of(codebook: Codebook) -> Parties:
    """Colours and names of the codebook's parties."""
    known = codebook.actors.party
    colours = {party.code: (party.colour or SERIES[number % len(SERIES)]).lower() for number, party in enumerate(known)}
    return Parties(colours, {party.code: party.short or party.name for party in known}, codebook.issue.no_party)


def groups_of(names: Iterable[str], noun: str) -> Parties:
    """Colours for organizations or actors, which no codebook gives any: the first names have one each, the others are grey."""
    return Parties(dict(zip(names, SERIES[:-1], strict=False)), {}, f"no {noun} known", noun)


def measures_of(codebook: Codebook) -> Measures:
    """Colours, names and units of what the codebook counts, and the titles of its places."""
    known = codebook.counts.measure
    return Measures(
        {measure.id: (measure.colour or SERIES[number % len(SERIES)]).lower() for number, measure in enumerate(known)},
        {measure.id: measure.title[:1].lower() + measure.title[1:] for measure in known},
        {measure.id: measure.unit for measure in known},
        {place.code: place.title for place in codebook.counts.place},
        codebook.counts.default_place,
    )
