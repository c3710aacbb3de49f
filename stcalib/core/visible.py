"""Characters that act instead of showing, made to show.

A text may hold characters that move the cursor of a terminal, turn the direction of a line or end a document.
`visible` puts a mark in the place of each, so that a reader sees that it is there and nothing carries it out.
"""

from __future__ import annotations

import re

ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]")
"""Control characters other than tab and newline, direction controls, lone surrogates, annotation and tag characters."""


def visible(text: str) -> str:
    """`text` with a mark for each acting character: ␛ for an escape, ⟨U+202E⟩ for a reversal of direction."""
    return ACTING.sub(_mark, text)


def _mark(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == 0x0D:
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
