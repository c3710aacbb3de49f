"""Pages to be followed are followed: their files written, their commands run, what they print compared."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from support.paths import ROOT
from support.printed_page import Reader

from stcalib import load_corpus

DOCS = ROOT / "stcalib" / "docs"


@pytest.mark.slow
def test_an_hour_of_ones_own_dispute(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader.follow((DOCS / "hour.md").read_text(encoding="utf-8"))
    drawn = {path.name for path in (reader.folder / "figures").iterdir()}
    assert {"crossings.svg", "stated_against_official.svg", "stance_matrix.svg"} <= drawn and (reader.folder / "report.html").is_file()
    stances = pd.read_csv(reader.folder / "figures" / "stance_matrix.csv")
    who = {(row.organization, row.stance) for row in stances.dropna(subset="organization").itertuples()}
    assert who == {("Port Elden's council", "oppose"), ("Landlords' Association", "oppose"), ("Tenants' Union", "support")}
    verdicts = pd.read_csv(reader.folder / "figures" / "stated_against_official.csv")
    assert dict(zip(verdicts["text"], verdicts["verdict"], strict=True)) == {
        "187": "agrees", "203": "agrees", "212": "disagrees", "more than 230": "compatible",
    }  # fmt: skip


def test_the_entry_on_the_page_of_articles_is_read(tmp_path: Path) -> None:
    entry = re.search(r"```toml\n(.*?)```", (DOCS / "articles.md").read_text(encoding="utf-8"), re.DOTALL)
    assert entry is not None
    file = tmp_path / "2024" / "march" / "council-vote.txt"
    file.parent.mkdir(parents=True)
    file.write_text("The Example Post, 12 March 2024\n\nThe council met.\n", encoding="utf-8")
    (tmp_path / "articles.toml").write_text(entry[1], encoding="utf-8")
    corpus = load_corpus(tmp_path, codebook="empty")
    (article,), (problem,) = corpus.articles.to_dict("records"), corpus.problems["problem"]
    (told,) = tomllib.loads(entry[1]).values()
    assert (article["outlet"], article["url"], str(article["published_earliest"])[:10]) == (told["outlet"], told["url"], str(told["published"]))
    assert problem == article["published_evidence"] == "given in articles.toml, against the page, printed: 12 March 2024"
