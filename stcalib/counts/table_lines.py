"""Lists and tables in a text: lines of labels and numbers, under their heads.

Takes the blocks of an article and gives grids. A line of a list holds labels and numbers and makes no statement of
its own ("2020: 12,480", "- Manitoba — 88", "9: interceptions in Alberta", "January 888 (871)"); a table that was
copied from a page has each cell on a line of its own. What stands above them without a number is their head.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from stcalib.counts.units import Item, Unit
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.numbers.find import Number
from stcalib.periods.find import Expression, may, periods_in
from stcalib.periods.printed_dates import month_numbers
from stcalib.text.article import Article

ZONES = frozenset({"body", "caption", "subhead"})
LONGEST_LINE = 160
LONGEST_LABEL = 12
"""Words of a label or head."""
HEADS_ABOVE = 4
"""Lines above the first row that may be heads."""
LONGEST_COLUMN_LABEL = 5
"""Words of the label of a row whose columns are parted by bars."""
LINES_ABOVE = 60
"""Lines above a part of a list in which the heads of the whole list are looked for."""
MOST_WORDS = 19
"""Words of a line that may be a row, however wide the blanks between its columns are."""
_SHORTEST_RUN = 3
"""Numbers behind a label, with blanks alone between them, that make it a row."""
_LEAST_IN_RUN = 100
"""A number of which such a row holds at least one, unlike one of scores."""
_BULLET = re.compile(r"\s*(?:[•·*▪◦‣●■–—-]+\s+|\(?\d{1,2}[.)]\s+)?")
_COLUMN = re.compile(r"[ ]*[\t|;][\t| ]*|\s{2,}")
_PARTED = re.compile(r"\s*(?:[:=|]|[–—]|\s-|\.{3,}|…)\s*(?:[–—-]\s*)?$")
_PARTS = re.compile(r"\s*(?:[:=|]|[–—]|-\s)\s*\S")
_KEYS = ("place", "site", "city", "nationality", "people", "event", "total", "agent", "summing", "data", "origin")
_STATES = ("neutral", "forecast", "dated", "data_verb", "opener")


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of a grid, with its own label, those of its row and its place among the numbers of the row."""

    line: Unit
    at: int
    own: tuple[Item, ...]
    column: int
    columns: int
    bracketed: bool

    @property
    def number(self) -> Number:
        """The number itself."""
        number = self.line.items[self.at].number
        assert number is not None
        return number


