"""One article, and the shapes in which other corpora would hold it: the same words, other bytes."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

CLEAN = (Path(__file__).with_name("page.txt")).read_text(encoding="utf-8")
"""An article with rows of every kind, on one line a paragraph."""

STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_ENTITIES = {"“": "&ldquo;", "”": "&#8221;", "’": "&#x2019;", "—": "&mdash;", "é": "&eacute;", "ö": "&ouml;"}


def _paragraphs(text: str) -> list[str]:
    return text.strip().split("\n\n")


def _wrapped(text: str, width: int) -> str:
    return "\n\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in _paragraphs(text))


def _tagged(text: str) -> str:
    return "\n".join(f"<p>{line}</p>" for line in _paragraphs(text))


def _entities(text: str) -> str:
    return "".join(_ENTITIES.get(c, c) for c in text)


def _marked_up(text: str) -> str:
    linked = text.replace("Safe Third Country Agreement", '<a href="https://example.org/a?b=1&amp;c=2">Safe Third Country Agreement</a>')
    return linked.replace("Harold Pym", "<strong>Harold Pym</strong>").replace("1,263", "<em>1,263</em>")


def _page(text: str) -> str:
    return (
        "<!-- saved page -->\n<DIV CLASS='story'>\n<script>var said = \"1,000 people crossed\";</script>\n<style>p { color: red }</style>\n"
        + _tagged(_entities(_marked_up(text)))
        + "\n</DIV>\n"
    )


def _utf8(change: Callable[[str], str]) -> Callable[[str], bytes]:
    return lambda text: change(text).encode("utf-8")


DISGUISES: Mapping[str, Callable[[str], bytes]] = {
    "CRLF": _utf8(lambda text: text.replace("\n", "\r\n")),
    "CR": _utf8(lambda text: text.replace("\n", "\r")),
    "mixed line ends": _utf8(lambda text: text.replace(".\n\n", ".\r\n\n")),
    "one line a paragraph": _utf8(lambda text: text.replace("\n\n", "\n")),
    "Windows-1252": lambda text: text.encode("cp1252"),
    "Windows-1252 with CRLF": lambda text: text.replace("\n", "\r\n").encode("cp1252"),
    "byte-order mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16 little end first": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "hard-wrapped": _utf8(lambda text: _wrapped(text, 72)),
    "hard-wrapped with CRLF": _utf8(lambda text: _wrapped(text, 66).replace("\n", "\r\n")),
    "tags": _utf8(_tagged),
    "tags without line ends": _utf8(lambda text: _tagged(text).replace("\n", "")),
    "line breaks as tags": _utf8(lambda text: text.strip().replace("\n\n", "<br/><br />")),
    "entities": _utf8(_entities),
    "links and stress": _utf8(_marked_up),
    "a whole page": _utf8(_page),
    "no-break spaces": _utf8(lambda text: text.replace(" ", "\xa0")),
    "no-break spaces as entities": _utf8(lambda text: text.replace(" ", "&nbsp;")),
    "no-break spaces in Windows-1252": lambda text: re.sub(r"(?<=\d) |(?<=\.) ", "\xa0", text).encode("cp1252"),
    "narrow and thin spaces": _utf8(lambda text: text.replace(" p", "\u202fp").replace(" a", "\u2009a")),
    "tabs": _utf8(lambda text: text.replace(" c", "\tc")),
    "two spaces after a stop": _utf8(lambda text: text.replace(". ", ".  ")),
    "line separators": _utf8(lambda text: text.replace("\n", "\u2028")),
    "paragraph separators": _utf8(lambda text: text.replace("\n\n", "\u2029")),
    "next-line characters": _utf8(lambda text: text.replace("\n", "\x85")),
    "soft hyphens": _utf8(lambda text: text.replace("agreement", "agree\u00adment").replace("border", "bor\u00adder")),
    "zero-width spaces": _utf8(lambda text: text.replace(" said", " \u200bsaid").replace("1,263", "\u20601,263\u2060")),
    "byte-order marks inside": _utf8(lambda text: text.replace("\n\n", "\n\n\ufeff")),
    "form feeds": _utf8(lambda text: text.replace("\n\n", "\n\x0c\n")),
    "indented": _utf8(lambda text: "\n\n".join(f"    {line}   " for line in _paragraphs(text))),
    "blank lines around": _utf8(lambda text: "\n \n\n" + text + "\n\n \n"),
    "straight marks": _utf8(lambda text: text.translate(STRAIGHT)),
    "decomposed accents": _utf8(lambda text: unicodedata.normalize("NFD", text)),
}
