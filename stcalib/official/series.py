"""Series of official figures: loading, checking, and the figure for a window.

A series is a tidy table of figures for whole months and years with their vintages: what was published when. The
figure for a window is one printed for it or the sum of its whole months; nothing is interpolated.
"""

from __future__ import annotations

import re
from calendar import month_name
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import pandas as pd

from stcalib.codebook.codebook import OFFICIAL, Codebook, load_codebook
from stcalib.core.errors import LexiconError, TableError
from stcalib.periods.day_interval import Window, month_end, months_window, safe_date, shift_months

COLUMNS = ("measure", "period_start", "period_end", "place", "value", "status", "source_title", "source_url", "preferred")
"""The columns of a series file; all but `status`, `source_title`, `source_url` and `preferred` must be there."""
REQUIRED = ("measure", "period_start", "period_end", "place", "value")
STATUSES = ("final", "derived", "secondary", "first_published")
KNOWN_BY = "known_by"
"""The column that `load_series` adds: the last day of the date that `source_title` prints, by which the figure was out."""

_DATED = re.compile(r"\b(20\d\d)-(\d\d)(?:-(\d\d))?\b")


# ---- series
def load_series(path: str | Path | None = None, codebook: Codebook | None = None) -> pd.DataFrame:
    """A series of official figures: that of the codebook, or a CSV file of one's own. Empty where there is neither.

    Columns: `measure` and `place` (ids and codes of the codebook's `counts.toml`), `period_start` and `period_end` (ISO
    days, whole months, both included), `value`, and optionally `status`, `source_title`, `source_url` and `preferred`
    (the one figure to use where a period has several; the others are its vintages). `known_by` is added from the
    date in `source_title` ("La Presse 2018-01-29 (release of December)"): the figure was out by that day; empty
    where the title prints no date. Raises `TableError` that names the file, the line and what is wrong. The codebook is
    the package's default one where it is None.
    """
    book = codebook or load_codebook()
    source = path or book.official
    if source is None:
        return _empty()
    where = str(path) if path is not None else OFFICIAL
    try:
        with Path(source).open(encoding="utf-8-sig") as file:
            frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    except FileNotFoundError as error:
        raise TableError(f"{where}: there is no such file. Give a CSV file with the columns {', '.join(REQUIRED)}") from error
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise TableError(f"{where}: cannot be read as CSV ({error}). Save it as CSV in UTF-8") from error
    series = as_series(frame, where)
    _check_known(series, book, where)
    return series


def _empty() -> pd.DataFrame:
    """A series without a figure."""
    days = pd.Series(dtype="datetime64[s]")
    kinds = {"period_start": days, "period_end": days, KNOWN_BY: days, "value": pd.Series(dtype="float64"), "preferred": pd.Series(dtype="bool")}
    return pd.DataFrame({name: kinds.get(name, pd.Series(dtype="str")) for name in (*COLUMNS, KNOWN_BY)})


def _check_known(series: pd.DataFrame, codebook: Codebook, where: str) -> None:
    """Raises `TableError` for a measure or place that the codebook does not know, with those that it knows."""
    for column in ("measure", "place"):
        known = known_to(codebook, column)
        if unknown := sorted(set(series[column]) - known):
            raise TableError(f"{where}: {not_known(codebook, column, unknown[0], known)}")


def known_to(codebook: Codebook, column: str) -> set[str]:
    """What a codebook allows as `measure`, stand-ins among them, or as `place`."""
    if column == "place":
        return {place.code for place in codebook.counts.place}
    return {name for measure in codebook.counts.measure for name in (measure.id, measure.checked_against) if name}


