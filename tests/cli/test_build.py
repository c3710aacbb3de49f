"""`stca build` and `stca show` as processes: what is said, the exit code, and that nothing is left half-written."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from support.notebook_files import contents
from support.paths import ROOT

from stcalib.cli.build import Settings, settings
from stcalib.cli.show import show_article
from stcalib.core.errors import StcalibError, TableError
from stcalib.core.table_spec import ROW_TYPES
from stcalib.corpus.tables import read_tables, write_tables

SEED = "003_da056322673849bb"
GOOD = "The minister said the bridge is closed.\n\n“It is,” he said.\n"
FILES = {"datapackage.json", *(f"{table}.{ending}" for table in ROW_TYPES for ending in ("csv", "parquet"))}
CASES = tomllib.loads((Path(__file__).parent / "bad_input.toml").read_text(encoding="utf-8"))["case"]


def stca(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "stcalib", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
    )


def lay_out(folder: Path, files: dict[str, str]) -> None:
    """Makes the files of a case: their content as text, with "hex:", "link:" or "times:" in front as something else."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        kind, _, rest = content.partition(":")
        if kind == "hex":
            path.write_bytes(bytes.fromhex(rest))
        elif kind == "times":
            number, _, piece = rest.partition(":")
            path.write_text(piece * int(number), encoding="utf-8")
        elif kind == "link":
            path.symlink_to(rest)
        elif kind == "folder":
            path.mkdir()
        else:
            path.write_text(content, encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_bad_input_is_told_and_the_good_is_read(tmp_path: Path, case: dict[str, object]) -> None:
    files = {name: GOOD if content == "GOOD" else content for name, content in case["files"].items()}  # type: ignore[attr-defined]
    lay_out(tmp_path, files)
    before = contents(tmp_path)
    began = time.monotonic()
    run = stca(*case["run"], cwd=tmp_path)  # type: ignore[misc]
    assert time.monotonic() - began < 30
    assert run.returncode == case["code"], run.stderr
    assert "Traceback" not in run.stderr
    for said in case["said"]:  # type: ignore[attr-defined]
        assert said in run.stderr
    if case["code"] == 3:
        assert set(contents(tmp_path / "tables")) == FILES
        tables = read_tables(tmp_path / "tables")
        assert list(tables["articles"]["article_id"]) == ["good"]
        assert len(tables["quotes"]) == 2
        assert len(tables["problems"]) == case.get("problems", 1)
    else:
        assert contents(tmp_path) == before


def test_the_huge_file_is_huge() -> None:
    (case,) = [case for case in CASES if case["name"] == "20 MB in one line"]
    number, _, piece = case["files"]["a/huge.txt"].removeprefix("times:").partition(":")
    assert int(number) * len(piece) >= 20_000_000
    assert "\n" not in piece


def test_tables_of_the_seeds(tmp_path: Path) -> None:
    run = stca("build", ROOT / "seeds", "--out", "tables", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (0, "")
    assert set(contents(tmp_path / "tables")) == FILES
    assert "5 articles. Tables written to tables:" in run.stderr


def test_two_runs_give_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    for seed in "12":
        assert stca("build", ROOT / "seeds", "--out", seed, cwd=tmp_path, PYTHONHASHSEED=seed).returncode == 0
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


# ---- interrupted
def _until(true: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.005)


@pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal")
@pytest.mark.parametrize("moment", ["reading", "writing", "moving"])
def test_ctrl_c_changes_nothing(tmp_path: Path, moment: str) -> None:
    articles, out = tmp_path / "articles", tmp_path / "tables"
    articles.mkdir()
    (articles / "good.txt").write_text(GOOD, encoding="utf-8")
    assert stca("build", cwd=tmp_path).returncode == 0
    (articles / "more.txt").write_text(GOOD * 2, encoding="utf-8")
    before = contents(tmp_path)
    waits = {
        "reading": "from stcalib.corpus import reader as room; name = 'find_quotes'",
        "writing": "from stcalib.corpus import tables as room; name = '_write_csv'",
        "moving": "from stcalib.corpus import tables as room; from pathlib import Path; room = Path; name = 'rename'",
    }[moment]
    count = 1 if moment == "moving" else 0
    code = f"""
import sys, time
{waits}
real, calls = getattr(room, name), []
def slow(*given):
    calls.append(given)
    if len(calls) == {count + 1}:
        open({str(tmp_path / "started")!r}, "w").close()
        for _ in range(6000):
            time.sleep(0.01)
    return real(*given)
setattr(room, name, slow)
sys.argv = ["stca", "build"]
from stcalib.cli.app import main
main()
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
    _until((tmp_path / "started").exists)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    (tmp_path / "started").unlink()
    assert (run.returncode, said.splitlines()) == (130, ["Stopped. Nothing was left half-written."])
    assert contents(tmp_path) == before
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("failing", range(0, 33, 4))
def test_a_failure_at_any_move_leaves_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    empty = {name: frame.iloc[:0] for name, frame in _frames().items()}
    write_tables(empty, tmp_path)
    (tmp_path / "counts.csv").unlink()
    (tmp_path / "notes.md").write_text("mine")
    before = contents(tmp_path)
    real, calls = Path.replace, []

    def broken(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) - 1 == failing:
            raise OSError(28, "No space left on device")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(TableError, match="No space left on device"):
        write_tables(_frames(), tmp_path)
    assert contents(tmp_path) == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def _frames() -> dict[str, object]:
    from stcalib import Corpus

    return Corpus.from_texts({"good": GOOD}).tables()


# ---- the project in the working folder
def test_what_is_meant_where_nothing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StcalibError, match="no folder articles or seeds here"):
        settings(None, None, None)
    (tmp_path / "seeds").mkdir()
    assert settings(None, None, None) == Settings(Path("seeds"), "stca", None)
    (tmp_path / "articles").mkdir()
    (tmp_path / "codebook").mkdir()
    (tmp_path / "corrections.csv").touch()
    assert settings(None, None, None) == Settings(Path("articles"), "codebook", Path("corrections.csv"))
    assert settings(None, "stca", Path("mine.csv")) == Settings(Path("articles"), "stca", Path("mine.csv"))
    assert settings(Path("other"), None, None) == Settings(Path("other"), "codebook", Path("corrections.csv"))
    assert settings(tmp_path / "there" / "articles", None, None) == Settings(tmp_path / "there" / "articles", "stca", None)


def test_a_folder_of_articles_is_read_with_the_codebook_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stcalib import load_corpus
    from stcalib.cli.project import new_project

    new_project(tmp_path / "mine", "carbon_price")
    monkeypatch.chdir(tmp_path / "mine" / "articles")
    for folder in (".", "../articles", tmp_path / "mine" / "articles"):
        corpus = load_corpus(folder)
        assert corpus.codebook.propositions.model_dump() == load_corpus(folder, codebook="carbon_price").codebook.propositions.model_dump()
        assert len(corpus.positions) > 0
    assert load_corpus(".", codebook="stca").positions.empty


# ---- one article in the terminal
@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_article_is_shown_with_its_rows(project: Path) -> None:
    by_file = stca("show", f"seeds/{SEED}.txt", cwd=project)
    assert (by_file.returncode, by_file.stderr) == (0, "")
    assert "\x1b" not in by_file.stdout
    assert by_file.stdout.startswith(SEED)
    assert "[Q1 " in by_file.stdout
    assert "\n  C1  count: " in by_file.stdout
    by_id = stca("show", "003", "--corpus", "seeds", cwd=project)
    assert by_id.stdout == by_file.stdout


def test_the_lines_below_are_the_rows_of_the_tables(project: Path) -> None:
    assert stca("build", cwd=project).returncode == 0
    shown = stca("show", SEED, "--skipped", cwd=project).stdout
    tables = read_tables(project / "tables")
    for name, letter in (("counts", "C"), ("quotes", "Q"), ("positions", "P"), ("skipped", "S")):
        frame = tables[name]
        spans = [f"[{row.start}–{row.end}]" for row in frame[frame["article_id"] == SEED].itertuples()]
        lines = [line for line in shown.splitlines() if line.strip().startswith(letter) and line.endswith("]") and ": " in line]
        assert sorted(line.rsplit(" ", 1)[1] for line in lines) == sorted(spans), name


def test_one_table_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_article("003", only=["counts"]) == 0
    said = capsys.readouterr().out
    assert "[C1 " in said
    assert "[Q1 " not in said


def test_what_weighed_how_much_is_told_of_a_row_by_its_label(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_article("003", only=["proposals"], why="PP1") == 0
    said = capsys.readouterr().out
    assert "[PP1 " in said and "[Q1 " not in said
    assert "What weighed how much for PP1" in said and "\n  words\n" in said and "\n  reading\n" in said
    with pytest.raises(StcalibError, match="no position or proposal that was read has this id"):
        show_article("003", why="PP99")


def test_the_wording_and_the_cue_of_a_row_are_told_with_their_characters(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_article("003", why="P1") == 0
    said = capsys.readouterr().out
    text = next((project / "seeds").glob("003*.txt")).read_text(encoding="utf-8")
    told = re.findall(r"^  (wording|cue) +(['\"])(.*)\2 \[(\d+)–(\d+)\], which", said, re.MULTILINE)
    assert "What a rule reads P1 by:" in said and told[0][0] == "wording"
    assert all(text[int(start) : int(end)] == words for _, _, words, start, end in told)


def test_colours_on_a_terminal_alone(project: Path) -> None:
    assert "\x1b[" in stca("show", "004", cwd=project, FORCE_COLOR="1", TERM="xterm-256color").stdout
    assert "\x1b" not in stca("show", "004", cwd=project).stdout


def test_corrections_are_shown(project: Path) -> None:
    from stcalib import load_corpus
    from stcalib.review.session import Session

    session = Session(load_corpus("seeds"), "quotes", ledger="corrections.csv", coder="ada")
    session.edit("actor", "Somebody Else")
    shown = stca("show", session.row.values["article_id"], cwd=project)
    assert shown.returncode == 0
    assert "quote: Somebody Else" in shown.stdout
    session.path.write_text(session.path.read_text(encoding="utf-8") + "torn\n", encoding="utf-8")
    shown = stca("show", "004", cwd=project)
    assert shown.returncode == 3
    assert "corrections.csv, line 3: not applied: 1 cells where" in shown.stderr


SHOWN_WRONG = [
    ("00", "5 articles of seeds begin so"),
    (f"{SEED[:-1]}x", f"Did you mean {SEED}?"),
    ("nothing", "no such article in seeds. There are: 000_"),
    ("seeds/nothing.txt", "no such file"),
    ("nothing.txt", "no such file"),
    ("seeds", "is a folder"),
    ("seeds/empty.txt", "empty. Remove it"),
    ("seeds/page.html", "not a .txt file"),
    ("seeds/twin.txt", f"the same text as {SEED}"),
    ("seeds/articles.toml", "it is not read as an article"),
]


@pytest.mark.parametrize(("article", "said"), SHOWN_WRONG, ids=[row[0] for row in SHOWN_WRONG])
def test_what_cannot_be_shown(project: Path, article: str, said: str) -> None:
    (project / "seeds" / "empty.txt").touch()
    (project / "seeds" / "page.html").write_text("<p>")
    shutil.copy(project / "seeds" / f"{SEED}.txt", project / "seeds" / "twin.txt")
    with pytest.raises(StcalibError) as caught:
        show_article(article)
    assert said in str(caught.value)


def test_a_reader_that_leaves_early_is_no_error(project: Path) -> None:
    code = f"{sys.executable} -m stcalib show 003 | head -c 20 >/dev/null; echo ${{PIPESTATUS[0]}}"
    run = subprocess.run(["bash", "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert "Traceback" not in run.stderr
    assert run.stdout.strip() in ("0", "1", "141")


def test_a_terminal_without_the_characters_shows_what_they_are(project: Path) -> None:
    run = stca("show", "004", cwd=project, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert run.returncode == 0
    assert "\\u2019" in run.stdout or "\\xb7" in run.stdout


HELP = ["build", "import", "show", "figures", "lab", "new"]


@pytest.mark.parametrize("command", HELP)
def test_every_command_explains_itself(command: str) -> None:
    run = stca(command, "--help", cwd=ROOT, COLUMNS="200")
    assert run.returncode == 0
    assert "Example" in run.stdout
    assert f"stca {command}" in run.stdout


def test_the_help_names_every_command_and_exit_code() -> None:
    run = stca("--help", cwd=ROOT, COLUMNS="200")
    assert all(command in run.stdout for command in HELP)
    assert all(code in run.stdout for code in ("0", "1", "2", "3", "130"))
    assert stca("--version", cwd=ROOT).stdout == "stca 0.2.0\n"
