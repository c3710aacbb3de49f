"""Feeds: RSS and Atom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from xml.etree.ElementTree import tostring

from stcalib.ingest.days import stamp_day
from stcalib.ingest.html_tree import html_blocks, parse_html, text_of
from stcalib.ingest.names import author_names, known_outlet, outlet_name
from stcalib.ingest.page_body import is_furniture
from stcalib.ingest.paragraphs import paragraphs
from stcalib.ingest.story import Story


def name_of(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2].lower()


def is_feed(root: Any) -> bool:
    """Whether the root of a document is that of a feed."""
    return name_of(root) in {"rss", "rdf", "feed"}


def stories(root: Any) -> Iterator[Story]:
    """The stories of a feed. Entries that bring no text have no paragraphs."""
    channel = next((element for element in root.iter() if name_of(element) == "channel"), root)
    feed_title = _child(channel, "title")
    for entry in root.iter():
        if name_of(entry) in {"item", "entry"}:
            yield _story(entry, feed_title)


def _children(parent: Any, name: str) -> list[Any]:
    return [element for element in parent if name_of(element) == name]


def _child(parent: Any, *names: str) -> str | None:
    """The text of the first child that has one of the names and is filled."""
    for name in names:
        for element in _children(parent, name):
            text = "".join(element.itertext()).strip()
            if text:
                return text if not len(element) else _markup(element)
    return None


def _markup(element: Any) -> str:
    """What stands in an element as markup, without namespaces."""
    return re.sub(r"(</?)[\w.-]+:", r"\1", tostring(element, encoding="unicode"))


def _story(entry: Any, feed_title: str | None) -> Story:
    title = _plain(_child(entry, "title"))
    source = next((" ".join("".join(element.itertext()).split()) for element in _children(entry, "source")), "")
    if _children(entry, "source") and not source:
        source = _child(_children(entry, "source")[0], "title") or ""
    if title and source and title.endswith(f" - {source}"):
        title = title[: -len(source) - 3].strip()
    text = _child(entry, "encoded", "content", "fulltext", "body")
    note = None
    if text is None and (text := _child(entry, "description", "summary")) is not None:
        note = "only the summary of the feed"
    body = tuple(paragraph for paragraph in _body(text or "") if not is_furniture(paragraph))
    if note and _is_link_list(text or "", title or ""):
        body = ()
    byline = _byline(entry)
    day = stamp_day(_child(entry, "pubdate", "published", "issued", "date"))
    return Story(
        paragraphs=body,
        title=title,
        outlet=outlet_name(source) or _outlet_of(_plain(feed_title)),
        author=author_names(byline),
        byline=byline,
        published=day.day if day else None,
        url=_link(entry),
        section=_child(entry, "category"),
        note=note,
    )


def _outlet_of(feed_title: str | None) -> str | None:
    """The outlet that a feed's title names: whole, or before or behind a dash or bar, as in "The Daily Example - Local"."""
    parts = re.split(r"\s+[-–—|:•·]\s+|\s*[|:»>]\s+", feed_title or "")
    return next((known for part in (feed_title, *parts) if (known := known_outlet(part)) is not None), None) or outlet_name(feed_title)


def _plain(text: str | None) -> str | None:
    if not text:
        return None
    text = text_of(parse_html(f"<p>{text}</p>")) if re.search(r"<\w", text) else unescape(text)
    return " ".join(text.split()) or None


def _body(text: str) -> tuple[str, ...]:
    return paragraphs(html_blocks(parse_html(f"<div>{text}</div>"))) if text.strip() else ()


def _byline(entry: Any) -> str | None:
    names = []
    for element in entry:
        if name_of(element) in {"creator", "author"}:
            inner = _child(element, "name")
            text = inner or (element.text or "").strip()
            mail = re.fullmatch(r"\S+@\S+\s*\((.*)\)", text)
            names.append(mail[1] if mail else text)
    return ", ".join(name for name in dict.fromkeys(names) if name and not re.fullmatch(r"\S+@\S+", name)) or None


def _link(entry: Any) -> str | None:
    for element in _children(entry, "link"):
        address = (element.text or "").strip() or element.get("href", "")
        if address.startswith("http") and element.get("rel", "alternate") == "alternate":
            return str(address)
    return None


def _is_link_list(text: str, title: str) -> bool:
    """Whether a description is nothing but links, as those of news aggregators are."""
    tree = parse_html(f"<div>{text}</div>")
    whole = "".join(tree.text_content().split())
    links = "".join("".join(a.text_content().split()) for a in tree.iter("a"))
    return bool(links) and (len(links) > 0.5 * len(whole) or "".join(title.split()) in links)
