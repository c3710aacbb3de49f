"""Notebooks that plain papermill runs: what it passes is checked like the parameters of `stca figures`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from papermill.iorw import load_notebook_node
from papermill.translators import papermill_translators
from papermill.utils import find_first_tagged_cell_index
from support.paths import ROOT

from stcalib.core.errors import ParameterError
from stcalib.notebook.parameters import read_parameters
from stcalib.notebook.passed import TYPES, passed_values
from stcalib.notebook.study import check_parameters

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PYTHON = papermill_translators.find_translator("python3", "python")
CELL = 'folder = "../seeds"\nperiod: "Optional[str]" = None\nshare: float = 0.5\nwhen: "Optional[list[int]]" = None\n'


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module in which a notebook runs."""
    module = ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", module)
    return module


def ran(main: ModuleType, *cells: str) -> None:
    """As if these cells had run."""
    vars(main)["In"] = [""]
    for cell in cells:
        vars(main)["In"].append(cell)
        exec(cell, vars(main))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("period", 2018, "2018"),
        ("period", "2018-05", "2018-05"),
        ("period", None, None),
        ("period", "none", None),
        ("parties", "LPC,CPC", ["LPC", "CPC"]),
        ("parties", "[LPC, CPC]", ["LPC", "CPC"]),
        ("parties", "['LPC']", ["LPC"]),
        ("parties", ("LPC", "CPC"), ["LPC", "CPC"]),
        ("parties", "", []),
        ("parties", "none", []),
        ("measures", 5, ["5"]),
        ("only_vintage", "yes", True),
        ("only_vintage", 1, True),
        ("only_vintage", False, False),
        ("top", 7, 7),
        ("top", "7", 7),
        ("folder", Path("articles"), "articles"),
        ("mine", (1, 2), (1, 2)),
    ],
)
def test_what_papermill_made_of_a_value_is_set_right(main: ModuleType, name: str, value: object, expected: Any) -> None:
    result = passed_values({name: value}, "nb")[name]
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("top", "banana", "nb: top = 'banana': must be a whole number"),
        ("top", 5.5, "nb: top = 5.5: must be a whole number"),
        ("top", True, "nb: top = True: must be a whole number"),
        ("top", None, "nb: top = None: must be a whole number"),
        ("period", 2018.5, "nb: period = 2018.5: must be text or none"),
        ("period", True, "nb: period = True: must be text or none"),
        ("parties", True, "nb: parties = True: must be a list of texts"),
        ("parties", [1], r"nb: parties = \[1\]: must be a list of texts"),
        ("only_vintage", "perhaps", "nb: only_vintage = 'perhaps': must be true or false"),
        ("only_vintage", 2, "nb: only_vintage = '2': must be true or false"),
        ("folder", None, "nb: folder = None: must be text"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(main: ModuleType, name: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        passed_values({name: value}, "nb")


def test_names_of_a_notebooks_own_have_the_types_that_its_cell_declares(main: ModuleType) -> None:
    ran(main, CELL)
    assert passed_values({"share": "0.25", "when": "2017,2018"}, "nb") == {"share": 0.25, "when": [2017, 2018]}
    with pytest.raises(ParameterError, match="nb: share = 'much': must be a number"):
        passed_values({"share": "much"}, "nb")


def test_a_name_that_papermill_set_and_nobody_declared_is_refused(main: ModuleType) -> None:
    ran(main, "import os", CELL, PYTHON.codify({"perod": 2018}))
    with pytest.raises(ParameterError, match=r"nb: no parameter 'perod'\. Did you mean period\? It has folder, period"):
        passed_values({"folder": "../seeds", "period": None}, "nb")


@pytest.mark.parametrize("cells", [[CELL, "# Parameters\nperiod = '2018'"], ["# Parameters\n" + CELL], ["x = 1", "# Parameters\n" + CELL], [CELL, "# Parameters\n%oops"]])
def test_cells_that_only_look_like_papermills_are_let_be(main: ModuleType, cells: list[str]) -> None:
    vars(main)["In"] = ["", *cells]
    assert passed_values({"folder": "../seeds", "period": 2018}, "nb") == {"folder": "../seeds", "period": "2018"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_papermill_and_stca_read_the_same_parameters_and_types(path: Path) -> None:
    ours = read_parameters(path)
    assert {one.name: one.type for one in ours} == {one.name: TYPES[one.name] for one in ours}
    notebook = load_notebook_node(str(path))
    seen = PYTHON.inspect(notebook.cells[find_first_tagged_cell_index(notebook, "parameters")])
    assert [one.name for one in seen] == [one.name for one in ours]
    told = {one.name: one.inferred_type_name for one in seen if one.inferred_type_name != "None"}
    assert set(told.values()) <= {"Optional[str]", "list[str]"} and told


def papermill(tmp_path: Path, *given: str) -> subprocess.CompletedProcess[str]:
    """Plain papermill, in the folder of the notebooks."""
    return subprocess.run(
        [sys.executable, "-m", "papermill", "--no-progress-bar", "--cwd", "notebooks", "notebooks/04_positions.ipynb", str(tmp_path / "made.ipynb"), *given],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8",
    )  # fmt: skip


@pytest.mark.slow
def test_plain_papermill_runs_a_notebook_with_values_as_a_shell_passes_them(tmp_path: Path) -> None:
    run = papermill(tmp_path, "-p", "period", "2018", "-p", "parties", "LPC,CPC", "-p", "out", str(tmp_path / "figures"))
    assert run.returncode == 0, run.stderr[-2000:]
    assert (tmp_path / "figures" / "stance_matrix.svg").is_file()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["-p", "by", "colour"], "04_positions: by = 'colour': figures compare no such thing. There are party, organization, actor"),
        (["-p", "perod", "2018"], "04_positions: no parameter 'perod'. Did you mean period?"),
    ],
)
def test_plain_papermill_ends_with_one_message(tmp_path: Path, given: list[str], message: str) -> None:
    run = papermill(tmp_path, *given, "-p", "out", str(tmp_path / "figures"))
    assert run.returncode == 1
    assert f"ParameterError: {message}" in run.stderr.strip().splitlines()[-1], run.stderr[-2000:]
    assert not (tmp_path / "figures").exists()


def test_a_study_has_the_values_as_they_were_meant(main: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("A sentence.\n", encoding="utf-8")
    study = check_parameters("nb", folder=tmp_path, period=2018, parties="LPC,CPC")
    assert study.values == {"folder": str(tmp_path), "period": "2018", "parties": ["LPC", "CPC"]}
