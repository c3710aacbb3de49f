"""What stands behind a reporting verb and is reported by it: a clause, a quotation, a demand, a name given to
something; and what stands between the two: the person spoken to, the place and time of speaking."""

from __future__ import annotations

import re

from stcalib.language.people_words import occasions
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.syntax.parts import FINITE
from stcalib.syntax.source_phrases import Report
from stcalib.text.tokens import ENDS_COMMA, Tokens
from stcalib.text.tokens import QUOTED as OPEN_END

FINITE_OR_PAST = frozenset("XVYEp")
QUOTED = frozenset("Qq")
ADJUNCTS = re.compile(r"(?:A|T|,|[DN#]T|(?:DS)?[D#]*NA(?=H)|SE(?=H)|(?:R|ER|S|I(?=[DNCK]+H))[DNCEGK#TAq]+)*")
_INSERTED = re.compile(r",[^,;Qq]+,H")
"""What stands between commas before the "that" of a clause: "conceded, when I pressed him, that"."""
_CONDITION = re.compile(r",S[^,;QqXVYp]+,[DKNC#P]+[XVYp]")
"""A condition before the clause that is said: "said, if elected, she would stay"."""
_TIMED = re.compile(r"D?[DN#]T(?=[;,]?[Qq])")
"""When something was said, before a quotation: "that same night: “…”"."""
_TOLD_THAT = re.compile(r"[DNCKRT#AEGO]+(?:,C+,[RDNCT]+)?H")
_POINTED_AT = re.compile(r"HNN?(?:[DN#]?T|A|RT)*")
"""A noun that "that" points at, and when: "confirmed that number on Sunday"."""
_ASKED = re.compile(r"[DNCKRO#A]+(?=[SWD])")
"""Whom a question is put to: "the general manager of transportation, Ravi Lall"."""
_NAME_THEN_PAST = re.compile(r"D?N*C+A?E(?!R)|DN+A?E(?=[DNKCOP#A])")
_CALLED_A = re.compile(r"[DKNCE#-]*[NCKO](?=D)")
ADJUNCT_REACH = 25
"""Tokens behind a verb within which the "that" of its clause is looked for."""


def complement(t: Tokens, report: Report, start: int, limit: int) -> list[tuple[int, int]]:
    """What stands behind the verb and is reported by it."""
    cue = report.cue
    assert cue is not None
    frames = cue.frames
    if "name" in frames:
        return [piece for piece in _named(t, start, limit) if "quote" not in frames or not QUOTED.isdisjoint(t.classes[slice(*piece)])]
    if "question" in frames and (question := _question(t, frames, start, limit)) is not None:
        return question
    if "demand" in frames and not _question_at(t, start):
        return _demanded(t, start, limit)
    named = next((i for i in range(start, min(limit, start + 4)) if t.classes[i] in QUOTED), None)
    if "verdict" in frames and named is not None and t.classes[start] != "H":
        return [(start, named + 1)]
    if "accuse" in frames:
        q = next((i for i in range(start, min(limit, start + 12)) if t.classes[i] in QUOTED), None)
        return [(q, q + 1)] if q is not None else []
    first = _complement_start(t, report, start, limit)
    if first is None or first >= limit:
        return []
    letters = t.classes[first:limit]
    if letters[0] in QUOTED:
        return [_from_quotation(t, first, limit)]
    if letters[0] == "H" and (cue.verb in word_set("quotes.plain_reports") or letters[1:2] not in ("X", "V", "E") or letters[1:3] in ("EN", "EC")):
        tells = (len(letters) > 2 and _POINTED_AT.fullmatch(letters) is None) or letters[1:2] in ("Q", "q")
        return [(first, limit)] if tells else []
    if "quote" in frames:
        return [(first, limit)] if letters[1:2] in ("Q", "q") and letters[0] in ":," else []
    if _question_at(t, first):
        return [(first, limit)] if len(letters) > 2 and frames & {"clause", "question"} else []
    if "question" in frames:
        return []
    return [(first, limit)] if _is_clause(t, cue.verb, frames, report.start, first, limit, after_comma=t.classes[first - 1] == ",") else []


def _question(t: Tokens, frames: frozenset[str], start: int, limit: int) -> list[tuple[int, int]] | None:
    """What is asked behind the person to whom a question is put, or behind a colon; None where neither stands there."""
    addressed = _ASKED.match(t.classes, start, limit) if "demand" in frames else None
    asked = addressed.end() if addressed else start
    if asked > start and _question_at(t, asked):
        return [(asked, limit)] if limit - asked > 2 else []
    if t.words[start : start + 1] == [":"] and not FINITE.isdisjoint(t.classes[start:limit]):
        return [(start + 1, limit)]
    return None


