"""What a process keeps at hand between two readings of one folder, so that the second reads only what has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from stcalib.codebook.codebook import Codebook
from stcalib.corpus.kept import InMemory, Kept, kept_in, state_of
from stcalib.corpus.sources import Source

Stamp = tuple[int, int, int]
"""What tells one state of a file from another: its time of change, its size, its number on the disk."""


def stamp_of(path: Path) -> Stamp | None:
    """The state of a file; None where it is not there."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino


class AtHand(InMemory):
    """Pieces in memory before those that are kept elsewhere."""

    def __init__(self, behind: Kept):
        super().__init__()
        self._behind = behind
        self.state, self.folder = behind.state, behind.folder

    def get(self, key: str) -> bytes | None:
        """The piece of this key, if there is one."""
        piece = super().get(key)
        if piece is None and (piece := self._behind.get(key)) is not None:
            super().put(key, piece)
        return piece

    def put(self, key: str, piece: bytes) -> None:
        """Keeps a piece."""
        super().put(key, piece)
        self._behind.put(key, piece)

    def flush(self) -> None:
        """Sees to it that all pieces are kept."""
        self._behind.flush()


@dataclass
class Warm:
    """The texts of a folder as they were read, by the state of their files, and what was read of them, by that of codebook and program."""

    sources: dict[tuple[Path, Stamp], Source] = field(default_factory=dict)
    pieces: dict[str, AtHand] = field(default_factory=dict)

    def kept(self, folder: Path | None, codebook: Codebook) -> AtHand:
        """The pieces of a codebook, in a folder too where one is given."""
        state = state_of(codebook)
        if state not in self.pieces:
            self.pieces[state] = AtHand(kept_in(folder, codebook))
        return self.pieces[state]
