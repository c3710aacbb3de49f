"""`make bench`: how long the extraction takes, as a multiple of one pass of a regular expression over the same text.

    python -m tests.bench                       the articles of this repository
    python -m tests.bench FOLDER FILE.jsonl     other articles: `.txt` files, or one JSON object with "text" a line
    python -m tests.bench --growth 0            without the growth on adversarial input

Everything that looks at a clock stands here, and nothing of it in the tests: a ratio within one run is what holds on a
machine that changes speed. The exit code is 1 where the time of some input grows faster than its length.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.bench.growth import print_growth
from tests.bench.speed import print_speed, shipped_texts, texts_at


def main() -> int:
    """Prints the tables of speed and of growth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, help="folders of .txt files, or .jsonl files")
    parser.add_argument("--rounds", type=int, default=3, help="rounds for each article (3)")
    parser.add_argument("--growth", type=int, default=50_000, help="characters of the shorter adversarial texts (50,000); 0 leaves them out")
    given = parser.parse_args()
    for kind, texts in ({"given": texts_at(given.paths)} if given.paths else shipped_texts()).items():
        print_speed(kind, texts, given.rounds)
    return int(bool(given.growth and print_growth(given.growth)))


if __name__ == "__main__":
    sys.exit(main())
