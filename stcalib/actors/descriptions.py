"""What the words of a description tell: its head noun, what type of actor that is, what body is named beside it."""

from __future__ import annotations

from stcalib.actors.full_names import is_organization
from stcalib.language.in_use import by_language, lately_by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import role_words
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.text.tokens import word_classes


@by_language
def possessive_pronouns() -> dict[str, str]:
    """Possessives and objects to the pronouns whose they are: "his" and "him" to "he"."""
    return dict(zip(word_list("actors.oblique_forms"), word_list("actors.owners"), strict=True))


def without_determiner(description: str) -> str:
    """A description without the determiner that it opens with; a single word stays."""
    return pattern("actors.determiner").sub("", description, count=1) if not description.isalnum() else description


def body_named(body: str | None, role: str | None) -> str | None:
    """The organization printed beside a person: "of the RCMP", "University of Toronto law professor"."""
    runs = pattern("actors.capital_run").findall(body or "")
    if runs:
        return str(runs[-1])
    return next((str(run) for run in pattern("actors.capital_run").findall(role or "") if is_organization(run)), None)


def shortened(description: str, body: str | None) -> str:
    """A description without what follows its head, where the head says enough: two words or more."""
    words = description.split()
    enough = 2 + (word_classes().get(words[0].lower()) == "D")
    for i, word in enumerate(words[enough:], enough):
        if (
            word.lower() in word_set("tail_words")
            and not words[i - 1].endswith(word_list("actors.participle_ending"))
            and words[i - 1].lower() not in word_set("tail_words")
        ):
            return " ".join(words[:i])
    return f"{description} {body}" if body and len(words) == 1 else description


@by_language
def common_nouns() -> frozenset[str]:
    """Nouns for groups, bodies and writings, which a capital at the start of a sentence makes no name."""
    titles = load_lexicon().titles
    return frozenset((*titles.groups, *titles.bodies, *titles.writings))


@lately_by_language(1 << 14)
def head_of(description: str) -> str:
    """The head noun of a description, in lower case: the last word before a preposition."""
    words = description.split()
    if words and words[-1].lower() in role_words() and words[-1].islower() and pattern("actors.in_a_body").fullmatch(" ".join(words[:-1])):
        return words[-1]
    for i, word in enumerate(words[1:], 1):
        if word.lower() in word_set("actors.behind_description") or word_classes().get(word.lower()) in ("R", "S", "W", "I"):
            head = i - 2 if words[i - 1].endswith(word_list("actors.participle_ending")) and i > 1 else i - 1
            return words[head].lower().strip(",.")
    return words[-1].lower().strip(",.") if words else ""


@lately_by_language(1 << 14)
def type_of(head: str, plural: bool = False) -> str:
    """The type of actor that a head noun names."""
    titles = load_lexicon().titles
    if head in titles.writings:
        return "document"
    if head in titles.bodies:
        return "organization"
    if plural or head in titles.groups or (head.endswith("s") and not head.endswith(word_list("actors.singular_in_s"))):
        return "group"
    return "unnamed"
