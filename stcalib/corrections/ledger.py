"""The ledger of corrections: a CSV file with a line for each decision that a reviewer made.

Lines are only ever added. A line says who decided what, when, on which characters of which text, so that it can
be read in a diff, merged by git (`corrections.csv merge=union` in `.gitattributes`) and defended later. What the
decisions do to the tables is worked out in `stcalib.corrections.applied`.
"""

from __future__ import annotations

import csv
import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stcalib.core.errors import TableError
from stcalib.core.rows import REVIEWED, column
from stcalib.core.safe_cells import from_cell, to_cell

ACTIONS = ("accept", "reject", "edit", "add", "note", "undo")
DIGEST_LENGTH = 16
"""Hexadecimal digits of an article's digest that a line carries."""
PATIENCE = 60
"""Seconds that a writer waits for another."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the ledger. All values are text, as they stand in the file."""

    who: str = column("the reviewer")
    when: str = column("moment of the decision, UTC; lines of one moment were made together", unit="ISO 8601, milliseconds")
    action: str = column("what was decided", values=ACTIONS)
    table: str = column("the table of the row", values=REVIEWED)
    article_id: str = column("the article, for people")
    article: str = column("the article, for the program: the first 16 digits of the SHA-256 of its text")
    start: int = column("where the row began when the decision was made; for an added row, where it begins", unit="characters")
    end: int = column("where it ended, exclusive", unit="characters")
    row_id: str = column("the row")
    field: str = column("the field that is edited; 'span' is start and end together; empty for other actions")
    old: str = column("value of that field before; for an undo, the `when` of the decision that is undone")
    new: str = column("value of that field after; a span is written start-end")
    text: str = column("the characters start..end, to be read and to be checked")
    note: str = column("why, in the reviewer's words")


COLUMNS = tuple(f.name for f in fields(Decision))


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no decision: its number, what is wrong, and the line."""

    line: int
    problem: str
    content: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The decisions in order, each with the number of its line, and the lines that could not be read."""

    decisions: tuple[tuple[int, Decision], ...] = ()
    bad_lines: tuple[BadLine, ...] = ()
    name: str = "ledger"

    def of(self, who: str) -> Ledger:
        """The decisions of one reviewer."""
        return Ledger(tuple((line, decision) for line, decision in self.decisions if decision.who == who), (), self.name)

    def about(self, articles: Mapping[str, str]) -> Ledger:
        """The decisions on these articles: ids, each with the digest of its text."""
        digests = {digest[:DIGEST_LENGTH] for digest in articles.values()}
        about = tuple((line, one) for line, one in self.decisions if one.article in digests or one.article_id in articles)
        return Ledger(about, self.bad_lines, self.name)

    @property
    def reviewers(self) -> list[str]:
        """Who made decisions, in the order of their first."""
        return list(dict.fromkeys(decision.who for _, decision in self.decisions))

    def __len__(self) -> int:
        return len(self.decisions)


