"""Files for other programs: the same bytes twice, text that stays text, and what each program can and cannot hold."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import tomllib
import xml.etree.ElementTree as ET
import zipfile
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from support.frames import articles as four_articles
from support.hostile import hostile_words
from support.paths import SEEDS

from stcalib import Corpus, StcalibError, load_corpus
from stcalib.core.errors import ParameterError
from stcalib.core.rows import REVIEWED, Skipped
from stcalib.core.safe_cells import defused
from stcalib.core.table_spec import TABLES
from stcalib.corpus.tables import frame_of
from stcalib.export import cas
from stcalib.export.formats import FORMATS, export_as
from stcalib.export.references import bibtex, csl_json
from stcalib.export.wide import csv_bytes, wide_files
from stcalib.export.xlsx import MOST_CHARACTERS, workbook_bytes

CELLS = tomllib.loads((Path(__file__).parent / "cells.toml").read_text(encoding="utf-8"))["cell"]


@pytest.fixture(scope="module")
def corpus(seeds: Corpus) -> Corpus:
    return seeds


@pytest.fixture(scope="module")
def again() -> Corpus:
    """The same articles, read a second time."""
    return load_corpus(SEEDS)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_articles_give_the_same_bytes(corpus: Corpus, again: Corpus, tmp_path: Path, name: str) -> None:
    first = {file.name: file.read_bytes() for file in export_as(corpus, name, tmp_path / "one" / "x")}
    second = {file.name: file.read_bytes() for file in export_as(again, name, tmp_path / "two" / "x")}
    assert first == second and all(first.values())


@pytest.mark.parametrize("name", FORMATS)
def test_a_corpus_without_articles_gives_files_too(tmp_path: Path, name: str) -> None:
    assert export_as(Corpus.from_texts({}), name, tmp_path / "x")


@pytest.fixture(scope="module")
def hostile() -> Corpus:
    """Articles whose text, id and facts hold what programs act on."""
    pieces = list(hostile_words().values())
    quotes = "\n\n".join(f"“{piece} We want the Safe Third Country Agreement suspended,” said Ada Roe of Lund." for piece in pieces)
    facts = {piece: dict.fromkeys(("title", "outlet", "author", "url"), piece) for piece in pieces[:3]}
    return Corpus.from_texts({piece: f"{piece}\n\n{quotes}" for piece in facts}, metadata=facts)


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_articles_break_no_file(hostile: Corpus, tmp_path: Path, name: str) -> None:
    for file in export_as(hostile, name, tmp_path / "x"):
        content = file.read_bytes()
        if content.startswith(b"<?xml"):
            ET.fromstring(content)
        elif content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found = [archive.read(one) for one in archive.namelist() if not one.endswith(".txt")]
            assert all(part.startswith(b"<?xml") and ET.fromstring(part) is not None for part in found)
            assert not any(b"<f>" in part or b"<hyperlink" in part for part in found)
        assert file.parent in (tmp_path, tmp_path / "x")


def test_an_unknown_format_is_told(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="Did you mean 'xlsx'"):
        export_as(corpus, "xslx", tmp_path / "x")


def test_a_file_and_a_folder_are_told_apart(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StcalibError, match="is a file"):
        export_as(corpus, "wide", tmp_path / "file")
    with pytest.raises(StcalibError, match="is a folder"):
        export_as(corpus, "qdc", tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["file"] and (tmp_path / "file").read_text(encoding="utf-8") == "x"


def test_files_of_others_in_the_folder_stay(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    export_as(corpus, "wide", tmp_path)
    export_as(corpus, "wide", tmp_path)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine" and (tmp_path / "articles.csv").is_file()


# ---- Excel
def excel() -> ModuleType:
    """A reader of workbooks that is not the writer's own; skips the test where the two are missing."""
    pytest.importorskip("xlsxwriter", reason="of the extra stcalib[export]; not in this environment")
    return pytest.importorskip("openpyxl", reason="of the extra stcalib[test]; not in this environment")


