"""The rows of all tables by how likely a decision changes something: those most in doubt first.

How likely a position or proposal is right stands in its `score`. For counts and quotes it is the share of rows read in the same
way that were right on annotated articles (`data/certainty.toml`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd
from pydantic import Field

from stcalib.core.errors import TableError
from stcalib.core.near import not_known
from stcalib.core.row_fields import as_text, id_column
from stcalib.core.rows import REVIEWED, WALKED
from stcalib.core.toml_models import Entry, read_toml
from stcalib.corpus.corpus import Corpus
from stcalib.corrections.applied import machine_frames
from stcalib.corrections.ledger import Ledger, inactive, read_ledger

COLUMNS = ("table", "row_id", "article_id", "start", "end", "text", "likely", "doubt", "why")
EVEN = 50
"""The score in per cent of a row that is as likely right as wrong."""
JUDGED = ("accept", "reject", "edit", "add")


class Sign(Entry):
    """A way in which rows of a table are read: those with one of the values in the column; all that are left where none is named."""

    table: str
    says: str
    column: str | None = None
    values: tuple[str, ...] = ()
    right: int = Field(ge=0)
    of: int = Field(ge=1)

    @property
    def likely(self) -> int:
        """How often such a row was right, in per cent."""
        return round(100 * self.right / self.of)


class Signs(Entry):
    """`data/certainty.toml`."""

    sign: tuple[Sign, ...]


@cache
def signs(table: str) -> tuple[Sign, ...]:
    """The signs of a table, in the order in which they are asked for."""
    return tuple(one for one in read_toml(files("stcalib") / "data" / "certainty.toml", Signs).sign if one.table == table)


def sign_places(frame: pd.DataFrame, asked: Collection[Sign]) -> pd.Series[int]:
    """For each row the place of the first sign that it has; -1 where it has none."""
    places = pd.Series(-1, index=frame.index)
    for place, sign in enumerate(asked):
        has = frame[sign.column].fillna("").map(as_text).isin(sign.values) if sign.column else pd.Series(True, index=frame.index)
        places[has & (places < 0)] = place
    return places


def least_certain(
    corpus: Corpus, ledger: Ledger | str | Path | None = None, tables: Collection[str] = WALKED, coder: str | None = None
) -> pd.DataFrame:
    """The rows of the tables on which nothing was decided, those first of which a decision is most likely to change something.

    Columns: `table`, `row_id`, `article_id`, `start`, `end`, `text`; `likely`, how likely the row is right, in per cent; `doubt`
    by which they are ordered, in per cent: for a row of a table how likely it is wrong, for a proposal how far from certain it is
    either way; and `why` in words. `ledger` is where decisions stand (all count, or with a `coder` theirs alone).
    Raises `TableError` for a table that is not reviewed.
    """
    for table in tables:
        if table not in WALKED:
            raise TableError(not_known(table, "table that is reviewed", WALKED))
    decided = _decided(ledger, coder)
    frames = machine_frames(corpus)
    parts = [part for table in WALKED if table in tables for part in [_doubted(table, frames[table], decided)] if len(part)]
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    return whole.sort_values(["doubt", "article_id", "start"], ascending=[False, True, True], kind="stable", ignore_index=True)


def _decided(ledger: Ledger | str | Path | None, coder: str | None) -> set[tuple[str, str]]:
    """The rows on which a decision stands, by table and id."""
    if ledger is None:
        return set()
    read = ledger if isinstance(ledger, Ledger) else read_ledger(ledger, missing_ok=True)
    made = [decision for _, decision in (read.of(coder) if coder is not None else read).decisions]
    undone = inactive(made)
    return {(one.table, one.row_id) for place, one in enumerate(made) if place not in undone and one.action in JUDGED}


def _doubted(table: str, frame: pd.DataFrame, decided: Collection[tuple[str, str]]) -> pd.DataFrame:
    """The undecided rows of a table with what is in doubt of them."""
    name, owner = id_column(table), table if table in REVIEWED else "positions"
    rows = frame[[(owner, key) not in decided for key in frame[name]]]
    likely, why = (_by_score if "score" in rows else _by_sign)(table, rows)
    doubt = (EVEN - (likely - EVEN).abs()) if table not in REVIEWED else 100 - likely
    told = {"table": table, "row_id": rows[name], **{column: rows[column] for column in ("article_id", "start", "end", "text")}}
    return pd.DataFrame({**told, "likely": likely, "doubt": doubt, "why": why}, columns=list(COLUMNS))


def _by_score(table: str, rows: pd.DataFrame) -> tuple[pd.Series[int], pd.Series[str]]:
    likely = rows["score"].fillna(EVEN).astype("int64")
    reasons = rows["reason"].fillna("").map(as_text) if "reason" in rows else pd.Series("", index=rows.index)
    why = [f"{score} %{', ' * bool(reason)}{reason}" for score, reason in zip(likely, reasons, strict=True)]
    return likely, pd.Series(why, rows.index, dtype="str")


def _by_sign(table: str, rows: pd.DataFrame) -> tuple[pd.Series[int], pd.Series[str]]:
    asked = signs(table)
    places = sign_places(rows, asked)
    likely = places.map({place: sign.likely for place, sign in enumerate(asked)}).astype("int64")
    return likely, pd.Series(list(_in_words(rows, [asked[place] for place in places])), rows.index, dtype="str")


def _in_words(rows: pd.DataFrame, told: Collection[Sign]) -> Iterator[str]:
    """Why each row is in doubt, with the names between which a speaker stays open."""
    open_between = rows["actor_candidates"].fillna("") if "actor_candidates" in rows else [""] * len(rows)
    for sign, names in zip(told, open_between, strict=True):
        yield f"{sign.says}{f': {names}' if names else ''}; such rows are right in {sign.likely} % of cases"
