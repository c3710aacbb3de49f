"""Noun phrases that name a speaker: the name or description, and the role and body printed beside it.

Works on the token classes of `grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import body_words, ends_title, first_names, is_formal_title, name_particles, occasions, quantities, role_words
from stcalib.language.word_sets import word_list, word_set
from stcalib.syntax.parts import time_end
from stcalib.text.tokens import Tokens

SUBJECT_REACH = 40
"""Tokens before a verb in which its subject is looked for."""
APPOSED_NAME = 4
"""A name in apposition has at most so many tokens."""
_CORE = r"(?:[D#ZK]*(?<=[DK])T[NC]+|D?C+(?:,C+)+,?&C+|[D#ZK]*A?[EG]?[KNC#q-]*[NCq#]|D+E|[D#]+)"
NOUN_PHRASE = re.compile(rf"{_CORE}(?:(?:RR?|E[RS]|E[ND]?TR|GR?|E(?=R))[ZA]?(?:{_CORE}|O))*")
NAME_LIST = re.compile(rf"{_CORE}(?:&{_CORE})?")
_NAMES = re.compile(r"D?C+(?:,D?C+)+,?&D?C+")
"""Three names and more: "Ada Roe, Tom Healy and Karl Lund"."""
_OCCUPATION = re.compile(r"D?C{0,2}[EG]?N{1,2}(?=CC)")
"""An occupation before a name: "auditor Ken Roe", "Lund nurse Ada Roe"."""
_INSIDE = "DNCK#EGRAqZ-O"
"""Classes of tokens that a noun phrase can hold, whatever stands beside them."""


@dataclass(slots=True)
class Mention:
    """A speaker as a sentence names them, in token ranges: the name or description, the role and the body beside it."""

    start: int
    end: int
    role: tuple[int, int] | None = None
    body: tuple[int, int] | None = None

    @property
    def first(self) -> int:
        """The first token of the whole noun phrase."""
        return min(self.start, self.role[0]) if self.role else self.start

    @property
    def last(self) -> int:
        """The token behind the whole noun phrase."""
        return max(self.end, self.role[1] if self.role else 0, self.body[1] if self.body else 0)


def mention_of(t: Tokens, start: int, end: int) -> Mention | None:
    """A noun phrase as a speaker: the name apart from the titles before it and the body behind it."""
    classes = t.classes
    while start < end and classes[start] in "&A":
        start += 1
    while end > start and classes[end - 1] in "&RA-":
        end -= 1
    if start >= end:
        return None
    end = _without_occasion(t, start, _without_time(t, start, end))
    head = head_end(t, start, end)
    body = (head, end) if head < end else None
    if body is not None and (behind := _named_behind_body(t, head, end)) is not None:
        return Mention(behind, end, (start, behind))
    if _NAMES.fullmatch(classes, start, head) is not None:
        return Mention(start, head, None, body)
    name = _name_start(t, start, head)
    titled = name > start and t.words[name - 1].rstrip(".").lower() in role_words()
    if name >= head or (name == head - 1 and is_formal_title(t.words[name]) and name > start):
        return Mention(start, end)
    if name > start and classes[name - 1] == "K" and is_formal_title(t.words[head - 1]):
        return Mention(start, end)
    if name > start and classes[name - 1] == "K" and head - name > 1:
        return Mention(name, head, (start, name), body)
    if name > start:
        vague = head - name == 1 and t.words[start].lower() in word_set("singular")
        if classes[start] in "DK" and not titled and (vague or not _occupation(t, start, name)):
            return Mention(start, end)
        return Mention(name, head, (start, name), body)
    if body is not None and (t.words[head - 1].lower() in body_words() or head - name == 1):
        return Mention(start, end)
    return Mention(name, head, None, body)


def _named_behind_body(t: Tokens, head: int, end: int) -> int | None:
    """Where the name of a person begins behind what their office belongs to: "member of the legislature Ada Roe", "Secretary of State Ada Roe"."""
    name = end
    while name > head and t.classes[name - 1] == "C":
        name -= 1
    titled = t.words[head].lower() in word_set("syntax.of") and (t.words[head - 1].lower() in role_words() or is_formal_title(t.words[head - 1]))
    if t.classes[name - 1] == "R" and titled:
        behind = (i for i in range(name + 1, end - 1) if t.words[i] in first_names())
        name = next((i for i in behind if i == name + 1 or not is_formal_title(t.words[i - 1])), end)
    named = end - name > 1 and t.classes[name - 1] in "NC" and t.words[name] in first_names()
    return name if named else None


def _name_start(t: Tokens, start: int, head: int) -> int:
    """Where the name in a noun phrase begins that ends before token `head`: behind titles and an occupation."""
    run = head
    while run > start and (t.classes[run - 1] == "C" or (run < head and (t.words[run - 1] in name_particles() or t.classes[run - 1] == "q"))):
        run -= 1
    words = t.words[:head]
    name = max([run, *(i + 1 for i in range(run, head - 1) if ends_title(words, i))])
    return 1 if name == run == 0 and head > 2 and opens_with_occupation(t.words[:head]) else name


def opens_with_occupation(words: Sequence[str]) -> bool:
    """Whether a run of capitalized words at the start of a sentence is an occupation and a name: "Historian Ada Roe"."""
    if not 2 < len(words) <= APPOSED_NAME:
        return False
    first, *second = words[0], *words[1].split("-")
    if second[0] not in first_names() or not all(part[:1].isupper() for part in second):
        return False
    return first not in first_names() and first[1:].islower() and first.isalpha() and first not in load_lexicon().titles.place_openers


def _without_time(t: Tokens, start: int, end: int) -> int:
    """`end` without the time of speaking that follows a speaker: "Karim Roe last week", "the mayor late on Monday"."""
    for i in range(start + 1, end):
        timed = t.words[i].lower() in word_set("syntax.before_times") and t.classes[i - 1] in "NC"
        if timed and (i + 1 == end or time_end(t, i, len(t.words)) >= end):
            return i
    return end


def _without_occasion(t: Tokens, start: int, end: int) -> int:
    """`end` without a phrase of where something was said: "a spokesperson in an email"."""
    if "R" not in t.classes[start:end]:
        return end
    for i in range(start + 1, end):
        if t.classes[i] == "R" and t.classes[i - 1] in "NC" and t.words[i] in word_set("said_in") and "R" not in t.classes[i + 1 : end]:
            return i if any(word.lower() in occasions() for word in t.words[i:end]) else end
    return end


def _occupation(t: Tokens, start: int, name: int) -> bool:
    """Whether the words before a name are a common-noun description of a person or body ("British aid group X")."""
    return t.classes[name - 1] == "N" and not t.words[name - 1].endswith("s")


def head_end(t: Tokens, start: int, end: int) -> int:
    """The token behind the head of a noun phrase: where its prepositional phrase or participle begins."""
    classes = t.classes
    for i in range(start + 1, end):
        participle = classes[i] in "EG" and classes[i - 1] in "NCq" and classes[i + 1 : i + 2] in ("R", "D", "K", "O", "")
        if classes[i] == "R" or participle:
            return i
    return end


def named_in_apposition(t: Tokens, mention: Mention, end: int, limit: int) -> Mention:
    """ "The director, Joe Doe, said": the name behind a description is the mention, the description its role."""
    classes = t.classes
    if classes[end : end + 1] != ",":
        return mention
    occupied = _OCCUPATION.match(classes, end + 1, limit)
    first = occupied.end() if occupied else end + 1
    close = first
    while close < limit and (classes[close] == "C" or (close > first and (t.words[close] in name_particles() or t.words[close] == "&"))):
        close += 1
    described = classes[mention.end - 1] not in "CP" or (classes[mention.start] in "KD" and mention.role is None)
    ends_there = close >= len(classes) or classes[close] in ",-"
    if described and _goes_on_with_place(t, end, first, close):
        return named_in_apposition(t, mention, close, limit) if classes[close : close + 2] == ",C" and opens_name(t.words[close + 1]) else mention
    if described and first < close <= first + APPOSED_NAME and ends_there and classes[close - 1] == "C":
        return Mention(first, close, (mention.start, end))
    return _titled_apposition(t, end + 1, limit) or mention if described else mention


def _titled_apposition(t: Tokens, start: int, limit: int) -> Mention | None:
    """A name behind titles of several words, between commas: "the candidate, former Secretary of State Ada Roe, said"."""
    stop = next((i for i in range(start, limit) if t.classes[i] in ",-"), limit)
    if NOUN_PHRASE.fullmatch(t.classes, start, stop) is None:
        return None
    found = mention_of(t, start, stop)
    named = found is not None and found.role is not None and found.end - found.start > 1 and not t.classes[found.start : found.end].strip("C")
    return found if named and found is not None and t.words[found.start] in first_names() else None


def _goes_on_with_place(t: Tokens, end: int, first: int, close: int) -> bool:
    """Whether a name behind a comma is the region of the place before it: "a farmer from Arden, Ohio, said", "the mayor of
    Arden, Ont., said"."""
    run = end
    while run and t.classes[run - 1] == "C":
        run -= 1
    if not 0 < run < end or close == first or opens_name(t.words[first]):
        return False
    before = t.words[run - 1].lower()
    return before in word_set("syntax.place_prepositions") or (before in word_set("syntax.of") and close == first + 1)


