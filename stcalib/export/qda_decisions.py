"""Coded selections of a REFI-QDA project as lines of the ledger of corrections.

A passage that somebody coded with a code of the codebook becomes a row: an `add` line where there is none, an `accept` line
where the tables have it already. Of the rows that were exported, one that stands elsewhere or bears another code is edited;
one that is coded as before is told and left, or accepted if that is asked for; one that is no longer coded is told, or
rejected if that is asked for. What cannot be a row is listed with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from stcalib.core.row_fields import as_text, id_column
from stcalib.core.rows import REVIEWED, STANCES, row_id
from stcalib.corpus.corpus import Corpus
from stcalib.corrections.ledger import DIGEST_LENGTH, Decision, Ledger, moment
from stcalib.corrections.position_key import position_key
from stcalib.export.plain import PlainText, plain_text
from stcalib.export.qda import labels_of
from stcalib.export.qda_codes import ACTORS, COUNTS, POSITIONS, QUOTES, codes_of, guid
from stcalib.export.qda_read import Coding, Selection, Source
from stcalib.numbers.find import numbers_in
from stcalib.numbers.grammar import PERCENT
from stcalib.text.article import Article

OURS = "stcalib"
TABLE_OF = {POSITIONS: "positions", COUNTS: "counts", QUOTES: "quotes"}
FIELDS = {"positions": ("proposition", "stance"), "counts": ("measure",), "quotes": ("kind",)}
"""The fields of a row that its code gives."""
SAID = {"for": "support", "against": "oppose", "undecided": "ambivalent"}
KEPT, GONE = "coded as exported", "no longer coded"
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """A coded passage that becomes no row: where it stands, its words, and why."""

    source: str
    start: int
    end: int
    text: str
    reason: str


@dataclass
class Imported:
    """The lines for the ledger, how many passages went which way, and what was passed over."""

    decisions: list[Decision] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)
    passed: list[Passed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choices:
    """Who decides where the project names nobody, what is made of rows that are coded as exported or no longer, and the time."""

    coder: str
    accept_kept: bool = False
    reject_gone: bool = False
    now: datetime | None = None


def decisions_of(sources: Iterable[Source], corpus: Corpus, ledger: Ledger, choices: Choices) -> Imported:
    """What the coded selections of a project decide on the tables of a corpus, which the ledger has been applied to."""
    work = _Import(corpus, ledger, choices)
    for source in sources:
        work.take(source)
    return work.made


class _Import:
    """The import at work: rows by article, codes by GUID, what is decided so far."""

    def __init__(self, corpus: Corpus, ledger: Ledger, choices: Choices):
        self.made, self._corpus, self._choices = Imported(), corpus, choices
        self._last = {who: max(d.when for _, d in ledger.of(who).decisions) for who in ledger.reviewers}
        self._there = {(d.who, d.action, d.table, d.article, d.row_id, d.field, d.new) for _, d in ledger.decisions}
        self._codes = {code.guid: code.key for code in codes_of(corpus.codebook, corpus.actors)}
        self._ids = {name.casefold(): one for name, one in labels_of(corpus.codebook).items()}
        self._ids |= {one.casefold(): one for one in self._ids.values()}
        self._by_guid = {guid("source", key): key for key in corpus}
        self._plain = {key: plain_text(article.text) for key, article in corpus.items()}
        self._by_text = {made.text.rstrip(): key for key, made in self._plain.items()}
        self._rows: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for table in REVIEWED:
            for record in getattr(corpus, table).to_dict("records"):
                self._rows.setdefault(str(record["article_id"]), []).append((table, {str(name): value for name, value in record.items()}))

    def take(self, source: Source) -> None:
        """Takes the selections of a source."""
        theirs = plain_text(source.text)
        key = self._by_text.get(theirs.text.rstrip())
        named = self._by_guid.get(source.guid) or (source.name if source.name in self._plain else None)
        if key is None or source.fault:
            self._pass_all(source, source.fault or ("its text is not that of the article" if named else "no article has its text"))
            return
        place = _Place(self._corpus[key], theirs, self._plain[key])
        rows = self._rows.get(key, [])
        exported = {guid("selection", as_text(row[id_column(table)])): (table, row) for table, row in rows}
        met: set[str] = set()
        for selection in source.selections:
            span = place.of(selection)
            if span is None:
                self._pass(source, selection, "its positions lie outside the text")
                continue
            self._selection(source, selection, span, place.article, rows, exported.get(selection.guid), met)
        if met:
            self._gone(rows, met, place.article)

    def _selection(
        self,
        source: Source,
        selection: Selection,
        span: tuple[int, int],
        article: Article,
        rows: list[tuple[str, dict[str, Any]]],
        exported: tuple[str, dict[str, Any]] | None,
        met: set[str],
    ) -> None:
        known = [(coding, self._key(coding)) for coding in selection.codings]
        for coding, key in known:
            if key is None:
                self._pass(source, selection, f"the code {' / '.join(coding.path) or coding.code!r} is none of the codebook")
        actors = sorted({key[1] for _, key in known if key is not None and key[0] == ACTORS})
        mains = [(coding, key) for coding, key in known if key is not None and key[0] != ACTORS]
        if exported is not None:
            mains = self._exported(*exported, span, article, mains, actors, met)
        for coding, key in mains:
            table = TABLE_OF[key[0]]
            twin = next((row for other, row in rows if other == table and _span(row) == span and _main(table, row) == key), None)
            if twin is not None:
                met.add(as_text(twin[id_column(table)]))
                self._agreed(table, twin, article, coding)
            else:
                self._add(source, selection, table, key, span, article, coding, actors)

    def _exported(
        self,
        table: str,
        row: dict[str, Any],
        span: tuple[int, int],
        article: Article,
        mains: list[tuple[Coding, Key]],
        actors: list[str],
        met: set[str],
    ) -> list[tuple[Coding, Key]]:
        """What became of a row that was exported; gives the codings that are of other rows."""
        own = [(coding, key) for coding, key in mains if TABLE_OF[key[0]] == table]
        if not own:
            return mains
        met.add(as_text(row[id_column(table)]))
        coding, key = next(((coding, key) for coding, key in own if key == _main(table, row)), own[0])
        changes = [(name, new) for name, new in zip(FIELDS[table], key[1:], strict=True) if new != as_text(row[name])]
        if len(actors) == 1 and "actor" in row and actors[0] != as_text(row["actor"]):
            changes.append(("actor", actors[0]))
        if span != _span(row):
            changes.append(("span", f"{span[0]}-{span[1]}"))
        if changes:
            self._edit(table, row, article, coding, changes)
        else:
            self._agreed(table, row, article, coding)
        return [one for one in mains if one[1] != key]

    def _agreed(self, table: str, row: dict[str, Any], article: Article, coding: Coding) -> None:
        """A row that is coded as it is: accepted where somebody else coded it, or where that is asked for."""
        if row["status"] == "added" or (coding.who in ("", OURS) and not self._choices.accept_kept):
            self.made.tally[KEPT] += 1
            return
        self._write("accepted", self._line("accept", table, row, article, coding, new=position_key(table, row)))

    def _edit(self, table: str, row: dict[str, Any], article: Article, coding: Coding, changes: list[tuple[str, str]]) -> None:
        first = self._line("accept", table, row, article, coding, new=position_key(table, row))
        lines = [first] if table == "positions" else []
        for name, new in changes:
            old = f"{row['start']}-{row['end']}" if name == "span" else as_text(row[name])
            lines.append(replace(first, action="edit", field=name, old=old, new=new))
        self._write("corrected", *lines)

    def _gone(self, rows: list[tuple[str, dict[str, Any]]], met: set[str], article: Article) -> None:
        """The rows of an article that are coded no longer."""
        for table, row in rows:
            if as_text(row[id_column(table)]) in met:
                continue
            if not self._choices.reject_gone:
                self.made.tally[GONE] += 1
                continue
            self._write("rejected", self._line("reject", table, row, article, Coding("", (), "", ""), new=position_key(table, row)))

    def _add(
        self, source: Source, selection: Selection, table: str, key: Key, span: tuple[int, int], article: Article, coding: Coding, actors: list[str]
    ) -> None:
        values = dict(zip(FIELDS[table], key[1:], strict=True))
        if len(actors) > 1 and table != "counts":
            return self._pass(source, selection, f"{len(actors)} actors are coded on it: {', '.join(actors)}; code one")
        if table == "counts":
            stated = _stated_number(article.text[span[0] : span[1]])
            if stated is None:
                return self._pass(source, selection, "it holds no single number; select the number with the words around it that belong to it")
            values |= stated
        elif table == "quotes":
            values |= {"actor": actors[0]} if actors else {}
        else:
            actor, basis = self._holder(article.article_id, span, actors)
            if not actor:
                return self._pass(source, selection, "nobody is known to take the stance: code the passage with an actor as well")
            values |= {"actor": actor, "basis": basis}
        who = self._who(coding)
        new = row_id(id_column(table)[0], "added", article.sha256, table, *span, who, *key)
        first = self._line("add", table, {"start": span[0], "end": span[1], id_column(table): new}, article, coding)
        self._write("added", first, *(replace(first, action="edit", field=name, new=value) for name, value in values.items() if value))
        return None

    def _holder(self, article_id: str, span: tuple[int, int], actors: list[str]) -> tuple[str, str]:
        """Who takes the stance of a passage, and on what that rests: the actor coded, else the one speaker of the quotes in it."""
        quoted = {as_text(row["actor"]) for table, row in self._rows.get(article_id, ()) if table == "quotes" and _meets(row, span)} - {""}
        if actors:
            return actors[0], "quote" if actors[0] in quoted else "report"
        return (next(iter(quoted)), "quote") if len(quoted) == 1 else ("", "")

    def _key(self, coding: Coding) -> Key | None:
        """What a code means: by its GUID, else by the names that lead to it."""
        if (key := self._codes.get(coding.code)) is not None:
            return key if len(key) == (3 if key[0] == POSITIONS else 2) else None
        names = [name.strip() for name in coding.path]
        groups = {name.casefold() for name in names[:-1]}
        if not names:
            return None
        last = names[-1].casefold()
        if ACTORS.casefold() in groups:
            return ACTORS, names[-1]
        if QUOTES.casefold() in groups and guid("code", QUOTES, last) in self._codes:
            return QUOTES, last
        return self._by_name(names, last)

    def _by_name(self, names: list[str], last: str) -> Key | None:
        """A proposition with its stance, or a measure, by label or id."""
        stance = SAID.get(last, last)
        about = self._ids.get(names[-2].casefold(), "") if len(names) > 1 else ""
        if stance in STANCES and guid("code", POSITIONS, about, stance) in self._codes:
            return POSITIONS, about, stance
        one = self._ids.get(last, "")
        return (COUNTS, one) if one and guid("code", COUNTS, one) in self._codes else None

    def _line(self, action: str, table: str, row: Mapping[str, Any], article: Article, coding: Coding, new: str = "") -> Decision:
        who, (start, end) = self._who(coding), _span(row)
        told = _parsed(coding.when) or self._choices.now
        self._last[who] = moment(told, self._last.get(who, ""))
        digest, text = article.sha256[:DIGEST_LENGTH], article.text[start:end]
        key = as_text(row[id_column(table)])
        return Decision(who, self._last[who], action, table, article.article_id, digest, start, end, key, "", "", new, text, "")

    def _who(self, coding: Coding) -> str:
        return self._choices.coder if coding.who in ("", OURS) else coding.who

    def _write(self, outcome: str, *lines: Decision) -> None:
        """Takes lines that the ledger does not have yet."""
        fresh = [d for d in lines if (d.who, d.action, d.table, d.article, d.row_id, d.field, d.new) not in self._there]
        if not fresh:
            self.made.tally["in the ledger already"] += 1
            return
        self.made.decisions += fresh
        self.made.tally[outcome] += 1

    def _pass(self, source: Source, selection: Selection, reason: str) -> None:
        self.made.passed.append(Passed(source.name, selection.start, selection.end, source.text[selection.start : selection.end], reason))

    def _pass_all(self, source: Source, reason: str) -> None:
        for selection in source.selections:
            self._pass(source, selection, reason)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where selections of a source stand in its article: both texts as they are exported, and the article."""

    article: Article
    theirs: PlainText
    ours: PlainText

    def of(self, selection: Selection) -> tuple[int, int] | None:
        """The characters of the article, without blanks at the ends; None where the selection holds none."""
        if not 0 <= selection.start < selection.end < len(self.theirs.places):
            return None
        start, end = (self.ours.back(self.theirs.places[place]) for place in (selection.start, selection.end))
        text = self.article.text[start:end] if start is not None and end is not None else ""
        if start is None or not text.strip():
            return None
        start += len(text) - len(text.lstrip())
        return start, start + len(text.strip())


