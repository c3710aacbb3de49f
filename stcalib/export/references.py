"""The articles as references: BibTeX for LaTeX, CSL-JSON for Zotero, Pandoc and word processors.

A byline is given as it is printed, as one literal name: who of several is the author is not guessed. A day of publication
stands where it is known; an interval is given as one, and an open end is told in the note.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from stcalib.core.row_fields import as_text, days_in_words

_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_LATEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
_NO_KEY = re.compile(r"[^A-Za-z0-9:.+/-]+")


def csl_json(articles: pd.DataFrame) -> bytes:
    """The table of articles as CSL-JSON (`article-newspaper`)."""
    items = [_item(row) for row in _rows(articles)]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def bibtex(articles: pd.DataFrame) -> bytes:
    """The table of articles as BibTeX entries in UTF-8; `date` is that of BibLaTeX, `year` that of BibTeX."""
    keys: set[str] = set()
    return "\n".join(_entry(row, keys) for row in _rows(articles)).encode("utf-8")


def _rows(articles: pd.DataFrame) -> Iterator[dict[str, str]]:
    for record in articles.to_dict("records"):
        yield {str(name): " ".join(as_text(value).split()) for name, value in record.items()}


def _item(row: dict[str, str]) -> dict[str, Any]:
    first, last = row["published_earliest"], row["published_latest"]
    days = [[int(part) for part in day.split("-")] for day in dict.fromkeys((first, last)) if day]
    item: dict[str, Any] = {"id": row["article_id"], "type": "article-newspaper", "title": row["title"] or row["article_id"]}
    if row["outlet"]:
        item["container-title"] = row["outlet"]
    if row["byline"]:
        item["author"] = [{"literal": row["byline"]}]
    if first and last:
        item["issued"] = {"date-parts": days}
    if row["url"]:
        item["URL"] = row["url"]
    item["note"] = _note(row)
    return item


def _note(row: dict[str, str]) -> str:
    first, last, basis = row["published_earliest"], row["published_latest"], row["published_basis"]
    days = days_in_words(first, last) or "on a day that is not known"
    return f"published {days} ({basis}); sha256 {row['sha256']}"


def _entry(row: dict[str, str], keys: set[str]) -> str:
    first, last = row["published_earliest"], row["published_latest"]
    fields = {"author": _braced(row["byline"]), "title": _braced(row["title"] or row["article_id"]), "journal": _latex(row["outlet"])}
    if first or last:
        fields["date"] = first if first == last else f"{first}/{last}"
    if first[:4] == last[:4]:
        fields["year"] = first[:4]
    fields |= {"url": row["url"].replace("{", "%7B").replace("}", "%7D"), "note": _latex(_note(row))}
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@article{{{_key(row['article_id'], keys)},\n{''.join(lines)}}}\n"


def _key(article_id: str, keys: set[str]) -> str:
    """A key of its own: letters, digits and few marks."""
    plain = _NO_KEY.sub("-", article_id).strip("-") or "article"
    key, number = plain, 1
    while key.lower() in keys:
        number += 1
        key = f"{plain}-{number}"
    keys.add(key.lower())
    return key


def _braced(text: str) -> str:
    """A text that BibTeX takes as it is, capitals and all."""
    return f"{{{_latex(text)}}}" if text else ""


def _latex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _LATEX.get(match.group(), "\\" + match.group()), text)
