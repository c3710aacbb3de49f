"""What the columns of a table and the keys of a record hold, guessed by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from stcalib.ingest.label_files import bare, load_labels

COMPOUND = 1000
"""The rank of a name that is known by its words alone, behind all names that are known whole."""
LONGEST, MOST_WORDS = 60, 6
"""A name that is known by its words has at most so many characters and words."""
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")


@cache
def _known() -> dict[str, tuple[str, int]]:
    """Names of columns, bare, to the field and its rank among the names of that field."""
    found: dict[str, tuple[str, int]] = {}
    for field, names in load_labels("columns")["field"].items():
        for rank, name in enumerate(names):
            found.setdefault(_bare(name), (field, rank))
    return found


def _bare(name: object) -> str:
    return re.sub(r"[\W_]+", "", bare(str(name)))


def field_of_column(name: object) -> tuple[str, int] | None:
    """The field that a column seems to hold, and how good the guess is (0 is best): by its whole name, else by its words."""
    return _known().get(_bare(name)) or _by_words(str(name))


def _by_words(name: str) -> tuple[str, int] | None:
    """The field of a name of several words, each of which names a field or says nothing: "Corps du texte", "storyText", "News source".

    Where they name several fields, the one that says what kind of value it is goes first: a "story date" is a day.
    """
    parts = _WORD.findall(_CAMEL.sub(" ", name)) if len(name) <= LONGEST else []
    words = load_labels("columns")["words"]
    named: set[str] = set()
    for word in parts if len(parts) <= MOST_WORDS else ():
        low = word.casefold()
        known = _known().get(_bare(word))
        if low in words["filler"]:
            continue
        if known is None:
            return None
        named.add(known[0])
    return next(((field, COMPOUND) for field in words["order"] if field in named), None)


def guessed(names: Iterable[str]) -> dict[str, list[str]]:
    """The columns by the field that each seems to hold, the best first."""
    ranked: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        if (known := field_of_column(name)) is not None:
            ranked.setdefault(known[0], []).append((known[1], name))
    return {field: [name for _, name in sorted(columns, key=lambda pair: pair[0])] for field, columns in ranked.items()}
