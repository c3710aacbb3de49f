"""The form of `stances.toml`: words of support, opposition, evasion and judgement, and how stretches of words are read."""

from __future__ import annotations

from typing import Literal

from stcalib.core.toml_models import Entry


class StanceCue(Entry):
    """Words of one kind that show a stance."""

    kind: Literal[
        "attitude", "assertion", "request", "noun", "hearsay", "modal", "reversal", "complaint", "reserve", "commitment", "judgement", "evasion"
    ]
    stance: Literal["support", "oppose"] = "support"
    patterns: tuple[str, ...]


class Negation(Entry):
    """Words that turn a stance round, and those that only look like it."""

    words: tuple[str, ...]
    void: tuple[str, ...]
    behind: tuple[str, ...]
    fronted: tuple[str, ...]


class Clauses(Entry):
    """Words at which a stance ends or turns."""

    consequence: tuple[str, ...]
    restrictions: tuple[str, ...]
    undone: tuple[str, ...]
    cleft: tuple[str, ...]
    cleft_it: tuple[str, ...]
    cleft_behind: tuple[str, ...]
    rhetorical: tuple[str, ...]
    questions: tuple[str, ...]


class Anaphora(Entry):
    """Pronouns and nouns that take up what was named before."""

    pronouns: tuple[str, ...]
    nouns: tuple[str, ...]


class AccordWords(Entry):
    """Words with which somebody shares or rejects what was said before."""

    turned: tuple[str, ...]
    siding: tuple[str, ...]
    parting: tuple[str, ...]
    shared: tuple[str, ...]
    shared_whole: tuple[str, ...]
    by: tuple[str, ...]
    undecided: tuple[str, ...]
    acts: tuple[str, ...]
    opposed: tuple[str, ...]
    opposed_whole: tuple[str, ...]
    demanded: tuple[str, ...]
    pleased: tuple[str, ...]
    displeased: tuple[str, ...]
    declined: tuple[str, ...]


class Replies(Entry):
    """Words of somebody's answer, and how a report tells an answer."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    evading: tuple[str, ...]
    told_yes: tuple[str, ...]
    told_no: tuple[str, ...]
    told_neither: tuple[str, ...]


class StanceNouns(Entry):
    """Nouns of stance, and how they take what they are about."""

    forms: tuple[str, ...]
    transitive: tuple[str, ...]
    before: tuple[str, ...]
    verbal: tuple[str, ...]


class Acts(Entry):
    """Verbs of attitude that are deeds."""

    patterns: tuple[str, ...]


class Authors(Entry):
    """Who speaks in a page's own words: what marks a column, words for oneself, labels of those who lead a talk."""

    columns: tuple[str, ...]
    own: tuple[str, ...]
    leading: tuple[str, ...]


class Publics(Entry):
    """Who takes no stance as an actor: publics and polls."""

    words: tuple[str, ...]
    polls: tuple[str, ...]
    none: tuple[str, ...]
    of: tuple[str, ...]
    came_from: tuple[str, ...]
    expecting: tuple[str, ...]
    giving: tuple[str, ...]
    benches: tuple[str, ...]
    behind_imperative: tuple[str, ...]
    asking: tuple[str, ...]


class Units(Entry):
    """What stretches of words the learned reader reads, and in what form it sees a word."""

    changed: tuple[str, ...]
    asking: tuple[str, ...]
    endings: tuple[str, ...]
    splits: tuple[str, ...]


class Stances(Entry):
    """`stances.toml`: words of support, opposition, evasion and judgement, in the pattern language of `wordings`."""

    source: str
    names: tuple[str, ...]
    terms: dict[str, tuple[str, ...]]
    negation: Negation
    clauses: Clauses
    acts: Acts
    cue: tuple[StanceCue, ...]
    anaphora: Anaphora
    accord: AccordWords
    replies: Replies
    nouns: StanceNouns
    authors: Authors
    publics: Publics
    units: Units
    irregular: dict[str, tuple[str, ...]]
