"""From reporting clauses to the stretches that they report: where each begins and ends in its sentence.

The boundaries are those of the annotation guide: a stretch takes in its quotation marks and the "that" of a
paraphrase, leaves out speaker and verb, and ends where words of the reporter follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.reporting_verbs import CLAUSAL, cue_forms
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.quotes.before_clause import is_introductory, left_of
from stcalib.quotes.complements import ADJUNCTS, FINITE_OR_PAST, QUOTED, behind_addressee, behind_adjuncts, complement
from stcalib.syntax.parts import FINITE, adverbial_end, behind_description
from stcalib.syntax.reporting_clauses import ADDRESSED
from stcalib.syntax.source_phrases import Report, statement_nouns
from stcalib.text.tokens import ENDS_COMMA, Tokens

_ADJUNCT_END = re.compile(r"(?:[DN#]*T|[RA][DNCK#TA]+|A)*")


@by_language
def _dealings() -> frozenset[str]:
    return frozenset(load_lexicon().cues.phrases.dealings)


@by_language
def _adding_verbs() -> frozenset[str]:
    return frozenset(load_lexicon().cues.phrases.adding)


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
    if last is None or len(reports) < 2 or last.order != "before":
        return reports
    at_the_end = _ADJUNCT_END.fullmatch(t.classes, last.end) is not None
    if at_the_end and _closes_report(t, reports[0], last):
        return [last]
    if t.classes[last.start - 1 : last.start] != ",":
        return reports
    parted = not set("Qq;").isdisjoint(t.classes[: last.start]) or reports[0].order not in ("before", "after") or "S" in t.classes[:1]
    return [last] if at_the_end and not parted else reports


def _closes_report(t: Tokens, first: Report, last: Report) -> bool:
    """Whether a sentence that opens with a report is another's by its end: "Roe said Kwan was “tired,” a source recalled"."""
    said = t.classes[: last.start]
    opens = first.start == 0 and first.order == "before"
    named = last.subject is not None and t.classes[last.subject.first] not in "Pp"
    return opens and named and said[-1:] in ("Q", "q") and t.words[last.start - 1][-1] == ENDS_COMMA and set("Qq;").isdisjoint(said[:-1])


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
    limit = _before_comment(t, report.end, _before_main_verb(t, report, _before_new_predicate(t, report.end, limit)))
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
        if t.classes[i] == "&" and t.words[i].lower() in word_set("quotes.but") and t.classes[i - 1] in ",Qq":
            after = i + 1
            while after < limit and t.classes[after] == "A":
                after += 1
            if t.classes[after : after + 1] in ("E", "Y", "V"):
                return i
        if t.classes[i] == "&" and t.classes[i - 1] in "Qq" and t.words[i - 1][-1] == ENDS_COMMA and t.classes[i + 1] in "EYV":
            return i
        if t.classes[i] == "&" and t.classes[i + 1] in "EY" and (t.classes[i + 2 : i + 3] == "H" or t.words[i + 1].lower() in _dealings()):
            return i
        if t.classes[i] == "Q" and t.classes[i + 1] == "G" and t.words[i + 1].lower() not in word_set("quotes.participial_prepositions"):
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
        if later.cue is None:
            return False
        if before not in (",", "-", "Q", "&"):
            return report.order == "before" and ADDRESSED.fullmatch(t.classes, report.end, later.start) is not None
        return later.cue.verb in _adding_verbs() or t.classes[later.end : later.end + 1] == "H"
    if later.order == "after" or before in (";", "Q", "-", "&"):
        return True
    if before == "S":
        contrasts = t.words[start - 1].lower() in word_set("quotes.contrasts")
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
    had = any(
        word.lower() in word_set("perfect") or word.lower().endswith(word_list("quotes.perfect_contractions"))
        for word in t.words[report.end : later.start]
    )
    joined = later.cue is not None and later.cue.form in ("past", "participle") and t.words[later.start].lower() in word_set("quotes.and")
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
    left = left_of(t, report, done)
    heard = behind_addressee(t, behind, limit) if report.cue is not None and "hearer" in report.cue.frames else behind
    if left and report.order == "after":
        described = behind_description(t, behind, limit)
        if described > behind and t.classes[left[1] - 1] in QUOTED and t.classes[described + 1 : described + 2] not in ("Q", "q"):
            return [left]
        behind = described
    if left:
        led_up = is_introductory(t, *left) and t.classes[left[1] - 1] not in QUOTED
        continued = _continued(t, max(behind, heard), limit, left, turned=report.order == "after" and not led_up)
        if continued and t.classes[left[1] - 1] in QUOTED and t.classes[continued[0][0]] == "&" and not _judges(t, *continued[0]):
            return [left]
        if continued and t.classes[continued[0][0]] == "H" and FINITE.isdisjoint(t.classes[slice(*left)]):
            return continued
        return [left, *continued]
    inserted = report.start > 0 and t.classes[report.start - 1] == "," and t.classes[heard : heard + 1] == ","
    return (_continued(t, heard, limit) if inserted else []) or complement(t, report, behind, limit)


