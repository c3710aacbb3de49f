"""What a reader that has learned reads otherwise than before.

In: two corpora of the same articles. Out: the rows that came or went.
"""

from __future__ import annotations

import pandas as pd

from stcalib.corpus.corpus import Corpus

CHANGES = ("into the table", "out of the table", "newly proposed", "no longer proposed")
SHOWN = ("article_id", "actor", "proposition", "stance", "text")
"""What makes two rows the same: a row that a reviewer added may be found by the program now, under another id."""


def changes(before: Corpus, after: Corpus) -> pd.DataFrame:
    """The positions and proposals that only one of two readings has: `change`, one of `CHANGES`, and the columns `SHOWN`.

    A row that goes from the proposals into the table is one change, and the other way round.
    """
    tables = [{name: _rows(corpus, name) for name in ("positions", "proposals")} for corpus in (before, after)]
    was, now = tables
    came = now["positions"].index.difference(was["positions"].index)
    left = was["positions"].index.difference(now["positions"].index)
    new = now["proposals"].index.difference(was["proposals"].index).difference(left)
    gone = was["proposals"].index.difference(now["proposals"].index).difference(came)
    rows = (now["positions"].loc[came], was["positions"].loc[left], now["proposals"].loc[new], was["proposals"].loc[gone])
    parts = [part.assign(change=change) for change, part in zip(CHANGES, rows, strict=True)]
    return pd.concat(parts, ignore_index=True)[["change", *SHOWN]]


def _rows(corpus: Corpus, table: str) -> pd.DataFrame:
    frame: pd.DataFrame = getattr(corpus, table)
    told = frame[list(SHOWN)].drop_duplicates()
    return told.set_index(pd.Index(["\x1f".join(map(str, row)) for row in told.itertuples(index=False)])).sort_index()
