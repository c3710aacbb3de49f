"""Bytes to text, by one rule: a byte-order mark, else UTF-8, else windows-1252."""

from __future__ import annotations

import re

MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SAMPLE = 4096
"""Bytes in which a text of two bytes a character shows itself by its zeros."""
_FOREIGN = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MANY_BYTES = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


def decoded(raw: bytes) -> str:
    """The text of some bytes, with one kind of line end and without control characters.

    UTF-8 with a few broken characters stays UTF-8, with a mark in their place.
    """
    text = _text(raw).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    return _FOREIGN.sub("", text)


def _text(raw: bytes) -> str:
    for mark, codec in MARKS:
        if raw.startswith(mark):
            return raw.decode(codec, "replace")
    if (codec_of_two := _two_bytes(raw[:SAMPLE])) is not None:
        return raw.decode(codec_of_two, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        mended = raw.decode("utf-8", "replace")
        if mended.count("\ufffd") * 10 <= len(_MANY_BYTES.findall(raw)):
            return mended
        return raw.decode("cp1252", "replace")


def _two_bytes(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a text in Latin letters is zero."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 < len(sample) * 2 or min(even, odd) * 10 > len(sample):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"
