"""What was read of articles, kept in memory or in the project's folder `.stcalib`, by digests of all that it rests on.

A file of SQLite holds it, each piece with a digest of its own. What is damaged, or was written by something else, is never
taken: the file is made anew, and `notice` tells of it. Nothing in it is run. Where the folder cannot be written, memory serves.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

import stcalib
from stcalib.codebook.codebook import Codebook

FOLDER = ".stcalib"
FILE = "read.sqlite"
STATES_KEPT = 4
"""So many states of codebook and program have their pieces kept, those used last."""
TOGETHER = 400
"""So many pieces are written at once."""
_DIGEST = 16
_TABLES = (
    "CREATE TABLE IF NOT EXISTS states (state TEXT PRIMARY KEY, used INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, state TEXT NOT NULL, piece BLOB NOT NULL, digest BLOB NOT NULL) WITHOUT ROWID",
)


class Kept(Protocol):
    """Pieces by key; `state` is that of codebook and program, which every key holds, `notice` what is to be told.

    `folder` is where they are kept, where that is on the disk.
    """

    state: str
    notice: str
    folder: Path | None

    def get(self, key: str) -> bytes | None:
        """The piece of this key, if there is one."""

    def put(self, key: str, piece: bytes) -> None:
        """Keeps a piece."""

    def flush(self) -> None:
        """Sees to it that all pieces are kept."""


class InMemory:
    """Pieces that live as long as the process."""

    state = notice = ""
    folder: Path | None = None

    def __init__(self) -> None:
        self._pieces: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The piece of this key, if there is one."""
        return self._pieces.get(key)

    def put(self, key: str, piece: bytes) -> None:
        """Keeps a piece."""
        self._pieces[key] = piece

    def flush(self) -> None:
        """Nothing is to be done."""


class OnDisk:
    """Pieces in the file of a folder. `state` is that of codebook and program. Raises `OSError` where it cannot be written."""

    def __init__(self, folder: Path, state: str):
        self.notice = ""
        self.folder: Path | None = folder
        self._file, self.state = folder / FILE, state
        self._waiting: dict[str, bytes] = {}
        self._process = 0
        self._base: sqlite3.Connection | None = None
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        try:
            self._open()
        except sqlite3.DatabaseError:
            self._anew()

    def _open(self) -> sqlite3.Connection:
        """The connection of this process: one is never shared with a process that was forked."""
        if self._base is None or self._process != os.getpid():
            base = sqlite3.connect(self._file, timeout=5, isolation_level=None, check_same_thread=False)
            # what a crash tears is found out by its digest and read again
            base.execute("PRAGMA journal_mode=MEMORY")
            base.execute("PRAGMA synchronous=OFF")
            for table in _TABLES:
                base.execute(table)
            base.execute("INSERT OR REPLACE INTO states SELECT ?, coalesce(max(used), 0) + 1 FROM states", (self.state,))
            old = f"SELECT state FROM states ORDER BY used DESC LIMIT -1 OFFSET {STATES_KEPT}"
            base.execute(f"DELETE FROM kept WHERE state IN ({old})")
            base.execute(f"DELETE FROM states WHERE state IN ({old})")
            self._base, self._process = base, os.getpid()
        return self._base

    def _anew(self) -> None:
        """Puts an empty file in place of a damaged one."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
        self._base = None
        self._file.unlink(missing_ok=True)
        self.notice = f"{self._file.parent.name}/{FILE} was damaged or of another program, and was made anew; articles were read again."
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            raise OSError(str(error)) from error

    def get(self, key: str) -> bytes | None:
        """The piece of this key, if there is one that is whole."""
        if key in self._waiting:
            return self._waiting[key]
        try:
            found = self._open().execute("SELECT piece, digest FROM kept WHERE key = ?", (key,)).fetchone()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                return None
            self._anew()
            return None
        except sqlite3.DatabaseError:
            self._anew()
            return None
        if found is None:
            return None
        piece, digest = found
        if isinstance(piece, bytes) and _digest(key, piece) == digest:
            return piece
        self.notice = f"A piece of {self._file.parent.name}/{FILE} was damaged; its article was read again."
        return None

    def put(self, key: str, piece: bytes) -> None:
        """Keeps a piece."""
        self._waiting[key] = piece
        if len(self._waiting) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Writes what waits. A full disk or a file that another process holds costs the keeping alone."""
        rows = [(key, self.state, piece, _digest(key, piece)) for key, piece in self._waiting.items()]
        try:
            base = self._open()
            base.execute("BEGIN IMMEDIATE")
            base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
            base.execute("COMMIT")
        except sqlite3.DatabaseError:
            if self._base is not None and self._base.in_transaction:
                with suppress(sqlite3.Error):
                    self._base.execute("ROLLBACK")
            return
        self._waiting.clear()


def _digest(key: str, piece: bytes) -> bytes:
    return blake2b(piece, digest_size=_DIGEST, key=key.encode("ascii")[:64]).digest()


def key_of(*parts: object) -> str:
    """The key of a piece: a digest of all that it rests on."""
    words = "\x1f".join("" if part is None else str(part) for part in parts)
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest()


def kept_in(folder: Path | None, codebook: Codebook) -> Kept:
    """What is kept in a folder, or in memory where there is none or it cannot be written."""
    if folder is None:
        return InMemory()
    try:
        return OnDisk(folder, state_of(codebook))
    except OSError:
        return InMemory()


def project_cache(articles: Path) -> Path | None:
    """The folder in which what was read of a folder of articles is kept: that of its project; None where it is in none.

    A project is the folder that holds the articles and, beside them, notebooks, a codebook or a ledger of corrections.
    """
    project = articles.absolute().parent
    beside = ("notebooks", "codebook", "corrections.csv", FOLDER)
    return project / FOLDER if any((project / name).exists() for name in beside) and os.access(project, os.W_OK) else None


def clean(articles: Path) -> Path | None:
    """Removes what is kept of a folder of articles, and gives the folder that is gone, if there was one."""
    folder = articles.absolute().parent / FOLDER
    if not (folder / FILE).is_file():
        return None
    shutil.rmtree(folder)
    return folder


def state_of(codebook: Codebook) -> str:
    """A digest of the codebook with its learned weights, and of the program with its word lists."""
    words = codebook.model_dump_json(exclude={"official", "model"})
    return key_of(_program(), codebook.model_state, words)


@cache
def _program() -> str:
    """A digest of the package's code, word lists and weights, and of the version of Python."""
    package = Path(str(stcalib.__file__)).parent
    told = blake2b(f"{sys.version_info[:2]} {stcalib.__version__}".encode(), digest_size=_DIGEST)
    read = (package / "data" / name for name in ("lexicon", "codebooks", "models"))
    for file in sorted([*package.rglob("*.py"), *(file for folder in read for file in folder.rglob("*") if file.is_file())]):
        told.update(file.relative_to(package).as_posix().encode())
        told.update(file.read_bytes())
    return told.hexdigest()
