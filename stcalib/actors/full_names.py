"""The full names in an article, and what the words around a name tell of the person.

Nothing here knows a person: a name is a run of capitalized words, with the titles before it taken off.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from stcalib.language.in_use import by_language, lately_by_language
from stcalib.language.lexicon import alternatives, at_word_start, load_lexicon
from stcalib.language.people_words import ends_title, first_names, given_names, is_formal_title, role_words
from stcalib.language.word_sets import compiled, pattern, word_list, word_set
from stcalib.syntax.noun_phrases import opens_with_occupation
from stcalib.text.tokens import word_classes

_NICKNAME = re.compile(r"[“\"‘'(].*?[”\"’')] ")
_POSSESSIVE = re.compile(r"['’]s?$")
_POSSESSIVES = ("'", "’", "'s", "’s")
_ACRONYM = re.compile(r" \(([A-Z][A-Za-z.&-]{1,9})\)")
_CAPITALIZED = re.compile(r"\b[A-Z][a-zà-ÿ-]+\b")
LONGEST_NAME = 4
"""A person's name has at most so many words behind the titles."""


@dataclass
class FullName:
    """A name of two words or more: where it stands in `text`, the name, and the words `before` it in the same run."""

    text: str
    start: int
    end: int
    name: str
    before: tuple[str, ...]

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The titles and occupations printed before the name, and the office right behind it."""
        printed = tuple(word for word in self.before if word.rstrip(".").lower() not in _not_names())
        placed = pattern("actors.in_place").search(self.text, max(0, self.start - 10), self.start) is not None
        return (printed or _occupation(self.text, self.start)) + (() if placed else _apposed(self.text, self.end))

    @property
    def last(self) -> str:
        """The surname."""
        return self.name.rpartition(" ")[2]


@by_language
def titled_surname() -> re.Pattern[str]:
    """A form of address with a surname alone: "Mr. Roe", "Dr Roe’s"."""
    return re.compile(rf"(?P<title>{at_word_start(load_lexicon().titles.honorifics)})\.? (?P<name>[A-ZÀ-Ý][\w-]+)(?!\.? [A-ZÀ-Ý])")


@by_language
def _not_names() -> frozenset[str]:
    """Capitalized words that open a sentence or name a day, and so are no part of a name; of helping verbs those that are no given name."""
    lexicon = load_lexicon()
    calendar = (*lexicon.calendar.weekdays, *(m.name for m in lexicon.calendar.month))
    words = lexicon.words
    closed = (words.sentence_openers, words.determiners, words.subordinators, words.prepositions, words.adverbs, words.conjunctions)
    given = frozenset(name.lower() for name in first_names())
    helpers = frozenset(words.auxiliaries) - given
    return frozenset(w.lower() for group in (calendar, *closed) for w in group) | helpers | word_set("actors.no_name_opening")


@by_language
def _weekdays() -> frozenset[str]:
    return frozenset(load_lexicon().calendar.weekdays)


@by_language
def _gendered_words() -> dict[str, str]:
    titles = load_lexicon().titles
    words = {**dict.fromkeys((*titles.male, *titles.male_nouns), "he"), **dict.fromkeys((*titles.female, *titles.female_nouns), "she")}
    return {word.lower(): pronoun for word, pronoun in words.items()}


@by_language
def _organization_words() -> frozenset[str]:
    titles = load_lexicon().titles
    return frozenset(w.lower() for w in (*titles.bodies, *titles.organization_words))


def full_names(text: str, openings: Sequence[int] = ()) -> list[FullName]:
    """The names of two words or more in `text`, in order, without the titles before them.

    `openings` is where sentences begin: no name goes on over one.
    """
    found = []
    for start, end in _runs(text, openings):
        run = text[start:end]
        long = run.count(" ") > 1 or any(ending in run for ending in word_list("actors.gerund_inside"))
        parted = _parted(run, long and _opens_sentence(text, start))
        if parted is None or text.startswith(("/", " /"), end):
            continue
        before, name = _behind_place(text, end - len(parted[1]), *parted)
        if before or not run.startswith(name):
            start = max(end - len(name), start)
        found.append(FullName(text, start, end, name, before))
    return found


def _runs(text: str, openings: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The runs of capitalized words, parted where a sentence begins."""
    for match in pattern("actors.name").finditer(text):
        start, end = match.span()
        first = bisect_right(openings, start)
        for cut in openings[first : bisect_left(openings, end)]:
            if (part := pattern("actors.name").match(text, start, cut - 1)) is not None:
                yield part.span()
            start = cut
        if start == match.start() or pattern("actors.name").fullmatch(text, start, end):
            yield start, end


def _behind_place(text: str, start: int, before: tuple[str, ...], name: str) -> tuple[tuple[str, ...], str]:
    """A run behind a place or what an office is for, whose name begins at a given name: "In Ottawa Karim Roe", "Chief of Staff Ada Roe"."""
    words = name.split()
    placed = not is_organization(name) and pattern("actors.in_place").search(text, max(0, start - 10), start)
    if len(words) > 2 and (placed or pattern("actors.office_of").search(text, max(0, start - 20), start)):
        first = next((i for i, word in enumerate(words[:-1]) if i and word in first_names()), 0)
        return (before if not first else (), " ".join(words[first:]))
    return before, name


