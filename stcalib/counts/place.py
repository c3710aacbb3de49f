"""Where the flow of a count arrived: the place that its own cell names, or that of the count it goes on from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise

from stcalib.counts.candidate import Context, Found, main_of, summed
from stcalib.counts.cells import is_inserted, is_share
from stcalib.counts.read_units import Units
from stcalib.counts.units import Cell, Item, Unit
from stcalib.counts.words import WORD, Words, plain_word
from stcalib.language.lexicon import Counting, load_lexicon
from stcalib.language.people_words import role_words
from stcalib.syntax.focus import ENDED, HEADING, Rival, Stretch
from stcalib.text.article import Article

_PARTLY_REACH = 6
FOCUS_REACH = 2
"""Sentences over which a place that was spoken of is held."""
_RESTATED_REACH = 3
_CITY_REACH = 4
_LISTING = frozenset(", and or in the of as well as & from".split())
_NATIONAL = frozenset({"federal", "federally", "nationally", "canada", "canadian", "ottawa"})
_OWNERS = frozenset("the that his her its their our".split())
_SUBJECTS = frozenset({"province"})
_SPOKE = frozenset("says said wants asked asks puts put estimates estimated expects and or of".split())
_NONE = frozenset({"none", "nobody"})
_AGENT_AGAIN = frozenset("it they".split())
SUBJECT = "subject"
"""The basis of a place that is the subject of a sentence about its flow: "Manitoba saw a drop in crossings"."""
_POINTING = frozenset("that this".split())
_POINTED_REACH = 12
"""Sentences in which the place to which "this spot" points is looked for."""
_BE = frozenset("is was has been being".split())


@cache
def _words() -> Counting:
    return load_lexicon().counting


@dataclass(frozen=True, slots=True)
class Where:
    """A place of the codebook, the named crossing within it, how it is known (see `rows.PLACE_BASES`), and from how many sentences back."""

    code: str | None
    site: str | None = None
    basis: str = "carried"
    distance: int = 0

    @property
    def several(self) -> bool:
        """Whether the text names several places."""
        return self.basis == "several"


class Map:
    """Gives each count of an article its place, in order."""

    def __init__(self, article: Article, units: Units, words: Words, places: dict[int, Where], counted: Callable[[int], list[Found]]) -> None:
        self.article = article
        self.units = units
        self.words = words
        self.places = places
        self.counted = counted
        self.slot = units.focus.slot(self.sets)
        self._home: Where | None = None

    def place(self, found: Found, before: list[Found], context: Context) -> Where:
        """The place of a count; `before` are the counts of its sentence, `context` those of the sentences before."""
        unit, cell = found.unit, found.cell
        if (bracketed := self.bracketed(unit, cell)) is not None:
            return bracketed
        if self.in_all(unit, cell):
            return self.of_sum(before, found) or Where(self.words.counts.default_place, None, "named")
        if self.national(unit, cell):
            return Where(self.words.counts.default_place, None, "named")
        together = any(item.word == "respectively" for item in unit.items)
        named = self.named(unit, *((0, len(unit.items)) if together else (cell.low, cell.high)), cell.at)
        taken = context.main(unit.sentence)
        country = self.words.counts.default_place
        if named is not None and not (before and found.kind == "share" and named.code == country):
            nearer = self.anaphor(unit, cell.low, cell.high, taken) if named.code == country and not named.several else None
            return nearer or named
        if (restated := self.restated(found)) is not None:
            return restated
        if self.parts_follow(found):
            return Where(country, None, "named")
        if (anaphor := self.anaphor(unit, cell.low, cell.high, taken)) is not None:
            return anaphor
        if before:
            return self.like(before, found)
        if (shared := self.shared(found)) is not None:
            return shared
        if taken is not None and self.scattered(found, context, taken) and not found.takes_up and found.kind == "count":
            return Where(country, None, "assumed")
        if taken is not None and (found.leaning or self.adds_up(found) or self.goes_on(found, taken)):
            dated = any(item.period is not None for item in unit.within(cell.low, cell.high))
            whole = taken.base is not None and found.kind == "count" and not found.takes_up and (taken.kind == "share" or dated)
            base = taken.base if whole and taken.base is not None else taken
            return self.from_count(base, found)
        return self.local(found, taken)

    # ---- named in the cell
    def named(self, unit: Unit, low: int, high: int, at: int) -> Where | None:
        """The place that the items `low`..`high` name as that of the number at `at`; the whole where they name several."""
        codes: list[tuple[str, int]] = []
        sites: list[str] = []
        whole: str | None = None
        origins: list[str] = []
        first, last = unit.segment(at)
        for i in range(low, high):
            item = unit.items[i]
            if i > at and (item.word in _NONE or item.has("compared")):
                break
            if item.has("place") and i + 1 < high and unit.items[i + 1].word in _NONE:
                continue
            if not item.has("place", "site", "city", "origin") or self.of_somebody(unit.items, i) or self.closing(unit.items, i):
                continue
            if self.only_partly(unit.items, i, at, low):
                whole = self.words.counts.default_place
                continue
            site, place, city, origin = (item.label(kind) for kind in ("site", "place", "city", "origin"))
            if place is not None and not self.is_name(item.start, item.end, place.value):
                continue
            if site is not None:
                sites.append(site.value)
                codes.append((self.words.site_places[site.value], i))
            elif place is not None and not self.from_there(unit.items, i):
                codes.append((place.value, i))
            elif city is not None and self.counted_there(unit, i, at):
                codes.append((city.value, i))
            elif origin is not None and self.from_there(unit.items, i):
                origins.append(origin.value)
        if (one := self.respective(unit, at, codes)) is not None:
            return one
        if len({code for code, _ in codes}) > 1 and not self.listed(unit.items, [i for _, i in codes]):
            codes = [(code, i) for code, i in codes if first <= i < last] or codes
        return self._one(unit.items, codes, sites, whole, origins)

    def counted_there(self, unit: Unit, i: int, at: int) -> bool:
        """Whether a city is where a number was counted: "200 in Montreal", "Toronto saw 12,900", "at Vancouver's airport there were 1,850"."""
        items = unit.items
        if i < at:
            return at - i <= _CITY_REACH and items[at - 1].has("neutral") and not items[i + 1].is_mark
        first, last = unit.segment(at)
        return at < i and first <= i < last and items[i - 1].word in _words().toward

    def bracketed(self, unit: Unit, cell: Cell) -> Where | None:
        """The place right before a number in brackets: "followed by British Columbia (102) and Manitoba (80)"."""
        if cell.opening is None or cell.opening.word != "(" or cell.low == 0 or cell.at != cell.low + 1:
            return None
        return self.named(unit, cell.low - 1, cell.low, cell.low - 1)

    def in_all(self, unit: Unit, cell: Cell) -> bool:
        """Whether "in all" or "nationally" stands right behind a number and closes its part of the sentence."""
        behind = unit.items[cell.at + 1 : cell.at + 3]
        return bool(behind) and behind[0].has("summing") and (len(behind) == 1 or behind[1].is_mark)

    def of_sum(self, before: list[Found], found: Found) -> Where | None:
        """The one place of the numbers that a number adds up, where it equals their sum."""
        parts = summed(before, found)
        codes = {self.places[id(part)].code for part in parts}
        return self.places[id(parts[0])] if len(codes) == 1 else None

    def national(self, unit: Unit, cell: Cell) -> bool:
        """Whether a number is said to be that of the country: "the national figure was 859"."""
        ahead = unit.items[cell.low : cell.at]
        return any(item.word in _words().whole and following.has("total", "event") for item, following in pairwise(ahead))

    def is_name(self, start: int, end: int, code: str) -> bool:
        """Whether words are the name of a place and not words like it: "Man." and "Ont." have a capital and a stop or comma."""
        text = self.article.plain
        words = text[start:end]
        if words.islower():
            return code == self.words.counts.default_place
        return words.lower() not in self.words.shortened or text.startswith(".", end) or text.endswith(", ", 0, start)

    def _one(self, items: list[Item], codes: list[tuple[str, int]], sites: list[str], whole: str | None, origins: list[str]) -> Where | None:
        country = self.words.counts.default_place
        parts = list(dict.fromkeys(code for code, _ in codes if code != country))
        if len(parts) > 1 and not self.listed(items, [i for code, i in codes if code != country]):
            parts = parts[:1]
        if len(parts) == 1:
            fitting = [site for site in sites if self.words.site_places[site] == parts[0]]
            return Where(parts[0], fitting[0] if fitting else None, "named")
        if len(parts) > 1:
            return Where(country, None, "several")
        if len(set(origins)) == 1 and whole is None:
            return Where(origins[0], None, "named")
        return Where(country, None, "named") if codes or whole else None

    def respective(self, unit: Unit, at: int, codes: list[tuple[str, int]]) -> Where | None:
        """ "Quebec and Manitoba … 644 and 170, respectively": the first for the first, the second for the second."""
        order = [cell.at for cell in unit.cells]
        if len(codes) != len(order) or at not in order or not any(item.word == "respectively" for item in unit.items):
            return None
        return Where(codes[order.index(at)][0], None, "named")

    def listed(self, items: list[Item], at: list[int]) -> bool:
        """Whether places stand in one list: "Quebec, Manitoba and B.C."."""
        return all(item.word in _LISTING or item.has("place", "site", "city") for a, b in pairwise(at) for item in items[a:b])

    def closing(self, items: list[Item], i: int) -> bool:
        """Whether the place is only spoken of as closed or opened: "the closure of Mill Road", "Mill Road was shut"."""
        behind = items[i + 1 : i + 3]
        if behind and behind[0].word in _BE:
            behind = behind[1:]
        return any(item.word in _words().closing for item in (*items[max(0, i - 3) : i], *behind[:1]))

    def of_somebody(self, items: list[Item], i: int) -> bool:
        """Whether the place only tells whose somebody is: "Quebec Immigration Minister", "Manitoba's premier"."""
        ahead = items[i + 1] if i + 1 < len(items) else None
        if ahead is None:
            return False
        if ahead.word in _words().owned or ahead.word in role_words():
            return True
        if ahead.has("agent") and any(label.kind == "place" and label.value == self.words.counts.default_place for label in items[i].labels):
            return True
        return items[i].possessive and any(item.word in role_words() or item.word in _words().owned for item in items[i + 1 : i + 4])

    def only_partly(self, items: list[Item], i: int, at: int, low: int) -> bool:
        """Whether the place is that of the larger part only: "most of them in Quebec"."""
        for k in range(i - 1, low - 1, -1):
            if k == at or items[k].has("opener") or items[k].word == ";" or (items[k].word == "," and not items[k - 1].has("place", "site", "city")):
                return False
            if items[k].has("partly") and items[k].word not in ("some", "many"):
                return k > at
            if items[k].has("partly") and i - k <= _PARTLY_REACH:
                return k > at
        return False

    def from_there(self, items: list[Item], i: int) -> bool:
        """Whether the place is where they came from."""
        return any(item.word in ("from", "leaving", "left", "fleeing") for item in items[max(0, i - 3) : i]) and not any(
            item.word in _words().toward for item in items[max(0, i - 1) : i]
        )

    def parts_follow(self, found: Found) -> bool:
        """Whether the numbers behind a total are its parts in several places: "7,612 - 7,307 in Quebec, 153 in B.C."."""
        unit, cell = found.unit, found.cell
        if found.kind != "count":
            return False
        codes = set()
        for other in unit.cells:
            if other.low < cell.high or other.compared:
                continue
            where = self.named(unit, other.low, other.high, other.at)
            if where is None or where.code == self.words.counts.default_place:
                break
            codes.add(where.code)
        return len(codes) > 1

    # ---- what sentences and headings set the focus to
    def sets(self, stretch: Stretch) -> Where | Rival | None:
        """The place that a stretch makes the text speak of: that of its count, or one where people arrive."""
        if stretch.kind == HEADING:
            codes, site = self.in_text(stretch.start, stretch.end)
            parts = {code for code in codes if code != self.words.counts.default_place}
            return Where(parts.pop(), site) if len(parts) == 1 else None
        counted = [found for found in self.counted(stretch.sentence) if id(found) in self.places]
        if counted:
            return self.of_counts(counted)
        return self.of_words(self.units.at(stretch.sentence))

    def of_counts(self, counted: list[Found]) -> Where | Rival | None:
        """The one place of the counts of a sentence; several or the whole end what was held."""
        main = [self.places[id(found)] for found in counted if not found.cell.compared]
        where = main[0] if main else self.places[id(counted[0])]
        codes = {other.code for other in main} - {self.words.counts.default_place}
        if len(codes) == 1 and where.code in codes:
            return where
        return ENDED

    def of_words(self, unit: Unit) -> Where | Rival | None:
        """The one place of a sentence without a count: a named crossing, or a place of which it says that people arrive."""
        country = self.words.counts.default_place
        if any(item.has("forecast", "poll") for item in unit.items):
            return None
        moves = any(item.has("action", "event", "people", "arrival") for item in unit.items)
        where = self.named(unit, 0, len(unit.items), 0)
        if where is None:
            return None
        if where.several:
            return ENDED if moves else None
        if where.code == country:
            toward = any(
                unit.items[i].has("place") and unit.items[i - 1].word not in _words().toward and not unit.items[i].possessive
                for i in range(1, len(unit.items))
            )
            return ENDED if moves and toward else None
        if moves and any(item.has("place") for item in unit.items[:2]) and any(item.has("neutral", "rise", "fall") for item in unit.items[1:4]):
            return replace(where, basis=SUBJECT)
        return where if moves or where.site is not None else None

    # ---- taken over
    def like(self, before: list[Found], found: Found) -> Where:
        """The place of the count in the same sentence that this one goes on from."""
        base = before[-1]
        main = main_of(before)
        if found.cell.compared and main is not None and self.parts_follow(main) and not any(row.cell.compared for row in before):
            base = main
        if not found.cell.compared and found.kind == "count" and not found.leaning and found.own_action:
            base = main_of(before) or base
        return self.from_count(base, found)

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
            return self.named(unit, following.low, following.high, following.at)
        if following.opening.word not in ("and", "of"):
            return None
        if following.opening.word == "and" and any(item.has("action", "agent_action", "neutral") for item in unit.within(cell.low, cell.high)):
            return None
        return self.named(unit, following.low, following.high, following.at)

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
        if found.kind != "count" or following is None or following.at - cell.at > _RESTATED_REACH or unit.items[following.at - 1].word != "or":
            return None
        number = unit.items[following.at].number
        return self.named(unit, following.low, following.high, following.at) if number is not None and is_share(number) else None

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

    def anaphor(self, unit: Unit, low: int, high: int, taken: Found | None) -> Where | None:
        """ "there", "that province", "here": the place named before, or that of the dateline."""
        for i in range(low, high):
            word = unit.items[i].word
            ahead = unit.items[i + 1].word if i + 1 < len(unit.items) else ""
            if word.startswith(("the ", "that ", "this ")):
                word, _, ahead = word.partition(" ")
            spot = ahead in _words().spots
            that = spot and (word in _POINTING or (word == "the" and i > 0 and unit.items[i - 1].word in _words().toward))
            if word == "there" and ahead in ("were", "was", "have", "has", "had", "are", "is", "been"):
                continue
            subject = word in _OWNERS and ahead in _SUBJECTS and self.acts(unit, i, high)
            if that or subject or word == "there":
                where = (self.home if word == "this" else None) or self.before(unit, taken, _POINTED_REACH if word in _POINTING else 2)
                if where is not None:
                    return where
            if word == "here" or (that and word != "that"):
                home = self.home
                if home is not None:
                    return home
        return None

    def acts(self, unit: Unit, i: int, high: int) -> bool:
        """Whether "the province" at `i` is what takes people in, and not who speaks: "The province took in 65,570"."""
        joined = " " in unit.items[i].word
        behind = unit.items[i + (1 if joined else 2) : high]
        return bool(behind) and not behind[0].has("dated") and not behind[0].word.startswith(("'", "’")) and behind[0].word not in _SPOKE

    def before(self, unit: Unit, taken: Found | None, reach: int) -> Where | None:
        """The place that the sentence or those before name last."""
        named = self.named(unit, 0, len(unit.items), 0)
        if named is not None and named.code != self.words.counts.default_place:
            return named
        return self.mentioned(unit.sentence - 1, reach) or (self.places[id(taken)] if taken is not None else None)

    def mentioned(self, sentence: int, reach: int) -> Where | None:
        """The one place below the country that a sentence, or one of the `reach` before it, names."""
        country = self.words.counts.default_place
        for index in range(sentence, max(-1, sentence - reach), -1):
            if index < 0 or index >= len(self.article.sentences):
                continue
            span = self.article.sentences[index]
            codes, site = self.in_text(span.start, min(span.end, span.start + 2000))
            parts = [code for code in codes if code != country]
            if len(set(parts)) == 1:
                return Where(parts[0], site)
            if parts:
                return None
        return None

    def in_text(self, start: int, end: int, *, cities: bool = False) -> tuple[list[str], str | None]:
        """The codes of the places that a stretch of the text names, with `cities` those of its cities too, and the first named crossing."""
        spans = [match.span() for match in WORD.finditer(self.article.plain, start, end)]
        words = [plain_word(self.article.plain[a:b]) for a, b in spans]
        codes: list[str] = []
        site: str | None = None
        i = 0
        while i < len(words):
            length, labels = self.words.vocabulary.match(words, i)
            for label in labels:
                if label.kind == "site":
                    site = site or label.value
                    codes.append(self.words.site_places[label.value])
                named = label.kind == "place" and self.is_name(spans[i][0], spans[i + length - 1][1], label.value)
                if named or (cities and label.kind == "city"):
                    codes.append(label.value)
            i += max(1, length)
        return codes, site

    @property
    def home(self) -> Where | None:
        """The place of the report itself: that of a named crossing in its dateline or headline."""
        if self._home is None:
            self._home = Where(None)
            for block in self.article.blocks:
                if block.zone in ("dateline", "headline", "byline"):
                    codes, site = self.in_text(block.start, block.end, cities=block.zone == "dateline")
                    if site is not None and (block.zone in ("dateline", "byline") or len(set(codes)) == 1):
                        self._home = Where(self.words.site_places[site], site)
                        break
                    parts = {code for code in codes if code != self.words.counts.default_place}
                    if len(parts) == 1:
                        self._home = Where(parts.pop())
        return self._home if self._home.code is not None else None

    def local(self, found: Found, taken: Found | None) -> Where:
        """Where nothing is named: the report's own place for what happens day by day there, else the country."""
        country = self.words.counts.default_place
        near = taken is not None and (found.unit.sentence - taken.unit.sentence <= 1 or found.unit.block == taken.unit.block)
        if near and taken is not None and self.home is not None and self.places[id(taken)].code == self.home.code and not self.of_whole(found):
            return Where(self.home.code, distance=found.unit.sentence - taken.unit.sentence)
        if (held := self.held(found)) is not None:
            return held
        if (found.per in ("day", "week") or self.seen(found)) and self.home is not None and self.home.site is not None:
            return self.home
        if self.story is not None and not self.of_whole(found):
            return Where(self.story, None, "assumed")
        return Where(country, None, "assumed")

    def held(self, found: Found) -> Where | None:
        """The place that the sentences before, or the heading, speak of, where the sentence brings no body of the whole country."""
        sentence = found.unit.sentence
        held = self.slot.held(sentence, FOCUS_REACH)
        if held is None:
            return None
        here = self.article.sentences[sentence - held.distance].block == found.unit.block
        if not (held.value.basis == SUBJECT and held.distance == 1) and self.of_whole(found, here=here):
            return None
        if self.other_measure(found, sentence - held.distance, here=here):
            return None
        return Where(held.value.code, held.value.site, "carried", held.distance)

    def other_measure(self, found: Found, sentence: int, *, here: bool) -> bool:
        """Whether the sentence that set the place counts something else: claims, where this one counts people.

        In another paragraph any other measure is something else.
        """
        measures = {row.measure for row in self.counted(sentence)}
        if found.leaning or not measures:
            return False
        if self.words.measures[found.measure].unit not in {self.words.measures[measure].unit for measure in measures}:
            return True
        return not here and not measures & {found.measure, self.words.counts.site_measure} and found.measure != self.words.counts.site_measure

    def of_whole(self, found: Found, *, here: bool = False) -> bool:
        """Whether a sentence brings a subject of its own that stands for the whole country: "the RCMP intercepted", "federal figures".

        In another paragraph, unless what happened on one day is told, any body that acts does: "In January, police intercepted 4,994".
        """
        items = found.unit.items
        local = here or self.of_a_day(found)
        for i, item in enumerate(items):
            if item.word in _NATIONAL or item.has("summing") or item.word in _words().whole:
                return True
            if item.has("agent") and (item.word in self.words.credits or not local) and not self.credited(items, i):
                return True
            if item.has("event") and item.word.endswith("crossings") and i > 0 and items[i - 1].word in _words().toward:
                return True
        return self.with_part(found)

    def with_part(self, found: Found) -> bool:
        """Whether a part of the number is placed behind it, so that the number is that of more places: "39,540 people; of these, 39,171 entered Quebec"."""
        unit = found.unit
        for other in unit.cells:
            near = unit.within(other.low, min(other.high, other.at + 3))
            if other.low >= found.cell.high and found.kind == "count" and any(item.has("partitive") or item.word == "including" for item in near):
                return self.named(unit, other.low, other.high, other.at) is not None
        return False

    def of_a_day(self, found: Found) -> bool:
        """Whether the clause of a number tells what happened on one day."""
        days = [item.period for item in found.unit.items[found.cell.low : found.cell.high] if item.period is not None]
        days = days or [item.period for item in found.unit.items[: found.cell.low] if item.period is not None]
        return bool(days) and days[0].shape in ("weekday", "day", "date")

    def credited(self, items: list[Item], i: int) -> bool:
        """Whether a body only stands for figures: "figures from the agency show", "the agency says"."""
        before, behind = items[max(0, i - 3) : i], items[i + 1 : i + 2]
        of_figures = any(item.has("data") or item.word in ("according", "by") for item in before)
        acts = any(item.word in _AGENT_AGAIN for item in items[i + 2 : i + 5])
        return of_figures or (any(item.has("data_verb") and item.has("dated") for item in behind) and not acts)

    def seen(self, found: Found) -> bool:
        """Whether a count is of one day and nobody is credited: what a report from a crossing has seen there."""
        cell, items = found.cell, found.unit.items
        days = [item.period for item in items[cell.low : cell.high] if item.period is not None]
        watched = bool(days) and days[0].shape in ("weekday", "day", "date")
        return watched and not any(item.has("agent", "data") or item.word in _NATIONAL for item in items)

    @cached_property
    def story(self) -> str | None:
        """The one place below the country of a local story: a crossing that its headline names, or what both headline and dateline do."""
        named: dict[str, set[str]] = {"headline": set(), "dateline": set()}
        sites = set()
        for block in self.article.blocks:
            if block.zone in named:
                codes, site = self.in_text(block.start, block.end, cities=block.zone == "dateline")
                if block.zone == "headline" and site is not None:
                    sites.add(site)
                named[block.zone].update(code for code in codes if code != self.words.counts.default_place)
        if len(named["headline"]) == 1 and sites and named["dateline"] <= named["headline"]:
            return next(iter(named["headline"]))
        both = named["headline"] & named["dateline"]
        return next(iter(both)) if len(both) == 1 and named["headline"] == both else None
