"""PDF: lines of pages to blocks, column by column, without running heads and page numbers, words that the line end parted made whole."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from typing import Any

from stcalib.ingest.bounds import MEGABYTE
from stcalib.ingest.label_files import load_labels
from stcalib.ingest.story import Block, Declined

MOST_PAGES = 3000
STREAM_BYTES = 64 * MEGABYTE
"""The largest stream that a PDF may unpack to."""
ALL_BYTES = 512 * MEGABYTE
MARGIN = 0.12
"""The share of a page at its top and bottom in which running heads stand."""
_STREAM = re.compile(rb"stream\r?\n")
_NUMBER = re.compile(r"\W*(?:(?:page|pg\.?|p\.|seite|pagina|página)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|de|/|von|sur|van)\s*\d{1,4})?\W*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?:\s+\d+/\d+)?")
_END = re.compile(r"[.!?:…]['\"”’»)\]]*$")
_PARTED = re.compile(r"(\w+)[-\u2010\u00ad]$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool
    page: int
    height: float
    box: int


def pdf_blocks(raw: bytes) -> list[Block]:
    """The blocks of a PDF with text in it. Raises `Declined`."""
    _check_streams(raw)
    lines = list(_lines(raw))
    if not any(line.text.strip() for line in lines):
        raise Declined("a PDF of pictures, without text in it", "Run it through text recognition (OCR) first")
    kept = _without_furniture(lines)
    whole = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(line.text for line in kept).casefold()))
    return list(_joined(_paragraphs(kept), whole))


def _check_streams(raw: bytes) -> None:
    """Raises `Declined` where a stream unpacks to more than may be."""
    total = 0
    for match in _STREAM.finditer(raw):
        if raw[match.end() : match.end() + 1] not in {b"x", b"H", b"h", b"X"}:
            continue
        try:
            size = len(zlib.decompressobj().decompress(raw[match.end() :][: 4 * MEGABYTE], STREAM_BYTES + 1))
        except zlib.error:
            continue
        total += size
        if size > STREAM_BYTES or total > ALL_BYTES:
            raise Declined("a PDF that unpacks to more than it should", "Print it anew to PDF, or save its text")


def _lines(raw: bytes) -> Iterator[_Line]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer, LTTextLine
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfminer.psexceptions import PSException

    box = 0
    try:
        for number, page in enumerate(extract_pages(BytesIO(raw), maxpages=MOST_PAGES, laparams=LAParams(boxes_flow=0.5))):
            for part in page:
                if isinstance(part, LTTextContainer):
                    box += 1
                    for line in part:
                        if isinstance(line, LTTextLine) and line.get_text().strip():
                            yield _line(line, number, page.height, box)
    except (PDFSyntaxError, PSException, ValueError, KeyError, TypeError, AttributeError, AssertionError, RecursionError, IndexError, OverflowError) as error:
        raise Declined(f"not a readable PDF ({type(error).__name__}: {error})", "Print it anew to PDF, or save its text") from error
    except Exception as error:
        if "assword" in type(error).__name__ + str(error) or "Encrypt" in type(error).__name__ or "NotAllowed" in type(error).__name__:
            raise Declined("a PDF locked with a password", "Unlock it and import it again") from error
        raise Declined(f"not a readable PDF ({type(error).__name__})", "Print it anew to PDF, or save its text") from error


def _line(line: Any, page: int, height: float, box: int) -> _Line:
    from pdfminer.layout import LTChar

    characters = [one for one in line if isinstance(one, LTChar) and one.get_text().strip()]
    size = median(one.size for one in characters) if characters else line.height
    bold = bool(characters) and all("bold" in one.fontname.lower() or "black" in one.fontname.lower() for one in characters)
    text = re.sub(r"\(cid:\d+\)", "", line.get_text()).replace("\u00ad\n", "-\n").strip("\n")
    return _Line(" ".join(_ligatures(text).split()), line.x0, line.x1, line.y0, line.y1, round(size, 1), bold, page, height, box)


def _ligatures(text: str) -> str:
    for one, letters in (("\ufb00", "ff"), ("\ufb01", "fi"), ("\ufb02", "fl"), ("\ufb03", "ffi"), ("\ufb04", "ffl"), ("\ufb05", "st"), ("\ufb06", "st")):
        text = text.replace(one, letters)
    return text


def _without_furniture(lines: Sequence[_Line]) -> list[_Line]:
    """The lines without page numbers, addresses of print-outs, and what the margins of pages repeat."""
    pages = {line.page for line in lines}
    repeated = Counter(key for line in lines if _in_margin(line) for key in {_repeat_key(line.text)})
    pages_of: dict[str, set[int]] = {}
    for line in lines:
        if _in_margin(line):
            pages_of.setdefault(_repeat_key(line.text), set()).add(line.page)
    kept = []
    for line in lines:
        if _in_margin(line):
            if _NUMBER.fullmatch(line.text) or _ADDRESS.fullmatch(line.text):
                continue
            shown = pages_of[_repeat_key(line.text)]
            if len(pages) > 1 and len(shown) > 1 and len(shown) >= min(3, len(pages) - 1) and repeated:
                continue
        kept.append(line)
    return kept


def _in_margin(line: _Line) -> bool:
    return line.bottom > (1 - MARGIN) * line.height or line.top < MARGIN * line.height


def _repeat_key(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold()


def _paragraphs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines of each paragraph: a wider gap, an indent, another size of type or a short last line parts them."""
    paragraph: list[_Line] = []
    gaps: dict[int, float] = {}
    for size in {line.page for line in lines}:
        steps = [a.bottom - b.bottom for a, b in zip(lines, lines[1:], strict=False) if a.page == b.page == size and a.box == b.box and a.bottom > b.bottom]
        gaps[size] = median(steps) if steps else 0.0
    for line in lines:
        if paragraph and not _goes_on(paragraph, line, gaps[line.page]):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _goes_on(paragraph: Sequence[_Line], line: _Line, gap: float) -> bool:
    last = paragraph[-1]
    if abs(last.size - line.size) > 0.6 or last.bold != line.bold:
        return False
    if line.box != last.box or line.page != last.page:
        return _continues_elsewhere(paragraph, line)
    step = last.bottom - line.bottom
    if gap and step > 1.35 * gap:
        return False
    left = min(one.left for one in paragraph[1:] or paragraph)
    if line.left > left + 5 and len(paragraph) > 1 and _END.search(last.text):
        return False
    if len(paragraph) == 1 and line.left > last.left + 5 and _END.search(last.text):
        return False
    width = max(one.right for one in paragraph)
    return not (_END.search(last.text) and last.right < width - 0.2 * (width - left) and len(paragraph) > 1 and line.left >= left - 1 and line.text[:1].isupper())


