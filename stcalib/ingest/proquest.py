"""ProQuest and Canadian Newsstream: records of labelled lines, as text, HTML, e-mail, RTF or Word.

The labels below a text are read from its end, beginning at the last "Title:", since a story has lines such as
"Location:" of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stcalib.ingest.days import Day, days_in, first_day, stamp_day
from stcalib.ingest.label_files import any_of, labels_of
from stcalib.ingest.labelled import field_of
from stcalib.ingest.names import author_names, known_outlet, outlet_name
from stcalib.ingest.paragraphs import joined, paragraphs
from stcalib.ingest.story import Block, Story

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CLOSING_LINES = 6
"""Lines at the end of a text among which captions and affiliations begin."""
SEPARATOR = "_" * 60
_LINK_DAY = re.compile(r"[&;?]date=(\d{4}-\d{2}-\d{2})\b")
_NONE = re.compile(r"none available\.?|non disponible\.?|aucun(?:e)? .{0,20}disponible\.?|nicht verfügbar\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    block: int


def _line_is(line: str, entry: str) -> bool:
    return any_of("proquest", "line", entry).fullmatch(line.replace("\xa0", " ")) is not None


def recognizes(blocks: Sequence[Block]) -> bool:
    """Whether some blocks are such an export: the labels of a record, the id or the full text among them."""
    seen = set()
    for block in blocks:
        for line in block.lines:
            for group in ("head", "tail"):
                if (found := field_of(line[:200], labels_of("proquest", group))) is not None:
                    seen.add(found[0])
    head = len(seen & {"text", "abstract", "info", "links"})
    return head >= 1 and "outlet" in seen and len(seen & {"subject", "day", "year", "other"}) >= 2


def without_inner_pages(page: str) -> str:
    """A page without the tags of the pages that its records bring along, which end it for a parser."""
    return re.sub(r"<\s*/?\s*(?:html|head|body)\b[^<>]{0,2000}>", " ", page, flags=re.IGNORECASE)


def html_blocks(tree: HtmlElement) -> list[Block]:
    """The blocks of a page or e-mail, with a separator above each record."""
    from stcalib.ingest import html_tree

    anchors = [a for a in tree.iter("a") if (a.get("name") or "").startswith("DocID")]
    for anchor in anchors:
        anchor.text = f"{SEPARATOR}{anchor.text or ''}"
        for inner in list(anchor):
            anchor.remove(inner)
        anchor.tag = "div"
    for text in tree.iter("text"):
        text.tag = "div"
    return html_tree.html_blocks(tree)


def stories(blocks: Sequence[Block]) -> Iterator[Story]:
    """The records of an export, in order."""
    lines = [_Line(line, number) for number, block in enumerate(blocks) for line in block.lines]
    for record in _records(lines):
        story = _story(record)
        if story is not None:
            yield story


def _records(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines of each record: what stands between separators, or from one counter or bare headline to the next."""
    record: list[_Line] = []
    ends = {"separator", "counter"}
    for line in lines:
        if any(len(line.text) < 200 and _line_is(line.text, end) for end in ends):
            if _is_record(record):
                yield record
            record = [] if _is_record(record) or not any(field_of(one.text, labels_of("proquest", "head")) for one in record) else record
        elif not (len(line.text) < 300 and _line_is(line.text, "trailer")):
            record.append(line)
    if _is_record(record):
        yield record


def _is_record(lines: Sequence[_Line]) -> bool:
    tail = labels_of("proquest", "tail")
    return any((found := field_of(line.text, tail)) is not None and found[0] in {"title", "outlet"} for line in lines)


def _story(lines: Sequence[_Line]) -> Story | None:
    tail_start = _tail_start(lines)
    head, body_start = _head(lines, tail_start)
    tail = _tail(lines[tail_start:])
    title = tail.get("title") or _bare_headline(lines)
    blocks = _blocks(lines[body_start:tail_start]) if "text" in head else []
    note = None
    if not blocks and (abstract := head.get("abstract", "")) and not _NONE.fullmatch(abstract.strip()):
        blocks, note = [Block((abstract,))], "only the abstract: the file has no full text"
    blocks, credit = _without_captions(blocks)
    byline = tail.get("author") or head.get("author")
    outlet = outlet_name(tail.get("outlet")) or outlet_name(_outlet_of_info(head.get("info")))
    author = author_names(byline, inverted=True) if byline else author_names(_credited(credit, outlet))
    day = _day(tail, head)
    return Story(
        paragraphs=paragraphs(blocks),
        title=title,
        outlet=outlet,
        author=author,
        byline=author,
        published=day.day if day else None,
        url=_address(tail.get("url")),
        section=tail.get("section"),
        language=tail.get("language"),
        note=note,
    )


def _tail_start(lines: Sequence[_Line]) -> int:
    """Where the labels below the text begin: the last "Title:", and the subjects right above it."""
    labels = labels_of("proquest", "tail")
    title = next((n for n in range(len(lines) - 1, -1, -1) if (f := field_of(lines[n].text, labels)) and f[0] == "title"), None)
    if title is None:
        title = next((n for n in range(len(lines) - 1, -1, -1) if (f := field_of(lines[n].text, labels)) and f[0] == "outlet"), len(lines))
    start = title
    above = {"subject", "indexing", "location", "people", "company"}
    seen: set[str] = set()
    for number in range(title - 1, -1, -1):
        found = field_of(lines[number].text, labels)
        if found is None and start - number <= 3 and (number == 0 or lines[number].block != lines[start].block):
            continue
        if found is None or found[0] not in above or found[0] in seen or (number > 0 and _is_in_text(lines, number)):
            break
        seen.add(found[0])
        start = number
        if found[0] == "subject":
            break
    return start


