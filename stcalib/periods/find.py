"""Expressions of time in a reading copy: which words name a period. `stcalib.periods.resolve` makes days of them.

Finds years, months, days, seasons, quarters, fiscal years, stretches counted back from a day, periods that
lean on one named before ("the month before", "the same period last year"), and what joins two of them
("between January and March", "since early 2017"). Never raises; takes time linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import Lexicon, alternatives, load_lexicon
from stcalib.language.people_words import first_names
from stcalib.language.period_words import PeriodShape
from stcalib.language.word_sets import compiled, filled, pattern, word_list, word_set
from stcalib.numbers.find import lower_case
from stcalib.periods.printed_dates import month_numbers

_INSERTION = 160
"""Characters between the ends of a range in which a clause may stand."""
_REACH = 90
"""Characters before a period in which "since" and the event between them may stand."""
_LEAD = 48
"""Characters before a word of time in which its expression may begin ("over the course of the first …")."""
_LONGEST = 150
"""Characters behind the beginning of a word of time in which its expression ends."""
_YEAR = r"(?:19|20)\d\d(?!\d|,\d{3}|\.\d)"
_MARKS = "(“‘\"'"
"""Marks that may stand before the word that leads a period."""
_WORD_START = re.compile(r"\b\w")
_YEAR_PRINTED = re.compile(_YEAR)


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that name a period. `shape` is the kind of expression, `parts` its words in lower case.

    Shapes that join others ("range", "since", "until", "before") hold them in `first` and `last`.
    """

    start: int
    end: int
    shape: str
    parts: dict[str, str] = field(default_factory=dict)
    first: Expression | None = None
    last: Expression | None = None

    @property
    def core(self) -> Expression:
        """The expression without what joins it: the inner one of "since early 2017"."""
        inner = self.first if self.first is not None else self.last
        return self if inner is None else inner.core

    @property
    def year(self) -> int | None:
        """The calendar year that the words print, where there is one."""
        own = next((m.group() for key, text in self.parts.items() if key != "n" and (m := _YEAR_PRINTED.search(text))), None)
        if own is not None:
            return int(own)
        return next((e.year for e in (self.last, self.first) if e is not None and e.year is not None), None)


def _scan_of(shapes: dict[str, str]) -> re.Pattern[str]:
    return re.compile(r"\b(?=\w)(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in shapes.items()) + ")")


class _Grammar:
    """The shapes of periods, compiled from their entries in the lexicon."""

    def __init__(self) -> None:
        lexicon = load_lexicon()
        words, entries = lexicon.periods, lexicon.period_shapes.shape
        places = _places(lexicon)
        shapes = {entry.name: filled("".join(entry.pieces), "periods", places) for entry in entries}
        self.entries = {entry.name: entry for entry in entries}
        self.compiled = {name: re.compile(pattern) for name, pattern in shapes.items()}
        unnamed = {name: re.sub(r"\?P<\w+>", "?:", pattern).replace("(?P=joint)", "[-/.]") for name, pattern in shapes.items()}
        self.scan = _scan_of(unnamed)
        self.common = _scan_of({name: pattern for name, pattern in unnamed.items() if not self.entries[name].needs})
        self.rare = re.compile(rf"\b(?:{'|'.join(entry.needs for entry in entries if entry.needs)})")
        self.trigger = compiled("periods.trigger", **places)
        self.since = compiled("periods.since_lead", since_words=alternatives(words.since))
        self.until = compiled("periods.until_lead", until_words=alternatives(words.until))
        self.so_far = compiled("periods.so_far_lead", so_far_words=alternatives(words.so_far))
        self.opening = compiled("periods.range_lead", range_words=alternatives(words.range_opening))
        leading = (*words.since, *words.until, *words.so_far, *word_list("periods.last_of_leads"))
        self.leading = frozenset(phrase.rpartition(" ")[2] for phrase in leading)
        self.range_joint = frozenset(words.range_joint)
        self.list_joint = frozenset(words.list_joint)


