"""One regular expression for many fixed strings: a trie, so that the time at each place does not grow with their number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

BLANK = r"\s{1,8}"
"""Between two words of a name: blanks or one line break with its indentation, bounded so that no run of blanks costs."""


@cache
def _plain(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))


def fold(text: str) -> str:
    """The text without accents, with straight apostrophes and single blanks; letters keep their case."""
    if not text.isascii():
        text = "".join(_plain(letter) for letter in text).replace("’", "'").replace("‘", "'")
    return " ".join(text.split())


@dataclass
class _Node:
    ends: bool = False
    next: dict[str, _Node] = field(default_factory=dict)


def trie_pattern(strings: Iterable[str]) -> str:
    """A regular expression for any of the strings, the longest that fits; accents and the shape of apostrophes do not count."""
    root = _Node()
    for text in strings:
        node = root
        for unit in map(_unit, " ".join(text.split())):
            node = node.next.setdefault(unit, _Node())
        node.ends = True
    return _written(root) if root.next else r"(?!)"


def _unit(letter: str) -> str:
    if letter == " ":
        return BLANK
    if letter in "'’":
        return "['’]"
    return re.escape(letter) if _plain(letter) == letter else f"[{letter}{re.escape(_plain(letter))}]"


def _written(node: _Node) -> str:
    branches = [unit + _written(after) for unit, after in sorted(node.next.items())]
    if not branches:
        return ""
    inner = "|".join(branches)
    return f"(?:{inner})" + ("?" if node.ends else "") if len(branches) > 1 or node.ends else inner
