"""The house as it is drawn: who may import whom, what importing costs, and that no rule is learnt by heart."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from stcalib.articles import read_article
from stcalib.zones import READ

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "stcalib"

STOREYS: list[dict[str, str]] = [
    {"records": "records reasons visible trie coefficients"},
    {"words": "entries lexicon numerals intervals titles cells wordings propositions quantities roster codebook"},
    {"text": "reading dates cues grammar zones scan sentences articles metadata sidecar numbers periods windows series"},
    {"speech": "mentions subjects speech names"},
    {"actors": "office_titles actor_names tenure registry mentioned bearers descriptions known_actors actors dating"},
    {
        "counts": "vocabulary items parting time_words phrases heads found frames spans leaning resolving signs shares measures places coverage "
        "credits counts",
        "quotes": "complements stretches quotes",
        "positions": "patterns hits scheme accord clause_words voices anaphora stance stance_holder holder_words holders reporters positions",
    },
    {"corpus": "marks fields ledger liverow corrections derived tables tallies corpus", "theme": "theme"},
    {
        "official": "statements official consistency",
        "compare": "compare shared_quotes networks",
        "export": "rdna",
        "charts": "charts charts.base charts.article charts.corpus charts.crossings charts.networks charts.speech charts.stance_time "
        "charts.stances charts.verdicts",
        "show": "context drawing terminal listing facing pieces show evidence",
    },
    {"review": "session review agreement", "run": "manifest notebooks parameters figures kernel execute study run"},
    {"command": "build show_command figures_command project cli __main__"},
]
"""The rooms from the ground up, those of one storey side by side: a module imports from its own room or a lower storey.
Every module stands in one room."""
LAZY = {("articles", "show"): "an article draws itself in a notebook"}
"""Edges that the storeys do not have, each with its reason, followed only when asked for."""
HEAVY = frozenset("altair networkx papermill matplotlib anywidget IPython ipykernel jupyterlab jupyter_client nbformat vl_convert".split())
MOST_LINES = 450
WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
RUN = 6
"""Words in a row that a rule may not share with an article it is measured on."""


def module_files() -> dict[str, Path]:
    names = {path: path.relative_to(PACKAGE).with_suffix("") for path in sorted(PACKAGE.rglob("*.py"))}
    return {".".join(name.parts).removesuffix(".__init__") or "__init__": path for path, name in names.items()}


@cache
def place_of() -> dict[str, tuple[int, str]]:
    """Storey and room of each module."""
    return {module: (storey, room) for storey, rooms in enumerate(STOREYS) for room, modules in rooms.items() for module in modules.split()}


def imports_of(path: Path, module: str) -> Iterator[str]:
    """The modules of the package that a module imports, anywhere in it."""
    known = module_files()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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
    if other == "__init__" or (module, other) in LAZY:
        return True
    (storey, room), (below, other_room) = place_of()[module], place_of()[other]
    return room == other_room or below < storey


def test_every_module_has_its_room() -> None:
    listed = [module for rooms in STOREYS for modules in rooms.values() for module in modules.split()]
    assert len(listed) == len(set(listed))
    assert set(module_files()) - {"__init__"} == set(listed)


@pytest.mark.parametrize("module", [module for module in module_files() if module != "__init__"])
def test_imports_lead_downward(module: str) -> None:
    wrong = {other for other in imports_of(module_files()[module], module) if not may_import(module, other)}
    assert not wrong


def test_counts_quotes_and_positions_do_not_know_each_other() -> None:
    rooms = ("counts", "quotes", "positions")
    for module, path in module_files().items():
        room = place_of().get(module, (0, ""))[1]
        others = {place_of()[other][1] for other in imports_of(path, module) if other != "__init__"}
        if room in rooms:
            assert others & set(rooms) <= {room}, module


def test_named_edges_are_there() -> None:
    for module, other in LAZY:
        assert other in set(imports_of(module_files()[module], module)), (module, other)


@pytest.mark.parametrize(("module", "other"), LAZY)
def test_a_lazy_edge_is_followed_only_when_asked_for(module: str, other: str) -> None:
    top = ast.parse(module_files()[module].read_text(encoding="utf-8")).body
    assert f"stcalib.{other}" not in {node.module for node in top if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", module_files())
def test_modules_stay_short(module: str) -> None:
    lines = len(module_files()[module].read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES


# ---- what importing costs
def loaded_after(code: str) -> set[str]:
    """The modules in memory after running some code in a fresh process."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(' '.join(sys.modules))"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name for name in run.stdout.split() if name}


