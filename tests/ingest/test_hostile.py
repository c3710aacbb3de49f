"""Files made to harm or broken: a clear word for each, the rest imported, no work without bounds."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import export_layouts as layouts
from support import file_builders as builders
from support.examples import number_of_examples
from support.ingest_fixtures import pdf_lines
from support.ingest_stories import ENGLISH, page

from stcalib.ingest import bounds, import_articles, importing
from stcalib.ingest.read import parts_of
from stcalib.ingest.story import Declined

STORY = b"Headline of it\n\nThe text of a story that anybody can read, said Jane Roe.\n"
BOMB = zlib.compress(b"0 " * 40_000_000)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><item><title>&x;</title></item></channel></rss>'
)
DECLINED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.txt": (lambda: b" \n", "empty"),
    "random.txt": (lambda: bytes(range(256)) * 400, "binary"),
    "bomb.pdf": (lambda: b"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + BOMB + b"\nendstream", "unpacks to more"),
    "cut.pdf": (lambda: pdf_lines(ENGLISH[0])[:900], "not a readable PDF"),
    "empty.docx": (lambda: builders.zipped([("[Content_Types].xml", b"<Types/>"), ("word/styles.xml", b"<styles/>")]), "not a Word file"),
    "cut.docx": (lambda: builders.docx(layouts.nexis_uni(ENGLISH))[:1500], "not a Word file"),
    "lol.xml": (lambda: ENTITIES, "entities"),
    "outside.xml": (lambda: OUTSIDE, "entities"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old binary file"),
    "numbers.json": (lambda: b"[1, 2, 3]", "no articles"),
    "deep.json": (lambda: b"[" * 100_000, "no articles"),
    "other.xml": (lambda: b"<?xml version='1.0'?><svg><p>x</p></svg>", "not known"),
    "nested.zip": (lambda: _nested(5), "more than 3 levels"),
}


def _nested(levels: int) -> bytes:
    content, name = STORY, "a.txt"
    for level in range(levels):
        content, name = builders.zipped([(name, content)]), f"{level}.zip"
    return content


@pytest.mark.parametrize("name", DECLINED)
def test_a_file_that_cannot_be_read_is_told_and_the_rest_imported(name: str, tmp_path: Path) -> None:
    make, problem = DECLINED[name]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "good.txt").write_bytes(STORY)
    report = import_articles([tmp_path / name, tmp_path / "good.txt"], tmp_path / "articles")
    assert [story.article_id for story in report.stories] == ["good"]
    assert len(report.passed_over) == 1 and problem in report.passed_over[0].problem and report.passed_over[0].advice


def test_paths_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    members = [
        ("../../out.txt", STORY),
        ("/abs/b.txt", STORY.replace(b"Headline", b"Second")),
        ("C:\\x\\c.txt", STORY.replace(b"Headline", b"Third")),
    ]
    (tmp_path / "evil.zip").write_bytes(builders.zipped(members))
    import_articles(tmp_path / "evil.zip", tmp_path / "deep" / "articles")
    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.txt")) == [
        f"deep/articles/evil-000{n}-{word}-of-it.txt" for n, word in ((1, "headline"), (2, "second"), (3, "third"))
    ]


def test_an_archive_of_word_files_is_no_word_file(tmp_path: Path) -> None:
    stored = BytesIO()
    with ZipFile(stored, "w") as archive:
        for number in (0, 1):
            archive.writestr(f"{number}.docx", builders.docx(layouts.nexis_uni([ENGLISH[number]])))
    (tmp_path / "a.zip").write_bytes(stored.getvalue())
    report = import_articles(tmp_path / "a.zip", tmp_path / "articles")
    assert [story.title for story in report.stories] == [ENGLISH[0]["title"], ENGLISH[1]["title"]]


def test_a_bomb_in_an_archive_does_not_cost_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(builders.zipped([("bomb.txt", b"0" * 60_000_000), ("good.txt", STORY)]))
    report = import_articles(tmp_path / "a.zip", tmp_path / "articles")
    assert [story.source for story in report.stories] == ["a.zip/good.txt"]
    assert "would unpack" in report.passed_over[0].problem


def test_archives_in_an_archive_share_what_they_may_unpack_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LEAST_BYTES", 3_000_000)
    monkeypatch.setattr(bounds, "RATIO", 1)
    inner = builders.zipped([("a.txt", STORY + b"0 " * 500_000)])
    (tmp_path / "many.zip").write_bytes(builders.zipped([(f"{number}.zip", inner) for number in range(9)]))
    report = import_articles(tmp_path / "many.zip", tmp_path / "articles")
    assert len(report.stories) == 2 and "in all" in report.passed_over[-1].problem


def test_gzip_in_gzip_without_end_is_declined() -> None:
    content = STORY
    for _ in range(9):
        content = gzip.compress(content)
    with pytest.raises(Declined, match="levels"):
        list(parts_of("a.txt.gz", content))


@pytest.mark.parametrize(("size", "problem"), [(900_000, None), (3_000_000, "a line of 3,000,000 characters")])
def test_a_line_without_end_is_no_headline_and_no_story(size: int, problem: str | None, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * size)
    report = import_articles(tmp_path / "a.txt", tmp_path / "articles")
    assert [story.title for story in report.stories] == ([None] if problem is None else [])
    assert [passed.problem for passed in report.passed_over] == ([] if problem is None else [problem])


SENTENCE = b"The lake froze over on Monday morning, said Jane Roe of the harbour office.\n\n"
LARGE: dict[str, tuple[bytes, str, str]] = {
    "text.txt": (SENTENCE, "DOCUMENT_BYTES", "a text of"),
    "wide.rtf": (b"{\\rtf1\\ansi " + SENTENCE.replace(b"\n\n", b"\\par ") + b"}", "DOCUMENT_BYTES", "a text of"),
    "mail.eml": (b"From: a@example.com\nSubject: x\nDate: Mon, 4 Jun 2018 10:00:00 -0400\n\n" + SENTENCE, "DOCUMENT_BYTES", "a text of"),
    "page.html": (b"<html><body><h1>T</h1><p>" + SENTENCE + b"</p></body></html>", "PAGE_CHARACTERS", "a page of"),
    "line.txt": (SENTENCE, "LINE_CHARACTERS", "a line of"),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_file_above_its_bound_is_told_before_it_is_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, bound, problem = LARGE[name]
    (tmp_path / name).write_bytes(raw)
    assert len(import_articles(tmp_path / name, tmp_path / "whole").stories) == 1
    monkeypatch.setattr(bounds, bound, 50)
    report = import_articles(tmp_path / name, tmp_path / "articles")
    assert not report.stories and report.passed_over[0].problem.startswith(problem) and report.passed_over[0].advice


@pytest.mark.parametrize(
    "raw",
    [
        b"title,text\n" + b"A lake,It froze over.\n" * 9,
        b"[" + b'{"title": "A lake", "text": "It froze over."},' * 8 + b'{"title": "B", "text": "C."}]',
    ],
)
def test_a_table_of_more_rows_than_any_export_is_told(raw: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ("t.json" if raw.startswith(b"[") else "t.csv")
    file.write_bytes(raw)
    monkeypatch.setattr(bounds, "MOST_ROWS", 5)
    report = import_articles(file, tmp_path / "articles")
    assert not report.stories and report.passed_over[0].problem.startswith("a table of") and "split it" in report.passed_over[0].advice


def test_a_text_longer_than_any_story_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.csv").write_bytes(b"title,text\nlong," + b"word " * 40 + b"\nshort,The lake froze.\n")
    monkeypatch.setattr(importing, "STORY_CHARACTERS", 150)
    report = import_articles(tmp_path / "t.csv", tmp_path / "articles")
    assert [story.title for story in report.stories] == ["short"]
    assert report.passed_over[0].problem == "a text of 199 characters in story 1 (long)"


def test_pictures_in_a_page_do_not_count() -> None:
    page = "<html><img src='data:image/png;base64," + "A" * 400 + "'><p>" + SENTENCE.decode() + "</p></html>"
    assert len(bounds.check_page(page)) < 200


@pytest.mark.parametrize(
    "raw", [STORY.decode().encode("utf-16"), b"\xef\xbb\xbf" + STORY, "Été\n\nLe lac a dégelé — enfin, dit-on à Québec.\n".encode("cp1252")]
)
def test_encodings(raw: bytes) -> None:
    stories = [story for part in parts_of("a.txt", raw) if not isinstance(part, Declined) for story in part.stories]
    assert stories[0].title in {"Headline of it", "Été"} and "\ufffd" not in stories[0].text


FILES = {
    "a.txt": layouts.nexis_txt(ENGLISH[:2]).encode(), "b.txt": layouts.proquest_txt(ENGLISH[:2]).encode(), "c.html": layouts.factiva_html(ENGLISH[:2]).encode(),
    "d.html": page(ENGLISH[0]).encode(), "e.rtf": builders.rtf(layouts.nexis_uni(ENGLISH[:2])), "f.html": layouts.eureka_old(ENGLISH[:2]).encode(),
}  # fmt: skip


@number_of_examples(60)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 10_000), st.integers(0, 300), st.binary(max_size=20))
def test_a_damaged_file_never_gives_a_traceback(name: str, at: int, cut: int, put: bytes) -> None:
    raw = FILES[name]
    at %= len(raw)
    try:
        for part in parts_of(name, raw[:at] + put + raw[at + cut :]):
            if not isinstance(part, Declined):
                assert all(isinstance(story.text, str) for story in part.stories)
    except Declined as declined:
        assert declined.problem and declined.advice
