"""Workbook and CSV as another spreadsheet program reads them: the same characters. Where LibreOffice is not at hand, the test is skipped."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from support.hostile import hostile_words

from stcalib.core.rows import Skipped
from stcalib.corpus.tables import frame_of
from stcalib.export.wide import csv_bytes
from stcalib.export.xlsx import workbook_bytes

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
ROWS = [
    "“Quoted” words, and ‘single’ ones",
    "Zoë Müller — Québec, naïve, 数 and 🍁",
    'commas, "marks"; semicolons',
    "=1+1",
    "+49 30 1234",
    "007",
    "1/2",
    "2018-05-01",
    "'tis the season",
    "http://example.org/?a=b&c=d",
    " blanks at both ends ",
    *(words for words in hostile_words().values() if words.strip() and all(c.isprintable() for c in words)),
]


def as_read(path: Path, tmp_path: Path) -> list[list[str]]:
    """The cells of a file's first sheet as text, as the other program writes them again."""
    out = tmp_path / "out"
    command = [str(OFFICE), "--headless", "--norestore", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"]
    given = ["--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,true,false"] if path.suffix == ".csv" else []
    subprocess.run([*command, *given, "--convert-to", AS_CSV, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=240)
    return list(csv.reader(io.StringIO((out / f"{path.stem}.csv").read_text(encoding="utf-8-sig"))))


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not at hand")
def test_a_workbook_shows_the_same_characters(tmp_path: Path) -> None:
    rows = frame_of(Skipped, [Skipped("007", "quotes", i, i + 1, text, "reason") for i, text in enumerate(ROWS)])
    (tmp_path / "book.xlsx").write_bytes(workbook_bytes({"skipped": rows}))
    heads, *found = as_read(tmp_path / "book.xlsx", tmp_path)
    at = heads.index("text")
    assert [row[at] for row in found] == ROWS
    assert {row[heads.index("article_id")] for row in found} == {"007"}


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not at hand")
def test_a_wide_file_shows_the_same_characters(tmp_path: Path) -> None:
    # a spreadsheet takes what looks like a number or a day for one, which CSV cannot forbid: the workbook is for these
    texts = [text for text in ROWS if not re.fullmatch(r"\s*[\d/.,: +-]+\s*", text)]
    content = csv_bytes(pd.DataFrame({"text": texts, "n": range(len(texts))}))
    (tmp_path / "wide.csv").write_bytes(content)
    _, *found = as_read(tmp_path / "wide.csv", tmp_path)
    _, *written = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert [row[0] for row in found] == [row[0] for row in written]
    changed = [text for row, text in zip(found, texts, strict=True) if row[0] != text]
    assert all(row[0] in (text, f"'{text}") for row, text in zip(found, texts, strict=True)) and "=1+1" in changed
