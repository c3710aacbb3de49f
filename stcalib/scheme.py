"""A codebook's propositions and the language's words of stance, compiled to regular expressions over symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from os.path import commonprefix

from stcalib.codebook import Codebook
from stcalib.lexicon import StanceCue, load_lexicon
from stcalib.propositions import Proposition, Wording
from stcalib.wordings import STOPS, Either, Encoded, Forms, Node, Reference, Vocabulary, character_class, parse, references, words_in, words_of

OPENING_PART = 3
"""An article is on the topic that it names in the first of so many parts of it."""

_PREPOSITIONS = frozenset("to of for from in over on about against by".split())
LONGEST_NAME = 6
"""Words that the name of a body may have before the word at which it was found."""
PUT_IN = 4
"""Words from the comma before a reporting clause that is put in to its verb."""
_VERBS = frozenset({"attitude", "modal", "reversal", "assertion", "commitment"})

_TITLES = ("Mr.", "Ms.", "Mrs.", "Mme", "prime minister", "premier", "minister", "president", "leader", "immigration minister", "public safety minister")


@dataclass(frozen=True, slots=True)
class Hit:
    """A wording found in a text, in word indexes: the proposition it raises and the words for the target in it.

    The pattern proper begins at `core`; `denies` marks one that holds a negation of its own. A negation counts from word
    `scope` on. `own` marks one that tells of the target as "we", so that only those who are of it can say so. `taken_up` marks a
    "pronoun" or "noun" that raises it again without naming it.
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


