"""What an article says of itself: headline, byline, agency, dateline, outlet, day of publication and update.

Everything is read off the zones of the page; nothing is guessed from the report. What the page lacks may stand in
`articles.toml` beside the articles (see `sidecar`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.periods.printed_dates import PrintedDate, printed_dates
from stcalib.text.article import Article
from stcalib.text.zones import Block, byline_name, dateline_parts

_WITH_FILES = re.compile(r"(?:with|additional) (?:files?|reporting|reports?) (?:from|by) (?P<who>.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """What the page prints. `ambiguous` is the other day that a stamp like 05/01/2018 can mean."""

    title: str | None = None
    byline: str | None = None
    agency: str | None = None
    outlet: str | None = None
    dateline: str | None = None
    published: date | None = None
    published_text: str | None = None
    ambiguous: date | None = None
    updated: date | None = None


@cache
def _names() -> Mapping[str, tuple[str, str]]:
    """Agencies and outlets by every name, in lower case: (kind, name)."""
    outlets = load_lexicon().outlets
    return {
        alias.lower(): (kind, entry.name)
        for kind, entries in (("outlet", outlets.outlet), ("agency", outlets.agency))
        for entry in entries
        if not entry.photos
        for alias in (entry.name, *entry.aliases)
    }


@cache
def _updated_label() -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(load_lexicon().calendar.updated_labels)}\b", re.IGNORECASE)


@cache
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
    stamp, updated = _stamps(plain, [*by_zone.get("stamp", ()), *by_zone.get("dateline", ())])
    byline = first("byline")
    return Stated(
        title=first("headline"),
        byline=byline_name(byline) if byline else None,
        agency=_agency(byline, dateline[1] if dateline else None),
        outlet=_outlet(plain, by_zone.get("footer", ())),
        dateline=dateline[0] if dateline else None,
        published=stamp.day if stamp else None,
        published_text=plain[stamp.start : stamp.end] if stamp else None,
        ambiguous=stamp.ambiguous if stamp else None,
        updated=updated.day if updated else None,
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


def _stamps(plain: str, blocks: list[Block]) -> tuple[PrintedDate | None, PrintedDate | None]:
    """The day of publication and the day of the last update that the stamps print."""
    published = updated = None
    for block in blocks:
        for printed in printed_dates(plain, block.start, block.end):
            if _updated_label().search(plain, block.start, printed.start) and published is not None:
                updated = printed
            elif published is None:
                published = printed
    return published, updated


def _agency(byline: str | None, in_dateline: str | None) -> str | None:
    for text in (in_dateline, byline):
        for match in _name_pattern().finditer(text or ""):
            kind, name = _names()[match.group().lower()]
            if kind == "agency":
                return name
    return None


def _outlet(plain: str, footers: list[Block] | tuple[()]) -> str | None:
    """The outlet whose own reporters a footer credits: "With files from Global's …"."""
    for block in footers:
        credit = _WITH_FILES.search(plain, block.start, block.end)
        if credit is None:
            continue
        for match in _name_pattern().finditer(credit["who"]):
            kind, name = _names()[match.group().lower()]
            if kind == "outlet" and re.match(r"['’]s\b", credit["who"][match.end() :]):
                return name
    return None
