"""Every notebook of the project in a real JupyterLab: Run All, every chart drawn, nothing from outside."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from checks import charts_drawn, clean, evidence_seen

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BESIDE = ("notebooks", "seeds")
"""Folders that the notebooks read, copied so that a run changes nothing."""


@pytest.fixture(scope="module")
def project(lab):
    """A copy of the notebooks and of what they read."""
    for name in BESIDE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, lab.folder / name, dirs_exist_ok=True)
    return lab.folder


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_and_draws(notebook, project, open_notebook):
    visit = open_notebook(f"notebooks/{notebook.name}")
    visit.run_all()
    stored = json.loads(notebook.read_text(encoding="utf-8"))
    mime = [kind for cell in stored["cells"] for output in cell.get("outputs", ()) for kind in output.get("data", ())]
    assert charts_drawn(visit.page) >= sum(kind.startswith("application/vnd.vega") for kind in mime)
    if any("stca-view" in "".join(cell["source"]) or "corpus[" in "".join(cell["source"]) for cell in stored["cells"]):
        assert evidence_seen(visit.page) >= 1
    visit.shot(notebook.stem)
    clean(visit)
