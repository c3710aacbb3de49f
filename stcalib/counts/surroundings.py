"""What the sentences around one speak of without counting: an action, a subject, who acts, what a bare number before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from stcalib.counts.evidence import Evidence
from stcalib.counts.measure_focus import MeasureFocus, Told
from stcalib.counts.read_units import Units
from stcalib.counts.units import Unit
from stcalib.language.word_sets import pattern
from stcalib.text.article import Article

_QUOTES = frozenset("“”\"")
_ANSWER = 4
"""Items of a sentence that only answers a question."""


def follows_question(article: Article, sentence: int) -> bool:
    """Whether a sentence stands right behind a question."""
    return sentence > 0 and article.plain.endswith("?", 0, article.sentences[sentence - 1].end)


def answers(article: Article, unit: Unit) -> bool:
    """Whether a sentence is a few words long and answers the question right before it, in quotation marks or not: "Alberta? Nine."."""
    said = unit.words_said
    if said and said[0].word in _QUOTES:
        said = list(takewhile(lambda item: item.word not in _QUOTES, said[1:]))
    return len(said) <= _ANSWER and follows_question(article, unit.sentence)


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
    focus: MeasureFocus
    unit: Unit
    last_counted: int

    @cached_property
    def _told(self) -> Told | None:
        """What the sentence before speaks of, where it holds no count."""
        return None if self.last_counted >= self.unit.sentence - 1 else self.focus.told(self.unit.sentence)

    @cached_property
    def mention(self) -> str | None:
        """The measure that the sentence before speaks of, by an action or its subject."""
        return None if self._told is None else self._told.action or self.topic

    @cached_property
    def topic(self) -> str | None:
        """The measure of the noun that is the subject of the sentence before in its paragraph: "All refugee claims tell another story"."""
        if self._told is None or self.article.sentences[self.unit.sentence - 1].block != self.unit.block:
            return None
        return self._told.topic

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
        return self.focus.by_site(self.unit.sentence)

    @cached_property
    def asked(self) -> bool:
        """Whether the sentence answers a question in a few words."""
        return answers(self.article, self.unit)

    @cached_property
    def agents(self) -> frozenset[str]:
        """The measures of those who act in the sentences before, for "it" and "we"."""
        return self.focus.acting(self.unit.sentence)
