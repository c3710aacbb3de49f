"""What weighed how much for one row of the positions or proposals, as a frame."""

from __future__ import annotations

import pandas as pd

from stcalib.core.errors import StcalibError
from stcalib.corpus.corpus import Corpus
from stcalib.positions.explained import Weight, explained


def explain_position(corpus: Corpus, position_id: str) -> pd.DataFrame:
    """Which words and which traits of its reading weighed how much for a position or proposal.

    Columns: `of` ("words" to the learned reader for this stance; "reading" to the estimate that decides between table and
    proposals), `what`, `weight` in thousandths of log-odds: 1000 makes it e times as likely. Empty where the codebook has no
    learned reader. Raises `StcalibError` where no article has such a row as read, for instance one that a reviewer added.
    """
    for name in ("positions", "proposals"):
        frame = corpus.machine_frames[name]
        for article_id in frame.loc[frame["position_id"] == position_id, "article_id"]:
            found = explained(corpus[article_id], corpus.found(article_id).quotes, corpus.codebook, corpus.published(article_id), position_id)
            if found is not None:
                return pd.DataFrame(found, columns=list(Weight._fields))
    raise StcalibError(f"{position_id!r}: no position or proposal that was read has this id. See the column position_id of corpus.positions")