def _continues_elsewhere(paragraph: Sequence[_Line], line: _Line) -> bool:
    """Whether a paragraph goes on at the top of the next column or page: it has no end, and the next line no beginning."""
    last = paragraph[-1]
    if _END.search(last.text) or len(" ".join(one.text for one in paragraph)) < 40:
        return False
    return line.text[:1].islower() or bool(_PARTED.search(last.text)) or (len(last.text) > 30 and not last.text[-1:].isalnum() is False and line.page != last.page and line.text[:1].isalnum() and last.text[-1] in ",;")


def _joined(paragraphs: Iterator[list[_Line]], whole: Counter[str]) -> Iterator[Block]:
    sizes: list[tuple[list[_Line], str]] = []
    for paragraph in paragraphs:
        text = ""
        for line in paragraph:
            text = _join(text, line.text, whole) if text else line.text
        sizes.append((paragraph, text))
    if not sizes:
        return
    body = Counter(line.size for paragraph, _ in sizes for line in paragraph for _ in line.text).most_common(1)[0][0]
    for paragraph, text in sizes:
        yield Block((text,), strong=paragraph[0].size > 1.15 * body or paragraph[0].bold)


def _join(text: str, following: str, whole: Counter[str]) -> str:
    """Two lines as one; the hyphen at the line's end goes unless the text writes the word with it elsewhere."""
    match = _PARTED.search(text)
    if match is None or not following[:1].isalpha():
        return f"{text} {following}"
    start, end = match[1], re.match(r"\w+", following)
    assert end is not None
    plain, hyphened = (start + end.group()).casefold(), f"{start}-{end.group()}".casefold()
    if whole[hyphened] and not whole[plain]:
        return text[:-1] + "-" + following
    prefixes = load_labels("hyphens")["prefix"]["words"]
    keeps = following[0].isupper() or start[-1:].isdigit() or (not whole[plain] and start.casefold() in prefixes)
    return text[:-1] + ("-" if keeps else "") + following
