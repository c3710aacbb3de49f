"""Parameters as a running notebook passes them on: checked as `stca figures` checks them before it starts a kernel.

Plain papermill checks nothing. It makes a number of every text that looks like one (`-p period 2018`), leaves lists as
text (`-p parties LPC,CPC`), and sets names that the notebook has not. What it did is set right or refused here, with the
type that a name has in every notebook, or that the parameters cell declares for a name of the notebook's own.
"""

from __future__ import annotations

import ast
import inspect
import os
import sys
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from stcalib.core.errors import ParameterError
from stcalib.notebook.parameters import Parameter, given_values, type_named, unknown_name

_OPTIONAL: Any = str | None
TYPES: Mapping[str, Any] = MappingProxyType(
    {
        **dict.fromkeys(("folder", "codebook", "out", "table", "tier", "duplicates", "normalization"), str),
        **dict.fromkeys(("corrections", "period", "covers", "measure", "place", "series", "article_id", "by", "reviewer"), _OPTIONAL),
        **dict.fromkeys(("outlets", "parties", "places", "measures", "propositions", "actors"), list[str]),
        "only_vintage": bool,
        "top": int,
    }
)
"""The types of the parameters that mean the same in every notebook."""
INJECTED = "# Parameters\n"
"""How the cell begins that papermill writes."""


def passed_values(values: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The values as their types want them; those of no known type as they are.

    Raises `ParameterError` that names the parameter, the value and what is allowed, and for what papermill set that the
    notebook does not have.
    """
    namespace = vars(sys.modules["__main__"])
    _check_names(values, _cells(namespace), where)
    types = {**_declared(namespace), **TYPES}
    typed = [Parameter(name, None, types[name], "") for name in values if name in types]
    as_given = {one.name: _as_text(values[one.name], one.type) for one in typed}
    return {**values, **given_values(typed, as_given, where)}


def _declared(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The types that annotations of the running notebook declare, where they are types of parameters."""
    declared = {}
    for name, annotation in dict(namespace.get("__annotations__") or {}).items():
        told = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
        try:
            declared[name] = type_named(told, name)
        except ParameterError:
            continue
    return declared


def _as_text(value: Any, kind: Any) -> Any:
    """A value as it was written: a path or a number that papermill made of a text as that text, a tuple as a list."""
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, tuple):
        return list(value)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number and kind not in (int, float, Any) else value


def _cells(namespace: Mapping[str, Any]) -> list[str]:
    """The sources of the cells that ran, in order; none where no notebook runs."""
    return [cell for cell in namespace.get("In") or () if isinstance(cell, str)]


def _check_names(known: Iterable[str], cells: list[str], where: str) -> None:
    """Raises `ParameterError` for a name that papermill set in a cell of its own, below the one that declares the parameters."""
    names = list(known)
    declared: set[str] = set()
    for cell in cells:
        assigned = _assigned(cell)
        # a parameters cell that happens to begin in the same way is the first to set the folder
        if cell.startswith(INJECTED) and "folder" in declared:
            for name in assigned:
                if name not in declared:
                    raise ParameterError(unknown_name(name, names, where))
        declared |= set(assigned)


def _assigned(source: str) -> list[str]:
    """The names that a cell assigns at its top."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return []
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
    return [target.id for target in targets if isinstance(target, ast.Name)]
