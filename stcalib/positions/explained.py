"""On demand: the words by which a rule reads a position or proposal, and what weighed how much for it, in thousandths of log-odds.

In: an article, its quotes, and the id of a row. Out: the wording and the cue with their places in the text, the words of its
stretch with what each is worth to the learned reader for the stance, and the traits of how it was read with what each is worth
to the estimate that decides between table and proposals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import Published, Quote
from stcalib.positions.candidate import Candidate
from stcalib.positions.find import position_id, read_by_rule
from stcalib.positions.learned import LearnedReader, reader_of
from stcalib.positions.rule_reader import RuleReader
from stcalib.positions.second_reader import Scores, Second
from stcalib.positions.tiers import Evidence, all_traits, load_tiers
from stcalib.positions.weighing import together
from stcalib.text.article import Article

WORDING, CUE, WORDS, READING = "wording", "cue", "words", "reading"


class Weight(NamedTuple):
    """What something is worth: `of` is "words" (of the stretch, to the learned reader) or "reading" (a trait, to the estimate).

    A "wording" and a "cue" have no weight: they are what a rule reads the row by, `start`..`end` their characters in the text.
    """

    of: str
    what: str
    weight: int | None
    start: int | None = None
    end: int | None = None


def explained(article: Article, quotes: Sequence[Quote], codebook: Codebook, published: Published, wanted: str) -> list[Weight] | None:
    """What the row with the id `wanted` is read by, and its weights, the words first, each kind with the heaviest first; None where
    there is no such row.

    No weights where the codebook has no learned reader: what the rules see is the table then, and nothing is weighed.
    """
    rules, learned = read_by_rule(article, quotes, codebook, published), reader_of(codebook)
    if rules is None:
        return None
    second = Second(learned, rules).read() if learned is not None else None
    for one, evidence in together(rules.rows, second):
        if position_id(one, article) == wanted:
            if learned is None or second is None or evidence is None:
                return [*_read_by(rules, one)]
            return [*_read_by(rules, one), *_words(learned, rules, one, second[1]), *_traits(one, evidence)]
    return None


def _read_by(rules: RuleReader, one: Candidate) -> Iterator[Weight]:
    """The wording and the cue of a row that a rule reads, as printed."""
    for of, words in ((WORDING, one.wording_at), (CUE, one.cue_at)):
        if words is not None:
            start, end, text = rules.article.cut(rules.text.start(words[0]), rules.text.ends[words[1] - 1])
            yield Weight(of, text, None, start, end)


def _words(learned: LearnedReader, rules: RuleReader, one: Candidate, scores: Scores) -> Iterator[Weight]:
    """The words of the stretch that speaks most for the stance; a stance that the reader has not learned has none."""
    label, (lo, hi) = (one.proposition, one.stance), one.words
    over = [(scored[label], unit) for unit, scored in scores.get(one.number, ()) if unit.start < hi and lo < unit.end and label in scored]
    if over:
        _, unit = max(over, key=lambda pair: pair[0])
        hits, marks = rules.worded.get(one.number, ()), rules.marks_of(one.number)
        found = learned.weighed(rules.text, unit.start, unit.end, hits, label, marks)
        yield from (Weight(WORDS, feature, weight) for feature, weight in found)


def _traits(one: Candidate, evidence: Evidence) -> Iterator[Weight]:
    weights = load_tiers().weights
    found = [(trait, weights[trait]) for trait in all_traits(one, evidence) if weights.get(trait)]
    yield from (Weight(READING, trait, weight) for trait, weight in sorted(found, key=lambda pair: (-abs(pair[1]), pair[0])))
