"""When an article was published: an interval of days with its basis.

A day that the user gives is taken as it is, and else the one that the page prints. Otherwise clues bound the interval: days and
periods that the text speaks of as past, a deadline still ahead, words that another article carries and dates, an
agency's report that another article names with its weekday, the offices that persons hold in it. Every clue keeps
the words that give it. What no clue bounds stays open.

What one article tells is worked out beforehand (`day_clues`); here articles meet, by the hashes of what they carry and the
rarest words of what they report, without their texts.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stcalib.core.rows import Clue, Problem, Published
from stcalib.corpus.day_clues import DATED, LEAST_REPORTED, PLACE_TYPE, RUN_TYPE, Deadline, Named, OwnDays, Place
from stcalib.corpus.faults import guarded
from stcalib.language.lexicon import load_lexicon
from stcalib.periods.printed_dates import day_or_none, last_weekday

MOST_COPIES = 20
"""Of words that more dated articles carry, so many are compared."""
EVIDENCE_CHARACTERS = 80
"""The summary of an article's dating quotes at most so many characters of a clue; the clue keeps them all."""
SAME_CONTENT = 0.6
"""Share of the long words of a reported clause that a sentence must hold to be what is reported."""
WEEK = timedelta(days=6)
"""A weekday named without a date lies at most so many days before publication."""


def date_articles(own: Mapping[str, OwnDays], problems: list[Problem] | None = None) -> tuple[dict[str, Published], list[Clue]]:
    """The publication interval of every article, and the clues that bound the inferred ones.

    `own` is what each article tells, by id. A fault at one article is told in `problems`.
    """
    told = [] if problems is None else problems
    known = {key: days.known for key, days in own.items() if days.known is not None}
    open_ones = [key for key in own if key not in known]
    clues: dict[str, list[Clue]] = {}
    others = _Others(_shared(own, open_ones), _reported(own, open_ones))
    for _ in range(2):
        for key in open_ones:
            together = partial(_clues_together, key, own, others, known)
            clues[key] = guarded(key, "its day beside other articles", together, own[key].clues, told)
            known[key] = _interval(clues[key])
    return {key: known[key] for key in own}, [clue for key in open_ones for clue in _distinct(clues[key])]


class _Met(NamedTuple):
    """A quotation that an article shares with a dated one: the number of it in either, and the other article."""

    mine: int
    other: str
    theirs: int


class _Heard(NamedTuple):
    """A sentence that another article reports: where it stands, that article, and what it names."""

    place: Place
    other: str
    named: Named


class _Others(NamedTuple):
    """What other articles give for the dating of each open one: quotations shared, and reports that are named."""

    shared: Mapping[str, list[_Met]]
    reported: Mapping[str, list[_Heard]]


def _clues_together(key: str, own: Mapping[str, OwnDays], others: _Others, known: Mapping[str, Published]) -> list[Clue]:
    """The clues of an article by itself and those that other articles give, with what both leave of a deadline's year."""
    clues = [*own[key].clues]
    for met in others.shared.get(key, ()):
        clues += _said_elsewhere(key, own, met, known[met.other])
    for heard in others.reported.get(key, ()):
        clues += _reported_elsewhere(key, heard, known.get(heard.other, Published()))
    return [*clues, *_ahead(key, own[key].deadlines, _interval(clues).earliest)]


def dated_alone(key: str, days: OwnDays) -> Published:
    """The interval in which an article was published, as it tells it by itself; other articles may narrow it."""
    return days.known or _interval(_clues_together(key, {key: days}, _Others({}, {}), {}))


def _interval(clues: list[Clue]) -> Published:
    """The tightest interval that the clues leave; a last day before the first one is dropped."""
    first = max((c for c in clues if c.bound == "earliest"), key=lambda c: c.day, default=None)
    floor = first.day if first else date.min
    last = min((c for c in clues if c.bound == "latest" and c.day >= floor), key=lambda c: c.day, default=None)
    if first is None and last is None:
        return Published()
    parts = [f"{word} {clue.day}: “{_short(clue.text)}”, {clue.rule}" for word, clue in (("not before", first), ("not after", last)) if clue]
    return Published(first.day if first else None, last.day if last else None, "inferred", "; ".join(parts))


def _short(text: str) -> str:
    return text if len(text) <= EVIDENCE_CHARACTERS else text[: EVIDENCE_CHARACTERS - 1].rstrip() + "…"


def _distinct(clues: list[Clue]) -> list[Clue]:
    return sorted(set(clues), key=lambda c: (c.start, c.end, c.bound, c.day, c.other_article_id or ""))


def _clue(key: str, bound: str, day: date, place: Place, rule: str, other: str | None = None) -> Clue:
    return Clue(key, bound, day, place.start, place.end, place.text, rule, other)


