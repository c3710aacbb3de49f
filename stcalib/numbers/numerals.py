"""What a numeral is worth: number words, digits without their grouping, and the unit of the last digit that counts."""

from __future__ import annotations

import math
import re

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import word_list, word_set

LONGEST_DIGITS = 15
"""A longer run of digits is a label, not a quantity."""


COMMA_GROUP = re.compile(r"\d,\d{3}(?!\d)")
"""Digits grouped by a comma."""
_MARKS = str.maketrans("", "", ", '’")


@by_language
def number_words() -> frozenset[bytes]:
    """Words of which every number in words holds one, as bytes of Latin-1."""
    words = load_lexicon().numbers
    phrases = (*words.cardinals, *words.scales, *words.fractions, *words.multiples, *words.vague, *words.few)
    parts = {part for phrase in phrases for part in phrase.split() if part not in word_set("numbers.small")}
    return frozenset(part.encode("latin-1") for part in (*parts, *(f"{scale}s" for scale in words.scales)))


def digits_value(raw: str, dotted: bool) -> tuple[float, float]:
    """The value of digits, and the unit of their last one that counts; with `dotted` a point groups thousands."""
    if COMMA_GROUP.search(raw) or not {" ", "'", "’"}.isdisjoint(raw):
        whole, _, decimals = raw.translate(_MARKS).partition(".")
    elif raw.count(".") > 1 or dotted:
        whole, decimals = raw.replace(".", ""), ""
    else:
        whole, _, decimals = raw.replace(",", ".").partition(".")
    value = float(f"{whole}.{decimals or 0}")
    return value, 10.0 ** -len(decimals) if decimals else step_of(whole)


def words_value(words: str) -> tuple[int, float]:
    """How many characters of `words` make a number, and its value: ("two hundred and five people" cut before it)."""
    grammar = load_lexicon().numbers
    total = current = 0.0
    length, least = 0, math.inf
    half = words.startswith(word_list("numbers.begins_with_half"))
    for match in re.finditer(r"[a-z]+", words):
        word = singular(match.group()) if match.group() not in grammar.cardinals else match.group()
        if word in word_set("numbers.worth_nothing"):
            continue
        if word in grammar.scales:
            scale = float(grammar.scales[word])
            if scale >= 1000:
                total, current = total + (current or 1.0) * scale, 0.0
            else:
                current = (current or 1.0) * scale
            least = scale
        else:
            value = float(grammar.cardinals[word])
            if value >= least or (least == math.inf and length and not (current >= 20 and current % 10 == 0 and value < 10)):
                break
            current, least = current + value, (10.0 if value >= 20 else 1.0)
        length = match.end()
    return length, (total + current) * (0.5 if half else 1.0)


def plain_value(words: str) -> float | None:
    """The value of a number in digits or words, or None."""
    words = words.strip().lower()
    if re.fullmatch(r"[\d,. ]+", words):
        digits = words.replace(",", "").replace(" ", "")
        return float(digits) if len(digits) <= LONGEST_DIGITS and re.fullmatch(r"\d+(?:\.\d+)?", digits) else None
    length, value = words_value(words)
    return value if length else None


def singular(word: str) -> str:
    """A scale in the singular ("hundreds" as "hundred"); any other word as it is."""
    return word[:-1] if word.endswith("s") and word[:-1] in load_lexicon().numbers.scales else word


def step_of(whole: str) -> float:
    """The unit of the last digit that counts: 1000 for "31000"."""
    digits = whole.lstrip("0")
    zeros = len(digits) - len(digits.rstrip("0"))
    return 10.0 ** min(zeros, max(0, len(digits) - 1))
