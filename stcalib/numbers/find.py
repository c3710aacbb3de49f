"""Numbers in a reading copy: digits with any grouping, words, fractions, per cent, multiples, vague quantities.

Finds spans and reads their value and bound; what is counted is no concern of this module. Never raises, and takes
time linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.numbers.grammar import CARDINAL, FORMS, FRACTION, MULTIPLE, PERCENT, UNITS, VAGUE, Number, grammar
from stcalib.numbers.numerals import COMMA_GROUP, LONGEST_DIGITS, digits_value, plain_value, singular, step_of, words_value
from stcalib.numbers.ranges import with_ballots, with_ranges, with_rates

__all__ = ["CARDINAL", "FORMS", "FRACTION", "MULTIPLE", "PERCENT", "UNITS", "VAGUE", "Number", "lower_case", "numbers_in"]

LOOK_BACK = 48
"""Characters before a number in which its comparator is looked for."""
_OLD_YEAR, _FIRST_YEAR, _LAST_YEAR = 1500, 1900, 2099
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000})

_WORD_BEFORE = re.compile(r"([A-Za-z]+)(\.?)[\s-]$")
_DOTTED = re.compile(r"(?<![\d.,])(\d+)\.(\d+)(?![\d.])")
_AGE_APPOSED = re.compile(r"\b([A-ZÀ-Ý][\w’'-]+),\s$")
_GLUED_BEFORE = re.compile(r"[\w/.’'@#&_-]")
_OPENERS = "(\"“‘'[—–-"
_SUFFIX_OPENERS = frozenset(" +-,")
_MINUS = "-−–"
_LONGER = re.compile(r"/\d|-\d{1,2}-\d|\.\d{1,2}\.\d{2,4}\b")
"""Digits behind digits that make them part of a date, a fraction or a name ("05/09/2017", "24/7")."""
_BEHIND_LABEL = frozenset("/-.)]")
"""Marks one of which stands behind digits that are part of a longer figure or a label."""
_HEADED = re.compile(r"\.\s[\"“‘']?[A-ZÀ-Ý]")
"""What stands behind the number of a heading or a point of a list: "2. The agreement"."""
_NOTE_ENDS = re.compile(r"[.!?][\s”\"]*(?:$|\n|[A-Z])")
"""The end of a sentence behind a number alone in brackets, which makes it the number of a note."""
_BRACKET_REACH = 80
"""Characters before a number in which its bracket is looked for."""


@by_language
def _behind_part() -> re.Pattern[str]:
    """What stands right behind a part of something that was named before: "half crossed in July"."""
    return re.compile(rf"\s+{alternatives(load_lexicon().numbers.behind_part)}\b|[,.;]")


@dataclass
class _Scan:
    """One pass over a stretch of text."""

    text: str
    start: int
    end: int
    written: bool

    def run(self) -> Iterator[Number]:
        scan, at = grammar().scan if self.written else grammar().scan_digits, self.start
        lower = lower_case(self.text)
        while (match := scan.search(lower, at, self.end)) is not None:
            number = self.read(match)
            if number is not None:
                yield number
            at = max(match.end() if number is None else number.last, match.start() + 1)

    # ---- one match
    def mixed(self, first: int, last: int, words: str) -> Number | None:
        """ "one and a half million": a number and a half of a scale."""
        whole = plain_value(words.split()[0])
        scale = grammar().scales[singular(words.split()[-1])]
        return None if whole is None else self.finished(first, last, (whole + 0.5) * scale, scale / 2, False)

    def read(self, match: re.Match[str]) -> Number | None:
        """The number of a match, or None where the words are none."""
        kind = match.lastgroup
        first, last = match.span()
        words = match.group()
        if kind == "digits":
            return self.digits(first, last)
        if first > self.start and (self.text[first - 1].isalnum() or self.text[first - 1] in "-_"):
            return None
        if kind == "words":
            return self.in_words(first, last, words)
        if kind == "rate":
            return self.rate(first, last, words)
        if kind == "ratio":
            return self.ratio(first, last, words)
        if kind == "part":
            return self.part(first, last, words)
        if kind == "mixed":
            return self.mixed(first, last, words)
        if words.startswith(word_list("numbers.pairs")):
            scale = grammar().scales[singular(words.split()[-1])]
            return replace(self.finished(first, last, 2.0 * scale, float(scale), False), bound="about")
        if kind == "year_words":
            return Number(first, last, first, last, None, "exact", CARDINAL, "decade")
        if words in word_set("numbers.scores") and not self.text.startswith(word_list("numbers.of_behind"), last):
            return None
        least = grammar().vague.get(words)
        if least is None:
            least = 2.0 * grammar().scales[singular(words.rsplit(None, 1)[-1])]
        of = next((last + len(word) - 1 for word in word_list("numbers.of_behind") if self.text.startswith(word, last)), last)
        return Number(first, last, first, last, None, "vague", VAGUE, self.unit_after(last) or self.unit_after(of), least=least)

    def digits(self, first: int, last: int) -> Number | None:
        text = self.text
        raw = text[first:last]
        if raw[-1:] in ".," or len(raw) - raw.count(",") > LONGEST_DIGITS:
            return Number(first, last, first, last, None, "exact", CARDINAL, "label")
        bare = raw.isdecimal()
        value, step = (float(raw), step_of(raw)) if bare else digits_value(raw, raw.count(".") == 1 and _dotted_thousands(self.text))
        if (minus := first - 1) >= self.start and text[minus] in _MINUS and (minus == self.start or text[minus - 1] in " (:;\n"):
            found = self.finished(first, *self.scaled(last, value, step), False)
            if found.form == PERCENT:
                return replace(found, start=min(found.start, minus), negative=True)
            below_zero = pattern("numbers.temperature_leads").search(text, max(self.start, minus - 14), minus) is not None
            return replace(found, unit="degrees") if below_zero else found
        glued = first > self.start and text[first - 1] != " " and _GLUED_BEFORE.match(text[first - 1]) and not self.after_range_dash(first)
        if glued or (raw in grammar().dialled and self.is_called(first, last)) or self.is_label(first, last):
            return Number(first, last, first, last, value, "exact", CARDINAL, "label")
        if bare and text.startswith("s", last) and not text[last + 1 : last + 2].isalnum():
            return Number(first, last, first, last, value, "exact", CARDINAL, "decade")
        if first - 2 >= self.start and text[first - 1] == ":" and text[first - 2].isdigit():
            return Number(first, last, first, last, value, "exact", CARDINAL, "clock")
        last, value, step = self.scaled(last, value, step)
        old = _OLD_YEAR <= value < _FIRST_YEAR and pattern("numbers.year_leads").search(text, max(0, first - 8), first) is not None
        dated = old or _FIRST_YEAR <= value <= _LAST_YEAR
        return self.finished(first, last, value, step, bare and len(raw) == 4 and dated)

    def is_called(self, first: int, last: int) -> bool:
        """Whether digits are a number that somebody calls: "dialled 311", "a 911 operator"."""
        called = pattern("numbers.calling").search(self.text, max(self.start, first - 16), first)
        return called is not None or pattern("numbers.called").match(self.text, last, self.end) is not None

    def is_label(self, first: int, last: int) -> bool:
        """Whether digits are part of a longer figure or name a point of a list, a note or a section: "05/09/2017", "1)", "[3]", "101(1)"."""
        text = self.text
        before, behind = text[max(0, first - 1) : first], text[last : last + 1]
        if behind not in _BEHIND_LABEL:
            return False
        if _LONGER.match(text, last) is not None or (before == "[" and behind == "]"):
            return True
        if behind == "." and last - first <= 2 and before in ("", "\n") and _HEADED.match(text, last):
            return True
        if behind == ")" and last - first <= 2:
            if before != "(":
                return "(" not in text[max(0, first - _BRACKET_REACH) : first].rpartition(")")[2]
            opening = first - 2
            glued = opening >= 0 and (text[opening].isalnum() or text[opening] == ")")
            if _NOTE_ENDS.match(text, last + 1) and "(" not in text[max(0, opening - _BRACKET_REACH) : opening].rpartition(". ")[2]:
                return True
            return glued or not text[max(0, first - _BRACKET_REACH) : first - 1].rpartition("\n")[2].strip()
        return False

    def after_range_dash(self, first: int) -> bool:
        """Whether the character before is the dash of a range ("100-150")."""
        return first - 2 >= self.start and self.text[first - 1] in "-–—" and self.text[first - 2].isdigit()

    def scaled(self, last: int, value: float, step: float) -> tuple[int, float, float]:
        """ "1.2 million", "20K": the value with the scale behind the digits; a word that only looks like one ("millionſ") is none."""
        match = grammar().scale_after.match(self.text, last, self.end)
        if match is None:
            return last, value, step
        word = match.group().lower()
        scale = grammar().letters.get(word) if match[1] else grammar().scales.get(singular(word[1:]))
        return (last, value, step) if scale is None else (match.end(), value * scale, step * scale)

    def in_words(self, first: int, last: int, words: str) -> Number | None:
        length, value = words_value(words)
        if length == 0 or (value == 1 and pattern("numbers.before_pronoun").search(self.text, max(self.start, first - 8), first) is not None):
            return None
        last = first + length
        return self.finished(first, last, value, step_of(str(int(value))) if value >= 1 else value, False)

    def finished(self, first: int, last: int, value: float, step: float, year: bool) -> Number:
        """A cardinal or per cent with its unit, comparator and suffix."""
        text, shapes = self.text, grammar()
        if (match := shapes.percent.match(text, last, self.end)) is not None:
            unit = (
                "points"
                if shapes.points.match(text, match.end(), self.end) or text.startswith(word_list("numbers.rest_of_point"), match.end())
                else None
            )
            return self.compared(first, match.end(), last, value, PERCENT, unit, step)
        unit = self.unit_before(first) or self.unit_after(last) or self.age(first, last, value) or self.hour(first, last, value)
        return self.compared(first, last, last, value, CARDINAL, unit, step, year=year)

    def rate(self, first: int, last: int, words: str) -> Number | None:
        """ "nine in 10", "one in four hundred": a share; the first number alone where it is none ("21 in 2 groups")."""
        words = pattern("numbers.one_of_a_kind").sub(r"\1 ", words)
        above, below = (plain_value(part) for part in pattern("numbers.among").split(words, maxsplit=1))
        joined_by_of = pattern("numbers.rate_with_of").search(words) and not any(word in words for word in word_list("numbers.rate_words"))
        whole = below is not None and (below in _DENOMINATORS or (below >= 100 and below % 100 == 0))
        if above is None or below is None or not 0 < above < below or not whole or (joined_by_of and below not in (10, 100)):
            inner = grammar().scan.match(lower_case(self.text), first, first + len(pattern("numbers.among_begins").split(words, maxsplit=1)[0]))
            return self.read(inner) if inner is not None else None
        return self.compared(first, last, last, 100.0 * above / below, FRACTION, None, 100.0 / below)

    def ratio(self, first: int, last: int, words: str) -> Number | None:
        shapes = grammar()
        last -= len(words) - len(words.rstrip())
        words = words.rstrip()
        head = pattern("numbers.factor_word").split(words)[0]
        if self.text.startswith(word_list("numbers.digit_counts"), last):
            return None
        if words in word_set("numbers.times") and not pattern("numbers.times_of").match(self.text, last, self.end):
            return None
        if words.startswith(shapes.factor):
            return self.by_factor(first, last)
        if words in shapes.multiples:
            value: float | None = shapes.multiples[words]
        elif words in word_set("numbers.half"):
            value = 0.5
        elif head in word_set("numbers.vague_factors"):
            return Number(first, last, first, last, None, "vague", MULTIPLE, least=2.0)
        else:
            halved = head.endswith(word_list("numbers.and_a_half"))
            value = plain_value(head.removesuffix(*word_list("numbers.and_a_half")))
            value = value + 0.5 if halved and value is not None else value
        if value is None:
            return None
        return self.compared(first, last, last, value, MULTIPLE, None, 1.0, verbal=words.endswith(word_list("numbers.verbal_factor_endings")))

    def by_factor(self, first: int, last: int) -> Number | None:
        """ "(by) a factor of about three": the multiple with the words before it."""
        inner = next(iter(_Scan(self.text, first + 2, last, True).run()), None)
        if inner is None or inner.value is None:
            return None
        return replace(inner, start=first, first=first, form=MULTIPLE, step=1.0, verbal=True, unit=None)

    def part(self, first: int, last: int, words: str) -> Number | None:
        """ "two thirds", "a quarter of", "half": a share."""
        before = self.text[max(self.start, first - 12) : first].lower()
        if words in word_set("numbers.half"):
            if pattern("numbers.other_half").search(before):
                return None
            return self.compared(first, last, last, 50.0, FRACTION, None, 10.0)
        top, part = re.split(r"[\s-]", words)
        count = 1.0 if top in word_set("numbers.indefinite_articles") else plain_value(top) or 1.0
        quarters = part.startswith("quarter") and count > 1 and "-" not in words and not self.text.startswith(word_list("numbers.of_behind"), last)
        if quarters or pattern("numbers.of_time").search(before):
            return None
        if count == 1 and not before.endswith(word_list("numbers.by_before")) and not _behind_part().match(self.text, last, min(self.end, last + 12)):
            return None
        value = count * grammar().fractions[part]
        return self.compared(first, last, last, round(value, 4), FRACTION, None, 10.0) if value <= 100 else None

    # ---- around the number
    def unit_before(self, first: int) -> str | None:
        before = self.text[max(self.start, first - 24) : first]
        if before[-1:].isalnum():
            return None
        ends = grammar().money_ends
        if (before[-1:] in ends or before[-2:-1] in ends) and grammar().money_before.search(before):
            return "money"
        word = _WORD_BEFORE.search(before) if before[-1:] == "-" or before[-1:].isspace() else None
        if word and (word[1].lower() in grammar().labels or (word[1] in word_set("numbers.number_sign") and word[2])):
            return "label"
        behind = next((phrase for phrase in word_list("numbers.of_behind") if before.endswith(phrase)), None)
        if behind is not None and before.removesuffix(behind).split()[-1:] and before.removesuffix(behind).split()[-1].lower() in grammar().relations:
            return "label"
        return "age" if pattern("numbers.age_before").search(before) else None

    def unit_after(self, last: int) -> str | None:
        match = grammar().unit_after.match(self.text, last, self.end)
        return match.lastgroup if match else None

    def age(self, first: int, last: int, value: float) -> str | None:
        """ "Jane Roe, 36, said": a number between commas behind a name; "when she was 24"."""
        if (
            0 < value < 115
            and pattern("numbers.age_said").search(self.text, max(self.start, first - 12), first)
            and pattern("numbers.age_ends").match(self.text, last, self.end)
        ):
            return "age"
        if not 0 < value < 115 or not pattern("numbers.apposition_end").match(self.text, last, self.end):
            return None
        named = _AGE_APPOSED.search(self.text[max(self.start, first - 30) : first])
        calendar = load_lexicon().calendar
        times = {*calendar.month_numbers(), *(weekday.lower() for weekday in calendar.weekdays)}
        return "age" if named is not None and named[1].lower() not in times else None

    def hour(self, first: int, last: int, value: float) -> str | None:
        """ "at two in the morning": a time of day."""
        if not 0 < value < 13 or pattern("numbers.hour_ends").match(self.text, last, self.end) is None:
            return None
        return "clock" if pattern("numbers.hour_leads").search(self.text, max(self.start, first - 8), first) else None

    def compared(
        self, first: int, end: int, last: int, value: float, form: str, unit: str | None, step: float, *, year: bool = False, verbal: bool = False
    ) -> Number:
        """The number `first`..`last`, which ends with its percent word at `end`, with the comparators around it."""
        start, bound = first, "exact"
        while (found := self.comparator(start)) is not None:
            start, bound = found
        if bound == "exact" and self.text[end : end + 1] in _SUFFIX_OPENERS:
            for behind, pattern in grammar().after:
                if (match := pattern.match(self.text, end, self.end)) is not None:
                    bound, end = behind, match.end()
                    break
        return Number(start, end, first, last, value, bound, form, unit, step, year=year, verbal=verbal)

    def comparator(self, start: int) -> tuple[int, str] | None:
        """Where the comparator that ends right before `start` begins, fillers passed over, and its bound."""
        floor = max(self.start, start - LOOK_BACK)
        before = self.text[floor:start]
        if before.endswith("~"):
            return start - 1, "about"
        if not before.endswith((" ", "\n")):
            return None
        words = before.split()
        if words[-2:] == [*word_list("numbers.total_of")]:
            del words[-2:]
        while words and words[-1].lower() in word_set("numbers.fillers"):
            words.pop()
        if not words or words[-1].lower().lstrip(_OPENERS) not in grammar().last_before:
            return None
        for count in range(min(len(words), grammar().longest_before), 0, -1):
            phrase = " ".join(words[-count:]).lower().lstrip(_OPENERS)
            if (bound := grammar().before.get(phrase)) is not None:
                if bound == "at_most" and words[-count - 1 : -count] and words[-count - 1].lower() in load_lexicon().numbers.sums:
                    return None
                return self.place_of(words, count, floor, start), bound
        return None

    def place_of(self, words: list[str], count: int, floor: int, end: int) -> int:
        """Where the last `count` of `words`, which stand before `end`, begin."""
        for word in reversed(words[-count:]):
            end = self.text.rindex(word, floor, end)
        opening = words[-count]
        return end + len(opening) - len(opening.lstrip(_OPENERS))


@lru_cache(maxsize=4)
def _dotted_thousands(text: str) -> bool:
    """Whether a text groups thousands by a point ("20.593"): no comma does, and no point marks a decimal."""
    dotted = _DOTTED.findall(text)
    return bool(dotted) and all(len(a) <= 3 and len(b) == 3 for a, b in dotted) and not COMMA_GROUP.search(text)


@lru_cache(maxsize=4)
def lower_case(text: str) -> str:
    """`text` in lower case with every character in its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(low if len(low := char.lower()) == 1 else char for char in text)


def numbers_in(text: str, start: int = 0, end: int | None = None, *, in_words: bool = True) -> list[Number]:
    """The numbers of `text[start:end]`, in order; ranges have their two ends marked.

    Without `in_words` those that begin with a digit: all of them where the stretch holds none of `number_words`.
    """
    found = list(_Scan(text, start, len(text) if end is None else end, in_words).run())
    return with_ballots(text, with_rates(text, with_ranges(text, found)))
