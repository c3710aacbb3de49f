"""`make bench`: how long the extraction takes, as a multiple of one pass of a regular expression over the same text.

    python -m tests.bench                       the articles of this repository
    python -m tests.bench FOLDER FILE.jsonl     other articles: `.txt` files, or one JSON object with "text" a line
    python -m tests.bench --growth 0            without the growth on adversarial input

A time is the sum over the articles of the least of some rounds each, in seconds of processor time, so that what else
the machine does counts little. Every round reads the article afresh; an article is never read twice as the same object.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from stcalib import Corpus
from stcalib.codebook.codebook import load_codebook
from stcalib.core.rows import Published, Quote
from stcalib.counts.find import find_counts
from stcalib.positions.find import find_positions
from stcalib.quotes.find import find_quotes
from stcalib.text.article import Article

ROOT = Path(__file__).parents[2]
SHIPPED = ("seeds/*.txt", "tests/gold/dev/text/*.txt", "tests/gold/unseen_quotes/text/*.txt", "tests/counts/articles/*.txt")
BASELINE = re.compile(r"\w+|[^\w\s]")
ENOUGH = 300_000
"""Articles are repeated up to so many characters."""
CODEBOOK = load_codebook("stca")
HELLO = "“It is,” the minister said on Friday. She added that 20 people came."


def _filled(unit: str) -> Callable[[int], str]:
    """Makes a text of `n` characters that repeats one piece."""
    return lambda n: (unit * (n // len(unit) + 1))[:n]


def _nested(n: int) -> str:
    return "“‘" * (n // 4) + "’”" * (n // 4)


def _letters(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(3))


def _new_names(n: int) -> str:
    return "".join(f"A{_letters(i)} B{_letters(i)} said it was {i}. " for i in range(n // 28))


ADVERSARIAL: Mapping[str, Callable[[int], str]] = {
    "straight quotation marks": _filled('"'),
    "opening quotation marks": _filled("“"),
    "pairs of quotation marks": _filled("“”"),
    "single marks": _filled("' "),
    "quoted words": _filled('"a" '),
    "marks within marks": _nested,
    "speech within speech": _filled("“a ‘b, he said, ’ ”"),
    "one endless sentence": _filled("the man said the dog "),
    "an endless sentence of clauses": _filled("the man, he said, and "),
    "an endless name": _filled("Ann Bell "),
    "an endless word": _filled("a"),
    "short sentences": _filled("She said so. He told her. Ann Bell said it. "),
    "ever new names": _new_names,
    "abbreviations": _filled("HOST: which 2018 Q: &amp; said "),
    "digits": _filled("1"),
    "numbers": _filled("1 "),
    "digits with commas": _filled("1,"),
    "paragraphs": _filled("a\n\n"),
    "brackets": _filled("("),
    "markup": _filled("<a &amp; "),
}
"""Kinds of text that are worst for one step or other, as functions of the wanted length."""


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


def growth(make: Callable[[int], str], n: int, rounds: int = 1) -> tuple[float, float]:
    """The seconds that reading a corpus of one text of n and of 4n characters takes."""
    return least_of(make(n), rounds), least_of(make(4 * n), rounds)


def least_of(text: str, rounds: int) -> float:
    """The least time of some rounds that reading a corpus of one text takes."""
    return min(seconds_of(Corpus.from_texts({"a": text}).read) for _ in range(rounds))


def shipped_texts() -> dict[str, str]:
    """The articles of this repository by file name."""
    return {file.stem: file.read_text(encoding="utf-8") for pattern in SHIPPED for file in sorted(ROOT.glob(pattern))}


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


def print_speed(texts: Mapping[str, str], rounds: int) -> None:
    """The table of steps."""
    copies = enough(texts)
    size = sum(map(len, copies.values()))
    Corpus.from_texts({"hello": HELLO}).tables()
    times = dict(zip((name for name, _, _ in STEPS), step_seconds(copies.values(), rounds), strict=True))
    base = next(iter(times.values()))
    times["all tables"] = min(seconds_of(Corpus.from_texts(copies).tables) for _ in range(max(1, rounds - 1)))
    print(f"{len(texts)} articles, {len(copies)} with copies, {size:,} characters; {rounds} rounds, the least of each article")
    print(f"{'':22}{'seconds':>9}{'passes':>9}{'characters a second':>22}")
    for name, seconds in times.items():
        print(f"{name:22}{seconds:9.3f}{seconds / base:9.1f}{size / seconds:22,.0f}")


def print_growth(n: int) -> None:
    """The table of adversarial kinds."""
    print(f"\nAll tables of one text of {n:,} and {4 * n:,} characters: linear time is a ratio of about 4")
    print(f"{'':34}{'seconds':>9}{'seconds':>9}{'ratio':>8}{'characters a second':>22}")
    for name, make in ADVERSARIAL.items():
        small, large = growth(make, n)
        print(f"{name:34}{small:9.3f}{large:9.3f}{large / small:8.1f}{4 * n / large:22,.0f}", flush=True)


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, help="folders of .txt files, or .jsonl files")
    parser.add_argument("--rounds", type=int, default=3, help="rounds for each article (3)")
    parser.add_argument("--growth", type=int, default=250_000, help="characters of the shorter adversarial texts (250,000); 0 leaves them out")
    given = parser.parse_args()
    print_speed(texts_at(given.paths) if given.paths else shipped_texts(), given.rounds)
    if given.growth:
        print_growth(given.growth)


if __name__ == "__main__":
    main()
