"""Eureka.cc and Europresse: pages with one `article` an article, and the tables of the years to 2013."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from stcalib.ingest.days import Day, days_in, stamp_day, weekday_names
from stcalib.ingest.html_tree import html_blocks, text_of
from stcalib.ingest.label_files import any_of
from stcalib.ingest.names import author_names, outlet_name
from stcalib.ingest.paragraphs import paragraphs
from stcalib.ingest.story import Block, Story

if TYPE_CHECKING:
    from lxml.html import HtmlElement

AUTHOR_WORDS = 10
"""An author has at most so many words."""
_ID = re.compile(r"\w{1,20}·(\d{8})·\w{1,20}·")
_CLASSED = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"


def recognizes(page: str) -> bool:
    """Whether a page is such an export."""
    return (
        "DocPublicationName" in page
        or "titreArticleVisu" in page
        or "rdp__articletitle" in page
        or (_ID.search(page) is not None and "DocHeader" in page)
    )


def stories(tree: HtmlElement) -> Iterator[Story]:
    """The articles of a page, in order."""
    articles = [
        a
        for a in tree.iter("article")
        if _first(a, "DocPublicationName", "DocHeader", "titreArticleVisu") is not None and not list(a.iterancestors("article"))
    ]
    if articles:
        for article in articles:
            yield _story(article)
        return
    names = _all(tree, "DocPublicationName")
    seen: list[Any] = []
    for name in names:
        part = _outer(name, names)
        if part is not None and not any(part is other for other in seen):
            seen.append(part)
            yield _story(part)


def _all(root: Any, *classes: str) -> list[Any]:
    test = " or ".join(_CLASSED.format(name) for name in classes)
    return list(root.xpath(f".//*[{test}]"))


def _first(root: Any, *classes: str) -> Any:
    for name in classes:
        found = [element for element in _all(root, name) if text_of(element).strip()]
        if found:
            return found[0]
    return None


def _outer(name: Any, names: Sequence[Any]) -> Any:
    """The largest element around a publication's name that holds no other one."""
    others = [other for other in names if other is not name]
    part = name
    for ancestor in name.iterancestors():
        if ancestor.tag in {"body", "html"} or any(other in others for other in _all(ancestor, "DocPublicationName")):
            break
        part = ancestor
    return part if part is not name else name.getparent()


def _story(article: HtmlElement) -> Story:
    title_element = _first(article, "titreArticleVisu", "TitreArticleVisu", "rdp__articletitle")
    title = _line(title_element)
    header = " ".join(text_of(element).strip() for element in _all(article, "DocHeader"))
    day, note = _day(header, article)
    left_out = [element for element in article.iter("aside", "footer", "header") if element is not article]
    body = next((element for element in _bodies(article) if text_of(element).strip()), None)
    if body is not None:
        blocks = html_blocks(body, left_out)
        byline = _author(article, title_element, body)
    else:
        blocks = _behind(html_blocks(article, [e for e in left_out if e.tag != "header"]), title, header)
        byline = _author(article, title_element, None)
        if byline is None and len(blocks) > 1 and _may_be_author(blocks[0].text):
            byline, blocks = blocks[0].text, blocks[1:]
        elif byline is not None and blocks and blocks[0].text.strip() == byline:
            blocks = blocks[1:]
    return Story(
        paragraphs=paragraphs(_to_end(blocks)),
        title=title,
        outlet=outlet_name(re.sub(r"\s{2,}", " ", re.sub(r",?\s+no\.? .*$", "", _line(_first(article, "DocPublicationName")) or ""))),
        author=author_names(byline),
        byline=byline,
        published=day,
        section=_section(header),
        note=note,
    )


def _bodies(article: Any) -> list[Any]:
    return [*_all(article, "docOcurrContainer"), *_all(article, "DocText"), *article.iter("section")]


def _line(element: Any) -> str | None:
    return " ".join(text_of(element).split()) or None


def _day(header: str, article: Any) -> tuple[Any, str | None]:
    """The day of the header; else the eight digits of the document's id, with a note."""
    day = next(days_in(header), None)
    if day is not None:
        return day.day, None
    match = _ID.search(article.text_content())
    found: Day | None = stamp_day(match[1]) if match else None
    return (found.day, "day taken from the document's id") if found else (None, None)


def _section(header: str) -> str | None:
    """What stands before the day: "Politique, mardi 14 mars 2006, p. 12"."""
    day = next(days_in(header), None)
    if day is None:
        return None
    parts = [part.strip() for part in header[: day.start].split(",")]
    kept = [
        part
        for part in parts
        if part and part.lower() not in weekday_names() and not any(word.lower() in weekday_names() for word in part.split()[-1:])
    ]
    return ", ".join(kept) or None


def _author(article: Any, title: Any, body: Any) -> str | None:
    marked = _first(article, "docAuthors", "sm-margin-bottomNews")
    if marked is not None:
        return _line(marked)
    if title is None:
        return None
    around = title.getparent() if "titreArticle" in (title.getparent().get("class") or "") else title
    for element in around.itersiblings():
        if element is body or (body is not None and body in list(element.iter())):
            return None
        text = _line(element) if isinstance(element.tag, str) else None
        if text and element.tag in {"div", "p"} and not element.get("class"):
            return text if _may_be_author(text) else None
    return None


def _may_be_author(text: str) -> bool:
    return len(text.split()) <= AUTHOR_WORDS and not re.search(r"[.!?:…]$|\d", text.strip()) and text[:1].isupper()


def _behind(blocks: Sequence[Block], title: str | None, header: str) -> list[Block]:
    """The blocks behind the title, or behind the header of a post without one."""
    for mark in (title, header or None):
        if not mark:
            continue
        last = next((n for n, block in enumerate(blocks) if mark in " ".join(block.text.split())), None)
        if last is not None:
            below = _lines_behind(blocks[last], mark)
            return [*([Block(below)] if below else []), *blocks[last + 1 :]]
    return list(blocks)


def _lines_behind(block: Block, mark: str) -> tuple[str, ...]:
    """The lines of a block below the one that ends with the title or header, which may be broken over several."""
    for number in range(1, len(block.lines)):
        if " ".join(" ".join(block.lines[:number]).split()).endswith(mark):
            return block.lines[number:]
    return ()


def _to_end(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of the text up to the copyright, the id or the link to the original."""
    kept: list[Block] = []
    for block in blocks:
        lines: list[str] = []
        for line in block.lines:
            if len(line) < 300 and any_of("eureka", "line", "end").fullmatch(line.strip()):
                return [*kept, Block(tuple(lines))] if lines else kept
            if not any_of("eureka", "line", "hidden").fullmatch(line.strip()):
                lines.append(line)
        if lines:
            kept.append(Block(tuple(lines)))
    return kept