class _Opening:
    """The patterns of one wording, those with a negation of their own apart, as one expression."""

    def __init__(self, scheme: Scheme, proposition: Proposition, wording: Wording, denies: bool):
        self.scheme, self.proposition, self.wording, self.denies = scheme, proposition, wording, denies
        self.after_denies = any(scheme.holds_denial(parse(pattern)) for pattern in wording.after)
        self.targeted = any("target" in references(parse(pattern)) for pattern in wording.after)
        self.patterns: list[tuple[Node, ...]] = []

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        pieces = dict.fromkeys(self.scheme.vocabulary.expression(nodes, self.scheme.terms) for nodes in self.patterns)
        return re.compile("|".join(pieces))

    def hit_at(self, symbols: str, at: int) -> Hit | None:
        """The wording where it begins with word `at`."""
        found = self._expression.match(symbols, at)
        if found is None:
            return None
        start, end, wording = at, found.end(), self.wording
        target = found.span(found.lastindex) if found.lastindex else None
        if wording.after:
            if (before := self._before(symbols, at)) is None:
                return None
            start, target = before[0], before[2]
        if (wording.unless and self._voided(wording.unless, symbols, start, end)) or self._voided(self.scheme.propositions.topic.unless, symbols, start, end):
            return None
        own = self.targeted and target is None
        return Hit(self.proposition, wording, start, end, at, self.denies, at if self.after_denies else start, target, own)

    def _before(self, symbols: str, at: int) -> tuple[int, int, tuple[int, int] | None] | None:
        """The nearest of the words that must stand before the wording in its clause, and those in them for the target."""
        floor = max(0, at - self.wording.within)
        floor = max(floor, *(symbols.rfind(stop, floor, at) + 1 for stop in STOPS))
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

    def _is_reported(self, symbols: str, start: int, end: int) -> bool:
        """Whether a verb of saying stands between two words, other than in a clause put in: "Ottawa, he said, has ..."."""
        for verb in self.scheme.saying.finditer(symbols, start, end):
            if symbols[verb.end() : verb.end() + 1] != "," or "," not in symbols[max(start, verb.start() - PUT_IN) : verb.start()]:
                return True
        return False

    @cached_property
    def _after(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """The symbols with which what must stand before begins, and the expression for it."""
        first = {symbol for pattern in self.wording.after for symbol in self.scheme.vocabulary.first(parse(pattern), self.scheme.terms)}
        return _any_symbol(first), self.scheme.any_of(self.wording.after)

    def _voided(self, unless: tuple[str, ...], symbols: str, start: int, end: int) -> bool:
        expression = self.scheme.any_of(unless)
        return any(m.start() < end and m.end() > start for m in expression.finditer(symbols, max(0, start - 5), end + 4))


class _Cue:
    """One entry of the lexicon's cues of stance."""

    def __init__(self, scheme: Scheme, entry: StanceCue):
        self._scheme, self._patterns = scheme, entry.patterns
        self.kind = entry.kind
        self.sign = 0 if entry.kind == "evasion" else 1 if entry.stance == "support" else -1

    @cached_property
    def expression(self) -> re.Pattern[str]:
        return self._scheme.any_of(self._patterns)


def _any_symbol(symbols: Iterable[str]) -> re.Pattern[str]:
    """The expression for any one of the symbols; one that matches nothing where there are none."""
    return re.compile(character_class(symbols) or r"(?!)")


class Scheme:
    """What a codebook's propositions and the lexicon's stances look for, compiled. Make it with `scheme_of`."""

    def __init__(self, codebook: Codebook):
        stances = load_lexicon().stances
        propositions = codebook.propositions
        self.propositions = propositions
        self._parties = tuple(word for party in codebook.actors.party for word in (party.name, *party.aliases, *party.adjectives))
        self._stances = stances
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._groups: dict[tuple[str, ...], re.Pattern[str]] = {}
        self.terms: dict[str, tuple[tuple[Node, ...], ...]] = {
            name: tuple(map(parse, patterns)) for name, patterns in {**stances.terms, **propositions.terms}.items()
        }
        if propositions.target is not None:
            self.terms["target"] = tuple(map(parse, self._target_patterns()))
        words = [*stances.negation.words, *stances.negation.void, *stances.negation.behind]
        for group in (stances.clauses, stances.anaphora, stances.publics):
            words += [pattern for patterns in group.model_dump().values() for pattern in patterns]
        words += [*stances.nouns.forms, *stances.nouns.before, *stances.nouns.verbal, "and", "or", "it", "that", "this", "them"]
        words += [pattern for cue in stances.cue for pattern in cue.patterns] + list(stances.acts.patterns)
        words += [pattern for _, pattern in propositions.patterns()]
        lists = sorted(self.terms.values(), key=len, reverse=True)
        words += ["(the|that|this|such|an|a|any|its) kind of"]
        self.vocabulary = Vocabulary([*(nodes for options in lists for nodes in options), *map(parse, words)], self._single_names(codebook))

    @staticmethod
    def _single_names(codebook: Codebook) -> Iterator[str]:
        """The names of one word that the codebook's actors bear: "Canada", "Liberals"."""
        actors = codebook.actors
        parties = (word for party in actors.party for word in (party.name, *party.aliases, *party.adjectives))
        bodies = (word for body in actors.body for word in (body.name, *body.aliases, *body.places))
        for name in (*parties, *bodies):
            if len(words := words_of(name)) == 1 and name[0].isupper():
                yield words[0]

    def _target_patterns(self) -> list[str]:
        assert self.propositions.target is not None
        titles = "|".join(_TITLES)
        named = f"(the|this|that|our|his|her)? ({titles})? <other name> (government|administration|cabinet)?"
        parties = [word for word in self._parties if re.fullmatch(r"[\w' -]+", word)]
        party = [f"(the|our|this|that)? (federal)? ({'|'.join(parties)}) (government|party|cabinet)?"] if parties else []
        return [*self.propositions.target.words, *party, named]

    # ---- wordings
    @cached_property
    def _openings(self) -> tuple[re.Pattern[str], dict[str, list[_Opening]]]:
        """The symbols with which wordings begin, and for each the wordings that may begin with it."""
        raised: dict[str, list[_Opening]] = {}
        for proposition in self.propositions.proposition:
            for wording in proposition.wording:
                plain, denying = (_Opening(self, proposition, wording, denies) for denies in (False, True))
                for pattern in wording.patterns:
                    nodes = parse(pattern)
                    opening = denying if self.holds_denial(nodes) else plain
                    opening.patterns.append(nodes)
                    for symbol in self.vocabulary.first(nodes, self.terms):
                        if opening not in (found := raised.setdefault(symbol, [])):
                            found.append(opening)
        return _any_symbol(raised), raised

    def holds_denial(self, nodes: tuple[Node, ...]) -> bool:
        """Whether a pattern itself names a word of negation."""
        return not self._denials.isdisjoint(words_in(nodes))

    @cached_property
    def _denials(self) -> frozenset[str]:
        return frozenset(word for pattern in self._stances.negation.words for word in words_in(parse(pattern)) if " " not in pattern)

    def hits(self, text: Encoded) -> Iterator[Hit]:
        """The wordings in a text in order of their beginnings; of those of one proposition that overlap, the first."""
        opening, raised = self._openings
        done: dict[str, int] = {}
        symbols = text.symbols
        for match in opening.finditer(symbols):
            at = match.start()
            for wordings in raised[symbols[at]]:
                if done.get(wordings.proposition.id, 0) > at or (hit := wordings.hit_at(symbols, at)) is None:
                    continue
                done[hit.proposition.id] = hit.end
                yield hit

    # ---- topic
    @cached_property
    def topic_words(self) -> tuple[str, ...]:
        """Patterns of which one must match near every wording."""
        return self.propositions.topic.words

    @cached_property
    def _topic_letters(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """For each way of naming the topic the words that it needs, as they stand in lower case: one of each group."""
        patterns = (*self.propositions.topic.article, *(need for anchor in self.propositions.anchor for need in anchor.needs))
        return tuple(dict.fromkeys(tuple(self._needed(parse(pattern))) for pattern in patterns))

    def _needed(self, nodes: tuple[Node, ...]) -> Iterator[tuple[str, ...]]:
        """For each element of a pattern that may not be left out, words one of which it holds, the commonest endings cut."""
        for node in nodes:
            if isinstance(node, Forms):
                yield (commonprefix(node.words),)
            elif (isinstance(node, Reference) and node.name in self.terms) or (isinstance(node, Either) and not node.optional):
                options = self.terms[node.name] if isinstance(node, Reference) else node.options
                choices = [list(self._needed(option)) for option in options]
                if all(choices):
                    yield tuple(word for choice in choices for word in max(choice, key=lambda words: min(map(len, words))))

    def may_be_on_topic(self, text: str) -> bool:
        """Whether a text holds the words of any way of naming the topic; what does not need not be read."""
        low = text.lower()
        return not self._topic_letters or any(all(any(word in low for word in group) for group in needed) for needed in self._topic_letters)

    def is_on_topic(self, text: Encoded) -> bool:
        """Whether an article is about the codebook's dispute: it names the topic near its beginning, or twice."""
        wanted = self.propositions.topic.article
        if not wanted or (self.propositions.anchor and self.is_anchored(text)):
            return True
        found = self.any_of(wanted).finditer(text.symbols)
        first = next(found, None)
        return first is not None and (first.start() < len(text.symbols) // OPENING_PART or next(found, None) is not None)

    def is_anchored(self, text: Encoded) -> bool:
        """Whether an article names what the anchored terms stand for."""
        needs = tuple(need for anchor in self.propositions.anchor for need in anchor.needs)
        return not needs or self.any_of(needs).search(text.symbols) is not None

    @cached_property
    def anchored_terms(self) -> re.Pattern[str]:
        """The terms that count only in an article that names what they stand for."""
        return self.any_of(tuple(f"<{term}>" for anchor in self.propositions.anchor for term in anchor.terms))

    # ---- everything else
    def compiled(self, expression: str) -> re.Pattern[str]:
        """The expression compiled, once however often it is asked for."""
        if expression not in self._compiled:
            self._compiled[expression] = re.compile(expression)
        return self._compiled[expression]

    def any_of(self, patterns: tuple[str, ...]) -> re.Pattern[str]:
        """The expression for any one of the patterns."""
        if patterns not in self._groups:
            self._groups[patterns] = self.compiled(self._any(patterns))
        return self._groups[patterns]

    def _any(self, patterns: Iterable[str]) -> str:
        pieces = [self.vocabulary.expression(parse(pattern), self.terms) for pattern in patterns]
        return f"(?:{'|'.join(pieces)})" if pieces else r"(?!)"

    @cached_property
    def _cues(self) -> tuple[re.Pattern[str], dict[str, list[_Cue]]]:
        """The symbols with which cues begin, and for each the cues that may begin with it, in their order."""
        begun: dict[str, list[_Cue]] = {}
        for entry in self._stances.cue:
            cue = _Cue(self, entry)
            for symbol in frozenset().union(*(self.vocabulary.first(parse(pattern), self.terms) for pattern in entry.patterns)):
                begun.setdefault(symbol, []).append(cue)
        return _any_symbol(begun), begun

    def cues(self, text: Encoded, start: int, end: int) -> list[Mark]:
        """The cues of stance between two words, in order, none overlapping another."""
        opening, cues = self._cues
        found = []
        done = start
        symbols = text.symbols
        for begin in opening.finditer(symbols, start, end):
            at = begin.start()
            if at < done:
                continue
            match = next(((m, cue) for cue in cues[symbols[at]] if (m := cue.expression.match(symbols, at, end))), None)
            if match is None:
                continue
            done, kind, sign = match[0].end(), match[1].kind, match[1].sign
            if kind in _VERBS and self.is_noun(text, at):
                kind = "noun" if kind == "attitude" else "other"
            if kind != "other":
                found.append(Mark(kind, sign, at, done))
        return found

    def is_act(self, text: Encoded, at: int) -> bool:
        """Whether the cue that begins with a word is a deed: "voted against", "signed a letter"."""
        return self.any_of(self._stances.acts.patterns).match(text.symbols, at) is not None

    def is_noun(self, text: Encoded, at: int) -> bool:
        """Whether a word that may be verb or noun is a noun here, by the word before it."""
        word = text.word(at)
        if word not in self._nouns or at == 0:
            return False
        before = text.word(at - 1)
        if before in self._noun_before or (word in self._transitive and text.word(at + 1) in _PREPOSITIONS):
            return True
        if before in self._verb_before or not before[-1:].isalnum() or before.endswith("ly"):
            return False
        return not before.endswith("s") and not word.endswith("s") and text.symbols[at - 1] not in ",0"

    def is_verb(self, text: Encoded, at: int) -> bool:
        """Whether a word that may be verb or noun is a verb here."""
        return text.word(at) in self._nouns and not self.is_noun(text, at)

    @cached_property
    def _nouns(self) -> frozenset[str]:
        return frozenset(self._stances.nouns.forms)

    @cached_property
    def _transitive(self) -> frozenset[str]:
        return frozenset(self._stances.nouns.transitive)

    @cached_property
    def _noun_before(self) -> frozenset[str]:
        return frozenset(self._stances.nouns.before)

    @cached_property
    def _verb_before(self) -> frozenset[str]:
        return frozenset(self._stances.nouns.verbal)

    @cached_property
    def joint(self) -> re.Pattern[str]:
        """ "and", "or" and a comma: where one thing is joined to another."""
        return re.compile(f"{self.vocabulary.class_of(('and', 'or'))}|,")

    @cached_property
    def another_clause(self) -> re.Pattern[str]:
        """ "and that": where a second clause is joined to a first."""
        return re.compile(self._any(("(and|or|but) that",)))

    @cached_property
    def object_pronoun(self) -> re.Pattern[str]:
        """ "it" or "that" behind a verb."""
        return re.compile(self.vocabulary.class_of(("it", "that", "this", "them")))

    @cached_property
    def conjunction(self) -> re.Pattern[str]:
        """ "and" and "or"."""
        return re.compile(self.vocabulary.class_of(("and", "or")))

    @cached_property
    def negation(self) -> re.Pattern[str]:
        """A word of negation, or (in group 1) a phrase that holds one and negates nothing."""
        return re.compile(f"({self._any(self._stances.negation.void)})|{self._any(self._stances.negation.words)}")

    @cached_property
    def saying(self) -> re.Pattern[str]:
        """A verb of saying: what stands before it is no part of what is said."""
        return self.any_of(("<say>",))

    @cached_property
    def question(self) -> re.Pattern[str]:
        """ "asked whether": what follows is a question."""
        return re.compile(self._any(self._stances.clauses.questions))

    @cached_property
    def negation_behind(self) -> re.Pattern[str]:
        """What denies behind a noun that there is such a thing."""
        return re.compile(self._any(self._stances.negation.behind))

    @cached_property
    def barrier(self) -> re.Pattern[str]:
        """Where a clause ends; group 1 where what follows is a condition, group 2 an exception, group 3 a contrast."""
        clauses = self._stances.clauses
        return re.compile(f"({self._any(clauses.conditions)})|({self._any(clauses.exceptions)})|({self._any(clauses.contrasts)})|{self._any(clauses.barriers)}|[{re.escape('.!?;:')}\n]")

    @cached_property
    def rhetorical(self) -> re.Pattern[str]:
        """The beginning of a question that denies what it asks."""
        return re.compile(self._any(self._stances.clauses.rhetorical))

    @cached_property
    def anaphor_head(self) -> re.Pattern[str]:
        """A word that every noun phrase of `anaphor` holds."""
        called = (name for proposition in self.propositions.proposition for name in proposition.called)
        words = set()
        for pattern in (*called, *self._stances.anaphora.nouns):
            words |= words_in(parse(pattern)[-1:])
        return re.compile(self.vocabulary.class_of(sorted(words)))

    @cached_property
    def anaphoric_pronoun(self) -> re.Pattern[str]:
        """A subject pronoun that takes up something spoken of, with the verb behind it."""
        return re.compile(self._any(self._stances.anaphora.pronouns))

    @cached_property
    def anaphor(self) -> re.Pattern[str]:
        """A noun phrase that takes up something spoken of."""
        called = [name for proposition in self.propositions.proposition for name in proposition.called]
        again = [f"(the|that|this|such|such an|such a|any such|its) (kind of)? ({'|'.join(called)})"] if called else []
        return re.compile(self._any([*again, *self._stances.anaphora.nouns]))


@cache
def scheme_of(codebook: Codebook) -> Scheme:
    """The compiled propositions of a codebook."""
    return Scheme(codebook)
