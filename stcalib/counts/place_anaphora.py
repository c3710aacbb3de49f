"""The place to which a pronoun or "that crossing" points: the one named before, or that of the dateline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from stcalib.counts.candidate import Found
from stcalib.counts.own_places import OwnPlaces
from stcalib.counts.place_names import PlaceNames, Where, place_words
from stcalib.counts.read_units import Units
from stcalib.counts.units import Item, Unit
from stcalib.counts.words import Words
from stcalib.language.in_use import by_language
from stcalib.language.word_sets import without_opening, word_list, word_set
from stcalib.text.article import Article

_POINTED_REACH = 12
"""Sentences in which the place to which "this spot" points is looked for."""
_DESCRIBED = 4
"""Items behind "that" within which the spot is named to which it points: "that famous dead-end lane"."""
_PART_REACH = 4
"""Items before "here" in which a part of the number may be named: "most of them from here"."""


@by_language
def _taking_up() -> frozenset[str]:
    """Words that may take up a place: "that", "the", "it", "there", "here"."""
    points = word_set("counts.pointing") | word_set("counts.article") | word_set("counts.it")
    return points | word_set("counts.owners") | word_set("counts.there") | word_set("counts.here")


@dataclass
class PlaceAnaphora:
    """Finds what words that take up a place mean; `places` are those of the counts before."""

    article: Article
    units: Units
    words: Words
    names: PlaceNames
    own: OwnPlaces
    places: dict[int, Where]

    def anaphor(self, unit: Unit, low: int, high: int, taken: Found | None) -> Where | None:
        """ "there", "that province", "here": the place named before, or that of the dateline."""
        taking_up, openings = _taking_up(), word_list("counts.definite_openings")
        for i in range(low, high):
            word, way = unit.items[i].word, self.names_way(unit.items[i])
            if not (way or word in taking_up or word.startswith(openings)) or self.of_most(unit.items[max(low, i - _PART_REACH) : i]):
                continue
            ahead = unit.items[i + 1].word if i + 1 < len(unit.items) else ""
            if way:
                word, ahead = word.split(" ")[-2:]
            elif word.startswith(openings):
                word, _, ahead = word.partition(" ")
            if word in word_set("counts.there") and ahead in word_set("counts.existential_verbs"):
                continue
            that = way or self.points(unit, i, word, ahead) or (word in word_set("counts.it") and self.is_way(unit, i))
            subject = word in word_set("counts.owners") and ahead in self.words.regions and self.acts(unit, i, high)
            if that or subject or word in word_set("counts.there"):
                far = word in word_set("counts.pointing") or (word in word_set("counts.it") and self.is_way(unit, i))
                where = (self.own.home if word in word_set("counts.this") else None) or self.before(unit, _POINTED_REACH if far else 2)
                if ahead in word_set("counts.airports"):
                    return where or self.own.local_home
                near = taken is not None and unit.sentence - taken.unit.sentence <= 1 and self.placed(taken)
                where = where or (self.places[id(taken)] if taken is not None and near and ahead in self.words.regions else None)
                where = where or (self.own.home_site if word in word_set("counts.takes_home_site") else None)
                where = where or (self.places[id(taken)] if taken is not None and self.placed(taken) else None)
                where = where or (self.own.only_place if word not in word_set("counts.there") or self.speaks_of_spot(unit) else None)
                where = where or (self.places[id(taken)] if taken is not None else None)
                if where is not None:
                    return where
            if word in word_set("counts.here") or (that and word in word_set("counts.this")):
                told = self.told_here(unit) if word in word_set("counts.here") and self.own.local_home is None else None
                here = told or self.own.home
                if here is not None:
                    return here
        return None

    def names_way(self, item: Item) -> bool:
        """Whether an action is told by the way that was taken: "took the path", "used that road"."""
        words = item.word.split(" ")
        return len(words) > 2 and item.has("action") and words[-1] in word_set("counts.ways")

    def told_here(self, unit: Unit) -> Where | None:
        """The place that the sentence before in the paragraph names last, where no dateline gives one: "23 were in Manitoba. We had 142 here"."""
        index = unit.sentence - 1
        where = self.mentioned(index, 1) if index >= 0 and self.article.sentences[index].block == unit.block else None
        return None if where is None else replace(where, basis="carried", distance=1)

    def of_most(self, before: list[Item]) -> bool:
        """Whether a place is that of the larger part only: "most of them from here"."""
        return any(item.has("partly") and following.has("partitive") for item, following in pairwise(before))

    def speaks_of_spot(self, unit: Unit) -> bool:
        """Whether the sentence or the one before names one spot, so that "there" is no country: "At the port of entry hardly anyone asks"."""
        near = [unit, *([self.units.at(unit.sentence - 1)] if unit.sentence else [])]
        spots = place_words().spots
        return any(
            without_opening(item.word, "counts.article_opening") in spots or any(port in item.word for port in word_list("counts.entry_ports"))
            for one in near
            for item in one.items
        )

    def placed(self, found: Found) -> bool:
        """Whether a count has a place below the country."""
        return not self.names.is_whole(self.places[id(found)])

    def is_way(self, unit: Unit, i: int) -> bool:
        """Whether "it" is the way by which people came: "16,000 people came up it"."""
        return i > 0 and unit.items[i - 1].word.rpartition(" ")[2] in word_set("counts.place_along") | word_set("counts.way_prepositions")

    def points(self, unit: Unit, i: int, word: str, ahead: str) -> bool:
        """Whether an item points to a spot: "that crossing", "this border town", "through the park"."""
        described = takewhile(lambda item: not item.is_mark and not item.has("neutral", "action"), unit.items[i + 1 : i + _DESCRIBED])
        spot = ahead in place_words().spots or (word in word_set("counts.pointing") and any(item.word in place_words().spots for item in described))
        if not spot or word not in word_set("counts.article"):
            return spot and word in word_set("counts.pointing")
        before = unit.items[i - 1].word.rpartition(" ")[2] if i else ""
        if before in word_set("counts.of") and unit.items[i - 2].word.rpartition(" ")[2] in word_set("counts.ends_of"):
            return True
        if i + 1 < len(unit.items) and unit.items[i + 1].possessive:
            return True
        return before in place_words().toward or before in word_set("counts.place_along") or (i == 0 and ahead not in self.words.regions)

    def acts(self, unit: Unit, i: int, high: int) -> bool:
        """Whether "the province" at `i` is what takes people in, and not who speaks: "The province took in 65,570"."""
        joined = " " in unit.items[i].word
        behind = unit.items[i + (1 if joined else 2) : high]
        return (
            bool(behind)
            and not behind[0].has("dated")
            and not behind[0].word.startswith(("'", "’"))
            and behind[0].word not in word_set("counts.spoke")
        )

    def before(self, unit: Unit, reach: int) -> Where | None:
        """The place that the sentence or those before name last."""
        named = self.names.named(unit, 0, len(unit.items), 0)
        if named is not None and not self.names.is_whole(named):
            return named
        return self.mentioned(unit.sentence - 1, reach)

    def mentioned(self, sentence: int, reach: int) -> Where | None:
        """The one place below the country that a sentence, or one of the `reach` before it, names."""
        country = self.words.counts.default_place
        for index in range(sentence, max(-1, sentence - reach), -1):
            if index < 0 or index >= len(self.article.sentences):
                continue
            span = self.article.sentences[index]
            codes, site = self.names.in_text(span.start, min(span.end, span.start + 2000))
            if (where := self.names.only(codes, site)) is not None:
                return where
            if set(codes) - {country}:
                return None
        return None
