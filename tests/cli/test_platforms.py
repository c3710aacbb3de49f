"""What differs from system to system, as far as one can simulate it: no fork and no fcntl, other pipes, a bare locale, odd paths."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.notebook_files import FIGURE, contents, notebook, project
from support.paths import ROOT, SEEDS

WINDOWS = Path(__file__).parents[1] / "support" / "as_on_windows"
PATIENCE = 240
"""Seconds after which a command counts as one that never ends."""


def stca(*arguments: object, cwd: Path, path: tuple[Path, ...] = (ROOT,), **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONUTF8", "PYTHONIOENCODING", "LANG", "LC_CTYPE", "STCALIB_FIGURES"}}
    return subprocess.run(
        [sys.executable, "-m", "stcalib", *map(str, arguments)],
        cwd=cwd,
        env={**kept, "PYTHONPATH": os.pathsep.join(map(str, path)), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )


def as_on_windows(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command where a process cannot fork, there is no fcntl and pipes are others."""
    return stca(*arguments, cwd=cwd, path=(WINDOWS, ROOT), **environment)


@pytest.fixture
def two_notebooks(tmp_path: Path) -> Path:
    """A project with two notebooks, one of which reads the articles."""
    reading = "from stcalib.notebook import check_parameters\nprint(sorted(check_parameters('02_b', folder=folder).corpus))"
    project(tmp_path / "p", **{"01_a": notebook(FIGURE.replace("NAME", "a")), "02_b": notebook(reading)})
    return tmp_path / "p"


def test_figures_are_the_same_where_nothing_can_fork(two_notebooks: Path) -> None:
    run = as_on_windows("figures", "--jobs", 2, cwd=two_notebooks)
    assert run.returncode == 0, run.stderr
    simulated = contents(two_notebooks)
    shutil.rmtree(two_notebooks / "figures")
    assert stca("figures", cwd=two_notebooks).returncode == 0
    assert contents(two_notebooks) == simulated
    assert b"'one'" in simulated["notebooks/02_b.ipynb"]


def test_a_process_that_dies_before_it_took_its_pipe_over_ends_the_run(two_notebooks: Path) -> None:
    before = contents(two_notebooks)
    run = as_on_windows("figures", "--jobs", 2, cwd=two_notebooks, DIES_AT_ITS_START="yes")
    assert run.returncode == 1
    assert "01_a: could not be run: its process ended with code 9" in run.stderr and "02_b: could not be run" in run.stderr
    assert "Traceback" not in run.stderr
    assert contents(two_notebooks) == before


def test_tables_are_the_same_where_nothing_can_fork(tmp_path: Path) -> None:
    runs = [as_on_windows("build", SEEDS, "--jobs", 2, "--out", tmp_path / "a", cwd=tmp_path), stca("build", SEEDS, "--out", tmp_path / "b", cwd=tmp_path)]
    assert [run.returncode for run in runs] == [0, 0], runs[0].stderr
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


ODD = "Büro “zwei” & Söhne, 2 étage 数"
"""A name as folders have them: blanks, other letters, marks that mean something to a shell."""


@pytest.fixture(scope="module")
def odd_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project at such a path, made in a bare locale."""
    folder = tmp_path_factory.mktemp("odd place") / ODD
    run = stca("new", ODD, cwd=folder.parent, LC_ALL="C")
    assert (run.returncode, run.stderr) == (0, "")
    shutil.copyfile(next(SEEDS.glob("003*.txt")), folder / "articles" / "Über die Brücke.txt")
    return folder


def guesses(said: str) -> list[str]:
    """The lines of the package that leave an encoding to the system, from what a process said. Other packages answer for theirs."""
    return [line for line in said.splitlines() if "EncodingWarning" in line and f"{ROOT / 'stcalib'}{os.sep}" in line]


@pytest.mark.parametrize(
    "command",
    [
        ["build"],
        ["check"],
        ["show", "Über"],
        ["search", "border"],
        ["import", "mitgebracht é.txt", "--into", "articles é"],
        ["figures", "--only", "01", "--out", "Abbildungen é"],
        ["figures", "--list"],
        ["report", "--still", "--out", "für die Redaktion.html"],
        ["export", "wide", "--out", "Tabellen é"],
        ["export", "qdpx", "--out", "Projekt é.qdpx"],
        ["export", "xlsx"],
        ["learn"],
        ["upgrade"],
        ["clean"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_each_command_in_a_bare_locale_at_an_odd_path(odd_project: Path, command: list[str]) -> None:
    (odd_project / "mitgebracht é.txt").write_text("Zoë Müller said the café is closed.\n", encoding="utf-8")
    # Python itself reads UTF-8 in this locale; it is told to say where a file is opened in whatever encoding the system has
    run = stca(*command, cwd=odd_project, LC_ALL="C", PYTHONWARNDEFAULTENCODING="1")
    assert run.returncode == 0, run.stderr + run.stdout
    assert "Traceback" not in run.stderr
    assert not guesses(run.stderr)
