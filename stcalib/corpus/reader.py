"""One article to its rows: a pure function, so that it can run in another process or its result be kept."""

from __future__ import annotations

from dataclasses import dataclass

from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import ArticleRow, Count, Position, Proposal, Published, Quote, Row, Skipped
from stcalib.corpus.sidecar import Told
from stcalib.counts.find import find_counts
from stcalib.positions.find import find_positions
from stcalib.quotes.find import find_quotes
from stcalib.text.article import Article
from stcalib.text.metadata import Stated
from stcalib.text.zones import READ


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one article, by table."""

    counts: list[Count]
    quotes: list[Quote]
    positions: list[Position]
    proposals: list[Proposal]
    skipped: list[Skipped]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows that show something, for drawing the article."""
        return (*self.counts, *self.quotes, *self.positions, *self.skipped)


def read_rows(article: Article, codebook: Codebook, published: Published) -> Found:
    """What the finders find in an article that was published in this interval, by the words of this codebook.

    Nothing else goes in: the same article, codebook and interval give the same rows, in any process and any order.
    """
    counts, declined = find_counts(article, codebook, published)
    quotes, skipped = find_quotes(article, codebook, published)
    positions, proposals, unclear = find_positions(article, quotes, codebook, published)
    return Found(counts, quotes, positions, proposals, [*declined, *skipped, *unclear])


def article_row(article: Article, page: Stated, told: Told, published: Published) -> ArticleRow:
    """The row of the article itself: what its page states, else what the sidecar tells; of an imported article the other way
    round, since its file stated it more plainly than its text does."""
    imported = told.source is not None
    named = [(page.outlet, "stated"), (told.outlet, "sidecar")]
    outlet, basis = next(((name, how) for name, how in (reversed(named) if imported else named) if name), (page.agency, "agency"))
    body = (article.plain[block.start : block.end] for block in article.blocks if block.zone in READ)
    return ArticleRow(
        article_id=article.article_id,
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
        updated=page.updated,
        n_chars=len(article.text),
        n_words=sum(len(text.split()) for text in body),
        sha256=article.sha256,
        encoding=article.encoding,
        file=article.file,
    )
