"""Tables and lists of records: CSV, spreadsheets, JSON and JSON lines, with a guess at what each column holds."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import unescape
from io import BytesIO, StringIO
from typing import Any

from stcalib.ingest.bounds import check_rows
from stcalib.ingest.columns import field_of_column, guessed
from stcalib.ingest.days import Day, Order, order_of, stamp_day
from stcalib.ingest.html_tree import html_blocks, parse_html
from stcalib.ingest.json_records import json_records
from stcalib.ingest.label_files import load_labels
from stcalib.ingest.names import author_names, host_of, known_outlet, outlet_name, outlet_of_address
from stcalib.ingest.paragraphs import blocks_of, paragraphs
from stcalib.ingest.story import Declined, Story

INNER = ("rendered", "main", "original", "name", "title", "text", "value", "#text", "html", "content", "body", "paragraphs", "date")
"""Keys of a value that wraps a text."""
DEEPEST = 6
"""Levels at which a wrapped text is looked for."""
SHEET_EPOCH = date(1899, 12, 30)
"""The day 0 of spreadsheets, for days from March 1900 on."""
HEADER_ROWS = 30
"""Rows from the top among which the names of the columns stand."""
FIELDS = ("title", "outlet", "author", "published", "text", "url", "section", "language", "summary", "year", "month", "day")
_ADDRESS = re.compile(r"https?://\S+|[\w.-]+\.[a-z]{2,}/?")
_TAGS = re.compile(r"<(?:p|br|div|h\d|li|ul|table|article|html|body)\b", re.IGNORECASE)

Mapped = Mapping[str, Sequence[str]]
"""Field to the columns that may hold it, the first that is filled counting."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Records with the names of their columns."""

    names: Sequence[str]
    records: Sequence[Mapping[str, Any]]


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

    body = next((found for name in mapped.get("text", ()) if (found := _text(record.get(name), "\n\n"))), None)
    note = []
    if body is None and (body := text("summary")) is not None:
        note.append("only the summary: the file has no full text")
    day = _day(record, mapped, order)
    if day is not None and day.day is None:
        note.append("its day can be read in two ways and is left open")
    url = text("url") or next((found for name in mapped.get("outlet", ()) if _ADDRESS.fullmatch(found := _text(record.get(name)) or "")), None)
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


def _text(value: Any, joint: str = ", ", depth: int = 0) -> str | None:
    """A cell as a text, the entries of a list with `joint` between them; None where it is empty or says so."""
    if value is None or isinstance(value, bool) or depth > DEEPEST:
        return None
    if isinstance(value, dict):
        return _person(value) or next((found for key in INNER if (found := _text(value.get(key), joint, depth + 1))), None)
    if isinstance(value, (list, tuple)):
        return joint.join(found for entry in value if (found := _text(entry, joint, depth + 1))) or None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    found = str(value).strip()
    return None if not found or found.casefold() in load_labels("columns")["absent"]["words"] else found


def _person(value: Mapping[str, Any]) -> str | None:
    """The name of `{"firstname": "Jane", "lastname": "Roe"}`."""
    parts = {re.sub(r"[\W_]", "", str(key)).casefold(): str(part).strip() for key, part in value.items() if isinstance(part, str)}
    last = parts.get("lastname") or parts.get("familyname") or parts.get("surname")
    first = parts.get("firstname") or parts.get("givenname")
    return f"{first} {last}" if first and last else None


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
    names = [name for name in told if not _ADDRESS.fullmatch(name)]
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
        day = _moment(value) or _counted(value) or stamp_day(value if isinstance(value, (date, datetime)) else _text(value), order)
        if day is not None and day.day:
            return day
        open_day = open_day or day
    year, month, number = (
        next((found for name in mapped.get(part, ()) if (found := _text(record.get(name)))), "") for part in ("year", "month", "day")
    )
    if year and month and number:
        numeric = month.isdecimal() and number.isdecimal()
        return stamp_day(f"{year}-{int(month):02}-{int(number):02}" if numeric else f"{number} {month} {year}")
    return open_day


def _moment(value: Any) -> Day | None:
    """Seconds or milliseconds since 1970, which have no place: the day in UTC."""
    text = str(value).strip()
    if isinstance(value, (bool, date)) or not re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}(?:\.0)?", text):
        return None
    seconds = float(text) / (1000 if float(text) > 1e11 else 1)
    return Day(datetime.fromtimestamp(seconds, UTC).date(), 0, 0)


def _counted(value: Any) -> Day | None:
    """The days since 1900 by which spreadsheets count: 43300 is 19 July 2018."""
    text = str(value).strip()
    if isinstance(value, (bool, date)) or not re.fullmatch(r"[2-5]\d{4}(?:\.\d+)?", text):
        return None
    return Day(SHEET_EPOCH + timedelta(days=int(float(text))), 0, 0)


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
            check_rows(number)
            yield row
    except csv.Error as error:
        if most is None:
            raise Declined(f"not a readable table ({error})", "Export it anew as CSV in UTF-8") from error


def _score(row: Sequence[Any], named: Sequence[str]) -> int:
    """How many different fields the cells of a row name, and how many of the columns that the user named they are."""
    fields = {known[0] for cell in row if cell is not None and (known := field_of_column(cell)) is not None}
    return len(fields) + sum(str(cell).strip() in named for cell in row if cell is not None)


def _header(rows: Sequence[Sequence[Any]], named: Sequence[str]) -> tuple[int, int] | None:
    """The row with the names of the columns, and how many it knows."""
    scores = [(_score(row, named), -number) for number, row in enumerate(rows[:HEADER_ROWS])]
    if not scores or max(scores)[0] < 2:
        return (0, 1) if scores and scores[0][0] == 1 and rows and any((field_of_column(c) or ("",))[0] == "text" for c in rows[0] if c) else None
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
        check_rows(len(sheet))
        header = _header(sheet, named)
        if header is not None:
            found = True
            yield _rows(sheet[header[0]], sheet[header[0] + 1 :])
    if not found:
        raise Declined("no sheet has a row with names of columns that are known", "Name the columns title, outlet, author, published and text")


def json_rows(text: str) -> Rows:
    """The records of JSON. Raises `Declined`."""
    records = json_records(text)
    check_rows(len(records))
    return Rows(list(dict.fromkeys(key for record in records for key in record)), records)