def test_without_its_writer_a_workbook_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, corpus: Corpus, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(StcalibError, match=r'pip install "\.\[export\]"'):
        export_as(corpus, "xlsx", tmp_path / "x.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_workbook_holds_the_tables(corpus: Corpus) -> None:
    openpyxl = excel()
    frames = corpus.tables()
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(frames)))
    assert book.sheetnames == [*TABLES, "columns", "limits"]
    for table, frame in frames.items():
        sheet = book[table]
        assert [cell.value for cell in sheet[1]] == list(frame.columns) and sheet.max_row == len(frame) + 1
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref
        for line, record in zip(sheet.iter_rows(min_row=2), frame.to_dict("records"), strict=True):
            for cell, value in zip(line, record.values(), strict=True):
                assert cell.data_type != "f"
                found = cell.value.date() if isinstance(cell.value, datetime) else cell.value
                assert (found is None) if pd.isna(value) else found == (value.date() if isinstance(value, pd.Timestamp) else value)
    described = {(row[0], row[1]) for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    assert described == {(table, name) for table, frame in frames.items() for name in frame}
    assert book["limits"].max_row == 1


def rows_of_texts(texts: list[str]) -> pd.DataFrame:
    return frame_of(Skipped, [Skipped("007", "quotes", number, number + 1, text, "reason") for number, text in enumerate(texts)])


@pytest.mark.parametrize("case", CELLS, ids=[case["name"] for case in CELLS])
def test_text_is_text_in_excel(case: dict[str, str]) -> None:
    """As an independent reader finds it; `_x0007_` is how Excel's files write a control character."""
    openpyxl = excel()
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes({"skipped": rows_of_texts([case["text"]])})))
    cell = book["skipped"]["E2"]
    shown = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), str(cell.value))
    assert (shown, cell.data_type, cell.hyperlink) == (case["text"], "s", None)
    assert book["skipped"]["A2"].value == "007"


def test_what_excel_cannot_hold_is_cut_and_told() -> None:
    openpyxl = excel()
    texts = ["a" * MOST_CHARACTERS, "b" * (MOST_CHARACTERS + 1), "\U0001f9f3" * MOST_CHARACTERS]
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes({"skipped": rows_of_texts(texts)})))
    cells = [cell.value for cell in book["skipped"]["E"][1:]]
    assert cells[0] == texts[0]
    assert all(cell.endswith("[…]") and len(cell.encode("utf-16-le")) // 2 <= MOST_CHARACTERS for cell in cells[1:])
    told = [row[3] for row in book["limits"].iter_rows(min_row=2, values_only=True)]
    assert told == ["a text of 32,768 characters, cut", "a text of 65,534 characters, cut"]


def test_days_before_excels_first_are_text(corpus: Corpus) -> None:
    openpyxl = excel()
    days = [date(1867, 7, 1), date(1900, 3, 1)]
    old = corpus.articles.head(2).assign(updated=pd.Series(days, dtype="datetime64[s]"))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes({"articles": old})))
    column = list(old.columns).index("updated") + 1
    cells = [book["articles"].cell(row, column) for row in (2, 3)]
    assert cells[0].value == "1867-07-01" and cells[1].value == datetime(1900, 3, 1) and cells[1].number_format == "yyyy-mm-dd"
    assert "1867-07-01" in str(book["limits"]["D2"].value)


# ---- charts of others
def test_wide_files_are_labelled_and_open_in_excel(corpus: Corpus) -> None:
    for name, content in wide_files(corpus).items():
        assert content.startswith(b"\xef\xbb\xbf"), name
        head, *lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert lines and len(set(head)) == len(head) and all(len(line) == len(head) for line in lines), name
        assert not [word for word in head if re.fullmatch(r"[a-z_]+", word)], name


def test_wide_files_add_up(corpus: Corpus) -> None:
    files = {name: pd.read_csv(io.BytesIO(content), encoding="utf-8-sig") for name, content in wide_files(corpus).items()}
    by_party, by_article = files["speech_by_party.csv"], files["speech_by_article.csv"]
    assert by_party["Words"].sum() == by_article.drop(columns="Article").sum().sum()
    assert dict(zip(by_party["Party"], by_party["Words"], strict=True)) == by_article.drop(columns="Article").sum().to_dict()
    sides = ["For", "Undecided", "Against"]
    assert files["stances_by_party.csv"][sides].sum().to_dict() == files["stances_by_actor.csv"][sides].sum().to_dict()
    assert files["articles.csv"]["Quotes"].sum() == len(corpus.quotes)


def test_a_formula_is_none_in_a_wide_file() -> None:
    frame = pd.DataFrame({"Who": ["=1+1", "'tis", None, "-3"], "Number": [1.0, 2.5, None, -3.0], "=x": ["+1", -1, None, -0.5]})
    rows = list(csv.reader(io.StringIO(csv_bytes(frame).decode("utf-8-sig"))))
    assert rows == [["Who", "Number", "'=x"], ["'=1+1", "1", "'+1"], ["'tis", "2.5", "-1"], ["", "", ""], ["'-3", "-3", "-0.5"]]


