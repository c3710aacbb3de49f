"""What stands before a reporting clause: what it reports ("…, she said"), or words that only lead up to it."""

from __future__ import annotations

import re

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import occasions
from stcalib.language.reporting_verbs import CLAUSAL
from stcalib.language.word_sets import word_set
from stcalib.quotes.complements import FINITE_OR_PAST, QUOTED, behind_addressee, behind_adjunct, behind_adjuncts
from stcalib.syntax.parts import FINITE, behind_description, has_gerund_subject, part_of, parts_before, time_end
from stcalib.syntax.source_phrases import Report
from stcalib.text.tokens import Tokens

_REDUCED_RELATIVE = re.compile(r"(?<=N)(?:[VYE](?=R)|PA?[VYE])")
_LEADING = frozenset(("adverbial", "subordinate", "prepositional", "participle"))
"""Parts before a subject that only lead up to it."""


def left_of(t: Tokens, report: Report, done: int) -> tuple[int, int] | None:
    """What stands before the reporting clause and is reported by it: "…, she said"."""
    end = report.start
    cue = report.cue
    follows = end > 0 and (t.classes[end - 1] in ",Qq-" or (report.order == "phrase" and end - done > 4))
    if report.order in ("participle", "joined") or not follows:
        return None
    start, end = _without_edges(t, done, end)
    letters = t.classes[start:end]
    if not letters or (cue is not None and not _may_stand_behind(t, report, letters)):
        return None
    if letters[-1] in QUOTED:
        if is_question(t, start, end):
            return None
        return (end - 1, end) if ";" in letters or letters[-2:-1] == "," else (start, end)
    if cue is not None and "quote" in cue.frames and not cue.frames & CLAUSAL:
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
    if (is_introductory(t, start, end) and (described < len(t.words) or short)) or _is_reporters(t, start, end, inserted):
        return None
    closing = described if turned else behind
    if not FINITE_OR_PAST.intersection(letters) and not (inserted and report.order != "after") and (len(letters) < 4 or closing < len(t.words)):
        return None
    return start, end


def _without_edges(t: Tokens, start: int, end: int) -> tuple[int, int]:
    """A stretch without the marks at its end and the conjunctions at its beginning."""
    while end > 0 and t.classes[end - 1] in ",-":
        end -= 1
    while start < end and t.classes[start] in "&,;-:":
        start += 1
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


def is_question(t: Tokens, start: int, end: int) -> bool:
    """Whether words that end in a quotation are what the speaker was asked: "Asked whether Ottawa “has a plan,” Roe said"."""
    first = start + (t.classes[start] == "S")
    return end - first > 2 and t.words[first].lower() in _asking() and {",", ";"}.isdisjoint(t.classes[first:end])


@by_language
def _asking() -> frozenset[str]:
    return frozenset(load_lexicon().cues.phrases.asking)


def is_introductory(t: Tokens, start: int, end: int) -> bool:
    """Whether words before a reporting clause only lead up to it ("When asked about it", "In a statement")."""
    if has_gerund_subject(t, start, end):
        return False
    letters = t.classes[start:end]
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
    if cue.verb in word_set("quotes.say"):
        return True
    if following == "R":
        return behind_adjunct(t, behind, len(t.words)) is not None or not FINITE_OR_PAST.intersection(t.classes[behind:])
    return following in "TASGI&("
