"""What the widgets in which rows are decided share: a session that decides and writes, shown in JupyterLab."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from stcalib.core.errors import StcalibError
from stcalib.display.evidence_widgets import widget_style
from stcalib.review.queue_session import QueueSession
from stcalib.review.session import Session


class Reviewing(anywidget.AnyWidget):
    """A widget over a session. It only shows and asks; the session decides and writes."""

    _css = widget_style()
    state = traitlets.Dict().tag(sync=True)
    page = traitlets.Dict().tag(sync=True)
    sought: tuple[int, int] | None = None
    """Where words stand in the article that is shown that were looked up."""

    def __init__(self, session: Session | QueueSession | None, **more: Any):
        self.session = session
        super().__init__(page=self._page(), state={**self._state(), "asked": 0}, **more)
        self.on_msg(self._answer)

    def _state(self) -> dict[str, Any]:
        return self.session.state() if self.session is not None else {}

    def _page(self) -> dict[str, Any]:
        return self.session.page(self.sought) if self.session is not None else {"article": "", "key": "", "blocks": []}

    def _answer(self, _: Any, message: Any, __: Any) -> None:
        """Carries out what the reviewer asked for. What they cannot have is told, never raised into the void."""
        problem = ""
        try:
            self._do(message)
        except StcalibError as error:
            problem = str(error)
        told = message if isinstance(message, dict) else {}
        state = self._state() | {"asked": told.get("asked", 0)}
        if problem:
            state |= {"message": problem, "problem": True, "field": str(told.get("field", ""))}
        with self.hold_sync():
            self.page = self._page()
            self.state = state

    def _do(self, message: Any) -> None:
        if not isinstance(message, dict):
            message = {}
        if message.get("article", self.page["key"]) != self.page["key"]:
            raise StcalibError("Another article is shown by now: select the words again")
        if not self._known(message):
            raise StcalibError("The widget asked for something that is not known here. Run the cell again")

    def _known(self, message: dict[str, Any]) -> bool:
        """Whether what was asked for is known; if so it is done."""
        return self.session is not None and (_decided(self.session, message) or _walked(self.session, message))

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, "text/plain": repr(self)}, dict(metadata or {})


def _decided(session: Session | QueueSession, message: dict[str, Any]) -> bool:
    """Whether it was a decision on a row; if so it is made."""
    note = str(message.get("note", ""))
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


def _walked(session: Session | QueueSession, message: dict[str, Any]) -> bool:
    """Whether it was a step to another row or to a draft; if so it is taken."""
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
