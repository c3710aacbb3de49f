"""PDF: lines of pages to blocks, column by column, without running heads and page numbers, words that the line end parted made whole."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import Any

from stcalib.ingest.bounds import MEGABYTE
from stcalib.ingest.days import days_in
from stcalib.ingest.label_files import load_labels
from stcalib.ingest.story import Block, Declined

MOST_PAGES = 3000
STREAM_BYTES = 64 * MEGABYTE
"""The largest stream that a PDF may unpack to."""
ALL_BYTES = 512 * MEGABYTE
WIDE = 0.6
"""A line of a larger share of the width of the text stands over all columns."""
LARGE = 1.15
"""Type so many times the size of the body's is that of a headline."""
SHORT_CELL = 18
"""Parts of lines side by side with fewer letters, on average, are cells of a table."""
MARGIN = 0.12
"""The share of a page at its top and bottom in which running heads stand."""
_STREAM = re.compile(rb"stream\r?\n")
_NUMBER = re.compile(
    r"\W*(?:(?:page|pg\.?|p\.|seite|pagina|página)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|de|/|von|sur|van)\s*\d{1,4})?\W*", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?:\s+\d+/\d+)?")
_PAGE = re.compile(r"\b(?:page|pg|p)\.?\s*[A-Z]{0,2}\.?\d+\b|^[A-Z]{1,2}\d{1,2}\b|\b[A-Z]{1,2}\d{1,2}$", re.IGNORECASE)
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


