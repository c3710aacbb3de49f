"""What the numbers of lists and tables count, where and when: from their own labels, the heads of columns and rows, the lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from stcalib.counts.candidate import Found
from stcalib.counts.cells import is_share
from stcalib.counts.coverage import Coverage
from stcalib.counts.head_noun import Head
from stcalib.counts.period import Calendar
from stcalib.counts.place_names import PlaceNames, Where, place_words
from stcalib.counts.reasons import NO_HEAD, POLL
from stcalib.counts.table_lines import Entry, Grid
from stcalib.counts.units import Cell, Item, Unit
from stcalib.counts.words import Words
from stcalib.language.word_sets import word_list, word_set
from stcalib.numbers.find import MULTIPLE
from stcalib.periods.day_interval import Window, year_window
from stcalib.periods.find import Expression, leans
from stcalib.periods.printed_dates import month_numbers
from stcalib.periods.reference_frame import count_named
from stcalib.periods.resolve import Frame
from stcalib.text.tokens import word_classes

_WHOLE = ("total", "summing")
_LETTERS = 4
LEGEND_REACH = 6
"""Items behind a place among which a legend says that its numbers are in brackets."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a label or a head says of the numbers under it."""

    measures: tuple[str, ...] = ()
    excluded: str | None = None
    where: Where | None = None
    bracketed: Where | None = None
    periods: tuple[Expression, ...] = ()
    nationality: str | None = None
    per: str | None = None
    change: int = 0
    poll: bool = False
    total: bool = False


@dataclass(slots=True)
class Listed:
    """A count of a list with what its labels and heads say, the outermost first."""

    found: Found
    settings: list[Setting] = field(default_factory=list)
    own: int = 1
    """How many of the settings are its own line's."""
    assumed: bool = False


