"""What a number is, and the shapes of numbers compiled from the lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import compiled, pattern_text, word_list, word_set

CARDINAL, PERCENT, FRACTION, MULTIPLE, VAGUE = "cardinal", "percent", "fraction", "multiple", "vague"
FORMS = (CARDINAL, PERCENT, FRACTION, MULTIPLE, VAGUE)
UNITS = ("money", "ordinal", "clock", "label", "age", "compound", "points", "degrees", "decade", "rate", "ballot")
"""What a number is glued to that makes it no quantity of things."""

_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[ '’]\d{3})+(?![\d,.’'] ?\d|\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)?"
_SHAPES = ("year_words", "mixed", "rate", "ratio", "few", "part", "vague", "digits", "words")
"""How a number is written, in the order in which the shapes are tried."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    `start`..`end` is the number with its comparator and percent word, `first`..`last` the bare number. `value` is
    people or things for a cardinal, per cent for a share, and for a multiple what it makes of its base (3 for
    "tripled"); None for a vague one, whose least value is `least`. `step` is the unit of the last digit that
    counts (1000 for "31,000"). `end_of_range` is "low" or "high" for the ends of "450 to 700"; `link` is how
    they are joined. `year` marks digits that may be a calendar year, `verbal` a multiple that is a verb ("doubled"), `negative`
    a per cent behind a minus.
    """

    start: int
    end: int
    first: int
    last: int
    value: float | None
    bound: str
    form: str
    unit: str | None = None
    step: float = 1.0
    least: float | None = None
    end_of_range: str | None = None
    link: str | None = None
    year: bool = False
    verbal: bool = False
    negative: bool = False


class Grammar:
    """The word lists of numbers, compiled."""

    def __init__(self) -> None:
        words = load_lexicon().numbers
        self.cardinals = words.cardinals
        self.scales = words.scales
        self.letters = words.scale_letters
        self.fractions = words.fractions
        self.multiples = words.multiples
        self.vague = words.vague
        self.labels = frozenset(words.units.labels)
        self.relations = frozenset(words.units.relations)
        self.dialled = frozenset(words.units.dialled)
        self.factor = tuple(words.factor)
        self.before = {phrase.lower(): bound for bound, phrases in words.before.items() for phrase in phrases}
        self.longest_before = max(len(phrase.split()) for phrase in self.before)
        self.last_before = frozenset(phrase.rpartition(" ")[2] for phrase in self.before)
        scales = "|".join(re.escape(scale) + "s" for scale in words.scales)
        scale = alternatives(words.scales)
        some_scale = f"(?:{scale}|{scales})"
        places = {
            "digits": _DIGITS, "card": alternatives(words.cardinals), "scale": scale, "scales": scales, "some_scale": some_scale,
            "parts": "(?:" + "|".join(word for word in words.fractions if word not in word_set("numbers.halves")) + ")",
            "factor": alternatives(words.factor), "before_factor": alternatives(words.before_factor), "multiples": alternatives(words.multiples),
            "century": alternatives(words.century_words), "teens": alternatives(word for word, value in words.cardinals.items() if 10 <= value < 20),
            "several": alternatives(words.few), "uncounted": alternatives(words.vague),
        }  # fmt: skip
        shapes = {name: _DIGITS if name == "digits" else pattern_text(f"numbers.{name}", **places) for name in _SHAPES}
        listed = (words.cardinals, words.scales, words.few, words.fractions, words.multiples, words.vague, word_list("numbers.indefinite_openers"))
        openers = "".join(sorted({word[0] for group in listed for word in group}))
        any_shape = "|".join(f"(?P<{name}>{shape})" for name, shape in shapes.items())
        self.scan = re.compile(rf"\b(?=[\d{openers}])(?:{any_shape})")
        self.scan_digits = re.compile(rf"\b(?=\d)(?:{any_shape})")
        self.scale_after = re.compile(rf"(?:\s|-){some_scale}\b(?!-)|({alternatives(words.scale_letters)})\b", re.IGNORECASE)
        self.percent = re.compile(rf"(?:\s|-)?(?:{alternatives(words.percent)})(?!\w)", re.IGNORECASE)
        letters = "|".join(re.escape(letter) for letter in words.scale_letters)
        self.any_scale = re.compile(rf"{some_scale}\b|(?<=\d)(?:{letters})\b", re.IGNORECASE)
        self.points = re.compile(rf"(?:\s|-){alternatives(words.percent_points)}\b", re.IGNORECASE)
        self.money_ends = frozenset(symbol[-1] for word in words.units.money_before for symbol in (word.lower(), word.upper()))
        self.money_before = re.compile(rf"(?:{alternatives(words.units.money_before)})\s?$", re.IGNORECASE)
        self.unit_after = compiled("numbers.unit_after", money=alternatives(words.units.money_after))
        self.rate_gap = compiled("numbers.rate_gap", per_heads=alternatives(words.units.per_heads))
        self.after = tuple((bound, re.compile(rf"\s?(?:{alternatives(phrases)})(?!\w)", re.IGNORECASE)) for bound, phrases in words.after.items())


@by_language
def grammar() -> Grammar:
    """The shapes, compiled on the first call."""
    return Grammar()
