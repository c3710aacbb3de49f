"""From reporting clauses to the stretches that they report: where each begins and ends in its sentence.

The boundaries are those of the annotation guide: a stretch takes in its quotation marks and the "that" of a
paraphrase, leaves out speaker and verb, and ends where words of the reporter follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stcalib.grammar import Tokens
from stcalib.speech import Report, occasions

_FINITE = frozenset("XVYEp")
_CLAUSE_FINITE = frozenset("XVYp")
_QUOTED = frozenset("Qq")
_ADJUNCTS = re.compile(r"(?:A|T|,|[D#]T|(?:R|ER|S)[DNCEGK#TAq]+)*")
_TOLD_THAT = re.compile(r"[DNCKRT#AEGO]+H")
_PLACE_OR_TIME = frozenset("in on at by during from via through to after before with for outside inside".split())
_QUESTION_WORDS = frozenset("whether if how why when where what who which".split())
_ADDING = frozenset("say add note argue insist claim explain state suggest warn stress acknowledge point allege write maintain contend admit confirm predict complain tell".split())
_REDUCED_RELATIVE = re.compile(r"(?<=N)(?:[VYE](?=R)|PA?[VYE])")
ADJUNCT_REACH = 25
"""Tokens behind a verb within which the "that" of its clause is looked for."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Reported words: a token range of a sentence, and the reporting clause that they belong to."""

    start: int
    end: int
    report: Report | None


def stretches_of(t: Tokens, reports: list[Report]) -> list[Stretch]:
    """The stretches that the reporting clauses of a sentence report, in order.

    A clause inside what another reports gives none of its own.
    """
    found: list[Stretch] = []
    done = covered = 0
    for number, report in enumerate(reports):
        if report.verb < covered:
            continue
        limit = _limit(t, reports, number)
        pieces = _pieces(t, report, done, limit)
        kept = [(a, b) for a, b in (_shorn(t, *piece) for piece in pieces) if a < b]
        left = [piece for piece in kept if piece[1] <= report.start]
        if left:
            found = [s for s in found if s.end <= left[0][0]]
        found.extend(Stretch(a, b, report) for a, b in kept)
        covered = max([covered, *(b for _, b in kept)])
        if kept or report.order != "before":
            done = max(done, report.end, report.subject.last if report.subject else 0, covered)
    return found


def _limit(t: Tokens, reports: list[Report], number: int) -> int:
    """Where a reporting clause's reach ends: at the next one beside it, or at the end of its subordinate clause."""
    report = reports[number]
    limit = next((_behind_marks(t, later.start) for later in reports[number + 1 :] if _is_beside(t, report, later)), len(t.words))
    limit = _before_new_predicate(t, report.end, limit)
    if report.start and t.classes[report.start - 1] == "S" and report.order == "before":
        for i in range(report.end, limit):
            if t.classes[i] == "," and t.classes[i + 1 : i + 2] in ("P", "p", "D", "C", "K", "N", "Q") and _starts_clause(t, i + 1, limit):
                return i
    return limit


def _before_new_predicate(t: Tokens, start: int, limit: int) -> int:
    """Where "…, but declined to say more" goes on about the speaker: a "but" with a verb and no subject."""
    for i in range(start + 1, limit - 1):
        if t.classes[i] == "&" and t.words[i].lower() == "but" and t.classes[i - 1] in ",Qq":
            after = i + 1
            while after < limit and t.classes[after] == "A":
                after += 1
            if t.classes[after : after + 1] in ("E", "Y", "V"):
                return i
        if t.classes[i] == "Q" and t.classes[i + 1] == "G" and t.words[i + 1].lower() not in ("including", "according"):
            return i + 1
    return limit


def _behind_marks(t: Tokens, start: int) -> int:
    while start > 0 and t.classes[start - 1] in ",-;&S:":
        start -= 1
    return start


def _is_beside(t: Tokens, report: Report, later: Report) -> bool:
    """Whether a later reporting clause stands beside `report`, and not inside what it reports."""
    if later.order in ("joined", "phrase"):
        return True
    if later.order == "noun":
        return False
    before = t.classes[later.start - 1 : later.start] if later.start else ""
    if later.order == "participle":
        return before in (",", "-", "Q", "&") and later.cue is not None and (later.cue.verb in _ADDING or t.classes[later.end : later.end + 1] == "H")
    if later.order == "after" or before in (";", "Q", "-", "&"):
        return True
    if before == "S":
        return later.start >= 2 and t.classes[later.start - 2] in ",;-Q" and t.words[later.start - 1].lower() in ("while", "though", "although", "but")
    if before == ",":
        return t.classes[later.end : later.end + 1] in ("", ",", "-", "Q", "R", "T") or (report.start > 0 and t.classes[report.start - 1] == "S")
    return False


