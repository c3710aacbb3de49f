"""The subject of a verb: before it, behind it where the order is turned, or that of the clause before.

Works on the token classes of `grammar`.
"""

from __future__ import annotations

import re
from functools import cache

from stcalib.language.lexicon import load_lexicon
from stcalib.syntax.noun_phrases import (
    NAME_LIST,
    NOUN_PHRASE,
    PLURAL_WORDS,
    SUBJECT_REACH,
    Mention,
    joined,
    mention_of,
    named_in_apposition,
    phrase_ending_at,
)
from stcalib.text.tokens import Tokens

FINITE = frozenset("XVYp")
_PREDICATE = re.compile(r"p|(?<=[^XIZWH])[XVYE]")
"""Where a verb can have a subject of its own before it; an auxiliary, "to", "not" or a relative pronoun there has it instead."""
_INTRODUCTORY = frozenset("RISGE")
_PRONOUNS = frozenset("Pp")


def subjects_in(t: Tokens) -> list[Mention]:
    """The subjects of the finite verbs of a sentence, each once, in order."""
    found: dict[int, Mention] = {}
    for match in _PREDICATE.finditer(t.classes):
        i, letter = match.start(), match.group()
        if letter == "p":
            found.setdefault(i, Mention(i, i + 1))
        elif (subject := subject_before(t, i - 1)) is not None:
            reduced = letter == "E" and subject.last == i and t.classes[subject.first - 1 : subject.first] == "R"
            if not reduced:
                found.setdefault(subject.start, subject)
    if not found and (opening := main_subject(t, 0)) is not None:
        return [opening]
    return list(found.values())


def main_subject(t: Tokens, before: int) -> Mention | None:
    """The subject of the first finite verb of a sentence that stands before token `before`."""
    for i in range(min(before, len(t.classes))):
        if t.classes[i] in "XVYE" or t.classes[i] == "p":
            if t.classes[i] == "p":
                return Mention(i, i + 1)
            if (subject := subject_before(t, i - 1)) is not None and subject.first <= i:
                relative = t.classes[i - 1] in "WH" or (t.classes[i - 1] == "P" and t.words[i - 1].lower() == "who")
                if not relative and not (t.classes[i] == "E" and t.classes[i + 1 : i + 2] == "R" and t.classes[i - 1] == "N"):
                    return subject
    return subject_behind(t, next((i for i, letter in enumerate(t.classes) if letter not in "&A"), 0))


def subject_of(t: Tokens, verb: int) -> Mention | None:
    """The subject of the verb at token `verb`, reporting or not: what stands before it and its auxiliaries.

    A verb joined to another ("came and promised") or a participle takes the subject of the clause before it.
    """
    k = verb - 1
    while k >= 0 and t.classes[k] in "AXZ":
        k -= 1
    while k >= 1 and t.words[k].lower() == "far" and t.words[k - 1].lower() == "so":
        k -= 2
        while k >= 0 and t.classes[k] in "AXZ":
            k -= 1
    if k < 0:
        return None
    if t.classes[k] == "H":
        return phrase_ending_at(t, k) if k > 0 and t.classes[k - 1] in "NCKq" else None
    participle = t.words[verb].lower().endswith("ing") and k == verb - 1
    if t.classes[k] not in "&" and not participle and (subject := subject_before(t, k)) is not None:
        return subject
    return clause_subject(t, k + 1)


def turned_subject(t: Tokens, verb: int) -> Mention | None:
    """The subject behind the verb at token `verb` where the verb stands right behind a comma: "..., said the minister"."""
    return subject_behind(t, verb + 1) if verb and t.classes[verb - 1] == "," else None


def clause_subject(t: Tokens, index: int) -> Mention | None:
    """The subject of the nearest finite verb before token `index` that has one."""
    for i in range(min(index, len(t.classes)) - 1, -1, -1):
        if t.classes[i] in ";Q":
            return None
        if t.classes[i] == "p":
            return Mention(i, i + 1)
        if t.classes[i] in "VYXE" and i and t.classes[i - 1] not in "XI" and (subject := subject_before(t, i - 1)) is not None:
            return subject
    return None


def subject_before(t: Tokens, k: int) -> Mention | None:
    """The subject of a verb whose clause ends at token `k` (auxiliaries and adverbs left out)."""
    classes = t.classes
    while k >= 0 and classes[k] in "TA":
        while k >= 0 and (classes[k] in "TA" or t.words[k].lower() in ("last", "this", "next", "later", "earlier", "late", "early")):
            k -= 1
        if k >= 0 and classes[k] == "R" and t.words[k].lower() in ("on", "in", "by", "late", "since"):
            k -= 1
    while k > 0 and classes[k] == "D" and t.words[k].lower() in ("both", "each", "all") and classes[k - 1] in "NCK":
        k -= 1
    if k < 0:
        return None
    letter = classes[k]
    if letter == "H" and k and classes[k - 1] in "NCKq":
        return _antecedent(t, k)
    if letter in _PRONOUNS:
        return Mention(k, k + 1)
    if letter == "W":
        return _antecedent(t, k)
    if letter == ",":
        return _subject_with_apposition(t, k)
    if letter in ")-":
        opening = classes.rfind("(" if letter == ")" else "-", 0, k)
        return subject_before(t, opening - 1) if opening > 0 else None
    if letter not in "NCDK#EGOqVYR":
        return None
    found = phrase_ending_at(t, k + 1) if letter not in "VYR" else None
    relative = _relative_before(t, found.first if found is not None else k + 1)
    return found if relative is None else _antecedent(t, relative)


