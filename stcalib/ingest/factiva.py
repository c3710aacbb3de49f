"""Factiva: articles with codes ("plus Indexing") or in a fixed order of lines, as HTML, RTF, text, Word or PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from stcalib.ingest.days import Day, first_day, is_day_line
from stcalib.ingest.label_files import any_of, load_labels
from stcalib.ingest.names import author_names, begins_as_byline, is_name, known_outlet, outlet_name, without_place
from stcalib.ingest.paragraphs import joined, paragraphs
from stcalib.ingest.story import Block, Story, lines_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PUBLISHER_WORDS = 14
"""A publisher's name has at most so many words."""
HEAD_LINES = 16
"""Lines in which an article without codes states its length."""
_SENTENCE_END = re.compile(r"(?<!\b[Ii]nc)(?<!\b[Ll]td)(?<!\b[Ll]tée)(?<!\bCo)(?<!\bCorp)(?<!\bS\.A)[.!?…]['\"”’»)]*$")


@cache
def _codes() -> dict[str, str]:
    return {code: field for field, codes in load_labels("factiva")["code"].items() for code in codes}


@cache
def _code_line(loose: bool) -> re.Pattern[str]:
    """A line with a code alone, or with its value behind a tab or two blanks; `loose`: behind one."""
    gap = r"[ \t\xa0]+" if loose else r"(?:\t|[ \xa0]{2,}|\xa0)[ \t\xa0]*"
    return re.compile(rf"[ \t\xa0]*(?P<code>{'|'.join(_codes())})(?:[ \t\xa0]*$|{gap}(?P<value>\S.*))", re.DOTALL)


def _line_is(line: str, entry: str) -> re.Match[str] | None:
    return any_of("factiva", "line", entry).fullmatch(line.replace("\xa0", " "))


def recognizes(blocks: Sequence[Block]) -> bool:
    """Whether some blocks are such an export: the line with the id that closes every article."""
    return any(_line_is(line, "id") for block in blocks for line in block.lines if len(line) < 80)


def stories(blocks: Sequence[Block]) -> Iterator[Story]:
    """The articles of an export, in order; what follows the last id is the summary of the search."""
    for article in _articles(blocks):
        yield _coded(article) or _in_order(article)


def html_stories(tree: HtmlElement) -> list[Story]:
    """The articles of a page saved from Factiva."""
    from stcalib.ingest.html_tree import html_blocks, text_of

    found = []
    for article in tree.xpath("//div[contains(concat(' ', normalize-space(@class), ' '), ' article ')]"):
        if article.xpath(".//div[contains(concat(' ', normalize-space(@class), ' '), ' article ')]"):
            continue
        blocks = html_blocks(article)
        if (coded := _coded(blocks)) is not None:
            found.append(coded)
            continue
        heads = article.xpath(".//*[@id='hd'] | .//*[contains(@class, 'Headline')]")
        authors = article.xpath(".//div[contains(concat(' ', normalize-space(@class), ' '), ' author ')]")
        title = text_of(heads[0]).strip() if heads else None
        if title and "counted" in (heads[-1].get("class") or ""):
            title = re.sub(r"^\d{1,4}\) ", "", title)
        texts = [p for p in article.iter("p") if "articleParagraph" in (p.get("class") or "")]
        found.append(_in_order(blocks, title, text_of(authors[0]).strip() if authors else None, bool(texts)))
    return found


