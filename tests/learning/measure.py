"""What teaching changes: `python -m tests.learning.measure` prints the figures of the page on positions.

Short articles on the carbon price, written before the codebook's examples and by their writer: one half is decided on as an
analyst would (what is proposed and due is accepted, what is not is rejected, what is missing added), the other is measured.
A line is a sentence, with the rows that are due behind it; "##" parts articles.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from stcalib import Corpus
from stcalib.codebook.codebook import Codebook, load_codebook
from stcalib.corrections.ledger import read_ledger
from stcalib.learning.project import keep, lesson
from stcalib.review.session import Session

HERE = Path(__file__).parent
BOOK = HERE.parents[1] / "stcalib" / "data" / "codebooks" / "carbon_price"
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
Due = tuple[str, str, str]
"""Actor (the last word of the name counts), proposition, stance."""


@dataclass(frozen=True)
class Labelled:
    """An article's sentences, each with its due rows."""

    sentences: list[tuple[str, list[Due]]]

    @property
    def text(self) -> str:
        return "\n\n".join(sentence for sentence, _ in self.sentences) + "\n"

    @property
    def due(self) -> list[Due]:
        return [row for _, rows in self.sentences for row in rows]


def labelled(name: str) -> dict[str, Labelled]:
    """The articles of a file by id."""
    blocks = (HERE / f"carbon_{name}.txt").read_text(encoding="utf-8").split("##\n")
    return {f"{name}_{number:02d}": Labelled([_line(line) for line in block.strip().splitlines()]) for number, block in enumerate(blocks)}


def _line(line: str) -> tuple[str, list[Due]]:
    sentence, *rows = line.split(" | ")
    parts = [tuple(part.strip() for part in row.split(" ; ")) for row in rows]
    return sentence.strip(), [(actor, proposition, stance) for actor, proposition, stance in parts]


def fits(actor: str, proposition: str, stance: str, due: list[Due]) -> Due | None:
    """The due row that a row is."""
    return next((one for one in due if one[1:] == (proposition, stance) and one[0].split()[-1] == actor.split()[-1]), None)


def decided(articles: dict[str, Labelled], book: Codebook, ledger: Path) -> None:
    """Writes what an analyst who knows the due rows decides."""
    corpus = Corpus.from_texts({key: one.text for key, one in articles.items()}, codebook=book)
    seen: set[tuple[str, Due]] = set()
    for table in ("positions", "proposals"):
        session = Session(corpus, table, ledger=ledger, coder="ada", clock=lambda: NOON)
        for place in range(len(session.rows)):
            session.go(place)
            values = session.rows[place].values
            found = fits(values["actor"], values["proposition"], values["stance"], articles[values["article_id"]].due)
            if found is None:
                session.reject()
            else:
                seen.add((values["article_id"], found))
                session.accept()
    for key, one in articles.items():
        session = Session(corpus, "positions", ledger=ledger, coder="ada", article_id=key, clock=lambda: NOON)
        for sentence, rows in one.sentences:
            for actor, proposition, stance in (row for row in rows if (key, row) not in seen):
                start = one.text.index(sentence)
                session.add(start, start + len(sentence), {"actor": actor, "proposition": proposition, "stance": stance, "basis": "report"})


def figures(articles: dict[str, Labelled], book: Codebook) -> dict[str, float]:
    """Precision and recall of the table, recall of table and proposals, precision of proposals, proposals an article."""
    corpus = Corpus.from_texts({key: one.text for key, one in articles.items()}, codebook=book)
    due = sum(len(one.due) for one in articles.values())
    (table, wrong), (proposed, not_due) = (_right(frame, articles) for frame in (corpus.positions, corpus.proposals))
    return {
        "precision": len(table) / max(1, len(table) + wrong),
        "recall": len(table) / due,
        "together": len(table | proposed) / due,
        "proposals right": len(proposed - table) / max(1, len(proposed - table) + not_due),
        "proposals an article": len(corpus.proposals) / len(articles),
    }


def _right(frame: pd.DataFrame, articles: dict[str, Labelled]) -> tuple[set[tuple[str, Due]], int]:
    rows = zip(frame["article_id"], frame["actor"], frame["proposition"], frame["stance"], strict=True)
    found = [(key, fits(actor, proposition, stance, articles[key].due)) for key, actor, proposition, stance in rows]
    return {(key, one) for key, one in found if one is not None}, sum(one is None for _, one in found)


def measured(folder: Path) -> dict[str, dict[str, float]]:
    """The figures of the reader of the examples, and of the one that the decisions taught, which is kept in a copy in `folder`."""
    home = folder / "codebook"
    shutil.copytree(BOOK, home)
    by_example = load_codebook(home)
    decided(labelled("taught"), by_example, folder / "corrections.csv")
    taught = keep(lesson(by_example, read_ledger(folder / "corrections.csv")), home)
    return {name: figures(labelled("measured"), book) for name, book in (("examples", by_example), ("taught", taught))}


if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        for reader, told in measured(Path(scratch)).items():
            print(reader, ", ".join(f"{name} {value:.2f}" for name, value in told.items()))
