"""`stca check`: what it says of issue.toml, and of articles whose day or outlet nobody knows."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from support.paths import DRUG_DEATHS

from stcalib.cli import check
from stcalib.cli.check import check_codebook

COUNTS = """
[[measure]]
id = "shot"
title = "Wolves shot"
definition = "Wolves that hunters shot"
unit = "wolves"
events = ["wolves"]

[[place]]
code = "SE"
title = "Sweden"
names = ["sweden"]
"""
DATED = "Hunters met\n\nThe Courier\nMay 4, 2021\n\nHunters met in Sweden on Tuesday.\n"


def said_of(folder: Path, capsys: pytest.CaptureFixture[str], issue: str = "", **articles: str) -> list[str]:
    """The lines that the check prints of a codebook of one measure, and of articles by name."""
    for name, content in {
        "book/counts.toml": COUNTS,
        "book/issue.toml": issue,
        **{f"articles/{key}.txt": text for key, text in articles.items()},
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    check_codebook(folder / "articles", str(folder / "book"))
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("issue", "told"),
    [
        ("trend = {measure = 'shoot', place = 'SE'}", "issue.toml: trend: measure 'shoot' is not in the codebook book (counts.toml). Did you mean shot? It has shot"),
        ("trend = {measure = 'shot', place = 'SW'}", "issue.toml: trend: place 'SW' is not in the codebook book (counts.toml). It has SE"),
        ("country = 'Sweden'", "issue.toml: country 'Sweden' is not on the list of countries, so that only the codebook's places"),
        ("country = 'SE'\ntrend = {measure = 'shot', place = 'SE'}", ""),
        ("", ""),
    ],
)
def test_what_the_issue_names_must_be_known(tmp_path: Path, capsys: pytest.CaptureFixture[str], issue: str, told: str) -> None:
    lines = [line for line in said_of(tmp_path, capsys, issue, a=DATED) if line.startswith("issue.toml")]
    assert len(lines) == bool(told) and all(line.startswith(told) for line in lines)


def entries(lines: list[str]) -> dict[str, dict[str, str]]:
    return tomllib.loads("\n".join(line for line in lines if line.startswith("  ")))


def test_articles_without_a_day_or_outlet_come_with_their_entries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = {"wolf": "Hunters met.\n\nThey ate.\n", "north/a b": "A wolf ran.\n\nIt was grey.\n"}
    lines = said_of(tmp_path, capsys, **bare)
    assert lines[1:3] == ["day: 2 of 2 articles have none", "outlet: 2 of 2 articles have none"]
    assert entries(lines) == {key: {"published": "", "outlet": ""} for key in bare}
    filled = "\n".join(lines[4:10]).replace('published = ""', "published = 2021-05-04").replace('outlet = ""', 'outlet = "The Courier"')
    (tmp_path / "articles" / "articles.toml").write_text(filled, encoding="utf-8")
    again = said_of(tmp_path, capsys)
    assert again[1:3] == ["day: known of every article", "outlet: known of every article"] and entries(again) == {}


@pytest.mark.parametrize(
    ("text", "day", "entry"),
    [
        ("On Jan. 5, 2023, hunters met wolves in Sweden.\n", "of 1 of 1 articles one end alone is known, inferred from the texts", "# not before 2023-01-05"),
        ("Hunters met wolves in Sweden.\n", "1 of 1 articles have none", ""),
        ("Hunters met\n\nMay 4, 2021\n\nHunters met wolves in Sweden.\n", "known of every article", None),
    ],
)
def test_a_day_with_one_end_is_not_known(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, day: str, entry: str | None) -> None:
    lines = said_of(tmp_path, capsys, a=text)
    assert lines[1] == f"day: {day}"
    told = [line.partition('""')[2].strip() for line in lines if line.startswith("  published")]
    assert told == ([] if entry is None else [entry])


def test_entries_beyond_the_limit_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "MOST_ENTRIES", 1)
    lines = said_of(tmp_path, capsys, a="Hunters met.\n", b="Hunters ate.\n", c="Hunters ran.\n")
    assert "  and 2 more articles" in lines and "  [a]" in lines and "  [b]" not in lines


def test_articles_that_name_the_topic_in_passing_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "articles").mkdir()
    filler = "The council met on roads and bins, and on the price of bread. " * 30
    (tmp_path / "articles" / "bins.txt").write_text(filler + "“Ottawa should expand safe supply,” said Ada Roe.", encoding="utf-8")
    (tmp_path / "articles" / "tax.txt").write_text("“Ottawa should expand safe supply,” said Ada Roe.", encoding="utf-8")
    check_codebook(tmp_path / "articles", str(DRUG_DEATHS))
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("topic named in passing")]
    assert "1 article read for no position (bins)" in line


TOLL = """
[topic]
article = ["toll"]

[[proposition]]
id = "toll"
label = "A toll"
kind = "plan"
definition = "Vehicles should pay"
support = "wants one"
oppose = "wants none"

[[proposition.wording]]
means = "support"
patterns = ["toll"]

[[proposition.wording]]
means = "oppose"
patterns = ["toll holiday", "end to the toll"]

[[proposition]]
id = "raise"
label = "A higher toll"
kind = "plan"
definition = "The toll should be higher"
support = "wants it higher"
oppose = "wants it as it is"

[[proposition.wording]]
means = "support"
patterns = ["raise the toll"]
"""


def test_wordings_that_overlap_in_the_articles_are_told_with_an_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "propositions.toml").write_text(TOLL, encoding="utf-8")
    article = "Who would raise the toll\n\nAnn Roe wants a toll holiday.\n\nBo Ek wants to raise the toll.\n\nCy Orr wants an end to the toll.\n"
    lines = [line for line in said_of(tmp_path, capsys, a=article) if line.startswith("overlap")]
    assert lines == [
        "overlap: toll (support, 'toll') and toll (oppose, 'toll holiday'): the first alone is read; put the longer wording before it in the file "
        "(as in a: … the toll Ann Roe wants a toll holiday. Bo Ek wants to raise the …)",
        "overlap: raise (support, 'raise the toll') and toll (support, 'toll'): both are read from these words "
        "(as in a: … holiday. Bo Ek wants to raise the toll. Cy Orr wants an end to the …)",
    ]


def test_each_reason_is_told_once_with_an_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "propositions.toml").write_text(TOLL, encoding="utf-8")
    article = "Hunters in Sweden saw 12 wolves, 30 bears and 7 elks.\n\nThey met 41 bears.\n\nThe toll would rise if Ann Roe won.\n"
    lines = [line for line in said_of(tmp_path, capsys, a=article) if line.startswith("no row")]
    assert lines == [
        "no row: 3 numbers, counts something else: bears, elks (as in a: … in Sweden saw 12 wolves, 30 bears and 7 elks. They met …)",
        "no row: 1 wording, raised, and no stance taken on it (as in a: … 7 elks. They met 41 bears. The toll would rise if Ann Roe won.)",
    ]
