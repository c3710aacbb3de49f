"""What a number counts: the action said of it, and so its measure; or why it is no row.

A number is taken only on positive evidence: a noun of those who move or of what is counted behind it, and an
action, a verb of stating, or a count before it that it plainly goes on from. Everything else is declined with a
reason. Words come from the codebook and the lexicon; nothing here knows the issue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from stcalib.grammar import word_classes
from stcalib.heads import PASSED_OVER, Head, head_of
from stcalib.numbers import CARDINAL, MULTIPLE, Number
from stcalib.phrases import Cell, Item, Unit, is_share
from stcalib.vocabulary import Words

CONTEXT_REACH = 3
"""Sentences after which a count is no longer taken up by "the total" or a bare number."""

NO_HEAD = "nothing says what is counted"
NO_ACTION = "no action that is counted is said of them"
FORECAST = "a forecast, plan or possibility"
POLL = "an answer to a poll"
OTHER_THING = "counts something else: {}"
NO_BASE = "a share or change of something else"
IN_DATE = "part of a date or period"
UNITS = {
    "money": "an amount of money", "ordinal": "an ordinal", "clock": "a time of day", "label": "a name, label or part of a longer figure",
    "age": "an age", "compound": "part of a compound word", "points": "percentage points", "degrees": "a temperature", "decade": "a date",
}  # fmt: skip

_PRONOUNS = frozenset("that this it they these those which".split())
_RELATIVE = frozenset("who that which".split())
_BY = frozenset("by of a an the to some about nearly almost roughly around over only just another from".split())
_LIST_PREPOSITIONS = frozenset("in at near from for through via on along across during over since between of by into to among".split())
_AGAIN = frozenset("they it we".split())
_BE_ALL = frozenset("were was are is".split())
_BE = frozenset("was were been being".split())
_INTO = frozenset("into to in at across entered".split())
_CHANGES = frozenset("increase decrease growth decline reduction".split())
_SITE_REACH = 4
_OBJECT_REACH = 5
"""Items between an action and the number that is its object."""


@dataclass(slots=True)
class Found:
    """A number that counts something of the codebook.

    `value` is signed for changes and differences. `leaning` says that its measure comes from a count before it,
    `own_action` that its own cell holds an action, `restated` that it repeats the count before ("of the 50,390").
    `base` is the count of which it is a share, a part or a change.
    """

    unit: Unit
    cell: Cell
    number: Number
    kind: str
    value: float | None
    measure: str
    head: Head
    per: str | None = None
    leaning: bool = False
    own_action: bool = False
    restated: bool = False
    base: Found | None = None

    @property
    def nationality(self) -> str | None:
        """Whose citizens are counted: by the noun, by those named before the number, or by "were Haitians" behind it."""
        if self.head.nationality is not None:
            return self.head.nationality
        items, cell = self.unit.items, self.cell
        bracketed = cell.opening is not None and cell.opening.word == "("
        for item in items[max(0, cell.low - bracketed) : cell.at]:
            if item.has("people") and (label := item.label("nationality")) is not None:
                return label.value
        for i in range(cell.at + 1, min(cell.at + 7, cell.high)):
            if (label := items[i].label("nationality")) is not None and any(item.word in _BE_ALL for item in items[max(cell.at, i - 3) : i]):
                return label.value
        return None


@dataclass(frozen=True, slots=True)
class Context:
    """The counts of the sentences before."""

    rows: list[Found] = field(default_factory=list)
    broken: bool = False

    def main(self, sentence: int, reach: int = CONTEXT_REACH) -> Found | None:
        """The main count of the nearest sentence before that has one."""
        near = [row for row in self.rows if 0 <= sentence - row.unit.sentence <= reach]
        last = near[-1].unit if near else None
        return main_of([row for row in near if row.unit is last])


def main_of(rows: list[Found]) -> Found | None:
    """The count that a sentence is about: the first that is no share and not the other side of a comparison."""
    counts = [row for row in rows if row.kind == "count" and not (row.restated and len(rows) > 1)]
    plain = [row for row in counts if not row.cell.compared]
    return next(iter(plain or [row for row in rows if not row.cell.compared] or counts or rows), None)


@dataclass(frozen=True, slots=True)
class Case:
    """One number with what is known before it is decided.

    `previous` is the count before it in its sentence, `taken` the main count of the sentences before, `mentioned`
    gives the measure that the sentence before speaks of without a count; `broken` says that the last number before this
    one counts something else, so that "the total" is not the codebook's.
    """

    unit: Unit
    cell: Cell
    number: Number
    head: Head
    previous: Found | None
    taken: Found | None
    mentioned: Callable[[], str | None]
    broken: bool = False

    @property
    def mention(self) -> str | None:
        """The measure that the sentence before speaks of without a count."""
        return self.mentioned()

    @property
    def base(self) -> str | None:
        """The measure of what was counted before."""
        return self.previous.measure if self.previous else self.taken.measure if self.taken else self.mention

    @property
    def near(self) -> bool:
        """Whether the sentence right before counts or speaks of something."""
        if self.taken is None:
            return self.mention is not None
        distance = self.unit.sentence - self.taken.unit.sentence
        return distance <= 1 or (distance <= CONTEXT_REACH and self.unit.block == self.taken.unit.block)

    @property
    def items(self) -> list[Item]:
        """The items of the cell."""
        return self.unit.items[self.cell.low : self.cell.high]

    @property
    def ahead(self) -> list[Item]:
        """The items of the cell before the number."""
        return self.unit.items[self.cell.low : self.cell.at]

    @property
    def behind(self) -> list[Item]:
        """The items of the cell behind the number."""
        return self.unit.items[self.cell.at + 1 : self.cell.high]

    @property
    def of_part(self) -> bool:
        """Whether the number is a part of something named before ("781 of them", "of whom 12")."""
        return self.head.kind == "anaphor" or any(item.has("partitive") for item in self.unit.items[self.cell.low : min(self.cell.high, self.cell.at + 3)])


class Judge:
    """Decides number by number, left to right, within a sentence."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def judge(self, unit: Unit, cell: Cell, before: list[Found], context: Context, mention: Callable[[], str | None]) -> Found | str | None:
        """The count, or the reason why it is none; None for a word like "one" that hardly looks like a count.

        `before` are the counts of the same sentence, `context` those of the sentences before, `mention` gives the
        measure that the sentence before speaks of.
        """
        number = unit.items[cell.at].number
        assert number is not None
        head = head_of(unit.items, cell)
        case = Case(unit, cell, number, head, before[-1] if before else None, context.main(unit.sentence), mention, context.broken)
        if head.kind == "excluded":
            return self.words.reasons[head.values[0]]
        if any(item.has("poll") for item in unit.items):
            return POLL
        if self.foretold(case):
            return FORECAST
        return self.relative(case) if number.form == MULTIPLE or is_share(number) else self.quantity(case)

    def breaks(self, reason: str) -> bool:
        """Whether a number declined for that reason is what "the total" behind it would take up."""
        return reason in (NO_ACTION, *self.words.reasons.values()) or reason.startswith(OTHER_THING[:12])

    # ---- what is said
    def foretold(self, case: Case) -> bool:
        """Whether the words around the number speak of what may come."""
        items = case.unit.items
        low, high = case.unit.segment(case.cell.at)
        for i in range(low, high):
            ahead = items[i + 1].word if i + 1 < len(items) else ""
            if items[i].has("forecast") and ahead not in ("not", "never", "say", "only"):
                return True
        return False

    def actions(self, unit: Unit, low: int, high: int, case: Case | None = None) -> list[tuple[int, str]]:
        """The actions of the items `low`..`high`: (index, measure).

        Weak words count only beside an agent of their measure; "they" stands for the agent of the sentence before
        where that spoke of the measure.
        """
        found = []
        for i in range(max(0, low), high):
            item = unit.items[i]
            found += [(i, label.value) for label in item.labels if label.kind == "action"]
            weak = [label.value for label in item.labels if label.kind == "agent_action"]
            if weak:
                found += [(i, measure) for measure in weak if measure in self.agents(unit, i, weak, case)]
            if item.has("arrival") and self.words.counts.site_measure and any(near.has("site") for near in unit.items[i + 1 : i + 1 + _SITE_REACH]):
                found.append((i, self.words.counts.site_measure))
        return found

    def agents(self, unit: Unit, at: int, measures: list[str], case: Case | None) -> set[str]:
        """The measures of the nearest agent before the weak word at `at`, or of one behind it."""
        items = unit.items
        again = any(item.word in _AGAIN for item in items[max(0, at - 3) : at])
        for i in (range(at - 1, -1, -1) if again else ()):
            if found := {label.value for label in items[i].labels if label.kind == "agent" and label.value in measures}:
                return found
        if again:
            return before_it(case)
        for i in (*range(at - 1, -1, -1), *range(at + 1, len(items))):
            found = {label.value for label in items[i].labels if label.kind == "agent" and label.value in measures}
            if found:
                return found
        before = items[at - 1] if at > 0 else None
        if before is not None and (before.word in _BE or before.has("people")):
            return set(measures[:1])
        return before_it(case)

    def strongest(self, measures: Iterable[str]) -> str | None:
        """The measure that decides: the first in the codebook's order."""
        return min(measures, key=lambda measure: self.words.rank[measure], default=None)

    def exclusion(self, case: Case) -> str | None:
        """The exclusion that is said of the number rather than an action, or None."""
        unit, cell, head = case.unit, case.cell, case.head
        said = [(i, label.value) for i in range(cell.low, cell.high) for label in unit.items[i].labels if label.kind == "predicate"]
        if not said:
            return None
        anchor = head.index if head.kind in ("people", "event", "anaphor") else cell.at
        if (firm := next((reason for _, reason in said if reason in self.words.firm), None)) is not None and not self.into_here(case):
            return firm
        acts = [i for i, _ in self.actions(unit, cell.low, cell.high)]
        if any(0 < cell.at - i <= _OBJECT_REACH for i in acts) and all(i > cell.at for i, _ in said):
            return None
        first, reason = min(said, key=lambda pair: abs(pair[0] - anchor))
        if reason in self.words.firm:
            return None
        main = [i for i in acts if not self.restricts(unit.items, i, anchor)]
        if any(anchor < i < first for i in main):
            return None
        if first < cell.at and any(first < i for i in acts if i not in range(anchor, first)) and reason not in ("capacity", "stock", "resettled"):
            return None
        return reason

    def restricts(self, items: list[Item], act: int, noun: int) -> bool:
        """Whether an action behind a noun only tells which of them are meant ("who crossed", "crossing")."""
        if act <= noun:
            return False
        return any(item.word in _RELATIVE for item in items[noun + 1 : act]) or (act == noun + 1 and items[act].word.endswith("ing"))

    def into_here(self, case: Case) -> bool:
        """Whether the cell names a place of the codebook as the goal ("into Canada")."""
        items = case.unit.items
        return any(items[i].has("place", "site") and items[i - 1].word in _INTO for i in range(max(1, case.cell.low), case.cell.high))

    def otherwise_said(self, case: Case) -> bool:
        """Whether a verb behind the noun says something else of them ("were resting", "rallied")."""
        items, start = case.unit.items, case.head.index + 1
        for i in range(start, min(start + 6, case.cell.high)):
            item = items[i]
            if item.is_mark or item.number is not None or item.period is not None:
                return False
            if item.has("action", "agent_action", "arrival"):
                return False
            letter = word_classes().get(item.word, "")
            if letter in ("X", "I", "A", "Z") or item.has("neutral", "rate", "place", "site", "nationality") or item.word in _RELATIVE:
                continue
            if letter == "V" or (item.word.endswith(("ed", "ing")) and not item.labels):
                return not any(near.has("action") for near in items[i + 1 : i + 4])
            if letter in ("R", "&", "S", "W"):
                return False
        return False

    # ---- people and claims
    def quantity(self, case: Case) -> Found | str | None:
        """A number of people or claims, or the difference of two."""
        head, number = case.head, case.number
        one = number.value == 1 and number.last - number.first == 3 and number.bound == "exact"
        if head.kind == "unknown":
            return None if one else OTHER_THING.format(head.word)
        if one and head.kind == "anaphor":
            return None
        if number.value is not None and number.value != int(number.value):
            return NO_HEAD
        reason = self.exclusion(case)
        measure, leaning, own = self.measure_of(case)
        if measure is None:
            if one:
                return None
            return self.words.reasons[reason] if reason else NO_HEAD if head.kind == "none" else NO_ACTION
        if reason is not None:
            return self.words.reasons[reason]
        kind, sign = self.kind_of(case)
        value = None if number.value is None else number.value * sign
        return Found(case.unit, case.cell, number, kind, value, measure, head, self.rate(case), leaning, own, head.kind == "none" and self.said_before(case) is not None, self.base_of(case, kind))

    def measure_of(self, case: Case) -> tuple[str | None, bool, bool]:
        """The measure of a number of people or claims; whether it leans on a count before, and has an action of its own."""
        own = [measure for _, measure in self.actions(case.unit, case.cell.low, case.cell.high, case)]
        if case.of_part:
            return (*self.of_part(case, own), bool(own))
        if case.head.kind in ("people", "event"):
            return (*self.of_noun(case, own), bool(own))
        return (*self.of_bare(case, own), bool(own))

    def of_part(self, case: Case, own: list[str]) -> tuple[str | None, bool]:
        """A part keeps the measure of its whole, unless its own action overrides it."""
        if override := next((measure for measure in own if self.words.measures[measure].of_part), None):
            return override, True
        if case.broken and case.previous is None:
            return None, False
        return self.strongest([*own, *([case.base] if case.base else [])]), case.base is not None

    def of_noun(self, case: Case, own: list[str]) -> tuple[str | None, bool]:
        """A number with its noun: by the action of its cell, the noun itself, or the count it goes on from."""
        head, previous = case.head, case.previous
        elsewise = head.kind == "people" and self.otherwise_said(case)
        if own and not (elsewise and not self.actions(case.unit, case.cell.low, case.cell.at)):
            return self.strongest([*own, *head.values]), False
        stated = any(item.has("neutral", "total", "rise", "fall") for item in case.items)
        if head.kind == "event":
            if head.values:
                return self.strongest(head.values), False
            return (case.base, True) if case.base and (stated or case.cell.compared or self.goes_on(case)) else (None, False)
        if elsewise:
            return None, False
        if previous is not None and (case.cell.compared or self.goes_on(case)):
            return self.strongest([previous.measure, *head.values]), True
        if near := self.earlier_actions(case) or self.later_actions(case):
            return self.strongest([*near, *head.values]), False
        if stated and head.values:
            at_site = any(item.has("site") for item in case.items)
            return self.strongest([*head.values, *([self.words.counts.site_measure] if at_site and self.words.counts.site_measure else [])]), False
        if stated and case.taken is not None and case.near:
            return case.taken.measure, True
        return None, False

    def of_bare(self, case: Case, own: list[str]) -> tuple[str | None, bool]:
        """A number with no noun: by its own action, or as one of a list, a comparison or a total."""
        previous = case.previous
        if (same := self.said_before(case)) is not None:
            return same, True
        nouns = [label.value for item in case.ahead for label in item.labels if label.kind in ("event", "people") and label.value]
        if case.cell.compared and previous is not None:
            return (self.strongest(own) if own else previous.measure), True
        if own:
            return self.strongest([*own, *nouns]), False
        if whole := self.of_whole(case):
            return self.strongest(whole), False
        if previous is not None and (self.goes_on(case) or self.opens_alone(case)):
            return previous.measure, True
        if self.of_another(case) or any(item.has("predicate") for item in case.items):
            return None, False
        stated = any(item.has("neutral", "rise", "fall") for item in case.items) or (bool(case.ahead) and case.ahead[-1].word == ":")
        if stated and nouns:
            return self.strongest(nouns), False
        if case.base is not None and self.takes_up(case, stated):
            return case.base, True
        near = self.earlier_actions(case) or self.later_actions(case)
        return (self.strongest(near), False) if near else (None, False)

    def said_before(self, case: Case) -> str | None:
        """The measure of a number that repeats the main count of the sentences before: "of the 50,390 …"."""
        taken = case.taken
        if taken is None or case.number.value is None or case.number.value < 100 or taken.number.value != case.number.value:
            return None
        return taken.measure

    def of_another(self, case: Case) -> bool:
        """Whether the first noun before a bare number is one that is not counted: "the number of visas fell to 490"."""
        for item in case.ahead:
            if item.has("event", "people", "agent", "total", "data", "aside"):
                if item.has("event", "people"):
                    return False
            elif item.has("excluded"):
                return True
        return False

    def of_whole(self, case: Case) -> list[str]:
        """The actions of the whole behind "of" ("6,500 of the 18,836 who entered"), or behind a share put between."""
        following = next((other for other in case.unit.cells if other.low == case.cell.high), None)
        if following is None or following.opening is None:
            return []
        share = case.unit.items[following.at].number
        between = share is not None and is_share(share) and following.opening.word in ("or", ",") and following.at - case.cell.at <= 4
        if following.opening.word != "of" and not between:
            return []
        return [measure for _, measure in self.actions(case.unit, following.low, following.high)]

    def takes_up(self, case: Case, stated: bool) -> bool:
        """Whether a bare number speaks of what was counted before: "the total was 476", "Sixteen were …"."""
        total = any(item.has("total") for item in case.items) or any(item.word in _PRONOUNS for item in case.ahead)
        if case.broken:
            return False
        if total and (stated or any(item.has("compared") for item in case.items)):
            return True
        if case.near and any(item.period is not None or item.has("place", "site") for item in case.items):
            return True
        return (case.near and self.opens_alone(case)) or (stated and self.rate(case) is not None)

    def earlier_actions(self, case: Case) -> list[str]:
        """Actions before the cell, where no number before it counts: "arrested two groups, one of 16"."""
        if case.previous is not None or (case.cell.opening is not None and case.cell.opening.has("opener")):
            return []
        return [measure for _, measure in self.actions(case.unit, 0, case.cell.low)] if self.goes_on(case) else []

    def later_actions(self, case: Case) -> list[str]:
        """Actions of the next cells of the same list: "315 in January and 678 in February were stopped"."""
        for other in case.unit.cells:
            if other.low >= case.cell.high:
                if other.opening is not None and other.opening.has("opener"):
                    return []
                if acts := self.actions(case.unit, other.low, other.high):
                    return [measure for _, measure in acts]
        return []

    def goes_on(self, case: Case) -> bool:
        """Whether the cell is one more of a list: nothing but place, period or owner beside the number and its noun."""
        following = next((item for item in case.behind if not item.has("people", "event", "nationality", "rate") and item.word not in PASSED_OVER), None)
        closes = (
            following is None
            or following.is_mark
            or following.period is not None
            or following.word in _LIST_PREPOSITIONS
            or following.word in ("and", "or")
            or following.has("partitive", "neutral", "place", "action", "compared")
        )
        return closes and all(self._listed(item) for item in case.ahead)

    def _listed(self, item: Item) -> bool:
        """Whether an item may stand before a number in a list."""
        known = item.word == "group" or item.has("place", "site", "city", "neutral", "total", "nationality", "partly", "compared", "opener", "agent")
        return known or item.word in PASSED_OVER or item.is_mark or item.period is not None or item.word in _LIST_PREPOSITIONS or word_classes().get(item.word, "N") in "D&RPSA"

    def opens_alone(self, case: Case) -> bool:
        """Whether a bare number is the subject that opens its sentence: "Sixteen were …", "Nine in 10 took …"."""
        return all(item.is_mark or word_classes().get(item.word, "N") in "AD&" or item.has("partly") for item in case.unit.items[: case.cell.at])

    def kind_of(self, case: Case) -> tuple[str, int]:
        """Whether a number is a count or the difference of two, and its sign."""
        if case.head.more < 0:
            return "difference", -1
        if case.head.more > 0:
            following = case.unit.items[case.cell.at + 1 : case.cell.high + 2]
            return ("difference" if any(item.has("compared") for item in following) else "count"), 1
        sign = self.trend_before(case)
        return ("difference", sign) if sign else ("count", 1)

    def trend_before(self, case: Case, *, level: bool = False) -> int:
        """The direction of a change by the number: "rose by 371", "an increase of 300", "down 12 per cent".

        With `level` the word of change may stand right before the number ("jumped 30 per cent").
        """
        items, at = case.unit.items, case.cell.at
        by = False
        for i in range(at - 1, max(case.cell.low, at - 6) - 1, -1):
            item = items[i]
            if item.has("rise", "fall"):
                from_ahead = at + 1 < len(items) and items[at + 1].word == "from"
                if by or level or (item.word in ("up", "down") and from_ahead):
                    return 1 if item.has("rise") else -1
                return 0
            if item.word in ("by", "of"):
                by = True
            elif item.word not in _BY and word_classes().get(item.word, "N") not in "AD":
                return 0
        return 0

    def rate(self, case: Case) -> str | None:
        """The unit of time of a rate ("a day"), or None."""
        last = max(case.cell.at, case.cell.partner or 0)
        for item in case.unit.items[last + 1 : case.cell.high]:
            if (label := item.label("rate")) is not None:
                return label.value
            if item.is_mark or item.number is not None:
                break
        if case.previous is not None and case.previous.per and case.cell.opening is not None and case.cell.opening.word == "to":
            return case.previous.per
        near = case.unit.items[max(case.cell.low, case.cell.at - 4) : case.cell.at]
        return next((label.value for item in near if (label := item.label("rate")) is not None), None)

    # ---- shares and changes
    def relative(self, case: Case) -> Found | str:
        """A share of a count, or its change."""
        number, head = case.number, case.head
        if number.value is None:
            return NO_BASE
        acts = [measure for _, measure in self.actions(case.unit, case.cell.low, case.cell.high, case)]
        sign = self.direction(case)
        if sign:
            measure = self.of_change(case, acts)
            value = sign * number.value if number.form != MULTIPLE else round((number.value - 1) * 100, 4)
            if measure is None:
                return OTHER_THING.format(head.word) if head.kind == "unknown" else NO_BASE
            return Found(case.unit, case.cell, number, "change", value, measure, head, None, not acts, base=self.base_of(case, "change"))
        if head.kind == "unknown":
            return OTHER_THING.format(head.word)
        measure = self.of_share(case, acts)
        if measure is None:
            return NO_BASE
        leaning = head.kind not in ("people", "event") or case.previous is not None
        return Found(case.unit, case.cell, number, "share", number.value, measure, head, None, leaning, base=self.base_of(case, "share"))

    def base_of(self, case: Case, kind: str) -> Found | None:
        """The count of which a number is a share, a part or a change; None where the text does not make it plain."""
        if kind == "share":
            return self.whole_of(case)
        base = case.previous or case.taken
        if base is None or (kind == "count" and not case.of_part) or (case.previous is None and not case.near):
            return None
        return None if case.of_part and base.kind == "count" and base.cell.compared else base

    def whole_of(self, case: Case) -> Found | None:
        """The total of a share: that of the number it restates ("6,500, or 35 per cent"), else what "them" takes up."""
        previous, taken = case.previous, case.taken if case.near else None
        if case.of_part:
            of_total = any(item.has("partitive") and "total" in item.word for item in case.items)
            return (previous.base or taken if previous is not None else taken) if of_total else previous or taken
        if case.head.kind != "none":
            return None
        return previous.base if previous is not None else taken if self.opens_alone(case) else None

    def direction(self, case: Case) -> int:
        """The sign of a change; 0 for a share. A multiple is always a change."""
        if case.number.form == MULTIPLE:
            return 1
        items, at = case.unit.items, case.cell.at
        if (noun := next((item for item in case.ahead if item.word in _CHANGES), None)) is not None:
            return 1 if noun.has("rise") else -1
        for item in items[at + 1 : at + 5]:
            if item.has("rise", "more"):
                return 1
            if item.has("fall", "fewer"):
                return -1
            if item.is_mark or item.number is not None or item.word in ("of", "in", "at", "who", "whom"):
                break
        return 0 if at > 0 and items[at - 1].word == "to" else self.trend_before(case, level=True)

    def of_change(self, case: Case, acts: list[str]) -> str | None:
        """The measure of a change: of the count beside it, of its own cell, or of what was counted before."""
        nouns = [label.value for item in case.items for label in item.labels if label.kind in ("event", "people") and label.value]
        opening = case.cell.opening
        if case.previous is not None and not (nouns and opening is not None and opening.has("opener")):
            return case.previous.measure
        if acts or nouns:
            return self.strongest([*acts, *nouns])
        if case.head.kind == "unknown" or any(item.has("excluded") for item in case.ahead):
            return None
        leans = not case.broken and any(item.has("total") or item.word in _PRONOUNS for item in case.items) or self.opens_alone(case)
        return case.base if leans else None

    def of_share(self, case: Case, acts: list[str]) -> str | None:
        """The measure of a share: of its whole where it names one, else of the count before."""
        if any(item.has("predicate") and _of_decisions(item) for item in case.items):
            return None
        if case.of_part:
            return None if case.broken and case.previous is None else case.base
        if case.head.kind in ("people", "event"):
            own = [*acts, *case.head.values]
            return self.strongest([*own, *([case.previous.measure] if case.previous else [])]) if own else case.base
        if case.previous is not None and self.goes_on(case):
            return case.base
        if case.near and self.opens_alone(case):
            return case.base
        if acts and (case.previous is not None or case.near):
            return self.strongest([*acts, *([case.base] if case.base else [])])
        return self.strongest(acts) if acts and self.opens_alone(case) else None


def before_it(case: Case | None) -> set[str]:
    """The measure of which the sentences before a number speak, if any."""
    measure = None if case is None else case.taken.measure if case.taken else case.mention
    return {measure} if measure else set()


def _of_decisions(item: Item) -> bool:
    """Whether a share is one of decisions ("acceptance rate", "heard") and not of those who came."""
    return any(word in item.word for word in ("rate", "decided", "heard", "finalized"))
