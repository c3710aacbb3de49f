"""`stca search`: words in their context, a line each, a page at a time."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from stcalib.analysis.asked_period import parse_period
from stcalib.analysis.search import Filters, Passages, in_words
from stcalib.cli.build import settings, shown_when_slow
from stcalib.core.visible import visible
from stcalib.corpus.corpus import load_corpus
from stcalib.corpus.kept import project_cache
from stcalib.corpus.passes import cores


def search_articles(words: str, folder: Path | None, codebook: str | None, filters: Filters, period: str | None, page: int, lines: int) -> int:
    """Prints the passages of a page, `lines` of them, on the standard output, and how many there are on the error output.

    Returns 0, or 1 where nothing is found. Raises `StcalibError` where the folder cannot be read or no word is asked for.
    """
    notes = Console(stderr=True, highlight=False)
    chosen = settings(folder, codebook, None)
    corpus = load_corpus(chosen.folder, codebook=chosen.codebook, corrections=chosen.corrections, cache=project_cache(chosen.folder))
    corpus.read(lambda names: shown_when_slow(notes, list(names)), cores())
    within = parse_period(period)
    asked = Filters(filters.actor, filters.party, filters.proposition, filters.outlet, within.first, within.last)
    passages = Passages(corpus, lambda names: shown_when_slow(notes, list(names), "Indexing words"))
    found = passages.find(words, asked, (page - 1) * lines, lines)
    out = Console(highlight=False)
    for row in found.rows.itertuples():
        line = Text(f"{visible(str(row.article_id))}:{row.start}  ", "dim")
        line.append(visible(str(row.before)), "not dim").append(visible(str(row.text)), "not dim bold").append(visible(str(row.after)), "not dim")
        out.print(line, soft_wrap=True)
    pages = max(1, -(-found.passages // lines))
    more = f" Page {page} of {pages}{'; --page ' + str(page + 1) + ' shows the next' if page < pages else ''}." if pages > 1 else ""
    notes.print(f"{in_words(found)}.{more}")
    return 0 if found.passages else 1
