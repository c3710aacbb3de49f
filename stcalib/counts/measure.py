"""What a number counts: the action said of it, and so its measure; or why it is no row.

A number is taken only on positive evidence: a noun of those who move or of what is counted behind it, and an
action, a verb of stating, or a count before it that it plainly goes on from. Everything else is declined with a
reason. Words come from the codebook and the lexicon; nothing here knows the issue.
"""

from __future__ import annotations

from dataclasses import replace

from stcalib.counts.candidate import Around, Case, Context, Found
from stcalib.counts.cells import is_share
from stcalib.counts.evidence import Evidence
from stcalib.counts.head_noun import head_of
from stcalib.counts.number_subjects import agent_states, office_states, period_states, place_states, spot_states
from stcalib.counts.reasons import FORECAST, NO_ACTION, NO_HEAD, OTHER_THING, POLL
from stcalib.counts.shares import Shares, base_of
from stcalib.counts.statement import inserted_before, statement_end
from stcalib.counts.told_again import of_time_again
from stcalib.counts.trends import trend_before
from stcalib.counts.units import Cell, Unit
from stcalib.counts.words import Words
from stcalib.language.word_sets import word_list, word_set
from stcalib.numbers.find import FRACTION, MULTIPLE, PERCENT
from stcalib.text.tokens import word_classes

Outcome = tuple[str | None, bool]
"""A measure, or None for a number that counts nothing, and whether it leans on a count before."""
_NOUN_REACH = 4
_TELLING_FROM = 13
"""A number from this on, behind "the", names the count of that value told before; a smaller one may group anything."""
_MILLIONS = 1_000_000
REPEATED_FROM = 100
"""A number from this on that equals the count before it restates it."""


