"""Rows decided by a reviewer: a session, its widgets in JupyterLab (a table, a queue, a search box), and the agreement of coders.

In: a corpus and a ledger. Out: decisions on the ledger, coefficients with intervals. Imports corpus, corrections,
analysis and display.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.review.certainty import least_certain
    from stcalib.review.coder_agreement import agreement, disagreements
    from stcalib.review.queue_widget import ReviewQueue
    from stcalib.review.search_box import SearchBox
    from stcalib.review.session import Session
    from stcalib.review.widget import Review

__all__ = ["Review", "ReviewQueue", "SearchBox", "Session", "agreement", "disagreements", "least_certain"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "Review": "widget",
        "ReviewQueue": "queue_widget",
        "SearchBox": "search_box",
        "least_certain": "certainty",
        "Session": "session",
        "agreement": "coder_agreement",
        "disagreements": "coder_agreement",
    },
)
