"""Wordings and cues found in a text: where each begins, what must stand before it, and what voids it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from stcalib.codebook.patterns import STOPS, Node, character_class, parse, references
from stcalib.codebook.propositions_file import Proposition, Wording
from stcalib.language.stance_words import StanceCue
from stcalib.positions.compiled import Patterns

LONGEST_NAME = 6
"""Words that the name of a body may have before the word at which it was found."""
PUT_IN = 4
"""Words from the comma before a reporting clause that is put in to its verb."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A wording found in a text, in word indexes: the proposition it raises and the words for the target in it.

    The pattern proper begins at `core`; `denies` marks one that holds a negation of its own. A negation counts from word
    `scope` on. `own` marks one that tells of the target as "we", so that only those who are of it can say so. `taken_up`
    marks a "pronoun" or "noun" that raises it again without naming it.
    """

    proposition: Proposition
    wording: Wording
    start: int
    end: int
    core: int
    denies: bool = False
    scope: int = 0
    target: tuple[int, int] | None = None
    own: bool = False
    reads_as: str | None = None
    taken_up: str = ""

    @property
    def sign(self) -> int:
        """1 where the wording means support, else -1."""
        return 1 if self.wording.means == "support" else -1

    @property
    def reads(self) -> str:
        """How the wording is read: plan, claim, shown, act or reproach."""
        return self.reads_as or self.wording.reads or ("plan" if self.proposition.kind == "plan" else "claim")


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue of stance in a text, in word indexes."""

    kind: str
    sign: int
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Its first word, and the one behind its last."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Reading:
    """What is made of a wording: 1 for, -1 against, 0 undecided, and who holds it.

    `holder` is "speaker" (whoever speaks the clause), "subject" (of the verb at word `at`), "clause" (the subject of
    the clause around word `at`), "owner" (whoever is named before the noun at word `at`), "sender" (whoever is named
    behind it: "a proposal from Canada to ...") or "bare" (nothing in the clause tells: the verb that reports it
    decides). `outer` is a denial or evasion around the clause: that its holder takes the stance is only said.
    """

    sign: int
    holder: str
    at: int = 0
    cue: tuple[int, int] | None = None
    outer: Mark | None = None


class Opening:
    """The patterns of one wording, those with a negation of their own apart, as one expression."""

    def __init__(self, patterns: Patterns, proposition: Proposition, wording: Wording, denies: bool):
        self.of, self.proposition, self.wording, self.denies = patterns, proposition, wording, denies
        self.after_denies = any(patterns.holds_denial(parse(pattern)) for pattern in wording.after)
        self.targeted = any("target" in references(parse(pattern)) for pattern in wording.after)
        self.listed: list[tuple[Node, ...]] = []

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        pieces = dict.fromkeys(self.of.vocabulary.expression(nodes, self.of.terms) for nodes in self.listed)
        return re.compile("|".join(pieces))

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """The match of its patterns with the symbols from a word on."""
        return self._expression.match

    def hit(self, symbols: str, at: int, found: re.Match[str]) -> Hit | None:
        """The wording where its patterns were `found` to begin with word `at`."""
        start, end, wording = at, found.end(), self.wording
        target = found.span(found.lastindex) if found.lastindex else None
        if wording.after:
            if (before := self._before(symbols, at)) is None:
                return None
            start, target = before[0], before[2]
        if any(self._voided(unless, symbols, start, end) for unless in (wording.unless, self.of.propositions.topic.unless) if unless):
            return None
        own = self.targeted and target is None
        return Hit(self.proposition, wording, start, end, at, self.denies, at if self.after_denies else start, target, own)

    def _before(self, symbols: str, at: int) -> tuple[int, int, tuple[int, int] | None] | None:
        """The nearest of the words that must stand before the wording in its clause, and those in them for the target."""
        floor = max(0, at - self.wording.within)
        floor = max(floor, *(symbols.rfind(stop, floor, self._put_in(symbols, floor, at)) + 1 for stop in STOPS))
        found = None
        opening, expression = self._after
        for start in reversed([m.start() for m in opening.finditer(symbols, floor, at)]):
            if found is not None and start < found.start() - LONGEST_NAME:
                break
            match = expression.match(symbols, start, at)
            if match and (found is None or match.end(match.lastindex or 0) == found.end(found.lastindex or 0)):
                found = match
        if found is None or self._is_reported(symbols, found.end(found.lastindex or 0), at):
            return None
        return found.start(), found.end(), found.span(found.lastindex) if found.lastindex else None

    def _put_in(self, symbols: str, floor: int, at: int) -> int:
        """Where a reporting clause begins that is put in right before a word ("the pact, he said, is ..."), else the word."""
        behind = symbols.rfind(",", floor, at)
        before = symbols.rfind(",", floor, max(floor, behind))
        if before < 0 or behind - before > PUT_IN + 1:
            return at
        return before if any(verb.end() == behind for verb in self.of.saying.finditer(symbols, before, behind)) else at

    def _is_reported(self, symbols: str, start: int, end: int) -> bool:
        """Whether a verb of saying stands between two words, other than in a clause put in ("Ottawa, he said, has ..."),
        or the beginning of a clause about something else ("even as")."""
        if self.of.aside.search(symbols, start, end):
            return True
        for verb in self.of.saying.finditer(symbols, start, end):
            if symbols[verb.end() : verb.end() + 1] != "," or "," not in symbols[max(start, verb.start() - PUT_IN) : verb.start()]:
                return True
        return False

    @cached_property
    def _after(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """The symbols with which what must stand before begins, and the expression for it."""
        first = {symbol for pattern in self.wording.after for symbol in self.of.vocabulary.first(parse(pattern), self.of.terms)}
        return any_symbol(first), self.of.any_of(self.wording.after)

    def _voided(self, unless: tuple[str, ...], symbols: str, start: int, end: int) -> bool:
        expression = self.of.any_of(unless)
        return any(m.start() < end and m.end() > start for m in expression.finditer(symbols, max(0, start - 5), end + 4))


class Cue:
    """One entry of the lexicon's cues of stance."""

    def __init__(self, patterns: Patterns, entry: StanceCue):
        self._of, self._patterns = patterns, entry.patterns
        self.kind: str = entry.kind
        self.sign = 0 if entry.kind == "evasion" else 1 if entry.stance == "support" else -1

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The expression for any of its patterns."""
        return self._of.any_of(self._patterns)


def any_symbol(symbols: Iterable[str]) -> re.Pattern[str]:
    """The expression for any one of the symbols; one that matches nothing where there are none."""
    return re.compile(character_class(symbols) or r"(?!)")
