"""The codebook's registry of actors, indexed for look-up by name, alias, office and party word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stcalib.codebook import Codebook
from stcalib.records import Published


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry knows of an actor in the time asked for. `party` is a code of the codebook."""

    name: str
    type: str
    pronoun: str | None = None
    organization: str | None = None
    party: str | None = None


@dataclass(frozen=True)
class Registry:
    """The actors of a codebook. Every look-up gives one actor or none: what is ambiguous is not answered."""

    codebook: Codebook

    def named(self, text: str, when: Published) -> Known | None:
        """The actor of that name or alias, as it stood when the article was published."""
        return None

    def holder(self, title: str, when: Published, jurisdiction: str | None = None) -> Known | None:
        """Who held the office of that title ("immigration minister") through all of the time asked for."""
        return None

    def party_word(self, text: str) -> str | None:
        """The code of the one party that the words name ("Conservative immigration critic")."""
        return None


@cache
def registry_of(codebook: Codebook) -> Registry:
    """The registry of a codebook."""
    return Registry(codebook)
