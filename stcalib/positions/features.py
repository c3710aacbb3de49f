"""What the learned reader sees of a stretch of words: its words and pairs of words, names and parties masked.

A feature is a string: a word without its ending ("suspend"), two words in a row ("suspend agreement"), two with one
between them ("want _ suspend"), a word shortly behind a negation ("not:suspend"), a wording of the codebook with its sign
("suspend:1") and a cue of stance with its own ("attitude:-1"), alone and in pairs as they follow each other, denied ones
marked ("not attitude:1 suspend:1"). Persons are "NAME", parties
"PARTY", figures "NUM", so that nothing can be learned about anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from stcalib.codebook.codebook import Codebook
from stcalib.codebook.patterns import CAPITAL, Encoded, words_of
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.positions.wording_match import Hit, Mark

NEGATION_REACH = 4
"""Words behind a negation that are marked as standing in its scope."""
PAIR_REACH = 8
"""Words between a cue of stance and what it may govern."""
SHORTEST_STEM = 4
NAME, PARTY, NUMBER, QUESTION = "NAME", "PARTY", "NUM", "?"
_STOPS = frozenset(".?!:\n")


@by_language
def stem(word: str) -> str:
    """A word without the commonest endings of English: the same for "closing" and "closed"."""
    for ending in load_lexicon().stances.units.endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > SHORTEST_STEM else word


class Features:
    """Makes features of the words of a text. The codebook tells which words are names of parties and persons."""

    def __init__(self, codebook: Codebook):
        actors, stances = codebook.actors, load_lexicon().stances
        names = (name for party in actors.party for name in (party.name, *party.aliases, *party.adjectives))
        self._parties: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted({tuple(words_of(name)) for name in names}, key=lambda words: (-len(words), words)):
            self._parties.setdefault(words[0], []).append(words)
        self._persons = frozenset(word for person in actors.person for name in person.names for word in words_of(name))
        self._negations = frozenset(word for word in stances.negation.words if word.replace("'", "").isalpha())

    def of(self, text: Encoded, start: int, end: int, hits: Iterable[Hit] = (), marks: Iterable[Mark] = ()) -> frozenset[str]:
        """The features of the words `start`..`end`, with the wordings of the codebook and the cues of stance that begin among them."""
        words = list(self.words(text, start, end))
        found = {*words, *map(" ".join, pairwise(words)), *map(" _ ".join, zip(words, words[2:], strict=False))}
        reach = 0
        for word in words:
            if reach:
                found.add(f"not:{word}")
            reach = NEGATION_REACH if word in self._negations else max(0, reach - 1)
        told = [(hit.start, hit.end, f"{hit.proposition.id}:{hit.sign}") for hit in hits if start <= hit.start < end]
        cues = [(mark.start, mark.end, f"{mark.kind}:{mark.sign}") for mark in marks if start <= mark.start < end]
        return frozenset({*found, *self._pairs(text, start, end, sorted((*told, *cues)))})

    def _pairs(self, text: Encoded, start: int, end: int, told: list[tuple[int, int, str]]) -> Iterator[str]:
        """Wordings and cues in order, alone and with each that follows shortly, those behind a negation marked."""
        negated = [at for at in range(start, end) if text.word(at) in self._negations] if told else []
        for number, (first, last, name) in enumerate(told):
            denied = sum(0 <= first - at <= NEGATION_REACH for at in negated) % 2
            named = f"not {name}" if denied else name
            yield named
            yield name
            for following, _, other in told[number + 1 : number + 1 + PAIR_REACH]:
                if 0 <= following - last <= PAIR_REACH:
                    yield f"{named} {other}"

    def words(self, text: Encoded, start: int, end: int) -> Iterator[str]:
        """The words without their endings and with names masked; marks are left out, but for question marks."""
        at, before, opening = start, "", True
        while at < end:
            word, length = self._word(text, at, end, opening)
            if word and (word, before) != (NAME, NAME):
                yield word
            before = word or before
            opening = (not word and (opening or text.symbols[at] in _STOPS))
            at += length

    def _word(self, text: Encoded, at: int, end: int, opening: bool) -> tuple[str, int]:
        """The word at a place as a feature (nothing for a mark), and how many words of the text it takes."""
        word = text.word(at)
        if not word[:1].isalnum():
            return (QUESTION if word == QUESTION else ""), 1
        if word[0].isdigit():
            return NUMBER, 1
        if text.pieces[at].lstrip(" “‘\"'(«")[:1].isupper():
            if length := self._party(text, at, end):
                return PARTY, length
            if word in self._persons or (text.symbols[at] == CAPITAL and not opening):
                return NAME, 1
        return stem(word) if word not in self._negations else word, 1

    def _party(self, text: Encoded, at: int, end: int) -> int:
        """How many words the name of a party has that begins at a word; 0 where none does."""
        for words in self._parties.get(text.word(at), ()):
            if at + len(words) <= end and all(text.word(at + i) == word for i, word in enumerate(words)):
                return len(words)
        return 0
