"""From reporting clauses to the stretches that they report: where each begins and ends in its sentence.

The boundaries are those of the annotation guide: a stretch takes in its quotation marks and the "that" of a
paraphrase, leaves out speaker and verb, and ends where words of the reporter follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import occasions
from stcalib.language.reporting_verbs import cue_forms
from stcalib.quotes.complements import ADJUNCTS, FINITE_OR_PAST, QUOTED, behind_addressee, behind_adjunct, behind_adjuncts, complement
from stcalib.syntax.clauses import FINITE, adverbial_end, behind_description, part_of, parts_before, time_end
from stcalib.syntax.source_phrases import Report
from stcalib.text.tokens import ENDS_COMMA, Tokens

_TIME_AFTER = re.compile(
    r"(?:[\w-]+ (?:than )?)?(?:an?|the|one|two|three|four|five|six|\d+|several|many|few) (?:few |more )?[a-z-]+ (?:after|before|since)\b"
)
"""When something was said: "a day after …"."""
_ADJUNCT_END = re.compile(r"(?:[DN#]*T|[RA][DNCK#TA]+|A)*")
_REDUCED_RELATIVE = re.compile(r"(?<=N)(?:[VYE](?=R)|PA?[VYE])")


@cache
def _dealings() -> frozenset[str]:
    return frozenset(load_lexicon().cues.phrases.dealings)


@cache
def _adding_verbs() -> frozenset[str]:
    return frozenset(load_lexicon().cues.phrases.adding)


_LEADING = frozenset(("adverbial", "subordinate", "prepositional", "participle"))
"""Parts before a subject that only lead up to it."""
_PERFECT = frozenset("had has have".split())
RELATIVE_REACH = 6
"""Tokens before a verb within which the relative pronoun of its clause is looked for."""


@dataclass(slots=True)
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
    reports = _outermost(t, reports)
    done = covered = 0
    for number, report in enumerate(reports):
        if report.verb < covered:
            continue
        limit = _limit(t, reports, number)
        pieces = _pieces(t, report, done, limit)
        kept = [(a, b) for piece in pieces for a, b in (_shorn(t, *part) for part in _before_colon(t, *piece)) if a < b]
        left = [piece for piece in kept if piece[1] <= report.start]
        if left:
            found = [s for s in found if s.end <= left[0][0]]
        for a, b in kept:
            found.append(Stretch(a, b, report))
            covered = max(covered, b)
        if kept or report.order != "before":
            done = max(done, report.end, report.subject.last if report.subject else 0, covered)
    return found


def _outermost(t: Tokens, reports: list[Report]) -> list[Report]:
    """The reporting clauses without those inside what the last one reports: "A driver told them that …, Desir said"."""
    last = reports[-1] if reports else None
    if last is None or len(reports) < 2 or last.order != "before" or t.classes[last.start - 1 : last.start] != ",":
        return reports
    at_the_end = _ADJUNCT_END.fullmatch(t.classes, last.end) is not None
    parted = not set("Qq;").isdisjoint(t.classes[: last.start]) or reports[0].order not in ("before", "after") or "S" in t.classes[:1]
    return [last] if at_the_end and not parted else reports


def _before_colon(t: Tokens, start: int, end: int) -> list[tuple[int, int]]:
    """A paraphrase and the quotation that follows it behind a colon, apart."""
    if t.classes[end - 1] == "Q" and t.words[end - 2] == ":" and not FINITE.isdisjoint(t.classes[start:end]):
        return [(start, end - 2), (end - 1, end)]
    return [(start, end)]


def _limit(t: Tokens, reports: list[Report], number: int) -> int:
    """Where a reporting clause's reach ends: at the next one beside it, or at the end of its subordinate clause."""
    report, limit = reports[number], len(t.words)
    for later in reports[number + 1 :]:
        if _is_beside(t, report, later):
            limit = _behind_marks(t, _before_adverbial(t, later.start))
            break
    limit = _before_main_verb(t, report, _before_new_predicate(t, report.end, limit))
    if report.start and t.classes[report.start - 1] == "S" and report.order == "before" and _as_said(t, report) is None:
        for i in range(report.end, limit):
            if t.classes[i] == "," and t.classes[i + 1 : i + 2] in ("P", "p", "D", "C", "K", "N", "Q") and _starts_clause(t, i + 1, limit):
                return i
    return limit


