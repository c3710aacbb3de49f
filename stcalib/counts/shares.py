"""Shares and changes: a part of a count, or how it rose or fell; by what base they lean on."""

from __future__ import annotations

from stcalib.counts.candidate import Case, Found
from stcalib.counts.evidence import Evidence
from stcalib.counts.head_noun import head_of
from stcalib.counts.reasons import NO_BASE, OTHER_THING
from stcalib.counts.statement import main_clause
from stcalib.counts.trends import measured_change, opens_with_trend, presents_change, takes_change_up, trend_before
from stcalib.counts.units import Cell, Item
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import word_list, word_set
from stcalib.numbers.find import CARDINAL, FRACTION, MULTIPLE, PERCENT
from stcalib.text.tokens import word_classes

_WHOLE = 100
_FALL_REACH = 4
_THING_REACH = 8


class Shares:
    """Decides on per cent, fractions and multiples."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    def relative(self, case: Case) -> Found | str:
        """A share of a count, or its change."""
        number, head = case.number, case.head
        if number.value is None:
            return NO_BASE
        acts = [measure for _, measure in self.evidence.actions(case.unit, case.cell.low, case.cell.high, case)]
        if self.is_ratio(case) or self.of_that(case):
            measure, part = self.of_change(case, acts), number.value / 100.0
            return (
                NO_BASE
                if measure is None
                else Found(case.unit, case.cell, number, "change", round((part - 1) * 100, 4), measure, head, None, not acts, base=base_of(case))
            )
        sign = self.direction(case)
        if sign:
            measure = self.of_change(case, acts)
            value = sign * number.value if number.form != MULTIPLE else round((self.multiplied(case) - 1) * 100, 4)
            if measure is None:
                return OTHER_THING.format(head.word) if head.kind == "unknown" else NO_BASE
            return Found(case.unit, case.cell, number, "change", value, measure, head, None, not acts, base=base_of(case))
        fronted = self.fronted_whole(case)
        if head.kind == "unknown" and fronted is None:
            return OTHER_THING.format(head.word)
        of_anybody = head.kind == "people" and not head.values and case.previous is None
        if (of_anybody or self.of_those(case) is not None) and (reason := self.evidence.exclusion(case)) is not None:
            return self.evidence.words.reasons[reason]
        measure = fronted or self.of_share(case, acts)
        if measure is not None:  # "fewer than half were sent back"
            measure = next((act for act in acts if self.evidence.words.measures[act].of_part), measure)
        if measure is None:
            return NO_BASE
        leaning = head.kind not in ("people", "event") or case.previous is not None
        return Found(case.unit, case.cell, number, "share", number.value, measure, head, None, leaning, base=self.whole_of(case))

    def leaves_percent_out(self, case: Case) -> bool:
        """Whether a bare number is a share like the one before it: "Afghans made up 31 per cent of them and Iraqis 14"."""
        previous, value = self.share_before(case), case.number.value
        if previous is None or previous.kind != "share" or previous.number.form != PERCENT or case.number.form != CARDINAL:
            return False
        if case.head.kind != "none" or value is None or not 0 < value < _WHOLE or case.number.bound == "vague" or case.cell.partner is not None:
            return False
        if self.of_other_time(case):
            return True
        named = [i for i, item in enumerate(case.ahead) if item.has("nationality", "place", "site", "city")]
        between = case.ahead[named[-1] + 1 :] if named else case.ahead
        if any(item.word in word_set("counts.making_up") for item in case.ahead):
            return all(item.number is None for item in case.ahead)
        return bool(named) and all(item.word in word_set("counts.linking") or item.is_mark for item in between)

    def share_before(self, case: Case) -> Found | None:
        """The count before a number in its sentence, else the share that alone is told in the sentence before."""
        alone = case.shared_before and case.taken is not None and case.taken.kind == "share" and case.unit.sentence - case.taken.unit.sentence == 1
        return case.previous or (case.taken if alone and self.of_other_time(case) else None)

    def of_other_time(self, case: Case) -> bool:
        """Whether a bare number is told as that of another time: "The share was 99 per cent; five years earlier it was 91"."""
        said = [item.word for item in case.ahead[-2:]]
        return " ".join(said) in word_set("counts.it_was") and any(item.period is not None for item in case.ahead)

    def makes_up(self, case: Case) -> bool:
        """Whether "half the" behind a verb of making up is a share and no multiple: "Those six account for half the total"."""
        part = case.number.form == MULTIPLE and case.number.value is not None and case.number.value < 1
        return part and bool(case.ahead) and case.ahead[-1].word in word_set("counts.making_up")

    def is_ratio(self, case: Case) -> bool:
        """Whether a fraction compares the number before it with one of another time: "1,179, less than half of April's 2,479"."""
        items, at, following = case.unit.items, case.cell.at, case.following
        if case.number.form != FRACTION:
            return False
        if " ".join(item.word for item in case.behind[:3]) in word_set("counts.of_what_it"):
            return True
        if following is None or not (case.previous is not None and case.previous.kind in ("count", "change")):
            return following is not None and self.of_count_taken_up(case, following)
        between = items[at + 1 : following.at]
        if [item.word for item in between] == [*word_list("counts.article")]:
            return self.of_other_year(case, following)
        if not between or between[0].word not in word_set("counts.of"):
            return False
        return (len(between) in (2, 3) and between[-1].period is not None) or (len(between) == 2 and self.of_other_year(case, following))

    def of_count_taken_up(self, case: Case, following: Cell) -> bool:
        """Whether "that" is the count of the sentence before and the whole one of another time: "That was a third of the 5,712 of June 2017"."""
        items, taken = case.unit.items, case.taken
        if case.previous is not None or taken is None or taken.kind != "count" or not case.near or not case.ahead:
            return False
        of_number = [item.word for item in items[case.cell.at + 1 : following.at]] == list(word_list("counts.of_the"))
        dated = any(item.period is not None for item in items[following.at : following.high])
        return of_number and dated and case.ahead[0].word in word_set("counts.pronouns") and case.ahead[-1].has("neutral")

    def of_that(self, case: Case) -> bool:
        """Whether a fraction is that of the number told right before: "4,875 came. A year earlier it was about half that"."""
        behind = case.behind[:2]
        closed = case.unit.items[case.cell.at + 2 : case.cell.at + 3]
        that = bool(behind) and behind[0].word in word_set("counts.complementizer") and (not closed or closed[0].is_mark)
        return that and case.number.form == FRACTION and bool(case.ahead) and case.ahead[-1].has("neutral")

    def of_other_year(self, case: Case, following: Cell) -> bool:
        """Whether the whole is told for another year than the number before: "4,246 in 2021, a quarter of the 16,503 recorded in 2019",
        or another month: "1,179 in June, less than half the 2,479 of April"."""
        items = case.unit.items
        mine = [item.period.core for item in items[: case.cell.at] if item.period is not None]
        other = [item.period.core for item in items[following.at : following.high] if item.period is not None]
        if not (mine and other):
            return False
        years = mine[0].year is not None and other[0].year is not None and mine[0].year != other[0].year
        months = [one.parts.get("month") for one in (mine[0], other[0]) if one.shape == "month"]
        return years or len(set(months)) == 2

    def multiplied(self, case: Case) -> float:
        """What a multiple makes of its base: a part of it behind a verb of falling ("shrank tenfold")."""
        value = case.number.value or 1.0
        falls = case.number.verbal and any(item.has("fall") for item in case.ahead[-_FALL_REACH:])
        return 1.0 / value if falls and value > 1 else value

    def whole_of(self, case: Case) -> Found | None:
        """The total of a share: that of the number it restates ("6,500, or 35 per cent"), else what "them" takes up."""
        previous, taken = case.previous, case.taken if case.close else None
        if case.of_part:
            of_total = any(item.has("partitive") and any(word in item.word for word in word_list("counts.total")) for item in case.items)
            return (previous.base or taken if previous is not None else taken) if of_total else previous or taken
        if case.head.kind != "none":
            return None
        return previous.base if previous is not None else taken if self.evidence.opens_alone(case) else None

    def direction(self, case: Case) -> int:
        """The sign of a change; 0 for a share. A multiple is always a change."""
        if case.number.form == MULTIPLE:
            return 1
        if case.number.negative:
            return -1
        items, at = case.unit.items, case.cell.at
        if case.previous is not None and case.previous.kind == "change" and self.goes_on_by_of(case):
            return 1 if (case.previous.value or 0) > 0 else -1
        if (noun := next((item for item in case.ahead if item.word in word_set("counts.changes")), None)) is not None:
            return 1 if noun.has("rise") else -1
        for item in items[at + 1 : at + 5]:
            if item.has("rise", "more"):
                return 1
            if item.has("fall", "fewer"):
                return -1
            if item.is_mark or item.number is not None or item.word in word_set("counts.ends_whole"):
                break
        if at > 0 and items[at - 1].word in word_set("counts.to"):
            return 0
        return trend_before(case, level=True) or measured_change(case)

    def goes_on_by_of(self, case: Case) -> bool:
        """Whether "and of" joins a change to the one before: "a drop of 10 per cent in a month and of 73 per cent in a year", or "from"
        shows that it has a base as that had one: "a drop of 15 per cent from May and a fifth from the peak"."""
        ahead = [item.word for item in case.unit.items[max(0, case.cell.at - 2) : case.cell.at]]
        based = bool(case.behind) and case.behind[0].word in word_set("counts.change_bases") and ahead[-1:] == [*word_list("counts.and")]
        return based or " ".join(ahead) in word_set("counts.of_change_again")

    def of_change(self, case: Case, acts: list[str]) -> str | None:
        """The measure of a change: of the count beside it, of its own cell, or of what was counted before."""
        nouns = [label.value for item in case.items for label in item.labels if label.kind in ("event", "people") and label.value]
        opening = case.cell.opening
        if case.previous is not None and not (nouns and opening is not None and opening.has("opener")):
            return case.previous.measure
        if self.evidence.of_another(case) or self.of_thing(case):
            return None
        if acts or nouns:
            return self.evidence.strongest([*acts, *nouns])
        if case.near and not case.broken and (takes_change_up(case) or presents_change(case) or measured_change(case)):
            return case.base
        if case.head.kind == "unknown" or any(item.has("excluded") for item in main_clause(case.ahead)):
            return None
        if subjects := self.evidence.subjects(case):
            return self.evidence.strongest(subjects)
        if case.near and not case.broken and opens_with_trend(case):
            return case.base
        leans = (
            not case.broken and any(item.has("total") or item.word in word_set("counts.shares_pronouns") for item in case.items)
        ) or self.evidence.opens_alone(case)
        return case.base if leans else None

    def of_thing(self, case: Case) -> bool:
        """Whether a change is one of something else, named behind it: "a 15 per cent increase in visa refusals"."""
        behind = case.behind[:_THING_REACH]
        if case.number.verbal and len(behind) > 1 and behind[0].word in word_set("counts.shares_owners"):
            return not any(item.has("event", "people", "total") for item in behind[1:4])
        at = next((i for i, item in enumerate(behind) if item.has("rise", "fall")), None)
        if at is None or at + 1 >= len(behind) or behind[at + 1].word not in word_set("counts.of_or_in"):
            return False
        noun = next((item for item in behind[at + 2 :] if item.has("excluded", "event", "people")), None)
        return noun is not None and noun.has("excluded")

    def of_share(self, case: Case, acts: list[str]) -> str | None:
        """The measure of a share: of its whole where it names one, else of the count before."""
        following = case.following
        high = case.cell.high
        if following is not None and following.opening is not None and following.opening.word in word_set("counts.and"):
            high = following.high
        if any(item.has("predicate") and _of_decisions(item) for item in case.unit.within(case.cell.low, high)):
            return None
        if any(item.word in word_set("counts.deciding") for item in case.ahead[-_FALL_REACH:]):
            return None
        if self.evidence.in_brackets(case):
            return case.previous.measure if case.previous is not None else self.of_series(case)
        if case.close and not case.broken and self.said_again(case):
            return case.base
        if (whole := self.of_those(case)) is not None:
            return whole
        if case.of_part or self.of_total(case) or (case.close and self.of_portion(case)):
            close = case.close or (case.near and any(item.period is not None for item in case.behind))
            return case.base if case.previous is not None or (close and not case.broken) else None
        if case.head.kind in ("people", "event"):
            if self.of_anybody(case, acts):
                return None
            site_measure = self.evidence.words.counts.site_measure
            if case.head.kind == "event" and not case.head.values and site_measure and self.evidence.at_site(case):
                return site_measure
            own = [*acts, *case.head.values]
            return self.evidence.strongest([*own, *([case.previous.measure] if case.previous else [])]) if own else case.base
        return self.of_bare_share(case, acts)

    def of_bare_share(self, case: Case, acts: list[str]) -> str | None:
        """The measure of a share with no noun: of the count it goes on from, a whole named behind "of", or its action."""
        if case.previous is not None and self.evidence.goes_on(case):
            return case.base
        if (whole := self.of_counted(case)) is not None:
            return whole
        if case.close and self.evidence.opens_alone(case):
            return case.base
        if acts and (case.previous is not None or case.close):
            return self.evidence.strongest([*acts, *([case.base] if case.base else [])])
        return self.evidence.strongest(acts) if acts and self.evidence.opens_alone(case) else None

    def fronted_whole(self, case: Case) -> str | None:
        """The measure of the whole with which a sentence opens before a share: "Of the people stopped in 2018, four in 10 were women"."""
        items, low = case.unit.items, case.cell.low
        start = next((i for i in range(low, case.cell.at) if not items[i].is_mark), case.cell.at)
        comma = next((k for k in range(start, case.cell.at) if items[k].word == ","), None)
        if items[start].word not in word_set("counts.of_whole_openings") or comma is None:
            return None
        nouns = [label.value for item in items[start:comma] for label in item.labels if label.kind in ("event", "people") and label.value]
        acts = [measure for _, measure in self.evidence.actions(case.unit, start, comma)]
        return self.evidence.strongest([*acts, *nouns])

    def of_those(self, case: Case) -> str | None:
        """The measure of a whole that is told behind a pronoun: "85 per cent of those caught there", "half of those claimants"."""
        if case.head.kind != "anaphor" or not case.head.word.endswith(word_list("counts.demonstratives")):
            return None
        low, high = case.head.index + 1, min(case.head.index + 3, case.cell.high)
        who = case.unit.items[low].word in word_set("counts.who_alone") if low < case.cell.high else False
        if not who and not any(word_classes().get(item.word) in ("X", "V") for item in case.unit.items[low + 1 : case.cell.high]):
            return None
        nouns = [label.value for item in case.unit.items[low : low + 1] for label in item.labels if label.kind in ("event", "people") and label.value]
        acts = [
            measure
            for i, measure in self.evidence.actions(case.unit, low, high)
            if i == low or case.unit.items[low].word in word_set("counts.who_alone")
        ]
        return self.evidence.strongest([*acts, *nouns])

    def of_portion(self, case: Case) -> bool:
        """Whether a share is said to be one of what was counted: "Quebec's share was 69 per cent", "half the total", or the part of a people
        behind such parts."""
        behind = case.behind[:2]
        if len(behind) > 1 and behind[0].word in word_set("counts.article") and behind[1].has("total"):
            return True
        if any(item.word in load_lexicon().counting.portions for item in case.ahead):
            return not any(item.has("excluded") for item in case.items)
        part = any(item.word in word_set("counts.making_up") for item in case.ahead) and any(item.has("place", "city") for item in case.ahead)
        return case.shared_before and (part or any(item.has("nationality") for item in case.unit.items[: case.cell.at]))

    def of_series(self, case: Case) -> str | None:
        """The measure of the first share of a series in brackets: of the subject of its sentence, of those told of, or of what was counted before."""
        told = self.evidence.subjects(case) or [measure for _, measure in self.evidence.actions(case.unit, 0, len(case.unit.items))]
        return self.evidence.strongest(told) or (case.base if case.close and not case.broken else None)

    def said_again(self, case: Case) -> bool:
        """Whether a share is that of another time, of which the sentence before gave one: "Last year it was four in 10"."""
        stated = bool(case.ahead) and (case.ahead[-1].has("neutral") or self.evidence.contracted(case))
        pronoun = any(item.word in word_set("counts.shares_again") for item in case.ahead) and stated
        return pronoun and case.head.kind == "none" and case.shared_before

    def of_total(self, case: Case) -> bool:
        """Whether a share is one of a total named by its period: "97 per cent of this year's total"."""
        behind = case.behind[:4]
        return (
            len(behind) > 2
            and behind[0].word in word_set("counts.of")
            and behind[1].period is not None
            and any(item.has("total") for item in behind[2:])
        )

    def of_anybody(self, case: Case, acts: list[str]) -> bool:
        """Whether a share is one of people in general ("70 per cent of students speak …") and not of "the people" counted before."""
        head, items = case.head, case.unit.items
        if head.kind != "people" or head.values or acts:
            return False
        owner = items[head.index - 1]
        return (
            owner.word in word_set("counts.shares_owners")
            or owner.possessive
            or (case.previous is None and owner.word not in word_set("counts.shares_definite"))
        )

    def of_counted(self, case: Case) -> str | None:
        """The measure of a whole that stands as a number of its own behind "of": "95 per cent of the 2,560 interceptions"."""
        following = case.following
        if following is None or following.opening is None or following.opening.word not in word_set("counts.of"):
            return None
        head = head_of(case.unit.items, following)
        acts = [measure for _, measure in self.evidence.actions(case.unit, following.low, following.high)]
        return self.evidence.strongest([*acts, *head.values]) if head.kind in ("people", "event") else None


def base_of(case: Case) -> Found | None:
    """The count of which a number is a part or a change; None where the text does not make it plain."""
    base = case.previous or case.taken
    if base is None or (case.previous is None and not case.near):
        return None
    return None if case.of_part and base.kind == "count" and base.cell.compared else base


def _of_decisions(item: Item) -> bool:
    """Whether a share is one of decisions ("acceptance rate", "heard") and not of those who came."""
    return any(word in item.word for word in word_list("counts.decisions"))