def _pieces(t: Tokens, report: Report, done: int, limit: int) -> list[tuple[int, int]]:
    """The token ranges that a reporting clause reports, between `done` and `limit`."""
    if report.order == "noun":
        that = t.classes.find("H", report.end, limit)
        return [(that, limit)] if that >= 0 else []
    if report.order == "phrase":
        return _phrase_pieces(t, report, done, limit)
    behind = report.end
    if report.order == "after":
        assert report.subject is not None
        behind = report.subject.last
    left = _left(t, report, done)
    if left:
        return [left, *_continued(t, behind, limit, turned=report.order == "after")]
    inserted = report.start > 0 and t.classes[report.start - 1] == "," and t.classes[behind : behind + 1] == ","
    return (_continued(t, behind, limit) if inserted else []) or _right(t, report, behind, limit)


def _phrase_pieces(t: Tokens, report: Report, done: int, limit: int) -> list[tuple[int, int]]:
    """ "According to X, …" and "…, according to X"."""
    assert report.subject is not None
    behind = max(report.subject.last, report.end)
    left = _left(t, report, done)
    if left:
        return [left, *_continued(t, behind, limit)]
    if t.classes[behind : behind + 1] == "-" and (dash := t.classes.find("-", behind + 1, limit)) > 0:
        return [(dash + 1, limit)]
    close = t.classes.find(",", behind - 1, limit)
    if close < 0:
        return []
    while t.classes[close + 1 : close + 2] == "W" and (later := t.classes.find(",", close + 1, limit)) > 0:
        close = later
    return [(close + 1, limit)]


def _left(t: Tokens, report: Report, done: int) -> tuple[int, int] | None:
    """What stands before the reporting clause and is reported by it: "…, she said"."""
    end = report.start
    cue = report.cue
    follows = end > 0 and (t.classes[end - 1] in ",Qq-" or (report.order == "phrase" and end - done > 4))
    if report.order in ("participle", "joined") or not follows:
        return None
    while end > 0 and t.classes[end - 1] in ",-":
        end -= 1
    start = done
    while start < end and t.classes[start] in "&,;-:":
        start += 1
    letters = t.classes[start:end]
    if not letters or (cue is not None and not _may_stand_behind(t, report, letters)):
        return None
    if letters[-1] in _QUOTED:
        return (end - 1, end) if ";" in letters or letters[-2:-1] == "," else (start, end)
    if cue is not None and "quote" in cue.frames and not cue.frames & {"clause", "that"}:
        return None
    turned = report.order in ("phrase", "after") and report.subject is not None
    behind = max(report.end, report.subject.last) if turned and report.subject is not None else report.end
    inserted = t.classes[behind : behind + 1] == ","
    if _is_introductory(letters) and behind < len(t.words):
        return None
    if not _FINITE.intersection(letters) and not (inserted and report.order != "after") and (len(letters) < 4 or behind < len(t.words)):
        return None
    return start, end


def _is_introductory(letters: str) -> bool:
    """Whether words before a reporting clause only lead up to it ("When asked about it", "In a statement")."""
    first = letters.lstrip("A")[:1]
    parts = letters.split(",")
    if any(part[:1] not in ("W", "G", "E", "") and _CLAUSE_FINITE.intersection(part) for part in parts[1:]):
        return False
    if first in ("S", "G", "E", "I", "Y", "V"):
        return True
    return first == "R" and not _CLAUSE_FINITE.intersection(_REDUCED_RELATIVE.sub("", parts[0].partition("W")[0]))