def _before_main_verb(t: Tokens, report: Report, limit: int) -> int:
    """Where "a motion, which said that …, was defeated" goes on with the verb of the sentence."""
    relative = t.classes.rfind("W", max(0, report.verb - RELATIVE_REACH), report.verb)
    if relative < 1 or t.classes.rfind(",", max(0, relative - RELATIVE_REACH), relative) < 0:
        return limit
    return next((i for i in range(report.end, limit - 1) if t.classes[i] == "," and (t.classes[i + 1] in "XVY" or _is_cue(t, i + 1))), limit)


def _is_cue(t: Tokens, index: int) -> bool:
    """Whether a word that could be a noun is a reporting verb behind the comma that closes a relative clause."""
    return t.classes[index] == "N" and t.words[index].lower() in cue_forms()


def _before_new_predicate(t: Tokens, start: int, limit: int) -> int:
    """Where "…, but declined to say more" goes on about the speaker: a "but" with a verb and no subject."""
    if "&" not in t.classes and "QG" not in t.classes:
        return limit
    for i in range(start + 1, limit - 1):
        if t.classes[i] == "&" and t.words[i].lower() == "but" and t.classes[i - 1] in ",Qq":
            after = i + 1
            while after < limit and t.classes[after] == "A":
                after += 1
            if t.classes[after : after + 1] in ("E", "Y", "V"):
                return i
        if t.classes[i] == "&" and t.classes[i - 1] in "Qq" and t.words[i - 1][-1] == ENDS_COMMA and t.classes[i + 1] in "EYV":
            return i
        if t.classes[i] == "&" and t.classes[i + 1] in "EY" and (t.classes[i + 2 : i + 3] == "H" or t.words[i + 1].lower() in _dealings()):
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
    if report.order == "noun" and t.classes[later.start - 1 : later.start] == ",":
        return True
    if later.order == "joined" and _shares_perfect(t, report, later):
        return False
    if later.order in ("joined", "phrase"):
        return True
    opens = report.order == "phrase" and report.subject is not None and later.start <= report.subject.last + 1
    if later.order == "noun" or (opens and later.order == "before"):
        return False
    start = _before_adverbial(t, later.start)
    before = t.classes[start - 1 : start] if start else ""
    if later.order == "participle":
        if later.cue is None or before not in (",", "-", "Q", "&"):
            return False
        return later.cue.verb in _adding_verbs() or t.classes[later.end : later.end + 1] == "H"
    if later.order == "after" or before in (";", "Q", "-", "&"):
        return True
    if before == "S":
        contrasts = t.words[start - 1].lower() in ("while", "though", "although", "but")
        return contrasts and start >= 2 and t.classes[start - 2] in ",;-Q"
    if before == ",":
        return t.classes[later.end : later.end + 1] in ("", ",", "-", "Q", "R", "T") or (report.start > 0 and t.classes[report.start - 1] == "S")
    return False


def _before_adverbial(t: Tokens, start: int) -> int:
    """Where a clause begins with the adverbial of time before its subject: "; on Tuesday he said"."""
    mark = max(t.classes.rfind(mark, 0, start) for mark in ";&Q-")
    return mark + 1 if 0 <= mark < start - 1 and start - mark < 8 and adverbial_end(t, mark + 1, start) == start else start


