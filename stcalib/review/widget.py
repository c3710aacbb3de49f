"""The review widget: the rows of a table walked through in JupyterLab, each decision written to a ledger at once.

`Review(corpus, "quotes", ledger="corrections.csv", coder="ada")` as the last line of a cell shows it. The widget
only shows and asks; `stcalib.review.session` decides and writes. Running the cell again goes on where the ledger ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from stcalib.core.errors import StcalibError
from stcalib.corpus.corpus import Corpus
from stcalib.corrections.applied import Recompute
from stcalib.display.evidence_widgets import script, widget_style
from stcalib.review.session import Session


class Review(anywidget.AnyWidget):
    """A review of one table by one reviewer. The arguments are those of `stcalib.review.session.Session`."""

    _esm = script("dom.js", "review.js")
    _css = widget_style()
    state = traitlets.Dict().tag(sync=True)
    page = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        corpus: Corpus,
        table: str = "quotes",
        *,
        ledger: str | Path = "corrections.csv",
        coder: str | None,
        frame: pd.DataFrame | None = None,
        article_id: str | None = None,
        blind: bool = False,
        clock: Callable[[], datetime] | None = None,
        recompute: Mapping[str, Recompute] | None = None,
    ):
        self.session = Session(
            corpus, table, ledger=ledger, coder=coder, frame=frame, article_id=article_id, blind=blind, clock=clock, recompute=recompute
        )
        super().__init__(page=self.session.page(), state={**self.session.state(), "asked": 0})
        self.on_msg(self._answer)

    def _answer(self, _: Any, message: Any, __: Any) -> None:
        """Carries out what the reviewer asked for. What they cannot have is told, never raised into the void."""
        problem = ""
        try:
            self._do(message)
        except StcalibError as error:
            problem = str(error)
        told = message if isinstance(message, dict) else {}
        state = self.session.state() | {"asked": told.get("asked", 0)}
        if problem:
            state |= {"message": problem, "problem": True, "field": str(told.get("field", ""))}
        with self.hold_sync():
            self.page = self.session.page()
            self.state = state

    def _do(self, message: Any) -> None:
        if not isinstance(message, dict):
            message = {}
        if message.get("article", self.page["key"]) != self.page["key"]:
            raise StcalibError("Another article is shown by now: select the words again")
        if not self._decided(message) and not self._walked(message):
            raise StcalibError("The widget asked for something that is not known here. Run the cell again")

    def _decided(self, message: dict[str, Any]) -> bool:
        """Whether it was a decision on a row; if so it is made."""
        session, note = self.session, str(message.get("note", ""))
        match message:
            case {"action": "accept"}:
                session.accept(note)
            case {"action": "reject"}:
                session.reject(note)
            case {"action": "edit", "field": str(field), "value": str(value), "row": str(row)}:
                session.look_at(row)
                session.edit(field, value, note)
            case {"action": "move", "start": int(start), "end": int(end)}:
                session.move(start, end, note)
            case {"action": "add", "start": int(start), "end": int(end), "values": dict(values)}:
                session.add(start, end, {str(name): str(value) for name, value in values.items()}, note)
            case {"action": "note"}:
                session.note(note)
            case {"action": "undo"}:
                session.undo()
            case _:
                return False
        return True

    def _walked(self, message: dict[str, Any]) -> bool:
        """Whether it was a step to another row or to a draft; if so it is taken."""
        session = self.session
        match message:
            case {"action": "draft", "start": int(start), "end": int(end)}:
                session.draft(start, end)
            case {"action": "go", "place": int(place)}:
                session.go(place)
            case {"action": "step", "by": int(by)}:
                session.step(by)
            case {"action": "open"}:
                session.next_open()
            case {"action": "cancel"}:
                session.cancel()
            case _:
                return False
        return True

    def __repr__(self) -> str:
        # how far the review is stands in the ledger alone, so that going on with it changes no stored notebook
        state = self.state
        return f"<Review of {state['table']}, {state['coder']} → {state['ledger']}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, "text/plain": repr(self)}, dict(metadata or {})
