"""Tables: schema, files, and back."""

from __future__ import annotations

import json
import tempfile
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.paths import SEEDS

import stcalib
from stcalib.core.errors import TableError
from stcalib.core.rows import Problem, Skipped
from stcalib.core.safe_cells import FORMULA_OPENINGS, defused, restored
from stcalib.core.table_spec import ROW_TYPES
from stcalib.corpus.tables import check, frame_of, read_tables, write_tables


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return stcalib.load_corpus(SEEDS).tables()


def test_every_table_fits_its_schema(frames: dict[str, pd.DataFrame]) -> None:
    for table, frame in frames.items():
        check(frame, ROW_TYPES[table], table)


def test_written_and_read_again(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    write_tables(frames, tmp_path)
    again = read_tables(tmp_path)
    for table, frame in frames.items():
        pd.testing.assert_frame_equal(frame, again[table])
        parquet = pd.read_parquet(tmp_path / f"{table}.parquet")
        assert list(parquet.columns) == list(frame.columns) and len(parquet) == len(frame)


def test_the_same_bytes_twice(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    first = {p.name: p.read_bytes() for p in write_tables(frames, tmp_path / "one")}
    second = {p.name: p.read_bytes() for p in write_tables(frames, tmp_path / "two")}
    assert first == second


def test_the_data_package_describes_the_files(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    write_tables(frames, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    paths = {resource["path"] for resource in package["resources"]}
    assert paths == {p.name for p in tmp_path.iterdir()} - {"datapackage.json"}
    for resource in package["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}" and resource["bytes"] == len(content)
        if resource["format"] == "csv":
            header = content.decode("utf-8").partition("\n")[0].split(",")
            assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])


BAD = [
    ("unknown value", {"kind": "shouted"}, "kind"),
    ("missing value", {"kind": None}, "kind"),
    ("end before start", {"start": 9, "end": 3}, "start lies before end"),
]


@pytest.mark.parametrize(("name", "change", "said"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_table_is_refused(frames: dict[str, pd.DataFrame], tmp_path: Path, name: str, change: dict[str, object], said: str) -> None:
    bad = frames["quotes"].head(3).assign(**change)
    with pytest.raises(TableError, match="quotes") as caught:
        write_tables({"quotes": bad}, tmp_path)
    assert said in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_folder_as_it_was(frames: dict[str, pd.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tables(frames, tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    with pytest.raises(TableError, match="No space left"):
        write_tables({**frames, "problems": frame_of(Problem, [Problem("a", "b", "c")])}, tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


@given(st.text(max_size=30))
def test_defused_cells_come_back(text: str) -> None:
    assert restored(defused(text)) == text
    assert not defused(text).startswith(tuple(FORMULA_OPENINGS))
    assert defused(text) == text or text.startswith(("'", *FORMULA_OPENINGS))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=20, alphabet=st.characters(exclude_categories=["Cs", "Cc"])), min_size=1, max_size=5))
def test_any_text_survives_the_file(texts: list[str]) -> None:
    rows = [Skipped("a", "quotes", i, i + 1, text, "reason") for i, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        write_tables({"skipped": frame_of(Skipped, rows)}, Path(folder))
        assert list(read_tables(Path(folder))["skipped"]["text"]) == texts