def _shares_perfect(t: Tokens, report: Report, later: Report) -> bool:
    """Whether "and told" goes on with the perfect inside the reported words: "said he'd met him and told him that"."""
    between = t.classes[report.end : later.start]
    had = any(word.lower() in _PERFECT or word.lower().endswith(("'d", "’d", "'ve", "’ve")) for word in t.words[report.end : later.start])
    joined = later.cue is not None and later.cue.form in ("past", "participle") and t.words[later.start].lower() == "and"
    return joined and had and not set(",;-QW").intersection(between)


def _pieces(t: Tokens, report: Report, done: int, limit: int) -> list[tuple[int, int]]:
    """The token ranges that a reporting clause reports, between `done` and `limit`."""
    if report.order == "noun":
        that = t.classes.find("H", report.end, limit)
        return [(that, _before_second_verb(t, that, limit))] if that >= 0 else []
    if report.order == "phrase":
        return _phrase_pieces(t, report, done, limit)
    if (comma := _as_said(t, report)) is not None:
        return [(comma + 1, limit)] if comma < limit - 1 else _before_as(t, report, done)
    behind = report.end
    if report.order == "after":
        assert report.subject is not None
        behind = report.subject.last
    left = _left(t, report, done)
    heard = behind_addressee(t, behind, limit) if report.cue is not None and "hearer" in report.cue.frames else behind
    if left and report.order == "after":
        described = behind_description(t, behind, limit)
        if described > behind and t.classes[left[1] - 1] in QUOTED and t.classes[described + 1 : described + 2] not in ("Q", "q"):
            return [left]
        behind = described
    if left:
        led_up = _is_introductory(t.classes[slice(*left)]) and t.classes[left[1] - 1] not in QUOTED
        continued = _continued(t, max(behind, heard), limit, left, turned=report.order == "after" and not led_up)
        if continued and t.classes[left[1] - 1] in QUOTED and t.classes[continued[0][0]] == "&":
            return [left]
        if continued and t.classes[continued[0][0]] == "H" and FINITE.isdisjoint(t.classes[slice(*left)]):
            return continued
        return [left, *continued]
    inserted = report.start > 0 and t.classes[report.start - 1] == "," and t.classes[heard : heard + 1] == ","
    return (_continued(t, heard, limit) if inserted else []) or complement(t, report, behind, limit)


def _as_said(t: Tokens, report: Report) -> int | None:
    """Where the clause "as Roe said on Monday" ends, with a comma or the sentence; None for any other clause."""
    if report.order != "before" or not report.start or t.words[report.start - 1].lower() != "as":
        return None
    if report.cue is None or not report.cue.frames & {"clause", "that"}:
        return None
    adjuncts = ADJUNCTS.match(t.classes, report.end)
    end = adjuncts.end() if adjuncts is not None else report.end
    if end > report.end and t.classes[end - 1] == ",":
        end -= 1
    titled = next((i for i in range(report.end, end) if t.words[i][-1] == ENDS_COMMA), None)
    if titled is not None:
        return titled
    return end if t.classes[end : end + 1] in (",", "") else None


def _before_as(t: Tokens, report: Report, done: int) -> list[tuple[int, int]]:
    """What stands before "…, as Roe said"."""
    end = report.start - 1
    before = t.classes[done : max(done, end - 1)]
    return [(done, end - 1)] if t.classes[end - 1 : end] == "," and not FINITE_OR_PAST.isdisjoint(before) else []


def _phrase_pieces(t: Tokens, report: Report, done: int, limit: int) -> list[tuple[int, int]]:
    """ "According to X, …" and "…, according to X"."""
    assert report.subject is not None
    named = max(report.subject.last, report.end)
    behind = behind_description(t, named, limit)
    left = _left(t, report, done)
    if left:
        lacks_verb = FINITE_OR_PAST.isdisjoint(t.classes[slice(*left)])
        return [left, *_continued(t, named if lacks_verb else behind, limit)]
    if behind >= limit - 1:
        behind = named
    if t.classes[behind : behind + 1] == "-" and (dash := t.classes.find("-", behind + 1, limit)) > 0:
        return [(dash + 1, limit)]
    close = t.classes.find(",", behind - 1, limit)
    return [(close + 1, limit)] if 0 <= close < limit - 1 else []


