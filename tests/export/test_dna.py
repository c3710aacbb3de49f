"""The export to Discourse Network Analyzer: carets in UTF-16, nothing lost without a reason."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib import Corpus
from stcalib.export.dna import DOCUMENTS, STATEMENTS, ExportError, export, java_text

TEXT = (
    "Pact \U0001f91d in dispute\r\n\r\nOTTAWA — Asylum seekers \U0001f9f3 crossed. The Conservatives want the agreement suspended.\r\n\r\n"
    "The Greens would not say whether Ottawa should suspend the Safe Third Country Agreement.\r\n"
)


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def cut(text: str, start: int, end: int) -> str:
    """The characters between two carets, as Java counts them."""
    return utf16(text)[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def test_carets_cut_the_evidence() -> None:
    corpus = Corpus.from_texts({"a": TEXT}, published={"a": "2018-06-01"})
    made = export(corpus, corpus.articles, corpus.positions)
    (document,), (statement,) = made.documents.to_dict("records"), made.statements.to_dict("records")
    assert list(made.documents) == DOCUMENTS
    assert list(made.statements) == STATEMENTS
    assert cut(document["text"], statement["startCaret"], statement["endCaret"]) == "The Conservatives want the agreement suspended."
    assert (statement["person"], statement["organization"]) == ("", "Conservative Party of Canada")
    assert (statement["concept"], statement["agreement"]) == ("suspend", 1)
    assert document["date_time"] == 1527811200
    assert "2018-06-01..2018-06-01 (sidecar)" in document["notes"]
    assert list(made.left_out["reason"]) == ["undecided: the qualifier of a DNA statement is yes or no"]


def test_an_article_without_a_day_is_left_out_with_its_reason() -> None:
    corpus = Corpus.from_texts({"a": TEXT})
    made = export(corpus, corpus.articles.assign(published_earliest=None, published_latest=None), corpus.positions)
    assert made.documents.empty
    assert made.statements.empty
    assert set(made.left_out["reason"]) == {
        "undecided: the qualifier of a DNA statement is yes or no", "its article has no day: a DNA document needs one",
    }  # fmt: skip


@given(st.text())
def test_any_text_keeps_its_characters(text: str) -> None:
    made, carets = java_text(text)
    assert len(carets) == len(text) + 1
    assert carets[-1] * 2 == len(utf16(made))
    assert carets == sorted(carets)
    assert "\r" not in made and "\0" not in made
    for index, char in enumerate(text):
        if char not in "\r\n\0" and not "\ud800" <= char <= "\udfff":
            assert cut(made, carets[index], carets[index + 1]) == char


def test_the_seeds_are_exported_whole(seeds: Corpus, tmp_path: Path) -> None:
    corpus = seeds
    made = export(corpus, corpus.articles, corpus.positions)
    assert len(made.statements) + len(made.left_out) == len(corpus.positions)
    texts = dict(zip(corpus.positions["position_id"], corpus.positions["text"], strict=True))
    for row in made.statements.to_dict("records"):
        document = made.documents["text"][row["document"] - 1]
        assert cut(document, row["startCaret"], row["endCaret"]) == texts[row["position_id"]].replace("\r\n", "\n")
    files = made.write(tmp_path / "dna")
    assert [path.name for path in files] == ["documents.csv", "statements.csv", "left_out.csv", "import.R"]
    before = [path.read_bytes() for path in files]
    assert [path.read_bytes() for path in made.write(tmp_path / "dna")] == before
    with files[0].open(encoding="utf-8", newline="") as lines:
        assert [row["text"] for row in csv.DictReader(lines)] == list(made.documents["text"])
    script = files[3].read_text()
    assert "dna_addDocuments(" in script
    assert all(f"{name} = " in script for name in ("startCaret", "endCaret", "person", "organization", "concept", "agreement", *DOCUMENTS))


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    corpus = Corpus.from_texts({"a": TEXT}, published={"a": "2018-06-01"})
    with pytest.raises(ExportError, match="Choose another folder"):
        export(corpus, corpus.articles, corpus.positions).write(tmp_path / "file" / "dna")
