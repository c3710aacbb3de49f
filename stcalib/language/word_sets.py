"""Words and patterns of the language by name: of the closed classes (`words.toml`), and of one room (`rooms/ROOM.toml`)."""

from __future__ import annotations

import re

from stcalib.core.errors import LexiconError
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import NOTHING, alternatives, load_lexicon

_PLACE = re.compile(r"\{\{([\w.]+)\}\}")


@by_language
def word_list(name: str) -> tuple[str, ...]:
    """The words of a list, in its order: `word_list("be")` of the closed classes, `word_list("syntax.elders")` of a room.

    Raises `KeyError` where there is none of that name.
    """
    room, _, entry = name.rpartition(".")
    lexicon = load_lexicon()
    held = lexicon.rooms[room].words if room else lexicon.words.sets
    return held[entry] if lexicon.whole else held.get(entry, ())


@by_language
def word_set(name: str) -> frozenset[str]:
    """The words of a list as a set: `word_set("be")`. Raises `KeyError` where there is none of that name."""
    return frozenset(word_list(name))


def without_opening(text: str, name: str) -> str:
    """A text without the one of the words of a list that it opens with, blanks included: "The Register" as "Register"."""
    return text[next((len(word) for word in word_list(name) if text.startswith(word)), 0) :]


@by_language
def pattern(name: str) -> re.Pattern[str]:
    """The regular expression of that name, compiled: `pattern("text.own_report")`.

    Raises `KeyError` where there is none of that name, `LexiconError` where it is no regular expression.
    """
    return compiled(name)


def compiled(name: str, **places: str) -> re.Pattern[str]:
    """As `pattern`, with the `places` filled in that the words of other lists make."""
    text = pattern_text(name, **places)
    try:
        return re.compile(text)
    except re.error as error:
        raise LexiconError(f"rooms: pattern {name!r} is no regular expression: {error}. Its text is {text!r:.80}") from error


def pattern_text(name: str, **places: str) -> str:
    """The text of a pattern, its places filled."""
    room, _, entry = name.rpartition(".")
    lexicon = load_lexicon()
    held = lexicon.rooms[room].patterns[entry] if lexicon.whole else lexicon.rooms[room].patterns.get(entry, NOTHING)
    return filled(held if isinstance(held, str) else "".join(held), room, places)


def filled(text: str, room: str, places: dict[str, str]) -> str:
    """A pattern with its places filled: `{{name}}` becomes what `places` gives for it, else the words or the pattern of that name of
    the room. Raises `LexiconError` where there is none."""
    return _PLACE.sub(lambda match: places[match[1]] if match[1] in places else _named(room, match[1], places), text)


def _named(room: str, name: str, places: dict[str, str]) -> str:
    """What stands for a name within a pattern of the room."""
    lexicon = load_lexicon()
    held = lexicon.rooms[room]
    if name not in held.words and name not in held.patterns:
        if not lexicon.whole:
            return NOTHING
        raise LexiconError(f"rooms/{room}.toml: {{{{{name}}}}} is neither a list nor a pattern of the file, nor given by the room")
    return alternatives(held.words[name]) if name in held.words else pattern_text(f"{room}.{name}", **places)