def _before_second_verb(t: Tokens, that: int, limit: int) -> int:
    """Where a clause inside a subject ends: "the claim that the dam is weak was denied"."""
    verbs = [i for i in range(that + 2, limit) if t.classes[i] in "XV" and t.classes[i - 1] not in "XZA&PW,"]
    return verbs[1] if len(verbs) > 1 and not set(",;-WSH&").intersection(t.classes[verbs[0] : verbs[1]]) else limit


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
    if letters[-1] in QUOTED:
        return (end - 1, end) if ";" in letters or letters[-2:-1] == "," else (start, end)
    if cue is not None and "quote" in cue.frames and not cue.frames & {"clause", "that"}:
        return None
    turned = report.order in ("phrase", "after") and report.subject is not None
    behind = max(report.end, report.subject.last) if turned and report.subject is not None else report.end
    if cue is not None and "hearer" in cue.frames and not turned:
        behind = behind_addressee(t, behind, len(t.words))
    behind = behind_adjuncts(t, behind, len(t.words))
    described = behind_description(t, behind, len(t.words)) if turned else behind
    inserted = t.classes[behind : behind + 1] == ","
    if report.order == "before" and letters[-1] not in QUOTED and _has_complement(t, behind):
        return None
    if not inserted and behind < len(t.words) and all(part.kind in _LEADING for part in parts_before(t, end) if part.start >= start):
        return None
    if inserted and letters[0] in "SRIG" and len(letters) > 2 and behind + 1 < len(t.words) and not _is_asked(t, start, end):
        return start, end
    short = len(letters) < 4 and FINITE_OR_PAST.isdisjoint(letters)
    if (_is_introductory(letters) and (described < len(t.words) or short)) or _is_reporters(t, start, end, inserted):
        return None
    closing = described if turned else behind
    if not FINITE_OR_PAST.intersection(letters) and not (inserted and report.order != "after") and (len(letters) < 4 or closing < len(t.words)):
        return None
    return start, end


def _has_complement(t: Tokens, behind: int) -> bool:
    """Whether a clause with its subject follows a reporting verb right away, so that what stands before is none of it."""
    letter = t.classes[behind : behind + 1]
    return letter == "H" or (letter in ("P", "p") and not FINITE.isdisjoint(t.classes[behind : behind + 3]))


def _is_reporters(t: Tokens, start: int, end: int, inserted: bool) -> bool:
    """Whether an adverbial before a reporting clause is the reporter's ("Last week, …", "However, …"), and not part of
    what is said ("Too often, he says, …")."""
    if part_of(t, start, end).kind != "adverbial" and end - start > 2:
        return False
    return not inserted or time_end(t, start, end) > start or " ".join(t.words[start:end]).lower() in load_lexicon().cues.phrases.connectives


def _is_asked(t: Tokens, start: int, end: int) -> bool:
    """Whether words before a reporting clause tell when or where it was said: "When asked about it", "In an interview"."""
    words = {word.lower() for word in t.words[start:end]}
    return not words.isdisjoint(occasions()) or not words.isdisjoint(_asking())


@cache
def _asking() -> frozenset[str]:
    return frozenset(load_lexicon().cues.phrases.asking)


def _is_introductory(letters: str) -> bool:
    """Whether words before a reporting clause only lead up to it ("When asked about it", "In a statement")."""
    first = letters.lstrip("A")[:1]
    parts = letters.split(",")
    if any(part[:1] not in ("W", "G", "E", "") and FINITE.intersection(part) for part in parts[1:]):
        return False
    if first in ("S", "G", "E", "I", "Y", "V") or letters.startswith("RS"):
        return True
    return first == "R" and not FINITE.intersection(_REDUCED_RELATIVE.sub("", parts[0].partition("W")[0]))


