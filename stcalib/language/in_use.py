"""The language that is read in, and what is compiled of its words.

All that the rooms compile of a lexicon is kept by functions marked `by_language`. Another language lets go of it, so that each
is read by its own words and none pays for the choice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

REFERENCE = "en"
"""The language whose folder has every file and every key; another may lack some, and has no such words."""

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")


@dataclass(slots=True)
class _Choice:
    """The language in use, and the folder in which the folders of languages stand."""

    language: str = REFERENCE
    root: Path | Traversable | None = None


_choice = _Choice()
_let_go: list[Callable[[], None]] = []


def by_language(function: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """Keeps what a function makes of the words of a language, by its arguments, until another language is read in."""
    held = cache(function)
    _let_go.append(held.cache_clear)
    return cast("Callable[Arguments, Made]", held)


def lately_by_language(most: int) -> Callable[[Callable[Arguments, Made]], Callable[Arguments, Made]]:
    """As `by_language`, of the latest arguments alone, so many at most: for what is asked of each word of a text."""

    def holding(function: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
        held = lru_cache(maxsize=most)(function)
        _let_go.append(held.cache_clear)
        return cast("Callable[Arguments, Made]", held)

    return holding


def packaged() -> Traversable:
    """The folder of the package in which the folders of languages stand."""
    return files("stcalib") / "data" / "lexicon"


def languages(root: Path | Traversable | None = None) -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages that have a folder."""
    return tuple(sorted(folder.name for folder in (root or packaged()).iterdir() if folder.is_dir()))


def language_in_use() -> str:
    """The code of the language that is read in."""
    return _choice.language


def folder_of(language: str | None = None) -> Path | Traversable:
    """The folder of a language, of the one in use without. Raises `LookupError` where there is none."""
    code = language or _choice.language
    for root in (_choice.root, packaged()):
        if root is not None and (root / code).is_dir():
            return root / code
    raise LookupError(_missing(code, _choice.root))


def _missing(language: str, root: Path | Traversable | None) -> str:
    return f"no language {language!r}: there is no folder of that name in {root or 'the lexicon'}. There are {', '.join(languages(root))}"


def use_language(language: str, root: Path | Traversable | None = None) -> None:
    """Reads in a language from now on: a folder of its code in the package, or in `root`.

    Raises `LookupError` where there is none; `languages()` gives those that there are.
    """
    if (language, root) == (_choice.language, _choice.root):
        return
    if language not in languages(root):
        raise LookupError(_missing(language, root))
    _choice.language, _choice.root = language, root
    for let_go in _let_go:
        let_go()
