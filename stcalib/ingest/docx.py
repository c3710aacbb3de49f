"""Word files: paragraphs and rows of tables in the order in which they stand. Headers, footers and notes are no part of the text."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from stcalib.ingest.bounds import XML_BYTES, bounded_member, safe_xml
from stcalib.ingest.story import Block, Declined

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "footnoteReference", "txbxContent", "Fallback"})


def docx_blocks(raw: bytes) -> list[Block]:
    """The blocks of a Word file. Raises `Declined` where it is none."""
    try:
        with ZipFile(BytesIO(raw)) as archive:
            xml = bounded_member(archive, _main_part(archive), XML_BYTES)
    except (BadZipFile, KeyError) as error:
        raise Declined("not a Word file, or a broken one", "Open it in Word and save it anew as .docx") from error
    root = safe_xml(xml)
    body = next((element for element in root.iter() if _name(element) == "body"), None)
    return [] if body is None else list(_blocks(body))


def _main_part(archive: ZipFile) -> str:
    """The name of the text in a Word file; an archive without one has no such name either."""
    usual = "word/document.xml"
    names = archive.namelist()
    found = [name for name in names if name.replace("\\", "/").lower() == usual] or [name for name in names if name.lower().endswith("document.xml")]
    return found[0] if found else usual


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _blocks(parent: Any) -> Iterator[Block]:
    for element in parent:
        name = _name(element)
        if name == "p":
            if block := _paragraph(element):
                yield block
        elif name == "tbl":
            yield from _table(element)
        elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}:
            yield from _blocks(element)


def _table(table: Any) -> Iterator[Block]:
    for row in table:
        if _name(row) != "tr":
            continue
        cells = [list(_blocks(cell)) for cell in row if _name(cell) == "tc"]
        if (
            (len(cells) == 2 and len(cells[0]) == 1 and len(cells[0][0].text) <= 3 and cells[0][0].text.isupper())
            or any(len(cell) > 3 for cell in cells)
            or len(cells) == 1
        ):
            yield from (block for cell in cells for block in cell)
        elif line := "\t".join(" ".join(block.text for block in cell) for cell in cells).strip():
            yield Block((line,))


def _paragraph(paragraph: Any) -> Block | None:
    pieces: list[str] = []
    bold = plain = 0
    for run_text, run_bold in _runs(paragraph):
        pieces.append(run_text)
        if run_text.strip():
            bold, plain = bold + run_bold, plain + (not run_bold)
    lines = tuple(line.strip(" \t") for line in "".join(pieces).split("\n") if line.strip())
    if not lines:
        return None
    style = next((str(e.get(f"{W}val") or e.get(f"{STRICT}val") or "") for e in paragraph.iter() if _name(e) == "pStyle"), "")
    return Block(lines, strong=style.lower().startswith(("heading", "title", "titre")) or (bold > 0 and not plain))


def _runs(parent: Any, bold: bool = False) -> Iterator[tuple[str, bool]]:
    """The text of a paragraph in order, each stretch with whether it is bold."""
    for element in parent:
        name = _name(element)
        if name in _LEFT_OUT:
            continue
        if name == "t":
            yield element.text or "", bold
        elif name in {"tab", "ptab"} and _name(parent) == "r":
            yield "\t", bold
        elif name in {"br", "cr"}:
            yield "\n", bold
        elif name == "noBreakHyphen":
            yield "-", bold
        elif name == "r":
            yield from _runs(element, _is_bold(element))
        elif name not in {"rPr", "pPr"}:
            yield from _runs(element, bold)


def _is_bold(run: Any) -> bool:
    mark = next((e for e in run.iter() if _name(e) == "b"), None)
    return mark is not None and (mark.get(f"{W}val") or mark.get(f"{STRICT}val") or "1") not in {"0", "false", "off"}
