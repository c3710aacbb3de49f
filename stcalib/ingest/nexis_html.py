"""Pages of the old Nexis as the lines of its text export: what a style sheet centres begins with blanks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stcalib.ingest.html_tree import html_blocks
from stcalib.ingest.story import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

INDENT = " " * 20
_MARK = "\ue0f0"
_CENTRED = re.compile(r"\.(\w+)\s*\{[^}]*text-align:\s*center", re.IGNORECASE)


def recognizes(page: str) -> bool:
    """Whether a page is such an export."""
    return "<DOCFULL>" in page or "Hide XML section from browser" in page or re.search(r'<a name="?DOC_ID_\d', page, re.IGNORECASE) is not None


def nexis_blocks(tree: HtmlElement, page: str) -> list[Block]:
    """The blocks of a page, the lines of centred ones behind blanks."""
    classes = set(_CENTRED.findall(page))
    for paragraph in tree.iter("p"):
        if classes.intersection((paragraph.get("class") or "").split()):
            paragraph.text = _MARK + (paragraph.text or "")
    found = []
    for block in html_blocks(tree):
        if block.lines[0].startswith(_MARK):
            lines = tuple(INDENT + line.replace(_MARK, "").strip() for line in block.lines if line.replace(_MARK, "").strip())
        else:
            lines = tuple(line.replace(_MARK, "") for line in block.lines)
        if lines:
            found.append(Block(lines, block.strong))
    return found
