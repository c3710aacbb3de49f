"""Sentences of the parts of a page that are read, on a masked text (see `scan.masked`).

A quotation never breaks a sentence that goes on around it, and a stop behind an abbreviation ends a sentence
only where the next word opens one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.people_words import first_names
from stcalib.language.reporting_verbs import attribution_verbs
from stcalib.language.word_sets import pattern, pattern_text
from stcalib.text.tokens import ENDS_MARK, ENDS_STOP, QUOTED, month_names, word_classes
from stcalib.text.zones import READ, Block

LONGEST = 2000
"""Characters after which a sentence is cut; the longest sentences of newspapers have a third of it."""

_SENTENCE_END = re.compile(
    rf"[.!?…{ENDS_STOP}{ENDS_MARK}](?:(?<=[{ENDS_STOP}{ENDS_MARK}])(?=\s*\S)"
    rf"|(?<=[.!?…])(?<![.!?…].)[.!?…]*[)\]]*(?=\s+\S|$|[A-ZÀ-Ý][a-zà-ÿ’']*[ ,]|[{QUOTED}-{ENDS_MARK}]))"
)
"""Opens with a character set, so that a search passes over all other characters at once."""
_WORD_ENDS = re.compile(r"[a-zà-ÿ]{2}[.!?]$")
"""Before a sentence that has lost the blank before it: "they said.The hall"."""
_COMPOUND = re.compile(r"[\w-]+-[A-Z](?:\.[A-Z])+")
"""A compound of which the last part is letters with stops."""
_NEXT_WORDS = re.compile(r"([A-ZÀ-Ý][\w'’-]*) ([\w'’-]+)")
_LETTERED = re.compile(r"(\S+) [A-Z]$")
_FINITE_REACH = 300
"""Characters before an abbreviation in which the verb of its sentence is looked for."""
_OPENERS = "“\"‘'«(["


@by_language
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Abbreviations that may end a sentence, and those that stand before a name or number and never do."""
    lexicon, titles = load_lexicon(), load_lexicon().titles
    months = (name for month in lexicon.calendar.month for name in month.abbreviations)
    return frozenset(lexicon.words.abbreviations), frozenset((*titles.honorifics, *titles.stopped, *lexicon.words.leading_abbreviations, *months))


@by_language
def _openers() -> re.Pattern[str]:
    """Words that open a sentence so often that a stop before them ends one, even behind an abbreviation."""
    return re.compile(rf"{alternatives(load_lexicon().words.sentence_openers)}\b")


@by_language
def _attribution() -> re.Pattern[str]:
    """ "Name said" behind a quotation that ends in ? or !: the sentence goes on."""
    verbs = alternatives(attribution_verbs())
    return re.compile(rf"(?:[A-Z][\w.'’-]*\s+){{1,5}}{verbs}\b|(?:[A-Z][\w.'’-]*\s+){{0,4}}[A-Z][\w.'’-]*, [^.!?\n]{{1,100}}, {verbs}\b")


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
            if end < block.end and not _ends_sentence(text, match, start, block.end):
                continue
            yield start, end, index
            start = end
            while start < block.end and text[start].isspace():
                start += 1
        if start < block.end:
            yield start, block.end, index


def _ends_sentence(text: str, match: re.Match[str], start: int, limit: int) -> bool:
    """Whether the stop found in `match` ends the sentence that begins at `start`, by the word before it and what follows.

    A compound that ends in an abbreviation stands before its noun: "the Canada-U.S. border".
    """
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
    if following == match.end():
        return _WORD_ENDS.search(text, max(start, following - 3), following) is not None
    if mark != "." or (word := _word_before(text, match.start())) == "":
        return True
    may_end, never_ends = _abbreviations()
    if opening.isdigit() and word in month_names():
        return False
    initial = word.rpartition("-")[2]
    if len(initial) == 1 and initial.isupper() and word != "I":
        return _is_lettered(text, match.start()) and _opens_with_name(text, following)
    if word in never_ends or _COMPOUND.fullmatch(word):
        return False
    if word not in may_end and not ("." in word and word.replace(".", "").isalpha() and len(word) <= 6):
        return True
    return _ends_at_abbreviation(text, word, (start, match.start()), following, limit)


def _ends_at_abbreviation(text: str, word: str, said: tuple[int, int], following: int, limit: int) -> bool:
    """Whether a sentence ends at an abbreviation, by what follows; `said` is where it begins and where its stop stands."""
    if _openers().match(text, following):
        return True
    return word not in _before_saints() and (_opens_with_name(text, following) or _attributes(text, *said, following, limit))


@by_language
def _before_saints() -> frozenset[str]:
    return frozenset(load_lexicon().words.saints)


def _opens_with_name(text: str, at: int) -> bool:
    """Whether a sentence can open here with a person: "Anna Roth", "Anna said", "Mr. Roth"."""
    if pattern("text.titled").match(text, at):
        return True
    words = _NEXT_WORDS.match(text, at)
    if words is None or words[1] not in first_names():
        return False
    return words[2][0].isupper() or word_classes().get(words[2]) in ("Y", "X", "V")


def _is_lettered(text: str, end: int) -> bool:
    """Whether the single capital that ends here is no initial: "Plan B", "a vitamin C"."""
    before = _LETTERED.search(text, max(0, end - 40), end)
    return before is not None and before[1].lower() in _lettered()


@by_language
def _lettered() -> frozenset[str]:
    return frozenset(load_lexicon().words.lettered)


def _attributes(text: str, start: int, stop: int, following: int, limit: int) -> bool:
    """Whether "Name said" follows an abbreviation that closes a sentence: "They came from the U.S. Okoro said"."""
    if _attribution().match(text, following, limit) is None:
        return False
    before = text[max(start, stop - _FINITE_REACH) : stop].replace(pattern_text("text.article_inside"), " ").split()[:-1]
    governed = bool(before) and word_classes().get(before[-1]) == "R"
    return governed and any(word_classes().get(word, "") in ("X", "V", "Y") for word in before)


def _word_before(text: str, end: int) -> str:
    """The word that ends at `end`, stops inside it included ("U.S")."""
    start = end
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in ".-&"):
        start -= 1
    return text[start:end]
