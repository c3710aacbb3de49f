"""Where the flow of a count arrived: the place that its own cell names, or that of the count it goes on from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from stcalib.counts.candidate import Context, Found, main_of, summed
from stcalib.counts.cells import is_inserted, is_share
from stcalib.counts.own_places import OwnPlaces
from stcalib.counts.place_anaphora import PlaceAnaphora
from stcalib.counts.place_focus import PlaceFocus
from stcalib.counts.place_names import PlaceNames, Where, place_words
from stcalib.counts.place_whole import in_all, is_rest, national, nationally, parts_follow
from stcalib.counts.read_units import Units
from stcalib.counts.statement import inserted_before
from stcalib.counts.surroundings import answers, follows_question, told_behind
from stcalib.counts.units import Cell, Item, Unit
from stcalib.counts.words import Words
from stcalib.language.word_sets import word_list, word_set
from stcalib.periods.find import may
from stcalib.text.article import Article
from stcalib.text.tokens import word_classes

_RESTATED_REACH = 3
_WORK_REACH = 2
"""Sentences before in which the place is looked for where a speaker works."""
_CITY_BEHIND = 8
_ADVERB = 4
"""Items at the head of a sentence that may be an adverb with its comma."""
_ASKED_REACH = 2
"""Sentences before in which a question names the place of an answer that opens with a pronoun."""
_LEDE = 2
"""Paragraphs with which a report opens."""


class Map:
    """Gives each count of an article its place, in order."""

    def __init__(self, article: Article, units: Units, words: Words, places: dict[int, Where], counted: Callable[[int], list[Found]]) -> None:
        self.article = article
        self.units = units
        self.words = words
        self.places = places
        self.counted = counted
        self.names = PlaceNames(article, words)
        self.focus = PlaceFocus(article, units, words, self.names, places, counted)
        self.own = OwnPlaces(article, words, self.names, counted)
        self.anaphora = PlaceAnaphora(article, units, words, self.names, self.own, places)

    def place(self, found: Found, before: list[Found], context: Context) -> Where:
        """The place of a count; `before` are the counts of its sentence, `context` those of the sentences before."""
        context = self.apart_from_lists(found, context)
        taken = context.main(found.unit.sentence)
        if found.restated and found.base is not None and id(found.base) in self.places:
            return self.from_count(found.base, found)
        return self.named_in_cell(found, before, taken) or self.in_sentence(found, before, context, taken) or self.taken_over(found, context, taken)

    def apart_from_lists(self, found: Found, context: Context) -> Context:
        """The counts before one without the entries of lists, each of which has a place of its own: what follows is not theirs."""
        entries = self.units.focus.entries
        if found.unit.sentence in entries or not any(row.unit.sentence in entries for row in context.rows):
            return context
        return replace(context, rows=[row for row in context.rows if row.unit.sentence not in entries], mains={})

    def named_in_cell(self, found: Found, before: list[Found], taken: Found | None) -> Where | None:
        """The place that the cell of a count names, or that it is said to be one of all places."""
        unit, cell, country = found.unit, found.cell, self.words.counts.default_place
        if (bracketed := self.bracketed(unit, cell) or self.of_where(unit, cell)) is not None:
            return bracketed
        if in_all(unit, cell) and (before or nationally(unit, cell)):
            return self.of_sum(before, found) or Where(country, None, "named")
        of_rest = bool(before) and cell.opening is not None and cell.opening.word in word_set("counts.of") and is_rest(unit, before[-1].cell)
        if (national(unit, cell) and not self.part_placed(found)) or self.of_all(found) or is_rest(unit, cell) or of_rest:
            return Where(country, None, "named")
        together = unit.says(word_set("counts.respectively")) or self.names.side_by_side(unit)
        low, high = (0, len(unit.items)) if together else (cell.low, self.statement_end(unit, cell))
        named = self.names.named(unit, low, high, cell.at)
        part = found.kind == "share" and named is not None and self.names.is_whole(named) and not named.several
        if named is None or (part and (before or self.placed_before(found, taken))):
            return None
        if self.names.is_whole(named) and not named.several and self.in_aside(unit, cell, named):
            return None
        nearer = self.anaphora.anaphor(unit, cell.low, cell.high, taken) if self.names.is_whole(named) and not named.several else None
        return nearer or named

    def in_aside(self, unit: Unit, cell: Cell, named: Where) -> bool:
        """Whether the whole is named in a clause between commas alone: "In March, when Canada and the United States agreed, it was 137"."""
        aside = inserted_before(unit.items, cell)
        inside = self.names.named(unit, aside.start, aside.stop, cell.at) if aside else None
        return inside == named and self.names.named(unit, aside.stop, cell.high, cell.at) is None

    def placed_before(self, found: Found, taken: Found | None) -> bool:
        """Whether a share takes up a count of one place: "Quebec took in 7,300. That is two-thirds of those who came to Canada"."""
        near = taken is not None and found.unit.sentence - taken.unit.sentence <= 1 and self.anaphora.placed(taken)
        items = found.unit.items
        return near and (found.takes_up or not any(item.has("people", "event", "action") for item in items[found.cell.at : found.cell.high]))

    def in_sentence(self, found: Found, before: list[Found], context: Context, taken: Found | None) -> Where | None:
        """The place that other words of the sentence give a count whose cell names none."""
        unit, cell = found.unit, found.cell
        if (restated := self.restated(found)) is not None:
            return restated
        if parts_follow(found, self.names):
            return Where(self.words.counts.default_place, None, "named")
        if (anaphor := self.anaphora.anaphor(unit, cell.low, cell.high, taken) or self.taken_up(unit)) is not None:
            return anaphor
        if before:
            return self.like(before, found)
        named = self.subject(unit, cell) or self.at_work(unit, 0, cell.high) or self.subject_behind(unit, cell)
        return named or self.shared(found) or self.told_behind(found)

    def taken_up(self, unit: Unit) -> Where | None:
        """The place with which the sentence before opens, where "it" opens this one: "Manitoba is down to a trickle. It had 1,018 in 2017"."""
        index = unit.sentence - 1
        opening = next((i for i, item in enumerate(unit.items) if item.period is None and item.word not in word_set("counts.links")), 0)
        start = next((i for i, item in enumerate(unit.items[: opening + 1]) if item.word in word_set("counts.it")), opening)
        items = unit.items[start:]
        if len(items) < 2 or items[0].word not in word_set("counts.it") or not items[1].has("neutral") or items[1].word in word_set("counts.be"):
            return None
        if index < 0 or self.article.sentences[index].block != unit.block:
            return None
        before = self.units.at(index)
        low = self.behind_adverb(before)
        where = self.names.named(before, low, min(low + 2, len(before.items)), low) or self.spoken_region(before)
        if where is None or where.several or self.names.is_whole(where):
            return None
        return replace(where, basis="carried", distance=1)

    def spoken_region(self, unit: Unit) -> Where | None:
        """The province of which a sentence speaks without its name: "Claims in the province have hardly budged. It received 39,400"."""
        for i, item in enumerate(unit.items[1:], 1):
            if item.word in self.words.regions and unit.items[i - 1].word in word_set("counts.article"):
                return self.anaphora.before(unit, _ASKED_REACH)
        return None

    def behind_adverb(self, unit: Unit) -> int:
        """Where a sentence begins behind an adverb and its comma: "In fact, Quebec has seen little relief"."""
        front = unit.items[:_ADVERB]
        comma = next((i for i, item in enumerate(front) if item.word == ","), None)
        return 0 if comma is None or any(item.labels or item.period or item.number for item in front[:comma]) else comma + 1

    def at_work(self, unit: Unit, low: int, high: int) -> Where | None:
        """Where those work of whom the clause of a number tells: "Her staff helped 77 people", "claims at our clinic"."""
        owned = any(
            items[0].word in word_set("counts.workplace_owners") and items[1].word in place_words().workplaces
            for items in pairwise(unit.items[low:high])
        )
        if not owned:
            local = any(
                items[0].word in word_set("counts.article") and items[1].word in word_set("counts.local_workplaces")
                for items in pairwise(unit.items[low:high])
            )
            return self.own.local_home if local else None
        for index in range(unit.sentence, max(-1, unit.sentence - 1 - _WORK_REACH), -1):
            span = self.article.sentences[index]
            codes, site = self.names.in_text(span.start, min(span.end, span.start + 2000), cities=True)
            if (where := self.names.only(codes, site)) is not None:
                return replace(where, distance=unit.sentence - index)
            if set(codes) - {self.words.counts.default_place}:
                return None
        return self.own.home or self.own.only_place

    def told_behind(self, found: Found) -> Where | None:
        """The place that the sentence behind gives: "The answer is 19,419. That is how many people walked into Quebec"."""
        behind = told_behind(self.article, self.units, found.unit) if found.unit.cells[-1] is found.cell else None
        where = None if behind is None else self.names.named(behind, 0, len(behind.items), 0)
        return None if where is None else replace(where, basis="carried")

    def taken_over(self, found: Found, context: Context, taken: Found | None) -> Where:
        """The place of the count before that this one goes on from, else the one of which the text speaks."""
        if (asked := self.asked(found, taken)) is not None:
            return asked
        if (fronted := self.fronted(found, taken)) is not None:
            return fronted
        taken = self.before_answer(found, context, taken)
        if taken is not None and self.scattered(found, context, taken) and not found.takes_up and found.kind == "count":
            return Where(self.words.counts.default_place, None, "assumed")
        if taken is not None and (found.leaning or found.of_definite or self.adds_up(found) or self.goes_on(found, taken)):
            dated = any(item.period is not None for item in found.unit.within(found.cell.low, found.cell.high))
            whole = taken.base is not None and found.kind == "count" and not found.takes_up and (taken.kind == "share" or dated)
            base = taken.base if whole and taken.base is not None and taken.base.measure == taken.measure else taken
            return self.from_count(base, found)
        return self.local(found, taken)

    def asked(self, found: Found, taken: Found | None) -> Where | None:
        """The place of a question right before, behind the count that this one would go on from: "Manitoba? Nineteen."."""
        opening = found.unit.items[0].word if found.unit.items else ""
        reach = _ASKED_REACH if opening in word_set("counts.again") else 1
        for index in range(found.unit.sentence - 1, max(-1, found.unit.sentence - 1 - reach), -1):
            if taken is not None and taken.unit.sentence >= index:
                return None
            before = self.units.at(index)
            if follows_question(self.article, index + 1):
                where = self.names.named(before, 0, len(before.items), 0) or self.anaphora.mentioned(index, 1)
                return None if where is None or where.several else replace(where, basis="carried", distance=found.unit.sentence - index)
            if any(item.has("place", "site", "city") for item in before.items):
                return None
        return None

    def fronted(self, found: Found, taken: Found | None) -> Where | None:
        """The place with which the sentence before in the paragraph opens, behind the count that this one would go on from:
        "In Manitoba it has been quiet. We had 14 in September"."""
        index = found.unit.sentence - 1
        if index < 0 or self.article.sentences[index].block != found.unit.block or (taken is not None and taken.unit.sentence >= index):
            return None
        items = self.units.at(index).words_said
        if len(items) < 2 or items[0].word not in word_set("counts.place_prepositions") or not items[1].has("place"):
            return None
        where = self.names.named(self.units.at(index), 0, len(self.units.at(index).items), 0)
        part = where is not None and not where.several and not self.names.is_whole(where)
        return replace(where, basis="carried", distance=1) if part and where is not None and not self.focus.of_whole(found) else None

    def before_answer(self, found: Found, context: Context, taken: Found | None) -> Found | None:
        """The count from which a total goes on, where the one before only answers a question: "Manitoba? Nineteen. The total is 14,125"."""
        total = any(item.has("total") for item in found.unit.within(found.cell.low, found.cell.at))
        if taken is None or not total or not answers(self.article, taken.unit):
            return taken
        rows = [row for row in context.rows if row.unit.sentence < taken.unit.sentence]
        return main_of([row for row in rows if row.unit is rows[-1].unit]) if rows else None

    # ---- named in the cell
    def bracketed(self, unit: Unit, cell: Cell) -> Where | None:
        """The place right before a number in brackets: "followed by British Columbia (102) and Manitoba (80)"."""
        if cell.opening is None or cell.opening.word != "(" or cell.low == 0 or cell.at != cell.low + 1:
            return None
        return self.names.named(unit, cell.low - 1, cell.low, cell.low - 1)

    def of_where(self, unit: Unit, cell: Cell) -> Where | None:
        """The place to which the clause of a number belongs: "were stopped in Quebec, where the total reached 10,043"."""
        items, opening = unit.items, cell.opening
        if opening is None or opening.word not in word_set("counts.where") or not opening.has("opener"):
            return None
        last = next((i for i in range(cell.low - 1, max(-1, cell.low - 3), -1) if items[i].word not in (",", opening.word)), None)
        if last is None or not items[last].has("place", "site", "city"):
            return None
        return None if any(item.has("place", "site", "city") for item in items[cell.low : cell.at]) else self.names.named(unit, last, last + 1, last)

    def statement_end(self, unit: Unit, cell: Cell) -> int:
        """Where the statement of a number ends: its cell, or a clause behind it that tells of something else ("when tents went up at Mill Road")."""
        for i in range(cell.at + 1, cell.high):
            if self.has_subject(unit.items, i):
                return i
            if unit.items[i].labels and unit.items[i].has("opener"):
                behind = unit.items[i : cell.high]
                return cell.high if any(item.has("action", "agent_action", "event", "people", "arrival") for item in behind) else i
        return cell.high

    def has_subject(self, items: list[Item], i: int) -> bool:
        """Whether ", and" begins a clause of which a place is the subject: "double the 6,100 of 2019, and Lund passed Carrick for the first time"."""
        if i + 2 >= len(items) or items[i].word not in word_set("counts.and") or items[i - 1].word != "," or not items[i + 1].has("place", "city"):
            return False
        verb, behind = items[i + 2], items[i + 3] if i + 3 < len(items) else None
        object_ = behind is not None and (behind.has("place", "city") or behind.word in word_set("counts.place_determiners"))
        return verb.has("rise", "fall") or (object_ and not verb.labels and verb.period is None and word_classes().get(verb.word, "V") == "V")

    def of_sum(self, before: list[Found], found: Found) -> Where | None:
        """The one place of the numbers that a number adds up, where it equals their sum."""
        parts = summed(before, found)
        codes = {self.places[id(part)].code for part in parts}
        return self.places[id(parts[0])] if len(codes) == 1 else None

    def part_placed(self, found: Found) -> bool:
        """Whether a place stands behind the share of a whole that is told before it: "Of all crossings in 2022, 91 per cent took place in Quebec"."""
        unit, cell = found.unit, found.cell
        return found.kind == "share" and self.names.named(unit, cell.at + 1, self.statement_end(unit, cell), cell.at) is not None

    def of_all(self, found: Found) -> bool:
        """Whether a share is one of all that there are: "more than half of all claims"."""
        behind = [item.word for item in found.unit.items[found.cell.at + 1 : found.cell.at + 3]]
        return (
            found.kind == "share"
            and " ".join(behind).startswith(word_list("counts.of_all"))
            and not any(item.has("place", "site", "city") for item in found.unit.within(found.cell.at + 1, found.cell.at + 1 + _CITY_BEHIND))
        )

    def subject(self, unit: Unit, cell: Cell) -> Where | None:
        """The place with which a sentence opens before a number that counts nothing: "Quebec, with a fifth of the people, takes in 48 per cent"."""
        if cell.low == 0:
            return None
        aside = inserted_before(unit.items, Cell(cell.at, 0, cell.high))
        last = aside.start if aside else cell.low
        where = self.names.named(unit, 0, last, last)
        if where is None or where.several or self.names.is_whole(where):
            return None
        return replace(where, basis="carried")

    def subject_behind(self, unit: Unit, cell: Cell) -> Where | None:
        """The place that is the subject behind the number from which it moved: "From 1,018 in 2017, Manitoba's count fell to 410"."""
        items = unit.items
        following = next((other for other in unit.cells if other.low == cell.high), None)
        if (
            following is None
            or cell.at == 0
            or items[cell.at - 1].word not in word_set("counts.from")
            or any(not item.is_mark for item in items[: cell.at - 1])
        ):
            return None
        where = self.names.named(unit, cell.at + 1, following.at, following.at)
        return None if where is None or where.several else where

    # ---- taken over
    def like(self, before: list[Found], found: Found) -> Where:
        """The place of the count in the same sentence that this one goes on from."""
        base = before[-1]
        main = main_of(before)
        left = found.cell.at > 0 and found.unit.items[found.cell.at - 1].word in word_set("counts.remaining")
        if left or self.is_whole(base, found):
            return Where(self.words.counts.default_place, None, "assumed")
        if found.cell.compared and main is not None and parts_follow(main, self.names) and not any(row.cell.compared for row in before):
            base = main
        if not found.cell.compared and found.kind == "count" and not found.leaning and found.own_action:
            base = main_of(before) or base
        return self.from_count(base, found)

    def is_whole(self, part: Found, found: Found) -> bool:
        """Whether a number is the whole of which a place took the part before it: "Quebec had received 4,900 of the 5,000"."""
        items, cell = part.unit.items, part.cell
        if found.cell.opening is None or found.cell.opening.word not in word_set("counts.of") or cell.high != found.cell.low or found.kind != "count":
            return False
        if is_rest(part.unit, cell):
            return True
        taken = cell.at > cell.low and items[cell.at - 1].has("neutral")
        return taken and any(item.has("place") for item in items[max(cell.low, cell.at - 4) : cell.at]) and part.kind == "count"

    def from_count(self, base: Found, found: Found) -> Where:
        """The place of a count taken over."""
        where = self.places[id(base)]
        basis = "assumed" if where.basis == "assumed" else "carried"
        return Where(where.code, where.site, basis, where.distance + found.unit.sentence - base.unit.sentence)

    def shared(self, found: Found) -> Where | None:
        """The place behind the next number of a list, where this one has no action: "16 men and five women at Emerson"."""
        unit, cell = found.unit, found.cell
        following = next((other for other in unit.cells if other.low == cell.high), None)
        if following is None or following.opening is None or following.compared:
            return None
        if is_inserted(unit, cell, following) or self.said_again(found, following):
            return self.names.named(unit, following.low, following.high, following.at)
        if following.opening.word not in word_set("counts.joining_openers"):
            return None
        if following.opening.word in word_set("counts.of"):  # of the country's 92,715 it had 59,205
            whole = self.names.named(unit, following.low, following.high, following.at)
            return None if whole is not None and self.names.is_whole(whole) and not whole.several else whole
        if following.opening.word in word_set("counts.and") and any(
            item.has("action", "agent_action", "neutral") for item in unit.within(cell.low, cell.high)
        ):
            return None
        return self.names.named(unit, following.low, following.high, following.at)

    def said_again(self, found: Found, following: Cell) -> bool:
        """Whether the next number says a share again between commas: "three-quarters of the total, 644, were in Quebec"."""
        items = found.unit.items
        if found.kind != "share" or following.opening is None or following.opening.word != "," or following.at != following.low + 1:
            return False
        return following.at + 1 < len(items) and items[following.at + 1].word == ","

    def restated(self, found: Found) -> Where | None:
        """The place behind the per cent that says a number again: "of these, 39,171, or 99 per cent, entered Quebec"."""
        unit, cell = found.unit, found.cell
        following = next((other for other in unit.cells if other.low == cell.high), None)
        if (
            found.kind != "count"
            or following is None
            or following.at - cell.at > _RESTATED_REACH
            or unit.items[following.at - 1].word not in word_set("counts.or")
        ):
            return None
        number = unit.items[following.at].number
        return self.names.named(unit, following.low, following.high, following.at) if number is not None and is_share(number) else None

    def goes_on(self, found: Found, taken: Found) -> bool:
        """ "Around 2,500 crossed in July" right behind a count of the same: a bare number takes its noun, and its place, from there."""
        bare = found.head.kind == "none" if found.kind == "count" else found.kind == "share" and not found.own_action
        alike = bare and found.measure == taken.measure
        return alike and found.unit.sentence - taken.unit.sentence <= 1

    def scattered(self, found: Found, context: Context, taken: Found) -> bool:
        """Whether the sentence taken up, or the whole paragraph before, gives numbers of several places: "British Columbia had 333, Manitoba 27"."""
        rows = [row for row in context.rows if row.unit.block == taken.unit.block and row.kind == "count" and not row.cell.compared]
        if found.unit.block == taken.unit.block:
            rows = [row for row in rows if row.unit is taken.unit]
        country = self.words.counts.default_place
        return len({self.places[id(row)].code for row in rows} - {country}) > 1

    def adds_up(self, found: Found) -> bool:
        """ "That brings the total to 143 people"."""
        ahead = found.unit.items[found.cell.low : found.cell.at]
        return found.takes_up and any(item.has("total") for item in ahead)

    def local(self, found: Found, taken: Found | None) -> Where:
        """Where nothing is named: the report's own place for what happens day by day there, else the country."""
        country = self.words.counts.default_place
        near = taken is not None and (found.unit.sentence - taken.unit.sentence <= 1 or found.unit.block == taken.unit.block)
        home = self.own.home
        if near and taken is not None and home is not None and self.places[id(taken)].code == home.code and not self.focus.of_whole(found):
            return Where(home.code, distance=found.unit.sentence - taken.unit.sentence)
        if (held := self.focus.held(found)) is not None:
            return held
        if (found.per in ("day", "week") or self.seen(found)) and self.own.home is not None and self.own.home.site is not None:
            return self.own.home
        if self.own.home is not None and self.own.home.site is not None and taken is None and self.opens(found) and not self.focus.of_whole(found):
            return self.own.home
        if self.seen(found) and self.own.only_place is not None and not self.focus.of_whole(found):
            return self.own.only_place
        if self.own.story is not None and not self.focus.of_whole(found) and not self.opened_nationally():
            return Where(self.own.story, None, "assumed")
        return Where(country, None, "assumed")

    @cached_property
    def first_count(self) -> Found | None:
        """The count that the report tells first."""
        return next((found for i in range(len(self.article.sentences)) for found in self.counted(i)[:1]), None)

    def opened_nationally(self) -> bool:
        """Whether the first count of the report is one of the whole country, so that it tells of no local story alone."""
        first = self.first_count
        return first is not None and id(first) in self.places and self.places[id(first)].code == self.words.counts.default_place

    def opens(self, found: Found) -> bool:
        """Whether a count stands in the first two paragraphs of a report: what it opens with happened where it was written."""
        body = [i for i, block in enumerate(self.article.blocks) if block.zone == "body"][:_LEDE]
        return found.unit.block in body

    def seen(self, found: Found) -> bool:
        """Whether a count is of one day and nobody is credited: what a report from a crossing has seen there."""
        cell, items = found.cell, found.unit.items
        days = [item.period for item in items[cell.low : cell.high] if item.period is not None]
        weekend = bool(days) and ("weekend" in days[0].parts or "weekend" in days[0].parts.values())
        watched = weekend or (bool(days) and may(days[0], "act_day"))
        return watched and not any(item.has("agent", "data") or item.word in self.words.national for item in items)
