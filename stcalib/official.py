"""What official series say of stated counts: a verdict on each, with its reasoning in words that can be quoted.

A count is held against the figure of exactly its window; see `docs/counts.md` for what a verdict proves and what not.
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, fields
from datetime import date

import pandas as pd

from stcalib.numbers import interval
from stcalib.series import Figure, Reference, amount, in_words, load_series
from stcalib.windows import Window, month_end, months_window, safe_date, shift_days, shift_months

__all__ = ["VERDICTS", "Verdict", "check_counts", "load_series", "natural_window"]

VERDICTS = (
    "agrees", "agrees with the release of its time", "compatible", "other window", "other measure", "disagrees", "no series",
)  # fmt: skip
"""From the strongest to the weakest; what each does and does not prove is in `docs/counts.md`."""
STANDS_FOR = {"irregular_crossings": "interceptions"}
"""Measures without a series of their own, and the one that comes nearest."""
NOTE = " Crossings have no series of their own; the figure counts {}, people stopped by police between ports of entry."
SHIFTS = (-1, 1, -2, 2, -3, 3)
"""Months by which a window is moved or lengthened in the search for one that would agree."""
_COUNTED_BACK = re.compile(r"^(?!.*\b(?:since|this)\b).*\b(?:months?|years?|quarters?)\b", re.IGNORECASE | re.DOTALL)
MISSING_NAMED = 3
"""Months named of those that a series lacks."""
FRACTION_REACH, MULTIPLE_REACH = 5.0, 50.0
"""Points of a per cent within which a fraction or multiple in words counts as rounded."""
PER_CENT_REACH = 0.5
"""An official share or change agrees with a stated one up to the rounding of a whole per cent."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the official series says of one count. `official` is its figure for `window_start`..`window_end`;
    `difference` is the stated value less that figure, empty for vague ones."""

    count_id: str
    article_id: str
    text: str
    kind: str
    value: float | None
    bound: str
    measure: str | None
    place: str | None
    period_start: date | None
    period_end: date | None
    verdict: str
    reasoning: str
    series_measure: str | None = None
    official: float | None = None
    window_start: date | None = None
    window_end: date | None = None
    difference: float | None = None
    source_title: str | None = None


def check_counts(
    counts: pd.DataFrame, articles: pd.DataFrame | None = None, series: pd.DataFrame | None = None, *, only_vintage: bool = False
) -> pd.DataFrame:
    """The verdict on every count, one row each, in the order of `counts`.

    `counts` is the table of counts; `articles` gives each article's `published_latest`, up to which a vintage
    counts as one of its time (without it no vintage does); `series` is a series from `load_series` (the package's
    where it is None). With `only_vintage` nothing that came out after the article is used.
    """
    reference = Reference(load_series() if series is None else series)
    published = _published(articles)
    records = [{str(key): value for key, value in record.items()} for record in counts.to_dict("records")]
    checker = _Checker(reference, only_vintage, {str(record["count_id"]): record for record in records})
    rows = [checker.check(record, published.get(str(record["article_id"]))) for record in records]
    frame = pd.DataFrame([astuple(row) for row in rows], columns=[f.name for f in fields(Verdict)])
    for name in ("period_start", "period_end", "window_start", "window_end"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def _published(articles: pd.DataFrame | None) -> dict[str, date]:
    if articles is None or "published_latest" not in articles.columns:
        return {}
    days = articles["published_latest"].where(articles["published_latest"].notna(), articles.get("published_earliest"))
    return {str(key): day for key, value in zip(articles["article_id"], days, strict=True) if (day := _day(value)) is not None}


def _day(value: object) -> date | None:
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    return pd.Timestamp(str(value)).date()


def _float(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(str(value))  # type: ignore[call-overload]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A count as the check sees it: `low`..`high` is what its words allow, `step` the unit of its last digit that counts."""

    row: dict[str, object]
    kind: str
    value: float | None
    low: float | None
    high: float | None
    exact: bool
    window: Window
    reference: Window
    place: str
    text: str
    to_publication: bool
    counted_back: bool

    def allows(self, official: float) -> bool:
        """Whether the stated words allow the official figure."""
        return (self.low is None or self.low <= official) and (self.high is None or official <= self.high)

    def equals(self, official: float) -> bool:
        """Whether an exact statement gives the official figure."""
        if self.value is None or not self.exact:
            return False
        return abs(official - self.value) <= PER_CENT_REACH if self.kind in ("share", "change") else official == self.value

    def printed(self, official: float) -> str:
        """An official figure in words, with what it is: people, a share, a rise or a fall."""
        if self.kind == "share":
            return f"{amount(official)} per cent"
        if self.kind in ("change", "difference"):
            unit = " per cent" if self.kind == "change" else ""
            return f"a {'fall' if official < 0 else 'rise'} of {amount(abs(official))}{unit}"
        return amount(official)

    def fits(self, official: float) -> str | None:
        """How the statement can hold of the official figure, in words; None where it cannot."""
        if self.allows(official):
            return "which the words allow"
        return "which rounds to it" if self.rounds_to(official) else None

    def rounds_to(self, official: float) -> bool:
        """Whether the official figure, rounded as the statement is, gives it: 20,593 rounds to 21,000, not to 20,000.

        A fraction in words ("a third") stands for anything within five points, a multiple ("tripled") for anything
        within half its base.
        """
        if self.value is None or not self.exact:
            return False
        if self.kind in ("share", "change"):
            in_figures = any(char.isdigit() for char in self.text) or "cent" in self.text
            reach = 0.0 if in_figures else MULTIPLE_REACH if self.value >= 100 else FRACTION_REACH
            return abs(official - self.value) <= reach
        low, high = interval(abs(self.value), "about", _rounding(abs(self.value)))
        return low is not None and high is not None and low <= abs(official) <= high and _rounding(abs(self.value)) > 1


