"""Reporting clauses: which verb in a sentence reports speech, and whose.

Works on the token classes of `grammar`. A reporting clause is found by its cue ("said", "according to"); its
subject stands before it, or behind it where the order is turned ("…," said X, a professor).
"""

from __future__ import annotations

import re

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.reporting_verbs import Cue, cue_forms
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.syntax.noun_phrases import SUBJECT_REACH, Mention, is_acronym, is_plural, phrase_ending_at
from stcalib.syntax.parts import FINITE, parts_before
from stcalib.syntax.source_phrases import Declined, Report, in_the_view, stated, statement_nouns, views
from stcalib.syntax.subjects import main_subject, subject_before, subject_behind, subject_of
from stcalib.text.tokens import QUOTED as OPEN_END
from stcalib.text.tokens import Tokens

_NOUN_THEN_NAME = re.compile(r"D[NEG]+(?P<name>C+)")
"""Something and who calls it a name, without a "that" between: "a practice Pell called “reckless”"."""
_ASKED_BEFORE = re.compile(r"[SWR][^,;Qq]+,[YVEX]")
"""Behind "X, asked about …, said": what he was asked, and the verb of the sentence."""
PASSIVE = "passive: nobody is named as speaking"
NAMED_REACH = 8
"""Tokens behind "calls" in which the quotation that names something is looked for."""
UNNAMED_REACH = 12
"""Tokens behind "asked" in which the wish to stay unnamed is looked for."""
_TIME_THEN_THAT = re.compile(r"R[D#]?[NT]H")
"""Behind the verb: "for years that"."""
_QUOTING_ASIDE = re.compile(r"(?:^|(?<=[,;QS&]))D?[KNC]+(?P<comma>,)G[^,;QqXVYP]*[Qq]$")
"""Between a subject and its verb, what it quotes: "Roe, citing “pressure,” said"."""
ADDRESSED = re.compile(r"R[DKCN#]+")
"""To whom something was written before a participle tells what: "wrote to the minister saying that"."""
_SAYING = re.compile(r"[,;][Qq]|H(?![XVE])|[DPpQCKA]|NN?[XVp]")
"""Behind a form in -ing that is also a noun, where it is a verb."""


@by_language
def _deciders() -> frozenset[str]:
    return frozenset(load_lexicon().titles.deciders)


@by_language
def _writings() -> frozenset[str]:
    return frozenset(load_lexicon().titles.writings)


@by_language
def _idioms() -> dict[tuple[str, str], re.Pattern[str]]:
    """What says nothing behind a verb ("say hello"), by the verb and the first word behind it."""
    phrases: dict[tuple[str, str], list[str]] = {}
    for verb, idioms in load_lexicon().cues.idioms.items():
        for phrase in idioms:
            phrases.setdefault((verb, phrase.partition(" ")[0]), []).append(phrase)
    return {start: re.compile("|".join(rf"{re.escape(phrase)}\b" for phrase in found)) for start, found in phrases.items()}


def reports_in(t: Tokens) -> tuple[list[Report], list[Declined]]:
    """The reporting clauses of a sentence, in order, and the reporting verbs that are none."""
    reports: list[Report] = []
    declined: list[Declined] = []
    forms, looked_for = cue_forms(), reporting_words()
    if looked_for.isdisjoint(t.words):
        return reports, declined
    for index in [i for i, word in enumerate(t.words) if word in looked_for]:
        lower = t.words[index].lower()
        if lower in word_set("syntax.according") and t.words[index + 1 : index + 2] == [*word_list("syntax.to")]:
            if (source := subject_behind(t, index + 2)) is not None:
                reports.append(Report(None, index, index + 2, source, "phrase", index))
            continue
        if lower in views() and (viewed := in_the_view(t, index)) is not None:
            reports.append(viewed)
            continue
        if t.classes[index] == "N" and lower in statement_nouns() and (named := stated(t, index)) is not None:
            reports.append(named)
            continue
        if (cues := forms.get(lower)) is None or t.classes[index] in "CK":
            continue
        cue, end = _matching(t, index, cues)
        if cue is None:
            continue
        found = _reporting(t, index, end, cue, reports)
        if found is None and cue.form == "plain" and (past := _same_past(cue, cues)) is not None:
            found = _reporting(t, index, end, past, reports)
        if isinstance(found, Report):
            reports.append(found)
        elif found is not None:
            declined.append(found)
    return reports, declined


