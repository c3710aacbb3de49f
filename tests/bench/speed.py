"""The time of each step of the extraction, in passes of a regular expression over the same text.

A time is the sum over the articles of the least of some rounds each, in seconds of processor time, so that what else
the machine does counts little. Every round reads the article afresh; an article is never read twice as the same object.
"""

from __future__ import annotations

import gc
import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from stcalib import Corpus
from stcalib.codebook import load_codebook
from stcalib.core.rows import Published, Quote
from stcalib.counts import find_counts
from stcalib.positions import find_positions
from stcalib.quotes import find_quotes
from stcalib.text import Article

ROOT = Path(__file__).parents[2]
SHIPPED: Mapping[str, tuple[str, ...]] = {
    "general news": ("tests/gold/unseen_quotes/text/*.txt",),
    "number-dense": ("tests/counts/articles/*.txt",),
    "stance-dense": ("seeds/*.txt", "tests/gold/dev/text/*.txt"),
}
"""The articles of this repository by what they are full of."""
BASELINE = re.compile(r"\w+|[^\w\s]")
ENOUGH = 300_000
"""Articles are repeated up to so many characters."""
CODEBOOK = load_codebook("stca")
HELLO = "“It is,” the minister said on Friday. She added that 20 people came."


def seconds_of(work: Callable[[], object]) -> float:
    """Processor time of one run, without the collection of garbage."""
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        gc.enable()


def shipped_texts() -> dict[str, dict[str, str]]:
    """The articles of this repository by kind and file name."""
    return {
        kind: {file.stem: _report(file) for pattern in patterns for file in sorted(ROOT.glob(pattern))} for kind, patterns in SHIPPED.items()
    }


def _report(file: Path) -> str:
    """The text of an article, without the rows expected of it that stand before it in the tests of counts."""
    text = file.read_bytes().decode("utf-8", "replace")
    return text.split("\n----\n", 1)[-1]


def texts_at(paths: Iterable[Path]) -> dict[str, str]:
    """The articles of folders, of `.txt` and of `.jsonl` files. Leaves with a message where there are none."""
    texts: dict[str, str] = {}
    for path in paths:
        if path.suffix == ".jsonl":
            lines = path.read_text(encoding="utf-8").splitlines()
            texts |= {f"{path.stem}_{number}": json.loads(line)["text"] for number, line in enumerate(lines) if line.strip()}
        else:
            files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
            texts |= {str(file): file.read_text(encoding="utf-8") for file in files}
    if not texts:
        raise SystemExit("no article there: name a folder of .txt files, or a .jsonl file with an object with \"text\" on each line")
    return texts


def enough(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts, repeated up to `ENOUGH` characters; every copy differs from the others by blank lines at its end."""
    repeats = -(-ENOUGH // sum(map(len, texts.values())))
    return {f"{name}_{i}": text + "\n" * i for i in range(repeats) for name, text in texts.items()}


def _read(text: str) -> Article:
    article = Article("a", text)
    _reading(article)
    return article


def _reading(article: Article) -> None:
    """Reading copy, zones, quotation marks, sentences and tokens."""
    for number in range(len(article.sentences)):
        article.tokens(number)


def _quoted(text: str) -> tuple[Article, list[Quote]]:
    article = _read(text)
    return article, find_quotes(article, CODEBOOK)[0]


Step = tuple[str, Callable[[str], Any], Callable[[Any], object]]
STEPS: tuple[Step, ...] = (
    (f"one pass of {BASELINE.pattern}", str, lambda text: sum(1 for _ in BASELINE.finditer(text))),
    ("reading", lambda text: Article("a", text), _reading),
    ("quotes", _read, lambda read: find_quotes(read, CODEBOOK)),
    ("counts", _read, lambda read: find_counts(read, CODEBOOK)),
    ("positions", _quoted, lambda read: find_positions(read[0], read[1], CODEBOOK, Published())),
    ("text to quotes", lambda text: Article("a", text), lambda article: find_quotes(article, CODEBOOK)),
)
"""What is timed: name, what is made before the clock runs, what runs; the baseline first. Quotes, counts and positions are timed on an
article that is read, and are so added to the reading; "text to quotes" reads what quotes need and no more."""


def step_seconds(texts: Iterable[str], rounds: int) -> list[float]:
    """For each step the sum over the texts of the least time of some rounds.

    All steps take turns on each text, so that a machine that runs faster or slower for a while does so for all.
    """
    totals = [0.0] * len(STEPS)
    for text in texts:
        times = [[_seconds(work, make(text)) for _, make, work in STEPS] for _ in range(rounds)]
        totals = [total + min(taken) for total, taken in zip(totals, zip(*times, strict=True), strict=True)]
    return totals


def _seconds(work: Callable[[Any], object], made: Any) -> float:
    began = time.process_time()
    work(made)
    return time.process_time() - began


def print_speed(kind: str, texts: Mapping[str, str], rounds: int) -> None:
    """The table of steps for the articles of a kind."""
    copies = enough(texts)
    size = sum(map(len, copies.values()))
    Corpus.from_texts({"hello": HELLO}).tables()
    times = dict(zip((name for name, _, _ in STEPS), step_seconds(copies.values(), rounds), strict=True))
    base = next(iter(times.values()))
    times["all tables"] = min(seconds_of(Corpus.from_texts(copies).tables) for _ in range(max(1, rounds - 1)))
    print(f"{kind}: {len(texts)} articles, {len(copies)} with copies, {size:,} characters; {rounds} rounds, the least of each article")
    print(f"{'':22}{'seconds':>9}{'passes':>9}{'characters a second':>22}")
    for name, seconds in times.items():
        print(f"{name:22}{seconds:9.3f}{seconds / base:9.1f}{size / seconds:22,.0f}")
