"""`stca import`: what is said, and the exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import export_layouts as layouts
from support.ingest_stories import ENGLISH
from typer.testing import CliRunner

from stcalib.cli.app import app
from stcalib.cli.project import new_project


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stderr + result.stdout


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    new_project(tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "factiva.txt").write_text(layouts.factiva_txt(ENGLISH), encoding="utf-8")
    return tmp_path / "mine"


def test_an_export_into_a_new_project(project: Path) -> None:
    code, said = run("import", project.parent / "factiva.txt")
    assert code == 0
    assert "factiva.txt" in said and "Factiva" in said and "author 1" in said
    assert "4 of 4 stories written to articles" in said and "set aside in set_aside" in said
    assert len(list((project / "articles").glob("*.txt"))) == 4
    code, said = run("import", project.parent / "factiva.txt")
    assert code == 0 and "0 of 4 stories written" in said


def test_a_dry_run_says_so(project: Path) -> None:
    code, said = run("import", project.parent / "factiva.txt", "--dry-run")
    assert code == 0 and "nothing was written" in said
    assert len(list((project / "articles").glob("*.txt"))) == 1


def test_what_was_passed_over_ends_with_3(project: Path) -> None:
    (project.parent / "empty.txt").write_bytes(b"")
    code, said = run("import", project.parent / "factiva.txt", project.parent / "empty.txt", "--into", "other")
    assert code == 3 and "empty.txt: empty." in said


def test_nothing_imported_ends_with_1(project: Path) -> None:
    (project.parent / "empty.txt").write_bytes(b"")
    code, said = run("import", project.parent / "empty.txt")
    assert code == 1 and "Nothing was imported" in said
