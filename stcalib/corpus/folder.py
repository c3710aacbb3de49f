"""A folder on disk to its articles: every text file in it and in the folders below it, and what was not read.

An article's id is its path within the folder, with `/` and without `.txt`; where two files would share one ("d.TXT"
and "d.txt"), the later in sorted order keeps its ending. A file that cannot be used is a `Problem`; what is plainly no
article (dot files, a README) is passed over and named.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from stcalib.core.errors import ArticleError
from stcalib.core.rows import Problem
from stcalib.corpus.actor_names import NAME as ACTOR_NAMES
from stcalib.corpus.sidecar import NAME as SIDECAR
from stcalib.corpus.sources import Source
from stcalib.corpus.warm import Stamp, Warm, stamp_of
from stcalib.text.article import read_article

ARTICLE_ENDING = ".txt"
OTHER_FILES = frozenset({SIDECAR, ACTOR_NAMES, "corrections.csv"})
"""Files at the top of a folder that tell of its articles."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file or folder below the folder of articles: where it is, and its name in tables and messages."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class FolderRead:
    """The articles of a folder where they lie, what could not be used, and the names of what was passed over."""

    articles: list[Source]
    problems: list[Problem]
    passed_over: list[str]


def read_folder(folder: Path, warm: Warm | None = None) -> FolderRead:
    """Reads every article of a folder and of the folders below it. One bad file never keeps the others from being read.

    What `warm` has of a file in the state in which it is is not read again.
    """
    known = warm.sources if warm is not None else {}
    read = FolderRead([], [], [])
    taken: set[str] = set()
    now: dict[tuple[Path, Stamp], Source] = {}
    for found in _entries(folder, read):
        if (problem := _unfit(found)) is not None:
            read.problems.append(problem)
            continue
        article_id = _free_id(found.name, taken)
        taken.add(article_id)
        stamp = stamp_of(found.path) if warm is not None else None
        if stamp is None or (found.path, stamp) not in known:
            try:
                source = Source.of(replace(read_article(found.path), article_id=article_id, file=found.name), found.path)
            except ArticleError as error:
                read.problems.append(Problem(found.name, error.problem, error.advice))
                continue
        else:
            source = known[found.path, stamp]
        read.articles.append(source if source.article_id == article_id else replace(source, article_id=article_id))
        if warm is not None and stamp is not None:
            now[found.path, stamp] = source
    if warm is not None:
        warm.sources = now
    return read


def article_ids(folder: Path) -> dict[str, str]:
    """The ids of the text files of a folder and of those below it, each with its file, without reading any."""
    ids: dict[str, str] = {}
    for found in _entries(folder, FolderRead([], [], [])):
        if _unfit(found) is None:
            ids[_free_id(found.name, set(ids))] = found.name
    return ids


def file_name(path: Path, folder: Path | None = None) -> str:
    """The name of a file in tables: relative to `folder`, with `/`; a name that is not UTF-8 is read as Windows-1252."""
    raw = os.fsencode(path if folder is None else path.relative_to(folder))
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("cp1252", "backslashreplace")
    return name.replace(os.sep, "/")


def _free_id(name: str, taken: set[str]) -> str:
    """The id of a file: its name without the ending, or with it where that id is taken."""
    bare = name[: -len(ARTICLE_ENDING)]
    return bare if bare not in taken else name


def _entries(folder: Path, read: FolderRead) -> list[Found]:
    """What may be an article, in sorted order. What is passed over, and what is wrong already, goes to `read`."""
    found: list[Found] = []
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            entries = sorted(place.iterdir())
        except OSError as error:
            read.problems.append(Problem(file_name(place, folder), f"the folder cannot be read ({error.strerror})", "Check its rights"))
            continue
        for path in entries:
            name = file_name(path, folder)
            if place == folder and path.name in OTHER_FILES:
                continue
            if _is_passed_over(path):
                read.passed_over.append(name)
            elif path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
                waiting.append(path)
            else:
                found.append(Found(path, name))
    read.passed_over.sort()
    return sorted(found, key=lambda one: one.path)


def _is_passed_over(path: Path) -> bool:
    """Whether a file or folder is plainly no article: hidden (unless it has the ending of one), or a README."""
    if path.name.startswith("."):
        return path.suffix.lower() != ARTICLE_ENDING
    return path.stem.upper() == "README" and not path.is_dir()


def _unfit(found: Found) -> Problem | None:
    """Why a file is no article by its name and kind alone."""
    if found.path.name.startswith("."):
        return Problem(found.name, "a hidden file: its name begins with a dot", "Rename it if it is an article")
    if found.path.is_dir():
        return Problem(found.name, "a link to a folder, which is not followed", "Put the folder itself there")
    if not found.path.is_file():
        return Problem(found.name, "not a file, or a link to one that is not there", "Put the file itself there, or remove it")
    if found.path.suffix.lower() != ARTICLE_ENDING:
        return Problem(found.name, f"not a {ARTICLE_ENDING} file", f"Save the article as plain text with the ending {ARTICLE_ENDING}")
    return None
