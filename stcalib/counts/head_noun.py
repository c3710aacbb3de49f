"""The noun that a number counts: "1,134 people", "887 RCMP interceptions", "91 per cent of whom"."""

from __future__ import annotations

from dataclasses import dataclass

from stcalib.counts.units import Cell, Item
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import word_list, word_set
from stcalib.numbers.find import FRACTION, MULTIPLE
from stcalib.text.tokens import word_classes

HEAD_REACH = 8
"""Items behind a number within which its noun is looked for."""
OBJECT_REACH = 5
"""Items between an action and the number that is its object."""
_STOP_CLASSES = frozenset("RSXPOWV&IZHY")
_ENDS = (
    "action", "agent_action", "arrival", "neutral", "rise", "fall", "boundary", "opener", "compared", "forecast", "dated", "data_verb", "predicate",
    "summing",
)  # fmt: skip


@by_language
def passed_over() -> frozenset[str]:
    """Words that may stand between a number and its noun."""
    return frozenset(load_lexicon().counting.passed_over)


@dataclass(frozen=True, slots=True)
class Head:
    """The noun that a number counts.

    `kind` is "people", "event", "excluded", "unknown", "anaphor" ("of them") or "none"; `index` is its item,
    `values` the measures or exclusions that the vocabulary gives for it. `more` is 1 behind "371 more", -1 behind
    "371 fewer".
    """

    kind: str
    index: int
    values: tuple[str, ...] = ()
    nationality: str | None = None
    more: int = 0
    word: str = ""


@dataclass(slots=True)
class _Walk:
    """What has been seen on the way from the number to its noun."""

    at: int
    nationality: str | None = None
    more: int = 0
    of_phrase: bool = False
    unknown: str = ""
    verb: str = ""


def head_of(items: list[Item], cell: Cell) -> Head:
    """The noun of the number of a cell; for the first end of a range, that of the second."""
    at = cell.partner if cell.partner is not None and cell.partner > cell.at else cell.at
    walk = _Walk(at, of_phrase=_is_half(items, at))
    for i in range(at + 1, min(at + 1 + HEAD_REACH, len(items))):
        item = items[i]
        if (nation := item.label("nationality")) is not None:
            walk.nationality = nation.value
        if (found := _noun(items, i, walk)) is not None:
            return found
        if not _goes_on(items, i, walk):
            break
    if walk.unknown and walk.unknown != walk.verb:
        return Head("unknown", at, (), walk.nationality, walk.more, walk.unknown)
    return Head("none", at, (), walk.nationality, walk.more)


def _noun(items: list[Item], i: int, walk: _Walk) -> Head | None:
    """The noun at item `i`, if it is one that the vocabulary knows."""
    item = items[i]
    seen = walk.nationality, walk.more, item.word
    if item.has("partitive") and i <= walk.at + 3:
        return Head("anaphor", i, (), *seen)
    if walk.of_phrase and item.word in word_set("counts.anaphors"):
        return Head("anaphor", i, (), *seen)
    if item.has("people", "event"):
        ahead = items[i + 1] if i + 1 < len(items) else None
        if ahead is not None and ahead.has("excluded") and not item.has("action") and not ahead.has("agent"):
            return _excluded(ahead, i + 1, walk)
        kind = "people" if item.has("people") else "event"
        return Head(kind, i, tuple(label.value for label in item.labels if label.kind == kind and label.value), *seen)
    if item.has("excluded") and not (walk.of_phrase and item.has("predicate", "aside")) and not (item.possessive and item.has("aside")):
        return _excluded(item, i, walk)
    if item.has("person") and _is_one(items[walk.at]):
        return Head("people", i, (), *seen)
    return None


def _excluded(item: Item, i: int, walk: _Walk) -> Head:
    label = item.label("excluded")
    return Head("excluded", i, (label.value if label else "",), walk.nationality, walk.more, item.word)


def _goes_on(items: list[Item], i: int, walk: _Walk) -> bool:
    """Whether the noun may stand behind item `i`; keeps in `walk` what the item tells."""
    item = items[i]
    if item.number is not None or item.period is not None or (walk.of_phrase and item.has("aside") and not item.possessive):
        return item.period is not None and walk.of_phrase and item.period.shape != "around"
    if item.word in ("“", "”", '"'):
        return True
    if item.is_mark:
        return item.word == ":" and i == walk.at + 1 and all(before.is_mark for before in items[: walk.at])
    if item.word in word_set("counts.of"):
        walk.of_phrase = i <= walk.at + 2
        return walk.of_phrase
    if item.has("more", "fewer") and i <= walk.at + 2:
        walk.more = 1 if item.has("more") else -1
        return True
    if (
        item.has("rate")
        or (item.possessive and item.has("aside"))
        or item.word in passed_over()
        or (walk.of_phrase and item.word in word_set("counts.of_determiners"))
    ):
        return True
    if item.has("person", "place", "nationality", "agent", "total") and not item.has("agent_action", "action"):
        return True
    if item.has(*_ENDS) or item.word in word_set("counts.according"):
        return False
    letter = word_classes().get(item.word, "N")
    if letter in _STOP_CLASSES or letter == "D":
        return False
    if letter != "A":
        if not walk.unknown and item.word.endswith(word_list("counts.past_ending")):
            walk.verb = item.word
        walk.unknown = item.word
    return True


def _is_one(item: Item) -> bool:
    return item.number is not None and item.number.value == 1


def _is_half(items: list[Item], at: int) -> bool:
    """Whether a part stands right before the article of its whole, where "of" is left out: "half the claimants"."""
    number = items[at].number
    return number is not None and number.form in (FRACTION, MULTIPLE) and at + 1 < len(items) and items[at + 1].word in word_set("counts.article")


def particle_behind(items: list[Item], at: int, tail: str) -> bool:
    """Whether the rest of a verb stands behind the people who are its object: "sent 191 people back", "returned 790 to the U.S."."""
    numbered = False
    for i in range(at + 1, min(len(items), at + 2 + OBJECT_REACH)):
        item = items[i]
        if numbered and f"{' '.join(near.word for near in items[i : i + len(tail.split())])} ".startswith(f"{tail} "):
            return True
        if item.number is not None:
            numbered = True
        elif numbered and not item.has("people", "person", "nationality", "partitive") and item.word not in passed_over():
            return False
    return False