@by_language
def reporting_words() -> frozenset[str]:
    """All words at which a reporting clause can begin, in small letters, with a capital and in capitals."""
    words = frozenset(cue_forms()) | word_set("syntax.according") | views() | statement_nouns()
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


def _same_past(cue: Cue, cues: tuple[Cue, ...]) -> Cue | None:
    """The past of a verb that is spelled as its plain form: "the letter read"."""
    return next((other for other in cues if other.form == "past" and (other.verb, other.particle) == (cue.verb, cue.particle)), None)


def _reporting(t: Tokens, verb: int, end: int, cue: Cue, before: list[Report]) -> Report | Declined | None:
    """The reporting clause around the verb, or why there is none; None where it is no verb at all."""
    classes = t.classes
    k = verb - 1
    while k >= 0 and (classes[k] in "AXZ" or (classes[k - 1 : k + 1] == "XD" and t.words[k].lower() in word_set("syntax.floating_quantifiers"))):
        k -= 1
    contracted = k >= 0 and classes[k] == "p"
    first = k if contracted else k + 1
    helpers = [w.lower().replace("’", "'") for w in t.words[first:verb]] if first < verb else []
    idiom = _idioms().get((cue.verb, t.words[end].lower())) if end < len(t.words) else None
    if idiom is not None and idiom.match(" ".join(t.words[end : end + 4]).lower()) and not _TIME_THEN_THAT.match(t.classes, end):
        return Declined(verb, "idiom: nothing is reported as said")
    if cue.verb in word_set("syntax.requesting") and pattern("syntax.unnamed").search(" ".join(t.words[end : end + UNNAMED_REACH]).lower()):
        return Declined(verb, "a wish to stay unnamed, no statement")
    if cue.form == "ing":
        return _participle(t, verb, end, cue, k, helpers, before)
    if word_set("negated").intersection(helpers):
        return Declined(verb, "negated: nothing is reported as said")
    if k >= 0 and classes[k] == "I":
        return _infinitive(t, verb, end, cue, k)
    restricted = not word_set("syntax.restricting").isdisjoint([*helpers, *(word.lower() for word in t.words[end : end + 1])])
    if word_set("hypothetical").intersection(helpers) and not restricted:
        return Declined(verb, "hypothetical: not reported as said")
    if cue.form == "participle" and not word_set("have").intersection(helpers):
        return None
    if cue.form in ("past", "participle") and word_set("be").intersection(helpers):
        return _passive(t, verb, end, cue)
    if contracted:
        impersonal = cue.form in ("past", "participle") and helpers[0] in word_set("syntax.impersonal_passives")
        return Declined(verb, PASSIVE) if impersonal else Report(cue, verb, end, Mention(k, k + 1), "before", k)
    found = _finite(t, verb, end, cue, k)
    if found is None or not _fits(t, found, cue):
        return None
    return _not_said(t, found) or found


def _passive(t: Tokens, verb: int, end: int, cue: Cue) -> Report | Declined:
    """A passive with its agent ("was told by the mayor that"); any other names nobody."""
    agent = subject_behind(t, end + 1) if t.words[end : end + 1] == [*word_list("syntax.agent_marker")] and "address" in cue.frames else None
    return Declined(verb, PASSIVE) if agent is None else Report(cue, verb, end, agent, "after", verb)


