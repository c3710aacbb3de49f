"""What every reader of this room hands over: a story, and a block of a page on the way to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a page, in the lines in which it is printed; `strong` where all of it is bold or a heading."""

    lines: tuple[str, ...]
    strong: bool = False

    @property
    def text(self) -> str:
        """The lines as one, with the blanks between them."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Story:
    """One article of a file: what the file states of it, and its paragraphs. What the file does not state is None.

    `byline` is the line as printed, `author` the names in it. `day_text` is a day that can be read in two ways, as
    printed. `note` says what a reader of the entry should know, such as a guess and its basis.
    """

    paragraphs: tuple[str, ...]
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: date | None = None
    day_text: str | None = None
    url: str | None = None
    section: str | None = None
    language: str | None = None
    note: str | None = None

    @property
    def text(self) -> str:
        """The article as it is written to disk: headline, byline, dateline and body, a blank line between paragraphs."""
        head = [part for part in (self.title, self.byline) if part]
        if self.dateline and not (self.paragraphs and self.paragraphs[0].casefold().startswith(self.dateline.casefold())):
            head.append(self.dateline)
        return "\n\n".join([*head, *self.paragraphs]) + "\n"


class Declined(Exception):
    """A file or part of one that gives no story: what is wrong with it, and what to do."""

    def __init__(self, problem: str, advice: str):
        super().__init__(f"{problem}. {advice}")
        self.problem = problem
        self.advice = advice


def lines_of(blocks: Sequence[Block]) -> Iterator[str]:
    """All lines of some blocks."""
    for block in blocks:
        yield from block.lines
