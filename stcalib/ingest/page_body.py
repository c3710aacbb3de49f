"""The text of a web page: what trafilatura takes for the story, with the paragraphs that it lost inside it, and without furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from stcalib.ingest.html_tree import html_blocks
from stcalib.ingest.label_files import load_labels, whole_line
from stcalib.ingest.names import known_outlet
from stcalib.ingest.story import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FURNITURE_LENGTH = 200
"""A line of furniture has at most so many characters."""
PAGE_LENGTH = 2_000_000
"""A longer page is read by the reader of one's own alone."""
MARKS = 300
"""Characters of a class or id that are looked at."""
LINKED = 0.5
"""A block of whose characters more than this share are links is a list of links."""
_ASIDE = frozenset({"aside", "nav", "footer", "form", "figure", "figcaption", "button", "menu", "dialog"})
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@cache
def _furniture_names() -> frozenset[str]:
    return frozenset(load_labels("web")["part"]["furniture"].split())


@cache
def _line(entry: str) -> re.Pattern[str]:
    return whole_line(load_labels("web")["line"][entry])


def _marks(element: Any) -> str:
    """Class and id of an element, as far as they can matter."""
    return f"{(element.get('class') or '')[:MARKS]} {(element.get('id') or '')[:MARKS]}".strip()


def is_furniture_part(element: Any) -> bool:
    """Whether an element is no part of a story by its tag, role, class or id."""
    if element.tag in _ASIDE or (element.get("role") or "") in {"navigation", "complementary", "contentinfo", "banner", "search", "dialog"}:
        return True
    if element.tag in {"article", "main", "body", "html"}:
        return False
    marks = _marks(element)
    if not marks:
        return False
    names = marks.casefold().split()
    words = {word.lower() for word in _WORDS.findall(marks)}
    joined = {re.sub(r"[-_]", "", name) for name in names}
    return bool((words | joined | set(names)) & _furniture_names()) and not is_story_part(element)


def is_story_part(element: Any) -> bool:
    """Whether an element is marked as the text of a story."""
    if "articleBody" in (element.get("itemprop") or ""):
        return True
    names = _marks(element).casefold().split()
    return bool(set(names) & set(load_labels("web")["part"]["story"].split()))


def is_aside(element: Any) -> bool:
    """Whether an element stands in a part that lists other stories: an aside, a navigation, related links, comments."""
    for part in element.iterancestors():
        if part.tag in {"aside", "nav", "footer"}:
            return True
        marks = {word.lower() for word in _WORDS.findall(_marks(part))}
        if marks & {"related", "comment", "comments", "recommended", "sidebar", "trending", "popular", "recirc", "teaser", "rail", "widget", "promo"}:
            return True
    return False


def page_body(page: str, tree: HtmlElement, known: Sequence[str]) -> list[Block]:
    """The blocks of the story of a page, without its headline, byline and line of date, which are `known`."""
    container = _container(tree)
    own = _own_blocks(container) if container is not None else []
    taken = _by_trafilatura(page)
    blocks = _merged(own, taken)
    return list(_cleaned(blocks, known))


# ---- the reader of one's own
def _container(tree: HtmlElement) -> Any:
    """The element of the story: what is marked as its text, else the `article` or `main` with most text, else what holds most paragraphs."""
    marked = [element for element in tree.iter() if isinstance(element.tag, str) and is_story_part(element)]
    marked = [element for element in marked if _weight(element) > 0]
    if marked:
        return max(marked, key=_weight)
    for tag in ("article", "main"):
        parts = [part for part in tree.iter(tag) if not is_aside(part)]
        if parts and _weight(best := max(parts, key=_weight)) > 0:
            return best
    weights: dict[Any, int] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        if parent is not None and not any(is_furniture_part(part) for part in [paragraph, *paragraph.iterancestors()]):
            weights[parent] = weights.get(parent, 0) + len(paragraph.text_content())
            if (above := parent.getparent()) is not None:
                weights[above] = weights.get(above, 0) + len(paragraph.text_content()) // 2
    return max(weights, key=lambda element: weights[element]) if weights else tree.find("body")


def _weight(element: Any) -> int:
    return sum(len(p.text_content()) for p in element.iter("p", "li", "td") if len(p.text_content()) > 40) + (
        1 if element.text_content().strip() else 0
    )


def _own_blocks(container: Any) -> list[Block]:
    without = [part for part in container.iterdescendants() if isinstance(part.tag, str) and (is_furniture_part(part) or _is_link_list(part))]
    return html_blocks(container, without)


def _is_link_list(element: Any) -> bool:
    """Whether a list or paragraph is nearly all links: related stories, tags."""
    if element.tag not in {"ul", "ol", "p", "div", "section"}:
        return False
    text = "".join(element.text_content().split())
    if not text or len(text) > 1500:
        return False
    links = sum(len("".join(a.text_content().split())) for a in element.iter("a"))
    return links > (0.9 if element.tag == "p" else LINKED) * len(text) and links > 0 and (element.tag != "p" or len(text) < 150)


