"""Which places the words of a sentence name, and which they only speak of: closed, left, or whose somebody is."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from stcalib.counts.body_names import outside_names
from stcalib.counts.number_subjects import are_spots
from stcalib.counts.units import Item, Unit
from stcalib.counts.words import WORD, Label, Words, plain_word
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import Counting, load_lexicon
from stcalib.language.people_words import role_words
from stcalib.language.word_sets import word_list, word_set
from stcalib.numbers.find import MULTIPLE
from stcalib.text.article import Article

_PARTLY_REACH = 6
_CITY_REACH = 4
_DENIED_REACH = 5
_OPENING_PLACE = 2
"""Items at the head of a sentence within which a city is where all of it happens: "In Montreal, officials said …"."""
_NONE = frozenset({"none", "nobody"})


@by_language
def place_words() -> Counting:
    """The words of the language that go with places."""
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


@dataclass(slots=True)
class _Named:
    """The places named for a number: codes with their items, crossings, places of origin, and the whole where a part is left out."""

    codes: list[tuple[str, int]] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    whole: str | None = None


def is_left_out(items: list[Item], i: int) -> bool:
    """Whether a place is left out: "police outside Quebec"."""
    return any(item.word in place_words().excluding for item in items[max(0, i - 2) : i])


def is_denied(items: list[Item], i: int, low: int) -> bool:
    """Whether a place is one where they were not: "never saw Mill Road", "did not come through Emerson"."""
    for item in reversed(items[max(low, i - _DENIED_REACH) : i]):
        if item.is_mark or item.number is not None or item.has("people", "event"):
            return False
        if item.word in word_set("counts.denials") or item.word.endswith("n't"):
            return True
    return False


class PlaceNames:
    """Reads the names of places in an article with a codebook's words."""

    def __init__(self, article: Article, words: Words) -> None:
        self.article = article
        self.words = words

    def named(self, unit: Unit, low: int, high: int, at: int) -> Where | None:
        """The place that the items `low`..`high` name as that of the number at `at`; the whole where they name several."""
        if not unit.knows("place", "site", "city", "origin"):
            return None
        found = _Named()
        country = self.words.counts.default_place
        first, last = unit.segment(at)
        for i in range(low, high):
            item = unit.items[i]
            if i > at and (item.word in _NONE or item.word == ";" or (item.labels and item.has("compared"))):
                break
            if not item.labels or not item.has("place", "site", "city", "origin") or not self.is_told(unit.items, i, high):
                continue
            if self.and_elsewhere(unit.items, i) and (found.codes or found.origins):
                return Where(country, None, "several")
            left_out = i > low and (is_left_out(unit.items, i) or is_denied(unit.items, i, low))
            if left_out or (unit.items[i].has("place", "site", "city") and self.only_partly(unit.items, i, at, low)):
                found.whole = country
            else:
                self.add(found, unit, i, at)
        codes = found.codes
        if (one := self.respective(unit, at, codes)) is not None:
            return one
        if len({code for code, _ in codes}) > 1 and not self.listed(unit.items, [i for _, i in codes]):
            near = [(code, i) for code, i in codes if first <= i < last]
            told_of = first > 1 and unit.items[first].word in word_set("counts.which") and any(i == first - 2 for _, i in codes)
            found.codes = codes if told_of and all(code == country for code, _ in near) else near or codes
        return self._one(unit.items, found.codes, found.sites, found.whole, found.origins)

    def is_told(self, items: list[Item], i: int, high: int) -> bool:
        """Whether a place is one where something is said to happen: not "none in Quebec", nor whose somebody is, nor closed."""
        none = items[i].has("place") and i + 1 < high and items[i + 1].word in _NONE
        return not none and not self.of_somebody(items, i) and not self.closing(items, i) and not self.measured_against(items, i)

    def measured_against(self, items: list[Item], i: int) -> bool:
        """Whether a number is only measured against that of the place: "15,200, nearly twice Ontario's total"."""
        number = items[i - 1].number if i else None
        multiple = (number is not None and number.form == MULTIPLE) or (i > 0 and items[i - 1].word in word_set("counts.multiples"))
        return multiple and items[i].possessive and i + 1 < len(items) and items[i + 1].has("total", "event", "data")

    def add(self, found: _Named, unit: Unit, i: int, at: int) -> None:
        """Adds the place at item `i` to those named for the number at `at`."""
        item = unit.items[i]
        site, place, city, origin = (item.label(kind) for kind in ("site", "place", "city", "origin"))
        if place is not None and not self.is_name(item.start, item.end, place.value):
            return
        if site is not None:
            found.sites.append(site.value)
            found.codes.append((self.words.site_places[site.value], i))
        elif place is not None and not self.from_there(unit.items, i):
            found.codes.append((place.value, i))
        elif city is not None and self.counted_there(unit, i, at):
            found.codes.append((city.value, i))
        elif origin is not None and self.from_there(unit.items, i):
            found.origins.append(origin.value)

    def and_elsewhere(self, items: list[Item], i: int) -> bool:
        """Whether an item adds all other places to the one named before it: "at Mill Road and elsewhere along the line"."""
        return items[i].word.split(" ")[0] in place_words().elsewhere and i > 0 and items[i - 1].word in word_set("counts.and")

    def counted_there(self, unit: Unit, i: int, at: int) -> bool:
        """Whether a city is where a number was counted: "200 in Montreal", "Toronto saw 12,900", "at Vancouver's airport there were 1,850"."""
        items = unit.items
        behind = items[i + 1] if i + 1 < len(items) else None
        if 0 < i < at and i <= _OPENING_PLACE and items[i - 1].word in place_words().toward:
            return True
        if i == at - 1 and (items[i].possessive or any(item.has("city") for item in items[:i])):
            return True
        if i < at and (behind is None or behind.is_mark):
            return False
        if i < at and i <= 1 and behind is not None and (items[i].possessive or behind.has("neutral")):
            return True
        if i < at:
            return at - i <= _CITY_REACH and items[at - 1].has("neutral")
        first, last = unit.segment(at)
        if i - 2 > at and items[i - 1].word in word_set("counts.and_or") and items[i - 2].has("city"):
            return self.counted_there(unit, i - 2, at)
        return at < i and first <= i < last and items[i - 1].word in place_words().toward

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
            return Where(parts[0], self._site(sites, parts[0]), "named")
        if len(parts) > 1:
            return Where(country, None, "several")
        if len(set(origins)) == 1 and whole is None:
            return Where(origins[0], None, "named")
        return Where(country, None if whole else self._site(sites, country), "named") if codes or whole else None

    def _site(self, sites: list[str], place: str | None) -> str | None:
        """The first of the named crossings that lies in a place."""
        return next((site for site in sites if self.words.site_places[site] == place), None)

    def is_whole(self, where: Where) -> bool:
        """Whether a place is the codebook's whole, and no crossing that lies in no part of it."""
        return where.code == self.words.counts.default_place and where.site is None

    def only(self, codes: list[str], site: str | None) -> Where | None:
        """The one place below the whole among those of a stretch, with its crossing; where a crossing lies in no part, the whole with it."""
        country = self.words.counts.default_place
        parts = list(dict.fromkeys(code for code in codes if code != country))
        code = parts[0] if len(parts) == 1 else country if site is not None and not parts else None
        return None if code is None else Where(code, self._site([site] if site is not None else [], code))

    def respective(self, unit: Unit, at: int, codes: list[tuple[str, int]]) -> Where | None:
        """ "Quebec and Manitoba … 644 and 170, respectively": the first for the first, the second for the second."""
        order = [cell.at for cell in unit.cells]
        if (
            len(codes) < 2
            or len(order) % len(codes)
            or at not in order
            or not (unit.says(word_set("counts.respectively")) or (len(order) == len(codes) and self.side_by_side(unit)))
        ):
            return None
        return Where(codes[order.index(at) % len(codes)][0], None, "named")

    def side_by_side(self, unit: Unit) -> bool:
        """Whether the numbers of a sentence stand in one list behind one of places: "Manitoba and British Columbia had 302 and 271"."""
        order = [cell.at for cell in unit.cells]
        if len(order) < 2 or any(cell.partner is not None or cell.compared for cell in unit.cells):
            return False
        joints = word_set("counts.added") | word_set("counts.and")
        if any(item.word not in joints for a, b in pairwise(order) for item in unit.items[a + 1 : b]):
            return False
        named = [i for i, item in enumerate(unit.items) if item.has("place", "site")]
        between = unit.items[named[-1] + 1 : order[0]] if named else []
        return len(named) == len(order) and named[-1] < order[0] and all(item.has("neutral") for item in between) and self.listed(unit.items, named)

    def listed(self, items: list[Item], at: list[int]) -> bool:
        """Whether places stand in one list: "Quebec, Manitoba and B.C."."""
        return all(item.word in word_set("counts.listing") or item.has("place", "site", "city") for a, b in pairwise(at) for item in items[a:b])

    def closing(self, items: list[Item], i: int) -> bool:
        """Whether the place is only spoken of as closed or opened: "the closure of Mill Road", "Mill Road was shut"."""
        behind = items[i + 1 : i + 3]
        if behind and behind[0].word in word_set("counts.place_names_be"):
            behind = behind[1:]
        return any(item.word in place_words().closing for item in (*items[max(0, i - 3) : i], *behind[:1]))

    def of_somebody(self, items: list[Item], i: int) -> bool:
        """Whether the place only tells whose somebody is: "Quebec Immigration Minister", "Manitoba's premier"."""
        ahead = items[i + 1] if i + 1 < len(items) else None
        if ahead is None:
            return False
        if items[i].possessive and ahead.has("excluded") and not ahead.has("event", "people") and not are_spots(ahead):
            return True
        if self.is_owned(items, i + 1):
            return True
        if ahead.has("agent") and any(label.kind == "place" and label.value == self.words.counts.default_place for label in items[i].labels):
            return True
        return items[i].possessive and any(self.is_owned(items, k) for k in range(i + 1, min(i + 4, len(items))))

    def is_owned(self, items: list[Item], i: int) -> bool:
        """Whether a word behind a place is for somebody there, or for their figures: not "official ports", nor "the Quebec figures were"."""
        if items[i].word not in role_words() and items[i].word not in place_words().owned:
            return False
        ahead = items[i + 1] if i + 1 < len(items) else None
        if ahead is None:
            return True
        if items[i].has("data"):
            return ahead.word not in word_set("counts.be")
        return ahead.word not in word_set("counts.ports")

    def only_partly(self, items: list[Item], i: int, at: int, low: int) -> bool:
        """Whether the place is that of the larger part only: "most of them in Quebec"."""
        for k in range(i - 1, low - 1, -1):
            if k == at or items[k].has("opener") or items[k].word == ";" or (items[k].word == "," and not items[k - 1].has("place", "site", "city")):
                return False
            if not items[k].has("partly") or (k and items[k - 1].word in word_set("counts.how")):
                continue
            if items[k].word not in word_set("counts.indefinite_parts") or i - k <= _PARTLY_REACH:
                return k > at
        return False

    def from_there(self, items: list[Item], i: int) -> bool:
        """Whether the place is where they came from, and not where they were "sent back from"."""
        left = next((k for k in range(max(0, i - 3), i) if items[k].word.rpartition(" ")[2] in word_set("counts.leaving")), None)
        if left is None or any(item.is_mark for item in items[left:i]):
            return False
        if left and items[left - 1].has("action") and items[left - 1].word.endswith(word_list("counts.sent_back_ends")):
            return False
        return not any(item.word in place_words().toward for item in items[max(0, i - 1) : i])

    def sites_in(self, start: int, end: int) -> list[str]:
        """The named crossings of a stretch of the text, in order."""
        spans, words = self._words(start, end)
        found = (self._labels(spans, words, i) for i in range(len(words)) if words[i] in self.words.vocabulary.first_words)
        return [label.value for _, labels in found for label in labels if label.kind == "site"]

    def _words(self, start: int, end: int) -> tuple[list[tuple[int, int]], list[str]]:
        """The words of a stretch of the text with their places."""
        spans = [match.span() for match in WORD.finditer(self.article.plain, start, end)]
        return spans, [plain_word(self.article.plain[a:b]) for a, b in spans]

    def _labels(self, spans: list[tuple[int, int]], words: list[str], i: int) -> tuple[int, tuple[Label, ...]]:
        """How many words from the word `i` on make the longest phrase, and what it is outside the names of bodies."""
        length, labels = self.words.vocabulary.match(words, i)
        if not labels:
            return length, labels
        return length, outside_names(labels, self.article.plain, spans[i][0], spans[i + length - 1][1], self.words.vocabulary)

    def in_text(self, start: int, end: int, *, cities: bool = False) -> tuple[list[str], str | None]:
        """The codes of the places that a stretch of the text names, with `cities` those of its cities too, and the first named crossing."""
        spans, words = self._words(start, end)
        codes: list[str] = []
        site: str | None = None
        i = 0
        while i < len(words):
            length, labels = self._labels(spans, words, i)
            for label in labels:
                if label.kind == "site":
                    site = site or label.value
                    codes.append(self.words.site_places[label.value])
                named = label.kind == "place" and self.is_name(spans[i][0], spans[i + length - 1][1], label.value)
                if named or (cities and label.kind == "city"):
                    codes.append(label.value)
            i += max(1, length)
        return codes, site
