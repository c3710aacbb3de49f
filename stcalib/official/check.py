"""What official series say of stated counts: a verdict on each, with its reasoning in words that can be quoted.

A count is held against the figure of exactly its window; see `docs/counts.md` for what a verdict proves and what not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from typing import Any

import pandas as pd

from stcalib.codebook.codebook import Codebook, load_codebook
from stcalib.codebook.counts_file import Counts
from stcalib.core.errors import TableError
from stcalib.counts.coverage import CARRIED
from stcalib.official.parts import is_part
from stcalib.official.series import KNOWN_BY, REQUIRED, Figure, Reference, amount, as_series, in_words, load_series
from stcalib.official.stated_number import Stated, natural_window, neighbours
from stcalib.periods.day_interval import Window, month_end, months_window, safe_date, shift_days, shift_months
from stcalib.periods.reference_frame import FROM_FLOOR, LATEST_OF_TEXT

__all__ = ["VERDICTS", "Verdict", "as_series", "check_counts", "load_series"]

VERDICTS = (
    "agrees", "agrees with the release of its time", "compatible", "other window", "other measure", "disagrees", "withheld", "no series",
)  # fmt: skip
"""From the strongest to the weakest; what each does and does not prove is in `docs/counts.md`."""
_COUNTED_BACK = re.compile(r"^(?!.*\b(?:since|this)\b).*\b(?:months?|years?|quarters?)\b", re.IGNORECASE | re.DOTALL)
UNFAVOURABLE = ("other window", "other measure", "disagrees")
"""Verdicts that say that a number is not the official one for what it is said to be of."""
GUESSED_PLACES = {"carried": "taken over from the text before", "assumed": "assumed, not named"}
NATIONAL = "assumed: the codebook's national place, since the sentence names none"
NATIONAL_BY_WORDS = "assumed: the codebook's national place, for which a body or word of its sentence stands"
GUESSED_PERIODS = {CARRIED: "carried over from another sentence", **dict.fromkeys((LATEST_OF_TEXT, FROM_FLOOR), "guessed from the text alone")}
"""By words of `place_basis` and `period_basis`: what says that a place or period is not the sentence's own."""
FAR_APART = 5.0
"""Times by which a stated and an official number may differ before a misreading is likelier than an error of the article."""
_AVERAGE = re.compile(r"\baverag(?:e|es|ed|ing)\b", re.IGNORECASE)
MISSING_NAMED = 3
"""Months named of those that a series lacks."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the official series says of one count.

    `official` is its figure for `window_start`..`window_end`; `difference` is the stated value less that figure, empty
    for vague ones. `also_official` is the figure of another window, `also_start`..`also_end`, which the reasoning names
    beside it: the one that a period counted back may as well mean, or, where the verdict is "other window", that of the
    period as stated.
    """

    count_id: str
    article_id: str
    text: str
    kind: str
    value: float | None
    bound: str
    low: float | None
    high: float | None
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
    also_official: float | None = None
    also_start: date | None = None
    also_end: date | None = None