# ---- trafilatura
def _by_trafilatura(page: str) -> list[Block]:
    from trafilatura import bare_extraction

    if len(page) > PAGE_LENGTH:
        return []
    try:
        found = bare_extraction(page, include_comments=False, include_tables=True, include_links=False, include_images=False, with_metadata=False)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return []
    body = getattr(found, "body", None)
    return [] if body is None else list(_xml_blocks(body))


def _xml_blocks(body: Any) -> Iterator[Block]:
    for element in body:
        if not isinstance(element.tag, str):
            continue
        if element.tag == "table":
            for row in element.iter("row"):
                cells = [" ".join("".join(cell.itertext()).split()) for cell in row.iter("cell")]
                if any(cells):
                    yield Block(("\t".join(cells).strip("\t"),))
        elif element.tag == "list":
            for item in element.iter("item"):
                if text := " ".join("".join(item.itertext()).split()):
                    yield Block((text,))
        elif element.tag == "quote" and len(element):
            yield from _xml_blocks(element)
        else:
            for text in "".join(_with_breaks(element)).split("\n"):
                if text := " ".join(text.split()):
                    yield Block((text,), strong=element.tag == "head")


def _with_breaks(element: Any) -> Iterator[str]:
    yield re.sub(r"\s+", " ", element.text or "")
    for child in element:
        yield "\n" if child.tag == "lb" else "".join(_with_breaks(child))
        yield re.sub(r"\s+", " ", child.tail or "")


# ---- both together
def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _merged(own: Sequence[Block], taken: Sequence[Block]) -> list[Block]:
    """The blocks of one's own reader where it found the same story, trafilatura's where that found another or more."""
    if not taken:
        return list(own)
    theirs = {_key(block.text) for block in taken}
    if len(own) > 1 and any(all(_key(block.text) in one for block in own) for one in theirs):
        return list(own)
    whole = "".join(_key(block.text) for block in own)
    lost = sum(len(block.text) for block in taken if _key(block.text) not in whole)
    if not own or lost > 0.25 * sum(len(block.text) for block in taken):
        return list(taken)
    shared = [n for n, block in enumerate(own) if _key(block.text) in theirs or _within(_key(block.text), theirs)]
    if not shared:
        return list(taken)
    first, last = shared[0], shared[-1]
    kept = []
    for number, block in enumerate(own):
        within = first < number < last and (_reads_as_text(block) or _is_subhead(block))
        inside = number in shared or within or (number > last and _line("correction").fullmatch(block.text))
        lead = number < first and len(block.text.split()) >= 12
        tail = number > last and number - last <= 3 and len(block.text.split()) >= 12
        if inside or lead or tail:
            kept.append(block)
    return kept


def _within(key: str, keys: set[str]) -> bool:
    return len(key) > 30 and any(key in other or other in key for other in keys if len(other) > 30)


def _is_subhead(block: Block) -> bool:
    return block.strong and len(block.text.split()) > 1


def _reads_as_text(block: Block) -> bool:
    return bool(re.search(r"[.!?…:]['\"”’»)\]]*$", block.text.strip())) or len(block.text.split()) >= 4 or "\t" in block.text


def _cleaned(blocks: Sequence[Block], known: Sequence[str]) -> Iterator[Block]:
    """The blocks without lines of furniture and credits, and without what the head of the page repeats."""
    heads = {_key(text) for text in known if text}
    begun = False
    for block in blocks:
        lines = []
        for line in block.lines:
            text = line.strip()
            if len(text) <= FURNITURE_LENGTH and (_line("furniture").fullmatch(text) or _line("credit").fullmatch(text)):
                continue
            if not begun and (_key(text) in heads or is_head_line(text) or known_outlet(text)):
                continue
            begun = begun or len(text.split()) > 12
            lines.append(line)
        if lines:
            yield Block(tuple(lines), block.strong)


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page and not to its story."""
    return len(line) <= FURNITURE_LENGTH and _line("furniture").fullmatch(line.strip()) is not None


def without_furniture(blocks: Sequence[Block]) -> list[Block]:
    """Blocks without lines of furniture."""
    kept = (Block(tuple(line for line in block.lines if not is_furniture(line)), block.strong) for block in blocks)
    return [block for block in kept if block.lines]


def is_head_line(text: str) -> bool:
    """Whether a line by the headline is the byline or the day."""
    from stcalib.ingest.days import is_day_line
    from stcalib.ingest.names import begins_as_byline

    if len(text) > 160:
        return False
    labels = load_labels("web")["line"]
    dated = re.match("|".join(f"(?:{label})" for label in (*labels["published"], *labels["updated"])), text, re.IGNORECASE)
    return bool(is_day_line(text) or begins_as_byline(text) or (dated and re.search(r"\d{4}", text)))
