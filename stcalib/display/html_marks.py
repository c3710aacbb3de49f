"""Marked text as HTML: flat pieces with style classes, and the cards of the rows beside the words they belong to.

Words and their cards stand in one group, so that the style sheet alone shows the cards of what is under the pointer
or the focus, with the same few rules for any article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from stcalib.core.table_spec import spec_of
from stcalib.core.visible import visible
from stcalib.display.marks import MOST_MARKS, Mark, Segment, Shown, lanes

_STANCE_CLASSES = {"support": "s", "oppose": "o"}
_MARKED_PARTS = frozenset({"speaker", "cue", "role"})


@cache
def stylesheet() -> str:
    """The style of everything that is drawn, for light and dark pages and for print."""
    lines = (files("stcalib.display") / "static" / "show.css").read_text(encoding="utf-8").splitlines()
    fixed = "".join(line.strip() for line in lines if not line.lstrip().startswith("/*"))
    here = [f".stca-g:has(.r{i}:hover,.r{i}:focus)" for i in range(MOST_MARKS)]
    shown = ",".join(f"{group}>.stca-k>.d{i}" for i, group in enumerate(here))
    outlined = ",".join(f"{group} .r{i}" for i, group in enumerate(here))
    return f"{fixed}@media screen{{{shown}{{display:block}}}}{outlined}{{outline:2px solid var(--stca-on)}}"


def mark_classes(marks: Iterable[Mark], rows: Sequence[Shown], height: Mapping[int, int]) -> list[str]:
    """The style classes of a piece of text: names of the style sheet only, never words of an article."""
    classes: dict[str, None] = {}
    for mark in marks:
        row = rows[mark.row]
        if mark.part:
            classes[f"stca-{mark.part}" if mark.part in _MARKED_PARTS else "stca-part"] = None
        elif spec_of(row.table).underlined:
            classes[f"stca-p{height.get(mark.row, 0)}{_STANCE_CLASSES.get(row.fields.get('stance', ''), 'a')}"] = None
        else:
            name = f"stca-{spec_of(row.table).letter.lower()}"
            classes[f"{name}2" if name in classes else name] = None
    return ["stca-m", *classes] if classes else []


def words(text: str) -> str:
    """Text of an article as HTML that shows it."""
    return escape(visible(text), quote=False)


def facts(row: Shown, name: str, value: str) -> str:
    """The known fields of a row as HTML, names and values in elements of these kinds."""
    return "".join(f"<{name}>{words(key)}</{name}><{value}>{words(told)}</{value}>" for key, told in row.facts)


class Drawing:
    """The marks of one article. Pieces must be asked for in the order of the text."""

    def __init__(self, view: str, rows: Sequence[Shown]):
        self.view, self.rows = view, rows
        self.height = lanes(rows)
        self.depth = max(self.height.values(), default=-1) + 1
        self._labelled: set[int] = set()
        self._carded: set[int] = set()

    def marked(self, pieces: Iterable[tuple[Segment, str]]) -> str:
        """A paragraph of pieces with their text."""
        return "".join(self._group(group) for group in self._groups(pieces))

    def _groups(self, pieces: Iterable[tuple[Segment, str]]) -> Iterator[list[tuple[Segment, str]]]:
        """The pieces in groups that have few enough rows for the style sheet's rules."""
        group: list[tuple[Segment, str]] = []
        held: set[int] = set()
        for segment, text in pieces:
            new = {mark.row for mark in segment.marks}
            if group and len(held | new) > MOST_MARKS:
                yield group
                group, held = [], set()
            held |= new
            group.append((segment, text))
        if group:
            yield group

    def _group(self, group: Sequence[tuple[Segment, str]]) -> str:
        rows = dict.fromkeys(mark.row for segment, _ in group for mark in segment.marks if self.rows[mark.row].table != "skipped")
        local = {row: place for place, row in enumerate(rows)}
        drawn = "".join(self._piece(segment, text, local) for segment, text in group)
        if not local:
            return drawn
        cards = "".join(self._card(row, place) for row, place in local.items())
        return f'<span class="stca-g">{drawn}<span class="stca-k" hidden="hidden" tabindex="-1">{cards}</span></span>'

    def _piece(self, segment: Segment, text: str, local: Mapping[int, int]) -> str:
        """A piece of text with its marks; the first piece of a row carries its label and can be moved to."""
        if not segment.marks:
            return words(text)
        whole = [mark.row for mark in segment.marks if not mark.part and mark.row in local]
        opens = [row for row in whole if row not in self._labelled]
        self._labelled.update(opens)
        numbers = (f"r{local[row]}" for row in sorted({mark.row for mark in segment.marks}) if row in local)
        names = " ".join([*mark_classes(segment.marks, self.rows, self.height), *numbers])
        if opens:
            label = " ".join(self.rows[row].label for row in opens)
            cards = " ".join(f"{self.view}-{row}" for row in opens)
            return f'<mark class="{names}" tabindex="0" aria-describedby="{cards}"><sup class="stca-n">{label}</sup>{words(text)}</mark>'
        if all(self.rows[mark.row].table == "skipped" for mark in segment.marks):
            return f'<span class="{names}">{words(text)}</span>'
        movable = ' tabindex="-1"' if whole else ""
        return f'<mark class="{names}"{movable}>{words(text)}</mark>'

    def _card(self, index: int, place: int) -> str:
        row = self.rows[index]
        name = "" if index in self._carded else f' id="{self.view}-{index}"'
        self._carded.add(index)
        known = facts(row, "i", "span")
        return f'<span class="stca-card d{place}"{name}><b>{row.label}</b> {words(row.summary)}<span class="stca-f">{known}</span></span>'
