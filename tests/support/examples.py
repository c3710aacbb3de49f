"""How many examples Hypothesis draws for a property: those that the test asks for, and in the quick loop (`make check`) their share."""

from __future__ import annotations

from hypothesis import settings

WHOLE = 100
"""The examples of a property without a number of its own, in the whole run."""


def number_of_examples(number: int) -> settings:
    """The settings of a property that asks for so many examples."""
    return settings(max_examples=max(1, number * settings.default.max_examples // WHOLE))
