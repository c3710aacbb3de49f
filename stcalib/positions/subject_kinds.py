"""Who can take a stance: subjects of verbs, actors, and the noun phrases that name one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stcalib.actors.mention import Mentioned
from stcalib.language.lexicon import alternatives, load_lexicon

_DETERMINER = re.compile(r"^(?:the|an?|this|that|some|these|those|his|her|its|their|many|several|other|two|three)\s+", re.IGNORECASE)
_ASKING_WRITINGS = frozenset("letter petition memo report newsletter editorial brief statement motion".split())
_MORE_ACTORS = frozenset(
    "front-runners frontrunner candidate candidates rivals rival opponent opponents churches protesters demonstrators doctors".split()
)
FIRST = frozenset("i we our us my".split())
THIRD = frozenset("he she they it".split())
_BEHIND_HEAD = frozenset("of for from in with at on who that".split())


@dataclass(frozen=True, slots=True)
class Holder:
    """An actor who takes a stance."""

    name: str
    type: str | None
    organization: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb as the text has it. `kind`: first, third (pronouns), public, poll or other."""

    text: str
    start: int
    kind: str
    mention: Mentioned | None = None


@cache
def _actor_heads() -> frozenset[str]:
    """Nouns that name somebody, or a writing that may ask for something."""
    titles = load_lexicon().titles
    singular = (*titles.roles, *titles.male_nouns, *titles.female_nouns, *titles.bodies, *titles.honorifics)
    words = (*singular, *(w + "s" for w in singular), *titles.groups, *_ASKING_WRITINGS, *_MORE_ACTORS)
    return frozenset(word.lower().rsplit(" ", 1)[-1] for word in words)


def is_actor(text: str) -> bool:
    """Whether a noun phrase names somebody who can take a stance."""
    words = _DETERMINER.sub("", text).split()
    ends = (i for i, word in enumerate(words) if i and word.lower() in _BEHIND_HEAD)
    head = words[next(ends, len(words)) - 1] if words else ""
    head = head.strip(".,'’\"”“").removesuffix("'s").removesuffix("’s")
    if head.lower() in _actor_heads():
        return True
    return head[:1].isupper() and head.lower() not in load_lexicon().titles.things


def kind_of(text: str) -> str:
    """What sort of subject words in lower case are: first, third, public, poll or other."""
    if text in FIRST:
        return "first"
    if text in THIRD:
        return "third"
    if publics().fullmatch(text):
        return "public"
    return "poll" if polls().search(text) else "other"


@cache
def publics() -> re.Pattern[str]:
    """Words for everybody."""
    return re.compile(rf"(?:the |all |most |many |our |ordinary )?{alternatives(load_lexicon().stances.publics.words)}", re.IGNORECASE)


@cache
def polls() -> re.Pattern[str]:
    """Words of polls."""
    words = [word for pattern in load_lexicon().stances.publics.polls for word in re.findall(r"[a-z][a-z -]+", pattern)]
    return re.compile(rf"\b{alternatives(w.strip() for w in words)}\b|%", re.IGNORECASE)
