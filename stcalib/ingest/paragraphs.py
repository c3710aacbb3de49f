"""Lines of a text to paragraphs: what is hard-wrapped is joined, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stcalib.ingest.story import Block

LONGEST_WRAPPED = 120
"""Hard-wrapped lines are at most so long."""
FULL = 0.75
"""A wrapped line and the first word of the next together reach this share of the width."""
_BREAKABLE = re.compile(r"[^\W\d_]-$")
_DASHES = re.compile(r"\w--$")
_PAIRED_WITH = re.compile(r"(?:and|or|to|und|oder|et|ou|en|of|y|o)\b", re.IGNORECASE)
_LIST_ITEM = re.compile(r"\s*(?:[-*•–—·]|\d{1,2}[.)])\s+\S")
_END = re.compile(r"[.!?:;…]['\"”’»)\]]*$")


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text: its lines between blank lines, with the blanks at their beginning kept."""
    blocks: list[Block] = []
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            blocks.append(Block(tuple(lines)))
            lines = []
    if lines:
        blocks.append(Block(tuple(lines)))
    return blocks


def paragraphs(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The paragraphs of some blocks: the lines of a block are joined where they are hard-wrapped, else each is one."""
    width = wrapped_width(blocks)
    found: list[str] = []
    for block in blocks:
        if width is None:
            found += [line.strip() for line in block.lines]
        else:
            found += _joined(block.lines, width)
    return tuple(line for line in found if line)


def wrapped_width(blocks: Iterable[Block]) -> int | None:
    """The width at which the lines of some blocks are wrapped; None where they are not."""
    pairs = [(a.strip(), b.strip()) for block in blocks for a, b in zip(block.lines, block.lines[1:], strict=False)]
    if not pairs:
        return None
    width = max(len(a) for a, _ in pairs)
    full = [a for a, b in pairs if is_full(a, b, width)]
    unfinished = sum(not _END.search(a) for a in full)
    if width > LONGEST_WRAPPED or len(full) < 0.6 * len(pairs) or unfinished < 0.5 * len(full):
        return None
    return width


def is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line would no longer have fitted on `line`."""
    return len(line) + 1 + len(re.split(r"[\s-]", following, maxsplit=1)[0]) > FULL * width


def _joined(printed: Sequence[str], width: int) -> list[str]:
    """The lines of one block as paragraphs; a short line, one before an item of a list or before an indent ends its paragraph."""
    found: list[str] = []
    lines = [line.strip() for line in printed]
    indents = [len(line) - len(line.lstrip()) for line in printed]
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        ends = before is None or _LIST_ITEM.match(line) or (not is_full(before, line, width) and _END.search(before))
        if before is not None and _is_indented(indents, number):
            ends = ends or (indents[number] > indents[number - 1] + 1 and _END.search(before)) or not is_full(before, line, width)
        if ends or not found:
            found.append(line)
        else:
            found[-1] = join(found[-1], line)
    return found


def _is_indented(indents: Sequence[int], number: int) -> bool:
    """Whether a line stands further in than the one below it, or than the one above it where it is the last."""
    below = indents[number + 1] if number + 1 < len(indents) else min(indents)
    return indents[number] > below + 1


def join(line: str, following: str) -> str:
    """Two lines of a paragraph as one: a word parted at its hyphen or dash comes together again."""
    if _DASHES.search(line) or (_BREAKABLE.search(line) and following[:1].isalnum() and not _PAIRED_WITH.match(following)):
        return line + following
    return f"{line} {following}"


def joined(lines: Iterable[str]) -> str:
    """Some lines as one."""
    whole = ""
    for line in lines:
        whole = join(whole, line.strip()) if whole else line.strip()
    return whole
