"""What a period is resolved against, and the years, months and counts that its words name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.numbers.find import numbers_in
from stcalib.periods.day_interval import Window, latest_month, month_window

STATED = "stated in the text"
FROM_PUBLICATION = "day of publication"
"""What the basis of each period says that is counted from that day."""
FROM_DAY = "counted from the day of publication"
FROM_FLOOR = "counted from the latest day of which the text speaks as past; the day of publication is not known"
LATEST = "the latest before the day of publication"
FROM_ANCHOR = "counted from the period named before"
YEAR_BEFORE = "in the year named before"
OPEN = "begins with something that the text does not date"
LATEST_OF_TEXT = "the latest before the last day of which the text speaks as past; the day of publication is not known"
NO_DAY = "the day of publication is not known"
YEAR_OPEN = "the words need a year, which the possible days of publication leave open"


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is resolved against.

    `earliest` and `latest` bound the day of publication. Where nothing bounds it, `floor` is the latest day of
    which the text speaks as past, and stands for it. `anchor` is the period named before, `year` the year in which
    a month without one lies, where the sentence makes it plain. `fiscal_start` is the month in which the fiscal year
    begins; without it a fiscal year is no period.
    """

    earliest: date | None = None
    latest: date | None = None
    floor: date | None = None
    anchor: Window | None = None
    year: int | None = None
    fiscal_start: int | None = None

    @property
    def day(self) -> date | None:
        """The day from which relative periods count."""
        return self.earliest or self.latest or self.floor

    @property
    def year_is_open(self) -> bool:
        """Whether the days of publication that are possible leave open which year words without one mean. What the text says of
        its own latest day (`floor`) settles it."""
        return self.floor is None and (self.earliest is None or self.earliest != self.latest)

    @property
    def relative(self) -> str:
        """The basis of a period counted from the day of publication."""
        if self.earliest or self.latest:
            return f"{FROM_DAY} ({self.day})"
        return FROM_FLOOR if self.floor else NO_DAY

    @property
    def latest_basis(self) -> str:
        """The basis of a period without a year, which is the latest such one."""
        return f"{LATEST} ({self.day})" if self.earliest or self.latest else f"{LATEST_OF_TEXT} ({self.day})"

    @property
    def fiscal_basis(self) -> str:
        """The basis of a fiscal year: "fiscal year, April to March"."""
        months = load_lexicon().calendar.month
        first = (self.fiscal_start or 1) - 1
        return f"fiscal year, {months[first].name} to {months[first - 1].name}"

    @property
    def unresolved(self) -> str:
        """The basis of words that give no days."""
        return YEAR_OPEN if self.day is not None and self.year_is_open else self.relative


@dataclass(frozen=True, slots=True)
class Resolved:
    """A period in days, and how the words were made into them."""

    window: Window
    basis: str


def year_named(text: str, frame: Frame) -> tuple[int | None, str]:
    """The year that words like "2017", "last year", "the year before" name, and the basis."""
    if match := re.search(r"\d{4}", text):
        return int(match.group()), STATED
    anchor = frame.anchor.start if frame.anchor else None
    if pattern("periods.same_year").match(text):
        year = anchor.year if anchor else frame.year
        return year, FROM_ANCHOR
    if match := pattern("periods.year_back").match(text):
        count = count_named(match[1]) if match[1] else 1
        return (anchor.year - count if anchor and count else None), FROM_ANCHOR
    if pattern("periods.year_on").match(text):
        return (anchor.year + 1 if anchor else None), FROM_ANCHOR
    if frame.day is None:
        return (frame.year, FROM_ANCHOR) if pattern("periods.this_year").match(text) else (None, NO_DAY)
    if match := pattern("periods.years_ago").match(text):
        count = count_named(match[1])
        return (frame.day.year - count if count else None), frame.relative
    opening = text.split()[0]
    shift = -1 if opening in word_set("periods.last_year_opening") else 1 if opening in word_set("periods.next_year_opening") else 0
    return frame.day.year + shift, frame.relative


def count_named(words: str | None) -> int | None:
    """The number that stands for a count of units; None for "few"."""
    if words is None:
        return None
    if words in word_set("periods.one_unit"):
        return 1
    if words.startswith(word_list("periods.two_units")):
        return 2
    found = numbers_in(words)
    return int(found[0].value) if found and found[0].value is not None else None


def month_named(number: int, year_words: str | None, frame: Frame) -> tuple[Window | None, str]:
    """The calendar month of that number in the year that words name, else the latest before the day of publication."""
    if year_words:
        year, basis = year_named(year_words, frame)
        return (month_window(year, number) if year else None), basis
    if frame.year is not None:
        return month_window(frame.year, number), YEAR_BEFORE
    if frame.day is None:
        return None, NO_DAY
    return latest_month(number, frame.day), frame.latest_basis
