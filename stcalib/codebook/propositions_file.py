"""`propositions.toml` of a codebook: what actors take a stance on, and the wordings that raise it.

The format is described by example on the documentation page on positions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from stcalib.codebook.patterns import BUILT_IN, PatternError, parse, references
from stcalib.core.toml_models import Entry
from stcalib.language.lexicon import load_lexicon


class Wording(Entry):
    """Patterns that raise a proposition, what they mean for it and how they are read."""

    means: Literal["support", "oppose"]
    patterns: tuple[str, ...] = Field(min_length=1)
    reads: Literal["plan", "claim", "shown", "act", "reproach"] | None = None
    after: tuple[str, ...] = ()
    within: int = Field(default=12, ge=1, le=20)
    one_sided: bool = False
    unless: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    near_within: int = Field(default=3, ge=0, le=30)


class Examples(Entry):
    """Sentences in which somebody takes each stance on a proposition: they teach a project's learned reader."""

    support: tuple[str, ...] = ()
    oppose: tuple[str, ...] = ()
    ambivalent: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.support or self.oppose or self.ambivalent)


class Proposition(Entry):
    """One proposition: what it says, what support and opposition mean, its wordings, and sentences that show each stance."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    kind: Literal["plan", "claim", "fact"]
    definition: str
    support: str
    oppose: str
    called: tuple[str, ...] = ()
    wording: tuple[Wording, ...] = ()
    examples: Examples = Examples()

    @model_validator(mode="after")
    def _is_told(self) -> Self:
        if not self.wording and not self.examples:
            raise ValueError(f"proposition {self.id!r} has neither wordings nor examples. Give some ten example sentences a side, or patterns")
        return self


class Topic(Entry):
    """Words that must stand near every wording, words of which an article must hold one, and words that void a wording
    that they overlap, whichever it is."""

    words: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Anchor(Entry):
    """Terms that count only in an article that holds one of `needs`."""

    terms: tuple[str, ...]
    needs: tuple[str, ...]


class Target(Entry):
    """The body that `<target>` stands for, and how it is called besides by names that the registry knows."""

    body: str
    words: tuple[str, ...] = ()


class Propositions(Entry):
    """`propositions.toml`."""

    source: str = ""
    title: str = ""
    neutral: tuple[str, ...] = ()
    topic: Topic = Topic()
    anchor: tuple[Anchor, ...] = ()
    target: Target | None = None
    terms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    proposition: tuple[Proposition, ...] = ()

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if not self.proposition:
            return self
        known = set(self.terms) | set(load_lexicon().stances.terms) | BUILT_IN
        for where, pattern in self.patterns():
            try:
                named = references(parse(pattern))
            except PatternError as error:
                raise ValueError(f"{where}: {error}") from error
            if unknown := named - known:
                raise ValueError(f"{where}: {pattern!r} names <{min(unknown)}>, which no [terms] has. There are {', '.join(sorted(known))}")
            if "target" in named and self.target is None:
                raise ValueError(f"{where}: {pattern!r} names <target>, but there is no [target]. Add one with its body")
        self._check_terms()
        ids = [p.id for p in self.proposition]
        if twice := {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"proposition {min(twice)!r} stands twice. Give each an id of its own")
        return self

    def _check_terms(self) -> None:
        """A list may name other lists, but none that leads back to it."""
        terms = {**load_lexicon().stances.terms, **self.terms}
        named = {name: frozenset().union(*(references(parse(p)) for p in patterns)) for name, patterns in terms.items()}
        for name in named:
            seen: set[str] = set()
            reach = set(named[name])
            while reach - seen:
                step = min(reach - seen)
                seen.add(step)
                reach |= named.get(step, frozenset())
            if name in seen:
                raise ValueError(f"terms.{name}: the list leads back to itself. Take <{name}> out of the lists that it names")

    def patterns(self) -> Iterator[tuple[str, str]]:
        """All patterns with the entry in which each stands."""
        yield from _named("topic.words", self.topic.words)
        yield from _named("topic.article", self.topic.article)
        yield from _named("topic.unless", self.topic.unless)
        for anchor in self.anchor:
            yield from _named(f"anchor {', '.join(anchor.terms)}", anchor.needs)
        if self.target is not None:
            yield from _named("target.words", self.target.words)
        for name, patterns in self.terms.items():
            yield from _named(f"terms.{name}", patterns)
        for proposition in self.proposition:
            yield from _named(f"proposition {proposition.id}: called", proposition.called)
            for number, wording in enumerate(proposition.wording, 1):
                patterns = (*wording.patterns, *wording.after, *wording.unless, *wording.near)
                yield from _named(f"proposition {proposition.id}: wording {number}", patterns)


def _named(where: str, patterns: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((where, pattern) for pattern in patterns)
