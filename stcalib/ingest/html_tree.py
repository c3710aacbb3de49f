"""HTML to a tree, and a tree to blocks: inline text joined without adding blanks, cells of a table in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from stcalib.ingest.story import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCK = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "html li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
UNREAD = frozenset("script style noscript template head title button input select textarea svg iframe object embed canvas audio video math".split())
STRONG = frozenset("b strong h1 h2 h3 h4 h5 h6".split())
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CODE = re.compile(r"\s*[A-Z]{2,3}\s*")


def parse_html(text: str) -> HtmlElement:
    """The tree of a page, however broken it is. Nothing outside it is read."""
    from lxml import html

    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False)
    return html.document_fromstring(text.encode("utf-8", "replace") or b"<p></p>", parser=parser, ensure_head_body=True)


def text_of(element: HtmlElement | None) -> str:
    """The text of an element on one line."""
    return "" if element is None else " ".join(line for block in html_blocks(element) for line in block.lines)


def html_blocks(root: HtmlElement, without: Iterable[Any] = ()) -> list[Block]:
    """The blocks of a tree in reading order; elements of `without` are left out with all they hold."""
    from lxml.etree import iterwalk

    writer = _Writer()
    left_out = set(without)
    walk = iterwalk(root, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "comment":
            if element is not root:
                writer.text(element.tail)
        elif event == "start":
            if _unread(element) or element in left_out:
                walk.skip_subtree()
                continue
            writer.start(element)
        else:
            if not (_unread(element) or element in left_out):
                writer.end(element)
            elif element.tag in BLOCK:
                writer.close_block()
            if element is not root:
                writer.text(element.tail)
    writer.close_block()
    return writer.blocks


def _unread(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return True
    return element.tag in UNREAD or element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def is_data_row(row: Any) -> bool:
    """Whether a row of a table holds short cells without blocks in them: a row of data, and no layout of a page."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) < 2 or _CODE.fullmatch(cells[0].text_content()) or _CODE.fullmatch(cells[-1].text_content()):
        return False
    inner = (part.tag for cell in cells for part in cell.iterdescendants() if isinstance(part.tag, str))
    return all(tag not in BLOCK or tag == "p" for tag in inner) and all(len(cell.text_content()) < 200 for cell in cells)


class _Writer:
    """Collects blocks while a tree is walked."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._lines: list[str] = []
        self._line: list[str] = []
        self._strong = 0
        self._weak = False
        self._row: Any = None
        self._pre = 0

    def start(self, element: Any) -> None:
        tag = element.tag
        if tag == "tr" and self._row is None:
            self.close_block()
            self._row = element if is_data_row(element) else None
        elif tag in BLOCK and not (self._row is not None and tag in {"td", "th", "p"}):
            self.close_block()
        elif tag in {"td", "th"} and "".join(self._line).strip():
            self._line.append("\t")
        if tag == "br":
            self._break()
        self._strong += tag in STRONG
        self._pre += tag == "pre"
        self.text(element.text)

    def end(self, element: Any) -> None:
        tag = element.tag
        if self._row is not None and element is self._row:
            self._row = None
            self.close_block()
        elif tag in BLOCK and self._row is None:
            self.close_block()
        self._strong -= tag in STRONG
        self._pre -= tag == "pre"

    def text(self, text: str | None) -> None:
        if not text:
            return
        if self._pre:
            first, *more = text.split("\n")
            self._line.append(first)
            for line in more:
                self._break()
                self._line.append(line)
        else:
            self._line.append(_BLANKS.sub(" ", text))
        if text.strip() and not self._strong:
            self._weak = True

    def _break(self) -> None:
        """The end of a line; two in a row end the block."""
        if (line := self._whole_line()) or not self._lines:
            if line:
                self._lines.append(line)
        else:
            self.close_block()

    def _whole_line(self) -> str:
        raw = "".join(self._line)
        self._line = []
        return raw.rstrip() if self._pre else re.sub(" *\t *", "\t", re.sub(" {2,}", " ", raw)).strip(" \t\xa0")

    def close_block(self) -> None:
        if line := self._whole_line():
            self._lines.append(line)
        if self._lines:
            self.blocks.append(Block(tuple(self._lines), strong=not self._weak))
        self._lines = []
        self._weak = False