def not_known(codebook: Codebook, column: str, value: str, known: set[str]) -> str:
    """That a measure or place is none of the codebook, and which it has."""
    near = get_close_matches(value, sorted(known), n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return f"{column} {value!r} is not in the codebook {codebook.name} (counts.toml).{meant} It has {', '.join(sorted(known)) or 'none'}"


def trend_of(codebook: Codebook) -> tuple[str, str]:
    """Measure and place that a codebook's trend shows: those that issue.toml names, else the first measure at the place that is meant
    by default. Raises `LexiconError` for one that the codebook does not have."""
    trend, counts = codebook.issue.trend, codebook.counts
    if trend is None:
        return counts.measure[0].id if counts.measure else "", counts.default_place or ""
    if faults := trend_faults(codebook):
        raise LexiconError(f"issue.toml: trend: {faults[0]}")
    return trend.measure, trend.place


def trend_faults(codebook: Codebook) -> list[str]:
    """What issue.toml names as its trend and the codebook does not have."""
    trend = codebook.issue.trend
    named = (("measure", trend.measure), ("place", trend.place)) if trend else ()
    return [not_known(codebook, column, value, known) for column, value in named if value not in (known := known_to(codebook, column))]


def as_series(frame: pd.DataFrame, where: str = "series") -> pd.DataFrame:
    """A data frame as a checked series: typed columns, one preferred figure a period, `known_by` added.

    Raises `TableError` on a missing column, an empty series, a line without measure or place, an unreadable date or
    number, a period that is no run of whole months, or two preferred figures for one period.
    """
    missing = [name for name in REQUIRED if name not in frame.columns]
    if missing:
        raise TableError(f"{where}: no column {', '.join(missing)}. A series needs {', '.join(REQUIRED)}")
    if frame.empty:
        raise TableError(f"{where}: holds no figure. Give a line for each measure, place and period")
    series = frame.copy()
    _named(series, where)
    for name in ("status", "source_title", "source_url"):
        if name not in series.columns:
            series[name] = ""
    for name in ("period_start", "period_end"):
        series[name] = _days(series[name], name, where)
    series["value"] = _numbers(series["value"], where)
    series["preferred"] = _flags(series)
    _whole_months(series, where)
    _one_preferred(series, where)
    series[KNOWN_BY] = pd.to_datetime(pd.Series([known_by(str(title)) for title in series["source_title"]], index=series.index, dtype="object"))
    kept = [*COLUMNS, KNOWN_BY]
    return series[kept].sort_values(["measure", "place", "period_start", "period_end", KNOWN_BY], kind="stable").reset_index(drop=True)


def known_by(title: str) -> date | None:
    """The day by which a figure was out, from the date that its title prints; the month's last day for "2017-08"."""
    match = _DATED.search(title)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    year, month = int(match[1]), int(match[2])
    return safe_date(year, month, int(match[3])) if match[3] and int(match[3]) > 0 else month_end(safe_date(year, month, 1))


def _days(column: pd.Series, name: str, where: str) -> pd.Series:
    days = pd.to_datetime(column, format="ISO8601", errors="coerce")
    if days.isna().any():
        line = int(days.isna().to_numpy().argmax())
        raise TableError(f"{where}, line {line + 2}: {name} is {column.iloc[line]!r}. Give an ISO day, as 2017-08-01")
    return days


def _named(series: pd.DataFrame, where: str) -> None:
    """Checks that every line names a measure, and a place by its code."""
    for line, (measure, place) in enumerate(zip(series["measure"], series["place"], strict=True), 2):
        if not isinstance(measure, str) or not measure.strip():
            raise TableError(f"{where}, line {line}: measure is empty. Give the id of a measure of the codebook")
        if not isinstance(place, str) or not place.strip():
            raise TableError(f"{where}, line {line}: place is empty. Give the code of a place of the codebook, as GB or GB-SCT")


def _numbers(column: pd.Series, where: str) -> pd.Series:
    numbers = pd.to_numeric(column, errors="coerce")
    bad = numbers.isna() | (numbers < 0)
    if bad.any():
        line = int(bad.to_numpy().argmax())
        raise TableError(f"{where}, line {line + 2}: value is {column.iloc[line]!r}. Give a number, digits alone")
    return numbers.astype("float64")


def _flags(series: pd.DataFrame) -> pd.Series:
    """Which figure to use; where no column tells, a period with one figure has it as its preferred one."""
    if "preferred" in series.columns:
        return series["preferred"].astype(str).str.strip().str.lower().isin(("true", "1", "yes"))
    keys = ["measure", "place", "period_start", "period_end"]
    return ~series.duplicated(keys, keep="last")


def _whole_months(series: pd.DataFrame, where: str) -> None:
    ends = series["period_end"]
    bad = (series["period_start"].dt.day != 1) | (ends != ends + pd.offsets.MonthEnd(0)) | (ends < series["period_start"])
    if bad.any():
        line = int(bad.to_numpy().argmax())
        start, end = (series[name].iloc[line].date() for name in ("period_start", "period_end"))
        raise TableError(
            f"{where}, line {line + 2}: {start} to {end} is no run of whole months. Give the first day of a month and the last day of one"
        )


def _one_preferred(series: pd.DataFrame, where: str) -> None:
    keys = ["measure", "place", "period_start", "period_end"]
    twice = series[series["preferred"]].duplicated(keys)
    if twice.any():
        row = series[series["preferred"]][twice].iloc[0]
        raise TableError(
            f"{where}: two preferred figures for {row['measure']}, {row['place']}, {row['period_start'].date()} to {row['period_end'].date()}. "
            "Mark one; the others are its vintages"
        )


# ---- look-up
@dataclass(frozen=True, slots=True)
class Figure:
    """An official figure for a window: its value, how it is made up, and the titles it was read off."""

    value: float
    window: Window
    parts: int
    titles: tuple[str, ...]


class Reference:
    """A series indexed for look-up."""

    def __init__(self, series: pd.DataFrame) -> None:
        self._rows: dict[tuple[str, str, date, date], list[tuple[float, bool, date | None, str]]] = {}
        known = [None if pd.isna(day) else pd.Timestamp(day).date() for day in series[KNOWN_BY].tolist()]
        starts, ends = (list(series[name].dt.date) for name in ("period_start", "period_end"))
        columns = (series[name].tolist() for name in ("measure", "place", "value", "preferred", "source_title"))
        for start, end, out, measure, place, value, preferred, title in zip(starts, ends, known, *columns, strict=True):
            self._rows.setdefault((str(measure), str(place), start, end), []).append((float(value), bool(preferred), out, str(title)))

    @cached_property
    def measures(self) -> frozenset[str]:
        """The measures of the series."""
        return frozenset(key[0] for key in self._rows)

    @cached_property
    def places(self) -> frozenset[tuple[str, str]]:
        """Measures with the places that the series has for them."""
        return frozenset((key[0], key[1]) for key in self._rows)

    def figure(self, measure: str, place: str, window: Window, by: date | None = None) -> Figure | None:
        """The figure for exactly that window: one that was printed for it, else the sum of its months.

        With `by`, of each part the latest vintage that was out on that day; parts without a dated one are not
        used. None where a part is missing.
        """
        if window.start is None or window.end is None or window.months is None:
            return None
        if (whole := self._one(measure, place, window.start, window.end, by)) is not None:
            return Figure(whole[0], window, 1, (whole[1],))
        values, titles = [], []
        for i in range(window.months):
            month = months_window(shift_months(window.start, i), 1)
            assert month.start is not None and month.end is not None
            part = self._one(measure, place, month.start, month.end, by)
            if part is None:
                return None
            values.append(part[0])
            titles.append(part[1])
        return Figure(sum(values), window, window.months, tuple(dict.fromkeys(titles)))

    def missing(self, measure: str, place: str, window: Window) -> list[Window]:
        """The months of a window for which there is no preferred figure."""
        months = window.months
        if window.start is None or months is None:
            return []
        parts = [months_window(shift_months(window.start, i), 1) for i in range(months)]
        return [part for part in parts if part.start and part.end and self._one(measure, place, part.start, part.end, None) is None]

    def _one(self, measure: str, place: str, start: date, end: date, by: date | None) -> tuple[float, str] | None:
        rows = self._rows.get((measure, place, start, end), [])
        if by is None:
            return next(((value, title) for value, preferred, _, title in rows if preferred), None)
        out = [(known, value, title) for value, _, known, title in rows if known is not None and known <= by]
        return max(out)[1:] if out else None


# ---- words
def in_words(window: Window) -> str:
    """A window as one says it: "August 2017", "January to March 2018", "2017"."""
    start, end = window.start, window.end
    if start is None or end is None:
        return f"{start or '…'} to {end or '…'}"
    months = window.months
    if months is None:
        return f"{start} to {end}"
    if months == 12 and start.month == 1:
        return str(start.year)
    if months == 1:
        return f"{month_name[start.month]} {start.year}"
    first = month_name[start.month] + (f" {start.year}" if start.year != end.year else "")
    return f"{first} to {month_name[end.month]} {end.year}"


def amount(value: float) -> str:
    """A figure with its thousands grouped; per cent with one decimal."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
