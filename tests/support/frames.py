"""Small tables for the tests of charts, tallies and figures: invented people, no article behind them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pandas as pd

from stcalib.core.table_spec import ROW_TYPES

DAYS = {"published_earliest", "published_latest", "updated", "period_start", "period_end", "said_on", "as_of"}


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a table with all of its columns."""
    made = pd.DataFrame(rows).reindex(columns=[f.name for f in fields(ROW_TYPES[table])])
    for column in DAYS & set(made.columns):
        made[column] = pd.to_datetime(made[column])
    return made


def articles() -> pd.DataFrame:
    """Four articles: one dated to the day, one to a week, one open at an end, one not at all."""
    days = [
        ("2018-05-01", "2018-05-01", "stated"),
        ("2018-05-02", "2018-05-09", "inferred"),
        ("2018-06-01", None, "inferred"),
        (None, None, "unknown"),
    ]
    return frame(
        "articles",
        [
            {
                "article_id": f"{name}_0123456789abcdef",
                "title": f"Title of {name}",
                "outlet": "The Post" if i % 2 else None,
                "published_earliest": first,
                "published_latest": last,
                "published_basis": basis,
                "published_evidence": "the words",
                "n_chars": 1000,
            }
            for i, (name, (first, last, basis)) in enumerate(zip(("a1", "b2", "c3", "d4"), days, strict=True))
        ],
    )


def quotes() -> pd.DataFrame:
    """Speech of three people in two articles; one utterance stands in both."""
    long = "“We are talking with them about what can be done on both sides of the border to keep it secure.”"
    rows = [
        ("q1", "a1", 10, "direct", "Ann Archer", "LPC", long),
        ("q2", "a1", 200, "indirect", "Ann Archer", "LPC", "that no talks have begun"),
        ("q3", "a1", 300, "direct", "Bo Baker", "CPC", "“The plan does not work.”"),
        ("q4", "b2", 40, "direct", "Ann Archer", "LPC", long.replace("can be done", "could be done")),
        ("q5", "b2", 240, "mixed", "Cy Cook", None, "the plan is “reckless”"),
    ]
    keys = ("quote_id", "article_id", "start", "kind", "actor", "party", "text")
    found = [dict(zip(keys, row, strict=True)) for row in rows]
    return frame("quotes", [{**row, "article_id": f"{row['article_id']}_0123456789abcdef", "end": row["start"] + len(row["text"])} for row in found])


def counts() -> pd.DataFrame:
    """Stated counts: two with a monthly average, a rate, a share and a vague one."""
    rows = [
        ("n1", "more than 20,000", "count", 20000, "more_than", "interceptions", "2017-01-01", "2017-12-31", None),
        ("n2", "about 5,700", "count", 5700, "about", "irregular_crossings", "2017-08-01", "2017-08-31", None),
        ("n3", "50 a day", "count", 50, "exact", "irregular_crossings", "2017-08-01", "2017-08-14", "day"),
        ("n4", "91 per cent", "share", 91, "exact", "interceptions", "2017-01-01", "2017-12-31", None),
        ("n5", "thousands", "count", None, "vague", "irregular_crossings", "2017-01-01", "2017-12-31", None),
    ]
    keys = ("count_id", "text", "kind", "value", "bound", "measure", "period_start", "period_end", "per")
    found = [dict(zip(keys, row, strict=True)) for row in rows]
    return frame(
        "counts", [{**row, "article_id": "a1_0123456789abcdef", "place": "CA", "start": 100 * i, "end": 100 * i + 9} for i, row in enumerate(found)]
    )


def positions() -> pd.DataFrame:
    """Stances of two parties and of someone without one."""
    rows = [
        ("Ann Archer", "LPC", "suspend", "oppose"),
        ("Ann Archer", "LPC", "suspend", "oppose"),
        ("Bo Baker", "CPC", "whole_border", "support"),
        ("Cy Cook", None, "suspend", "support"),
        ("Ann Archer", "LPC", "whole_border", "ambivalent"),
    ]
    keys = ("actor", "party", "proposition", "stance")
    found = [dict(zip(keys, row, strict=True)) for row in rows]
    return frame(
        "positions",
        [
            {
                **row,
                "position_id": f"p{i}",
                "article_id": "a1_0123456789abcdef",
                "start": 50 * i,
                "end": 50 * i + 20,
                "text": f"Sentence {i} of evidence.",
            }
            for i, row in enumerate(found)
        ],
    )


def official() -> pd.DataFrame:
    """Two official months, an earlier release of one, and a year."""
    rows = [
        ("2017-07-01", "2017-07-31", 3134, True),
        ("2017-08-01", "2017-08-31", 5712, True),
        ("2017-08-01", "2017-08-31", 5700, False),
        ("2017-01-01", "2017-12-31", 20593, True),
    ]
    found = [dict(zip(("period_start", "period_end", "value", "preferred"), row, strict=True)) for row in rows]
    return pd.DataFrame([{**row, "measure": "interceptions", "place": "CA", "status": "final", "source_title": "IRCC"} for row in found])
