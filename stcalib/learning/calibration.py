"""Finds the weights of `tiers`: how likely a candidate is right by how it was read (`make model`).

Every labelled sentence and article of `data/training` is read with a learned reader that has not seen its writer. What both
readers see there, right or wrong, teaches a logistic regression over the traits of `tiers`; its weights are rounded to
thousandths of log-odds. The rules were made with the repository's own articles in view: what they alone see there says
nothing of how often they are right, and is left out.
"""

from __future__ import annotations

import json
import pickle
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from stcalib.codebook.codebook import Codebook, load_codebook
from stcalib.codebook.usual import DEFAULT
from stcalib.core.rows import Published
from stcalib.learning.training import DATA, Example, Sparse, examples, fitted, learned
from stcalib.positions.candidate import Candidate
from stcalib.positions.find import candidates
from stcalib.positions.learned import THOUSANDTHS, LearnedReader, Model
from stcalib.positions.tiers import Evidence, all_traits
from stcalib.quotes.find import find_quotes
from stcalib.text.article import Article

DAY = Published(date(2018, 6, 1), date(2018, 6, 1), "stated")
LEAST_SEEN = 12
"""A trait is weighed that so many candidates have."""
STRENGTH = 0.3
FOLDS = (
    ("batch_01", "batch_02", "batch_03"),
    ("batch_04", "batch_05", "batch_06"),
    ("batch_07", "batch_08", "batch_09"),
    ("batch_10", "batch_11", "batch_12"),
)
"""Batches of articles that are left out together; every other file is left out alone."""


@dataclass(frozen=True)
class Judged:
    """A candidate with what the learned reader says of it, and whether it is right."""

    candidate: Candidate
    evidence: Evidence
    right: bool
    writer: str
    on_page: bool


def judged(folder: Path, keep: Path | None = None) -> list[Judged]:
    """The candidates of all writers, each read by a reader that has not seen the writer. `keep` keeps the readers between runs."""
    taught, book = examples(folder), load_codebook()
    writers = sorted({example.writer for example in taught if not example.writer.startswith(("batch", "sentences", "house"))})
    frame = (folder / "report.txt").read_text(encoding="utf-8")
    found: list[Judged] = []
    for fold in (*((writer,) for writer in writers), *FOLDS):
        reader = LearnedReader(_model(taught, fold, keep), book)
        for writer in fold:
            file = folder / f"{writer}.jsonl"
            if file.is_file():
                found += [one for example in taught if example.writer == writer for one in _of_sentence(example, frame, book, reader)]
            else:
                articles = tomllib.loads((folder / f"{writer}.toml").read_text(encoding="utf-8"))["article"]
                found += [one for article in articles for one in _of_article(article, writer, book, reader)]
    return found


def _model(taught: Sequence[Example], fold: tuple[str, ...], keep: Path | None) -> Model:
    kept = keep / f"{fold[0]}.pkl" if keep is not None else None
    if kept is not None and kept.is_file():
        found: Model = pickle.loads(kept.read_bytes())
        return found
    model = learned([example for example in taught if example.writer not in fold])
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(model))
    return model


def _of_sentence(example: Example, frame: str, book: Codebook, reader: LearnedReader) -> Iterator[Judged]:
    article = Article("sentence", frame.format(text=example.text))
    start = article.text.index(example.text)
    for candidate, evidence in candidates(article, find_quotes(article, book, DAY)[0], book, DAY, reader).found:
        label = candidate.proposition, candidate.stance
        inside = start <= candidate.start < start + len(example.text)
        if inside and label not in example.unsure and evidence is not None:
            yield Judged(candidate, evidence, label in example.labels, example.writer, False)


def _of_article(told: dict[str, Any], writer: str, book: Codebook, reader: LearnedReader) -> Iterator[Judged]:
    day = told.get("published")
    published = Published(day, day, "sidecar") if day else Published()
    article = Article(told["id"], told["text"])
    for candidate, evidence in candidates(article, find_quotes(article, book, published)[0], book, published, reader).found:
        about = [row for row in told["rows"] if row["proposition"] == candidate.proposition and _is_called(row["actor"], candidate.holder.name)]
        right = any(row["stance"] == candidate.stance for row in about)
        if evidence is not None and candidate.read_by != "rules" and (right or not any(row.get("optional") for row in about)):
            yield Judged(candidate, evidence, right, writer, True)


def _is_called(names: str | list[str], name: str) -> bool:
    """Whether a name is one of those that are right, or ends like one of them."""
    words = name.lower().split()
    return any(words[-1:] == wanted.lower().split()[-1:] for wanted in ([names] if isinstance(names, str) else names))


def weights(found: Sequence[Judged]) -> dict[str, int]:
    """The weight of each trait in thousandths of log-odds."""
    rows = [list(all_traits(one.candidate, one.evidence, one.on_page)) for one in found]
    number = Counter(trait for row in rows for trait in row)
    names = sorted(trait for trait, n in number.items() if n >= LEAST_SEEN)
    index = {trait: place for place, trait in enumerate(names)}
    sparse = Sparse([sorted(index[trait] for trait in row if trait in index) for row in rows], np.ones(len(names)), scaled=False)
    right = np.array([one.right for one in found])
    weight, offset = fitted(sparse, right, np.ones(len(found), dtype=bool), STRENGTH, balanced=False)
    told = {name: round(THOUSANDTHS * float(value)) for name, value in zip(names, weight, strict=True)}
    return {"any": round(THOUSANDTHS * offset), **{name: value for name, value in told.items() if value}}


def written(weight: dict[str, int], found: Sequence[Judged], firm: dict[str, int], seen: int) -> str:
    """The file of the weights."""
    lines = (
        "# How likely a candidate is right: weights in thousandths of log-odds, found by `make model` (`learning/calibration.py`) on",
        f"# {len(found):,} candidates of {len({one.writer for one in found})} files, each read by a learned reader that had not seen its writer.",
        "# `seen` is where proposals begin, `firm` where the table does, by who read it, for some propositions and ways of reading apart, and by how",
        "# a proposal is taken up.",
        f"seen = {seen}",
        "",
        "[firm]",
        *(f"{json.dumps(by)} = {least}" for by, least in firm.items()),
        "",
        "[weights]",
        *(f"{json.dumps(name, ensure_ascii=False)} = {value}" for name, value in sorted(weight.items())),
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    seen_before = tomllib.loads((DATA / "models" / "tiers.toml").read_text(encoding="utf-8"))
    judgements = judged(DATA / "training" / DEFAULT, Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    text = written(weights(judgements), judgements, seen_before["firm"], seen_before["seen"])
    (DATA / "models" / "tiers.toml").write_text(text, encoding="utf-8")
