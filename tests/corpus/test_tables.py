"""Tables: schema, files, and back."""

from __future__ import annotations

import json
import re
import tempfile
from datetime import date
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import number_of_examples
from support.paths import ROOT

import stcalib
from stcalib.codebook.codebook import load_codebook
from stcalib.core.errors import TableError
from stcalib.core.rows import COUNT_KINDS, Count, Problem, Skipped, column_names
from stcalib.core.safe_cells import FORMULA_OPENINGS, defused, from_cell, restored, to_cell
from stcalib.core.schema import arrow_schema, kind_of
from stcalib.core.table_spec import ROW_TYPES, spec_of
from stcalib.corpus.codebook_tables import measures_of, parties_of, propositions_of
from stcalib.corpus.tables import check, frame_of, read_tables, write_tables
from stcalib.corrections.resting import forget_gone


@pytest.fixture(scope="module")
def frames(seeds: stcalib.Corpus) -> dict[str, pd.DataFrame]:
    return seeds.tables()


def test_every_table_fits_its_schema(frames: dict[str, pd.DataFrame]) -> None:
    for table, frame in frames.items():
        check(frame, ROW_TYPES[table], table)


def test_written_and_read_again(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    write_tables(frames, tmp_path)
    again = read_tables(tmp_path)
    for table, frame in frames.items():
        pd.testing.assert_frame_equal(frame, again[table])
        assert_schema(tmp_path / f"{table}.parquet", table)
        days = {name: "datetime64[s]" for name in frame if frame[name].dtype == "datetime64[s]"}
        pd.testing.assert_frame_equal(frame, pd.read_parquet(tmp_path / f"{table}.parquet").astype(days))


def assert_schema(file: Path, table: str) -> None:
    """The types in a Parquet file are those of the table, whatever its rows."""
    wanted, found = arrow_schema(ROW_TYPES[table]), pq.read_schema(file)
    assert [(field.name, field.type, field.nullable) for field in found] == [(field.name, field.type, field.nullable) for field in wanted]


@pytest.mark.parametrize("table", ROW_TYPES)
def test_an_empty_table_has_the_schema_of_a_full_one(frames: dict[str, pd.DataFrame], tmp_path: Path, table: str) -> None:
    empty = frame_of(ROW_TYPES[table], [])
    assert empty.dtypes.to_dict() == frames[table].dtypes.to_dict() == frames[table].head(0).dtypes.to_dict()
    write_tables({table: empty}, tmp_path)
    assert_schema(tmp_path / f"{table}.parquet", table)
    assert read_tables(tmp_path)[table].dtypes.to_dict() == empty.dtypes.to_dict()


def test_whole_numbers_are_whole_and_days_are_days(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    for table, frame in frames.items():
        kinds = {name: kind_of(ROW_TYPES[table], name) for name in frame}
        assert {str(frame[name].dtype) for name, kind in kinds.items() if kind[0] is int} <= {"int64", "Int64"}
        assert {str(frame[name].dtype) for name, kind in kinds.items() if kind[0] is date} <= {"datetime64[s]"}
    assert (frames["quotes"]["speaker_end"] - frames["quotes"]["speaker_start"]).dropna().gt(0).all()


def test_keys_are_unique_and_references_lead_to_rows(frames: dict[str, pd.DataFrame]) -> None:
    for table, frame in frames.items():
        if key := spec_of(table).key:
            assert frame[key].is_unique and frame[key].notna().all()
        for column, other in spec_of(table).references:
            assert set(frame[column].dropna()) <= set(frames[other][spec_of(other).key]), f"{table}.{column}"


def test_what_a_rejected_row_was_named_by_no_longer_names_it() -> None:
    """Positions and proposals of a rejected quote, and counts of a rejected base, keep no id that leads nowhere."""
    frames = {
        "positions": pd.DataFrame({"quote_id": ["q-1", "q-2", None]}, dtype="str"),
        "proposals": pd.DataFrame({"quote_id": ["q-1"]}, dtype="str"),
        "counts": pd.DataFrame({"base_id": ["c-1", "c-2"]}, dtype="str"),
    }
    forget_gone(frames, "quotes", {"q-1"})
    forget_gone(frames, "counts", {"c-2"})
    assert [list(frame.iloc[:, 0].isna()) for frame in frames.values()] == [[True, False, True], [True], [False, True]]


def test_the_page_names_each_table_and_type() -> None:
    page = (ROOT / "stcalib" / "docs" / "tables.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(ROW_TYPES)
    assert all(f"`{kind}`" in page for kind in set(stcalib.describe()["type"]))


def test_an_id_that_the_codebook_lacks_is_explained_as_such(frames: dict[str, pd.DataFrame]) -> None:
    book = load_codebook("stca")
    odd = {"positions": frames["positions"].assign(proposition="moon_base", party="XYZ"), "counts": frames["counts"].assign(measure="moons")}
    for explained, made in (("moon_base", propositions_of(book, odd)), ("XYZ", parties_of(book, odd)), ("moons", measures_of(book, odd))):
        last = made.iloc[-1]
        assert last.iloc[0] == explained and last["basis"] == "rows" and last.iloc[1:-1].isna().all()
        assert set(made["basis"].iloc[:-1]) == {"codebook"}


def test_frictionless_finds_the_package_valid(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="of the extra stcalib[test]; not in this environment")
    write_tables(frames, tmp_path)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid and len(report.tasks) == 2 * len(frames), report.flatten(["name", "type", "message"])
    quotes = (tmp_path / "quotes.csv").read_text(encoding="utf-8")
    (tmp_path / "quotes.csv").write_text(quotes.replace(frames["actors"]["actor_id"].iloc[0], "a-nobody", 1), encoding="utf-8")
    assert "foreign-key" in {kind for (kind,) in frictionless.Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"])}


def test_columns_are_described() -> None:
    for table, row_type in ROW_TYPES.items():
        told = stcalib.describe(table)
        assert list(told["column"]) == column_names(row_type) and told["meaning"].notna().all()
        assert list(told["type"]) == [str(dtype) for dtype in frame_of(row_type, []).dtypes]
    assert list(stcalib.describe()["table"].unique()) == list(ROW_TYPES)
    counts = stcalib.describe("counts").set_index("column")
    assert counts.loc["kind", "allowed"] == "; ".join(COUNT_KINDS) and counts.loc["start", "unit"] == "characters"
    assert counts.loc["base_id", "refers_to"] == "counts" and not counts.loc["base_id", "required"]
    with pytest.raises(TableError, match=r"'count': no such table\. Did you mean 'counts'"):
        stcalib.describe("count")


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
    assert package["licenses"][0]["name"] == "notspecified" and package["created_with"]["stcalib"] == stcalib.__version__


LATER, EARLIER = pd.Timestamp("2018-05-02"), pd.Timestamp("2018-05-01")
BAD = [
    ("unknown value", "quotes", {"kind": "shouted"}, "kind"),
    ("missing value", "quotes", {"kind": None}, "kind"),
    ("end before start", "quotes", {"start": 9, "end": 3}, "start lies before end"),
    ("low above high", "counts", {"low": 5.0, "high": 4.0}, "low is not above high"),
    ("period ends first", "counts", {"period_start": LATER, "period_end": EARLIER}, "a period does not end before it begins"),
    ("published backwards", "articles", {"published_earliest": LATER, "published_latest": EARLIER}, "the earliest day is not after the latest"),
]


@pytest.mark.parametrize(("name", "table", "change", "said"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_table_is_refused(frames: dict[str, pd.DataFrame], tmp_path: Path, name: str, table: str, change: dict[str, object], said: str) -> None:
    bad = frames[table].head(3).assign(**change)
    with pytest.raises(TableError, match=table) as caught:
        write_tables({table: bad}, tmp_path)
    assert said in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_folder_as_it_was(frames: dict[str, pd.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tables(frames, tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(TableError, match="No space left"):
        write_tables({**frames, "problems": frame_of(Problem, [Problem("a", "b", "c")])}, tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


@given(st.text(max_size=30))
def test_defused_cells_come_back(text: str) -> None:
    assert restored(defused(text)) == text
    assert not defused(text).startswith(tuple(FORMULA_OPENINGS))
    assert (defused(text) == text) is not text.lstrip("'").startswith(tuple(FORMULA_OPENINGS))
    assert from_cell(to_cell(text)) == text


APOSTROPHES = ["'", "''", "'tis so", "''We came,'' she said", "'" * 3, "’tis so"]


@pytest.mark.parametrize("text", APOSTROPHES)
def test_an_apostrophe_is_no_formula(text: str) -> None:
    assert defused(text) == text


ANY = st.one_of(st.sampled_from("'\"=+-@,;\r\n\t\0"), st.characters(exclude_categories=["Cs"]))
"""Any character, those that mean something to a CSV file or a spreadsheet often."""


@number_of_examples(30)
@given(st.lists(st.text(min_size=1, max_size=20, alphabet=ANY), min_size=1, max_size=5))
def test_any_text_survives_the_file(texts: list[str]) -> None:
    rows = [Skipped("a", "quotes", i, i + 1, text, "reason") for i, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        write_tables({"skipped": frame_of(Skipped, rows)}, Path(folder))
        assert list(read_tables(Path(folder))["skipped"]["text"]) == texts
        assert list(pd.read_parquet(Path(folder) / "skipped.parquet")["text"]) == texts


NEEDED = {"article_id": "a", "start": 1, "end": 2, "text": "5", "kind": "count", "bound": "exact", "sentence_start": 0, "sentence_end": 9}


@number_of_examples(30)
@given(st.lists(st.tuples(st.floats(allow_nan=False, allow_infinity=False) | st.none(), st.dates() | st.none()), min_size=1, max_size=5))
def test_any_number_and_day_survives_the_file(values: list[tuple[float | None, date | None]]) -> None:
    blank = {**dict.fromkeys(column_names(Count)), **NEEDED, "status": "machine"}
    rows = [Count(**{**blank, "count_id": f"c-{i}", "value": value, "period_start": day}) for i, (value, day) in enumerate(values)]
    with tempfile.TemporaryDirectory() as folder:
        frame = frame_of(Count, rows)
        write_tables({"counts": frame}, Path(folder))
        pd.testing.assert_frame_equal(read_tables(Path(folder))["counts"], frame, check_exact=True)
