"""Texts that are the same or nearly so: the copy of a wire story in several papers, print and web of one."""

from __future__ import annotations

import re
from hashlib import blake2b
from heapq import nsmallest

RUN = 5
"""Words in a row that are compared."""
KEPT = 64
"""Smallest digests of runs that stand for a text."""
KEYS = 12
"""Smallest of these by which texts are looked up."""
ALIKE = 0.7
"""Share of runs in common from which two texts are copies."""
LENGTH = 60_000
"""Characters from the beginning by which texts are compared."""
SHORTEST = 40
"""A text of fewer words is a copy only where it is the same."""


class Copies:
    """Texts seen so far, by what they say. `first_like` gives the id of the first that a text copies."""

    def __init__(self) -> None:
        self._same: dict[bytes, str] = {}
        self._sketches: dict[str, frozenset[int]] = {}
        self._by_key: dict[int, list[str]] = {}
        self._places: dict[str, int] = {}

    def first_like(self, text: str, article_id: str | None = None) -> str | None:
        """The id of the first text that says the same or nearly so; of those before it, where the text itself was seen as `article_id`."""
        words = _words(text)
        limit = self._places.get(article_id or "", len(self._places))
        if (same := self._same.get(_digest(words))) is not None and self._places[same] < limit:
            return same
        sketch = _sketch(words)
        likely = dict.fromkeys(other for key in sorted(sketch)[:KEYS] for other in self._by_key.get(key, ()))
        return next((other for other in likely if self._places[other] < limit and _alike(sketch, self._sketches[other])), None)

    def add(self, article_id: str, text: str) -> None:
        """Remembers a text."""
        words = _words(text)
        self._places[article_id] = len(self._places)
        self._same.setdefault(_digest(words), article_id)
        sketch = _sketch(words)
        self._sketches[article_id] = sketch
        for key in sorted(sketch)[:KEYS]:
            self._by_key.setdefault(key, []).append(article_id)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text[:LENGTH].casefold())


def _digest(words: list[str]) -> bytes:
    return blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _sketch(words: list[str]) -> frozenset[int]:
    if len(words) < SHORTEST:
        return frozenset()
    runs = {" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
    digests = (int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest()) for run in runs)
    return frozenset(nsmallest(KEPT, digests))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """The share of runs in common, estimated on the smallest digests of both together."""
    both = set(nsmallest(KEPT, one | other))
    return bool(both) and len(both & one & other) >= ALIKE * len(both)
