"""Small tables that answer one question each, made from the package's tables. Charts draw them, figures store them.

Frames in, frames out: nothing is read from disk or from an article's text. Every result is sorted, so that the same
rows give the same table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

import pandas as pd

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
PER_MONTH = {"day": 365.25 / 12, "week": 365.25 / 84, "month": 1.0, "year": 1 / 12}
"""How many of a unit of time make a month."""
SHARED_RUN = 3
"""Words in a row that count as common wording of two quotations."""
SHARED_PART = 0.6
"""Part of the shorter quotation's words that two wordings of one utterance have in common."""
MOST_HOLDERS = 50
"""A run of words in more quotations than this is a stock phrase and says nothing."""


def n_words(text: str) -> int:
    """The number of words in a text; "don't" and "high-level" are one each."""
    return len(_WORD.findall(text))


def filled(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column as text, with "" where it has no value."""
    return column.astype(object).where(column.notna(), "").astype(str)


def words_by(quotes: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Reported speech by the columns named: `n_quotes`, `n_words`, and `share` of all words (0 to 1), most first.

    What a column lacks is kept under "", so that shares add to one.
    """
    by = list(columns)
    rows = pd.DataFrame({column: filled(quotes[column]) for column in by})
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
    about = {"quotes": ("actor", "party"), "counts": ("measure", "place"), "positions": ("actor", "stance")}
    parts = []
    for name, frame in tables.items():
        who, what = about[name]
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
        month_end = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        upto = min(month_end, last)
        months += ((upto - day).days + 1) / month_end.day
        day = upto + timedelta(days=1)
    return months


def monthly_averages(counts: pd.DataFrame) -> pd.DataFrame:
    """Stated counts with a value and a period: `months` that the period covers and `per_month`, the value over them.

    A rate ("50 a day") is turned into its month. Shares, changes, differences and vague quantities have no monthly
    average and are left out. The average of a few days is no more than those days at that pace: see `months`.
    """
    usable = counts[(counts["kind"] == "count") & counts["value"].notna() & counts["period_start"].notna() & counts["period_end"].notna()].copy()
    starts, ends = (pd.to_datetime(usable[column]) for column in ("period_start", "period_end"))
    usable["months"] = [months_covered(a.date(), b.date()) for a, b in zip(starts, ends, strict=True)]
    per_unit = usable["per"].map(PER_MONTH) if "per" in usable else pd.Series(index=usable.index, dtype=float)
    usable["per_month"] = (usable["value"].astype(float) * per_unit.astype(float).fillna(1 / usable["months"])).round(1)
    usable["months"] = usable["months"].round(2)
    columns = ["count_id", "article_id", "text", "value", "bound", "measure", "place", "period_start", "period_end", "months", "per_month", "source"]
    return usable.sort_values(["period_start", "period_end", "article_id", "start"], kind="stable")[columns].reset_index(drop=True)


def official_months(official: pd.DataFrame, measure: str, place: str) -> pd.DataFrame:
    """The preferred monthly figures of one measure and place: `period_start`, `period_end`, `value`, `status`.

    A month that the series lacks is missing from the result, not zero.
    """
    starts, ends = (pd.to_datetime(official[column]) for column in ("period_start", "period_end"))
    month = (starts.dt.is_month_start) & (ends == starts + pd.offsets.MonthEnd(0))
    rows = official[month & (official["measure"] == measure) & (official["place"] == place) & official["preferred"].astype(bool)]
    columns = ["period_start", "period_end", "value", "status", "source_title"]
    return rows.sort_values("period_start")[columns].reset_index(drop=True)


def stance_counts(positions: pd.DataFrame, by: str = "party") -> pd.DataFrame:
    """How many evidence sentences show each stance: `by`, `proposition`, `stance`, `n_sentences`, `n_actors`, `n_articles`."""
    rows = positions.assign(**{by: filled(positions[by])})
    tally = rows.groupby([by, "proposition", "stance"], as_index=False).agg(
        n_sentences=("text", "size"), n_actors=("actor", "nunique"), n_articles=("article_id", "nunique")
    )
    return tally.sort_values([by, "proposition", "stance"], ignore_index=True)


def shared_quotations(quotes: pd.DataFrame) -> pd.DataFrame:
    """Quotations that stand in more than one article, one row for each article's wording.

    Two rows in quotation marks are one utterance where at least `SHARED_PART` of the shorter one's words stand in the
    longer one, in runs of `SHARED_RUN` words or more. Columns: `utterance` (the longest wording), `quote_id`,
    `article_id`, `actor`, `party`, `text`, `same` (how much of the longest wording this one has, 0 to 1).
    """
    columns = ["utterance", "quote_id", "article_id", "actor", "party", "text", "same"]
    spoken = quotes[quotes["kind"].isin(["direct", "mixed"])].set_index("quote_id", drop=False)
    words = {str(row.quote_id): [word.lower().replace("’", "'") for word in _WORD.findall(str(row.text))] for row in spoken.itertuples()}
    articles = {str(key): str(value) for key, value in spoken["article_id"].items()}
    rows = []
    for group in _utterances(words, articles):
        if len({articles[key] for key in group}) < 2:
            continue
        longest = max(group, key=lambda key: (len(words[key]), key))
        for key in group:
            member = spoken.loc[key]
            same = round(_common(words[key], words[longest]) / len(words[longest]), 2)
            rows.append([spoken.loc[longest, "text"], key, member["article_id"], member["actor"], member["party"], member["text"], same])
    return pd.DataFrame(rows, columns=columns).sort_values(["utterance", "article_id", "quote_id"], ignore_index=True)


def _common(words: list[str], others: list[str]) -> int:
    """How many words the two have in common, in order, in runs of `SHARED_RUN` or more."""
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= SHARED_RUN)


def _utterances(words: Mapping[str, list[str]], articles: Mapping[str, str]) -> list[list[str]]:
    """Groups of keys of which each is the same utterance as another of its group, across articles."""
    holders: dict[tuple[str, ...], list[str]] = {}
    for key in sorted(words):
        for run in {tuple(words[key][i : i + SHARED_RUN]) for i in range(len(words[key]) - SHARED_RUN + 1)}:
            holders.setdefault(run, []).append(key)
    pairs = {pair for keys in holders.values() if len(keys) <= MOST_HOLDERS for pair in combinations(keys, 2)}
    leader = {key: key for key in words}

    def lead(key: str) -> str:
        while leader[key] != key:
            key = leader[key]
        return key

    for a, b in sorted(pairs):
        shorter = min(len(words[a]), len(words[b]))
        if articles[a] != articles[b] and shorter >= 2 * SHARED_RUN and _common(words[a], words[b]) >= SHARED_PART * shorter:
            leader[lead(b)] = lead(a)
    groups: dict[str, list[str]] = {}
    for key in sorted(words):
        groups.setdefault(lead(key), []).append(key)
    return [groups[key] for key in sorted(groups)]
