"""What the decisions of a ledger teach: sentences with the stances that a reviewer confirmed, added or rejected in them.

In: a ledger. Out: examples. The ledger alone is asked, not the tables: each verdict on a position tells what it was made on,
so that the same ledger teaches the same whatever is read today.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stcalib.corrections.ledger import Decision, Ledger, inactive
from stcalib.corrections.position_key import fields_of
from stcalib.learning.training import Example
from stcalib.positions.learned import Label

TABLE = "positions"
LABEL = ("proposition", "stance")


@dataclass
class _Row:
    """A position as the decisions taken so far leave it: its words and its fields."""

    text: str
    fields: dict[str, str]
    right: bool = True

    @property
    def label(self) -> Label | None:
        proposition, stance = (self.fields.get(name) for name in LABEL)
        return (proposition, stance) if proposition and stance else None


@dataclass(frozen=True)
class Taught:
    """The examples of a ledger; `confirmed` and `rejected` rows they stand for, and `unclear` decisions that do not tell their row."""

    examples: list[Example]
    confirmed: int
    rejected: int
    unclear: int


def taught_by(ledger: Ledger) -> Taught:
    """What a ledger teaches, one example a sentence in the order of its sentences.

    A stance is in a sentence where any row that shows it is confirmed; a rejected one is not, and neither is one that a
    reviewer changed to another.
    """
    rows, unclear = _rows(ledger)
    found: dict[str, set[Label]] = {}
    for row in rows:
        if row.label is not None:
            labels = found.setdefault(" ".join(row.text.split()), set())
            labels |= {row.label} if row.right else set()
    told = [Example(text, frozenset(labels), writer="ledger") for text, labels in sorted(found.items())]
    right = sum(row.right for row in rows)
    return Taught(told, right, len(rows) - right, unclear)


def _rows(ledger: Ledger) -> tuple[list[_Row], int]:
    """The rows that were decided on, and how many decisions do not tell on what they were made."""
    rows: dict[tuple[str, str], _Row] = {}
    unclear = 0
    for decision in _standing(ledger):
        key = decision.article, decision.row_id
        fields = fields_of(TABLE, decision.new) if decision.action in ("accept", "reject") else {} if decision.action == "add" else None
        if fields is not None:
            row = rows.setdefault(key, _Row(decision.text, dict(fields)))
            row.right = decision.action != "reject"
        elif decision.action == "edit" and key in rows:
            rows[key].fields |= {decision.field: decision.new} if decision.field in LABEL else {}
        elif decision.action != "note":
            unclear += 1
    return [row for row in rows.values() if row.label is not None], unclear


def _standing(ledger: Ledger) -> Iterable[Decision]:
    """The decisions on positions that nobody took back, in order."""
    decisions = [decision for _, decision in ledger.decisions]
    gone = inactive(decisions)
    return (one for place, one in enumerate(decisions) if place not in gone and one.table == TABLE and one.action != "undo")