def _places(lexicon: Lexicon) -> dict[str, str]:
    """What the places in the patterns of periods stand for: the calendar, the number words and the lists of `periods.toml`."""
    words, calendar, cardinals = lexicon.periods, lexicon.calendar, lexicon.numbers.cardinals
    weekdays = [w.lower() for w in calendar.weekdays] + [w.lower() for w in calendar.weekday_abbreviations if len(w) > 3]
    units_alone = alternatives([*cardinals, *word_list("periods.units_alone")])
    return {
        "year": _YEAR,
        "month": rf"(?:{alternatives(calendar.month_numbers())}\b\.?)",
        "season": alternatives(name for season in calendar.season for name in season.names),
        "weekday": alternatives(weekdays),
        "names": alternatives(name.lower() for name in (*calendar.month_numbers(), *weekdays)),
        "holidays": alternatives(_holidays()),
        "number": rf"(?:\d{{1,3}}(?![\d,.%])|{units_alone}(?:-{alternatives(cardinals)})?)",
        "fiscal_years": "|".join(f"{year:02d}[-–/]{(year + 1) % 100:02d}" for year in range(100)),
        "before": alternatives((*words.shift.before, *words.shift.ago)),
        "behind": alternatives(words.shift.behind),
        "nth_words": alternatives((*words.opening, *words.closing, *words.ordinals)),
        "part_words": alternatives((*words.early, *words.middle, *words.late)),
        "opening_words": alternatives(words.opening),
        "indefinite": alternatives(words.indefinite),
        "approximate": alternatives(words.approximate),
        "day_parts": alternatives(words.day_parts),
        "not_behind_day": alternatives(words.not_behind_day),
    }


def entry_of(shape: str) -> PeriodShape:
    """The entry of a shape in the lexicon. Raises `KeyError` for what joins others ("range")."""
    return _grammar().entries[shape]


def may(expression: Expression, name: str) -> bool:
    """Whether something leans on a period of that shape, as its entry in the lexicon says: "since" before it, a "list" with others."""
    entry = _grammar().entries.get(expression.shape)
    return entry is not None and name in entry.may


def leans(expression: Expression) -> bool:
    """Whether a period leans on one named before."""
    entry = _grammar().entries.get(expression.shape)
    return entry is not None and entry.leans


@by_language
def _grammar() -> _Grammar:
    """The shapes, compiled on the first call."""
    return _Grammar()


def periods_in(text: str, start: int = 0, end: int | None = None) -> list[Expression]:
    """The expressions of time in `text[start:end]`, in order."""
    end = len(text) if end is None else end
    lower = lower_case(text)
    grammar = _grammar()
    scan = grammar.scan if grammar.rare.search(lower, start, end) else grammar.common
    atoms: list[Expression] = []
    at = start
    for trigger in grammar.trigger.finditer(lower, start, end):
        if trigger.start() < at:
            continue
        at = max(at, _lead(lower, trigger.start(), start))
        limit = min(end, trigger.start() + _LONGEST)
        while (match := _first_match(scan, lower, at, trigger.start(), limit)) is not None:
            found = _atom(text, lower, match, end)
            if found is not None:
                atoms.append(found)
            at = match.end() if found is not None else _next_word(lower, match.start())
    return [_led(lower, expression, start) for expression in _joined(lower, atoms, start) if expression.shape != "now"]


def _first_match(scan: re.Pattern[str], lower: str, at: int, last: int, limit: int) -> re.Match[str] | None:
    """The first match that begins at a word from `at` to `last` and ends before `limit`."""
    for word in _WORD_START.finditer(lower, at, last + 1):
        if (match := scan.match(lower, word.start(), limit)) is not None:
            return match
    return None


def _lead(lower: str, trigger: int, floor: int) -> int:
    """Where an expression around a word of time may begin: some words before it."""
    at = max(floor, trigger - _LEAD)
    return at if at == floor else max(lower.find(" ", at, trigger) + 1, at)


def _next_word(lower: str, at: int) -> int:
    while at < len(lower) and lower[at].isalnum():
        at += 1
    return at + 1


