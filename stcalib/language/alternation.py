"""Named patterns of which the first that matches at a place is wanted: only those are tried that may begin with the character there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ASCII = frozenset(map(chr, range(128)))
_ZERO_WIDTH = (codes.AT, codes.ASSERT, codes.ASSERT_NOT)
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
_CATEGORIES = {codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_WORD: r"\w"}


class Alternation(dict[str, "re.Pattern[str] | None"]):
    """`(?P<name>pattern)|…` of patterns by name, in their order, at the beginning of a word.

    Under each character stands the alternation of the patterns that may begin with it, compiled when one is first met, and None
    where there is none; a character beyond ASCII is tried with all of them. Its `match` there gives what that of `whole` gives,
    whose `lastgroup` is the name of the pattern.
    """

    def __init__(self, patterns: Mapping[str, str]) -> None:
        super().__init__()
        self._patterns = dict(patterns)
        self._firsts = {name: first_characters(pattern) for name, pattern in patterns.items()}
        self.whole = _compiled(self._patterns.items())

    def __missing__(self, first: str) -> re.Pattern[str] | None:
        if first not in ASCII:
            return self.whole
        fitting = [(name, pattern) for name, pattern in self._patterns.items() if first in self._firsts[name]]
        self[first] = _compiled(fitting) if fitting else None
        return self[first]


def _compiled(patterns: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    return re.compile(r"\b(?=\w)(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns) + ")")


def first_characters(pattern: str) -> frozenset[str]:
    """The characters of ASCII with which a match of a pattern may begin; all of them for one that may match nothing."""
    found, may_be_empty = _firsts(parser.parse(pattern))
    return ASCII if may_be_empty else found


def _firsts(nodes: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str], bool]:
    """With which characters a sequence may begin, and whether it may be empty."""
    found: frozenset[str] = frozenset()
    for code, argument in nodes:
        inner, may_be_empty = _first(code, argument)
        found |= inner
        if not may_be_empty:
            return found, False
    return found, True


def _first(code: Any, argument: Any) -> tuple[frozenset[str], bool]:
    """With which characters one element of a pattern may begin, and whether it may be empty. What is not known begins with any."""
    if code in _ZERO_WIDTH:
        return frozenset(), True
    if code is codes.LITERAL:
        return frozenset(chr(argument)), False
    if code is codes.IN:
        return _of_class(argument), False
    if code is codes.BRANCH:
        firsts = [_firsts(option) for option in argument[1]]
        return frozenset().union(*(found for found, _ in firsts)), any(empty for _, empty in firsts)
    if code is codes.SUBPATTERN and not argument[1]:
        return _firsts(argument[3])
    if code in _REPEATS:
        found, may_be_empty = _firsts(argument[2])
        return found, may_be_empty or argument[0] == 0
    return ASCII, True


def _of_class(members: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """The characters of a class: "[a-z]", "[^,]"."""
    found: set[str] = set()
    negated = False
    for code, argument in members:
        if code is codes.NEGATE:
            negated = True
        elif code is codes.LITERAL:
            found.add(chr(argument))
        elif code is codes.RANGE:
            found.update(map(chr, range(argument[0], min(argument[1], 127) + 1)))
        elif code is codes.CATEGORY and argument in _CATEGORIES:
            found.update(filter(re.compile(_CATEGORIES[argument]).match, ASCII))
        else:
            return ASCII
    return ASCII - found if negated else frozenset(found)
