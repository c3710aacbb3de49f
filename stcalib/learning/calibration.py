"""Finds the weights of `tiers`: how likely a candidate is right by how it was read (`make model`).

    python -m stcalib.learning.calibration tests/gold/first_reading [FOLDER FOR THE READERS OF EACH FOLD]

Two kinds of text are read: articles whose rows were written by people who saw the annotation guide alone, and none of whose words
has taught the learned reader; and every labelled sentence and article of `data/training`, with a learned reader that has not seen
its writer. What both readers see there, right or wrong, teaches a logistic regression over the traits of `tiers`, which learns no
word of them; its weights are rounded to thousandths of log-odds. A row with the opposite sign counts as several wrong ones. The
rules were made with the articles of `data/training` in view: what they alone see there says nothing and is left out. What is told
of its quality comes from batches of articles that were left out of the fitting in turn (`held_out`).
"""

from __future__ import annotations

import json
import pickle
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from stcalib.codebook.codebook import load_codebook
from stcalib.codebook.usual import DEFAULT
from stcalib.core.rows import Published
from stcalib.learning.thresholds import TURNED, Judged, Taken, taken
from stcalib.learning.training import DATA, Example, Floats, Sparse, examples, fitted, learned
from stcalib.positions.candidate import Candidate
from stcalib.positions.find import candidates
from stcalib.positions.learned import THOUSANDTHS, LearnedReader, Model, reader_of
from stcalib.positions.tiers import Tiers, all_traits, per_cent
from stcalib.quotes.find import find_quotes
from stcalib.text.article import Article

DAY = Published(date(2018, 6, 1), date(2018, 6, 1), "stated")
FOLDS = (
    ("batch_01", "batch_02", "batch_03"),
    ("batch_04", "batch_05", "batch_06"),
    ("batch_07", "batch_08", "batch_09"),
    ("batch_10", "batch_11", "batch_12"),
)
"""Batches of articles that are left out of the training together; every other file is left out alone."""
TIERS = DATA / "models" / "tiers.toml"
LEAST_SEEN = 12
"""A trait is weighed that so many candidates have."""
STRENGTH = 0.3
MEASURED = 3
"""So many times a candidate of a measured article counts beside one of what teaches the reader."""
STEPS = (0, 50, 60, 70, 80, 90, 100)
"""Per cents between which it is told how many are right."""
OPPOSITE = {"support": "oppose", "oppose": "support"}


def measured(folder: Path) -> list[Judged]:
    """The candidates of the articles of all batches: a folder of each, with rows as `ARTICLE.json` and texts in `text/`."""
    reader = reader_of(load_codebook())
    assert reader is not None
    found: list[Judged] = []
    for batch in sorted(entry for entry in folder.iterdir() if entry.is_dir()):
        for file in sorted(entry for entry in batch.iterdir() if entry.suffix == ".json"):
            told = json.loads(file.read_text(encoding="utf-8"))
            stated = told.get("published") or {}
            day = date.fromisoformat(stated["earliest"]) if stated.get("basis") != "inferred" and stated.get("earliest") else None
            text = (batch / "text" / f"{told['article']}.txt").read_text(encoding="utf-8")
            found += _of_article(Article(told["article"], text), day, told["positions"], reader, batch.name)
    return found


def taught(folder: Path, keep: Path | None = None) -> list[Judged]:
    """The candidates of all that teaches the reader, each read by one that has not seen its writer. `keep` keeps these readers."""
    known, book = examples(folder), load_codebook()
    writers = sorted({example.writer for example in known if not example.writer.startswith(("batch", "sentences", "house"))})
    frame = (folder / "report.txt").read_text(encoding="utf-8")
    found: list[Judged] = []
    for fold in (*((writer,) for writer in writers), *FOLDS):
        reader = LearnedReader(_model(known, fold, keep), book)
        for writer in fold:
            file = folder / f"{writer}.jsonl"
            if file.is_file():
                found += [one for example in known if example.writer == writer for one in _of_sentence(example, frame, reader)]
                continue
            for article in tomllib.loads((folder / f"{writer}.toml").read_text(encoding="utf-8"))["article"]:
                judged = _of_article(Article(article["id"], article["text"]), article.get("published"), article["rows"], reader)
                found += [one for one in judged if one.candidate.read_by != "rules"]
    return found


def _model(known: Sequence[Example], fold: tuple[str, ...], keep: Path | None) -> Model:
    kept = keep / f"{fold[0]}.pkl" if keep is not None else None
    if kept is not None and kept.is_file():
        found: Model = pickle.loads(kept.read_bytes())
        return found
    model = learned([example for example in known if example.writer not in fold])
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(model))
    return model


def _of_sentence(example: Example, frame: str, reader: LearnedReader) -> Iterator[Judged]:
    article, book = Article("sentence", frame.format(text=example.text)), load_codebook()
    start = article.text.index(example.text)
    for candidate, evidence in candidates(article, find_quotes(article, book, DAY)[0], book, DAY, reader).found:
        label = candidate.proposition, candidate.stance
        inside = start <= candidate.start < start + len(example.text)
        if inside and label not in example.unsure and evidence is not None:
            right = label in example.labels
            turned = not right and (candidate.proposition, OPPOSITE.get(candidate.stance)) in example.labels
            yield Judged(candidate, evidence, right, turned, on_page=False)


