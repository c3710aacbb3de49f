"""The syntax trees of the package's modules, each parsed once in a process; nobody changes one."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def tree_of(path: Path) -> ast.Module:
    """The tree of a file of Python."""
    return ast.parse(path.read_text(encoding="utf-8"))
