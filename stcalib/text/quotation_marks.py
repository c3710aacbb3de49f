"""Finds marks and figures in a reading copy: spans only, no meaning. Never raises, whatever the text.

`quotations` pairs quotation marks by direction and paragraph, so that a stray or missing mark costs at most its
own paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives
from stcalib.language.reporting_verbs import attribution_verbs
from stcalib.language.word_sets import pattern, pattern_text
from stcalib.text.tokens import ENDS_COMMA, ENDS_MARK, ENDS_STOP, QUOTED
from stcalib.text.zones import READ, Block

_DOUBLE = r"(?<=[\"“”„«»])|(?<=')'|(?<=’)’|(?<=`)`"
_MARK = re.compile(rf"[\"“”„«»'‘’`](?:{_DOUBLE}|(?<=['‘])(?<!\w.)(?=[\w\[(“\"…$])|(?<=['’])(?!\w))")
"""A mark. The pattern opens with a character set, so that a search passes over all other characters at once."""
_ANY_MARK = re.compile(rf"[\"“”„«»'‘’`](?:{_DOUBLE}|(?<=['‘])(?<!\w.)(?=\w))")
_OPENING_MARK = re.compile(r"[\"“„«'‘]")
_INCHES = re.compile(r"\d['’]\d{1,2}\"$")
_OPENING_CONTEXT = " \n([{—–-/“‘\"'…:;"
_SENTENCE_START = re.compile(r"[.!?…][\"”’)\]]*\s+(?=[\"“]?[A-Z])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks, marks included. `closed` is False where a mark is missing."""

    start: int
    end: int
    block: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class StrayMark:
    """A quotation mark without a partner."""

    start: int
    end: int


@dataclass(slots=True)
class _Pairing:
    """The quotation marks of one block, paired."""

    pairs: list[tuple[int, int]]
    open: int | None
    strays: list[tuple[int, int]]


def quotations(text: str, blocks: Iterable[Block]) -> tuple[list[Quotation], list[StrayMark]]:
    """The outermost quotations of the blocks that are read, in order, and the marks left over.

    A quotation that stays open at the end of its paragraph ends there: it goes on in the next if that one opens
    with a mark again, or closes a quotation that it never opened.
    """
    found: list[Quotation] = []
    strays: list[StrayMark] = []
    left_open: tuple[int, int, int] | None = None
    for index, block in enumerate(blocks):
        if block.zone not in READ:
            continue
        if left_open is None and not _ANY_MARK.search(text, block.start, block.end):
            continue
        pairing = _paired(text, block)
        first_close = pairing.strays[0] if pairing.strays and text[pairing.strays[0][0]] in "\"”'’" else None
        if left_open is not None:
            start, end, where = left_open
            goes_on = _OPENING_MARK.match(text, block.start) or (first_close is not None and not any(a < first_close[0] for a, _ in pairing.pairs))
            if goes_on or _leads_speech(text, start):
                found.append(Quotation(start, end, where, closed=False))
            else:
                strays.append(StrayMark(start, start + 1))
            if first_close is not None and not any(a < first_close[0] for a, _ in pairing.pairs):
                found.append(Quotation(block.start, first_close[1], index, closed=False))
                pairing.strays.remove(first_close)
        elif first_close is not None and (opening := _missing_opening(text, block, pairing, first_close[0])) is not None:
            found.append(Quotation(opening, first_close[1], index, closed=False))
            pairing.strays.remove(first_close)
        found.extend(Quotation(a, b, index) for a, b in pairing.pairs)
        strays.extend(StrayMark(a, b) for a, b in pairing.strays)
        left_open = None if pairing.open is None else (pairing.open, block.end, index)
        if left_open is not None and (behind := _attribution().search(text, left_open[0], block.end)) is not None:
            found.append(Quotation(left_open[0], behind.start(), index, closed=False))
            left_open = None
    if left_open is not None and _leads_speech(text, left_open[0]):
        found.append(Quotation(*left_open, closed=False))
    elif left_open is not None:
        strays.append(StrayMark(left_open[0], left_open[0] + 1))
    return sorted(found, key=lambda q: q.start), strays


@by_language
def _attribution() -> re.Pattern[str]:
    """A reporting clause at the end of a paragraph, behind words whose closing mark is lost: "We cannot go, said Ana Roe."."""
    verbs = alternatives(attribution_verbs())
    name = pattern_text("text.short_source")
    return re.compile(rf"(?<=[,?!.])(?= (?:{verbs} {name}|{name} {verbs})\.?$)")


def _leads_speech(text: str, mark: int) -> bool:
    """Whether an opening mark stands where speech begins: at the start of a paragraph or sentence, or behind a comma or colon."""
    before = text[max(0, mark - 2) : mark].rstrip(" ")
    return mark == 0 or text[mark - 1] == "\n" or before.endswith((",", ":")) or (text[mark - 1] == " " and before.endswith((".", "!", "?")))


