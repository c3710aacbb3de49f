"""Articles and rows drawn as HTML: every row marked in its place, its fields on a card.

What is drawn is text and style, no script. Everything that comes from an article is escaped, and what would act
on the page instead of showing (see `stcalib.core.visible`) shows as a mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2s
from html import escape
from typing import Any

import pandas as pd

from stcalib.core.row_fields import as_text, days_in_words
from stcalib.core.rows import ArticleRow
from stcalib.core.table_spec import counted, spec_of
from stcalib.core.visible import visible
from stcalib.display.context import PRINTED_ZONES, Articles, Contexts, zones_of
from stcalib.display.html_marks import Drawing, facts, mark_classes, stylesheet, words
from stcalib.display.marks import Mark, Segment, Shown, marks_of, segments, shown_rows
from stcalib.display.terminal import rows_text
from stcalib.text.article import Article

MOST_ROWS = 200
"""Rows that `rows_html` draws unless told otherwise."""
_FRAME = 'class="stca-view mathjax_ignore tex2jax_ignore"'


@dataclass(frozen=True)
class View:
    """Something drawn: HTML in a notebook, plain text elsewhere."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def article_html(article: Article, rows: Iterable[Any] | pd.DataFrame, skipped: Iterable[Any] | pd.DataFrame = (), about: Any = None) -> str:
    """The article in its zones as HTML, with the rows marked in place and a card for each.

    `rows` and `skipped` are row objects or data frames; rows of other articles are left out, and skipped stretches
    and the row on the article itself may stand among `rows`, as in `article.rows`. `about`, an `ArticleRow` or a
    mapping of its fields, fills the heading.
    """
    rows, skipped = (given if isinstance(given, pd.DataFrame) else list(given) for given in (rows, skipped))
    if about is None and isinstance(rows, list):
        about = next((row for row in rows if isinstance(row, ArticleRow)), None)
    given = [*shown_rows(rows), *(shown_rows(skipped, "skipped") if len(skipped) else [])]
    here = [row for row in given if row.article_id == article.article_id]
    drawn = [row for row in here if row.table != "skipped"]
    declined = [row for row in here if row.table == "skipped"]
    everything = [*drawn, *declined]
    view = _identity(article, everything)
    drawing = Drawing(view, everything)
    paragraphs = "".join(_paragraphs(article, everything, drawing))
    listed = "".join(f"<li><b>{row.label}</b> {words(row.summary)}</li>" for row in drawn)
    name = visible(article.article_id)
    return (
        f'<div {_FRAME} id="{view}" role="region" aria-label="{escape(name)}: article with its rows marked" style="--stca-lanes:{drawing.depth}">'
        f"<style>{stylesheet()}</style>"
        f"{_heading(article, _facts(about))}{_legend(drawn)}"
        f'<div class="stca-two"><div class="stca-text" role="article" tabindex="0" aria-label="text of {escape(name)}">{paragraphs}</div>'
        f'<aside class="stca-cards" aria-label="rows">'
        f'<p class="stca-hint">{_hint(drawn)}</p><ul class="stca-list">{listed}</ul></aside></div>'
        f"{_declined(declined)}</div>"
    )


def rows(corpus: Articles | Mapping[str, Article], selection: Iterable[Any] | pd.DataFrame, most: int = MOST_ROWS) -> View:
    """Any selection of rows, drawn in a notebook as `rows_html` and elsewhere as text."""
    chosen = selection if isinstance(selection, pd.DataFrame) else list(selection)
    return View(rows_html(corpus, chosen, most), rows_text(corpus, chosen, most).plain)


def rows_html(corpus: Articles | Mapping[str, Article], selection: Iterable[Any] | pd.DataFrame, most: int = MOST_ROWS) -> str:
    """A selection of rows as HTML, each in its sentence with a neighbour on either side, grouped by article.

    `corpus` is a corpus or a mapping of articles by id, `selection` a data frame with `article_id`, `start` and
    `end`, or row objects. Beyond `most` rows the rest is counted, not drawn.
    """
    found = shown_rows(selection)
    contexts = Contexts(corpus)
    drawn = found[:most]
    parts = []
    for index, row in enumerate(drawn):
        if index == 0 or drawn[index - 1].article_id != row.article_id:
            parts.append(f'<p class="stca-title" role="heading" aria-level="4">{escape(visible(row.article_id))}</p>')
        parts.append(_in_context(contexts, row))
    if len(found) > most:
        parts.append(f'<p class="stca-hint">{len(found) - most:,} more rows are not drawn.</p>')
    if not found:
        parts.append('<p class="stca-hint">No rows in this selection.</p>')
    label = f"{len(found):,} row{'' if len(found) == 1 else 's'} in context"
    return f'<div {_FRAME} role="region" aria-label="{label}"><style>{stylesheet()}</style>{_legend(found)}{"".join(parts)}</div>'


