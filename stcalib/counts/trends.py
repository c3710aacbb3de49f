"""How a number moved: the direction of a change by its words, and changes that take up what was counted before."""

from __future__ import annotations

from stcalib.counts.candidate import Case
from stcalib.language.word_sets import word_list, word_set
from stcalib.text.tokens import word_classes


def trend_before(case: Case, *, level: bool = False) -> int:
    """The direction of a change by the number: "rose by 371", "an increase of 300", "down 12 per cent".

    With `level` the word of change may stand right before the number ("jumped 30 per cent").
    """
    items, at = case.unit.items, case.cell.at
    by = False
    for i in range(at - 1, max(case.cell.low, at - 6) - 1, -1):
        item = items[i]
        if item.has("rise", "fall"):
            from_ahead = at + 1 < len(items) and items[at + 1].word in word_set("counts.from")
            if by or level or (item.word in word_set("counts.directions") and from_ahead):
                return 1 if item.has("rise") else -1
            return 0
        if item.word in word_set("counts.amount_prepositions"):
            by = True
        elif item.word not in word_set("counts.by") and word_classes().get(item.word, "N") not in "AD":
            break
    return trend_of_sentence(case) if by and at and items[at - 1].word in word_set("counts.by_alone") else 0


def trend_of_sentence(case: Case) -> int:
    """The direction of the verb of change that a sentence holds before an insertion: "fell, but less sharply, by 12%"."""
    for item in reversed(case.unit.items[: case.cell.at - 1]):
        if item.number is not None:
            return 0
        if item.has("rise", "fall"):
            return 1 if item.has("rise") else -1
    return 0


def takes_change_up(case: Case) -> bool:
    """Whether a change opens its sentence with an article, as one of what was counted before: "The drop of six per cent"."""
    opening = [item for item in case.unit.items[: case.cell.at] if not item.is_mark]
    definite = len(opening) > 2 and opening[0].word in word_set("counts.trends_definite") and opening[-1].word in word_set("counts.of")
    return definite and opening[-2].has("rise", "fall") and all(word_classes().get(item.word, "N") in "A" for item in opening[1:-2])


def presents_change(case: Case) -> bool:
    """Whether a sentence presents a change with no subject but a pronoun: "So we are looking at a decline of six per cent"."""
    opening = [item for item in case.unit.items[: case.cell.at] if not item.is_mark]
    if len(opening) < 2 or opening[-1].word not in word_set("counts.of") or not opening[-2].has("rise", "fall"):
        return False
    return all(
        item.word.endswith(word_list("gerund_ending")) or item.has("neutral") or word_classes().get(item.word, "N") not in "NC"
        for item in opening[:-2]
    )


def opens_with_trend(case: Case) -> bool:
    """Whether a sentence without a subject opens with the way that a number moved: "Down by about a quarter."."""
    opening = [item for item in case.unit.items[: case.cell.at] if not item.is_mark]
    return bool(opening) and opening[0].has("rise", "fall") and all(item.word in word_set("counts.amount_openings") for item in opening[1:])


def measured_change(case: Case) -> int:
    """The direction of a change told before that a sentence measures: "That last drop was 15 per cent"."""
    opening = [item for item in case.unit.items[: case.cell.at] if not item.is_mark]
    if len(opening) < 3 or opening[0].word not in word_set("counts.trends_definite") or opening[-1].word not in word_set("counts.be"):
        return 0
    noun = next((item for item in opening[1:4] if item.has("rise", "fall")), None)
    return 0 if noun is None or len(opening) > 5 else 1 if noun.has("rise") else -1
