"""The parts of a clause between commas: what stands before, beside and behind a subject.

Works on token classes (see `text.tokens`). A stretch between commas is a `Part`; its kind tells whether it can be
the subject, says more of it (an apposition, a relative clause, an age, a place of origin), or stands apart from it
(an adverbial of time or place, a subordinate clause, another clause).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import first_names, is_formal_title
from stcalib.language.reporting_verbs import cue_forms
from stcalib.language.word_sets import word_list, word_set
from stcalib.text.tokens import Tokens

FINITE = frozenset("XVYp")
PART_REACH = 60
"""Tokens before a verb in which the parts of its subject are looked for."""
_RELATIVE = re.compile(r"(?<=[NCKqO])(?:RR?)?(?:W|H(?=[XVYEAZ]))")
"""A relative pronoun behind the noun that it takes up."""
_COUNTED_PAST = re.compile(r"#N+A?E(?=[DCK#P])")
"""A past clause whose subject is a number of something: "403 people entered Canada"."""
_GERUND_CLAUSE = re.compile(r"G[DKNC#TA]+(?:RR?[DKNC#TA]+){0,2}X")


@dataclass(slots=True)
class Part:
    """A stretch between commas: `kind` is "phrase" (a noun phrase), "adverbial", "relative", "participle",
    "prepositional", "subordinate", "age" or "clause". `head` is where a noun phrase begins behind an adverbial that
    no comma closes ("last night Roe")."""

    start: int
    end: int
    kind: str
    head: int


@by_language
def _time_words() -> frozenset[str]:
    return frozenset(load_lexicon().calendar.units)


@by_language
def _time_openers() -> frozenset[str]:
    return frozenset(load_lexicon().calendar.openers)


@by_language
def _time_closers() -> frozenset[str]:
    return frozenset(load_lexicon().calendar.closers)


def time_end(t: Tokens, start: int, end: int) -> int:
    """The token behind an adverbial of time without a preposition: "last week", "a few days later", "late Monday"."""
    i, timed = start, False
    while i < end:
        word, letter = t.words[i].lower().rstrip("."), t.classes[i]
        if letter == "T" or word in _time_words():
            timed = True
        elif timed:
            closes = word in _time_closers() or (letter == "#" and t.classes[i - 1] == "T")
            if not closes and not (word in word_set("syntax.of") and t.classes[i + 1 : i + 2] in ("#", "T")):
                break
        elif word not in _time_openers() and letter != "#":
            break
        i += 1
    return i if timed else start


def adverbial_end(t: Tokens, start: int, end: int) -> int:
    """The token behind adverbs and an adverbial of time at `start`, with or without a preposition; `start` where none stands."""
    i = start
    while i < end and t.classes[i] == "A":
        i += 1
    behind = time_end(t, i, end)
    if behind == i and i < end and t.classes[i] in "RS" and t.words[i].lower() not in word_set("syntax.of_or_than"):
        timed = time_end(t, i + 1, end)
        behind = timed if timed > i + 1 else i
    return behind


def fronted_subject(t: Tokens, start: int, end: int) -> int | None:
    """Where the subject begins in a stretch that opens with a phrase of place without a comma behind it: "In Ottawa
    Karim Roe", "At a rally in Regina Premier Ann Roe", "At the hall the minister"; None where it holds no subject."""
    classes = t.classes
    opening = next((i for i in range(end - 1, start - 1, -1) if classes[i] in "RS"), start)
    first = opening + 1
    timed = time_end(t, first, end)
    if timed > first:
        return timed if timed < end else None
    for i in range(first + 1, end):
        if classes[i] in "DK" and classes[i - 1] in "NCTq#" and classes[i - 1] != classes[i]:
            return i
    run = end
    while run > first and classes[run - 1] == "C":
        run -= 1
    if run == end:
        return _common_subject(t, first, end)
    for i in range(run + (run == first), end):
        if (t.words[i] in first_names() and i + 1 < end) or is_formal_title(t.words[i]):
            return i
    if run > first:
        return run if classes[run - 1] == "N" else None
    return max(first + 1, end - 2) if end - first > 1 else None


def named_after_place(t: Tokens, start: int, end: int) -> bool:
    """Whether a given name in a phrase of place shows that the subject stands in it: "In Ottawa Karim Roe"."""
    at = fronted_subject(t, start, end)
    return at is not None and t.words[at] in first_names()


def _common_subject(t: Tokens, first: int, end: int) -> int | None:
    """ "In Ottawa officials": where a plural noun stands behind a capitalized place."""
    i = first
    while i < end and t.classes[i] == "C":
        i += 1
    return i if first < i < end and t.words[end - 1].endswith("s") else None