@pytest.mark.parametrize("words", ["a\rb", "a\nb", "a\r\nb", "a, b", 'a "b"', "\r=1"])
def test_a_row_of_a_wide_file_ends_where_it_ends(words: str) -> None:
    heads, row = csv.reader(io.StringIO(csv_bytes(pd.DataFrame({words: [1.0], "Who": [words]})).decode("utf-8-sig"), newline=""))
    assert heads == [defused(words), "Who"] and row == ["1", defused(words)]


# ---- UIMA CAS
def test_annotations_stand_on_their_words(corpus: Corpus) -> None:
    files = cas.cas_files(corpus)
    known = {one.text for one in ET.fromstring(files["TypeSystem.xml"]).iter("{http://uima.apache.org/resourceSpecifier}name")}
    assert {cas.PREFIX + cas.layer(table) for table in REVIEWED} < known
    texts = {table: getattr(corpus, table) for table in REVIEWED}
    for key in corpus:
        root = ET.fromstring(files[f"{cas.file_name(key)}.xmi"])
        sofa = next(one for one in root if one.tag.endswith("Sofa")).attrib["sofaString"].encode("utf-16-le")
        for table in REVIEWED:
            marked = [one.attrib for one in root if one.tag == f"{{http:///webanno/custom.ecore}}{cas.layer(table)}"]
            cut = [sofa[2 * int(one["begin"]) : 2 * int(one["end"])].decode("utf-16-le") for one in marked]
            rows = texts[table][texts[table]["article_id"] == key]
            assert cut == [text.replace("\r\n", "\n") for text in rows["text"]]
            assert all(set(one) - {"begin", "end", "sofa"} <= known | {"{http://www.omg.org/XMI}id"} for one in marked)


def test_offsets_of_a_speaker_move_with_the_text() -> None:
    corpus = Corpus.from_texts({"a": "\U0001f9f3 Lund\r\n\r\n“We want asylum seekers,” said Rosa Baum.\r\n"})
    root = ET.fromstring(cas.cas_files(corpus)["a.xmi"])
    sofa = next(one for one in root if one.tag.endswith("Sofa")).attrib["sofaString"].encode("utf-16-le")
    (quote,) = [one.attrib for one in root if one.tag.endswith("}Quote")]
    assert sofa[2 * int(quote["speaker_start"]) : 2 * int(quote["speaker_end"])].decode("utf-16-le") == "Rosa Baum"


@pytest.mark.parametrize("article_id", ["a/b", "a\\b:c*?", "x" * 400, "é" * 200, ".."])
def test_an_id_is_a_name_of_a_file(article_id: str) -> None:
    name = cas.file_name(article_id)
    assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', name) and len(name) <= 170 and name.encode("ascii")
    assert cas.file_name(article_id) != cas.file_name(article_id + "y")


# ---- references
def test_articles_as_csl() -> None:
    items = json.loads(csl_json(four_articles().assign(byline="Ann Roe and Ben Lee", url="https://example.org/a?b=1&c=2", sha256="0")))
    assert [item.get("issued", {}).get("date-parts") for item in items] == [[[2018, 5, 1]], [[2018, 5, 2], [2018, 5, 9]], None, None]
    assert items[0]["author"] == [{"literal": "Ann Roe and Ben Lee"}] and items[1]["container-title"] == "The Post"
    assert ["not before 2018-06-01" in item["note"] for item in items] == [False, False, True, False]
    assert "not known" in items[3]["note"]


def test_articles_as_bibtex() -> None:
    table = four_articles().assign(title=r"50% of {a_b} & C\d ~ #1 $5 ^", byline=None, url="https://example.org/a_b", sha256="0")
    table["article_id"] = ["2018/lund dam", "2018/lund-dam", "2018/Lund-dam", "…"]
    text = bibtex(table).decode("utf-8")
    assert re.findall(r"^@article\{(.*),$", text, re.MULTILINE) == ["2018/lund-dam", "2018/lund-dam-2", "2018/Lund-dam-3", "article"]
    assert r"title = {{50\% of \{a\_b\} \& C\textbackslash{}d \textasciitilde{} \#1 \$5 \textasciicircum{}}}" in text
    assert re.findall(r"date = \{(.*)\}", text) == ["2018-05-01", "2018-05-02/2018-05-09", "2018-06-01/"]
    depth = 0
    for char in re.sub(r"\\[{}]", "", text):
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
