"""The sentences and articles of `positions/*.toml`, and what is found in them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from support.paths import TESTS

from stcalib.codebook.codebook import Codebook, load_codebook
from stcalib.core.rows import Position, Published, Skipped
from stcalib.positions.find import find_positions
from stcalib.quotes.find import find_quotes
from stcalib.text.article import Article

FOLDER = TESTS / "positions"
TRAINING = TESTS.parent / "stcalib" / "data" / "training" / "stca"
DAY = Published(date(2018, 6, 1), date(2018, 6, 1), "stated")
REPORTS = {
    "stca": """Asylum seekers keep coming

OTTAWA — Asylum seekers kept arriving at the border on Friday. The Safe Third Country Agreement dates from 2004.

{text}

The weather was mild. Immigration Minister Ahmed Hussen and Public Safety Minister Ralph Goodale were in Ottawa. The reeve was at home.
""",
    "carbon_price": """Carbon tax dispute goes on

REGINA — The federal carbon tax was debated again on Friday.

{text}

The weather was mild. Prime Minister Justin Trudeau was in Ottawa. Premier Scott Moe was at home.
""",
}
"""The report in which a sentence is read, by codebook."""


@dataclass(frozen=True)
class Case:
    """A sentence and the rows that it gives, "actor | proposition | stance"."""

    text: str
    rows: tuple[str, ...]
    trap: bool


def entries(name: str) -> list[dict[str, Any]]:
    """The `[[case]]` entries of a file of tests/positions."""
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["case"]
    return found


@cache
def cases(name: str = "sentences") -> tuple[Case, ...]:
    """The sentences of a file."""
    file = next(folder / f"{name}.toml" for folder in (FOLDER, TRAINING) if (folder / f"{name}.toml").is_file())
    told = tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    return tuple(Case(entry["text"], tuple(entry["rows"]), entry.get("trap", False)) for entry in told)


@cache
def articles() -> tuple[dict[str, Any], ...]:
    """The articles of all batches, each with its rows."""
    files = sorted([*TRAINING.glob("batch_*.toml"), *FOLDER.glob("batch_*.toml")], key=lambda file: file.name)
    return tuple(entry for file in files for entry in tomllib.loads(file.read_text(encoding="utf-8"))["article"])


def published(entry: dict[str, Any]) -> Published:
    """The day of an article of the batches."""
    day = entry.get("published")
    return Published(day, day, "sidecar") if day else Published()


def read(article: Article, day: Published = DAY, codebook: Codebook | None = None) -> tuple[list[Position], list[Skipped]]:
    """The positions in an article that the rules see, whatever their tier, and what was skipped."""
    book = codebook or load_codebook()
    quotes, _ = find_quotes(article, book, day)
    read = find_positions(article, quotes, book, day)
    rows = [row for row in (*read.positions, *read.proposals) if row.read_by != "reader"]
    return sorted(rows, key=lambda row: (row.start, row.end, row.proposition, row.actor, row.stance)), read.skipped


def found(text: str, codebook: str = "stca") -> tuple[list[Position], list[Skipped], Article]:
    """The positions in one sentence, read within the report."""
    article = Article("case", REPORTS[codebook].format(text=text))
    return (*read(article, codebook=load_codebook(codebook)), article)


def short(rows: list[Position]) -> list[str]:
    """Rows as the files write them."""
    return sorted(f"{row.actor} | {row.proposition} | {row.stance}" for row in rows)


# ---- articles against their rows
_SMALL = frozenset("the a an mr ms mrs dr of s".split())


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", name.lower())) if word not in _SMALL]


def same_actor(one: str, other: str) -> bool:
    """Whether two names have the same words, or one is a part of the other that keeps its last word."""
    small, big = sorted((_words(one), _words(other)), key=len)
    return bool(small) and set(small) <= set(big) and small[-1] == big[-1]


@dataclass
class Agreement:
    """What was found of the rows wanted, over articles."""

    hits: int = 0
    missed: int = 0
    spurious: int = 0
    same_party: int = 0
    same_evidence: int = 0
    optional: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; rows marked optional count for neither."""
        return 2 * self.hits / max(1, 2 * self.hits + self.missed + self.spurious)

    def add(self, wanted: list[dict[str, Any]], rows: list[Position]) -> None:
        """Compares the rows of one article, one row each for an actor's stance on a proposition."""
        merged: dict[tuple[str, str, str], list[Position]] = {}
        for row in rows:
            merged.setdefault((row.actor, row.proposition, row.stance), []).append(row)
        used: set[tuple[str, str, str]] = set()
        for want in wanted:
            named = [key for key in merged if any(same_actor(key[0], name) for name in _names(want))]
            fits = (key for key in named if key[1:] == (want["proposition"], want["stance"]))
            key = next((key for key in fits if key not in used), None)
            if key is None:
                self.missed += not want.get("optional")
                continue
            used.add(key)
            self.hits += not want.get("optional")
            self.optional += bool(want.get("optional"))
            self.same_party += (merged[key][0].party or "") == want.get("party", "")
            self.same_evidence += any(want.get("evidence", "") in row.text for row in merged[key])
        for key in merged:
            open_to = (name for want in wanted if want.get("optional") and want["proposition"] == key[1] for name in _names(want))
            self.spurious += key not in used and not any(same_actor(key[0], name) for name in open_to)


def _names(want: dict[str, Any]) -> list[str]:
    """The names by which an actor may be called."""
    return [want["actor"]] if isinstance(want["actor"], str) else list(want["actor"])
