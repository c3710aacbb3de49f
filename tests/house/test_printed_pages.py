"""Pages are followed by a test as by a reader: files written, commands and Python run as printed, what they print compared."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from support.ingest_fixtures import fixtures
from support.paths import ROOT
from support.printed_page import FOLDER, NOT_RUN, Reader

from stcalib import load_corpus
from stcalib.export import export_as
from stcalib.review.session import Session

DOCS = ROOT / "stcalib" / "docs"


PAGES = {page.name: page for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md")))}
CODE = re.compile(r"^```(?:sh|python)$", re.MULTILINE)
ELSEWHERE = {"hour.md": "test_followed_pages.py", "ten-minutes.md": "test_followed_pages.py", "three-ways.md": "test_followed_pages.py", "gallery.md": "test_gallery.py"}
"""Pages that run notebooks or draw many figures, each with its test."""
WITH_CODE = sorted(name for name, page in PAGES.items() if CODE.search(page.read_text(encoding="utf-8")))


def downloads(folder: Path) -> None:
    """Exports and pages of invented stories, as a reader has them."""
    exports = {fixture.name: fixture.raw for fixture in fixtures()}
    for place in (folder, folder / "Downloads"):
        place.mkdir(exist_ok=True)
        (place / "Factiva.rtf").write_bytes(exports["factiva-en.rtf"])
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages" / "factiva.html").write_bytes(exports["factiva-coded.html"])


def coded(folder: Path) -> None:
    """A project that was coded in another program: here the exported one, as it is."""
    if (folder / "articles").is_dir():
        export_as(load_corpus(folder / "articles", codebook=folder / "codebook"), "qdpx", folder / "coded.qdpx")


def decided(folder: Path) -> None:
    """Ledgers of two reviewers."""
    if (folder / "seeds").is_dir():
        corpus = load_corpus(folder / "seeds")
        for name, coder in (("ada", "ada"), ("ben", "ben"), ("corrections", "ada")):
            session = Session(corpus, "quotes", ledger=folder / f"{name}.csv", coder=coder)
            for place in range(4):
                (session.reject if name != "ada" and place == 2 else session.accept)()


def articles(folder: Path) -> None:
    """A second folder of articles."""
    if (folder / "articles").is_dir():
        shutil.copytree(folder / "articles", folder / "my-articles")


def series(folder: Path) -> None:
    """Official figures of one's own."""
    (folder / "my-figures.csv").write_bytes((ROOT / "stcalib" / "data" / "codebooks" / "stca" / "official.csv").read_bytes())


OWN = {"README.md": downloads, "import.md": downloads, "export.md": coded, "review.md": decided, "report.md": articles, "counts.md": series}
"""What the reader of a page has that the page does not give."""


def test_the_pages_with_code_are_found() -> None:
    assert {"README.md", "hour.md", "three-ways.md", "gallery.md", "api.md", "review.md"} <= set(WITH_CODE)
    for page, test in ELSEWHERE.items():
        assert page in (Path(__file__).with_name(test)).read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("surroundings")
@pytest.mark.parametrize("name", [name for name in WITH_CODE if name not in ELSEWHERE])
def test_the_code_of_a_page_runs_as_printed(name: str, tmp_path: Path) -> None:
    text = PAGES[name].read_text(encoding="utf-8")
    reader = Reader(tmp_path, own=OWN.get(name, lambda folder: None))
    reader.follow(text)
    assert reader.blocks == text.count("\n```") // 2, "a block that is not closed, or stands within something else"
    assert FOLDER.search(text) or name == "CONTRIBUTING.md", "the page names no folder in which its code runs"


def test_every_line_that_no_test_runs_is_one_of_those_that_are_named() -> None:
    unused = [pattern for pattern in NOT_RUN if not any(re.search(rf"^{pattern}$", page.read_text(encoding="utf-8"), re.MULTILINE) for page in PAGES.values())]
    assert not unused
