"""The subject of a verb: before it, behind it where the order is turned, or that of the clause before.

Works on the token classes of `grammar`.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import quantities
from stcalib.language.word_sets import word_list, word_set
from stcalib.syntax.noun_phrases import (
    NAME_LIST,
    NOUN_PHRASE,
    SUBJECT_REACH,
    Mention,
    joined,
    mention_of,
    named_in_apposition,
    opens_name,
    phrase_ending_at,
)
from stcalib.syntax.parts import FINITE, Part, adverbial_end, fronted_subject, named_after_place, parts_before, time_end
from stcalib.text.tokens import Tokens

_PREDICATE = re.compile(r"p|(?<=[^XIZWH])[XVYE]")
"""Where a verb can have a subject of its own before it; an auxiliary, "to", "not" or a relative pronoun there has it instead."""
_JOINED_PARTICIPLES = re.compile(r"(?<=N)E[RDNCT#K]*&A?ER$")
"""Participles with "and" between them behind the noun of which they tell, as far as the preposition of the second."""
_PRONOUNS = frozenset("Pp")
_OPENS_CLAUSE = frozenset(("", ",", ";", "Q", "q", "&", "S", "H", "-", "("))


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
    """The subject of the first finite verb of a sentence that stands before token `before`.

    A form in -ed before a preposition may be a participle ("a report posted on Monday"), and is its verb where there is no other.
    """
    first = t.classes.find(",", 0, before) + 1 if t.classes[:1] == "S" else 0
    acted: Mention | None = None
    for i in range(first, min(before, len(t.classes))):
        if t.classes[i] == "p":
            return Mention(i, i + 1)
        if t.classes[i] not in "XVYE" or (subject := subject_before(t, i - 1)) is None or subject.first > i:
            continue
        if t.classes[i] in "EY" and t.classes[subject.first - 1 : subject.first] == "R" and t.classes[i - 1] not in "CPX":
            continue
        if t.classes[i - 1] in "WH" or (t.classes[i - 1] == "P" and t.words[i - 1].lower() in word_set("syntax.relative_subject")):
            continue
        if t.classes[i : i + 2] != "ER" or t.classes[i - 1] != "N":
            return subject
        acted = acted or subject
    if acted is not None:
        return acted
    opening = next((i for i, letter in enumerate(t.classes) if letter not in "&A"), 0)
    return subject_behind(t, opening) if t.classes[opening : opening + 1] != "G" else None


def subject_of(t: Tokens, verb: int) -> Mention | None:
    """The subject of the verb at token `verb`, reporting or not: what stands before it and its auxiliaries.

    A verb joined to another ("came and promised") or a participle takes the subject of the clause before it.
    """
    k = verb - 1
    while k >= 0 and t.classes[k] in "AXZ":
        k -= 1
    while k >= 1 and t.words[k].lower() in word_set("syntax.far") and t.words[k - 1].lower() in word_set("syntax.so"):
        k -= 2
        while k >= 0 and t.classes[k] in "AXZ":
            k -= 1
    if k < 0:
        return None
    if t.classes[k] == "H":
        return phrase_ending_at(t, k) if k > 0 and t.classes[k - 1] in "NCKq" else None
    participle = t.words[verb].lower().endswith(word_list("gerund_ending")) and k == verb - 1
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
    k = _before_adverbs(t, k)
    if k < 0:
        return None
    letter = classes[k]
    if letter == "H" and k and classes[k - 1] in "NCKq":
        return _antecedent(t, k)
    if letter in _PRONOUNS:
        return _of_several(t, k) or Mention(k, k + 1)
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
    if found is not None and (described := _before_joined_participle(t, found.first)) is not None:
        return described
    relative = _relative_before(t, found.first if found is not None else k + 1)
    if relative is not None:
        return _antecedent(t, relative)
    return _without_adverbial(t, found, k + 1) if found is not None else None


def _of_several(t: Tokens, pronoun: int) -> Mention | None:
    """The phrase that a pronoun behind "of" ends: "a few of you", "several of them"."""
    if t.classes[max(0, pronoun - 2) : pronoun] not in ("DR", "#R", "NR") or t.words[pronoun - 1].lower() not in word_set("syntax.of"):
        return None
    start = pronoun - 2
    if not ({t.words[start].lower()} & (word_set("plural") | quantities())):
        return None
    while start and t.classes[start - 1] in "D#":
        start -= 1
    return Mention(start, pronoun + 1)


def _before_joined_participle(t: Tokens, first: int) -> Mention | None:
    """The noun of which two participles tell, where `first` begins the agent of the second: "a memo dated May 3 and seen by the Courier"."""
    match = _JOINED_PARTICIPLES.search(t.classes[:first], max(0, first - SUBJECT_REACH))
    if match is None or t.words[first - 1].lower() not in word_set("syntax.agent_marker"):
        return None
    return phrase_ending_at(t, match.start())


def _before_adverbs(t: Tokens, k: int) -> int:
    """The token before the adverbs and times that end at token `k`: "Roe on Monday", "the two both", "Roe has so far"."""
    classes = t.classes
    while k >= 0 and (classes[k] in "TA" or _is_so_far(t, k)):
        k = _before_times(t, k)
        if k >= 0 and classes[k] == "R" and t.words[k].lower() in word_set("syntax.time_prepositions"):
            k -= 1
    while k > 0 and classes[k] == "D" and t.words[k].lower() in word_set("syntax.floating_quantifiers") and classes[k - 1] in "NCK":
        k -= 1
    return k


def _before_times(t: Tokens, k: int) -> int:
    """The token before the words of time and adverbs that end at token `k`."""
    while k >= 0 and (t.classes[k] in "TA" or t.words[k].lower() in word_set("syntax.before_times")):
        k -= 1
    return k - 2 if _is_so_far(t, k) else k


def _is_so_far(t: Tokens, k: int) -> bool:
    """Whether "so far" ends at a token."""
    return k > 0 and t.words[k].lower() in word_set("syntax.far") and t.words[k - 1].lower() in word_set("syntax.so")


def _without_adverbial(t: Tokens, found: Mention, end: int) -> Mention | None:
    """A noun phrase without the adverbial that opens its clause: "In Ottawa Karim Roe", "Last week Karim Roe"."""
    first = found.first
    while t.classes[max(0, first - 2) : first] == "PR" and t.words[first - 2].lower() in word_set("indefinite"):
        found = Mention(first - 2, end)
        first -= 2
    fronted = first > 0 and t.classes[first - 1] in "RS" and t.words[first - 1].lower() in word_set("fronting")
    if fronted and t.classes[max(0, first - 2) : first - 1] in _OPENS_CLAUSE:
        at = fronted_subject(t, first - 1, end)
        return mention_of(t, at, end) if at is not None else found
    behind = adverbial_end(t, first, end)
    if behind > first and behind < end and t.classes[behind] in "DCK" and t.classes[behind - 1] in "TNA":
        return mention_of(t, behind, end)
    return found


def _relative_before(t: Tokens, first: int) -> int | None:
    """The relative pronoun of the clause in whose predicate token `first` stands: "those who work at the border"."""
    if first < 2 or t.classes[first - 1] not in "XVYEIR":
        return None
    for i in range(first - 2, 0, -1):
        if t.classes[i] in ",;-QS":
            return None
        if t.classes[i] == "W" or (t.classes[i] == "H" and t.classes[i - 1] in "NC"):
            return i if t.classes[i + 1] in "XVYEAZ" else None
    return None


def _antecedent(t: Tokens, k: int) -> Mention | None:
    """The noun phrase that a relative pronoun at `k` takes up."""
    end = k
    while end > 0 and t.classes[end - 1] in ",R":
        end -= 1
    if end > 0 and t.words[end - 1].lower() in word_set("plural"):
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
    if found is not None and t.classes[found.first] == "E" and t.classes[max(0, found.first - 1) : found.first] in ("C", "N", "P"):
        found = phrase_ending_at(t, found.last, found.first + 1) or found
    if found is not None and t.words[k].lower() in word_set("syntax.relative_subject"):
        return _person_in(t, found)
    return found


def _person_in(t: Tokens, phrase: Mention) -> Mention | None:
    """Who of a phrase "who" takes up: the person at its end where its head is none or only likens ("the endorsement of
    Ada Roe, who", "candidates like Ada Roe, who"), else the whole."""
    first = t.classes.find("R", phrase.start, phrase.end)
    if first < 0:
        return phrase
    inner = mention_of(t, t.classes.rfind("R", phrase.start, phrase.end) + 1, phrase.end)
    if inner is None or (_speaks(t.words[first - 1]) and t.words[first].lower() not in word_set("syntax.exemplifying")):
        return phrase
    named = t.classes[inner.start : inner.end].strip("C") == "" and (inner.role is not None or inner.end - inner.start > 1)
    return inner if named or _speaks(t.words[phrase.end - 1]) else phrase


def _speaks(noun: str) -> bool:
    """Whether a noun is one for persons."""
    return noun.lower() in _person_nouns() or noun.lower().removesuffix("s") in _person_nouns()


@by_language
def _person_nouns() -> frozenset[str]:
    titles = load_lexicon().titles
    return frozenset(word.lower() for word in (*titles.roles, *titles.persons, *titles.groups))


def _subject_with_apposition(t: Tokens, comma: int) -> Mention | None:
    """ "X, a professor at Y, said": the subject of a verb behind a comma.

    Goes back over the parts between commas: what describes the subject is passed over, and the first noun phrase
    of the clause is the subject. An adverbial, a subordinate clause or another clause before it is none of it.
    """
    best: tuple[int, int] | None = None
    appositions = 0
    including: Part | None = None
    parts = parts_before(t, comma)
    for part, before in zip_longest(parts, parts[1:]):
        if best is None and (pronoun := _pronoun_in(t, part)) is not None:
            return pronoun
        if part.kind == "prepositional" and t.words[part.start].lower() in word_set("syntax.including"):
            including = including or part
            continue
        if best is not None and _owns(t, part):
            break
        if _passed_over(t, part, best is not None) or _is_region(t, part, before):
            appositions += 1
            continue
        if part.kind == "phrase" or (best is None and appositions and _opens_with_subject(t, part)):
            found = _phrase_in(t, part)
            if found is None:
                break
            best, appositions = found, appositions + 1
            if found[0] > part.start or (part.start and t.classes[part.start] in "&S"):
                break
            continue
        behind = _behind_that(t, part) if best is None and appositions else None
        if behind is not None or _ends_subject(t, part, best is not None, appositions):
            best = behind or best
            break
        opens = part.kind == "prepositional" and t.classes[part.start - 1 : part.start] != ","
        if opens and appositions:
            return _in_prepositional(t, part, best, comma)
        appositions += part.kind in ("prepositional", "participle")
    if best is None and including is not None:
        return phrase_ending_at(t, including.end, including.start)
    return _as_subject(t, best, comma)


def _pronoun_in(t: Tokens, part: Part) -> Mention | None:
    """The subject before an aside that is a pronoun: "and then she, after a pause, said", "the mayor, who, when asked, said"."""
    if part.kind == "clause" and t.classes[part.end - 1] in _PRONOUNS:
        return Mention(part.end - 1, part.end)
    return _antecedent(t, part.start) if t.classes[part.start : part.end] == "W" else None


def _passed_over(t: Tokens, part: Part, found: bool) -> bool:
    """Whether a part only says more of the subject: a relative clause, and before the subject is found an age or a time."""
    return part.kind == "relative" or (not found and (part.kind == "age" or _tells_when(t, part)))


def _is_region(t: Tokens, part: Part, before: Part | None) -> bool:
    """Whether a name between commas is the region of the place that stands before it, beside the subject: "Roe, 22, of Arden, Ohio, said"."""
    if before is None or t.classes[before.start - 1 : before.start] != "," or before.end + 1 != part.start:
        return False
    place = t.classes[before.start : before.end].rstrip("C")
    placed = place.endswith("R") and len(place) < before.end - before.start and (place == "R" or before.kind == "participle")
    named = placed and not t.classes[part.start : part.end].strip("C")
    return named and part.end - part.start < 3 and not opens_name(t.words[part.start])


def _tells_when(t: Tokens, part: Part) -> bool:
    """Whether a part beside a subject is one of time: "Roe, two weeks into the job, said"."""
    behind = time_end(t, part.start, part.end)
    return part.kind == "phrase" and behind > part.start and t.classes[behind : behind + 1] == "R"


def _behind_that(t: Tokens, part: Part) -> tuple[int, int] | None:
    """The subject that stands behind "that" at the end of a clause: "It was then that Roe, who is 40, said"."""
    that = t.classes.rfind("H", part.start, part.end) if part.kind == "clause" else -1
    return None if that < 0 or NOUN_PHRASE.fullmatch(t.classes, that + 1, part.end) is None else (that + 1, part.end)


def _owns(t: Tokens, part: Part) -> bool:
    """Whether a part opens a relative clause whose subject is named behind it: "whose premier, Ann Roe, said"."""
    return (
        part.kind == "relative"
        and t.words[part.start].lower() in word_set("syntax.relative_possessive")
        and FINITE.isdisjoint(t.classes[part.start : part.end])
    )


def _opens_with_subject(t: Tokens, part: Part) -> bool:
    """Whether a subordinate clause holds its subject and no verb yet: "where Roe, two weeks into the job, said"."""
    return part.kind == "subordinate" and part.start > 0 and FINITE.isdisjoint(t.classes[part.start : part.end])


def _ends_subject(t: Tokens, part: Part, found: bool, appositions: int) -> bool:
    """Whether a part between commas stands before the subject, and not beside it."""
    if found and (part.kind != "prepositional" or not (appositions == 1 or named_after_place(t, part.start, part.end))):
        return True
    return part.kind == "clause" or (part.kind == "subordinate" and part.start == 0)


def _in_prepositional(t: Tokens, part: Part, best: tuple[int, int] | None, comma: int) -> Mention | None:
    """The subject behind an introductory phrase without a comma ("In Ottawa Karim Roe, an MP, said")."""
    at = fronted_subject(t, part.start, part.end) if best is None or t.classes[best[0]] in "DKN" else None
    return _as_subject(t, best if at is None else (at, part.end), comma)


def _phrase_in(t: Tokens, part: Part) -> tuple[int, int] | None:
    """The noun phrase that a part begins with; its relative clause may follow."""
    start, end = part.head + (part.kind == "subordinate"), part.end
    letters = t.classes[start:end]
    if not letters:
        return None
    if letters[-1] in _PRONOUNS:
        return end - 1, end
    if "&" in letters:
        whole = phrase_ending_at(t, end, start)
        if whole is not None and whole.first == start:
            return start, end
        match = NAME_LIST.match(t.classes, start, end)
        if match is not None and match.end() == end:
            return start, end
    match = NOUN_PHRASE.match(t.classes, start, end)
    return (start, match.end()) if match is not None else None


def _as_subject(t: Tokens, found: tuple[int, int] | None, comma: int) -> Mention | None:
    if found is None:
        return None
    if t.classes[found[0] : found[1]] in _PRONOUNS:
        return Mention(*found)
    mention, end = mention_of(t, *found), found[1]
    while t.classes[end : end + 1] == "A":
        end += 1
    return named_in_apposition(t, mention, end, comma + 1) if mention is not None else None


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
    if mention is not None and t.words[end : end + 1] == [*word_list("syntax.and")] and (more := NOUN_PHRASE.match(classes, end + 1)):
        closed = Mention(mention.first, more.end()) if classes[more.end() : more.end() + 1] in ("", ",", ";") else mention
        mention = joined(t, mention, end, more.end()) or closed
        end = mention.last
    return named_in_apposition(t, mention, end, len(classes)) if mention is not None else None
