"""The full names in an article, and what the words around a name tell of the person.

Nothing here knows a person: a name is a run of capitalized words, with the titles before it taken off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stcalib.lexicon import alternatives, load_lexicon
from stcalib.speech import role_words

_WORD = r"[A-ZÀ-ÝŠŽ][\w’'-]*[\w]|[A-ZÀ-Ý]\.(?:-?[A-ZÀ-Ý]\.)*"
_PARTICLE = r"(?:de|del|der|den|van|von|di|da|du|dos|la|le|bin|ibn|al|el)"
_NAME = re.compile(rf"(?:{_WORD})(?: (?:{_PARTICLE} )*(?:[“\"‘'(][A-Z][\w. ]*[”\"’')] )?(?:{_WORD}))+")
_SPLIT = re.compile(r"\s+")
_NICKNAME = re.compile(r"[“\"‘'(].*?[”\"’')] ")
_POSSESSIVE = re.compile(r"['’]s?$")
LONGEST_NAME = 4
"""A person's name has at most so many words behind the titles."""


@dataclass(frozen=True, slots=True)
class FullName:
    """A name of two words or more: where it stands, the name, and the words before it in the same run."""

    start: int
    end: int
    name: str
    titles: tuple[str, ...]

    @property
    def last(self) -> str:
        """The surname."""
        return self.name.rpartition(" ")[2]


@cache
def _not_names() -> frozenset[str]:
    """Capitalized words that open a sentence or name a day, and so are no part of a name."""
    lexicon = load_lexicon()
    calendar = (*lexicon.calendar.weekdays, *(m.name for m in lexicon.calendar.month))
    closed = (*lexicon.words.sentence_openers, *lexicon.words.subordinators, *lexicon.words.prepositions, *lexicon.words.adverbs, *lexicon.words.conjunctions)
    return frozenset(w.lower() for w in (*calendar, *closed)) | frozenset({"former", "then", "new", "both"})


@cache
def given_names() -> dict[str, str]:
    """Given names to "he" or "she"."""
    names = load_lexicon().given_names
    return {**dict.fromkeys(names.male.split(), "he"), **dict.fromkeys(names.female.split(), "she")}


@cache
def _gendered_words() -> dict[str, str]:
    titles = load_lexicon().titles
    words = {**dict.fromkeys((*titles.male, *titles.male_nouns), "he"), **dict.fromkeys((*titles.female, *titles.female_nouns), "she")}
    return {word.lower(): pronoun for word, pronoun in words.items()}


@cache
def _organization_words() -> frozenset[str]:
    titles = load_lexicon().titles
    more = "inc ltd corp llc llp plc gmbh canada news press times post journal party bank police university college hospital ministry department agency association".split()
    return frozenset(w.lower() for w in titles.bodies) | frozenset(more)


def full_names(text: str) -> list[FullName]:
    """The names of two words or more in `text`, in order, with the titles before them taken off."""
    found = []
    for match in _NAME.finditer(text):
        words = _SPLIT.split(_NICKNAME.sub("", match.group()))
        words[-1] = _POSSESSIVE.sub("", words[-1])
        first = 0
        for i, word in enumerate(words[:-1]):
            plain = word.rstrip(".").lower()
            if plain in role_words() or plain in _not_names() or _POSSESSIVE.search(word):
                first = i + 1
        name = words[first:]
        if 2 <= len(name) <= LONGEST_NAME and words[-1] and words[-1].rstrip(".").lower() not in role_words():
            start = match.end() - len(" ".join(name)) if len(name) < len(words) else match.start()
            found.append(FullName(max(start, match.start()), match.end(), " ".join(name), tuple(words[:first])))
    return found


def pronoun_of(name: str, titles: tuple[str, ...] = (), description: str = "") -> str | None:
    """ "he" or "she" where title, description or given name tell, else None."""
    gendered = _gendered_words()
    for word in (*titles, *description.split()):
        if (pronoun := gendered.get(word.rstrip(".,").lower())) is not None:
            return pronoun
    first = name.partition(" ")[0]
    return given_names().get(first) or given_names().get(first.partition("-")[0])


def is_organization(name: str) -> bool:
    """Whether a name holds a word that only bodies bear ("Commission", "Inc.")."""
    return any(word.strip(".,").lower() in _organization_words() for word in name.split()) or (name.isupper() and " " not in name)


@cache
def role_pattern() -> re.Pattern[str]:
    """Any office or occupation as a word."""
    return re.compile(rf"\b{alternatives(load_lexicon().titles.roles)}s?\b", re.IGNORECASE)
