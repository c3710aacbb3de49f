"""No code and no notebook knows a word of one country or one dispute: such words stand in codebooks and word lists.

Of a Python file the names and texts are looked at, and not what explains them (docstrings, comments), which needs examples.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.modules import tree_of
from support.paths import ROOT

LISTED = tomllib.loads(Path(__file__).with_name("words_of_one_issue.toml").read_text(encoding="utf-8"))
WORDS = re.compile(rf"(?<![^\W_])(?:{'|'.join(LISTED['words'])})(?![^\W_])", re.IGNORECASE)
CODES = re.compile("|".join(LISTED["codes"]))
CALENDAR = re.compile("|".join(LISTED["calendar"]))
MODULES = sorted((ROOT / "stcalib").rglob("*.py"))
SCRIPTS = sorted((ROOT / "stcalib" / "display" / "static").glob("*.js"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def texts_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The names and texts of Python code with their lines; docstrings left out."""
    explained = {
        id(statement.value)
        for node in ast.walk(tree)
        for statement in (node.body if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) else ())
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            yield line, node.value
        for field in ("name", "id", "attr", "arg"):
            if isinstance(name := getattr(node, field, None), str):
                yield line, name


def told_in(text: str) -> list[str]:
    """The words of one country or dispute in a text; the parts of a name are its words."""
    found = [match.group() for match in WORDS.finditer(text.replace("_", " "))]
    return [*found, *(text for _ in range(bool(CODES.fullmatch(text)))), *CALENDAR.findall(text)]


def test_a_module_knows_none() -> None:
    assert len(MODULES) > 200
    assert not [f"{path.relative_to(ROOT)}:{line}: {word!r}" for path in MODULES for line, text in texts_of(tree_of(path)) for word in told_in(text)]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_knows_none(path: Path) -> None:
    assert not [match.group() for match in WORDS.finditer(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_knows_none(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert not [word for cell in cells for word in told_in("".join(cell["source"]))]


def test_the_walk_sees_names_texts_and_codes_and_no_explanation() -> None:
    code = '"""Of Canada."""\ndef of_ottawa(liberals):\n    """The RCMP."""\n    return "a province", "CA", x.asylum, "CAN", "cargo"\n'
    assert [word for _, text in texts_of(ast.parse(code)) for word in told_in(text)] == ["ottawa", "liberals", "province", "CA", "asylum"]