def _ahead(key: str, deadlines: list[Deadline], earliest: date | None) -> Iterator[Clue]:
    """A day still ahead, in the year that the other clues give: the article is not later."""
    if earliest is None:
        return
    for deadline in deadlines:
        days = (day_or_none(earliest.year + i, deadline.month, deadline.day) for i in (0, 1))
        first = next((day for day in days if day is not None and day >= earliest), None)
        if first is not None:
            yield _clue(key, "latest", first, deadline.place, "a deadline still ahead")


# ---- quotations that several articles carry
def _shared(own: Mapping[str, OwnDays], open_ones: list[str]) -> dict[str, list[_Met]]:
    """For each open article the quotations that dated articles carry too, by the hashes of runs that both hold."""
    dated = [key for key, days in own.items() if days.known is not None and days.known.basis in DATED]
    met = np.intersect1d(_hashes(own, open_ones), _hashes(own, dated), assume_unique=True)
    if not len(met):
        return {}
    carriers: dict[int, dict[tuple[str, int], None]] = {}
    for key in dated:
        for run, place in _met_runs(own[key], met):
            held = carriers.setdefault(run, {})
            if len(held) < MOST_COPIES:
                held[key, place] = None
    shared: dict[str, dict[_Met, None]] = {}
    for key in open_ones:
        for run, mine in _met_runs(own[key], met):
            shared.setdefault(key, {}).update((_Met(mine, other, theirs), None) for other, theirs in carriers[run])
    return {key: list(found) for key, found in shared.items()}


def _hashes(own: Mapping[str, OwnDays], keys: list[str]) -> NDArray[np.uint64]:
    """All hashes of runs of some articles, each once."""
    return np.unique(np.frombuffer(b"".join(own[key].runs for key in keys), dtype=np.uint64))


def _met_runs(days: OwnDays, met: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """The runs of an article that are among these, each with the number of its quotation."""
    runs = np.frombuffer(days.runs, dtype=np.uint64)
    if not len(runs):
        return
    held = met[np.minimum(np.searchsorted(met, runs), len(met) - 1)] == runs
    if held.any():
        places = array(PLACE_TYPE, days.run_of)
        listed = array(RUN_TYPE, days.runs)
        yield from ((listed[i], places[i]) for i in np.flatnonzero(held).tolist())


def _said_elsewhere(key: str, own: Mapping[str, OwnDays], met: _Met, published: Published) -> Iterator[Clue]:
    """Bounds for an article from a quotation that an article with a known day carries too."""
    mine, said = own[key].carried[met.mine], own[met.other].carried[met.theirs].said
    day = said or published.earliest
    if day is None:
        return
    how = f"words that {met.other} carries too, said on {day}" if said else f"words that {met.other} carries too, published {day}"
    yield _clue(key, "earliest", day, mine.place, how, met.other)
    if said is not None and mine.weekday_at is not None and mine.weekday == said.weekday():
        yield _clue(key, "latest", said + WEEK, mine.weekday_at, f"the weekday of words that {met.other} dates {said}", met.other)


# ---- reports that other articles name
def _reported(own: Mapping[str, OwnDays], open_ones: list[str]) -> dict[str, list[_Heard]]:
    """For each open article its sentences that another article names as a report of its source.

    A sentence that holds `SAME_CONTENT` of a clause's words holds one of its rarest words, so that only reports with
    such a word in common are compared.
    """
    named = [(key, report) for key, days in own.items() for report in days.reports]
    common = Counter(word for _, report in named for word in report.words)
    by_word: dict[tuple[str, str], list[int]] = {}
    for number, (_, report) in enumerate(named):
        rarest = sorted(report.words, key=lambda word: (common[word], word))
        for word in rarest[: len(rarest) - ceil(SAME_CONTENT * len(rarest)) + 1]:
            by_word.setdefault((report.source, word), []).append(number)
    found = {}
    for key in open_ones:
        words = {word for sentence in own[key].sentences for word in sentence.words}
        numbers = sorted({number for source in own[key].sources for word in words for number in by_word.get((source, word), ())})
        heard = [_Heard(place, *named[n]) for n in numbers if named[n][0] != key and (place := _same_content(own[key], named[n][1])) is not None]
        if heard:
            found[key] = heard
    return found


def _same_content(days: OwnDays, named: Named) -> Place | None:
    """The sentence of an article that says what a clause reports."""
    wanted = set(named.words)
    best = max(days.sentences, key=lambda sentence: len(wanted.intersection(sentence.words)), default=None)
    if best is None or len(wanted) < LEAST_REPORTED:
        return None
    return best.place if len(wanted.intersection(best.words)) / len(wanted) >= SAME_CONTENT else None


def _reported_elsewhere(key: str, heard: _Heard, published: Published) -> Iterator[Clue]:
    """Bounds for an agency's article from another that names its report with the weekday."""
    day = last_weekday(heard.named.weekday, published)
    if day is not None:
        name = load_lexicon().calendar.weekdays[heard.named.weekday]
        for bound in ("earliest", "latest"):
            yield _clue(key, bound, day, heard.place, f"what {heard.other} calls a {heard.named.source} report on {name}", heard.other)
