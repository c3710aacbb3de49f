"""Whether stated counts agree with one another: parts with totals, running totals in time, one article with another.

Nothing official is needed. Each finding names the two rows it rests on, says what is the matter in words, and how far
they are apart. Wire copy is counted once: two articles that print the same sentence tell a quantity only once. Counts are
held against each other by groups (article, measure and period; measure, place and period), never pair by pair: a finding
shows the two that are furthest apart and tells how many counts of how many articles it is about.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from itertools import groupby, product
from math import ceil

import pandas as pd

from stcalib.official.series import amount, in_words
from stcalib.periods.day_interval import Window

FINDINGS = ("parts make the total", "parts exceed the total", "part exceeds the total", "running total falls", "told differently")
"""The kinds of finding; the first is no fault."""
COPIED_PART = 0.7
"""Part of the words of two sentences with the same number, in common from which on one is a copy of the other."""
MOST_COMPARED = 40
"""With so many earlier sentences a sentence is compared: those that share most of its rarest words."""
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Two rows of the table of counts that were held against each other, and what came of it.

    `count_id` is the total, the earlier or the first told; `other_id` the part, the later or the other. `apart` is
    by how much they differ, in the unit of the measure, beyond what their words allow. `n_counts` tells how many counts are concerned
    and `n_articles` in how many articles: the total and its parts, the lower ones of one period, all that tell the quantity.
    """

    finding: str
    measure: str
    place: str
    period_start: date | None
    period_end: date | None
    count_id: str
    article_id: str
    text: str
    other_id: str
    other_article: str
    other_text: str
    apart: float
    words: str
    n_counts: int
    n_articles: int


