"""The form of `periods.toml` and `period_shapes.toml`: the words of periods, and one entry for each shape of period."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from stcalib.core.toml_models import Entry

FEWEST_EXAMPLES = 3
"""Examples that the entry of a shape of period has at least."""


class ShiftWords(Entry):
    """What one unit before or behind a period is called."""

    before: tuple[str, ...]
    ago: tuple[str, ...]
    behind: tuple[str, ...]


class Movable(Entry):
    """A holiday whose day moves."""

    easter: int | None = None
    month: int | None = None
    weekday: int | None = None
    nth: int | None = None
    before: int | None = None


class Periods(Entry):
    """`periods.toml`: the words that make periods of months, years, seasons and days."""

    source: str
    ordinals: tuple[str, ...]
    not_behind_day: tuple[str, ...]
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    past: tuple[str, ...]
    approximate: tuple[str, ...]
    indefinite: tuple[str, ...]
    early: tuple[str, ...]
    middle: tuple[str, ...]
    late: tuple[str, ...]
    day_parts: tuple[str, ...]
    since: tuple[str, ...]
    until: tuple[str, ...]
    so_far: tuple[str, ...]
    range_opening: tuple[str, ...]
    range_joint: tuple[str, ...]
    list_joint: tuple[str, ...]
    shift: ShiftWords
    movable: dict[str, Movable]
    holidays: dict[str, tuple[int, int]]


class PeriodExample(Entry):
    """A sentence with a period: the day of publication, the period named `before` it ("2017-08-01..2017-08-31"), the days meant."""

    said: str
    published: str
    before: str = ""
    first: str
    last: str


class PeriodShape(Entry):
    """All that is known of one shape of period; the keys are told in the file."""

    name: str
    resolver: str
    family: Literal["calendar", "day"] | None = None
    leans: bool = False
    capitals: bool = False
    needs: str = ""
    may: tuple[Literal["since", "event", "list", "year", "printed_year", "next_to", "in", "act_day"], ...] = ()
    pattern: str | tuple[str, ...]
    examples: tuple[PeriodExample, ...]

    @property
    def pieces(self) -> tuple[str, ...]:
        """The pattern in its pieces."""
        return (self.pattern,) if isinstance(self.pattern, str) else self.pattern

    @model_validator(mode="after")
    def _shown(self) -> Self:
        if len(self.examples) < FEWEST_EXAMPLES:
            raise ValueError(f"a shape of period has {FEWEST_EXAMPLES} examples and more, which are its test")
        return self


class PeriodShapes(Entry):
    """`period_shapes.toml`: one entry for each shape of period."""

    source: str
    shape: tuple[PeriodShape, ...]
