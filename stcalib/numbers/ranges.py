"""Numbers that belong together: the ends of a range ("450 to 700", "three to four hundred"), the parts of a rate per head, the sides
of a ballot ("16 votes to 15")."""

from __future__ import annotations

from dataclasses import replace

from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.numbers.grammar import CARDINAL, FRACTION, MULTIPLE, PERCENT, Number, grammar
from stcalib.numbers.numerals import singular

RATE_BASES = frozenset({1e3, 1e4, 1e5, 1e6})
"""Heads that a rate is told for."""
BEFORE_BALLOT, BEHIND_BALLOT = 80, 24
"""Characters around the two numbers of a ballot in which its words are looked for."""
_OPEN_TO_BALLOTS = frozenset({None, "label", "compound"})
"""What the sides of a ballot look like before it is seen that they are some: "9-6" is a label, "9-to-6" a compound."""


def with_ranges(text: str, found: list[Number]) -> list[Number]:
    """Marks the ends of "450 to 700", "between 450 and 700" and "100-150"."""
    for i in range(len(found) - 1):
        low, high = found[i], found[i + 1]
        gap = text[low.end : high.start]
        if len(gap) > 6 or low.unit not in (None, high.unit) or low.end_of_range or low.form in (MULTIPLE, FRACTION):
            continue
        between = bool(pattern("numbers.between").search(text[max(0, low.start - 12) : low.start]))
        joined = (
            gap.strip() in word_set("numbers.and")
            and between
            and text[max(0, low.start - 9) : low.start].lower().strip() not in word_set("numbers.from")
        )
        if (joined or pattern("numbers.range_gap").fullmatch(gap)) and low.value is not None and high.value is not None:
            low = _scaled_like(text, low, high)
            if gap in ("-", "–", "—") and low.form == high.form == CARDINAL and not _rises(low, high):
                found[i], found[i + 1] = replace(low, unit="label"), replace(high, unit="label")
                continue
        if (
            not (joined or pattern("numbers.range_gap").fullmatch(gap))
            or low.value is None
            or high.value is None
            or low.value >= high.value
            or low.year
            or high.year
        ):
            continue
        if high.form == PERCENT and low.form == CARDINAL:
            low = replace(low, form=PERCENT)
        if low.form != high.form:
            continue
        link = (
            "from_to"
            if gap.strip() in word_set("numbers.to") and text[max(0, low.start - 6) : low.start].lower().endswith(word_list("numbers.from_before"))
            else "range"
        )
        found[i] = replace(low, end_of_range="low", link=link)
        found[i + 1] = replace(high, end_of_range="high", link=link)
    return found


def with_rates(text: str, found: list[Number]) -> list[Number]:
    """Marks both numbers of a rate per head: "38 per 100,000", "4.2 deaths for every 1,000 residents"."""
    for i in range(len(found) - 1):
        part, base = found[i], found[i + 1]
        if base.value in RATE_BASES and part.form == CARDINAL and grammar().rate_gap.fullmatch(text, part.last, base.first):
            found[i], found[i + 1] = replace(part, unit="rate"), replace(base, unit="rate")
    return found


def with_ballots(text: str, found: list[Number]) -> list[Number]:
    """Marks both sides of a ballot: "16 votes to 15", "voted 9-6", "a 5–4 ruling"."""
    for i in range(len(found) - 1):
        ayes, noes = found[i], found[i + 1]
        if ayes.form == noes.form == CARDINAL and {ayes.unit, noes.unit} <= _OPEN_TO_BALLOTS and _is_ballot(text, ayes, noes):
            found[i], found[i + 1] = (replace(side, unit="ballot", end_of_range=None, link=None) for side in (ayes, noes))
    return found


def _is_ballot(text: str, ayes: Number, noes: Number) -> bool:
    """Whether votes stand on both sides of a pair of numbers: by what parts them, or by the words around a pair that could be a range."""
    behind = text[noes.last : noes.last + BEHIND_BALLOT]
    between = pattern("numbers.votes_between").fullmatch(text, ayes.last, noes.first)
    if between is not None:
        return between["for"] is None or pattern("numbers.votes_against").match(behind) is not None
    if not pattern("numbers.ballot_gap").fullmatch(text, ayes.last, noes.first):
        return False
    if pattern("numbers.ballot_noun").match(behind):
        return True
    if not pattern("numbers.ballot_ends").match(behind):
        return False
    before = text[max(0, ayes.start - BEFORE_BALLOT) : ayes.start]
    told = None if _rises(ayes, noes) else pattern("numbers.ballot_told").search(before)
    return (told or pattern("numbers.ballot_leads").search(before)) is not None


def _rises(low: Number, high: Number) -> bool:
    """Whether the second of two numbers is the greater: a range, and no score ("2-1")."""
    return low.value is not None and high.value is not None and low.value < high.value


def _scaled_like(text: str, low: Number, high: Number) -> Number:
    """The first end of a range with the multiplier of its second: "three to four hundred", "5 to 6,000", "2-3 million"."""
    if low.value is None or high.value is None or low.form != high.form or low.form != CARDINAL or low.unit is not None or low.value >= high.value:
        return low
    if grammar().any_scale.search(text, low.first, low.last) is not None:
        return low
    said = grammar().any_scale.findall(text, high.first, high.last)
    moved = text[max(0, low.start - 6) : low.start].lower().endswith(word_list("numbers.from_before"))
    if said:
        scale = float(grammar().scales.get(singular(said[-1].lower()), 0) or grammar().letters.get(said[-1].lower(), 1))
    elif text[high.first : high.last].endswith(",000") and not moved:
        scale = 1000.0
    else:
        return low
    if not 0 < low.value < high.value / scale or low.value * scale >= high.value:
        return low
    return replace(low, value=low.value * scale, step=low.step * scale)
