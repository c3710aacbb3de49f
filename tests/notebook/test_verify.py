"""Notebooks of one's own against their stored outputs: what differs is named, what may differ is left out, nothing is changed."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from nbval.plugin import get_sanitize_patterns
from rich.console import Console
from support.notebook_files import contents
from support.paths import ROOT

from stcalib.cli import verify as told_by_command
from stcalib.cli.verify import tell, verify
from stcalib.core.errors import ParameterError
from stcalib.notebook.files import NotebookError
from stcalib.notebook.verify import Difference, Verified, verify_notebooks
from stcalib.notebook.verify_cells import lines_that_differ

ADDRESS = "<object at 0x7f0000000000>"
CELLS = (
    # source, what is stored as text, what is told of it
    ("n = 40 + 2\nn", "42", None),
    ("object()", ADDRESS, None),
    ("import os\n'PYTEST_ADDOPTS' in os.environ", "False", None),
    ("print('two\\nlines')", "two\nlies\n", ("gives something else than is stored", ("-lies", "+lines"))),
    ("'took 0.25 s'", "'took 0.5 s'", None),
    ("n / 0", "1.0", ("stopped with an error", None)),
)


def cell(number: int, source: str, stored: str | None) -> dict[str, Any]:
    if stored is None:
        output: list[dict[str, Any]] = []
    elif source.startswith("print"):
        output = [{"output_type": "stream", "name": "stdout", "text": stored}]
    else:
        output = [{"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": {"text/plain": stored}}]
    return {"cell_type": "code", "id": f"c{number}", "source": source, "metadata": {}, "outputs": output, "execution_count": number if stored else None}


def written(path: Path, *cells: tuple[str, str | None]) -> Path:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = [cell(number, *each) for number, each in enumerate(cells, 1)]
    path.write_text(json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return path


@pytest.mark.slow
def test_what_differs_is_named_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '--none-such'\n", encoding="utf-8")
    (tmp_path / "conftest.py").write_text("raise RuntimeError('not for this run')\n", encoding="utf-8")
    (tmp_path / "may-differ.cfg").write_text("[seconds]\nregex: took [0-9.]+ s\nreplace: took SECONDS\n", encoding="utf-8")
    path = written(tmp_path / "mine.ipynb", *(case[:2] for case in CELLS))
    before = contents(tmp_path)
    found = verify_notebooks([path], sanitize=tmp_path / "may-differ.cfg", progress=lambda one: tell(Console(stderr=True), one))
    assert contents(tmp_path) == before
    said = capsys.readouterr().err
    assert [one.cells for one in found] == [len(CELLS)]
    wanted = {number: told for number, (_, _, told) in enumerate(CELLS, 1) if told is not None}
    assert [one.cell for one in found[0].differences] == list(wanted)
    for one in found[0].differences:
        what, lines = wanted[one.cell]
        assert (one.what, one.line) == (what, CELLS[one.cell - 1][0].splitlines()[0])
        assert one.told == lines if lines else "ZeroDivisionError" in " ".join(one.told)
        assert f"cell {one.cell} ({one.line}) {one.what}\n    {one.told[0]}" in said


def test_the_command_sums_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(told_by_command, "verify_notebooks", lambda paths, *_: [Verified(path, 1, ()) for path in paths])
    good, other = (written(tmp_path / f"{name}.ipynb", ("1", "1")) for name in ("good", "other"))
    assert told_by_command.verify([tmp_path], None, None) == 0
    bad = Verified(other, 1, (Difference(1, "1", "stopped with an error"),))
    monkeypatch.setattr(told_by_command, "verify_notebooks", lambda *_: [Verified(good, 1, ()), bad])
    assert told_by_command.verify([good, other], None, None) == 1
    said = capsys.readouterr().err
    assert "2 notebooks as stored." in said and "1 of 2 notebooks not as stored" in said


@pytest.mark.parametrize(
    ("stored", "told"),
    [((None, None), "has no stored outputs"), (("1", None), "was not run when the notebook was saved")],
    ids=["none at all", "one cell"],
)
def test_a_cell_that_was_never_run_is_no_proof(tmp_path: Path, stored: tuple[str | None, ...], told: str) -> None:
    path = written(tmp_path / "mine.ipynb", *zip(("1", "2"), stored, strict=True))
    (found,) = verify_notebooks([path])
    assert told in found.differences[0].what and len(found.differences) == 1


def test_wrong_use_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="no such notebook"):
        verify([tmp_path / "none.ipynb"], None, None)
    with pytest.raises(NotebookError, match="no notebooks there"):
        verify([tmp_path], None, None)
    (tmp_path / "mine.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(NotebookError, match="not a notebook"):
        verify([tmp_path], None, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        ("", "holds no pattern"),
        ("[nothing]\n", "holds no pattern"),
        ("[seconds]\nregex: took [0-9]+ s\n", "holds no pattern"),
        ("[a]\nregex: x\nreplace: y\n\n[b]\nregex: z\n", "holds a pattern that nbval does not see"),
        ("[a]\nregex: took ([0-9]+ s\nreplace: y\n", "cannot be used"),
        ("[a]\nregex: took\nreplace: \\2\n", "cannot be used"),
        ("[a]\nregex: took\nreplace: \\g<name>\n", "cannot be used"),
    ],
)
def test_a_file_of_patterns_that_says_nothing_is_told(tmp_path: Path, text: str | bytes | None, told: str) -> None:
    path, own = written(tmp_path / "mine.ipynb", ("1", "1")), tmp_path / "own.cfg"
    if text is not None:
        own.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ParameterError, match=rf"--sanitize .*{told}.*regex:|--sanitize .*regex: .*{told}"):
        verify([path], own, None)


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="1"><path d="M0"/></svg>'
OTHER = '<svg xmlns="http://www.w3.org/2000/svg" width="1"><path d="M0"/></svg>'


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (DRAWING, "DRAWING"),
        (DRAWING.replace("width", "role='img' width"), "DRAWING"),
        (DRAWING.replace("><", ">\n<"), "DRAWING"),
        (f"<p>{DRAWING}</p>", "<p>DRAWING</p>"),
        (OTHER, OTHER),
        (f"{OTHER} and 5 rows", f"{OTHER} and 5 rows"),
        (OTHER.replace("<path", '<g class="marks"/><path'), OTHER.replace("<path", '<g class="marks"/><path')),
        ("<object at 0x7f0000000000>", "<object at 0xADDRESS>"),
        ("0xab", "0xab"),
    ],
)
def test_what_the_package_lets_differ(text: str, left: str) -> None:
    for pattern, word in get_sanitize_patterns((files("stcalib") / "data" / "verify.cfg").read_text(encoding="utf-8")):
        text = re.sub(pattern, word, text)
    assert text == left


def test_long_differences_are_cut() -> None:
    told = lines_that_differ("\n".join(map(str, range(50))), "x" * 500)
    assert len(told) == 13 and told[-1].startswith("… and ") and all(len(line) < 170 for line in told)
    assert lines_that_differ({"mark": "bar", "data": [1, 2]}, {"mark": "point", "data": [1, 2]}) == ['- "mark": "bar"', '+ "mark": "point"']
