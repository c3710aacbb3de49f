"""The text of an article as other programs take it, and where each of its characters stands there.

Programs make one line end of a carriage return and a line feed, and some stop at a character without a meaning in XML: such a
text is exported with line feeds alone and a U+FFFD for what cannot stand in it, and offsets are counted in what is exported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that an XML document cannot hold."""


@dataclass(frozen=True, slots=True)
class PlainText:
    """An exported text; `places` gives for each offset of the original, and its end, the offset in it."""

    text: str
    places: list[int]

    def back(self, place: int) -> int | None:
        """The offset in the original of an offset in the exported text; None outside it. Of two that are one, the first."""
        if not 0 <= place <= self.places[-1]:
            return None
        return bisect_left(self.places, place)


def plain_text(text: str, utf16: bool = False, lost: re.Pattern[str] = NOT_XML) -> PlainText:
    """A text for export, its offsets in Unicode code points, or in UTF-16 code units as Java counts them.

    `lost` are characters that the program cannot hold.
    """
    kept, widths = [], []
    for index, char in enumerate(text):
        if char == "\r" and text[index + 1 : index + 2] == "\n":
            widths.append(0)
            continue
        shown = "\n" if char == "\r" else "\ufffd" if lost.match(char) else char
        kept.append(shown)
        widths.append(2 if utf16 and ord(shown) > 0xFFFF else 1)
    return PlainText("".join(kept), [0, *accumulate(widths)])
