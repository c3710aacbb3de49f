"""Words and turns of phrase by which those who take a stance are told."""

from __future__ import annotations

import re

QUANTIFIERS = frozenset("both all each".split())
"""Words that a pronoun may have behind it: "we both agree"."""
POSSESSIVE = re.compile(r"['’]s?$")
GENERIC = re.compile(
    r"(?:the|this|that)? ?(?:current |present )?(?:government|prime minister|minister|cabinet)"
    r"|(?:the )?(?:other|both|all|two|three) (?:governments|(?:levels|orders) of government)",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"^(?:(?:the|this|that|our|his|her)\s+)?(?:(?:Mr|Ms|Mrs)\.?\s+)?(?:(?:[A-Za-z]+ )?(?:[Mm]inister|[Pp]remier|[Pp]resident|[Ll]eader)\s+)?"
)
OWNER = re.compile(r"((?:[A-Z][\w.-]*\s?)+)(?:['’]s|(?<=s)['’])\s+(?:\w+\s+){0,2}$")
OWNING_PRONOUN = re.compile(r"\b(his|her|their|its)\s+(?:\w+\s+){0,1}$", re.IGNORECASE)
JOINED = re.compile(r"\s*(?:,\s+and|,|\band\b|\balong with\b|\bas well as\b)\s+(?!other)|\s+and other\s.*$")
OF_BODY = re.compile(r"^(?:the )?[A-Z][\w.]*['’]s\s+(?=[A-Z])")
PRONOUN_AND = re.compile(r"\b([Hh]e|[Ss]he) and $")
BOTH = re.compile(r"^(?:both|either)\s+", re.IGNORECASE)
SEVERAL = frozenset({"ministers", "premiers", "leaders", "mayors", "senators"})
OFFICE_WORDS = 4
"""An office as it is called has at most so many words."""
OFFICE_REACH = 60
"""Characters before a name in which its office stands."""
OFFICES = frozenset(
    "minister premier president leader mayor government critic reeve ambassador senator secretary "
    "mp mpp mna mla lawyer professor".split()
)
"""Offices that without a name tell nobody."""
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
OFTEN_SEVERAL = frozenset("mp mpp mna mla lawyer professor".split())
"""Callings that several persons of an article have: such a word takes up the last of them who spoke."""
COUNT = re.compile(
    r"^(?:some|many|several|about|around|more than|nearly|almost|over|both|at least)?\s*(?:\d[\d,]*|a dozen|dozens of|hundreds of)?\s+(?=[a-z])",
    re.IGNORECASE,
)
OWNED = re.compile(r"^(?:his|her|its|their)\s+(office|party|government|spokes\w+|department|ministry|team|staff|province)\b", re.IGNORECASE)
