"""When an article was published: an interval of days with its basis.

A day that the user gives is taken as it is, and else the one that the page prints. Otherwise clues bound the interval: days and
periods that the text speaks of as past, a deadline still ahead, words that another article carries and dates, an
agency's report that another article names with its weekday, the offices that persons hold in it. Every clue keeps
the words that give it. What no clue bounds stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from stcalib.actors.full_names import full_names
from stcalib.actors.registry import Registry
from stcalib.core.rows import Clue, Problem, Published
from stcalib.corpus.faults import guarded
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.periods.printed_dates import day_or_none, last_weekday, month_numbers, printed_dates, spoken_day
from stcalib.text.article import Article
from stcalib.text.metadata import FIRST_YEAR, LAST_YEAR, Stated
from stcalib.text.quotation_marks import Quotation

SHARED_WORDS = 8
"""Two quotations with so many words in a row in common are the same utterance."""
MOST_COPIES = 20
"""Of words that more articles carry, so many are compared."""
EVIDENCE_CHARACTERS = 80
"""The summary of an article's dating quotes at most so many characters of a clue; the clue keeps them all."""
SAME_CONTENT = 0.6
"""Share of the long words of a reported clause that a sentence must hold to be what is reported."""
WEEK = timedelta(days=6)
"""A weekday named without a date lies at most so many days before publication."""

MONTH_FIRST, DAY_FIRST = "month first", "day first"
DISAGREES = "against the page,"
"""Stands in the evidence of a day that the user gives where the page prints another."""

_Place = tuple[str, int, int]
"""A quotation: its article, and where it begins and ends."""

_AHEAD = re.compile(
    r"\b(?:will|would|could|may|might|shall|by|until|before|deadline|scheduled|expected|next|upcoming|plans?|forecast|projected)\b", re.IGNORECASE
)
_PAST = re.compile(r"\b(?:was|were|had|has|have|did|\w{3,}ed|saw|took|made|came|went|fell|rose|began|held|said|found|met|sent|told)\b")
_FIGURE = re.compile(r"\b(?!(?:19|20)\d\d\b)\d[\d,.]*\d\b|\b\d+ per ?cent\b")
_NO_LONGER = re.compile(r"\b(?:former|then|ex|late|future|next)\b", re.IGNORECASE)
_SO_FAR = re.compile(
    r"\b(?:so far|to date|this year|already|as (?:of|at)|up to|until|till|through|by (?:the )?(?:end|start|middle|beginning)|early in|late in)\b",
    re.IGNORECASE,
)
"""A figure beside one of these need not cover the whole of a year that the sentence names."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def date_articles(
    articles: Mapping[str, Article],
    stated: Mapping[str, Stated],
    given: Mapping[str, Published],
    registry: Registry,
    day_order: str | None = None,
    problems: list[Problem] | None = None,
) -> tuple[dict[str, Published], list[Clue]]:
    """The publication interval of every article, and the clues that bound the inferred ones.

    `stated` is what the pages print, `given` what is known beside them, which goes first. `registry` knows who held
    which office when. `day_order` says which of two readings of 03/04/2018 holds ("month first", "day first"); without
    it the article lies between the two, where its text does not tell. A fault at one article is told in `problems`.
    """
    told = [] if problems is None else problems
    none: list[Clue] = []
    clues = {key: guarded(article, "its day", partial(_clues_alone, article, registry), none, told) for key, article in articles.items()}
    known: dict[str, Published] = {}
    for key in articles:
        printed = _printed_day(stated[key], clues[key], day_order)
        if key in given:
            known[key] = _beside(given[key], printed)
        elif printed is not None:
            known[key] = printed
    open_ones = [key for key in articles if key not in known]
    for key in open_ones:
        clues[key] = [*clues[key], *_update_clues(articles[key], stated[key])]
    compared = articles if open_ones else {}
    others = _Others(_Utterances(compared, told), [_Named(*found) for article in compared.values() for found in _named_reports(article)])
    for _ in range(2):
        for key in open_ones:
            own = [clue for clue in clues[key] if clue.other_article_id is None]
            together = partial(_clues_together, articles[key], own, others, known)
            clues[key] = guarded(articles[key], "its day beside other articles", together, own, told)
            known[key] = _interval(clues[key])
    return known, [clue for key in open_ones for clue in _distinct(clues[key])]


def _clues_alone(article: Article, registry: Registry) -> list[Clue]:
    clues = (*_own_clues(article), *_office_clues(article, registry))
    return [clue for clue in clues if FIRST_YEAR <= clue.day.year <= LAST_YEAR]


def _clues_together(article: Article, own: list[Clue], others: _Others, known: Mapping[str, Published]) -> list[Clue]:
    """The clues of an article by itself and those that other articles give, with what both leave of a deadline's year."""
    clues = [*own, *others.utterances.clues(article.article_id, known), *_reported_clues(article, others.reports, known)]
    return [*clues, *_deadline_clues(article, _interval(clues).earliest)]


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
        text = plain[sentence.start : sentence.end]
        if not any(c.isdigit() for c in text):
            continue
        for found in printed_dates(plain, sentence.start, sentence.end):
            if not _AHEAD.search(plain, sentence.start, found.start):
                day = min(found.day, found.ambiguous or found.day)
                yield _clue(article, "earliest", day, found.start, found.end, "a day spoken of as past")
        yield from _past_periods(article, sentence.start, sentence.end, text)


