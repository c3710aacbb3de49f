"""Rows of a table as a notebook shows them to be read: whole sentences, left-aligned, empty where nothing is known."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from stcalib.core.errors import ParameterError

MOST_ROWS = 300
"""So many rows are shown at once; of more, a page of `PAGE`."""
PAGE = 40
MOST_CHARACTERS = 400
LONGEST = 2000
"""Characters of a cell, and of one in the words of the program, which are to be read and copied whole."""
IN_OUR_WORDS = frozenset({"reasoning", "problem", "advice", "reason", "left_out_reason", "published_evidence", "formula"})
CELL = "text-align: left; vertical-align: top"
FIGURE = "text-align: right; vertical-align: top"


@dataclass(frozen=True)
class Listing:
    """Rows to read. Draws itself as an HTML table in which everything is text; `frame` holds the rows, of which a page is shown
    where they are many."""

    frame: pd.DataFrame
    page: int = 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return 1 if len(self.frame) <= MOST_ROWS else -(-len(self.frame) // PAGE)

    def __repr__(self) -> str:
        return f"[Table: {len(self.frame)} rows of {', '.join(self.frame.columns)}]"

    def _repr_html_(self) -> str:
        if self.frame.empty:
            return "<p>None.</p>"
        styles = [FIGURE if pd.api.types.is_numeric_dtype(self.frame[name]) else CELL for name in self.frame]
        head = "".join(f'<th style="{style}">{escape(str(name))}</th>' for name, style in zip(self.frame, styles, strict=True))
        most = [LONGEST if name in IN_OUR_WORDS else MOST_CHARACTERS for name in self.frame]
        shown = self.frame if self.pages == 1 else self.frame.iloc[(self.page - 1) * PAGE : self.page * PAGE]
        rows = [_row(record, styles, most) for record in shown.itertuples(index=False, name=None)]
        if self.pages > 1:
            told = f"… and {len(self.frame) - len(shown):,} more rows: page {self.page:,} of {self.pages:,}, listing(…, page=2) gives the second"
            rows.append(f'<tr><td style="{CELL}" colspan="{len(styles)}">{told}</td></tr>')
        body = "\n".join(rows)
        return f'<table class="tex2jax_ignore">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'


def listing(frame: pd.DataFrame, *columns: str, page: int = 1) -> Listing:
    """The rows of a table with the columns named, or all, to be read in a notebook; of more than `MOST_ROWS` the `page` asked for.

    Raises `ParameterError` where there is no such page.
    """
    made = Listing(frame[list(columns)] if columns else frame, page)
    if not 1 <= page <= made.pages:
        raise ParameterError(f"page={page}: there is no such page. There are {made.pages:,}")
    return made


def _row(record: tuple[Any, ...], styles: list[str], most: list[int]) -> str:
    cells = (f'<td style="{style}">{escape(cell_text(value, n))}</td>' for value, style, n in zip(record, styles, most, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def cell_text(value: Any, most: int = MOST_CHARACTERS) -> str:
    """A value as text of at most so many characters: days as YYYY-MM-DD, whole numbers without a decimal, "" for what is missing."""
    if not isinstance(value, str) and pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.4g}" if abs(value) < 1 else f"{value:,.1f}"
    text = " ".join(str(value).split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
