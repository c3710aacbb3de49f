"""Actors across articles: one person under several names, a body and those who speak for it; nobody by chance.

A name of the codebook is one actor wherever it stands, and so is a person's full name and the name of a body. A surname
alone, a description and a common noun ("the company", "police") are somebody of their article alone. What the analyst
writes in `actor_names.toml` goes before all of that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from stcalib.actors.descriptions import head_of
from stcalib.actors.registry import Known, Registry
from stcalib.core.row_fields import as_text
from stcalib.core.rows import ActorRow, Published, row_id
from stcalib.corpus.actor_names import ActorNames, folded
from stcalib.corpus.tables import frame_of
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon

IDENTIFIED = ("quotes", "positions")
"""The tables whose rows have an actor."""
CHANGED = ("actor", "actor_type", "organization", "party", "actor_id")
"""The columns that tell who an actor is, as the analyst's file may change them."""
TOLD = ("article_id", "role")
"""Others that tell of an actor."""
_INITIAL = re.compile(r" [A-ZÀ-Ý]\.(?= )")
"""An initial inside a name, which other articles leave out."""
_BODIES = ("organization", "party", "government", "group")


@dataclass
class _Seen:
    """What the rows of one actor tell."""

    called: str | None
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    roles: dict[str, list[Published]] = field(default_factory=dict)
    parties: dict[str, list[Published]] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)
    rows: Counter[str] = field(default_factory=Counter)


