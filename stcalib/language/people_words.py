"""The words that tell who somebody is: offices, titles, given names, nouns for bodies and for occasions of speech."""

from __future__ import annotations

from collections.abc import Sequence

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon


@by_language
def role_words() -> frozenset[str]:
    """Offices and occupations, singular and plural, and forms of address, in lower case."""
    titles = load_lexicon().titles
    return frozenset(w.lower() for r in titles.roles for w in (r, r + "s")) | frozenset(h.lower() for h in titles.honorifics)


@by_language
def person_words() -> frozenset[str]:
    """Nouns for one person, in lower case."""
    titles = load_lexicon().titles
    return frozenset(word.lower() for word in (*titles.roles, *titles.persons, *titles.male_nouns, *titles.female_nouns))


@by_language
def body_words() -> frozenset[str]:
    """Nouns for bodies and writings, as the lists have them."""
    titles = load_lexicon().titles
    return frozenset(titles.bodies) | frozenset(titles.writings)


@by_language
def called_by_title() -> dict[str, tuple[str, ...]]:
    """Titles in lower case to the nouns that take up who bears them: "cpl" to "officer"."""
    found: dict[str, tuple[str, ...]] = {}
    for noun, ranks in load_lexicon().titles.ranks.items():
        for rank in ranks:
            found[rank.lower()] = (*found.get(rank.lower(), ()), noun)
    return found


@by_language
def formal_titles() -> frozenset[str]:
    """Titles that are printed with a capital before a name, in lower case."""
    titles = load_lexicon().titles
    return frozenset(word.lower() for word in (*titles.formal, *titles.honorifics))


@by_language
def _stopped_titles() -> frozenset[str]:
    return frozenset(f"{word.lower()}." for word in load_lexicon().titles.stopped)


def is_formal_title(word: str) -> bool:
    """Whether a word before a name is a title: "Mayor", "Dr", "Lt.-Gov."; "Min." with its stop alone."""
    return word.rstrip(".").lower() in formal_titles() or word.lower() in _stopped_titles()


def ends_title(words: Sequence[str], index: int) -> bool:
    """Whether a capitalized word ends the title before a name: a title, or an occupation before a given name ("Town
    Supervisor Dale Roe")."""
    word = words[index]
    return is_formal_title(word) or (word.lower() in role_words() and index + 2 < len(words) and words[index + 1] in first_names())


@by_language
def quantities() -> frozenset[str]:
    """Singular nouns that count several persons: "a majority of voters"."""
    return frozenset(load_lexicon().words.quantities)


@by_language
def name_particles() -> frozenset[str]:
    """Small words inside names."""
    return frozenset(load_lexicon().words.particles)


@by_language
def first_names() -> frozenset[str]:
    """Given names of whatever sex, and family names that stand first."""
    return frozenset((*given_names(), *load_lexicon().given_names.either.split()))


@by_language
def occasions() -> frozenset[str]:
    """Nouns for where and how something is said ("interview"), singular and plural, in lower case."""
    titles = load_lexicon().titles
    return frozenset(word.lower() for noun in titles.occasions for word in (noun, noun + "s"))


@by_language
def given_names() -> dict[str, str]:
    """Given names to "he" or "she"."""
    names = load_lexicon().given_names
    return {**dict.fromkeys(names.male.split(), "he"), **dict.fromkeys(names.female.split(), "she")}


@by_language
def names_in_full() -> dict[str, tuple[str, ...]]:
    """Short forms of given names to the names that they may stand for: "Bill" to "William"."""
    full: dict[str, tuple[str, ...]] = {}
    for name, shorts in load_lexicon().given_names.short_forms.items():
        for short in shorts:
            full[short] = (*full.get(short, ()), name)
    return full
