"""`make bench`: how long the extraction takes, against one pass of a regular expression over the same text."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from stcalib import Corpus

ROOT = Path(__file__).parent.parent
BASELINE = re.compile(r"\w+|[^\w\s]")
ENOUGH = 400_000
"""Characters of text that are timed."""
TABLES = ("articles", "counts", "quotes", "positions")


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """The seconds of the fastest of some rounds."""
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def main() -> None:
    """Times each table and all of them, fresh in every round."""
    files = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "gold-dev" / "text").glob("*.txt")])
    texts = {file.stem: file.read_text(encoding="utf-8") for file in files}
    repeats = -(-ENOUGH // sum(map(len, texts.values())))
    copies = {f"{name}_{i}": text for name, text in texts.items() for i in range(repeats)}
    size = sum(map(len, copies.values()))
    best(lambda: Corpus.from_texts(texts).quotes, rounds=1)
    baseline = best(lambda: [sum(1 for _ in BASELINE.finditer(text)) for text in copies.values()])
    print(f"{len(copies)} articles, {size:,} characters; one pass of {BASELINE.pattern!r}: {baseline:.3f} s")
    for name in TABLES:
        seconds = best(lambda name=name: getattr(Corpus.from_texts(copies), name))  # type: ignore[misc]
        print(f"  {name:10} {seconds:6.3f} s  {seconds / baseline:5.1f} passes  {size / seconds:11,.0f} characters a second")
    seconds = best(lambda: [getattr(corpus, name) for corpus in [Corpus.from_texts(copies)] for name in TABLES])
    print(f"  {'all':10} {seconds:6.3f} s  {seconds / baseline:5.1f} passes  {size / seconds:11,.0f} characters a second")


if __name__ == "__main__":
    main()
