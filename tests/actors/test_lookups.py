"""The registry's look-ups as a table: a new case is a new row in `lookups.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from stcalib.actors.registry import Registry, registry_of
from stcalib.codebook.codebook import EMPTY, load_codebook
from stcalib.core.rows import Published

TABLE: dict[str, list[list[str]]] = tomllib.loads((Path(__file__).parent / "lookups.toml").read_text(encoding="utf-8"))
LOOK_UPS: dict[str, Callable[[Registry, str, Published, str | None], object]] = {
    "holder": lambda registry, text, when, place: getattr(registry.holder(text, when, place), "name", None),
    "named": lambda registry, text, when, place: getattr(registry.named(text, when, place), "name", None),
    "party": lambda registry, text, when, place: registry.party_word(text, place),
    "party_of": lambda registry, text, when, place: registry.party_of(text, when),
    "organization": lambda registry, text, when, place: registry.organization_of(text, when),
}
ROWS = [pytest.param(kind, *row, id=f"{kind}-{'-'.join(row)}") for kind, rows in TABLE.items() for row in rows]


def interval(text: str) -> Published:
    first, dots, last = text.partition("..")
    days = [date.fromisoformat(day) if day else None for day in (first, last if dots else first)]
    return Published(*days)


@pytest.mark.parametrize(("kind", "text", "when", "place", "expected"), ROWS)
def test_look_up(kind: str, text: str, when: str, place: str, expected: str) -> None:
    assert LOOK_UPS[kind](registry_of(load_codebook()), text, interval(when), place or None) == (expected or None)


@pytest.mark.parametrize(("kind", "text", "when", "place", "expected"), ROWS)
def test_an_empty_codebook_knows_nobody(kind: str, text: str, when: str, place: str, expected: str) -> None:
    assert LOOK_UPS[kind](registry_of(EMPTY), text, interval(when), place or None) is None


def test_the_examples_of_the_documentation() -> None:
    page = (files("stcalib") / "docs" / "actors.md").read_text(encoding="utf-8")
    example = page.split("```python\n")[1].split("```")[0]
    names: dict[str, Any] = {}
    exec(example, names)  # the page's own code, which is part of the package
    claims = [line.split("# ") for line in example.splitlines() if "# '" in line]
    assert len(claims) == 6
    for expression, value in claims:
        assert repr(eval(expression, names)) == value