class Judge:
    """Decides number by number, left to right, within a sentence."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.evidence = Evidence(words)
        self.shares = Shares(self.evidence)

    def judge(self, unit: Unit, cell: Cell, before: list[Found], context: Context, around: Around) -> Found | str | None:
        """The count, or the reason why it is none; None for a word like "one" that hardly looks like a count.

        `before` are the counts of the same sentence, `context` those of the sentences before, `around` what the
        sentences around it speak of.
        """
        number = unit.items[cell.at].number
        assert number is not None
        head = head_of(unit.items, cell)
        previous, taken = before[-1] if before else None, context.main(unit.sentence)
        shared, told = context.shares(unit.sentence), context.told(number.value)
        case = Case(unit, cell, number, head, previous, taken, around, context.broken, shared, told, context.last, context.usual)
        if head.kind == "excluded":
            return self.words.reasons[head.values[0]]
        if self.shares.leaves_percent_out(case):
            case = replace(case, number=replace(number, form=PERCENT))
        if self.shares.makes_up(case) and number.value is not None:
            case = replace(case, number=replace(number, form=FRACTION, value=100 * number.value))
        if unit.knows("poll"):
            return POLL
        if self.evidence.foretold(case):
            return FORECAST
        return self.shares.relative(case) if case.number.form == MULTIPLE or is_share(case.number) else self.quantity(case)

    def breaks(self, reason: str) -> bool:
        """Whether a number declined for that reason is what "the total" behind it would take up."""
        return reason in (NO_ACTION, *self.words.reasons.values()) or reason.startswith(OTHER_THING[:12])

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
        if head.kind == "none" and ((number.least or 0) >= _MILLIONS or (case.ahead and case.ahead[-1].word in word_set("counts.minus"))):
            return NO_HEAD
        if head.kind == "none" and of_time_again(case):
            return NO_HEAD
        reason = self.evidence.exclusion(case) or self.evidence.of_excluded(case)
        measure, leaning, own = self.measure_of(case)
        if measure is None:
            if one:
                return None
            return self.words.reasons[reason] if reason else NO_HEAD if head.kind == "none" else NO_ACTION
        if reason is not None:
            return self.words.reasons[reason]
        kind, sign = self.kind_of(case)
        value = None if number.value is None else number.value * sign
        told = self.repeated(case) if head.kind == "none" else None
        restated = told is not None
        base = told if told is not None and kind == "count" else base_of(case) if kind == "difference" or case.of_part else None
        return Found(case.unit, case.cell, number, kind, value, measure, head, self.evidence.rate(case), leaning, own, restated, base)

    def measure_of(self, case: Case) -> tuple[str | None, bool, bool]:
        """The measure of a number of people or claims; whether it leans on a count before, and has an action of its own."""
        high = case.cell.high
        if case.head.kind == "event" and case.head.values:
            high = max(case.head.index + 1, case.unit.segment(case.head.index)[1])
        acts = self.evidence.actions(case.unit, case.cell.low, min(high, case.cell.high), case)
        acts = acts if case.head.kind != "none" else self.behind_noun(case, acts)
        own = [measure for i, measure in acts if not self.of_included(case, i)]
        low_end = case.previous is not None and case.cell.partner == case.previous.cell.at and case.cell.partner < case.cell.at
        if low_end and case.previous is not None and case.head.kind not in ("unknown", "excluded"):
            return case.previous.measure, case.previous.leaning, case.previous.own_action
        if case.of_part:
            return (*self.of_part(case, own), bool(own))
        if case.head.kind in ("people", "event"):
            measure, leaning = self.of_noun(case, own)
            things = case.head.kind == "people" and measure in self.words.of_things
            return (None if things else measure), leaning, bool(own)
        return (*self.of_bare(case, own), bool(own))

    def of_included(self, case: Case, act: int) -> bool:
        """Whether an action is only that of some of the claimants: "3,000 claimants, including those who entered illegally"."""
        between = case.unit.items[case.head.index + 1 : act]
        return bool(case.head.values) and any(item.word in word_set("counts.including") for item in between)

    def behind_noun(self, case: Case, acts: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """The actions of a bare number without those before its noun: "people walking in pushed refugee claims to 213" counts claims,
        but "those who arrived in boats to 5,021" arrivals.

        What a place does with those told before ("Quebec received all but 400") is no action either.
        """
        items, ahead = case.unit.items, range(case.cell.low, case.cell.at)
        named = [i for i in ahead if any(label.kind == "event" and label.value for label in items[i].labels)]
        noun = max((i for i in named if not (i > 1 and items[i - 2].has("action") and word_classes().get(items[i - 1].word) == "R")), default=-1)
        noun = noun if case.ahead and case.ahead[-1].word in word_set("counts.level_prepositions") else -1
        aside = inserted_before(items, case.cell)
        acts = [(i, measure) for i, measure in acts if i > noun and i not in aside]
        weak = case.near and not case.broken and all(case.unit.items[i].has("neutral") and case.unit.items[i].has("agent_action") for i, _ in acts)
        stated = weak and case.previous is None and any(item.has("place", "city") for item in case.ahead)
        return [] if stated else acts

    def of_part(self, case: Case, own: list[str]) -> tuple[str | None, bool]:
        """A part keeps the measure of its whole, unless its own action overrides it."""
        if override := next((measure for measure in own if self.words.measures[measure].of_part), None):
            return override, True
        if case.previous is None and (case.broken or self.of_noun_before(case)):
            return None, False
        if case.previous is None and not case.close and (case.number.value or 0) < _TELLING_FROM:
            return None, False
        if case.base is not None and self.words.measures[case.base].of_part:
            return case.base, True
        events = [label.value for item in case.behind for label in item.labels if label.kind == "event" and label.value]
        return self.evidence.strongest([*own, *events, *([case.base] if case.base else [])]), case.base is not None

    def of_noun_before(self, case: Case) -> bool:
        """Whether "them" takes up a noun right before: "volunteers' callouts, seven of them in May"."""
        items, at = case.unit.items, case.cell.at
        noun = items[at - 2] if at > 1 and items[at - 1].word == "," else None
        return noun is not None and not noun.labels and noun.word.endswith("s") and word_classes().get(noun.word, "N") == "N"

    def of_noun(self, case: Case, own: list[str]) -> Outcome:
        """A number with its noun: by the action of its cell, the noun itself, or the count it goes on from."""
        if case.head.more and case.base is not None and any(item.word in word_set("counts.shares_pronouns") for item in case.ahead):
            return case.base, True
        elsewise = case.head.kind == "people" and self.evidence.otherwise_said(case)
        if own and not case.head.values and case.cell.compared and case.previous is not None:
            return self.of_compared(case, case.previous, own), True
        if own and not (elsewise and not self.evidence.actions(case.unit, case.cell.low, case.cell.at)):
            return self.evidence.strongest([*own, *case.head.values]), False
        if case.head.kind == "event":
            return self.of_event(case)
        if case.head.values and case.unit.items[case.cell.low].word in word_set("counts.partitive_openings") and case.cell.low <= 1:
            return self.evidence.strongest(case.head.values), False
        if elsewise:
            return self.evidence.strongest(case.head.values if self.evidence.into_here(case) else []), False
        return self.of_people_near(case) or self.of_people_stated(case) or (None, False)

    def states(self, case: Case) -> bool:
        """Whether the cell of a number holds a verb or noun of stating."""
        return any(item.has("neutral", "total", "rise", "fall") for item in case.items)

    def of_event(self, case: Case) -> Outcome:
        """A number of events: by the noun, else by the place of the sentence or the count before."""
        if case.head.values:
            return self.evidence.strongest(case.head.values), False
        stated = self.states(case)
        if stated and case.base is None and self.words.counts.site_measure and any(item.has("site") for item in case.items):
            return self.words.counts.site_measure, False
        return (case.base, True) if case.base and (stated or case.cell.compared or self.evidence.goes_on(case)) else (None, False)

    def of_people_near(self, case: Case) -> Outcome | None:
        """A number of people with no action of its own: by the count or the actions of the sentence that it goes on from."""
        head, previous = case.head, case.previous
        if previous is not None and (case.cell.compared or self.evidence.goes_on(case)):
            return self.evidence.strongest([previous.measure, *head.values]), True
        if near := self.evidence.earlier_actions(case) or self.evidence.later_actions(case) or self.evidence.moved_nouns(case):
            return self.evidence.strongest([*near, *head.values]), False
        if case.base is not None and case.near and self.evidence.leaves_verb_out(case):
            return case.base, True
        return None

    def of_people_stated(self, case: Case) -> Outcome | None:
        """A number of people that a verb states: by their noun, the crossing named, or what was counted before."""
        if not self.states(case):
            dated = bool(case.head.values) and any(item.period is not None for item in case.behind)
            return (self.evidence.strongest(case.head.values), False) if dated else None
        if case.around.asked and case.base is not None and not case.head.values:
            return case.base, True
        site_measure = self.words.counts.site_measure
        if case.head.values:
            at_site = site_measure is not None and self.evidence.at_site(case)
            return self.evidence.strongest([*case.head.values, *([site_measure] if at_site and site_measure else [])]), False
        if site_measure and self.of_other_unit(case.taken, site_measure) and self.evidence.at_site(case) and self.evidence.rate(case) is not None:
            return site_measure, False
        here = case.around.by_site and bool(case.ahead) and case.ahead[0].word in word_set("counts.shares_pronouns")
        crossing = site_measure if here or any(item.has("site") for item in case.unit.items) else None
        if (case.taken is None or not case.near) and crossing is not None and self.evidence.rate(case) is not None:
            return crossing, False
        if case.taken is None and crossing is not None and any(item.has("agent") for item in case.ahead):
            return crossing, False
        of_number = (
            case.taken is None
            and case.base is not None
            and any(item.has("total") or item.word in word_set("counts.shares_pronouns") for item in case.ahead)
        )
        if (case.taken is not None or of_number) and case.near and not case.broken:
            return case.base, True
        return None

    def of_other_unit(self, taken: Found | None, measure: str) -> bool:
        """Whether the count before is in another unit: claims, where people are told of."""
        return taken is not None and self.words.measures[taken.measure].unit != self.words.measures[measure].unit

    def of_bare(self, case: Case, own: list[str]) -> Outcome:
        """A number with no noun: by its own action, or as one of a list, a comparison or a total."""
        if (same := self.said_before(case)) is not None:
            return same, True
        if self.evidence.in_brackets(case):
            return self.of_bracket(case)
        if (named := self.of_own_words(case, own)) is not None:
            return named
        if case.previous is not None and (self.goes_on(case) or (case.head.kind == "none" and self.evidence.leaves_verb_out(case))):
            return case.previous.measure, True
        aside = inserted_before(case.unit.items, case.cell)
        said = [item for i, item in enumerate(case.items, case.cell.low) if i not in aside and i < statement_end(case.unit.items, case.cell)]
        if self.evidence.of_another(case) or any(item.has("predicate") for item in said):
            return None, False
        return self.of_told(case, own) or (None, False)

    def of_own_words(self, case: Case, own: list[str]) -> Outcome | None:
        """A number with no noun, by the action of its cell, the whole of which it is a part, or a noun before it."""
        previous = case.previous
        if previous is not None and (case.cell.compared or self.multiplied(case)):
            return self.of_compared(case, previous, own), True
        if own:
            of_previous = (
                [previous.measure]
                if previous is not None and case.unit.items[previous.cell.low].word in word_set("counts.partitive_openings")
                else []
            )
            return self.evidence.strongest([*own, *self.nouns_ahead(case), *of_previous]), False
        if whole := self.of_whole(case):
            return self.evidence.strongest(whole), False
        if previous is not None and previous.restated and case.unit.items[previous.cell.low].word in word_set("counts.partitive_openings"):
            return previous.measure, True
        if case.close and not case.broken and self.fronted(case):
            return case.base, True
        if (behind := case.told_behind) is not None:
            return behind, False
        named = self.nouns_ahead(case, _NOUN_REACH, ("event",))
        if previous is not None and named and previous.measure not in named:
            return self.evidence.strongest(named), False
        return None

    def of_compared(self, case: Case, previous: Found, own: list[str]) -> str:
        """The measure of the other side of a comparison: that of the number compared, unless a verb of its own says that claims are
        compared with people ("39,000 were intercepted, nine times the 4,095 who came in 2021" are all intercepted)."""
        items = case.unit.items
        said = any(item.has("action") for item in items[case.cell.low : case.cell.high])
        mine = self.evidence.strongest(own)
        if mine is None or not said:
            return previous.measure
        alike = self.words.measures[mine].unit == self.words.measures[previous.measure].unit
        return (self.evidence.strongest([mine, previous.measure]) or mine) if alike else mine

    def multiplied(self, case: Case) -> bool:
        """Whether a bare number is that of which the one before is a multiple: "nine times as many as the 4,095 who came in 2021"."""
        ahead = [item.word for item in case.unit.items[max(0, case.cell.at - 2) : case.cell.at]]
        number = case.previous.number if case.previous is not None else None
        if number is not None and number.form == MULTIPLE and case.previous is not None and case.previous.cell.high == case.cell.low:
            between = case.unit.items[case.previous.cell.at + 1 : case.cell.at]
            if [item.word for item in between] in [[word] for word in word_set("counts.article")]:
                return True
        if case.previous is not None and number is not None and number.form == FRACTION and case.previous.kind == "change":
            return True
        definite = ahead[-1:] in [[word] for word in word_set("counts.article")] and ahead[:1] in [[word] for word in word_set("counts.as")]
        return number is not None and number.form == MULTIPLE and definite

    def nouns_ahead(self, case: Case, reach: int | None = None, kinds: tuple[str, ...] = ("event", "people")) -> list[str]:
        """The measures of the nouns of a cell before its number, the last `reach` items alone; those of an insertion left out."""
        aside = inserted_before(case.unit.items, case.cell)
        ahead = [item for i, item in enumerate(case.ahead, case.cell.low) if i not in aside]
        return [label.value for item in ahead[-reach if reach else None :] for label in item.labels if label.kind in kinds and label.value]

    def goes_on(self, case: Case) -> bool:
        """Whether a bare number goes on from the count before it in its sentence."""
        evidence = self.evidence
        return evidence.goes_on(case) or evidence.opens_alone(case) or evidence.closes_series(case) or place_states(case)

    def of_told(self, case: Case, own: list[str]) -> Outcome | None:
        """A bare number that a verb states: by the subject of its sentence, or what the text has told before."""
        moved = bool(case.ahead) and (case.ahead[-1].word.endswith(word_list("counts.base_endings")) or self.placed(case))
        dated = self.evidence.rate(case) is not None or any(item.period is not None for item in case.items)
        stated = moved or (dated and self.evidence.contracted(case)) or any(item.has("neutral", "rise", "fall") for item in case.items)
        nouns = self.nouns_ahead(case) or (self.evidence.subjects(case) if stated and case.previous is None else [])
        if stated and nouns:
            return self.evidence.strongest(nouns), False
        if stated and self.arrivals_at_site(case):
            return self.words.counts.site_measure, False
        if case.base is not None and self.takes_up(case, stated):
            return case.base, True
        if stated and spot_states(case):
            return (case.base, True) if case.near and not case.broken and case.base else (self.words.counts.site_measure, False)
        near = self.evidence.earlier_actions(case) or self.evidence.later_actions(case)
        return (self.evidence.strongest(near), False) if near else self.of_arrivals(case) or self.of_subject(case)

    def arrivals_at_site(self, case: Case) -> bool:
        """Whether "arrivals" or "entries" at a crossing are the subject, behind claims told before: "Arrivals at Mill Road stood at 4,875"."""
        site_measure = self.words.counts.site_measure
        plain = any(item.has("event") and not any(label.kind == "event" and label.value for label in item.labels) for item in case.ahead)
        other = case.base is not None and site_measure is not None and self.words.measures[case.base].unit != self.words.measures[site_measure].unit
        return plain and other and any(item.has("site") for item in case.ahead)

    def of_subject(self, case: Case) -> Outcome | None:
        """A bare number that a place or period is said to have had, of what the text counts most: "British Columbia had 289 last year"."""
        if case.near and not case.broken and case.base is not None and office_states(case):
            return case.base, True
        states = place_states(case) or period_states(case) or agent_states(case)
        behind = case.behind[0] if case.behind else None
        alone = behind is None or behind.is_mark or behind.period is not None or word_classes().get(behind.word, "N") in "R&"
        return (case.usual, True) if states and alone and case.usual is not None and not case.broken else None

    def of_arrivals(self, case: Case) -> Outcome | None:
        """A bare number that is the subject of a verb of arriving, where a crossing or a count has been told: "last August, when 5,700 came"."""
        behind = [item for item in case.behind[:2] if item.word not in word_set("counts.perfect")]
        if not behind or not behind[0].has("arrival") or not (case.number.value or 0) >= REPEATED_FROM:
            return None
        if case.around.by_site and self.words.counts.site_measure:
            return self.words.counts.site_measure, False
        return (case.last.measure, True) if case.last is not None and not case.broken else None

    def placed(self, case: Case) -> bool:
        """Whether a noun is brought to a number, or a number is put on it: "helped push claims to 213", "put crossings at 10,744"."""
        if self.apposed(case):
            return True
        noun = any(item.has("event", "total") for item in case.ahead)
        put = any(item.has("data_verb", "dated") for item in case.ahead)
        return noun and (case.ahead[-1].word in word_set("counts.to") or (case.ahead[-1].word in word_set("counts.at") and put))

    def apposed(self, case: Case) -> bool:
        """Whether a number stands between commas behind the noun that it counts: "The total of all claims, 92,100, was a record"."""
        ahead, behind = case.ahead, case.behind
        large = (case.number.value or 0) >= REPEATED_FROM
        if len(ahead) > 2 and ahead[-1].word == "," and ahead[-2].period is not None:
            ahead = [*ahead[:-2], ahead[-1]]
        closed = any(item.word == "," for item in [*behind, *case.unit.items[case.cell.at + 1 : case.cell.at + 2]])
        return large and len(ahead) > 1 and ahead[-1].word == "," and ahead[-2].has("event") and closed

    def fronted(self, case: Case) -> bool:
        """Whether a sentence opens with a whole told before: "Of the February arrivals, 38 came on a single weekend"."""
        opening = [item for item in case.ahead if not item.is_mark]
        of_whole = len(opening) > 1 and opening[0].word in word_set("counts.of_whole_openings")
        return of_whole and case.ahead[-1].is_mark and any(item.has("event", "people", "total") for item in opening[1:])

    def of_bracket(self, case: Case) -> Outcome:
        """A number in brackets behind the name of a place or country, as one of a series: "Yemen (1,208), Chad (640) and Peru (377) follow"."""
        if case.previous is not None:
            return case.previous.measure, True
        if subjects := self.evidence.subjects(case):
            return self.evidence.strongest(subjects), False
        told = [label.value for item in case.unit.items for label in item.labels if label.kind == "event" and label.value]
        acts = [measure for _, measure in self.evidence.actions(case.unit, 0, case.cell.at)]
        if told or acts:
            return self.evidence.strongest([*acts, *told]), False
        return (case.base, True) if case.near and not case.broken else (None, False)

    def said_before(self, case: Case) -> str | None:
        """The measure of a number that repeats the main count of the sentences before: "of the 50,390 …"."""
        told = self.repeated(case)
        return None if told is None else told.measure

    def repeated(self, case: Case) -> Found | None:
        """The count that a number says again: the main one before with any words, an earlier one with "the" ("of the 77")."""
        told, taken = case.told, case.taken
        if told is None or case.previous is not None:
            return None
        same = taken is not None and taken.number.value == case.number.value and (case.number.value or 0) >= REPEATED_FROM
        definite = bool(case.ahead) and case.ahead[-1].word in word_set("counts.definite") and (case.number.value or 0) >= _TELLING_FROM
        return taken if same else told if definite else None

    def of_whole(self, case: Case) -> list[str]:
        """The actions of the whole behind "of" ("6,500 of the 18,836 who entered"), or behind a share put between."""
        following = case.following
        if following is None or following.opening is None:
            return []
        share = case.unit.items[following.at].number
        between = (
            share is not None
            and is_share(share)
            and following.opening.word in word_set("counts.restating_joints")
            and following.at - case.cell.at <= 4
        )
        if following.opening.word not in word_set("counts.of") and not between:
            return []
        acts = [measure for _, measure in self.evidence.actions(case.unit, following.low, following.high)]
        head = head_of(case.unit.items, following)
        return acts if between or head.kind not in ("people", "event") else [*acts, *head.values]

    def takes_up(self, case: Case, stated: bool) -> bool:
        """Whether a bare number speaks of what was counted before: "the total was 476", "Sixteen were …"."""
        total = any(item.has("total") for item in case.items) or any(item.word in word_set("counts.shares_pronouns") for item in case.ahead)
        if case.broken:
            return False
        if (case.near or case.previous is not None) and case.ahead and case.ahead[-1].period is not None and case.ahead[-1].possessive:
            return True
        if total and (stated or any(item.has("compared") for item in case.items)):
            return True
        if case.near and " ".join(item.word for item in case.ahead[-2:]) in word_set("counts.standing_at"):
            return True
        if case.far and any(item.word in word_set("counts.persons") for item in case.ahead):
            return False
        meant_for = bool(case.ahead) and case.ahead[-1].word in word_set("counts.for")
        if case.near and not meant_for and any(item.period is not None or item.has("place", "site", "city") for item in case.items):
            return True
        if case.near and self.evidence.leaves_verb_out(case):
            return True
        return (case.near and self.evidence.opens_alone(case)) or (stated and self.evidence.rate(case) is not None)

    def kind_of(self, case: Case) -> tuple[str, int]:
        """Whether a number is a count or the difference of two, and its sign."""
        if case.head.more < 0:
            return "difference", -1
        if case.head.more > 0:
            following = case.unit.items[case.cell.at + 1 : case.cell.high + 2]
            return ("difference" if any(item.has("compared") for item in following) else "count"), 1
        sign = trend_before(case)
        return ("difference", sign) if sign else ("count", 1)