def _is_in_text(lines: Sequence[_Line], number: int) -> bool:
    """Whether a line with a label stands in a paragraph of the text: lines without a label are right above it in its block."""
    block = [line.text for line in lines[:number] if line.block == lines[number].block]
    labels = labels_of("proquest", "tail")
    return bool(block) and field_of(block[-1], labels) is None


def _head(lines: Sequence[_Line], end: int) -> tuple[dict[str, str], int]:
    """The labelled lines above the text, and where the text begins."""
    labels = labels_of("proquest", "head")
    fields: dict[str, list[str]] = {}
    name = ""
    for number, line in enumerate(lines[:end]):
        found = field_of(line.text, labels)
        if found is not None and found[0] == "text":
            return {key: joined(value) for key, value in fields.items()} | {"text": found[1]}, number
        if found is not None:
            name = found[0]
            fields.setdefault(name, []).append(found[1])
        elif name and not _line_is(line.text, "link"):
            fields[name].append(line.text)
    return {key: joined(value) for key, value in fields.items()}, end


def _blocks(lines: Sequence[_Line]) -> list[Block]:
    """The text behind "Full text:", its label taken off."""
    if not lines:
        return []
    found = field_of(lines[0].text, labels_of("proquest", "head"))
    texts = [_Line(found[1], lines[0].block) if found else lines[0], *lines[1:]]
    texts = [line for line in texts if line.text.strip() and not _NONE.fullmatch(line.text.strip()) and not _line_is(line.text, "furniture")]
    closing = next((n for n in range(max(len(texts) - CLOSING_LINES, 1), len(texts)) if _line_is(texts[n].text, "closing")), len(texts))
    texts = [*texts[:closing], *(line for line in texts[closing:] if field_of(line.text, labels_of("proquest", "close")) is not None)]
    return [Block(tuple(line.text for line in texts if line.block == block)) for block in dict.fromkeys(line.block for line in texts)]


def _tail(lines: Sequence[_Line]) -> dict[str, str]:
    """The labelled lines below the text; a line without a label goes on with the last."""
    labels = labels_of("proquest", "tail")
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if (found := field_of(line.text, labels)) is not None:
            name, value = found
            fields.setdefault(name, []).append(value)
        elif name:
            fields[name][-1] = joined([fields[name][-1], line.text])
    return {key: next((value for value in values if value), "") for key, values in fields.items()}


def _bare_headline(lines: Sequence[_Line]) -> str | None:
    labels = labels_of("proquest", "head") | labels_of("proquest", "tail")
    texts = [line for line in lines[:4] if line.text.strip() and not _line_is(line.text, "link")]
    return texts[0].text.strip() if texts and field_of(texts[0].text, labels) is None else None


def _without_captions(blocks: list[Block]) -> tuple[list[Block], str | None]:
    """The text without the captions and credits that close it, and the credit."""
    lines = [(number, line) for number, block in enumerate(blocks) for line in block.lines]
    labels = labels_of("proquest", "close")
    credit = None
    end = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        found = field_of(lines[number][1], labels)
        if found is None:
            if number < len(lines) - 1 or not lines:
                break
            continue
        if found[0] == "credit":
            credit = found[1] or credit
        end = number
    kept = lines[:end]
    return [Block(tuple(line for n, line in kept if n == block)) for block in dict.fromkeys(n for n, _ in kept)], credit


def _credited(credit: str | None, outlet: str | None) -> str | None:
    """The name at the beginning of a credit: "Jane Roe Toronto Star", "Jane Roe Contributor Jane Roe is a lawyer"."""
    if not credit:
        return None
    first = re.split(r"[;|]|\s[-–—]\s", credit)[0]
    if outlet:
        first = re.sub(rf"[\s,]+(?:the )?{re.escape(re.sub('^the ', '', outlet, flags=re.IGNORECASE))}\b.*$", "", first, flags=re.IGNORECASE)
    words = first.split()
    for length in range(2, min(4, len(words) // 2) + 1):
        name = words[:length]
        if any(words[n : n + length] == name for n in range(length, len(words) - length + 1)):
            return " ".join(name)
    return first if len(words) <= 8 or known_outlet(" ".join(words[2:])) else " ".join(words[:2])


def _day(tail: dict[str, str], head: dict[str, str]) -> Day | None:
    """The day of publication: its own label, where blanks may stand inside words, else the publication info, else the link.

    The link fills up a month without a day with the first, so that it counts only where no other line says when.
    """
    for text in (tail.get("day"), head.get("info")):
        for candidate in (text, _squeezed(text) if text else None):
            if candidate and (day := stamp_day(candidate) or first_day(candidate)) is not None:
                return day
    if tail.get("day"):
        return None
    match = _LINK_DAY.search(head.get("links", ""))
    return stamp_day(match[1]) if match else None


def _squeezed(text: str) -> str:
    """A line without its blanks, but for those between letters and digits: "Ma y2 4, 2018" as "May 24,2018"."""
    return re.sub(r"(?<=[^\W\d_])(?=\d)", " ", re.sub(r"\s+", "", text))


def _outlet_of_info(info: str | None) -> str | None:
    """ "Los Angeles Times ; Los Angeles, Calif. [Los Angeles, Calif]08 May 2010: AA.2." """
    if not info or (";" not in info and "[" not in info):
        return None
    name = re.split(r"[;\[]", info)[0].strip(" ,")
    return None if any(days_in(name)) else name or None


def _address(text: str | None) -> str | None:
    match = re.search(r"https?://(?:(?!https?://)\S)+$", text.strip()) if text else None
    return match.group() if match else None