def _not_said(t: Tokens, report: Report) -> Declined | None:
    """Why a reporting clause says nothing: its subject is nobody, or it stands under a condition or is asked."""
    subject = report.subject
    if subject is None or report.order != "before":
        return None
    phrases, first = load_lexicon().cues.phrases, subject.first
    words = [word.lower() for word in t.words[first : first + 2]]
    before = t.words[first - 1].lower() if first else ""
    denied = words[0] in phrases.nobody and t.classes[first + 1 : first + 2] not in ("#", "C")
    if (
        denied
        or before in phrases.hardly
        or (before in word_set("syntax.nor") and not word_set("syntax.neither").isdisjoint(word.lower() for word in t.words[:first]))
    ):
        return Declined(report.verb, "negated: nothing is reported as said")
    if words[0] in phrases.hardly and t.classes[first] in "AZ":
        return Declined(report.verb, "negated: nothing is reported as said")
    inverted = first > 0 and t.classes[first - 1] == "X" and t.classes[first - 2 : first - 1] in ("", ",", "&", "Q", ";")
    if before in phrases.conditions or inverted:
        return Declined(report.verb, "hypothetical: not reported as said")
    return None


def _quoted_as(t: Tokens, verb: int, end: int, cue: Cue, k: int) -> Report | None:
    """ "The Courier quoted Roe as saying", "Roe was quoted by The Courier as saying": the words are Roe's."""
    quoting = load_lexicon().cues.phrases.quoting
    at = next((i for i in range(k - 1, max(-1, k - SUBJECT_REACH), -1) if t.words[i].lower() in quoting), None)
    if at is None:
        return None
    if at and t.words[at - 1].lower() in word_set("be"):
        i = at - 1
        while i >= 0 and t.classes[i] in "AXIZ":
            i -= 1
        own = subject_before(t, i) if i >= 0 else None
        return None if own is None else Report(cue, verb, end, own, "before", own.first)
    whose = subject_behind(t, at + 1)
    quoter = subject_before(t, at - 1) if at else None
    return None if whose is None else Report(cue, verb, end, whose, "before", quoter.first if quoter is not None else at)


def _finite(t: Tokens, verb: int, end: int, cue: Cue, k: int) -> Report | None:
    """The reporting clause of a finite verb whose clause before it ends at token `k`."""
    classes = t.classes
    if k >= 0 and classes[k] == "&":
        return _joined(t, verb, end, cue, k)
    if classes[k : k + 1] == "," and cue.form == "past" and _ASKED_BEFORE.match(classes, end):
        return None
    if classes[0] == "R" and classes[k : k + 1] == "N" and classes[end : end + 1] == "R" and "," not in classes[:k] and cue.form == "past":
        return None
    aside = _QUOTING_ASIDE.search(classes, 0, verb) if k + 1 == verb else None
    if aside is None and (turned := _turned(t, verb, end, cue, k)) is not None:
        return Report(cue, verb, end, turned, "after", verb)
    subject = subject_before(t, k if aside is None else aside.start("comma") - 1)
    return None if subject is None else _before(t, verb, end, cue, k, subject)


def _joined(t: Tokens, verb: int, end: int, cue: Cue, k: int) -> Report | None:
    """A verb behind "and", whose subject is that of the clause before it."""
    named = "name" in cue.frames and re.match(r"[POD][Qq]", t.classes[end : end + 2]) is not None
    if (cue.nominal and cue.form != "past" and not named) or _told_passively(t, cue, end):
        return None
    if "verdict" in cue.frames and t.classes[end : end + 1] != "H":
        return None
    return Report(cue, verb, end, None, "joined", k)


