"""The patterns of a codebook and of the language, compiled to regular expressions over one vocabulary of symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from stcalib.codebook.codebook import Codebook
from stcalib.codebook.patterns import Node, Vocabulary, parse, words_in, words_of
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import pattern_text, word_list


class Patterns:
    """The vocabulary and the named lists of a codebook, and the expressions made of them."""

    def __init__(self, codebook: Codebook):
        stances = load_lexicon().stances
        propositions = codebook.propositions
        self.propositions = propositions
        self._actors = codebook.actors
        self._parties = tuple(word for party in codebook.actors.party for word in (party.name, *party.aliases, *party.adjectives))
        self._stances = stances
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._groups: dict[tuple[str, ...], re.Pattern[str]] = {}
        self.terms: dict[str, tuple[tuple[Node, ...], ...]] = {
            name: tuple(map(parse, patterns)) for name, patterns in {**stances.terms, **propositions.terms}.items()
        }
        if propositions.target is not None:
            self.terms["target"] = tuple(map(parse, self._target_patterns()))
        words = [pattern for patterns in stances.negation.model_dump().values() for pattern in patterns]
        for group in (stances.clauses, stances.anaphora, stances.accord, stances.replies):
            words += [pattern for patterns in group.model_dump().values() for pattern in patterns]
        words += [*stances.publics.words, *stances.publics.polls, *stances.publics.came_from]
        words += [*stances.nouns.forms, *stances.nouns.before, *stances.nouns.verbal, *word_list("positions.encoded")]
        words += [pattern for cue in stances.cue for pattern in cue.patterns] + list(stances.acts.patterns)
        words += [pattern for _, pattern in propositions.patterns()] + [*stances.units.splits, *stances.units.changed]
        lists = sorted(self.terms.values(), key=len, reverse=True)
        words += [*word_list("positions.encoded_phrases"), *word_list("syntax.aside_openers")]
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
        heading = load_lexicon().titles.heading
        called = {portfolio.id: portfolio.words[0] for portfolio in self._actors.portfolio}
        ministers = dict.fromkeys(f"{called[o.portfolio]} {rank}" for o in self._actors.office if o.portfolio for rank in o.ranks if rank in heading)
        titles = "|".join((*word_list("positions.addressed"), *heading, *ministers))
        named = pattern_text("positions.target_named", titles=titles)
        parties = [word for word in self._parties if re.fullmatch(r"[\w' -]+", word)]
        home = (
            "|".join(word for place in self._actors.place if place.code == self._actors.home for word in place.words if word.islower())
            or word_list("positions.own")[0]
        )
        party = [pattern_text("positions.target_party", home=home, parties="|".join(parties))] if parties else []
        return [*self.propositions.target.words, *party, named]

    # ---- expressions
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

    def holds_denial(self, nodes: tuple[Node, ...]) -> bool:
        """Whether a pattern itself names a word of negation."""
        return not self._denials.isdisjoint(words_in(nodes))

    @cached_property
    def _denials(self) -> frozenset[str]:
        return frozenset(word for pattern in self._stances.negation.words for word in words_in(parse(pattern)) if " " not in pattern)

    @cached_property
    def aside(self) -> re.Pattern[str]:
        """Where a clause about something else begins: "even as"."""
        return self.any_of(word_list("syntax.aside_openers"))

    @cached_property
    def saying(self) -> re.Pattern[str]:
        """A verb of saying: what stands before it is no part of what is said."""
        return self.any_of(("<say>",))
