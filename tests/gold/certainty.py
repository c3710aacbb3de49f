"""How often rows read in one way are right: `python -m tests.gold.certainty` prints the shares of `stcalib/data/certainty.toml`.

Of all batches in first_reading; a row beside an optional row of the gold counts neither way, as in the scorer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from stcalib import Corpus
from stcalib.review.certainty import sign_places, signs
from tests.gold import score

BATCHES = Path(__file__).parent / "first_reading"
WEEK = 7
"""Days by which the end of a period may differ."""
LEAST_IOU = 0.5


def documents() -> Iterator[dict[str, Any]]:
    """The annotated articles of all batches."""
    for batch in sorted(path for path in BATCHES.iterdir() if path.is_dir()):
        yield from ({**doc, "article": f"{batch.name}_{doc['article']}"} for doc in score.load_dir(batch, batch / "text"))


def judged(table: str, docs: list[dict[str, Any]], frame: pd.DataFrame) -> dict[Any, bool]:
    """Of the rows of a table, by their label, whether each is right."""
    found = {}
    for doc in docs:
        rows = frame[frame["article_id"] == doc["article"]]
        pairs, _, _ = score.match(doc[table], rows.to_dict("records"), _counts_alike if table == "counts" else _quotes_alike, LEAST_IOU)
        gold_of = {row: gold for gold, row in pairs}
        for place, (label, row) in enumerate(zip(rows.index, rows.to_dict("records"), strict=True)):
            if place in gold_of:
                found[label] = (_count_is_right if table == "counts" else _quote_is_right)(doc[table][gold_of[place]], row)
            elif not any(gold.get("optional") and score.overlap(score.span(gold), score.span(row)) for gold in doc[table]):
                found[label] = False
    return found


def _counts_alike(gold: dict[str, Any], row: dict[Any, Any]) -> float:
    if not score.overlap(score.span(gold), score.span(row)) or gold["kind"] != row["kind"] or (gold["value"] is None) != score.blank(row["value"]):
        return 0
    return float(gold["value"] is None or abs(float(gold["value"]) - float(row["value"])) <= 0.005 * abs(float(gold["value"])))


def _quotes_alike(gold: dict[str, Any], row: dict[Any, Any]) -> float:
    return float(score.iou(score.span(gold), score.span(row)))


def _count_is_right(gold: dict[str, Any], row: dict[Any, Any]) -> bool:
    return any(_reads(gold | other, row) for other in ({}, *gold.get("alt", ())))


def _reads(gold: dict[str, Any], row: dict[Any, Any]) -> bool:
    fields = all((gold.get(name) or "") == ("" if score.blank(row[name]) else str(row[name])) for name in ("bound", "measure", "place"))
    return fields and all(_near(gold[name], row[name]) for name in ("period_start", "period_end"))


def _near(gold: str | None, day: Any) -> bool:
    known = None if score.blank(day) else str(day)[:10]
    return gold == known or bool(gold and known and abs((date.fromisoformat(gold) - date.fromisoformat(known)).days) <= WEEK)


def _quote_is_right(gold: dict[str, Any], row: dict[Any, Any]) -> bool:
    return bool(score.actors_match(gold.get("actor") or [], row["actor"]))


def main() -> int:
    """Prints a line for each sign."""
    docs = list(documents())
    corpus = Corpus.from_texts({doc["article"]: doc["text"] for doc in docs})
    for table in ("counts", "quotes"):
        frame = getattr(corpus, table)
        right = judged(table, docs, frame)
        places = sign_places(frame, signs(table))
        for place, sign in enumerate(signs(table)):
            of = [right[label] for label in places.index[places == place] if label in right]
            print(f"{table}: {sign.says}: right = {sum(of)}, of = {len(of)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
