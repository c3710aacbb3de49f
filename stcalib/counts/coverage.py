"""The period of a count as days: from the expressions of time that tell it, with the days that a codebook gives for events."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stcalib.codebook.counts_file import DatedEvent
from stcalib.periods.day_interval import Window
from stcalib.periods.find import Expression
from stcalib.periods.resolve import OPEN, Frame, Resolved, resolve

CARRIED = "carried over from the sentence before"


_NEAR = 30
"""Characters between a year and the end that is named for it: "last year by the end of August"."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The period of a count: its days, its words and how they were made into days.

    `reference` is the period with which a change or difference compares it.
    """

    window: Window = Window()
    text: str | None = None
    basis: str | None = None
    expression: Expression | None = None
    reference: Window = Window()
    distance: int = 0


NONE = Coverage()


def carried_over(cover: Coverage, distance: int) -> Coverage:
    """The period of sentences before."""
    basis = cover.basis or ""
    plain = basis.removeprefix(f"{CARRIED}: ")
    return replace(cover, basis=f"{CARRIED}: {plain}", distance=cover.distance + distance, reference=Window())


@dataclass(frozen=True, slots=True)
class Spans:
    """Makes coverages of the expressions of a text."""

    text: str
    events: tuple[DatedEvent, ...]

    def combined(self, expressions: list[Expression], frame: Frame) -> Coverage | None:
        """One period of the expressions of a cell: the first, cut where another says how far it reaches."""
        plain = [e for e in expressions if e.shape not in ("until", "before")]
        ends = [e for e in expressions if e.shape in ("until", "before")]
        if len(plain) > 1:
            plain = [e for e in plain if e.shape not in ("span",)] or plain
        for first in plain:
            resolved = self.resolved(first, frame)
            if resolved is None:
                continue
            window, basis, words = resolved.window, resolved.basis, self.text[first.start : first.end]
            for end in ends:
                near = end.core.year is None and "," not in self.text[first.end : end.start] and end.start - first.end < _NEAR
                whole = near and window.start is not None and window.end is not None and window.start.year == window.end.year
                limit = self.resolved(end, replace(frame, year=window.start.year) if whole and window.start else frame)
                last = limit.window.end if limit is not None else None
                if last is not None and (window.start is None or last >= window.start) and (window.end is None or last <= window.end):
                    window = Window(window.start, last)
                    words = f"{words}; {self.text[end.start : end.end]}"
            return Coverage(window, words, basis, first)
        for end in ends:
            limit = self.resolved(end, frame)
            if limit is not None:
                return Coverage(limit.window, self.text[end.start : end.end], limit.basis, end)
        if plain:
            return Coverage(Window(), self.text[plain[0].start : plain[0].end], frame.unresolved, plain[0])
        return None

    def resolved(self, expression: Expression, frame: Frame) -> Resolved | None:
        """The period of an expression; one that begins with an event has its day from the codebook, if that knows it."""
        found = resolve(expression, frame)
        if found is not None and found.basis.startswith(OPEN):
            return self.from_event(expression, frame) or found
        return found

    def from_event(self, expression: Expression, frame: Frame) -> Resolved | None:
        """ "since" with an event whose day the codebook knows."""
        return self.event_window(self.text[expression.start : expression.end], frame)

    def event_window(self, words: str, frame: Frame) -> Resolved | None:
        """The time since the event that the words name, by the codebook."""
        lower = words.lower()
        for event in self.events:
            if any(phrase in lower for phrase in event.words) and (frame.day is None or event.day <= frame.day):
                return Resolved(Window(event.day, frame.day), f"begins on the day that the codebook gives for the event ({event.day})")
        return None
