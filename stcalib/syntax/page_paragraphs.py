"""Paragraphs of a page that are one speaker's own words, and the shapes of the names beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stcalib.text.tokens import MASKS

KINDS = ("statement", "transcript", "signed")
LONGEST_LABEL = 90
"""Characters of a label, signature or head line at most."""
MASK = f"[{''.join(MASKS)}]"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of somebody's words, in offsets of the reading copy, and whether all of it is in quotation marks."""

    start: int
    end: int
    block: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs of one speaker: `speaker` is the mention that names them, `role` what is printed beside it, `cue` the
    verb that announces them; `labelled` where a label is the speaker of each ("Q:")."""

    kind: str
    paragraphs: tuple[Paragraph, ...]
    speaker: tuple[int, int] | None
    role: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    labelled: bool = False


def span_of(match: re.Match[str], group: str) -> tuple[int, int] | None:
    """Where a group of a match stands, without blanks, commas and brackets at its edges."""
    start, end = match.span(group)
    text = match.string
    while start < end and text[start] in " ,(":
        start += 1
    while end > start and text[end - 1] in " ,)":
        end -= 1
    return (start, end) if start < end else None
