"""Who stands where, compared: stance matrices, and changes of mind in time.

Works on the tables `positions` and `articles`. A sentence that several articles print in the same words (wire copy) is
counted once. A count tells how many sentences show a stance; it does not weigh a conviction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from stcalib.analysis.actor_names import actors_apart, group_of
from stcalib.core.errors import ParameterError

PROPOSAL = "proposal"
"""The tier of a row that is only proposed."""
_BY = ("party", "actor", "organization", "outlet", "article_id", "period")
_CHANGES = [
    "actor", "party", "proposition", "stance_before", "stance_after", "latest_before", "earliest_after",
    "text_before", "text_after", "position_before", "position_after",
]  # fmt: skip
_SPACES = re.compile(r"\W+")


def same_words(positions: pd.DataFrame) -> pd.Series[Any]:
    """A key that is the same for rows which show the same stance of an actor in the same words."""
    parts = zip(positions["actor"], positions["proposition"], positions["stance"], positions["text"], strict=True)
    keys = ["\x1f".join((actor, proposition, stance, _SPACES.sub(" ", text.lower()).strip())) for actor, proposition, stance, text in parts]
    return pd.Series(keys, index=positions.index, dtype=object)


def once(positions: pd.DataFrame) -> pd.DataFrame:
    """The positions with wire copy once: of a stance of one actor in the same words the first row alone."""
    return positions[~same_words(positions).duplicated()].reset_index(drop=True)


def stance_matrix(
    positions: pd.DataFrame, by: str | Sequence[str] = "party", articles: pd.DataFrame | None = None, period: str = "Y"
) -> pd.DataFrame:
    """How many sentences show each stance, `by` party, actor, organization, outlet, article_id or period, or several.

    Columns: those of `by`, `proposition`, `stance`, `n` (sentences, wire copy once), `n_printed` (as printed),
    `n_actors`, `n_articles`, `evidence` (position ids, the first of each sentence, parted by "; "). `outlet` and `period` need
    `articles`; `period` is a pandas frequency ("Y", "Q", "M"), and an article or position dated to an interval that
    reaches over several periods stands under "". So does a row without a value. Where the rows have a `tier`, `n_proposed` tells how
    many of `n` are proposals. Raises `ParameterError` for another `by`.
    """
    columns = [by] if isinstance(by, str) else list(by)
    rows = positions.assign(_key=same_words(positions))
    for name in columns:
        if name not in _BY:
            raise ParameterError(f"by={name!r}: there is no such comparison. Choose among {', '.join(_BY)}")
        rows = _with(rows, name, articles, period)
    found = []
    for group, part in rows.groupby([*columns, "proposition", "stance"], sort=True):
        first = part.drop_duplicates("_key")
        proposed = [int((first["tier"] == PROPOSAL).sum())] if "tier" in rows else []
        numbers = [len(first), *proposed, len(part), part["actor"].nunique(), part["article_id"].nunique()]
        found.append((*group, *numbers, "; ".join(first["position_id"])))
    counted = ["n", *(["n_proposed"] if "tier" in rows else []), "n_printed", "n_actors", "n_articles"]
    return pd.DataFrame(found, columns=[*columns, "proposition", "stance", *counted, "evidence"])


def _with(positions: pd.DataFrame, by: str, articles: pd.DataFrame | None, period: str) -> pd.DataFrame:
    if by == "outlet":
        outlets = _need(articles, by).set_index("article_id")["outlet"]
        return positions.assign(outlet=positions["article_id"].map(outlets).fillna(""))
    if by == "period":
        dated = timeline(positions, _need(articles, by))
        return positions.assign(period=[_period(a, b, period) for a, b in zip(dated["earliest"], dated["latest"], strict=True)])
    return positions.assign(**{by: group_of(positions, by).fillna("")})


def _period(first: Any, last: Any, frequency: str) -> str:
    """The period in which an interval of days lies; "" where it is open or reaches over several."""
    if pd.isna(first) or pd.isna(last):
        return ""
    periods = {str(pd.Timestamp(day).to_period(frequency)) for day in (first, last)}
    return periods.pop() if len(periods) == 1 else ""


def _need(articles: pd.DataFrame | None, by: str) -> pd.DataFrame:
    if articles is None:
        raise ParameterError(f"by={by!r} needs the table of articles. Pass articles=corpus.articles")
    return articles


def matrix(found: pd.DataFrame, value: str = "n") -> pd.DataFrame:
    """A stance matrix as a grid: a row for each group, a column for each proposition and stance, 0 where there is none."""
    by = list(found.columns[: list(found.columns).index("proposition")])
    return found.pivot_table(index=by, columns=["proposition", "stance"], values=value, aggfunc="sum", fill_value=0, sort=True)


def timeline(positions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The positions with `earliest` and `latest`: the day to which each is dated, or the interval in which its article
    was published; missing where neither is known."""
    said = pd.to_datetime(positions["as_of"]).to_list()
    bounds = {}
    for name in ("earliest", "latest"):
        days = dict(zip(articles["article_id"], pd.to_datetime(articles[f"published_{name}"]), strict=True))
        known = [day if pd.notna(day) else days.get(key, pd.NaT) for day, key in zip(said, positions["article_id"], strict=True)]
        bounds[name] = pd.to_datetime(pd.Series(known, index=positions.index, dtype=object))
    return positions.assign(**bounds)


def changes(positions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Changes of mind: an actor's stance on a proposition and the next other one, where their order is certain.

    Columns: `actor`, `party`, `proposition`, `stance_before`, `stance_after`, `latest_before`, `earliest_after`,
    `text_before`, `text_after`, `position_before`, `position_after`.
    """
    rows = timeline(positions.assign(actor=actors_apart(positions)), articles)
    rows = rows[rows["latest"].notna() & rows["earliest"].notna()].sort_values(["actor", "proposition", "latest", "earliest", "position_id"])
    found = []
    for (actor, proposition), part in rows.groupby(["actor", "proposition"], sort=True):
        told = part.to_dict("records")
        for before, after in pairwise(told):
            if before["stance"] != after["stance"] and before["latest"] < after["earliest"]:
                found.append([
                    actor, after["party"], proposition, before["stance"], after["stance"], before["latest"], after["earliest"],
                    before["text"], after["text"], before["position_id"], after["position_id"],
                ])  # fmt: skip
    return pd.DataFrame(found, columns=_CHANGES)
