"""Time grows with the length of a text and no faster, whatever the text: four times the text, about four times the time."""

from __future__ import annotations

import re

import pytest
from bench import ADVERSARIAL, growth, seconds_of

SHORT = 5_000
"""Characters of the shorter text."""
ROUNDS = 2
LIMIT = 8.0
"""Linear time is a ratio of 4, quadratic time one of 16."""
LEAST = 0.002
"""Shorter times than this, in seconds, are taken for it: they are noise."""


@pytest.mark.parametrize("kind", ADVERSARIAL)
def test_four_times_the_text(kind: str) -> None:
    small, large = growth(ADVERSARIAL[kind], SHORT, ROUNDS)
    if large > LIMIT * max(small, LEAST):
        small, large = growth(ADVERSARIAL[kind], SHORT, 2 * ROUNDS)
    assert large <= LIMIT * max(small, LEAST), f"{kind}: {small:.3f} s for {SHORT:,} characters, {large:.3f} s for {4 * SHORT:,}"


@pytest.mark.parametrize("kind", ADVERSARIAL)
def test_the_kinds_are_as_long_as_asked(kind: str) -> None:
    make = ADVERSARIAL[kind]
    assert 0.7 * SHORT <= len(make(SHORT)) <= SHORT
    assert 3.9 <= len(make(4 * SHORT)) / len(make(SHORT)) <= 4.1


def test_a_quadratic_step_would_be_seen() -> None:
    """A pattern that starts anew at every letter takes more than the limit allows."""
    slow = re.compile("a*b")
    small, large = (min(seconds_of(lambda text="a" * n: slow.search(text)) for _ in range(ROUNDS)) for n in (SHORT // 2, 2 * SHORT))
    assert large > LIMIT * small
