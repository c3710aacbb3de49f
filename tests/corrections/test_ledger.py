"""The ledger of corrections: every line is kept, read back exactly, and survives what happens to files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.hostile import hostile_words
from support.paths import ROOT

from stcalib.core.errors import TableError
from stcalib.core.safe_cells import from_cell, to_cell
from stcalib.corrections.ledger import COLUMNS, Decision, append, inactive, moment, read_ledger

LINE = Decision("ada", "2026-01-02T03:04:05.678Z", "edit", "quotes", "a1", "0123456789abcdef", 3, 9, "q-1", "actor", "old", "new", "six ch", "a note")
ANY_TEXT = st.text(st.characters(), max_size=60)
FORMULA = tuple("=+-@\t\r＝＋－＠")


@given(ANY_TEXT)
def test_a_cell_gives_its_text_back_and_runs_nothing(text):
    cell = to_cell(text)
    assert from_cell(cell) == text
    assert not cell.startswith(FORMULA)
    assert "\n" not in cell and "\r" not in cell and "\x1b" not in cell


@pytest.mark.parametrize("words", hostile_words().values(), ids=hostile_words().keys())
def test_hostile_words_are_kept_as_they_are(tmp_path, words):
    line = replace(LINE, who=words, article_id=words, old=words, new=words, text=words, note=words)
    append(tmp_path / "c.csv", [line])
    assert [decision for _, decision in read_ledger(tmp_path / "c.csv").decisions] == [line]
    raw = (tmp_path / "c.csv").read_bytes().decode()
    assert raw.count("\n") == 2
    assert not any(character in raw for character in "\x1b\x07\x9b\u202e\u2066")


@given(st.lists(st.tuples(ANY_TEXT.filter(bool), ANY_TEXT, ANY_TEXT, ANY_TEXT), min_size=1, max_size=4))
def test_lines_come_back_as_they_were_written(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("l") / "c.csv"
    lines = [replace(LINE, who=who, old=old, note=note, text=text) for who, old, note, text in rows]
    for line in lines:
        append(path, [line])
    ledger = read_ledger(path)
    assert [decision for _, decision in ledger.decisions] == lines
    assert [number for number, _ in ledger.decisions] == list(range(2, len(lines) + 2))
    assert not ledger.bad_lines


def test_the_file_is_readable_by_people(tmp_path):
    append(tmp_path / "c.csv", [replace(LINE, note='says "so", twice')])
    assert (tmp_path / "c.csv").read_text() == (
        ",".join(COLUMNS) + '\nada,2026-01-02T03:04:05.678Z,edit,quotes,a1,0123456789abcdef,3,9,q-1,actor,old,new,six ch,"says ""so"", twice"\n'
    )


BAD_LINES = [
    ("<<<<<<< HEAD", "unfinished merge"),
    ("=======", "unfinished merge"),
    ("ada,2026", "2 cells where 14 are due"),
    ('ada,2026-01-02T03:04:05.678Z,edit,quotes,a1,0123456789abcdef,3,9,q-1,actor,old,"torn in the mid', "cells where 14 are due"),
    ("ada,2026-01-01,acept,quotes,a1,0123456789abcdef,3,9,q-1,,,,six ch,", "'acept' is none of accept"),
    ("ada,2026-01-01,accept,quotes,a1,0123456789abcdef,x,9,q-1,,,,six ch,", "must be numbers"),
    (",2026-01-01,accept,quotes,a1,0123456789abcdef,3,9,q-1,,,,six ch,", "who must not be empty"),
]


@pytest.mark.parametrize(("content", "told"), BAD_LINES)
def test_a_bad_line_is_reported_and_the_others_count(tmp_path, content, told):
    path = tmp_path / "c.csv"
    append(path, [LINE])
    with path.open("a") as file:
        file.write(content)
    append(path, [replace(LINE, new="later")])
    ledger = read_ledger(path)
    assert [decision.new for _, decision in ledger.decisions] == ["new", "later"]
    (bad,) = ledger.bad_lines
    assert told in bad.problem and bad.line == 3


@pytest.mark.parametrize(
    "change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n"), lambda text: text + "\n\n", lambda text: text.rstrip("\n")]
)
def test_what_editors_do_to_a_file_does_no_harm(tmp_path, change):
    path = tmp_path / "c.csv"
    append(path, [LINE, replace(LINE, new="b")])
    path.write_bytes(change(path.read_text()).encode())
    assert [decision.new for _, decision in read_ledger(path).decisions] == ["new", "b"]
    assert not read_ledger(path).bad_lines


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "not a table", ",".join(COLUMNS[:-1]) + "\n"])
def test_a_file_that_is_no_ledger_is_neither_read_nor_written(tmp_path, content):
    path = tmp_path / "c.csv"
    path.write_text(content)
    with pytest.raises(TableError, match="no ledger"):
        read_ledger(path)
    with pytest.raises(TableError, match="no ledger"):
        append(path, [LINE])
    assert path.read_text() == content


def test_a_missing_ledger_is_an_error_unless_it_may_be_missing(tmp_path):
    with pytest.raises(TableError, match="no such ledger"):
        read_ledger(tmp_path / "c.csv")
    assert len(read_ledger(tmp_path / "c.csv", missing_ok=True)) == 0


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else False, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(TableError, match="not saved"):
        append(tmp_path / "c.csv", [LINE])


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(TableError, match="cannot be written"):
        append(tmp_path / "none" / "c.csv", [LINE])


def test_killing_the_writer_at_any_moment_loses_no_decision_already_made(tmp_path):
    path = tmp_path / "c.csv"
    code = (
        "import sys; from dataclasses import replace; sys.path.insert(0, sys.argv[2])\n"
        "sys.path.insert(0, sys.argv[2] + '/..')\n"
        "from test_ledger import LINE; from stcalib.corrections.ledger import append\n"
        "for i in range(10**6):\n    append(sys.argv[1], [replace(LINE, new=str(i))]); print(i, flush=True)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    writer = subprocess.Popen([sys.executable, "-c", code, str(path), str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True, env=environment)
    told = [writer.stdout.readline() for _ in range(25)][-1]
    writer.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    rest = writer.stdout.read().split()
    writer.stdout.close()
    writer.wait()
    made = int((rest or [told])[-1])
    kept = {decision.new for _, decision in read_ledger(path).decisions}
    assert {str(i) for i in range(made + 1)} <= kept


def test_several_writers_at_once_lose_nothing(tmp_path):
    path = tmp_path / "c.csv"
    code = (
        "import sys; from dataclasses import replace; sys.path.insert(0, sys.argv[2])\n"
        "sys.path.insert(0, sys.argv[2] + '/..')\n"
        "from test_ledger import LINE; from stcalib.corrections.ledger import append\n"
        "for i in range(40):\n    append(sys.argv[1], [replace(LINE, who=sys.argv[3], new=str(i))])\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    writers = [subprocess.Popen([sys.executable, "-c", code, str(path), str(Path(__file__).parent), who], env=environment) for who in ("ada", "ben")]
    assert [writer.wait() for writer in writers] == [0, 0]
    ledger = read_ledger(path)
    assert [[d.new for _, d in ledger.of(who).decisions] for who in ("ada", "ben")] == [[str(i) for i in range(40)]] * 2
    assert not ledger.bad_lines


def test_git_merges_two_reviewers_lines(tmp_path):
    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *arguments], cwd=tmp_path, check=True, capture_output=True)

    path = tmp_path / "corrections.csv"
    git("init", "-q", "-b", "main")
    (tmp_path / ".gitattributes").write_text("corrections.csv merge=union\n")
    append(path, [LINE])
    git("add", "-A")
    git("commit", "-qm", "one")
    for who in ("ada", "ben"):
        git("checkout", "-q", "-b", who, "main")
        append(path, [replace(LINE, who=who, new=f"{who}{i}") for i in range(3)])
        git("commit", "-qam", who)
    git("merge", "-q", "ada")
    ledger = read_ledger(path)
    assert not ledger.bad_lines
    assert [d.new for _, d in ledger.of("ben").decisions] == ["ben0", "ben1", "ben2"]
    assert [d.new for _, d in ledger.of("ada").decisions] == ["new", "ada0", "ada1", "ada2"]


@pytest.mark.parametrize(
    ("now", "after", "told"),
    [
        (datetime(2026, 1, 2, 3, 4, 5, 6000, UTC), "", "2026-01-02T03:04:05.006Z"),
        (datetime(2026, 1, 2, 3, 4, 5, 6000, UTC), "2026-01-02T03:04:05.006Z", "2026-01-02T03:04:05.007Z"),
        (datetime(2026, 1, 2, 3, 4, 5, 6000, UTC), "2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00.000Z"),
        (datetime.fromisoformat("2026-01-02T03:04:05.006+05:00"), "", "2026-01-01T22:04:05.006Z"),
    ],
)
def test_no_two_moments_of_a_reviewer_are_the_same(now, after, told):
    assert moment(now, after) == told


def test_an_undo_takes_back_a_decision_and_an_undo_takes_back_an_undo():
    def line(when, action="accept", old="", who="ada"):
        return replace(LINE, who=who, when=when, action=action, old=old)

    lines = [line("1"), line("2"), line("3", "undo", "2"), line("1", who="ben"), line("4", "undo", "3"), line("5", "undo", "1")]
    assert inactive(lines) == {0, 2}


WRITER = """
import sys
from pathlib import Path
from stcalib.corrections.ledger import Decision, append
for i in range(15):
    append(Path("c.csv"), [Decision(sys.argv[1], "2026-01-02T03:04:05.678Z", "note", "quotes", "a1", "0" * 16, 3, 9, "q-1", "", "", "", "six ch", str(i) * 500)])
