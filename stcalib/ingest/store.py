"""The folder of articles that stories are written into: a text file each, and their entries in `articles.toml`.

Files appear whole or not at all and are never overwritten; entries are only added, below what stands there already.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from stcalib.core.errors import StcalibError
from stcalib.core.files import write_whole
from stcalib.ingest.near_copies import Copies
from stcalib.ingest.story import Story

SIDECAR = "articles.toml"
STEM_LENGTH, TITLE_LENGTH = 60, 40
DIGITS = 16
"""Hexadecimal digits of a text's digest that its entry keeps."""
HEADS, HEAD_LENGTH = 3, 200
"""Headline, byline and dateline, each of at most so many characters."""
_END = re.compile(r"[.!?…]['\"”’»)\]]*$")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)), "readme"})
_FOLDED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a story comes from: the file as the user named it, and the number of the story in it."""

    source: str
    number: int


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a story. `new` is False where it was there before, `deleted` True where its text was deleted since."""

    article_id: str
    new: bool
    duplicate_of: str | None
    deleted: bool = False


class Store:
    """A folder of articles, read once; `add` writes stories and `write_entries` what is known of them."""

    def __init__(self, folder: Path, dry_run: bool = False):
        self.folder = folder
        self._dry_run = dry_run
        self._entries = _entries(folder / SIDECAR)
        self._digests = {entry["digest"]: name for name, entry in self._entries.items() if isinstance(entry.get("digest"), str)}
        self._planned: dict[str, str] = {}
        self._new_entries: list[str] = []
        self._copies: Copies | None = None

    def add(self, story: Story, place: Place, base: str) -> Written:
        """Writes a story into a file of its own, unless it is there already: as a file, or as one that was edited since."""
        text = story.text.encode("utf-8", "replace").decode("utf-8")
        digest = sha256(text.encode("utf-8")).hexdigest()[:DIGITS]
        body = _body(text)
        if (known := self._digests.get(digest)) is not None and not (self.folder / f"{known}.txt").exists() and known not in self._planned:
            return Written(known, new=False, duplicate_of=None, deleted=True)
        if (known := self._there(base, text, digest)) is not None:
            article_id, new = known, False
        else:
            article_id, new = self._free(base), True
        copies = self._seen()
        told = self._entries.get(article_id, {}).get("duplicate_of")
        duplicate = copies.first_like(body) if new else told if isinstance(told, str) else None
        if new:
            copies.add(article_id, body)
            self._planned[article_id] = text
            if not self._dry_run:
                write_new(self.folder / f"{article_id}.txt", text.encode("utf-8"))
        if article_id not in self._entries:
            if not new:
                duplicate = copies.first_like(body, article_id)
            self._entries[article_id] = {"digest": digest, "duplicate_of": duplicate}
            self._new_entries.append(_entry(article_id, story, place, duplicate, digest))
        return Written(article_id, new, duplicate)

    def _there(self, base: str, text: str, digest: str) -> str | None:
        """The id under which a story is there: the entry with its digest, or the file with its text."""
        for article_id in self._names(base):
            if article_id in self._planned:
                if self._planned[article_id] == text:
                    return article_id
                continue
            file = self.folder / f"{article_id}.txt"
            entry = self._entries.get(article_id)
            if entry is not None and entry.get("digest") == digest and file.exists():
                return article_id
            if not file.exists():
                return None
            if _text(file) == text:
                return article_id
        return None

    def _free(self, base: str) -> str:
        return next(name for name in self._names(base) if name not in self._planned and not (self.folder / f"{name}.txt").exists())

    def _names(self, base: str) -> Iterator[str]:
        yield base
        number = 2
        while True:
            yield f"{base}-{number}"
            number += 1

    def _seen(self) -> Copies:
        """The texts of the folder, read when first needed."""
        if self._copies is None:
            self._copies = Copies()
            for file in sorted(self.folder.glob("*.txt")) if self.folder.is_dir() else ():
                self._copies.add(file.stem, _body(_text(file)))
        return self._copies

    def write_entries(self) -> None:
        """Adds the entries of the stories since the last time, at the end of the file."""
        if self._new_entries and not self._dry_run:
            file = self.folder / SIDECAR
            before = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
            joint = "" if not before else "\n" if before.endswith("\n") else "\n\n"
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, (before + joint + "\n".join(self._new_entries)).encode("utf-8"))
        self._new_entries = []


def _body(text: str) -> str:
    """A text without the lines of its head, as far as the text alone tells them: copies have headlines and bylines of their own."""
    parts = text.split("\n\n")
    heads = next((n for n, part in enumerate(parts[:HEADS]) if len(part) > HEAD_LENGTH or _END.search(part.strip())), min(HEADS, len(parts) - 1))
    return "\n".join(parts[heads:])


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _entries(file: Path) -> dict[str, dict[str, object]]:
    """The entries that are there. Raises `StcalibError` where the file is no TOML, since nothing could be added to it."""
    if not file.is_file():
        return {}
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StcalibError(f"{file}: not valid TOML: {error}. Mend the line, then import again; nothing was imported") from error
    return {name.removesuffix(".txt"): table for name, table in tables.items() if isinstance(table, dict)}


# ---- names
def slug(text: str, most: int) -> str:
    """A text as part of a file name: lower-case letters and digits of ASCII between hyphens, cut at a word."""
    plain = normalize("NFKD", text.casefold().translate(_FOLDED)).encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])['’](?=[a-z])", "", plain))
    kept = ""
    for word in words:
        if kept and len(kept) + 1 + len(word) > most:
            break
        kept = f"{kept}-{word}" if kept else word[:most]
    return kept


def base_name(stem: str, number: int, count: int, title: str | None) -> str:
    """The id of a story: its file's name, and of several in one file its number and the first words of its headline."""
    begin = slug(stem, STEM_LENGTH) or "articles"
    begin = f"{begin}-file" if begin in _RESERVED else begin
    if count == 1:
        return begin
    width = max(4, len(str(count)))
    words = slug(title or "", TITLE_LENGTH)
    return f"{begin}-{number:0{width}}" + (f"-{words}" if words else "")


# ---- entries
def _entry(article_id: str, story: Story, place: Place, duplicate_of: str | None, digest: str) -> str:
    values: Iterable[tuple[str, str | int | date | None]] = (
        ("title", story.title),
        ("outlet", story.outlet),
        ("author", story.author),
        ("dateline", story.dateline),
        ("published", story.published),
        ("url", story.url),
        ("section", story.section),
        ("language", story.language),
        ("source", place.source),
        ("place", place.number),
        ("duplicate_of", duplicate_of),
        ("digest", digest),
        ("note", story.note),
    )
    lines = [f"{key} = {_value(value)}" for key, value in values if value is not None and value != ""]
    return "\n".join([f"[{_value(article_id)}]", *lines, ""])


def _value(value: str | int | date) -> str:
    """A value in TOML."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    escaped = " ".join(value.split()).replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"'
        + re.sub(
            r"[\x00-\x1f\x7f\ud800-\udfff]",
            lambda match: f"\\u{min(ord(match.group()), 0xFFFD) if ord(match.group()) < 0xD800 else 0xFFFD:04X}",
            escaped,
        )
        + '"'
    )


# ---- files
def write_new(path: Path, content: bytes) -> None:
    """Writes a file whole; one that is there stays as it is."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
