"""Parameters of notebooks: read from the tagged cell, checked before anything runs.

A notebook has one cell tagged `parameters` that holds literals, each with a comment: `period = "2018"  # …`. They are
read with `ast`, nothing is run. What a user gives instead is checked against the type of each (its annotation, else the
kind of its literal) and, where the name is one of `MEANINGS`, against what that name means everywhere.
"""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Optional, Union

from pydantic import TypeAdapter, ValidationError

from stcalib.analysis.asked_period import parse_period
from stcalib.codebook.codebook import Codebook, load_codebook
from stcalib.codebook.usual import DEFAULT
from stcalib.core.errors import ParameterError
from stcalib.core.rows import WALKED
from stcalib.corpus.folder import article_ids
from stcalib.official.series import trend_of

FIRM, WITH_PROPOSALS = TIERS = ("firm", "firm+proposals")
"""What a comparison of stances counts: the table of positions alone, or the proposals too."""
GROUPS = ("party", "organization", "actor")
"""What figures can compare, one with another."""
TAG = "parameters"
"""Tag of the cell that holds a notebook's parameters."""
_NAMES: Mapping[str, Any] = MappingProxyType({"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict, "Any": Any})
_KINDS: Mapping[Any, str] = MappingProxyType(
    {str: "text", int: "a whole number", float: "a number", bool: "true or false", list: "a list", dict: "a mapping", type(None): "none"}
)
TYPES_ALLOWED = "Use str, int, float, bool, list[…], dict[…, …], Optional[…], | or Literal[…]"
_PLURALS: Mapping[Any, str] = MappingProxyType({str: "texts", int: "whole numbers", float: "numbers"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a notebook: its name, default, type and the comment beside it."""

    name: str
    default: Any
    type: Any
    comment: str

    @property
    def kind(self) -> str:
        """Its type in words."""
        return _in_words(self.type)


def read_parameters(notebook: Path) -> tuple[Parameter, ...]:
    """The parameters of a notebook, in order. Raises `ParameterError` where it has no such cell, or a bad one."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except OSError as error:
        raise ParameterError(f"{notebook}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ParameterError(f"{notebook.name}: not a notebook ({error}). Open it in JupyterLab, or restore it with git") from error
    tagged = [cell for cell in cells if cell.get("cell_type") == "code" and TAG in cell.get("metadata", {}).get("tags", ())]
    if len(tagged) != 1:
        found = "no cell" if not tagged else f"{len(tagged)} cells"
        raise ParameterError(
            f"{notebook.name}: {found} tagged '{TAG}'. Exactly one code cell bears that tag (JupyterLab: property inspector, Cell Tags)"
        )
    source = tagged[0]["source"]
    return parse_parameters(source if isinstance(source, str) else "".join(source), notebook.name)


def parse_parameters(source: str, where: str) -> tuple[Parameter, ...]:
    """The parameters that the source of a tagged cell sets. Raises `ParameterError` that names `where` and the line."""
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise ParameterError(f"{where}: line {error.lineno} of the parameters cell is not Python: {error.msg}") from error
    comments = _comments(source)
    return tuple(_parameter(node, comments, where) for node in body if not _is_docstring(node))


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _parameter(node: ast.stmt, comments: Mapping[int, str], where: str) -> Parameter:
    fault = f'{where}: line {node.lineno} of the parameters cell: only NAME = literal stands there, such as period = "2018"'
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, value, annotation = node.targets[0], node.value, None
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        target, value, annotation = node.target, node.value, node.annotation
    else:
        raise ParameterError(fault)
    if not isinstance(target, ast.Name):
        raise ParameterError(fault)
    try:
        default = ast.literal_eval(value)
    except ValueError as error:
        raise ParameterError(fault) from error
    kind = _type_of(default) if annotation is None else _annotated(annotation, where)
    return Parameter(target.id, default, kind, comments.get(node.end_lineno or node.lineno, ""))


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ").rstrip() for token in tokens if token.type == tokenize.COMMENT}


def _type_of(default: object) -> Any:
    if default is None:
        return Any
    if isinstance(default, list) and default and all(isinstance(item, type(default[0])) for item in default):
        kind: Any = type(default[0])
        return list[kind]
    return type(default)


def type_named(text: str, where: str) -> Any:
    """The type that the text of an annotation names. Raises `ParameterError` where it is none for a parameter."""
    try:
        return _annotated(ast.parse(text, mode="eval").body, where)
    except SyntaxError as error:
        raise ParameterError(f"{where}: {text!r} is no type for a parameter. {TYPES_ALLOWED}") from error


def _annotated(node: ast.expr, where: str) -> Any:
    """The type that an annotation names: built-in types, lists and mappings of them, `Optional`, `|` and `Literal`.

    It can stand in quotation marks: papermill reads "Optional[str]", which needs no import so.
    """
    match node:
        case ast.Constant(value=None):
            return type(None)
        case ast.Constant(value=str(text)):
            return type_named(text, where)
        case ast.Name(id=name) if name in _NAMES:
            return _NAMES[name]
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return Union[_annotated(left, where), _annotated(right, where)]  # noqa: UP007
        case ast.Subscript(value=ast.Name(id="list"), slice=inner):
            return list[_annotated(inner, where)]  # type: ignore[misc]
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, value])):
            return dict[_annotated(key, where), _annotated(value, where)]  # type: ignore[misc]
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            return Optional[_annotated(inner, where)]  # noqa: UP045
        case ast.Subscript(value=ast.Name(id="Literal"), slice=inner):
            options = tuple(ast.literal_eval(part) for part in (inner.elts if isinstance(inner, ast.Tuple) else [inner]))
            return Literal[options]
    raise ParameterError(f"{where}: '{ast.unparse(node)}' is no type for a parameter. {TYPES_ALLOWED}")


def _in_words(kind: Any) -> str:
    if kind in _KINDS:
        return _KINDS[kind]
    origin = getattr(kind, "__origin__", None)
    inner: tuple[Any, ...] = getattr(kind, "__args__", ())
    if origin is Literal:
        return "one of " + ", ".join(repr(option) for option in inner)
    if origin is list:
        return f"a list of {_PLURALS.get(inner[0], _in_words(inner[0]))}"
    if inner and origin is not dict:
        return " or ".join(_in_words(part) for part in inner)
    return "anything" if kind is Any else str(kind)


def given_values(parameters: Sequence[Parameter], given: Mapping[str, object], where: str) -> dict[str, Any]:
    """What is given instead of the defaults, each as its parameter's type. Text is read as that type ("5", "LPC,CPC").

    Raises `ParameterError` for an unknown name, with the nearest known one, and for a value of another type.
    """
    known = {parameter.name: parameter for parameter in parameters}
    checked = {}
    for name, value in given.items():
        if name not in known:
            raise ParameterError(unknown_name(name, known, where))
        checked[name] = _as_type(known[name], value, where)
    return checked


def unknown_name(name: str, known: Iterable[str], where: str) -> str:
    """The message for a parameter that does not exist."""
    names = list(known)
    near = get_close_matches(name, names, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"{where}: no parameter {name!r}.{hint} It has {', '.join(names) or 'none'}"


def _as_type(parameter: Parameter, value: object, where: str) -> Any:
    try:
        if isinstance(value, str) and parameter.type is not str:
            value = _read_text(value, parameter.type)
        return TypeAdapter(parameter.type).validate_python(value, strict=True)
    except (ValidationError, ValueError, SyntaxError, MemoryError, RecursionError) as error:
        shown = f"{value!r:.80}"
        note = f" ({parameter.comment})" if parameter.comment else ""
        raise ParameterError(f"{where}: {parameter.name} = {shown}: must be {parameter.kind}{note}") from error


def _read_text(text: str, kind: Any) -> Any:
    """Text from a command line as the type wanted, where it can be one."""
    parts = getattr(kind, "__args__", ()) if getattr(kind, "__origin__", None) not in (list, dict, Literal) else ()
    if type(None) in parts and _is_none(text):
        return None
    options = parts or (kind,)
    for option in options:
        origin = getattr(option, "__origin__", option)
        if origin is list:
            return _read_list(text, option)
        if origin is dict:
            return ast.literal_eval(text)
    if kind is Any:
        return text
    return TypeAdapter(kind).validate_strings(text)


def _is_none(text: str) -> bool:
    return text.strip().lower() in {"", "none"}


def _read_list(text: str, kind: Any) -> list[Any]:
    """A list from `ONE,OTHER`, or from Python's way of writing one, with or without the quotation marks that a shell takes away."""
    text = text.strip()
    if text.startswith("["):
        try:
            return list(ast.literal_eval(text))
        except (ValueError, SyntaxError):
            if not text.endswith("]"):
                raise
            text = text[1:-1]
    elif _is_none(text):
        return []
    inner = getattr(kind, "__args__", (str,))[0]
    return [TypeAdapter(inner).validate_strings(part.strip()) for part in text.split(",") if part.strip()]


def check_meanings(values: Mapping[str, Any], base: Path, where: str) -> None:
    """Checks each value whose name has a meaning of its own; relative paths start at `base`.

    Raises `ParameterError` with what is allowed.
    """
    for name, value in values.items():
        if name in MEANINGS and value is not None:
            try:
                MEANINGS[name](value, values, base)
            except ParameterError as error:
                raise ParameterError(f"{where}: {name} = {value!r:.80}: {error}") from error
    if "measure" in values or "place" in values:
        trend_of(_codebook(values, base))


def _check_folder(value: Any, values: Mapping[str, Any], base: Path) -> None:
    folder = base / str(value)
    if not folder.is_dir():
        raise ParameterError("there is no such folder. Give the folder that holds the articles as .txt files")
    if not article_ids(folder):
        raise ParameterError("the folder holds no article. Put text files (.txt) there, one an article")


def _check_file(value: Any, values: Mapping[str, Any], base: Path) -> None:
    if not (base / str(value)).is_file():
        raise ParameterError("there is no such file. Check the name, or set None; for corrections an empty file does, too")


def _check_article(value: Any, values: Mapping[str, Any], base: Path) -> None:
    folder = base / str(values.get("folder", "."))
    known = sorted(article_ids(folder)) if folder.is_dir() else []
    if folder.is_dir() and value not in known:
        raise ParameterError(f"no such article.{nearest(str(value), known)}")


Called = dict[str, tuple[str, ...]]
"""What a codebook has, by id or code, each with the names by which it may be asked for."""


def _places(book: Codebook) -> Called:
    return {place.code: (place.title, *place.names) for place in book.counts.place}


def _measures(book: Codebook) -> Called:
    return {measure.id: (measure.title,) for measure in book.counts.measure}


def _parties(book: Codebook) -> Called:
    return {party.code: (party.name, party.short or "", *party.aliases) for party in book.actors.party}


def _propositions(book: Codebook) -> Called:
    return {entry.id: (entry.label,) for entry in book.propositions.proposition}


def _of_codebook(known: Callable[[Codebook], Called]) -> Callable[[Any, Mapping[str, Any], Path], None]:
    """The check of a parameter whose value, or each of whose values, must be in the codebook that goes with it."""

    def check(value: Any, values: Mapping[str, Any], base: Path) -> None:
        allowed = known(_codebook(values, base))
        for one in [value] if isinstance(value, str) else value:
            if one not in allowed:
                which = f"{one!r} " if not isinstance(value, str) else ""
                raise ParameterError(f"{which}is not in the codebook.{nearest(str(one), list(allowed), allowed)}")

    return check


def _codebook(values: Mapping[str, Any], base: Path) -> Codebook:
    named = str(values.get("codebook") or DEFAULT)
    return load_codebook(base / named if (base / named).is_dir() else named)


def _check_table(value: Any, values: Mapping[str, Any], base: Path) -> None:
    if value not in WALKED:
        raise ParameterError(f"no such table is reviewed. There are {', '.join(WALKED)}")


def _check_tier(value: Any, values: Mapping[str, Any], base: Path) -> None:
    if value not in TIERS:
        raise ParameterError(f"no such tier. There are {', '.join(TIERS)}")


def _check_by(value: Any, values: Mapping[str, Any], base: Path) -> None:
    if value not in GROUPS:
        raise ParameterError(f"figures compare no such thing. There are {', '.join(GROUPS)}")


def _check_count(value: Any, values: Mapping[str, Any], base: Path) -> None:
    if not isinstance(value, int) or value < 1:
        raise ParameterError("must be 1 or more")


def _check_out(value: Any, values: Mapping[str, Any], base: Path) -> None:
    if (base / str(value)).is_file():
        raise ParameterError("is a file. Give a folder for the figures; it is made where there is none")


def _check_period(value: Any, values: Mapping[str, Any], base: Path) -> None:
    parse_period(value)


def nearest(value: str, known: Sequence[str], called: Mapping[str, Iterable[str]] = MappingProxyType({})) -> str:
    """A hint at what is allowed: the value known that comes nearest, by itself or as it is `called`, and all of them where they are few."""
    names = {name.casefold(): one for one in reversed(known) for name in (*called.get(one, ()), one) if name}
    found = get_close_matches(value.casefold(), names, n=1, cutoff=0.5)
    near = [names[found[0]]] if found else []
    hint = f" Did you mean {near[0]}?" if near else ""
    shown = ", ".join(known[:20]) + (f" and {len(known) - 20} more" if len(known) > 20 else "")
    return f"{hint} Allowed: {shown}" if known else " There is none to choose from"


def check_known(name: str, values: Iterable[str], known: Iterable[str]) -> None:
    """Raises `ParameterError` for the first value that is not known, with what is."""
    allowed = sorted(set(known))
    for value in values:
        if value not in allowed:
            raise ParameterError(f"{name}: {value!r} is not known.{nearest(value, allowed)}")


MEANINGS: Mapping[str, Callable[[Any, Mapping[str, Any], Path], None]] = MappingProxyType(
    {
        "article_id": _check_article,
        "by": _check_by,
        "corrections": _check_file,
        "covers": _check_period,
        "folder": _check_folder,
        "measure": _of_codebook(_measures),
        "measures": _of_codebook(_measures),
        "out": _check_out,
        "period": _check_period,
        "parties": _of_codebook(_parties),
        "place": _of_codebook(_places),
        "places": _of_codebook(_places),
        "propositions": _of_codebook(_propositions),
        "series": _check_file,
        "table": _check_table,
        "tier": _check_tier,
        "top": _check_count,
    }
)
"""What parameters of these names mean in every notebook; checked before a kernel starts."""
PATHS = frozenset({"folder", "out", "corrections", "codebook", "series"})
"""Parameters that are paths: relative to the notebook in its cell, to the working directory on a command line."""
SOURCE = ("folder", "codebook", "corrections")
"""Parameters that say what is read, before anything is selected from it."""
