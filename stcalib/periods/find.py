"""Expressions of time in a reading copy: which words name a period. `stcalib.periods.resolve` makes days of them.

Finds years, months, days, seasons, quarters, fiscal years, stretches counted back from a day, periods that
lean on one named before ("the month before", "the same period last year"), and what joins two of them
("between January and March", "since early 2017"). Never raises; takes time linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.numbers.find import lower_case
from stcalib.periods.printed_dates import month_numbers

_INSERTION = 160
"""Characters between the ends of a range in which a clause may stand."""
_REACH = 90
"""Characters before a period in which "since" and the event between them may stand."""
_CLOCK = re.compile(r"\s(?:at\s)?(?:\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?|noon|midnight|late|early)\s(?:on\s)?")
_INSERTED = re.compile(
    r",\s(?:when|the|which|after)\b[^,.;:()\d]{3,110},(?P<joint>\s(?:and|to|until)\s(?:the\s)?)(?:(?:it|they|the\s[a-z]+)\s(?:[a-z]+\s){1,4}on\s)?"
)
_LEAD = 48
"""Characters before a word of time in which its expression may begin ("over the course of the first …")."""
_LONGEST = 150
"""Characters behind the beginning of a word of time in which its expression ends."""
_RARE = frozenset("fiscal ended half quarter same this_point those nth around then".split())
_PROPER = frozenset({"month", "date", "weekday", "relative", "of_whole", "ended", "holiday"})
_YEAR = r"(?:19|20)\d\d(?!\d|,\d{3}|\.\d)"
_FAMILIES = {
    "month": "calendar", "date": "calendar", "year": "calendar", "season": "calendar", "weekday": "day", "day": "day", "relative": "calendar",
    "quarter": "calendar", "of_whole": "calendar", "holiday": "calendar", "now": "day", "shift": "calendar", "then": "calendar",
}  # fmt: skip


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
        own = next((m.group() for key, text in self.parts.items() if key != "n" and (m := re.search(_YEAR, text))), None)
        if own is not None:
            return int(own)
        return next((e.year for e in (self.last, self.first) if e is not None and e.year is not None), None)


def _scan_of(shapes: dict[str, str]) -> re.Pattern[str]:
    return re.compile(r"\b(?=\w)(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in shapes.items()) + ")")


class _Grammar:
    """The shapes of periods, compiled from the lexicon."""

    def __init__(self) -> None:
        lexicon = load_lexicon()
        words, calendar = lexicon.periods, lexicon.calendar
        self.words = words
        low = [w.lower() for w in calendar.weekdays] + [w.lower() for w in calendar.weekday_abbreviations if len(w) > 3]
        month = rf"(?:{alternatives(calendar.month_numbers())}\b\.?)"
        full_month = alternatives(entry.name.lower() for entry in calendar.month)
        season = alternatives(name for s in calendar.season for name in s.names)
        weekday = alternatives(low)
        cardinals = lexicon.numbers.cardinals
        number = rf"(?:\d{{1,3}}(?![\d,.%])|{alternatives([*cardinals, 'a', 'an', 'a dozen'])}(?:-{alternatives(cardinals)})?)"
        indefinite = alternatives(words.indefinite)
        unit = r"(?:hour|day|night|week|fortnight|month|quarter|year|decade)"
        before = alternatives((*words.shift.before, *words.shift.ago))
        behind = alternatives(words.shift.behind)
        year_of = (
            rf"(?:{_YEAR}|(?:this|last|that|the\ssame|the\sfollowing|the\sprevious|the\sprior|the\spreceding|next|the\snext|"
            rf"the\scurrent|the\scalendar)\s(?:calendar\s)?year|the\syear\sbefore"
            rf"|(?:a|one|two|three|four|five|\d{{1,2}})\syears?\s{before}|the\syear\b)"
        )
        part = rf"(?P<part>{alternatives((*words.early, *words.middle, *words.late, 'earlier', 'later'))}(?:\s(?:in|on)\b)?[\s-]?)"
        counted = rf"\s{alternatives(words.not_behind_day)}\b"
        day = rf"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|,\d{{3}}|\.\d|%|-[^\W\d]|{counted})"
        of_year = rf"(?:,?\s(?:of\s|in\s)?(?P<year>{year_of}))"
        dated = rf"(?:{day}\s(?:of\s)?)?{month}(?:\s{day})?(?:,?\s(?:of\s)?{_YEAR})?"
        fiscal_years = "|".join(f"{year:02d}[-–/]{(year + 1) % 100:02d}" for year in range(100))
        same = rf"(?:{year_of}|last\s(?:month|week)|the\s(?:month|week)\sbefore|{month}(?:\s{_YEAR})?)"
        self.shapes = {
            "fiscal": (
                rf"the\sfiscal\syear\s(?P<way>before|earlier)(?:\sthat)?\b|(?:the\s)?(?:(?P<which>this|last|that|current|previous|past)\s)?(?:(?P<year>{_YEAR}|20\d\d)(?:[-–/](?P<to>\d{{2,4}}))?\s)?(?:fiscal|"
                rf"financial|budget)\s(?:year\s?)?(?:(?P<year2>20\d\d)(?:[-–/](?P<to2>\d{{2,4}}))?|(?:ending|ended)\s(?:in\s|on\s)?"
                rf"(?:{month}(?:\s\d{{1,2}},?)?\s)?(?P<ended>20\d\d))?|(?=20(?:{fiscal_years})(?![\d-]))(?P<year3>20\d\d)[-–/](?P<to3>\d\d)"
            ),
            "ended": (
                rf"(?:the\s)?(?:(?P<n>{number})[\s-](?P<unit>{unit})s?(?:[\s-]period)?|(?P<one>year|month|week|quarter))\s(?:ending|"
                rf"ended|to|through|up\sto|leading\sup\sto)\s(?:in\s|on\s|the\send\sof\s)?(?P<inner>{dated})\b"
            ),
            "half": (
                rf"(?:the\s)?(?P<which>first|second|last|latter)\shalf(?:\s(?:of|in)\s(?P<whole>(?:the\s)?(?:{month}(?:\s{_YEAR})?|"
                rf"{year_of}|month)))?"
            ),
            "quarter": (
                rf"(?:the\s)?(?:(?P<which>first|second|third|fourth|last|latest|most\srecent|final)[\s-]quarter|q(?P<q>[1-4]))(?:\s(?:of\s|in\s)?"
                rf"(?P<year>{year_of}))?"
            ),
            "of_whole": (
                rf"(?:the\s)?(?P<which>{alternatives((*words.opening, *words.closing, *words.ordinals))})\s(?:(?P<n>{number}|"
                rf"{indefinite})\s)?(?P<unit>hour|day|week|weekend|month|year)s?\s(?:of|in)\s(?P<whole>(?:the\s)?(?:fiscal\s20\d\d|"
                rf"{month}(?:{of_year.replace('?P<year>', '?:')})?|{year_of}|{season}(?:\s(?:of\s)?{_YEAR})?|month))"
            ),
            "opening": rf"(?:the\s)?(?:{alternatives(words.opening)})\s(?P<n>{number}|{indefinite})\s(?P<unit>day|week|month)s\b",
            "same": (
                rf"(?:the\s|that\s)?(?:same|corresponding|comparable|equivalent)\s(?:(?P<n>{number})[\s-])?(?P<unit>period|time|point|stage|"
                rf"span|stretch|timeframe|time\s(?:frame|period|span)|interval|date|{unit}|weekend|{season})s?(?:[\s-]period)?(?:\s"
                rf"(?:of\s|in\s|during\s|for\s|from\s)?(?:the\s)?(?P<when>{same}|20\d\d))?"
            ),
            "this_point": rf"(?:this|that)\s(?:time|point|stage)\s(?:in\s|of\s)?(?P<when>{year_of})",
            "to_date": r"(?:the\s)?year[\s-]to[\s-]date",
            "those": (
                rf"(?:(?:in|over|during|for)\s)?(?:those|these)\s(?:same\s)?(?:(?P<n>{number})\s(?P<unit>day|week|month|year)s|days|weeks|months|years)(?:\s(?:of|in)"
                rf"\s(?P<when>{year_of}))?|(?:over|during|for|in)\sthe\s(?P<dozen>12|twelve)\smonths(?!\s(?:to|ending|ended|since|before|after|of|from|between))|(?:over|during|for|in)\sthe\s{number}(?:\s|-)(?:days|weeks|months|years|(?:day|week|month|"
                rf"year)\speriod)(?!\s(?:to|ending|ended|since|before|prior|previously|earlier|after|of|from|between))|(?:that|the)\s(?:same\s)?(?:time\s)?"
                rf"(?:period|span|stretch|timeframe|interval)\b(?!\s(?:of|from|between))|all\s(?P<all>year|month|week)(?:\slong)?\b|the\s(?P<one2>year|month|quarter|season)['’]s(?=\s)(?!\s(?:end|start|first|last|busiest|worst))|(?:over|during|in|for)\s(?:the|that)\s(?P<one3>quarter|half-year)\b(?!\s(?:of|to|before|after|between|ended|ending))|that\s(?:same\s)?(?P<one>day|week|weekend|"
                rf"month|quarter|year|{season})\b"
            ),
            "shift": (
                rf"(?:(?P<all>the\s)?(?P<n>{number}|the|{indefinite})\s(?P<unit>day|week|weekend|month|quarter|year|decade|(?<=the\s)(?:{full_month}|{season}))s?\s(?P<way>{before}|"
                rf"{behind}|since)(?P<that>\sthat)?\b|the\s(?P<n3>{number})\s(?P<way3>previous|prior|preceding|following)\s(?P<unit3>day|week|month|quarter|year)s\b|(?:the\s|a\s)?(?P<way2>previous|prior|preceding|following|(?<=the\s)next)\s(?:(?P<n2>{number})\s)?"
                rf"(?P<unit2>day|week|weekend|month|quarter|year|decade|{season})(?P<plural>s)?\b)"
            ),
            "past": (
                rf"(?:the\s|this\s)?(?P<way>past|last|previous|preceding|prior)\s(?:{alternatives(words.approximate)}\s)*(?:"
                rf"(?P<n>{number}|{indefinite})(?P<half>\sand\sa\shalf)?\s(?P<unit>{unit})s?(?P<half2>\sand\sa\shalf)?|"
                rf"(?P<unit2>24\shours|years|months|weeks|days))\b|(?:over|during|within|in)\sthe\slast\s(?P<unit5>year|month|week)\b(?!\sof)|(?:the\s|this\s)?past\s(?P<unit3>day|week|weekend|month|quarter|year|"
                rf"decade|{season})(?P<half3>\sand\sa\shalf)?\b|recent\s(?P<unit4>days|weeks|months|years)\b"
            ),
            "span": (
                rf"(?:in|over|within|during|inside|in\sthe\sspace\sof|in\sa\sspan\sof|over\sa\sspan\sof)\s"
                rf"(?:{alternatives(words.approximate)}\s)*(?:(?P<n>{number}|{indefinite})(?P<half>\sand\sa\shalf)?(?:\s|-)"
                rf"(?P<unit>{unit})s?(?P<half2>\sand\sa\shalf)?)\b(?!-|\s(?:ago|earlier|before|after|since|prior|previously|later|from\snow|old|or|to|ending|ended|"
                rf"through|leading|since|of\s(?:the|each|every)))"
            ),
            "date": (
                rf"between\s(?P<month3>{month})\s(?P<day3>{day})\sand\s(?P<to3>\d{{1,2}}(?!\d|,\d|\.\d|%))(?:st|nd|rd|th)?(?:,?\s"
                rf"(?P<year3>{year_of}))?|(?P<month>{month})\s(?:the\s)?\[?(?P<day>{day})\]?(?:\s?(?:-|–|to|through|until)\s?"
                rf"(?P<to>\d{{1,2}}(?!\d|,\d|\.\d|%|\s?{alternatives(words.not_behind_day)}\b)(?:st|nd|rd|th)?)|\sand\s(?P<to4>\d{{1,2}})(?![,.]\d)(?=[,.;)]|$|\s(?:of|in|at|{_YEAR})\b))?(?:,?\s(?:of\s|in\s)?"
                rf"(?P<year>{year_of}))?|(?:the\s)?(?P<day2>{day})(?:\s?(?:-|–|to)\s?(?P<to2>\d{{1,2}}))?\s(?:of\s)?(?P<month2>{month})"
                rf"(?:,?\s(?P<year2>{_YEAR})|\s['’]?(?P<short_year>\d\d)(?=[,;.)]|$))?|(?P<iso>\d{{4}}-\d\d-\d\d)\b|(?P<digits>\d{{1,2}}(?P<joint>[-/.])\d{{1,2}}(?P=joint)(?:19|20)\d\d|(?:19|20)\d\d[/.]\d{{1,2}}[/.]\d{{1,2}}|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\b(?![\d/-]|,\d{{3}}\b)"
            ),
            "month": rf"{part}?(?:the\smonths?\sof\s)?(?P<month>{month}){of_year}?|(?P<iso_month>(?:19|20)\d\d-(?:0[1-9]|1[0-2]))\b(?![-\d])",
            "relative": (
                rf"{part}?(?P<which>last|this|next)\s(?:long\s)?(?P<unit>week|weekend|month|year|quarter|decade|night|{season}|"
                rf"{weekday}|{month})\b(?:\s(?P<day_part>{alternatives(words.day_parts)})\b)?|(?P<part2>earlier\s(?:in|on)|later\s"
                rf"(?:in|on)|{alternatives((*words.early, *words.middle, *words.late))})\s(?:in\s)?(?P<which2>the|this)\s(?P<unit2>year|"
                rf"month|week|{season})\b|(?:the|on|over)\s(?:the\s)?(?:past\s)?(?:long\s)?(?P<weekend>weekend)\b|(?P<mid>mid-?year|"
                rf"midway\sthrough\sthe\syear|year['’]?s?[\s-]end)\b"
            ),
            "season": (
                rf"{part}?(?:(?:in|over|during|since|until|by|through|of|and|between|from)\s)(?:the\s|early\s|late\s)?"
                rf"(?P<season>{season})\b(?:(?:\smonths)?\s(?:of\s|in\s)?(?P<year>{year_of})(?:[-–/](?P<to>\d{{2,4}}))?)?|(?:the\s)?"
                rf"(?P<season2>{season})\s(?:of\s)?(?P<year2>{_YEAR}|20\d\d)(?:[-–/](?P<to2>\d{{2,4}}))?"
            ),
            "weekday": (
                rf"(?:(?P<part>early|late)\s)?(?P<weekday>{weekday})\b(?:\s(?P<day_part>{alternatives(words.day_parts)})\b)?(?:\s"
                rf"(?:of\s)?(?P<week>last\sweek|this\sweek|the\sweek\sbefore|the\sprevious\sweek))?"
            ),
            "day": r"(?P<day>today|yesterday|overnight|tonight|this\s(?:morning|afternoon|evening)|last\snight|the\sday\sbefore\syesterday)\b",
            "now": r"(?P<now>now|the\spresent)\b",
            "holiday": (
                rf"(?:the\s)?(?P<holiday>{alternatives(h.lower() for h in (*words.holidays, *words.movable))})\b(?:\s(?P<weekend>"
                rf"(?:long\s)?weekend))?(?:\s(?:of\s|in\s)?(?P<year>{year_of}))?"
            ),
            "nth": (
                r"(?:in|during|over|for)\sthe\s(?P<which>first|second|third|fourth|final)(?:\s(?P<unit>day|week|weekend|month|year)\b(?!\s(?:of|in|under|after|since|"
                r"that)\b)|(?=,?\s(?:it|there|they)\b|,\s(?:[a-z]+\s)?\d|[.;]))"
            ),
            "around": (
                rf"(?:(?:in|over|during|for)\s)?the\s(?:first\s)?(?P<n>{number})\s(?P<unit>day|week|month|year)s?\s(?P<way>before|after|since|"
                r"following|under)\b(?=\s(?:the|its|this|a|an|new|it|they)\b)"
            ),
            "then": r"(?:since|from)\sthen\b",
            "decade": r"(?:the\s)?(?P<decade>(?:19|20)\d0)s\b",
            "year": rf"{part}?(?:(?:the\s)?(?:calendar\s)?year\s)?(?P<year>{_YEAR})(?![-–/]\d\d\b)",
        }  # fmt: skip
        self.shapes = {"around": self.shapes["around"], **self.shapes}
        self.compiled = {name: re.compile(pattern) for name, pattern in self.shapes.items()}
        unnamed = {name: re.sub(r"\?P<\w+>", "?:", pattern).replace("(?P=joint)", "[-/.]") for name, pattern in self.shapes.items()}
        self.scan = _scan_of(unnamed)
        self.common = _scan_of({name: pattern for name, pattern in unnamed.items() if name not in _RARE})
        self.rare = re.compile(
            r"\b(?:fiscal|financial|budget|quarter|half|q[1-4]|then|the (?:first|second|third|fourth|final)"
            r"|(?:days?|weeks?|months?|years?) (?:before|after|since|following|under)"
            r"|same|corresponding|comparable|equivalent|period|point|stage|time|end"
            r"(?:ing|ed)|(?:years?|months?|weeks?|quarters?) (?:(?:up|through|leading up) )?to|those|these|that|all (?:year|month|week)|(?:year|month|week|season)['’]s|half-year"
            r"|20\d\d[-–/]\d)"
        )
        self.trigger = re.compile(
            rf"\b(?:{alternatives(m.lower() for m in (*calendar.month_numbers(), *low))}\b|{season}\b|(?:19|20)\d\d|\d{{1,2}}"
            rf"(?:st|nd|rd|th)\b|{unit}s?\b|weekend\b|today|yesterday|tonight"
            rf"|overnight|morning|evening|afternoon|now\b|present\b|mid-?year|midway|year|period|span|stretch|point|time|stage|then\b|first\b|second\b|third\b|fourth\b|"
            rf"date|interval|{alternatives(h.lower() for h in (*words.holidays, *words.movable))})"
        )
        self.since = re.compile(rf"\b{alternatives(words.since)}\s(?:at\sleast\s|about\s|around\s|sometime\sin\s|the\s)?$")
        self.since_event = re.compile(r"\bsince\s[^.;:()\d]{3,80}$")
        self.until = re.compile(rf"\b{alternatives(words.until)}\s(?:at\sleast\s|about\s|around\s|the\s)?$")
        self.so_far = re.compile(rf"\b{alternatives(words.so_far)}\s(?:in\s|during\s)?$")
        self.before = re.compile(r"\b(?:prior\sto|before)\s$")
        self.opening = re.compile(rf"\b(?P<word>{alternatives(words.range_opening)})\s(?:the\s)?$")
        leading = (*words.since, *words.until, *words.so_far, "least", "about", "around", "sometime in", "the", "in", "during", "to", "before")
        self.leading = frozenset(phrase.rpartition(" ")[2] for phrase in leading)
        self.range_joint = frozenset(words.range_joint)
        self.list_joint = frozenset(words.list_joint)


@cache
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
        while (match := scan.search(lower, at, limit)) is not None and match.start() <= trigger.start():
            found = _atom(text, lower, match, end)
            if found is not None:
                atoms.append(found)
            at = match.end() if found is not None else _next_word(lower, match.start())
    return [_led(lower, expression, start) for expression in _joined(lower, atoms, start) if expression.shape != "now"]


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
    if shape in _PROPER and not _capitalized(text, inner):
        return None
    if shape == "shift" and parts.get("way", "") in ("before", "after", "since") and _takes_noun(lower, match.end(), end):
        return None
    if shape == "shift" and parts.get("unit") in month_numbers() and not _capitalized(text, inner):
        return None
    if shape == "shift" and parts.get("way") == "earlier" and lower.startswith(_EARLIER_IN, match.end()):
        return None
    if shape == "relative" and parts.get("which") == "last" and text.endswith("the ", 0, match.start()) and lower.startswith(_OF_SERIES, match.end()):
        return None
    if shape == "of_whole" and parts["which"] in ("last", "past") and "whole" not in parts:
        return None
    bare = shape == "fiscal" and not (parts.get("year3") or "year" in inner.group())
    if bare and ("fiscal" not in inner.group() or not re.search(r"\d", inner.group())):
        return None
    return Expression(match.start(), last, shape, parts)


@cache
def _full_months() -> frozenset[str]:
    return frozenset(month.name.lower() for month in load_lexicon().calendar.month)


def _capitalized(text: str, match: re.Match[str]) -> bool:
    """Whether the names of months and days in the match have their capital ("may" and "march" are words too)."""
    names = _names()
    return all(text[match.start() + m.start()].isupper() for m in names.finditer(match.group()))


@cache
def _names() -> re.Pattern[str]:
    calendar = load_lexicon().calendar
    words = (
        *calendar.month_numbers(),
        *(w.lower() for w in calendar.weekdays),
        *(h.lower() for h in (*load_lexicon().periods.holidays, *load_lexicon().periods.movable)),
    )
    return re.compile(rf"\b{alternatives(words)}\b")


def _takes_noun(lower: str, at: int, end: int) -> bool:
    """Whether a noun phrase follows: "the week before the vote" is no period by itself."""
    match = re.compile(r"\s+([a-z]+)").match(lower, at, end)
    return match is not None and match[1] not in _AFTER_SHIFT


_EARLIER_IN = (" this ", " in ", " last ")
"""Words behind "earlier" with which it makes an expression of its own: "50 a day earlier this summer"."""
_OF_SERIES = (" before ", " for which ", " in which ", " with ", " when ", " to ")
"""Words behind "the last year" that make it one of a series and not the year before the day of publication."""
_AFTER_SHIFT = frozenset(
    "and but or when while with in on at to for from as because that which who were was had it they said according whereas though although so".split()
)


def _joined(lower: str, atoms: list[Expression], floor: int) -> Iterable[Expression]:
    """The atoms with ranges ("between January and March") and lists ("January and February") put together."""
    out: list[Expression] = []
    for atom in atoms:
        if out and atom.shape == "date" and "weekend" in out[-1].parts and lower[out[-1].end : atom.start] == " of ":
            out[-1] = replace(atom, start=out[-1].start)
        elif out and (range_ := _range(lower, out[-1], atom, floor)) is not None:
            out[-1] = range_
        else:
            out.append(atom)
    return out


def _gap(lower: str, start: int, end: int) -> str:
    """What stands between two periods, without a time of day and an inserted clause: "March 25, when it took effect, and"."""
    if end - start < _INSERTION and (inserted := _INSERTED.fullmatch(lower, start, end)) is not None:
        return inserted["joint"]
    return _CLOCK.sub(" ", lower[start:end]) if end - start < 40 else "-" * 40


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
    if (
        joint.strip(" ,") in _grammar().range_joint
        and (opening is not None or joint.strip(" ,") not in ("and", "and early"))
        and first.shape != "range"
    ):
        start = opening.start() if opening is not None else first.start
        return Expression(start, last.end, "range", {}, first, last)
    if (
        joint in _grammar().list_joint
        and opening is None
        and (left.shape == last.shape or (last.shape == "month" and _is_this_month(left)))
        and last.shape in ("month", "year", "season", "quarter", "weekday")
    ):
        begin = first.first if first.shape == "range" else first
        return Expression(first.start, last.end, "range", {"list": "yes"}, begin, last)
    return None


def _is_this_month(expression: Expression) -> bool:
    """ "This January": a month with the word that makes it one of the running year."""
    return expression.parts.get("which") == "this" and expression.parts.get("unit", "") in month_numbers()


def _compatible(first: Expression, last: Expression) -> bool:
    """Whether two expressions may be the ends of one range: months with months, weekdays with weekdays."""
    a, b = _FAMILIES.get(first.shape), _FAMILIES.get(last.shape)
    if a is None or b is None:
        return False
    if "weekday" in (first.shape, last.shape):
        return first.shape == last.shape or first.parts.get("unit") in _weekdays() or last.shape in ("day", "now", "date")
    return a == b or last.shape in ("now", "day", "weekday")


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(w.lower() for w in load_lexicon().calendar.weekdays)


_ENDS_WITH = ("ended ", "ending ")
"""Words before a period that are its verb where "with" stands behind it: "the country ended 2018 with 19,419"."""


def _led(lower: str, found: Expression, floor: int) -> Expression:
    """The expression with the word before it that makes it the beginning or the end of a period."""
    grammar = _grammar()
    low = max(floor, found.start - _REACH)
    near = max(floor, found.start - 34)
    if found.shape in ("season",) and (word := re.match(r"(since|until|by|through)\s", lower[found.start : found.start + 9])):
        return Expression(found.start, found.end, "since" if word[1] == "since" else "until", {}, found)
    if lower[near : found.start].rstrip().rpartition(" ")[2].lstrip("(") not in grammar.leading:
        return _since_event(lower, found, low)
    if (match := grammar.so_far.search(lower, near, found.start)) is not None:
        found = replace(found, start=match.start())
    if found.shape in ("range", "past", "span"):
        return found
    if (match := grammar.since.search(lower, near, found.start)) is not None:
        return Expression(match.start(), found.end, "since", {}, found)
    if (match := grammar.before.search(lower, near, found.start)) is not None:
        return Expression(match.start(), found.end, "before", {}, None, found)
    if lower.startswith(" with ", found.end) and lower.endswith(_ENDS_WITH, near, found.start):
        return found
    if found.parts.get("part", "").endswith("end of") and lower.endswith((" to ", "(to "), near, found.start):
        return Expression(found.start - 3, found.end, "until", {}, None, found)
    if (match := grammar.until.search(lower, near, found.start)) is not None:
        return Expression(match.start(), found.end, "until", {}, None, found)
    return _since_event(lower, found, low)


def _since_event(lower: str, found: Expression, low: int) -> Expression:
    """ "since the border reopened in November": the expression with the event that it dates."""
    if found.shape not in ("month", "date", "year", "relative", "shift") or "since" not in lower[low : found.start]:
        return found
    event = _grammar().since_event.search(lower, low, found.start)
    dated = event is not None and _grammar().trigger.search(lower, event.start(), found.start) is not None
    if event is not None and not dated and not re.search(r",\s|\bthat\b", event.group()):
        return Expression(event.start(), found.end, "since", {"event": "yes"}, found)
    return found