def _may_stand_behind(t: Tokens, report: Report, letters: str) -> bool:
    """Whether the reporting clause can follow what it reports ("…, she said on Friday")."""
    cue = report.cue
    assert cue is not None
    behind = report.subject.last if report.order == "after" and report.subject else report.end
    following = t.classes[behind : behind + 1]
    if cue.frames & {"name", "accuse"} or (report.subject is not None and "W" in t.classes[report.subject.last : report.verb]):
        return False
    quoted = letters[-1] in _QUOTED
    if not quoted and cue.frames & {"demand", "verdict"}:
        return False
    if quoted or report.order == "after" or following in ("", ",", "-", ";", "Q", "q"):
        return True
    if "address" in cue.frames:
        return following in "NCDKO#"
    if cue.verb == "say":
        return True
    if following == "R":
        return _behind_adjunct(t, behind, len(t.words)) is not None or not _FINITE.intersection(t.classes[behind:])
    return following in "TASGI&("


def _continued(t: Tokens, start: int, limit: int, turned: bool = False) -> list[tuple[int, int]]:
    """What goes on behind an inserted reporting clause: "…, officials said, as rescuers searched".

    Behind a turned subject a noun phrase only says who that is.
    """
    start = _behind_adjuncts(t, start, limit)
    letters = t.classes[start:limit]
    if not letters or letters[0] not in ",Qq-":
        return []
    first = start
    while first < limit and t.classes[first] in ",-":
        first += 1
    if first < limit and t.classes[first] == "&" and t.classes[first + 1 : first + 2] in ("Q", "q"):
        first += 1
    rest = t.classes[first:limit]
    if not rest:
        return []
    if rest[0] in _QUOTED:
        return [(first, first + 1)]
    if rest[0] in "WGEIT(A" or letters[0] == "-" or rest[:2] == "NG":
        return []
    if len(rest) < 3 and not _QUOTED.intersection(rest):
        return []
    if rest[0] not in "SN" and not _FINITE.intersection(rest):
        return []
    if rest[0] == "&" and rest[1:2] in ("V", "E", "A"):
        return [] if t.words[first].lower() == "but" or rest[1] == "A" else [(first, limit)]
    if turned and rest[0] in "DCKN#":
        return []
    if rest[0] in "DCK#R" and not (_starts_clause(t, first, limit) or "," in rest):
        return []
    return [(first, limit)]


def _behind_adjuncts(t: Tokens, start: int, limit: int) -> int:
    """The token behind "on Friday", "in an interview" and the like, where a mark follows."""
    match = _ADJUNCTS.match(t.classes, start, limit)
    end = match.end() if match else start
    while end > start and t.classes[end - 1] == ",":
        end -= 1
    return end if t.classes[end : end + 1] in (",", "Q", "q", "-") else start


def _starts_clause(t: Tokens, start: int, limit: int) -> bool:
    """Whether a noun phrase at `start` is followed by a finite verb before any comma."""
    for i in range(start, limit):
        if t.classes[i] in "XVYEp":
            return True
        if t.classes[i] in ",(":
            return False
    return False


def _right(t: Tokens, report: Report, start: int, limit: int) -> list[tuple[int, int]]:
    """What stands behind the verb and is reported by it."""
    cue = report.cue
    assert cue is not None
    frames = cue.frames
    if "name" in frames:
        return _named(t, start, limit)
    if "demand" in frames and not _question_at(t, start):
        return _demanded(t, start, limit)
    if "accuse" in frames:
        q = next((i for i in range(start, min(limit, start + 12)) if t.classes[i] in _QUOTED), None)
        return [(q, q + 1)] if q is not None else []
    first = _complement_start(t, report, start, limit)
    if first is None or first >= limit:
        return []
    letters = t.classes[first:limit]
    if letters[0] in _QUOTED:
        return [_from_quotation(t, first, limit)]
    if letters[0] == "H" and (cue.verb in ("say", "tell") or letters[1:2] not in ("X", "V", "E")):
        return [(first, limit)] if len(letters) > 2 or letters[1:2] in ("Q", "q") else []
    if "quote" in frames:
        return [(first, limit)] if letters[1:2] in ("Q", "q") and letters[0] in ":," else []
    if _question_at(t, first):
        return [(first, limit)] if len(letters) > 2 and frames & {"clause", "question"} else []
    if "question" in frames:
        return []
    return [(first, limit)] if _is_clause(t, cue.verb, frames, report.start, first, limit, after_comma=t.classes[first - 1] == ",") else []


