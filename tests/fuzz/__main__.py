"""`make fuzz`: so many mutated texts (200,000 unless told) through the whole extraction; the exit code is 1 on a fault.

    python -m tests.fuzz [NUMBER] [FIRST_SEED] [CODEBOOK]

A run of 200,000 takes one to two hours of one idle core; every 2,000 texts it says how long the rest will take.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.checks import faults
from fuzz.mutate import material, texts

BATCH = 100


def main(arguments: list[str]) -> int:
    """Runs batch after batch, each with a seed of its own; stops at ten faults."""
    number, seed = (int(given) for given in (*arguments, "200000", "0")[:2]) if len(arguments) != 1 else (int(arguments[0]), 0)
    codebook = arguments[2] if len(arguments) > 2 else "stca"
    lines = material()
    wrong, began = 0, time.monotonic()
    batches = number // BATCH
    for batch in range(seed, seed + batches):
        for fault in faults(texts(batch, BATCH, lines), codebook):
            print(f"seed {batch}: {fault}", flush=True)
            wrong += 1
        if wrong >= 10:
            return 1
        if batch % 20 == 19:
            done = batch - seed + 1
            left = (time.monotonic() - began) / done * (batches - done) / 60
            print(f"{done * BATCH:,} texts, {wrong} faults; about {left:.0f} minutes left", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
