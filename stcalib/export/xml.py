"""XML written by hand: elements in order, attributes in order, no character that XML cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from stcalib.export.plain import NOT_XML

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def element(name: str, attributes: Mapping[str, object], children: Iterable[str] = (), text: str | None = None) -> str:
    """An element as text; attributes that are None are left out."""
    given = "".join(f" {key}={quoteattr(clean(str(value)), _BREAKS)}" for key, value in attributes.items() if value is not None)
    inner = escape(clean(text)) if text is not None else "".join(f"\n{child}" for child in children)
    if not inner:
        return f"<{name}{given}/>"
    return f"<{name}{given}>{inner}{'' if text is not None else chr(10)}</{name}>"


def clean(text: str) -> str:
    """The text with U+FFFD for what XML cannot hold."""
    return NOT_XML.sub("\ufffd", text)


_BREAKS = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