def _rounding(value: float) -> float:
    """The unit to which a printed value looks rounded, two digits of it kept."""
    digits = f"{value:.0f}"
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10 ** max(0, min(zeros, len(digits) - 2)))


class _Checker:
    """Checks one count after the other against a reference."""

    def __init__(self, reference: Reference, only_vintage: bool, rows: dict[str, dict[str, object]]) -> None:
        self.reference = reference
        self.rows = rows
        self.only_vintage = only_vintage

    def check(self, row: dict[str, object], published: date | None) -> Verdict:
        """The verdict on one row of the table of counts."""
        measure, place = row.get("measure"), row.get("place")
        series = STANDS_FOR.get(str(measure), str(measure))
        window = Window(_day(row.get("period_start")), _day(row.get("period_end")))
        if (why := self.missing(row, series, window)) is not None:
            return self.verdict(row, "no series", why)
        stated = _Stated(
            row, str(row["kind"]), _float(row.get("value")), _float(row.get("low")), _float(row.get("high")), row.get("bound") == "exact", window,
            Window(_day(row.get("reference_start")), _day(row.get("reference_end"))), str(place), str(row["text"]),
            "publication" in str(row.get("period_basis")) or (published is not None and window.end == published),
            _COUNTED_BACK.search(str(row.get("period_text"))) is not None,
        )  # fmt: skip
        note = "" if series == measure else NOTE.format(series)
        return self.judged(stated, series, published, note)

    def missing(self, row: dict[str, object], series: str, window: Window) -> str | None:
        """Why a row cannot be checked, or None."""
        if _is_blank(row.get("measure")) or _is_blank(row.get("place")):
            return "The row names no measure or no place."
        if (series, str(row["place"])) not in self.reference.places:
            return f"The series has no {series} for {row['place']}."
        if window.start is None or window.end is None:
            return "The text gives no period with two ends."
        if not _is_blank(row.get("per")):
            return f"A rate for each {row['per']}; the series has totals for whole months alone."
        if not _is_blank(row.get("nationality")):
            return "A part set apart by nationality; the series knows places alone."
        if row.get("place_basis") == "several":
            return "Several places together; the series has each place and the whole."
        base = self.rows.get(str(row.get("base_id")))
        part = row.get("kind") in ("count", "share") and base is not None and base.get("kind") in ("count", "share")
        if (part and base is not None and base.get("place") == row.get("place")) or (row.get("kind") == "share" and row.get("place") == "CA"):
            return "A part that no place sets apart; the series knows places alone."
        return None

    # ---- one count
    def judged(self, stated: _Stated, series: str, published: date | None, note: str) -> Verdict:
        """The verdict on a count that the series covers."""
        natural = natural_window(stated.window, to_publication=stated.to_publication, counted_back=stated.counted_back)
        if natural is None:
            return self.broken(stated, series, note)
        said = "" if natural == stated.window else f" The stated period is no run of whole months; of it the series can give {in_words(natural)}."
        figure = None if self.only_vintage else self.official(stated, series, natural)
        dated = self.official(stated, series, natural, published) if published is not None else None
        if figure is None and dated is None:
            return self.verdict(stated.row, "no series", f"{self.gap(stated, series, natural)}{note}", series)
        now = f"; it is now {stated.printed(figure.value)}" if figure is not None else ""
        readings = (
            (figure, "agrees", "the official figure for {window} is {official}"),
            (dated, "agrees with the release of its time", "the figure for {window} out by {day} was {official}" + now),
        )
        for found, verdict, words in readings:
            if found is not None and stated.equals(found.value):
                return self.found(stated, series, found, verdict, f"Stated {stated.text}; {_filled(words, stated, found, published)}.{said}{note}")
        for found, _, words in readings:
            if found is not None and (fits := stated.fits(found.value)) is not None:
                aside = said + self.earlier(stated, series, found)
                return self.found(
                    stated, series, found, "compatible", f"Stated {stated.text}; {_filled(words, stated, found, published)}, {fits}.{aside}{note}"
                )
        if natural != stated.window and not stated.counted_back and not self.only_vintage:
            around = self.broken(stated, series, note)
            if around.verdict == "compatible":
                return around
        best = figure or dated
        assert best is not None
        return self.elsewhere(stated, series, best, said, note)

    def earlier(self, stated: _Stated, series: str, found: Figure) -> str:
        """A period counted back may end a month earlier, with the last figures that were out: what that gives, where it does not fit."""
        if stated.kind != "count" or not stated.counted_back or found.window == stated.window or found.window.start is None:
            return ""
        moved = months_window(shift_months(found.window.start, -1), found.window.months or 1)
        other = self.reference.figure(series, stated.place, moved)
        if other is None or stated.fits(other.value) is not None:
            return ""
        return f" A month earlier, {in_words(moved)} gives {amount(other.value)}, which they do not."

    def broken(self, stated: _Stated, series: str, note: str) -> Verdict:
        """The verdict on a period that begins or ends within a month: only what the months around it allow."""
        start, end = stated.window.start, stated.window.end
        assert start is not None and end is not None
        outer = Window(safe_date(start.year, start.month, 1), month_end(end))
        inner = Window(
            start if start.day == 1 else shift_days(month_end(start), 1),
            end if end == month_end(end) else shift_days(safe_date(end.year, end.month, 1), -1),
        )
        most = self.reference.figure(series, stated.place, outer)
        least = self.reference.figure(series, stated.place, inner) if inner.start and inner.end and inner.start <= inner.end else None
        if most is None or stated.kind != "count":
            return self.verdict(stated.row, "no series", f"The series has whole months alone, not {in_words(stated.window)}.{note}", series)
        around = f"the months that it touches, {in_words(outer)}, give {amount(most.value)}"
        if stated.low is not None and stated.low > most.value:
            return self.found(
                stated, series, most, "disagrees", f"Stated {stated.text} for {in_words(stated.window)}; {around}, which is less.{note}"
            )
        if least is None:
            return self.verdict(stated.row, "no series", f"The series has no figure for less than a month; {around}.{note}", series)
        within = f"the whole months within it, {in_words(inner)}, give {amount(least.value)}"
        if stated.high is not None and stated.high < least.value:
            return self.found(
                stated, series, least, "disagrees", f"Stated {stated.text} for {in_words(stated.window)}; {within}, which is more.{note}"
            )
        return self.found(stated, series, least, "compatible", f"Stated {stated.text} for {in_words(stated.window)}; {within}, and {around}.{note}")

    def gap(self, stated: _Stated, series: str, window: Window) -> str:
        """What the series lacks for a window."""
        without = self.reference.missing(series, stated.place, window)
        if not without or len(without) == window.months:
            return f"The series has no {series.replace('_', ' ')} for {in_words(window)} in {stated.place}."
        more = len(without) - MISSING_NAMED
        named = ", ".join(in_words(month) for month in without[:MISSING_NAMED]) + (f" and {more} more" if more > 0 else "")
        return f"Of {in_words(window)} in {stated.place} the series lacks {named}; it cannot be added up."

    def official(self, stated: _Stated, series: str, window: Window, by: date | None = None) -> Figure | None:
        """The official counterpart of a statement: a figure, a share of the whole, or a change."""
        figure = self.reference.figure(series, stated.place, window, by)
        if figure is None or stated.kind == "count":
            return figure
        if stated.kind == "share":
            whole = self.reference.figure(series, "CA", window, by)
            return (
                None if whole is None or not whole.value else Figure(round(100 * figure.value / whole.value, 1), window, figure.parts, figure.titles)
            )
        then = self.reference.figure(series, stated.place, stated.reference, by)
        if then is None or not then.value:
            return None
        value = figure.value - then.value if stated.kind == "difference" else round(100 * (figure.value / then.value - 1), 1)
        return Figure(value, window, figure.parts, figure.titles)

    # ---- where the figure of its window does not fit
    def elsewhere(self, stated: _Stated, series: str, best: Figure, said: str, note: str) -> Verdict:
        """Another window or measure in which the statement would hold, else how far it is off."""
        gap = None if stated.value is None else stated.value - best.value
        off = f"Stated {stated.text}; the official figure for {in_words(best.window)} is {stated.printed(best.value)}"
        if stated.kind == "count":
            for window in _neighbours(best.window):
                other = self.reference.figure(series, stated.place, window)
                if other is not None and (stated.equals(other.value) or (stated.allows(other.value) and not stated.exact)):
                    words = f"{off}. It would hold for {in_words(window)}, which gives {amount(other.value)}.{said}{note}"
                    return self.found(stated, series, other, "other window", words, gap)
            for measure in sorted(self.reference.measures - {series}):
                other = self.reference.figure(measure, stated.place, best.window)
                if other is not None and (stated.equals(other.value) or stated.allows(other.value)):
                    names = (series.replace("_", " "), measure.replace("_", " "))
                    words = f"{off} {names[0]}. It would hold of {names[1]}, of which there were {amount(other.value)}.{note}"
                    return self.found(stated, measure, other, "other measure", words, gap)
        points = " points" if stated.kind in ("share", "change") else ""
        by = "" if gap is None else f", {amount(round(abs(gap), 1))}{points} {'less' if gap > 0 else 'more'}"
        return self.found(stated, series, best, "disagrees", f"{off}{by}.{said}{note}", gap)

    # ---- rows
    def found(self, stated: _Stated, series: str, figure: Figure, verdict: str, words: str, gap: float | None = None) -> Verdict:
        difference = gap if gap is not None else None if stated.value is None else stated.value - figure.value
        return self.verdict(stated.row, verdict, words, series, figure, difference)

    def verdict(
        self,
        row: dict[str, object],
        verdict: str,
        words: str,
        series: str | None = None,
        figure: Figure | None = None,
        difference: float | None = None,
    ) -> Verdict:
        return Verdict(
            count_id=str(row.get("count_id")),
            article_id=str(row.get("article_id")),
            text=str(row.get("text")),
            kind=str(row.get("kind")),
            value=_float(row.get("value")),
            bound=str(row.get("bound")),
            measure=None if _is_blank(row.get("measure")) else str(row["measure"]),
            place=None if _is_blank(row.get("place")) else str(row["place"]),
            period_start=_day(row.get("period_start")),
            period_end=_day(row.get("period_end")),
            verdict=verdict,
            reasoning=words,
            series_measure=series,
            official=None if figure is None else figure.value,
            window_start=None if figure is None else figure.window.start,
            window_end=None if figure is None else figure.window.end,
            difference=None if difference is None else round(difference, 2),
            source_title=None if figure is None else "; ".join(figure.titles),
        )


