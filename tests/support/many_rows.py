"""Tables of any number of articles for the tests of figures, made by rule and read from no text."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from random import Random

import pandas as pd
from support.frames import frame

OUTLETS = [f"Outlet {chr(65 + i)}" for i in range(20)]
PARTIES = ["LPC", "CPC", "NDP", "BQ", "GPC", None]
PROPOSITIONS = ["suspend", "whole_border", "renegotiate", "deter", "us_unsafe", "talks_underway"]


def tables(n: int) -> dict[str, pd.DataFrame]:
    """Articles, counts, quotes and positions of `n` articles."""
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in ("articles", "counts", "quotes", "positions")}
    for i in range(n):
        chance = Random(i)
        key, day = f"outlet_{i:06}", date(2016, 1, 1) + timedelta(days=chance.randrange(1500))
        known = chance.random() < 0.8
        rows["articles"].append({
            "article_id": key, "title": f"Report {i}", "outlet": chance.choice(OUTLETS), "published_basis": "stated" if known else "unknown",
            "published_earliest": day.isoformat() if known else None, "published_latest": day.isoformat() if known else None, "n_chars": 4000,
        })  # fmt: skip
        rows["counts"] += [_count(chance, f"c{i}-{k}", key) for k in range(chance.randrange(3))]
        rows["quotes"] += [_quote(chance, f"q{i}-{k}", key, 100 * k) for k in range(1 + chance.randrange(3))]
        rows["positions"] += [_position(chance, f"p{i}-{k}", key, 100 * k) for k in range(chance.randrange(3))]
    return {name: frame(name, held) for name, held in rows.items()}


def _count(chance: Random, count_id: str, article_id: str) -> dict[str, object]:
    year, month = chance.choice((2016, 2017, 2018)), chance.randrange(1, 13)
    last = chance.choice((month, month, month, 12))
    start, end = date(year, month, 1), date(year, last, monthrange(year, last)[1])
    if chance.random() < 0.1:
        start = end = date(year, month, chance.randrange(1, 28))
    value = float(round(chance.lognormvariate(7, 0.6), -1)) if start != end else float(chance.randrange(20, 260))
    if chance.random() < 0.002:
        value *= 1000
    return {
        "count_id": count_id, "article_id": article_id, "start": 0, "end": 5, "text": f"{value:,.0f}", "kind": "count", "value": value,
        "bound": chance.choice(("exact", "exact", "about", "more_than")), "low": value, "high": value, "measure": "interceptions", "place": "CA",
        "period_start": start.isoformat(), "period_end": end.isoformat(),
    }  # fmt: skip


def _who(chance: Random) -> tuple[str, str | None]:
    number = int(chance.paretovariate(0.6)) % 400
    return f"Person {number}", PARTIES[number % len(PARTIES)]


def _quote(chance: Random, quote_id: str, article_id: str, start: int) -> dict[str, object]:
    actor, party = _who(chance)
    number = int(chance.paretovariate(0.8)) % 900
    words = " ".join(f"word{number}x{k}" for k in range(9)) + (" today" if chance.random() < 0.2 else "")
    return {
        "quote_id": quote_id, "article_id": article_id, "start": start, "end": start + 60, "kind": "direct", "actor": actor, "party": party, "text": words,
    }  # fmt: skip


def _position(chance: Random, position_id: str, article_id: str, start: int) -> dict[str, object]:
    actor, party = _who(chance)
    return {
        "position_id": position_id, "article_id": article_id, "start": start, "end": start + 50, "text": f"Sentence {position_id}.", "actor": actor,
        "actor_type": "person", "party": party, "proposition": chance.choice(PROPOSITIONS), "stance": chance.choice(("support", "oppose", "oppose")),
        "basis": "quote",
    }  # fmt: skip


def official() -> pd.DataFrame:
    """Official figures of each month of 2016 to 2018."""
    months = [(year, month) for year in (2016, 2017, 2018) for month in range(1, 13)]
    rows = [
        {"period_start": f"{y}-{m:02}-01", "period_end": f"{y}-{m:02}-{monthrange(y, m)[1]}", "value": 800.0 + 130 * m, "status": "final", "source_title": ""}
        for y, m in months
    ]
    return pd.DataFrame(rows)
