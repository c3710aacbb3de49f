"""One article to its rows: a pure function, so that it can run in another process or its result be kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from stcalib.codebook.codebook import EMPTY, Codebook
from stcalib.core.rows import ArticleRow, Count, Position, Problem, Proposal, Published, Quote, Row, Skipped
from stcalib.corpus.faults import guarded
from stcalib.corpus.first_reading import FirstReading
from stcalib.corpus.relevance import OTHER_COUNTRY, OTHER_LANGUAGE
from stcalib.corpus.sidecar import Told
from stcalib.corpus.sources import Source
from stcalib.counts.find import find_counts
from stcalib.language.in_use import language_in_use, languages, use_language
from stcalib.positions.find import find_positions
from stcalib.quotes.find import find_quotes
from stcalib.text.article import Article

Kind = TypeVar("Kind", Quote, Count, Position)


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one article, by table."""

    counts: list[Count]
    quotes: list[Quote]
    positions: list[Position]
    proposals: list[Proposal]
    skipped: list[Skipped]
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows that show something, for drawing the article."""
        return (*self.counts, *self.quotes, *self.positions, *self.skipped)


def read_rows(article: Article, codebook: Codebook, published: Published, left_out: str | None = None) -> Found:
    """What the finders find in an article that was published in this interval, by the words of this codebook.

    Nothing else goes in: the same article, codebook and interval give the same rows, in any process and any order. An
    article that is `left_out` as another country's gives its quotes alone, without the codebook, whose persons and parties
    are none of its; one in another language gives nothing. A finder that fails gives no rows and a problem.
    """
    found = Found([], [], [], [], [])
    read_in_language_of(codebook)
    if left_out == OTHER_LANGUAGE:
        return found
    if left_out == OTHER_COUNTRY:
        _take(found, found.quotes, article, "its quotes", lambda: find_quotes(article, EMPTY, published))
        return found
    _take(found, found.counts, article, "its counts", lambda: find_counts(article, codebook, published))
    _take(found, found.quotes, article, "its quotes", lambda: find_quotes(article, codebook, published))
    nothing: tuple[list[Position], list[Proposal], list[Skipped]] = ([], [], [])
    seen = guarded(article, "its positions", lambda: find_positions(article, found.quotes, codebook, published), nothing, found.problems)
    found.positions.extend(seen[0])
    found.proposals.extend(seen[1])
    found.skipped.extend(seen[2])
    return found


def read_in_language_of(codebook: Codebook) -> None:
    """Reads in the language of a codebook from now on, where the package has a folder of it; as before where it has none."""
    language = codebook.issue.language
    if language != language_in_use() and language in languages():
        use_language(language)


def _take(found: Found, rows: list[Kind], article: Article, what: str, find: Callable[[], tuple[list[Kind], list[Skipped]]]) -> None:
    """Puts what a finder finds to the `rows` of its table, and what it declines to the skipped ones."""
    nothing: tuple[list[Kind], list[Skipped]] = ([], [])
    seen, declined = guarded(article, what, find, nothing, found.problems)
    rows.extend(seen)
    found.skipped.extend(declined)


def article_row(source: Source, first: FirstReading, told: Told, published: Published) -> ArticleRow:
    """The row of the article itself: what its page states, else what the sidecar tells, and why it is left out; of an
    imported article the other way round, since its file stated it more plainly than its text does."""
    page, why = first.page, first.left_out
    imported = told.source is not None
    named = [(page.outlet, "stated"), (told.outlet, "sidecar")]
    outlet, basis = next(((name, how) for name, how in (reversed(named) if imported else named) if name), (page.agency, "agency"))
    return ArticleRow(
        article_id=source.article_id,
        title=(told.title or page.title) if imported else (page.title or told.title),
        outlet=outlet,
        outlet_basis=basis if outlet else None,
        agency=page.agency,
        byline=(told.author or page.byline) if imported else (page.byline or told.author),
        dateline=page.dateline or told.dateline,
        url=told.url,
        published_earliest=published.earliest,
        published_latest=published.latest,
        published_basis=published.basis,
        published_evidence=published.evidence,
        left_out=why.kind if why else None,
        left_out_reason=why.reason if why else None,
        updated=page.updated,
        n_chars=source.n_chars,
        n_words=first.n_words,
        sha256=source.sha256,
        encoding=source.encoding,
        file=source.file,
    )
