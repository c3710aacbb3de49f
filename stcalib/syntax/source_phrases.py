"""A reporting clause, and those that a phrase or noun makes: "in her view", "the minister's claim that"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.reporting_verbs import Cue
from stcalib.language.word_sets import word_list, word_set
from stcalib.syntax.noun_phrases import Mention
from stcalib.syntax.subjects import subject_behind
from stcalib.text.tokens import Tokens

_STATEMENT_TAIL = re.compile(r"(?:T|R[DNCT#]*T)*H")


@dataclass(slots=True)
class Report:
    """A reporting clause, in token indexes: it begins at `start`, its verb or phrase is `verb`..`end`.

    `order` is "before" (subject, verb), "after" (verb, subject), "participle" (subject of the main clause),
    "joined" ("… and added": subject of the clause before), "phrase" ("according to") or "noun" ("X's claim that").
    """

    cue: Cue | None
    verb: int
    end: int
    subject: Mention | None
    order: str
    start: int


@dataclass(slots=True)
class Declined:
    """A reporting verb that reports nothing here, with the reason."""

    verb: int
    reason: str


@by_language
def views() -> frozenset[str]:
    """Nouns of "in her view", "in the minister's words"."""
    return frozenset(load_lexicon().cues.phrases.views)


def in_the_view(t: Tokens, noun: int) -> Report | None:
    """ "in her view", "in the minister's words": whose."""
    if t.words[noun + 1 : noun + 2] == [*word_list("syntax.of")] and (source := subject_behind(t, noun + 2)) is not None:
        start = noun - 2
        opening = [word.lower() for word in t.words[max(0, start) : noun]]
        return Report(None, start, noun + 2, source, "phrase", start) if opening == [*word_list("syntax.in_the")] else None
    start = noun - 1
    while start > 0 and t.classes[start] in "DKNC" and noun - start < 6:
        start -= 1
    if start < 0 or t.words[start].lower() not in word_set("syntax.in") or start + 1 >= noun:
        return None
    owner = t.words[start + 1].lower()
    if owner in word_set("possessives") and (start + 2 == noun or t.words[start + 2 : noun] == [*word_list("syntax.own")]):
        return Report(None, start, noun + 1, Mention(start + 1, start + 2), "phrase", start)
    return Report(None, start, noun + 1, Mention(start + 1, noun), "phrase", start) if t.classes[noun - 1] == "K" else None


@by_language
def statement_nouns() -> frozenset[str]:
    """Nouns that name a statement with its content in a clause: "the claim that"."""
    return frozenset(load_lexicon().cues.phrases.nouns)


def stated(t: Tokens, noun: int) -> Report | None:
    """ "the minister's assertion that …", "a Reuters report on Tuesday that …": a statement with its source."""
    clause = _STATEMENT_TAIL.match(t.classes, noun + 1)
    if clause is None or t.classes[clause.end() : clause.end() + 1] in ("X", "V", "E", "Y", ""):
        return None
    before = t.classes[noun - 1] if noun else ""
    source: Mention | None = None
    if before == "K":
        run = noun - 1
        while run > 0 and t.classes[run - 1] in "DCK":
            run -= 1
        source = Mention(run, noun)
    elif before == "C":
        run = noun - 1
        while run > 0 and t.classes[run - 1] == "C":
            run -= 1
        source = Mention(run, noun)
    return Report(None, noun, noun + 1, source, "noun", noun) if source is not None else None