def parts_before(t: Tokens, comma: int) -> list[Part]:
    """The parts between commas before `comma`, the last first, back to a quotation, a semicolon or the start."""
    floor = max(0, comma - PART_REACH, *(t.classes.rfind(mark, 0, comma) + 1 for mark in "Q;"))
    if t.classes[floor : floor + 1] == "(":
        floor = max(floor, t.classes.find(")", floor, comma) + 1)
    found = []
    end = comma
    for i in range(comma - 1, floor - 1, -1):
        if t.classes[i] == ",":
            if i + 1 < end:
                found.append(part_of(t, i + 1, end))
            end = i
    if floor < end:
        found.append(part_of(t, floor, end))
    return found


def part_of(t: Tokens, start: int, end: int) -> Part:
    """The part that stands at `start`..`end`, with its kind."""
    first = start
    while first < end and t.classes[first] in "&A" and t.words[first].lower() not in _time_openers():
        first += 1
    letters = t.classes[first:end]
    if not letters:
        return Part(start, end, "adverbial", end)
    behind = adverbial_end(t, first, end)
    if behind == end:
        return Part(start, end, "adverbial", end)
    if behind > first and t.classes[behind] in "DNCKPE#":
        return Part(start, end, "phrase" if _without_predicate(t, behind, end) else "clause", behind)
    kind = _KINDS.get(letters[0], "phrase")
    if letters.strip("#") == "" or t.words[first].endswith(word_list("syntax.year_old")):
        kind = "age"
    elif letters[:2] == "R#":
        kind = "phrase" if _without_predicate(t, first, end) else "clause"
    elif letters[0] == "R" and letters[1:2] == "W":
        kind = "relative"
    elif kind == "participle" and letters[1:2] in ("N", "C") and _without_predicate(t, first, end) and letters[0] == "E":
        kind = "phrase"
    elif _has_own_verb(t, first, end) or (kind in ("phrase", "prepositional") and not _without_predicate(t, first, end)):
        kind = "clause"
    return Part(start, end, kind, first)


def _has_own_verb(t: Tokens, start: int, end: int) -> bool:
    """Whether words are a clause, though their verb or subject has a form that a phrase can have too."""
    return has_gerund_subject(t, start, end) or _COUNTED_PAST.match(t.classes, start, end) is not None


def has_gerund_subject(t: Tokens, start: int, end: int) -> bool:
    """Whether words are a clause whose subject is a form in -ing with its object: "Closing the road will not help"."""
    return _GERUND_CLAUSE.match(t.classes, start, end) is not None and t.words[start].lower() not in cue_forms()


_KINDS = {
    "W": "relative", "R": "prepositional", "S": "subordinate", "H": "clause",
    "G": "participle", "E": "participle", "Y": "participle", "I": "participle",
}  # fmt: skip


def _without_predicate(t: Tokens, start: int, end: int) -> bool:
    """Whether no finite verb stands outside the relative clauses of a stretch."""
    relative = _RELATIVE.search(t.classes, start, end)
    return FINITE.isdisjoint(t.classes[start : relative.start() if relative else end])


def _describes(t: Tokens, part: Part) -> bool:
    """Whether a part with a preposition or participle is said of the speaker, and neither of what is said nor a cue."""
    first = t.words[part.start].lower()
    if part.kind == "prepositional":
        return first in _origins() and t.classes[part.start + 1 : part.start + 2] != "G"
    return part.kind != "participle" or first not in cue_forms()


@by_language
def _origins() -> frozenset[str]:
    return frozenset(load_lexicon().words.origins)


def behind_description(t: Tokens, comma: int, limit: int) -> int:
    """The token behind what is said of a speaker from a comma behind the name on: "…, 54, a farmer in Lund," or
    "…, who runs the shelter". It is the closing comma, or `limit`; `comma` itself where a clause or quotation follows.
    """
    i = comma
    while t.classes[i : i + 1] == "," and i < limit:
        end = next((k for k in range(i + 1, limit) if t.classes[k] in ",;Q-("), limit)
        if t.classes[i + 1 : end] in ("W", "RW"):
            end = next((k for k in range(end + 1, limit) if t.classes[k] in ",;Q-("), limit)
        if end == i + 1:
            break
        part = part_of(t, i + 1, end)
        if part.kind in ("clause", "subordinate") or t.classes[i + 1] in "&PI" or not _describes(t, part):
            break
        if part.kind == "phrase" and t.classes[end : end + 1] in ("Q", "-") and end < limit:
            break
        i = end
    return i
