"""Contradictions to be read: the two texts side by side, each with who says it and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from stcalib.display.row_listing import cell_text
from stcalib.display.theme import INK, NO_PARTIES, SOFT, STANCE_COLOURS, Parties

MOST_PAIRS = 100
_SIDES = (("for", "support"), ("against", "oppose"))


@dataclass(frozen=True)
class Facing:
    """Groups of actors who contradict each other, a pair of texts of each. Draws itself as HTML in which everything is text; `frame` holds them."""

    frame: pd.DataFrame
    labels: Mapping[str, str] = field(default_factory=dict)
    outlets: Mapping[str, str] = field(default_factory=dict)
    parties: Parties = NO_PARTIES

    def __repr__(self) -> str:
        return f"[Contradictions: {len(self.frame)} groups, a pair of texts of each]"

    def _repr_html_(self) -> str:
        if self.frame.empty:
            return "<p>No contradiction.</p>"
        shown = self.frame.head(MOST_PAIRS)
        pieces: list[str] = []
        for (kind, proposition), pairs in shown.groupby(["kind", "proposition"], sort=False):
            head = f"{self.labels.get(str(proposition), str(proposition))} – {kind}"
            pieces.append(f'<h4 style="margin: 1.2em 0 .4em">{escape(head)}</h4>')
            pieces += [self._pair(pair) for pair in pairs.to_dict("records")]
        left = len(self.frame) - len(shown)
        if left > 0:
            pieces.append(f"<p>… and {left:,} more</p>")
        return f'<div class="tex2jax_ignore" style="max-width: 64em">{"".join(pieces)}</div>'

    def _pair(self, pair: Mapping[Any, Any]) -> str:
        cells = "".join(self._side(pair, name, STANCE_COLOURS[stance]) for name, stance in _SIDES)
        more = int(pair["n_pairs"]) - 1
        also = f"{more:,} more pair{'s' if more > 1 else ''} of actors: {pair['n_actors_for']:,} for, {pair['n_actors_against']:,} against"
        below = f'<div style="color: {SOFT}; font-size: 85%; margin: -.6em 0 .8em">{also}</div>' if more else ""
        return f'<div style="display: flex; gap: 1em; margin: 0 0 .8em">{cells}</div>{below}'

    def _side(self, pair: Mapping[Any, Any], name: str, shade: str) -> str:
        actor, party, text, article = (cell_text(pair[f"{what}_{name}"]) for what in ("actor", "party", "text", "article"))
        member = f" ({escape(self.parties.name(party))})" if party else ""
        place = " ".join(part for part in (cell_text(self.outlets.get(article)), article) if part)
        more = pair[f"n_{name}"] - 1
        also = f"; {more:,} more sentence{'s' if more > 1 else ''}" if more > 0 else ""
        return (
            f'<div style="flex: 1; border-left: 4px solid {shade}; padding: 0 0 0 .7em; color: {INK}">'
            f'<div><b>{escape(actor)}</b>{member} <span style="color: {shade}">{name}</span></div>'
            f'<div style="margin: .2em 0">{escape(text)}</div><div style="color: {SOFT}; font-size: 85%">{escape(place)}{also}</div></div>'
        )


def facing(
    contradictions: pd.DataFrame, labels: Mapping[str, str] | None = None, articles: pd.DataFrame | None = None, parties: Parties = NO_PARTIES
) -> Facing:
    """Contradictions as found by `analysis.contradictions`, to be read in a notebook.

    `labels` are short labels of the propositions; `articles` tells the outlets.
    """
    outlets = {} if articles is None else dict(zip(articles["article_id"], articles["outlet"], strict=True))
    return Facing(contradictions, labels or {}, outlets, parties)
