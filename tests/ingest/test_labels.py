"""The data files of the room: each names its source, each expression is a pattern, no label names two fields of a group."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest

from stcalib.ingest.label_files import bare, load_labels

NAMES = sorted(file.name.removesuffix(".toml") for file in (files("stcalib.ingest") / "labels").iterdir())
PATTERNS = {"nexis": ["old", "uni"], "factiva": ["line"], "proquest": ["line"], "eureka": ["line"], "web": ["line"]}
GROUPS = [
    (name, group)
    for name, groups in {"nexis": ["old_head", "old_tail", "uni_head", "uni_tail"], "proquest": ["head", "tail", "close"], "plain": ["head"]}.items()
    for group in groups
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_names_its_source(name: str) -> None:
    assert len(load_labels(name)["source"]) > 20


@pytest.mark.parametrize(("name", "group"), [(name, group) for name, groups in PATTERNS.items() for group in groups])
def test_expressions_are_patterns(name: str, group: str) -> None:
    entries: dict[str, Any] = load_labels(name)[group]
    assert all(re.compile(expression).groups <= 1 for expressions in entries.values() for expression in expressions)


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_a_label_names_one_field(name: str, group: str) -> None:
    seen: dict[str, str] = {}
    for field, labels in load_labels(name)[group].items():
        for label in labels:
            assert seen.setdefault(bare(label), field) == field, label


def test_an_outlet_has_one_entry() -> None:
    names = [entry["name"] for entry in load_labels("outlets")["outlet"]]
    assert len(names) == len(set(names))
