"""A small writer of the old binary spreadsheets (.xls): BIFF8 records in a compound file, as the file formats' specifications give them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
SMALLEST_STREAM = 4096
"""A stream of fewer bytes would have to stand among the short ones."""
END, FREE, FAT, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def xls(rows: Sequence[Sequence[object]], sheet: str = "Sheet1") -> bytes:
    """A workbook of one sheet; numbers as numbers, all else as text."""
    return _compound("Workbook", _workbook(rows, sheet))


def _record(kind: int, content: bytes) -> bytes:
    assert len(content) <= 8224
    return struct.pack("<HH", kind, len(content)) + content


def _text(text: str, length: str) -> bytes:
    return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")


def _workbook(rows: Sequence[Sequence[object]], sheet: str) -> bytes:
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    end = _record(0x000A, b"")
    name = _text(sheet, "B")
    bound = len(begin) + 4 + 6 + len(name) + len(end)
    out = begin + _record(0x0085, struct.pack("<IBB", bound, 0, 0) + name) + end
    out += _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, (int, float)):
                out += _record(0x0203, struct.pack("<HHHd", r, c, 0, value))
            elif value:
                out += _record(0x0204, struct.pack("<HHH", r, c, 0) + _text(str(value), "H"))
    return out + end


def _compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream: its sectors, then the directory, then the table of sectors."""
    stream = stream.ljust(max(SMALLEST_STREAM, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    length = len(stream) // SECTOR
    directory = length
    chain = [*range(1, length), END, END]
    tables = -(-(len(chain) + 1) // (SECTOR // 4))
    while tables * (SECTOR // 4) < len(chain) + tables:
        tables += 1
    chain += [FAT] * tables
    chain += [FREE] * (tables * (SECTOR // 4) - len(chain))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, directory, 0, SMALLEST_STREAM, END, 0, END, 0)
    head += struct.pack("<109I", *([directory + 1 + n for n in range(tables)] + [FREE] * (109 - tables)))
    entries = _entry("Root Entry", 5, 1, END, 0) + _entry(name, 2, NONE, 0, len(stream)) + 2 * _entry("", 0, NONE, 0, 0)
    return head + stream + entries + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le") if name else b""
    return raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, NONE, NONE, child) + bytes(36) + struct.pack("<IQ", first, size)
