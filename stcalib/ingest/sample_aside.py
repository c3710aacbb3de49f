"""The invented articles of a new project, whatever its issue, set aside by the first import, with the lines of the ledger on it."""

from __future__ import annotations

import csv
from importlib.resources import files
from io import StringIO
from pathlib import Path

from stcalib.core.files import write_whole
from stcalib.ingest.store import SIDECAR

ASIDE = "set_aside"
LEDGER = "corrections.csv"


def samples_in(folder: Path) -> list[Path]:
    """The sample articles that lie in a folder as the package made them."""
    found = set()
    for issue in (files("stcalib") / "data" / "samples").iterdir():
        for entry in (issue / "articles").iterdir() if issue.is_dir() else ():
            file = folder / entry.name
            if entry.name.endswith(".txt") and file.is_file() and file.read_bytes() == entry.read_bytes():
                found.add(file)
    return sorted(found)


def set_aside(folder: Path) -> list[str]:
    """Moves the sample articles of a project out of its articles, into the folder `set_aside` beside them; gives their ids."""
    samples = samples_in(folder)
    if not samples:
        return []
    aside = folder.parent / ASIDE
    aside.mkdir(exist_ok=True)
    names = [file.stem for file in samples]
    _entries_aside(folder / SIDECAR, aside / SIDECAR, names)
    _lines_aside(folder.parent / LEDGER, aside / LEDGER, names)
    for file in samples:
        file.replace(aside / file.name)
    return names


def _entries_aside(file: Path, aside: Path, names: list[str]) -> None:
    """Moves the entries of some articles, each from its line `[name]` to the next."""
    if not file.is_file():
        return
    kept: list[str] = []
    moved: list[str] = []
    here = kept
    for line in file.read_text(encoding="utf-8-sig").splitlines(keepends=True):
        if line.startswith("["):
            here = moved if line.strip().strip("[]").strip("\"'") in names else kept
        here.append(line)
    if moved:
        write_whole(aside, "".join(moved).encode("utf-8"))
        write_whole(file, "".join(kept).encode("utf-8"))


def _lines_aside(file: Path, aside: Path, names: list[str]) -> None:
    """Moves the lines of a ledger that decide on some articles."""
    if not file.is_file():
        return
    rows = list(csv.reader(StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    if not rows or "article_id" not in rows[0]:
        return
    at = rows[0].index("article_id")
    moved = [row for row in rows[1:] if len(row) > at and row[at] in names]
    if moved:
        write_whole(aside, _csv([rows[0], *moved]))
        write_whole(file, _csv([row for row in rows if row not in moved]))


def _csv(rows: list[list[str]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")
