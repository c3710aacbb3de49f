"""What a web page states of its story: JSON-LD first, then Open Graph and meta elements, `time`, and the line of date by the headline.

Never a day of update, of a crawl, or out of the story; days are taken as they are written, whatever the time zone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from stcalib.ingest.days import Day, days_in, is_day_line, stamp_day
from stcalib.ingest.html_tree import text_of
from stcalib.ingest.label_files import load_labels
from stcalib.ingest.names import author_names, begins_as_byline, host_of, known_outlet, outlet_name, outlet_of_address
from stcalib.ingest.story import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEPTH = 12
"""Levels to which the data of a page are searched."""
NEAR = 10
"""Blocks behind the headline in which its line of date stands."""
_SUFFIX = re.compile(r"\s+(?:[|•·]|[-–—]{1,2})\s+((?:(?!\s[-–—]{1,2}\s)[^|•·]){2,60})$")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page states. `day_text` is a day that can be read in two ways."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    author: str | None = None
    published: date | None = None
    day_text: str | None = None
    url: str | None = None
    section: str | None = None
    language: str | None = None
    text: str | None = None
    cut: bool = False


def page_facts(tree: HtmlElement, blocks: Sequence[Block]) -> PageFacts:
    """The facts of a page; `blocks` are all its blocks, for the line of date."""
    data = _data(tree)
    meta = _meta(tree)
    url = _url(tree, data, meta)
    heading = _heading(tree)
    title = _title(tree, data, meta, heading)
    names = _author_names(data)
    printed = _printed_byline(tree, blocks, heading or title) if not names else None
    byline = ", ".join(names) or _meta_author(meta) or printed
    day = _day(tree, data, meta, blocks, heading or title)
    return PageFacts(
        title=title,
        outlet=_outlet(tree, data, meta, url),
        byline=byline,
        author=", ".join(dict.fromkeys(found for name in names if (found := author_names(name)))) or author_names(byline),
        published=day.day if day else None,
        day_text=None if day is None or day.day else "ambiguous",
        url=url,
        section=_text(data.get("articleSection")) or _first(meta, "section"),
        language=_text(data.get("inLanguage")) or tree.get("lang") or _first(meta, "language"),
        text=_text(data.get("articleBody")),
        cut=str(data.get("isAccessibleForFree")).lower() == "false",
    )


# ---- JSON-LD
def _data(tree: HtmlElement) -> dict[str, Any]:
    """The data of the page's own story: of several, the one whose headline or address is the page's."""
    values = [_json(script.text or "") for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    things = dict(_things(values))
    found = [_with_things(entry, things) for entry in _articles(values)]
    if len(found) < 2:
        return found[0] if found else {}
    headings = {_key(text_of(h)) for h in tree.iter("h1")} - {""}
    addresses = {link.get("href") for link in tree.iter("link") if (link.get("rel") or "") == "canonical"}
    own = [entry for entry in found if _key(_text(entry.get("headline")) or "") in headings or _address(entry) in addresses]
    return max(own or found[:1], key=lambda entry: ("datePublished" in entry, "author" in entry))


def _json(text: str) -> Any:
    text = re.sub(r"^\s*(?://)?\s*<!\[CDATA\[|\]\]>\s*$|^\s*<!--|-->\s*$", "", text.strip()).strip().rstrip(";")
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _articles(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The articles in some data: alone, in a list, in `@graph` or as the main part of a page."""
    if depth > DEPTH:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _articles(entry, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        names = {str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])}
        if names & set(load_labels("web")["data"]["types"]):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item"):
            if isinstance(value.get(key), (dict, list)):
                yield from _articles(value[key], depth + 1)


