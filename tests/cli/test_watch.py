"""`stca build --watch` as a process: tables follow the files, faults are told and waited out, Ctrl-C ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.made_articles import article
from support.notebook_files import contents
from support.paths import ROOT

from stcalib import load_corpus, read_tables
from stcalib.codebook import load_codebook
from stcalib.corpus.folder import read_folder
from stcalib.corpus.warm import Warm

NUMBER = 12


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    for number in range(NUMBER):
        (tmp_path / "articles" / f"made_{number:03}.txt").write_text(article(number), encoding="utf-8")
    return tmp_path


class Watching:
    """The command in a process, with what it says."""

    def __init__(self, project: Path):
        self.project, self.said = project, project / "said.txt"
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "stcalib", "build", "--watch", "--codebook", "stca"]
        with self.said.open("w") as said:
            self.process = subprocess.Popen(command, cwd=project, env=environment, stderr=said, text=True)

    def lines(self) -> list[str]:
        return self.said.read_text(encoding="utf-8").splitlines()

    def until(self, fits: Callable[[list[str]], bool]) -> None:
        for _ in range(1200):
            if fits(self.lines()):
                return
            assert self.process.poll() is None, self.lines()
            time.sleep(0.05)
        raise AssertionError(self.lines())

    def after(self, change: Callable[[], object]) -> str:
        """What is said first after a change."""
        before = len(self.lines())
        change()
        self.until(lambda lines: len(lines) > before)
        return self.lines()[before]


@pytest.fixture
def watching(project: Path) -> Iterator[Watching]:
    found = Watching(project)
    try:
        found.until(lambda lines: any(line.startswith("Watching") for line in lines))
        yield found
    finally:
        found.process.kill()
        found.process.wait()


@pytest.mark.slow
def test_tables_follow_the_files_until_ctrl_c(project: Path, watching: Watching) -> None:
    articles, tables = project / "articles", project / "tables"
    said = watching.after(lambda: (articles / "new.txt").write_text("“The bridge is shut,” said Ann Low.\n", encoding="utf-8"))
    assert said.startswith("new.txt: ") and f"of {NUMBER + 1} articles" in said
    assert "“The bridge is shut,”" in set(read_tables(tables)["quotes"]["text"])
    said = watching.after((articles / "made_003.txt").unlink)
    assert said.startswith("made_003.txt: ") and f"of {NUMBER} articles" in said
    said = watching.after(lambda: (articles / "articles.toml").write_text("[new]\noutlet = 'The Gazette'\n", encoding="utf-8"))
    assert said.startswith("articles.toml: ")
    assert read_tables(tables)["articles"].set_index("article_id").loc["new", "outlet"] == "The Gazette"
    load_corpus(articles, codebook="stca").write(project / "again")
    assert contents(tables) == contents(project / "again"), "a warm build gives the bytes of a cold one"
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(30) == 0
    assert watching.lines()[-1] == "No longer watching. The tables are whole."
    assert not [path for path in project.iterdir() if path.name.startswith(".")]


@pytest.mark.slow
def test_what_is_wrong_is_told_and_waited_out(project: Path, watching: Watching) -> None:
    ledger, before = project / "corrections.csv", contents(project / "tables")
    said = watching.after(lambda: ledger.write_text("no,ledger\n", encoding="utf-8"))
    assert said.startswith("corrections.csv: ") and "no ledger" in said and said.endswith("The tables stay as they were.")
    assert contents(project / "tables") == before
    said = watching.after(ledger.unlink)
    assert "written in" in said and contents(project / "tables") == before


def test_a_file_is_read_again_only_where_it_has_changed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warm, read = Warm(), []
    real = read_folder.__globals__["read_article"]
    monkeypatch.setitem(read_folder.__globals__, "read_article", lambda path: (read.append(path.name), real(path))[1])
    first = read_folder(project / "articles", warm)
    (project / "articles" / "made_004.txt").write_text("“It is,” said Ann Low.\n", encoding="utf-8")
    (project / "articles" / "made_005.txt").unlink()
    read.clear()
    second = read_folder(project / "articles", warm)
    assert read == ["made_004.txt"] and len(second.articles) == len(first.articles) - 1 == len(warm.sources)
    assert second == read_folder(project / "articles")


def test_pieces_are_those_of_one_codebook(project: Path) -> None:
    warm = Warm()
    one, other = (load_corpus(project / "articles", codebook=name, warm=warm).tables() for name in ("stca", "carbon_price"))
    cold = load_corpus(project / "articles", codebook="carbon_price").tables()
    assert len(warm.pieces) == 2 and len(one["positions"]) > len(other["positions"])
    assert all(other[name].equals(cold[name]) for name in cold)
    assert warm.kept(None, load_codebook("stca")) is warm.kept(None, load_codebook("stca"))
