"""Text in the cells of a CSV file: nothing that a spreadsheet runs, in a ledger one line each, and back again unchanged."""

from __future__ import annotations

import re

from stcalib.core.visible import ACTING

MARK = "'"
"""Written before a text that a spreadsheet would take for a formula."""
FORMULA_OPENINGS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
"""Characters with which a formula begins, full-width forms too."""
SUSPECT = (MARK, *FORMULA_OPENINGS)
"""Characters without which at its beginning a text takes no mark."""
_FORMULA = re.compile(rf"'*[{re.escape(FORMULA_OPENINGS)}]")
"""Texts that take a mark: formulas, and those that would look like a marked one. An apostrophe before anything else is none."""
_APOSTROPHES = re.compile("''")
"""Texts that take a mark in a ledger alone: ledgers were always written so, and their lines stay."""
_ESCAPED = re.compile(r"\\(?:([\\nrt])|u([0-9a-f]{4})|U([0-9a-f]{8}))")
_SHORT = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
_LONG = {character: letter for letter, character in _SHORT.items()}


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet runs: marked where it opens like a formula, else unchanged."""
    return MARK + text if _FORMULA.match(text) else text


def restored(cell: str) -> str:
    """The text that `defused` made the cell of."""
    return cell[1:] if cell.startswith(MARK) and _FORMULA.match(cell) else cell


def to_cell(text: str) -> str:
    r"""`text` as a cell of a ledger: line ends and control characters written as `\n`, `\u202e`; `'` before a formula's opening."""
    text = re.sub(rf"[\\\n\t]|{ACTING.pattern}", _escape, text)
    return MARK + text if _APOSTROPHES.match(text) else defused(text)


def from_cell(cell: str) -> str:
    """The text that `to_cell` made the cell of."""
    return _ESCAPED.sub(_unescape, cell[1:] if _APOSTROPHES.match(cell) else restored(cell))


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if letter := _LONG.get(character):
        return f"\\{letter}"
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def _unescape(match: re.Match[str]) -> str:
    short, four, eight = match.groups()
    code = int(four or eight, 16) if not short else 0
    return _SHORT[short] if short else chr(code) if code < 0x110000 else match.group()
