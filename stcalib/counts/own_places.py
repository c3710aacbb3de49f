"""The places of an article as a whole: where it was written, the one of a local story, and that of the only crossing it names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from stcalib.counts.candidate import Found
from stcalib.counts.place_names import PlaceNames, Where
from stcalib.counts.words import WORD, Words
from stcalib.text.article import Article
from stcalib.text.zones import READ

_TITLES = ("headline", "deck")


@dataclass
class OwnPlaces:
    """Finds the places of an article; `counted` gives the counts of a sentence."""

    article: Article
    words: Words
    names: PlaceNames
    counted: Callable[[int], list[Found]]

    @cached_property
    def only_place(self) -> Where | None:
        """The place of the only crossing, or of the crossings of the only province, that an article names."""
        sites: list[str] = []
        for block in self.article.blocks:
            if block.zone in READ or block.zone in (*_TITLES, "dateline", "subhead"):
                sites += self.names.sites_in(block.start, block.end)
        places = {self.words.site_places[site] for site in sites}
        return Where(places.pop(), sites[0] if len(set(sites)) == 1 else None, "carried", 1) if len(places) == 1 else None

    @property
    def home_site(self) -> Where | None:
        """The place of the report where it is a named crossing, which "the road" takes up."""
        return self.home if self.home is not None and self.home.site is not None else None

    @cached_property
    def home(self) -> Where | None:
        """The place of the report itself: that of a named crossing in its dateline or title."""
        return self.printed_home()

    @cached_property
    def local_home(self) -> Where | None:
        """The place of a report that was not written in the capital, from where the whole country is told of."""
        lines = (self.article.plain[block.start : block.end].lower() for block in self.article.blocks if block.zone == "dateline")
        return None if any(word in self.words.national for line in lines for word in WORD.findall(line)) else self.home

    def printed_home(self) -> Where | None:
        """The place of the first dateline, title or byline that names one alone."""
        found: Where | None = None
        for block in self.article.blocks:
            if block.zone not in (*_TITLES, "dateline", "byline"):
                continue
            codes, site = self.names.in_text(block.start, block.end, cities=block.zone == "dateline")
            if site is not None and (block.zone in ("dateline", "byline") or len(set(codes)) == 1):
                return Where(self.words.site_places[site], site)
            parts = {code for code in codes if code != self.words.counts.default_place}
            if len(parts) == 1:
                found = Where(parts.pop())
        return found

    @cached_property
    def story(self) -> str | None:
        """The one place below the country of a local story: a crossing that its title names, or what both title and dateline do."""
        title: set[str] = set()
        line: set[str] = set()
        sites = set()
        for block in self.article.blocks:
            if block.zone in (*_TITLES, "dateline"):
                codes, site = self.names.in_text(block.start, block.end, cities=block.zone == "dateline")
                if block.zone in _TITLES and site is not None:
                    sites.add(site)
                (line if block.zone == "dateline" else title).update(code for code in codes if code != self.words.counts.default_place)
        told = title if len(title) == 1 and sites and line <= title else title & line if title & line == title else set()
        place = next(iter(told)) if len(told) == 1 else None
        return None if place is None or self.counted_elsewhere(place) else place

    def counted_elsewhere(self, place: str) -> bool:
        """Whether numbers of several other places are counted, so that the report is no local one."""
        codes: set[str] = set()
        for sentence in range(len(self.article.sentences)):
            for found in self.counted(sentence):
                where = self.names.named(found.unit, found.cell.low, found.cell.high, found.cell.at)
                if where is not None and where.code is not None:
                    codes.add(where.code)
        return len(codes - {place, self.words.counts.default_place}) > 1
