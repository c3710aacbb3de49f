"""A project's own reader: taught by the examples of its codebook and the decisions of its ledger (`stca learn`).

In: a codebook in a folder and a ledger. Out: the folder `model` beside the codebook's files, which every later reading takes.
What the package's own sentences teach is the beginning where they are on the same propositions. Nothing else goes in: the
same codebook, ledger and version of the package give the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stcalib.codebook.codebook import MODEL, Codebook, load_codebook
from stcalib.core.errors import StcalibError
from stcalib.core.folder_swap import replaced
from stcalib.corrections.ledger import Ledger
from stcalib.learning.decisions import Taught, taught_by
from stcalib.learning.training import DATA, FEW, Example, Least, examples, learned, of_codebook, write
from stcalib.positions.learned import Model, shipped_for

NOTE = "learned_from.json"
"""The file that says from what the reader has learned."""
FILES = ("features.txt", "model.json", "rarity.npy", "weights.npy", NOTE)


@dataclass(frozen=True)
class Lesson:
    """What a reader has learned, and from how many sentences of which origin."""

    model: Model
    package: int
    codebook: int
    ledger: Taught
    too_few: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """What was learned from, and what could not be, in words."""
        told = self.ledger
        package = f", {self.package:,} of the package" if self.package else ""
        rows = f"{told.confirmed} rows confirmed, {told.rejected} rejected"
        yield f"learned from {self.codebook} sentences of the codebook, {len(told.examples)} of the ledger ({rows}){package}"
        yield f"{len(self.model.labels)} stances learned, {len(self.model.features):,} words and pairs of words"
        if self.too_few:
            yield f"not learned, for want of {FEW.examples} sentences: {', '.join(self.too_few)}"
        if told.unclear:
            yield f"{told.unclear} decisions of the ledger teach nothing: they do not tell which stance they were made on. Decide on these rows again"


def lesson(codebook: Codebook, ledger: Ledger) -> Lesson:
    """What a reader of the codebook learns from its examples, the ledger and the package's sentences on the same propositions.

    Raises `StcalibError` where there is nothing to learn from.
    """
    base, told, own = _of_package(codebook), taught_by(ledger), of_codebook(codebook)
    known = {entry.id for entry in codebook.propositions.proposition}
    decided = [Example(one.text, frozenset(label for label in one.labels if label[0] in known), writer=one.writer) for one in told.examples]
    taught = [*base, *own, *decided]
    least = Least() if base else FEW
    number = Counter(label for example in taught for label in example.labels)
    if not any(n >= least.examples for n in number.values()):
        raise StcalibError(
            f"{codebook.name}: nothing to learn from yet. Give each proposition some ten example sentences a side in propositions.toml "
            f"([proposition.examples] support = [...]), or confirm rows in review: {FEW.examples} of a stance are the least"
        )
    few = tuple(f"{entry} {stance} {n}" for (entry, stance), n in sorted(number.items()) if n < least.examples)
    return Lesson(learned(taught, codebook, least), len(base), len(own), told, few)


def _of_package(codebook: Codebook) -> Sequence[Example]:
    """The package's labelled sentences on the propositions of a codebook."""
    shipped = shipped_for(codebook)
    folder = DATA / "training" / shipped if shipped is not None else None
    return examples(folder) if folder is not None and folder.is_dir() else []


def keep(found: Lesson, codebook: Path) -> Codebook:
    """Puts what was learned into the folder of a codebook, whole or not at all, and gives the codebook with it."""
    folder = codebook / MODEL
    told = {
        "sentences": {"package": found.package, "codebook": found.codebook, "ledger": len(found.ledger.examples)},
        "rows": {"confirmed": found.ledger.confirmed, "rejected": found.ledger.rejected},
        "not_learned": list(found.too_few),
    }
    try:
        folder.mkdir(exist_ok=True)
        with replaced(folder, FILES) as staging:
            write(found.model, staging)
            (staging / NOTE).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise StcalibError(f"{folder}: cannot be written ({error.strerror}). Give the codebook a folder that you may write to") from error
    return load_codebook(codebook)
