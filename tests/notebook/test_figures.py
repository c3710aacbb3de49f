"""Figures on disk: the drawing, its data, the manifest; whole, repeatable, and merged from several notebooks."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from support.frames import articles, quotes

from stcalib import charts
from stcalib.analysis import tallies
from stcalib.core.files import write_whole
from stcalib.display import theme
from stcalib.notebook import manifest
from stcalib.notebook.figures import FigureError, SavedFigure, csv_bytes, save_figure
from stcalib.notebook.manifest import digest, read_manifest, take_over

theme.enable()


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(manifest.FOLDER_VARIABLE, raising=False)


def _save(folder: Path, name: str = "speech", notebook: str = "nb") -> SavedFigure:
    data = tallies.words_by(quotes(), "party")
    return save_figure(charts.speech_by_party(data), name, data, folder, notebook=notebook, parameters={"top": 3}, tables={"quotes": "ab"})


def _plot() -> Figure:
    with theme.matplotlib_style():
        figure = Figure()
        figure.subplots().plot([1, 2, 3], label="é")
    return figure


def _content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_a_chart_is_saved_with_its_data_and_entered(tmp_path: Path) -> None:
    saved = _save(tmp_path)
    assert saved.files == ("speech.csv", "speech.svg", "speech.vl.json")
    assert set(_content(tmp_path)) == {*saved.files, "manifest.json"}
    entry = read_manifest(tmp_path)["speech"]
    assert (entry["notebook"], entry["parameters"], entry["tables"], entry["rows"]) == ("nb", {"top": 3}, {"quotes": "ab"}, 3)
    assert entry["files"] == {file: digest((tmp_path / file).read_bytes()) for file in saved.files}
    assert set(entry["versions"]) == set(manifest.VERSIONED)
    assert json.loads((tmp_path / "speech.vl.json").read_bytes())["title"]
    assert theme.MIME in saved._repr_mimebundle_()[0]


def test_a_matplotlib_figure_is_saved_as_svg_pdf_and_png(tmp_path: Path) -> None:
    saved = save_figure(_plot(), "plot", pd.DataFrame({"n": [1, 2, 3]}), tmp_path)
    assert saved.files == ("plot.csv", "plot.pdf", "plot.png", "plot.svg")
    assert saved._repr_mimebundle_()["image/png"].startswith(b"\x89PNG")


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in (tmp_path / "a", tmp_path / "b"):
        _save(folder)
        save_figure(_plot(), "plot", pd.DataFrame({"n": [1, 2, 3]}), folder)
    assert _content(tmp_path / "a") == _content(tmp_path / "b")


def test_the_live_chart_goes_to_the_notebook_and_the_specification(tmp_path: Path) -> None:
    data = tallies.words_by(quotes(), "party")
    live = charts.timeline(articles())
    saved = save_figure(charts.speech_by_party(data), "speech", data, tmp_path, live=live)
    assert theme.title_of(saved._repr_mimebundle_()[0][theme.MIME]) == theme.title_of(live.to_dict())
    assert b"published" in (tmp_path / "speech.vl.json").read_bytes()
    svg = (tmp_path / "speech.svg").read_text(encoding="utf-8")
    assert " speakers have" in svg and saved._repr_mimebundle_()[0]["image/svg+xml"] == svg.rstrip("\n")


def test_the_environment_decides_on_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(manifest.FOLDER_VARIABLE, str(tmp_path / "there"))
    _save(tmp_path / "here")
    assert not (tmp_path / "here").exists()
    assert (tmp_path / "there" / "speech.svg").is_file()


@pytest.mark.parametrize("name", ["", "Speech", "../x", "a b", "a.b", "_x", "ü"])
def test_a_figure_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(FigureError, match="use small letters"):
        _save(tmp_path, name)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here already")
    with pytest.raises(FigureError, match=r"file: cannot be written .* Choose another folder"):
        _save(tmp_path / "file")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"figures": 5}', "\x00"])
def test_a_damaged_manifest_is_written_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    _save(tmp_path)
    assert list(read_manifest(tmp_path)) == ["speech"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("a=1", "a=1"),
        ("“quoted”, twice", "“quoted”, twice"),
        ("two\nlines", "two\nlines"),
        (None, ""),
    ],
)
def test_formulas_are_defused(text: str | None, cell: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(pd.DataFrame({"text": [text, "x"], "n": [-1, 2]})).decode(), newline="")))
    assert rows[1] == [cell, "-1"]
    heads = next(csv.reader(io.StringIO(csv_bytes(pd.DataFrame({"n": [1], text or "": [2]})).decode(), newline="")))
    assert heads == ["n", cell]


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_cell_begins_a_formula(texts: list[str]) -> None:
    data = csv_bytes(pd.DataFrame({"text": texts})).decode("utf-8", "surrogatepass")
    for row in list(csv.reader(io.StringIO(data.replace("\x00", ""), newline="")))[1:]:
        assert not row or not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_days_in_a_csv_are_iso() -> None:
    assert csv_bytes(pd.DataFrame({"day": pd.to_datetime(["2018-05-01", None])})) == b'day\n2018-05-01\n""\n'


def test_figures_of_several_notebooks_are_merged_and_pruned(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _save(tmp_path / "one", "first", "one")
    _save(tmp_path / "two", "second", "two")
    changed = take_over([("one", tmp_path / "one"), ("two", tmp_path / "two")], out)
    assert changed == ["first.csv", "first.svg", "first.vl.json", "second.csv", "second.svg", "second.vl.json"]
    assert list(read_manifest(out)) == ["first", "second"]
    assert take_over([("one", tmp_path / "one"), ("two", tmp_path / "two")], out) == []
    _save(tmp_path / "again", "third", "one")
    take_over([("one", tmp_path / "again")], out)
    assert list(read_manifest(out)) == ["second", "third"]
    assert not (out / "first.svg").exists()
    assert (out / "second.svg").exists()


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"after")
    assert _content(tmp_path) == {"file": b"before"}