class ListReader:
    """Reads grids into counts."""

    def __init__(self, words: Words, names: PlaceNames, text: str) -> None:
        self.words = words
        self.whole_rows = word_set("counts.whole_rows") | {f"{region}s" for region in words.regions}
        self.names = names
        self.text = text
        self.recent: list[tuple[int, Coverage]] = []
        """The periods of the rows before, with their blocks."""

    def read(self, grid: Grid, sentence_at: Callable[[int], int], before: list[Found]) -> tuple[list[Listed], list[tuple[Entry, str]]]:
        """The counts of a grid, and the numbers that are none with the reason; `before` are the counts of the text above."""
        heads = [self.setting(self.without_part(tuple(head.items))) for head in grid.heads]
        foot = self.setting(tuple(grid.foot.items)) if grid.foot is not None else Setting()
        heads = [Setting(foot.measures), *heads]
        columns = [self.setting(column) for column in grid.columns]
        by_place = any(column.where is not None for column in columns)
        lead: Setting | None = None
        listed, declined = [], []
        for entry in grid.entries:
            column = columns[entry.column] if entry.columns > 1 and entry.column < len(columns) else Setting()
            if by_place and column.where is None and column.measures:
                column = replace(column, where=Where(self.words.counts.default_place, None, "named"))
            own = self.setting(self.without_aside(entry))
            settings = [*heads, *([lead] if lead is not None and not own.measures else []), column, own]
            if own.measures and (entry.columns == 1 or not entry.column) and not self.of_part(entry):
                lead = own
            if entry.bracketed:
                settings.insert(-2, Setting(where=next((s.bracketed for s in reversed(heads) if s.bracketed is not None), None)))
            outcome = self.judge(entry, settings, sentence_at(entry.line.start), before)
            if isinstance(outcome, str):
                declined.append((entry, outcome))
            else:
                outcome.found.grid = grid.blocks[0]
                listed.append(outcome)
        return listed, declined

    def of_part(self, entry: Entry) -> bool:
        """Whether a number of a line is only a part of the one before it: "2022: 39,540, of which 99 per cent were in Quebec"."""
        return any(item.has("partitive") for item in entry.line.within(max(0, entry.at - 2), entry.at))

    def without_aside(self, entry: Entry) -> tuple[Item, ...]:
        """The label of a row without what brackets say of it: "United States (mostly children of migrants) — 1,112"."""
        start, at, text = entry.line.start, entry.line.items[entry.at].start, self.text
        outside = [item for item in entry.own if item.start < at and text.count("(", start, item.start) == text.count(")", start, item.start)]
        named = bool(outside) and self.text[outside[0].start].isupper() and all(item.start < at for item in entry.own)
        return tuple(outside) if named else entry.own

    def without_part(self, head: tuple[Item, ...]) -> tuple[Item, ...]:
        """A head that states a number, without what it says of a part of it: "in 2022: 39,500, of which 99 per cent were in Quebec"."""
        for i in range(2, len(head)):
            if head[i].has("partitive", "partly") and head[i - 1].is_mark and head[i - 2].number is not None:
                return head[:i]
        return head

    def setting(self, items: tuple[Item, ...]) -> Setting:
        """What the words of a label or head say."""
        measures: list[str] = []
        where, bracketed, nationality, per, change = None, None, None, None, 0
        periods: list[Expression] = []
        excluded: str | None = None
        low = 0
        for i, item in enumerate(items):
            if not (measures and self.owned(items[:i])):
                measures += [label.value for label in item.labels if label.kind in ("event", "people", "action") and label.value]
            if item.has("excluded") and not item.has("event", "people") and excluded is None:
                label = item.label("excluded")
                excluded = label.value if label is not None else None
            if (label := item.label("nationality")) is not None:
                nationality = label.value
            if (label := item.label("rate")) is not None:
                per = label.value
            if item.period is not None and not (periods and self.of_event(items[:i])):
                periods.append(item.period)
            if item.has("rise", "fall") or item.word in word_set("counts.column_changes"):
                change = -1 if item.has("fall") else 1
            if item.has("place", "site") and (legend := self.legend_end(items, i)) is not None:
                bracketed = self.named(items[i : i + 1])
                low = legend
        where = self.named(items[low:] if bracketed is not None else items)
        poll = any(item.has("poll") for item in items)
        total = any(item.has(*_WHOLE) or item.word in word_set("counts.total") for item in items) and where is None
        excluded = None if total else excluded
        return Setting(tuple(measures), excluded, where, bracketed, tuple(periods), nationality, per, change, poll, total)

    def legend_end(self, items: tuple[Item, ...], place: int) -> int | None:
        """Where the words end that say whose the numbers in brackets are ("Lund's part is in brackets"); None for no such words."""
        for i in range(place + 1, min(place + LEGEND_REACH, len(items) - 1)):
            if items[i].is_mark or items[i].number is not None or items[i].has("place", "site"):
                return None
            if items[i].word in word_set("counts.in") and items[i + 1].word in word_set("counts.bracketed"):
                return i + 2
        return None

    def owned(self, before: tuple[Item, ...]) -> bool:
        """Whether what follows only tells whose the claims or crossings are that the label names before: "claims by irregular crossers"."""
        noun = max((i for i, item in enumerate(before) if item.has("event")), default=len(before))
        return any(item.word in word_set("counts.owned_by") for item in before[noun + 1 :]) and not any(item.is_mark for item in before[noun + 1 :])

    def of_event(self, before: tuple[Item, ...]) -> bool:
        """Whether a period behind another is that of an event told in brackets: "2020 (road closed from March 21)"."""
        since = max((i for i, item in enumerate(before) if item.period is not None), default=-1)
        near = before[max(since + 1, len(before) - 3) :]
        return any(item.word in place_words().closing or (item.word.endswith(word_list("counts.past_ending")) and not item.labels) for item in near)

    def named(self, items: tuple[Item, ...]) -> Where | None:
        """The place that a label names."""
        if not any(item.has("place", "site", "city") for item in items):
            return None
        cities = [label.value for item in items if (label := item.label("city")) is not None]
        unit = Unit(items[0].start, items[-1].end, 0, 0, list(items), self.text)
        where = self.names.named(unit, 0, len(items), len(items))
        if where is None and len(set(cities)) == 1:
            where = Where(cities[0], None, "named")
        return where

    def judge(self, entry: Entry, settings: list[Setting], sentence: int, before: list[Found]) -> Listed | str:
        """The count at an entry, or the reason why it is none."""
        number, own = entry.number, settings[-1]
        if any(setting.poll for setting in settings):
            return POLL
        measure, assumed = self.measure(settings, before)
        opens = next((item for item in entry.own if not item.is_mark), None)
        placed = opens is not None and opens.has("place", "site", "city") and any(setting.measures for setting in settings[:-1])
        if not own.measures and not settings[-2].measures and not placed and self.of_things(entry.own):
            return NO_HEAD
        nearest = next((s for s in reversed(settings) if s.measures or (s.excluded and not (placed and s is own))), own)
        if nearest.excluded is not None and not nearest.measures:
            return self.words.reasons[nearest.excluded]
        if measure is None or number.form == MULTIPLE or (number.value is not None and number.value != int(number.value) and not is_share(number)):
            return NO_HEAD
        change = next((s.change for s in reversed(settings[-2:]) if s.change), 0)
        kind, value = "count", number.value
        if is_share(number):
            kind = "change" if change or number.negative else "share"
        elif change and any(s.change for s in settings[-2:]):
            kind = "difference"
        if kind in ("change", "difference") and value is not None and self.text[max(0, number.first - 1) : number.first] in "-−–":
            value = -value
        nationality = next((s.nationality for s in reversed(settings) if s.nationality is not None), None)
        per = next((s.per for s in reversed(settings[-2:]) if s.per is not None), None)
        head = Head("none", entry.at, (), nationality)
        unit = Unit(entry.line.start, entry.line.end, sentence, entry.line.block, entry.line.items, self.text)
        found = Found(unit, Cell(entry.at, 0, len(unit.items)), number, kind, value, measure, head, per)
        return Listed(found, settings, 1, assumed)

    def of_things(self, label: tuple[Item, ...]) -> bool:
        """Whether a label names things that are not counted: a common noun in the plural that no list holds."""
        text, known = self.text, self.whole_rows
        return any(
            not item.labels and item.word.endswith("s") and len(item.word) > _LETTERS and text[item.start].islower() and item.word not in known
            for item in label
            if item.period is None and item.number is None and word_classes().get(item.word, "N") == "N"
        )

    def measure(self, settings: list[Setting], before: list[Found]) -> tuple[str | None, bool]:
        """The measure of the nearest label or head that gives one, else that of the text above; whether it is assumed."""
        for setting in reversed(settings):
            if setting.measures:
                return min(setting.measures, key=lambda measure: self.words.rank[measure]), False
        near, column = settings[-1], settings[-2]
        labelled = near.where or near.periods or near.nationality or near.total or column.where or column.periods
        counts = [found.measure for found in before if found.kind == "count"]
        return (max(counts, key=counts.count), True) if counts and labelled else (None, False)

    # ---- where and when
    def where(self, listed: Listed) -> Where:
        """The place of a listed count: of the nearest label or head that names one, else the whole."""
        settings = listed.settings
        for distance, setting in enumerate(reversed(settings)):
            if setting.where is not None:
                return replace(setting.where, basis=setting.where.basis if distance < 2 else "carried", distance=0 if distance < 2 else distance - 1)
        return Where(self.words.counts.default_place, None, "named" if settings[-1].total else "assumed")

    def cover(self, listed: Listed, calendar: Calendar, frame: Frame) -> Coverage:
        """The period of a listed count: of the nearest label or head that names one, in the year that one above it names; without one
        that of the sentence before the list."""
        known: Coverage | None = None
        settings = listed.settings
        grid = listed.found.unit.block
        self.recent = [one for one in self.recent if grid - one[0] <= 1]
        before = [cover for _, cover in self.recent]
        for index, setting in enumerate(settings):
            if not setting.periods:
                continue
            leaning = leans(setting.periods[0].core)
            anchor = known.window if known is not None else told(setting.periods[0], before) if leaning else frame.anchor
            inner = replace(frame, anchor=anchor)
            if known is not None and setting.periods[0].core.year is None and (year := self.year_of(known.window)) is not None:
                inner = replace(frame, year=year, anchor=known.window)
            if known is None and not leaning and (year := self.year_beside(setting.periods[0], before)) is not None:
                inner = replace(frame, year=year)
            periods = list(setting.periods)
            if len(periods) > 1 and periods[0].shape == "year" and periods[1].year is None:
                inner = replace(inner, year=periods[0].year)
                periods = periods if periods[1].shape == "until" else periods[1:]
            if len(periods) > 1 and periods[0].shape == "same" and periods[1].shape == "year":
                periods = [replace(periods[0], parts={**periods[0].parts, "when": str(periods[1].year)})]
            covered = calendar.spans.combined(periods, inner)
            if covered is None or covered.window == Window():
                continue
            if covered.window.start is None and covered.window.end is not None and periods[0].shape == "until":
                covered = replace(covered, window=Window(year_window(covered.window.end.year).start, covered.window.end))
            distance = max(0, len(settings) - 2 - index)
            known = covered if not distance else replace(covered, basis=f"set by a head of the list: {covered.basis}", distance=distance)
        if known is not None and known.window != Window():
            self.recent.append((grid, known))
        return known or calendar.before_list(listed.found)

    def year_beside(self, label: Expression, before: list[Coverage]) -> int | None:
        """The year of a month that stands behind a period of some months in a list: "January to March 2023: 36", then "April: 8"."""
        window = before[-1].window if before else Window()
        if label.shape != "month" or label.core.year is not None or window.start is None or window.end is None or window.months in (None, 12):
            return None
        number = month_numbers().get(label.core.parts.get("month", "").rstrip("."))
        turn = {(12, 1): 1, (1, 12): -1}.get((window.end.month, number or 0), 0)
        return window.end.year + turn

    def year_of(self, window: Window) -> int | None:
        """The year of a window that lies in one year and is no single month of it."""
        if window.start is None or window.months == 1 or window.start == window.end:
            return None
        whole = year_window(window.start.year)
        return window.start.year if window.start == whole.start and (window.end is None or window.end.year == window.start.year) else None


def told(expression: Expression, before: list[Coverage]) -> Window | None:
    """The period of the rows above on which that of one leans: "that year", "over the same three years"."""
    windows = [cover.window for cover in before if cover.window.known]
    count = count_named(expression.core.parts.get("n"))
    if count is None or count < 2:
        return windows[-1] if windows else None
    last = list(dict.fromkeys(window for window in windows if window.lasts(1, expression.core.parts.get("unit", "year"))))[-count:]
    return Window(min(w.start for w in last if w.start), max(w.end for w in last if w.end)) if len(last) == count else None
