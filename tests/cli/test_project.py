"""A project of one's own: whole or not at all, running at once, from an installed package too."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support.notebook_files import contents
from support.paths import ROOT

from stcalib import load_corpus
from stcalib.cli import app, project
from stcalib.cli.build import build_tables
from stcalib.cli.documents import OURS
from stcalib.cli.project import ProjectError, new_project, notebook_sources, open_lab
from stcalib.corpus.tables import read_tables
from stcalib.corrections.ledger import append, read_ledger
from stcalib.notebook.files import NotebookError
from stcalib.notebook.parameters import read_parameters
from stcalib.notebook.run import run_notebooks

SAMPLE = "sample_fewer_walkers_in_june"


def test_a_new_project_runs_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("STCALIB_FIGURES", raising=False)
    made = new_project(tmp_path / "mine")
    names = {str(path.relative_to(tmp_path / "mine")) for path in made}
    assert {"README.md", ".gitignore", "corrections.csv", "codebook/actors.toml", "articles/articles.toml", f"articles/{SAMPLE}.txt"} <= names
    assert {f"notebooks/{path.name}" for path in notebook_sources().glob("*.ipynb")} <= names
    monkeypatch.chdir(tmp_path / "mine")
    report = run_notebooks()
    assert report.out == Path("figures")
    assert len(report.seconds) == 5
    assert "Harold Pym" in Path("figures/speech_by_actor.csv").read_text(encoding="utf-8")


def test_a_new_project_has_its_own_defaults_and_no_outputs(tmp_path: Path) -> None:
    new_project(tmp_path / "mine")
    for path in (tmp_path / "mine" / "notebooks").glob("*.ipynb"):
        defaults = {parameter.name: parameter.default for parameter in read_parameters(path)}
        assert defaults["folder"] == "../articles"
        assert defaults["codebook"] == "../codebook"
        assert all(not cell.get("outputs") for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])


def test_a_new_project_has_decisions_on_its_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_project(tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    corpus = load_corpus("articles", codebook="codebook", corrections="corrections.csv")
    assert list(corpus.corrected.decisions["outcome"]) == ["applied", "applied"]
    assert corpus.problems.empty
    rows = {row.status: row for row in corpus.quotes.itertuples() if row.status != "machine"}
    assert set(rows) == {"corrected", "confirmed"}
    assert rows["corrected"].actor == "people who help the newcomers"
    (before,) = corpus.machine_frames["quotes"].query("quote_id == @rows['corrected'].quote_id").itertuples()
    assert before.actor != rows["corrected"].actor


def test_its_ledger_is_as_a_review_would_write_it(tmp_path: Path) -> None:
    new_project(tmp_path / "mine")
    shipped = tmp_path / "mine" / "corrections.csv"
    ledger = read_ledger(shipped)
    assert not ledger.bad_lines
    append(tmp_path / "again.csv", [decision for _, decision in ledger.decisions])
    assert (tmp_path / "again.csv").read_bytes() == shipped.read_bytes()
    assert all(decision.note for _, decision in ledger.decisions)


def test_the_tables_of_a_new_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    new_project(tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    assert build_tables(None, Path("tables")) == 0
    assert "2 lines of corrections: 2 applied." in capsys.readouterr().err
    assert "corrected" in set(read_tables(Path("tables"))["quotes"]["status"])


@pytest.mark.parametrize("inside", ["file", "folder/file"])
def test_a_folder_in_use_is_left_alone(tmp_path: Path, inside: str) -> None:
    target = tmp_path / "mine"
    (target / inside).parent.mkdir(parents=True)
    (target / inside).write_text("mine")
    with pytest.raises(ProjectError, match="is there and not empty"):
        new_project(target)
    assert contents(tmp_path) == {f"mine/{inside}": b"mine"}


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert new_project(tmp_path / "mine")


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(project, "write_notebook", full)
    with pytest.raises(ProjectError, match=r"cannot be made \(No space left"):
        new_project(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []


def test_lab_needs_notebooks(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="no such folder"):
        open_lab(tmp_path / "none")


def test_lab_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "find_spec", lambda _: None)
    with pytest.raises(ProjectError, match=r'pip install "\.\[lab\]"'):
        open_lab(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="a process becomes another on POSIX alone")
@pytest.mark.parametrize("number", [int(signal.SIGKILL), int(signal.SIGTERM), int(getattr(signal, "SIGHUP", 1))])
def test_what_ends_the_command_ends_jupyterlab(tmp_path: Path, number: int) -> None:
    stand_in = tmp_path / "python"
    stand_in.write_text("#!/bin/sh\necho $$\nexec sleep 60\n")
    stand_in.chmod(0o755)
    # a test that runs in the background may have been told to ignore signals
    heed = f"import signal; signal.signal({number}, signal.SIG_DFL); " if number != signal.SIGKILL else ""
    code = f"{heed}import sys; sys.executable = {str(stand_in)!r}; from stcalib.cli.project import open_lab; open_lab({str(tmp_path)!r})"
    with subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert int(run.stdout.readline()) == run.pid
        run.send_signal(number)
    assert run.returncode == -number


def test_where_a_process_cannot_become_another_it_waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(project, "BECOMES", False)
    monkeypatch.setattr(project.sys, "executable", shutil.which("false"))
    assert open_lab(tmp_path) == 1


def test_the_wheel_carries_what_a_project_needs(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
        names = set(archive.namelist())
    package = [path for path in (ROOT / "stcalib").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert names >= {path.relative_to(ROOT).as_posix() for path in package if "site" not in path.parts}
    assert not [name for name in names if name.startswith("stcalib/docs/site")]
    assert names >= {f"stcalib/notebooks/{path.name}" for path in notebook_sources().glob("*.ipynb")}
    assert {"stcalib/py.typed", f"stcalib/data/samples/stca/articles/{SAMPLE}.txt"} <= names
    code = "from stcalib.cli.project import new_project, notebook_sources; new_project('made'); print(notebook_sources())"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "site")}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == str(tmp_path / "site" / "stcalib" / "notebooks")
    assert (tmp_path / "made" / "notebooks" / "05_article.ipynb").is_file()


EXTRAS = "altair anywidget ipykernel IPython jupyterlab matplotlib networkx papermill vl_convert".split()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["new", "mine"], 0, ""),
        (["build", str(ROOT / "seeds")], 0, "5 articles"),
        (["show", "003", "--corpus", str(ROOT / "seeds")], 0, ""),
        (["figures", "--list", "--notebooks", str(ROOT / "notebooks")], 0, ""),
        (["figures"], 1, 'pip install ".[notebooks]"'),
        (["lab", str(ROOT / "notebooks")], 1, 'pip install ".[lab]"'),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_without_the_extras(tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    program = f"import sys; sys.modules.update(dict.fromkeys({EXTRAS!r})); sys.argv = ['stca', *{arguments!r}]; from stcalib.cli.app import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
    assert (run.returncode, "Traceback" in run.stderr) == (code, False)
    assert said in run.stderr
    assert code == 0 or list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["figures", "-p", "period"], 2, "-p period: write it as KEY=VALUE"),
        (["figures", "-p", "top=1", "-p", "top=2"], 2, "top is given twice"),
        (["figures", "-p", "'perod=2018'"], 2, "no parameter 'perod'"),
        (["figures", "-p", "perod=2018"], 2, "Did you mean period?"),
        (["figures", "-p", "top=many"], 2, "must be a whole number"),
        (["figures", "--only", "09"], 1, "no notebook '09'"),
        (["figures", "--notebooks", "nowhere"], 1, "no notebooks there"),
        (["figures", "--jobs", "0"], 2, "--jobs"),
        (["nothing"], 2, "No such command"),
        (["new", "seeds"], 1, "is there and not empty"),
        (["lab", "nowhere"], 1, "no such folder"),
    ],
)
def test_wrong_use_of_the_command(
    arguments: list[str], code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["stca", *arguments])
    with pytest.raises(SystemExit) as end:
        app.main()
    assert end.value.code == code
    assert said in capsys.readouterr().err


def test_the_parameters_are_listed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["stca", "figures", "--list"])
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as end:
        app.main()
    assert end.value.code == 0
    said = capsys.readouterr().out
    assert "05_article" in said
    assert "how many actors the chart shows" in said


def test_a_project_has_a_start_page_and_documents_whose_links_lead_somewhere(tmp_path: Path) -> None:
    made = {path.relative_to(tmp_path / "mine").as_posix() for path in new_project(tmp_path / "mine")}
    pages = [tmp_path / "mine" / name for name in made if name.startswith("documents/") and name.endswith(".md")]
    shipped = {path.name for path in (ROOT / "stcalib" / "docs").glob("*.md")}
    assert {page.name for page in pages} == shipped and "START.md" in made
    for page in [tmp_path / "mine" / "START.md", *pages]:
        for path in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            # figures are there once they are made
            assert (page.parent / path).exists() or path.startswith("../figures/"), f"{page.name}: {path}"


MARK = f"<!-- {OURS} -->"


@pytest.mark.parametrize(
    ("name", "before", "own"),
    [
        ("index.md", None, False),
        ("index.md", f"{MARK}\nas it was in the last version", False),
        ("index.md", f"{MARK}", False),
        ("index.md", "my own notes", True),
        ("index.md", f"my own notes, which quote it\n{MARK}", True),
        ("notes.md", "my own notes", True),
        ("review-table.png", None, False),
        ("review-table.png", "my own picture", True),
        ("../START.md", "my own start", True),
    ],
)
def test_an_upgrade_brings_the_documents_up_to_date_and_leaves_ones_own(
    tmp_path: Path, name: str, before: str | None, own: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    new_project(tmp_path / "mine")
    file = tmp_path / "mine" / "documents" / name
    there, made = file.is_file(), file.read_bytes() if file.is_file() else b""
    if before is None:
        file.unlink()
    else:
        file.write_text(before, encoding="utf-8")
    code = project.upgrade_project(tmp_path / "mine")
    said = capsys.readouterr().out
    assert ("documents: renewed (1 files)" in said) == (not own)
    assert file.read_bytes() == (before.encode() if own and before is not None else made)
    told = own and there and not name.startswith("..")
    assert (code, f"documents/{name}: left as it is, as your own" in said) == ((3, True) if told else (0, False))
    project.upgrade_project(tmp_path / "mine")
    assert "renewed" not in capsys.readouterr().out


def test_an_older_picture_of_the_documents_is_renewed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new_project(tmp_path / "mine")
    one, other = (tmp_path / "mine" / "documents" / f"review-{name}.png" for name in ("table", "chart"))
    made = one.read_bytes()
    one.write_bytes(other.read_bytes())
    assert project.upgrade_project(tmp_path / "mine") == 0
    assert one.read_bytes() == made and "renewed (1 files)" in capsys.readouterr().out


def test_a_file_where_the_documents_belong_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    new_project(tmp_path / "mine")
    shutil.rmtree(tmp_path / "mine" / "documents")
    (tmp_path / "mine" / "documents").write_text("mine", encoding="utf-8")
    with pytest.raises(ProjectError, match=r"documents cannot be written .*move away what stands in its place"):
        project.upgrade_project(tmp_path / "mine")
    assert (tmp_path / "mine" / "documents").read_text(encoding="utf-8") == "mine"


def test_pictures_of_the_documents_are_whole(tmp_path: Path) -> None:
    from matplotlib.image import imread

    new_project(tmp_path / "mine")
    for picture in (tmp_path / "mine" / "documents").glob("*.png"):
        assert (imread(picture) == imread(ROOT / "stcalib" / "docs" / picture.name)).all()


@pytest.mark.parametrize(
    ("there", "asked", "root", "page"),
    [
        (["p/START.md", "p/notebooks/"], "p/notebooks", "p", "START.md"),
        (["p/START.md", "p/notebooks/"], "p", "p", "START.md"),
        (["p/stcalib/docs/index.md", "p/notebooks/"], "p/notebooks", "p", "stcalib/docs/index.md"),
        (["p/notebooks/"], "p/notebooks", "p", "notebooks"),
        (["p/other/"], "p/other", "p/other", ""),
    ],
)
def test_the_lab_opens_at_the_project(tmp_path: Path, there: list[str], asked: str, root: str, page: str) -> None:
    for name in there:
        path = tmp_path / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_text("", encoding="utf-8")
    assert project.opened_at(tmp_path / asked) == (tmp_path / root, page)
