"""The labels of exports, pages and tables, by language: the data in the folder `labels`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_labels(name: str) -> dict[str, Any]:
    """One file of labels as TOML gives it."""
    return tomllib.loads((files("stcalib.ingest") / "labels" / f"{name}.toml").read_text(encoding="utf-8"))


def bare(label: str) -> str:
    """A label as it is compared: without blanks, hyphens and case, since exports lose and add blanks at random."""
    return re.sub(r"[\s\u00ad-]+", "", label).casefold()


@cache
def labels_of(name: str, group: str) -> dict[str, str]:
    """The labels of a group in a file, bare, each with the field that it names."""
    return {bare(label): field for field, labels in load_labels(name)[group].items() for label in labels}


@cache
def any_of(name: str, group: str, entry: str) -> re.Pattern[str]:
    """A pattern for any of the expressions of an entry, as a whole line."""
    return whole_line(load_labels(name)[group][entry])


def whole_line(expressions: Iterable[str]) -> re.Pattern[str]:
    """A pattern that any of the expressions fits as a whole line."""
    return re.compile(r"\s*(?:" + "|".join(expressions) + r")\s*", re.IGNORECASE)