def _turned(t: Tokens, verb: int, end: int, cue: Cue, k: int) -> Mention | None:
    """The subject behind the verb, where the order is turned: "…, said the mayor". Who is to be asked is none: "Ask the mayor whether"."""
    classes = t.classes
    ordered = verb == 0 and cue.form == "plain" and not cue.frames.isdisjoint(("question", "address"))
    if (k >= 0 and (classes[k] not in "Qq,-" or k + 1 != verb)) or "hearer" in cue.frames or ordered:
        return None
    turned = subject_behind(t, end)
    if turned is None or classes[turned.last - 1] in "Qq":
        return None
    if k >= 0 and classes[k] in ",-" and cue.frames & {"accuse", "name", "demand"} and subject_before(t, k) is not None:
        return None
    closed = k >= 0 and classes[k] in "Qq" and t.words[k][-1] != OPEN_END
    if not closed and not _closes_clause(t, turned):
        return None
    return turned if k < 0 or classes[k] in "Qq" or not _apposition_before(t, k, turned) else None


def _before(t: Tokens, verb: int, end: int, cue: Cue, k: int, subject: Mention) -> Report | None:
    """The reporting clause of a verb behind its subject."""
    classes = t.classes
    if cue.form == "plain" and classes[k] == "N":
        subject = _behind_head(t, subject)
    if cue.form == "past" and _is_governed(t, subject, verb):
        return _joined(t, verb, end, cue, subject.first - 2) if t.classes[max(0, subject.first - 2) : subject.first - 1] == "&" else None
    inner = _NOUN_THEN_NAME.fullmatch(classes, subject.first, subject.last) if "name" in cue.frames else None
    if inner is not None and classes[end : end + 1] in ("Q", "q", ""):
        return Report(cue, verb, end, Mention(inner.start("name"), inner.end()), "before", inner.start())
    governed = subject.first > 0 and classes[subject.first - 1] in "XVYER"
    if "name" in cue.frames and cue.form == "past" and k + 1 == verb and governed and classes[k] != "W":
        return None
    if t.words[end : end + 1] == [*word_list("syntax.agent_marker")] and cue.verb not in word_set("syntax.plain_reports") and k + 1 == verb:
        return None
    return Report(cue, verb, end, subject, "before", subject.first)


def _behind_head(t: Tokens, subject: Mention) -> Mention:
    """The plural noun behind the noun that its clause says more of: "a measure lawyers say they learned of"."""
    singular = t.words[subject.first].lower() in word_set("singular")
    if singular and t.classes[subject.first : subject.last] in ("DNN", "DNNN") and t.words[subject.last - 1].endswith("s"):
        return Mention(subject.last - 1, subject.last)
    return subject


def _is_governed(t: Tokens, subject: Mention, verb: int) -> bool:
    """Whether a preposition has the noun phrase, so that the verb behind it is a participle: "in a message posted Friday"."""
    first = subject.first
    if t.classes[first - 1 : first] != "R" or t.words[first - 1].lower() in word_set("no_governors") or t.classes[subject.end - 1] == "P":
        return False
    return t.classes[max(0, first - 2) : first - 1] in ("", ",", ";", "&", "S", "A") and "W" not in t.classes[subject.last : verb]


def _fits(t: Tokens, report: Report, cue: Cue) -> bool:
    """Whether verb and subject agree, and a form that is also a noun is a verb here."""
    subject = report.subject
    if subject is None or report.order != "before":
        return True
    helped = report.verb > 0 and t.classes[report.verb - 1] == "X"
    if cue.form == "plain" and not helped and not is_plural(t, subject) and (cue.nominal or not is_acronym(t, subject)):
        return False
    if cue.nominal and not helped and _is_noun(t, report, subject, cue):
        return False
    if "verdict" in cue.frames and _names_a_quality(t, report):
        return True
    if "verdict" in cue.frames and not any(word.lower() in _deciders() for word in t.words[subject.first : subject.last]):
        return False
    if not cue.nominal or cue.form in ("past", "participle"):
        return True
    following = t.classes[report.end : report.end + 1]
    if following == "H":
        return t.classes[report.end + 1 : report.end + 2] not in ("X", "V", "Y")
    quoted = not {"Q", "q"}.isdisjoint(t.classes[report.end : report.end + NAMED_REACH])
    owned = quoted and "K" in t.classes[subject.first : subject.last]
    if cue.form == "third" and t.classes[subject.end - 1] not in "CPpq" and t.classes[subject.start] != "D" and not owned:
        return False
    if t.classes[subject.end - 2 : subject.end] == "DC" and pattern("syntax.demonym").search(t.words[subject.end - 1]):
        return False
    if cue.form == "third" and pattern("syntax.clause").match(t.classes, report.end):
        return True
    named = t.classes[subject.end - 1] in "CP"
    if quoted and "name" in cue.frames:
        return True
    return following == "" or following in "PpQ,;AO" or (following in "DXRS" and (named or cue.form == "plain")) or (following in "CKNI" and named)


