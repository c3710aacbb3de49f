"""Every format: the invented stories come back with their title, outlet, author and day, and no word of the body lost or foreign."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import file_builders as builders
from support.ingest_fixtures import fixtures
from support.ingest_stories import FIELDS, Fixture

from stcalib.ingest import import_articles
from stcalib.ingest.read import parts_of
from stcalib.ingest.story import Declined, Story

FIXTURES = fixtures()
CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


DATABASES = {"Nexis", "Nexis Uni", "Factiva", "ProQuest", "Eureka"}
KINDS = (
    "Nexis", "Nexis (page)", "Nexis Uni", "Nexis Uni (Word)", "Nexis Uni (RTF)", "Factiva", "Factiva (RTF)", "Factiva (page)", "ProQuest",
    "ProQuest (page)", "ProQuest (e-mail)", "Eureka", "page .html", "PDF .pdf", "Word .docx", "RTF .rtf", "e-mail .eml", "Markdown .md", "text .txt",
    "table .csv", "table .tsv", "spreadsheet .xlsx", "spreadsheet .xls", "JSON .json", "JSON .jsonl", "feed .xml", "feed .atom", "debates .xml",
    "transcript .srt", "transcript .vtt", "web archive .warc", "archive .zip",
)  # fmt: skip
"""Every kind of file that the import names in its documentation."""


def read(name: str, raw: bytes) -> list[Story]:
    return [story for part in parts_of(name, raw) if not isinstance(part, Declined) for story in part.stories if story.paragraphs]


@pytest.mark.parametrize("fixture", FIXTURES, ids=[fixture.name for fixture in FIXTURES])
def test_stories_come_back(fixture: Fixture) -> None:
    stories = read(fixture.name, fixture.raw)
    assert len(stories) == len(fixture.stories)
    for story, told in zip(stories, fixture.stories, strict=True):
        wanted = {field: None if field in fixture.without else told[field] or None for field in FIELDS}
        assert {field: getattr(story, field) for field in FIELDS} == wanted
        assert list(story.paragraphs) == list(told["paragraphs"])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_hard_cases(case: dict[str, Any]) -> None:
    raw = case["content"].encode()
    if "declined" in case:
        with pytest.raises(Declined) as declined:
            read(case["name"], raw)
        assert declined.value.problem.startswith(case["declined"])
        return
    stories = read(case["name"], raw)
    assert [story.title for story in stories] == [told.get("title") for told in case.get("story", [])], case["why"]
    for story, told in zip(stories, case.get("story", []), strict=True):
        for field in ("outlet", "author", "published", "dateline"):
            assert getattr(story, field) == told.get(field), (case["why"], field)
        assert list(story.paragraphs) == told["paragraphs"], case["why"]


@pytest.mark.parametrize("fixture", [f for f in FIXTURES if len(f.stories) > 1], ids=lambda fixture: fixture.name)
def test_files_keep_the_order_of_the_stories(fixture: Fixture, tmp_path: Path) -> None:
    (tmp_path / fixture.name).write_bytes(fixture.raw)
    import_articles(tmp_path / fixture.name, into=tmp_path / "out")
    entries = tomllib.loads((tmp_path / "out" / "articles.toml").read_text(encoding="utf-8"))
    names = sorted(file.stem for file in (tmp_path / "out").glob("*.txt"))
    assert [entries[name].get("title") for name in names] == [story["title"] for story in fixture.stories]
    assert [entries[name]["place"] for name in names] == list(range(1, len(names) + 1))


def kind_of(fixture: Fixture) -> Iterator[str]:
    """What a file is: the database and its container, or the kind and the ending."""
    ending = Path(fixture.name.lower().removesuffix(".gz")).suffix
    for part in parts_of(fixture.name, fixture.raw):
        if not isinstance(part, Declined):
            yield part.kind if part.kind.partition(" (")[0] in DATABASES else f"{part.kind} {ending}"
    if ending == ".zip":
        yield "archive .zip"


def test_every_kind_of_file_is_tried_twice() -> None:
    kinds = Counter(kind for fixture in FIXTURES for kind in dict.fromkeys(kind_of(fixture)))
    assert {kind: kinds[kind] for kind in KINDS if kinds[kind] < 2} == {}


def test_the_share_of_right_fields_over_all_files() -> None:
    right = dict.fromkeys((*FIELDS, "body"), 0)
    number = 0
    for fixture in FIXTURES:
        stories = read(fixture.name, fixture.raw)
        number += len(fixture.stories)
        for story, told in zip(stories, fixture.stories, strict=False):
            for field in FIELDS:
                right[field] += getattr(story, field) == (None if field in fixture.without else told[field] or None)
            right["body"] += list(story.paragraphs) == list(told["paragraphs"])
    assert number > 200
    assert all(count >= 0.97 * number for count in right.values()), right


def test_centred_lines_of_a_pdf_are_no_column_and_its_running_headline_no_text() -> None:
    title = "The lake thaws a week early"
    lines = ["The Examplebury Herald", "March 5, 2017 Sunday", "Copyright 2017 The Examplebury Herald"]
    labels = ["Section: News", "Length: 16 words", "Byline: Jane Sample", "Body"]
    text = "The lake thawed on Sunday, a week before anyone in Examplebury had expected it to."
    page = [(180.0, 770.0, 8.0, title), (150.0, 720.0, 16.0, title)]
    page += [(260.0, 690.0 - 18 * n, 10.0, line) for n, line in enumerate(lines)]
    page += [(72.0, 630.0 - 18 * n, 10.0, line) for n, line in enumerate(labels)]
    page += [(72.0, 540.0, 10.0, text), (72.0, 510.0, 10.0, "Load-Date: March 9, 2017"), (260.0, 480.0, 10.0, "End of Document")]
    (story,) = read("a.pdf", builders.pdf([page]))
    assert (story.title, story.outlet, story.author, str(story.published)) == (title, "The Examplebury Herald", "Jane Sample", "2017-03-05")
    assert list(story.paragraphs) == [text]
