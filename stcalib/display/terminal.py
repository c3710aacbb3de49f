"""Articles and rows as text for a terminal: brackets and labels say what the colours say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from rich.text import Text

from stcalib.core.table_spec import spec_of
from stcalib.core.visible import visible
from stcalib.display.context import Articles, Contexts
from stcalib.display.marks import Shown, marks_of, segments, shown_rows
from stcalib.text.article import Article

_STANCES: Mapping[str, str] = {"support": "underline blue", "oppose": "underline red", "ambivalent": "underline magenta"}
_PARTS: Mapping[str, str] = {"speaker": "bold", "cue": "italic"}


def article_text(article: Article, rows: Iterable[Any] | pd.DataFrame, skipped: bool = False) -> Text:
    """The article for a terminal: each row in brackets behind its label, and below a line for each row.

    Rows of other articles are left out, and so are skipped stretches unless `skipped`.
    """
    drawn = [row for row in shown_rows(rows) if row.article_id == article.article_id and (skipped or row.table != "skipped")]
    text = Text()
    _write(text, article.text, 0, len(article.text), drawn)
    text.append("" if article.text.endswith("\n") else "\n")
    for row in drawn:
        text.append(f"\n{_line(row)}")
    return text


def rows_text(corpus: Articles | Mapping[str, Article], selection: Iterable[Any] | pd.DataFrame, most: int) -> Text:
    """A selection of rows for a terminal, each in its sentence with a neighbour on either side."""
    contexts = Contexts(corpus)
    found = shown_rows(selection)
    text = Text()
    for index, row in enumerate(found[:most]):
        if index == 0 or found[index - 1].article_id != row.article_id:
            text.append(f"{visible(row.article_id)}\n", "bold")
        start, end = contexts.around(row)
        text.append(f"{_line(row)}\n    ")
        _write(text, contexts.article(row.article_id).text, start, end, [row], line_end=" ")
        text.append("\n")
    if len(found) > most:
        text.append(f"{len(found) - most:,} more rows are not shown.\n")
    if not found:
        text.append("No rows in this selection.\n")
    return text


def _line(row: Shown) -> str:
    return f"{row.label:>4}  {spec_of(row.table).noun}: {visible(row.summary)} [{row.start}–{row.end}]"


def _write(text: Text, source: str, start: int, end: int, rows: list[Shown], line_end: str = "\n") -> None:
    """Appends the stretch of `source` with the rows in it."""
    for segment in segments(start, end, marks_of(rows)):
        whole = [mark for mark in segment.marks if not mark.part]
        for mark in whole:
            if mark.start == segment.start:
                text.append(f"[{rows[mark.row].label} ", "dim")
        styles = [spec_of(rows[mark.row].table).terminal_style for mark in whole]
        styles += [_STANCES.get(rows[mark.row].fields.get("stance", ""), "") for mark in whole]
        styles += [_PARTS.get(mark.part, "underline") for mark in segment.marks if mark.part]
        text.append(visible(source[segment.start : segment.end]).replace("\n", line_end), " ".join(filter(None, styles)))
        for mark in reversed(whole):
            if mark.end == segment.end:
                text.append("]", "dim")