def _is_noun(t: Tokens, report: Report, subject: Mention, cue: Cue) -> bool:
    """Whether a form that is verb and noun is a noun behind what counts it or as an object: "those seven calls"."""
    if cue.form == "third":
        return subject.last == report.verb and not t.classes[subject.start : subject.end].strip("D#")
    return cue.form == "plain" and (_is_joined_object(t, report, subject) or _is_object(t, report))


def _is_object(t: Tokens, report: Report) -> bool:
    """Whether a word before a preposition is the noun of what the verb before it has as object: "who make a refugee claim at"."""
    first = report.verb - 1
    while first > 0 and t.classes[first] in "NG":
        first -= 1
    governed = t.classes[max(0, first - 1) : first] in ("V", "Y", "X") and t.classes[report.end : report.end + 1] == "R"
    return governed and t.words[first].lower() in word_set("syntax.indefinite_articles")


def _is_joined_object(t: Tokens, report: Report, subject: Mention) -> bool:
    """Whether a word that ends its clause is the noun of the last of several joined: "beds and a straight answer"."""
    last = t.classes.rfind("&", subject.first, subject.last) + 1
    joined = last > subject.first and subject.last == report.verb and t.words[last].lower() in word_set("syntax.indefinite_articles")
    return joined and t.classes[report.end : report.end + 1] in ("", ",", ";")


def _names_a_quality(t: Tokens, report: Report) -> bool:
    """Whether somebody finds something to be what a quotation right behind it says: "found it “surprising”"."""
    return re.match(r"(?:[PO]|D?[NGC]{1,2})[qQ]", t.classes[report.end : report.end + 4]) is not None


def _told_passively(t: Tokens, cue: Cue, end: int) -> bool:
    """ "had been diagnosed and told he had …": a pronoun in the nominative is no addressee."""
    return "address" in cue.frames and t.classes[end : end + 1] == "P"


def _apposition_before(t: Tokens, comma: int, turned: Mention) -> bool:
    """Whether the words before the comma are a subject with what is said of it ("X, a father of two, says his son
    …"), so that the phrase behind the verb is none."""
    following = t.classes[turned.last : turned.last + 1]
    if following in ("", ",", "W", ";"):
        goes_on = following == "," and t.classes[turned.last + 1 : turned.last + 2] in ("Q", "q", "X", "V")
        if t.classes[turned.end - 1] == "C" or goes_on:
            return False
        parts = parts_before(t, comma)
        if any(part.kind in ("clause", "subordinate") or (part.kind == "phrase" and "E" in t.classes[part.start : part.end]) for part in parts):
            return False
    return subject_before(t, comma) is not None