def _paragraphs(article: Article, rows: Sequence[Shown], drawing: Drawing) -> Iterable[str]:
    """The blocks of the article in order; text between them (markup that is not read) stands greyed."""
    text = article.text
    zones = zones_of(article)
    cuts = [Mark(start, end, -1) for _, start, end in zones]
    pieces = segments(0, len(text), [*marks_of(rows), *cuts])
    piece = next(pieces, None)
    for zone, _, end in zones:
        inside = []
        while piece is not None and piece.end <= end:
            plain = Segment(piece.start, piece.end, tuple(mark for mark in piece.marks if mark.row >= 0))
            inside.append((plain, text[piece.start : piece.end]))
            piece = next(pieces, None)
        yield _paragraph(zone, drawing.marked(inside))


def _paragraph(zone: str, inner: str) -> str:
    if zone == "blank":
        return inner
    if zone == "headline":
        return f'<p class="stca-headline" role="heading" aria-level="4">{inner}</p>'
    if zone in PRINTED_ZONES:
        return f'<p class="stca-{zone}">{inner}</p>'
    return f'<p class="stca-off" title="{zone or "markup"}: not read">{inner}</p>'


def _heading(article: Article, about: Mapping[str, str]) -> str:
    title = about.get("title") or article.article_id
    first, last = (about.get(f"published_{name}") or "" for name in ("earliest", "latest"))
    days = f"{first}–{last}" if first and last and first != last else days_in_words(first, last)
    published = f"published {days} ({about.get('published_basis', '')})" if days else ""
    name = article.article_id if title != article.article_id else ""
    told = [about.get("outlet", ""), about.get("byline", ""), published, name, f"{len(article.text):,} characters"]
    line = " · ".join(escape(visible(item)) for item in told if item)
    return f'<p class="stca-title" role="heading" aria-level="3">{escape(visible(title))}</p><p class="stca-meta">{line}</p>'


def _legend(rows: Sequence[Shown]) -> str:
    tables = {row.table: 0 for row in rows}
    for row in rows:
        tables[row.table] += 1
    items = []
    for table, count in sorted(tables.items()):
        noun = counted(table, count)
        if spec_of(table).underlined:
            samples = (("support", "s"), ("oppose", "o"), ("ambivalent", "a"))
            shown = " ".join(f'<mark class="stca-m stca-p0{letter}">{stance}</mark>' for stance, letter in samples)
            items.append(f"<li>{noun}: {shown}</li>")
        else:
            items.append(f'<li><mark class="stca-m stca-{spec_of(table).letter.lower()}">{noun}</mark></li>')
    if "quotes" in tables:
        items.append('<li><mark class="stca-m stca-speaker">speaker</mark></li><li><mark class="stca-m stca-cue">cue</mark></li>')
        items.append('<li><mark class="stca-m stca-role">role</mark></li>')
    return f'<ul class="stca-legend" aria-label="legend">{"".join(items)}</ul>' if items else ""


def _hint(rows: Sequence[Shown]) -> str:
    if not rows:
        return "No rows were found in this article."
    return "Point at a mark, or move to it with the Tab key, to read its row."


def _declined(rows: Sequence[Shown]) -> str:
    if not rows:
        return ""
    items = "".join(
        f"<li><q>{escape(visible(row.fields.get('text', '')))}</q> — {escape(visible(row.fields.get('reason', '')))}"
        f" ({escape(row.fields.get('table', ''))}, {row.start}–{row.end})</li>"
        for row in rows
    )
    noun = "1 stretch was" if len(rows) == 1 else f"{len(rows):,} stretches were"
    return f'<details class="stca-skips"><summary>{noun} seen and declined</summary><ol>{items}</ol></details>'


def _in_context(contexts: Contexts, row: Shown) -> str:
    article = contexts.article(row.article_id)
    start, end = contexts.around(row)
    drawn, labelled = [], False
    for segment in segments(start, end, marks_of([row])):
        inner = words(article.text[segment.start : segment.end])
        if names := mark_classes(segment.marks, [row], {}):
            if not labelled and any(not mark.part for mark in segment.marks):
                inner, labelled = f'<sup class="stca-n">{row.label}</sup>{inner}', True
            inner = f'<mark class="{" ".join(names)}">{inner}</mark>'
        drawn.append(inner)
    before, after = "… " if start > 0 else "", " …" if end < len(article.text) else ""
    return (
        f'<figure class="stca-row"><blockquote>{before}{"".join(drawn)}{after}</blockquote><figcaption><details><summary><b>{row.label}</b> '
        f"{words(row.summary)}</summary><dl>{facts(row, 'dt', 'dd')}</dl></details></figcaption></figure>"
    )


def _identity(article: Article, rows: Sequence[Shown]) -> str:
    key = "\x1f".join([article.article_id, article.sha256, *(f"{row.label} {row.start} {row.end}" for row in rows)])
    return f"stca-{blake2s(key.encode('utf-8', 'surrogatepass'), digest_size=5).hexdigest()}"


def _facts(about: Any) -> dict[str, str]:
    if about is None:
        return {}
    values = about if isinstance(about, Mapping) else {f.name: getattr(about, f.name) for f in fields(about)}
    return {str(name): as_text(value) for name, value in values.items()}