def _update_clues(article: Article, page: Stated) -> Iterator[Clue]:
    """A page that was changed on a day was published no later."""
    if page.updated is not None and page.updated_at is not None:
        yield _clue(article, "latest", page.updated, *page.updated_at, "the day of a change of the page")


def _office_clues(article: Article, registry: Registry) -> Iterator[Clue]:
    """Persons called by an office that they held for a time: the article is of that time."""
    plain = article.plain
    seen = set()
    for name in full_names(plain):
        title = " ".join(word for word in name.titles if word[0].isupper())
        if not title or (title, name.name) in seen or _NO_LONGER.search(plain, max(0, name.start - len(title) - 12), name.start):
            continue
        seen.add((title, name.name))
        if (held := registry.tenure(name.name, title)) is not None:
            start = plain.rfind(title, max(0, name.start - len(title) - 2), name.start)
            for bound, day in zip(("earliest", "latest"), held, strict=True):
                if day is not None and start >= 0:
                    yield _clue(article, bound, day, start, name.end, "an office held from or until that day")


_NO_DAY = r"(?<!\d )(?<!\d(?:st|nd|rd|th) )(?<!\d of )(?<!\d(?:st|nd|rd|th) of )"
"""No number of a day stands before: "6 June 2024" is no month."""


@by_language
def _period_pattern() -> re.Pattern[str]:
    """Months, quarters, halves and years with their year."""
    month = alternatives(name.capitalize() for name in month_numbers())
    ordinal = "first|second|third|fourth|last"
    return re.compile(
        rf"\b(?:(?P<ordinal>{ordinal}) (?:(?P<many>\w+) )?(?P<unit>months?|quarter|half) of (?P<year1>(?:19|20)\d\d)"
        rf"|(?:{month}\.? (?:and|to|through|until|[–-]) )?{_NO_DAY}(?P<month>{month})\.?(?: of)?,? (?P<year2>(?:19|20)\d\d)"
        rf"|(?:in|during|throughout|all of|whole of) (?:all of )?(?P<year3>(?:19|20)\d\d))\b(?!-)"
    )


@by_language
def _small_numbers() -> dict[str, int]:
    return {word: i for i, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}


def _past_periods(article: Article, start: int, end: int, text: str) -> Iterator[Clue]:
    """Periods with their year in a sentence about the past; one with a figure for it is over."""
    if not _PAST.search(text):
        return
    for match in _period_pattern().finditer(article.plain, start, end):
        if _AHEAD.search(article.plain, max(start, match.start() - 40), match.start()):
            continue
        over = bool(_FIGURE.search(text)) and not _SO_FAR.search(text)
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
    place = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}[match["ordinal"]]
    if match["unit"] == "quarter":
        last = 3 * place
    elif match["unit"] == "half":
        last = 6 if place == 1 else 12
    else:
        many = match["many"] or "one"
        months = int(many) if many.isdigit() else _small_numbers().get(many, 1)
        last = 12 if match["ordinal"] == "last" else months
    return _month_end(year, min(last, 12)) if over else date(year, 1, 1)


def _month_end(year: int, month: int) -> date:
    following = date(year + (month == 12), month % 12 + 1, 1)
    return following - timedelta(days=1)


@by_language
def _deadline_pattern() -> re.Pattern[str]:
    month = alternatives(name.capitalize() for name in month_numbers())
    ahead = r"\b(?:to|will|must|should|deadline|plan)\b[^.;]{0,80}?\b(?:by|before|until)"
    return re.compile(rf"{ahead} (?P<month>{month})\.? (?P<day>\d{{1,2}})\b(?!,? \d{{4}})")


def _deadline_clues(article: Article, earliest: date | None) -> Iterator[Clue]:
    """A day still ahead, in the year that the other clues give: the article is not later."""
    if earliest is None:
        return
    for sentence in article.sentences:
        for match in _deadline_pattern().finditer(article.plain, sentence.start, sentence.end):
            month, number = month_numbers()[match["month"].lower()], int(match["day"])
            days = [d for d in (day_or_none(earliest.year + i, month, number) for i in (0, 1)) if d is not None and d >= earliest]
            if days:
                yield _clue(article, "latest", days[0], match.start("month"), match.end("day"), "a deadline still ahead")


