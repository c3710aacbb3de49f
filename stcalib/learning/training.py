"""Teaches the learned reader from labelled sentences: `python -m stcalib.learning.training` (`make model`).

In: the example sentences of a codebook, and those of `data/training/<codebook>`: articles and cases of TOML files, and
`.jsonl` files, one object with
`text`, `labels` and `hard` a line. Out: the files of `data/models/<codebook>`. A label on which careful readers differ
neither teaches nor counts.

The method is L2-regularized logistic regression with balanced classes over TF-IDF features (Pedregosa et al. 2011 give
the same defaults), found by L-BFGS (Nocedal 1980); weights are rounded to eight bits. Sums are NumPy's own, which do not
depend on how many threads a machine lends to linear algebra.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stcalib.codebook.codebook import Codebook, load_codebook
from stcalib.codebook.usual import DEFAULT
from stcalib.positions.features import Features
from stcalib.positions.learned import THOUSANDTHS, Label, Model
from stcalib.positions.scheme import scheme_of
from stcalib.text.article import Article

STRENGTH = 10.0
"""The inverse of the regularization."""
STEPS, MEMORY, CLOSE = 120, 8, 1e-4
RARITY = 64
LEFT_OUT = "left_out.txt"
EXAMPLES = "examples"
"""Who wrote the example sentences of a codebook."""
DATA = Path(str(files("stcalib"))) / "data"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Least:
    """A feature is kept that stands in so many sentences, a stance is learned of which there are so many."""

    sentences: int = 3
    examples: int = 15


FEW = Least(1, 4)
"""What suffices where a codebook has some ten sentences a side."""


@dataclass(frozen=True)
class Example:
    """A sentence with the stances that somebody takes in it, whoever it is; `unsure` are those on which readers differ."""

    text: str
    labels: frozenset[Label]
    unsure: frozenset[Label] = field(default=frozenset())
    writer: str = ""


def examples(folder: Path) -> list[Example]:
    """All labelled sentences of a folder, in order of its files, but for those of `left_out.txt`: they resemble measured texts."""
    found: list[Example] = []
    for file in sorted(folder.iterdir()):
        if file.suffix == ".jsonl":
            found += [_written(json.loads(line), file.stem) for line in file.read_text(encoding="utf-8").splitlines() if line]
        elif file.suffix == ".toml":
            told = tomllib.loads(file.read_text(encoding="utf-8"))
            found += [_case(case, file.stem) for case in told.get("case", ())]
            found += [one for article in told.get("article", ()) for one in _sentences(article, file.stem)]
    left_out = frozenset((folder / LEFT_OUT).read_text(encoding="utf-8").splitlines())
    return [one for one in found if " ".join(one.text.split()) not in left_out]


def _written(line: dict[str, Any], writer: str) -> Example:
    labels = frozenset((proposition, stance) for proposition, stance in line["labels"])
    return Example(line["text"], frozenset(), labels, writer) if line["hard"] else Example(line["text"], labels, writer=writer)


def _case(case: dict[str, Any], writer: str) -> Example:
    return Example(case["text"], frozenset(_label(*row.split(" | ")[1:]) for row in case["rows"]), writer=writer)


def _label(proposition: str, stance: str) -> Label:
    return proposition, stance


def _sentences(told: dict[str, Any], writer: str) -> Iterator[Example]:
    article = Article(told["id"], told["text"])
    shown = [(article.plain.find(row["evidence"]), row) for row in told["rows"] if "evidence" in row]
    for sentence in article.sentences:
        labels: dict[bool, set[Label]] = {False: set(), True: set()}
        for at, row in shown:
            if at >= 0 and at < sentence.end and sentence.start < at + len(row["evidence"]):
                labels[bool(row.get("optional"))].add((row["proposition"], row["stance"]))
        text = article.plain[sentence.start : sentence.end]
        yield Example(text, frozenset(labels[False]), frozenset(labels[True] - labels[False]), writer)


class Sparse:
    """Rows of features as indexes and values, one behind the other."""

    def __init__(self, rows: Sequence[Sequence[int]], rarity: Floats, scaled: bool = True):
        self.size = len(rarity)
        self.starts = np.cumsum([0, *(len(row) for row in rows)])[:-1]
        self.columns = np.array([column for row in rows for column in row], dtype=np.int64)
        self.of_row = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        values = rarity[self.columns]
        lengths = np.sqrt(np.bincount(self.of_row, values**2, len(rows))) if scaled else np.ones(len(rows))
        self.values = values / np.maximum(lengths, 1e-12)[self.of_row]
        self.rows = len(rows)

    def times(self, weights: Floats) -> Floats:
        """The sum of the weights of each row."""
        return np.bincount(self.of_row, self.values * weights[self.columns], self.rows).astype(np.float64)

    def back(self, errors: Floats) -> Floats:
        """The sum of the errors for each feature."""
        return np.bincount(self.columns, self.values * errors[self.of_row], self.size).astype(np.float64)


def fitted(
    sparse: Sparse, wanted: NDArray[np.bool_], counted: Floats, strength: float = STRENGTH, balanced: bool = True
) -> tuple[Floats, float]:
    """Weights and offset of the logistic regression that tells the wanted rows among those that count, or that count so many times
    as `counted` says; `balanced` gives both sorts the same weight in all."""
    share = np.ones(len(wanted))
    if balanced:
        share = np.where(wanted, *(counted.sum() / (2 * max(1, counted[sort].sum())) for sort in (wanted, ~wanted)))
    cost = strength * share * counted
    signs = np.where(wanted, 1.0, -1.0)

    def loss(point: Floats) -> tuple[float, Floats]:
        margins = signs * (sparse.times(point[:-1]) + point[-1])
        errors = -signs * cost / (1 + np.exp(np.clip(margins, -40, 40)))
        slope = np.append(sparse.back(errors) + point[:-1], errors.sum() + point[-1])
        return _product(cost, np.logaddexp(0, -margins)) + _product(point, point) / 2, slope

    point = least(loss, np.zeros(sparse.size + 1))
    return point[:-1], float(point[-1])


def least(loss: Callable[[Floats], tuple[float, Floats]], point: Floats) -> Floats:
    """Where a smooth convex function of `point` is least: L-BFGS with halved steps."""
    value, slope = loss(point)
    past: list[tuple[Floats, Floats]] = []
    for _ in range(STEPS):
        direction = -_scaled(slope, past)
        step, descent = 1.0 if past else 1 / max(1.0, _product(slope, slope) ** 0.5), _product(slope, direction)
        while (found := loss(point + step * direction))[0] > value + 1e-4 * step * descent and step > 1e-10:
            step /= 2
        moved = step * direction
        past = [*past[1 - MEMORY :], (moved, found[1] - slope)]
        point, slope = point + moved, found[1]
        if value - found[0] < CLOSE * max(1.0, abs(found[0])) * 1e-2:
            break
        value = found[0]
    return point


def _scaled(slope: Floats, past: list[tuple[Floats, Floats]]) -> Floats:
    """The slope by the inverse curvature that the last steps show (two-loop recursion)."""
    alphas = []
    for moved, changed in reversed(past):
        alpha = _product(moved, slope) / _product(moved, changed)
        alphas.append(alpha)
        slope = slope - alpha * changed
    if past:
        moved, changed = past[-1]
        slope = slope * (_product(moved, changed) / _product(changed, changed))
    for (moved, changed), alpha in zip(past, reversed(alphas), strict=True):
        slope = slope + (alpha - _product(changed, slope) / _product(moved, changed)) * moved
    return slope


def _product(one: Floats, other: Floats) -> float:
    """The sum of products, always added in the same order."""
    return float((one * other).sum())


def of_codebook(book: Codebook) -> list[Example]:
    """The example sentences of a codebook, those of no stance last."""
    told = [
        Example(sentence, frozenset({(entry.id, stance)}), writer=EXAMPLES)
        for entry in book.propositions.proposition
        for stance, sentences in entry.examples
        for sentence in sentences
    ]
    return [*told, *(Example(sentence, frozenset(), writer=EXAMPLES) for sentence in book.propositions.neutral)]


def learned(taught: Sequence[Example], codebook: Codebook | None = None, least: Least | None = None) -> Model:
    """The model that the examples teach."""
    book, enough = codebook or load_codebook(), least or Least()
    scheme, maker = scheme_of(book), Features(book)
    texts = [scheme.vocabulary.encode(example.text) for example in taught]
    rows = [maker.of(text, 0, n := len(text.symbols), scheme.hits(text), scheme.cues(text, 0, n)) for text in texts]
    number = Counter(feature for row in rows for feature in row)
    words = sorted(feature for feature, n in number.items() if n >= enough.sentences)
    index = {word: place for place, word in enumerate(words)}
    rarity = np.array([round(RARITY * (np.log((1 + len(rows)) / (1 + number[word])) + 1)) for word in words], dtype=np.int64)
    sparse = Sparse([sorted(index[feature] for feature in row if feature in index) for row in rows], rarity.astype(np.float64))
    labels = _labels(taught, enough.examples)
    weights, scales, offsets = [], [], []
    for label in labels:
        wanted = np.array([label in example.labels for example in taught])
        counted = np.array([float(label not in example.unsure) for example in taught])
        weight, offset = fitted(sparse, wanted, counted)
        step = float(np.abs(weight).max()) / 127
        weights.append(np.round(weight / step).astype(np.int8))
        scales.append(round(step * THOUSANDTHS * (1 << 16)))
        offsets.append(round(offset * THOUSANDTHS))
    return Model(tuple(labels), index, rarity, np.stack(weights, 1), np.array(scales, dtype=np.int64), np.array(offsets, dtype=np.int64))


def _labels(taught: Iterable[Example], enough: int) -> list[Label]:
    found = Counter(label for example in taught for label in example.labels)
    return sorted(label for label, n in found.items() if n >= enough)


def write(model: Model, folder: Path) -> None:
    """Writes a model's files: the same model, the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "features.txt").write_text("".join(f"{word}\n" for word in model.features), encoding="utf-8")
    told = {"labels": model.labels, "offsets": model.offsets.tolist(), "scales": model.scales.tolist()}
    (folder / "model.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    np.save(folder / "rarity.npy", model.rarity.astype(np.int16), allow_pickle=False)
    np.save(folder / "weights.npy", model.weights, allow_pickle=False)


if __name__ == "__main__":
    write(learned(examples(DATA / "training" / DEFAULT)), DATA / "models" / DEFAULT)
    for name in sorted(folder.name for folder in (DATA / "codebooks").iterdir()):
        by_example = load_codebook(name)
        if name != DEFAULT and (sentences := of_codebook(by_example)):
            write(learned(sentences, by_example, FEW), DATA / "models" / name)
