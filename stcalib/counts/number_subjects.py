"""What stands as the subject before a bare number and its verb of stating: a spot, a place, a period."""

from __future__ import annotations

from stcalib.counts.candidate import Case
from stcalib.counts.statement import inserted_before
from stcalib.counts.units import Item
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import without_opening, word_set

SITE_REACH = 4
"""Items before a number within which such a subject stands."""


def are_spots(item: Item) -> bool:
    """Whether a noun is one for spots at which people arrive, in the plural: "Airports took 3,280"."""
    return item.word.split(" ")[-1].removesuffix("s") in load_lexicon().counting.spots


def office_states(case: Case) -> bool:
    """Whether the offices at which claims are made are the subject of a verb of stating before a number: "Inland offices took 25,860"."""
    said = [item for item in case.ahead if not item.is_mark]
    return len(said) > 1 and said[-1].has("neutral") and said[-2].word.split(" ")[-1] in word_set("counts.offices")


def spot_states(case: Case) -> bool:
    """Whether a spot for which people make is the subject of a verb of stating before a number: "the road saw 5,500"."""
    items, spots = [item for item in case.ahead if not item.is_mark], load_lexicon().counting.spots
    named = any(item.has("site") or without_opening(item.word, "counts.article_opening") in spots for item in items[-SITE_REACH:])
    return len(items) > 1 and items[-1].has("neutral") and named


def place_states(case: Case) -> bool:
    """Whether a place is the subject of a verb of stating right before a bare number: "and Toronto Pearson saw 12,900"."""
    aside = inserted_before(case.unit.items, case.cell)
    near = [item for i, item in enumerate(case.ahead, case.cell.low) if not item.is_mark and i not in aside][-SITE_REACH:]
    return len(near) > 1 and near[-1].has("neutral") and any(item.has("place", "site", "city") for item in near[:-1])


def period_states(case: Case) -> bool:
    """Whether a period is the subject of a verb of stating right before a bare number: "December alone accounted for 2,778"."""
    said = [item for item in case.ahead if not item.is_mark]
    if len(said) < 2 or said[0].period is None or not said[-1].has("neutral"):
        return False
    return all(item.word in word_set("counts.alone") for item in said[1:-1])


def agent_states(case: Case) -> bool:
    """Whether a body that acts is the subject of a verb of stating before a number of a place: "the force counted 1,018 in Manitoba"."""
    said = [item for item in case.ahead if not item.is_mark]
    acts = len(said) > 1 and said[-1].has("neutral") and any(item.has("agent") for item in said[-3:-1])
    return acts and any(item.has("place", "site") for item in case.behind)