def read_ledger(path: str | Path, missing_ok: bool = False) -> Ledger:
    """The ledger in a file; an empty one where the file is missing and `missing_ok`.

    A line that cannot be read is kept in `bad_lines` with its number, and the others count. Raises `TableError`
    where the file cannot be read or is no ledger at all.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        if missing_ok:
            return Ledger(name=path.name)
        raise TableError(f"{path}: no such ledger. Check the path, or make the first decision in the review widget") from error
    except OSError as error:
        raise TableError(f"{path}: cannot be read as a ledger ({error}). It must be a CSV file in UTF-8") from error
    if not content.strip():
        return Ledger(name=path.name)
    lines = _lines(content)
    header = next(lines, (1, []))[1]
    if lacking := [name for name in COLUMNS if name not in header]:
        raise TableError(f"{path}: no ledger: its first line lacks {', '.join(lacking)}. It must read {','.join(COLUMNS)}")
    decisions, bad = [], []
    for number, cells in lines:
        if not cells or cells == header:
            continue
        decision = _decision(header, cells)
        if isinstance(decision, Decision):
            decisions.append((number, decision))
        else:
            bad.append(BadLine(number, decision, ",".join(cells)))
    return Ledger(tuple(decisions), tuple(bad), path.name)


def append(path: str | Path, decisions: Sequence[Decision]) -> None:
    """Writes the decisions to the end of the file, together and at once, and returns when they are on the disk.

    Makes the file with its header where there is none. Raises `TableError` where that fails.
    """
    path = Path(path)
    lines = "".join(_line([str(value) for value in astuple(decision)]) for decision in decisions)
    try:
        made = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        try:
            with _locked(path):
                _write(handle, path, lines)
        finally:
            os.close(handle)
        if made:
            _sync_folder(path.parent)
    except OSError as error:
        raise TableError(f"{path}: cannot be written ({error.strerror}); the decision is not saved. Check folder, rights and space") from error


def moment(now: datetime | None = None, after: str = "") -> str:
    """`now` as the ledger writes it, later than the moment `after`, so that no two moments of a reviewer are the same."""
    now = (now or datetime.now(UTC)).astimezone(UTC)
    told = _stamp(now)
    if after and told <= after:
        told = _stamp(datetime.fromisoformat(after) + timedelta(milliseconds=1))
    return told


def inactive(decisions: Iterable[Decision]) -> set[int]:
    """The places, in order, of decisions that a later undo of the same reviewer took back."""
    undone: set[tuple[str, str]] = set()
    places = set()
    for place, decision in reversed(list(enumerate(decisions))):
        if (decision.who, decision.when) in undone:
            places.add(place)
        elif decision.action == "undo":
            undone.add((decision.who, decision.old))
    return places


def _lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The lines with their numbers, each read by itself: a torn line, even one cut inside a character, must not swallow
    the next. It is one cell."""
    for number, raw in enumerate(content.removeprefix(BOM_UTF8).split(b"\n"), 1):
        if not (raw := raw.rstrip(b"\r")):
            continue
        try:
            yield number, next(csv.reader([raw.decode("utf-8")], strict=True))
        except (csv.Error, UnicodeDecodeError):
            yield number, [raw.decode("utf-8", "replace")]


def _decision(header: Sequence[str], cells: Sequence[str]) -> Decision | str:
    """The decision in the cells of a line, or what is wrong with the line."""
    if cells[0].startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return "a mark of an unfinished merge: delete this line"
    if len(cells) != len(header):
        return f"{len(cells)} cells where {len(header)} are due: the line is torn or was edited"
    values = {name: from_cell(cell) for name, cell in zip(header, cells, strict=True)}
    if values["action"] not in ACTIONS:
        return f"action {values['action']!r} is none of {', '.join(ACTIONS)}"
    if not (values["start"].isdecimal() and values["end"].isdecimal()):
        return f"start {values['start']!r} and end {values['end']!r} must be numbers of characters"
    if lacking := [name for name in ("who", "when", "table", "article", "row_id") if not values[name]]:
        return f"{', '.join(lacking)} must not be empty"
    numbers = {name: int(values[name]) for name in ("start", "end")}
    return Decision(**{name: numbers.get(name, values[name]) for name in COLUMNS})  # type: ignore[arg-type]


def _line(cells: Iterable[str]) -> str:
    quoted = []
    for cell in map(to_cell, cells):
        quoted.append('"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"') or cell != cell.strip() else cell)
    return ",".join(quoted) + "\n"


def _write(handle: int, path: Path, lines: str) -> None:
    size = os.lseek(handle, 0, os.SEEK_END)
    if size == 0:
        lines = _line(COLUMNS) + lines
    else:
        _check_header(handle, path)
        os.lseek(handle, -1, os.SEEK_END)
        if os.read(handle, 1) != b"\n":
            lines = "\n" + lines
    data = lines.encode("utf-8", "surrogatepass")
    while data:
        data = data[os.write(handle, data) :]
    os.fsync(handle)


def _check_header(handle: int, path: Path) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    first = os.read(handle, 4096).decode("utf-8-sig", "replace").split("\n", 1)[0].strip()
    if next(csv.reader([first]), []) != list(COLUMNS):
        raise TableError(f"{path}: no ledger: its first line must read {','.join(COLUMNS)}. Give another file, or mend that line")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Holds other writers off, of this process and of others, on every system: by a lock on a hidden file beside the ledger, which
    stays there. Raises `TableError` where somebody holds it too long."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=PATIENCE):
            yield
    except Timeout as error:
        raise TableError(f"{path}: another program has been writing it for {PATIENCE} seconds; the decision is not saved. Try again") from error


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