def check_consistency(
    counts: pd.DataFrame, sentences: Mapping[str, str] | None = None, default_place: str = "", places: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The findings in a table of counts, one row each.

    `sentences` gives the sentence of each count by `count_id`, so that wire copy can be told; without it only a
    number printed in the same words for the same period is taken as copied. `default_place` is the whole of which
    other places are parts; without it no place is. `places` gives the titles of places by their codes, for the words of a finding.
    """
    records = {str(record["count_id"]): {str(key): value for key, value in record.items()} for record in counts.to_dict("records")}
    rows = [row for record in records.values() if not _part(record, records) and (row := _row(record, places or {})) is not None]
    told = _once(rows, sentences or {})
    found = [*_parts(rows, default_place), *_falling(told), *_differently(told)]
    return pd.DataFrame([astuple(f) for f in found], columns=[f.name for f in fields(Finding)])


@dataclass(frozen=True, slots=True)
class _Row:
    """A count with a value and a period, as the checks need it."""

    count_id: str
    article_id: str
    text: str
    value: float
    low: float | None
    high: float | None
    measure: str
    place: str
    where: str
    window: Window
    start: int
    nationality: str | None


def _row(record: Mapping[str, object], places: Mapping[str, str]) -> _Row | None:
    """The row of a count, or None where it has no value, place or period, or is a rate or part."""
    if record.get("kind") != "count" or any(_blank(record.get(name)) for name in ("value", "measure", "place", "period_start", "period_end")):
        return None
    if not _blank(record.get("per")) or record.get("place_basis") == "several":
        return None
    window = Window(pd.Timestamp(str(record["period_start"])).date(), pd.Timestamp(str(record["period_end"])).date())
    nationality = record.get("nationality")
    return _Row(
        count_id=str(record["count_id"]),
        article_id=str(record["article_id"]),
        text=str(record["text"]),
        value=float(str(record["value"])),
        low=_end(record.get("low")),
        high=_end(record.get("high")),
        measure=str(record["measure"]),
        place=str(record["place"]),
        where=places.get(str(record["place"]), str(record["place"])),
        window=window,
        start=int(str(record["start"])),
        nationality=None if _blank(nationality) else str(nationality),
    )


def _part(record: Mapping[str, object], records: Mapping[str, Mapping[str, object]]) -> bool:
    """Whether a count is a part that no place sets apart from its whole ("six of them children")."""
    base = records.get(str(record.get("base_id")))
    return base is not None and record.get("kind") == "count" and base.get("kind") == "count" and base.get("place") == record.get("place")


def _blank(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value or value == ""


def _end(value: object) -> float | None:
    return None if _blank(value) else float(str(value))


def _once(rows: list[_Row], sentences: Mapping[str, str]) -> list[_Row]:
    """The rows with wire copy left out: of those in nearly the same sentence the first article's alone."""
    words = {row.count_id: frozenset(_WORDS.findall(sentences.get(row.count_id, row.text).lower())) for row in rows}
    common = Counter(word for held in set(words.values()) for word in held)
    told: dict[tuple[object, ...], _Told] = {}
    kept = []
    for row in sorted(rows, key=lambda r: (r.article_id, r.start)):
        before = told.setdefault((row.text.lower(), row.measure, row.place, row.window, row.nationality), _Told({}, set()))
        if before.is_new(words[row.count_id], common):
            kept.append(row)
    return kept


@dataclass(frozen=True, slots=True)
class _Told:
    """The sentences in which a quantity was told, by their rarest words.

    Two sets of which the common part is at least t of all share one of the rarest |set| - ceil(t |set|) + 1 words of each
    (prefix filter: Bayardo, Ma and Srikant, Scaling Up All Pairs Similarity Search, WWW 2007).
    """

    by_word: dict[str, list[frozenset[str]]]
    same: set[frozenset[str]]

    def is_new(self, words: frozenset[str], common: Mapping[str, int]) -> bool:
        """Whether no earlier sentence has nearly these words; if so, it is an earlier one from now on."""
        if words in self.same:
            return False
        rarest = sorted(words, key=lambda word: (common[word], word))[: len(words) - ceil(COPIED_PART * len(words)) + 1]
        met = Counter(other for word in rarest for other in self.by_word.get(word, [])[:MOST_COMPARED])
        likeliest = sorted(met, key=lambda other: (-met[other], sorted(other)))[:MOST_COMPARED]
        if any(len(words & other) >= COPIED_PART * len(words | other) for other in likeliest):
            return False
        self.same.add(words)
        for word in rarest:
            self.by_word.setdefault(word, []).append(words)
        return True


# ---- parts and totals
def _parts(rows: list[_Row], whole: str) -> Iterable[Finding]:
    groups: dict[tuple[str, str, Window], list[_Row]] = {}
    for row in rows:
        if row.nationality is None:
            groups.setdefault((row.article_id, row.measure, row.window), []).append(row)
    for total in rows:
        if total.place != whole or total.nationality is not None:
            continue
        parts: dict[str, _Row] = {}
        for row in groups[total.article_id, total.measure, total.window]:
            if row.place != whole:
                parts.setdefault(row.place, row)
        for part in parts.values():
            if total.high is not None and part.low is not None and part.low > total.high:
                yield _finding(
                    "part exceeds the total", total, part, part.low - total.high, f"{part.text} in {part.where} is more than {total.text} in all"
                )
        if len(parts) > 1 and (finding := _added(total, list(parts.values()))) is not None:
            yield finding


def _added(total: _Row, parts: list[_Row]) -> Finding | None:
    """Parts of a total that make it up or exceed it."""
    names = ", ".join(f"{part.text} in {part.where}" for part in sorted(parts, key=lambda p: -p.value))
    added = sum(part.value for part in parts)
    least = [part.low for part in parts]
    low = None if None in least else sum(v for v in least if v is not None)
    largest = max(parts, key=lambda part: part.value)
    every = [total, *parts]
    if low is not None and total.high is not None and low > total.high:
        words = f"{names} add up to {amount(added)}, more than {total.text}"
        return _finding("parts exceed the total", total, largest, low - total.high, words, every)
    if added == total.value:
        return _finding("parts make the total", total, largest, 0.0, f"{names} add up to {total.text}", every)
    return None


# ---- running totals
def _falling(rows: list[_Row]) -> Iterable[Finding]:
    """Totals from the same day on that are lower for a longer period: for each such period the lowest against the highest before."""
    groups: dict[tuple[str, str, date | None, str | None], list[_Row]] = {}
    for row in rows:
        groups.setdefault((row.measure, row.place, row.window.start, row.nationality), []).append(row)
    for group in groups.values():
        highest: _Row | None = None
        for _, told in groupby(sorted(group, key=lambda r: (r.window.end or date.min, r.article_id, r.start)), key=lambda r: r.window.end):
            later = list(told)
            if highest is not None:
                yield from _fallen(highest, later)
            known = [row for row in ([] if highest is None else [highest]) + later if row.low is not None]
            highest = max(known, key=lambda row: row.low or 0.0, default=None)


def _fallen(highest: _Row, later: list[_Row]) -> Iterator[Finding]:
    """The finding of a later period of which some counts are lower than the highest before it."""
    lower = [row for row in later if row.high is not None and highest.low is not None and row.high < highest.low]
    if lower:
        lowest = min(lower, key=lambda row: row.high or 0.0)
        words = f"{highest.text} for {in_words(highest.window)}, but only {lowest.text} for {in_words(lowest.window)}"
        yield _finding("running total falls", highest, lowest, (highest.low or 0.0) - (lowest.high or 0.0), words, [highest, *lower])


# ---- two articles
def _differently(rows: list[_Row]) -> Iterable[Finding]:
    """The same quantity told by several articles, in words that cannot all hold: the two that are furthest apart."""
    groups: dict[tuple[str, str, Window, str | None], list[_Row]] = {}
    for row in rows:
        groups.setdefault((row.measure, row.place, row.window, row.nationality), []).append(row)
    for group in groups.values():
        told = list({(row.article_id, row.value, row.low, row.high): row for row in reversed(group)}.values())[::-1]
        pair = _furthest(told)
        if pair is not None:
            first, other = sorted(pair, key=lambda row: (row.article_id, row.start))
            words = f"{first.text} in {first.article_id}, {other.text} in {other.article_id}, both for {in_words(first.window)} in {first.where}"
            if n_pairs := _disjoint(told) - 1:
                words += f"; {n_pairs:,} more pair{'s' if n_pairs > 1 else ''} of articles differ"
            yield _finding("told differently", first, other, _apart(first, other), words, told)


def _furthest(told: Sequence[_Row]) -> tuple[_Row, _Row] | None:
    """The two rows of different articles whose intervals miss each other most, where any do."""
    highest = _of_two_articles(sorted((row for row in told if row.low is not None), key=lambda row: -(row.low or 0.0)))
    lowest = _of_two_articles(sorted((row for row in told if row.high is not None), key=lambda row: row.high or 0.0))
    pairs = [pair for pair in product(highest, lowest) if pair[0].article_id != pair[1].article_id and _apart(*pair) > 0]
    return max(pairs, key=lambda pair: _apart(*pair), default=None)


def _of_two_articles(rows: Sequence[_Row]) -> list[_Row]:
    """The first row of each of the first two articles."""
    first: dict[str, _Row] = {}
    for row in rows:
        first.setdefault(row.article_id, row)
        if len(first) > 1:
            break
    return list(first.values())


def _disjoint(told: Sequence[_Row]) -> int:
    """How many pairs of rows of different articles miss each other."""
    articles: dict[str, list[_Row]] = {}
    for row in told:
        articles.setdefault(row.article_id, []).append(row)
    return _missing(told) - sum(_missing(rows) for rows in articles.values() if len(rows) > 1)


def _missing(told: Sequence[_Row]) -> int:
    """How many pairs of rows miss each other, whatever their articles."""
    ends = sorted(row.high for row in told if row.high is not None)
    return sum(bisect_left(ends, row.low) for row in told if row.low is not None)


def _apart(a: _Row, b: _Row) -> float:
    """By how much two intervals miss each other; 0 where they meet."""
    gaps = [x.low - y.high for x, y in ((a, b), (b, a)) if x.low is not None and y.high is not None]
    return max([0.0, *gaps])


def _finding(finding: str, row: _Row, other: _Row, apart: float, words: str, concerned: Sequence[_Row] = ()) -> Finding:
    rows = concerned or (row, other)
    return Finding(
        finding,
        row.measure,
        row.place,
        row.window.start,
        row.window.end,
        row.count_id,
        row.article_id,
        row.text,
        other.count_id,
        other.article_id,
        other.text,
        apart,
        words,
        len(rows),
        len({held.article_id for held in rows}),
    )