def _may_stand_behind(t: Tokens, report: Report, letters: str) -> bool:
    """Whether the reporting clause can follow what it reports ("…, she said on Friday")."""
    cue = report.cue
    assert cue is not None
    behind = report.subject.last if report.order == "after" and report.subject else report.end
    following = t.classes[behind : behind + 1]
    if cue.frames & {"name", "accuse"} or (report.subject is not None and "W" in t.classes[report.subject.last : report.verb]):
        return False
    quoted = letters[-1] in QUOTED
    if not quoted and cue.frames & {"demand", "verdict"}:
        return False
    if quoted or report.order == "after" or following in ("", ",", "-", ";", "Q", "q"):
        return True
    if "address" in cue.frames:
        return following in "NCDKO#"
    if cue.verb == "say":
        return True
    if following == "R":
        return behind_adjunct(t, behind, len(t.words)) is not None or not FINITE_OR_PAST.intersection(t.classes[behind:])
    return following in "TASGI&("


def _continued(t: Tokens, start: int, limit: int, left: tuple[int, int] | None = None, turned: bool = False) -> list[tuple[int, int]]:
    """What goes on behind an inserted reporting clause: "…, officials said, as rescuers searched".

    `left` is what stands before it: a subject that lacks its verb goes on with one. Behind a turned subject a noun
    phrase only says who that is.
    """
    before = t.classes[slice(*left)] if left else ""
    lacks_verb = before != "" and FINITE_OR_PAST.isdisjoint(before) and QUOTED.isdisjoint(before)
    start = behind_adjuncts(t, start, limit)
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
    if rest[0] in QUOTED:
        return [(first, first + 1)]
    if lacks_verb and rest[0] in "EAY":
        return [(first, limit)]
    if rest[0] == "I" and before[:1] == "P" and left is not None and t.words[left[0]].lower() == "it":
        return [(first, limit)]
    return [(first, limit)] if _goes_on(t, first, limit, letters[0], turned) else []


def _goes_on(t: Tokens, first: int, limit: int, mark: str, turned: bool) -> bool:
    """Whether the words behind an inserted reporting clause and a mark are still what is said, and not the reporter's."""
    rest = t.classes[first:limit]
    if rest[0] in "WGEIT(A" or mark == "-" or rest[:2] in ("NG", "SG") or _TIME_AFTER.match(" ".join(t.words[first : first + 7]).lower()):
        return False
    if len(rest) < 3 and not QUOTED.intersection(rest):
        return False
    if rest[0] not in "SN" and FINITE_OR_PAST.isdisjoint(rest) and (rest[0] != "&" or QUOTED.isdisjoint(rest)):
        return False
    if rest[0] == "&" and rest[1:2] in ("V", "E", "A"):
        return t.words[first].lower() != "but" and rest[1] != "A"
    if turned and rest[0] in "DCKN#":
        return False
    return rest[0] not in "DCK#R" or _starts_clause(t, first, limit) or "," in rest


def _starts_clause(t: Tokens, start: int, limit: int) -> bool:
    """Whether a noun phrase at `start` is followed by a finite verb before any comma."""
    for i in range(start, limit):
        if t.classes[i] in "XVYEp":
            return True
        if t.classes[i] in ",(":
            return False
    return False


def _shorn(t: Tokens, start: int, end: int) -> tuple[int, int]:
    """A stretch without the marks and conjunctions at its edges."""
    if t.classes[start : start + 1] == "(" and 0 < (close := t.classes.find(")", start, start + 6)) < end - 1:
        start = close + 1
    while start < end and t.classes[start] in ",;-&)":
        start += 1
    while end > start and (t.classes[end - 1] in ",;-&(" or (t.classes[end - 1] == "S" and end < len(t.words))):
        end -= 1
    return start, end