@dataclass(slots=True)
class Grid:
    """Rows of numbers under heads: from the outermost head (the sentence that leads to them) to the line of column heads."""

    heads: list[Unit] = field(default_factory=list)
    columns: list[tuple[Item, ...]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    foot: Unit | None = None
    """The line behind the rows, which may say what they count."""

    @property
    def says_what(self) -> bool:
        """Whether a head says what is counted."""
        labels = (label for head in self.heads for item in head.items for label in item.labels)
        return any(label.kind in ("event", "people", "action") and label.value for label in labels)


class Lines:
    """Finds the grids of an article. `read` gives the items of a stretch of its reading copy, `regions` are nouns for places."""

    def __init__(self, article: Article, read: Callable[[list[tuple[int, int]], int], Unit], regions: frozenset[str] = frozenset()) -> None:
        self.article = article
        self.text = article.plain
        self.read = read
        self.labels = word_set("counts.small") | regions
        self._units: dict[int, Unit] = {}

    def grids(self) -> Iterator[Grid]:
        """The grids in order."""
        blocks = self.article.blocks
        i = 0
        while i < len(blocks):
            if not self.may_be_row(i):
                i += 1
                continue
            grid, following = self.grid(i)
            if grid is not None:
                yield grid
            i = max(following, i + 1)

    # ---- lines
    def may_be_row(self, i: int) -> bool:
        """Whether a block is short enough and holds a number."""
        block = self.article.blocks[i]
        if (
            block.zone not in ZONES
            or block.end - block.start > LONGEST_LINE
            or not pattern("counts.number_in_line").search(self.text, block.start, block.end)
        ):
            return False
        return (
            bool(pattern("counts.row_like").search(self.text, block.start, block.end))
            and len(self.text[block.start : block.end].split()) <= MOST_WORDS
        )

    def unit(self, i: int) -> Unit:
        """The items of a line, its bullet left out; of a longer block those of its last sentence, and of one that leads on
        by a colon where the sentences before tell of another time."""
        if i not in self._units:
            block = self.article.blocks[i]
            start = block.start
            if block.end - start > LONGEST_LINE:
                start = max(start, self.text.rfind(". ", start, block.end - 2) + 2)
            elif self.leads(i) and (last := self.last_sentence(i)) > start and self.both_dated(start, last, block.end):
                start = last
            elif (match := _BULLET.match(self.text, start, block.end)) is not None and match.end() < block.end:
                start = match.end()
            self._units[i] = self.read(self.columns_of(start, block.end) or [(start, block.end)], i)
        return self._units[i]

    def last_sentence(self, i: int) -> int:
        """Where the last sentence of a block begins."""
        block = self.article.blocks[i]
        at = bisect_left(self.article.sentences, block.end, key=lambda sentence: sentence.start)
        return max(block.start, self.article.sentences[at - 1].start) if at else block.start

    def both_dated(self, start: int, middle: int, end: int) -> bool:
        """Whether a period stands on both sides of a place of the text."""
        return bool(periods_in(self.text, start, middle) and periods_in(self.text, middle, end))

    def columns_of(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches of a line between tabs, wide blanks, bars and semicolons, so that no number runs over them."""
        _, _, printed = self.article.cut(start, end)
        line = printed if len(printed) == end - start else self.text[start:end]
        cuts = [match.span() for match in _COLUMN.finditer(line)]
        edges = [0, *(edge for cut in cuts for edge in cut), end - start]
        return [(start + a, start + b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]

    def numbers(self, i: int) -> list[int]:
        """The items of a block that are numbers of something."""
        return [k for k, item in enumerate(self.unit(i).items) if item.number is not None and item.number.unit is None]

    def is_row(self, i: int) -> bool:
        """Whether a block is a line of a list."""
        if not self.may_be_row(i):
            return False
        unit, at = self.unit(i), self.numbers(i)
        if not at or self.is_cell(i):
            return False
        if self.is_columnar(unit) or self.is_run(unit, at):
            return True
        labels = [item for k, item in enumerate(unit.items) if k not in at and not item.is_mark]
        if not labels or len(labels) > LONGEST_LABEL:
            return False
        if all(self.known(item) for item in labels):
            return any(item.period is not None or item.has(*_KEYS) or item.word in word_set("counts.rest") for item in labels)
        return self.is_parted(unit, at)

    def stretches_of(self, unit: Unit) -> list[list[Item]]:
        """The items of a line between its bars, tabs, wide blanks and semicolons."""
        items = [item for item in unit.items if item.word not in ("|", ";")]
        return [[item for item in items if a <= item.start < b] for a, b in self.columns_of(unit.start, unit.end)]

    def is_columnar(self, unit: Unit) -> bool:
        """Whether a line is a label with a number alone in each column behind it, whatever the label says."""
        label, *columns = self.stretches_of(unit) or [[]]
        if not columns or not 0 < len(label) <= LONGEST_COLUMN_LABEL:
            return False
        if any(item.number is not None and item.number.unit is None for item in label):
            return False
        numbers = [[item.number for item in column if not item.is_mark] for column in columns]
        return all(len(column) == 1 and column[0] is not None and column[0].unit is None for column in numbers)

    def is_run(self, unit: Unit, at: list[int]) -> bool:
        """Whether a line is a label with a run of numbers behind it and nothing more: "Inland offices 34,639 15,825 11,816"."""
        run = len(at) >= _SHORTEST_RUN and at == list(range(at[0], len(unit.items)))
        run = run and any(number is not None and (number.value or 0) >= _LEAST_IN_RUN for number in (unit.items[k].number for k in at))
        return run and 0 < at[0] <= LONGEST_COLUMN_LABEL and not self.states(unit.items[: at[0]], led=False)

    def known(self, item: Item) -> bool:
        """Whether a word of a line is one that labels are made of and no statement."""
        return item.period is not None or item.has(*_KEYS) or item.word in self.labels

    def is_parted(self, unit: Unit, at: list[int]) -> bool:
        """Whether a mark parts the number of a line from its label, at its beginning or its end."""
        items = unit.items
        first = items[at[0]]
        bracketed = len(at) == 2 and items[at[1] - 1].word == "("
        if at[0] == 0:
            return (len(at) == 1 or bracketed) and _PARTS.match(self.text, first.end, unit.end) is not None
        if (mark := _PARTED.search(self.text, unit.start, first.start)) is None or self.states(items[: at[0]], led=":" in mark[0]):
            return False
        rest = items[at[-1] + 1 :]
        if len(at) > 1 and not bracketed:
            return ":" in mark[0] and all(self.goes_on(item) for item in (*items[at[0] + 1 : at[-1]], *rest))
        inner = bracketed or (bool(rest) and rest[0].word == "(")
        return inner or all(item.is_mark or item.has("rate", "people", "event") or item.period is not None for item in rest)

    def states(self, label: list[Item], *, led: bool) -> bool:
        """Whether the words before the number of a line make a statement; before a colon a participle makes none: "Claims made in 2019: 64,020".

        A word with a capital behind the first belongs to a name: "United States (mostly children)".
        """
        label = [item for k, item in enumerate(label) if not (k and self.text[item.start].isupper())]
        strong = any(item.has("forecast", "data_verb", "opener") or (item.has("dated") and not item.has("neutral")) for item in label)
        return strong or any(item.has("neutral") and not (led and item.word.endswith(word_list("counts.neutral_endings"))) for item in label)

    def goes_on(self, item: Item) -> bool:
        """Whether a word may stand behind the first number of a line of several: "1,018 in 2017; 410 in 2018", "4,095, of which 2,778 in May"."""
        return item.number is not None or item.is_mark or self.known(item) or item.has("partitive", "compared", "rise", "fall", "rate")

    def is_cell(self, i: int) -> bool:
        """Whether a block is one cell of a table: a number alone."""
        items = [item for item in self.unit(i).items if not item.is_mark]
        return len(items) == 1 and items[0].number is not None and items[0].number.unit is None and self.may_be_row(i)

    def is_head(self, i: int) -> bool:
        """Whether a block may be a head or a label: short, without a number, and no sentence unless it leads on by a colon."""
        block = self.article.blocks[i]
        if block.zone not in ZONES or block.end - block.start > LONGEST_LINE:
            return False
        text = self.text[block.start : block.end].rstrip()
        leads = text.endswith(":") or (text.endswith(".") and all(self.known(item) for item in self.unit(i).items))
        if not leads and text.endswith((".", "!", "?", "…", "”", '"')):
            return False
        return (leads or len(text.split()) <= LONGEST_LABEL) and not self.numbers(i)

    # ---- grids
    def grid(self, i: int) -> tuple[Grid | None, int]:
        """The grid whose first row or cell is block `i`, and the block behind it; None where there is none."""
        if self.is_cell(i):
            return self.cells(i)
        if not self.is_row(i):
            return None, i + 1
        return self.rows(i)

    def rows(self, i: int) -> tuple[Grid | None, int]:
        """A list from its first row on; a head between its rows begins a new part of it, which the caller reads next."""
        blocks = self.article.blocks
        last = i
        while last < len(blocks) and self.is_row(last):
            last += 1
        heads = self.heads(i)
        if last - i < 2 and not (heads and (self.leads(i - 1) or self.in_part(last))):
            return None, last
        entries = [entry for k in range(i, last) for entry in self.entries(self.unit(k), self.numbers(k))]
        width = max((entry.column + 1 for entry in entries), default=1)
        columns = self.columns(self.unit(heads[-1]), width) if heads else []
        grid = Grid([self.unit(k) for k in (heads[:-1] if columns else heads)], columns, entries, list(range(i, last)))
        if last < len(self.article.blocks) and not self.is_head(last) and self.article.blocks[last].zone in ZONES:
            grid.foot = self.unit(last)
        return grid, last

    def leads(self, i: int) -> bool:
        """Whether a block leads on by a colon."""
        block = self.article.blocks[i] if i >= 0 else None
        return block is not None and self.text[block.start : block.end].rstrip().endswith(":")

    def in_part(self, i: int) -> bool:
        """Whether a head and a further row follow, so that a single row is a part of a list."""
        return i + 1 < len(self.article.blocks) and self.is_head(i) and self.is_row(i + 1)

    def heads(self, i: int) -> list[int]:
        """The heads above a row, outermost first: those right above, those of the whole list, and the sentence that leads to it.

        Of an earlier part of the list that is passed on the way up, the head right above its rows is that part's own; where
        the later part says itself what it counts, all of them are.
        """
        found: list[int] = []
        k, passed = i - 1, False
        while k >= max(0, i - LINES_ABOVE) and len(found) < HEADS_ABOVE and (self.article.blocks[k].zone in ZONES or self.is_rule(k)):
            if self.is_rule(k):
                pass
            elif self.is_row(k) or self.is_cell(k):
                passed = True
            elif not self.is_head(k):
                if not any(self.is_caption(above) for above in found) or self.is_legend(k):
                    found.insert(0, k)
                break
            elif passed:
                passed = any(item.has("event", "people", "action") for above in found for item in self.unit(above).items)
            else:
                found.insert(0, k)
            k -= 1
        return found

    def is_caption(self, i: int) -> bool:
        """Whether a head says by itself what is counted and when, so that no sentence above it leads to the rows: "Interceptions, 2018:"."""
        items = self.unit(i).items
        counts = any(label.kind in ("event", "action") and label.value for item in items for label in item.labels)
        return counts and any(item.period is not None for item in items)

    def is_legend(self, i: int) -> bool:
        """Whether a block says whose the numbers in brackets are: "Lund's part is in brackets"."""
        return any(item.word in word_set("counts.bracketed") for item in self.unit(i).items)

    def is_rule(self, i: int) -> bool:
        """Whether a block holds no letter and no digit: the line between the heads of columns and the rows."""
        block = self.article.blocks[i]
        return not any(char.isalnum() for char in self.text[block.start : block.end])

    def columns(self, head: Unit, width: int) -> list[tuple[Item, ...]]:
        """The heads of the columns, where the line above the rows names as many as there are numbers in a row."""
        keys = [item for item in head.items if item.period is not None or item.has(*_KEYS)]
        running = any(item.has("neutral") or item.word in word_set("counts.running") for item in head.items)
        if width < 2 or running or self.text[head.start : head.end].rstrip().endswith(":"):
            return []
        cells = [tuple(cell) for cell in self.stretches_of(head) if cell][-width:]
        if len(cells) == width:
            return cells
        if len(keys) == width + 1:
            keys = keys[1:]
        return [(key,) for key in keys] if len(keys) == width else []

    def entries(self, unit: Unit, at: list[int]) -> Iterator[Entry]:
        """The numbers of a row, each with what labels it: what stands before it, or behind where the row begins with it."""
        items = unit.items
        stretches = [tuple(item for item in items[a + 1 : b] if not item.is_mark) for a, b in zip([-1, *at], [*at, len(items)], strict=True)]
        own = list(stretches[:-1])
        if not own[0]:
            own = list(stretches[1:])
        elif len(at) > 1 and _PARTED.search(self.text, unit.start, items[at[0]].start) and ":" in self.text[unit.start : items[at[0]].start]:
            label = own[0]
            led = [any(item.word == ":" for item in items[a + 1 : b]) for a, b in zip([-1, *at[:-1]], at, strict=True)]
            shift = 0 if len(led) > 1 and all(led) else 1
            own = [_with_label(label if k + shift else (), near) for k, near in enumerate(stretches[shift : shift + len(at)])]
        elif all(not label for label in own[1:]) and stretches[-1]:
            own[0] = (*own[0], *stretches[-1])
        column = 0
        for k, index in enumerate(at):
            bracketed = index > 0 and items[index - 1].word == "(" and k > 0
            label = own[k] or own[0]
            column = column + 1 if k and not own[k] else 0
            yield Entry(unit, index, label, column, len(at), bracketed)

    # ---- a cell a line
    def cells(self, i: int) -> tuple[Grid | None, int]:
        """A table whose cells stand on lines of their own, from its first number on: a label, then so many numbers, again and again."""
        blocks = self.article.blocks
        first = i
        while first > 0 and i - first < 12 and self.is_cell_label(first - 1):
            first -= 1
        last = i
        while last < len(blocks) and (self.is_cell(last) or self.is_cell_label(last)):
            last += 1
        kinds = ["n" if self.is_cell(k) else "l" for k in range(first, last)]
        match = re.search(r"l(n+)(?:l\1(?!n))+", "".join(kinds))
        if match is None:
            return None, last
        width = len(match[1])
        start, end = first + match.start(), first + match.end()
        above = list(range(first, start))
        columns = [tuple(self.unit(k).items) for k in above[-width:]] if len(above) >= width > 1 else []
        heads = above[: -width - 1] if columns and len(above) > width else above if not columns else []
        outer = self.heads(first)
        grid = Grid([self.unit(k) for k in (*outer, *heads)], columns, [], list(range(first, end)))
        for row in range(start, end, width + 1):
            label = tuple(self.unit(row).items)
            for n in range(width):
                line = self.unit(row + 1 + n)
                grid.entries.append(Entry(line, self.numbers(row + 1 + n)[0], label, n, width, False))
        return grid, end

    def is_cell_label(self, i: int) -> bool:
        """Whether a block is a label alone on its line: a few words without a number or a stop."""
        block = self.article.blocks[i]
        if block.zone not in ZONES or block.end - block.start > LONGEST_LINE // 3:
            return False
        text = self.text[block.start : block.end]
        return len(text.split()) <= 5 and not text.rstrip().endswith((":", "!", "?", ",", ";")) and not self.numbers(i)


def _with_label(label: tuple[Item, ...], near: tuple[Item, ...]) -> tuple[Item, ...]:
    """What labels one of several numbers of a line: the head of the line, its period left out where the number has one of its own."""
    own = next((item.period for item in near if item.period is not None), None)
    dated = own is not None and (own.year is not None or may(own, "printed_year"))
    said = next((item.period for item in label if item.period is not None), None)
    if own is not None and own.year is None and dated and said is not None and said.year is not None:
        near = tuple(item if item.period is not own else replace(item, period=_in_year(own, said)) for item in near)
    return (*(item for item in label if not (dated and item.period is not None)), *(item for item in near if not item.has("partitive")))


def _in_year(month: Expression, said: Expression) -> Expression:
    """A month in the year that the label of its line prints; behind a later month of that year in the next."""
    numbers, year = month_numbers(), said.year or 0
    before, own = (numbers.get(e.parts.get("month", "").rstrip("."), 0) for e in (said.core, month))
    return replace(month, parts={**month.parts, "year": str(year + (0 < own < before))})
