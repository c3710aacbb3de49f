"""The year of a month that names none: printed beside it, told before, or by the count with which it is compared."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from stcalib.counts.candidate import Context, Found, main_of
from stcalib.counts.coverage import Coverage
from stcalib.counts.period_words import TimeWords
from stcalib.counts.read_units import Units
from stcalib.counts.units import Cell, Unit
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import word_set
from stcalib.periods.day_interval import Window, year_window
from stcalib.periods.find import Expression, may
from stcalib.periods.resolve import Frame, resolve
from stcalib.text.article import Article

_LONGEST_MAIN = 3
"""Months of a window within which it has a place in its year."""
_SOME_YEAR = 2000
"""Any year, to find the month that words name."""
_RECENT_MONTHS = 3


@dataclass
class Years:
    """Finds the year in which a month without one lies."""

    article: Article
    units: Units
    time: TimeWords
    frame: Frame
    covers: dict[int, Coverage]
    context: Context = field(default_factory=Context)

    def year_of(self, unit: Unit, cell: Cell, own: list[Expression], before: list[Found], taken: Found | None) -> int | None:
        """The year of a month that has none: one named earlier in the sentence, or that of the count before."""
        first = own[0].core
        if first.shape != "range" and not may(first, "year"):
            return None
        if first.shape in ("season",) and "year" not in first.parts and "year2" not in first.parts:
            return None
        if self.article.plain[own[0].start : own[0].end].lower().startswith(tuple(load_lexicon().periods.so_far)):
            return None if self.frame.day is None else self.frame.day.year
        if (year := self.of_this_year(unit, cell, own[0])) is not None:
            return year
        if may(first, "printed_year") and (printed := self.printed_year(unit, cell, own[0], before, taken)) is not None:
            return printed
        if may(first, "printed_year") and cell.compared and (nearest := self.before_main(own[0], before, taken)) is not None:
            return nearest
        named = [item.period for item in unit.items[: cell.at] if item.period is not None and item.period.start < own[0].start]
        years = [e for e in named if e.shape == "year" or (e.shape == "range" and e.year is not None)]
        if years and not any(item.has("compared") for item in unit.items[: cell.at]):
            return years[-1].year
        if not cell.compared and (spoken := self.year_before(unit)) is not None:
            return spoken
        day = self.frame.day
        if day is None:
            cover = self.covers.get(id(before[-1])) if before else self.covers.get(id(taken)) if taken else None
            return cover.window.start.year if cover and cover.window.start else None
        base = self.covers.get(id(before[0])) if before else self.covers.get(id(taken)) if taken else None
        if base is None or base.window.start is None or base.window != year_window(base.window.start.year):
            return None
        latest = resolve(own[0], self.frame)
        month = latest and (latest.window.end or latest.window.start)
        if not month:
            return base.window.start.year
        running = latest is not None and latest.window.end is not None and latest.window.end >= day
        recent = not running and (day.year - month.year) * 12 + day.month - month.month <= _RECENT_MONTHS
        return None if recent or (before and cell.compared) else base.window.start.year

    def of_this_year(self, unit: Unit, cell: Cell, own: Expression) -> int | None:
        """The running year where the sentence names it before a month: "This year's busiest month was July, at 1,835"."""
        named = [item.period for item in unit.items[: cell.at] if item.period is not None and item.period.start < own.start]
        this = [e for e in named if e.shape == "relative" and e.parts.get("unit") == "year" and e.parts.get("which") in word_set("counts.this")]
        now = resolve(this[-1], self.frame) if this and not cell.compared else None
        if now is not None and now.window.start is not None:
            return now.window.start.year
        return self.within(named, own) if not cell.compared else None

    def within(self, named: list[Expression], own: Expression) -> int | None:
        """The year of a month that lies in a longer period named before it: "Last summer, thousands came; in August alone, 5,530"."""
        longer = [e for e in named if e.shape in ("relative", "season") and e.core.shape != "month"]
        whole = resolve(longer[-1], self.frame) if longer else None
        month = resolve(own, replace(self.frame, year=_SOME_YEAR)) if whole is not None else None
        if whole is None or month is None or month.window.start is None or month.window.months != 1 or not whole.window.known:
            return None
        start, end = whole.window.start, whole.window.end
        if start is None or end is None or not 1 < (whole.window.months or 0) <= _LONGEST_MAIN:
            return None
        years = [year for year in (start.year, end.year) if (start.year, start.month) <= (year, month.window.start.month) <= (end.year, end.month)]
        return years[0] if years else None

    def before_main(self, own: Expression, before: list[Found], taken: Found | None) -> int | None:
        """The year of a month with which another is compared: the last such month before it ("912 in August, up from 811 in July")."""
        base = main_of(before) or taken
        window = None if base is None else self.covers[id(base)].window
        month = resolve(own, replace(self.frame, year=_SOME_YEAR))
        if window is None or window.start is None or (window.months or 12) > _LONGEST_MAIN or month is None or month.window.start is None:
            return None
        return window.start.year - (month.window.start.month > window.start.month)

    def printed_year(self, unit: Unit, cell: Cell, own: Expression, before: list[Found], taken: Found | None) -> int | None:
        """The year of a month that has none, by a month of the sentence, or of the count before, that prints one.

        Of numbers compared ("in January 2018, up from 1,900 in December") it is the last such month before, as for one that
        stands before the year ("315 in January and 1,240 in March of 2017"); else the next behind: "July 2018. In August …".
        """
        month = resolve(own, replace(self.frame, year=_SOME_YEAR))
        if month is None or month.window.start is None:
            return None
        number = month.window.start.month
        dated = self.printed_near(unit, own)
        backward = cell.compared or (dated is not None and dated.start > own.start)
        if dated is None and taken is not None and not before and not cell.compared and unit.block == taken.unit.block:
            said = self.covers[id(taken)].expression
            near = unit.sentence - taken.unit.sentence <= 1 and not taken.is_other_side and not self.told_beside(taken)
            dated = said if near and said is not None and self.prints_month(said) else None
        window = None if dated is None else resolve(dated, self.frame)
        if window is None or window.window.start is None or (backward and before and self.is_year_before(window.window, before[0])):
            return None
        year, other = window.window.start.year, window.window.start.month
        end = window.window.end
        if end is not None and end.year > year and not backward:
            last = end.year if number <= end.month else end.year - 1
            return last if (last, number) >= (year, other) else None
        if number == other:
            return None
        if backward:
            return year if number <= other else year - 1
        return year if number >= other else year + 1

    def is_year_before(self, printed: Window, main: Found) -> bool:
        """Whether a month with a printed year is that of the main number in an earlier year, so that its year is only its own: "1,502 last
        month, against 1,634 in July and 5,712 in August 2017"."""
        window = self.covers[id(main)].window
        if window.start is None or printed.start is None or window.months != 1 or printed.months != 1:
            return False
        return window.start.month == printed.start.month and window.start.year > printed.start.year

    def told_beside(self, taken: Found) -> bool:
        """Whether a count is only told beside the one before it, as that of the same months of an earlier year."""
        rows = [row for row in self.context.rows if 0 < taken.unit.sentence - row.unit.sentence <= 1]
        mine = self.covers[id(taken)].window
        windows = [self.covers[id(row)].window for row in rows]
        return mine.known and mine.months not in (None, 12) and any(mine.shifted(12 * years) in windows for years in (1, 2, 3))

    def printed_near(self, unit: Unit, own: Expression) -> Expression | None:
        """The month with a printed year in the list of months in which an expression stands, else the one before it in the sentence."""
        at = next((i for i, item in enumerate(unit.items) if item.period is own), None)
        if at is None:
            return None
        for item in unit.items[at + 1 :]:
            since = item.period is not None and item.period.shape == "since"
            if since or item.has("compared", "opener") or item.word in word_set("counts.parts_list"):
                break
            if item.period is not None and self.prints_month(item.period):
                if self.again_in(unit, item.period, at):
                    break
                return item.period
        return next((item.period for item in reversed(unit.items[:at]) if item.period is not None and self.prints_month(item.period)), None)

    def again_in(self, unit: Unit, printed: Expression, at: int) -> bool:
        """Whether the month with a printed year has stood before without one, so that its year is only its own: "94 in May, up from 61 in
        April and 27 in May 2021"."""
        month = printed.core.parts.get("month")
        months = [item.period.core for item in unit.items[:at] if item.period is not None]
        return any(e.shape == "month" and e.year is None and e.parts.get("month") == month for e in months)

    def prints_month(self, expression: Expression) -> bool:
        """Whether an expression is a month, or part of one, with its year printed."""
        core = expression.core
        return (core.shape == "date" or may(core, "printed_year")) and expression.year is not None

    def year_before(self, unit: Unit) -> int | None:
        """The year of which the sentence before speaks without a count: "In 2022 the count never fell far. It began at 2,383 in January"."""
        index = unit.sentence - 1
        if index < 0 or self.article.sentences[index].block != unit.block or (self.context.rows and self.context.rows[-1].unit.sentence == index):
            return None
        before = self.units.at(index)
        first = next((item.period for item in before.items[:4] if item.period is not None), None)
        if first is not None and first.shape == "relative" and first.parts.get("unit") == "year":
            spoken = resolve(first, self.frame)
            return spoken.window.start.year if spoken is not None and spoken.window.start is not None else None
        years = {item.period.year for i, item in enumerate(before.items) if item.period is not None and not self.time.of_act(before, i)}
        plain = any(item.period is not None and item.period.shape == "year" and "part" not in item.period.parts for item in before.items[:4])
        return years.pop() if plain and len(years) == 1 else None
