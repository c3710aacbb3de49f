"""The stored notebooks and figures are those that the code makes, to the byte.

nbval compares outputs cell by cell and says what differs; this says whether anything does, images, unexecuted cells and
files included.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from support.notebook_files import contents
from support.paths import ROOT

from stcalib.notebook.files import normalized, notebook_bytes, read_notebook
from stcalib.notebook.manifest import digest, read_manifest
from stcalib.notebook.parameters import read_parameters
from stcalib.notebook.run import RunReport, run_notebooks

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FIGURES = ROOT / "figures"
MACHINE = re.compile(r"/home/|/root/|/tmp/|/Users/|[A-Z]:\\\\|\b0x[0-9a-f]{6,}\b|\b20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d|site-packages")
by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def _code(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in read_notebook(path)["cells"] if cell["cell_type"] == "code"]


def test_the_five_notebooks_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01_corpus", "02_crossings", "03_quotes", "04_positions", "05_article"]


@by_name
def test_a_stored_notebook_is_executed_and_normalized(path: Path) -> None:
    assert [cell["execution_count"] for cell in _code(path)] == list(range(1, len(_code(path)) + 1))
    assert path.read_bytes() == notebook_bytes(normalized(read_notebook(path)))


@by_name
def test_a_stored_notebook_holds_nothing_of_a_machine_or_moment(path: Path) -> None:
    for cell in _code(path):
        for output in cell["outputs"]:
            assert output["output_type"] in {"execute_result", "display_data"}, "an error, a warning or a print"
            assert not MACHINE.search(json.dumps(output, ensure_ascii=False))


@by_name
def test_every_parameter_is_checked_and_explained(path: Path) -> None:
    parameters = read_parameters(path)
    assert all(parameter.comment for parameter in parameters)
    calls = ["".join(cell["source"]) for cell in _code(path) if "check_parameters(" in "".join(cell["source"])]
    assert len(calls) == 1
    for parameter in parameters:
        assert f"{parameter.name}={parameter.name}" in calls[0]


def test_the_manifest_tells_of_every_figure() -> None:
    entries = read_manifest(FIGURES)
    assert {file for entry in entries.values() for file in entry["files"]} | {"manifest.json"} == set(contents(FIGURES))
    for entry in entries.values():
        assert entry["notebook"] in {path.stem for path in NOTEBOOKS}
        assert {file: digest((FIGURES / file).read_bytes()) for file in entry["files"]} == entry["files"]


def test_every_figure_is_saved_by_its_notebook_and_shown_there() -> None:
    for name, entry in read_manifest(FIGURES).items():
        cells = [cell for cell in _code(ROOT / "notebooks" / f"{entry['notebook']}.ipynb") if f'"{name}"' in "".join(cell["source"])]
        shown = [output["data"] for cell in cells for output in cell["outputs"]]
        assert any(key.startswith(("application/vnd.vegalite", "image/")) for data in shown for key in data), name


@pytest.fixture(scope="module")
def rerun(tmp_path_factory: pytest.TempPathFactory) -> tuple[RunReport, Path]:
    """All notebooks run into an empty folder."""
    out = tmp_path_factory.mktemp("rerun")
    return run_notebooks(folder=ROOT / "notebooks", out=out, failed=out / "failed"), out


def test_a_rerun_makes_the_same_figures(rerun: tuple[RunReport, Path]) -> None:
    made = {name: content for name, content in contents(rerun[1]).items() if not name.endswith(".ipynb")}
    stored = contents(FIGURES)
    assert sorted(made) == sorted(stored)
    differing = [name for name in made if made[name] != stored[name]]
    assert not differing, "run 'make figures' and look at what changed"


@by_name
def test_a_rerun_makes_the_same_notebook(rerun: tuple[RunReport, Path], path: Path) -> None:
    assert (rerun[1] / path.name).read_bytes() == path.read_bytes(), "run 'make figures' and look at what changed"
