"""Which words of time in a sentence tell what a number covers, and which date something else."""

from __future__ import annotations

from dataclasses import replace

from stcalib.counts.statement import inserted_before
from stcalib.counts.units import Cell, Item, Unit
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.numbers.find import FRACTION, MULTIPLE
from stcalib.periods.find import Expression, may


class TimeWords:
    """Picks the expressions of time of a text that go with a number."""

    def __init__(self, text: str) -> None:
        self.text = text

    def own(self, unit: Unit, cell: Cell, relative: bool) -> list[Expression]:
        """The periods of a cell that tell what its number covers, those behind the number first."""
        items = unit.items
        behind: list[Expression] = []
        ahead: list[Expression] = []
        compared = False
        aside = inserted_before(items, cell)
        two_sided = cell.at + 1 < len(items) and (items[cell.at + 1].word in word_set("counts.as") or items[cell.at + 1].has("more"))
        number, behind_it = items[cell.at].number, items[cell.at + 1].word if cell.at + 1 < len(items) else ""
        of_another = number is not None and number.form == FRACTION and behind_it in word_set("counts.of")
        for i in range(cell.low, cell.high):
            item = items[i]
            if item.labels and i > cell.at:
                compared = compared or item.has("compared")
            if i > cell.at and self.ends(items, i, cell, [*behind, *ahead]):
                break
            if item.period is None or i in aside or self.behind_than(unit, cell, i):
                continue
            if self.of_record(unit, i):
                if item.period.first is not None and any(near.word in word_set("counts.when") for near in items[i + 1 : i + 3]):
                    behind.append(item.period.first)
                continue
            if self.of_act(unit, i):
                continue
            over = item.period.shape == "nth" and self.text.startswith(word_list("counts.over_before"), item.start)
            leads = items[i - 1].word in word_set("counts.reference") or (_adjectival(items[cell.at]) and not two_sided) or of_another
            reference = i > cell.at and (over or compared or leads)
            if relative and reference:
                continue
            if compared and not cell.compared and i > cell.at:
                continue
            if i > cell.at:
                behind.append(item.period)
            else:
                ahead.insert(0, self.reached(unit, i, cell.at))
        return [*behind, *ahead]

    def ends(self, items: list[Item], i: int, cell: Cell, told: list[Expression]) -> bool:
        """Whether what is said of a number ends before an item behind it; `told` are the periods named so far."""
        item = items[i]
        part = item.labels and i > cell.at + 1 and item.has("partly") and self.of_a_part(items[i : i + 3], dated=bool(told))
        leads = any(period.end <= items[cell.at].start for period in told) and self.leads_on(items, i, cell)
        another = (bool(told) and self.another_clause(items, i)) or self.dates_source(items, i, cell)
        return bool(part) or leads or item.word in word_set("counts.reasons") or another

    def another_clause(self, items: list[Item], i: int) -> bool:
        """Whether a new clause opens behind a number: an attribution ("according to figures put out this week"), or one with a pronoun for
        its subject ("By June it was 1,263, and I can tell you July …"), or one on something named ("at Mill Road, which opened in May")."""
        joined = items[i].word in word_set("counts.and") and i + 1 < len(items) and items[i + 1].word in word_set("counts.personal")
        tells = items[i].word in word_set("counts.which") and items[i - 1].word == "," and items[i - 2].period is None
        return joined or tells or items[i].word in word_set("counts.according")

    def dates_source(self, items: list[Item], i: int, cell: Cell) -> bool:
        """Whether a day or week behind "according to" is that of the source: "according to figures tabled in the House this week"."""
        period = items[i].period
        if period is None or not any(item.word in word_set("counts.according") for item in items[cell.at + 1 : i]):
            return False
        core = period.core
        return may(core, "act_day") or (core.shape == "relative" and core.parts.get("unit") == "week")

    def leads_on(self, items: list[Item], i: int, cell: Cell) -> bool:
        """Whether ", and" with a period behind a number leads on to the next: "In October it was 812, and last weekend alone, 260"."""
        joined = items[i].period is not None and i > cell.at + 2 and items[i - 1].word in word_set("counts.and") and items[i - 2].word == ","
        return joined and cell.high < len(items)

    def of_a_part(self, near: list[Item], *, dated: bool) -> bool:
        """Whether words tell of a part of the number alone: "most of which", or "most of them" where the number is `dated` before."""
        said = {word for item in near for word in item.word.split()}
        return not said.isdisjoint(word_set("counts.period_words_relative")) or (dated and not said.isdisjoint(word_set("counts.part_pronouns")))

    def behind_than(self, unit: Unit, cell: Cell, i: int) -> bool:
        """Whether a period before a number is that of a comparison which its statement follows: "more last year than in 2017, and 99 per cent …"."""
        if i > cell.at or cell.compared:
            return False
        compared = any(item.word in word_set("counts.than") for item in unit.items[max(cell.low, i - 2) : i])
        return compared and any(item.word in word_set("counts.added") for item in unit.items[i + 1 : cell.at])

    def reached(self, unit: Unit, i: int, at: int) -> Expression:
        """The period before a number; of "By June it had fallen to 1,263" the month in which that level was reached."""
        period = unit.items[i].period
        assert period is not None
        inner = period.last
        by = period.shape == "until" and inner is not None and inner.shape in ("month", "relative")
        if (
            not by
            or not self.text.startswith(word_list("counts.by_opening"), period.start)
            or not self.at_level(unit, i, at)
        ):
            return period
        reached = word_set("counts.monthly") | word_set("counts.back")
        level = any(item.has("rise", "fall") or item.word in reached for item in unit.items[i + 1 : at])
        return inner if level and inner is not None else period

    def at_level(self, unit: Unit, i: int, at: int) -> bool:
        """Whether a number is a level that was reached: "had fallen to 1,263", "the monthly figure was 610"."""
        monthly = any(item.word in word_set("counts.monthly") for item in unit.items[i + 1 : at])
        return monthly or unit.items[at - 1].word in word_set("counts.level") | word_set("counts.back")

    def listed(self, unit: Unit, cell: Cell) -> list[Expression]:
        """The months named before the first of two numbers that go with them one by one ("respectively")."""
        if len(unit.cells) != 2 or unit.cells[0] is cell or not unit.says(word_set("counts.respectively")):
            return []
        return [e for e in self.own(unit, unit.cells[0], False) if "list" in e.parts]

    def bracketed(self, unit: Unit, cell: Cell) -> list[Expression]:
        """The period right before a number in brackets: "triple that of January 2016 (137)"."""
        if cell.opening is None or cell.opening.word != "(" or cell.low == 0:
            return []
        period = unit.items[cell.low - 1].period
        return [period] if period is not None else []

    def bracketed_alone(self, unit: Unit, cell: Cell) -> Expression | None:
        """The period right before a number that stands alone in brackets: "up 15% from March (2,446) and the most since August 2017"."""
        closed = cell.at + 1 < len(unit.items) and unit.items[cell.at + 1].word == ")"
        found = self.bracketed(unit, cell) if closed and unit.items[cell.at - 1].word == "(" else []
        return found[0] if found else None

    def owner(self, unit: Unit, cell: Cell) -> Expression | None:
        """The period whose number it is: "down from July's 1,765 and far below the level of a year ago", "not in 2017, with 18,836, nor in 2018"."""
        before = unit.items[cell.at - 1] if cell.at else None
        period = before.period if before is not None and before.possessive else None
        near = unit.items[max(0, cell.at - 3) : cell.at]
        closed = cell.at + 1 < len(unit.items) and unit.items[cell.at + 1].word == ","
        if closed and len(near) == 3 and near[1].word == "," and near[2].word in word_set("counts.with_alone"):
            period = near[0].period
        return period.first if period is not None and period.shape == "since" else period

    def same_in(self, own: list[Expression]) -> list[Expression]:
        """The expressions with "the same months" in the year that is named beside it: "Last year, over the same months, it was 7,000"."""
        year = next((e for e in own if e.shape == "year" or (e.shape == "relative" and e.parts.get("unit") == "year")), None)
        same = next((e for e in own if e.shape == "same" and "when" not in e.parts), None)
        if year is None or same is None or "part" in year.parts:
            return own
        return [replace(same, parts={**same.parts, "when": self.text[year.start : year.end].lower()})]

    def set_off(self, unit: Unit, cell: Cell) -> Expression | None:
        """The period between commas behind "and": "4,994 in January and, by July, 39", "812 in May, and last weekend alone, 260"."""
        items, at = unit.items, cell.at
        k = at - 2 - (at > 2 and items[at - 2].word in word_set("counts.alone"))
        if k < 2 or items[at - 1].word != "," or {items[k - 1].word, items[k - 2].word}.isdisjoint(word_set("counts.coordinators")):
            return None
        if "," not in (items[k - 1].word, items[k - 2].word):
            return None
        period = items[k].period
        return period.last if period is not None and period.shape == "until" and period.last is not None else period

    def figured(self, unit: Unit, cell: Cell) -> list[Expression]:
        """The period before the noun of a figure: "triple the June figure of 884"."""
        items, at = unit.items, cell.at
        if at < 3 or items[at - 1].word not in word_set("counts.of") or not items[at - 2].has("total", "event"):
            return []
        period = items[at - 3].period
        return [period] if period is not None else []

    def inserted(self, unit: Unit, cell: Cell) -> list[Expression]:
        """The period of a number that is put between commas behind a multiple: "twice as many, 620, in February"."""
        number = unit.items[cell.at].number
        following = next((other for other in unit.cells if other.low == cell.high), None)
        if number is None or number.form != MULTIPLE or following is None or following.opening is None or following.opening.word != ",":
            return []
        closed = following.at == following.low + 1 and following.at + 1 < len(unit.items) and unit.items[following.at + 1].word == ","
        return self.own(unit, following, False) if closed else []

    def antecedent(self, unit: Unit, cell: Cell) -> list[Expression]:
        """The period to which a clause with "when" belongs: "more than in 2019, when there were 64,050"."""
        if cell.opening is None or cell.opening.word not in word_set("counts.when"):
            return []
        before = [i for i in range(max(0, cell.low - 2), cell.low) if unit.items[i].word != ","]
        period = unit.items[before[-1]].period if before else None
        if period is None:
            return []
        if period.first is not None and self.of_record(unit, before[-1]):
            return [self.recorded(unit, before[-1], period.first)]
        return [period]

    def recorded(self, unit: Unit, i: int, since: Expression) -> Expression:
        """The period back to which a record holds: "the most in any month since May 2017, when", "the fewest in any May since 2016, when"."""
        month = unit.items[i - 1].period if i else None
        if month is None or month.shape != "month" or since.shape != "year" or month.year is not None:
            return since
        return replace(month, parts={**month.parts, "year": since.parts["year"]})

    def of_act(self, unit: Unit, i: int) -> bool:
        """Whether a period dates something else: a statement, a release, a treaty, a record."""
        items, period = unit.items, unit.items[i].period
        assert period is not None
        if period.shape == "span" and period.parts.get("n") in word_set("counts.one") and period.parts.get("unit") in ("day", "hour"):
            return True
        reach = 2 if period.shape in ("since", "range", "past") else 4
        for k in range(i - 1, max(-1, i - reach), -1):
            if (
                items[k].number is not None
                or items[k].is_mark
                or items[k].period is not None
                or (items[k].word in word_set("counts.complementizer") and k < i - 1)
            ):
                break
            if items[k].has("dated"):
                return True
        ahead = items[i + 1] if i + 1 < len(items) else None
        if ahead is None:
            return False
        if ahead.word in _dated_nouns():
            return True
        core = period.core
        if may(core, "act_day") or (core.shape == "relative" and core.parts.get("unit") in ("week", "month")):
            return ahead.has("dated", "data_verb") and not ahead.has("data")
        return False

    def of_record(self, unit: Unit, i: int) -> bool:
        """Whether a period only tells how far back a record holds: "the lowest since June 2017"."""
        period = unit.items[i].period
        if period is not None and pattern("counts.first_time").search(self.text, max(unit.start, period.start - 30), period.start):
            return True
        if period is None or period.shape not in ("since", "past", "those", "span", "ended"):
            return False
        return pattern("counts.superlative").search(self.text, max(unit.start, period.start - 60), period.start) is not None


def _adjectival(item: Item) -> bool:
    """Whether a multiple stands before what it multiplies ("triple the number for 2017") and not as a verb."""
    return item.number is not None and item.number.form == MULTIPLE and item.number.verbal is False


@by_language
def _dated_nouns() -> frozenset[str]:
    return frozenset(load_lexicon().counting.dated_nouns)
