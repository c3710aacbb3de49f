"""The table of what the counts of articles imply."""

from __future__ import annotations

import pandas as pd

from stcalib.core.rows import Count, Derived
from stcalib.corpus.tables import frame_of
from stcalib.corrections.live_row import rows_of
from stcalib.counts.derivation import derive


def derived_from(counts: pd.DataFrame, whole: str | None) -> pd.DataFrame:
    """What the counts of each article imply; `whole` is the place that a count covers where none is named."""
    stated: dict[str, list[Count]] = {}
    for row in rows_of(counts, Count):
        stated.setdefault(row.article_id, []).append(row)
    return frame_of(Derived, [row for one in stated.values() for row in derive(one, whole)])
