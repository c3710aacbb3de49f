"""What somebody answers to a question that raises a proposal: "Would she close the road? 'Absolutely not,' said Roe"; "Doe would not"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from stcalib.codebook.patterns import Encoded
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.positions.holder import Holders
from stcalib.positions.scheme import Scheme, meaning
from stcalib.positions.shared_stance import Taken
from stcalib.positions.subject_kinds import Holder
from stcalib.positions.voices import Voices
from stcalib.positions.wording_match import Hit, Reading
from stcalib.syntax.focus import Referents

ASKS, COMMA = "?", ","
QUESTIONS_BEHIND = 1
"""Sentences between a question and the reply to it: what is asked on, or who asks,"""
ASKED_ON = 9
"""of at most so many words and marks."""
REPLY_WORDS = 9
"""A reply in the reporter's words that only denies or affirms ("Roe would not.") has at most so many words."""


@dataclass(frozen=True)
class Replies:
    """Finds them in one article. `readings` tells what the clause of a wording in a sentence makes of it."""

    scheme: Scheme
    text: Encoded
    voices: Voices
    holders: Holders
    readings: Callable[[int, Hit], list[Reading] | str]

    def to(self, number: int, raised: Referents[Hit]) -> Iterator[Taken]:
        """The stances that a sentence takes by its answer to a question right before; `raised` are the wordings up to it."""
        question = self._question(number)
        if question is None:
            return
        asked = [referent.value for referent in raised.within(number, number - question) if referent.sentence == question]
        if not asked:
            return
        reply, holders, span = self._reply(number, question)
        for holder in holders:
            for hit in {hit.proposition.id: hit for hit in asked}.values():
                if (sign := self._sign(question, hit, reply)) is not None:
                    yield Taken(replace(hit, start=span[0], end=span[1], core=span[0], taken_up="reply"), sign, holder)

    def _question(self, number: int) -> int | None:
        """The sentence with a question mark that a sentence follows."""
        for before in range(number - 1, max(-1, number - 2 - QUESTIONS_BEHIND), -1):
            lo, hi = self.voices.bounds[before]
            if ASKS in self.text.symbols[lo:hi] or (before == number - 1 and self.scheme.question.search(self.text.symbols, lo, hi) is not None):
                return before
            if hi - lo > ASKED_ON:
                return None
        return None

    def _reply(self, number: int, question: int) -> tuple[int, list[Holder], tuple[int, int]]:
        """1 for yes, -1 for no, 0 for neither, with those who answer; nobody where a sentence is no answer."""
        lo, hi = self.voices.bounds[number]
        for a, b, index in sorted(self.voices.spoken.get(number, ())):
            quote = self.voices.quotes[index]
            if quote.kind == "direct" and self._asker(question) not in (index, quote.actor or index):
                answer = self._own(a, min(b, hi))
                if answer is not None:
                    said, span = answer
                    return said, self.holders.speakers(quote, number), span
        return self._told(number, lo, hi)

    def _own(self, start: int, end: int) -> tuple[int, tuple[int, int]] | None:
        """The answer that somebody's own words `start`..`end` give: a yes or no by itself at either end, or an opening that means as much
        and says no more ("I don't think so", but not "I don't know")."""
        first = next((at for at in range(start, end) if self.text.word(at)[:1].isalnum()), start)
        last = next((at for at in range(end - 1, start, -1) if self.text.word(at)[:1].isalnum()), first)
        for at in (first, last):
            word = self.text.word(at)
            alone = (at == first and self.scheme.ends_clause(self.text, at + 1)) or (at == last and self.text.symbols[at - 1] == COMMA)
            if alone and word in word_set("positions.affirming") | word_set("positions.denying"):
                return 1 if word in word_set("positions.affirming") else -1, (at, at + 1)
        found = self.scheme.reply.match(self.text.symbols, first, end)
        if found is None or (meaning(found) and not self.scheme.ends_clause(self.text, found.end())):
            return None
        return meaning(found), found.span()

    def _told(self, number: int, lo: int, hi: int) -> tuple[int, list[Holder], tuple[int, int]]:
        """An answer that the reporter tells: "Roe would not.", "The minister said no."."""
        sentence = self.holders.article.sentences[number]
        masked = self.holders.article.masked
        if hi - lo <= REPLY_WORDS and (found := pattern("positions.short_reply").fullmatch(masked, sentence.start, sentence.end)) is not None:
            at = self.text.first_from(found.start("verb"))
            subject = self.holders.subject(sentence.start, sentence.end, self.text.start(at), False)
            holders = self.holders.resolved(subject, number) if subject is not None else []
            return -1 if found["no"] else 1, holders, (at, hi)
        found = self.scheme.told_answer(self.text, lo, hi)
        if found is not None:
            subject = self.holders.subject(sentence.start, sentence.end, self.text.start(found.start()), False)
            if subject is not None:
                return meaning(found), self.holders.resolved(subject, number), found.span()
        return 0, [], (lo, lo)

    def _asker(self, question: int) -> str | int | None:
        spoken = self.voices.spoken.get(question, ())
        return next((self.voices.quotes[index].actor or index for *_, index in spoken), None)

    def _sign(self, question: int, hit: Hit, reply: int) -> int | None:
        """What an answer makes of a wording in a question: its clause's sign, turned by a no; who will not rule a thing out leaves it open."""
        found = self.readings(question, hit)
        sign = hit.sign if isinstance(found, str) else found[0].sign
        lo, _ = self.voices.bounds[question]
        if self.text.word(lo).endswith(word_list("positions.negations_of_verb")):
            sign = -sign
        if reply == 0 and hit.reads != "plan":
            return None
        turned_down = sign != hit.sign
        return 0 if turned_down and reply < 0 else sign * reply
