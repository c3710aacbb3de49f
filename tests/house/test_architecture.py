"""The house as it is drawn: who may import whom, what importing costs, and that no rule is learnt by heart."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from support.modules import tree_of
from support.paths import GOLD, ROOT, SEEDS

from stcalib.text.article import read_article
from stcalib.text.zones import READ

PACKAGE = ROOT / "stcalib"

ROOMS = (
    "core", "language", "numbers", "codebook", "periods", "text", "syntax", "actors", "ingest", "quotes counts positions",
    "corrections", "display", "corpus", "learning", "official", "analysis", "charts", "export", "review", "notebook", "report", "cli",
)  # fmt: skip
"""The rooms in the order in which data flows, peers side by side: a module imports from its own room or one before it."""
AT_THE_TOP = {"__init__", "__main__"}
HEAVY = frozenset("altair networkx papermill matplotlib anywidget IPython ipykernel jupyterlab jupyter_client nbformat vl_convert".split())
MOST_LINES = 450
WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
RUN = 6
"""Words in a row that a rule may not share with an article it is measured on."""


@cache
def module_files() -> dict[str, Path]:
    """The package's modules by name; what builds the site of the documents is no part of it and is in no wheel."""
    names = {path: path.relative_to(PACKAGE).with_suffix("") for path in sorted(PACKAGE.rglob("*.py")) if (PACKAGE / "docs") not in path.parents}
    return {".".join(name.parts).removesuffix(".__init__") or "__init__": path for path, name in names.items()}


def room_of(module: str) -> str:
    return module.split(".")[0]


@cache
def rank_of() -> dict[str, int]:
    """The place of each room in the order."""
    return {room: rank for rank, peers in enumerate(ROOMS) for room in peers.split()}


