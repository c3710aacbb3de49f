"""Who stands where, compared: stance matrices, changes of mind in time, and contradictions with both texts.

Works on the tables `positions` and `articles`. A sentence that several articles print in the same words (wire copy) is
counted once. A count tells how many sentences show a stance; it does not weigh a conviction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any

import pandas as pd

from stcalib.propositions import Propositions
from stcalib.records import ParameterError
from stcalib.shared_quotes import Difference, marked, shared_quotes, word_differences

__all__ = ["CONTRADICTIONS", "Difference", "changes", "contradictions", "marked", "matrix", "shared_quotes", "stance_matrix", "timeline", "word_differences"]

CONTRADICTIONS = ("report against denial", "of one actor with itself", "within one party", "between actors")
"""The kinds of contradiction, the most telling first: a pair is of the first kind that fits it."""
_BY = ("party", "actor", "organization", "outlet", "article_id", "period")
_SPACES = re.compile(r"\W+")
_BODIES = ("government", "party", "organization")


def _once(positions: pd.DataFrame) -> pd.Series[Any]:
    """A key that is the same for rows which show the same stance of an actor in the same words."""
    words = positions["text"].map(lambda text: _SPACES.sub(" ", text.lower().replace("’", "'")).strip())
    return positions["actor"] + "\x1f" + positions["proposition"] + "\x1f" + positions["stance"] + "\x1f" + words


def stance_matrix(positions: pd.DataFrame, by: str = "party", articles: pd.DataFrame | None = None, period: str = "Y") -> pd.DataFrame:
    """How many sentences show each stance, by `by`: party, actor, organization, outlet, article_id or period.

    Columns: `by`, `proposition`, `stance`, `n` (sentences, wire copy once), `n_printed` (as printed), `n_actors`,
    `n_articles`, `evidence` (position ids, the first of each sentence). `outlet` and `period` need `articles`;
    `period` is a pandas frequency ("Y", "Q", "M"). A row without a value of `by` stands under "".
    Raises `ParameterError` for another `by`.
    """
    if by not in _BY:
        raise ParameterError(f"by={by!r}: there is no such comparison. Choose one of {', '.join(_BY)}")
    rows = _with(positions, by, articles, period)
    rows = rows.assign(_key=_once(rows))
    found = []
    for group, part in rows.groupby([by, "proposition", "stance"], sort=True):
        first = part.drop_duplicates("_key")
        found.append((*group, len(first), len(part), part["actor"].nunique(), part["article_id"].nunique(), tuple(first["position_id"])))
    return pd.DataFrame(found, columns=[by, "proposition", "stance", "n", "n_printed", "n_actors", "n_articles", "evidence"])


def _with(positions: pd.DataFrame, by: str, articles: pd.DataFrame | None, period: str) -> pd.DataFrame:
    if by == "outlet":
        outlets = _need(articles, by).set_index("article_id")["outlet"]
        return positions.assign(outlet=positions["article_id"].map(outlets).fillna(""))
    if by == "period":
        days = timeline(positions, _need(articles, by))["earliest"]
        return positions.assign(period=[str(day.to_period(period)) if pd.notna(day) else "" for day in days])
    return positions.assign(**{by: positions[by].fillna("")})


def _need(articles: pd.DataFrame | None, by: str) -> pd.DataFrame:
    if articles is None:
        raise ParameterError(f"by={by!r} needs the table of articles. Pass articles=corpus.articles")
    return articles


def matrix(found: pd.DataFrame, value: str = "n") -> pd.DataFrame:
    """A stance matrix as a grid: a row for each group, a column for each proposition and stance, 0 where there is none."""
    by = found.columns[0]
    return found.pivot_table(index=by, columns=["proposition", "stance"], values=value, aggfunc="sum", fill_value=0, sort=True)


def timeline(positions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The positions with `earliest` and `latest`: the day to which each is dated, or the interval in which its article
    was published; missing where neither is known."""
    published = articles.set_index("article_id")
    as_of = pd.to_datetime(positions["as_of"])
    bounds = {
        name: as_of.fillna(pd.to_datetime(positions["article_id"].map(published[f"published_{name}"])))
        for name in ("earliest", "latest")
    }
    return positions.assign(**bounds)


