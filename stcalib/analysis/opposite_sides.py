"""Contradictions: who is shown for a proposition and who against it, by groups of actors, with one pair of texts to read.

Actors are grouped before they are held against each other: an actor with itself, the members of one party or body, and
the sides of two parties. A group tells how many actors and sentences stand on either side and how many pairs of actors
that makes, and shows one of these pairs. The work grows with the number of positions, and not with that of pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pandas as pd

from stcalib.analysis.actor_names import actors_apart
from stcalib.analysis.stances import same_words
from stcalib.codebook.propositions_file import Propositions
from stcalib.core.row_fields import as_text

CONTRADICTIONS = ("report against denial", "of one actor with itself", "within one party", "between actors")
"""The kinds of contradiction, the most telling first: a pair is of the first kind that fits it."""
REPORTED, ITSELF, WITHIN, BETWEEN = CONTRADICTIONS
SHOWN_OF_A_CELL = 2
"""So many actors of a kind are tried for the pair to show: one of two is never the actor on the other side."""
SHOWN_BODIES = 3
"""So many organizations of a party are tried: one of three is never that of the other side."""
_BODIES = ("government", "party", "organization")
_TOLD = ("actor", "party", "text", "article", "n", "n_actors", "positions")
COLUMNS = ["kind", "proposition", "n_pairs", *(f"{name}_{side}" for side in ("for", "against") for name in _TOLD)]


@dataclass
class _Side:
    """What one actor says for or against a proposition: the rows, each sentence once."""

    actor: str
    type: str
    party: str = ""
    organization: str = ""
    rows: list[Mapping[str, Any]] = field(default_factory=list)

    def take(self, row: Mapping[str, Any]) -> None:
        """Adds a row, and what it is the first to tell of the actor."""
        self.party = self.party or as_text(row["party"])
        self.organization = self.organization or as_text(row["organization"])
        self.rows.append(row)

    def shown(self, basis: str) -> Mapping[str, Any]:
        """The row to show: of the basis that tells most here, then the first."""
        return next((row for row in self.rows if row["basis"] == basis), self.rows[0])

    @property
    def standing(self) -> str:
        """Whether it is a body of which something is reported, another body, or somebody who may speak for one."""
        if self.type not in _BODIES:
            return "member"
        return "reported" if any(row["basis"] == "report" for row in self.rows) else "body"


@dataclass(frozen=True)
class _Group:
    """Actors for and actors against of whom any two make a contradiction of one kind, and the number of these pairs."""

    kind: str
    proposition: str
    n_pairs: int
    sides: tuple[Sequence[_Side], Sequence[_Side]]
    shown: tuple[_Side, _Side]

    def row(self) -> list[object]:
        """The row of the table."""
        basis = "report" if self.kind == REPORTED else "quote"
        cells: list[object] = [self.kind, self.proposition, self.n_pairs]
        for side, members in zip(self.shown, self.sides, strict=True):
            row = side.shown(basis)
            ids = [str(held["position_id"]) for member in (side, *(m for m in members if m is not side)) for held in member.rows]
            cells += [side.actor, side.party or None, row["text"], row["article_id"], len(ids), len(members), "; ".join(ids)]
        return cells


def contradictions(positions: pd.DataFrame, propositions: Propositions | None = None, kinds: Iterable[str] = CONTRADICTIONS) -> pd.DataFrame:
    """Groups of actors of whom some are shown for a proposition and others against it, one a row, with a text of each side.

    `kind` is one of `CONTRADICTIONS`:

    - *report against denial*: a stance is reported of a government, party or body, and one who speaks for it takes the
      opposite one; or somebody says that a thing is so (a proposition of kind "fact" in `propositions`) and somebody of
      another body denies it;
    - *of one actor with itself*: the same actor on both sides;
    - *within one party*: actors of one party, or of one body;
    - *between actors*: any others, a row for each two parties (actors without one together).

    `actor_for`, `party_for`, `text_for` and `article_for` are those of the pair that is shown, of the actors with most
    sentences; `n_for` counts the sentences of all `n_actors_for` actors of that side (wire copy once), and
    `positions_for` has their ids, those of the actor shown first (parted by "; "); so for the other side. `n_pairs`
    counts the pairs of actors that contradict each other in this way.
    """
    facts = {p.id for p in propositions.proposition if p.kind == "fact"} if propositions else set()
    rows = positions.assign(_key=same_words(positions)).sort_values(["proposition", "actor", "article_id", "start", "position_id"])
    rows = rows.drop_duplicates("_key")
    rows = rows.assign(actor=actors_apart(rows))
    sides: dict[str, dict[str, dict[str, _Side]]] = {}
    for row in rows[rows["stance"].isin(("support", "oppose"))].to_dict("records"):
        of_actors = sides.setdefault(str(row["proposition"]), {"support": {}, "oppose": {}})[str(row["stance"])]
        actor = str(row["actor"])
        of_actors.setdefault(actor, _Side(actor, as_text(row["actor_type"]))).take({str(key): value for key, value in row.items()})
    wanted = set(kinds)
    found: list[Any] = [
        group.row()
        for proposition, (one, other) in ((name, tuple(both.values())) for name, both in sorted(sides.items()))
        for group in _groups(proposition, one, other, proposition in facts)
        if group.kind in wanted
    ]
    return pd.DataFrame(sorted(found, key=_order), columns=COLUMNS)


def _order(row: Any) -> tuple[object, ...]:
    named = dict(zip(COLUMNS, row, strict=True))
    return (CONTRADICTIONS.index(named["kind"]), named["proposition"], -named["n_pairs"], named["actor_for"], named["actor_against"])


def _groups(proposition: str, one: Mapping[str, _Side], other: Mapping[str, _Side], fact: bool) -> Iterator[_Group]:
    """The groups of one proposition, by the actors for and those against it."""
    for actor in sorted(one.keys() & other.keys()):
        pair = (one[actor], other[actor])
        yield _Group(ITSELF, proposition, 1, ([pair[0]], [pair[1]]), pair)
    both = (list(one.values()), list(other.values()))
    for chosen in _together(*both):
        yield from _within(proposition, *chosen)
    yield from _apart(proposition, *both, REPORTED if fact else BETWEEN)


def _by(sides: Iterable[_Side], *names: str) -> dict[tuple[str, ...], list[_Side]]:
    """The sides by what they have under these names."""
    found: dict[tuple[str, ...], list[_Side]] = {}
    for side in sides:
        found.setdefault(tuple(getattr(side, name) for name in names), []).append(side)
    return found


_Cells = list[tuple[list[_Side], list[_Side]]]
"""Actors for and actors against of whom any two belong together in one way."""


def _together(one: list[_Side], other: list[_Side]) -> Iterator[tuple[_Cells, _Cells]]:
    """For each party, and for each body whose actors are of different parties or none: the pairs of a report with its denial, the others."""
    for name in ("party", "organization"):
        mine, theirs = _by(one, name), _by(other, name)
        for key in sorted(key for key in mine.keys() & theirs.keys() if key != ("",)):
            told: _Cells = []
            rest: _Cells = []
            for a, b in product(*(_by(sides[key], "party", "standing").items() for sides in (mine, theirs))):
                (party, standing), (other_party, other_standing) = a[0], b[0]
                if name == "organization" and party == other_party != "":
                    continue
                (told if {standing, other_standing} == {"reported", "member"} else rest).append((a[1], b[1]))
            yield told, rest


def _within(proposition: str, told: _Cells, rest: _Cells) -> Iterator[_Group]:
    for kind, cells in ((REPORTED, told), (WITHIN, rest)):
        n_pairs = sum(len(a) * len(b) - len({side.actor for side in a} & {side.actor for side in b}) for a, b in cells)
        if n_pairs:
            pairs = (pair for a, b in cells for pair in product(_most(a), _most(b)) if pair[0].actor != pair[1].actor)
            yield _Group(kind, proposition, n_pairs, _members(cells), min(pairs, key=_shown_first))


def _apart(proposition: str, one: list[_Side], other: list[_Side], kind: str) -> Iterator[_Group]:
    """Actors of two parties, or of none, who are not of one body."""
    mine, theirs = _by(one, "party"), _by(other, "party")
    for a, b in product(sorted(mine), sorted(theirs)):
        if a == b != ("",):
            continue
        sides = mine[a], theirs[b]
        n_pairs = len(sides[0]) * len(sides[1]) - _of_one_body(*sides)
        if n_pairs:
            pairs = (pair for pair in product(_of_bodies(sides[0]), _of_bodies(sides[1])) if not _one_body(*pair))
            yield _Group(kind, proposition, n_pairs, sides, min(pairs, key=_shown_first))


def _one_body(one: _Side, other: _Side) -> bool:
    return one.actor == other.actor or one.organization == other.organization != ""


def _of_one_body(one: Sequence[_Side], other: Sequence[_Side]) -> int:
    """How many pairs are of one actor, or of one organization."""
    bodies = [Counter(side.organization for side in sides if side.organization) for sides in (one, other)]
    same_body = sum(n * bodies[1][name] for name, n in bodies[0].items())
    called = {side.actor: side for side in one}
    return same_body + sum(side.actor in called and not (called[side.actor].organization == side.organization != "") for side in other)


def _shown_first(pair: tuple[_Side, _Side]) -> tuple[object, ...]:
    return (-min(len(side.rows) for side in pair), *(-len(side.rows) for side in pair), *(side.actor for side in pair))


def _most(sides: Sequence[_Side]) -> list[_Side]:
    return sorted(sides, key=lambda side: (-len(side.rows), side.actor))[:SHOWN_OF_A_CELL]


def _of_bodies(sides: Sequence[_Side]) -> list[_Side]:
    """Some sides of whom one is of another body than anybody on the other side, where there is such a one."""
    by_body = sorted(_by(sides, "organization").values(), key=lambda held: min(map(_rank, held)))
    return [side for held in by_body[:SHOWN_BODIES] for side in _most(held)]


def _rank(side: _Side) -> tuple[int, str]:
    return (-len(side.rows), side.actor)


def _members(cells: _Cells) -> tuple[list[_Side], list[_Side]]:
    """The actors on either side, each once."""
    found: list[list[_Side]] = []
    for number in (0, 1):
        found.append(list({side.actor: side for cell in cells for side in cell[number]}.values()))
    return found[0], found[1]
