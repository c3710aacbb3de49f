"""The gold rows as a floor: what the extraction reaches on them, table by table, and that the gold itself is sound."""

from __future__ import annotations

import json
import tomllib
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from gold import score
from support.paths import SEEDS

from stcalib.codebook.codebook import load_codebook
from stcalib.core.rows import BOUNDS, COUNT_KINDS, DATE_BASES, QUOTE_KINDS, STANCES
from stcalib.text import read_article

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
LEAST = [(run, table, figure, least) for run, tables in FLOORS.items() for table, figures in tables.items() for figure, least in figures.items()]
SETS = {"seeds": (HERE / "seeds", SEEDS, 5), "dev": (HERE / "dev", HERE / "dev" / "text", 14), "dev2": (HERE / "dev2", HERE / "dev2" / "text", 18)}


@cache
def figures(run: str) -> dict[str, dict[str, float]]:
    """The figures of the scorer by table."""
    with redirect_stdout(StringIO()) as said:
        score.main([*run.split(), "--json"])
    found: dict[str, dict[str, float]] = json.loads(said.getvalue())
    return found


@pytest.mark.parametrize(("run", "table", "figure", "least"), LEAST, ids=[f"{run}-{table}-{figure}" for run, table, figure, _ in LEAST])
def test_floor(run: str, table: str, figure: str, least: float) -> None:
    assert figures(run)[table][figure] >= least


def gold_files() -> list[Path]:
    return [file for folder, _, _ in SETS.values() for file in sorted(folder.glob("*.json"))]


@pytest.mark.parametrize("name", SETS)
def test_no_article_of_the_gold_is_lost(name: str) -> None:
    folder, texts, number = SETS[name]
    assert len(score.load_dir(folder, texts)) == number


@pytest.mark.parametrize("file", gold_files(), ids=lambda file: file.stem)
def test_the_gold_is_sound(file: Path) -> None:
    gold = json.loads(file.read_text(encoding="utf-8"))
    texts = next(texts for folder, texts, _ in SETS.values() if folder == file.parent)
    text = read_article(texts / f"{gold['article']}.txt").text
    propositions = {one.id for one in load_codebook("stca").propositions.proposition}
    allowed: dict[str, dict[str, Any]] = {
        "counts": {"kind": COUNT_KINDS, "bound": BOUNDS},
        "quotes": {"kind": QUOTE_KINDS},
        "positions": {"stance": STANCES, "proposition": propositions},
    }
    assert gold["published"]["basis"] in DATE_BASES
    for table, fields in allowed.items():
        for row in gold[table]:
            assert all(row[field] in values for field, values in fields.items()), row
            if table != "positions":
                assert text[row["start"] : row["end"]] == row["text"]
            else:
                assert all(0 <= start < end <= len(text) for start, end in row["evidence"]), row