def _is_clause(t: Tokens, verb: str, frames: frozenset[str], start: int, first: int, limit: int, after_comma: bool) -> bool:
    """Whether the words behind a verb are a clause that it reports; `start` is where its reporting clause begins."""
    letters = t.classes[first:limit]
    clause = "clause" in frames
    if letters[0] in "XVE":
        return clause and not after_comma and t.classes[start - 1 : start] in ("W", "H", "N", "C", "E", "q", "D")
    if letters[0] in ",;-&WI(H)" or len(letters) < 2:
        return False
    if letters[0] == "G" and (after_comma or not _CLAUSE_FINITE.intersection(letters)):
        return False
    if letters[0] in "RSG":
        return clause and bool(_CLAUSE_FINITE.intersection(letters))
    if verb in ("say", "tell") and letters[0] in "PpDCKN#TAqO" and len(letters) >= 3:
        return bool(_FINITE.intersection(letters) or _QUOTED.intersection(letters)) or len(letters) >= 5
    if verb in ("say", "tell") and letters[0] in "Pp":
        return True
    if letters[0] in "Pp":
        return bool(_FINITE.intersection(letters) or _QUOTED.intersection(letters))
    near = t.classes[first : min(limit, first + (20 if clause else 8))]
    near = near.replace("&", ",").split(",")[0] if letters[0] != "A" else near
    return letters[0] in "DCKN#TAq" and bool(_CLAUSE_FINITE.intersection(near) or _QUOTED.intersection(near))


def _question_at(t: Tokens, start: int) -> bool:
    return start < len(t.words) and t.words[start].lower() in _QUESTION_WORDS and t.classes[start] in "SWD"


def _complement_start(t: Tokens, report: Report, start: int, limit: int) -> int | None:
    """Where the reported clause begins: behind the person addressed, and behind place and time of speaking."""
    classes = t.classes
    cue = report.cue
    i = _behind_addressee(t, start, limit) if cue is not None and "address" in cue.frames else start
    told = _TOLD_THAT.match(classes, start, min(limit, start + ADJUNCT_REACH)) if i > start else None
    if told is not None:
        return told.end() - 1
    adjuncts = _ADJUNCTS.match(classes, i, min(limit, i + ADJUNCT_REACH))
    if adjuncts and classes[adjuncts.end() : adjuncts.end() + 1] == "H" and adjuncts.end() < limit:
        return adjuncts.end()
    while i < limit:
        letter = classes[i]
        if letter == ";" or (letter == "A" and classes[i + 1 : i + 2] in (",", "H", ";", "R", "P", "p", "D", "C")) or letter == "T":
            i += 1
        elif letter == "," and (classes[i + 1 : i + 2] in ("Q", "q", "H") or i > start):
            i += 1
        elif letter == "R" and (after := _behind_adjunct(t, i, limit)) is not None:
            i = after
        else:
            break
    return i


def _behind_addressee(t: Tokens, start: int, limit: int) -> int:
    """The token behind the person spoken to: "told reporters", "told Golf Channel's Jaime Diaz", "told her"."""
    classes = t.classes
    if classes[start : start + 1] == "O":
        return start + 1
    if t.words[start : start + 1] and t.words[start].lower() == "her" and classes[start + 1 : start + 2] in ("", ",", "H", "P", "p", "Q", "D", "S"):
        return start + 1
    i = start
    while i < limit and classes[i] in "DK#":
        i += 1
    run = i
    while i < limit and classes[i] in "NCK":
        if i > run and (classes[i] == "N") != (classes[i - 1] == "N") and classes[i - 1] != "K":
            break
        if classes[i] == "N" and i > run and classes[i - 1] == "N" and classes[i + 1 : i + 2] in ("X", "V", "E", "R"):
            break
        i += 1
    if t.words[i : i + 1] == ["of"]:
        more = _ADJUNCTS.match(classes, i, limit)
        i = i + 1
        while i < limit and classes[i] in "DC" and more:
            i += 1
    return i


def _behind_adjunct(t: Tokens, start: int, limit: int) -> int | None:
    """The token behind a phrase of where or when something is said ("in a statement", "on Friday"); None where the
    phrase is part of what is said."""
    classes = t.classes
    if t.words[start].lower() not in _PLACE_OR_TIME:
        return None
    i = start + 1
    occasion = False
    while i < limit and classes[i] in "DK#EGNCTAq" or (i < limit and classes[i] == "R" and occasion and classes[i + 1 : i + 2] not in ("P", "")):
        if classes[i] in "NCT":
            known = classes[i] == "T" or t.words[i].lower() in occasions()
            if occasion and classes[i] == "C" and classes[i - 1] not in "RCDKNT":
                break
            occasion = occasion or known
        elif classes[i] in "DK" and occasion and classes[i - 1] in "NCT#":
            break
        i += 1
    while i > start and classes[i - 1] == "R":
        i -= 1
    return i if occasion and (i >= limit or classes[i] in "PpDHQSRT;K,CNq&X") else None


