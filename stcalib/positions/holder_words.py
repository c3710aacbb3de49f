"""Words and turns of phrase by which those who take a stance are told."""

from __future__ import annotations

import re

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import compiled, pattern, word_list

POSSESSIVE = re.compile(r"['’]s?$")
OWNER = re.compile(r"((?:[A-Z][\w.-]*\s?)+)(?:['’]s|(?<=s)['’])\s+(?:\w+\s+){0,2}$")
OFFICE_WORDS = 4
"""An office as it is called has at most so many words."""
OFFICE_REACH = 60
"""Characters before a name in which its office stands."""
PART = re.compile(r"[^, ](?:[^,]*[^, ])?")
OPENING = 80
"""Characters of a sentence in which the name that opens it stands."""
LIST_REACH = 120
"""Characters before the last name of a list in which the others stand."""
BODY_REACH = 600
"""Characters before such a noun in which the name stands."""


@by_language
def offices() -> frozenset[str]:
    """Offices and callings that without a name tell nobody."""
    return frozenset(load_lexicon().titles.untold)


@by_language
def officers() -> frozenset[str]:
    """Nouns for several who hold an office that one holds at a time in each place: "the premiers"."""
    titles = load_lexicon().titles
    return frozenset(f"{office}s" for office in titles.untold if office in titles.offices)


@by_language
def title_before() -> re.Pattern[str]:
    """What stands before a name: a determiner, a form of address, a title."""
    heads = alternatives(word.rsplit(" ", 1)[-1] for word in load_lexicon().titles.heading)
    return compiled("positions.title_before", heads=heads)


@by_language
def owned_words() -> re.Pattern[str]:
    """What a person has that speaks for them: "her office"."""
    owned = alternatives((*load_lexicon().titles.owned, *word_list("positions.bodies")))
    return compiled("positions.owned_words", owned=owned)


def is_unclear(name: str) -> bool:
    """Whether a name may stand for somebody whom the registry knows by another: a single word, an office, a describing word before it."""
    words = name.split()
    headed = pattern("positions.headed").fullmatch(name) is not None
    return len(words) < 2 or name[0].islower() or headed or not offices().isdisjoint(map(str.lower, words))
