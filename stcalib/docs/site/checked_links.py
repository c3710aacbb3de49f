"""After the site is built: every link of every page leads to a file and an anchor that are there, and nothing is loaded from elsewhere.

A hook of MkDocs. MkDocs itself checks the links of the Markdown; this checks what it made of them, with the pages from docstrings,
pictures, styles and scripts. The build fails with a list of what is wrong.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from mkdocs.exceptions import PluginError

LOADED = {"script": ("src",), "img": ("src", "srcset"), "link": ("href",), "iframe": ("src",), "source": ("src", "srcset"), "image": ("href",)}
"""What a browser loads of itself, by tag."""
_IN_A_STYLE = re.compile(r"""url\(\s*["']?([^"')]+?)["']?\s*\)|@import\s+["']([^"']+)["']""")
_BEFORE_A_WIDTH = re.compile(r"(\S*[^\s,])(?:\s[^,]*)?(?:,|$)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Seen(HTMLParser):
    """What a page links, what it loads, and its anchors."""

    def __init__(self, text: str):
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self._in_style = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes a tag in."""
        given = {name: value or "" for name, value in attrs}
        self.anchors.update(given[name] for name in ("id", "name") if name in given)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif given.get("rel") != "canonical":
            self.loads += [address for name in LOADED.get(tag, ()) if name in given for address in addresses(name, given[name])]
        self.loads += in_style(given.get("style", ""))
        self._in_style = tag == "style"

    def handle_data(self, data: str) -> None:
        """Takes the text of a style in."""
        if self._in_style:
            self.loads += in_style(data)

    def handle_endtag(self, tag: str) -> None:
        """Ends a style."""
        self._in_style = False


def addresses(name: str, value: str) -> list[str]:
    """The addresses in an attribute: one, or in `srcset` one before each width."""
    return _BEFORE_A_WIDTH.findall(value) if name == "srcset" else [value]


def in_style(text: str) -> list[str]:
    """The addresses that a style loads; what stands in it itself (`data:`) is none."""
    found = [one or other for one, other in _IN_A_STYLE.findall(_COMMENT.sub("", text))]
    return [address for address in found if not address.startswith(("data:", "#"))]


def on_post_build(config: Any) -> None:
    """Fails with what is wrong."""
    if wrong := faults(Path(config["site_dir"])):
        raise PluginError("The site is built, and this is wrong in it:\n" + "\n".join(wrong))


def faults(site: Path) -> list[str]:
    """Links that lead nowhere, and what would be loaded from elsewhere, a line each."""
    # the page for addresses that are not there cannot know where it is shown, so its links begin at the root
    pages = {path: Seen(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html")) if path.name != "404.html"}
    wrong = []
    loads = {path: seen.loads for path, seen in pages.items()}
    loads |= {path: in_style(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.css"))}
    for path, loaded in loads.items():
        name = path.relative_to(site)
        wrong += [f"{name}: loads {address}" for address in loaded if urlsplit(address).netloc]
        for link in [*(pages[path].links if path in pages else ()), *(address for address in loaded if not urlsplit(address).netloc)]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            anchors = pages[target].anchors if target in pages else set()
            if not target.is_file() or (parts.fragment and unquote(parts.fragment) not in anchors | {"__search"}):
                wrong.append(f"{name}: {link} leads nowhere")
    return wrong
