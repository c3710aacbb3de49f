"""What the words of a description tell: its head noun, what type of actor that is, what body is named beside it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from stcalib.actors.full_names import is_organization
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import role_words
from stcalib.text.tokens import word_classes

DETERMINER = re.compile(r"^(?:the|an?|one|this|that|some|these|those)\s+(?!of\b)", re.IGNORECASE)
POSSESSIVE_PRONOUNS = {"his": "he", "her": "she", "their": "they", "its": "it"}
PRONOUNS = frozenset("he she they it i we you who which that this there what these those someone everyone nobody".split())
_CAPITAL_RUN = re.compile(r"[A-ZÀ-Ý][\w.’'-]*(?: (?:(?:of|and|for|the) )*[A-ZÀ-Ý][\w.’'-]*)*")
_IN_A_BODY = re.compile(r"(?:[A-ZÀ-Ý]\S* )+of(?: the)?(?: [A-ZÀ-Ý]\S*)+")
"""A body with "of" in its name before the role of somebody in it: "Superior Court of Lund judge"."""
_TAIL_WORDS = frozenset("for with in at from on to by who about during present familiar close".split())


def without_determiner(description: str) -> str:
    """A description without the determiner that it opens with; a single word stays."""
    return DETERMINER.sub("", description, count=1) if not description.isalnum() else description


def body_named(body: str | None, role: str | None) -> str | None:
    """The organization printed beside a person: "of the RCMP", "University of Toronto law professor"."""
    runs = _CAPITAL_RUN.findall(body or "")
    if runs:
        return str(runs[-1])
    return next((str(run) for run in _CAPITAL_RUN.findall(role or "") if is_organization(run)), None)


def shortened(description: str, body: str | None) -> str:
    """A description without what follows its head, where the head says enough: two words or more."""
    words = description.split()
    enough = 2 + (word_classes().get(words[0].lower()) == "D")
    for i, word in enumerate(words[enough:], enough):
        if word.lower() in _TAIL_WORDS and not words[i - 1].endswith("ed") and words[i - 1].lower() not in _TAIL_WORDS:
            return " ".join(words[:i])
    return f"{description} {body}" if body and len(words) == 1 else description


@cache
def common_nouns() -> frozenset[str]:
    """Nouns for groups, bodies and writings, which a capital at the start of a sentence makes no name."""
    titles = load_lexicon().titles
    return frozenset((*titles.groups, *titles.bodies, *titles.writings))


@lru_cache(maxsize=1 << 14)
def head_of(description: str) -> str:
    """The head noun of a description, in lower case: the last word before a preposition."""
    words = description.split()
    if words and words[-1].lower() in role_words() and words[-1].islower() and _IN_A_BODY.fullmatch(" ".join(words[:-1])):
        return words[-1]
    for i, word in enumerate(words[1:], 1):
        if word.lower() in ("familiar", "close") or word_classes().get(word.lower()) in ("R", "S", "W", "I"):
            head = i - 2 if words[i - 1].endswith("ed") and i > 1 else i - 1
            return words[head].lower().strip(",.")
    return words[-1].lower().strip(",.") if words else ""


@lru_cache(maxsize=1 << 14)
def type_of(head: str, plural: bool = False) -> str:
    """The type of actor that a head noun names."""
    titles = load_lexicon().titles
    if head in titles.writings:
        return "document"
    if head in titles.bodies:
        return "organization"
    if plural or head in titles.groups or (head.endswith("s") and not head.endswith(("ss", "us", "-arms"))):
        return "group"
    return "unnamed"
