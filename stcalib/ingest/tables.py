"""Tables and lists of records: CSV, spreadsheets, JSON and JSON lines, with a guess at what each column holds."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from html import unescape
from io import BytesIO, StringIO
from typing import Any

from stcalib.ingest.days import Day, Order, order_of, stamp_day
from stcalib.ingest.html_tree import html_blocks, parse_html
from stcalib.ingest.label_files import bare, load_labels
from stcalib.ingest.names import author_names, host_of, known_outlet, outlet_name, outlet_of_address
from stcalib.ingest.paragraphs import blocks_of, paragraphs
from stcalib.ingest.story import Declined, Story

INNER = ("rendered", "main", "original", "name", "title", "text", "value", "#text", "content")
"""Keys of a value that wraps a text."""
HEADER_ROWS = 30
"""Rows from the top among which the names of the columns stand."""
FIELDS = ("title", "outlet", "author", "published", "text", "url", "section", "language", "summary", "year", "month", "day")
_TAGS = re.compile(r"<(?:p|br|div|h\d|li|ul|table|article|html|body)\b", re.IGNORECASE)

Mapped = Mapping[str, Sequence[str]]
"""Field to the columns that may hold it, the first that is filled counting."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Records with the names of their columns."""

    names: Sequence[str]
    records: Sequence[Mapping[str, Any]]


@cache
def _known() -> dict[str, tuple[str, int]]:
    """Names of columns, bare, to the field and its rank among the names of that field."""
    found: dict[str, tuple[str, int]] = {}
    for field, names in load_labels("columns")["field"].items():
        for rank, name in enumerate(names):
            found.setdefault(_bare(name), (field, rank))
    return found


def _bare(name: object) -> str:
    return re.sub(r"[\W_]+", "", bare(str(name)))


def guessed(names: Iterable[str]) -> dict[str, list[str]]:
    """The columns by the field that each seems to hold, the best first."""
    ranked: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        if (known := _known().get(_bare(name))) is not None:
            ranked.setdefault(known[0], []).append((known[1], name))
    return {field: [name for _, name in sorted(columns, key=lambda pair: pair[0])] for field, columns in ranked.items()}


def stories(rows: Rows, columns: Mapping[str, str] | None = None) -> Iterator[Story]:
    """The stories of some records. `columns` names the column of a field where the guess is wrong. Raises `Declined`."""
    mapped: dict[str, Sequence[str]] = dict(guessed(rows.names))
    for field, name in (columns or {}).items():
        if name not in rows.names:
            raise Declined(f"there is no column {name!r} for {field}", f"There are: {', '.join(map(str, rows.names))}")
        mapped[field] = [name]
    if "text" not in mapped and "summary" not in mapped:
        raise Declined(
            f"a list of {len(rows.records):,} articles without their text (columns: {', '.join(map(str, rows.names))[:200]})",
            "Name the column of the text, as in --column text=COLUMN, or fetch the pages and import those",
        )
    order = order_of(str(value) for record in rows.records for name in mapped.get("published", ()) if (value := record.get(name)))
    for record in rows.records:
        yield _story(record, mapped, order)


def _story(record: Mapping[str, Any], mapped: Mapped, order: Order | None) -> Story:
    def text(field: str) -> str | None:
        return next((found for name in mapped.get(field, ()) if (found := _text(record.get(name)))), None)

    body = text("text")
    note = []
    if body is None and (body := text("summary")) is not None:
        note.append("only the summary: the file has no full text")
    day = _day(record, mapped, order)
    if day is not None and day.day is None:
        note.append("its day can be read in two ways and is left open")
    url = text("url")
    byline = _authors(record, mapped)
    return Story(
        paragraphs=body_paragraphs(body or ""),
        title=" ".join(unescape(text("title") or "").split()) or None,
        outlet=_outlet(record, mapped, url),
        author=author_names(byline, inverted=_is_inverted(byline)),
        byline=byline,
        published=day.day if day else None,
        url=url if url and url.startswith("http") else None,
        section=text("section"),
        language=text("language"),
        note="; ".join(note) or None,
    )


