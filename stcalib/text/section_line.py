"""The line above a title that names a part of the paper or a form of report, and no story: "Opinion", "News | Canada", "The Hull Courier".

Its words are those of the language (`section_words`, `outlet_nouns`). A line that only holds them is no title; one that holds
others beside them, parted by a sign, or an outlet's name alone, is none where a title stands below it.
"""

from __future__ import annotations

import re

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import pattern, word_set

MOST_WORDS = 4
"""A part of such a line beside a section, such as a place or a column's name, has at most so many words."""
MOST_CHARACTERS = 80

_PARTED = re.compile(r" ?[|·•/>›»:] ?| [–—-] ")
_WORD = re.compile(r"[^\W_](?:[\w'’&-]*\w)?")


@by_language
def _sources() -> re.Pattern[str]:
    outlets = load_lexicon().outlets
    return re.compile(alternatives(name for o in (*outlets.agency, *outlets.outlet) for name in (o.name, *o.aliases)), re.IGNORECASE)


def is_section_line(line: str, titled_below: bool) -> bool:
    """Whether a line at the head of a page is no title but names a section, a form or an outlet.

    `titled_below` says whether the next line of the report could be the title.
    """
    if len(line) > MOST_CHARACTERS:
        return False
    parts = [part for part in (piece.strip(" ()[]") for piece in _PARTED.split(line)) if part]
    sections = [part for part in parts if pattern("text.section").fullmatch(part)]
    if parts and len(sections) == len(parts):
        return True
    others = [part for part in parts if part not in sections]
    named = [part for part in others if _is_outlet(part) or (len(parts) > 1 and pattern("text.section_of").fullmatch(part))]
    return titled_below and bool(sections or named) and (len(named) == len(others) or all(map(_is_label, others)))


def _is_outlet(part: str) -> bool:
    if _sources().fullmatch(part) is not None:
        return True
    shape = pattern("text.outlet_by_shape").fullmatch(part.title() if part.isupper() else part)
    return shape is not None and shape["named"] is not None


def _is_label(part: str) -> bool:
    """Whether a part is short and written as a name: each word with a capital, but for the small ones."""
    words = _WORD.findall(part)
    return len(words) <= MOST_WORDS and all(word[0].isupper() or word in word_set("text.never_alone") for word in words)
