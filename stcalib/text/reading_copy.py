"""Bytes to text, and the reading copy of a text that the finders work on.

The text of an article is what the bytes decode to, never changed. Finders need something plainer: no markup, no
entities, one kind of blank, paragraphs on one line. `Reading` is that copy, with a way back from every stretch
of it to the exact characters of the text.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from unicodedata import normalize

from stcalib.core.errors import ArticleError
from stcalib.language.word_sets import pattern

BYTE_LIMIT = 8 * 1024 * 1024
"""Largest file taken as one article, in bytes: a novel has one, an article has a thousandth of it."""

_RARE_BLANK = re.compile(r"[\x0b\x0c\u1680\u2000-\u200a\u202f\u205f\u3000]")
_RARE_LINE_END = re.compile(r"[\x1c-\x1e\x85\u2028\u2029]")
_EDITABLE = re.compile("[<&\r\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f]")
_UNREAD_ELEMENTS = {"script", "style", "noscript", "template"}
_LINE_ELEMENTS = {
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "section", "table", "td",
    "th", "tr", "ul",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A plain copy of a text.

    `text` is the copy. `starts[i]`..`ends[i]` is the stretch of the original that character `i` of it stands
    for; both are None where copy and original have the same length throughout.
    """

    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original for the stretch `start`..`end` of the copy (start < end)."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def decode(raw: bytes) -> tuple[str, str]:
    """Text of a file and the name of its encoding: UTF-8, UTF-16 with its mark, else Windows-1252.

    A byte-order mark stays in the text, so that offsets are those of the decoded file. Raises `ArticleError` on
    an empty, binary, undecodable or oversized file.
    """
    check_size(len(raw))
    if not raw.strip():
        raise ArticleError("empty", "Remove it, or put the article's text into it")
    text, encoding = _decoded(raw)
    if len(_CONTROL.findall(text)) > len(text) // 200:
        raise ArticleError("binary, not text", "Save the article as plain text (UTF-8)")
    return text, encoding


def check_size(size: int) -> None:
    """Raises `ArticleError` for a file of more than `BYTE_LIMIT` bytes."""
    if size > BYTE_LIMIT:
        raise ArticleError(f"{size:,} bytes long; an article may have {BYTE_LIMIT:,}", "Split it into its articles")


def _decoded(raw: bytes) -> tuple[str, str]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        attempts = [("utf-16", "utf-16")]
    else:
        attempts = [("utf-8", "utf-8"), ("cp1252", "windows-1252")]
    for codec, name in attempts:
        try:
            return raw.decode(codec), name
        except UnicodeDecodeError as error:
            place = error.start
    if b"\x00" in raw:
        raise ArticleError("binary, not text", "Save the article as plain text (UTF-8)")
    raise ArticleError(f"neither UTF-8 nor Windows-1252 (byte {place:,} fits neither)", "Save it as UTF-8")


def reading_of(text: str) -> Reading:
    """The reading copy of `text`: markup and invisible characters gone, entities decoded, letters and their accents
    one character, blanks and line ends of one kind, hard-wrapped paragraphs on one line. Takes time linear in the length of `text`."""
    plain = _even_blanks(text)
    starts = ends = None
    if _EDITABLE.search(plain) and pattern("text.edited").search(plain):
        starts, ends = array("q"), array("q")
        pieces = []
        for piece, start, end in _pieces(plain):
            pieces.append(piece)
            if len(piece) == end - start:
                starts.extend(range(start, end))
                ends.extend(range(start + 1, end + 1))
            else:
                starts.extend([start] * len(piece))
                ends.extend([end] * len(piece))
        plain = "".join(pieces)
    return Reading(_unwrapped(plain), starts, ends)


def _even_blanks(text: str) -> str:
    """`text` with every blank a space and every line end a newline; the length stays."""
    text = text.replace("\xa0", " ").replace("\t", " ")
    return _RARE_LINE_END.sub("\n", _RARE_BLANK.sub(" ", text))


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """The stretches of the copy in order: (what is read, where it stands in `text`)."""
    done = 0
    unclosed: set[str] = set()
    for match in pattern("text.edited").finditer(text):
        start, end = match.span()
        if start < done:
            continue
        if match["comment"]:
            read, end = "", _after(text, "-->", end, unclosed)
        elif match["tag"]:
            name = match["name"].lower()
            read = "\n" if name in _LINE_ELEMENTS else ""
            if name in _UNREAD_ELEMENTS and not match["tag"].startswith("</"):
                end = _after(text, f"</{match['name']}", end, unclosed)
        elif match["entity"]:
            read = _even_blanks(unescape(match["entity"]))
        elif match["accented"]:
            read = normalize("NFC", match["accented"])
        else:
            read = "\n" if match["return"] else ""
        if done < start:
            yield text[done:start], done, start
        if read:
            yield read, start, end
        done = end
    if done < len(text):
        yield text[done:], done, len(text)


def _after(text: str, closing: str, start: int, unclosed: set[str]) -> int:
    """Where the element that opened before `start` is closed; `start` where it never is.

    `unclosed` keeps the closings known not to follow, so that no text is searched twice in vain.
    """
    if closing in unclosed:
        return start
    if (end := text.find(closing, start)) < 0:
        unclosed.add(closing)
        return start
    return max(text.find(">", end) + 1, end + len(closing))


NARROWEST_WRAP = 40
"""Characters; lines that are all shorter are those of a list or table and no wrapped paragraph."""

_CELLS = re.compile(r"\S {3,}\S")
"""Cells of a table that blanks set apart: such a line is joined to no other, however long it is."""


def _unwrapped(text: str) -> str:
    """`text` with the line ends inside hard-wrapped paragraphs read as blanks (the length stays)."""
    lines = text.split("\n")
    prose = [bool(line.strip()) and _CELLS.search(line) is None for line in lines]
    joins = [i for i in range(len(lines) - 1) if prose[i] and prose[i + 1]]
    if len(joins) < 3:
        return text
    width = max(len(lines[i].rstrip()) for i in joins)
    full = [i for i in joins if _is_full(lines[i], lines[i + 1], width)]
    unfinished = sum(not lines[i].rstrip().endswith((".", "!", "?", '"', "”", ":")) for i in full)
    if not NARROWEST_WRAP <= width <= 120 or len(full) < 0.8 * len(joins) or unfinished < 0.5 * len(full):
        return text
    wrapped = set(full)
    return "".join(line + (" " if i in wrapped else "\n") for i, line in enumerate(lines))[: len(text)]


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line would no longer have fitted on `line`."""
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > 0.85 * width
