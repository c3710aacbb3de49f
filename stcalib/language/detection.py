"""The language of a text, by the function words that it is full of.

Word lists in place of a trained model: they are read in a minute, give the same answer everywhere and need no package
of their own. A text that is short, a list of figures, or as much of one language as of another is of no language told.
The method is that of frequent words (Ingle 1976; Grefenstette 1995, "Comparing two language identification schemes").
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files

from stcalib.core.toml_models import Entry, read_toml

FEWEST_WORDS = 25
"""Words in small letters below which a text is too short to tell."""
LEAST_SHARE = 0.15
"""Share of its words that must be function words of the language; running text has a third and more."""
LEAD = 1.5
"""By how many times the share of the language must exceed that of every other."""
FOREIGN_SCRIPT = 0.5
"""Share of letters from beyond the Latin script above which a text is of none of the languages listed."""
OTHER_SCRIPT = "und"
"""ISO 639 code of a language that is not told: the text stands in another script."""

_WORD = re.compile(r"[^\W\d_]+")
_LATIN_END = "\u0250"


class Languages(Entry):
    """`languages.toml`: function words and English names of languages by their ISO 639-1 codes."""

    source: str
    words: dict[str, tuple[str, ...]]
    names: dict[str, str]


@cache
def _languages() -> Languages:
    return read_toml(files("stcalib") / "data" / "lexicon" / "languages.toml", Languages)


@cache
def _languages_of_words() -> dict[str, tuple[str, ...]]:
    """The function words, each with the languages that have it."""
    index: dict[str, tuple[str, ...]] = {}
    for code, words in _languages().words.items():
        for word in dict.fromkeys(words):
            index[word] = (*index.get(word, ()), code)
    return index


def language_name(code: str) -> str:
    """The name of a language in English; its code where it is not listed."""
    return "another script" if code == OTHER_SCRIPT else _languages().names.get(code, code)


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language that a text is plainly in, `OTHER_SCRIPT` for another script, else None.

    Takes time linear in the length of the text.
    """
    found = _WORD.findall(text)
    if len(found) < FEWEST_WORDS:
        return None
    counted: dict[str, int] = {}
    for word, times in Counter(found).items():
        lower = word.lower()
        counted[lower] = counted.get(lower, 0) + times
    foreign = sum(times for word, times in counted.items() if not word.isascii() for letter in word if letter >= _LATIN_END)
    if foreign and foreign > FOREIGN_SCRIPT * sum(len(word) * times for word, times in counted.items()):
        return OTHER_SCRIPT
    shares = dict.fromkeys(_languages().words, 0)
    for word in counted.keys() & _languages_of_words().keys():
        for code in _languages_of_words()[word]:
            shares[code] += counted[word]
    (first, most), (_, second) = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:2]
    return first if most >= LEAST_SHARE * len(found) and most >= LEAD * second else None