class Identified:
    """The actors of the tables of a corpus: the rows with their ids, and the table of actors."""

    def __init__(self, frames: Mapping[str, pd.DataFrame], names: ActorNames, registry: Registry, published: Callable[[str], Published]):
        self._names, self._registry, self._published = names, registry, published
        self._keys: dict[tuple[str, ...], tuple[str, str | None]] = {}
        self._seen: dict[str, _Seen] = {}
        self.frames = self.take(frames)

    def take(self, frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Takes rows in, and gives them with their ids."""
        taken = {name: self._identified(name, frame) if name in IDENTIFIED else frame for name, frame in frames.items()}
        self._keys.clear()
        return taken

    @property
    def actors(self) -> pd.DataFrame:
        """The table of actors, those with most rows first."""
        rows = [self._row(actor_id, seen) for actor_id, seen in self._seen.items()]
        rows.sort(key=lambda row: (-row.n_quotes - row.n_positions, row.name, row.actor_id))
        return frame_of(ActorRow, rows)

    def _identified(self, table: str, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table with the actor of each, as the analyst's file calls it."""
        columns = {name: frame[name].tolist() for name in (*CHANGED, *TOLD) if name in frame}
        changed: dict[str, list[Any]] = {name: [*columns[name]] for name in CHANGED}
        for number, values in enumerate(zip(*columns.values(), strict=True)):
            record = dict(zip(columns, values, strict=True))
            if not (actor := as_text(record["actor"])):
                changed["actor_id"][number] = None
                continue
            actor_id, called = self._id_of(actor, record)
            changed["actor_id"][number] = actor_id
            self._note(actor_id, called, actor, table, record)
            entry = self._names.entries.get(called) if called is not None else None
            if entry is not None:
                told = {"actor": called, "actor_type": entry.type, "organization": entry.organization, "party": entry.party}
                for name, value in told.items():
                    if value is not None:
                        changed[name][number] = value
        return frame.assign(**{name: pd.Series(values, index=frame.index, dtype="str") for name, values in changed.items()})

    def _id_of(self, actor: str, record: Mapping[str, Any]) -> tuple[str, str | None]:
        """The id of an actor in an article, and what the file or the codebook calls it."""
        article_id, kind = str(record["article_id"]), as_text(record.get("actor_type"))
        key = (actor, article_id, kind, as_text(record.get("organization")))
        if key not in self._keys:
            self._keys[key] = self._identity(actor, article_id, kind, key[3])
        return self._keys[key]

    def _identity(self, actor: str, article_id: str, kind: str, organization: str) -> tuple[str, str | None]:
        if (called := self._names.name_of(actor, article_id)) is not None:
            return row_id("a", folded(called)), called
        known = self._known(actor, article_id)
        if known is None and organization and kind == "unnamed" and self._speaks_for_body(actor, article_id):
            actor, kind, known = organization, "organization", self._known(organization, article_id)
            if (called := self._names.name_of(actor, article_id)) is not None:
                return row_id("a", folded(called)), called
        if known is not None and known.entry is not None:
            called = self._names.name_of(known.entry, article_id) or known.entry
            return row_id("a", folded(called)), called
        if _is_of_one_article(actor, kind):
            return row_id("a", folded(actor), article_id), None
        return row_id("a", folded(_INITIAL.sub("", actor))), None

    def _speaks_for_body(self, actor: str, article_id: str) -> bool:
        """Whether a description is of somebody who speaks for a body, and not for a person: "spokesperson for the clinic"."""
        if head_of(actor) not in load_lexicon().titles.spokespersons:
            return False
        principal = self._known(actor.partition(" for ")[2], article_id)
        return principal is None or principal.type != "person"

    def _known(self, actor: str, article_id: str) -> Known | None:
        return self._registry.named(actor, self._published(article_id))

    def _note(self, actor_id: str, called: str | None, actor: str, table: str, record: Mapping[str, Any]) -> None:
        """Adds what a row tells of its actor."""
        seen = self._seen.setdefault(actor_id, _Seen(called))
        article_id = str(record["article_id"])
        day = self._published(article_id)
        seen.names[actor] += 1
        seen.articles.add(article_id)
        seen.rows[table] += 1
        if kind := as_text(record.get("actor_type")):
            seen.types[kind] += 1
        for told, found in ((_role(as_text(record.get("role"))), seen.roles), (as_text(record.get("party")), seen.parties)):
            if told:
                found.setdefault(told, []).append(day)

    def _row(self, actor_id: str, seen: _Seen) -> ActorRow:
        ordered = sorted(seen.names, key=lambda name: (-seen.names[name], name))
        entry = self._names.entries.get(seen.called) if seen.called is not None else None
        named = seen.types.most_common()
        kind = next((one for one, _ in sorted(named, key=lambda item: (item[0] == "unnamed", -item[1], item[0]))), None)
        return ActorRow(
            actor_id,
            seen.called or max(ordered, key=lambda name: (len(name.split()), seen.names[name], name)),
            "; ".join(ordered),
            entry.type if entry is not None and entry.type is not None else kind,
            _in_time(seen.roles),
            entry.party if entry is not None and entry.party is not None else _in_time(seen.parties),
            len(seen.articles),
            seen.rows["quotes"],
            seen.rows["positions"],
        )


def _is_of_one_article(actor: str, kind: str) -> bool:
    """Whether a name tells nobody apart outside its article: a surname alone, a description, a common noun, several at once."""
    words = actor.split()
    if kind == "person":
        return len(words) < 2
    proper = kind in ("", *_BODIES) and all(word[0].isupper() or len(word) <= 3 for word in words) and " and " not in actor and ";" not in actor
    return not proper or (len(words) == 1 and not (actor.isupper() and len(actor) > 1))


def _role(printed: str) -> str:
    """The role in the words before a name; "" where they are a form of address or an owner alone."""
    words = [word for word in printed.split() if word.rstrip(".") not in _address()]
    return "" if not words or words[-1].endswith(("'s", "’s")) else " ".join(words)


@by_language
def _address() -> frozenset[str]:
    titles = load_lexicon().titles
    return frozenset((*titles.male, *titles.female, *titles.neutral))


def _in_time(found: Mapping[str, Iterable[Published]]) -> str | None:
    """What was printed, each with the first and the last day of its articles where they are dated: "critic 2018-01-02..2019-05-06"."""
    told = []
    for words, days in found.items():
        first = min((day.earliest for day in days if day.earliest is not None), default=None)
        last = max((day.latest for day in days if day.latest is not None), default=None)
        span = f" {first or ''}..{last or ''}" if first is not None or last is not None else ""
        told.append((str(first or ""), words, f"{' '.join(words.split())}{span}"))
    return "; ".join(text for _, _, text in sorted(told)) or None
