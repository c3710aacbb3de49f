"""RTF files: paragraphs and rows of tables in the order in which they stand.

A reader of its own, in one pass: the exports tell a headline by its bold type, and part their codes and values by the
cells of a table, which a converter to plain text loses.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from stcalib.ingest.story import Block, Declined

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL)
_UNREAD = frozenset(
    "fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator info pict object header headerl headerr headerf footer footerl "
    "footerr footerf footnote annotation fldinst bkmkstart bkmkend themedata colorschememapping latentstyles datastore xmlnstbl filetbl "
    "revtbl pntext pntxta "
    "pntxtb nonshppict shpinst objdata blipuid listtext private userprops mmathPr".split()
)
_SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": "\u2003", "enspace": "\u2002", "~": "\xa0", "_": "-", "-": "\xad", "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip
_ENDS = frozenset({"par", "page", "sect", "column", "\n", "\r"})


@dataclass(frozen=True, slots=True)
class _Group:
    """What a group of the file may change for itself."""

    unread: bool = False
    bold: bool = False
    hidden: bool = False
    skip: int = 1


def rtf_blocks(raw: bytes) -> list[Block]:
    """The blocks of an RTF file. Raises `Declined` where it is none."""
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise Declined("not an RTF file", "Open it in a word processor and save it as .rtf or .docx")
    reader = _Reader()
    end = 0
    while (match := _TOKEN.match(raw, end)) is not None:
        end = match.end()
        if match[1] == b"bin":
            end += max(0, int(match[2] or 0))
        else:
            reader.token(match)
    return reader.whole()


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._codec = "cp1252"
        self._group = _Group()
        self._stack: list[_Group] = []
        self._pieces: list[str] = []
        self._bytes = bytearray()
        self._bold = self._plain = False
        self._cells: list[list[Block]] = []
        self._cell: list[Block] = []
        self._in_table = False
        self._to_skip = 0

    def token(self, match: re.Match[bytes]) -> None:
        word, number, code, sign, brace, text = match.groups()
        if code is not None:
            self._plain_bytes(bytes([int(code, 16)]))
        elif text is not None:
            self._plain_bytes(text)
        elif brace == b"{":
            self._stack.append(self._group)
            self._to_skip = 0
        elif brace == b"}":
            self._flush()
            self._group = self._stack.pop() if self._stack else _Group()
            self._to_skip = 0
        elif word is not None:
            self._word(word.decode("ascii"), int(number) if number is not None else None)
        elif sign is not None:
            self._sign(sign.decode("latin-1"))

    def _plain_bytes(self, content: bytes) -> None:
        skipped = min(self._to_skip, len(content))
        self._to_skip -= skipped
        if not (self._group.unread or self._group.hidden):
            self._bytes += content[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            text = self._decoded(bytes(self._bytes))
            self._bytes.clear()
            self._add(text)

    def _decoded(self, content: bytes) -> str:
        """Some writers put UTF-8 into the file, whatever its head says."""
        if sum(byte > 0x7F for byte in content) > 1:
            try:
                return content.decode("utf-8")
            except UnicodeDecodeError:
                pass
        return content.decode(self._codec, "replace")

    def _add(self, text: str) -> None:
        if self._group.unread or self._group.hidden:
            return
        self._pieces.append(text)
        if text.strip():
            self._bold |= self._group.bold
            self._plain |= not self._group.bold

    def _sign(self, sign: str) -> None:
        self._flush()
        if sign == "*":
            self._group = replace(self._group, unread=True)
        elif sign in _ENDS:
            self.end_paragraph()
        elif sign in _SIGNS:
            self._add(_SIGNS[sign])

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        self._to_skip = 0
        if word in _UNREAD:
            self._group = replace(self._group, unread=True)
        elif word == "ansicpg":
            self._set_codec(number)
        elif word == "mac":
            self._codec = "mac_roman"
        elif self._group.unread:
            pass
        elif word == "u":
            self._add(chr((number or 0) % 0x10000))
            self._to_skip = self._group.skip
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        else:
            self._format(word, number)

    def _format(self, word: str, number: int | None) -> None:
        if word == "uc":
            self._group = replace(self._group, skip=min(max(number or 0, 0), 8))
        elif word == "b":
            self._group = replace(self._group, bold=number != 0)
        elif word == "plain":
            self._group = replace(self._group, bold=False, hidden=False)
        elif word in {"v", "deleted"}:
            self._group = replace(self._group, hidden=number != 0)
        elif word in _ENDS:
            self.end_paragraph()
        elif word in {"intbl", "pard"}:
            self._in_table = word == "intbl"
        elif word in {"cell", "nestcell"}:
            self._end_cell()
        elif word in {"row", "nestrow"}:
            self._end_row()

    def _set_codec(self, number: int | None) -> None:
        try:
            self._codec = codecs.lookup(f"cp{number}").name
        except LookupError:
            self._codec = "utf-8" if number == 65001 else "cp1252"

    def _end_block(self) -> None:
        self._flush()
        text = "".join(self._pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        lines = tuple(line.strip(" \t") for line in text.split("\n") if line.strip())
        if lines:
            self._cell.append(Block(lines, strong=self._bold and not self._plain))
        self._pieces = []
        self._bold = self._plain = False

    def whole(self) -> list[Block]:
        """The blocks, once the file has ended."""
        self._in_table = False
        if self._cells:
            self._end_row()
        self.end_paragraph()
        return self.blocks

    def end_paragraph(self) -> None:
        self._end_block()
        if not self._in_table and not self._cells:
            self.blocks += self._cell
            self._cell = []

    def _end_cell(self) -> None:
        self._end_block()
        self._cells.append(self._cell)
        self._cell = []

    def _end_row(self) -> None:
        self._end_block()
        cells = [*self._cells, *([self._cell] if self._cell else [])]
        self._cells, self._cell = [], []
        coded = len(cells) >= 2 and len(cells[0]) == 1 and re.fullmatch("[A-Z]{2,3}", cells[0][0].text.strip())
        if coded or any(len(cell) > 3 for cell in cells) or len(cells) == 1:
            self.blocks += [block for cell in cells for block in cell]
        elif line := "\t".join(" ".join(block.text for block in cell) for cell in cells).strip():
            self.blocks.append(Block((line,)))
