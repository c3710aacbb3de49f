"""Whether a text in the folder of articles is none yet: an export of many stories, a web page."""

from __future__ import annotations

import re

from stcalib.ingest import factiva, nexis, nexis_uni, proquest
from stcalib.ingest.paragraphs import blocks_of
from stcalib.ingest.story import Block

SAMPLE = 200_000
"""Characters from the top that are looked at."""
_PAGE = re.compile(r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_RECORDS = re.compile(r"\s*(?:\[\s*)?\{\s*\"")


def looks_like(text: str) -> str | None:
    """What a text looks like that is no story as it stands: "an export of 5 stories (Nexis)", "a web page", "RTF" …; else None."""
    sample = text[:SAMPLE].lstrip("\ufeff")
    if _PAGE.match(sample):
        return "a web page"
    if sample.lstrip().startswith("{\\rtf"):
        return "an RTF file"
    if sample.lstrip().startswith("%PDF"):
        return "a PDF"
    if _RECORDS.match(sample):
        return "JSON"
    return _export(blocks_of(text if len(text) < 10 * SAMPLE else sample))


def _export(blocks: list[Block]) -> str | None:
    """The database whose export some blocks are, with the number of its stories."""
    for name, engine in (("Nexis Uni", nexis_uni), ("Factiva", factiva), ("ProQuest", proquest), ("Nexis", nexis)):
        if engine.recognizes(blocks):
            number = sum(1 for _ in engine.stories(blocks))
            return f"an export of {number} stories ({name})" if number > 1 else f"an export ({name})"
    return None