def _as_said(t: Tokens, report: Report) -> int | None:
    """Where the clause "as Roe said on Monday" ends, with a comma or the sentence; None for any other clause."""
    if report.order != "before" or not report.start or t.words[report.start - 1].lower() not in word_set("quotes.as"):
        return None
    if report.cue is None or not report.cue.frames & CLAUSAL:
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
    left = left_of(t, report, done)
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


def _continued(t: Tokens, start: int, limit: int, left: tuple[int, int] | None = None, turned: bool = False) -> list[tuple[int, int]]:
    """What goes on behind an inserted reporting clause: "…, officials said, as rescuers searched".

    `left` is what stands before it: a subject that lacks its verb goes on with one. Behind a turned subject a noun
    phrase only says who that is.
    """
    before = t.classes[slice(*left)] if left else ""
    lacks_verb = before != "" and FINITE_OR_PAST.isdisjoint(before) and QUOTED.isdisjoint(before)
    start = behind_adjuncts(t, start, limit)
    letters = t.classes[start:limit]
    semicolon = letters[:1] == ";" and t.words[start] == ";" and left is not None and QUOTED.isdisjoint(before)
    if not letters or not (letters[0] in ",Qq-" or semicolon):
        return []
    first = start + semicolon
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
    if rest[0] == "I" and before[:1] == "P" and left is not None and t.words[left[0]].lower() in word_set("quotes.impersonal"):
        return [(first, limit)]
    return [(first, limit)] if _goes_on(t, first, limit, letters[0], turned) else []


def _judges(t: Tokens, first: int, end: int) -> bool:
    """Whether a clause behind "and" has a subject of its own that the reporter does not tell of: "“…,” Roe said, and it ought to be fixed"."""
    verb = next((i for i in range(first + 1, end) if t.classes[i] in FINITE), first)
    narrated = t.words[first + 1].lower() in word_set("he_or_she") or t.words[first].lower() not in word_set("quotes.and")
    return verb > first + 1 and t.classes[verb] == "X" and not narrated and set(",;").isdisjoint(t.classes[first:verb])


def _goes_on(t: Tokens, first: int, limit: int, mark: str, turned: bool) -> bool:
    """Whether the words behind an inserted reporting clause and a mark are still what is said, and not the reporter's."""
    rest = t.classes[first:limit]
    if (
        rest[0] in "WGEIT(A"
        or mark == "-"
        or rest[:2] in ("NG", "SG")
        or pattern("quotes.time_after").match(" ".join(t.words[first : first + 7]).lower())
    ):
        return False
    if (len(rest) < 3 and not QUOTED.intersection(rest)) or _sums_up(t, first, statement_nouns()):
        return False
    if rest[0] not in "SN" and FINITE_OR_PAST.isdisjoint(rest) and (rest[0] != "&" or QUOTED.isdisjoint(rest)):
        return False
    if rest[0] == "&" and rest[1:2] in ("V", "E", "A"):
        return t.words[first].lower() not in word_set("quotes.but") and rest[1] != "A"
    if turned and rest[0] in "DCKN#":
        return False
    return rest[0] not in "DCK#R" or _starts_clause(t, first, limit) or "," in rest


def _before_comment(t: Tokens, start: int, limit: int) -> int:
    """Where the reporter says of what was reported how it stands: "said he knew, a claim that the union denies"."""
    for i in range(start + 1, limit - 2):
        if t.classes[i] == "," and t.classes[i + 1] == "D" and _sums_up(t, i + 1, word_set("quotes.doubted")):
            return i
    return limit


def _sums_up(t: Tokens, first: int, nouns: frozenset[str]) -> bool:
    """Whether a phrase with "a" and one of these nouns sums up what was said: "…, she said, a claim the minister rejects"."""
    noun = first + 1
    while t.classes[noun : noun + 1] in ("A", "N") and t.words[noun].lower() not in nouns:
        noun += 1
    return t.words[first].lower() in word_set("syntax.indefinite_articles") and t.classes[noun : noun + 1] == "N"


def _starts_clause(t: Tokens, start: int, limit: int) -> bool:
    """Whether a noun phrase at `start` is followed by a finite verb before any comma."""
    for i in range(start, limit):
        if t.classes[i] in "XVYEp" and t.words[i + 1 : i + 2] != [*word_list("syntax.agent_marker")]:
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
