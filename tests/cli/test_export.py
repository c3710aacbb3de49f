"""`stca export` and `stca import-codes`: what is written where, what is said, and the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.paths import ROOT, SEEDS

from stcalib.cli.app import app
from stcalib.cli.export_files import export_files, take_codes
from stcalib.core.errors import ParameterError, StcalibError
from stcalib.corrections.ledger import read_ledger
from stcalib.export.formats import FORMATS

ARTICLE = "OTTAWA — Police intercepted 658 asylum seekers in May 2018, the government said.\n\n“They came in June,” said Rosa Baum, the mayor of Lund.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "lund.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_formats_are_listed_without_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export_files(None, None, None, None, None) == 0
    listed = capsys.readouterr().out
    assert [line.split()[0] for line in listed.splitlines()] == list(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_goes_to_its_own_place(project: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert export_files(name, None, None, None, None) == 0
    assert (project / FORMATS[name].out).is_dir() == FORMATS[name].out.endswith("/")
    assert (project / FORMATS[name].out).exists()
    assert "written to" in capsys.readouterr().err


def test_what_is_wrong_is_told_before_articles_are_read(project: Path) -> None:
    with pytest.raises(ParameterError, match="Did you mean 'bibtex'"):
        export_files("bibtec", None, None, None, None)
    (project / "wide").write_text("mine", encoding="utf-8")
    with pytest.raises(StcalibError, match="is a file"):
        export_files("wide", None, None, None, None)
    assert (project / "wide").read_text(encoding="utf-8") == "mine"


def test_there_and_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export_files("qdpx", None, Path("p.qdpx"), None, None) == 0
    assert take_codes(Path("p.qdpx"), None, None, None, "Ann", False, False, False) == 0
    assert not (project / "corrections.csv").exists() and "coded as exported" in capsys.readouterr().err
    assert take_codes(Path("p.qdpx"), None, None, None, "Ann", True, False, True) == 0
    assert not (project / "corrections.csv").exists() and "would be written" in capsys.readouterr().err
    assert take_codes(Path("p.qdpx"), None, None, None, "Ann", True, False, False) == 0
    ledger = read_ledger(project / "corrections.csv")
    assert ledger.reviewers == ["Ann"] and {d.action for _, d in ledger.decisions} == {"accept"}
    assert take_codes(Path("p.qdpx"), None, None, None, "Ann", True, False, False) == 0
    assert len(read_ledger(project / "corrections.csv")) == len(ledger)


def test_passages_that_were_passed_over_end_with_three(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export_files("qdpx", SEEDS, Path("seeds.qdpx"), None, None) == 0
    assert take_codes(Path("seeds.qdpx"), None, None, None, "Ann", False, False, False) == 3
    assert "no article has its text" in capsys.readouterr().err


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (b"x", "no zip archive")])
def test_a_bad_project_is_told(project: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (project / "p.qdpx").write_bytes(content)
    with pytest.raises(StcalibError, match=said):
        take_codes(Path("p.qdpx"), None, None, None, "Ann", False, False, False)


def test_the_help_and_the_page_name_each_format() -> None:
    commands = {command.name or command.callback.__name__: command.callback for command in app.registered_commands if command.callback}
    page = (ROOT / "stcalib" / "docs" / "export.md").read_text(encoding="utf-8")
    assert all(f"*{name}*" in str(commands["export"].__doc__) and f"| `{name}` |" in page for name in FORMATS)