def _paired(text: str, block: Block) -> _Pairing:
    """Pairs the double marks of a block, then the single ones outside them."""
    opened: list[tuple[int, int]] = []
    pairs: list[tuple[int, int]] = []
    strays: list[tuple[int, int]] = []
    singles: list[tuple[int, int, bool]] = []
    for match in _MARK.finditer(text, block.start, block.end):
        start, end = match.span()
        mark = match.group()
        before = text[start - 1] if start > block.start else " "
        after = text[end] if end < block.end else " "
        can_open = before in _OPENING_CONTEXT and not after.isspace()
        can_close = not before.isspace() and not after.isalnum()
        if mark == '"' and _INCHES.search(text, max(block.start, start - 6), end):
            continue
        if mark in "'’‘":
            if not pattern("text.elision").match(text, start):
                singles.append((start, end, can_open and mark != "’"))
        elif _opens(mark, can_open, can_close, bool(opened)):
            opened.append((start, end))
        elif opened:
            pairs.append((opened.pop()[0], end))
        else:
            strays.append((start, end))
    still_open = None
    if opened:
        last = opened.pop()
        strays += opened
        if any(start > last[0] for start, _ in pairs) or (text[last[0]] == '"' and before_is_digit(text, last[0])):
            strays.append(last)
        else:
            still_open = last[0]
    pairs = _outermost(pairs + _single_pairs(text, singles, pairs, still_open))
    return _Pairing(pairs, still_open, sorted(strays))


def before_is_digit(text: str, at: int) -> bool:
    """Whether a mark stands right behind a digit, as for inches."""
    return at > 0 and text[at - 1].isdigit()


def _opens(mark: str, can_open: bool, can_close: bool, is_open: bool) -> bool:
    """Whether a double mark opens a quotation: by its direction, else by what stands around it."""
    if mark in "“„«``":
        return can_open or not can_close or not is_open
    if mark in "”»":
        return can_open and not can_close and not is_open
    if can_open != can_close:
        return can_open
    return not is_open


def _single_pairs(text: str, singles: list[tuple[int, int, bool]], doubles: list[tuple[int, int]], unclosed: int | None) -> list[tuple[int, int]]:
    """Pairs of single marks; a mark inside double ones is left alone, and so is an apostrophe."""
    if not any(opens for _, _, opens in singles):
        return []
    pairs = []
    open_at: int | None = None
    close: tuple[int, bool] | None = None
    walls = iter([*doubles, *([(unclosed, len(text))] if unclosed is not None else []), (len(text) + 1, len(text) + 1)])
    wall = next(walls)
    for start, end, opens in singles:
        while start > wall[1]:
            wall = next(walls)
        if wall[0] < start < wall[1]:
            continue
        if opens:
            if open_at is not None and close is not None:
                pairs.append((open_at, close[0]))
            open_at, close = start, None
        elif open_at is not None:
            firm = text[start - 1] in ".,!?…"
            if close is None or firm > close[1]:
                close = (end, firm)
            if firm:
                pairs.append((open_at, end))
                open_at, close = None, None
    if open_at is not None and close is not None:
        pairs.append((open_at, close[0]))
    return pairs


def _outermost(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs that stand inside no other, in order."""
    kept: list[tuple[int, int]] = []
    for pair in sorted(pairs, key=lambda p: (p[0], -p[1])):
        if not kept or pair[0] >= kept[-1][1]:
            kept.append(pair)
    return kept


def _missing_opening(text: str, block: Block, pairing: _Pairing, close: int) -> int | None:
    """Where a quotation began that is only closed: at the sentence behind the last quotation of the paragraph."""
    ends = [b for _, b in pairing.pairs if b < close]
    if not ends or text[close - 1] not in ".,!?…":
        return None
    start = _SENTENCE_START.search(text, max(ends), close)
    return start.end() if start else None


def masked(text: str, found: Iterable[Quotation]) -> str:
    """`text` with every quotation replaced by characters that stand for it, of the same length.

    The last character tells how the quotation ends, since the sentence around it may end with it.
    """
    pieces = []
    done = 0
    for quotation in found:
        inner = text[quotation.start : quotation.end].rstrip("\"”’'» ")
        last = {".": ENDS_STOP, ",": ENDS_COMMA, "?": ENDS_MARK, "!": ENDS_MARK, "…": ENDS_STOP}.get(inner[-1:], QUOTED)
        pieces.append(text[done : quotation.start])
        pieces.append(QUOTED * (quotation.end - quotation.start - 1) + last)
        done = quotation.end
    pieces.append(text[done:])
    return "".join(pieces)
