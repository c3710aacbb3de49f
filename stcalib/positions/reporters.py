"""Those who are said beside a clause to hold what it says: "..., he told a committee", "For Roe, ...", "in her view"."""

from __future__ import annotations

from dataclasses import dataclass

from stcalib.codebook.patterns import Encoded
from stcalib.language.in_use import by_language
from stcalib.language.word_sets import pattern, word_list
from stcalib.positions.clause_openings import Openings
from stcalib.positions.holder import Holders
from stcalib.positions.scheme import Scheme
from stcalib.positions.subject_kinds import Holder, Subject
from stcalib.positions.wording_match import Hit
from stcalib.syntax.clauses import CONDITION
from stcalib.text.article import Article

REPORTER_WORDS = 6
"""Words between the comma behind what somebody says and the verb that reports it."""


@by_language
def _subjective() -> dict[str, str]:
    """Pronouns as object or possessive to what they are as subject: "him" to "he"."""
    return dict(zip(word_list("positions.oblique"), word_list("positions.subjective"), strict=True))


@dataclass(frozen=True)
class Reporters:
    """Finds them in the sentences of one article, which `bounds` gives in words."""

    article: Article
    scheme: Scheme
    text: Encoded
    bounds: list[tuple[int, int]]
    openings: Openings
    holders: Holders

    def of(self, number: int, hit: Hit) -> list[Holder]:
        """Those who are said, between commas or behind one, to say it: "..., he told a committee"; "For Roe, ...", "..., in her view"."""
        lo, hi = self.bounds[number]
        symbols, sentence = self.text.symbols, self.article.sentences[number]
        for verb in self.scheme.saying.finditer(symbols, lo, hi):
            comma = symbols.rfind(",", lo, verb.start())
            put_in = symbols[verb.end() : verb.end() + 1] == ","
            conditions = self.openings.within(lo, verb.start(), CONDITION)
            if any("," not in symbols[opening.end : verb.start()] for opening in conditions):
                continue
            if comma < 0 or verb.start() - comma > REPORTER_WORDS or (verb.start() < hit.end and not put_in):
                continue
            subject = self.holders.subject(self.text.start(comma), sentence.end, self.text.start(verb.start()), False, turned=True)
            if subject is not None:
                return self.holders.resolved(subject, number)
        return self.for_whom(number)

    def for_whom(self, number: int) -> list[Holder]:
        """The person or party whose view a sentence gives: "For Ada Roe, widening the deal would be worse"."""
        sentence = self.article.sentences[number]
        plain = self.article.plain
        named = pattern("positions.for_whom").match(plain, sentence.start, sentence.end) or pattern("positions.in_view").search(
            plain, sentence.start, sentence.end
        )
        if named is None:
            return []
        pronoun = _subjective().get(named[1].lower())
        found = self.holders.resolved(Subject(pronoun or named[1], named.start(1), "third" if pronoun else "other"), number)
        return [holder for holder in found if holder.type in ("person", "party")]
