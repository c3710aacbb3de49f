"""Where the statement of a number begins and ends in its sentence, and what is put between commas before it."""

from __future__ import annotations

from stcalib.counts.units import Cell, Item
from stcalib.language.word_sets import word_list, word_set


def inserted_before(items: list[Item], cell: Cell) -> range:
    """The items of a relative clause put between commas before the number of a cell: "Manitoba, where they reach the town of Lund, had 170"."""
    for i in range(cell.low + 1, cell.at - 2):
        if items[i].word != ",":
            continue
        named = items[i + 1].word in word_set("counts.article") and items[i + 2].word in word_set("counts.time_nouns")
        apposed = named and items[i - 1].period is not None
        if apposed or items[i + 1].word in word_set("counts.evidence_relatives"):
            return range(i + 1, next((k for k in range(i + 2, cell.at) if items[k].word == ","), i + 1))
    return range(0)


def content_start(items: list[Item], cell: Cell) -> int:
    """Where what is said begins before a number ("the head of a program that shelters them said"), or the beginning of its cell; before its verb."""
    if cell.low == cell.at > 0 and items[cell.at - 1].has("predicate"):
        return cell.at - 1
    for i in range(cell.at - 1, cell.low, -1):
        attributed = items[i].has("data_verb") and items[i].has("dated") and not items[i + 1].is_mark
        if attributed or items[i].word == ";":
            return i + 1
    return cell.low


def statement_end(items: list[Item], cell: Cell) -> int:
    """Where an attribution (", said the head of a program that shelters them") or a statement of something else begins behind a number.

    The other side of a comparison ends with its phrase: "down from 63 in June, the premier is waiting".
    """
    apart, complementizer = word_set("counts.apart"), word_set("counts.complementizer")
    for i in range(cell.at + 1, cell.high):
        word = items[i].word
        if word == "," and (cell.compared or (i + 1 < cell.high and items[i + 1].has("partitive"))):
            return i
        if word in apart or (word in complementizer and i > cell.at + 1 and items[i - 1].has("data_verb", "dated")):
            return i
    for i in range(cell.at + 2, cell.high):
        reported = items[i].labels and items[i].has("data_verb") and items[i].has("dated")
        if reported and any(item.word == "," for item in items[max(cell.at, i - 3) : i]):
            return i
    return cell.high


def behind_insertion(items: list[Item]) -> list[Item]:
    """The items behind an inserted attribution (", police say, after …"), else all of them."""
    for i in range(len(items) - 1, 0, -1):
        if items[i].word == "," and items[i - 1].has("data_verb"):
            return items[i:]
    return items


def main_clause(ahead: list[Item]) -> list[Item]:
    """The items before a number without a clause put in front: "A year earlier, before most had heard of it, the count had stood at 80"."""
    comma = max((i for i, item in enumerate(ahead) if item.word == ","), default=-1)
    last = ahead[comma + 1 :]
    return last if comma >= 0 and any(item.has("event", "people", "total") for item in last) else ahead


def names_place(items: list[Item], i: int) -> bool:
    """Whether words that tell how many live somewhere only name the place: "the town of Emerson counted 22"."""
    named = i + 1 < len(items) and items[i + 1].has("place", "site", "city")
    return named and items[i].word.endswith(word_list("counts.of_end"))
