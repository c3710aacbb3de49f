"""REFI-QDA: what is exported, what an independent reader reads of it, and what coded projects decide."""

from __future__ import annotations

import csv
import io
import re
import tomllib
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.examples import number_of_examples
from support.qda_files import qda_files

from stcalib import Corpus
from stcalib.core.errors import StcalibError
from stcalib.core.rows import REVIEWED
from stcalib.corrections.ledger import read_ledger
from stcalib.export.archive import zipped
from stcalib.export.plain import plain_text
from stcalib.export.qda import codebook_bytes, project_bytes
from stcalib.export.qda_codes import codes_of, guid
from stcalib.export.qda_decisions import GONE, KEPT
from stcalib.export.qda_import import import_codes
from stcalib.export.qda_read import read_project

DATA = tomllib.loads((Path(__file__).parent / "coded.toml").read_text(encoding="utf-8"))
ARTICLE, CASES = DATA["article"], DATA["case"]
Q = "{urn:QDA-XML:project:1.0}"
GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus.from_texts({ARTICLE["id"]: ARTICLE["text"]}, published={ARTICLE["id"]: "2018-06-01"})


@pytest.fixture(scope="module")
def exported(corpus: Corpus) -> bytes:
    return project_bytes(corpus)


def unzipped(project: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(project)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# ---- export
def test_an_independent_reader_cuts_the_same_characters(seeds: Corpus) -> None:
    corpus = seeds
    files = unzipped(project_bytes(corpus))
    root = ET.fromstring(files["project.qde"])
    cut = []
    for source in root.iter(f"{Q}TextSource"):
        text = files[source.attrib["plainTextPath"].replace("internal://", "sources/")].decode("utf-8")
        for selection in source.iter(f"{Q}PlainTextSelection"):
            cut.append((source.attrib["name"], text[int(selection.attrib["startPosition"]) : int(selection.attrib["endPosition"])]))
    frames = [getattr(corpus, table) for table in REVIEWED]
    rows = [(key, text.replace("\r\n", "\n")) for frame in frames for key, text in zip(frame["article_id"], frame["text"], strict=True)]
    assert sorted(cut) == sorted(rows)


def test_a_project_is_whole(exported: bytes) -> None:
    """Each reference leads to something, each GUID is one thing's, and codes that cannot be coded with are not."""
    files = unzipped(exported)
    root = ET.fromstring(files["project.qde"])
    ids = [one.attrib["guid"] for one in root.iter() if "guid" in one.attrib]
    assert len(ids) == len(set(ids)) and all(GUID.fullmatch(one) for one in ids)
    assert {one.attrib["targetGUID"] for one in root.iter() if "targetGUID" in one.attrib} <= set(ids)
    assert {one.attrib["creatingUser"] for one in root.iter() if "creatingUser" in one.attrib} <= set(ids)
    groups = {one.attrib["guid"] for one in root.iter(f"{Q}Code") if one.attrib["isCodable"] == "false"}
    assert groups and not groups & {one.attrib["targetGUID"] for one in root.iter(f"{Q}CodeRef")}
    assert [child.tag.removeprefix(Q) for child in root] == ["Users", "CodeBook", "Variables", "Sources", "Description"]
    assert "\U0001f9f3" in files[next(name for name in files if name.startswith("sources/"))].decode("utf-8")


@pytest.fixture(scope="module")
def grammars() -> dict[str, Any]:
    folder = Path(__file__).parent / "refi_qda"
    return {kind: etree.RelaxNG(etree.parse(folder / f"{kind}.rng")) for kind in ("project", "codebook")}


def test_projects_and_codebooks_are_valid_by_the_standard(grammars: dict[str, Any]) -> None:
    told = {(name, kind): str(grammars[kind].error_log) for name, kind, raw in qda_files() if not grammars[kind].validate(etree.fromstring(raw))}
    assert not told


SPOILED: dict[str, Callable[[Any], object]] = {
    "another namespace": lambda root: setattr(root, "tag", "{urn:QDA-XML:codebook:1.0}Project"),
    "no name": lambda root: root.attrib.pop("name"),
    "no GUID": lambda root: next(root.iter(f"{Q}Code")).set("guid", "suspend"),
    "a colour by name": lambda root: next(root.iter(f"{Q}Code")).set("color", "red"),
    "out of order": lambda root: root.insert(0, root[-1]),
    "a description behind the codings": lambda root: (one := next(root.iter(f"{Q}PlainTextSelection"))).append(one[0]),
    "no place": lambda root: next(root.iter(f"{Q}PlainTextSelection")).attrib.pop("startPosition"),
    "a day that is none": lambda root: setattr(next(root.iter(f"{Q}DateValue")), "text", "May 2018"),
    "no user": lambda root: root[0].clear(),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_what_the_standard_does_not_allow_is_refused(grammars: dict[str, Any], exported: bytes, fault: str) -> None:
    root = etree.fromstring(unzipped(exported)["project.qde"])
    assert grammars["project"].validate(root)
    SPOILED[fault](root)
    assert not grammars["project"].validate(etree.fromstring(etree.tostring(root)))


def test_the_codebook_alone_has_the_same_codes(corpus: Corpus, exported: bytes) -> None:
    alone = ET.fromstring(codebook_bytes(corpus))
    assert alone.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    ids = [one.attrib["guid"] for one in alone.iter("{urn:QDA-XML:codebook:1.0}Code")]
    assert ids == [one.attrib["guid"] for one in ET.fromstring(unzipped(exported)["project.qde"]).iter(f"{Q}Code")]
    assert len(ids) == len(list(codes_of(corpus.codebook, corpus.actors)))


def test_the_same_corpus_gives_the_same_bytes(exported: bytes) -> None:
    again = Corpus.from_texts({ARTICLE["id"]: ARTICLE["text"]}, published={ARTICLE["id"]: "2018-06-01"})
    assert project_bytes(again) == exported


HOSTILE = 'Lund <![CDATA[ ]]> & "x" \x00\x0b￾ <script>alert(1)</script>\r“We,” said Rosa Baum.\n'


def test_hostile_text_stays_text() -> None:
    corpus = Corpus.from_texts({'a<&"b': HOSTILE}, metadata={'a<&"b': {"title": HOSTILE, "outlet": "]]>", "keep": True}})
    files = unzipped(project_bytes(corpus))
    (source,) = ET.fromstring(files["project.qde"]).iter(f"{Q}TextSource")
    assert source.attrib["name"] == 'a<&"b'
    assert set(files) == {"project.qde", f"sources/{guid('source', 'a<&' + chr(34) + 'b')}.txt"}


@given(st.text(st.one_of(st.sampled_from("\r\n\0\ufffe\U0001f9f3"), st.characters())))
@number_of_examples(200)
def test_places_lead_back(text: str) -> None:
    for utf16 in (False, True):
        made = plain_text(text, utf16)
        assert "\r" not in made.text and len(made.places) == len(text) + 1
        for at, place in enumerate(made.places):
            back = made.back(place)
            assert back is not None and text[back:at].strip("\r") == ""


# ---- back
def coded(corpus: Corpus, exported: bytes, case: dict[str, Any]) -> bytes:
    """The project as the coder of a case gives it back."""
    files = unzipped(exported)
    root = ET.fromstring(files["project.qde"])
    (source,) = root.iter(f"{Q}TextSource")
    path = source.attrib["plainTextPath"].replace("internal://", "sources/")
    text = files[path].decode("utf-8")
    labels = {one.id: one.label for one in corpus.codebook.propositions.proposition} | {one.id: one.title for one in corpus.codebook.counts.measure}
    users = root.find(f"{Q}Users")
    assert users is not None
    ET.SubElement(users, f"{Q}User", guid=guid("user", "Ann"), name="Ann")
    change(case, root, source, text)
    for number, wanted in enumerate(case.get("select", ())):
        start, end = wanted["at"] if "at" in wanted else (text.index(wanted["words"]), text.index(wanted["words"]) + len(wanted["words"]))
        told = {"guid": guid("mine", str(number)).upper(), "startPosition": str(start), "endPosition": str(end)}
        selection = ET.SubElement(source, f"{Q}PlainTextSelection", told)
        for path_of_code in wanted["codes"]:
            code = code_of(root, [labels[name.removeprefix("LABEL ")] if name.startswith("LABEL ") else name for name in path_of_code])
            made = {"guid": guid("mine", str(number), *path_of_code), "creatingUser": guid("user", "Ann"), "creationDateTime": "2026-01-02T03:04:05Z"}
            ET.SubElement(ET.SubElement(selection, f"{Q}Coding", made), f"{Q}CodeRef", targetGUID=code)
    if case.get("crlf"):
        shifted = text.replace("\n", "\r\n")
        for selection in source.iter(f"{Q}PlainTextSelection"):
            for name in ("startPosition", "endPosition"):
                selection.attrib[name] = str(int(selection.attrib[name]) + text.count("\n", 0, int(selection.attrib[name])))
        files[path] = b"\xef\xbb\xbf" + shifted.encode("utf-8")
    files[path] = case["text"].encode() if "text" in case else files[path]
    return zipped({**files, "project.qde": ET.tostring(root, encoding="utf-8", xml_declaration=True)})


def change(case: dict[str, Any], root: ET.Element, source: ET.Element, text: str) -> None:
    """What the coder does to exported selections."""
    for selection in list(source.iter(f"{Q}PlainTextSelection")):
        words = text[int(selection.attrib["startPosition"]) : int(selection.attrib["endPosition"])]
        if words == case.get("delete"):
            source.remove(selection)
        if "also" in case and words == case["also"]["words"]:
            made = {"guid": guid("mine", "also"), "creatingUser": guid("user", "Ann"), "creationDateTime": "2026-01-02T03:04:05Z"}
            ET.SubElement(ET.SubElement(selection, f"{Q}Coding", made), f"{Q}CodeRef", targetGUID=guid("code", *case["also"]["code"]))
        if "move" in case and words == case["move"]["words"]:
            for name, by in zip(("startPosition", "endPosition"), case["move"]["by"], strict=True):
                selection.attrib[name] = str(int(selection.attrib[name]) + by)
    if "recode" in case:
        before, after = (guid("code", *case["recode"][name]) for name in ("from", "to"))
        for one in source.iter(f"{Q}CodeRef"):
            one.attrib["targetGUID"] = after if one.attrib["targetGUID"] == before else one.attrib["targetGUID"]


def code_of(root: ET.Element, names: list[str]) -> str:
    """The GUID of the code under these names, which is made where there is none."""
    here = root.find(f"{Q}CodeBook/{Q}Codes")
    assert here is not None
    for depth, name in enumerate(names):
        found = next((one for one in here.findall(f"{Q}Code") if one.attrib["name"] == name), None)
        told = {"guid": guid("new", *names[: depth + 1]), "name": name, "isCodable": "true"}
        here = found if found is not None else ET.SubElement(here, f"{Q}Code", told)
    return here.attrib["guid"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_was_coded_becomes_lines(corpus: Corpus, exported: bytes, tmp_path: Path, case: dict[str, Any]) -> None:
    project, ledger = tmp_path / "coded.qdpx", tmp_path / "corrections.csv"
    project.write_bytes(coded(corpus, exported, case))
    choices = {name: case.get(name, False) for name in ("accept_kept", "reject_gone")}
    made = import_codes(corpus, project, ledger, "coder", **choices)
    rows = sum(len(getattr(corpus, table)) for table in REVIEWED)
    if "all" in case:
        assert [d.action for d in made.decisions] == [case["all"]] * rows
    else:
        found = [[d.action, d.table, d.field, d.new if d.field and d.field != "span" else ""] for d in made.decisions]
        assert found == case["lines"]
    assert [words in one.reason for words, one in zip(case.get("passed", []), made.passed, strict=len(made.passed) < 2)] == [True] * len(case.get("passed", []))
    if case.get("kept"):
        assert made.tally[KEPT] == rows and not made.tally[GONE]
    text = ARTICLE["text"]
    assert all(text[d.start : d.end] == d.text for d in made.decisions)
    assert {d.who for d in made.decisions} <= {"Ann", "coder"}
    corrected = Corpus.from_texts({ARTICLE["id"]: text}, published={ARTICLE["id"]: "2018-06-01"}, corrections=ledger if made.decisions else None)
    assert corrected.corrected.problems.empty, str(corrected.corrected)
    again = import_codes(corrected, project, ledger, "coder", **choices)
    assert not again.decisions and len(read_ledger(ledger, missing_ok=True)) == len(made.decisions)


def test_added_rows_stand_in_the_tables(corpus: Corpus, exported: bytes, tmp_path: Path) -> None:
    case = next(case for case in CASES if case["name"].startswith("a coder codes a stance"))
    (tmp_path / "coded.qdpx").write_bytes(coded(corpus, exported, case))
    import_codes(corpus, tmp_path / "coded.qdpx", tmp_path / "c.csv")
    after = Corpus.from_texts({ARTICLE["id"]: ARTICLE["text"]}, corrections=tmp_path / "c.csv").positions
    row = after[after["status"] == "added"].iloc[0]
    assert (row["text"], row["actor"], row["proposition"], row["stance"]) == ("Lawyers in Lund looked on.", "Lawyers in Lund", "suspend", "oppose")
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
        assert {line["when"] for line in csv.DictReader(file)} == {"2026-01-02T03:04:05.000Z"}


def test_a_dry_run_writes_nothing(corpus: Corpus, exported: bytes, tmp_path: Path) -> None:
    (tmp_path / "coded.qdpx").write_bytes(exported)
    made = import_codes(corpus, tmp_path / "coded.qdpx", tmp_path / "c.csv", accept_kept=True, dry_run=True)
    assert made.decisions and not (tmp_path / "c.csv").exists()


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><Project xmlns="urn:QDA-XML:project:1.0" name="&c;"/>'
BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("no archive", lambda: b"not a zip", "is no zip archive"),
    ("empty", lambda: b"", "is no zip archive"),
    ("no project", lambda: zipped({"readme.txt": b""}), "no project.qde"),
    ("no XML", lambda: zipped({"project.qde": b"<Project"}), "not valid XML"),
    ("entities", lambda: zipped({"project.qde": BOMB}), "document type"),
    ("UTF-16", lambda: zipped({"project.qde": BOMB.decode().encode("utf-16")}), "not UTF-8"),
    ("another root", lambda: zipped({"project.qde": b"<Project/>"}), "no project of urn:QDA-XML:project:1.0"),
    ("a bomb", lambda: zipped({"project.qde": b" " * 30_000_000}), "would unpack to"),
]


@pytest.mark.parametrize(("content", "said"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_project_is_told(tmp_path: Path, content: Callable[[], bytes], said: str) -> None:
    (tmp_path / "bad.qdpx").write_bytes(content())
    with pytest.raises(StcalibError, match=re.escape(said)):
        read_project(tmp_path / "bad.qdpx")


def test_a_source_without_its_text_loses_no_other(corpus: Corpus, exported: bytes, tmp_path: Path) -> None:
    files = unzipped(exported)
    (tmp_path / "p.qdpx").write_bytes(zipped({"project.qde": files["project.qde"]}))
    (source,) = read_project(tmp_path / "p.qdpx")
    assert "is not in the project" in source.fault and source.selections
    made = import_codes(corpus, tmp_path / "p.qdpx", tmp_path / "c.csv", accept_kept=True)
    assert not made.decisions and len(made.passed) == len(source.selections)