def _text(value: Any) -> str | None:
    """A cell as a text; None where it is empty or says so."""
    if value is None or isinstance(value, (dict, bool)):
        return next((found for key in INNER if (found := _text(value.get(key)))), None) if isinstance(value, dict) else None
    if isinstance(value, (list, tuple)):
        return ", ".join(found for entry in value if (found := _text(entry))) or None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    found = str(value).strip()
    return None if not found or found.casefold() in load_labels("columns")["absent"]["words"] else found


def body_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text in a cell: with tags, with line ends, or with line ends written out."""
    if _TAGS.search(text):
        return paragraphs(html_blocks(parse_html(f"<div>{text}</div>")))
    if "\n" not in text and "\\n" in text:
        text = re.sub(r"(?:\\r)?\\n", "\n", text)
    return paragraphs(blocks_of(text.replace("\r\n", "\n").replace("\r", "\n")))


def _authors(record: Mapping[str, Any], mapped: Mapped) -> str | None:
    for name in mapped.get("author", ()):
        value = record.get(name)
        if isinstance(value, str) and value.strip().startswith("["):
            value = _listed(value)
        found = _text(value)
        if found:
            return found
    return None


def _listed(text: str) -> Any:
    """A list that a scraper wrote into a cell: "['Jane Roe', 'John Doe']"."""
    entries = re.findall(r"'((?:[^'\\]|\\.|'(?=\w))*)'|\"([^\"]*)\"", text)
    return [one or other for one, other in entries] if text.strip().endswith("]") else text


def _is_inverted(byline: str | None) -> bool:
    """Whether names have the surname first: "Roe, Jane" alone, or several between semicolons."""
    if not byline:
        return False
    entries = [entry.strip() for entry in byline.split(";")]
    return (
        all(re.fullmatch(r"[^\s,]+(?: [^\s,]+)?, [^\s,]+(?: [A-Z]\.?)?", entry) is not None for entry in entries)
        and known_outlet(entries[0].partition(", ")[2]) is None
    )


def _outlet(record: Mapping[str, Any], mapped: Mapped, url: str | None) -> str | None:
    """The outlet of the first filled column; a domain only where the table of outlets knows it, or nothing else is told."""
    told = [found for name in mapped.get("outlet", ()) if (found := _text(record.get(name)))]
    names = [name for name in told if not re.fullmatch(r"(?:https?://)?[\w.-]+\.[a-z]{2,}/?", name)]
    if names:
        return outlet_name(names[0])
    for address in (*told, url):
        if address and (known := known_outlet(address) or outlet_of_address(address if "://" in address else f"https://{address}")):
            return known
    return next((host_of(address if "://" in address else f"https://{address}") for address in (*told, url) if address), None) or None


def _day(record: Mapping[str, Any], mapped: Mapped, order: Order | None) -> Day | None:
    open_day = None
    for name in mapped.get("published", ()):
        value = record.get(name)
        if isinstance(value, dict):
            value = value.get("$date") or value.get("date")
        day = _moment(value) or stamp_day(value if isinstance(value, (date, datetime)) else _text(value), order)
        if day is not None and day.day:
            return day
        open_day = open_day or day
    year, month, number = (
        next((found for name in mapped.get(part, ()) if (found := _text(record.get(name)))), "") for part in ("year", "month", "day")
    )
    if year and month and number:
        numeric = month.isdigit() and number.isdigit()
        return stamp_day(f"{year}-{int(month):02}-{int(number):02}" if numeric else f"{number} {month} {year}")
    return open_day


def _moment(value: Any) -> Day | None:
    """Seconds or milliseconds since 1970, which have no place: the day in UTC."""
    text = str(value).strip()
    if isinstance(value, (bool, date)) or not re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}(?:\.0)?", text):
        return None
    seconds = float(text) / (1000 if float(text) > 1e11 else 1)
    return Day(datetime.fromtimestamp(seconds, UTC).date(), 0, 0)


# ---- what the files hold
def csv_rows(text: str, named: Sequence[str] = ()) -> Rows:
    """The records of a text with commas, semicolons, tabs or bars; `named` columns are known beside the usual ones.
    Raises `Declined`."""
    csv.field_size_limit(2**31 - 1)
    best: tuple[int, int, str] | None = None
    sample = text[:200_000]
    for mark in (",", ";", "\t", "|"):
        rows = list(_csv(sample, mark, HEADER_ROWS))
        header = _header(rows, named)
        if header is not None and (best is None or header[1] > best[1]):
            best = (header[0], header[1], mark)
    if best is None:
        raise Declined("no line with names of columns is known", "Name the columns title, outlet, author, published and text")
    rows = [row for row in _csv(text, best[2], None) if any(cell.strip() for cell in row)]
    start = next(number for number, row in enumerate(rows) if _score(row, named) == best[1])
    return _rows(rows[start], rows[start + 1 :])


def _csv(text: str, mark: str, most: int | None) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark)
    try:
        for number, row in enumerate(reader):
            if most is not None and number >= most:
                return
            yield row
    except csv.Error as error:
        if most is None:
            raise Declined(f"not a readable table ({error})", "Export it anew as CSV in UTF-8") from error


def _score(row: Sequence[Any], named: Sequence[str]) -> int:
    """How many different fields the cells of a row name, and how many of the columns that the user named they are."""
    fields = {known[0] for cell in row if cell is not None and (known := _known().get(_bare(cell))) is not None}
    return len(fields) + sum(str(cell).strip() in named for cell in row if cell is not None)


def _header(rows: Sequence[Sequence[Any]], named: Sequence[str]) -> tuple[int, int] | None:
    """The row with the names of the columns, and how many it knows."""
    scores = [(_score(row, named), -number) for number, row in enumerate(rows[:HEADER_ROWS])]
    if not scores or max(scores)[0] < 2:
        return (0, 1) if scores and scores[0][0] == 1 and rows and any(_known().get(_bare(c), ("",))[0] == "text" for c in rows[0] if c) else None
    return -max(scores)[1], max(scores)[0]


def _rows(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Rows:
    names = [str(name).strip() or f"column {number}" for number, name in enumerate(header, 1)]
    records = [dict(zip(names, row, strict=False)) for row in rows]
    return Rows(names, [record for record in records if any(_text(value) for value in record.values())])


def sheet_rows(raw: bytes, named: Sequence[str] = ()) -> Iterator[Rows]:
    """The records of each sheet of a spreadsheet that has names of columns. Raises `Declined`."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=True) for name in book.sheet_names]
    except (CalamineError, ValueError, OSError) as error:
        raise Declined(f"not a readable spreadsheet ({error})", "Open it and save it anew as .xlsx, or export it as CSV") from error
    found = False
    for sheet in sheets:
        header = _header(sheet, named)
        if header is not None:
            found = True
            yield _rows(sheet[header[0]], sheet[header[0] + 1 :])
    if not found:
        raise Declined("no sheet has a row with names of columns that are known", "Name the columns title, outlet, author, published and text")