def test_importing_the_package_loads_next_to_nothing() -> None:
    loaded = loaded_after("import stcalib")
    assert {name for name in loaded if name.startswith("stcalib")} == {"stcalib"}
    assert not loaded & (HEAVY | {"pandas", "pydantic", "typer", "rich"})


@pytest.mark.parametrize("code", ["from stcalib import load_corpus, Corpus", "import stcalib.cli", "import stcalib.build, stcalib.show_command"])
def test_reading_articles_needs_no_extra(code: str) -> None:
    assert not loaded_after(code) & HEAVY


def test_importing_reads_no_word_list() -> None:
    base = [module for module in module_files() if place_of().get(module, (99, ""))[0] <= 6 and module != "__init__"]
    code = "\n".join(f"import stcalib.{module}" for module in base)
    refuse = "import tomllib\ndef refuse(*_): raise AssertionError('a word list is read')\ntomllib.loads = tomllib.load = refuse\n"
    loaded_after(refuse + code)


# ---- nothing learnt by heart
@cache
def known_runs() -> dict[tuple[str, ...], str]:
    """Every run of words in the body of an article that the extraction is measured on."""
    runs: dict[tuple[str, ...], str] = {}
    for file in [*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "gold-dev" / "text").glob("*.txt")]:
        article = read_article(file)
        for block in article.blocks:
            if block.zone in READ:
                runs.update((run, file.stem) for run in runs_of(article.plain[block.start : block.end]))
    return runs


def runs_of(text: str) -> Iterator[tuple[str, ...]]:
    words = [word.lower().replace("’", "'") for word in WORD.findall(text)]
    for i in range(len(words) - RUN + 1):
        yield tuple(words[i : i + RUN])


def strings_of(path: Path) -> list[str]:
    """The strings of a module that are not documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
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
    return [*sorted((PACKAGE / "lexicon").glob("*.toml")), *sorted((PACKAGE / "codebooks").rglob("*.toml"))]


def strings_in(path: Path) -> list[str]:
    return strings_of(path) if path.suffix == ".py" else list(toml_strings(tomllib.loads(path.read_text(encoding="utf-8"))))


COMMON = {("in", "custody", "in", "the", "united", "states"): "a place of detention, in a list of such places"}
"""Runs that an article and a word list share by chance, each looked at."""


@pytest.mark.parametrize("path", [*module_files().values(), *word_lists()], ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_rule_holds_words_of_an_article(path: Path) -> None:
    found = {run: known_runs()[run] for text in strings_in(path) for run in runs_of(text) if run in known_runs() and run not in COMMON}
    assert not found


def test_the_runs_of_the_articles_are_known() -> None:
    assert len(known_runs()) > 3000


ARTICLES = sorted(file.stem for file in [*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "gold-dev" / "text").glob("*.txt")])


@pytest.mark.parametrize("path", [*module_files().values(), *word_lists()], ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_article_is_named(path: Path) -> None:
    said = path.read_text(encoding="utf-8")
    assert not [name for name in ARTICLES if re.search(rf"\b{name}\b", said)]


@cache
def persons() -> frozenset[str]:
    books = (tomllib.loads(path.read_text(encoding="utf-8")) for path in (PACKAGE / "codebooks").rglob("actors.toml"))
    return frozenset(person["name"] for book in books for person in book.get("person", ()))


@pytest.mark.parametrize("path", module_files().values(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_person_is_named_in_a_rule(path: Path) -> None:
    text = "\n".join(strings_of(path))
    surnames = {name.split()[-1] for name in persons() if len(name.split()[-1]) > 5}
    assert len(persons()) > 100
    assert not [name for name in persons() if name in text]
    assert not [name for name in surnames if re.search(rf"\b{re.escape(name)}\b", text)]
