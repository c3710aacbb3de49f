"""A codebook's propositions and the language's words of stance, compiled to regular expressions over symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice, takewhile
from types import MappingProxyType

from stcalib.codebook.codebook import Codebook
from stcalib.codebook.patterns import Either, Encoded, Forms, Node, Reference, parse, words_in
from stcalib.language.in_use import by_language
from stcalib.language.word_sets import pattern_text, word_list, word_set
from stcalib.positions.compiled import Patterns
from stcalib.positions.wording_match import Cue, Hit, Mark, Opening, any_symbol

OPENING_PART = 3
"""An article is on the topic that it names in the first of so many parts of it,"""
OPENING_WORDS = 120
"""or among its first so many words and marks."""

CLAUSE_ENDS = frozenset((*",.!?;:\n", ""))
"""Marks that end a clause; an empty one is the end of the text."""

_VERBS = frozenset({"attitude", "modal", "reversal", "assertion", "commitment"})


class Scheme(Patterns):
    """What a codebook's propositions and the lexicon's stances look for, compiled. Make it with `scheme_of`."""

    # ---- wordings
    @cached_property
    def _openings(self) -> tuple[re.Pattern[str], dict[str, list[Opening]]]:
        """The symbols with which wordings begin, and for each the wordings that may begin with it."""
        raised: dict[str, list[Opening]] = {}
        for proposition in self.propositions.proposition:
            for wording in proposition.wording:
                plain, denying = (Opening(self, proposition, wording, denies) for denies in (False, True))
                for pattern in wording.patterns:
                    nodes = parse(pattern)
                    opening = denying if self.holds_denial(nodes) else plain
                    opening.listed.append(nodes)
                    for symbol in self.vocabulary.first(nodes, self.terms):
                        if opening not in (found := raised.setdefault(symbol, [])):
                            found.append(opening)
        return any_symbol(raised), raised

    def hits(self, text: Encoded) -> Iterator[Hit]:
        """The wordings in a text in order of their beginnings; of those of one proposition that overlap, the first."""
        done: dict[str, int] = {}
        for hit in self.every_hit(text, done):
            done[hit.proposition.id] = hit.end
            yield hit

    def every_hit(self, text: Encoded, done: Mapping[str, int] = MappingProxyType({})) -> Iterator[Hit]:
        """The wordings in a text, also where they overlap, in order of their beginnings and then as they stand in the file; those that
        begin before the word up to which their proposition is `done` are left out."""
        opening, raised = self._openings
        symbols = text.symbols
        for match in opening.finditer(symbols):
            at = match.start()
            for wordings in raised[symbols[at]]:
                found = wordings.match(symbols, at)
                if found is None or done.get(wordings.proposition.id, 0) > at or (hit := wordings.hit(symbols, at, found)) is None:
                    continue
                yield hit

    @cached_property
    def about_target(self) -> frozenset[str]:
        """The propositions whose wordings name the body of `[target]`."""
        told = self.propositions.proposition
        return frozenset(one.id for one in told if any("<target>" in pattern for w in one.wording for pattern in (*w.patterns, *w.after)))

    # ---- topic
    @cached_property
    def topic_words(self) -> tuple[str, ...]:
        """Patterns of which one must match near every wording."""
        return self.propositions.topic.words

    @cached_property
    def _topic_letters(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """For each way of naming the topic the words that it needs, as they stand in lower case: one of each group, the rarest first."""
        patterns = (*self.propositions.topic.article, *(need for anchor in self.propositions.anchor for need in anchor.needs))
        needed = (sorted(self._needed(parse(pattern)), key=lambda words: -min(map(len, words))) for pattern in patterns)
        return tuple(dict.fromkeys(map(tuple, needed)))

    def _needed(self, nodes: tuple[Node, ...]) -> Iterator[tuple[str, ...]]:
        """For each element of a pattern that may not be left out, words one of which it holds, the commonest endings cut."""
        for node in nodes:
            if isinstance(node, Forms):
                yield (_common_beginning(node.words),)
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
        if not self.propositions.topic.article or (self.propositions.anchor and self.is_anchored(text)):
            return True
        named = self._topic_named(text)
        opening = max(len(text.symbols) // OPENING_PART, OPENING_WORDS)
        return len(named) > 1 or (bool(named) and named[0].start() < opening)

    def topic_named(self, text: Encoded) -> tuple[int, int] | None:
        """The words with which an article first names the topic, as `symbols[first:last]`."""
        return next((match.span() for match in self._topic_named(text)), None)

    def _topic_named(self, text: Encoded) -> list[re.Match[str]]:
        """The first two places at which an article names the topic."""
        return list(islice(self.any_of(self.propositions.topic.article).finditer(text.symbols), 2))

    def is_anchored(self, text: Encoded) -> bool:
        """Whether an article names what the anchored terms stand for."""
        needs = tuple(need for anchor in self.propositions.anchor for need in anchor.needs)
        return not needs or self.any_of(needs).search(text.symbols) is not None

    @cached_property
    def anchored_terms(self) -> re.Pattern[str]:
        """The terms that count only in an article that names what they stand for."""
        return self.any_of(tuple(f"<{term}>" for anchor in self.propositions.anchor for term in anchor.terms))

    # ---- everything else
    @cached_property
    def _cues(self) -> tuple[re.Pattern[str], dict[str, list[Cue]]]:
        """The symbols with which cues begin, and for each the cues that may begin with it, in their order."""
        begun: dict[str, list[Cue]] = {}
        for entry in self._stances.cue:
            cue = Cue(self, entry)
            for symbol in frozenset().union(*(self.vocabulary.first(parse(pattern), self.terms) for pattern in entry.patterns)):
                begun.setdefault(symbol, []).append(cue)
        return any_symbol(begun), begun

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
            for cue in cues[symbols[at]]:
                if (match := cue.expression.match(symbols, at, end)) is not None:
                    break
            else:
                continue
            done, kind, sign = match.end(), cue.kind, cue.sign
            if kind in _VERBS and self.is_noun(text, at):
                if kind != "attitude":
                    continue
                kind = "noun"
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
        if before in self._noun_before or (word in self._transitive and text.word(at + 1) in word_set("positions.prepositions")):
            return True
        if before in self._verb_before or not before[-1:].isalnum() or before.endswith(word_list("positions.adverb_ending")):
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
        return re.compile(f"{self.vocabulary.class_of(word_list('positions.joints'))}|,")

    @cached_property
    def another_clause(self) -> re.Pattern[str]:
        """ "and that": where a second clause is joined to a first."""
        return re.compile(self._any(word_list("positions.another_clause")))

    @cached_property
    def object_pronoun(self) -> re.Pattern[str]:
        """ "it" or "that" behind a verb."""
        return re.compile(self._any(word_list("positions.object_pronoun")))

    @cached_property
    def conjunction(self) -> re.Pattern[str]:
        """ "and" and "or"."""
        return re.compile(self.vocabulary.class_of(word_list("positions.joints")))

    @cached_property
    def negation(self) -> re.Pattern[str]:
        """A word of negation, or (in group 1) a phrase that holds one and negates nothing."""
        return re.compile(f"({self._any(self._stances.negation.void)})|{self._any(self._stances.negation.words)}")

    @cached_property
    def question(self) -> re.Pattern[str]:
        """ "asked whether": what follows is a question."""
        return re.compile(self._any(self._stances.clauses.questions))

    @cached_property
    def fronted_negation(self) -> re.Pattern[str]:
        """A word that opens a clause, its verb before its subject, and denies all of it: "nor does she want"."""
        return re.compile(self._any(self._stances.negation.fronted))

    @cached_property
    def negation_behind(self) -> re.Pattern[str]:
        """What denies behind a noun that there is such a thing."""
        return re.compile(self._any(self._stances.negation.behind))

    @cached_property
    def restriction(self) -> re.Pattern[str]:
        """Words before what a stance is made to depend on: "only if"."""
        return self.any_of(self._stances.clauses.restrictions)

    @cached_property
    def changed(self) -> re.Pattern[str]:
        """Words that tell of what was, or of a change of mind."""
        return self.any_of(self._stances.units.changed)

    @cached_property
    def consequence(self) -> re.Pattern[str]:
        """Behind an order, the words before what would follow from it: "suspend it and you have", which may praise or warn."""
        return re.compile(self._any(self._stances.clauses.consequence))

    @cached_property
    def came_from(self) -> re.Pattern[str]:
        """Behind a demand, the words before those whose it is: "have come from"."""
        return re.compile(self._any(self._stances.publics.came_from))

    @cached_property
    def expecting(self) -> frozenset[str]:
        """Verbs of saying that tell what somebody expects and not what they want: "thinks that it will be"."""
        return frozenset(self._stances.publics.expecting)

    @cached_property
    def giving(self) -> frozenset[str]:
        """Verbs whose object is a demand of their subject: "sent a letter"."""
        return frozenset(self._stances.publics.giving)

    @cached_property
    def split(self) -> re.Pattern[str]:
        """Where a sentence goes on to what may be about somebody else: ", while"."""
        return re.compile(f";|{self._any(self._stances.units.splits)}")

    @cached_property
    def undone(self) -> re.Pattern[str]:
        """Right behind a plan, words that say it should be no more: "wants the ban [ended]"."""
        return re.compile(self._any(self._stances.clauses.undone))

    @cached_property
    def cleft(self) -> re.Pattern[str]:
        """Before a plan, "what this town needs is", or (group `split`) "it is", which wants `cleft_behind` behind the plan."""
        clauses = self._stances.clauses
        return re.compile(f"{self._any(clauses.cleft)}|(?P<split>{self._any(clauses.cleft_it)})")

    @cached_property
    def cleft_behind(self) -> re.Pattern[str]:
        """ "That this town needs": what a cleft sentence says of the plan before it."""
        return re.compile(self._any(self._stances.clauses.cleft_behind))

    @cached_property
    def rhetorical(self) -> re.Pattern[str]:
        """The beginning of a question that denies what it asks."""
        return re.compile(self._any(self._stances.clauses.rhetorical))

    @cached_property
    def accord(self) -> re.Pattern[str]:
        """Words of sharing or (group `opposed`) rejecting what was said before; all but `whole` end their clause."""
        words = self._stances.accord
        named = (("opposed_whole", words.opposed_whole), ("acts", words.acts), ("undecided", words.undecided))
        groups = "|".join(f"(?P<{name}>{self._any(patterns)})" for name, patterns in named)
        whole = f"(?P<whole>{groups}|{self._any(words.shared_whole)})"
        return re.compile(f"{whole}|(?P<opposed>{self._any(words.opposed)})|{self._any(words.shared)}")

    @cached_property
    def reaction(self) -> re.Pattern[str]:
        """How somebody takes what was proposed, which the words need not name; group `against` where it displeases them, and in it
        `declined` where they turn it down."""
        words = self._stances.accord
        declined = f"(?P<declined>{self._any(words.declined)})"
        return re.compile(f"(?P<against>{declined}|{self._any(words.displeased)})|{self._any(words.pleased)}")

    @cached_property
    def turned_accord(self) -> re.Pattern[str]:
        """ "So do", which opens a clause, or (group `by`) "was echoed by": what is shared by whoever is named behind it."""
        return re.compile(f"(?P<by>{self._any(self._stances.accord.by)})|{self._any(self._stances.accord.turned)}")

    @cached_property
    def siding(self) -> re.Pattern[str]:
        """Before a name, words of sharing the stance of whoever is named, or (group `against`) of rejecting it: "agrees with"."""
        words = self._stances.accord
        return re.compile(f"(?P<against>{self._any(words.parting)})|{self._any(words.siding)}")

    @cached_property
    def reply(self) -> re.Pattern[str]:
        """The first words of somebody's answer: group `denying` or `affirming`, else `evading`."""
        words = self._stances.replies
        return re.compile(f"(?P<evading>{self._any(words.evading)})|(?P<denying>{self._any(words.no)})|(?P<affirming>{self._any(words.yes)})")

    @cached_property
    def told_reply(self) -> re.Pattern[str]:
        """How a report tells an answer: group `denying` or `affirming`, else neither."""
        words = self._stances.replies
        denied, affirmed = self._any(words.told_no), self._any(words.told_yes)
        return re.compile(f"{self._any(words.told_neither)}|(?P<denying>{denied})|(?P<affirming>{affirmed})")

    def told_answer(self, text: Encoded, lo: int, hi: int) -> re.Match[str] | None:
        """The first answer that a report tells and that ends its clause: "said no.", but not "said no decision was made"."""
        return next((match for match in self.told_reply.finditer(text.symbols, lo, hi) if self.ends_clause(text, match.end())), None)

    @staticmethod
    def ends_clause(text: Encoded, at: int) -> bool:
        """Whether a mark that ends a clause, or nothing, stands at a word."""
        return text.symbols[at : at + 1] in CLAUSE_ENDS

    @cached_property
    def as_demanded(self) -> re.Pattern[str]:
        """ "as the Bloc demands": a clause that tells whose a plan is."""
        return re.compile(self._any(self._stances.accord.demanded))

    @cached_property
    def anaphor_head(self) -> re.Pattern[str]:
        """A word that every noun phrase of `anaphor` holds."""
        called = (name for proposition in self.propositions.proposition for name in proposition.called)
        words: set[str] = set()
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
        again = [pattern_text("positions.anaphor_called", called="|".join(called))] if called else []
        return re.compile(self._any([*again, *self._stances.anaphora.nouns]))


def _common_beginning(words: tuple[str, ...]) -> str:
    """The letters with which all words begin."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False))
    return "".join(letters[0] for letters in alike)


def meaning(answer: re.Match[str]) -> int:
    """1 for a yes, -1 for a no, 0 for neither."""
    return (answer.start("affirming") >= 0) - (answer.start("denying") >= 0)


@by_language
def scheme_of(codebook: Codebook) -> Scheme:
    """The compiled propositions of a codebook."""
    return Scheme(codebook)
