"""Small tables that answer one question each, made from the package's tables. Charts draw them, figures store them.

Frames in, frames out: nothing is read from disk or from an article's text. Every result is sorted, so that the same
rows give the same table.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pandas as pd

from stcalib.analysis.actor_names import group_of
from stcalib.core.table_spec import spec_of
from stcalib.official.parts import parts
from stcalib.periods.day_interval import month_end

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
PER_MONTH = {"month": 1.0, "year": 1 / 12}
"""How many of a unit of time make a month, of those that do not depend on the month."""
DAYS = {"day": 1, "week": 7}
"""The days of the others: of them a month has as many as its days allow."""


def n_words(text: str) -> int:
    """The number of words in a text; "don't" and "high-level" are one each."""
    return len(_WORD.findall(text))


def filled(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column as text, with "" where it has no value."""
    return column.astype(object).where(column.notna(), "").astype(str)


def words_by(quotes: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Reported speech by the columns named: `n_quotes`, `n_words`, and `share` of all words (0 to 1), most first.

    What a column lacks is kept under "", so that shares add to one. An actor who is only described is one in each article; a body that
    speaks is an organization itself.
    """
    by = list(columns)
    rows = pd.DataFrame({column: filled(group_of(quotes, column)) for column in by})
    rows["n_words"] = [n_words(text) for text in quotes["text"]]
    tally = rows.groupby(by, as_index=False).agg(n_quotes=("n_words", "size"), n_words=("n_words", "sum"))
    tally["share"] = (tally["n_words"] / max(int(tally["n_words"].sum()), 1)).round(4)
    return tally.sort_values(["n_words", *by], ascending=[False] + [True] * len(by), ignore_index=True)


def rows_by_article(articles: pd.DataFrame, **tables: pd.DataFrame) -> pd.DataFrame:
    """How many rows of each table every article gave: `article_id`, and a column for each of `tables`."""
    found = {name: articles["article_id"].map(frame["article_id"].value_counts()).fillna(0).astype(int) for name, frame in tables.items()}
    return pd.DataFrame({"article_id": articles["article_id"], **found}).reset_index(drop=True)


def in_order(**tables: pd.DataFrame) -> pd.DataFrame:
    """The rows of several tables in the order of the article: `table`, `start`, `end`, `who`, `what`, `text`.

    Who and what: actor and party of a quote, measure and place of a count, actor and stance of a position.
    """
    parts = []
    for name, frame in tables.items():
        who, what = spec_of(name).who_what
        parts.append(
            pd.DataFrame({"table": name, "start": frame["start"], "end": frame["end"], "who": frame[who], "what": frame[what], "text": frame["text"]})
        )
    together = pd.concat([part for part in parts if len(part)]) if any(map(len, parts)) else parts[0]
    return together.sort_values(["start", "end", "table"], kind="stable", ignore_index=True)


def months_covered(first: date, last: date) -> float:
    """How many calendar months the days from `first` to `last` make up; a part of a month counts by its days."""
    months = 0.0
    day = first
    while day <= last:
        end = month_end(day)
        upto = min(end, last)
        months += ((upto - day).days + 1) / end.day
        if upto == last:
            break
        day = upto + timedelta(days=1)
    return months


def rounded(average: float) -> float:
    """An average to one digit behind the point; one below 1 to four, so that few of a long time are not nothing."""
    return round(average, 1 if abs(average) >= 1 else 4)


def monthly_averages(counts: pd.DataFrame) -> pd.DataFrame:
    """Stated counts with a value and a period: `months` that the period covers and `per_month`, the value over them.

    A rate ("50 a day") is turned into its month, by the days of the months that it covers. Shares, changes, differences and vague
    quantities have no monthly average and are left out. The average of a few days is no more than those days at that pace: see `months`. `part` tells
    which are some of another count or of one nationality, and so no totals; `reading`, where the counts have it, goes along.
    """
    counts = counts.assign(part=parts(counts))
    usable = counts[(counts["kind"] == "count") & counts["value"].notna() & counts["period_start"].notna() & counts["period_end"].notna()].copy()
    starts, ends = (pd.to_datetime(usable[column]) for column in ("period_start", "period_end"))
    usable["months"] = [months_covered(a.date(), b.date()) for a, b in zip(starts, ends, strict=True)]
    days = (ends - starts).dt.days + 1
    per = usable["per"].astype(object) if "per" in usable else pd.Series(None, index=usable.index, dtype=object)
    per_unit = per.map(PER_MONTH).astype(float).fillna(days / usable["months"] / per.map(DAYS).astype(float))
    monthly = usable["value"].astype(float) * per_unit.fillna(1 / usable["months"])
    usable["per_month"] = [rounded(value) for value in monthly]
    usable["months"] = usable["months"].round(2)
    columns = [
        "count_id", "article_id", "text", "value", "bound", "measure", "place", "period_start", "period_end", "months", "per_month", "source", "part",
    ]  # fmt: skip
    columns += ["reading"] if "reading" in usable else []
    return usable.sort_values(["period_start", "period_end", "article_id", "start"], kind="stable")[columns].reset_index(drop=True)


def official_months(official: pd.DataFrame, measure: str, place: str) -> pd.DataFrame:
    """The preferred monthly figures of one measure and place: `period_start`, `period_end`, `value`, `status`.

    A month that the series lacks is missing from the result, not zero. Where the series has longer periods alone, each
    stands at its monthly average.
    """
    rows = official[(official["measure"] == measure) & (official["place"] == place) & official["preferred"].astype(bool)]
    starts, ends = (pd.to_datetime(rows[column]) for column in ("period_start", "period_end"))
    months = (ends.dt.year - starts.dt.year) * 12 + ends.dt.month - starts.dt.month + 1
    shortest = months == months.min()
    rows = rows.assign(value=(rows["value"].astype(float) / months.where(months > 1, 1)).round(1))[shortest]
    columns = ["period_start", "period_end", "value", "status", "source_title"]
    return rows.sort_values("period_start", kind="stable")[columns].reset_index(drop=True)
