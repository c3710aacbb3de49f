"""The line that prints the day of a report: the day with its label, alone or beside author, outlet and section.

"Posted Friday 3 August 2018" · "Ann Bell · CBC News · Posted: May 09, 2017 4:00 AM ET | Last Updated: May 10, 2017" ·
"MAY 9, 2017 by Ann Bell in News" · above the report also "The Northern Courier, 9 September 2024", an outlet's name by its
shape. Works on the reading copy; `zones` takes such a line for a stamp, `metadata` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import pattern
from stcalib.periods.printed_dates import PrintedDate, printed_dates

MOST_CHARACTERS = 200
RESIDUE = 12
"""Characters that a line may hold beside its days, labels and clock words."""

DayKind = Literal["published", "updated", "other", "unlabelled"]

_DIGIT = re.compile(r"\d")
_PARTED = re.compile(r" ?[·•|] ?| [-–—/] ")


@dataclass(frozen=True, slots=True)
class LabelledDay:
    """A day of such a line, and what its label makes of it."""

    printed: PrintedDate
    kind: DayKind


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the days of a line: the author, and the outlet or agency as printed."""

    byline: str | None = None
    source: str | None = None


@by_language
def _label(which: str) -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(getattr(load_lexicon().calendar, which))}", re.IGNORECASE)


@by_language
def _words() -> re.Pattern[str]:
    calendar = load_lexicon().calendar
    return re.compile(rf"\b{alternatives((*calendar.stamp_labels, *calendar.weekdays, *calendar.weekday_abbreviations))}\b\.?:?", re.IGNORECASE)


@by_language
def _source() -> re.Pattern[str]:
    outlets = load_lexicon().outlets
    return re.compile(alternatives(name for o in (*outlets.agency, *outlets.outlet) for name in (o.name, *o.aliases)), re.IGNORECASE)


def labelled_days(text: str, start: int, end: int) -> Iterator[LabelledDay]:
    """The days in `text[start:end]`, each with what the words before it (behind the day before) say of it."""
    done = start
    for printed in printed_dates(text, start, end):
        yield LabelledDay(printed, _kind(text, done, printed.start))
        done = printed.end


def _kind(text: str, start: int, end: int) -> DayKind:
    for which, kind in (("other_labels", "other"), ("updated_labels", "updated"), ("published_labels", "published")):
        if _label(which).search(text, start, end):
            return kind  # type: ignore[return-value]
    return "unlabelled"


def is_day_line(line: str) -> bool:
    """Whether a line prints a day, and beside it no more than labels, the clock, an author, an outlet and a section."""
    if len(line) > MOST_CHARACTERS or not _DIGIT.search(line):
        return False
    days = list(printed_dates(line))
    if not days or any(pattern("text.runs_to").search(line, 0, day.start) for day in days):
        return False
    rest = _without_days(line)
    residue = re.sub(r"[\W_]+", "", rest)
    if len(residue) <= RESIDUE or (rest.strip(" ,").isupper() and len(residue) <= 3 * RESIDUE):
        return True
    parts = _parts(line)
    return all(_is_known(part, alone=len(parts) == 1) for part in parts)


def is_masthead(line: str) -> bool:
    """Whether a line prints one day beside the name of an outlet, and besides no more than names and a page."""
    if len(line) > MOST_CHARACTERS or not _DIGIT.search(line) or len(list(printed_dates(line))) != 1:
        return False
    pieces = _pieces(line)
    return any(map(pattern("text.outlet_by_shape").fullmatch, pieces)) and all(
        _is_known(piece, alone=False) and (piece[0].isupper() or _DIGIT.search(piece)) for piece in pieces
    )


def beside_day(line: str) -> Beside:
    """Author and outlet that stand beside the day of such a line."""
    byline = source = None
    for part in _pieces(line) if is_masthead(line) else _parts(line):
        if match := pattern("text.authored").fullmatch(part):
            byline = byline or match["by"]
        elif _source().fullmatch(part):
            source = source or part
        elif (shape := pattern("text.outlet_by_shape").fullmatch(part)) is not None:
            source = source or shape["named"]
        elif pattern("text.author").fullmatch(part) and part[0].isupper():
            byline = byline or part
    return Beside(byline, source)


def _parts(line: str) -> list[str]:
    """The parts of a line without days, labels and clock words; empty ones are left out."""
    rest = (_without_days(part).strip(" ,;:.()") for part in _PARTED.split(line))
    return [" ".join(part.split()) for part in rest if re.search(r"\w", part)]


def _pieces(line: str) -> list[str]:
    """The parts of a line, each cut at its commas and brackets too."""
    return [piece.strip() for part in _parts(line) for piece in re.split(r"[,()]", part) if piece.strip()]


def _is_known(part: str, alone: bool) -> bool:
    """Whether a part is an author, an outlet or a section; a bare name only counts beside other parts."""
    if pattern("text.authored").fullmatch(part) or _source().fullmatch(part):
        return True
    return not alone and (len(part) <= RESIDUE or pattern("text.author").fullmatch(part) is not None)


def _without_days(line: str) -> str:
    days = list(printed_dates(line))
    rest = " ".join(line[a:b] for a, b in zip([0, *(d.end for d in days)], [*(d.start for d in days), None], strict=True))
    return _words().sub("", pattern("text.clock").sub("", rest))
