"""Words and turns of phrase by which those who take a stance are told."""

from __future__ import annotations

import re
from functools import cache

from stcalib.language.lexicon import alternatives, load_lexicon

QUANTIFIERS = frozenset("both all each".split())
"""Words that a pronoun may have behind it: "we both agree"."""
POSSESSIVE = re.compile(r"['’]s?$")
GENERIC = re.compile(
    r"(?:the|this|that)? ?(?:current |present )?(?:government|prime minister|minister|cabinet)"
    r"|(?:the )?(?:other|both|all|two|three) (?:governments|(?:levels|orders) of government)",
    re.IGNORECASE,
)
OWNER = re.compile(r"((?:[A-Z][\w.-]*\s?)+)(?:['’]s|(?<=s)['’])\s+(?:\w+\s+){0,2}$")
OWNING_PRONOUN = re.compile(r"\b(his|her|their|its)\s+(?:\w+\s+){0,1}$", re.IGNORECASE)
JOINED = re.compile(r"\s*(?:,\s+and|,|\band\b|\balong with\b|\bas well as\b)\s+(?!other)|\s+and other\s.*$")
OF_BODY = re.compile(r"^(?:the )?[A-Z][\w.]*['’]s\s+(?=[A-Z])")
PRONOUN_AND = re.compile(r"\b([Hh]e|[Ss]he) and $")
BOTH = re.compile(r"^(?:both|either)\s+", re.IGNORECASE)
OFFICE_WORDS = 4
"""An office as it is called has at most so many words."""
OFFICE_REACH = 60
"""Characters before a name in which its office stands."""
HEADED = re.compile(r"(.+)['’]s (government|administration|cabinet|party)")
PART = re.compile(r"[^, ](?:[^,]*[^, ])?")
LISTED = re.compile(r"((?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}, (?:the )?){0,5}[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}),? and (?:the )?$")
OPENING_PRONOUN = re.compile(r"(?:(?:But|And|Yet|Still|Then|Now),? )?([Hh]e|[Ss]he|[Tt]hey)\b")
OPENING = 80
"""Characters of a sentence in which the name that opens it stands."""
LIST_REACH = 120
"""Characters before the last name of a list in which the others stand."""
BODIES = frozenset("department council association agency centre ministry commission court union".split())
"""Nouns that take up a body by the last part of its name."""
BODY_REACH = 600
"""Characters before such a noun in which the name stands."""
COUNT = re.compile(
    r"^(?:some|many|several|about|around|more than|nearly|almost|over|both|at least)?\s*(?:\d[\d,]*|a dozen|dozens of|hundreds of)?\s+(?=[a-z])",
    re.IGNORECASE,
)


@cache
def offices() -> frozenset[str]:
    """Offices and callings that without a name tell nobody."""
    return frozenset(load_lexicon().titles.untold)


@cache
def officers() -> frozenset[str]:
    """Nouns for several who hold an office that one holds at a time in each place: "the premiers"."""
    titles = load_lexicon().titles
    return frozenset(f"{office}s" for office in titles.untold if office in titles.offices)


@cache
def title_before() -> re.Pattern[str]:
    """What stands before a name: a determiner, a form of address, a title."""
    heads = alternatives(word.rsplit(" ", 1)[-1] for word in load_lexicon().titles.heading)
    return re.compile(rf"^(?:(?:the|this|that|our|his|her)\s+)?(?:(?:Mr|Ms|Mrs)\.?\s+)?(?:(?:[A-Za-z]+ )?(?i:{heads})\s+)?")


@cache
def owned_words() -> re.Pattern[str]:
    """What a person has that speaks for them: "her office"."""
    return re.compile(rf"^(?:his|her|its|their)\s+(spokes\w+|{alternatives(load_lexicon().titles.owned)})\b", re.IGNORECASE)
