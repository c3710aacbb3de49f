"""What a name signs: quotations with the speaker behind a dash, in brackets or on the line below; letters and posts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import first_names
from stcalib.language.word_sets import pattern, without_opening, word_set
from stcalib.syntax.page_paragraphs import LONGEST_LABEL, MASK, Paragraph, Stretch, span_of
from stcalib.text.article import Article
from stcalib.text.tokens import word_classes
from stcalib.text.zones import READ


def signed(article: Article, taken: set[int]) -> Iterator[Stretch]:
    """Quotations with the name of the speaker behind a dash, in brackets or on the line below; letters with a signature."""
    plain, masked = article.plain, article.masked
    for number, block in enumerate(article.blocks):
        quotation = re.match(f"{MASK}+(?= ?[—–―(-])", masked[block.start : block.end])
        if quotation is not None and number not in taken:
            end = block.start + quotation.end()
            behind = end + (plain[end : end + 1] == " ")
            match = pattern("syntax.signature").match(plain, behind, block.end) or pattern("syntax.bracketed").match(plain, behind, block.end)
            if match is not None and block.zone not in ("headline", "deck") and _is_signature(match):
                yield _signed_by(match, [Paragraph(block.start, end, number, quoted=True)])
        if block.end - block.start > LONGEST_LABEL or not number:
            continue
        match = pattern("syntax.signature").match(plain, block.start, block.end)
        signed = match is not None
        match = match or pattern("syntax.undersigned").match(plain, block.start, block.end)
        if match is None or not _is_signature(match):
            continue
        above = _above(article, number, taken) if signed else _letter_above(article, number, taken)
        if above:
            taken.update(paragraph.block for paragraph in above)
            yield _signed_by(match, above)


def _is_signature(match: re.Match[str]) -> bool:
    """Whether the words behind a dash name a person or office, and no outlet or credit ("— With files from")."""
    name = match["name"]
    first = name.partition(" ")[0]
    closed = word_classes().get(first.lower()) is not None and first not in first_names() and first not in word_set("syntax.capital_article")
    return not closed and without_opening(name, "syntax.article_opening") not in _outlets() and name not in _outlets()


@by_language
def _outlets() -> frozenset[str]:
    outlets = load_lexicon().outlets
    return frozenset(name for entry in (*outlets.agency, *outlets.outlet) for name in (entry.name, *entry.aliases))


def _signed_by(match: re.Match[str], paragraphs: list[Paragraph]) -> Stretch:
    words = match["name"].split()
    first = max((i + 1 for i, word in enumerate(words[:-1]) if word.rstrip(".").lower() in _title_words()), default=0)
    start = match.start("name") + len(" ".join(words[:first])) + bool(first)
    role = (match.start("name"), start - 1) if first else span_of(match, "role")
    return Stretch("signed", tuple(paragraphs), (start, match.end("name") - match["name"].endswith(".")), role)


@by_language
def _title_words() -> frozenset[str]:
    titles = load_lexicon().titles
    return frozenset(word.lower() for word in (*titles.honorifics, *titles.formal, *titles.roles))


def _above(article: Article, signature: int, taken: set[int]) -> list[Paragraph]:
    """What a signature signs: the quotations right above it, or the letter back to its salutation."""
    found: list[Paragraph] = []
    for number in range(signature - 1, -1, -1):
        block = article.blocks[number]
        words = article.masked[block.start : block.end]
        if block.zone not in READ or number in taken or re.sub(f"{MASK}|\\W", "", words):
            break
        found.append(Paragraph(block.start, block.end, number, quoted=True))
    return found[::-1] or _letter_above(article, signature, taken)


def _letter_above(article: Article, signature: int, taken: set[int]) -> list[Paragraph]:
    """The letter back to its salutation, or the post of an account: "— Rosa Baum (@rosabaum)"."""
    plain, block = article.plain, article.blocks[signature]
    found: list[Paragraph] = []
    post = "@" in plain[block.start : block.end]
    for number in range(signature - 1, -1, -1):
        above = article.blocks[number]
        if pattern("syntax.salutation").match(plain[above.start : above.end]):
            return found[::-1]
        if number in taken or above.zone not in READ:
            break
        found.append(Paragraph(above.start, above.end, number, quoted=False))
        if post:
            return found
    return []