def _span(row: Mapping[str, Any]) -> tuple[int, int]:
    return int(row["start"]), int(row["end"])


def _meets(row: Mapping[str, Any], span: tuple[int, int]) -> bool:
    start, end = _span(row)
    return start < span[1] and span[0] < end


def _main(table: str, row: Mapping[str, Any]) -> Key:
    """The key of the code that a row is exported with."""
    group = next(group for group, name in TABLE_OF.items() if name == table)
    return group, *(as_text(row[name]) for name in FIELDS[table])


def _stated_number(text: str) -> dict[str, str] | None:
    """Kind, value and bound of the one number in a passage; None where there is none, or several."""
    found = numbers_in(text)
    found = [number for number in found if not number.year] or found
    if len(found) != 1:
        return None
    kind = "share" if found[0].form == PERCENT else "count"
    return {"kind": kind, "bound": found[0].bound, "value": as_text(found[0].value)}


def _parsed(when: str) -> datetime | None:
    """A moment of the project; one without a zone is taken as UTC."""
    try:
        told = datetime.fromisoformat(when)
    except ValueError:
        return None
    return told if told.tzinfo is not None else told.replace(tzinfo=UTC)


def fresh_lines(made: Imported) -> Iterator[str]:
    """How many passages went which way, a line each."""
    for outcome in ("added", "accepted", "corrected", "rejected", "in the ledger already", KEPT, GONE):
        if made.tally[outcome]:
            yield f"{outcome}: {made.tally[outcome]:,}"
