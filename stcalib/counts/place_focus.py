"""The place that a text speaks of: set by sentences and headings, ended by a body or a count of the whole country."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stcalib.counts.candidate import Found
from stcalib.counts.place_names import PlaceNames, Where, place_words
from stcalib.counts.read_units import Units
from stcalib.counts.units import Item, Unit
from stcalib.counts.words import Words
from stcalib.language.in_use import by_language
from stcalib.language.word_sets import word_set
from stcalib.periods.find import may
from stcalib.syntax.focus import ENDED, HEADING, Rival, Stretch
from stcalib.text.article import Article

FOCUS_REACH = 2
"""Sentences over which a place that was spoken of is held."""
SUBJECT = "subject"
"""The basis of a place that is the subject of a sentence about its flow: "Manitoba saw a drop in crossings"."""


@by_language
def _plural_spots() -> frozenset[str]:
    """Nouns for spots in the plural: events at several of them are no longer those of one place."""
    return frozenset(f"{spot}s" for spot in place_words().spots)


class PlaceFocus:
    """Holds the place of which an article speaks, sentence by sentence."""

    def __init__(
        self, article: Article, units: Units, words: Words, names: PlaceNames, places: dict[int, Where], counted: Callable[[int], list[Found]]
    ) -> None:
        self.article = article
        self.units = units
        self.words = words
        self.names = names
        self.places = places
        self.counted = counted
        self.slot = units.focus.slot(self.sets)

    def sets(self, stretch: Stretch) -> Where | Rival | None:
        """The place that a stretch makes the text speak of: that of its count, or one where people arrive."""
        if stretch.kind == HEADING:
            return self.names.only(*self.names.in_text(stretch.start, stretch.end))
        counted = [found for found in self.counted(stretch.sentence) if id(found) in self.places]
        if counted:
            return self.of_counts(counted)
        return self.of_words(self.units.at(stretch.sentence))

    def of_counts(self, counted: list[Found]) -> Where | Rival | None:
        """The one place of the counts of a sentence; several or the whole end what was held."""
        main = [self.places[id(found)] for found in counted if not found.cell.compared]
        where = main[0] if main else self.places[id(counted[0])]
        codes = {other.code for other in main} - {self.words.counts.default_place}
        at_crossing = not codes and where.site is not None and all(other.site == where.site for other in main)
        if at_crossing or (len(codes) == 1 and where.code in codes):
            return where
        return ENDED

    def of_words(self, unit: Unit) -> Where | Rival | None:
        """The one place of a sentence without a count: a named crossing, or a place of which it says that people arrive."""
        if any(item.has("forecast", "poll") for item in unit.items):
            return None
        moves = any(item.has("action", "event", "people", "arrival") for item in unit.items)
        where = self.names.named(unit, 0, len(unit.items), 0)
        if where is None:
            return None
        if where.several:
            return ENDED if moves else None
        if self.names.is_whole(where):
            toward = any(
                unit.items[i].has("place") and unit.items[i - 1].word not in place_words().toward and not unit.items[i].possessive
                for i in range(1, len(unit.items))
            )
            return ENDED if moves and toward else None
        if moves and any(item.has("place") for item in unit.items[:2]) and any(item.has("neutral", "rise", "fall") for item in unit.items[1:4]):
            return replace(where, basis=SUBJECT)
        return where if moves or where.site is not None else None

    def held(self, found: Found) -> Where | None:
        """The place that the sentences before, or the heading, speak of, where the sentence brings no body of the whole country."""
        sentence = found.unit.sentence
        held = self.slot.held(sentence, FOCUS_REACH)
        if held is None:
            return None
        here = self.article.sentences[sentence - held.distance].block == found.unit.block
        if not (held.value.basis == SUBJECT and held.distance == 1) and self.of_whole(found, here=here):
            return None
        if self.other_measure(found, sentence - held.distance, here=here):
            return None
        return Where(held.value.code, held.value.site, "carried", held.distance)

    def other_measure(self, found: Found, sentence: int, *, here: bool) -> bool:
        """Whether the sentence that set the place counts something else: claims, where this one counts people.

        In another paragraph any other measure is something else.
        """
        measures = {row.measure for row in self.counted(sentence)}
        if found.leaning or not measures:
            return False
        if self.words.measures[found.measure].unit not in {self.words.measures[measure].unit for measure in measures}:
            return True
        return not here and not measures & {found.measure, self.words.counts.site_measure} and found.measure != self.words.counts.site_measure

    def of_whole(self, found: Found, *, here: bool = False) -> bool:
        """Whether a sentence brings a subject of its own that stands for the whole country: "the RCMP intercepted", "federal figures".

        In another paragraph, unless what happened on one day is told, any body that acts does: "In January, police intercepted 4,994".
        """
        items = found.unit.items
        local = here or self.of_a_day(found)
        national, whole = self.words.national, place_words().whole
        for i, item in enumerate(items):
            if item.word in national or item.word in whole:
                return True
            if not item.labels:
                continue
            if item.has("summing"):
                return True
            if item.has("agent") and not self.is_goal(items, i) and (item.word in self.words.credits or not local) and not self.credited(items, i):
                return True
            if item.has("event") and item.word.split(" ")[-1] in _plural_spots() and i > 0 and items[i - 1].word in place_words().toward:
                return True
        return self.with_part(found)

    def is_goal(self, items: list[Item], i: int) -> bool:
        """Whether a word for a body is the goal of a way here: "right up to the border stones"."""
        before = [item for item in items[max(0, i - 2) : i] if item.word not in word_set("counts.place_determiners")]
        return bool(before) and before[-1].word in place_words().toward

    def with_part(self, found: Found) -> bool:
        """Whether a part of the number is placed behind it, so that it is that of more places: "39,540 people; of these, 39,171 entered Quebec"."""
        unit = found.unit
        for other in unit.cells:
            near = unit.within(other.low, min(other.high, other.at + 3))
            if (
                other.low >= found.cell.high
                and found.kind == "count"
                and any(item.has("partitive") or item.word in word_set("counts.including") for item in near)
            ):
                return self.names.named(unit, other.low, other.high, other.at) is not None
        return False

    def of_a_day(self, found: Found) -> bool:
        """Whether the clause of a number tells what happened on one day."""
        days = [item.period for item in found.unit.items[found.cell.low : found.cell.high] if item.period is not None]
        days = days or [item.period for item in found.unit.items[: found.cell.low] if item.period is not None]
        return bool(days) and may(days[0], "act_day")

    def credited(self, items: list[Item], i: int) -> bool:
        """Whether a body only stands for figures: "figures from the agency show", "the agency says"."""
        before, behind = items[max(0, i - 3) : i], items[i + 1 : i + 2]
        of_figures = any(item.has("data") or item.word in word_set("counts.of_figures") for item in before)
        acts = any(item.word in word_set("counts.agent_again") for item in items[i + 2 : i + 5])
        return of_figures or (
            any(item.has("data_verb") and (item.has("dated") or item.word in word_set("counts.say")) for item in behind) and not acts
        )
