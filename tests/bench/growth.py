"""How the time grows with the length of a text that is made to be slow: four times the text, about four times the time."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from stcalib import Corpus
from stcalib.core.rows import Quote, column_names
from stcalib.counts import derive
from stcalib.display import article_html
from stcalib.text import Article
from tests.bench.speed import seconds_of

PIECES: Mapping[str, Mapping[str, str]] = tomllib.loads(Path(__file__).with_name("pieces.toml").read_text(encoding="utf-8"))
ON_TOPIC = "Asylum seekers crossed at Roxham Road. "
PROSE = PIECES["page"]["prose"]
LIMIT = 8.0
"""Linear time is a ratio of 4, quadratic time one of 16."""
NOISE = 0.05
"""Shorter times than this, in seconds, tell nothing of growth."""


def _nested(n: int) -> str:
    return "“‘" * (n // 4) + "’”" * (n // 4)


def _letters(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(3))


def _new_names(n: int) -> str:
    return "".join(f"A{_letters(i)} B{_letters(i)} said it was {i}. " for i in range(n // 28))


def _dashes(n: int) -> str:
    return f"HALIFAX {'-' * n}x"


def _stops(n: int) -> str:
    return f"It rained{'.' * n}x"


MADE: Mapping[str, Callable[[int], str]] = {
    "marks within marks": _nested,
    "ever new names": _new_names,
    "a dateline without an end": _dashes,
    "stops before a letter": _stops,
}
"""Kinds of text that no single piece repeated gives, as functions of the wanted length."""


def texts_of(n: int) -> Iterator[tuple[str, str]]:
    """Each kind of adversarial text, `n` characters long, by name."""
    for room, pieces in PIECES.items():
        lead = ON_TOPIC if room in ("counts", "positions") else ""
        for name, piece in pieces.items():
            yield f"{room}: {name}", lead + (piece * (n // len(piece) + 1))[:n]
    for name, make in MADE.items():
        yield f"page: {name}", make(n)


def _read(text: str) -> Callable[[], object]:
    return Corpus.from_texts({"a": text}, published={"a": "2018-05-01"}).tables


def _derived(n: int) -> Callable[[], object]:
    """Derives from n / 100 counts."""
    pattern = Corpus.from_texts({"x": PROSE * 4}, published={"x": "2018-05-01"}).found("x").counts[-2:]
    counts = [replace(count, start=at + count.start, end=at + count.end, place="CA") for at in range(0, n * 2, 200) for count in pattern]
    return lambda: derive(counts, "CA")


def _drawn(n: int) -> Callable[[], object]:
    """Draws an article with n / 100 rows that lie on one another."""
    text = "x" * n
    empty = dict.fromkeys(column_names(Quote))
    rows = [
        Quote(**{**empty, "quote_id": f"q{i}", "article_id": "a", "start": i, "end": n - i, "text": text[i : n - i], "kind": "direct", "status": "machine"})
        for i in range(n // 100)
    ]
    article = Article("a", text)
    return lambda: article_html(article, rows)


def works(n: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is timed at a length of `n` characters, by name."""
    for name, text in texts_of(n):
        yield name, _read(text)
    yield "derived rows", _derived(n)
    yield "rows drawn over one another", _drawn(min(n, 40_000))


def print_growth(n: int) -> int:
    """The table of adversarial kinds; gives how many grow faster than their length."""
    print(f"\nAll tables of one text of {n:,} and {4 * n:,} characters: linear time is a ratio of about 4")
    print(f"{'':44}{'seconds':>9}{'seconds':>9}{'ratio':>8}")
    faster = 0
    for (name, short), (_, long) in zip(works(n), works(4 * n), strict=True):
        small, large = seconds_of(short), seconds_of(long)
        ratio = large / max(small, 1e-9)
        wrong = large > NOISE and ratio > LIMIT
        faster += wrong
        print(f"{name:44}{small:9.3f}{large:9.3f}{ratio:8.1f}{'  grows faster than its length' if wrong else ''}", flush=True)
    return faster
