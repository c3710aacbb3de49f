"""`make bench-scale`: how the time of each step grows with the number of articles, and what a build takes.

    python -m tests.bench.scale                       100, 300, 1000 and 3000 made articles
    python -m tests.bench.scale --sizes 1000 10000    other sizes
    python -m tests.bench.scale --build 10000         the whole build in processes of its own: wall time, peak memory, one changed article

A time is that of the processor. The exponent is the slope of log time over log size between the smallest size that takes
`NOISE` seconds and the largest; the exit code is 1 where one is above `STEEPEST`.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from stcalib import Corpus, analysis
from stcalib.codebook import load_codebook
from tests.bench.speed import seconds_of
from tests.support.made_articles import article, texts, write

SIZES = (100, 300, 1000, 3000)
STEEPEST = 1.15
NOISE = 0.1
"""Shorter times than this, in seconds, tell nothing of growth."""


def steps(n: int) -> Iterator[tuple[str, float]]:
    """The steps at so many articles, each with its time in seconds."""
    book = load_codebook("stca")
    corpus = Corpus.from_texts(dict(texts(n)), codebook=book)
    yield "reading and dating", seconds_of(corpus.read)
    frames: dict[str, Any] = {}

    def of(name: str) -> Callable[[], object]:
        return lambda: frames.setdefault(name, getattr(corpus, name))

    for name in ("machine_frames", "articles", "derived", "quotes", "actors", "positions", "problems"):
        yield f"table {name}" if name != "machine_frames" else "tables as read", seconds_of(of(name))
    positions, articles, quotes, counts = corpus.positions, corpus.articles, corpus.quotes, corpus.counts
    spans = zip(*(counts[name] for name in ("count_id", "article_id", "sentence_start", "sentence_end")), strict=True)
    whole = dict(texts(n))
    sentences = {key: whole[name][int(start) : int(end)] for key, name, start, end in spans}
    yield "shared quotations", seconds_of(lambda: frames.setdefault("shared", analysis.shared_quotes(quotes)))
    yield "utterances", seconds_of(lambda: analysis.utterances(frames["shared"]))
    yield "contradictions", seconds_of(lambda: analysis.contradictions(positions, book.propositions))
    yield "consistency", seconds_of(lambda: analysis.check_consistency(counts, sentences, "CA"))
    yield "stance matrix", seconds_of(lambda: analysis.stance_matrix(positions, "party", articles))
    yield "changes of mind", seconds_of(lambda: analysis.changes(positions, articles))
    yield "statements", seconds_of(lambda: frames.setdefault("statements", analysis.statements(positions, articles)))
    yield "affiliation", seconds_of(lambda: analysis.affiliation(frames["statements"], normalization="activity"))
    yield "between, jaccard", seconds_of(lambda: analysis.between(frames["statements"], "subtract", "jaccard"))


def print_scale(sizes: tuple[int, ...]) -> int:
    """The table of steps; gives how many grow too fast."""
    measured = {n: dict(steps(n)) for n in sizes}
    print(f"{'seconds of processor time':24}" + "".join(f"{n:>10,}" for n in sizes) + f"{'exponent':>10}")
    steep = 0
    for name in measured[sizes[0]]:
        times = {n: measured[n][name] for n in sizes}
        told = [n for n in sizes if times[n] >= NOISE]
        exponent = math.log(times[told[-1]] / times[told[0]]) / math.log(told[-1] / told[0]) if len(told) > 1 else None
        steep += exponent is not None and exponent > STEEPEST
        print(f"{name:24}" + "".join(f"{times[n]:10.2f}" for n in sizes) + (f"{exponent:10.2f}" if exponent is not None else ""), flush=True)
    return steep


def print_build(n: int, jobs: int) -> None:
    """Builds the tables of so many articles in processes of their own: alone, side by side, with everything kept, with one changed."""
    with tempfile.TemporaryDirectory() as place:
        project = Path(place)
        (project / "notebooks").mkdir()
        folder = write(project / "articles", n)
        print(f"\n{n:,} articles, stca build", flush=True)
        for what, options in (("--jobs 1", ["--anew", "--jobs", "1"]), (f"--jobs {jobs}", ["--jobs", str(jobs)]), ("all kept", [])):
            _run(project, what, options)
        (folder / "made_000003.txt").write_text(article(n + 3), encoding="utf-8")
        _run(project, "one changed", [])


def _run(project: Path, what: str, options: list[str]) -> None:
    code = "from stcalib.cli.app import main; main()"
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", code, "build", *options], cwd=project, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    print(f"  {what:14}{time.monotonic() - began:8.1f} s wall{used.ru_utime + used.ru_stime:8.1f} s processor{_peak(used):8.0f} MB", flush=True)


def _peak(used: resource.struct_rusage) -> float:
    """The most memory of the process itself, in megabytes."""
    return used.ru_maxrss / (1024 if sys.platform.startswith("linux") else 1024**2)


def main() -> int:
    """Prints the table of growth, or the times of a build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), help="numbers of articles")
    parser.add_argument("--build", type=int, default=0, help="build the tables of so many articles instead")
    parser.add_argument("--jobs", type=int, default=2, help="processes of that build (2)")
    given = parser.parse_args()
    if given.build:
        print_build(given.build, given.jobs)
        return 0
    return int(bool(print_scale(tuple(given.sizes))))


if __name__ == "__main__":
    sys.exit(main())
