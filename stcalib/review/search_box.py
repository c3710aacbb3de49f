"""A search box for JupyterLab: words looked up in all articles, a page of passages at a time, each with a way into its article,
where the rows can be reviewed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import traitlets

from stcalib.analysis.asked_period import parse_period
from stcalib.analysis.search import COLUMNS, Filters, Found, Passages, in_words
from stcalib.core.errors import ParameterError, StcalibError
from stcalib.core.near import not_known
from stcalib.core.row_fields import days_in_words
from stcalib.core.rows import WALKED
from stcalib.core.visible import visible
from stcalib.corpus.corpus import Corpus
from stcalib.display.evidence_widgets import script
from stcalib.review.reviewing import Reviewing
from stcalib.review.session import Session

PAGE = 20
"""Passages shown at once."""
MOST_OFFERED = 500
"""Names offered for a filter: those with most rows. Others can be written all the same."""
EMPTY: dict[str, Any] = {"asked": {}, "told": "", "problem": False, "page": 1, "pages": 1, "first": 0, "rows": [], "open": -1}


class SearchBox(Reviewing):
    """Words looked up in the articles of a corpus; the passage that is opened is shown in its article, whose rows can be reviewed.

    `words` and the filters are what is looked up at first: an actor, a party, a proposition (quotes and positions that the
    passage holds), an outlet and a period of the articles ("2018", "2018-05", "2018-01..2018-06"). `table` is what is reviewed
    in an article that is opened, `ledger` and `coder` as in `Review`: without a coder rows are only looked at. `rows` are the
    passages of the page that is shown, with the columns of `stca search`; `article_id` is the article that is open.
    Raises `StcalibError` for what cannot be asked.
    """

    _esm = script("dom.js", "review.js", "search.js")
    found = traitlets.Dict().tag(sync=True)
    offers = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        corpus: Corpus,
        words: str = "",
        *,
        actor: str | None = None,
        party: str | None = None,
        proposition: str | None = None,
        outlet: str | None = None,
        period: str | None = None,
        table: str = "quotes",
        ledger: str | Path = "corrections.csv",
        coder: str | None = None,
        clock: Callable[[], datetime] | None = None,
    ):
        if table not in WALKED:
            raise ParameterError(not_known(table, "table that is reviewed", WALKED))
        self.corpus, self._ledger, self._coder, self._clock = corpus, ledger, coder, clock
        self._passages = Passages(corpus)
        self.rows = pd.DataFrame(columns=COLUMNS)
        self.article_id: str | None = None
        asked = {"words": words, "actor": actor, "party": party, "proposition": proposition, "outlet": outlet, "period": period, "table": table}
        first = {**EMPTY, "asked": {name: value or "" for name, value in asked.items()}}
        super().__init__(None, found=self._search(first["asked"]) if words.strip() else first, offers=_offers(corpus))

    def _known(self, message: dict[str, Any]) -> bool:
        match message:
            case {"action": "search", "asked": _, "words": dict(words)}:
                self._look_up({str(name): str(value) for name, value in words.items()})
            case {"action": "turn", "page": int(page)}:
                self.found = self._search(self.found["asked"], page)
            case {"action": "passage", "place": int(place), "table": str(table)} if 0 <= place < len(self.rows) and table in WALKED:
                self._open(place, table)
            case _:
                return super()._known(message)
        return True

    def _look_up(self, asked: dict[str, str]) -> None:
        """Finds the first page; what cannot be asked is told beside the words."""
        try:
            self.found = self._search(asked)
        except StcalibError as error:
            self.rows = pd.DataFrame(columns=COLUMNS)
            self.found = {**EMPTY, "asked": asked, "told": visible(str(error)), "problem": True}

    def _search(self, asked: dict[str, str], page: int = 1) -> dict[str, Any]:
        """A page of passages as it is shown."""
        page = max(1, page)
        found = self._passages.find(asked.get("words", ""), filters_of(asked), (page - 1) * PAGE, PAGE)
        self.rows = found.rows
        return {
            **EMPTY,
            "asked": asked,
            "told": f"{in_words(found)}.",
            "page": page,
            "pages": max(1, -(-found.passages // PAGE)),
            "first": (page - 1) * PAGE,
            "rows": _shown(found),
        }

    def _open(self, place: int, table: str) -> None:
        """Shows the article of a passage, with the rows of a table under review."""
        row = self.rows.iloc[place]
        self.article_id, self.sought = str(row["article_id"]), (int(row["start"]), int(row["end"]))
        self.session = Session(self.corpus, table, ledger=self._ledger, coder=self._coder, article_id=self.article_id, clock=self._clock)
        self.session.go_near(self.sought[0])
        self.found = {**self.found, "open": place, "asked": {**self.found["asked"], "table": table}}

    def _state(self) -> dict[str, Any]:
        opened = self.found.get("first", 0) + self.found.get("open", -1)
        return {**super()._state(), "opened": f"{self.article_id} {self.sought} {opened}"} if self.session is not None else {}

    def __repr__(self) -> str:
        return f"<SearchBox of {len(self.corpus):,} articles>"


def filters_of(asked: dict[str, str]) -> Filters:
    """What is asked for in a form. Raises `ParameterError` for a period that is none."""
    within = parse_period(asked.get("period"))
    told = {name: asked.get(name, "").strip() or None for name in ("actor", "party", "proposition", "outlet")}
    return Filters(**told, first=within.first, last=within.last)


def _shown(found: Found) -> list[list[str]]:
    """Each passage: article, outlet, days, characters, what stands before the words, the words, what follows."""
    shown = []
    for row in found.rows.itertuples(index=False):
        days = days_in_words(str(row.published_earliest), str(row.published_latest))
        where = [str(row.article_id), str(row.outlet), days, f"{row.start}–{row.end}"]
        shown.append([visible(words) for words in (*where, str(row.before), str(row.text), str(row.after))])
    return shown


def _offers(corpus: Corpus) -> dict[str, list[list[str]]]:
    """What can be chosen for each filter, as value and name."""
    quotes, positions = corpus.quotes, corpus.positions
    actors = pd.concat([quotes["actor"], positions["actor"]]).value_counts()
    used = set(pd.concat([quotes["party"], positions["party"]]).dropna())
    known = {party.code: party.name for party in corpus.codebook.actors.party}
    propositions = {one.id: one.label for one in corpus.codebook.propositions.proposition}
    held = set(positions["proposition"])
    return {
        "actor": [[visible(name), ""] for name in sorted(actors.index[:MOST_OFFERED])],
        "party": [[visible(code), visible(known.get(code, ""))] for code in sorted(used)],
        "proposition": [[one, visible(label)] for one, label in propositions.items() if one in held],
        "outlet": [[visible(name), ""] for name in sorted(corpus.articles["outlet"].value_counts().index[:MOST_OFFERED])],
        "table": [[name, ""] for name in WALKED],
    }