def _things(value: Any, depth: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the data describe under an `@id`, to which other parts of them refer."""
    if depth > DEPTH:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _things(entry, depth + 1)
    elif isinstance(value, dict):
        if isinstance(value.get("@id"), str) and (value.get("name") or value.get("headline")):
            yield value["@id"], value
        for entry in value.values():
            if isinstance(entry, (dict, list)):
                yield from _things(entry, depth + 1)


def _with_things(entry: dict[str, Any], things: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """An article with its authors and publisher in the place of references to them."""
    return entry | {key: _resolved(entry[key], things) for key in ("author", "creator", "publisher", "sourceOrganization") if key in entry}


def _resolved(value: Any, things: Mapping[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolved(one, things) for one in value]
    if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
        return things.get(value["@id"], value)
    return value


def _text(value: Any) -> str | None:
    """A text of the data, of whatever shape."""
    if isinstance(value, str):
        from html import unescape

        return " ".join(unescape(value).split()) if "\n" not in value else unescape(value).strip() or None
    if isinstance(value, list):
        return next((text for entry in value if (text := _text(entry))), None)
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value") or value.get("headline"))
    return None


def _address(entry: dict[str, Any]) -> str | None:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = entry.get(key)
        address = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(address, str) and address.startswith("http"):
            return address
    return None


def _author_names(data: dict[str, Any]) -> list[str]:
    value = data.get("author") or data.get("creator")
    entries = value if isinstance(value, list) else [value]
    names = [name for entry in entries if (name := _text(entry)) and not name.startswith("http")]
    return list(dict.fromkeys(names))


# ---- meta elements
def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name, []).append(" ".join(content.split()))
    return found


def _first(meta: dict[str, list[str]], field: str) -> str | None:
    return next((meta[name][0] for name in load_labels("web")["meta"][field] if name in meta), None)


def _meta_author(meta: dict[str, list[str]]) -> str | None:
    for name in load_labels("web")["meta"]["author"]:
        values = [value for value in meta.get(name, ()) if not re.match(r"https?://|/|@", value)]
        if values:
            return ", ".join(dict.fromkeys(values))
    return None


def _url(tree: HtmlElement, data: dict[str, Any], meta: dict[str, list[str]]) -> str | None:
    canonical = next((link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None)
    return next((a for a in (canonical, _first(meta, "url"), _address(data)) if a and a.startswith("http")), None)


# ---- headline and outlet
def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _heading(tree: HtmlElement) -> str | None:
    """The headline as the page shows it: the first `h1` of the story, else of the page."""
    marked = tree.xpath("//h1[contains(@itemprop, 'headline')] | //article//h1 | //main//h1 | //h1")
    texts = [" ".join(text_of(h).split()) for h in marked]
    return next((text for text in texts if text and known_outlet(text) is None), None)


def _title(tree: HtmlElement, data: dict[str, Any], meta: dict[str, list[str]], heading: str | None) -> str | None:
    stated = _text(data.get("headline")) or _text(data.get("name"))
    if stated:
        begun = _key(re.sub(r"(?:\.\.\.|…)\s*$", "", stated))
        longer = [text for text in (heading, *meta.get("og:title", ())) if text and _key(text).startswith(begun) and len(text) > len(stated)]
        return _without_suffix(longer[0], tree, meta) if longer and (stated.endswith(("…", "...")) or len(stated) >= 60) else stated
    printed = next((" ".join(text_of(t).split()) or " ".join((t.text or "").split()) for t in tree.iter("title")), None)
    candidates = [_first(meta, "title"), heading, printed]
    title = next((text for text in candidates if text), None)
    if heading and title and _key(title).startswith(_key(heading)):
        return heading
    return _without_suffix(title, tree, meta) if title else None


def _without_suffix(title: str, tree: HtmlElement, meta: dict[str, list[str]]) -> str:
    """A title without the outlet behind a bar or dash."""
    match = _SUFFIX.search(title)
    if match is None:
        return title
    site = _first(meta, "outlet")
    if (site and _key(site) == _key(match[1])) or known_outlet(match[1]) or re.match(r"\s+[|•·]", match.group()):
        return title[: match.start()]
    return title


def _outlet(tree: HtmlElement, data: dict[str, Any], meta: dict[str, list[str]], url: str | None) -> str | None:
    """The publisher of the data, the page's name of itself, its domain, or the name behind its title."""
    stated = [_text(data.get("publisher")), _first(meta, "outlet"), _text(data.get("sourceOrganization"))]
    named = [name for name in stated if name and not name.startswith("http")]
    for name in named:
        if (known := known_outlet(name)) is not None:
            return known
    if named:
        return outlet_name(named[0])
    if (by_domain := outlet_of_address(url)) is not None:
        return by_domain
    printed = next((t.text or "" for t in tree.iter("title")), "")
    match = _SUFFIX.search(" ".join(printed.split()))
    if match is not None and len(match[1].split()) <= 6:
        return outlet_name(match[1])
    return host_of(url) or None


# ---- the day
def _day(tree: HtmlElement, data: dict[str, Any], meta: dict[str, list[str]], blocks: Sequence[Block], heading: str | None) -> Day | None:
    for value in (data.get("datePublished"), data.get("dateCreated")):
        if (day := stamp_day(_text(value))) is not None and day.day:
            return day
    for name in load_labels("web")["meta"]["day"]:
        if (day := stamp_day(next(iter(meta.get(name, ())), None))) is not None and day.day:
            return day
    return _time_element(tree) or _printed_day(blocks, heading)


def _time_element(tree: HtmlElement) -> Day | None:
    """The day of the `time` elements of the story: one that is marked as published first, none that is marked as updated."""
    from stcalib.ingest.page_body import is_aside

    found: list[tuple[bool, Day]] = []
    for element in tree.iter("time", "abbr", "span", "div", "p"):
        stamp = element.get("datetime") or (element.get("content") if "datePublished" in (element.get("itemprop") or "") else None)
        if stamp is None and (element.tag != "time" and "datePublished" not in (element.get("itemprop") or "")):
            continue
        day = stamp_day(stamp) or stamp_day(" ".join(text_of(element).split()))
        if day is None or day.day is None or _is_update(element) or is_aside(element):
            continue
        marks = " ".join((element.get(name) or "") for name in ("itemprop", "class", "pubdate", "id")).lower() + (
            " publish" if element.get("pubdate") is not None else ""
        )
        found.append(("publi" in marks or "datepublished" in marks, day))
    return next((day for marked, day in found if marked), found[0][1] if found else None)


def _is_update(element: Any) -> bool:
    """Whether a `time` says when the page was changed: its own marks, or the words right before it."""
    marks = " ".join((element.get(name) or "") for name in ("itemprop", "class", "id"))
    if re.search(r"modif|updat|edited|last-?change", marks, re.IGNORECASE):
        return True
    parent = element.getparent()
    before = ""
    if parent is not None:
        previous = element.getprevious()
        before = (previous.tail if previous is not None else parent.text) or ""
        if previous is not None and not before.strip() and isinstance(previous.tag, str) and previous.tag != "time":
            before = text_of(previous)
        if not before.strip() and parent.tag in {"span", "p", "div", "li"} and len(parent.text_content()) < 80:
            before = f"{parent.get('class') or ''} {parent.text_content()[: parent.text_content().find(text_of(element) or '~')]}"
    return (
        bool(re.search(f"(?:{'|'.join(load_labels('web')['line']['updated'])})[^.\\d]{{0,20}}$", before.strip() + " ", re.IGNORECASE))
        or "updat" in before[-40:].lower()
    )


def _near(blocks: Sequence[Block], heading: str | None, before: int = 3) -> Iterable[str]:
    """The lines around the headline."""
    key = _key(heading or "")
    at = next((n for n, block in enumerate(blocks) if key and _key(block.text) == key), None)
    if at is None:
        return (line for block in blocks[:NEAR] for line in block.lines)
    return (line for block in [*blocks[at + 1 : at + 1 + NEAR], *blocks[max(at - before, 0) : at]] for line in block.lines)


def _printed_day(blocks: Sequence[Block], heading: str | None) -> Day | None:
    """The day of a line by the headline that says "Published", or holds nothing but a day."""
    labels = load_labels("web")["line"]
    published = re.compile("|".join(labels["published"]), re.IGNORECASE)
    updated = re.compile("|".join(labels["updated"]), re.IGNORECASE)
    plain = None
    for line in _near(blocks, heading):
        if len(line) > 200:
            continue
        for day in days_in(line):
            before = line[: day.start]
            last = [match.end() for match in published.finditer(before)]
            changed = [match.end() for match in updated.finditer(before)]
            if last and (not changed or max(changed) < max(last)) and len(before) - max(last) < 30:
                return day
        if plain is None and is_day_line(line) and not updated.search(line):
            plain = is_day_line(line)
    return plain


def _printed_byline(tree: HtmlElement, blocks: Sequence[Block], heading: str | None) -> str | None:
    marked = tree.xpath(
        "//*[@rel='author' or contains(@itemprop, 'author') or contains(@class, 'byline')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' author ') or contains(concat(' ', normalize-space(@class), ' '), ' auteur ')]"
    )
    for element in marked:
        text = " ".join(text_of(element).split())
        if text and len(text) < 120 and author_names(re.split(r"\s[|·•]\s|(?:Published|Posted|Publié|Updated)\b", text)[0]):
            return re.split(r"\s[|·•]\s|\s*(?:Published|Posted|Publié|Updated)\b", text)[0]
    return next((line for line in _near(blocks, heading) if len(line) < 120 and begins_as_byline(line)), None)
