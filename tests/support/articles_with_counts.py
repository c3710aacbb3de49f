"""Reads the articles with expected counts in `counts/*.txt`.

A file opens with the day of publication and one line a row: text | kind | value | bound | measure | place | first day |
last day | source, with a question mark behind a row on which careful readers differ; the article follows behind a line of
dashes, exactly as printed. An exclamation mark behind a row says that it is known to come out wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from support.paths import COUNT_ARTICLES

from stcalib.core.rows import Published
from stcalib.text.article import Article

FOLDER = COUNT_ARTICLES


@dataclass(frozen=True)
class Expected:
    text: str
    start: int
    kind: str
    value: float | None
    bound: str
    measure: str
    place: str
    period: tuple[date | None, date | None]
    source: str | None
    optional: bool
    wrong: bool


def articles() -> list[tuple[Article, Published, list[Expected]]]:
    return [_read(path) for path in sorted(FOLDER.glob("*.txt"))]


def _read(path: Path) -> tuple[Article, Published, list[Expected]]:
    head, _, text = path.read_bytes().decode("utf-8").partition("\n----\n")
    first, *lines = head.splitlines()
    day = _day(first.partition(":")[2].strip())
    rows: list[Expected] = []
    at = 0
    for line in lines:
        if not line.strip():
            continue
        words, kind, value, bound, measure, place, start, end, source = (part.strip() for part in line.split("|"))
        found = text.find(words, at)
        at = found if found >= 0 else text.index(words)
        period = (_day(start), _day(end))
        rows.append(
            Expected(
                words,
                at,
                kind,
                float(value) if value else None,
                bound,
                measure,
                place,
                period,
                source.rstrip("?! ") or None,
                source.endswith("?"),
                source.endswith("!"),
            )
        )
        at += len(words)
    published = Published(day, day, "sidecar", "given") if day else Published()
    return Article(path.stem, text), published, rows


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
