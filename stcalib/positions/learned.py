"""The learned reader: how much the words of a stretch speak for each stance on each proposition.

A logistic regression for each (proposition, stance) over the features of `features`, weighted by how rare they are. The
weights are whole numbers and so is everything worked out from them: a score is the same on every machine. `make model`
writes them (`training`), one file of words and one of weights a codebook. A project has its own where its reader has learned
(`stca learn`), else those of the package that know its propositions; a codebook without either has no such reader.

A score is a log-odds in thousandths: 0 is even, 1000 is e to one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from math import isqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stcalib.codebook.codebook import Codebook
from stcalib.codebook.patterns import Encoded
from stcalib.core.errors import LexiconError
from stcalib.language.in_use import by_language
from stcalib.positions.features import Features
from stcalib.positions.wording_match import Hit, Mark

Label = tuple[str, str]
"""A proposition and a stance on it."""
THOUSANDTHS = 1000
SHIPPED = files("stcalib") / "data" / "models"


@dataclass(frozen=True)
class Model:
    """What was learned: for each feature its rarity and its weight for each label.

    `scales` are the thousandths of log-odds that one step of a label's weights stands for, in 2**-16; `offsets` the score
    of a stretch without any known feature.
    """

    labels: tuple[Label, ...]
    features: Mapping[str, int]
    rarity: NDArray[np.int64]
    weights: NDArray[np.int8]
    scales: NDArray[np.int64]
    offsets: NDArray[np.int64]

    @cached_property
    def _wide(self) -> NDArray[np.int64]:
        """The weights as they are summed."""
        return self.weights.astype(np.int64)

    def scores(self, features: Sequence[str] | frozenset[str]) -> NDArray[np.int64]:
        """The score of each label for a stretch with these features."""
        known = [number for number in map(self.features.get, features) if number is not None]
        if not known:
            return self.offsets
        rarity = self.rarity[known]
        length = isqrt(int(rarity @ rarity) << 16)
        summed = rarity @ self._wide[known]
        scored: NDArray[np.int64] = self.offsets + summed * self.scales // (length << 8)
        return scored


class LearnedReader:
    """Reads stretches of a text with a codebook's model."""

    def __init__(self, model: Model, codebook: Codebook):
        self.model = model
        self._features = Features(codebook)
        known = {proposition.id for proposition in codebook.propositions.proposition}
        self._numbers = {label: number for number, label in enumerate(model.labels) if label[0] in known}
        self.labels_on: dict[str, list[Label]] = {}
        """The labels that it knows of each proposition."""
        for label in self._numbers:
            self.labels_on.setdefault(label[0], []).append(label)

    def read(self, text: Encoded, start: int, end: int, hits: Iterable[Hit], marks: Iterable[Mark] = ()) -> dict[Label, int]:
        """The scores of the words `start`..`end` of a text, with the wordings and the cues of stance found in them."""
        scores = self.model.scores(self._features.of(text, start, end, hits, marks)).tolist()
        return {label: scores[number] for label, number in self._numbers.items()}

    def weighed(
        self, text: Encoded, start: int, end: int, hits: Iterable[Hit], label: Label, marks: Iterable[Mark] = ()
    ) -> list[tuple[str, int]]:
        """Which words weighed how much for a label, in thousandths, the heaviest first."""
        found = sorted(feature for feature in self._features.of(text, start, end, hits, marks) if feature in self.model.features)
        column = self._numbers[label]
        rows = [self.model.features[feature] for feature in found]
        rarity = self.model.rarity[rows]
        length = isqrt(int(rarity @ rarity) << 16)
        parts = rarity * self.model.weights[rows, column].astype(np.int64) * self.model.scales[column] // max(1, length << 8)
        return sorted(zip(found, map(int, parts), strict=True), key=lambda pair: (-abs(pair[1]), pair[0]))


@by_language
def reader_of(codebook: Codebook) -> LearnedReader | None:
    """The learned reader of a codebook: what the project has learned, else the package's; None where there is neither."""
    shipped = shipped_for(codebook)
    if codebook.model is not None:
        return LearnedReader(read_model(Path(codebook.model)), codebook)
    return LearnedReader(read_model(SHIPPED / shipped), codebook) if shipped is not None else None


def shipped_for(codebook: Codebook) -> str | None:
    """The package's codebook whose learned weights fit: all propositions that these know stand in the codebook. None where none does."""
    known = {proposition.id for proposition in codebook.propositions.proposition}
    for folder in sorted((entry for entry in SHIPPED.iterdir() if entry.is_dir()), key=lambda entry: entry.name):
        told = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        if {proposition for proposition, _ in told["labels"]} <= known:
            return folder.name
    return None


def read_model(folder: Path | Traversable) -> Model:
    """The model in a folder. Raises `LexiconError` where a file of it is missing or damaged."""
    try:
        return _read(folder)
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(f"{folder}: the learned weights cannot be read ({error}). Let the reader learn anew: stca learn") from error


def _read(folder: Path | Traversable) -> Model:
    told = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    words = (folder / "features.txt").read_text(encoding="utf-8").splitlines()
    arrays = {name: np.load(BytesIO((folder / f"{name}.npy").read_bytes()), allow_pickle=False) for name in ("rarity", "weights")}
    return Model(
        tuple((proposition, stance) for proposition, stance in told["labels"]),
        {word: number for number, word in enumerate(words)},
        arrays["rarity"].astype(np.int64),
        arrays["weights"],
        np.array(told["scales"], dtype=np.int64),
        np.array(told["offsets"], dtype=np.int64),
    )
