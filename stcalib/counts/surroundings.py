"""What the sentences around one speak of without counting: an action, a subject, who acts, what a bare number before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from stcalib.counts.evidence import Evidence
from stcalib.counts.read_units import Units
from stcalib.counts.units import Unit
from stcalib.language.word_sets import pattern
from stcalib.text.article import Article
from stcalib.text.tokens import word_classes

_SUBJECT_REACH = 5
"""Items at the head of a sentence within which its subject is looked for."""
_SITE_REACH = 2
"""Sentences before in which a crossing is looked for."""
_ANSWER = 4
"""Items of a sentence that only answers a question."""
_AGENT_REACH = 3
"""Sentences before in which those who act are looked for."""


def told_behind(article: Article, units: Units, unit: Unit) -> Unit | None:
    """The sentence behind that says what the last number of one counts: "The answer: 19,419. That is how many people walked in"."""
    return units.at(unit.sentence + 1) if tells_what(article, unit.sentence + 1) else None


def tells_what(article: Article, sentence: int) -> bool:
    """Whether a sentence opens by saying what the number before it counts."""
    if sentence >= len(article.sentences):
        return False
    span = article.sentences[sentence]
    return pattern("counts.tells_what").match(article.plain, span.start, span.end) is not None


@dataclass
class Surroundings:
    """Reads the sentences around `unit`, each only when it is asked for; `last_counted` is the last sentence before that counts."""

    article: Article
    units: Units
    evidence: Evidence
    unit: Unit
    last_counted: int

    @cached_property
    def before(self) -> Unit | None:
        """The sentence before, where it holds no count, nor speaks of what may come."""
        index = self.unit.sentence - 1
        if index < 0 or not self.units.holds(index, self.evidence.words.evidence) or self.last_counted >= index:
            return None
        before = self.units.at(index)
        return None if any(item.has("forecast") for item in before.items) else before

    @cached_property
    def mention(self) -> str | None:
        """The measure that the sentence before speaks of, by an action or its subject."""
        if self.before is None:
            return None
        return self.evidence.strongest(measure for _, measure in self.evidence.actions(self.before, 0, len(self.before.items))) or self.topic

    @cached_property
    def topic(self) -> str | None:
        """The measure of the noun that is the subject of the sentence before in its paragraph: "All refugee claims tell another story"."""
        before = self.before
        if before is None or before.block != self.unit.block or any(item.has("predicate") for item in before.items):
            return None
        for item in before.items[:_SUBJECT_REACH]:
            values = [label.value for label in item.labels if label.kind == "event" and label.value]
            if values:
                return self.evidence.strongest(values)
            if item.is_mark or item.period is not None or item.number is not None or word_classes().get(item.word, "N") not in "ADNP":
                return None
        return None

    @cached_property
    def told_behind(self) -> str | None:
        """The measure that the sentence behind gives the last number of this one."""
        behind = told_behind(self.article, self.units, self.unit)
        if behind is None:
            return None
        return self.evidence.strongest(measure for _, measure in self.evidence.actions(behind, 0, len(behind.items)))

    @cached_property
    def by_site(self) -> bool:
        """Whether the sentence or one of those right before it names a crossing."""
        units = (self.units.at(index) for index in range(self.unit.sentence, max(-1, self.unit.sentence - 1 - _SITE_REACH), -1))
        return any(item.has("site") for unit in units for item in unit.items)

    @cached_property
    def asked(self) -> bool:
        """Whether the sentence is a few words long and answers the question right before it: "Alberta? Nine."."""
        index = self.unit.sentence - 1
        return index >= 0 and len(self.unit.items) <= _ANSWER and self.article.plain.endswith("?", 0, self.article.sentences[index].end)

    @cached_property
    def agents(self) -> frozenset[str]:
        """The measures of those who act in the sentences before, for "it" and "we"."""
        for index in range(self.unit.sentence - 1, max(-1, self.unit.sentence - 1 - _AGENT_REACH), -1):
            if self.article.sentences[index].block != self.unit.block:
                break
            found = {label.value for item in self.units.at(index).items for label in item.labels if label.kind == "agent"}
            if found:
                return frozenset(found)
        return frozenset()
