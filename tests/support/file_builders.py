"""Small writers of binary files: Word, RTF, spreadsheets, PDF, web archives. The same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return out.getvalue()


def docx(paragraphs: Sequence[tuple[str, bool]]) -> bytes:
    """A Word file; a paragraph with tabs becomes a row of a table, a headline is a link with a bookmark and an outline level."""
    parts = []
    for number, (text, heading) in enumerate(paragraphs):
        if "\t" in text:
            cells = "".join(f"<w:tc><w:p><w:r><w:t>{escape(cell)}</w:t></w:r></w:p></w:tc>" for cell in text.split("\t"))
            parts.append(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
            continue
        half = len(text) // 2
        runs = f'<w:r><w:t xml:space="preserve">{escape(text[:half])}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(text[half:])}</w:t></w:r>'
        if heading:
            style = '<w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="0"/></w:pPr>'
            runs = f'<w:bookmarkStart w:id="{number}" w:name="Bookmark_{number}"/><w:hyperlink w:anchor="x"><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:hyperlink><w:bookmarkEnd w:id="{number}"/>'
        else:
            style = ""
        parts.append(f"<w:p>{style}{runs}</w:p>")
    body = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{"".join(parts)}<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:body></w:document>'
    header = f'<?xml version="1.0"?><w:hdr {W}><w:p><w:r><w:t>Page 1 of 12</w:t></w:r></w:p></w:hdr>'
    return zipped([("[Content_Types].xml", TYPES.encode()), ("word/document.xml", body.encode()), ("word/header1.xml", header.encode())])


def _rtf(text: str) -> str:
    out = []
    for character in text:
        code = ord(character)
        if character in "\\{}":
            out.append("\\" + character)
        elif character == "\xa0":
            out.append("\\~")
        elif code < 128:
            out.append(character)
        elif code < 256:
            out.append(f"\\'{code:02x}")
        else:
            for unit in range(0, len(character.encode("utf-16-le")), 2):
                value = int.from_bytes(character.encode("utf-16-le")[unit : unit + 2], "little")
                out.append(f"\\u{value - 65536 if value > 32767 else value}?")
    return "".join(out)


def rtf(paragraphs: Sequence[tuple[str, bool]], page_after: str = "End of Document") -> bytes:
    """An RTF file with font table, footer and page breaks; a headline is a link in bold."""
    parts = [
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}}{\\colortbl;\\red0\\green0\\blue255;}{\\*\\generator Example;}{\\info{\\title Export}}{\\footer\\pard Page {\\field{\\*\\fldinst PAGE}{\\fldrslt 1}} of 12\\par}"
    ]
    for text, heading in paragraphs:
        if "\t" in text:
            parts.append("\\trowd\\cellx3000\\cellx9000" + "".join(f"\\pard\\intbl {_rtf(cell)}\\cell" for cell in text.split("\t")) + "\\row\\pard")
        elif heading:
            parts.append('\\pard{\\b {\\field{\\*\\fldinst HYPERLINK "https://nexis.example/doc?id=1"}{\\fldrslt ' + _rtf(text) + "}}}\\par")
        else:
            parts.append(f"\\pard\\plain\\f0\\fs24 {_rtf(text)}\\par" + ("\\page" if text.startswith(page_after) else ""))
    return "\n".join([*parts, "}"]).encode("ascii")


def xlsx(sheets: Sequence[tuple[str, Sequence[Sequence[object]]]]) -> bytes:
    """A spreadsheet with its texts in place."""

    def cell(value: object) -> str:
        if value is None or value == "":
            return "<c/>"
        if isinstance(value, (int, float)):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'

    names = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in enumerate(sheets, 1))
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    members = [
        ("[Content_Types].xml", TYPES.encode()),
        (
            "_rels/.rels",
            b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        (
            "xl/workbook.xml",
            f'<?xml version="1.0"?><workbook xmlns="{main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{names}</sheets></workbook>'.encode(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'.encode(),
        ),
    ]
    for number, (_, rows) in enumerate(sheets, 1):
        lines = "".join(f'<row r="{r}">{"".join(cell(value) for value in row)}</row>' for r, row in enumerate(rows, 1))
        members.append(
            (
                f"xl/worksheets/sheet{number}.xml",
                f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'.encode(),
            )
        )
    return zipped(members)


def pdf(pages: Sequence[Sequence[tuple[float, float, float, str]]]) -> bytes:
    """A PDF of pages of lines: (x, y, size, text), in a font that every reader has."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        stream = b"BT\n"
        for x, y, size, text in lines:
            raw = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            stream += b"/F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj\n" % (size, x, y, raw)
        stream += b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(out),
    )


def warc(pages: Sequence[tuple[str, bytes, str]]) -> bytes:
    """A web archive of responses: (address, page, type)."""
    out = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    for number, (address, content, kind) in enumerate(pages, 1):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        out += head.encode() + http + b"\r\n\r\n"
    return out
