"""Mutated texts, a few of those that `make fuzz` runs: no fault, exact offsets, tables in order, the same rows alone."""

from __future__ import annotations

from functools import cache

import pytest
from fuzz.checks import faults
from fuzz.mutate import material, texts


@cache
def _lines() -> list[str]:
    return material()


@pytest.mark.parametrize("seed", range(1_000_000, 1_000_003))
def test_mutated_texts(seed: int) -> None:
    assert not faults(texts(seed, 40, _lines()))