def _articles(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks of each article, its id the last line."""
    article: list[Block] = []
    for block in blocks:
        lines: list[str] = []
        for line in block.lines:
            if len(line) < 120 and _line_is(line, "furniture"):
                continue
            lines.append(line)
            if len(line) < 80 and _line_is(line, "id"):
                yield [*article, Block(tuple(lines), block.strong)]
                article, lines = [], []
        if lines:
            article.append(Block(tuple(lines), block.strong))


# ---- with codes
def _coded(blocks: Sequence[Block]) -> Story | None:
    """The article in its codes; None where it has none."""
    for loose in (False, True):
        fields = _fields(blocks, _code_line(loose))
        if "title" in fields and ("day" in fields or "outlet" in fields):
            break
    else:
        return None
    value = {name: joined(lines_of(part)) for name, part in fields.items()}
    byline = value.get("byline")
    day = first_day(value.get("day"))
    return Story(
        paragraphs=paragraphs([*fields.get("lead", ()), *fields.get("text", ())]),
        title=value["title"] or None,
        outlet=outlet_name(value.get("outlet")),
        author=author_names(byline),
        byline=byline,
        published=day.day if day else None,
        section=value.get("section"),
        language=value.get("language"),
    )


def _fields(blocks: Sequence[Block], pattern: re.Pattern[str]) -> dict[str, list[Block]]:
    """The blocks behind each code. A code holds until the next one that the article has not had yet."""
    fields: dict[str, list[Block]] = {}
    seen: set[str] = set()
    name = ""
    for block in blocks:
        lines: list[str] = []
        for line in block.lines:
            match = pattern.fullmatch(line)
            if match is None or match["code"] in seen:
                lines.append(line)
                continue
            if lines and name:
                fields.setdefault(name, []).append(Block(tuple(lines)))
            seen.add(match["code"])
            name, lines = _codes()[match["code"]], [match["value"]] if match["value"] else []
        if lines and name:
            fields.setdefault(name, []).append(Block(tuple(lines)))
    return fields


# ---- in order
@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    block: int
    place: int
    strong: bool


def _in_order(blocks: Sequence[Block], title: str | None = None, author: str | None = None, marked: bool = False) -> Story:
    """The article whose lines stand in a fixed order around the line that states its length.

    `title` and `author` are given where the page marks them; `marked` paragraphs are followed by the publisher alone.
    """
    lines = [_Line(line.strip(), b, n, block.strong) for b, block in enumerate(blocks) for n, line in enumerate(block.lines)]
    if lines and _line_is(lines[-1].text, "id"):
        lines.pop()
    words = _words_line(lines)
    before = lines[:words] if words is not None else []
    after = lines[words + 1 :] if words is not None else lines
    section, headline, byline = _head(before) if title is None else (_section_above(before, title), title, author or _author_below(before, title))
    day, rest = _day(after)
    outlet = rest[0].text if day is not None and rest else None
    start, language, copyright_line = _end_of_head(rest)
    body = _without_publisher(rest[start:], f"{copyright_line} {outlet}", marked)
    return Story(
        paragraphs=paragraphs(_blocks(body)),
        title=headline,
        outlet=outlet_name(outlet),
        author=author_names(byline),
        byline=byline,
        published=day.day if day else None,
        section=section,
        language=language,
    )


def _words_line(lines: Sequence[_Line]) -> int | None:
    for number, line in enumerate(lines[:HEAD_LINES]):
        if _line_is(line.text, "words") and any(first_day(below.text) for below in lines[number + 1 : number + 3]):
            return number
    return next((number for number, line in enumerate(lines[:HEAD_LINES]) if _line_is(line.text, "words")), None)


def _head(lines: Sequence[_Line]) -> tuple[str | None, str | None, str | None]:
    """Section, headline and byline above the length."""
    strong = [line for line in lines if line.strong]
    if strong and len(strong) < len(lines) + 1 and len({line.block for line in strong}) == 1:
        first, last = lines.index(strong[0]), lines.index(strong[-1])
        return _text(lines[:first]), _text(strong), lines[last + 1].text if last + 1 < len(lines) else None
    texts = [joined(line.text for line in lines if line.block == block) for block in dict.fromkeys(line.block for line in lines)]
    if len(texts) == 1 and len(lines) > 1:
        texts = [line.text for line in lines]
    return _by_looks(texts)


def _section_above(lines: Sequence[_Line], title: str) -> str | None:
    """The line above the headline that the page marks."""
    return lines[0].text if len(lines) > 1 and lines[0].text and not title.startswith(lines[0].text) and lines[0].text != title else None


def _author_below(lines: Sequence[_Line], title: str) -> str | None:
    """The line between the headline that the page marks and the length, where it is alone there and reads as an author."""
    below = _behind_title([line.text for line in lines if line.text], title)
    return below[0] if len(below) == 1 and _is_author(below[0]) else None


def _behind_title(texts: Sequence[str], title: str) -> Sequence[str]:
    """The lines below those that make up a title."""
    for number in range(len(texts), 0, -1):
        if title.endswith(texts[number - 1]) or texts[number - 1].endswith(title):
            return texts[number:]
    return ()


def _text(lines: Sequence[_Line]) -> str | None:
    return joined(line.text for line in lines) or None


def _by_looks(texts: list[str]) -> tuple[str | None, str | None, str | None]:
    """Section, headline and byline of lines that nothing marks: an author is told by "By" or looks like a name."""
    if not texts:
        return None, None, None
    if len(texts) > 2 and _is_credit(texts[-1]) and _is_author(texts[-2]):
        texts = texts[:-1]
    byline = texts.pop() if _has_author(texts) else None
    section = texts.pop(0) if len(texts) > 1 else None
    return section, joined(texts), byline


def _has_author(texts: list[str]) -> bool:
    """Whether the last of the lines above the length is an author."""
    if len(texts) == 2 and _is_section(texts[0]):
        return begins_as_byline(texts[1])
    if len(texts) > 2 and _is_section(texts[0]):
        return len(texts[-1].split()) <= 8
    return len(texts) > 1 and _is_author(texts[-1])


def _is_author(text: str) -> bool:
    name = without_place(re.split(r"[;,|]| and | et | und ", text)[0])
    return begins_as_byline(text) or is_name(name) or known_outlet(text) is not None


def _is_credit(text: str) -> bool:
    low = text.casefold()
    return known_outlet(text) is not None or any(low.startswith(word) for word in load_labels("factiva")["word"]["credit"])


def _is_section(text: str) -> bool:
    first = re.split(r"[;,:/]", text)[0].strip().casefold()
    return first in load_labels("factiva")["word"]["section"] or first.endswith((" desk", " news", " section"))


def _day(lines: Sequence[_Line]) -> tuple[Day | None, Sequence[_Line]]:
    """The day below the length, and what follows it and the clock."""
    for number, line in enumerate(lines[:3]):
        if (day := is_day_line(line.text)) is not None:
            rest = lines[number + 1 :]
            return day, rest[1:] if rest and _line_is(rest[0].text, "clock") else rest
    return None, lines


def _end_of_head(lines: Sequence[_Line]) -> tuple[int, str | None, str]:
    """Where the text begins behind outlet, code, edition, page, language and copyright; the language; the copyright line."""
    language_at = next((n for n, line in enumerate(lines[1:9], 1) if _line_is(line.text, "language")), None)
    language = lines[language_at].text if language_at is not None else None
    first = language_at + 1 if language_at is not None else 1
    for number in range(first, min(first + 6 if language_at is None else first + 1, len(lines))):
        if _line_is(lines[number].text, "copyright"):
            end = number + 1
            while end < len(lines) and lines[end].block == lines[number].block and _goes_on(lines, number, end):
                end += 1
            return end, language, " ".join(line.text for line in lines[number:end])
    if language_at is not None:
        return first, language, ""
    code = next(
        (n for n, line in enumerate(lines[1:4], 1) if any_of("factiva", "line", "source_code").fullmatch(line.text) and line.text.isupper()), None
    )
    return (code + 1 if code is not None else min(1, len(lines))), None, ""


def _goes_on(lines: Sequence[_Line], number: int, end: int) -> bool:
    """Whether a line goes on with a copyright notice that is hard-wrapped within a block of its own."""
    block_ends = next((n for n in range(end, len(lines)) if lines[n].block != lines[number].block), len(lines))
    return block_ends < len(lines) and block_ends - number <= 4 and 55 <= len(lines[end - 1].text) <= 100


def _without_publisher(lines: Sequence[_Line], names: str, marked: bool) -> Sequence[_Line]:
    """The text without the publisher's name that stands above the id."""
    if len(lines) < 2:
        return lines
    last = lines[-1].text
    words = re.findall(r"\w+", last.casefold())
    if not words or len(words) > PUBLISHER_WORDS or _SENTENCE_END.search(last) or re.search(r"[\"“”«»]", last):
        return lines
    known = set(re.findall(r"\w+", names.casefold()))
    alike = sum(word in known for word in words) * 2 >= len(words)
    company = any(word in load_labels("factiva")["word"]["publisher"] for word in words)
    capitalized = all(word[0].isupper() or len(word) < 4 for word in re.findall(r"[^\W\d_]+", last))
    named = last[0].isupper() and (capitalized or (company and len(words) <= 9) or re.search(r"\b(?:Inc|Ltd|Limited|Corp|GmbH|LLC|AG|SA)\b", last))
    return lines[:-1] if marked or alike or named else lines


def _blocks(lines: Sequence[_Line]) -> list[Block]:
    return [Block(tuple(line.text for line in lines if line.block == block)) for block in dict.fromkeys(line.block for line in lines)]
