"""What rests on a corrected row: positions read from a quote follow its speaker; what names a row that is gone no longer does.

A position follows where it had the speaker that the program gave the quote; whose actor a reviewer set keeps it, and one
of another actor ("Ann Lee said that Ben Roe wants …") is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from stcalib.core.row_fields import as_text
from stcalib.core.rows import WALKED
from stcalib.core.table_spec import spec_of
from stcalib.corrections.live_row import LiveRow

FOLLOWING = ("actor", "actor_type", "organization", "party")
"""Fields of a position that are those of the quote's speaker."""


def follow_speakers(quotes: Iterable[LiveRow], positions: Callable[[], list[LiveRow]]) -> None:
    """Gives positions the corrected speaker of the quote that they rest on. `positions` is asked for only where one was corrected."""
    corrected = {row.values["quote_id"]: row for row in quotes if row.machine is not None and not row.given.isdisjoint(FOLLOWING)}
    for position in positions() if corrected else ():
        quote = corrected.get(position.values.get("quote_id"))
        if quote is None or quote.machine is None or position.machine is None or not position.is_row or "actor" in position.given:
            continue
        if as_text(position.machine.get("actor")) == as_text(quote.machine.get("actor")) and as_text(quote.values.get("actor")):
            position.values |= {name: quote.values.get(name) for name in FOLLOWING if name not in position.given}
            position.follows = True


def told_resting(quote_id: str, positions: Iterable[LiveRow]) -> str:
    """Which positions rest on a quote that was corrected, and whether they follow; "" where none does."""
    resting = [row for row in positions if row.values.get("quote_id") == quote_id and row.is_row]
    told = [f"{row.values['position_id']} {'follows' if row.follows else 'is left as it is'}" for row in resting]
    return f"positions that rest on it: {', '.join(told)}" if told else ""


def forget_gone(frames: dict[str, pd.DataFrame], table: str, gone: set[Any]) -> None:
    """Rows that name a row of `table` that is gone no longer name it: positions and proposals their quote, counts their base."""
    for name in WALKED:
        for column, other in spec_of(name).references:
            frame = frames.get(name)
            if other == table and gone and frame is not None and column in frame and frame[column].isin(gone).any():
                frames[name] = frame.assign(**{column: frame[column].mask(frame[column].isin(gone))})
