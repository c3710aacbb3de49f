"""A review queue across all articles and tables for JupyterLab: the rows of which a decision is most likely to change something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pandas as pd

from stcalib.corpus.corpus import Corpus
from stcalib.display.evidence_widgets import script
from stcalib.review.certainty import least_certain
from stcalib.review.queue_session import QueueSession
from stcalib.review.reviewing import Reviewing


class ReviewQueue(Reviewing):
    """The rows of all tables under review in one queue, those most in doubt first; decisions go to the same ledger as those of `Review`.

    `queue` is a selection of `least_certain(corpus)` in the order wanted; without it all of it, without what the ledger decides
    already: running the cell again goes on with the rest. `blind` hides what others decided. Without a `coder` rows are only looked at.
    """

    _esm = script("dom.js", "review.js", "review_alone.js")

    def __init__(
        self,
        corpus: Corpus,
        queue: pd.DataFrame | None = None,
        *,
        ledger: str | Path = "corrections.csv",
        coder: str | None,
        blind: bool = False,
        clock: Callable[[], datetime] | None = None,
    ):
        self.queue = least_certain(corpus, ledger, coder=coder if blind else None) if queue is None else queue
        super().__init__(QueueSession(corpus, self.queue, ledger=ledger, coder=coder, blind=blind, clock=clock))

    def __repr__(self) -> str:
        state = self.state
        return f"<ReviewQueue, {state['coder']} → {state['ledger']}>"