def _is_clause(t: Tokens, verb: str, frames: frozenset[str], start: int, first: int, limit: int, after_comma: bool) -> bool:
    """Whether the words behind a verb are a clause that it reports; `start` is where its reporting clause begins."""
    letters = t.classes[first:limit]
    clause = "clause" in frames
    if letters[0] in "XVE":
        return clause and not after_comma and t.classes[start - 1 : start] in ("W", "H", "N", "C", "E", "q", "D")
    if letters[0] in ",;-&WI(H)" or len(letters) < 2:
        return False
    if t.words[first].lower() in word_set("quotes.topic_markers") and letters[1] != "#":
        return False
    if letters[0] == "G" and (after_comma or not FINITE.intersection(letters)):
        return False
    if letters[0] in "RSG":
        return clause and bool(FINITE.intersection(letters))
    if verb in word_set("quotes.plain_reports") and letters[0] in "PpDCKN#TAqO" and len(letters) >= 3:
        return bool(FINITE_OR_PAST.intersection(letters) or QUOTED.intersection(letters)) or len(letters) >= 5
    if verb in word_set("quotes.plain_reports") and letters[0] in "Pp":
        return True
    if letters[0] in "Pp":
        return bool(FINITE_OR_PAST.intersection(letters) or QUOTED.intersection(letters))
    if clause and _NAME_THEN_PAST.match(letters):
        return True
    near = t.classes[first : min(limit, first + (20 if clause else 8))]
    near = near.replace("&", ",").split(",")[0] if letters[0] != "A" else near
    return letters[0] in "DCKN#TAq" and bool(FINITE.intersection(near) or QUOTED.intersection(near))


def _question_at(t: Tokens, start: int) -> bool:
    return start < len(t.words) and t.words[start].lower() in word_set("question_words") and t.classes[start] in "SWD"


def _complement_start(t: Tokens, report: Report, start: int, limit: int) -> int | None:
    """Where the reported clause begins: behind the person addressed, and behind place and time of speaking."""
    classes = t.classes
    cue = report.cue
    i = behind_addressee(t, start, limit) if cue is not None and "address" in cue.frames else start
    told = _TOLD_THAT.match(classes, start, min(limit, start + ADJUNCT_REACH)) if i > start else None
    if told is not None:
        return told.end() - 1
    adjuncts = ADJUNCTS.match(classes, i, min(limit, i + ADJUNCT_REACH))
    if adjuncts and classes[adjuncts.end() : adjuncts.end() + 1] == "H" and adjuncts.end() < limit:
        return adjuncts.end()
    while i < limit:
        letter = classes[i]
        if letter == "," and (inserted := _INSERTED.match(classes, i, min(limit, i + ADJUNCT_REACH))) is not None:
            return inserted.end() - 1
        if letter == "," and _CONDITION.match(classes, i, min(limit, i + ADJUNCT_REACH)) is not None:
            return i + 1
        if (timed := _TIMED.match(classes, i, limit)) is not None:
            i = timed.end()
            continue
        following = classes[i + 1 : i + 2]
        adverb = letter == "A" and following in (",", "H", ";", "R", "P", "p", "D", "C")
        if letter in ";T" or adverb or (letter == "," and (following in ("Q", "q", "H") or i > start)):
            i += 1
        elif letter == "R" and (after := behind_adjunct(t, i, limit)) is not None:
            i = after
        else:
            break
    return i


def behind_addressee(t: Tokens, start: int, limit: int) -> int:
    """The token behind the person spoken to: "told reporters", "told Golf Channel's Jaime Diaz", "told her"."""
    classes = t.classes
    if classes[start : start + 1] == "O" or classes[start : start + 2] == "PH":
        return start + 1
    if (
        t.words[start : start + 1]
        and t.words[start].lower() in word_set("quotes.her")
        and classes[start + 1 : start + 2] in ("", ",", "H", "P", "p", "Q", "D", "S")
    ):
        return start + 1
    i = start
    while i < limit and classes[i] in "DK#":
        i += 1
    run = i
    while i < limit and (classes[i] in "NCK" or (classes[i] in QUOTED and i > start and classes[i - 1] == "K")):
        if i > run and (classes[i] == "N") != (classes[i - 1] == "N") and classes[i - 1] != "K" and classes[i + 1 : i + 2] not in (",", "H"):
            break
        if classes[i] == "N" and i > run and classes[i - 1] == "N" and classes[i + 1 : i + 2] in ("X", "V", "E", "R"):
            break
        i += 1
    if t.words[i : i + 1] == [*word_list("quotes.of")]:
        more = ADJUNCTS.match(classes, i, limit)
        i = i + 1
        while i < limit and classes[i] in "DC" and more:
            i += 1
    return start if classes[i : i + 1] in ("X", "V") else i


