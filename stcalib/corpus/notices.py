"""What the reader of figures must be told of a corpus first: what was not read, what is left out, and why.

The command, its figures and the first cell of every notebook tell the same lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from stcalib.core.rows import LEFT_OUT
from stcalib.core.visible import visible
from stcalib.corpus.corpus import Corpus

MOST_NAMED = 8
"""Names that a line gives at most."""
WHY = {
    "other language": "not read, being in another language",
    "other country": "left out of figures, being about another country",
    "off topic": "left out of figures, being off the codebook's topic",
}


def notices(corpus: Corpus) -> list[str]:
    """The lines: one for each problem, one for each reason for which articles are left out, one for what was passed over.

    Every article is read for them.
    """
    return [*problem_lines(corpus.problems), *other_lines(corpus)]


def problem_lines(problems: pd.DataFrame) -> list[str]:
    """A line for each problem: its file, what is wrong, what to do."""
    rows = zip(*(map(str, problems[column]) for column in ("file", "problem", "advice")), strict=True)
    return [f"{visible(file)}: {visible(problem)}. {visible(advice)}." for file, problem, advice in rows]


def other_lines(corpus: Corpus) -> list[str]:
    """What was left out or passed over without being a problem."""
    articles = corpus.articles
    lines = []
    for kind in LEFT_OUT:
        names = articles.loc[articles["left_out"] == kind, "article_id"].tolist()
        if names:
            lines.append(f"{len(names)} of {len(articles)} articles {WHY[kind]}: {_named(names)}. The table of articles gives the reasons.")
    if corpus.notice:
        lines.append(corpus.notice)
    if corpus.passed_over:
        lines.append(f"Passed over beside the articles: {_named(corpus.passed_over)}.")
    return lines


def _named(names: Sequence[str] | Iterable[str]) -> str:
    every = [visible(name) for name in names]
    more = len(every) - MOST_NAMED
    return ", ".join(every[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
