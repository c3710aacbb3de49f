"""A way through rows of all tables and articles, in the order of a queue. Each row is decided in a session over its article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from stcalib.core.errors import StcalibError
from stcalib.core.row_fields import id_column
from stcalib.core.visible import visible
from stcalib.corpus.corpus import Corpus
from stcalib.review.session import NOBODY, Session

NEEDED = ("table", "row_id", "article_id", "why")
VERDICTS = ("accepted", "rejected", "corrected", "added")
DONE = "Nothing is left in this queue."


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of the queue."""

    table: str
    row_id: str
    article_id: str
    why: str


class QueueSession:
    """One reviewer's way through a queue: a frame with the columns `table`, `row_id`, `article_id` and `why`, as `least_certain` gives it.

    Its decisions are those of `Session`, and so are the other arguments.
    """

    def __init__(
        self,
        corpus: Corpus,
        queue: pd.DataFrame,
        *,
        ledger: str | Path,
        coder: str | None,
        blind: bool = False,
        clock: Callable[[], datetime] | None = None,
    ):
        if lacking := [name for name in NEEDED if name not in queue]:
            raise StcalibError(f"The queue lacks {', '.join(lacking)}. Give rows of least_certain(corpus), with these columns")
        self._corpus, self._coder, self._ledger = corpus, coder, Path(ledger)
        self._how: dict[str, Any] = {"ledger": ledger, "coder": coder, "blind": blind, "clock": clock}
        self._entries = [_Entry(*map(str, entry)) for entry in queue[list(NEEDED)].itertuples(index=False, name=None)]
        self._verdicts: dict[int, str] = {}
        self._written: list[int] = []
        self._at, self._told = 0, ""
        self.session: Session | None = None
        self._open()

    @property
    def message(self) -> str:
        """What is to be told of what was done last."""
        return self._told or (self.session.message if self.session is not None else "")

    def _open(self) -> None:
        """Opens the article of the entry that is looked at, at its row."""
        self._told = ""
        if not self._entries:
            self._told = DONE
            return
        entry = self._entries[self._at]
        self.session = Session(self._corpus, entry.table, article_id=entry.article_id, **self._how)
        self.session.look_at(entry.row_id)
        if not self._is_at_entry():
            self._told = f"{entry.row_id} is no longer a row of {entry.table}."

    def _is_at_entry(self) -> bool:
        """Whether the row that is looked at is that of the queue, and not another of its article."""
        row = self.session.row if self.session is not None else None
        return row is not None and row.values[id_column(self._open_session.table)] == self._entries[self._at].row_id

    @property
    def _open_session(self) -> Session:
        if self.session is None:
            raise StcalibError(DONE)
        return self.session

    def go(self, place: int) -> None:
        """Looks at another row of the article that is open; the queue stays where it is."""
        self._told = ""
        self._open_session.go(place)

    def step(self, by: int) -> None:
        """Looks at an entry further on, or back."""
        self._at = max(0, min(self._at + by, len(self._entries) - 1))
        self._open()

    def next_open(self) -> None:
        """Looks at the next entry on which nothing was decided here."""
        count = len(self._entries)
        for step in range(1, count + 1):
            if (self._at + step) % count not in self._verdicts:
                self._at = (self._at + step) % count
                self._open()
                return
        self._told = DONE

    def look_at(self, wanted: str) -> None:
        """Looks at the row of that id in the article that is open."""
        self._open_session.look_at(wanted)

    def accept(self, note: str = "") -> None:
        """Confirms the row as it is, and looks at the next entry."""
        self._judge(lambda session: session.accept(note))

    def reject(self, note: str = "") -> None:
        """Takes the row out of the table, and looks at the next entry."""
        self._judge(lambda session: session.reject(note))

    def edit(self, field: str, value: str, note: str = "") -> None:
        """Sets a field of the row."""
        self._decide(lambda session: session.edit(field, value, note))

    def move(self, start: int, end: int, note: str = "") -> None:
        """Puts the row on other characters of its article."""
        self._decide(lambda session: session.move(start, end, note))

    def note(self, words: str) -> None:
        """Writes a remark on the row."""
        self._decide(lambda session: session.note(words))

    def add(self, start: int, end: int, values: Mapping[str, str], note: str = "") -> None:
        """Adds a row to the article that is open."""
        self._decide(lambda session: session.add(start, end, values, note))

    def draft(self, start: int, end: int) -> None:
        """Begins a new row in the article that is open."""
        self._told = ""
        self._open_session.draft(start, end)

    def cancel(self) -> None:
        """Gives up the new row that was begun."""
        self._open_session.cancel()

    def undo(self) -> None:
        """Takes back the last decision that was made here and still stands."""
        if not self._written:
            self._told = "Nothing was decided here that could be undone."
            return
        self._at = self._written.pop()
        self._open()
        self._open_session.undo()
        self._take_verdict()

    def _judge(self, decide: Callable[[Session], None]) -> None:
        of_queue = self._is_at_entry()
        self._decide(decide)
        if of_queue and len(self._verdicts) < len(self._entries):
            told = self.message
            self.next_open()
            self._told = told
        elif of_queue:
            self._open_session.look_at(self._entries[self._at].row_id)
            self._told = f"{self.message} {DONE}"

    def _decide(self, decide: Callable[[Session], None]) -> None:
        self._told = ""
        session = self._open_session
        before = session.decisions
        decide(session)
        if session.decisions > before:
            self._written.append(self._at)
        self._take_verdict()

    def _take_verdict(self) -> None:
        """Notes what was decided on the entry that is looked at."""
        entry, session = self._entries[self._at], self._open_session
        row = next((row for row in session.rows if row.values[id_column(session.table)] == entry.row_id), None)
        verdict = session.verdict(row) if row is not None else ""
        self._verdicts.pop(self._at, None)
        if verdict:
            self._verdicts[self._at] = verdict

    def state(self) -> dict[str, Any]:
        """What the form shows, as `Session.state` gives it; `at` is the place in the queue, `here` that of the row in its article."""
        told = self.session.state() if self.session is not None else self._nothing()
        of_queue = self._is_at_entry()
        if told["row"] is not None:
            told["row"]["doubt"] = visible(self._entries[self._at].why) if of_queue else ""
        decided = list(self._verdicts.values())
        return {
            **told,
            "table": f"queue, {self.session.walked}" if self.session is not None else "queue",
            "here": told["at"],
            "at": self._at,
            "total": len(self._entries),
            "decided": len(decided),
            "tally": {name: decided.count(name) for name in VERDICTS},
            "message": visible(self.message),
            "opened": f"{self._at}",
        }

    def _nothing(self) -> dict[str, Any]:
        who = visible(self._coder or "") or NOBODY
        return {"noun": "row", "coder": who, "ledger": visible(self._ledger.name), "at": 0, "row": None, "draft": None}

    def page(self, sought: tuple[int, int] | None = None) -> dict[str, Any]:
        """The article that is open, as `Session.page` gives it."""
        return self.session.page(sought) if self.session is not None else {"article": "", "key": "", "blocks": []}
