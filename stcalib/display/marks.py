"""Rows as they are shown over a text: what of each is marked where, and the text cut flat at all their ends.

Rows nest and cross. `segments` cuts a text at every place where a mark begins or ends, so that each piece has
one set of marks, and whatever draws them needs no nesting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd

from stcalib.core.errors import StcalibError
from stcalib.core.row_fields import as_text, part_names_among, table_of
from stcalib.core.rows import REVIEWED, ArticleRow
from stcalib.core.table_spec import TABLES, spec_of

MOST_MARKS = 24
"""Marks shown on one stretch of text at most: bounds the work that rows lying on one another can cause."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it is shown: where it stands, what is marked besides, and its fields as a reader sees them."""

    table: str
    label: str
    article_id: str
    start: int
    end: int
    fields: Mapping[str, str]
    parts: tuple[tuple[str, int, int], ...] = ()

    @property
    def summary(self) -> str:
        """The row in one line."""
        named = [name for name in spec_of(self.table).summary if self.fields.get(name)]
        if "actor" in named and "speaker" in named:
            named.remove("speaker")
        return " · ".join(self.fields[name] for name in named) or self.fields.get("text", "")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The fields that are known, offsets drawn together, in the order of the columns."""
        hidden = {"article_id", "text", "table", *_offset_columns(tuple(self.fields))}
        named = [(name, value) for name, value in self.fields.items() if name not in hidden and value]
        return [*named, ("characters", f"{self.start}–{self.end}")]


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch: `row` is the index of its row, `part` what of the row it is ("" for the row itself)."""

    start: int
    end: int
    row: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text with the marks that lie on all of it."""

    start: int
    end: int
    marks: tuple[Mark, ...] = ()


def shown_rows(rows: Iterable[Any] | pd.DataFrame, table: str | None = None, sort: bool = True) -> list[Shown]:
    """The rows of a data frame, or row objects, numbered by place within each article and table.

    They come by article and place, or as given where `sort` is false; rows on whole articles are left out. A frame needs `article_id`, `start` and
    `end`; its table is told by its columns unless `table` names it. Raises `StcalibError` where rows cannot be
    shown over a text.
    """
    found = list(_of_frame(rows, table) if isinstance(rows, pd.DataFrame) else _of_objects(rows))
    order = sorted(range(len(found)), key=lambda place: _place(*found[place]))
    numbers: dict[tuple[str, str], int] = {}
    shown: dict[int, Shown] = {}
    for place in order:
        name, values = found[place]
        article_id = str(values["article_id"])
        number = numbers[name, article_id] = numbers.get((name, article_id), 0) + 1
        shown[place] = shown_row(name, values, number)
    return [shown[place] for place in (order if sort else range(len(found)))]


def shown_row(table: str, values: Mapping[str, Any], number: int) -> Shown:
    """One row as it is shown, labelled as the `number`th of its table."""
    told = {column: as_text(value) for column, value in values.items()}
    label = f"{spec_of(table).letter}{number}"
    return Shown(table, label, str(values["article_id"]), int(values["start"]), int(values["end"]), told, _parts(values))


def marks_of(rows: Sequence[Shown]) -> list[Mark]:
    """What is marked for the rows: each of them, and each of its parts."""
    marks = []
    for index, row in enumerate(rows):
        marks.append(Mark(row.start, row.end, index))
        marks.extend(Mark(start, end, index, part) for part, start, end in row.parts)
    return marks


def segments(start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """The stretch `start`..`end` cut at every end of a mark. At most `MOST_MARKS` marks are given for one piece."""
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in marks:
        a, b = max(mark.start, start), min(mark.end, end)
        if a < b:
            opening.setdefault(a, []).append(mark)
            closing.setdefault(b, []).append(mark)
    active: dict[Mark, None] = {}
    cuts = sorted({start, end, *opening, *closing})
    for a, b in pairwise(cuts):
        for mark in closing.get(a, ()):
            active.pop(mark, None)
        active.update(dict.fromkeys(opening.get(a, ())))
        yield Segment(a, b, tuple(mark for mark, _ in zip(active, range(MOST_MARKS), strict=False)))


def lanes(rows: Sequence[Shown], most: int = 4) -> dict[int, int]:
    """A height for the line of each position, so that lines over the same words do not cover each other."""
    free: list[int] = []
    chosen = {}
    for index, row in sorted(enumerate(rows), key=lambda item: item[1].start):
        if spec_of(row.table).underlined:
            lane = next((lane for lane, until in enumerate(free) if until <= row.start), len(free))
            free[lane : lane + 1] = [row.end]
            chosen[index] = lane % most
    return chosen


def _place(table: str, values: Mapping[str, Any]) -> tuple[str, int, int, str, str]:
    """What rows are ordered by: article, place, table and id."""
    return str(values["article_id"]), int(values["start"]), int(values["end"]), table, as_text(next(iter(values.values())))


def _of_objects(rows: Iterable[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    tables = {spec.row_type: name for name, spec in TABLES.items()}
    for row in rows:
        if not is_dataclass(row):
            raise StcalibError(f"{row!r}: not a row. Give rows of {', '.join(REVIEWED)}, or a data frame of them")
        if isinstance(row, ArticleRow):
            continue
        yield tables.get(type(row), "rows"), {f.name: getattr(row, f.name) for f in fields(row)}  # type: ignore[arg-type]


def _of_frame(frame: pd.DataFrame, table: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    if missing := {"article_id", "start", "end"} - set(frame.columns):
        raise StcalibError(f"The frame lacks {', '.join(sorted(missing))}. Rows are shown in place: keep these columns when selecting")
    name = table or table_of(frame.columns)
    columns = [str(column) for column in frame.columns]
    for values in frame.itertuples(index=False, name=None):
        yield name, dict(zip(columns, values, strict=True))


@cache
def _offset_columns(columns: tuple[str, ...]) -> frozenset[str]:
    parts = ("sentence", *part_names_among(columns))
    return frozenset({"start", "end"} | {f"{part}_{end}" for part in parts for end in ("start", "end")})


def _parts(values: Mapping[str, Any]) -> tuple[tuple[str, int, int], ...]:
    found = []
    for name in part_names_among(tuple(values)):
        start, end = values[f"{name}_start"], values[f"{name}_end"]
        if as_text(start).isdecimal() and as_text(end).isdecimal() and int(start) < int(end):
            found.append((name, int(start), int(end)))
    return tuple(found)
