"""A folder replaced as a whole, and what a process killed at each of its renames leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import ROOT

from stcalib.core.folder_swap import replaced

OLD = {"counts.csv": "old counts", "quotes.csv": "old quotes", "gone.csv": "old and not written again"}
NEW = {"counts.csv": "new counts", "quotes.csv": "new quotes", "proposals.csv": "a new table"}
OWN = {*OLD, *NEW}
OF_OTHERS = {"notes.txt": "written by the user"}

KILLED = """
import os, signal, sys
from pathlib import Path
from stcalib.core.folder_swap import replaced

left = int(sys.argv[2])


def counted(rename):
    def moves(self, target):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return rename(self, target)
    return moves


Path.rename, Path.replace = counted(Path.rename), counted(Path.replace)
with replaced(Path(sys.argv[1]), {own!r}) as staging:
    for name, text in {new!r}.items():
        (staging / name).write_text(text)
"""


def _filled(out: Path, files: dict[str, str]) -> None:
    out.mkdir()
    for name, text in files.items():
        (out / name).write_text(text)


def _files(out: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in out.iterdir()}


def _replace(out: Path) -> None:
    with replaced(out, OWN) as staging:
        for name, text in NEW.items():
            (staging / name).write_text(text)


@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL elsewhere")
@pytest.mark.parametrize("others", [{}, OF_OTHERS], ids=["a folder of tables alone", "a folder with files of others"])
def test_what_is_killed_leaves_the_old_or_the_new(tmp_path: Path, others: dict[str, str]) -> None:
    code = KILLED.replace("{own!r}", repr(OWN)).replace("{new!r}", repr(NEW))
    ends = []
    for renames in range(20):
        out = tmp_path / f"out{renames}"
        _filled(out, {**OLD, **others})
        run = subprocess.run([sys.executable, "-c", code, str(out), str(renames)], env={**os.environ, "PYTHONPATH": str(ROOT)})
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL
        with pytest.raises(RuntimeError), replaced(out, OWN):
            raise RuntimeError("the next call puts right what was left, and then fails by itself")
        ends.append(_files(out))
    assert len(ends) >= 2
    assert all(files == {**OLD, **others} for files in ends)
    assert {path.name for path in tmp_path.iterdir()} == {f"out{number}" for number in range(len(ends) + 1)}


def test_files_of_others_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _filled(out, {**OLD, **OF_OTHERS})
    _replace(out)
    assert _files(out) == {**OLD, **NEW, **OF_OTHERS}


def test_a_folder_of_tables_is_given_up_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _filled(out, OLD)
    _replace(out)
    assert _files(out) == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
