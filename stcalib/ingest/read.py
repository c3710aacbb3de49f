"""The bytes of a file to its stories: what the file is, is told by its content first and its name second."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from stcalib.ingest import archives, eureka, factiva, feeds, hansard, mail, markdown, nexis, nexis_html, nexis_uni, proquest, subtitles, tables
from stcalib.ingest.bounds import Budget, check_document, check_page, check_text, safe_xml
from stcalib.ingest.decoding import decoded
from stcalib.ingest.docx import docx_blocks
from stcalib.ingest.html_tree import html_blocks, parse_html
from stcalib.ingest.paragraphs import blocks_of
from stcalib.ingest.pdf import pdf_page
from stcalib.ingest.plain import single_story
from stcalib.ingest.rtf import rtf_blocks
from stcalib.ingest.story import Block, Declined, Story
from stcalib.ingest.web import page_story

if TYPE_CHECKING:
    from stcalib.ingest.mail import Mail

NESTED = 3
"""Archives in archives are opened to so many levels."""
SAMPLE = 20_000
"""Bytes by which a binary file shows itself."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|div|article|table|meta|p)\b", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:RDF|Hansard)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """The stories of one file, or of one file in an archive (`inner`), with the kind of file; or why it gives none."""

    inner: str | None
    kind: str
    stories: Iterator[Story]


def parts_of(
    name: str, raw: bytes, columns: Mapping[str, str] | None = None, depth: int = 0, budget: Budget | None = None
) -> Iterator[Part | Declined]:
    """What a file holds; `depth` and `budget` bound the archives in archives. Raises `Declined` where it is of no kind that is read."""
    packed = raw[:2] == b"\x1f\x8b" and not _is_warc(name, raw)
    budget = budget or Budget.of(len(raw))
    if depth >= NESTED and (packed or _is_archive(raw)):
        raise Declined(f"archives in archives to more than {NESTED} levels", "Unpack it")
    if packed:
        content = archives.gunzipped(raw)
        budget.take(len(content))
        yield from parts_of(re.sub(r"\.gz$", "", name, flags=re.IGNORECASE), content, columns, depth + 1, budget)
    elif _is_archive(raw):
        yield from _members(raw, columns, depth, budget)
    else:
        kind, stories = _stories(name, raw, columns)
        yield Part(None, kind, stories)


def _members(raw: bytes, columns: Mapping[str, str] | None, depth: int, budget: Budget) -> Iterator[Part | Declined]:
    for inner, content in archives.zip_members(raw):
        if isinstance(content, Declined):
            yield content
            continue
        budget.take(len(content))
        try:
            for part in parts_of(inner, content, columns, depth + 1, budget):
                yield part if isinstance(part, Declined) else replace(part, inner=f"{inner}/{part.inner}" if part.inner else inner)
        except Declined as error:
            yield Declined(f"{inner}: {error.problem}", error.advice)


def _is_archive(raw: bytes) -> bool:
    """Whether some bytes are a zip archive and no office file; an archive of office files is one."""
    return raw[:4] in {b"PK\x03\x04", b"PK\x05\x06"} and not _is_office(raw, b"word/") and not _is_office(raw, b"xl/")


def _is_office(raw: bytes, folder: bytes) -> bool:
    """Whether some bytes are an office file, be it a broken one, and no archive that holds some."""
    if raw[:2] != b"PK" or folder not in raw[-200_000:] + raw[:4000]:
        return False
    names = [name.replace("\\", "/").lower() for name in archives.names_in(raw)]
    return not names or ("[content_types].xml" in names and any(name.startswith(folder.decode()) for name in names))


def _is_warc(name: str, raw: bytes) -> bool:
    return raw[:5] == b"WARC/" or re.search(r"\.w?arc(?:\.gz)?$", name, re.IGNORECASE) is not None


def _stories(name: str, raw: bytes, columns: Mapping[str, str] | None) -> tuple[str, Iterator[Story]]:
    """The kind of a file that is no archive, and its stories."""
    if not raw.strip():
        raise Declined("empty", "Remove it, or save it anew")
    binary = _binary(name, raw, columns)
    if binary is not None:
        return binary
    text = decoded(raw)
    if _looks_binary(raw):
        raise Declined("binary, and of no kind that is known", f"Known are {KNOWN}")
    return _text(PurePosixPath(name).suffix.lower(), raw, text, columns)


KNOWN = (
    "web pages, PDF, Word, RTF, e-mails, Markdown, text, CSV, spreadsheets, JSON, feeds, debates in XML, SRT and VTT, WARC, and zip archives of these"
)


