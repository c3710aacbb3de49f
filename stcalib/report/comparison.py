"""What changed between two runs: rows gained, lost and changed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from stcalib.core.row_fields import id_column
from stcalib.notebook.study import Study
from stcalib.report.figures import Drawn, compared_figures
from stcalib.report.page import safe, section, table

COMPARED = ("counts", "quotes", "positions")
MOST = 200
"""Rows of a table that are listed; the others are counted."""


def comparison(study: Study, other: Mapping[str, pd.DataFrame], figures: Sequence[Drawn] = ()) -> str:
    """The part of the report that says what this run has and the other had not, the other way round, and what changed; of the
    `figures` those that differ, side by side."""
    tallies, parts = [], []
    for name in COMPARED:
        now, before = _by_id(name, study.table(name)), _by_id(name, other.get(name, pd.DataFrame()))
        gained, lost = [key for key in now if key not in before], [key for key in before if key not in now]
        changed = {key: list(_changes(before[key], now[key])) for key in now if key in before}
        changed = {key: fields for key, fields in changed.items() if fields}
        tallies.append((safe(name), *(safe(len(rows)) for rows in (before, now, gained, lost, changed))))
        rows = [("gained", *_place(now[key]), "") for key in gained] + [("lost", *_place(before[key]), "") for key in lost]
        rows += [("changed", *_place(now[key]), "<br>".join(fields)) for key, fields in changed.items()]
        more = f"; {len(rows) - MOST:,} more are not listed" if len(rows) > MOST else ""
        parts.append(table(f"{name}: rows that differ{more}", ("What", "Article", "Text", "Fields"), rows[:MOST]))
    heads = ("Table", "Before", "Now", "Gained", "Lost", "Changed")
    tally = table("Rows of the other run and of this one", heads, tallies)
    return section("comparison", "What changed", tally, *parts, compared_figures(study, figures, other))



def _by_id(name: str, frame: pd.DataFrame) -> dict[Hashable, dict[Hashable, Any]]:
    key = id_column(name)
    return {row[key]: row for row in frame.to_dict("records")} if key in frame else {}


def _place(row: Mapping[Hashable, Any]) -> tuple[str, str]:
    return safe(row.get("article_id")), f"<q>{safe(str(row.get('text'))[:200])}</q>"


def _changes(before: Mapping[Hashable, Any], now: Mapping[Hashable, Any]) -> Iterator[str]:
    """The fields in which a row differs, as they were and as they are."""
    for name in now:
        if name in before and safe(before[name]) != safe(now[name]):
            yield f"{safe(name)}: {safe(before[name]) or 'empty'} → {safe(now[name]) or 'empty'}"