def _from_quotation(t: Tokens, first: int, limit: int) -> tuple[int, int]:
    """A complement that opens with a quotation: the quotation alone, unless a clause goes on around it."""
    rest = t.classes[first + 1 : limit]
    if rest[:1] == "G":
        return first, first + 1
    goes_on = rest[:1] in ("X", "V", "Y", "I", "p") or (t.classes[first] == "q" and bool(_CLAUSE_FINITE.intersection(rest.split(",")[0])))
    return (first, limit) if goes_on else (first, first + 1)


def _named(t: Tokens, start: int, limit: int) -> list[tuple[int, int]]:
    """What somebody calls something: "the plan “reckless”", "her record negligent", "it a mistake"."""
    classes = t.classes
    first = start
    if classes[first : first + 1] in ("R", "S", ""):
        return []
    if classes[first] in "OPp" or (t.words[first].lower() == "her" and classes[first + 1 : first + 2] in ("S", "D")):
        first += 1
    as_at = next((i for i in range(first, min(limit, first + 14)) if t.words[i].lower() == "as"), None)
    q = next((i for i in range(first, min(limit, first + 15)) if classes[i] in _QUOTED), None)
    if q is not None and not _CLAUSE_FINITE.intersection(classes[first:q]) and ";" not in classes[first:q]:
        return [(as_at + 1 if as_at is not None and as_at < q else first, q + 1)]
    if as_at is not None and not _CLAUSE_FINITE.intersection(classes[first:as_at]):
        return [(as_at + 1, limit)]
    return [(first, limit)] if _evaluates(t, first, limit) else []


_EVALUATIVE = re.compile(r"(?:\w+(?:ous|ful|less|able|ible|ive|ent|ant|ic|ary|ory)|wrong|bad|false|unfair|illegal|racist|dangerous|absurd|good|great|cruel|weak|stupid|inhumane)$")
_CALLED_A = re.compile(r"[DKNCE#-]*[NCKO](?=D)")


def _evaluates(t: Tokens, first: int, limit: int) -> bool:
    """Whether "called …" gives something a quality or a name: an adjective or a second phrase ends it."""
    end = next((i for i in range(first, limit) if t.classes[i] in ",;-&S"), limit)
    if end - first < 2:
        return first > 0 and t.classes[first - 1] in "OPp" and end > first
    if t.words[end - 1].islower() and _EVALUATIVE.match(t.words[end - 1]) and end - first >= 3:
        return not _CLAUSE_FINITE.intersection(t.classes[first:end])
    match = _CALLED_A.match(t.classes, first, end)
    behind = match.end() if match else first
    return (match is not None or t.classes[first - 1] in "OPp") and behind < end and t.words[behind].lower() in ("a", "an", "the")


def _demanded(t: Tokens, start: int, limit: int) -> list[tuple[int, int]]:
    """What somebody is urged to do: "to close the loophole"."""
    classes = t.classes
    if classes[start : start + 1] in ("H", "Q", "q"):
        return [(start, limit if classes[start] == "H" else start + 1)]
    for i in range(start, min(limit, start + ADJUNCT_REACH)):
        if classes[i] == "I" and t.words[i].lower() == "to" and i > start:
            return [(i, limit)] if limit - i > 1 else []
        if classes[i] in _QUOTED:
            return [(i, i + 1)]
        if classes[i] in "XVY;" or (classes[i] == "R" and i == start):
            return []
    return []


def _shorn(t: Tokens, start: int, end: int) -> tuple[int, int]:
    """A stretch without the marks and conjunctions at its edges."""
    if t.classes[start : start + 1] == "(" and 0 < (close := t.classes.find(")", start, start + 6)) < end - 1:
        start = close + 1
    while start < end and t.classes[start] in ",;-&)":
        start += 1
    while end > start and t.classes[end - 1] in ",;-&S(":
        end -= 1
    return start, end