def _of_article(article: Article, day: date | None, rows: Sequence[dict[str, Any]], reader: LearnedReader, batch: str = "") -> Iterator[Judged]:
    book, published = load_codebook(), Published(day, day, "sidecar") if day is not None else Published()
    for candidate, evidence in candidates(article, find_quotes(article, book, published)[0], book, published, reader).found:
        about = [row for row in rows if row["proposition"] == candidate.proposition and _is_called(row["actor"], candidate.holder.name)]
        held = [row for row in about if row["stance"] == candidate.stance]
        turned = not held and any(row["stance"] == OPPOSITE.get(candidate.stance) for row in about)
        if evidence is not None and (held or not any(row.get("optional") for row in about)):
            yield Judged(candidate, evidence, any(_shows(row, candidate, article) for row in held), turned, batch)


def _shows(row: dict[str, Any], candidate: Candidate, article: Article) -> bool:
    """Whether a candidate stands where a row says that its stance is shown."""
    told = row.get("evidence", [])
    start = article.text.find(told) if isinstance(told, str) else 0
    stretches = [(start, start + len(told))] if isinstance(told, str) else told
    return any(start < candidate.end and candidate.start < end for start, end in stretches)


def _is_called(names: str | Sequence[str], name: str) -> bool:
    """Whether a name is one of those that are right, or a part of it, or the other way round, with the same last word."""
    words = _words(name)
    for wanted in map(_words, [names] if isinstance(names, str) else names):
        small, large = sorted((words, wanted), key=len)
        if small and set(small) <= set(large) and small[-1] == large[-1]:
            return True
    return False


def _words(name: str) -> list[str]:
    kept = name.lower().replace("’s", "").replace("'s", "").replace("-", " ").replace(".", " ").split()
    return [word for word in kept if len(word) > 1 or word.isdigit()]


def weights(found: Sequence[Judged]) -> dict[str, int]:
    """The weight of each trait in thousandths of log-odds."""
    rows = [list(all_traits(one.candidate, one.evidence, one.on_page)) for one in found]
    number = Counter(trait for row in rows for trait in row)
    names = sorted(trait for trait, n in number.items() if n >= LEAST_SEEN)
    index = {trait: place for place, trait in enumerate(names)}
    sparse = Sparse([sorted(index[trait] for trait in row if trait in index) for row in rows], np.ones(len(names)), scaled=False)
    right = np.array([one.right for one in found])
    counted = np.array([float((TURNED if one.turned else 1) * (MEASURED if one.batch else 1)) for one in found])
    weight, offset = fitted(sparse, right, counted, STRENGTH, balanced=False)
    told = {name: round(THOUSANDTHS * value) for name, value in zip(names, _plain(weight), strict=True)}
    return {"any": round(THOUSANDTHS * offset), **{name: value for name, value in told.items() if value}}


def _plain(values: Floats) -> list[float]:
    return [float(value) for value in values]


def held_out(found: Sequence[Judged]) -> list[tuple[Judged, int]]:
    """Each candidate with its estimate by weights that were found without its batch."""
    told = []
    for batch in sorted({one.batch for one in found if one.batch}):
        tiers = Tiers(weights([one for one in found if one.batch != batch]), {}, 0)
        told += [(one, tiers.estimate(one.candidate, one.evidence)) for one in found if one.batch == batch]
    return told


def shares(told: Sequence[tuple[Judged, int]]) -> Iterator[tuple[int, int, int, int]]:
    """How many candidates are given so many per cent (from, to), and how many of them are right."""
    for low, high in pairwise(STEPS):
        within = [one.right for one, log_odds in told if low <= per_cent(log_odds) < high]
        yield low, high, len(within), sum(within)


def written(weight: dict[str, int], found: Sequence[Judged], before: dict[str, Any], told: Sequence[tuple[Judged, int]]) -> str:
    """The file of the weights; where the tiers begin stays as it was, with what that gives on the batches held out."""
    given = taken(told, Tiers(weight, before["firm"], before["seen"]))
    lines = (
        "# How likely a candidate is right: weights in thousandths of log-odds, found by `make model` (`learning/calibration.py`) on",
        f"# {len(found):,} candidates: of {len({one.batch for one in found if one.batch})} batches of measured articles, and of what teaches the",
        "# learned reader, read by one that had not seen its writer.",
        "# `seen` is where proposals of the learned reader alone begin, `firm` where the table does: by who read it, by how a proposal is taken up,",
        "# and for what words may turn in a way that no rule weighs. They are set by hand (`learning/thresholds.py`); beside each stand the",
        "# candidates that it takes of batches held out in turn, and where these batches alone would begin the table.",
        f"seen = {before['seen']}",
        "",
        "[firm]",
        *(f"{json.dumps(kind)} = {least}  # {_told(given[kind])}" for kind, least in before["firm"].items()),
        "",
        "[weights]",
        *(f"{json.dumps(name, ensure_ascii=False)} = {value}" for name, value in sorted(weight.items())),
    )
    return "\n".join(lines) + "\n"


def _told(given: Taken) -> str:
    alone = "none" if given.chosen is None else given.chosen
    return f"held out: {given.rows}, right {given.right}, turned {given.turned}; by them alone: {alone}"


if __name__ == "__main__":
    judgements = [*measured(Path(sys.argv[1])), *taught(DATA / "training" / DEFAULT, Path(sys.argv[2]) if len(sys.argv) > 2 else None)]
    estimated = held_out(judgements)
    TIERS.write_text(written(weights(judgements), judgements, tomllib.loads(TIERS.read_text(encoding="utf-8")), estimated), encoding="utf-8")
    for low, high, given, right in shares(estimated):
        print(f"{low} to {high} per cent: {given} rows, {right} right ({100 * right / max(1, given):.0f} %)")
