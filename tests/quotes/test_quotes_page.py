"""The page on quotes is true: its examples give the rows, kinds and reasons that it says."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from support.paths import COUNT_ARTICLES, GOLD, SEEDS

from stcalib import Corpus
from stcalib.codebook.codebook import EMPTY
from stcalib.core.rows import Quote
from stcalib.language.lexicon import load_lexicon
from stcalib.quotes.find import find_quotes
from stcalib.text.article import Article

PAGE = (files("stcalib") / "docs" / "quotes.md").read_text(encoding="utf-8")
CUES = load_lexicon().cues


def table(heading: str) -> list[tuple[str, ...]]:
    """The rows of the first table behind a heading of the page."""
    behind = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = behind[behind.index("\n|") :].lstrip().split("\n\n", 1)[0].splitlines()
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


EXTENTS = table("Where a stretch begins and ends")
BASES = table("Speaker and actor")
KINDS = table("Cues and their kinds")
REASONS = table("What was declined")


def quotes_of(text: str) -> list[Quote]:
    return find_quotes(Article("a", text), EMPTY)[0]


def test_every_column_is_explained() -> None:
    explained = {name for row in table("The columns") for name in re.findall(r"`(\w+)`", row[0])}
    assert set(Quote.__dataclass_fields__) - explained == {"quote_id", "article_id", "status"}


@pytest.mark.parametrize("row", EXTENTS, ids=lambda row: row[0][:40])
def test_extents(row: tuple[str, ...]) -> None:
    assert [quote.text for quote in quotes_of(row[0])] == [part.strip() for part in row[1].split("¦")]


def test_the_page_lists_every_kind_once() -> None:
    assert sorted(row[0].strip("`") for row in KINDS) == sorted(CUES.kinds)


@pytest.mark.parametrize("row", KINDS, ids=lambda row: row[0])
def test_kinds(row: tuple[str, ...]) -> None:
    kind, _, verbs, example = row
    listed = {verb for entry in CUES.cue if entry.kind == kind.strip("`") for verb in entry.verbs}
    assert set(re.split(r",\s*", verbs)) <= listed
    assert [quote.cue_kind for quote in quotes_of(example)] == [kind.strip("`")]


def test_the_page_names_the_source_of_the_kinds() -> None:
    for author in ("Thompson and Ye", "Bergler"):
        assert author in CUES.source and author in PAGE


@pytest.mark.parametrize("row", REASONS, ids=lambda row: row[0])
def test_reasons(row: tuple[str, ...]) -> None:
    reason, example = row
    assert reason in {skipped.reason for skipped in find_quotes(Article("a", example), EMPTY)[1]}


@pytest.fixture(scope="module")
def read() -> Corpus:
    folders = (GOLD / "dev" / "text", GOLD / "unseen_quotes" / "text", COUNT_ARTICLES, SEEDS)
    return Corpus.from_texts({file.stem: file.read_text(encoding="utf-8") for folder in folders for file in sorted(folder.glob("*.txt"))})


@pytest.mark.slow
def test_the_page_knows_every_reason(read: Corpus) -> None:
    seen = set(read.skipped.loc[read.skipped["table"] == "quotes", "reason"])
    assert len(seen) >= 6
    assert seen <= {row[0] for row in REASONS}


@pytest.mark.slow
def test_the_page_knows_every_basis(read: Corpus) -> None:
    seen = set(read.quotes["actor_basis"].dropna())
    assert len(seen) >= 6
    assert seen <= {name for row in BASES for name in re.findall(r"`([^`]+)`", row[0])}