def _atom(text: str, lower: str, match: re.Match[str], end: int) -> Expression | None:
    """The expression at a match of the scan, with its parts; None where the words name no period."""
    shape = match.lastgroup or ""
    inner = _grammar().compiled[shape].match(lower, match.start(), end)
    if inner is None or inner.end() != match.end():
        return None
    parts = {key: value.strip() for key, value in inner.groupdict().items() if value}
    last = match.end()
    if text[last - 1] == "." and lower[match.start() : last].rpartition(" ")[2][:-1] in _full_months():
        last -= 1
    if _grammar().entries[shape].capitals and not _capitalized(text, inner):
        return None
    if shape == "month" and _is_given_name(text, match.start(), last):
        return None
    if shape == "shift" and parts.get("way", "") in word_set("periods.around_nouns") and _takes_noun(lower, match.end(), end):
        return None
    if shape == "shift" and parts.get("unit", "").rstrip(".") in month_numbers() and not _capitalized(text, inner):
        return None
    if shape == "shift" and parts.get("way") in word_set("periods.earlier") and lower.startswith(word_list("periods.earlier_in"), match.end()):
        return None
    if (
        shape == "relative"
        and parts.get("which") in word_set("periods.last")
        and text.endswith(word_list("periods.article_before"), 0, match.start())
        and lower.startswith(word_list("periods.of_series"), match.end())
    ):
        return None
    if shape == "of_whole" and parts["which"] in word_set("periods.last_or_past") and "whole" not in parts:
        return None
    bare = shape == "fiscal" and not (parts.get("year3") or "year" in inner.group())
    if bare and (not any(word in inner.group() for word in word_list("periods.fiscal")) or not re.search(r"\d", inner.group())):
        return None
    return Expression(match.start(), last, shape, parts)


def _is_given_name(text: str, start: int, end: int) -> bool:
    """Whether the word of a month is the first name of a person: "said April Roe"."""
    if text[start:end] not in first_names() or pattern("periods.surname_behind").match(text, end) is None:
        return False
    before = text[max(0, start - _LEAD) : start].lower()
    if before.endswith(word_list("periods.before_first_name")):
        return True
    return not before.endswith(word_list("periods.owner_end")) and word_set("periods.before_month").isdisjoint(before.split()[-1:])


@by_language
def _full_months() -> frozenset[str]:
    return frozenset(month.name.lower() for month in load_lexicon().calendar.month)


def _capitalized(text: str, match: re.Match[str]) -> bool:
    """Whether the names of months and days in the match have their capital ("may" and "march" are words too)."""
    names = _names()
    return all(text[match.start() + m.start()].isupper() for m in names.finditer(match.group()))


def _holidays() -> list[str]:
    """The names of holidays with either apostrophe."""
    names = [name.lower() for name in (*load_lexicon().periods.holidays, *load_lexicon().periods.movable)]
    return [*names, *(name.replace("'", "’") for name in names if "'" in name)]


@by_language
def _names() -> re.Pattern[str]:
    calendar = load_lexicon().calendar
    words = (
        *calendar.month_numbers(),
        *(w.lower() for w in calendar.weekdays),
        *_holidays(),
    )
    return re.compile(rf"\b{alternatives(words)}\b")


def _takes_noun(lower: str, at: int, end: int) -> bool:
    """Whether a noun phrase follows: "the week before the vote" is no period by itself."""
    match = re.compile(r"\s+([a-z]+)").match(lower, at, end)
    return match is not None and match[1] not in word_set("periods.after_shift")


def _joined(lower: str, atoms: list[Expression], floor: int) -> Iterable[Expression]:
    """The atoms with ranges ("between January and March") and lists ("January and February") put together."""
    out: list[Expression] = []
    for atom in atoms:
        if out and atom.shape == "date" and "weekend" in out[-1].parts and lower[out[-1].end : atom.start] in word_set("periods.of_weekend"):
            out[-1] = replace(atom, start=out[-1].start)
        elif out and (range_ := _range(lower, out[-1], atom, floor)) is not None:
            out[-1] = range_
        else:
            out.append(atom)
    return out


def _gap(lower: str, start: int, end: int) -> str:
    """What stands between two periods, without a time of day and an inserted clause: "March 25, when it took effect, and"."""
    if end - start < _INSERTION and (inserted := pattern("periods.inserted").fullmatch(lower, start, end)) is not None:
        return inserted["joint"]
    return pattern("periods.clock").sub(" ", lower[start:end]) if end - start < 40 else "-" * 40