def opens_name(word: str) -> bool:
    """Whether a word is a given name, a form of address or a title before a name."""
    return word in first_names() or is_formal_title(word) or word.rstrip(".") in load_lexicon().titles.honorifics


def phrase_ending_at(t: Tokens, end: int, floor: int = 0) -> Mention | None:
    """The longest noun phrase that ends before token `end` and does not reach below `floor`."""
    classes = t.classes
    start = end
    lowest = max(floor, end - SUBJECT_REACH)
    while (
        start > lowest and (classes[start - 1] in _INSIDE or _goes_on(classes, start)) and t.words[start - 1] not in word_set("syntax.free_relative")
    ):
        start -= 1
    for first in range(start, end):
        if first + 1 == end and t.words[first].lower() in word_set("dependent"):
            return None
        if classes[first] in "DNCK#EG" and NOUN_PHRASE.fullmatch(classes, first, end):
            if first - 1 > floor and t.words[first - 1].lower() in word_set("syntax.and") and (listed := _listed(t, first, end, floor)) is not None:
                return listed
            apart = (first < 4 or classes[first - 4] not in "NIRVE#D") and not t.words[first - 2].endswith("s")
            if classes[first - 3 : first] == "DN," and classes[first] in "NEG" and first - 3 >= floor and apart and _agrees(t, first - 3, end):
                return Mention(first - 3, end)
            return mention_of(t, _behind_agent_marker(t, first, end), end)
    return None


