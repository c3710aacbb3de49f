"""The cues of reported speech: every form of every verb of the lexicon, with what it takes and what it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon

CLAUSAL = frozenset({"clause", "that"})
"""Frames of the verbs that take a clause."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a reporting verb.

    `form` is "past", "participle" (written), "third" (says), "plain" (say) or "ing"; `frames` is what the verb takes (see `cues.toml`);
    `particle` is the second word of a phrasal verb; `nominal` marks a form that is as often a noun.
    """

    verb: str
    kind: str
    frames: frozenset[str]
    form: str
    particle: str | None
    nominal: bool


@by_language
def cue_forms() -> dict[str, tuple[Cue, ...]]:
    """Lower-case first words of cues to the cues they begin, phrasal verbs first."""
    cues = load_lexicon().cues
    nominal = frozenset(cues.nouns.forms)
    forms: dict[str, list[Cue]] = {}
    for entry in cues.cue:
        for verb in entry.verbs:
            head, _, particle = verb.partition(" ")
            for word, form in _inflected(head, cues.irregular.get(head)):
                cue = Cue(verb, entry.kind, frozenset(entry.frames), form, particle or None, word in nominal)
                forms.setdefault(word, []).append(cue)
    return {word: tuple(sorted(found, key=_first_tried)) for word, found in forms.items()}


@by_language
def attribution_verbs() -> frozenset[str]:
    """The past and third-person forms of verbs that stand beside a quotation ("said", "shouts") and are no nouns."""
    quoting = frozenset(("clause", "quote", "question"))
    forms = [(word, cue) for word, cues in cue_forms().items() for cue in cues if not cue.nominal and not cue.particle]
    return frozenset(word for word, cue in forms if cue.form in ("past", "third") and cue.frames & quoting)


def _first_tried(cue: Cue) -> tuple[bool, bool]:
    """Phrasal verbs go first; a past that looks like the plain form ("put") before it, since it fits any subject."""
    return cue.particle is None, cue.form == "plain" and not cue.nominal


def _inflected(verb: str, irregular: tuple[str, ...] | None) -> list[tuple[str, str]]:
    """The forms of a verb: (word, form)."""
    if irregular:
        gerund = load_lexicon().cues.gerund
        ing = max(i for i, word in enumerate(irregular) if word.endswith(gerund))
        first_ing = min(i for i, word in enumerate(irregular) if word.endswith(gerund))
        forms = ["third", *["past"] * (first_ing - 1), *["ing"] * (ing - first_ing + 1), *["participle"] * (len(irregular) - ing - 1)]
        return [(verb, "plain"), *zip(irregular, forms, strict=True)]
    return [(verb, "plain"), *((regular_form(verb, form), form) for form in ("third", "past", "ing"))]


def regular_form(verb: str, form: str) -> str:
    """A form of a regular verb: "third", "past" or "ing". A verb of no inflection of the language stays as it is."""
    for inflection in load_lexicon().cues.inflection:
        if (ending := re.search(inflection.ending, verb)) is not None:
            return f"{verb[: ending.start()]}{getattr(inflection, form)}"
    return verb
