"""Lists that go on a sentence: "The union calls on Ottawa to: - close the road; - pay the cities". Its items are asked for there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from stcalib.codebook.patterns import Encoded
from stcalib.positions.holder import Holders
from stcalib.positions.scheme import Scheme
from stcalib.positions.subject_kinds import Holder
from stcalib.positions.voices import Voices
from stcalib.positions.wording_match import Mark
from stcalib.text.article import Article
from stcalib.text.zones import LIST_ITEM

ITEMS = 20
"""A list has at most so many items before one that its head is looked for."""
OPENS = ":"


@dataclass(frozen=True)
class Listed:
    """Finds whose demands the items of an article's lists are. `marks_of` gives the cues of stance in a sentence."""

    article: Article
    scheme: Scheme
    text: Encoded
    voices: Voices
    holders: Holders
    marks_of: Callable[[int], list[Mark]]
    _known: dict[int, tuple[int, list[Holder]]] = field(default_factory=dict)

    def demanded(self, number: int) -> tuple[int, list[Holder]]:
        """1 or -1 and those who ask for the items of the list in which a sentence stands, or are against them; nobody elsewhere."""
        if number not in self._known:
            head = self._head(number)
            self._known[number] = self._asked(head) if head is not None else (1, [])
        return self._known[number]

    def _head(self, number: int) -> int | None:
        """The sentence, with a colon or no stop at its end, that the list of a sentence goes on."""
        if not self._is_item(number):
            return None
        for before in range(number - 1, max(-1, number - 1 - ITEMS), -1):
            if not self._is_item(before):
                end = self.article.plain[self.article.sentences[before].end - 1]
                return before if end == OPENS or end.isalnum() else None
        return None

    def _is_item(self, number: int) -> bool:
        block = self.article.blocks[self.article.sentences[number].block]
        return LIST_ITEM.match(self.article.plain, block.start, block.end) is not None

    def _asked(self, head: int) -> tuple[int, list[Holder]]:
        """What the last verb of attitude in the sentence that opens a list makes of its items, and its subject."""
        lo, hi = self.voices.bounds[head]
        mark = next((mark for mark in reversed(self.marks_of(head)) if mark.kind == "attitude"), None)
        if mark is None or any(found[1] is None for found in self.scheme.negation.finditer(self.text.symbols, lo, hi)):
            return 1, []
        voice = self.voices.voice(head, mark.start, mark.end)
        if voice.quote is not None:
            return mark.sign, self.holders.speakers(voice.quote, head)
        sentence = self.article.sentences[head]
        subject = self.holders.subject(sentence.start, sentence.end, self.text.start(mark.start), False)
        if subject is not None and subject.kind == "first":
            return mark.sign, self.holders.author
        return mark.sign, self.holders.resolved(subject, head) if subject is not None else []
