"""Agreement between coders, and between the machine and a coder: per table, field and proposition.

What is compared is what coders decided in their ledgers. Two kinds of question are kept apart:

- *row*: is this a row of the table at all? A coder answers by accepting, correcting or adding it ("row"), or by
  rejecting it ("no row"). A row that one coder added counts as "no row" for another who decided on every row of
  the same article and did not add it; otherwise the other has not said anything about it.
- *a field*: which value does the field have? Asked of the rows that at least two took for rows, under the values
  that their corrections leave. An empty field is a value: both may say that the text does not tell.

The machine says "row" to all that it found and "no row" to what a coder added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from stcalib.core.errors import StcalibError, TableError
from stcalib.core.row_fields import as_text, id_column
from stcalib.core.rows import REVIEWED
from stcalib.core.table_spec import spec_of
from stcalib.corpus.corpus import Corpus
from stcalib.corrections.applied import Corrections, machine_frames
from stcalib.corrections.editable_fields import editable_fields
from stcalib.corrections.ledger import Ledger
from stcalib.corrections.live_row import LiveRow, key_of
from stcalib.review.coefficients import Estimate, cohen_kappa, gwet_ac1, krippendorff_alpha, per_cent

MACHINE = "machine"
"""The coder that is the program."""
ROW, NO_ROW = "row", "no row"
MEASURES = ("per_cent", "kappa", "alpha", "ac1")
COLUMNS = (
    "table", "field", "proposition", "units",
    *(f"{measure}{end}" for measure in MEASURES for end in ("", "_low", "_high")), "in_words",
)  # fmt: skip

Key = tuple[str, ...]


@dataclass
class _Coder:
    """What one coder said of the rows of one table."""

    said: dict[Key, Mapping[str, Any] | None] = field(default_factory=dict)
    """Values of each row that was judged; None where it was judged no row."""
    complete: set[str] | None = field(default_factory=set)
    """Articles all of whose rows were decided; None for all."""


def agreement(corpus: Corpus, coders: Mapping[str, Ledger | None], tables: Sequence[str] = REVIEWED) -> pd.DataFrame:
    """How far coders agree: a row for each table and question, with four coefficients and what they say in words.

    `coders` gives each coder's ledger by name; None stands for the machine (`{"ada": ledger.of("ada"), "machine":
    None}`). `field` is "row" or the name of a field; for positions there is a row for all of them and one for each
    proposition. `per_cent` runs to 100; every coefficient comes with a 95 % interval (see `stcalib.review.coefficients`).
    """
    names = _checked(coders, tables)
    records = []
    for table in tables:
        units = _units(corpus, coders, table)
        records += [_measured(table, *asked, names, units) for asked in _questions(table, names, units)]
    return pd.DataFrame(records, columns=list(COLUMNS)).astype({"units": "int64"} | dict.fromkeys(COLUMNS[4:-1], "float64"))


def disagreements(corpus: Corpus, coders: Mapping[str, Ledger | None], tables: Sequence[str] = REVIEWED) -> pd.DataFrame:
    """What coders differ on: the row, its place and text, the question, and each coder's answer in a column of their name."""
    names = _checked(coders, tables)
    records = []
    for table in tables:
        units = _units(corpus, coders, table)
        for key, said in _by_key(names, units).items():
            place = next((values for values in said.values() if isinstance(values, Mapping)), None) or _machine_row(corpus, table, key)
            for question in (ROW, "span", *editable_fields(table)):
                answers = {name: _answer(question, said[name]) for name in names}
                if len({answer for answer in answers.values() if answer is not None}) > 1:
                    where = {name: place[name] for name in ("article_id", "start", "end", "text")}
                    records.append({"table": table, **where, "field": question, **answers})
    columns = ["table", "article_id", "start", "end", "text", "field", *names]
    return pd.DataFrame(records, columns=columns)


def _checked(coders: Mapping[str, Ledger | None], tables: Sequence[str]) -> list[str]:
    if len(coders) < 2:
        raise StcalibError("Agreement is between two coders or more. Give each one's ledger by name, and None for the machine")
    if unknown := [table for table in tables if table not in REVIEWED]:
        raise TableError(f"{', '.join(unknown)}: not a table that is reviewed. There are {', '.join(REVIEWED)}")
    return list(coders)


def _units(corpus: Corpus, coders: Mapping[str, Ledger | None], table: str) -> dict[str, _Coder]:
    frames = machine_frames(corpus)
    found = {name: _judged(corpus, frames, ledger, table) for name, ledger in coders.items() if ledger is not None}
    for name, ledger in coders.items():
        if ledger is None:
            rows = Corrections({table: frames[table]}, corpus).rows(table) if table in frames else []
            found[name] = _Coder({_key(row): row.values for row in rows}, None)
    return {name: found[name] for name in coders}


def _judged(corpus: Corpus, frames: Mapping[str, pd.DataFrame], ledger: Ledger, table: str) -> _Coder:
    corrections = Corrections(frames, corpus)
    corrections.take_all(ledger)
    coder, open_articles = _Coder(), set()
    for row in corrections.rows(table):
        if any(not matter.startswith("note ") for matter in row.places):
            coder.said[_key(row)] = row.values if row.gone is None else None
            if row.gone is not None and row.machine is None:
                del coder.said[_key(row)]
        else:
            open_articles.add(row.values["article_id"])
    coder.complete = {row.values["article_id"] for row in corrections.rows(table)} - open_articles
    return coder


def _key(row: LiveRow) -> Key:
    if row.machine is not None:
        return "found", str(row.values["article_id"]), str(row.values[id_column(row.table)])
    return "added", *key_of(row.values, ("article_id", "start", "end", *spec_of(row.table).identity))


def _by_key(names: Sequence[str], units: Mapping[str, _Coder]) -> dict[Key, dict[str, Mapping[str, Any] | str | None]]:
    """For each row that a coder judged: each coder's values, `NO_ROW`, or None for no answer."""
    judged = dict.fromkeys(key for name in names if units[name].complete is not None for key in units[name].said)
    found: dict[Key, dict[str, Mapping[str, Any] | str | None]] = {}
    for key in judged:
        found[key] = {}
        for name in names:
            coder = units[name]
            if key in coder.said:
                found[key][name] = NO_ROW if coder.said[key] is None else coder.said[key]
            else:
                silent = coder.complete is not None and key[1] not in coder.complete
                found[key][name] = None if silent or key[0] == "found" else NO_ROW
    return found


def _answer(question: str, said: Mapping[str, Any] | str | None) -> str | None:
    if said is None:
        return None
    if question == ROW:
        return NO_ROW if isinstance(said, str) else ROW
    if isinstance(said, str):
        return None
    return f"{said['start']}-{said['end']}" if question == "span" else as_text(said.get(question))


def _questions(table: str, names: Sequence[str], units: Mapping[str, _Coder]) -> Iterator[tuple[str, str | None, list[tuple[str | None, ...]]]]:
    """The questions of a table with the answers to them: (question, proposition or None, answers of each coder by row)."""
    by_key = _by_key(names, units)
    groups: dict[str | None, list[Key]] = {None: list(by_key)}
    if table == "positions":
        for key, said in by_key.items():
            known = next((as_text(values.get("proposition")) for values in said.values() if isinstance(values, Mapping)), "")
            groups.setdefault(known, []).append(key) if known else None
    for proposition, keys in sorted(groups.items(), key=lambda item: item[0] or ""):
        for question in (ROW, "span", *editable_fields(table)):
            answers = [tuple(_answer(question, by_key[key][name]) for name in names) for key in keys]
            ratings = [unit for unit in answers if sum(answer is not None for answer in unit) >= 2]
            told = {answer for unit in ratings for answer in unit if answer}
            if question == ROW or told:
                yield question, proposition, ratings


def _measured(
    table: str, question: str, proposition: str | None, ratings: Sequence[Sequence[str | None]], names: Sequence[str], units: Mapping[str, _Coder]
) -> dict[str, Any]:
    estimates = [per_cent(ratings), cohen_kappa(ratings), krippendorff_alpha(ratings), gwet_ac1(ratings)]
    record: dict[str, Any] = {"table": table, "field": question, "proposition": proposition, "units": estimates[0].units}
    for measure, estimate in zip(MEASURES, estimates, strict=True):
        scale = 100 if measure == "per_cent" else 1
        for end, value in (("", estimate.value), ("_low", estimate.low), ("_high", estimate.high)):
            record[f"{measure}{end}"] = None if value is None else value * scale
    record["in_words"] = _in_words(table, question, estimates, names, units)
    return record


def _in_words(table: str, question: str, estimates: Sequence[Estimate], names: Sequence[str], units: Mapping[str, _Coder]) -> str:
    share = estimates[0]
    who = " and ".join(names) if len(names) == 2 else ", ".join(names)
    if share.value is None:
        judged = ", ".join(f"{name} judged {len(units[name].said) or 'none'}" for name in names if units[name].complete is not None)
        return f"{who} have nothing in common to compare: of the {table}, {judged}, and none was judged by two."
    what = f"whether a stretch is one of the {table}" if question == ROW else f"{question} of {table}"
    told = [f"{who} agree on {what} in {100 * share.value:.0f} per cent of {share.units}{_between(share, 100)}"]
    told += [f"{estimate.measure} {estimate.value:.2f}{_between(estimate, 1)}" for estimate in estimates[1:] if estimate.value is not None]
    notes = dict.fromkeys(estimate.note for estimate in estimates if estimate.note)
    return "; ".join(told) + "." + "".join(f" {note[0].upper()}{note[1:]}." for note in notes)


def _between(estimate: Estimate, scale: int) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    digits = 0 if scale == 100 else 2
    return f" ({scale * estimate.low:.{digits}f} to {scale * estimate.high:.{digits}f})"


def _machine_row(corpus: Corpus, table: str, key: Key) -> Mapping[str, Any]:
    """The row behind a key that no coder took for one."""
    frame = machine_frames(corpus)[table]
    return dict(frame[(frame["article_id"] == key[1]) & (frame[id_column(table)] == key[2])].iloc[0])