def imports_of(path: Path, module: str) -> Iterator[str]:
    """The modules of the package that a module imports, anywhere in it."""
    known = module_files()
    for node in ast.walk(tree_of(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: write imports in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "stcalib":
                yield next((".".join(parts[1:n]) for n in (len(parts), len(parts) - 1) if ".".join(parts[1:n]) in known), "__init__")


def may_import(module: str, other: str) -> bool:
    room, below = room_of(module), room_of(other)
    if module in AT_THE_TOP or below in AT_THE_TOP or room == below:
        return True
    return rank_of()[below] < rank_of()[room]


def test_every_folder_is_a_room_and_every_room_a_folder() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == set(rank_of())
    assert {path.stem for path in PACKAGE.glob("*.py")} == AT_THE_TOP


@pytest.mark.parametrize("room", sorted(rank_of()))
def test_a_room_says_what_comes_in_and_what_goes_out(room: str) -> None:
    said = ast.get_docstring(tree_of(PACKAGE / room / "__init__.py")) or ""
    assert room == "core" or all(word in said for word in ("In: ", "Out: ", "Imports ")), room
    assert len(said.split()) > 15


def test_imports_follow_the_order_of_rooms() -> None:
    modules = {module: path for module, path in module_files().items() if module not in AT_THE_TOP}
    assert len(modules) > 200
    assert not [f"{module} imports {other}" for module, path in modules.items() for other in imports_of(path, module) if not may_import(module, other)]


def faces() -> Iterator[tuple[str, str]]:
    for room in rank_of():
        for name in getattr(import_module(f"stcalib.{room}"), "__all__", ()):
            yield room, name


def test_a_room_hands_on_its_public_names() -> None:
    """Each is there, and no module of the room bears its name, which would hide it once imported (but for charts, imported at once)."""
    public = list(faces())
    assert len(public) > 50
    assert not [f"{room}.{name} is missing" for room, name in public if getattr(import_module(f"stcalib.{room}"), name, None) is None]
    assert not [f"{room}.{name} is a module too" for room, name in public if room != "charts" and f"{room}.{name}" in module_files()]


def test_modules_stay_short() -> None:
    lines = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in module_files().items()}
    assert not {module: number for module, number in lines.items() if number > MOST_LINES}


# ---- what importing costs
def loaded_after(code: str) -> set[str]:
    """The modules in memory after running some code in a fresh process."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(' '.join(sys.modules))"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name for name in run.stdout.split() if name}


@pytest.mark.slow
def test_importing_the_package_loads_next_to_nothing() -> None:
    loaded = loaded_after("import stcalib")
    assert {name for name in loaded if name.startswith("stcalib")} == {"stcalib"}
    assert not loaded & (HEAVY | {"pandas", "pydantic", "typer", "rich"})


@pytest.mark.slow
@pytest.mark.parametrize("code", ["from stcalib import load_corpus, Corpus", "import stcalib.cli.app", "import stcalib.cli.build, stcalib.cli.show"])
def test_reading_articles_needs_no_extra(code: str) -> None:
    assert not loaded_after(code) & HEAVY


@pytest.mark.slow
def test_importing_reads_no_word_list() -> None:
    base = [module for module in module_files() if module not in AT_THE_TOP and rank_of()[room_of(module)] <= rank_of()["official"]]
    code = "\n".join(f"import stcalib.{module}" for module in base)
    refuse = "import tomllib\ndef refuse(*_): raise AssertionError('a word list is read')\ntomllib.loads = tomllib.load = refuse\n"
    loaded_after(refuse + code)


# ---- nothing learnt by heart
@cache
def known_runs() -> dict[tuple[str, ...], str]:
    """Every run of words in the body of an article that the extraction is measured on."""
    runs: dict[tuple[str, ...], str] = {}
    # batches of first readings are written after the rules: what the two share are titles of office and the like
    for file in [*SEEDS.glob("*.txt"), *GOLD.glob("*/text/*.txt")]:
        article = read_article(file)
        for block in article.blocks:
            if block.zone in READ:
                runs.update((run, file.stem) for run in runs_of(article.plain[block.start : block.end]))
    return runs


def runs_of(text: str) -> Iterator[tuple[str, ...]]:
    words = [word.lower().replace("’", "'") for word in WORD.findall(text)]
    for i in range(len(words) - RUN + 1):
        yield tuple(words[i : i + RUN])


@cache
def strings_of(path: Path) -> list[str]:
    """The strings of a module that are not documentation."""
    tree = tree_of(path)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told]


def toml_strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield str(key)
            yield from toml_strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from toml_strings(held)


def word_lists() -> list[Path]:
    return [*sorted((PACKAGE / "data" / "lexicon").rglob("*.toml")), *sorted((PACKAGE / "data" / "codebooks").rglob("*.toml"))]


def strings_in(path: Path) -> list[str]:
    return strings_of(path) if path.suffix == ".py" else list(toml_strings(tomllib.loads(path.read_text(encoding="utf-8"))))


COMMON = {("in", "custody", "in", "the", "united", "states"): "a place of detention, in a list of such places"}
"""Runs that an article and a word list share by chance, each looked at."""


def test_no_rule_holds_words_of_an_article() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {' '.join(run)!r} of {known_runs()[run]}"
        for path in (*module_files().values(), *word_lists()) for text in strings_in(path) for run in runs_of(text) if run in known_runs() and run not in COMMON
    ]  # fmt: skip
    assert not found


def test_the_runs_of_the_articles_are_known() -> None:
    assert len(known_runs()) > 3000


ARTICLES = sorted(file.stem for file in [*SEEDS.glob("*.txt"), *GOLD.glob("*/text/*.txt"), *GOLD.glob("first_reading/*/text/*.txt")])


NAMED = re.compile(rf"(?<!\\)\b(?:{'|'.join(map(re.escape, ARTICLES))})\b")
"""An article's name; "\\x02" is a character."""


@pytest.mark.parametrize("path", [*module_files().values(), *word_lists()], ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_article_is_named(path: Path) -> None:
    assert not NAMED.findall(path.read_text(encoding="utf-8"))


@cache
def surnames() -> re.Pattern[str]:
    """The long surnames of the persons of the codebooks, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(sorted(re.escape(last) for name in persons() if len(last := name.split()[-1]) > 5))})\b")


@cache
def persons() -> frozenset[str]:
    books = (tomllib.loads(path.read_text(encoding="utf-8")) for path in (PACKAGE / "data" / "codebooks").rglob("actors.toml"))
    return frozenset(person["name"] for book in books for person in book.get("person", ()))


def test_no_person_is_named_in_a_rule() -> None:
    assert len(persons()) > 100
    for path in module_files().values():
        text = "\n".join(strings_of(path))
        assert not [name for name in persons() if name in text], path
        assert not surnames().findall(text), path
