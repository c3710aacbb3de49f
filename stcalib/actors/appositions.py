"""What stands right behind a name and describes its bearer: the role, and the party that the words name.

"Ada Roe, the Liberal MP for Lund, said", "Ada Roe (Liberal)", "Ada Roe of the Greens". A role that is held no more
tells no party, and neither do words behind the role that are no party's own ("a critic of the Liberals").
"""

from __future__ import annotations

import re

from stcalib.actors.full_names import role_noun
from stcalib.actors.registry import Registry
from stcalib.language.word_sets import pattern, word_set

REACH = 120
"""Characters behind a name within which the description ends."""
OPENING_WORDS = 6
"""A description names its role within so many words."""


def role_behind(text: str, name_end: int, end: int) -> tuple[int, int] | None:
    """Where the role stands that is apposed to the name which ends at `name_end`, without determiner; `end` bounds it."""
    match = pattern("actors.apposed_role").match(text, name_end, min(end, name_end + REACH))
    return match.span("role") if match is not None and _head(match["role"].split()) is not None else None


def party_behind(text: str, name_end: int, registry: Registry) -> str | None:
    """The code of the party that the words right behind a name give to its bearer, or None."""
    end = _line_end(text, name_end)
    if (bracket := pattern("actors.apposed_bracket").match(text, name_end, end)) is not None:
        return registry.party_word(re.split(r"[,–—/-]", bracket["bracket"])[0])
    if (of := pattern("actors.of_whom").match(text, name_end, end)) is not None:
        return registry.party_called(of["body"])
    match = pattern("actors.apposed_role").match(text, name_end, end)
    return _party_in(match["role"], registry) if match is not None else None


def _party_in(role: str, registry: Registry) -> str | None:
    """The party of a role: before its noun ("Liberal MP"), or behind an office of parties ("leader of the Greens")."""
    words = role.split()
    head = _head(words)
    if head is None or any(word.lower() in word_set("actors.not_now") for word in words[:head]):
        return None
    if (party := registry.party_word(" ".join(words[: head + 1]))) is not None:
        return party
    if words[head].lower() not in word_set("actors.partisan"):
        return None
    of = pattern("actors.of_whom").match(f" {' '.join(words[head + 1 :])}")
    return registry.party_called(of["body"]) if of is not None else None


def _head(words: list[str]) -> int | None:
    """The role noun of a description, the last of several in a row; None where it goes on to another's name."""
    number = role_noun(words[:OPENING_WORDS])
    if number is None:
        return None
    while role_noun(words[number + 1 : number + 2]) is not None:
        number += 1
    return None if words[number + 1 : number + 2] and words[number + 1][0].isupper() else number


def _line_end(text: str, start: int) -> int:
    line = text.find("\n", start, start + REACH)
    return line if line >= 0 else min(len(text), start + REACH)
