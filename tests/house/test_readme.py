"""The README tells what is: its rows are rows of the seeds, its links lead somewhere, its commands exist."""

from __future__ import annotations

import re
import tomllib

import pytest
from support.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", README, re.MULTILINE)


@pytest.fixture(scope="module")
def corpus(seeds):
    return seeds


def test_each_table_has_a_row():
    assert [table for table, _ in ROWS] == ["articles", "counts", "quotes", "positions", "proposals", "actors", "skipped", "derived"]


@pytest.mark.parametrize(("table", "row"), ROWS, ids=[table for table, _ in ROWS])
def test_the_rows_are_rows_of_the_seeds(corpus, table, row):
    shown = [part.strip() for part in re.split(r" · ", row)]
    words = [re.sub("[“”]", '"', part.strip("`")) for part in shown]
    frame = getattr(corpus, table)
    texts = [re.sub("[“”]", '"', " ".join(map(str, values))) for values in frame.to_numpy().tolist()]
    named = [word for part, word in zip(shown, words, strict=True) if part.startswith("`")]
    assert any(all(word in text for word in named) for text in texts), named


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_links_lead_somewhere(link):
    assert (ROOT / link).is_file()


def test_commands_and_parameters_exist():
    commands = set(re.findall(r"\bstca (\w+)", README))
    cli = (ROOT / "stcalib" / "cli" / "app.py").read_text(encoding="utf-8")
    assert commands and all(re.search(rf"def {command}\b|\"{command}\"", cli) for command in commands)
    targets = set(re.findall(r"^make (\w+)", README, re.MULTILINE))
    assert targets <= set(re.findall(r"^(\w[\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_python_that_is_asked_for_is_the_one_of_the_package():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"].removeprefix(">=")
    assert f"Python {wanted} or newer" in README
