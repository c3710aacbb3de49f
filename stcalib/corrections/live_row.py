"""A row while it is corrected: its values, what a reviewer set, and what follows from that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any, TypeVar, get_args, get_type_hints

import pandas as pd

from stcalib.core.row_fields import as_text, part_names, records_of
from stcalib.core.rows import Row, column_names
from stcalib.core.table_spec import ROW_TYPES, spec_of
from stcalib.text.article import Article

T = TypeVar("T", bound=Row)

REVIEW_BASIS = "review"
"""What a field's basis says once a reviewer has set the field."""


@dataclass
class LiveRow:
    """A row as the decisions taken so far leave it."""

    table: str
    values: dict[str, Any]
    machine: Mapping[str, Any] | None
    """The row as the program read it; None for an added one."""
    proposed: str | None = None
    """Why the program only proposed it, until a reviewer accepts or changes it; None for a row of the table."""
    again: bool = False
    """Whether the program no longer finds it, and the ledger alone gives it back."""
    gone: str | None = None
    """Why the row is not in the table; None while it is."""
    confirmed: bool = False
    follows: bool = False
    """Whether fields of it follow from another row that a reviewer corrected."""
    given: set[str] = field(default_factory=set)
    """Fields that a reviewer set."""
    places: dict[str, tuple[int, str]] = field(default_factory=dict)
    """The last decision on each matter: its place in the ledger and its value."""

    @property
    def status(self) -> str:
        """What the table says of the row."""
        if self.again:
            return "corrected" if self.given else "confirmed"
        before = str(self.machine.get("status") or "machine") if self.machine is not None else "added"
        if before == "added":
            return "added"
        if self.given or self.follows:
            return "corrected"
        return "confirmed" if self.confirmed and before == "machine" else before

    @property
    def is_row(self) -> bool:
        """Whether it stands in its table."""
        return self.gone is None and (self.proposed is None or self.confirmed or bool(self.given))

    @property
    def span(self) -> tuple[str, int, int]:
        """Article, start and end."""
        return self.values["article_id"], self.values["start"], self.values["end"]

    def key(self, names: Iterable[str]) -> tuple[str, ...]:
        """The values of these fields, to compare rows by."""
        return key_of(self.values, names)

    def move(self, article: Article, start: int, end: int) -> None:
        """Puts the row on the characters start..end, with its text and sentence."""
        self.values |= {"start": start, "end": end, "text": article.text[start:end]}
        if "sentence_start" in self.values:
            cuts = [article.cut(s.start, s.end)[:2] for s in article.sentences if s.start < s.end]
            held = [(a, b) for a, b in cuts if a < end and start < b] or [(start, end)]
            self.values |= {"sentence_start": min(start, held[0][0]), "sentence_end": max(end, held[-1][1])}

    def put(self, name: str, value: Any, article: Article) -> None:
        """Sets a field by a reviewer's hand: its basis and its place in the text follow."""
        self.values[name] = value
        self.given.add(name)
        for basis in (f"{name}_basis", f"{name.rsplit('_', 1)[0]}_basis"):
            if basis in self.values:
                about = ROW_TYPES[self.table].__dataclass_fields__.get(basis)
                allowed = about.metadata["values"] if about else ()
                self.values[basis] = REVIEW_BASIS if not allowed or REVIEW_BASIS in allowed else None
                break
        if name in part_names(ROW_TYPES[self.table]):
            self._locate(name, article)

    def _locate(self, name: str, article: Article) -> None:
        """Finds the words of a field that has offsets of its own: in the row's sentence, nearest to the row; else nowhere."""
        words, found = as_text(self.values[name]), []
        low, high = self.values.get("sentence_start", 0), self.values.get("sentence_end", len(article.text))
        place = article.text.find(words, low, high) if words else -1
        while place >= 0:
            found.append(place)
            place = article.text.find(words, place + 1, high)
        row_start, row_end = self.values["start"], self.values["end"]
        start = min(found, key=lambda at: max(at - row_end, row_start - at - len(words)), default=None)
        self.values |= {f"{name}_start": start, f"{name}_end": None if start is None else start + len(words)}


def key_of(values: Mapping[str, Any], names: Iterable[str]) -> tuple[str, ...]:
    """The values of these fields as text."""
    return tuple(as_text(values.get(name)) for name in names)


class Followers:
    """What follows from a corrected field, by the example of the machine's rows.

    The fields that follow take the value that all machine rows with the same causes have, or none.
    """

    def __init__(self, table: str, frames: Iterable[pd.DataFrame]):
        self._rules = spec_of(table).follows
        self._examples: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {}
        for frame, (causes, effects) in product(frames, self._rules):
            told = frame[[name for name in (*causes, *effects) if name in frame]].drop_duplicates()
            rows: list[dict[Any, Any]] = told.to_dict("records")
            for row in rows:
                seen = self._examples.setdefault((*causes, *key_of(row, causes)), {})
                for effect in effects:
                    seen.setdefault(effect, {})[as_text(row.get(effect))] = row.get(effect)

    def settle(self, row: LiveRow, changed: str) -> None:
        """Gives the fields that follow from `changed` the one value that the examples have, or none."""
        for causes, effects in self._rules:
            if changed in causes:
                seen = self._examples.get((*causes, *row.key(causes)), {})
                for effect in effects:
                    if effect in row.values and effect not in row.given:
                        values = list(seen.get(effect, {}).values())
                        row.values[effect] = values[0] if len(values) == 1 else None


def rows_of(frame: pd.DataFrame, row_type: type[T]) -> list[T]:
    """The rows of a table as objects of their row type: missing values are None, days are dates."""
    hints = get_type_hints(row_type)
    kinds = {name: next(kind for kind in get_args(hints[name]) or (hints[name],) if kind is not type(None)) for name in column_names(row_type)}

    def value(kind: type, held: Any) -> Any:
        if as_text(held) == "":
            return None if held != "" else ""
        return pd.Timestamp(held).date() if kind is date else kind(held)

    return [row_type(**{name: value(kinds[name], record[name]) for name in kinds}) for record in records_of(frame)]


def frame_of(records: Sequence[Mapping[str, Any]], like: pd.DataFrame | None, table: str) -> pd.DataFrame:
    """The records as a frame with the columns and types of `like`, by article and place."""
    columns = list(like.columns) if like is not None else column_names(ROW_TYPES[table])
    made = pd.DataFrame({name: pd.Series([record.get(name) for record in records], dtype=object) for name in columns}, columns=columns)
    if like is not None:
        for name in columns:
            if like[name].dtype != object:
                made[name] = made[name].astype(like[name].dtype)
    if {"article_id", "start", "end"} <= set(columns):
        made = made.sort_values(["article_id", "start", "end"], kind="stable", ignore_index=True)
    return made
