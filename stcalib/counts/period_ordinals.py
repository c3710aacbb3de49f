"""Periods named by their place among others: "4,994 in the first month, 4,398 in the second", "37 per cent of them in the second year"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from stcalib.counts.candidate import Found, main_of
from stcalib.counts.coverage import Coverage
from stcalib.counts.units import Unit
from stcalib.periods.anaphoric import place_among
from stcalib.periods.day_interval import Window, months_window, safe_date
from stcalib.periods.find import Expression
from stcalib.periods.resolve import FROM_ANCHOR, Frame, resolve


@dataclass
class Ordinals:
    """Finds such a period by those of the counts before."""

    text: str
    covers: dict[int, Coverage]
    counted: Callable[[int], list[Found]]

    def nth(self, expression: Expression, unit: Unit, before: list[Found], taken: Found | None) -> Coverage | None:
        """The period of an ordinal; None where the expression is none, or nothing before it has so many."""
        if expression.shape != "nth":
            return None
        base = main_of(before) or taken
        said = self.said_before(before)
        size = expression.parts.get("unit") or (said.parts.get("unit") if said is not None else None)
        window = self.among(expression, size, before, taken) or (self.within(expression, size, base) if base is not None else None)
        return None if window is None else Coverage(window, self.text[expression.start : expression.end], FROM_ANCHOR, expression)

    def said_before(self, before: list[Found]) -> Expression | None:
        """The ordinal period of a count before in the sentence, whose unit a later one leaves out."""
        expressions = (self.covers[id(row)].expression for row in reversed(before))
        return next((e for e in expressions if e is not None and e.shape == "nth"), None)

    def among(self, expression: Expression, size: str | None, before: list[Found], taken: Found | None) -> Window | None:
        """The period of that place among those of the counts told last, where they are several of that length."""
        told = [*(self.counted(taken.unit.sentence) if taken is not None else ()), *before]
        windows = {self.covers[id(row)].window for row in told if id(row) in self.covers}
        alike = sorted((w for w in windows if w.known and (size is None or w.lasts(1, size))), key=lambda w: (w.start, w.end))
        place = place_among(expression.parts["which"])
        index = place if place >= 0 else len(alike) - 1
        return alike[index] if len(alike) > 1 and index < len(alike) and size is not None else None

    def within(self, expression: Expression, size: str | None, base: Found) -> Window | None:
        """That part of the period of a count; of one that is itself such a part ("the second quarter") its neighbour."""
        cover = self.covers[id(base)]
        anchor, said = cover.window, None if cover.expression is None else cover.expression.core
        quarterly = said is not None and (said.shape == "quarter" or (said.shape == "nth" and anchor.months == 3))
        if size is None and quarterly and anchor.start is not None:
            place = place_among(expression.parts["which"])
            index = place if place >= 0 else 3
            return months_window(safe_date(anchor.start.year, 3 * index + 1, 1), 3)
        if size is None:
            return None
        found = resolve(replace(expression, parts={**expression.parts, "unit": size}), Frame(anchor=anchor))
        return None if found is None else found.window
