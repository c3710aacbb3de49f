"""What one row is read by, and what weighed how much for it, as a frame."""

from __future__ import annotations

import pandas as pd

from stcalib.core.errors import StcalibError
from stcalib.corpus.corpus import Corpus
from stcalib.positions.explained import Weight, explained


def explain_position(corpus: Corpus, position_id: str) -> pd.DataFrame:
    """By which words a position or proposal is read, and which words and traits of its reading weighed how much.

    Columns: `of` ("wording": the words that raise the proposition; "cue": those that give the stance, lacking where the wording
    does; "words" to the learned reader for this stance; "reading" to the estimate that decides between table and proposals),
    `what`, `weight` in thousandths of log-odds (1000 makes it e times as likely), and `start` and `end`: the characters of a
    wording or cue in the article. A row that the learned reader alone sees has neither; nothing is weighed where the codebook has
    no learned reader. Raises `StcalibError` where no article has such a row as read, for instance one that a reviewer added.
    """
    for name in ("positions", "proposals"):
        frame = corpus.machine_frames[name]
        for article_id in frame.loc[frame["position_id"] == position_id, "article_id"]:
            found = explained(corpus[article_id], corpus.found(article_id).quotes, corpus.codebook, corpus.published(article_id), position_id)
            if found is not None:
                return pd.DataFrame(found, columns=list(Weight._fields)).astype(dict.fromkeys(("weight", "start", "end"), "Int64"))
    raise StcalibError(f"{position_id!r}: no position or proposal that was read has this id. See the column position_id of corpus.positions")