def changes(positions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Changes of mind: an actor's stance on a proposition and the next other one, where their order is certain.

    Columns: `actor`, `party`, `proposition`, `stance_before`, `stance_after`, `latest_before`, `earliest_after`,
    `text_before`, `text_after`, `position_before`, `position_after`.
    """
    rows = timeline(positions, articles)
    rows = rows[rows["latest"].notna() & rows["earliest"].notna()].sort_values(["actor", "proposition", "latest", "earliest", "position_id"])
    found = []
    for _, part in rows.groupby(["actor", "proposition"], sort=True):
        told = list(part.itertuples(index=False))
        for before, after in zip(told, told[1:], strict=False):
            if before.stance != after.stance and before.latest < after.earliest:
                found.append((before.actor, after.party, before.proposition, before.stance, after.stance, before.latest, after.earliest, before.text, after.text, before.position_id, after.position_id))
    columns = ["actor", "party", "proposition", "stance_before", "stance_after", "latest_before", "earliest_after", "text_before", "text_after", "position_before", "position_after"]
    return pd.DataFrame(found, columns=columns)


# ------------------------------------------------------------------ contradictions
@dataclass(frozen=True)
class _Side:
    """What one actor says for or against a proposition: the rows, each sentence once."""

    actor: str
    type: str | None
    party: str | None
    organization: str | None
    rows: pd.DataFrame

    def shown(self, basis: str) -> Any:
        """The row to show: of the basis that tells most here, then the first."""
        fitting = self.rows[self.rows["basis"] == basis]
        return (fitting if len(fitting) else self.rows).iloc[0]

    @property
    def has_report(self) -> bool:
        return bool((self.rows["basis"] == "report").any())


def contradictions(positions: pd.DataFrame, propositions: Propositions | None = None, kinds: Iterable[str] = CONTRADICTIONS) -> pd.DataFrame:
    """The pairs of actors of whom one is shown for a proposition and the other against it, with a text of each.

    `kind` is one of `CONTRADICTIONS`:

    - *report against denial*: a stance is reported of a government, party or body, and one who speaks for it takes the
      opposite one; or somebody says that a thing is so (a proposition of kind "fact" in `propositions`) and somebody of
      another body denies it;
    - *of one actor with itself*: the same actor on both sides;
    - *within one party*: two actors of one party or government;
    - *between actors*: any other two.

    `text_for` and `text_against` are the sentences that show it best, `positions_for` and `positions_against` the ids of
    all, `n_for` and `n_against` how many sentences there are, wire copy counted once.
    """
    facts = {p.id for p in propositions.proposition if p.kind == "fact"} if propositions else set()
    rows = positions.assign(_key=_once(positions)).sort_values(["proposition", "actor", "article_id", "start", "position_id"]).drop_duplicates("_key")
    found = []
    for proposition, part in rows.groupby("proposition", sort=True):
        for one, other in product(_sides(part, "support"), _sides(part, "oppose")):
            kind = _kind(one, other, proposition in facts)
            if kind in kinds:
                found.append(_pair(kind, str(proposition), one, other))
    columns = ["kind", "proposition", *(f"{name}_{side}" for side in ("for", "against") for name in ("actor", "party", "text", "article", "n", "positions"))]
    order: Callable[[Any], tuple[Any, ...]] = lambda pair: (CONTRADICTIONS.index(pair[0]), *map(str, pair[1:3]), str(pair[8]))  # noqa: E731
    return pd.DataFrame(sorted(found, key=order), columns=columns)


def _sides(part: pd.DataFrame, stance: str) -> list[_Side]:
    sides = []
    for actor, rows in part[part["stance"] == stance].groupby("actor", sort=True):
        first = rows.iloc[0]
        told = [_told(rows[name]) for name in ("party", "organization")]
        sides.append(_Side(str(actor), first["actor_type"] if pd.notna(first["actor_type"]) else None, *told, rows))
    return sides


def _told(column: pd.Series[Any]) -> str | None:
    known = column.dropna()
    return str(known.iloc[0]) if len(known) else None


def _kind(one: _Side, other: _Side, fact: bool) -> str:
    if one.actor == other.actor:
        return "of one actor with itself"
    together = (one.organization is not None and one.organization == other.organization) or (one.party is not None and one.party == other.party)
    if together:
        told = any(a.type in _BODIES and a.has_report and b.type not in _BODIES for a, b in ((one, other), (other, one)))
        return "report against denial" if told else "within one party"
    return "report against denial" if fact else "between actors"


def _pair(kind: str, proposition: str, one: _Side, other: _Side) -> tuple[object, ...]:
    basis = "report" if kind == "report against denial" else "quote"
    cells: list[object] = [kind, proposition]
    for side in (one, other):
        row = side.shown(basis)
        cells += [side.actor, side.party, row["text"], row["article_id"], len(side.rows), tuple(side.rows["position_id"])]
    return tuple(cells)

