"""What needs more than one row: tallies, stances compared, quotations shared between articles, networks, consistency.

In: data frames of the package. Out: small data frames that answer one question each. Imports corpus tables and
official series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.analysis.consistency import check_consistency
    from stcalib.analysis.networks import affiliation, between, graphml, statements, ties, windows, write_graphml
    from stcalib.analysis.opposite_sides import contradictions
    from stcalib.analysis.search import Filters
    from stcalib.analysis.shared_quotations import shared_quotes, utterances
    from stcalib.analysis.stances import changes, once, stance_matrix, timeline
    from stcalib.analysis.tallies import in_order, monthly_averages, n_words, official_months, rows_by_article, words_by

__all__ = [
    "Filters",
    "affiliation",
    "between",
    "changes",
    "check_consistency",
    "contradictions",
    "graphml",
    "in_order",
    "monthly_averages",
    "n_words",
    "official_months",
    "once",
    "rows_by_article",
    "shared_quotes",
    "stance_matrix",
    "statements",
    "ties",
    "timeline",
    "utterances",
    "windows",
    "words_by",
    "write_graphml",
]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "n_words": "tallies",
        "words_by": "tallies",
        "rows_by_article": "tallies",
        "in_order": "tallies",
        "monthly_averages": "tallies",
        "official_months": "tallies",
        "once": "stances",
        "stance_matrix": "stances",
        "timeline": "stances",
        "changes": "stances",
        "contradictions": "opposite_sides",
        "Filters": "search",
        "shared_quotes": "shared_quotations",
        "utterances": "shared_quotations",
        "statements": "networks",
        "windows": "networks",
        "affiliation": "networks",
        "between": "networks",
        "ties": "networks",
        "graphml": "networks",
        "write_graphml": "networks",
        "check_consistency": "consistency",
    },
)
