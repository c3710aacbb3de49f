"""Sentences of the parts of a page that are read, on a masked text (see `scan.masked`).

A quotation never breaks a sentence that goes on around it, and a stop behind an abbreviation ends a sentence
only where the next word opens one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.text.tokens import ENDS_MARK, ENDS_STOP, QUOTED
from stcalib.text.zones import READ, Block

LONGEST = 2000
"""Characters after which a sentence is cut; the longest sentences of newspapers have a third of it."""

_SENTENCE_END = re.compile(rf"[.!?…]+[)\]]*(?=\s+\S|$)|[{ENDS_STOP}{ENDS_MARK}](?=\s+\S)")
_OPENERS = "“\"‘'«(["


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Abbreviations that may end a sentence, and those that stand before a name or number and never do."""
    lexicon = load_lexicon()
    months = (name for month in lexicon.calendar.month for name in month.abbreviations)
    return frozenset(lexicon.words.abbreviations), frozenset((*lexicon.titles.honorifics, *lexicon.words.leading_abbreviations, *months))


@cache
def _months() -> frozenset[str]:
    """Full names of months: the stop of "May. 9" ends no sentence."""
    return frozenset(month.name for month in load_lexicon().calendar.month)


@cache
def _openers() -> re.Pattern[str]:
    """Words that open a sentence so often that a stop before them ends one, even behind an abbreviation."""
    return re.compile(rf"{alternatives(load_lexicon().words.sentence_openers)}\b")


@cache
def _attribution() -> re.Pattern[str]:
    """ "Name said" behind a quotation that ends in ? or !: the sentence goes on."""
    return re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,5}(?:said|says|asked|asks|told|wrote|added|replied|adds)\b")


def sentences(text: str, blocks: Iterable[Block]) -> Iterator[tuple[int, int, int]]:
    """The sentences of the blocks that are read, in order: (start, end, index of the block).

    A stretch without a stop is cut at a blank every `LONGEST` characters, so that no text makes a sentence costly.
    """
    for start, end, index in _by_stops(text, blocks):
        while end - start > LONGEST:
            cut = text.rfind(" ", start + 1, start + LONGEST)
            cut = cut if cut > start else start + LONGEST
            yield start, cut, index
            start = cut + (text[cut] == " ")
        if start < end:
            yield start, end, index


def _by_stops(text: str, blocks: Iterable[Block]) -> Iterator[tuple[int, int, int]]:
    for index, block in enumerate(blocks):
        if block.zone not in READ:
            continue
        start = block.start
        for match in _SENTENCE_END.finditer(text, block.start, block.end):
            end = match.end()
            if end < block.end and not _ends_sentence(text, match, block.end):
                continue
            yield start, end, index
            start = end
            while start < block.end and text[start].isspace():
                start += 1
        if start < block.end:
            yield start, block.end, index


def _ends_sentence(text: str, match: re.Match[str], limit: int) -> bool:
    """Whether the stop found in `match` ends a sentence, by the word before it and what follows."""
    following = match.end()
    while following < limit and text[following].isspace():
        following += 1
    if following >= limit:
        return True
    mark, opening = match.group(), text[following]
    quotation_follows = opening in _OPENERS or QUOTED <= opening <= ENDS_MARK
    if mark[0] in (ENDS_STOP, ENDS_MARK):
        if not (opening.isupper() or opening.isdigit() or quotation_follows):
            return False
        return mark[0] == ENDS_STOP or not _attribution().match(text, following, limit)
    if opening.islower() or opening in ",;:)":
        return False
    if mark != "." or (word := _word_before(text, match.start())) == "":
        return True
    may_end, never_ends = _abbreviations()
    if opening.isdigit() and word in _months():
        return False
    if word in never_ends or (len(word) == 1 and word.isupper() and word != "I"):
        return False
    if word in may_end or ("." in word and word.replace(".", "").isalpha() and len(word) <= 6):
        return bool(_openers().match(text, following))
    return True


def _word_before(text: str, end: int) -> str:
    """The word that ends at `end`, stops inside it included ("U.S")."""
    start = end
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in ".-&"):
        start -= 1
    return text[start:end]
