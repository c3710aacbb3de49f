"""`actor_names.toml`: who is who across articles, kept by hand beside them; every table follows it.

One table for each actor, named as it is to be called:

    ["Rosa Baum Hall"]
    names = ["Rosa Baum", "Baum Hall"]
    type = "person"
    party = "HAR"

    ["Ann Roe (mayor of Lund)"]
    names = ["Ann Roe"]
    articles = ["2018/lund-dam"]

Keys: `names` (what the tables call the actor so far), `articles` (the ids of the only articles for which the entry is:
two persons of one name, "the company" of one story), `type`, `party`, `organization` (what a row says of the actor where the
articles do not tell) and `note`. Any other key or value is told with file and entry, and that entry alone is not used.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from stcalib.core.rows import Problem
from stcalib.core.toml_models import Entry
from stcalib.core.trie import fold
from stcalib.corpus.sidecar import fault_of

NAME = "actor_names.toml"


class NamedActor(Entry):
    """What the file says of one actor."""

    names: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    type: Literal["person", "organization", "party", "government", "group", "unnamed", "document"] | None = None
    party: str | None = None
    organization: str | None = None
    note: str | None = None


def folded(name: str) -> str:
    """A name as names are compared: without accents, capitals and a leading article."""
    return fold(name).casefold().removeprefix("the ")


@dataclass(frozen=True)
class ActorNames:
    """The entries by name in the tables: for one article, and for all."""

    entries: dict[str, NamedActor] = field(default_factory=dict)
    meant: dict[tuple[str, str], str] = field(default_factory=dict)

    def name_of(self, name: str, article_id: str) -> str | None:
        """How the file calls the actor of this name in an article; None where it says nothing."""
        key = folded(name)
        return self.meant.get((key, article_id)) or self.meant.get((key, ""))


def _looked_up(entries: dict[str, NamedActor]) -> tuple[ActorNames, list[Problem]]:
    """The entries as they are looked up, and the names that two of them claim."""
    meant: dict[tuple[str, str], str] = {}
    problems = []
    for called, entry in entries.items():
        for name in dict.fromkeys((called, *entry.names)):
            for article_id in entry.articles or ("",):
                other = meant.setdefault((folded(name), article_id), called)
                if other != called:
                    told = f"entry {called!r}: the name {name!r} is that of {other!r} as well"
                    problems.append(Problem(NAME, told, "Give it to one of the two, or say with `articles` where each is meant"))
    return ActorNames(entries, meant), problems


def checked_names(tables: Mapping[str, object], known: Container[str]) -> tuple[ActorNames, list[Problem]]:
    """The entries that are valid, and what is wrong with the others; `known` are the ids of the articles."""
    entries: dict[str, NamedActor] = {}
    problems = []
    for called, table in tables.items():
        try:
            entry = NamedActor.model_validate(table)
        except ValidationError as error:
            faults = "; ".join(map(fault_of, error.errors()))
            problems.append(Problem(NAME, f"entry {called!r}: {faults}", f"Allowed keys: {', '.join(NamedActor.model_fields)}"))
            continue
        if unknown := [article_id for article_id in entry.articles if article_id not in known]:
            told = f"entry {called!r}: no article {unknown[0]!r} was read"
            problems.append(Problem(NAME, told, "Name articles by their ids, as in the table of articles"))
        entries[called] = entry
    found, doubled = _looked_up(entries)
    return found, [*problems, *doubled]


def read_actor_names(folder: Path, known: set[str]) -> tuple[ActorNames, list[Problem]]:
    """The file of a folder of articles, and what is wrong with it: a bad entry does not lose the good ones."""
    file = folder / NAME
    if not file.is_file():
        return ActorNames(), []
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return ActorNames(), [Problem(NAME, f"not valid TOML: {error}", "Mend the line; the tables were made without the file")]
    return checked_names(tables, known)
