"""What a number is, and the shapes of numbers compiled from the lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stcalib.language.lexicon import alternatives, load_lexicon

CARDINAL, PERCENT, FRACTION, MULTIPLE, VAGUE = "cardinal", "percent", "fraction", "multiple", "vague"
FORMS = (CARDINAL, PERCENT, FRACTION, MULTIPLE, VAGUE)
UNITS = ("money", "ordinal", "clock", "label", "age", "compound", "points", "degrees", "decade")
"""What a number is glued to that makes it no quantity of things."""

_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[ '’]\d{3})+(?![\d,.’'] ?\d|\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)?"
_UNIT_AFTER = (
    r"(?P<ordinal>(?:st|nd|rd|th)\b)|(?P<clock>:\d\d(?:\s?[apAP]\.?[mM]\b)?|\s?(?:[apAP]\.?[mM]\b|o['’]clock|h\d\d\b)|\s(?:until|till|to)\s(?:noon|midnight|dawn|dusk)\b)"
    r"|(?P<age>[\s-](?:years?|months?)[\s-](?:old|of age|olds)\b)"
    r"|(?P<degrees>\s?(?:°|º|degrees\b|C\b(?![-.’'])|F\b(?![-.’']))|\s(?:below|above)(?=\szero\b|[.,;:!?”\"]|$))"
    r"|(?P<compound>-(?!(?:odd|plus|per|percent|and|a|some)\b)[A-Za-z]{2,})"
)


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
        card, scale = alternatives(words.cardinals), alternatives(words.scales)
        some_scale = f"(?:{scale}|{'|'.join(re.escape(s) + 's' for s in words.scales)})"
        number = rf"(?:{_DIGITS}|{card}(?:-{card})?)"
        opening = rf"(?:{card}|(?:an?|half an?|a half)[\s-]{scale}\b|(?:hundred|thousand)\b)"
        after_thousand = rf"(?<=thousand),\s{card}\shundred\b(?:\sand\s{card}\b)?"
        sequence = rf"{opening}(?:\sand\s{card}\b)?(?:[\s-]{some_scale}\b(?:\s(?:and\s)?{card}\b)?|[\s-]{card}\b|{after_thousand})*"
        parts = "(?:" + "|".join(w for w in words.fractions if w not in ("half", "halves")) + ")"
        shapes = {
            "rate": rf"{number}(?:\s|-)(?:in|out\sof|of)(?:\s|-)(?:every\s)?"
            rf"(?:\d{{1,4}}(?![\d,.]\d|\d|%)|(?:an?|{card})\s{scale}\b|{card})\b"
            r"(?!\s(?:days?|weeks?|months?|years?|hours?|per)\b)"
            rf"|(?:one|1)\s[a-z]{{4,}}\sin\s(?:every\s)?(?:\d{{1,4}}\b(?![\d,.]\d|%)|{card}\b)(?=[,.;]|\s(?:is|was|has|had|came|comes|crossed|made|claimed|held|holds)\b)",
            "ratio": rf"(?:{number}(?:\sand\sa\shalf)?|several|many)(?:\s|-)(?:times|fold|x)\s"
            r"(?=(?:as|more|higher|the|that|larger|greater|what|those|its)\b)"
            rf"|(?:{number})(?:-|\s)?fold\b|half\s(?=as\s(?:many|much)\b|of\swhat\b|the\s(?:number|total|figure|rate|volume|level)\b)"
            rf"|{alternatives(words.factor)}\s(?:{alternatives(words.before_factor)}\s)?{number}\b"
            rf"|{alternatives(words.multiples)}\b(?!-)",
            "mixed": rf"(?:{number})\sand\sa\shalf\s(?:{scale}|{'|'.join(re.escape(s) + 's' for s in words.scales)})\b",
            "year_words": rf"{alternatives(words.century_words)}[\s-](?:{alternatives(w for w, v in words.cardinals.items() if 10 <= v < 20)}"
            rf"|twenty(?:[\s-]{card})?)\b",
            "few": rf"{alternatives(words.few)}\s{some_scale}\b",
            "part": rf"(?:an?|one|two|three|four|five|six|seven|nine|\d)[\s-]{parts}\b"
            r"|(?<!and a )half\b(?!-|\s(?:an?|of\sthe\s(?:year|month)|hour|day|year|month|decade|century|dozen|million|brother|sister)\b)",
            "vague": rf"{alternatives(words.vague)}\b",
            "digits": _DIGITS,
            "words": rf"{sequence}\b",
        }
        words_used = (*words.cardinals, *words.scales, *words.few, *words.fractions, *words.multiples, *words.vague, "an", "several", "many")
        openers = "".join(sorted({word[0] for word in words_used}))
        first = ("year_words", "mixed")
        shapes = {**{name: shapes[name] for name in first}, **shapes}
        any_shape = "|".join(f"(?P<{name}>{pattern})" for name, pattern in shapes.items())
        self.scan = re.compile(rf"\b(?=[\d{openers}])(?:{any_shape})")
        self.scan_digits = re.compile(rf"\b(?=\d)(?:{any_shape})")
        self.scale_after = re.compile(rf"(?:\s|-){some_scale}\b(?!-)|({alternatives(words.scale_letters)})\b", re.IGNORECASE)
        self.percent = re.compile(rf"(?:\s|-)?(?:{alternatives(words.percent)})(?!\w)", re.IGNORECASE)
        letters = "|".join(re.escape(letter) for letter in words.scale_letters)
        self.any_scale = re.compile(rf"{some_scale}\b|(?<=\d)(?:{letters})\b", re.IGNORECASE)
        self.points = re.compile(rf"(?:\s|-){alternatives(words.percent_points)}\b", re.IGNORECASE)
        self.money_before = re.compile(rf"(?:{alternatives(words.units.money_before)})\s?$", re.IGNORECASE)
        self.unit_after = re.compile(rf"{_UNIT_AFTER}|(?P<money>(?:\s|-){alternatives(words.units.money_after)}(?!\w)|¢)")
        self.rate_gap = re.compile(rf"(?:\s[\w-]+){{0,3}}\s{alternatives(words.units.per_heads)}\s(?:an?\s)?", re.IGNORECASE)
        self.after = tuple((bound, re.compile(rf"\s?(?:{alternatives(phrases)})(?!\w)", re.IGNORECASE)) for bound, phrases in words.after.items())


@cache
def grammar() -> Grammar:
    """The shapes, compiled on the first call."""
    return Grammar()
