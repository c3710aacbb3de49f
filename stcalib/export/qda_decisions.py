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
from functools import cached_property
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
KNOWN, KEPT, GONE = "in the ledger already", "coded as exported", "no longer coded"
Key = tuple[str, ...]
NOBODY = Coding("", (), "", "")
"""The coding of what nobody codes any longer."""


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
        self._decided = {(d.who, d.table, d.row_id) for _, d in ledger.decisions if d.action in ("accept", "add", "edit")}
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
        page = _Page(source, self._corpus[key], self._rows.get(key, []))
        place = _Place(page.article, theirs, self._plain[key])
        for selection in source.selections:
            span = place.of(selection)
            if span is None:
                self._pass(source, selection, "its positions lie outside the text")
                continue
            page.coded.update((span, self._key(coding)) for coding in selection.codings)
            page.passages.append(_Passage(page, selection, span))
        for passage in page.passages:
            self._passage(passage)
        if page.met:
            self._gone(page)

    def _passage(self, passage: _Passage) -> None:
        known = [(coding, self._key(coding)) for coding in passage.selection.codings]
        for coding, key in known:
            if key is None:
                self._pass_over(passage, f"the code {' / '.join(coding.path) or coding.code!r} is none of the codebook")
        passage.actors.extend(sorted({key[1] for _, key in known if key is not None and key[0] == ACTORS}))
        mains = [(coding, key) for coding, key in known if key is not None and key[0] != ACTORS]
        exported = passage.page.exported.get(passage.selection.guid)
        if exported is not None:
            mains = self._exported(passage, *exported, mains)
        for coding, key in mains:
            self._row(passage, coding, key)

    def _exported(self, passage: _Passage, table: str, row: dict[str, Any], mains: list[tuple[Coding, Key]]) -> list[tuple[Coding, Key]]:
        """What became of a row that was exported; gives the codings that are of other rows."""
        own = [(coding, key) for coding, key in mains if TABLE_OF[key[0]] == table]
        if not own:
            return mains
        passage.page.meet(table, row)
        alike = [(coding, key) for coding, key in own if key == _main(table, row)]
        by_others = [one for one in alike if one[0].who not in ("", OURS)]
        coding, key = next(iter((*by_others, *alike)), own[0])
        changes = _changes(table, row, key)
        if len(passage.actors) == 1 and "actor" in row and passage.actors[0] != as_text(row["actor"]):
            changes.append(("actor", passage.actors[0]))
        if passage.span != _span(row):
            changes.append(("span", f"{passage.span[0]}-{passage.span[1]}"))
        if changes:
            self._edit(passage, table, row, coding, changes)
        else:
            self._agreed(passage, table, row, coding)
        return [one for one in mains if one[1] != key]

    def _row(self, passage: _Passage, coding: Coding, key: Key) -> None:
        """What a coding decides: it agrees with a row that stands there, corrects one that nobody codes as it was, or adds one."""
        table = TABLE_OF[key[0]]
        there = [row for other, row in passage.page.rows if other == table and _span(row) == passage.span]
        twin = next((row for row in there if _main(table, row) == key), None)
        if twin is not None:
            passage.page.meet(table, twin)
            self._agreed(passage, table, twin, coding)
        elif not there or table == "positions":
            self._add(passage, table, key, coding)
        elif (passage.span, _main(table, there[0])) in passage.page.coded:
            told = " / ".join(filter(None, _main(table, there[0])))
            self._pass_over(passage, f"its words are a row of {table} already, coded {told}: leave one of the two codes")
        else:
            passage.page.meet(table, there[0])
            self._edit(passage, table, there[0], coding, _changes(table, there[0], key))

    def _agreed(self, passage: _Passage, table: str, row: dict[str, Any], coding: Coding) -> None:
        """A row that is coded as it is: accepted where somebody else coded it who has not decided on it, or where that is asked for."""
        if row["status"] == "added" or (coding.who in ("", OURS) and not self._choices.accept_kept):
            self.made.tally[KEPT] += 1
        elif (self._who(coding), table, as_text(row[id_column(table)])) in self._decided:
            self.made.tally[KNOWN] += 1
        else:
            self._write("accepted", self._line("accept", table, row, passage.page.article, coding, new=position_key(table, row)))

    def _edit(self, passage: _Passage, table: str, row: dict[str, Any], coding: Coding, changes: list[tuple[str, str]]) -> None:
        first = self._line("accept", table, row, passage.page.article, coding, new=position_key(table, row))
        lines = [first] if table == "positions" else []
        for name, new in changes:
            old = f"{row['start']}-{row['end']}" if name == "span" else as_text(row[name])
            lines.append(replace(first, action="edit", field=name, old=old, new=new))
        self._write("corrected", *lines)

    def _gone(self, page: _Page) -> None:
        """The rows of an article that are coded no longer."""
        for table, row in page.rows:
            if (table, as_text(row[id_column(table)])) in page.met:
                continue
            if not self._choices.reject_gone:
                self.made.tally[GONE] += 1
                continue
            self._write("rejected", self._line("reject", table, row, page.article, NOBODY, new=position_key(table, row)))

    def _add(self, passage: _Passage, table: str, key: Key, coding: Coding) -> None:
        article, span = passage.page.article, passage.span
        values = self._values(passage, table, key)
        if isinstance(values, str):
            self._pass_over(passage, values)
            return
        new = row_id(id_column(table)[0], "added", article.sha256, table, *span, self._who(coding), *key)
        first = self._line("add", table, {"start": span[0], "end": span[1], id_column(table): new}, article, coding)
        self._write("added", first, *(replace(first, action="edit", field=name, new=value) for name, value in values.items() if value))

    def _values(self, passage: _Passage, table: str, key: Key) -> dict[str, str] | str:
        """The fields of a row that a coding adds, or why it can be none."""
        values, actors = dict(zip(FIELDS[table], key[1:], strict=True)), passage.actors
        if table == "counts":
            stated = _stated_number(passage.page.article.text[passage.span[0] : passage.span[1]])
            return values | stated if stated else "it holds no single number; select the number with the words around it that belong to it"
        if len(actors) > 1:
            return f"{len(actors)} actors are coded on it: {', '.join(actors)}; code one"
        if table == "quotes":
            return values | ({"actor": actors[0]} if actors else {})
        actor, basis = self._holder(passage.page.article.article_id, passage.span, actors)
        return values | {"actor": actor, "basis": basis} if actor else "nobody is known to take the stance: code the passage with an actor as well"

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
            self.made.tally[KNOWN] += 1
            return
        self.made.decisions += fresh
        self.made.tally[outcome] += 1

    def _pass(self, source: Source, selection: Selection, reason: str) -> None:
        self.made.passed.append(Passed(source.name, selection.start, selection.end, source.text[selection.start : selection.end], reason))

    def _pass_over(self, passage: _Passage, reason: str) -> None:
        self._pass(passage.page.source, passage.selection, reason)

    def _pass_all(self, source: Source, reason: str) -> None:
        for selection in source.selections:
            self._pass(source, selection, reason)