@lately_by_language(1 << 14)
def _parted(run: str, opens: bool) -> tuple[tuple[str, ...], str] | None:
    """A run of capitalized words as the words before a name and the name; None where it holds none.

    `opens` tells that the run opens a sentence, where "Historian" has a capital too.
    """
    words = _NICKNAME.sub("", run).split()
    if run.isupper():
        return None
    if words[-1].endswith(_POSSESSIVES):
        words[-1] = _POSSESSIVE.sub("", words[-1])
    first = int(opens and ((words[0].endswith(word_list("gerund_ending")) and len(words[0]) > 6) or opens_with_occupation(words)))
    first = max([first, *(i + 1 for i, word in enumerate(words[:-1]) if _stands_before_names(word) or ends_title(words, i))])
    if not 2 <= len(words) - first <= LONGEST_NAME or words[-1] in _weekdays() or not words[-1] or _is_title(words[-1]):
        return None
    return tuple(words[:first]), " ".join(words[first:])


def _is_title(word: str) -> bool:
    return is_formal_title(word)


def _stands_before_names(word: str) -> bool:
    """Whether a capitalized word is a title, opens a sentence or owns what follows, and so is no part of the name behind it."""
    return _is_title(word) or word.rstrip(".").lower() in _not_names() or word.endswith(_POSSESSIVES)


def _opens_sentence(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "\n\"“" or text[max(0, start - 2)] in ".!?"


def _occupation(text: str, start: int) -> tuple[str, ...]:
    """The occupation right before a name in small letters ("police spokesman Joe Doe"), if there is one."""
    if text[start - 1 : start] != " ":
        return ()
    *before, nearest = text[max(0, start - 40) : start].rsplit(None, 2) or [""]
    bare = nearest.rstrip(".").lower()
    if bare not in role_words() and bare not in _gendered_words():
        return ()
    return (before[-1], nearest) if before and before[-1].isalpha() else (nearest,)


def _apposed(text: str, end: int) -> tuple[str, ...]:
    """The office right behind a name, if there is one: "Joe Doe, the newly minted minister", "Joe Doe, who is a farmer"."""
    match = _described_behind().match(text, end)
    words = match["words"].split() if match is not None else []
    number = role_noun(words)
    return () if number is None else (words[number],)


def role_noun(words: Sequence[str]) -> int | None:
    """The first role noun of a description, before any preposition or relative: "friend of the mayor" has none."""
    for number, word in enumerate(words):
        bare = word.rstrip(".").lower()
        if bare in role_words():
            return number
        if word_classes().get(bare) in ("R", "S", "W", "H", "X"):
            break
    return None


@by_language
def _described_behind() -> re.Pattern[str]:
    """What describes somebody right behind the name: in apposition, or as a predicate."""
    copulas = alternatives(load_lexicon().words.copulas)
    return compiled("actors.described_behind", copulas=copulas)


def roles_behind(text: str, surnames: Container[str], named: Container[int]) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """The surnames behind which a role stands, where, and the role: "Roe, the reeve of Lund". `named` is where full names end, which
    tell for themselves."""
    for match in pattern("actors.surname").finditer(text):
        if match.group() not in surnames or match.end() in named:
            continue
        if pattern("actors.in_place").search(text, max(0, match.start() - 10), match.start()):
            continue
        if roles := _apposed(text, match.end()):
            yield match.group(), match.start(), roles


def acronyms(text: str) -> dict[str, str]:
    """Acronyms that the text explains, "Ministry of Fair Trade (MFT)", to the name before the bracket."""
    found: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        letters = [c for c in match.group(1) if c.isupper()]
        words = text[max(0, match.start() - 120) : match.start()].split()
        taken: list[str] = []
        while words and letters and len(taken) < 12:
            word = words.pop()
            if word[0].isupper():
                if word[0] != letters[-1]:
                    break
                letters.pop()
            elif word.lower() not in word_set("actors.small_in_names"):
                break
            taken.insert(0, word)
        if not letters and len(taken) > 1:
            found.setdefault(match.group(1), " ".join(taken))
    return found


def spelled_out(text: str) -> dict[str, str]:
    """The initials of runs of three to six capitalized words, small words between them left out, to the first such run."""
    found: dict[str, str] = {}
    for run in pattern("actors.capitalized_run").finditer(text):
        words = list(_CAPITALIZED.finditer(text, run.start(), run.end()))
        for first in range(len(words) - 2):
            for last in range(first + 2, min(first + 6, len(words))):
                initials = "".join(word.group()[0] for word in words[first : last + 1])
                found.setdefault(initials, text[words[first].start() : words[last].end()])
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
    return any(word.strip(".,").lower() in _organization_words() for word in name.split()) or (len(name) > 1 and name.isupper() and " " not in name)