# ---- what two articles tell together
class _Utterances:
    """The quotations that several articles carry, by the runs of words that they share."""

    def __init__(self, articles: Mapping[str, Article], problems: list[Problem]):
        self.articles = articles
        runs: dict[tuple[str, ...], dict[_Place, None]] = {}
        for key, article in articles.items():
            none: list[Quotation] = []
            for quotation in guarded(article, "its quotations", partial(getattr, article, "quotations"), none, problems):
                words = [w.lower().replace("’", "'") for w in _WORD.findall(article.plain[quotation.start : quotation.end])]
                for i in range(len(words) - SHARED_WORDS + 1):
                    runs.setdefault(tuple(words[i : i + SHARED_WORDS]), {})[key, quotation.start, quotation.end] = None
        self.shared: dict[str, dict[tuple[_Place, _Place], None]] = {}
        for places in runs.values():
            for mine in places:
                for other in list(places)[:MOST_COPIES]:
                    if other[0] != mine[0]:
                        self.shared.setdefault(mine[0], {})[mine, other] = None

    def clues(self, key: str, known: Mapping[str, Published]) -> Iterator[Clue]:
        """Bounds for an article from quotations that an article with a known day carries too."""
        for mine, other in self.shared.get(key, ()):
            if known.get(other[0], Published()).basis in ("stated", "sidecar"):
                yield from self._compared(mine, other, known[other[0]])

    def _compared(self, mine: _Place, other: _Place, published: Published) -> Iterator[Clue]:
        said = _day_beside(self.articles[other[0]], other[1], other[2], published)
        day = said or published.earliest
        if day is None:
            return
        article = self.articles[mine[0]]
        how = f"words that {other[0]} carries too, said on {day}" if said else f"words that {other[0]} carries too, published {day}"
        yield _clue(article, "earliest", day, mine[1], mine[2], how, other[0])
        weekday = _weekday_beside(article, mine[1], mine[2])
        if said is not None and weekday is not None and weekday[0] == said.weekday():
            yield _clue(article, "latest", said + WEEK, weekday[1], weekday[2], f"the weekday of words that {other[0]} dates {said}", other[0])


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


@by_language
def _report_pattern() -> re.Pattern[str]:
    outlets = load_lexicon().outlets
    names = alternatives(n for o in (*outlets.agency, *outlets.outlet) for n in (o.name, *o.aliases) if len(n) > 2)
    day = alternatives(load_lexicon().calendar.weekdays)
    return re.compile(
        rf"\b(?:(?P<source>{names}) (?:report|story) (?:on )?(?P<day>{day}) that"
        rf"|(?P<source2>{names}) (?:first )?reported (?:on )?(?P<day2>{day})(?: morning| evening| night)? that) (?P<clause>[^.]*)"
    )


class _Named(NamedTuple):
    """A report that an article names: the article, the source, the weekday (0 is Monday), and what it said."""

    article_id: str
    source: str
    weekday: int
    clause: str


class _Others(NamedTuple):
    """What other articles give for the dating of one: the quotations that they share, and the reports that they name."""

    utterances: _Utterances
    reports: list[_Named]


def _named_reports(article: Article) -> Iterator[tuple[str, str, int, str]]:
    weekdays = [name.lower() for name in load_lexicon().calendar.weekdays]
    for match in _report_pattern().finditer(article.plain):
        day = match["day"] or match["day2"]
        yield article.article_id, match["source"] or match["source2"], weekdays.index(day.lower()), match["clause"]


def _reported_clues(article: Article, reports: Iterable[_Named], known: Mapping[str, Published]) -> Iterator[Clue]:
    """Bounds for an agency's article from another that names its report with the weekday."""
    for named in reports:
        if named.article_id == article.article_id:
            continue
        day = last_weekday(named.weekday, known.get(named.article_id, Published()))
        where = _reported_sentence(article, named.source, named.clause) if day is not None else None
        if where is not None and day is not None:
            name = load_lexicon().calendar.weekdays[named.weekday]
            for bound in ("earliest", "latest"):
                yield _clue(article, bound, day, *where, f"what {named.article_id} calls a {named.source} report on {name}", named.article_id)


def _reported_sentence(article: Article, source: str, clause: str) -> tuple[int, int] | None:
    """The sentence of an article of that source that says what the clause reports."""
    head = article.plain[: article.sentences[0].start if article.sentences else 0] + article.plain[-300:]
    if source not in head:
        return None
    wanted = _long_words(clause)
    best = max(article.sentences, key=lambda s: len(wanted & _long_words(article.plain[s.start : s.end])), default=None)
    if best is None or len(wanted) < 4:
        return None
    share = len(wanted & _long_words(article.plain[best.start : best.end])) / len(wanted)
    return (best.start, best.end) if share >= SAME_CONTENT else None


def _long_words(text: str) -> set[str]:
    return {w.lower() for w in re.findall(r"[^\W\d_]{4,}", text)}