def _range(lower: str, first: Expression, last: Expression, floor: int) -> Expression | None:
    gap = _gap(lower, first.end, last.start)
    if len(gap) > 22:
        return None
    joint = " ".join(gap.split())
    if first.shape == "year" and last.shape == "month" and last.year is None and gap.startswith(","):
        return None
    left = first.last if first.shape == "range" and first.last is not None else first
    if not _compatible(left, last):
        return None
    opening = _grammar().opening.search(lower, max(floor, first.start - 12), first.start)
    if opening is None and last.shape == "now" and gap.startswith(","):  # an aside: "the 20,593 of 2017, until now the record"
        return None
    if (
        joint.strip(" ,") in _grammar().range_joint
        and (opening is not None or joint.strip(" ,") not in word_set("periods.range_joints_of_lists"))
        and first.shape != "range"
    ):
        start = opening.start() if opening is not None else first.start
        return Expression(start, last.end, "range", {}, first, last)
    if (
        joint in _grammar().list_joint
        and opening is None
        and (left.shape == last.shape or (last.shape == "month" and _is_this_month(left)))
        and may(last, "list")
    ):
        begin = first.first if first.shape == "range" else first
        return Expression(first.start, last.end, "range", {"list": "yes"}, begin, last)
    return None


def _is_this_month(expression: Expression) -> bool:
    """ "This January": a month with the word that makes it one of the running year."""
    return expression.parts.get("which") in word_set("periods.running") and expression.parts.get("unit", "") in month_numbers()


def _compatible(first: Expression, last: Expression) -> bool:
    """Whether two expressions may be the ends of one range: months with months, weekdays with weekdays."""
    entries = _grammar().entries
    a, b = (entries[e.shape].family if e.shape in entries else None for e in (first, last))
    if a is None or b is None:
        return False
    if "weekday" in (first.shape, last.shape):
        return first.shape == last.shape or first.parts.get("unit") in _weekdays() or last.shape in ("day", "now", "date")
    return a == b or last.shape in ("now", "day", "weekday")


@by_language
def _weekdays() -> frozenset[str]:
    return frozenset(w.lower() for w in load_lexicon().calendar.weekdays)


def _led(lower: str, found: Expression, floor: int) -> Expression:
    """The expression with the word before it that makes it the beginning or the end of a period."""
    grammar = _grammar()
    low = max(floor, found.start - _REACH)
    near = max(floor, found.start - 34)
    if found.shape == "season" and (word := pattern("periods.season_lead").match(lower[found.start : found.start + 9])):
        return Expression(found.start, found.end, "since" if word[1] in word_set("periods.beginning_words") else "until", {}, found)
    if lower[near : found.start].rstrip().rpartition(" ")[2].lstrip(_MARKS) not in grammar.leading:
        return _since_event(lower, found, low)
    if (match := grammar.so_far.search(lower, near, found.start)) is not None:
        found = replace(found, start=match.start())
    if found.shape == "range" or not may(found, "since"):
        return found
    if lower.endswith(word_list("periods.from_before"), near, found.start) and pattern("periods.onward").match(lower, found.end):
        return Expression(found.start, found.end, "since", {}, found)
    if (match := grammar.since.search(lower, near, found.start)) is not None:
        return Expression(match.start(), found.end, "since", {}, found)
    if (match := pattern("periods.before_lead").search(lower, near, found.start)) is not None:
        return Expression(match.start(), found.end, "before", {}, None, found)
    if lower.startswith(word_list("periods.with_behind"), found.end) and lower.endswith(word_list("periods.ends_with"), near, found.start):
        return found
    if found.parts.get("part", "").endswith(word_list("periods.end_of")) and lower.endswith(word_list("periods.to_before"), near, found.start):
        return Expression(found.start - 3, found.end, "until", {}, None, found)
    if (match := grammar.until.search(lower, near, found.start)) is not None:
        return Expression(match.start(), found.end, "until", {}, None, found)
    return _since_event(lower, found, low)


def _since_event(lower: str, found: Expression, low: int) -> Expression:
    """ "since the border reopened in November": the expression with the event that it dates."""
    if not may(found, "event") or not any(word in lower[low : found.start] for word in word_list("periods.since_word")):
        return found
    event = pattern("periods.since_event").search(lower, low, found.start)
    dated = event is not None and _grammar().trigger.search(lower, event.start(), found.start) is not None
    if event is not None and not dated and not pattern("periods.other_clause").search(event.group()):
        return Expression(event.start(), found.end, "since", {"event": "yes"}, found)
    return found
