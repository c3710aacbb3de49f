"""What the words around a number say: the action, who acts, what speaks against it, and how it leans on others."""

from __future__ import annotations

from collections.abc import Iterable

from stcalib.counts.candidate import Case
from stcalib.counts.head_noun import OBJECT_REACH, head_of, particle_behind, passed_over
from stcalib.counts.number_subjects import SITE_REACH, are_spots
from stcalib.counts.statement import behind_insertion, content_start, inserted_before, main_clause, names_place, statement_end
from stcalib.counts.units import Cell, Item, Unit
from stcalib.counts.words import Words
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import word_list, word_set
from stcalib.periods.find import may
from stcalib.text.tokens import word_classes

_IN_LISTS = ("place", "site", "city", "neutral", "total", "nationality", "partly", "compared", "opener", "agent", "summing")


@by_language
def in_lists() -> frozenset[str]:
    """Words that may stand before a number in a list, or right behind one."""
    return frozenset(load_lexicon().counting.in_lists)


class Evidence:
    """Reads the items around a number with a codebook's words."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def foretold(self, case: Case) -> bool:
        """Whether the words around the number speak of what may come."""
        items = case.unit.items
        telling = [i for i, item in enumerate(items) if item.period is not None or (item.labels and item.has("forecast"))]
        telling = [i for i in telling if self.foretells(items, i)]
        if not telling:
            return False
        low, high = case.unit.segment(case.cell.at)
        joints = [
            i for i in range(low + 1, high) if items[i].word in word_set("counts.complementizer") and items[i - 1].word in word_set("counts.and")
        ]
        low, high = max([low, *(i for i in joints if i < case.cell.at)]), min([high, *(i for i in joints if i > case.cell.at)])
        return any(low <= i < high for i in telling)

    def foretells(self, items: list[Item], i: int) -> bool:
        """Whether a period or a word at `i` is of what may come: "next year", "expected"."""
        if (period := items[i].period) is not None and "next" in (period.parts.get("which"), period.parts.get("year")):
            return True
        ahead = items[i + 1].word if i + 1 < len(items) else ""
        return items[i].has("forecast") and ahead not in word_set("counts.foretelling_nothing") and not self.names_kind(items, i)

    def names_kind(self, items: list[Item], i: int) -> bool:
        """Whether a word for an aim stands before a noun and tells which ones are meant: "target species", "quota refugees"."""
        if items[i].word not in word_set("counts.aims") or i + 1 == len(items):
            return False
        ahead = items[i + 1]
        if ahead.number is not None or ahead.period is not None or ahead.word in word_set("counts.aimed_at"):
            return False
        return ahead.has("event", "agent") or (ahead.word.endswith("s") and word_classes().get(ahead.word, "N") == "N")

    def actions(self, unit: Unit, low: int, high: int, case: Case | None = None) -> list[tuple[int, str]]:
        """The actions of the items `low`..`high`: (index, measure).

        Weak words count only beside an agent of their measure; "they" stands for the agent of the sentence before
        where that spoke of the measure.
        """
        found = []
        if unit.acting is None:
            unit.acting = self.may_act(unit.items)
        for i in unit.acting:
            if not low <= i < high:
                continue
            item = unit.items[i]
            if self.is_noun(unit.items, i) or self.before_period(unit.items, i) or self.indoors(unit.items[i + 1 : i + 4]):
                continue
            found += [(i, label.value) for label in item.labels if label.kind == "action"]
            weak = [label.value for label in item.labels if label.kind == "agent_action"]
            if weak:
                found += [(i, measure) for measure in weak if measure in self.agents(unit, i, weak, case)]
            found += [(i, measure) for tail, measure in self.words.split_actions.get(item.word, ()) if particle_behind(unit.items, i, tail)]
            if self.moves_over(unit.items, i):
                found.append((i, self.words.counts.site_measure or ""))
            if item.has("arrival") and self.words.counts.site_measure and self.arrives_there(unit.items[i + 1 : i + 1 + SITE_REACH]):
                found.append((i, self.words.counts.site_measure))
        if case is not None and self.words.counts.site_measure and low <= case.cell.at < high and self.carried_over(case):
            found.append((case.cell.at, self.words.counts.site_measure))
        return found

    def may_act(self, items: list[Item]) -> list[int]:
        """The items that may tell an action: by their labels, as the verb of one with its particle elsewhere, or as a form of an unlisted verb."""
        parted, endings = self.words.split_actions, word_list("counts.verbal_endings")
        return [
            i for i, item in enumerate(items)
            if item.word in parted or (item.has("action", "agent_action", "arrival") if item.labels else item.word.endswith(endings))
        ]  # fmt: skip

    def carried_over(self, case: Case) -> bool:
        """Whether people are the object of a verb that takes them over the line: "brought 12,300 people up the road"."""
        items, behind = case.unit.items, case.head.index + 1 if case.head.kind == "people" else case.cell.at + 1
        if case.head.kind not in ("people", "none") or case.cell.at <= case.cell.low or behind + 1 >= len(items):
            return False
        goal = items[behind + 1 : behind + 3]
        spots = load_lexicon().counting.spots
        if items[behind].word in word_set("counts.along"):
            return any(item.has("site") or item.word in self.words.lines or (item.word in spots and item is not goal[0]) for item in goal)
        by_spot = any(item.has("site") or item.word in spots for item in items[case.cell.low : case.cell.at])
        return items[behind].word in word_set("counts.into_alone") and by_spot and any(item.has("place") for item in goal)

    def leaves_verb_out(self, case: Case) -> bool:
        """Whether an auxiliary alone stands behind the people counted, for the verb of the sentence before: "They cross. By noon 47 people have."."""
        behind = case.unit.items[case.head.index + 1 : case.head.index + 3]  # the head of a bare number is the number
        return bool(behind) and behind[0].word in word_set("counts.auxiliaries") and (len(behind) == 1 or behind[1].is_mark)

    def at_site(self, case: Case) -> bool:
        """Whether the cell of a number names a crossing to which people came, and not one that they are said to be from."""
        items = case.unit.items
        return any(
            items[i].has("site") and not any(item.word in word_set("counts.from") for item in items[max(case.cell.low, i - 2) : i])
            for i in range(case.cell.low, case.cell.high)
        )

    def is_noun(self, items: list[Item], i: int) -> bool:
        """Whether a word of action is a noun here: "a stop for migrants", or tells of claims: "land crossing claims"."""
        before, ahead = items[i - 1].word if i else "", items[i + 1] if i + 1 < len(items) else None
        owned = i > 0 and items[i - 1].possessive and not items[i - 1].has("place")
        plain = (
            (before in word_set("counts.articles") or owned)
            and " " not in items[i].word
            and not items[i].word.endswith(word_list("counts.verbal_endings"))
        )
        return plain or (
            ahead is not None and ahead.has("event") and not items[i].has("event") and items[i].word.endswith(word_list("gerund_ending"))
        )

    def indoors(self, behind: list[Item]) -> bool:
        """Whether a verb of coming goes with somebody's doors and no border: "Fifty-two claimants came through its doors"."""
        return any(item.word in word_set("counts.doors") for item in behind)

    def before_period(self, items: list[Item], i: int) -> bool:
        """Whether the "in" of a verb that may mean crossing belongs to a period or level behind it: "51 came in April", "came in lower at 93";
        not "51 came in that night"."""
        if i + 1 >= len(items) or items[i].word not in word_set("counts.came_in"):
            return False
        behind = items[i + 1].period
        return items[i + 1].word in word_set("counts.levels") or (behind is not None and may(behind.core, "in"))

    def moves_over(self, items: list[Item], i: int) -> bool:
        """Whether a verb that no list holds is one of moving over the line: "filed through Mill Road", "ducked across the border"."""
        if (
            self.words.counts.site_measure is None
            or items[i].labels
            or not items[i].word.endswith(word_list("counts.verbal_endings"))
            or i + 2 >= len(items)
        ):
            return False
        behind = items[i + 2 : i + 5]
        named = any(item.has("site") or item.word in self.words.lines for item in behind)
        back = behind[0].word in word_set("counts.it") and any(item.has("site") for item in items[:i])
        return items[i + 1].word in word_set("counts.over") and (named or back)

    def arrives_there(self, behind: list[Item]) -> bool:
        """Whether a verb of arriving goes with a crossing: a named one, or "into" a place."""
        if any(item.has("site") for item in behind):
            return True
        return len(behind) > 1 and behind[0].word in word_set("counts.into_alone") and any(item.has("place") for item in behind[1:3])

    def agents(self, unit: Unit, at: int, measures: list[str], case: Case | None) -> set[str]:
        """The measures of the nearest agent before the weak word at `at`, or of one behind it."""
        items = unit.items
        again = any(item.word in word_set("counts.again") for item in items[max(0, at - 3) : at])
        for i in range(at - 1, -1, -1) if again else ():
            if found := {label.value for label in items[i].labels if label.kind == "agent" and label.value in measures}:
                return found
        if again:
            return _before_it(case) & set(measures) or (set() if case is None else set(case.around.agents) & set(measures))
        for i in (*range(at - 1, -1, -1), *range(at + 1, len(items))):
            found = {label.value for label in items[i].labels if label.kind == "agent" and label.value in measures}
            if found:
                return found
        before = items[at - 1] if at > 0 else None
        if before is not None and (before.word in word_set("counts.evidence_be") or before.has("people", "partitive")):
            return set(measures[:1])
        if before is not None and before.number is not None:
            known = _before_it(case)
            return known & set(measures) if known else set(measures[:1])
        return _before_it(case)

    def strongest(self, measures: Iterable[str]) -> str | None:
        """The measure that decides: the first in the codebook's order."""
        return min(measures, key=lambda measure: self.words.rank[measure], default=None)

    def exclusion(self, case: Case) -> str | None:
        """The exclusion that is said of the number rather than an action, or None."""
        if not case.unit.knows("predicate"):
            return None
        unit, cell, head = case.unit, case.cell, case.head
        low, high = content_start(unit.items, cell), statement_end(unit.items, cell)
        if head.kind == "none" and self.opens_alone(case) and cell.at + 1 < len(unit.items) and unit.items[cell.at + 1].word == ",":
            high = len(unit.items)
        aside = inserted_before(unit.items, cell)
        heads = (i for i in range(low, min(high, len(unit.items) - 1)) if unit.items[i + 1].word == "(" and unit.items[i].has("nationality"))
        left_out = {*aside, *heads}
        said = [(i, label.value) for i in range(low, high) if i not in left_out for label in unit.items[i].labels if label.kind == "predicate"]
        said = [(i, reason) for i, reason in said if not names_place(unit.items, i)]
        if not said:
            return None
        anchor = head.index if head.kind in ("people", "event", "anaphor") else cell.at
        done = self.actions(unit, cell.low, cell.high)
        returned = any(self.words.measures[measure].of_part for _, measure in done)
        firm = next((reason for _, reason in said if reason in self.words.firm), None)
        if firm is not None and not self.into_here(case) and not returned:
            return firm
        acts = [i for i, _ in done]
        if any(0 < cell.at - i <= OBJECT_REACH for i in acts) and all(i > cell.at for i, _ in said):
            return None
        first, reason = min(said, key=lambda pair: abs(pair[0] - anchor))
        if reason in self.words.firm:
            return None
        main = [i for i in acts if not self.restricts(unit.items, i, anchor)]
        if any(anchor < i < first for i in main):
            return None
        if first < cell.at and any(first < i for i in acts if i not in range(anchor, first)) and reason not in self.words.staying:
            return None
        return reason

    def restricts(self, items: list[Item], act: int, noun: int) -> bool:
        """Whether an action behind a noun only tells which of them are meant ("who crossed", "crossing")."""
        if act <= noun:
            return False
        return any(item.word in word_set("counts.relative") for item in items[noun + 1 : act]) or (
            act == noun + 1 and items[act].word.endswith(word_list("gerund_ending"))
        )

    def into_here(self, case: Case) -> bool:
        """Whether the cell names a place of the codebook as the goal ("into Canada")."""
        items = case.unit.items
        return any(
            items[i].has("place", "site") and items[i - 1].word in word_set("counts.into") for i in range(max(1, case.cell.low), case.cell.high)
        )

    def otherwise_said(self, case: Case) -> bool:
        """Whether a verb behind the noun says something else of them ("were resting", "rallied")."""
        items, start = case.unit.items, case.head.index + 1
        for i in range(start, min(start + 6, case.cell.high)):
            item = items[i]
            if item.is_mark or item.number is not None or item.period is not None:
                return False
            if item.has("action", "agent_action", "arrival") or self.moves_over(items, i):
                return False
            letter = word_classes().get(item.word, "")
            if (
                letter in ("X", "I", "A", "Z")
                or item.has("neutral", "rate", "place", "site", "nationality")
                or item.word in word_set("counts.relative")
            ):
                continue
            if letter == "V" or (item.word.endswith(word_list("counts.verbal_endings")) and not item.labels):
                joined = any(near.word in word_set("counts.while") for near in items[i + 1 : i + 5])
                return not any(near.has("action", "agent_action") for near in items[i + 1 : i + (10 if joined else 4)])
            if letter in ("R", "&", "S", "W"):
                return False
        return False

    def earlier_actions(self, case: Case) -> list[str]:
        """Actions before the cell, where no number before it counts: "arrested two groups, one of 16"."""
        if case.previous is not None or (case.cell.opening is not None and case.cell.opening.has("opener")):
            return []
        return [measure for _, measure in self.actions(case.unit, 0, case.cell.low)] if self.goes_on(case) else []

    def later_actions(self, case: Case) -> list[str]:
        """Actions of the next cells of the same list: "315 in January and 678 in February were stopped"."""
        for other in case.unit.cells:
            if other.low >= case.cell.high:
                part = bool(case.head.values) and any(item.has("partitive") for item in case.unit.within(other.low, min(other.high, other.at + 3)))
                if part or (other.opening is not None and other.opening.has("opener")):
                    return []
                if acts := self.actions(case.unit, other.low, other.high):
                    return [measure for _, measure in acts]
        return []

    def moved_nouns(self, case: Case) -> list[str]:
        """The measures of the subject behind the number from which it moved: "From 812 people in 2021, interceptions fell to 390"."""
        following = case.following
        if (
            following is None
            or not case.ahead
            or case.ahead[-1].word not in word_set("counts.from")
            or any(not item.is_mark for item in case.ahead[:-1])
        ):
            return []
        between = case.unit.items[case.cell.at : following.at]
        return [label.value for item in between for label in item.labels if label.kind == "event" and label.value]

    def goes_on(self, case: Case) -> bool:
        """Whether the cell is one more of a list: nothing but place, period or owner beside the number and its noun."""
        passed = passed_over()
        following = next((item for item in case.behind if not item.has("people", "event", "nationality", "rate") and item.word not in passed), None)
        closes = (
            following is None
            or following.is_mark
            or following.period is not None
            or following.word in in_lists()
            or following.word in word_set("counts.and_or")
            or following.has("partitive", "neutral", "place", "action", "compared", "summing")
        )
        aside = inserted_before(case.unit.items, case.cell)
        ahead = [item for i, item in enumerate(case.ahead, case.cell.low) if i not in aside]
        return closes and all(self._listed(item) for item in behind_insertion(ahead))

    def closes_series(self, case: Case) -> bool:
        """Whether a number sums up those before it, or tells where they began: "for a half-year total of 10,744", "having started with 19"."""
        if not case.ahead or any(item.has("excluded", "predicate") and not item.has("aside") for item in case.ahead):
            return False
        if case.ahead[-1].word in word_set("counts.remaining") and len(case.ahead) > 1 and case.ahead[-2].word in word_set("counts.article"):
            return True
        total = case.ahead[-1].word in word_set("counts.of") and any(item.has("total") for item in case.ahead[-3:])
        return total or any(item.word in load_lexicon().counting.series_ends for item in case.ahead)

    def in_brackets(self, case: Case) -> bool:
        """Whether a number stands alone in brackets behind the name of a place, a country or a period."""
        items, at = case.unit.items, case.cell.at
        if at < 2 or items[at - 1].word != "(" or (at + 1 < len(items) and items[at + 1].word not in (")", "]")):
            return False
        if items[at - 2].word in load_lexicon().periods.ordinals and any(item.has("nationality", "place") for item in items[max(0, at - 5) : at - 2]):
            return True
        return items[at - 2].period is not None or items[at - 2].has("place", "site", "city", "nationality")

    def subjects(self, case: Case) -> list[str]:
        """The measures of the nouns that a sentence opens with, before the cell of a number: "Claims also fell, but less sharply, by 12%"."""
        items = case.unit.items
        aside = inserted_before(items, Cell(case.cell.at, 0, case.cell.high))
        before = [item for i, item in enumerate(items[: case.cell.at]) if i not in aside]
        if any(item.number is not None and item.number.unit is None and i not in aside for i, item in enumerate(items[: case.cell.low])):
            return []
        return [label.value for item in before for label in item.labels if label.kind in ("event", "people") and label.value]

    def _listed(self, item: Item) -> bool:
        """Whether an item may stand before a number in a list."""
        if item.is_mark or item.period is not None or item.has(*_IN_LISTS) or are_spots(item):
            return True
        return item.word in passed_over() or item.word in in_lists() or word_classes().get(item.word, "N") in "D&RPSA"

    def opens_alone(self, case: Case) -> bool:
        """Whether a bare number is the subject that opens its sentence: "Sixteen were …", "Nine in 10 took …"."""
        return all(item.is_mark or word_classes().get(item.word, "N") in "AD&" or item.has("partly") for item in case.unit.items[: case.cell.at])

    def of_another(self, case: Case) -> bool:
        """Whether the first noun before a number is one that is not counted: "the number of visas fell to 490"."""
        opening = word_set("counts.complementizer") | {":", ";"}
        reported = max((i for i, item in enumerate(case.ahead) if item.word in opening), default=-1)
        aside = inserted_before(case.unit.items, case.cell)
        ahead = [item for i, item in enumerate(case.ahead, case.cell.low) if i not in aside and i - case.cell.low > reported]
        for item in main_clause(ahead):
            if item.has("event", "people", "agent", "total", "data", "aside"):
                if item.has("event", "people"):
                    return False
            elif item.has("excluded", "predicate") and not item.has("neutral") and not are_spots(item):
                return True
        return False

    def contracted(self, case: Case) -> bool:
        """Whether a pronoun with its verb stands right before a number: "that's 85 a day", "in May, it's six in 10"."""
        last = case.ahead[-1] if case.ahead else None
        return last is not None and last.possessive and last.word in word_set("counts.shares_pronouns")

    def of_excluded(self, case: Case) -> str | None:
        """The exclusion of the noun that a number measures: "the backlog, which stands at 40,700 cases", "a population of 700"."""
        items, low, at = case.unit.items, case.cell.low, case.cell.at
        if (
            case.head.kind == "none"
            and at > 1
            and items[at - 1].word in word_set("counts.of")
            and (label := items[at - 2].label("excluded")) is not None
        ):
            return label.value
        if case.head.kind == "none" and (held := self.held_by(case)) is not None:
            return held
        if (
            case.head.kind == "people"
            or low < 1
            or items[low].word != ","
            or low + 1 >= case.cell.at
            or items[low + 1].word not in word_set("counts.which")
        ):
            return None
        label = items[low - 1].label("excluded") or items[low - 1].label("predicate")
        return None if label is None else label.value

    def held_by(self, case: Case) -> str | None:
        """The exclusion of a number of things right behind that hold or make up what is counted: "2,841 in nine hotels", "11 of the 39 questions"."""
        following = case.following
        if (
            following is None
            or case.unit.items[case.cell.at + 1].word not in word_set("counts.of_or_in")
            or following.at - case.cell.at > SITE_REACH
        ):
            return None
        head = head_of(case.unit.items, following)
        held = case.unit.items[case.cell.at + 1].word in word_set("counts.in")
        if head.kind != "excluded" or (held and head.values[0] not in self.words.staying):
            return None
        return head.values[0]

    def rate(self, case: Case) -> str | None:
        """The unit of time of a rate ("a day"), or None."""
        last = max(case.cell.at, case.cell.partner or 0)
        for item in case.unit.items[last + 1 : case.cell.high]:
            if (label := item.label("rate")) is not None:
                return label.value
            if item.is_mark or item.number is not None:
                break
        if case.previous is not None and case.previous.per and case.cell.opening is not None and case.cell.opening.word in word_set("counts.to"):
            return case.previous.per
        near = case.unit.items[max(case.cell.low, case.cell.at - 4) : case.cell.at]
        return next((label.value for item in near if (label := item.label("rate")) is not None), self.compared_rate(case))

    def compared_rate(self, case: Case) -> str | None:
        """The unit of time of the rate with which a number is compared: "1,200 a day, up from 1,100 in May", "That is down from 1,300".

        A movement is one of the same thing, whatever noun stands behind its beginning; other comparisons with a noun or total of
        their own may be with a sum ("70 a day, against 2,100 people in all of May").
        """
        at = case.unit.items[case.cell.at - 1] if case.cell.at else None
        opening = case.cell.opening if case.cell.compared else at if at is not None and at.has("compared") else None
        other = case.previous or (case.taken if case.taken is not None and case.unit.sentence - case.taken.unit.sentence == 1 else None)
        if opening is None or other is None or other.per is None:
            return None
        moved = opening.word.endswith(word_list("counts.movement_ends"))
        alone = case.head.kind == "none" and not any(item.has("total", "summing") for item in case.items)
        return other.per if moved or alone else None


def _before_it(case: Case | None) -> set[str]:
    """The measure of which the sentences before a number speak, if any."""
    measure = None if case is None else case.measure_before
    return {measure} if measure else set()
