"""What the exports of all databases share: lines with a label, and where a text ends by the length that it states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from stcalib.ingest.label_files import bare
from stcalib.ingest.story import Block

_LABEL = re.compile(r"\s*(?P<label>[^\W\d_][^:\n]{0,40}?)[\s\xa0]*[:：][\s\xa0]*(?P<value>.*)", re.DOTALL)
_NUMBER = re.compile(r"\d[\d.,\s\u202f]*")


def field_of(line: str, labels: Mapping[str, str]) -> tuple[str, str] | None:
    """The field that a line's label names, and the rest of the line; None where it has none of the labels."""
    match = _LABEL.match(line)
    if match is None or (field := labels.get(bare(match["label"]))) is None:
        return None
    return field, match["value"].strip()


def shouted_field(line: str, labels: Mapping[str, str]) -> tuple[str, str] | None:
    """The same for labels that are printed in capitals: "Section: three" in a text is none."""
    found = field_of(line, labels)
    return found if found and line.partition(":")[0].isupper() else None


def stated_words(text: str | None) -> int | None:
    """The number in "2,968 words", "1285 Wörter"."""
    match = _NUMBER.search(text or "")
    digits = re.sub(r"\D", "", match.group()) if match else ""
    return int(digits) if digits and len(digits) < 7 else None


def words_in(blocks: Iterable[Block]) -> int:
    """Words of some blocks."""
    return sum(len(line.split()) for block in blocks for line in block.lines)


def exact_end(blocks: Sequence[Block], start: int, ends: Sequence[int], length: int | None) -> int | None:
    """The one of several possible ends at which a text has the length that it states, in words."""
    off = {end: abs(words_in(blocks[start:end]) - length) for end in ends} if length is not None else {}
    exact = [end for end in off if off[end] <= max(2, (length or 0) // 100)]
    return min(exact, key=lambda end: off[end]) if exact else None


def chosen_end(blocks: Sequence[Block], start: int, ends: Sequence[int], length: int | None) -> int:
    """Which of several possible ends (ascending, none empty) a text has that states its length in words.

    The end at which the length is as stated holds; else the first, unless the text would miss a good part of its length
    there and a later one comes near it. A length that no end comes near, such as that of a text that was cut, decides nothing.
    """
    if length is None or len(ends) < 2:
        return ends[0]
    if (exact := exact_end(blocks, start, ends, length)) is not None:
        return exact
    counts = [words_in(blocks[start:end]) for end in ends]
    if counts[0] >= 0.85 * length - 5 or counts[-1] < 0.85 * length - 5:
        return ends[0]
    nearest = min(range(len(ends)), key=lambda number: (abs(counts[number] - length), number))
    return ends[nearest]
