"""The parts of a page: text made safe, tables with head lines, links that lead only to web addresses."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from urllib.parse import urlsplit

import pandas as pd

from stcalib.core.visible import visible


def static(name: str) -> str:
    """A file of the report's own style or script."""
    return (files("stcalib.report") / "static" / name).read_text(encoding="utf-8")


def safe(value: object) -> str:
    """A value as text of the page: what would act shows as a mark, an unknown is empty."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return escape(f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else visible(str(value)))


def link(address: object, words: str) -> str:
    """`words` (safe already) with a link, where the address is one of the web."""
    text = str(address) if isinstance(address, str) else ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return words
    if parts.scheme not in {"http", "https"} or not parts.netloc or not text.isprintable() or " " in text:
        return words
    return f'<a href="{escape(text, quote=True)}" rel="noopener noreferrer nofollow">{words}</a>'


def marked(text: str, start: int, end: int, first: int, last: int) -> str:
    """The characters `start` to `end` of a text with `first` to `last` in them marked."""
    first, last = max(first, start), min(last, end)
    if first >= last:
        return safe(text[start:end])
    return f"{safe(text[start:first])}<mark>{safe(text[first:last])}</mark>{safe(text[last:end])}"


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are safe already; empty where there are no rows."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    if not body:
        return ""
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in heads)
    return f"<table><caption>{safe(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def section(name: str, title: str, *parts: str) -> str:
    """A part of the report under its title; nothing where it holds nothing."""
    inner = "".join(parts)
    return f'<section id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{safe(title)}</h2>{inner}</section>' if inner else ""


def source_hash(text: str) -> str:
    """What the policy of a page names a script by."""
    return "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'"


def whole_page(title: str, language: str, body: str, scripts: Sequence[str]) -> str:
    """The page, with a policy that forbids it to load or run anything but its own `scripts`."""
    allowed = " ".join(source_hash(script) for script in scripts) or "'none'"
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {allowed}; base-uri 'none'; form-action 'none'"
    loaded = "".join(f'<script type="module">{script}</script>' for script in scripts)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language, quote=True)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=True)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>{safe(title)}</title><style>{static('report.css')}</style></head>\n<body>{body}{loaded}</body></html>\n"
    )
