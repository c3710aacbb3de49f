"""Reporting clauses: which verb in a sentence reports speech, and whose.

Works on the token classes of `grammar`. A reporting clause is found by its cue ("said", "according to"); its
subject stands before it, or behind it where the order is turned ("…," said X, a professor).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stcalib.cues import Cue, cue_forms
from stcalib.grammar import Tokens
from stcalib.lexicon import load_lexicon

SUBJECT_REACH = 40
"""Tokens before a verb in which its subject is looked for."""
APPOSED_NAME = 4
"""A name in apposition has at most so many tokens."""

_CORE = r"(?:[D#ZK]*(?<=[DK])T[NC]+|D?C+(?:,C+)+,?&C+|[D#ZK]*A?[EG]?[KNC#q-]*[NCq#]|D+E|[D#]+)"
_NOUN_PHRASE = re.compile(rf"{_CORE}(?:(?:R|ER|GR?|E(?=R))[ZA]?{_CORE})*")
_NAME_LIST = re.compile(rf"{_CORE}(?:&{_CORE})?")
_FINITE = frozenset("XVYp")
_INTRODUCTORY = frozenset("RISGE")
_PRONOUNS = frozenset("Pp")

_POSSESSIVES = frozenset("his her their its".split())
_STATEMENT_TAIL = re.compile(r"(?:T|R[DNCT#]*T)*H")
_BE = frozenset("is are was were am be been being isn't aren't wasn't weren't they're we're i'm get got gets getting".split())
_HAVE = frozenset("has have had it's that's he's she's they've i've we've you've he'd she'd they'd".split())
_HYPOTHETICAL = frozenset(
    "would will can could may might must shall should can't cannot couldn't he'd she'd they'd i'd we'd he'll she'll they'll i'll we'll ought".split()
)
_NEGATED = frozenset("didn't doesn't don't hasn't haven't hadn't wouldn't won't not never".split())
_LED_TO = frozenset("led lead leads leading prompted prompting prompts caused causing went gone goes going".split())
NAME_PARTICLES = frozenset("van von der den de da di la le el al bin ibn du dos".split())
_PLURAL_WORDS = frozenset("people police some many others women men children staff both several all few most those mounties".split())

_SAID_IN = frozenset("in on at by during via".split())
_SINGULAR_WORDS = frozenset("a an each every this that another one either neither".split())


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Declined:
    """A reporting verb that reports nothing here, with the reason."""

    verb: int
    reason: str


@cache
def role_words() -> frozenset[str]:
    """Offices and occupations, singular and plural, and forms of address, in lower case."""
    titles = load_lexicon().titles
    return frozenset(w.lower() for r in titles.roles for w in (r, r + "s")) | frozenset(h.lower() for h in titles.honorifics)


@cache
def _body_words() -> frozenset[str]:
    titles = load_lexicon().titles
    return frozenset(titles.bodies) | frozenset(titles.writings)


@cache
def formal_titles() -> frozenset[str]:
    """Titles that are printed with a capital before a name, in lower case."""
    titles = load_lexicon().titles
    return frozenset(word.lower() for word in (*titles.formal, *titles.honorifics))


@cache
def occasions() -> frozenset[str]:
    """Nouns for where and how something is said ("interview"), singular and plural, in lower case."""
    titles = load_lexicon().titles
    return frozenset(word.lower() for noun in titles.occasions for word in (noun, noun + "s"))


@cache
def _deciders() -> frozenset[str]:
    return frozenset(load_lexicon().titles.deciders)


@cache
def _idioms() -> dict[str, re.Pattern[str]]:
    return {
        verb: re.compile("|".join(rf"{re.escape(phrase)}\b" for phrase in phrases))
        for verb, phrases in load_lexicon().cues.idioms.items()
    }


def reports_in(t: Tokens) -> tuple[list[Report], list[Declined]]:
    """The reporting clauses of a sentence, in order, and the reporting verbs that are none."""
    reports: list[Report] = []
    declined: list[Declined] = []
    forms, looked_for = cue_forms(), reporting_words()
    for index in [i for i, word in enumerate(t.words) if word in looked_for]:
        lower = t.words[index].lower()
        if lower == "according" and t.words[index + 1 : index + 2] == ["to"]:
            if (source := _subject_behind(t, index + 2)) is not None:
                reports.append(Report(None, index, index + 2, source, "phrase", index))
            continue
        if lower in _views() and (viewed := _in_the_view(t, index)) is not None:
            reports.append(viewed)
            continue
        if t.classes[index] == "N" and lower in _statement_nouns() and (stated := _stated(t, index)) is not None:
            reports.append(stated)
            continue
        if (cues := forms.get(lower)) is None or t.classes[index] in "CK":
            continue
        cue, end = _matching(t, index, cues)
        if cue is None:
            continue
        found = _reporting(t, index, end, cue, reports)
        if isinstance(found, Report):
            reports.append(found)
        elif found is not None:
            declined.append(found)
    return reports, declined


@cache
def _views() -> frozenset[str]:
    return frozenset(load_lexicon().cues.phrases.views)


def _in_the_view(t: Tokens, noun: int) -> Report | None:
    """ "in her view", "in the minister's words": whose."""
    start = noun - 1
    while start > 0 and t.classes[start] in "DKNC" and noun - start < 6:
        start -= 1
    if start < 0 or t.words[start].lower() != "in" or start + 1 >= noun:
        return None
    owner = t.words[start + 1].lower()
    if owner in _POSSESSIVES and start + 2 == noun:
        return Report(None, start, noun + 1, Mention(start + 1, start + 2), "phrase", start)
    return Report(None, start, noun + 1, Mention(start + 1, noun), "phrase", start) if t.classes[noun - 1] == "K" else None


@cache
def _statement_nouns() -> frozenset[str]:
    return frozenset(load_lexicon().cues.phrases.nouns)


def _stated(t: Tokens, noun: int) -> Report | None:
    """ "the minister's assertion that …", "a Reuters report on Tuesday that …": a statement with its source."""
    clause = _STATEMENT_TAIL.match(t.classes, noun + 1)
    if clause is None or t.classes[clause.end() : clause.end() + 1] in ("X", "V", "E", "Y", ""):
        return None
    before = t.classes[noun - 1] if noun else ""
    source: Mention | None = None
    if before == "K":
        source = _phrase_ending_at(t, noun)
    elif before == "C":
        run = noun - 1
        while run > 0 and t.classes[run - 1] == "C":
            run -= 1
        source = Mention(run, noun)
    return Report(None, noun, noun + 1, source, "noun", noun) if source is not None else None


@cache
def reporting_words() -> frozenset[str]:
    """All words at which a reporting clause can begin, in small letters, with a capital and in capitals."""
    words = frozenset(cue_forms()) | {"according"} | _views() | _statement_nouns()
    return words | {word.capitalize() for word in words} | {word.upper() for word in words}


def _matching(t: Tokens, index: int, cues: tuple[Cue, ...]) -> tuple[Cue | None, int]:
    """The cue that stands at `index`, phrasal verbs first, and the token behind it."""
    following = t.words[index + 1].lower() if index + 1 < len(t.words) else ""
    for cue in cues:
        if cue.particle is None:
            return cue, index + 1
        if cue.particle == following:
            return cue, index + 2
    return None, index


def _reporting(t: Tokens, verb: int, end: int, cue: Cue, before: list[Report]) -> Report | Declined | None:
    """The reporting clause around the verb, or why there is none; None where it is no verb at all."""
    classes = t.classes
    k = verb - 1
    while k >= 0 and classes[k] in "AXZ":
        k -= 1
    contracted = k >= 0 and classes[k] == "p"
    helpers = [w.lower().replace("’", "'") for w in t.words[k + (not contracted) : verb]]
    if (idiom := _idioms().get(cue.verb)) and idiom.match(" ".join(t.words[end : end + 4]).lower()):
        return Declined(verb, "idiom: nothing is reported as said")
    if cue.form == "ing":
        return _participle(t, verb, end, cue, k, helpers, before)
    if _NEGATED.intersection(helpers):
        return Declined(verb, "negated: nothing is reported as said")
    if k >= 0 and classes[k] == "I":
        return _infinitive(t, verb, end, cue, k)
    if _HYPOTHETICAL.intersection(helpers):
        return Declined(verb, "hypothetical: not reported as said")
    if cue.form == "participle" and not _HAVE.intersection(helpers):
        return None
    if cue.form in ("past", "participle") and _BE.intersection(helpers):
        return Declined(verb, "passive: nobody is named as speaking")
    if contracted:
        return Report(cue, verb, end, Mention(k, k + 1), "before", k)
    found = _finite(t, verb, end, cue, k)
    if found is None or not _fits(t, found, cue):
        return None
    return found


def _finite(t: Tokens, verb: int, end: int, cue: Cue, k: int) -> Report | None:
    """The reporting clause of a finite verb whose clause before it ends at token `k`."""
    classes = t.classes
    if k >= 0 and classes[k] == "&":
        if (cue.nominal and cue.form != "past") or _told_passively(t, cue, end):
            return None
        return Report(cue, verb, end, None, "joined", k)
    turned = _subject_behind(t, end) if k < 0 or classes[k] in "Qq,-" else None
    if turned is not None and (k < 0 or k + 1 == verb) and _closes_clause(t, turned):
        if k < 0 or classes[k] in "Qq" or not _apposition_before(t, k, turned):
            return Report(cue, verb, end, turned, "after", verb)
    subject = _subject_before(t, k)
    if subject is None:
        return None
    if "name" in cue.frames and cue.form == "past" and k + 1 == verb and classes[subject.first - 1 : subject.first] in ("X", "V", "Y", "E", "R") and subject.first:
        return None
    if t.words[end : end + 1] == ["by"] and cue.verb not in ("say", "tell") and k + 1 == verb:
        return None
    return Report(cue, verb, end, subject, "before", subject.first)


def _fits(t: Tokens, report: Report, cue: Cue) -> bool:
    """Whether verb and subject agree, and a form that is also a noun is a verb here."""
    subject = report.subject
    if subject is None or report.order != "before":
        return True
    if cue.form == "plain" and not _plural(t, subject):
        return False
    if "verdict" in cue.frames and not any(word.lower() in _deciders() for word in t.words[subject.first : subject.last]):
        return False
    if not cue.nominal or cue.form in ("past", "participle"):
        return True
    following = t.classes[report.end : report.end + 1]
    if following == "H":
        return t.classes[report.end + 1 : report.end + 2] not in _FINITE
    if cue.form == "third" and t.classes[subject.end - 1] not in "CPpq" and t.classes[subject.start] != "D":
        return False
    named = t.classes[subject.end - 1] in "CP"
    return following == "" or following in "PpQ,;AO" or (following in "DXRS" and (named or cue.form == "plain")) or (following in "CKNI" and named)


def _told_passively(t: Tokens, cue: Cue, end: int) -> bool:
    """ "had been diagnosed and told he had …": a pronoun in the nominative is no addressee."""
    return "address" in cue.frames and t.classes[end : end + 1] == "P"


def _apposition_before(t: Tokens, comma: int, turned: Mention) -> bool:
    """Whether the words before the comma are a subject with what is said of it ("X, a father of two, says his son
    …"), so that the phrase behind the verb is none."""
    following = t.classes[turned.last : turned.last + 1]
    if following in ("", ",", "W"):
        if t.classes[turned.end - 1] == "C" or t.classes[turned.last + 1 : turned.last + 2] in ("Q", "q"):
            return False
        start = max(t.classes.rfind(mark, 0, comma) for mark in "Q;") + 1
        if _FINITE.intersection(t.classes[start:comma]) or "E" in t.classes[start:comma]:
            return False
    return _subject_before(t, comma) is not None


def subjects_in(t: Tokens) -> list[Mention]:
    """The subjects of the finite verbs of a sentence, each once, in order."""
    found: dict[int, Mention] = {}
    for i, letter in enumerate(t.classes):
        if letter == "p":
            found.setdefault(i, Mention(i, i + 1))
        elif letter in "XVYE" and i and t.classes[i - 1] not in "XIZWH" and (subject := _subject_before(t, i - 1)) is not None:
            found.setdefault(subject.start, subject)
    if not found and (opening := main_subject(t, 0)) is not None:
        return [opening]
    return list(found.values())


def _participle(t: Tokens, verb: int, end: int, cue: Cue, k: int, helpers: list[str], before: list[Report]) -> Report | None:
    """ "…, adding that": the subject is that of the clause before; "was saying": its own."""
    classes = t.classes
    if _BE.intersection(helpers):
        own = _subject_before(t, k)
        return None if own is None else Report(cue, verb, end, own, "before", own.first)
    following = classes[end : end + 1]
    if k >= 0 and t.words[k].lower() == "worth":
        return None
    if cue.nominal and (following not in ("H", "D", "P", "p", "Q", "C", "K", "A") or classes[end : end + 2] in ("HX", "HV", "HE", "HN")):
        return None
    subject = before[-1].subject if before and before[-1].order in ("before", "after") else main_subject(t, verb)
    if k < 0 or classes[k] in ",-;Qq)T" or (classes[k] == "R" and t.words[k].lower() == "by"):
        return Report(cue, verb, end, subject, "participle", verb)
    if classes[k] in "NC" and not cue.nominal or classes[k] == "C":
        named = classes[k] == "C" and (own := _subject_before(t, k)) is not None and t.classes[own.first - 1 : own.first] in ("R", "S") and t.words[own.first - 1].lower() != "to"
        return Report(cue, verb, end, own if named else subject, "participle", verb)
    if classes[k] == "&" and before and before[-1].order in ("participle", "before"):
        return Report(cue, verb, end, before[-1].subject, "participle", k)
    return None


def main_subject(t: Tokens, before: int) -> Mention | None:
    """The subject of the first finite verb of a sentence that stands before token `before`."""
    for i in range(min(before, len(t.classes))):
        if t.classes[i] in "XVYE" or t.classes[i] == "p":
            if t.classes[i] == "p":
                return Mention(i, i + 1)
            if (subject := _subject_before(t, i - 1)) is not None and subject.first <= i:
                relative = t.classes[i - 1] in "WH" or (t.classes[i - 1] == "P" and t.words[i - 1].lower() == "who")
                if not relative and not (t.classes[i] == "E" and t.classes[i + 1 : i + 2] == "R" and t.classes[i - 1] == "N"):
                    return subject
    return _subject_behind(t, next((i for i, letter in enumerate(t.classes) if letter not in "&A"), 0))


def _infinitive(t: Tokens, verb: int, end: int, cue: Cue, k: int) -> Report | Declined:
    """ "has led some to argue that", "went on to say": a report; any other "to say" is none."""
    earlier = [w.lower() for w in t.words[:k]]
    if t.classes[end : end + 1] in ("H", "Q") and _LED_TO.intersection(earlier[-SUBJECT_REACH:]):
        led = max(i for i, w in enumerate(earlier) if w in _LED_TO)
        turned = led < k - 1 and t.classes[led + 1] not in "RA"
        inner = _subject_before(t, k - 1 if turned else led - 1)
        if inner is not None:
            return Report(cue, verb, end, inner, "before", inner.first)
    return Declined(verb, "infinitive: not reported as said")


def _closes_clause(t: Tokens, subject: Mention) -> bool:
    """Whether a turned subject ends its clause: no verb of its own follows it."""
    following = t.classes[subject.last : subject.last + 1]
    if following in ("", ",", "-", ";", "W", "("):
        return True
    if following not in "RTS&QqA":
        return False
    if following in "S&":
        return True
    for letter in t.classes[subject.last :]:
        if letter in ",;-QWS":
            return True
        if letter in _FINITE:
            return False
    return True


def _subject_behind(t: Tokens, start: int) -> Mention | None:
    """The noun phrase right behind a verb, as the subject of a turned clause."""
    classes = t.classes
    if classes[start : start + 1] == "P":
        return Mention(start, start + 1)
    match = _NOUN_PHRASE.match(classes, start)
    if match is None:
        return None
    end = match.end()
    mention = _mention(t, start, end)
    if mention is not None and t.words[end : end + 1] == ["and"] and (more := _NOUN_PHRASE.match(classes, end + 1)):
        mention = _joined(t, mention, end, more.end()) or mention
        end = mention.last
    return _named_in_apposition(t, mention, end, len(classes)) if mention is not None else None


def _joined(t: Tokens, left: Mention, conjunction: int, end: int) -> Mention | None:
    """Two phrases with "and" between them as one subject: two names, two descriptions, or two parts of one title
    ("law and human rights professor Audrey Macklin"); None where they do not belong together."""
    right = _mention(t, conjunction + 1, end)
    if (t.classes[conjunction - 1] == "C") == (t.classes[end - 1] == "C"):
        return Mention(left.first, end)
    if right is not None and right.role is not None and t.classes[conjunction - 1] == "N":
        return Mention(right.start, right.end, (left.first, right.start), right.body)
    return None


def _listed(t: Tokens, first: int, end: int, floor: int) -> Mention | None:
    """The phrase `first`..`end` with what stands before its "and", where they are one subject."""
    comma = t.classes[first - 2] == ","
    left = _phrase_ending_at(t, first - 1 - comma, floor)
    if left is None:
        return None
    if t.classes[end - 1] == "C" and (start := _list_start(t, left.first)) is not None:
        return Mention(start, end)
    return None if comma else _joined(t, left, first - 1, end)


def _list_start(t: Tokens, second: int) -> int | None:
    """Where a list begins that opens a clause and goes on at token `second`: "The Council, Amnesty and …"."""
    if second < 2 or t.classes[second - 1] != "," or t.classes[second - 2] != "C":
        return None
    before = _phrase_ending_at(t, second - 1)
    return before.first if before is not None and t.classes[before.first - 1 : before.first] in ("", "Q", ";") else None


def _subject_before(t: Tokens, k: int) -> Mention | None:
    """The subject of a verb whose clause ends at token `k` (auxiliaries and adverbs left out)."""
    classes = t.classes
    while k >= 0 and classes[k] in "TA":
        while k >= 0 and (classes[k] in "TA" or t.words[k].lower() in ("last", "this", "next", "later", "earlier", "late", "early")):
            k -= 1
        if k >= 0 and classes[k] == "R" and t.words[k].lower() in ("on", "in", "by", "late", "since"):
            k -= 1
    if k < 0:
        return None
    letter = classes[k]
    if letter in _PRONOUNS:
        return Mention(k, k + 1)
    if letter == "W":
        return _antecedent(t, k)
    if letter == ",":
        return _subject_with_apposition(t, k)
    if letter in ")-":
        opening = classes.rfind("(" if letter == ")" else "-", 0, k)
        return _subject_before(t, opening - 1) if opening > 0 else None
    if letter not in "NCDK#EGOqVYR":
        return None
    found = _phrase_ending_at(t, k + 1) if letter not in "VYR" else None
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
    if end > 0 and t.words[end - 1].lower() in _PLURAL_WORDS:
        return _phrase_ending_at(t, end) or Mention(end - 1, end)
    found = _phrase_ending_at(t, end) if end > 0 and t.classes[end - 1] in "NCKq" else None
    inner = t.classes.rfind("R", found.start, found.end) + 1 if found is not None and t.words[k].lower() == "who" else 0
    if found is not None and inner and not _speaks(t.words[t.classes.index("R", found.start) - 1]) and _speaks(t.words[found.end - 1]):
        return _mention(t, inner, found.end)
    return found


def _speaks(noun: str) -> bool:
    """Whether a noun is one for persons."""
    return noun.lower() in _person_nouns() or noun.lower().removesuffix("s") in _person_nouns()


@cache
def _person_nouns() -> frozenset[str]:
    titles = load_lexicon().titles
    return frozenset(word.lower() for word in (*titles.roles, *titles.persons, *titles.groups))


def _phrase_ending_at(t: Tokens, end: int, floor: int = 0) -> Mention | None:
    """The longest noun phrase that ends before token `end` and does not reach below `floor`."""
    classes = t.classes
    start = end
    while start > floor and end - start < SUBJECT_REACH and (classes[start - 1] in "DNCK#EGRAqZ-O" or classes[start - 1 : start + 1] in (",C", "&C")):
        start -= 1
    for first in range(start, end):
        if classes[first] in "DNCK#EG" and _NOUN_PHRASE.fullmatch(classes, first, end):
            if first - 1 > floor and t.words[first - 1].lower() == "and" and (listed := _listed(t, first, end, floor)) is not None:
                return listed
            if classes[first - 3 : first] == "DN," and classes[first] in "NEG" and first - 3 >= floor:
                return Mention(first - 3, end)
            return _mention(t, first, end)
    return None


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
        if not letters or letters.strip("#") == "" or letters[0] in "WH" or (letters[0] in "GE" and best is None):
            if best is not None and letters[:1] not in ("W", "H"):
                break
            continue
        if letters[-1] in _PRONOUNS and best is None:
            best = (b - 1, b)
            break
        finite = bool(_FINITE.intersection(letters))
        if letters[0] in _INTRODUCTORY or (finite and best is not None):
            if best is not None or finite:
                break
            lead = lead or (a, b)
            continue
        match = _NAME_LIST.match(t.classes, start, b) if "&" in letters else None
        match = match if match and match.end() == b else _NOUN_PHRASE.match(t.classes, start, b)
        if match is None or (finite and not _FINITE.isdisjoint(letters[: match.end() - start + 2])):
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
    mention = _mention(t, *found)
    return _named_in_apposition(t, mention, found[1], comma + 1) if mention is not None else None


def _introduced(t: Tokens, start: int, end: int) -> Mention | None:
    """The subject behind an introductory phrase without a comma, or behind "including"."""
    found = _phrase_ending_at(t, end, start)
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


def _named_in_apposition(t: Tokens, mention: Mention, end: int, limit: int) -> Mention:
    """ "The director, Gerry McNeilly, said": the name behind a description is the mention, the description its role."""
    classes = t.classes
    if classes[end : end + 1] != ",":
        return mention
    close = end + 1
    while close < limit and classes[close] == "C":
        close += 1
    described = classes[mention.end - 1] not in "CP" or (classes[mention.start] in "KD" and mention.role is None)
    ends_there = close >= len(classes) or classes[close] in ",-"
    if described and end + 1 < close <= end + 1 + APPOSED_NAME and ends_there:
        return Mention(end + 1, close, (mention.start, end))
    return mention


def _mention(t: Tokens, start: int, end: int) -> Mention | None:
    """A noun phrase as a speaker: the name apart from the titles before it and the body behind it."""
    classes = t.classes
    while start < end and classes[start] in "&A":
        start += 1
    while end > start and (classes[end - 1] in "&RA-" or t.words[end - 1] in ("late", "early")):
        end -= 1
    if start >= end:
        return None
    end = _without_occasion(t, start, end)
    head = _head_end(t, start, end)
    body = (head, end) if head < end else None
    run = head
    while run > start and (classes[run - 1] in "C" or (run < head and (t.words[run - 1] in NAME_PARTICLES or classes[run - 1] == "q"))):
        run -= 1
    name = run
    for i in range(run, head - 1):
        if t.words[i].rstrip(".").lower() in formal_titles():
            name = i + 1
    titled = name > start and t.words[name - 1].rstrip(".").lower() in role_words()
    if name >= head or (name == head - 1 and t.words[name].rstrip(".").lower() in formal_titles() and name > start):
        return Mention(start, end)
    if name > start and classes[name - 1] == "K" and head - name > 1:
        return Mention(name, head, (start, name), body)
    if name > start:
        vague = head - name == 1 and t.words[start].lower() in _SINGULAR_WORDS
        if classes[start] in "DK" and not titled and (vague or not _occupation(t, start, name)):
            return Mention(start, end)
        return Mention(name, head, (start, name), body)
    if body is not None and (t.words[head - 1].lower() in _body_words() or head - name == 1):
        return Mention(start, end)
    return Mention(name, head, None, body)


def _without_occasion(t: Tokens, start: int, end: int) -> int:
    """`end` without a phrase of where something was said: "a spokesperson in an email"."""
    for i in range(start + 1, end):
        if t.classes[i] == "R" and t.classes[i - 1] in "NC" and t.words[i] in _SAID_IN and any(w.lower() in occasions() for w in t.words[i:end]) and "R" not in t.classes[i + 1 : end]:
            return i
    return end


def _occupation(t: Tokens, start: int, name: int) -> bool:
    """Whether the words before a name are a common-noun description of a person or body ("British aid group X")."""
    return t.classes[name - 1] == "N" and not t.words[name - 1].endswith("s")


def _head_end(t: Tokens, start: int, end: int) -> int:
    """The token behind the head of a noun phrase: where its prepositional phrase or participle begins."""
    classes = t.classes
    for i in range(start + 1, end):
        participle = classes[i] in "EG" and classes[i - 1] in "NCq" and classes[i + 1 : i + 2] in ("R", "D", "K", "O", "")
        if classes[i] == "R" or participle:
            return i
    return end


def _plural(t: Tokens, subject: Mention) -> bool:
    """Whether a plain verb form ("say") agrees with the subject."""
    word = t.words[subject.end - 1].lower()
    if t.classes[subject.start] in "PpW":
        return word in ("they", "i", "we", "you", "who")
    if t.words[subject.first].lower() in _SINGULAR_WORDS:
        return False
    head = t.words[_head_end(t, subject.start, subject.end) - 1].lower()
    if t.words[subject.first].lower() in _PLURAL_WORDS:
        return True
    return "&" in t.classes[subject.start : subject.end] or head.endswith("s") or head in _PLURAL_WORDS or t.classes[subject.start] == "#"


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
        return _phrase_ending_at(t, k) if k > 0 and t.classes[k - 1] in "NCKq" else None
    participle = t.words[verb].lower().endswith("ing") and k == verb - 1
    if t.classes[k] not in "&" and not participle and (subject := _subject_before(t, k)) is not None:
        return subject
    return clause_subject(t, k + 1)


def turned_subject(t: Tokens, verb: int) -> Mention | None:
    """The subject behind the verb at token `verb` where the verb stands right behind a comma: "..., said the minister"."""
    return _subject_behind(t, verb + 1) if verb and t.classes[verb - 1] == "," else None


def clause_subject(t: Tokens, index: int) -> Mention | None:
    """The subject of the nearest finite verb before token `index` that has one."""
    for i in range(min(index, len(t.classes)) - 1, -1, -1):
        if t.classes[i] in ";Q":
            return None
        if t.classes[i] == "p":
            return Mention(i, i + 1)
        if t.classes[i] in "VYXE" and i and t.classes[i - 1] not in "XI" and (subject := _subject_before(t, i - 1)) is not None:
            return subject
    return None