def check_counts(
    counts: pd.DataFrame,
    articles: pd.DataFrame | None = None,
    series: pd.DataFrame | None = None,
    *,
    only_vintage: bool = False,
    codebook: Codebook | None = None,
    sentences: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The verdict on every count, one row each, in the order of `counts`.

    `counts` is the table of counts; `articles` gives each article's `published_latest`, up to which a vintage
    counts as one of its time (without it no vintage does); `series` is a series from `load_series` (the package's
    where it is None). With `only_vintage` nothing that came out after the article is used. `codebook` tells which
    measure stands in for one that has no series, and which place is the whole (the package's own where it is None).
    `sentences` gives the sentence of a count by its id, in which an average is seen.

    An article is not blamed for what may be misread: where the figure does not fit, and place or period were carried over
    or guessed, the sentence speaks of an average, the number is of one site in the place, or the two are far apart, the
    verdict is "withheld", with the reason.
    Raises `TableError` where the table of counts lacks a column, or a series of one's own is none of `load_series`.
    """
    _check_columns(counts, ("count_id", "article_id", "kind", "text", "value", "measure", "place", "period_start", "period_end"), "counts")
    if series is not None:
        _check_columns(series, (*REQUIRED, "preferred", KNOWN_BY), "series")
    book = codebook or load_codebook()
    reference = Reference(load_series(None, book) if series is None else series)
    published = _published(articles)
    records = [{str(key): value for key, value in record.items()} for record in counts.to_dict("records")]
    checker = _Checker(reference, only_vintage, {str(record["count_id"]): record for record in records}, book.counts, sentences or {})
    rows = [checker.check(record, published.get(str(record["article_id"]))) for record in records]
    frame = pd.DataFrame([astuple(row) for row in rows], columns=[f.name for f in fields(Verdict)])
    for name in ("period_start", "period_end", "window_start", "window_end", "also_start", "also_end"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def guessed_place(row: Mapping[str, Any], national: str | None = None) -> str | None:
    """How the place of a count is known where its sentence does not name it, in words; None where it does.

    `national` is the codebook's `default_place`, which is meant where no other place is.
    """
    basis = str(row.get("place_basis"))
    if basis == "assumed" and national is not None and row.get("place") == national:
        return NATIONAL_BY_WORDS if row.get("reading", "assumed") != "assumed" else NATIONAL
    return GUESSED_PLACES.get(basis)


def guessed_period(row: Mapping[str, Any]) -> str | None:
    """The same of its period, which the day of publication may tell as well."""
    basis = str(row.get("period_basis"))
    return next((said for words, said in GUESSED_PERIODS.items() if words in basis), None)


def _check_columns(frame: pd.DataFrame, needed: Iterable[str], what: str) -> None:
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        made = "corpus.counts gives it" if what == "counts" else "load_series(path) or as_series(frame) gives it"
        raise TableError(f"the table of {what} has no column {', '.join(missing)}; {made}")


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


class _Checker:
    """Checks one count after the other against a reference."""

    def __init__(
        self, reference: Reference, only_vintage: bool, rows: dict[str, dict[str, object]], counts: Counts, sentences: Mapping[str, str]
    ) -> None:
        self.sentences = sentences
        self.reference = reference
        self.stand_ins = {measure.id: measure for measure in counts.measure if measure.checked_against is not None}
        self.whole = counts.default_place
        self.titles = {place.code: place.title for place in counts.place}
        self.rows = rows
        self.only_vintage = only_vintage

    def check(self, row: dict[str, object], published: date | None) -> Verdict:
        """The verdict on one row of the table of counts."""
        measure, place = row.get("measure"), row.get("place")
        stand_in = self.stand_ins.get(str(measure))
        series = str(measure) if stand_in is None else str(stand_in.checked_against)
        window = Window(_day(row.get("period_start")), _day(row.get("period_end")))
        if (why := self.missing(row, series, window)) is not None:
            return self.verdict(row, "no series", why)
        stated = Stated(
            row, str(row["kind"]), _float(row.get("value")), _float(row.get("low")), _float(row.get("high")), row.get("bound") == "exact", window,
            Window(_day(row.get("reference_start")), _day(row.get("reference_end"))), str(place), str(row["text"]),
            "publication" in str(row.get("period_basis")) or (published is not None and window.end == published),
            _COUNTED_BACK.search(str(row.get("period_text"))) is not None,
        )  # fmt: skip
        note = "" if stand_in is None else f" {stand_in.check_note}".rstrip()
        return self.judged(stated, series, published, note)

    def missing(self, row: dict[str, object], series: str, window: Window) -> str | None:
        """Why a row cannot be checked, or None."""
        if _is_blank(row.get("measure")) or _is_blank(row.get("place")):
            return "The row names no measure or no place."
        if (series, str(row["place"])) not in self.reference.places:
            return f"The series has no {series.replace('_', ' ')} for {self.title(str(row['place']))}."
        if window.start is None or window.end is None:
            return _period_lacking(row, window)
        if not _is_blank(row.get("per")):
            return f"A rate for each {row['per']}; the series has totals for whole months alone."
        if not _is_blank(row.get("nationality")):
            return "A part set apart by nationality; the series knows places alone."
        if row.get("place_basis") == "several":
            return "Several places together; the series has each place and the whole."
        base = self.rows.get(str(row.get("base_id")))
        if is_part(row, base) or (row.get("kind") == "share" and row.get("place") == self.whole):
            return "A part that no place sets apart; the series knows places alone."
        return None

    # ---- one count
    def judged(self, stated: Stated, series: str, published: date | None, note: str) -> Verdict:
        """The verdict on a count that the series covers."""
        natural = natural_window(stated.window, to_publication=stated.to_publication, counted_back=stated.counted_back)
        if natural is None:
            return self.broken(stated, series, note)
        said = "" if natural == stated.window else f" The stated period is no run of whole months; of it the series can give {in_words(natural)}."
        figure = None if self.only_vintage else self.official(stated, series, natural)
        dated = self.official(stated, series, natural, published) if published is not None else None
        if figure is None and dated is None:
            return self.verdict(stated.row, "no series", f"{self.gap(stated, series, natural, published)}{note}", series)
        now = f"; it is now {stated.printed(figure.value)}" if figure is not None else ""
        readings = (
            (figure, "agrees", "the official figure for {window} is {official}"),
            (dated, "agrees with the release of its time", "the figure for {window} out by {day} was {official}" + now),
        )
        for found, verdict, words in readings:
            if found is not None and stated.equals(found.value):
                near = "" if found.value == stated.value else ", half a point or less apart"
                told = f"Stated {stated.text}; {_filled(words, stated, found, published)}{near}.{said}{note}"
                return self.found(stated, series, found, verdict, told)
        for found, _, words in readings:
            if found is not None and (fits := stated.fits(found.value)) is not None:
                other = self.earlier(stated, series, found)
                aside = said if other is None else f"{said} A month earlier, {in_words(other.window)} gives {amount(other.value)}, which they do not."
                told = f"Stated {stated.text}; {_filled(words, stated, found, published)}, {fits}.{aside}{note}"
                return self.found(stated, series, found, "compatible", told, also=other)
        if natural != stated.window and not stated.counted_back and not self.only_vintage:
            around = self.broken(stated, series, note)
            if around.verdict == "compatible":
                return around
        best = figure or dated
        assert best is not None
        if self.runs_past(stated, series, natural) and stated.low is not None and stated.low > best.value:
            known = f"the series gives {amount(best.value)} for {in_words(natural)} and nothing yet of the days after"
            told = f"Stated {stated.text} for {in_words(stated.window)}; {known}."
            return self.verdict(stated.row, "no series", f"{told}{note}", series)
        return self.elsewhere(stated, series, best, said, note)

    def runs_past(self, stated: Stated, series: str, natural: Window) -> bool:
        """Whether a count goes on, within a month, beyond the last month that the series knows."""
        start, end = stated.window.start, stated.window.end
        if stated.kind != "count" or start is None or end is None or natural.end is None or end <= natural.end or natural.start != start:
            return False
        return self.reference.figure(series, stated.place, Window(start, month_end(end))) is None

    def earlier(self, stated: Stated, series: str, found: Figure) -> Figure | None:
        """A period counted back may end a month earlier, with the last figures that were out: that figure, where it does not fit."""
        if stated.kind != "count" or not stated.counted_back or found.window == stated.window or found.window.start is None:
            return None
        moved = months_window(shift_months(found.window.start, -1), found.window.months or 1)
        other = self.reference.figure(series, stated.place, moved)
        return None if other is None or stated.fits(other.value) is not None else other

    def broken(self, stated: Stated, series: str, note: str) -> Verdict:
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

    def gap(self, stated: Stated, series: str, window: Window, published: date | None) -> str:
        """What the series lacks for a window."""
        if self.only_vintage and self.official(stated, series, window) is not None:
            if published is None:
                return "The day of the article is not known, so that no release can be told to be of its time."
            return f"The series has a figure for {in_words(window)} in {self.title(stated.place)}, but none that is dated {published} or earlier."
        needed = self.needed(stated, window)
        place, lacking = next((one for one in needed if self.reference.figure(series, *one) is None), needed[-1])
        if lacking.months is None:
            return "The text gives no whole months that the change is counted from."
        if self.reference.figure(series, place, lacking) is not None:
            return f"The official figure for {in_words(lacking)} in {self.title(place)} is 0, of which no share or change can be worked out."
        return self.lack(series, place, lacking)

    def title(self, place: str) -> str:
        """What the codebook calls a place."""
        return self.titles.get(place, place)

    def needed(self, stated: Stated, window: Window) -> list[tuple[str, Window]]:
        """The places and windows of the figures that the counterpart of a statement is made of, its base last."""
        needed = [(stated.place, window)]
        if stated.kind == "share":
            needed.append((self.whole or "", window))
        elif stated.kind in ("change", "difference"):
            needed.append((stated.place, stated.reference))
        return needed

    def lack(self, series: str, place: str, window: Window) -> str:
        """That a series has no figure for a window, or of which of its months."""
        without = self.reference.missing(series, place, window)
        if not without or len(without) == window.months:
            where = self.title(place) or "the whole (counts.toml names no default_place)"
            return f"The series has no {series.replace('_', ' ')} for {in_words(window)} in {where}."
        more = len(without) - MISSING_NAMED
        named = ", ".join(in_words(month) for month in without[:MISSING_NAMED]) + (f" and {more} more" if more > 0 else "")
        return f"Of {in_words(window)} in {self.title(place)} the series lacks {named}; it cannot be added up."

    def official(self, stated: Stated, series: str, window: Window, by: date | None = None) -> Figure | None:
        """The official counterpart of a statement: a figure, a share of the whole, or a change."""
        figure = self.reference.figure(series, stated.place, window, by)
        if figure is None or stated.kind == "count":
            return figure
        if stated.kind == "share":
            whole = None if self.whole is None else self.reference.figure(series, self.whole, window, by)
            return (
                None if whole is None or not whole.value else Figure(round(100 * figure.value / whole.value, 1), window, figure.parts, figure.titles)
            )
        then = self.reference.figure(series, stated.place, stated.reference, by)
        if then is None or not then.value:
            return None
        value = figure.value - then.value if stated.kind == "difference" else round(100 * (figure.value / then.value - 1), 1)
        return Figure(value, window, figure.parts, figure.titles)

    # ---- where the figure of its window does not fit
    def elsewhere(self, stated: Stated, series: str, best: Figure, said: str, note: str) -> Verdict:
        """Another window or measure in which the statement would hold, else how far it is off."""
        gap = None if stated.value is None else stated.value - best.value
        off = f"Stated {stated.text}; the official figure for {in_words(best.window)} is {stated.printed(best.value)}"
        if stated.kind == "count":
            for window in neighbours(best.window):
                other = self.reference.figure(series, stated.place, window)
                if other is not None and stated.suits(other.value):
                    words = f"{off}. It would hold for {in_words(window)}, which gives {amount(other.value)}.{said}{note}"
                    return self.found(stated, series, other, "other window", words, gap, also=best)
            for measure in sorted(self.reference.measures - {series}):
                other = self.reference.figure(measure, stated.place, best.window)
                if other is not None and stated.suits(other.value):
                    names = (series.replace("_", " "), measure.replace("_", " "))
                    words = f"{off} {names[0]}. It would hold of {names[1]}, of which there were {amount(other.value)}.{note}"
                    return self.found(stated, measure, other, "other measure", words, gap)
        points = " points" if stated.kind in ("share", "change") else ""
        by = "" if gap is None else f", {amount(round(abs(gap), 1))}{points} {'less' if gap > 0 else 'more'}"
        return self.found(stated, series, best, "disagrees", f"{off}{by}.{said}{note}", gap)

    def doubt(self, stated: Stated, figure: Figure) -> str | None:
        """Why a number that does not fit may not have been read well, or None."""
        row = stated.row
        place = guessed_place(row, self.whole)
        of_whole = row.get("place_basis") == "assumed" and stated.place == self.whole and row.get("reading", "assumed") != "assumed"
        if place is not None and not of_whole:
            return f"its place is {place}"
        if (guessed := guessed_period(row)) is not None:
            return f"its period is {guessed}"
        if _AVERAGE.search(self.sentences.get(str(row.get("count_id")), "")) is not None:
            return "its sentence speaks of an average"
        if stated.kind == "count" and stated.value and figure.value:
            site = row.get("site")
            if isinstance(site, str) and stated.value < figure.value:
                return f"it is of {site} alone, and the series has the whole of {self.title(stated.place)}"
            ratio = max(stated.value / figure.value, figure.value / stated.value)
            if ratio >= FAR_APART:
                return f"the two are so far apart ({ratio:,.0f} to 1) that the number may be of something else"
        return None

    # ---- rows
    def found(
        self, stated: Stated, series: str, figure: Figure, verdict: str, words: str, gap: float | None = None, also: Figure | None = None
    ) -> Verdict:
        difference = gap if gap is not None else None if stated.value is None else stated.value - figure.value
        if verdict in UNFAVOURABLE and (doubt := self.doubt(stated, also or figure)) is not None:
            verdict, words = "withheld", f"{words} No verdict: {doubt}."
        row = self.verdict(stated.row, verdict, words, series, figure, difference)
        return row if also is None else replace(row, also_official=also.value, also_start=also.window.start, also_end=also.window.end)

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
            low=_float(row.get("low")),
            high=_float(row.get("high")),
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


def _period_lacking(row: Mapping[str, object], window: Window) -> str:
    """What a count lacks of a period with two ends, with the words that name it and what is said of these."""
    if _is_blank(row.get("period_text")):
        return "The text names no period."
    basis = "" if _is_blank(row.get("period_basis")) else f": {row['period_basis']}"
    lacking = "are not known" if window.start is None and window.end is None else "are known at one end alone"
    return f"The days of \"{row['period_text']}\" {lacking}{basis}."


def _filled(words: str, stated: Stated, figure: Figure, published: date | None) -> str:
    return words.format(window=in_words(figure.window), official=stated.printed(figure.value), day=published)


def _is_blank(value: object) -> bool:
    return value is None or value is pd.NA or value != value or str(value) in ("", "None", "nan", "<NA>")
