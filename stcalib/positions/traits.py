"""Traits of a candidate: how it was read and how surely its holder is known. The estimate of its probability rests on them."""

from __future__ import annotations

from collections.abc import Iterator

from stcalib.codebook.patterns import Encoded
from stcalib.core.rows import Quote
from stcalib.language.word_sets import word_set
from stcalib.positions.clause_openings import Openings
from stcalib.positions.holder_words import offices
from stcalib.positions.scheme import Scheme
from stcalib.positions.subject_kinds import Holder
from stcalib.syntax.clauses import CONDITION, CONTRAST, EXCEPTION

DOUBT = "doubt: "
"""The beginning of a trait that keeps a candidate out of the table: its sign is not certain. For what the learned reader alone sees
some of them only raise what is asked of its estimate (`weighing.GRADED`)."""
HINT = "hint: "
"""The beginning of a trait that speaks against a candidate, and only lowers its estimate."""
FIRST = "first subject it names"
"""How the holder is known of what is given to the first actor of a sentence, since no word of stance in it tells whose it is."""
GIVEN = f"by {FIRST}"
"""The trait of what is so given."""
MAY_TURN, OF_OTHERS = "words that may turn it", "somebody else is told of"
MANY = 3
"""Words that turn a stance are counted up to so many."""


def is_office(holder: Holder) -> bool:
    """Whether a holder is only an office or a party of no name: "the premier", "the Harbour MP", "a government of his"."""
    words = holder.name.split()
    if holder.type in ("government", "party", "organization") and words[:1] != [words[0].lower()]:
        return False
    bare = offices() | {"party"}
    return words[-1].lower() in bare or (words[0].islower() and words[0] in bare and len(words) > 1)


def of_holder(holder: Holder, quote: Quote | None, on_itself: str = "") -> Iterator[str]:
    """How an actor is known: type, how the name looks, and by what mention the quotation led to it. `on_itself` is the stance
    that somebody of the body takes that the proposition is about."""
    if on_itself:
        yield f"on itself: {on_itself}"
    yield f"actor {holder.type or 'unknown'}"
    words = holder.name.split()
    if is_office(holder):
        yield DOUBT + "an office that is not led back to a name"
    capitals = sum(word[:1].isupper() for word in words)
    yield "name " + ("whole" if capitals > 1 else "one word" if capitals else "of no name" if len(words) > 1 else "no name")
    if holder.party is not None:
        yield "of a party"
    if quote is not None:
        mention = (quote.speaker or "").lower()
        yield "spoken by " + (
            "nobody" if not mention else "a pronoun" if mention in word_set("positions.third") | word_set("positions.first") else "a name"
        )


def of_words(scheme: Scheme, text: Encoded, openings: Openings, start: int, end: int) -> Iterator[str]:
    """Words in a stretch that may turn what it says: negations, contrasts, conditions, questions."""
    negations = sum(match[1] is None for match in scheme.negation.finditer(text.symbols, start, end))
    clauses = sum(1 for _ in openings.within(start, end, CONDITION, EXCEPTION, CONTRAST))
    asked = "?" in text.symbols[start:end] or scheme.question.search(text.symbols, start, end) is not None
    yield f"negations {min(MANY, negations)}"
    yield f"turning clauses {min(MANY, clauses)}"
    if asked:
        yield "asked"