def behind_adjunct(t: Tokens, start: int, limit: int) -> int | None:
    """The token behind a phrase of where or when something is said ("in a statement", "on Friday"); None where the
    phrase is part of what is said."""
    classes = t.classes
    if t.words[start].lower() not in word_set("place_or_time"):
        return None
    i = start + 1
    occasion = False
    while (i < limit and classes[i] in "DK#EGNCTAq") or (i < limit and classes[i] == "R" and occasion and classes[i + 1 : i + 2] not in ("P", "")):
        if classes[i] in "NCTG":
            known = classes[i] == "T" or t.words[i].lower() in occasions()
            if occasion and classes[i] == "C" and classes[i - 1] not in "RCDKNT":
                break
            occasion = occasion or known
        elif (classes[i] in "DK" and occasion and classes[i - 1] in "NCT#") or _is_existential(t, i):
            break
        i += 1
    while i > start and classes[i - 1] == "R":
        i -= 1
    if occasion and classes[i : i + 1] == "Q" and t.words[i][-1] == ENDS_COMMA and i + 1 < limit:
        i += 1
    return i if occasion and (_is_existential(t, i) or i >= limit or classes[i] in "PpDHQSRT;K,CNq&X") else None


def _is_existential(t: Tokens, at: int) -> bool:
    """Whether a clause begins here that says that something is: "there has been"."""
    return t.classes[at : at + 2] == "AX" and t.words[at].lower() in word_set("quotes.existential")


def behind_adjuncts(t: Tokens, start: int, limit: int) -> int:
    """The token behind "on Friday", "in an interview" and the like, where a mark follows."""
    match = ADJUNCTS.match(t.classes, start, limit)
    end = match.end() if match else start
    while end > start and t.classes[end - 1] == ",":
        end -= 1
    return end if t.classes[end : end + 1] in (",", "Q", "q", "-") else start


def _from_quotation(t: Tokens, first: int, limit: int) -> tuple[int, int]:
    """A complement that opens with a quotation: the quotation alone, unless a clause goes on around it."""
    rest = t.classes[first + 1 : limit]
    if rest[:1] == "G":
        return first, first + 1
    has_object = rest[:1] in ("D", "N", "C", "K") and t.words[first][-1] == OPEN_END
    goes_on = has_object or rest[:1] in ("X", "V", "Y", "I", "p") or (t.classes[first] == "q" and bool(FINITE.intersection(rest.split(",")[0])))
    return (first, limit) if goes_on else (first, first + 1)


def _named(t: Tokens, start: int, limit: int) -> list[tuple[int, int]]:
    """What somebody calls something: "the plan “reckless”", "her record negligent", "it a mistake"."""
    classes = t.classes
    first = start
    if classes[first : first + 1] in ("R", "S", ""):
        return []
    if classes[first] in "OPp" or (t.words[first].lower() in word_set("quotes.her") and classes[first + 1 : first + 2] in ("S", "D")):
        first += 1
    as_at = next((i for i in range(first, min(limit, first + 14)) if t.words[i].lower() in word_set("quotes.as")), None)
    q = next((i for i in range(first, min(limit, first + 15)) if classes[i] in QUOTED), None)
    if q is not None and not FINITE.intersection(classes[first:q]) and ";" not in classes[first:q]:
        return [(as_at + 1 if as_at is not None and as_at < q else first, q + 1)]
    if as_at is not None and not FINITE.intersection(classes[first:as_at]):
        return [(as_at + 1, limit)]
    return [(first, limit)] if _evaluates(t, first, limit) else []


def _evaluates(t: Tokens, first: int, limit: int) -> bool:
    """Whether "called …" gives something a quality or a name: an adjective or a second phrase ends it."""
    end = next((i for i in range(first, limit) if t.classes[i] in ",;-&S"), limit)
    if end - first < 2:
        return first > 0 and t.classes[first - 1] in "OPp" and end > first
    if t.words[end - 1].islower() and pattern("quotes.evaluative").match(t.words[end - 1]) and end - first >= 3:
        return not FINITE.intersection(t.classes[first:end])
    match = _CALLED_A.match(t.classes, first, end)
    behind = match.end() if match else first
    return (match is not None or t.classes[first - 1] in "OPp") and behind < end and t.words[behind].lower() in word_set("quotes.articles")


def _before_apposition(t: Tokens, start: int, limit: int) -> int:
    """Where words of the reporter explain what was quoted: "to “think of the bikes,” the memorials at …"."""
    for i in range(start, limit - 1):
        quoted = t.classes[i] in QUOTED and t.words[i][-1] == ENDS_COMMA
        if quoted and t.classes[i + 1] in "DN" and FINITE.isdisjoint(t.classes[i + 1 : limit].partition("W")[0]):
            return i + 1
    return limit


def _demanded(t: Tokens, start: int, limit: int) -> list[tuple[int, int]]:
    """What somebody is urged to do: "to close the loophole"."""
    classes = t.classes
    if classes[start : start + 1] in ("H", "Q", "q"):
        return [(start, limit if classes[start] == "H" else start + 1)]
    for i in range(start, min(limit, start + ADJUNCT_REACH)):
        if classes[i] == "I" and t.words[i].lower() in word_set("quotes.to") and i > start:
            first = i - 1 if classes[i - 1] == "Z" else i
            return [(first, _before_apposition(t, i, limit))] if limit - i > 1 else []
        if classes[i] in QUOTED:
            return [(i, i + 1)]
        if classes[i] in "XVY;" or (classes[i] == "R" and i == start):
            return []
    return []
