"""What a text speaks of counting, and who acts in it: slots set by its sentences, for those behind that leave it out."""

from __future__ import annotations

from dataclasses import dataclass

from stcalib.counts.evidence import Evidence
from stcalib.counts.read_units import Units
from stcalib.counts.units import Unit
from stcalib.language.word_sets import word_set
from stcalib.syntax.focus import HEADING, Stretch
from stcalib.text.tokens import word_classes

_SUBJECT_REACH = 5
"""Items at the head of a sentence within which its subject is looked for."""
_FRONT_REACH = 4
"""Items at the head of a sentence in which a place is put in front of its subject."""
_SITE_REACH = 2
"""Sentences before in which a crossing is looked for."""
_SHORT = 5
"""Items of a sentence that only says something more of a subject told before."""
_AGENT_REACH = 3
"""Sentences before in which those who act are looked for."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence speaks of without counting it: the measure of an action, and that of its subject."""

    action: str | None
    topic: str | None


class MeasureFocus:
    """Holds the measure and the population of which an article speaks, sentence by sentence."""

    def __init__(self, units: Units, evidence: Evidence) -> None:
        self.units, self.evidence = units, evidence
        self.measure = units.focus.slot(self._told)
        self.population = units.focus.slot(self._acting)
        self.site = units.focus.slot(self._by_site)

    def told(self, sentence: int) -> Told | None:
        """What the sentence before speaks of; None where it speaks of what may come, or of nothing that is counted."""
        held = self.measure.held(sentence, 2 if sentence and self._goes_on(self.units.at(sentence - 1)) else 1)
        return held.value if held is not None else None

    def _goes_on(self, unit: Unit) -> bool:
        """Whether a sentence only says something more of what the one before speaks of: "They have moved."."""
        items = [item for item in unit.items if not item.is_mark]
        return 0 < len(items) <= _SHORT and items[0].word in word_set("counts.shares_pronouns") and not any(item.labels for item in items[1:])

    def acting(self, sentence: int) -> frozenset[str]:
        """The measures of those who act in the sentences before of the paragraph, for "it" and "we"."""
        held = self.population.held(sentence, _AGENT_REACH, within_block=True)
        return held.value if held is not None else frozenset()

    def by_site(self, sentence: int) -> bool:
        """Whether a sentence or one of those right before it names a crossing."""
        here = any(item.has("site") for item in self.units.at(sentence).items)
        return here or self.site.held(sentence, _SITE_REACH) is not None

    def _told(self, stretch: Stretch) -> Told | None:
        if stretch.kind == HEADING or not self.units.holds(stretch.sentence, self.evidence.words.evidence):
            return None
        unit = self.units.at(stretch.sentence)
        if any(item.has("forecast") for item in unit.items):
            return None
        action = self.evidence.strongest(measure for _, measure in self.evidence.actions(unit, 0, len(unit.items)))
        return Told(action, self._topic(unit))

    def _topic(self, unit: Unit) -> str | None:
        """The measure of the noun that is the subject of a sentence: "All refugee claims tell another story"."""
        if any(item.has("predicate") for item in unit.items):
            return None
        start = self._behind_front(unit)
        for item in unit.items[start : start + _SUBJECT_REACH]:
            values = [label.value for label in item.labels if label.kind == "event" and label.value]
            if values:
                return self.evidence.strongest(values)
            if item.is_mark or item.period is not None or item.number is not None or word_classes().get(item.word, "N") not in "ADNP":
                return None
        return None

    def _behind_front(self, unit: Unit) -> int:
        """Where the subject begins behind a place that is put in front: "In Ontario, interceptions are rare"."""
        front = unit.items[:_FRONT_REACH]
        comma = next((i for i, item in enumerate(front) if item.word == ","), 0)
        return comma + 1 if comma and any(item.has("place", "site", "city") for item in front[:comma]) else 0

    def _acting(self, stretch: Stretch) -> frozenset[str] | None:
        if stretch.kind == HEADING:
            return None
        return frozenset(label.value for item in self.units.at(stretch.sentence).items for label in item.labels if label.kind == "agent") or None

    def _by_site(self, stretch: Stretch) -> bool | None:
        if stretch.kind == HEADING:
            return None
        return any(item.has("site") for item in self.units.at(stretch.sentence).items) or None
