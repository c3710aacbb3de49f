"""Codebooks: what makes the package about one issue.

A codebook is a folder of TOML files, each of which may be missing: `issue.toml` (title, language, country),
`actors.toml` (persons, parties, bodies and dated offices), `counts.toml` (measures and places), `propositions.toml`
(what actors take a stance on); beside them `official.csv` may hold official figures,
and the folder `model` what a project's reader has learned. Entries are validated; a bad one is a `LexiconError` that names file and entry.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from stcalib.codebook.actors_file import Actors
from stcalib.codebook.counts_file import Counts
from stcalib.codebook.issue_file import Issue
from stcalib.codebook.propositions_file import Propositions
from stcalib.codebook.usual import DEFAULT
from stcalib.core.errors import LexiconError
from stcalib.core.toml_models import Entry, members, read_toml

OFFICIAL = "official.csv"
"""The official series of a codebook."""


MODEL = "model"
"""The folder beside a codebook's files with what a project's reader has learned (`stca learn`)."""


class Codebook(Entry):
    """The files of one codebook; `official` is the path of the official series beside them, where there is one, `model` that of the
    folder of learned weights, and `model_state` tells one state of these from another."""

    name: str
    issue: Issue = Issue()
    actors: Actors = Actors()
    counts: Counts = Counts()
    propositions: Propositions = Propositions()
    official: str | None = None
    model: str | None = None
    model_state: str = ""

    def __hash__(self) -> int:
        """By name alone: what is made of a codebook is cached by it, and its entries are many."""
        return hash(self.name)


EMPTY = Codebook(name="empty")
"""A codebook that knows nobody and nothing: extraction runs on the language alone."""


def load_codebook(name: str | Path = DEFAULT) -> Codebook:
    """The codebook in a folder, or one of the package's by its name. Read anew where a file of it has changed.

    Raises `LexiconError` where there is no such folder, it holds none of the files, or an entry is bad.
    """
    return _loaded(name, _state(_folder(name)))


def _state(folder: Path | Traversable) -> tuple[tuple[str, int, int], ...]:
    """What tells one state of a folder's files from another: name, time of change and size."""
    files_of = [*sorted(folder.glob("*.toml")), *sorted((folder / MODEL).glob("*.*"))] if isinstance(folder, Path) else []
    return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files_of)


@cache
def _loaded(name: str | Path, state: tuple[tuple[str, int, int], ...]) -> Codebook:
    folder = _folder(name)
    found = {
        field: read_toml(folder / f"{field}.toml", model)
        for field, model in members(Codebook).items()
        if (folder / f"{field}.toml").is_file()
    }
    if not found:
        wanted = ", ".join(f"{field}.toml" for field in members(Codebook))
        raise LexiconError(f"{folder}: no codebook. It needs at least one of {wanted}")
    official, model = folder / OFFICIAL, folder / MODEL
    learned = {"model": str(model), "model_state": _digest(model)} if isinstance(model, Path) and model.is_dir() else {}
    return Codebook.model_validate({"name": folder.name, "official": str(official) if official.is_file() else None, **learned, **found})


def _digest(folder: Path) -> str:
    """The digest of the files of a folder."""
    return sha256(b"".join(file.read_bytes() for file in sorted(folder.glob("*.*")))).hexdigest()


def _folder(name: str | Path) -> Path | Traversable:
    if isinstance(name, str) and (shipped := files("stcalib") / "data" / "codebooks" / name).is_dir():
        return shipped
    folder = Path(name)
    if not folder.is_dir():
        known = ", ".join(sorted(entry.name for entry in (files("stcalib") / "data" / "codebooks").iterdir() if entry.is_dir()))
        raise LexiconError(f"{name}: no such codebook. Give a folder, or one of the package's: {known}")
    return folder
