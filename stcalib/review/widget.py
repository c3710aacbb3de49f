"""The review widget: the rows of a table walked through in JupyterLab, each decision written to a ledger at once.

`Review(corpus, "quotes", ledger="corrections.csv", coder="ada")` as the last line of a cell shows it. The widget
only shows and asks; `stcalib.review.session` decides and writes. Running the cell again goes on where the ledger ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from stcalib.corpus.corpus import Corpus
from stcalib.corrections.recomputed import Recompute
from stcalib.display.evidence_widgets import script
from stcalib.review.reviewing import Reviewing
from stcalib.review.session import Session


class Review(Reviewing):
    """A review of one table by one reviewer. The arguments are those of `stcalib.review.session.Session`."""

    _esm = script("dom.js", "review.js", "review_alone.js")

    def __init__(
        self,
        corpus: Corpus,
        table: str = "quotes",
        *,
        ledger: str | Path = "corrections.csv",
        coder: str | None,
        frame: pd.DataFrame | None = None,
        article_id: str | None = None,
        blind: bool = False,
        clock: Callable[[], datetime] | None = None,
        recompute: Mapping[str, Recompute] | None = None,
    ):
        told: dict[str, Any] = {"frame": frame, "article_id": article_id, "blind": blind, "clock": clock, "recompute": recompute}
        super().__init__(Session(corpus, table, ledger=ledger, coder=coder, **told))

    def __repr__(self) -> str:
        # how far the review is stands in the ledger alone, so that going on with it changes no stored notebook
        state = self.state
        return f"<Review of {state['table']}, {state['coder']} → {state['ledger']}>"
