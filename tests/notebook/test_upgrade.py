"""Projects that earlier versions made: brought up to this one, and nothing of theirs lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support.paths import ROOT, TESTS

from stcalib.cli.project import upgrade_project
from stcalib.notebook.run import RunError, run_notebooks
from stcalib.notebook.upgrade import CHANGED, CURRENT, OWN, RENEWED, upgrade_notebooks

OLD = TESTS / "projects" / "made_by_0_1"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(OLD, tmp_path / "p")
    monkeypatch.chdir(tmp_path / "p")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return tmp_path / "p"


def upgrade(project: Path) -> dict[str, str]:
    return {one.path.stem: one.outcome for one in upgrade_notebooks(project / "notebooks", ROOT / "notebooks")}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_old_project_says_what_it_needs(project: Path) -> None:
    with pytest.raises(RunError, match="stca upgrade"):
        run_notebooks(only=["01"])


def test_untouched_notebooks_are_renewed_and_run(project: Path) -> None:
    assert set(upgrade(project).values()) == {RENEWED}
    run_notebooks()
    assert (project / "figures" / "crossings.svg").is_file()
    assert set(upgrade(project).values()) == {CURRENT}


def test_parameters_stay_and_nothing_else_is_touched(project: Path) -> None:
    edit(project / "notebooks" / "02_crossings.ipynb", 'place = \\"CA\\"', 'place = \\"CA-QC\\"')
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and path.suffix != ".ipynb"}
    assert upgrade(project)["02_crossings"] == RENEWED
    source = json.dumps(json.loads((project / "notebooks" / "02_crossings.ipynb").read_text(encoding="utf-8")))
    assert "CA-QC" in source
    assert "../articles" in source
    assert {path: path.read_bytes() for path in before} == before


def test_a_changed_notebook_is_left_and_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "notebooks" / "03_quotes.ipynb"
    edit(path, "by_actor = ", "mine = ")
    before = path.read_bytes()
    assert upgrade_project(project) == 3
    said = capsys.readouterr().out
    assert path.read_bytes() == before
    assert f"03_quotes.ipynb: {CHANGED}" in said
    assert "stcalib.listing is now stcalib.display" in said
    assert "01_corpus.ipynb: renewed" in said


def test_a_notebook_of_ones_own_is_named(project: Path) -> None:
    shutil.copyfile(project / "notebooks" / "01_corpus.ipynb", project / "notebooks" / "mine.ipynb")
    assert upgrade(project)["mine"] == OWN
