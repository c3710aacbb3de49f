"""What stands right behind a name and describes its bearer: the role, and the party that the words name.

"Ada Roe, the Liberal MP for Lund, said", "Ada Roe (Liberal)", "Ada Roe of the Greens". A role that is held no more
tells no party, and neither do words behind the role that are no party's own ("a critic of the Liberals").
"""

from __future__ import annotations

import re

from stcalib.actors.registry import Registry
from stcalib.language.people_words import role_words
from stcalib.language.word_sets import pattern, word_set
from stcalib.text.tokens import word_classes

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
    """The role noun of a description, before any preposition or relative; None where it goes on to another's name."""
    for number, word in enumerate(words[:OPENING_WORDS]):
        bare = word.rstrip(".").lower()
        if bare in role_words():
            behind = words[number + 1] if number + 1 < len(words) else ""
            if behind.rstrip(".").lower() in role_words():
                continue
            return None if behind[:1].isupper() else number
        if word_classes().get(bare) in ("R", "S", "W", "H", "X"):
            return None
    return None


def _line_end(text: str, start: int) -> int:
    line = text.find("\n", start, start + REACH)
    return line if line >= 0 else min(len(text), start + REACH)
