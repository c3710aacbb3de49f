"""The first of the two passes over articles: what one article says of itself, and what it offers to others.

Pure: the same text, entry of the sidecar and codebook give the same, in any process. What comes of it is small, so that the
article is dropped when it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from shlex import quote

from stcalib.actors.registry import registry_of
from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import Problem, Published
from stcalib.corpus.day_clues import NOTHING, OwnDays, own_days
from stcalib.corpus.faults import guarded
from stcalib.corpus.relevance import LeftOut, left_out
from stcalib.ingest.look import looks_like
from stcalib.text.article import Article
from stcalib.text.metadata import Stated, stated
from stcalib.text.zones import READ


@dataclass(frozen=True, slots=True)
class FirstReading:
    """What an article prints of itself, why it is left out, what it tells of days, its number of words, and what went wrong."""

    page: Stated
    left_out: LeftOut | None
    days: OwnDays
    n_words: int
    problems: list[Problem] = field(default_factory=list)


def read_first(article: Article, codebook: Codebook, given: Published | None = None, keep: bool = False) -> FirstReading:
    """What an article says of itself and offers to others; `given` is its day where that is known beside the text.

    With `keep` it is not asked whether it is on the issue. A step that fails gives nothing and a problem.
    """
    problems = [*_not_yet_an_article(article)] if article.file is not None else []
    page = guarded(article, "what its page says of it", partial(stated, article), Stated(), problems)
    asked = partial(own_days, article, page, given, registry_of(codebook), codebook.issue.day_order)
    nothing = OwnDays(given, [], [], [], b"", b"", [], [], []) if given is not None else NOTHING
    days = guarded(article, "its day", asked, nothing, problems)
    none: LeftOut | None = None
    why = none if keep else guarded(article, "whether it is on the issue", partial(left_out, article, codebook), none, problems)
    n_words = guarded(article, "its words", partial(_n_words, article), 0, problems)
    return FirstReading(page, why, days, n_words, problems)


def _n_words(article: Article) -> int:
    return sum(len(article.plain[block.start : block.end].split()) for block in article.blocks if block.zone in READ)


def _not_yet_an_article(article: Article) -> list[Problem]:
    """A warning where a text is an export of many stories, or a web page."""
    none: list[Problem] = []
    what = guarded(article, "what it looks like", partial(looks_like, article.text), None, none)
    if what is not None:
        # the name of a file is as foreign as its words, and the command is meant to be copied
        advice = f"Take it out of the folder and import it: stca import {quote(article.file or article.article_id)}"
        return [Problem(article.file or article.article_id, f"looks like {what}, and was read as one article", advice)]
    return none
