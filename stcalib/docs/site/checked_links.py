"""After the site is built: every link of every page leads to a file and an anchor that are there, and nothing is loaded from elsewhere.

A hook of MkDocs. MkDocs itself checks the links of the Markdown; this checks what it made of them, with the pages from docstrings,
pictures, styles and scripts. The build fails with a list of what is wrong.
"""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from mkdocs.exceptions import PluginError

LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


class Seen(HTMLParser):
    """What a page links, what it loads, and its anchors."""

    def __init__(self, text: str):
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes a tag in."""
        given = {name: value or "" for name, value in attrs}
        self.anchors.update(given[name] for name in ("id", "name") if name in given)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif LOADED.get(tag) in given and given.get("rel") != "canonical":
            self.loads.append(given[LOADED[tag]])


def on_post_build(config: Any) -> None:
    """Fails with what is wrong."""
    if wrong := faults(Path(config["site_dir"])):
        raise PluginError("The site is built, and this is wrong in it:\n" + "\n".join(wrong))


def faults(site: Path) -> list[str]:
    """Links that lead nowhere, and what would be loaded from elsewhere, a line each."""
    # the page for addresses that are not there cannot know where it is shown, so its links begin at the root
    pages = {path: Seen(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html")) if path.name != "404.html"}
    wrong = []
    for path, seen in pages.items():
        name = path.relative_to(site)
        wrong += [f"{name}: loads {address}" for address in seen.loads if urlsplit(address).netloc]
        for link in [*seen.links, *(address for address in seen.loads if not urlsplit(address).netloc)]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            anchors = pages[target].anchors if target in pages else set()
            if not target.is_file() or (parts.fragment and unquote(parts.fragment) not in anchors | {"__search"}):
                wrong.append(f"{name}: {link} leads nowhere")
    return wrong
