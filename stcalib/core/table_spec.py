"""What makes a table: one entry each, in the order in which tables are written.

A new table is an entry here, a row type in `core/rows.py` and, where rows are found in articles, a finder that
`corpus/reader.py` calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from stcalib.core.rows import (
    ActorRow,
    ArticleRow,
    Clue,
    Count,
    Derived,
    MeasureRow,
    PartyRow,
    Position,
    Problem,
    Proposal,
    PropositionRow,
    Quote,
    Row,
    Skipped,
)

Follows = tuple[tuple[str, ...], tuple[str, ...]]
OF_ARTICLE = (("article_id", "articles"),)
OF_STANCE = (*OF_ARTICLE, ("quote_id", "quotes"), ("proposition", "propositions"), ("party", "parties"), ("actor_id", "actors"))


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: its rows, how one of them is named and shown, what identifies it, and what follows when it is corrected.

    `noun` is one row in words, `letter` stands before its number where it is marked ("C3" is the third count of its
    article). `summary` are the fields that say in one line what a row is, of `actor` and `speaker` the first that is
    known; `shown` are the columns of an evidence table, `who_what` those of a list over several tables. `identity` are
    the fields that make two rows of one span the same row. `follows` pairs fields with those that follow from them when a
    reviewer corrects one. `terminal_style` is a style of the library `rich`. `key` is the column that identifies a row,
    `references` pairs columns that hold ids with the table whose rows those identify.
    """

    row_type: type[Row]
    noun: str = "row"
    letter: str = "R"
    summary: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    who_what: tuple[str, str] = ("", "")
    identity: tuple[str, ...] = ()
    follows: tuple[Follows, ...] = ()
    terminal_style: str = ""
    underlined: bool = False
    """Whether its rows are lines below the text, since they cover whole sentences, instead of marks on it."""
    key: str = ""
    references: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Unknown:
    """A row of which only its place is known."""


TABLES: Mapping[str, TableSpec] = MappingProxyType(
    {
        "articles": TableSpec(ArticleRow, "article", key="article_id"),
        "counts": TableSpec(
            Count,
            "count",
            "C",
            summary=("text", "measure", "place", "period_text"),
            shown=("text", "value", "measure", "place", "period_text", "article_id", "status"),
            who_what=("measure", "place"),
            follows=((("kind", "value", "bound"), ("low", "high")),),
            terminal_style="bold yellow",
            key="count_id",
            references=(*OF_ARTICLE, ("measure", "measures"), ("base_id", "counts")),
        ),
        "derived": TableSpec(Derived, "derived quantity", key="derived_id", references=(*OF_ARTICLE, ("measure", "measures"))),
        "quotes": TableSpec(
            Quote,
            "quote",
            "Q",
            summary=("actor", "speaker", "cue", "kind"),
            shown=("actor", "text", "kind", "cue", "article_id", "status"),
            who_what=("actor", "party"),
            follows=((("actor",), ("actor_type", "organization", "party", "party_basis")), (("cue",), ("cue_kind",))),
            terminal_style="cyan",
            key="quote_id",
            references=(*OF_ARTICLE, ("party", "parties"), ("actor_id", "actors")),
        ),
        "positions": TableSpec(
            Position,
            "position",
            "P",
            summary=("actor", "stance", "proposition"),
            shown=("actor", "party", "stance", "proposition", "text", "article_id", "status"),
            who_what=("actor", "stance"),
            identity=("actor", "proposition", "stance"),
            follows=((("actor",), ("actor_type", "organization", "party")),),
            terminal_style="underline",
            underlined=True,
            key="position_id",
            references=OF_STANCE,
        ),
        "proposals": TableSpec(
            Proposal,
            "proposal",
            "PP",
            summary=("actor", "stance", "proposition"),
            shown=("actor", "party", "stance", "proposition", "text", "score", "reason", "article_id"),
            who_what=("actor", "stance"),
            identity=("actor", "proposition", "stance"),
            terminal_style="dim underline",
            underlined=True,
            key="position_id",
            references=OF_STANCE,
        ),
        "actors": TableSpec(ActorRow, "actor", key="actor_id"),
        "propositions": TableSpec(PropositionRow, "proposition", key="proposition"),
        "parties": TableSpec(PartyRow, "party", key="party"),
        "measures": TableSpec(MeasureRow, "measure", key="measure"),
        "skipped": TableSpec(
            Skipped,
            "skipped",
            "S",
            summary=("table", "reason"),
            shown=("table", "text", "reason", "article_id"),
            terminal_style="dim",
            references=OF_ARTICLE,
        ),
        "dating": TableSpec(Clue, "clue", references=(*OF_ARTICLE, ("other_article_id", "articles"))),
        "problems": TableSpec(Problem, "problem"),
    }
)
"""All tables by name. Those of `core.rows.REVIEWED` are found in articles and decided on by reviewers."""
ROW_TYPES: Mapping[str, type[Row]] = MappingProxyType({name: spec.row_type for name, spec in TABLES.items()})
UNKNOWN = TableSpec(_Unknown)
"""What stands for rows of a table that is none of the package's."""


def spec_of(table: str) -> TableSpec:
    """The entry of a table, or `UNKNOWN`."""
    return TABLES.get(table, UNKNOWN)


def counted(table: str, number: int) -> str:
    """So many rows of a table in words: "1 count", "2,000 quotes"."""
    return f"{number:,} {spec_of(table).noun}{'' if number == 1 else 's'}"


