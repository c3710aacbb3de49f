"""Who has spoken in an article so far, and who stands as a subject: what antecedents are looked for in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from stcalib.actors.article_names import Roll
from stcalib.actors.mention import Actor, Mentioned, mentioned
from stcalib.actors.registry_lookup import KnownActors
from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import Published
from stcalib.syntax.clauses import FRONTED, clauses_of
from stcalib.syntax.focus import Referent, Referents
from stcalib.text.article import Article

NEAREST = 40
"""Subjects of one sentence before a pronoun that are looked at."""
MEMORY = 60
"""Utterances before a mention among which the actor meant is looked for."""


class Speaker(NamedTuple):
    """Who spoke, and the role printed beside the mention."""

    actor: Actor
    role: str


@dataclass
class Spoken(ABC):
    """The actors of one article, as the reading goes on from sentence to sentence."""

    article: Article
    codebook: Codebook
    published: Published
    spoken: Referents[Speaker] = field(default_factory=Referents)
    speakers: set[str] = field(default_factory=set)
    asides: set[int] = field(default_factory=set)
    _pronouns: dict[str, str] = field(default_factory=dict)
    issued: dict[str, Actor] = field(default_factory=dict)
    tied: tuple[str, ...] = ()
    _subjects: dict[int, tuple[list[int], list[Mentioned]]] = field(default_factory=dict)
    _names_known: dict[tuple[str, str | None], Actor] = field(default_factory=dict)
    _descriptions_led: dict[int, Actor | None] = field(default_factory=dict)
    _depth: int = 0

    @cached_property
    def roll(self) -> Roll:
        """The names of the article."""
        return Roll(self.article)

    @cached_property
    def known(self) -> KnownActors:
        """What the codebook knows of the actors of the article."""
        return KnownActors(self.article, self.codebook, self.published, self.roll)

    def _recent(self) -> Iterator[Referent[Speaker]]:
        """Who spoke, the last first, as far back as a reader would remember."""
        return self.spoken.recent(MEMORY)

    def _spoken_in(self, start: int, end: int) -> Iterator[tuple[int, Actor]]:
        """Who spoke in a sentence, the last first."""
        for spoke in self._recent():
            if spoke.at < start:
                return
            if spoke.at < end:
                yield spoke.at, spoke.value.actor

    def _main_clause(self, sentence: int) -> int:
        """Where the main clause of a sentence begins: behind the clauses that stand before it ("When it froze, Roe left")."""
        if self.article.tokens(sentence).classes[:1] != "S":
            return 0
        clauses = (clause for clause in clauses_of(self.article, sentence).clauses if not clause.quoted)
        return next((clause.start for clause in clauses if clause.kind not in FRONTED), 0)

    def _subjects_before(self, sentence: int, at: int) -> list[Mentioned]:
        """The subjects of a sentence that stand before offset `at`, in order; of an endless sentence the nearest."""
        if sentence not in self._subjects:
            clauses = clauses_of(self.article, sentence)
            found = sorted((mentioned(self.article, clauses.tokens, m) for m in clauses.subjects), key=lambda m: m.start)
            self._subjects[sentence] = ([m.start for m in found], found)
        starts, found = self._subjects[sentence]
        behind = bisect_left(starts, at)
        return found[max(0, behind - NEAREST) : behind]

    # ---- what the classes below add
    @abstractmethod
    def meant(self, mention: Mentioned, sentence: int) -> Actor | None:
        """The actor meant by a mention."""

    @abstractmethod
    def _named(self, mention: Mentioned, words: list[str]) -> Actor | None:
        """The actor that a name means."""

    @abstractmethod
    def _is_person(self, mention: Mentioned, actor: Actor) -> bool:
        """Whether a mention is of a person."""

    @abstractmethod
    def _described(self, mention: Mentioned, sentence: int) -> Actor | None:
        """The actor that a description is of."""

    @abstractmethod
    def _led(self, mention: Mentioned, sentence: int) -> Actor | None:
        """Whom a description means that stands as a subject before a pronoun or another description."""