def json_rows(text: str) -> Rows:
    """The records of JSON: a list, a list under a known key, one record, records by key, or one a line. Raises `Declined`."""
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        value = list(_json_lines(text))
    records = _records(value)
    if not records:
        raise Declined("no articles in this JSON", "A list of objects with keys such as title, published and text is wanted")
    flat = [_flat(record) for record in records]
    return Rows(list(dict.fromkeys(key for record in flat for key in record)), flat)


def _json_lines(text: str) -> Iterator[Any]:
    for line in text.split("\n"):
        if line.strip().rstrip(","):
            try:
                yield json.loads(line.strip().rstrip(","), strict=False)
            except (ValueError, RecursionError):
                continue


def _records(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [entry for entry in value if isinstance(entry, dict)]
    if not isinstance(value, dict) or depth > 4:
        return []
    mapped = guessed(value)
    for key in load_labels("columns")["list"]["keys"]:
        if isinstance(value.get(key), (list, dict)) and (found := _records(value[key], depth + 1)):
            return found
    if "text" in mapped or len(mapped) >= 3:
        return [value]
    inner = list(value.values())
    return [entry for entry in inner if isinstance(entry, dict)] if inner and all(isinstance(entry, dict) for entry in inner) else []


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """A record with the values that it wraps: `{"_source": {…}}`, `{"title": {"rendered": …}}`."""
    for key in load_labels("columns")["list"]["inner"]:
        if isinstance(record.get(key), dict) and not guessed(record).get("text"):
            record = {**{name: value for name, value in record.items() if name != key}, **record[key]}
    return {str(name): value.get("rendered", value) if isinstance(value, dict) else value for name, value in record.items()}