def _behind_agent_marker(t: Tokens, first: int, end: int) -> int:
    """Where the agent begins that follows a name, which it cannot belong to: "levied against Roe by a group"."""
    for i in range(first + 1, end - 1):
        if t.classes[i] == "R" and t.classes[i - 1] == "C" and t.words[i] in word_set("syntax.agent_marker"):
            return i + 1
    return first


def _agrees(t: Tokens, determiner: int, end: int) -> bool:
    """Whether a determiner can go with the last word: not "a sign, traders"."""
    return t.words[determiner].lower() not in word_set("singular") or not t.words[end - 1].endswith("s")


def _goes_on(classes: str, start: int) -> bool:
    """Whether the token before `start` can belong to the noun phrase that goes on there."""
    if classes[start - 1] == "T":
        return "E" in classes[max(0, start - 3) : start - 1] and classes[start : start + 1] == "R"
    if classes[start - 1] == "S":
        return classes[start - 2 : start - 1] == "E"
    return classes[start - 1] in _INSIDE or classes[start - 1 : start + 1] in (",C", "&C")


def _listed(t: Tokens, first: int, end: int, floor: int) -> Mention | None:
    """The phrase `first`..`end` with what stands before its "and", where they are one subject."""
    comma = t.classes[first - 2] == ","
    left = phrase_ending_at(t, first - 1 - comma, floor)
    if left is None:
        return None
    if t.classes[end - 1] == "C" and (start := _list_start(t, left.first)) is not None:
        return Mention(start, end)
    return None if comma else joined(t, left, first - 1, end)


