"""Pages that run notebooks are followed from beginning to end: the tutorials, and the three ways in which the package is used."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from support.paths import ROOT
from support.printed_page import Reader

DOCS = ROOT / "stcalib" / "docs"
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("surroundings")]


def followed(name: str, place: Path) -> Reader:
    reader = Reader(place)
    reader.follow((DOCS / name).read_text(encoding="utf-8"))
    return reader


def test_an_hour_of_ones_own_dispute(tmp_path: Path) -> None:
    reader = followed("hour.md", tmp_path)
    drawn = {path.name for path in (reader.folder / "figures").iterdir()}
    assert {"crossings.svg", "stated_against_official.svg", "stance_matrix.svg"} <= drawn and (reader.folder / "report.html").is_file()
    stances = pd.read_csv(reader.folder / "figures" / "stance_matrix.csv")
    who = {(row.organization, row.stance) for row in stances.dropna(subset="organization").itertuples()}
    assert who == {("Port Elden's council", "oppose"), ("Landlords' Association", "oppose"), ("Tenants' Union", "support")}
    verdicts = pd.read_csv(reader.folder / "figures" / "stated_against_official.csv")
    assert dict(zip(verdicts["text"], verdicts["verdict"], strict=True)) == {
        "187": "agrees", "203": "agrees", "212": "disagrees", "more than 230": "compatible",
    }  # fmt: skip


def test_ten_minutes_in_the_lab(tmp_path: Path) -> None:
    assert (followed("ten-minutes.md", tmp_path).folder / "figures" / "article_strip.svg").is_file()


def test_the_three_ways(tmp_path: Path) -> None:
    made = {path.relative_to(tmp_path / "a-project").as_posix() for path in followed("three-ways.md", tmp_path).folder.rglob("*.*")}
    assert {"figures/corpus_timeline.svg", "figures-2018/01_corpus.ipynb", "executed/01_corpus.ipynb", "executed/corpus_timeline.svg"} <= made