def natural_window(window: Window, *, to_publication: bool, counted_back: bool) -> Window | None:
    """The run of whole months that a stated period speaks of; None where it speaks of none.

    A period up to the day of publication ("so far this year", "the past 15 months") can only rest on figures to the
    end of the month before; one that is counted back in months is moved with its end.
    """
    start, end = window.start, window.end
    if start is None or end is None or window.months is not None:
        return window
    if not to_publication:
        return None
    whole_end = end if end == month_end(end) else shift_days(safe_date(end.year, end.month, 1), -1)
    if start.day == 1:
        first = start
    elif counted_back:
        first = shift_months(shift_days(whole_end, 1), -((end.year - start.year) * 12 + end.month - start.month))
    else:
        return None
    return Window(first, whole_end) if first <= whole_end else None


def _neighbours(window: Window) -> list[Window]:
    """Windows near one: moved by some months, longer or shorter at either end, and the whole year."""
    start, months = window.start, window.months
    if start is None or months is None:
        return []
    found = [months_window(shift_months(start, shift), months) for shift in SHIFTS]
    found += [months_window(start, months + shift) for shift in SHIFTS if months + shift > 0]
    found += [months_window(shift_months(start, -shift), months + shift) for shift in SHIFTS if months + shift > 0]
    found += [months_window(shift_months(start, shift), months) for shift in (-12, 12)]
    found.append(months_window(safe_date(start.year, 1, 1), 12))
    return [w for w in dict.fromkeys(found) if w != window]


def _filled(words: str, stated: _Stated, figure: Figure, published: date | None) -> str:
    return words.format(window=in_words(figure.window), official=stated.printed(figure.value), day=published)


def _is_blank(value: object) -> bool:
    return value is None or value is pd.NA or value != value or str(value) in ("", "None", "nan", "<NA>")
