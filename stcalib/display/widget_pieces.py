"""Articles and rows as flat pieces of text for the widgets, which put each on the page as text and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from stcalib.core.visible import ACTING, visible
from stcalib.display.context import PRINTED_ZONES, Contexts, zones_of
from stcalib.display.html_marks import mark_classes
from stcalib.display.marks import Mark, Shown, lanes, marks_of, segments
from stcalib.text.article import Article

_SOUGHT = -2
"""Marks the words that were looked up; what belongs to no row and is not marked has -1."""


def article_pieces(
    article: Article, rows: Sequence[Shown], state_of: Callable[[int], str], sought: tuple[int, int] | None = None
) -> list[dict[str, Any]]:
    """The zones of an article with their pieces: [start, what is shown, acting character or not, classes, rows, label].

    `start` counts characters of the article's text, `rows` are the places of the rows that the piece belongs to,
    `label` stands on the first piece of a row. `state_of` names the state of a row ("open", "rejected" …), `sought` is where words
    stand that were looked up.
    """
    zones = zones_of(article)
    cuts = [Mark(start, end, -1) for _, start, end in zones] + ([Mark(*sought, _SOUGHT)] if sought else [])
    height = lanes(rows)
    blocks: list[dict[str, Any]] = [{"zone": zone, "off": zone not in PRINTED_ZONES, "end": end, "pieces": []} for zone, _, end in zones]
    at, labelled = 0, set()
    for segment in segments(0, len(article.text), [*marks_of(rows), *cuts]):
        while segment.start >= blocks[at]["end"]:
            at += 1
        marks = [mark for mark in segment.marks if mark.row >= 0]
        whole = [mark.row for mark in marks if not mark.part]
        opening = [row for row in whole if row not in labelled]
        labelled.update(opening)
        found = ["stca-found"] if any(mark.row == _SOUGHT for mark in segment.marks) else []
        classes = " ".join([*mark_classes(marks, rows, height), *sorted({f"stca-v-{state_of(row)}" for row in whole}), *found])
        label = " ".join(rows[row].label for row in opening)
        for start, shown, acting in _runs(article.text, segment.start, segment.end):
            blocks[at]["pieces"].append([start, shown, acting, classes, whole, label])
            label = ""
    return blocks


def evidence_item(contexts: Contexts, row: Shown) -> dict[str, Any]:
    """A row in its context: what it is, its fields, and the words around it as pieces [what is shown, classes]."""
    article = contexts.article(row.article_id)
    start, end = contexts.around(row)
    pieces = [
        [visible(article.text[segment.start : segment.end]), " ".join(mark_classes(segment.marks, [row], {0: 0}))]
        for segment in segments(start, end, marks_of([row]))
    ]
    return {
        "label": row.label,
        "summary": visible(row.summary),
        "article": visible(row.article_id),
        "facts": [[visible(name), visible(value)] for name, value in row.facts],
        "pieces": [*([["… ", ""]] if start > 0 else []), *pieces, *([[" …", ""]] if end < len(article.text) else [])],
    }


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, str, bool]]:
    """The stretch in runs that show as they are, and acting characters one by one: (start, what is shown, acting or not)."""
    done = start
    for match in ACTING.finditer(text, start, end):
        if done < match.start():
            yield done, text[done : match.start()], False
        yield match.start(), visible(match.group()), True
        done = match.end()
    if done < end:
        yield done, text[done:end], False
