"""What one article tells of its own day, and what of it may date others: nothing else is looked at.

An article whose day is given or printed offers the quotations that it carries, with the day on which each was said; one
without it offers the clues in its text, the quotations and sentences that another article may date. Quotations are
offered as hashes of the runs of their words, so that they can be joined without the texts.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b

from stcalib.actors.article_names import names_in
from stcalib.actors.registry import Registry
from stcalib.core.rows import Clue, Published
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, at_word_start, load_lexicon
from stcalib.language.word_sets import compiled, pattern, word_list, word_set
from stcalib.periods.printed_dates import day_or_none, may_hold_year, month_numbers, printed_dates, spoken_day
from stcalib.text.article import Article
from stcalib.text.metadata import FIRST_YEAR, LAST_YEAR, Stated

SHARED_WORDS = 8
"""Two quotations with so many words in a row in common are the same utterance."""
LEAST_REPORTED = 4
"""A reported clause of fewer long words is too short to be found again."""
RUN_TYPE, PLACE_TYPE = "Q", "H"
"""The types of the arrays of `OwnDays`: hashes of runs, and the numbers of the quotations that hold them."""
MOST_PLACES = 2**16
MONTH_FIRST, DAY_FIRST = "month first", "day first"
DISAGREES = "against the page,"
"""Stands in the evidence of a day that the user gives where the page prints another."""
DATED = ("stated", "sidecar")
"""Bases of an interval that is a day."""

_DIGIT = re.compile(r"\d")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """Words of an article: where they stand in its text, and the words as printed."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A quotation that other articles may carry: where it stands, the day on which it was said, the weekday beside it.

    The day is told by an article whose own day is known, the weekday (0 is Monday) by one that is to be dated.
    """

    place: Place
    said: date | None
    weekday: int | None
    weekday_at: Place | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day of a month that is still ahead."""

    month: int
    day: int
    place: Place