"""


@pytest.mark.parametrize("system", ["this", "without fcntl"])
def test_several_writers_tear_no_line(tmp_path, system):
    path = [str(ROOT / "tests" / "support" / "as_on_windows")] if system != "this" else []
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*path, str(ROOT), os.environ.get("PYTHONPATH", "")]), "PYTHONWARNINGS": "ignore"}
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, name], cwd=tmp_path, env=environment) for name in ("ann", "bob", "cy")]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    ledger = read_ledger(tmp_path / "c.csv")
    assert not ledger.bad_lines
    assert sorted((decision.who, decision.note[:2]) for _, decision in ledger.decisions) == sorted(
        (name, (str(i) * 500)[:2]) for name in ("ann", "bob", "cy") for i in range(15)
    )
    assert [decision.note[:2] for _, decision in ledger.decisions if decision.who == "bob"] == [(str(i) * 500)[:2] for i in range(15)]


def test_a_lock_that_is_never_given_back_is_told(tmp_path, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr("stcalib.corrections.ledger.PATIENCE", 0.2)
    with FileLock(tmp_path / ".c.csv.lock"), pytest.raises(TableError, match=r"c\.csv: another program has been writing it"):
        append(tmp_path / "c.csv", [LINE])
    append(tmp_path / "c.csv", [LINE])
    assert len(read_ledger(tmp_path / "c.csv")) == 1
