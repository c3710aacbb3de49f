"""A light grammar: each token of a sentence gets a one-letter class, and the classes of a sentence make a string
in which noun phrases and clauses are found with regular expressions.

| class | tokens | | class | tokens |
| --- | --- | --- | --- | --- |
| `D` | determiner, quantifier | | `X` | auxiliary, modal |
| `N` | noun, adjective, unknown word | | `V` | finite verb |
| `C` | capitalized word | | `E` | word in -ed |
| `K` | possessive ("Canada's", "minister's") | | `G` | word in -ing |
| `P` `p` | subject pronoun; with its auxiliary ("she's") | | `A` | adverb |
| `O` | object pronoun | | `T` | time word |
| `R` | preposition | | `#` | number |
| `S` | subordinator | | `Q` | quotation |
| `H` | "that" | | `,` `;` `(` `)` `-` | marks |
| `W` | relative pronoun | | `Z` | negation |
| `&` | conjunction | | `I` | "to", "be", "been", "being" |
| `Y` | form of a reporting verb that is no noun | | `q` | quotation of a few words inside a sentence |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stcalib.cues import cue_forms
from stcalib.lexicon import load_lexicon

QUOTED, ENDS_STOP, ENDS_COMMA, ENDS_MARK = "\ue000", "\ue001", "\ue002", "\ue003"
"""What stands for the characters of a quotation in a masked text; the last three for the last character of one
that ends in a full stop, in a comma, or in a question or exclamation mark."""

_TOKEN = re.compile(
    rf"[{QUOTED}-{ENDS_MARK}]+|\.{{2,}}|(?:[A-Z]\.){{2,}}(?:['’]s)?|[$€£]?\d+(?:[.,:]\d+)*%?(?:-[^\W_]+)*"
    r"|[^\W_]+(?:[-'’&/.@][^\W_]+)*\.?|--+|[^\w\s]|_+"
)
_THIRD_PERSON = re.compile(r"(?<=[NCAHWq])(N)(?=[DPOK#H])")
_TO_A_PLACE = re.compile(r"I(?=[DKC#O])")
SOFT_CHARACTERS = 36
"""A quotation of at most so many characters (about five words) that closes with no stop of its own is read as a
part of its sentence."""
_MARKS = {
    ",": ",", ";": ";", ":": ";", "(": "(", ")": ")", "[": "(", "]": ")", "—": "-", "–": "-", "--": "-", "-": "-", "…": "-",
    "...": "-", "/": "-",
}  # fmt: skip


@cache
def word_classes() -> dict[str, str]:
    """Lower-case words of the closed classes to their class letter."""
    words = load_lexicon().words
    classes: dict[str, str] = {}
    for letter, group in (
        ("V", words.finite_verbs), ("T", words.times), ("A", words.adverbs), ("S", words.subordinators), ("R", words.prepositions),
        ("D", words.determiners), ("O", words.object_pronouns), ("P", words.subject_pronouns), ("W", words.relatives),
        ("&", words.conjunctions), ("X", words.auxiliaries), ("p", words.contractions), ("I", words.nonfinite), ("Z", words.negations),
    ):  # fmt: skip
        classes.update(dict.fromkeys(group, letter))
    for word, cues in cue_forms().items():
        if not cues[0].nominal and cues[0].form != "ing":
            classes.setdefault(word, "E" if cues[0].form == "participle" else "Y")
    return classes | {"that": "H", "her": "D", "to": "I"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a stretch: their offsets, and their classes as one string of the same length."""

    starts: list[int]
    ends: list[int]
    classes: str
    words: list[str]

    def at(self, offset: int) -> int:
        """The index of the token that begins at `offset`."""
        return self.starts.index(offset)


def tokens_of(text: str, start: int, end: int) -> Tokens:
    """The tokens of `text[start:end]` (a masked text) with their classes, without the stop at the end."""
    starts, ends, letters, words = [], [], [], []
    known = word_classes()
    while end > start and text[end - 1] in ".!?… ":
        end -= 1
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        first, last = match.span()
        starts.append(first)
        ends.append(last)
        words.append(word)
        lower = word.lower().replace("’", "'")
        letter = known.get(lower) or _MARKS.get(word) or _shape(word, lower, first == start)
        if letter in "VAXSY" and word[0].isupper() and first != start:
            letter = "C"
        letters.append(letter)
    return Tokens(starts, ends, _with_verbs("".join(letters), words), words)


def _with_verbs(classes: str, words: list[str]) -> str:
    """The classes with unlisted third-person verbs told from plural nouns: "Brunswick holds a …"."""
    for match in _THIRD_PERSON.finditer(classes):
        at = match.start(1)
        if words[at].endswith("s") and not words[at].endswith(("ss", "us", "is")) and classes[max(0, at - 2)] not in "YV":
            classes = classes[:at] + "V" + classes[at + 1 :]
    for match in _TO_A_PLACE.finditer(classes):
        at = match.start()
        if words[at].lower() == "to":
            classes = classes[:at] + "R" + classes[at + 1 :]
    return classes


def _shape(word: str, lower: str, opens: bool) -> str:
    """The class of a word that no list holds, from its look."""
    first = word[0]
    if QUOTED <= first <= ENDS_MARK:
        return "q" if word[-1] == QUOTED and len(word) <= SOFT_CHARACTERS else "Q"
    if first.isdigit() or first in "$€£":
        return "#"
    if not first.isalpha():
        return "-"
    if lower.endswith(("'s", "s'")) and len(lower) > 3:
        return "K"
    if lower.endswith("n't"):
        return "X"
    if first.isupper():
        return "C"
    if lower.endswith("ed") and len(lower) > 4:
        return "E"
    if lower.endswith("ing") and len(lower) > 5:
        return "G"
    if lower.endswith("ly") and len(lower) > 4:
        return "A"
    return "T" if lower.rstrip(".") in word_classes() and word_classes()[lower.rstrip(".")] == "T" else "N"