def _list_start(t: Tokens, second: int) -> int | None:
    """Where a list begins that opens a clause and goes on at token `second`: "The Council, Amnesty and …"."""
    if second < 2 or t.classes[second - 1] != "," or t.classes[second - 2] != "C":
        return None
    before = phrase_ending_at(t, second - 1)
    return before.first if before is not None and t.classes[before.first - 1 : before.first] in ("", "Q", ";") else None


def _is_office_of_body(t: Tokens, left: Mention, right: Mention) -> bool:
    """Whether "and" stands in the name of a body whose officer is named: "Customs and Ports Union president Ada Roe"."""
    if right.role is None or left.end - left.first != 1 or not t.words[left.first].endswith(word_list("syntax.field_endings")):
        return False
    behind = next((i for i in range(right.role[0], right.start) if t.classes[i] != "C"), right.start)
    return right.role[0] < behind < right.start and t.words[behind - 1].lower() in body_words()


def joined(t: Tokens, left: Mention, conjunction: int, end: int) -> Mention | None:
    """Two phrases with "and" between them as one subject: two names, two descriptions, or two parts of one title
    ("law and human rights professor Ada Roe"); None where they do not belong together."""
    right = mention_of(t, conjunction + 1, end)
    if right is not None and _is_office_of_body(t, left, right):
        return Mention(right.start, right.end, (left.first, right.start), right.body)
    if (t.classes[conjunction - 1] == "C") == (t.classes[end - 1] == "C"):
        return Mention(left.first, end)
    if right is not None and right.role is not None and t.classes[conjunction - 1] == "N":
        return Mention(right.start, right.end, (left.first, right.start), right.body)
    return None


def is_acronym(t: Tokens, subject: Mention) -> bool:
    """Whether the head of a subject is in capitals: such a body can "say" as well as "says"."""
    head = t.words[head_end(t, subject.start, subject.end) - 1]
    return len(head) > 1 and head.isupper()


def _counts_several(t: Tokens, subject: Mention) -> bool:
    """Whether a subject counts several by a singular word: "a majority of voters", "one in five"."""
    words = [word.lower() for word in t.words[subject.first : subject.last]]
    if len(words) > 2 and words[0] in word_set("syntax.one") and words[1] in word_set("syntax.one_in") and t.classes[subject.first + 2] in "D#R":
        return True
    of = next((i for i, word in enumerate(words[1:4], 1) if word in word_set("syntax.of")), None)
    return of is not None and not quantities().isdisjoint(words[:of]) and words[-1].endswith("s")


def is_plural(t: Tokens, subject: Mention) -> bool:
    """Whether a plain verb form ("say") agrees with the subject."""
    word = t.words[subject.end - 1].lower()
    if t.classes[subject.start] in "PpW":
        return word in word_set("syntax.plural_pronouns")
    if _counts_several(t, subject):
        return True
    if t.words[subject.first].lower() in word_set("singular"):
        return False
    head = t.words[head_end(t, subject.start, subject.end) - 1].lower()
    if t.words[subject.first].lower() in word_set("plural"):
        return True
    return "&" in t.classes[subject.start : subject.end] or head.endswith("s") or head in word_set("plural") or t.classes[subject.start] == "#"
