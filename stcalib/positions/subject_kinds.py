"""Who can take a stance: subjects of verbs, actors, and the noun phrases that name one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stcalib.actors.mention import Mentioned
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import compiled, pattern, word_set


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


@by_language
def _actor_heads() -> frozenset[str]:
    """Nouns that name somebody, or a writing that may ask for something."""
    titles = load_lexicon().titles
    singular = (*titles.roles, *titles.male_nouns, *titles.female_nouns, *titles.bodies, *titles.honorifics)
    words = (*singular, *(w + "s" for w in singular), *titles.groups, *word_set("positions.asking_writings"), *word_set("positions.more_actors"))
    return frozenset(word.lower().rsplit(" ", 1)[-1] for word in words)


def is_writing(word: str) -> bool:
    """Whether a noun is a writing, for which somebody stands: "the letter"."""
    return word.lower() in word_set("positions.asking_writings")


def is_actor(text: str) -> bool:
    """Whether a noun phrase names somebody who can take a stance."""
    words = pattern("positions.determiner").sub("", text).split()
    ends = (i for i, word in enumerate(words) if i and word.lower() in word_set("positions.behind_head"))
    head = words[next(ends, len(words)) - 1] if words else ""
    head = head.strip(".,'’\"”“").removesuffix("'s").removesuffix("’s")
    if head.lower() in _actor_heads():
        return True
    return head[:1].isupper() and head.lower() not in load_lexicon().titles.things


def kind_of(text: str) -> str:
    """What sort of subject words in lower case are: first, third, public, poll or other."""
    if text in word_set("positions.first"):
        return "first"
    if text in word_set("positions.third"):
        return "third"
    if publics().fullmatch(text):
        return "public"
    return "poll" if polls().search(text) else "other"


@by_language
def publics() -> re.Pattern[str]:
    """Words for everybody."""
    return compiled("positions.publics", people=alternatives(load_lexicon().stances.publics.words))


@by_language
def polls() -> re.Pattern[str]:
    """Words of polls."""
    words = [word for pattern in load_lexicon().stances.publics.polls for word in re.findall(r"[a-z][a-z -]+", pattern)]
    return re.compile(rf"\b{alternatives(w.strip() for w in words)}\b|%", re.IGNORECASE)