@dataclass(frozen=True, slots=True)
class Named:
    """A report of an agency or outlet that an article names with its weekday (0 is Monday): the long words of what it said."""

    source: str
    weekday: int
    words: list[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article that names an agency or outlet at its head or foot, with its long words."""

    place: Place
    words: list[str]


@dataclass(frozen=True, slots=True)
class OwnDays:
    """What an article tells of days: its own where that is `known`, the `clues` to it where it is not, and what others can use.

    `runs` are the hashes of the runs of words in its quotations, `run_of` the number in `carried` of the quotation of
    each. `sources` are the agencies and outlets named at its head or foot, `sentences` what may be reported of theirs.
    """

    known: Published | None
    clues: list[Clue]
    deadlines: list[Deadline]
    carried: list[Carried]
    runs: bytes
    run_of: bytes
    reports: list[Named]
    sources: list[str]
    sentences: list[Sentence]


NOTHING = OwnDays(None, [], [], [], b"", b"", [], [], [])


def own_days(article: Article, page: Stated, given: Published | None, registry: Registry, day_order: str | None = None) -> OwnDays:
    """What an article tells of days. `page` is what it prints, `given` what is known beside it, which goes first.

    `registry` knows who held which office when. `day_order` says which of two readings of 03/04/2018 holds ("month
    first", "day first"); without it the article lies between the two, where its text does not tell.
    """
    every = (*_own_clues(article), *_office_clues(article, registry))
    clues = [clue for clue in every if FIRST_YEAR <= clue.day.year <= LAST_YEAR]
    printed = _printed_day(page, clues, day_order)
    known = _beside(given, printed) if given is not None else printed
    carried, runs, run_of = _carried(article, known)
    reports = list(_named_reports(article))
    if known is not None:
        return OwnDays(known, [], [], carried, runs, run_of, reports, [], [])
    sources = _sources(article)
    sentences = [_told_sentence(article, s.start, s.end) for s in article.sentences] if sources else []
    clues += _update_clues(article, page)
    return OwnDays(None, clues, list(_deadlines(article)), carried, runs, run_of, reports, sources, sentences)


def _printed_day(page: Stated, clues: list[Clue], day_order: str | None) -> Published | None:
    """The day a page prints. Of the two readings of 05/01/2018 it is the one that the text does not contradict, or that
    `day_order` gives; else the article lies between the two."""
    if page.published is None:
        return None
    if page.ambiguous is None:
        return Published(page.published, page.published, "stated", f"printed: {page.published_text}")
    first, last = sorted((page.published, page.ambiguous))
    past = max((clue.day for clue in clues if clue.bound == "earliest"), default=None)
    if past is not None and first < past <= last:
        return _read_as(page, last, f"since the text speaks of {past} as past")
    if day_order is not None:
        return _read_as(page, page.published if day_order == MONTH_FIRST else page.ambiguous, "as the codebook says")
    open_order = f"which may be {MONTH_FIRST} ({page.published}) or {DAY_FIRST} ({page.ambiguous})"
    return Published(first, last, "inferred", f"printed: {page.published_text}, {open_order}")


def _read_as(page: Stated, day: date, why: str) -> Published:
    order = MONTH_FIRST if day == page.published else DAY_FIRST
    return Published(day, day, "stated", f"printed: {page.published_text}, read {order} {why}")


def _beside(given: Published, printed: Published | None) -> Published:
    """The day that the user gives; its evidence tells where the page prints another."""
    return replace(given, evidence=f"{given.evidence}, {DISAGREES} {printed.evidence}") if disagree(given, printed) and printed else given


def disagree(given: Published, printed: Published | None) -> bool:
    """Whether the day that a page prints lies outside the interval that the user gives."""
    if printed is None or printed.earliest is None or printed.latest is None:
        return False
    too_late = given.latest is not None and printed.earliest > given.latest
    return too_late or (given.earliest is not None and printed.latest < given.earliest)


def _clue(article: Article, bound: str, day: date, start: int, end: int, rule: str, other: str | None = None) -> Clue:
    a, b, text = article.cut(start, end)
    return Clue(article.article_id, bound, day, a, b, text, rule, other)


# ---- what one article tells
def _own_clues(article: Article) -> Iterator[Clue]:
    """Days and periods that the text speaks of as past."""
    plain = article.plain
    for block in article.blocks:
        if block.zone == "player":
            for found in printed_dates(plain, block.start, block.end):
                yield _clue(article, "earliest", found.day, found.start, found.end, "a day that the page prints beside a video")
    for sentence in article.sentences:
        if not may_hold_year(plain, sentence.start, sentence.end):
            continue
        for found in printed_dates(plain, sentence.start, sentence.end):
            if not pattern("corpus.ahead").search(plain, sentence.start, found.start):
                day = min(found.day, found.ambiguous or found.day)
                yield _clue(article, "earliest", day, found.start, found.end, "a day spoken of as past")
        yield from _past_periods(article, sentence.start, sentence.end)


def _update_clues(article: Article, page: Stated) -> Iterator[Clue]:
    """A page that was changed on a day was published no later."""
    if page.updated is not None and page.updated_at is not None:
        yield _clue(article, "latest", page.updated, *page.updated_at, "the day of a change of the page")


def _office_clues(article: Article, registry: Registry) -> Iterator[Clue]:
    """Persons called by an office that they held for a time: the article is of that time."""
    plain = article.plain
    seen = set()
    for name in names_in(article):
        title = " ".join(word for word in name.titles if word[0].isupper())
        if not title or (title, name.name) in seen or pattern("corpus.no_longer").search(plain, max(0, name.start - len(title) - 12), name.start):
            continue
        seen.add((title, name.name))
        if (held := registry.tenure(name.name, title)) is not None:
            start = plain.rfind(title, max(0, name.start - len(title) - 2), name.start)
            for bound, day in zip(("earliest", "latest"), held, strict=True):
                if day is not None and start >= 0:
                    yield _clue(article, bound, day, start, name.end, "an office held from or until that day")


@by_language
def _period_pattern() -> re.Pattern[str]:
    """Months, quarters, halves and years with their year."""
    month = alternatives(name.capitalize() for name in month_numbers())
    return compiled("corpus.dated_period", month=month)


@by_language
def _small_numbers() -> dict[str, int]:
    return {word: number for word, number in load_lexicon().numbers.cardinals.items() if 1 <= number <= 12}


def _past_periods(article: Article, start: int, end: int) -> Iterator[Clue]:
    """Periods with their year in a sentence about the past; one with a figure for it is over."""
    text = article.plain[start:end]
    if not pattern("corpus.past").search(text):
        return
    for match in _period_pattern().finditer(article.plain, start, end):
        if pattern("corpus.ahead").search(article.plain, max(start, match.start() - 40), match.start()):
            continue
        over = bool(pattern("corpus.figure").search(text)) and not pattern("corpus.so_far").search(text)
        if (day := _last_day(match, over)) is not None:
            rule = "a period that a past figure covers" if over else "a time spoken of as past"
            yield _clue(article, "earliest", day, *match.span(), rule)


def _last_day(match: re.Match[str], over: bool) -> date | None:
    """The last day of a period that is over, the first day of one that may still run."""
    if match["year3"]:
        year = int(match["year3"])
        return date(year, 12, 31) if over else date(year, 1, 1)
    if match["month"]:
        year, month = int(match["year2"]), month_numbers()[match["month"].lower()]
        return _month_end(year, month) if over else day_or_none(year, month, 1)
    year = int(match["year1"])
    several, latest = word_list("corpus.halves_and_quarters"), match["ordinal"] in word_set("corpus.last_one")
    place = len(several) if latest else several.index(match["ordinal"]) + 1
    if match["unit"] in word_set("corpus.quarter"):
        last = 3 * place
    elif match["unit"] in word_set("corpus.half"):
        last = 6 if place == 1 else 12
    else:
        many = match["many"] or ""
        months = int(many) if many.isdecimal() else _small_numbers().get(many, 1)
        last = 12 if latest else months
    return _month_end(year, min(last, 12)) if over else date(year, 1, 1)


def _month_end(year: int, month: int) -> date:
    following = date(year + (month == 12), month % 12 + 1, 1)
    return following - timedelta(days=1)


@by_language
def _deadline_pattern() -> re.Pattern[str]:
    month = alternatives(name.capitalize() for name in month_numbers())
    return compiled("corpus.deadline", month=month)


def _deadlines(article: Article) -> Iterator[Deadline]:
    """The days still ahead, without their year."""
    for sentence in article.sentences:
        if not _DIGIT.search(article.plain, sentence.start, sentence.end):
            continue
        for match in _deadline_pattern().finditer(article.plain, sentence.start, sentence.end):
            place = _place(article, match.start("month"), match.end("day"))
            yield Deadline(month_numbers()[match["month"].lower()], int(match["day"]), place)


@by_language
def _source_names() -> tuple[str, ...]:
    outlets = load_lexicon().outlets
    return tuple(dict.fromkeys(n for o in (*outlets.agency, *outlets.outlet) for n in (o.name, *o.aliases) if len(n) > 2))


def _sources(article: Article) -> list[str]:
    """The agencies and outlets that the head or the foot of an article names."""
    head = article.plain[: article.sentences[0].start if article.sentences else 0] + article.plain[-300:]
    return [name for name in _source_names() if name in head]


def _named_reports(article: Article) -> Iterator[Named]:
    weekdays = [name.lower() for name in load_lexicon().calendar.weekdays]
    for match in _report_pattern().finditer(article.plain):
        words = sorted(long_words(match["clause"]))
        if len(words) >= LEAST_REPORTED:
            yield Named(match["source"], weekdays.index((match["day"] or match["day2"]).lower()), words)


@by_language
def _report_pattern() -> re.Pattern[str]:
    names = at_word_start(_source_names())
    day = alternatives(load_lexicon().calendar.weekdays)
    return compiled("corpus.named_report", names=names, day=day)


# ---- what others can use
def _carried(article: Article, known: Published | None) -> tuple[list[Carried], bytes, bytes]:
    """The quotations of an article that are long enough to be told again, the hashes of their runs, and whose each is."""
    carried: list[Carried] = []
    runs, run_of = array(RUN_TYPE), array(PLACE_TYPE)
    dated = known is not None and known.basis in DATED
    for quotation in article.quotations if known is None or dated else ():
        words = [w.lower().replace("’", "'") for w in _WORD.findall(article.plain[quotation.start : quotation.end])]
        if len(words) < SHARED_WORDS or len(carried) == MOST_PLACES:
            continue
        for i in range(len(words) - SHARED_WORDS + 1):
            runs.append(_hash(words[i : i + SHARED_WORDS]))
            run_of.append(len(carried))
        carried.append(_quotation(article, quotation.start, quotation.end, known))
    return carried, runs.tobytes(), run_of.tobytes()


def _hash(words: list[str]) -> int:
    return int.from_bytes(blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _quotation(article: Article, start: int, end: int, known: Published | None) -> Carried:
    if known is not None:
        return Carried(Place(start, end, ""), _day_beside(article, start, end, known), None, None)
    weekday = _weekday_beside(article, start, end)
    at = _place(article, *weekday[1:]) if weekday is not None else None
    return Carried(_place(article, start, end), None, weekday[0] if weekday is not None else None, at)


def _place(article: Article, start: int, end: int) -> Place:
    return Place(*article.cut(start, end))


def _told_sentence(article: Article, start: int, end: int) -> Sentence:
    return Sentence(_place(article, start, end), sorted(long_words(article.plain[start:end])))


def long_words(text: str) -> set[str]:
    """The words of four and more letters, in lower case."""
    return {w.lower() for w in _LONG_WORD.findall(text)}


def _sentence_around(article: Article, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds a quotation, with what follows it."""
    for sentence in article.sentences:
        if sentence.start <= start < sentence.end:
            return sentence.start, max(sentence.end, end)
    return start, end


def _day_beside(article: Article, start: int, end: int, published: Published) -> date | None:
    """The day on which a quotation was said, where its sentence or the paragraph's first report gives it."""
    a, b = _sentence_around(article, start, end)
    days = [d.day for d in spoken_day(article.masked, a, b, published) if d.day is not None]
    if days:
        return days[0]
    opening = [s for s in article.sentences if s.start < start]
    earlier = [d.day for s in opening[-3:] for d in spoken_day(article.masked, s.start, s.end, published) if d.day is not None]
    return earlier[-1] if earlier else None


def _weekday_beside(article: Article, start: int, end: int) -> tuple[int, int, int] | None:
    """The weekday named in a quotation's sentence: its number, and where it stands."""
    weekdays = [name.lower() for name in load_lexicon().calendar.weekdays]
    a, b = _sentence_around(article, start, end)
    for found in spoken_day(article.masked, a, b, Published()):
        if found.text.lower() in weekdays:
            return weekdays.index(found.text.lower()), found.start, found.start + len(found.text)
    return None
