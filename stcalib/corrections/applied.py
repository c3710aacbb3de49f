"""What the decisions of a ledger make of the tables.

Decisions are taken in the order of their lines, the same everywhere. Each is checked against the text it was made
on: where that text is gone or changed, the decision is reported and nothing is done. A row that was decided keeps
its id and says so in `status`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Protocol

import pandas as pd

from stcalib.core.row_fields import as_text, id_column
from stcalib.core.rows import REVIEWED, WALKED, column_names
from stcalib.core.table_spec import ROW_TYPES, spec_of
from stcalib.corrections.editable_fields import editable_fields
from stcalib.corrections.ledger import DIGEST_LENGTH, BadLine, Decision, Ledger, inactive
from stcalib.corrections.live_row import Followers, LiveRow, frame_of
from stcalib.corrections.position_key import fields_of
from stcalib.corrections.recomputed import Recompute
from stcalib.corrections.resting import FOLLOWING, follow_speakers, forget_gone, told_resting
from stcalib.text.article import Article

APPLIED, UNDONE, OVERRULED, DUPLICATE, NOT_APPLIED = "applied", "undone", "overruled", "duplicate", "not applied"
_JOINED = ""


def machine_frames(corpus: Any) -> dict[str, pd.DataFrame]:
    """The tables of a corpus as the program read them, before any correction."""
    frames = getattr(corpus, "machine_frames", None)
    return dict(frames) if frames is not None else {name: getattr(corpus, name) for name in (*WALKED, "skipped")}


class ArticleSource(Protocol):
    """Articles by id: a corpus, or a mapping."""

    def __iter__(self) -> Iterator[str]: ...
    def __contains__(self, article_id: object, /) -> bool: ...
    def __getitem__(self, article_id: str, /) -> Article: ...


@dataclass(frozen=True)
class Report:
    """What became of each line of the ledger.

    `decisions` has a row for each line with `outcome` (applied, overruled, undone, duplicate, not applied) and
    `explanation`; `rejected` holds, by table, the rows that left it.
    """

    decisions: pd.DataFrame
    rejected: Mapping[str, pd.DataFrame]

    @property
    def problems(self) -> pd.DataFrame:
        """The lines that could not be applied, with the reason and what to do."""
        return self.decisions[self.decisions["outcome"] == NOT_APPLIED]

    def __str__(self) -> str:
        total = len(self.decisions)
        if not total:
            return "No corrections."
        counts = self.decisions["outcome"].value_counts(sort=False)
        told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in (APPLIED, OVERRULED, UNDONE, DUPLICATE, NOT_APPLIED) if outcome in counts)
        lines = [f"{total} line{'' if total == 1 else 's'} of corrections: {told}."]
        lines += [f"  {row.ledger}, line {row.line}: {row.explanation}" for row in self.problems.itertuples()]
        return "\n".join(lines)


def apply(
    frames: Mapping[str, pd.DataFrame],
    articles: ArticleSource | Mapping[str, Article],
    ledger: Ledger | Sequence[Ledger],
    recompute: Mapping[str, Recompute] | None = None,
) -> tuple[dict[str, pd.DataFrame], Report]:
    """The tables as a ledger, or several one after the other, leaves them, and what became of each line.

    `frames` are the tables by name as the program read them; `articles` the articles by id that they were read
    from. Tables that no decision touches are given back as they are. `recompute` may name, by table, a function
    for fields that follow from corrected ones.
    """
    corrections = Corrections(frames, articles, recompute)
    for one in [ledger] if isinstance(ledger, Ledger) else ledger:
        corrections.take_all(one)
    return corrections.frames(), corrections.report()


@dataclass
class _Entry:
    """A line of a ledger and what became of it."""

    line: int
    ledger: str
    decision: Decision | BadLine
    outcome: str = APPLIED
    explanation: str = ""


class Corrections:
    """The tables under correction: take decisions in order, then ask for `frames` and `report`.

    `frames` may hold the rows of some articles alone; `examples` are then the tables whole, by which is told what follows from
    a corrected field. No article is read before a decision asks for it.
    """

    def __init__(
        self,
        frames: Mapping[str, pd.DataFrame],
        articles: ArticleSource | Mapping[str, Article],
        recompute: Mapping[str, Recompute] | None = None,
        examples: Mapping[str, pd.DataFrame] | None = None,
    ):
        self._given = dict(frames)
        self._examples = self._given if examples is None else examples
        self._articles = articles
        self._recompute = recompute or {}
        self._live: dict[str, list[LiveRow]] = {}
        self._index: dict[tuple[str, str, str], LiveRow] = {}
        self._followers: dict[str, Followers] = {}
        self._entries: list[_Entry] = []

    def rows(self, table: str) -> list[LiveRow]:
        """The rows of a table in their order, rejected ones included, added ones last."""
        if table not in self._live:
            records: list[dict[Any, Any]] = self._given[table].to_dict("records") if table in self._given else []
            self._live[table] = [LiveRow(table, dict(record), dict(record)) for record in records]
            if table == "positions":
                self._live[table] += [LiveRow(table, row, dict(row), proposed=reason) for row, reason in self._proposals()]
            for row in self._live[table]:
                self._index.setdefault((table, row.values["article_id"], row.values[id_column(table)]), row)
        return self._live[table]

    @cached_property
    def _by_digest(self) -> dict[str, list[str]]:
        """The ids of the articles by the digests of their texts, as a ledger writes them."""
        found: dict[str, list[str]] = {}
        told = getattr(self._articles, "digests", None) or {article_id: self._articles[article_id].sha256 for article_id in self._articles}
        for article_id, digest in told.items():
            found.setdefault(digest[:DIGEST_LENGTH], []).append(article_id)
        return found

    def _proposals(self) -> Iterator[tuple[dict[str, Any], str]]:
        """What the program proposes, as rows of the table of positions, each with the reason why it is none."""
        given = self._given.get("proposals")
        names = column_names(ROW_TYPES["positions"])
        for record in given.to_dict("records") if given is not None else ():
            yield {name: record.get(name) for name in names}, as_text(record.get("reason"))

    def take_all(self, ledger: Ledger) -> None:
        """Takes every decision of a ledger that is neither undone nor a repetition, and notes the others."""
        taken: set[Decision] = set()
        undone = inactive([decision for _, decision in ledger.decisions])
        numbered: list[tuple[int, int, Decision | BadLine]] = [(line, place, d) for place, (line, d) in enumerate(ledger.decisions)]
        numbered += [(bad.line, -1, bad) for bad in ledger.bad_lines]
        for line, place, entry in sorted(numbered, key=lambda item: item[0]):
            if isinstance(entry, BadLine):
                self._entries.append(_Entry(line, ledger.name, entry, NOT_APPLIED, entry.problem))
            elif entry in taken:
                self._entries.append(_Entry(line, ledger.name, entry, DUPLICATE, "the same line stands above"))
            elif place in undone:
                self._entries.append(_Entry(line, ledger.name, entry, UNDONE, "taken back by its reviewer"))
            else:
                self.take(entry, line, ledger.name)
            if isinstance(entry, Decision):
                taken.add(entry)

    def take(self, decision: Decision, line: int = 0, ledger: str = "ledger") -> str:
        """Carries out one decision; gives "" or the reason why it could not be."""
        entry = _Entry(line, ledger, decision)
        self._entries.append(entry)
        try:
            entry.explanation = self._carry_out(decision, len(self._entries) - 1)
        except _Unfit as problem:
            entry.outcome, entry.explanation = NOT_APPLIED, str(problem)
        return entry.explanation if entry.outcome == NOT_APPLIED else ""

    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables as the decisions leave them; rejected rows stand among the skipped ones."""
        self._settle()
        frames, declined = dict(self._given), []
        for table, rows in self._live.items():
            if any(row.places or row.follows for row in rows):
                kept = [{**row.values, "status": row.status} for row in rows if row.is_row]
                frames[table] = frame_of(kept, self._given.get(table), table)
                declined += [_declined(row) for row in rows if row.gone]
        for table in ("counts", "quotes"):
            forget_gone(frames, table, {row.values[id_column(table)] for row in self._live.get(table, ()) if row.gone is not None})
        self._take_decided(frames)
        if declined and "skipped" in frames:
            before: list[dict[Any, Any]] = frames["skipped"].to_dict("records")
            frames["skipped"] = frame_of([*before, *declined], frames["skipped"], "skipped")
        return frames

    def _take_decided(self, frames: dict[str, pd.DataFrame]) -> None:
        """Takes what was decided out of the proposals: it is a row of the table now, or stands among the skipped ones."""
        proposed = [row for row in self._live.get("positions", ()) if row.proposed is not None]
        decided = {row.values["position_id"] for row in proposed if row.is_row or row.gone is not None}
        if decided:
            frames["proposals"] = frames["proposals"][~frames["proposals"]["position_id"].isin(decided)].reset_index(drop=True)

    def report(self) -> Report:
        """What became of each decision taken."""
        self._settle()
        empty = dict.fromkeys(column_names(Decision), "")
        records = []
        for item in self._entries:
            told = asdict(item.decision) if isinstance(item.decision, Decision) else {**empty, "note": item.decision.content}
            explanation = "; ".join(filter(None, (item.explanation, self._resting(item))))
            records.append({"ledger": item.ledger, "line": item.line, "outcome": item.outcome, "explanation": explanation, **told})
        rejected = {
            table: frame_of([row.values for row in rows if row.gone], self._given.get(table), table)
            for table, rows in self._live.items()
            if any(row.gone for row in rows)
        }
        return Report(pd.DataFrame(records, columns=["ledger", "line", "outcome", "explanation", *empty]), rejected)

    def _carry_out(self, decision: Decision, place: int) -> str:
        """Does what the decision says; gives a remark for the report. Raises `_Unfit` with the reason where it cannot."""
        if decision.table not in REVIEWED:
            raise _Unfit(f"table {decision.table!r} is none of {', '.join(REVIEWED)}: mend the line")
        if decision.action == "undo":
            return self._check_undo(decision)
        article = self._article(decision)
        if decision.action == "add":
            return self._add(article, decision, place)
        row = self._find(article, decision)
        if row is None and decision.action == "reject":
            return "the program no longer finds this row"
        remark = ""
        if row is None:
            row, remark = self._again(article, decision), "the program no longer finds this row; it stays as accepted"
        if decision.action == "edit":
            return self._edit(row, self._articles[row.values["article_id"]], decision, place)
        if decision.action == "note":
            row.places.setdefault(f"note {place}", (place, ""))
            return ""
        self._supersede(row, "verdict", decision.action, place)
        row.confirmed = decision.action == "accept"
        row.gone = None if row.confirmed else f"rejected in review by {decision.who}{': ' if decision.note else ''}{decision.note}"
        if row.proposed is not None or row.again:
            row.values["accepted_by"] = decision.who if row.confirmed else None
        return remark

    def _again(self, article: Article, decision: Decision) -> LiveRow:
        """A position that was accepted and is no longer found, made again from its line. Raises `_Unfit` where the line does not tell it."""
        fields = fields_of(decision.table, decision.new) if decision.action == "accept" else None
        if fields is None:
            raise _Unfit(self._no_row(article, decision))
        values: dict[str, Any] = dict.fromkeys(column_names(ROW_TYPES[decision.table]))
        named = {id_column(decision.table): decision.row_id, "article_id": article.article_id, **fields}
        row = LiveRow(decision.table, values | named, None, again=True)
        row.move(article, decision.start, decision.end)
        if recompute := self._recompute.get(row.table):
            row.values.update(recompute(dict(row.values), frozenset(fields)))
        self.rows(decision.table).append(row)
        self._index[decision.table, article.article_id, decision.row_id] = row
        return row

    def _find(self, article: Article, decision: Decision) -> LiveRow | None:
        """The row that a decision is about: by its id, else the only one on its span."""
        rows = self.rows(decision.table)
        if row := self._index.get((decision.table, article.article_id, decision.row_id)):
            return row
        there = [row for row in rows if row.span == (article.article_id, decision.start, decision.end)]
        if (fields := fields_of(decision.table, decision.new)) is not None:
            there = [row for row in there if row.key(fields) == tuple(fields.values())]
        there = [row for row in there if row.proposed is None] or there
        if len(there) > 1:
            where = f"{decision.start}–{decision.end}"
            raise _Unfit(f"{len(there)} rows stand at {where} and none has the id {decision.row_id}: decide again on the one meant")
        return there[0] if there else None

    def _add(self, article: Article, decision: Decision, place: int) -> str:
        rows = self.rows(decision.table)
        key = decision.table, article.article_id, decision.row_id
        if known := self._index.get(key):
            self._supersede(known, "verdict", "add", place)
            return "the row is there already"
        values: dict[str, Any] = dict.fromkeys(column_names(ROW_TYPES[decision.table]))
        row = LiveRow(decision.table, values | {id_column(decision.table): decision.row_id, "article_id": article.article_id}, None)
        row.move(article, decision.start, decision.end)
        self._supersede(row, "verdict", "add", place)
        rows.append(row)
        self._index[key] = row
        return ""

    def _edit(self, row: LiveRow, article: Article, decision: Decision, place: int) -> str:
        if decision.field == "span":
            start, end = _new_span(article, decision.new)
            self._supersede(row, "span", decision.new, place)
            row.move(article, start, end)
            row.given.add("span")
            return ""
        known = editable_fields(decision.table).get(decision.field)
        if known is None:
            raise _Unfit(f"field {decision.field!r} is not one that is set by hand: {', '.join(editable_fields(decision.table))}")
        try:
            value = known.read(decision.new)
        except ValueError as error:
            raise _Unfit(f"{error}. Mend the line or decide again") from error
        was, first = as_text(row.values.get(known.name)), known.name not in row.given
        self._supersede(row, known.name, decision.new, place)
        row.put(known.name, value, article)
        if as_text(value) != was:
            self._follow(row, known.name)
        if row.proposed is not None and not row.confirmed:
            row.values["accepted_by"] = decision.who
        if first and row.machine is not None and was not in (decision.old, decision.new):
            return f"the program now reads {was!r} here, not {decision.old!r}; the correction stands"
        return ""

    def _follow(self, row: LiveRow, changed: str) -> None:
        if row.table not in self._followers:
            tables = (row.table, "proposals") if row.table == "positions" else (row.table,)
            self._followers[row.table] = Followers(row.table, [self._examples[name] for name in tables if name in self._examples])
        self._followers[row.table].settle(row, changed)
        if recompute := self._recompute.get(row.table):
            row.values.update(recompute(dict(row.values), frozenset(row.given)))

    def _settle(self) -> None:
        """What follows from all decisions together."""
        self._settle_added()
        follow_speakers(self._live.get("quotes", ()), lambda: self.rows("positions"))

    def _resting(self, item: _Entry) -> str:
        """What is told of the positions that rest on a quote that a line corrects or rejects."""
        decision = item.decision
        touches = isinstance(decision, Decision) and (decision.action == "reject" or decision.field in FOLLOWING)
        if not isinstance(decision, Decision) or not touches or decision.table != "quotes" or item.outcome != APPLIED:
            return ""
        return told_resting(decision.row_id, self.rows("positions"))

    def _settle_added(self) -> None:
        """Takes out added rows that lack what a row needs, and joins those that are there already."""
        for table, rows in self._live.items():
            if all(row.machine is not None for row in rows):
                continue
            needed = [f.name for f in editable_fields(table).values() if not f.optional]
            first: dict[tuple[str, ...], LiveRow] = {}
            for row in (row for row in rows if row.gone is None):
                lacking = [name for name in needed if row.machine is None and not as_text(row.values.get(name))]
                twin = first.setdefault(row.key(("article_id", "start", "end", *spec_of(table).identity)), row)
                if lacking:
                    row.gone = _JOINED
                    self._remark(row, NOT_APPLIED, f"the added row lacks {', '.join(lacking)}: add it again with these fields")
                elif row.machine is None and twin is not row:
                    row.gone = _JOINED
                    _join(row, twin, self._entries[row.places["verdict"][0]].decision)
                    self._remark(row, APPLIED, f"the row is there already as {twin.values[id_column(table)]}; the two are one")

    def _remark(self, row: LiveRow, outcome: str, explanation: str) -> None:
        entry = self._entries[row.places["verdict"][0]]
        entry.outcome, entry.explanation = outcome, explanation

    def _supersede(self, row: LiveRow, matter: str, value: str, place: int) -> None:
        before = row.places.get(matter)
        if before is not None and before[1] not in (value, "add"):
            self._entries[before[0]].outcome = OVERRULED
            self._entries[before[0]].explanation = f"overruled by line {self._entries[place].line}"
        row.places[matter] = place, value

    def _article(self, decision: Decision) -> Article:
        """The article that the decision was made on, checked: same text, same characters."""
        alike = self._by_digest.get(decision.article, [])
        if not alike:
            raise _Unfit(self._other_text(decision))
        if decision.article_id not in alike and len(alike) > 1:
            raise _Unfit(f"{decision.article_id} is not in the corpus, and {', '.join(alike)} have the same text: name one of them in the line")
        article = self._articles[decision.article_id if decision.article_id in alike else alike[0]]
        there = article.text[decision.start : decision.end]
        if not there or there != decision.text:
            read = f"characters {decision.start}–{decision.end} read {_short(there)}, not {_short(decision.text)}"
            raise _Unfit(f"{read}: the line was changed by hand; decide again")
        return article

    def _other_text(self, decision: Decision) -> str:
        if decision.article_id not in self._articles:
            missing = f"no article of the corpus has the text it was made on ({decision.article_id})"
            return f"{missing}: add the article, or leave the line for the corpus that has it"
        article = self._articles[decision.article_id]
        places = article.text.count(decision.text) if decision.text else 0
        where = f"once, at {article.text.find(decision.text)}" if places == 1 else f"{places} times" if places else "nowhere"
        return f"the text of {decision.article_id} has changed since; {_short(decision.text)} now stands in it {where}: decide again"

    def _no_row(self, article: Article, decision: Decision) -> str:
        near = [
            f"{row.values[id_column(decision.table)]} at {row.values['start']}–{row.values['end']}"
            for row in self.rows(decision.table)
            if row.values["article_id"] == article.article_id and row.values["start"] < decision.end and decision.start < row.values["end"]
        ]
        there = f"it now finds {', '.join(near)}" if near else "it finds none there"
        return f"the program no longer finds this row at {decision.start}–{decision.end}; {there}: decide again, or add the row"

    def _check_undo(self, undo: Decision) -> str:
        for item in self._entries:
            made = item.decision
            if isinstance(made, Decision) and made is not undo and (made.who, made.when) == (undo.who, undo.old):
                return ""
        raise _Unfit(f"nothing was decided by {undo.who} at {undo.old or 'no time'}: there is nothing to undo")


class _Unfit(Exception):
    """A decision that cannot be carried out; the message says why and what to do."""


def _new_span(article: Article, span: str) -> tuple[int, int]:
    start, _, end = span.partition("-")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(article.text)):
        raise _Unfit(f"span {span!r} is not start-end within the {len(article.text)} characters of {article.article_id}: mend the line")
    return int(start), int(end)


def _join(row: LiveRow, twin: LiveRow, added: Decision | BadLine) -> None:
    """Gives a row that is there already what a reviewer said when adding it again."""
    if twin.proposed is not None and not twin.is_row and isinstance(added, Decision):
        twin.values["accepted_by"] = added.who
    differing = {name for name in row.given - {"span"} - twin.given if as_text(row.values.get(name)) != as_text(twin.values.get(name))}
    twin.values |= {name: row.values[name] for name in differing}
    twin.given |= differing
    twin.confirmed = True
    twin.places.setdefault("verdict", row.places["verdict"])


def _declined(row: LiveRow) -> dict[str, Any]:
    return {**{name: row.values[name] for name in ("article_id", "start", "end", "text")}, "table": row.table, "reason": row.gone}


def _short(text: str, most: int = 60) -> str:
    return repr(text if len(text) <= most else f"{text[: most - 1]}…")
