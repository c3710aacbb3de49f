"""Positions: who stands where on which proposition, each row with the sentence that shows it.

Two readers go over an article: one by rule (`rule_reader`), one that has learned (`second_reader`). What they see together is
weighed (`tiers`): firm rows are the table, the others are proposals, each with the reason why it is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import NamedTuple

from stcalib.codebook.codebook import Codebook
from stcalib.codebook.patterns import Encoded
from stcalib.core.rows import Position, Proposal, Published, Quote, Skipped, row_id
from stcalib.positions.candidate import Candidate
from stcalib.positions.learned import LearnedReader, reader_of
from stcalib.positions.rule_reader import RuleReader
from stcalib.positions.scheme import scheme_of
from stcalib.positions.second_reader import Second
from stcalib.positions.tiers import Evidence
from stcalib.positions.weighing import MOST, Weighed, together, weigh
from stcalib.text.article import Article

IN_PASSING = "the article names the topic here alone, far from its beginning; it is read for no position"
CHARACTERS = 390
"""A long article may have one proposal for so many characters."""


class Read(NamedTuple):
    """The positions of an article: firm rows, proposals, and the wordings that gave neither."""

    positions: list[Position]
    proposals: list[Proposal]
    skipped: list[Skipped]


def find_positions(article: Article, quotes: Sequence[Quote], codebook: Codebook, published: Published) -> Read:
    """The positions of an article in order, what was seen and is not firm, and the wordings that gave neither with the reason.

    `quotes` are the article's quote rows. The stances are those on the codebook's propositions; a codebook without
    propositions gives none. Takes time linear in the length of the article.
    """
    seen = candidates(article, quotes, codebook, published, reader_of(codebook))
    positions, proposals = [], []
    for one in weigh(seen.found, max(MOST, len(article.text) // CHARACTERS)):
        row = _position(one, article, published)
        if one.reason is None:
            positions.append(row)
        else:
            proposals.append(Proposal(**{f.name: getattr(row, f.name) for f in fields(row)}, reason=one.reason))
    return Read(positions, proposals, list(dict.fromkeys(seen.skipped)))


class Seen(NamedTuple):
    """What both readers see in an article, and the wordings that the rules declined."""

    found: list[tuple[Candidate, Evidence | None]]
    skipped: list[Skipped]


def candidates(
    article: Article, quotes: Sequence[Quote], codebook: Codebook, published: Published, learned: LearnedReader | None
) -> Seen:
    """The stances that the rules see in an article, and beside them a learned reader where there is one."""
    text = _encoded(article, codebook)
    rules = read_by_rule(article, quotes, codebook, published, text)
    if rules is None:
        return Seen([], list(_in_passing(article, codebook, text)) if text is not None else [])
    return Seen(together(rules.rows, Second(learned, rules).read() if learned is not None else None), rules.skipped)


def read_by_rule(
    article: Article, quotes: Sequence[Quote], codebook: Codebook, published: Published, text: Encoded | None = None
) -> RuleReader | None:
    """The reader by rule that has read an article, whose symbols may be given; None where it is not on the codebook's topic."""
    scheme, text = scheme_of(codebook), text or _encoded(article, codebook)
    if text is None or not scheme.is_on_topic(text):
        return None
    rules = RuleReader(article, quotes, codebook, published, scheme, text)
    rules.read()
    return rules


def _encoded(article: Article, codebook: Codebook) -> Encoded | None:
    """An article as symbols; None where it holds no way of naming the topic, or the codebook no proposition."""
    scheme = scheme_of(codebook)
    if not codebook.propositions.proposition or not scheme.may_be_on_topic(article.plain):
        return None
    return scheme.vocabulary.encode(article.plain)


def _in_passing(article: Article, codebook: Codebook, text: Encoded) -> Iterator[Skipped]:
    """The one place at which an article off the topic names it, and which is why it is read for no position."""
    if (named := scheme_of(codebook).topic_named(text)) is not None:
        start, end, words = article.cut(text.start(named[0]), text.ends[named[1] - 1])
        yield Skipped(article.article_id, "positions", start, end, words, IN_PASSING)


def position_id(one: Candidate, article: Article) -> str:
    """What identifies the row of a candidate."""
    return row_id("p", article.sha256, one.start, one.end, one.holder.name, one.proposition, one.stance)


def _position(weighed: Weighed, article: Article, published: Published) -> Position:
    one = weighed.candidate
    return Position(
        position_id=position_id(one, article),
        article_id=article.article_id,
        start=one.start,
        end=one.end,
        text=one.text,
        actor=one.holder.name,
        actor_type=one.holder.type,
        organization=one.holder.organization,
        party=one.holder.party,
        proposition=one.proposition,
        stance=one.stance,
        basis=one.basis,
        wording=one.wording,
        cue=one.cue,
        quote_id=one.quote.quote_id if one.quote else None,
        as_of=_as_of(one, published),
        score=weighed.score,
        read_by=one.read_by,
    )


def _as_of(candidate: Candidate, published: Published) -> date | None:
    if candidate.quote is not None and candidate.quote.said_on is not None:
        return candidate.quote.said_on
    return published.earliest if published.earliest == published.latest else None