def _binary(name: str, raw: bytes, columns: Mapping[str, str] | None) -> tuple[str, Iterator[Story]] | None:
    if raw[:1024].lstrip().startswith(b"%PDF") or b"%PDF-" in raw[:1024]:
        blocks, heads = pdf_page(raw)
        kind, stories = _blocks("PDF", blocks)
        return (kind, stories) if kind != "PDF" else (kind, iter([single_story(blocks, heads=heads)]))
    if raw[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        check_document(len(raw))
        return _blocks("RTF", rtf_blocks(raw))
    if _is_warc(name, raw):
        return "web archive", _warc(raw)
    if _is_office(raw, b"word/"):
        return _blocks("Word", docx_blocks(raw))
    if _is_office(raw, b"xl/") or (raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" and not name.lower().endswith((".doc", ".msg"))):
        return "spreadsheet", _sheets(raw, columns)
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Declined("an old binary file of Word or Outlook", "Open it and save it as .docx, .rtf or .eml")
    return None


def _looks_binary(raw: bytes) -> bool:
    """Whether more than one byte in a hundred is a control character, other than the zeros of UTF-16 and UTF-32."""
    sample = raw[:SAMPLE]
    two_bytes = sample[:2] in {b"\xff\xfe", b"\xfe\xff"} or sample.count(0) * 5 > len(sample) * 2
    return not two_bytes and len(_CONTROL.findall(sample)) > len(sample) // 100


def _text(ending: str, raw: bytes, text: str, columns: Mapping[str, str] | None) -> tuple[str, Iterator[Story]]:
    """A file of text: what it is, is told by how it begins, then by its ending."""
    start = text.lstrip()[:1]
    if start in {"{", "["} and (ending in {".json", ".jsonl", ".ndjson", ".geojson"} or re.match(r"\s*\[?\s*\{\s*\"", text)):
        return "JSON", tables.stories(tables.json_rows(text), columns)
    if ending in {".csv", ".tsv", ".tab"}:
        return "table", tables.stories(tables.csv_rows(text, list((columns or {}).values())), columns)
    check_document(len(raw))
    if mail.is_mail(text) or ending == ".eml":
        return _mail(mail.read_mail(raw))
    if subtitles.recognizes(text):
        return "transcript", iter([subtitles.transcript(text)])
    if _XML.match(text) and not re.search(r"<html\b", text[:3000], re.IGNORECASE):
        return _xml(text)
    if _PAGE.match(text) or ending in {".html", ".htm", ".xhtml", ".mht"}:
        return _page(text)
    return _plain(ending, text, columns)


def _plain(ending: str, text: str, columns: Mapping[str, str] | None) -> tuple[str, Iterator[Story]]:
    check_text(text)
    kind, stories = _blocks("text", blocks_of(text))
    if kind != "text":
        return kind, stories
    if ending in {".md", ".markdown"} or (markdown.recognizes(text) and ending not in {".txt"}) or re.match(r"---[ \t]*\n[\w ]+:", text):
        return "Markdown", iter([markdown.markdown_story(text)])
    if ending not in {".txt", ".text", ""} or text.count("\t") > 20:
        try:
            return "table", tables.stories(tables.csv_rows(text, list((columns or {}).values())), columns)
        except Declined:
            pass
    return kind, stories


def _blocks(container: str, blocks: list[Block]) -> tuple[str, Iterator[Story]]:
    """Blocks of a text: an export of a database, else a single story."""
    for name, engine in (("Nexis Uni", nexis_uni), ("Factiva", factiva), ("ProQuest", proquest), ("Nexis", nexis)):
        if engine.recognizes(blocks):
            return f"{name} ({container})" if container != "text" else name, engine.stories(blocks)
    return container, iter([single_story(blocks)])


def _page(text: str) -> tuple[str, Iterator[Story]]:
    """A page: one saved from a database, else a single story."""
    if eureka.recognizes(text):
        return "Eureka", eureka.stories(parse_html(text))
    if nexis_html.recognizes(text):
        return "Nexis (page)", nexis.stories(nexis_html.nexis_blocks(parse_html(text), text))
    if "DocID_" in text or "ProQuest" in text:
        blocks = proquest.html_blocks(parse_html(proquest.without_inner_pages(text)))
        if proquest.recognizes(blocks):
            return "ProQuest (page)", proquest.stories(blocks)
    if re.search(r"class=[\"']?article [a-z]{2}Article", text) and (found := factiva.html_stories(parse_html(text))):
        return "Factiva (page)", iter(found)
    kind, stories = (
        _blocks("page", html_blocks(parse_html(text)))
        if re.search(r"end of document|load-date|fin du document", text, re.IGNORECASE) or factiva_id(text)
        else ("page", iter(()))
    )
    return (kind, stories) if kind != "page" else ("page", iter([page_story(check_page(text))]))


def factiva_id(text: str) -> bool:
    """Whether a page shows the id of a Factiva document."""
    return re.search(r"(?:Document|Dokument|Documento|文件)\s+[A-Za-z0-9]{8}\d{8}[a-z0-9]{7,12}\b", text) is not None


def _xml(text: str) -> tuple[str, Iterator[Story]]:
    root = safe_xml(re.sub(r"^\s*<\?xml[^>]{0,300}\?>", "", text).encode("utf-8", "replace"))
    if feeds.is_feed(root):
        return "feed", feeds.stories(root)
    if hansard.is_hansard(root):
        return "debates", hansard.stories(root)
    raise Declined(f"XML of a kind that is not known ({feeds.name_of(root)})", f"Known are {KNOWN}")


def _mail(message: Mail) -> tuple[str, Iterator[Story]]:
    if message.is_saved:
        return _page(message.text)
    if message.is_page:
        if "DocID_" in message.text or "ProQuest" in message.text or "DocPublicationName" in message.text:
            kind, stories = _page(message.text)
            if kind != "page":
                return f"{kind.partition(' (')[0]} (e-mail)", stories
        blocks = html_blocks(parse_html(message.text))
    else:
        blocks = blocks_of(message.text)
    kind, stories = _blocks("e-mail", blocks)
    return (kind, stories) if kind != "e-mail" else (kind, iter([mail.mail_story(message, blocks)]))


def _sheets(raw: bytes, columns: Mapping[str, str] | None) -> Iterator[Story]:
    for rows in tables.sheet_rows(raw, list((columns or {}).values())):
        yield from tables.stories(rows, columns)


def _warc(raw: bytes) -> Iterator[Story]:
    for address, content in archives.warc_pages(raw):
        page = decoded(content)
        if eureka.recognizes(page) or nexis_html.recognizes(page):
            yield from _page(page)[1]
            continue
        story = page_story(page)
        if story.paragraphs:
            yield replace(story, url=story.url or address or None)
