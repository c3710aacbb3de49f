"""Who stands where, compared: stance matrices, changes of mind in time, and contradictions with both texts.

Works on the tables `positions` and `articles`. A sentence that several articles print in the same words (wire copy) is
counted once. A count tells how many sentences show a stance; it does not weigh a conviction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import pandas as pd

from stcalib.analysis.actor_names import BODIES, actors_apart, group_of
from stcalib.analysis.shared_quotations import Difference, marked, shared_quotes, word_differences
from stcalib.codebook.propositions_file import Propositions
from stcalib.core.errors import ParameterError

__all__ = [
    "CONTRADICTIONS", "Difference", "changes", "contradictions", "marked", "matrix", "once", "same_words", "shared_quotes",
    "stance_matrix", "timeline", "word_differences",
]  # fmt: skip

CONTRADICTIONS = ("report against denial", "of one actor with itself", "within one party", "between actors")
"""The kinds of contradiction, the most telling first: a pair is of the first kind that fits it."""
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
    all (parted by "; "), `n_for` and `n_against` how many sentences there are, wire copy counted once.
    """
    facts = {p.id for p in propositions.proposition if p.kind == "fact"} if propositions else set()
    rows = positions.assign(_key=same_words(positions)).sort_values(["proposition", "actor", "article_id", "start", "position_id"])
    rows = rows.drop_duplicates("_key")
    rows = rows.assign(actor=actors_apart(rows))
    found: list[Any] = []
    for proposition, part in rows.groupby("proposition", sort=True):
        for one, other in product(_sides(part, "support"), _sides(part, "oppose")):
            kind = _kind(one, other, proposition in facts)
            if kind in kinds:
                found.append(_pair(kind, str(proposition), one, other))
    told = ("actor", "party", "text", "article", "n", "positions")
    columns = ["kind", "proposition", *(f"{name}_{side}" for side in ("for", "against") for name in told)]
    return pd.DataFrame(sorted(found, key=_order), columns=columns)


def _order(pair: Any) -> tuple[object, ...]:
    return (CONTRADICTIONS.index(str(pair[0])), *map(str, pair[1:3]), str(pair[8]))


def _sides(part: pd.DataFrame, stance: str) -> list[_Side]:
    sides = []
    for actor, rows in part[part["stance"] == stance].groupby("actor", sort=True):
        first = rows.iloc[0]
        kind = str(first["actor_type"]) if pd.notna(first["actor_type"]) else None
        sides.append(_Side(str(actor), kind, _told(rows["party"]), _told(rows["organization"]), rows))
    return sides


def _told(column: pd.Series[Any]) -> str | None:
    known = column.dropna()
    return str(known.iloc[0]) if len(known) else None


def _kind(one: _Side, other: _Side, fact: bool) -> str:
    if one.actor == other.actor:
        return "of one actor with itself"
    together = (one.organization is not None and one.organization == other.organization) or (one.party is not None and one.party == other.party)
    if together:
        told = any(a.type in BODIES and a.has_report and b.type not in BODIES for a, b in ((one, other), (other, one)))
        return "report against denial" if told else "within one party"
    return "report against denial" if fact else "between actors"


def _pair(kind: str, proposition: str, one: _Side, other: _Side) -> tuple[object, ...]:
    basis = "report" if kind == "report against denial" else "quote"
    cells: list[object] = [kind, proposition]
    for side in (one, other):
        row = side.shown(basis)
        cells += [side.actor, side.party, row["text"], row["article_id"], len(side.rows), "; ".join(side.rows["position_id"])]
    return tuple(cells)

