"""Whether a text in the folder of articles is none yet: an export of many stories, a web page, a story in another language."""

from __future__ import annotations

import re
from functools import cache

from stcalib.ingest import factiva, nexis, nexis_uni, proquest
from stcalib.ingest.label_files import load_labels
from stcalib.ingest.paragraphs import blocks_of
from stcalib.ingest.story import Block

SAMPLE = 200_000
"""Characters from the top that are looked at."""
WORDS = 60
"""Words that a text has at least whose language is told."""
_PAGE = re.compile(r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_RECORDS = re.compile(r"\s*(?:\[\s*)?\{\s*\"")
_WORD = re.compile(r"[^\W\d_]+")


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


@cache
def _words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in load_labels("languages")["words"].items()}


def other_language(text: str, read: str = "English") -> str | None:
    """The language of a text by its commonest words, where it is plainly not the one that is read."""
    words = [word.lower() for word in _WORD.findall(text[:20_000])]
    if len(words) < WORDS:
        return None
    counts = {language: sum(word in common for word in words) for language, common in _words().items()}
    best = max(counts, key=lambda language: counts[language])
    plain = counts[best] > 0.1 * len(words) and counts[best] > 3 * counts[read]
    return best if best != read and plain else None