def _relative_before(t: Tokens, first: int) -> int | None:
    """The relative pronoun of the clause in whose predicate token `first` stands: "those who work at the border"."""
    if first < 2 or t.classes[first - 1] not in "XVYEIR":
        return None
    for i in range(first - 2, 0, -1):
        if t.classes[i] in ",;-QS":
            return None
        if t.classes[i] == "W":
            return i if t.classes[i + 1] in "XVYEAZ" else None
    return None


def _antecedent(t: Tokens, k: int) -> Mention | None:
    """The noun phrase that a relative pronoun at `k` takes up."""
    end = k
    while end > 0 and t.classes[end - 1] in ",R":
        end -= 1
    if end > 0 and t.words[end - 1].lower() in PLURAL_WORDS:
        return phrase_ending_at(t, end) or Mention(end - 1, end)
    found = phrase_ending_at(t, end) if end > 0 and t.classes[end - 1] in "NCKq" else None
    if found is not None and t.classes[found.first] == "D" and t.classes[max(0, found.first - 2) : found.first] == "C,":
        name = found.first - 1
        while name > 0 and t.classes[name - 1] == "C":
            name -= 1
        return mention_of(t, name, found.first - 1)
    acted = t.classes.find("ER", found.start, found.end) if found is not None and t.classes[found.start] == "C" else -1
    if found is not None and acted > 0:
        return mention_of(t, acted + 2, found.end)
    inner = t.classes.rfind("R", found.start, found.end) + 1 if found is not None and t.words[k].lower() == "who" else 0
    if found is not None and inner and not _speaks(t.words[t.classes.index("R", found.start) - 1]) and _speaks(t.words[found.end - 1]):
        return mention_of(t, inner, found.end)
    return found


def _speaks(noun: str) -> bool:
    """Whether a noun is one for persons."""
    return noun.lower() in _person_nouns() or noun.lower().removesuffix("s") in _person_nouns()


@cache
def _person_nouns() -> frozenset[str]:
    titles = load_lexicon().titles
    return frozenset(word.lower() for word in (*titles.roles, *titles.persons, *titles.groups))


def _subject_with_apposition(t: Tokens, comma: int) -> Mention | None:
    """ "X, a professor at Y, said": the subject of a verb behind a comma.

    Goes back over the parts between commas: what describes the subject is passed over, and the first noun phrase
    of the clause is the subject. An introductory part ("In a statement,") is none of it.
    """
    best: tuple[int, int] | None = None
    lead: tuple[int, int] | None = None
    for a, b in _parts_before(t, comma):
        start = a
        while start < b and t.classes[start] in "&SA":
            start += 1
        letters = t.classes[start:b]
        if not letters or letters.strip("#") == "" or letters[0] in "WH" or (letters[0] in "GEY" and best is None and a > 0):
            if best is not None and letters[:1] not in ("W", "H"):
                break
            continue
        if letters[-1] in _PRONOUNS and best is None:
            best = (b - 1, b)
            break
        finite = bool(FINITE.intersection(letters))
        if letters[0] in _INTRODUCTORY or (finite and best is not None):
            if best is not None or finite:
                break
            lead = lead or (a, b)
            continue
        whole = phrase_ending_at(t, b, start) if "&" in letters else None
        if whole is not None and whole.first == start and not finite:
            best = (start, b)
            continue
        match = NAME_LIST.match(t.classes, start, b) if "&" in letters else None
        match = match if match and match.end() == b else NOUN_PHRASE.match(t.classes, start, b)
        if match is None or (finite and not FINITE.isdisjoint(letters[: match.end() - start + 2])):
            break
        best = (start, match.end())
        if start > a and t.classes[a] in "&S":
            break
    return _introduced(t, *lead) if best is None and lead is not None else _as_subject(t, best, comma)


def _as_subject(t: Tokens, found: tuple[int, int] | None, comma: int) -> Mention | None:
    if found is None:
        return None
    if t.classes[found[0] : found[1]] in _PRONOUNS:
        return Mention(*found)
    mention = mention_of(t, *found)
    return named_in_apposition(t, mention, found[1], comma + 1) if mention is not None else None


def _introduced(t: Tokens, start: int, end: int) -> Mention | None:
    """The subject behind an introductory phrase without a comma, or behind "including"."""
    found = phrase_ending_at(t, end, start)
    if found is None or t.classes[end - 1] not in "CP":
        return None
    return found if t.words[start].lower() == "including" or found.start > start + 2 else None


def _parts_before(t: Tokens, comma: int) -> list[tuple[int, int]]:
    """The stretches between commas before `comma`, the last first, back to a quotation, a semicolon or the start."""
    floor = max(0, comma - SUBJECT_REACH, *(t.classes.rfind(mark, 0, comma) + 1 for mark in "Q;"))
    if t.classes[floor : floor + 1] == "(":
        floor = max(floor, t.classes.find(")", floor, comma) + 1)
    parts = []
    end = comma
    for i in range(comma - 1, floor - 1, -1):
        if t.classes[i] == ",":
            parts.append((i + 1, end))
            end = i
    parts.append((floor, end))
    return [part for part in parts if part[0] < part[1]]


def subject_behind(t: Tokens, start: int) -> Mention | None:
    """The noun phrase right behind a verb, as the subject of a turned clause."""
    classes = t.classes
    if classes[start : start + 1] == "P":
        return Mention(start, start + 1)
    match = NOUN_PHRASE.match(classes, start)
    if match is None:
        return None
    end = match.end()
    mention = mention_of(t, start, end)
    if mention is not None and t.words[end : end + 1] == ["and"] and (more := NOUN_PHRASE.match(classes, end + 1)):
        mention = joined(t, mention, end, more.end()) or mention
        end = mention.last
    return named_in_apposition(t, mention, end, len(classes)) if mention is not None else None
