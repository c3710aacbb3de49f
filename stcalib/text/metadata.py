"""What an article says of itself: headline, byline, agency, dateline, outlet, day of publication and update.

Everything is read off the zones of the page; nothing is guessed from the report. What the page lacks may stand in
`articles.toml` beside the articles (see `sidecar`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import pattern
from stcalib.periods.printed_dates import PrintedDate
from stcalib.text.article import Article
from stcalib.text.day_line import LabelledDay, beside_day, labelled_days
from stcalib.text.zones import Block, byline_name, dateline_parts

FIRST_YEAR, LAST_YEAR = 1600, 2199
"""No page with a day outside these years was published then: such a day is a fault of the page."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What the page prints. `ambiguous` is the other day that a stamp like 05/01/2018 can mean; `updated_at` is where
    the day of the last update stands in the reading copy."""

    title: str | None = None
    byline: str | None = None
    agency: str | None = None
    outlet: str | None = None
    dateline: str | None = None
    published: date | None = None
    published_text: str | None = None
    ambiguous: date | None = None
    updated: date | None = None
    updated_at: tuple[int, int] | None = None


@by_language
def _names() -> Mapping[str, tuple[str | None, str]]:
    """Agencies and outlets by every name, in lower case: (kind, name); no kind where it only credits photographs."""
    outlets = load_lexicon().outlets
    known = [*(("outlet", entry) for entry in outlets.outlet), *(("agency", entry) for entry in outlets.agency)]
    known.sort(key=lambda told: not told[1].photos)
    return {alias.lower(): (None if entry.photos else kind, entry.name) for kind, entry in known for alias in (entry.name, *entry.aliases)}


def _named(words: str) -> tuple[str | None, str]:
    """The agency or outlet that words name, whatever blanks part them: (kind, name); one of another name is an outlet."""
    name = " ".join(words.split())
    return _names().get(name.lower(), ("outlet", name))


@by_language
def _name_pattern() -> re.Pattern[str]:
    """Agencies and outlets by names of two letters or more words, in their own spelling."""
    outlets = load_lexicon().outlets
    names = (n for o in (*outlets.agency, *outlets.outlet) if not o.photos for n in (o.name, *o.aliases) if len(n) > 2)
    return re.compile(rf"\b{alternatives(names)}\b")


def stated(article: Article) -> Stated:
    """What the article's page prints of it."""
    plain = article.plain
    by_zone: dict[str, list[Block]] = {}
    for block in article.blocks:
        by_zone.setdefault(block.zone, []).append(block)

    def first(zone: str) -> str | None:
        found = by_zone.get(zone)
        return plain[found[0].start : found[0].end] if found else None

    dateline = _dateline(plain, by_zone)
    days = [day for block in (*by_zone.get("stamp", ()), *by_zone.get("dateline", ())) for day in labelled_days(plain, block.start, block.end)]
    stamp, updated = _published(days) or _first_published(plain, by_zone.get("footer", ())), _updated(days)
    line = first("byline")
    beside = [beside_day(plain[block.start : block.end]) for block in by_zone.get("stamp", ())]
    byline = (byline_name(line) if line else None) or next((one.byline for one in beside if one.byline), None)
    sources = [one.source for one in beside if one.source]
    return Stated(
        title=first("headline"),
        byline=byline,
        agency=_agency([dateline[1] if dateline else None, line, *sources]),
        outlet=_outlet(plain, by_zone.get("footer", ())) or _named_outlet(sources),
        dateline=dateline[0] if dateline else None,
        published=stamp.day if stamp else None,
        published_text=plain[stamp.start : stamp.end] if stamp else None,
        ambiguous=stamp.ambiguous if stamp else None,
        updated=updated.day if updated else None,
        updated_at=(updated.start, updated.end) if updated else None,
    )


def _dateline(plain: str, zones: Mapping[str, list[Block]]) -> tuple[str, str | None] | None:
    """Place and agency of the first dateline; a stamp like "OTTAWA, April 24, 2018" gives a place too."""
    for block in zones.get("dateline", ()):
        if (parts := dateline_parts(plain, block.start, block.end)) is not None:
            return parts[1], parts[2]
    for block in zones.get("stamp", ()):
        place = re.match(r"[A-ZÀ-Ý][A-ZÀ-Ý'’.-]{2,}(?:[ -][A-ZÀ-Ý][A-ZÀ-Ý'’.-]+){0,3}(?=,)", plain[block.start : block.end])
        if place is not None:
            return place.group(), None
    return None


def _published(days: Iterable[LabelledDay]) -> PrintedDate | None:
    """The day of publication: one whose label says so, else the first without a label."""
    possible = [day for day in days if FIRST_YEAR <= day.printed.day.year <= LAST_YEAR]
    for kind in ("published", "unlabelled"):
        if (found := next((day.printed for day in possible if day.kind == kind), None)) is not None:
            return found
    return None


def _updated(days: Iterable[LabelledDay]) -> PrintedDate | None:
    """The day of the last update."""
    updates = [day.printed for day in days if day.kind == "updated"]
    return max(updates, key=lambda printed: printed.day, default=None)


def _first_published(plain: str, footers: Iterable[Block]) -> PrintedDate | None:
    """The day in a line below the report: "This report by … was first published Feb. 6, 2023."."""
    for block in footers:
        if (said := pattern("text.was_published").search(plain, block.start, block.end)) is not None:
            return _published(labelled_days(plain, said.start(), block.end))
    return None


def _agency(texts: Iterable[str | None]) -> str | None:
    for text in texts:
        for match in _name_pattern().finditer(text or ""):
            kind, name = _named(match.group())
            if kind == "agency":
                return name
    return None


def _named_outlet(sources: Iterable[str]) -> str | None:
    """The outlet that stands beside the day of a page, by the name that it is known by, else as printed."""
    return next((name for kind, name in map(_named, sources) if kind == "outlet"), None)


def _outlet(plain: str, footers: list[Block] | tuple[()]) -> str | None:
    """The outlet whose own reporters a footer credits: "With files from Global's …"."""
    for block in footers:
        credit = pattern("text.with_files").search(plain, block.start, block.end)
        if credit is None:
            continue
        for match in _name_pattern().finditer(credit["who"]):
            kind, name = _named(match.group())
            if kind == "outlet" and re.match(r"['’]s\b", credit["who"][match.end() :]):
                return name
    return None
