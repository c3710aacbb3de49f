"""`stca figures`: what it tells while notebooks run, and with which code it ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stcalib.cli import figures
from stcalib.cli.app import new
from stcalib.notebook.run import ARTICLES, RunReport

EVENTS = {
    "read": ([(ARTICLES, 0, 2), (ARTICLES, 2, 2), (ARTICLES, 2, 2), ("01_corpus", 0, 5), ("01_corpus", 5, 5), ("01_corpus", 5, 5)], "articles: 2 read"),
    "kept": ([(ARTICLES, 0, 0), (ARTICLES, 0, 0), ("01_corpus", 5, 5)], figures.KEPT),
}


@pytest.mark.parametrize("events", EVENTS)
@pytest.mark.parametrize("problems", [0, 1, 3])
def test_the_end_of_a_run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, events: str, problems: int) -> None:
    seen, told = EVENTS[events]

    def run(*_: object, progress: Any, **__: object) -> RunReport:
        for event in seen:
            progress(*event)
        return RunReport(tmp_path, {"01_corpus": 1.0}, problems=problems)

    monkeypatch.setattr(figures, "run_notebooks", run)
    code = figures.make_figures([], [], None, tmp_path / "notebooks", None)
    lines = capsys.readouterr().err.splitlines()
    assert code == (3 if problems else 0)
    assert lines[:2] == [told, "01_corpus: 5 cells"] and len([line for line in lines if line.endswith("cells")]) == 1


@pytest.mark.parametrize(("name", "told"), [("shark nets", "cd 'shark nets'"), ("nets", "cd nets")])
def test_the_next_step_of_a_new_project_can_be_copied(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    new(Path(name), "empty")
    assert f"  {told}" in capsys.readouterr().out.splitlines()