def _participle(t: Tokens, verb: int, end: int, cue: Cue, k: int, helpers: list[str], before: list[Report]) -> Report | None:
    """ "…, adding that": the subject is that of the clause before; "was saying": its own."""
    classes = t.classes
    if word_set("be").intersection(helpers):
        own = subject_before(t, k)
        return None if own is None else Report(cue, verb, end, own, "before", own.first)
    if k >= 0 and t.words[k].lower() in word_set("syntax.worth"):
        return None
    if k >= 0 and t.words[k].lower() in word_set("syntax.as"):
        return _quoted_as(t, verb, end, cue, k)
    if cue.nominal and not _SAYING.match(classes, end):
        return None
    subject = before[-1].subject if before and before[-1].order in ("before", "after") else main_subject(t, verb)
    if k < 0 or classes[k] in ",-;Qq)T" or (classes[k] == "R" and t.words[k].lower() in word_set("syntax.agent_marker")):
        return Report(cue, verb, end, subject, "participle", verb)
    own = phrase_ending_at(t, k + 1) if classes[k] in "CN" else None
    told_by_writing = "demand" not in cue.frames and t.words[k].lower() in _writings()
    if own is not None and told_by_writing and (issuer := _issuer(t, own)) is not None:
        return Report(cue, verb, end, issuer, "participle", verb)
    if own is not None and (told_by_writing or _introduced_by_preposition(t, own)):
        return Report(cue, verb, end, own, "participle", verb)
    if classes[k] in "VE" and end < len(classes) and classes[end] in "HQDPpNC" and (goer := subject_before(t, k - 1)) is not None:
        return Report(cue, verb, end, goer, "participle", verb)
    addressed = bool(before) and ADDRESSED.fullmatch(classes, before[-1].end, verb) is not None
    if classes[k] == "C" or (classes[k] == "N" and (addressed or not cue.nominal)):
        return Report(cue, verb, end, subject, "participle", verb)
    if classes[k] == "&" and before and before[-1].order in ("participle", "before"):
        return Report(cue, verb, end, before[-1].subject, "participle", k)
    return None


def _issuer(t: Tokens, writing: Mention) -> Mention | None:
    """Whose a writing is that the verb before it issues: "the mayor released a statement saying that"."""
    verb = writing.first - 1
    if verb >= 0 and t.words[verb].lower() in word_set("syntax.issuing_particles"):
        verb -= 1
    return subject_of(t, verb) if verb >= 0 and t.words[verb].lower() in word_set("syntax.issuing") else None


def _introduced_by_preposition(t: Tokens, phrase: Mention) -> bool:
    """ "with the minister saying that": the noun phrase behind a preposition is the speaker, but not the place of speaking."""
    before = t.words[phrase.first - 1].lower() if phrase.first else ""
    placed = before in word_set("syntax.to") or before in word_set("no_governors") or before in word_set("syntax.in_front")
    return t.classes[phrase.first - 1 : phrase.first] in ("R", "S") and not placed


def _infinitive(t: Tokens, verb: int, end: int, cue: Cue, k: int) -> Report | Declined:
    """ "has led some to argue that", "went on to say": a report; any other "to say" is none."""
    earlier = [w.lower() for w in t.words[:k]]
    if " ".join(earlier[-2:]) in load_lexicon().cues.phrases.having_a_say and (teller := subject_before(t, k - 3)) is not None:
        return Report(cue, verb, end, teller, "before", teller.first)
    reports = t.classes[end : end + 1] in ("H", "Q") or ("name" in cue.frames and not {"Q", "q"}.isdisjoint(t.classes[end : end + 12]))
    taken = max((i for i, w in enumerate(earlier) if w in word_set("taken_to")), default=0)
    if reports and taken and k - taken < NAMED_REACH and (taker := subject_before(t, taken - 1)) is not None:
        return Report(cue, verb, end, taker, "before", taker.first)
    if reports and word_set("led_to").intersection(earlier[-SUBJECT_REACH:]):
        led = max(i for i, w in enumerate(earlier) if w in word_set("led_to"))
        turned = led < k - 1 and t.classes[led + 1] not in "RA"
        inner = subject_before(t, k - 1 if turned else led - 1)
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
        if letter in FINITE:
            return False
    return True
