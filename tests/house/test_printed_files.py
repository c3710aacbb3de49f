"""No block of a page is there for the eye alone: code is run by who follows the page, and every other block goes, as printed,
through the loader that a user's file goes through."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.ingest_fixtures import fixtures
from support.paths import ROOT
from support.printed_page import STEP
from test_printed_pages import ELSEWHERE, WITH_CODE

from stcalib import Corpus, import_articles, load_corpus
from stcalib.codebook.codebook import Codebook, load_codebook

DOCS = ROOT / "stcalib" / "docs"
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "stcalib").rglob("*.md"), *(ROOT / "tests").rglob("*.md")})
FENCE = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)
FILE = re.compile(r"`(?:[\w-]+/)*(\w+\.(?:toml|csv|cfg|txt))`")
RUN = ("sh", "python", "output")


@dataclass(frozen=True)
class Block:
    """A block of a page: its language, what stands in it, and the file that the page named last before it."""

    page: Path
    kind: str
    text: str
    file: str
    written: bool
    """Whether the page names it as a file right above, so that whoever follows the page writes it and goes on with it."""

    @property
    def read_as(self) -> str:
        return "an article" if self.kind == "text" else self.file


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    steps = [step for step in STEP.finditer(text) if step["where"] is None]
    named = [FILE.findall(text[: step.start()]) for step in steps]
    return [
        Block(page, step["kind"], step["text"], files[-1] if files else "", step["file"] is not None) for step, files in zip(steps, named, strict=True)
    ]


BLOCKS = [block for page in PAGES for block in blocks_of(page)]
FILES = [block for block in BLOCKS if block.kind not in RUN and not block.written]


def entries_of_articles(block: Block, folder: Path) -> None:
    """`articles.toml` beside articles that print another day: what the page gives is what the table of articles says."""
    told = tomllib.loads(block.text)
    for name in told:
        file = folder / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("The Example Post, 12 March 2023\n\nThe council met.\n", encoding="utf-8")
    (folder / "articles.toml").write_text(block.text, encoding="utf-8")
    corpus = load_corpus(folder, codebook="empty")
    for name, entry in told.items():
        article = corpus.articles.set_index("article_id").loc[name]
        found = {"published": str(article["published_earliest"])[:10]} | {key: article[key] for key in ("title", "outlet", "url", "author") if key in entry}
        assert found == {key: str(entry[key]) for key in found}
        assert article["published_evidence"] == "given in articles.toml, against the page, printed: 12 March 2023"
    assert list(corpus.problems["problem"]) == list(corpus.articles["published_evidence"])


def an_imported_entry(block: Block, folder: Path) -> None:
    """The page on mending shows the entry that an import writes, to the digest."""
    (export,) = (fixture.raw for fixture in fixtures() if fixture.name == "factiva-en.rtf")
    (folder / "Factiva.rtf").write_bytes(export)
    import_articles([folder / "Factiva.rtf"], into=folder / "articles")
    assert block.text in (folder / "articles" / "articles.toml").read_text(encoding="utf-8")
    (name,) = tomllib.loads(block.text)
    mended = block.text.replace("2018-05-02", "2018-05-03")
    assert mended != block.text
    (folder / "articles" / "articles.toml").write_text(mended, encoding="utf-8")
    articles = load_corpus(folder / "articles", codebook="empty").articles.set_index("article_id")
    assert str(articles.loc[name, "published_earliest"])[:10] == "2018-05-03"


def names_of_actors(block: Block, folder: Path) -> None:
    """`actor_names.toml` beside articles in which each of its names speaks."""
    told = tomllib.loads(block.text)
    for number, entry in enumerate(told.values()):
        for article in entry.get("articles", [f"article-{number}"]):
            file = folder / f"{article}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n\n".join(f"“We wait for the dam,” said {name}." for name in entry["names"]), encoding="utf-8")
    (folder / "actor_names.toml").write_text(block.text, encoding="utf-8")
    corpus = load_corpus(folder, codebook="stca")
    assert corpus.problems.empty
    assert set(corpus.actors["name"]) == set(told)
    parties = corpus.quotes.dropna(subset="party").set_index("actor")["party"].to_dict()
    assert parties == {name: entry["party"] for name, entry in told.items() if "party" in entry}


def a_file_of_a_codebook(block: Block, folder: Path) -> Codebook:
    """A codebook in which the block is the file that the page names."""
    (folder / block.file).write_text(block.text, encoding="utf-8")
    codebook = load_codebook(folder)
    part = getattr(codebook, block.file.removesuffix(".toml"))
    written = tomllib.loads(block.text)
    assert {kind: len(entries) for kind, entries in written.items() if isinstance(entries, list)} == {
        kind: len(getattr(part, kind)) for kind, entries in written.items() if isinstance(entries, list)
    }
    return codebook


def an_article(block: Block, folder: Path) -> None:
    """An article under the codebook that the page prints first."""
    book = next(other for other in FILES if other.page == block.page and other.kind == "toml")
    corpus = Corpus.from_texts({"a": block.text}, published={"a": "2024-05-23"}, codebook=a_file_of_a_codebook(book, folder))
    assert corpus.problems.empty and len(corpus.counts) > 1


READ_BY: dict[str, Callable[[Block, Path], object]] = {
    "articles.toml": entries_of_articles,
    "import-mend.md": an_imported_entry,
    "actor_names.toml": names_of_actors,
    "actors.toml": a_file_of_a_codebook,
    "counts.toml": a_file_of_a_codebook,
    "propositions.toml": a_file_of_a_codebook,
    "an article": an_article,
}
"""What reads a block that nobody runs: by its page, or by the file that the page names before it."""


@pytest.mark.parametrize("block", FILES, ids=[f"{block.page.name}-{block.read_as}-{number}" for number, block in enumerate(FILES)])
def test_a_block_that_is_not_run_is_read_as_printed(block: Block, tmp_path: Path) -> None:
    read = READ_BY.get(block.page.name) or READ_BY.get(block.read_as)
    assert read is not None, f"{block.page.name}: nothing reads this block. Name its file above it, or give it a test:\n{block.text}"
    read(block, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_fence_is_one_of_a_block_that_a_test_takes_up(page: Path) -> None:
    blocks = blocks_of(page)
    assert 2 * len(blocks) == len(FENCE.findall(page.read_text(encoding="utf-8"))), "a block that is indented, not closed, or within another"
    followed = page.name in WITH_CODE and (page.parent == DOCS or page.parent == ROOT)
    assert followed or not [block for block in blocks if block.kind in RUN or block.written], "code on a page that no test follows"
    assert set(ELSEWHERE) <= set(WITH_CODE)


def test_there_are_blocks_of_every_way() -> None:
    used = {READ_BY.get(block.page.name, READ_BY.get(block.read_as)) for block in FILES}
    assert used == set(READ_BY.values())