@dataclass
class _Page:
    """A source and its article with its rows: what is coded where in it, and which rows are coded still."""

    source: Source
    article: Article
    rows: list[tuple[str, dict[str, Any]]]
    passages: list[_Passage] = field(default_factory=list)
    coded: set[tuple[tuple[int, int], Key | None]] = field(default_factory=set)
    met: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def exported(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """The rows by the GUIDs of the selections that they are exported as."""
        return {guid("selection", as_text(row[id_column(table)])): (table, row) for table, row in self.rows}

    def meet(self, table: str, row: Mapping[str, Any]) -> None:
        """Notes that a row is coded still."""
        self.met.add((table, as_text(row[id_column(table)])))


@dataclass
class _Passage:
    """A selection, the characters of the article that it stands on, and the actors that are coded on it."""

    page: _Page
    selection: Selection
    span: tuple[int, int]
    actors: list[str] = field(default_factory=list)


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


def _changes(table: str, row: Mapping[str, Any], key: Key) -> list[tuple[str, str]]:
    """The fields of a row that another code gives otherwise, with their new values."""
    return [(name, new) for name, new in zip(FIELDS[table], key[1:], strict=True) if new != as_text(row[name])]


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
    for outcome in ("added", "accepted", "corrected", "rejected", KNOWN, KEPT, GONE):
        if made.tally[outcome]:
            yield f"{outcome}: {made.tally[outcome]:,}"
