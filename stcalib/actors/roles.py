"""What an article tells of a person's role, and whether a description can be of somebody with such roles."""

from __future__ import annotations

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import called_by_title, role_words


@by_language
def _families() -> dict[str, frozenset[str]]:
    """Role nouns to the families in which they stand."""
    found: dict[str, set[str]] = {}
    for family, nouns in load_lexicon().titles.families.items():
        for noun in nouns:
            found.setdefault(noun.lower(), set()).add(family)
    return {noun: frozenset(families) for noun, families in found.items()}


@by_language
def _borne_by_anyone() -> frozenset[str]:
    return frozenset(load_lexicon().titles.borne_by_anyone)


@by_language
def _offices() -> frozenset[str]:
    return frozenset(load_lexicon().titles.offices)


def role_nouns(words: tuple[str, ...]) -> frozenset[str]:
    """The role nouns among titles and words printed beside a name: "Cpl." gives "corporal" and "officer", "Mr." nothing."""
    found: set[str] = set()
    for word in words:
        bare = word.lower().rstrip(".,")
        if bare in called_by_title():
            found.update(called_by_title()[bare])
        elif bare in role_words() and (bare in _families() or bare in _borne_by_anyone()):
            found.add(bare)
    return frozenset(found)


def can_be(head: str, roles: frozenset[str]) -> bool:
    """Whether who bears these roles can be taken up by a role noun.

    Whoever has not been described yet can; else the noun must be one of the roles, one that anyone can have, or one of
    the same family. Nobody holds two offices of which each has one holder.
    """
    if not roles or head in roles:
        return True
    if head in _offices() and not roles.isdisjoint(_offices()):
        return False
    if head in _borne_by_anyone() or roles <= _borne_by_anyone():
        return True
    families = _families().get(head, frozenset())
    return any(families & _families().get(role, frozenset()) for role in roles)
