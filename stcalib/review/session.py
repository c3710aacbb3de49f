"""A review without a screen: the rows of a table walked through, decided and written to the ledger.

The review widget shows what `Session.state` and `Session.page` give and passes on what the reviewer does; every
decision is on the disk before the method that makes it returns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from stcalib.core.errors import StcalibError, TableError, UnknownArticleError
from stcalib.core.near import not_known
from stcalib.core.row_fields import as_text, id_column
from stcalib.core.rows import REVIEWED, WALKED, row_id
from stcalib.core.table_spec import spec_of
from stcalib.core.visible import ACTING, visible
from stcalib.corpus.corpus import Corpus
from stcalib.corrections.applied import Corrections, machine_frames
from stcalib.corrections.editable_fields import EditableField, editable_fields
from stcalib.corrections.ledger import DIGEST_LENGTH, Decision, append, inactive, moment, read_ledger
from stcalib.corrections.live_row import LiveRow
from stcalib.corrections.position_key import position_key
from stcalib.corrections.recomputed import Recompute, by_registry
from stcalib.display.marks import shown_row
from stcalib.display.widget_pieces import article_pieces
from stcalib.review.allowed_values import check_order, check_value, codebook_values
from stcalib.review.certainty import EVEN
from stcalib.text.article import Article

_NOTHING, NOBODY = "—", "nobody named"
_DONE = {"accept": "accepted", "reject": "rejected", "add": "added"}
MOST_SUGGESTIONS = 200
"""Values offered for a field at most: those that the table holds."""


class Session:
    """One reviewer's way through the rows of one table, or through the proposals: what is accepted or changed of these is a row
    of `positions` and is decided on there. They come in the order of what a decision teaches: the least certain first.

    `corpus` is the corpus reviewed; `frame` narrows the rows to those in it (it needs the table's id column), and
    `article_id` to those of one article; rejected and added rows of the same articles stay in sight. `blind` hides what
    other reviewers decided. Without a `coder` rows are only looked at:
    nothing is decided in nobody's name. `clock` gives the moment of a decision and is asked for nothing else. `recompute` as in
    `stcalib.corrections.applied.apply`; the codebook's registry unless given.
    """

    def __init__(
        self,
        corpus: Corpus,
        table: str = "quotes",
        *,
        ledger: str | Path,
        coder: str | None,
        frame: pd.DataFrame | None = None,
        article_id: str | None = None,
        blind: bool = False,
        clock: Callable[[], datetime] | None = None,
        recompute: Mapping[str, Recompute] | None = None,
    ):
        if table not in WALKED:
            raise TableError(f"{table!r}: not a table that is reviewed. There are {', '.join(WALKED)}")
        if coder is not None and not coder.strip():
            raise StcalibError("coder is empty. Give the name that is to stand beside each decision, as coder='ada'")
        self.corpus, self.coder, self.path = corpus, (coder or "").strip(), Path(ledger)
        self.walked, self.table = table, table if table in REVIEWED else "positions"
        self._frames = machine_frames(corpus)
        self._blind, self._clock = blind, clock
        self._recompute = recompute if recompute is not None else by_registry(corpus)
        self._only = None if frame is None else set(_ids(frame, table))
        in_frame = set() if frame is None or "article_id" not in frame else set(frame["article_id"])
        self._articles = {article_id} if article_id is not None else in_frame or set(corpus)
        if article_id is not None and article_id not in corpus:
            raise UnknownArticleError(not_known(article_id, "article", corpus))
        self._given = self._frames if len(self._articles) == len(corpus) else _of_articles(self._frames, self._articles)
        self._known = codebook_values(corpus.codebook)
        self._last = ""
        self._at = 0
        self._draft: dict[str, Any] | None = None
        self._suggested: dict[str, list[str]] = {}
        self.message = ""
        self.decisions = 0
        """How many decisions were written here."""
        self._read()
        self._at = next((i for i, row in enumerate(self.rows) if not self.verdict(row)), 0)

    @property
    def rows(self) -> list[LiveRow]:
        """The rows under review, by article and place, proposals the least certain first; rejected ones stay in sight."""
        return self._rows

    @property
    def row(self) -> LiveRow | None:
        """The row that is looked at."""
        return self._rows[self._at] if self._rows else None

    def verdict(self, row: LiveRow) -> str:
        """What was decided on a row: accepted, rejected, corrected, added, or "" for nothing yet."""
        if row.gone is not None:
            return "rejected"
        if row.machine is None and not row.again:
            return "added"
        return "corrected" if row.given else "accepted" if row.confirmed else ""

    def go(self, place: int) -> None:
        """Looks at the row at that place of `rows`."""
        self._draft, self.message = None, ""
        self._at = max(0, min(place, len(self._rows) - 1))

    def step(self, by: int) -> None:
        """Looks at a row further on (or back, with a negative number)."""
        self.go(self._at + by)

    def next_open(self) -> None:
        """Looks at the next row on which nothing was decided."""
        count = len(self._rows)
        for step in range(1, count + 1):
            if not self.verdict(self._rows[(self._at + step) % count]):
                self.go((self._at + step) % count)
                return
        self.message = "Every row is decided."

    def accept(self, note: str = "") -> None:
        """Confirms the row as it is, and looks at the next."""
        self._judge("accept", note)

    def reject(self, note: str = "") -> None:
        """Takes the row out of the table, and looks at the next."""
        self._judge("reject", note)

    def edit(self, field: str, value: str, note: str = "") -> None:
        """Sets a field of the row. Raises `StcalibError` where it cannot take that value."""
        row = self._current()
        known = editable_fields(self.table).get(field)
        if known is None:
            raise StcalibError(f"{field}: not a field that is set by hand. These are: {', '.join(editable_fields(self.table))}")
        read = _read(known, value)
        new = as_text(read)
        check_value(field, new, self._known)
        check_order({**row.values, field: read})
        old = as_text(row.values.get(field))
        if new == old:
            self.message = f"{field} is {new or 'empty'} already."
            return
        before = {name: as_text(value) for name, value in row.values.items()}
        self._write(*self._edited(row, field, old, new, note))
        also = [name for name in editable_fields(self.table) if name != field and as_text(row.values.get(name)) != before.get(name)]
        self.message += f" With it changed: {', '.join(f'{name} to {as_text(row.values[name]) or _NOTHING}' for name in also)}." if also else ""

    def move(self, start: int, end: int, note: str = "") -> None:
        """Puts the row on other characters of its article (blanks at the ends are left off)."""
        row = self._current()
        start, end = self._trimmed(row.values["article_id"], start, end)
        if (start, end) == (row.values["start"], row.values["end"]):
            self.message = "The row stands there already."
            return
        old = f"{row.values['start']}-{row.values['end']}"
        self._write(*self._edited(row, "span", old, f"{start}-{end}", note))

    def note(self, words: str) -> None:
        """Writes a remark on the row into the ledger."""
        if not words.strip():
            raise StcalibError("The note is empty. Write it first")
        self._write(self._decision("note", self._current(), note=words.strip()))

    def draft(self, start: int, end: int) -> None:
        """Begins a new row on these characters of the article that is looked at; `add` makes it."""
        article = self._article()
        start, end = self._trimmed(article.article_id, start, end)
        self._draft = {"start": start, "end": end, "text": article.text[start:end]}
        self.message = "Fill in the new row and save it."

    def cancel(self) -> None:
        """Gives up the new row that was begun."""
        self._draft, self.message = None, "Nothing was added."

    def add(self, start: int, end: int, values: Mapping[str, str], note: str = "") -> None:
        """Adds a row on these characters, with the fields given. Raises `StcalibError` where a value is missing or wrong."""
        article = self._article()
        start, end = self._trimmed(article.article_id, start, end)
        known = editable_fields(self.table)
        read = {field.name: _read(field, values.get(field.name, "")) for field in known.values()}
        given = {name: as_text(value) for name, value in read.items()}
        for name, value in given.items():
            check_value(name, value, self._known)
        check_order(read)
        identity = ("article_id", "start", "end", *spec_of(self.table).identity)
        wanted = tuple(as_text({**given, "article_id": article.article_id, "start": start, "end": end}[name]) for name in identity)
        for place, row in enumerate(self._rows):
            if row.gone is None and row.key(identity) == wanted:
                self.go(place)
                self.message = "That row is in the table already: here it is."
                return
        when = self._moment()
        new_id = row_id(id_column(self.table)[0], "added", article.sha256, self.table, start, end, self.coder, when)
        first = self._line("add", when, article, (start, end), new_id, note=note)
        lines = [first, *(replace(first, action="edit", field=name, new=value, note="") for name, value in given.items() if value)]
        self._draft = None
        self._write(*lines)

    def undo(self) -> None:
        """Takes back this reviewer's last decision that still stands."""
        self._check_named()
        ledger = read_ledger(self.path, missing_ok=True).of(self.coder)
        undone = inactive([decision for _, decision in ledger.decisions])
        made = [d for place, (_, d) in enumerate(ledger.decisions) if place not in undone and d.action != "undo" and d.table == self.table]
        standing = [d for d in made if self._given is self._frames or d.article_id in self._articles]
        if not standing:
            self.message = f"There is no decision of {self.coder} on {self.table} to undo."
            return
        last = next(d for d in standing if d.when == standing[-1].when)
        append(self.path, [replace(last, action="undo", when=self._moment(), field="", old=last.when, new="", note="")])
        self._read()
        self.look_at(last.row_id)
        self.message = f"Undone: {self._told(last)}." if last.action != "add" else "Undone: the row that was added is gone."

    def state(self) -> dict[str, Any]:
        """What the form shows: where the reviewer is, the row and its fields, the new row if one was begun."""
        verdicts = [self.verdict(row) for row in self._rows]
        row = self.row
        told: dict[str, Any] = {
            "table": self.walked,
            "noun": spec_of(self.walked).noun,
            "coder": visible(self.coder) or NOBODY,
            "ledger": visible(self.path.name),
            "at": self._at,
            "total": len(verdicts),
            "decided": sum(map(bool, verdicts)),
            "tally": {name: verdicts.count(name) for name in ("accepted", "rejected", "corrected", "added")},
            "message": visible(self.message),
            "row": None,
            "draft": None,
        }
        if row is not None:
            shown = shown_row(self.table, row.values, self._numbers[id(row)])
            told["row"] = {
                "id": row.values[id_column(self.table)],
                "label": shown.label,
                "summary": visible(" · ".join(filter(None, (shown.summary, self._doubt(row))))),
                "doubt": visible(self._doubt(row)),
                "text": visible(shown.fields["text"]),
                "article": visible(shown.article_id),
                "verdict": verdicts[self._at],
                "span": [shown.start, shown.end],
                "sentence": [row.values.get("sentence_start", shown.start), row.values.get("sentence_end", shown.end)],
                "fields": [self._field(field, row) for field in editable_fields(self.table).values()],
            }
        if self._draft is not None:
            fields = [self._field(field, None) for field in editable_fields(self.table).values()]
            told["draft"] = {**self._draft, "text": visible(self._draft["text"]), "fields": fields}
        return told

    def _doubt(self, row: LiveRow) -> str:
        """Of a proposal how likely it is right, and why it is no row of the table."""
        score = as_text(row.values.get("score"))
        return ", ".join(filter(None, (f"{score} %" if score else "", row.proposed))) if self.walked != self.table else ""

    def page(self, sought: tuple[int, int] | None = None) -> dict[str, Any]:
        """The article that is looked at, as `article_pieces` gives it, each piece with the places of its rows in `rows`.

        `sought` is where words stand in it that were looked up.
        """
        if not self._rows and not any(key in self._articles for key in self.corpus):
            return {"article": "", "key": "", "blocks": []}
        article = self._article()
        places = [place for place, row in enumerate(self._rows) if row.values["article_id"] == article.article_id]
        rows = [self._rows[place] for place in places]
        shown = [shown_row(self.table, row.values, self._numbers[id(row)]) for row in rows]
        blocks = article_pieces(article, shown, lambda index: self.verdict(rows[index]) or "open", sought)
        for block in blocks:
            for piece in block["pieces"]:
                piece[4] = [places[index] for index in piece[4]]
        return {"article": visible(article.article_id), "key": article.sha256, "blocks": blocks}

    def _judge(self, action: str, note: str) -> None:
        row = self._current()
        self._write(self._decision(action, row, new=position_key(self.table, row.values), note=note))
        done = self.message
        if self._at + 1 < len(self._rows):
            self.step(1)
        self.message = done

    def _current(self) -> LiveRow:
        if self.row is None:
            raise StcalibError(f"There are no {self.table} here to decide on. Select text and add one")
        return self.row

    def _article(self) -> Article:
        article_id = self.row.values["article_id"] if self.row is not None else next((key for key in self.corpus if key in self._articles), "")
        return self.corpus.texts[article_id]

    def _trimmed(self, article_id: str, start: int, end: int) -> tuple[int, int]:
        text = self.corpus.texts[article_id].text
        if not 0 <= start < end <= len(text) or not text[start:end].strip():
            raise StcalibError("No words are selected. Select the words of the row in the text first")
        start += len(text[start:end]) - len(text[start:end].lstrip())
        return start, start + len(text[start:end].strip())

    def _read(self) -> None:
        """The rows as the ledger leaves them, read anew."""
        ledger = read_ledger(self.path, missing_ok=True)
        self._last = max((d.when for _, d in ledger.decisions if d.who == self.coder), default="")
        if self._given is not self._frames:
            ledger = ledger.about({article_id: self.corpus.texts.digests[article_id] for article_id in self._articles if article_id in self.corpus})
        self._corrections = Corrections(self._given, self.corpus.texts, self._recompute, self._frames)
        self._corrections.take_all(ledger.of(self.coder) if self._blind else ledger)
        self._arrange()

    def _arrange(self) -> None:
        id_name = id_column(self.table)
        rows = [row for row in self._corrections.rows(self.table) if row.values["article_id"] in self._articles and row.gone != ""]
        rows = [row for row in rows if self._only is None or row.machine is None or row.gone or row.values[id_name] in self._only]
        if self.walked != self.table:
            rows = [row for row in rows if row.proposed is not None]
        elif self.table == "positions":
            rows = [row for row in rows if row.is_row or row.proposed is None]
        self._rows = sorted(rows, key=self._order)
        counts: dict[str, int] = {}
        self._numbers = {}
        for row in self._rows:
            counts[row.values["article_id"]] = self._numbers[id(row)] = counts.get(row.values["article_id"], 0) + 1
        self._at = max(0, min(self._at, len(self._rows) - 1))

    def _order(self, row: LiveRow) -> tuple[Any, ...]:
        """By article and place; of proposals first those of which the program is least certain, what has no score last."""
        if self.walked == self.table:
            return row.span
        score = as_text((row.machine or {}).get("score"))
        return abs(float(score) - EVEN) if score else EVEN, row.span

    def go_near(self, start: int) -> None:
        """Looks at the row that stands nearest to a character of its article."""
        places = range(len(self._rows))
        self.go(min(places, key=lambda at: max(self._rows[at].values["start"] - start, start - self._rows[at].values["end"], 0), default=0))

    def look_at(self, wanted: str) -> None:
        """Looks at the row of that id, where it is under review."""
        id_name = id_column(self.table)
        self._at = next((i for i, row in enumerate(self._rows) if row.values[id_name] == wanted), self._at)

    def _check_named(self) -> None:
        if not self.coder:
            raise StcalibError("Nothing is decided in nobody's name. Set reviewer to yours (in Python: coder='ada'), and run the cell again")

    def _moment(self) -> str:
        self._last = moment(self._clock() if self._clock else None, self._last)
        return self._last

    def _edited(self, row: LiveRow, field: str, old: str, new: str, note: str) -> list[Decision]:
        """The lines of an edit. A position that is changed is accepted by it, so that the ledger tells which it was."""
        edit = self._decision("edit", row, field=field, old=old, new=new, note=note)
        if self.table != "positions" or self.verdict(row):
            return [edit]
        return [replace(edit, action="accept", field="", old="", new=position_key(self.table, row.values), note=""), edit]

    def _decision(self, action: str, row: LiveRow, **rest: str) -> Decision:
        article = self.corpus.texts[row.values["article_id"]]
        span = int(row.values["start"]), int(row.values["end"])
        return self._line(action, self._moment(), article, span, row.values[id_column(self.table)], **rest)

    def _line(
        self, action: str, when: str, article: Article, span: tuple[int, int], row: str, field: str = "", old: str = "", new: str = "", note: str = ""
    ) -> Decision:
        self._check_named()
        digest, text = article.sha256[:DIGEST_LENGTH], article.text[span[0] : span[1]]
        return Decision(self.coder, when, action, self.table, article.article_id, digest, *span, row, field, old, new, text, note)

    def _write(self, *decisions: Decision) -> None:
        append(self.path, decisions)
        self.decisions += 1
        problems = [problem for decision in decisions if (problem := self._corrections.take(decision))]
        self._arrange()
        self.look_at(decisions[0].row_id)
        self.message = f"Saved in {self.path.name}: {self._told(decisions[0])}." if not problems else f"Saved, but not applied: {problems[0]}"

    def _told(self, decision: Decision) -> str:
        label = shown_row(self.table, self.row.values, self._numbers[id(self.row)]).label if self.row is not None else decision.row_id
        if decision.action == "edit":
            return f"{decision.field} of {label} is now {decision.new or _NOTHING}"
        return f"note on {label}" if decision.action == "note" else f"{label} {_DONE[decision.action]}"

    def _field(self, field: EditableField, row: LiveRow | None) -> dict[str, Any]:
        return {
            "name": field.name,
            "value": visible(as_text(row.values.get(field.name))) if row is not None else "",
            "given": row is not None and field.name in row.given,
            "kind": "choice" if field.values else "day" if field.type.__name__ == "date" else "number" if field.type in (int, float) else "text",
            "choices": list(field.values),
            "offers": self._offers(field),
            "needed": not field.optional,
            "meaning": field.meaning + (f" ({field.unit})" if field.unit else ""),
        }

    def _offers(self, field: EditableField) -> list[str]:
        if field.name in self._known:
            return self._known[field.name]
        if field.name not in self._suggested:
            frame = self._frames.get(self.table)
            held = frame is not None and field.name in frame and not field.values
            values = sorted({as_text(value) for value in frame[field.name]} - {""}) if frame is not None and held else []
            self._suggested[field.name] = [value for value in values if not ACTING.search(value)][:MOST_SUGGESTIONS]
        return self._suggested[field.name]


def _read(field: EditableField, value: str) -> Any:
    try:
        return field.read(value)
    except ValueError as error:
        raise StcalibError(str(error)) from error


def _of_articles(frames: Mapping[str, pd.DataFrame], articles: Collection[str]) -> dict[str, pd.DataFrame]:
    """The rows of these articles alone."""
    return {name: frame[frame["article_id"].isin(list(articles))].reset_index(drop=True) for name, frame in frames.items()}


def _ids(frame: pd.DataFrame, table: str) -> Sequence[Any]:
    name = id_column(table)
    if name not in frame.columns:
        raise StcalibError(f"The frame lacks {name}: rows to review are told by it. Keep that column when selecting from {table}")
    return list(frame[name])