def pdf_page(raw: bytes) -> tuple[list[Block], list[str]]:
    """The blocks of a PDF with text in it, and its running heads. Raises `Declined`."""
    _check_streams(raw)
    lines = list(_lines(raw))
    if not lines:
        raise Declined("a PDF of pictures, without text in it", "Run it through text recognition (OCR) first")
    body = Counter(line.size for line in lines for _ in line.text).most_common(1)[0][0]
    kept, heads = _without_furniture(lines, body)
    ordered = [line for page in dict.fromkeys(line.page for line in kept) for line in _in_order([one for one in kept if one.page == page], body)]
    whole = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(line.text for line in ordered).casefold()))
    return list(_joined(_paragraphs(ordered, body), whole, body)), heads


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
    from pdfminer.layout import LAParams, LTTextLine
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect, PDFTextExtractionNotAllowed

    try:
        for number, page in enumerate(extract_pages(BytesIO(raw), maxpages=MOST_PAGES, laparams=LAParams(boxes_flow=None))):
            for part in page:
                if isinstance(part, Iterable) and hasattr(part, "get_text"):
                    for line in part:
                        if isinstance(line, LTTextLine) and line.get_text().strip():
                            yield _line(line, number, page.height)
    except (PDFEncryptionError, PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as error:
        raise Declined("a PDF locked with a password", "Unlock it and import it again") from error
    except Exception as error:
        raise Declined(f"not a readable PDF ({type(error).__name__})", "Print it anew to PDF, or save its text") from error


def _line(line: Any, page: int, height: float) -> _Line:
    from pdfminer.layout import LTChar

    characters = [one for one in line if isinstance(one, LTChar) and one.get_text().strip()]
    size = median(one.size for one in characters) if characters else line.height
    bold = bool(characters) and all("bold" in one.fontname.lower() or "black" in one.fontname.lower() for one in characters)
    text = re.sub(r"\(cid:\d+\)", "", line.get_text()).strip("\n")
    return _Line(" ".join(_ligatures(text).split()), line.x0, line.x1, line.y0, line.y1, round(size, 1), bold, page, height, 0)


# ---- the order of reading
def _in_order(lines: Sequence[_Line], body: float) -> Iterator[_Line]:
    """The lines of a page in the order of reading: what stands over all columns parts the page, and columns are read one by one."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    section: list[_Line] = []
    number = 0
    for line in sorted(lines, key=lambda one: (-round(one.bottom), one.left)):
        if line.right - line.left > WIDE * width or line.size > LARGE * body:
            number += 1
            yield from _columns(section, number)
            section = []
            yield line
        else:
            section.append(line)
    yield from _columns(section, number + 1)


def _columns(lines: Sequence[_Line], section: int) -> Iterator[_Line]:
    """The lines of a section column by column; cells of a table row by row."""
    columns: list[list[_Line]] = []
    for line in sorted(lines, key=lambda one: one.left):
        if columns and line.left < max(one.right for one in columns[-1]) - 1:
            columns[-1].append(line)
        else:
            columns.append([line])
    if len(columns) < 2 or not _side_by_side(columns):
        yield from sorted(lines, key=lambda one: (-one.bottom, one.left))
    elif sum(len(line.text) for line in lines) < SHORT_CELL * len(lines) or len(columns) > 5:
        yield from _rows(lines)
    else:
        for number, column in enumerate(columns, 1):
            yield from (replace(line, box=section * 10 + number) for line in sorted(column, key=lambda one: (-one.bottom, one.left)))


def _side_by_side(columns: Sequence[Sequence[_Line]]) -> bool:
    """Whether some lines of two columns stand beside each other: centred lines above others are no column."""
    spans = [(min(line.bottom for line in column), max(line.top for line in column)) for column in columns]
    return any(low < top - 1 and bottom + 1 < high for (low, high), (bottom, top) in pairwise(spans))


def _rows(lines: Sequence[_Line]) -> Iterator[_Line]:
    """The rows of a table, their cells between tabs."""
    row: list[_Line] = []
    for line in [*sorted(lines, key=lambda one: (-one.bottom, one.left)), None]:
        if row and (line is None or row[0].bottom - line.bottom > 0.5 * row[0].size):
            cells = sorted(row, key=lambda one: one.left)
            yield replace(cells[0], text="\t".join(one.text for one in cells), right=cells[-1].right)
            row = []
        if line is not None:
            row.append(line)


def _ligatures(text: str) -> str:
    for one, letters in (
        ("\ufb00", "ff"),
        ("\ufb01", "fi"),
        ("\ufb02", "fl"),
        ("\ufb03", "ffi"),
        ("\ufb04", "ffl"),
        ("\ufb05", "st"),
        ("\ufb06", "st"),
    ):
        text = text.replace(one, letters)
    return text


def _without_furniture(lines: Sequence[_Line], body: float) -> tuple[list[_Line], list[str]]:
    """The lines without page numbers, addresses of print-outs and running heads; and those heads, once each."""
    pages = {line.page for line in lines}
    shown: dict[str, set[int]] = {}
    for line in lines:
        if _in_margin(line):
            shown.setdefault(_repeat_key(line.text), set()).add(line.page)
    headlines = "".join(_letters(line.text) for line in lines if line.size > LARGE * body)
    kept: list[_Line] = []
    heads: list[str] = []
    for line in lines:
        on = len(shown.get(_repeat_key(line.text), ()))
        if not _in_margin(line) or line.size > LARGE * body:
            kept.append(line)
        elif _NUMBER.fullmatch(line.text) or _ADDRESS.fullmatch(line.text) or _repeats(line.text, headlines):
            continue
        elif (on > 1 and on >= min(3, len(pages) - 1)) or _is_running_head(line):
            heads.append(line.text)
        else:
            kept.append(line)
    return kept, list(dict.fromkeys(heads))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _repeats(text: str, headlines: str) -> bool:
    """Whether a line at the edge of a page says a headline again, with or without its blanks."""
    return len(letters := _letters(text)) > 15 and letters in headlines


def _is_running_head(line: _Line) -> bool:
    """Whether a line at the top or bottom edge names a page, or the paper with a day, and is no sentence."""
    words = len(line.text.split())
    if words > 14 or _END.search(line.text) or not (line.bottom > 0.93 * line.height or line.top < 0.07 * line.height):
        return False
    return _PAGE.search(line.text) is not None or (next(days_in(line.text), None) is not None and words > 3)


def _in_margin(line: _Line) -> bool:
    return line.bottom > (1 - MARGIN) * line.height or line.top < MARGIN * line.height


def _repeat_key(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold()


def _paragraphs(lines: Sequence[_Line], body: float) -> Iterator[list[_Line]]:
    """The lines of each paragraph: a wider gap, an indent, another size of type or a short last line parts them."""
    gap = _leading(lines)
    edges: dict[tuple[int, int], float] = {}
    for line in lines:
        edges[line.page, line.box] = max(edges.get((line.page, line.box), 0.0), line.right)
    paragraph: list[_Line] = []
    for line in lines:
        if paragraph and not _goes_on(paragraph, line, gap, body, edges[line.page, line.box]):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _leading(lines: Sequence[_Line]) -> float:
    """The step from line to line inside a paragraph: the smallest that is common, unless only single lines stand so far apart."""
    pairs = [
        (a, round(a.bottom - b.bottom, 1))
        for a, b in pairwise(lines)
        if a.page == b.page and a.box == b.box and a.size == b.size and a.bottom > b.bottom
    ]
    if not pairs:
        return 0.0
    counts = Counter(step for _, step in pairs)
    gap = min(step for step, count in counts.items() if count >= max(2, len(pairs) // 12) or count == max(counts.values()))
    size = median(line.size for line in lines)
    closed = sum(_END.search(line.text) is not None or len(line.text) < 60 for line, step in pairs if step <= 1.1 * gap)
    spread = gap > 1.7 * size and closed * 2 >= sum(step <= 1.1 * gap for _, step in pairs)
    return 1.3 * size if spread else gap


def _goes_on(paragraph: Sequence[_Line], line: _Line, gap: float, body: float, edge: float) -> bool:
    last = paragraph[-1]
    if abs(last.size - line.size) > 0.6 or last.bold != line.bold or "\t" in last.text + line.text:
        return False
    if line.box != last.box or line.page != last.page:
        return _continues_elsewhere(paragraph, line)
    step = last.bottom - line.bottom
    if line.size > LARGE * body:
        return step < 1.8 * line.size
    if gap and step > 1.3 * gap:
        return False
    return not _begins_anew(paragraph, line, edge)


def _begins_anew(paragraph: Sequence[_Line], line: _Line, edge: float) -> bool:
    """Whether a line is indented behind an end, or stands below a line that is short of the column's `edge`."""
    last = paragraph[-1]
    left = min(one.left for one in paragraph[1:] or paragraph)
    short = 0.8 if _END.search(last.text) else 0.55
    if last.right < left + short * (edge - left):
        return line.text[:1].isupper() or not line.text[:1].isalpha()
    return _END.search(last.text) is not None and line.left > left + 5


def _continues_elsewhere(paragraph: Sequence[_Line], line: _Line) -> bool:
    """Whether a paragraph goes on at the top of the next column or page: it has no end, and the next line no beginning."""
    last = paragraph[-1]
    if _END.search(last.text) or sum(len(one.text) for one in paragraph) < 40:
        return False
    return line.text[:1].islower() or _PARTED.search(last.text) is not None or len(last.text) > 0.7 * max(len(one.text) for one in paragraph)


def _joined(paragraphs: Iterator[list[_Line]], whole: Counter[str], body: float) -> Iterator[Block]:
    for paragraph in paragraphs:
        text = ""
        for line in paragraph:
            text = _join(text, line.text, whole) if text else line.text
        yield Block((text,), strong=paragraph[0].size > LARGE * body or paragraph[0].bold)


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
