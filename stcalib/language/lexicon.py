"""The word lists in `lexicon/*.toml`, validated and compiled once.

Each list is a file of its own with its source. A bad entry is a `LexiconError` that names file and entry.
`load_lexicon(language)` gives the `Lexicon` of a language; nothing is read on import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from stcalib.core.toml_models import Entry, members, read_toml
from stcalib.language.in_use import REFERENCE, by_language, folder_of
from stcalib.language.period_words import Periods, PeriodShapes
from stcalib.language.stance_words import Stances

NOTHING = "(?!)"
"""A regular expression that matches nothing."""


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, the longest first, with any blank where they have one; one that matches nothing for none."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")" if ordered else NOTHING


AT_WORD_START = r"(?<!\w.)"
"""Behind the first letter of a word. A pattern that opens with the letter is searched for much faster than with "\\b"."""


def at_word_start(words: Iterable[str]) -> str:
    """As `alternatives`, where a word of the text begins. What opens with a letter is passed over at once where the text has another."""
    rests: dict[str, list[str]] = {}
    for word in set(words):
        rests.setdefault(word[0], []).append(word[1:])
    branches = (f"{re.escape(first)}{AT_WORD_START}{alternatives(rest)}" for first, rest in sorted(rests.items()))
    return f"(?:{'|'.join(branches)})" if rests else NOTHING


class Line(Entry):
    """A pattern for a line of boilerplate, and the zone that such a line belongs to."""

    zone: Literal["navigation", "advertisement", "player", "related", "footer", "rule"]
    pattern: str

    @model_validator(mode="after")
    def _compiles(self) -> Self:
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise ValueError(f"{self.pattern!r:.60} is no regular expression: {error}") from error
        return self


class Boilerplate(Entry):
    """`boilerplate.toml`: lines that news pages print around the report."""

    source: str
    line: tuple[Line, ...]


class Outlet(Entry):
    """An agency or outlet with the names that pages print; `photos` where it is credited for pictures alone."""

    name: str
    aliases: tuple[str, ...]
    photos: bool = False


class Outlets(Entry):
    """`outlets.toml`: agencies and outlets by the names that pages print."""

    source: str
    agency: tuple[Outlet, ...]
    outlet: tuple[Outlet, ...]


class Month(Entry):
    """A month with its abbreviations."""

    name: str
    abbreviations: tuple[str, ...]


class Season(Entry):
    """A season by its names, with its first and last month."""

    names: tuple[str, ...]
    months: tuple[int, int]


class Calendar(Entry):
    """`calendar.toml`: names of months, days and seasons, and the words of date stamps."""

    source: str
    weekdays: tuple[str, ...]
    weekday_abbreviations: tuple[str, ...]
    stamp_labels: tuple[str, ...]
    updated_labels: tuple[str, ...]
    other_labels: tuple[str, ...]
    published_labels: tuple[str, ...]
    foreign_months: dict[str, int]
    units: tuple[str, ...]
    openers: tuple[str, ...]
    closers: tuple[str, ...]
    month: tuple[Month, ...]
    season: tuple[Season, ...]

    def month_numbers(self) -> dict[str, int]:
        """Month names and abbreviations in lower case to 1..12."""
        return {
            name.lower(): number
            for number, month in enumerate(self.month, 1)
            for name in (month.name, *month.abbreviations)
        }


class Titles(Entry):
    """`titles.toml`: forms of address, offices, and nouns that stand for people, bodies and writings."""

    source: str
    honorifics: tuple[str, ...]
    stopped: tuple[str, ...]
    before_given_names: tuple[str, ...]
    staff: tuple[str, ...]
    works: tuple[str, ...]
    firms: tuple[str, ...]
    labels: tuple[str, ...]
    page_labels: tuple[str, ...]
    statements: tuple[str, ...]
    suffixes: tuple[str, ...]
    male: tuple[str, ...]
    female: tuple[str, ...]
    neutral: tuple[str, ...]
    roles: tuple[str, ...]
    formal: tuple[str, ...]
    male_nouns: tuple[str, ...]
    female_nouns: tuple[str, ...]
    persons: tuple[str, ...]
    bodies: tuple[str, ...]
    writings: tuple[str, ...]
    groups: tuple[str, ...]
    occasions: tuple[str, ...]
    deciders: tuple[str, ...]
    organization_words: tuple[str, ...]
    offices: tuple[str, ...]
    styles: dict[str, str]
    callings: tuple[str, ...]
    untold: tuple[str, ...]
    heading: tuple[str, ...]
    owned: tuple[str, ...]
    doers: tuple[str, ...]
    things: tuple[str, ...]
    generic: tuple[str, ...]
    nameless: tuple[str, ...]
    issued: tuple[str, ...]
    spokespersons: tuple[str, ...]
    place_openers: tuple[str, ...]
    borne_by_anyone: tuple[str, ...]
    same_writings: tuple[tuple[str, ...], ...]
    ranks: dict[str, tuple[str, ...]]
    families: dict[str, tuple[str, ...]]


class GivenNames(Entry):
    """`given_names.toml`: given names: of men, of women, and of either, and the short forms of some."""

    source: str
    male: str
    female: str
    either: str
    short_forms: dict[str, tuple[str, ...]]


class Words(Entry):
    """`words.toml`: the closed word classes and irregular verb forms."""

    source: str
    determiners: tuple[str, ...]
    subject_pronouns: tuple[str, ...]
    object_pronouns: tuple[str, ...]
    prepositions: tuple[str, ...]
    conjunctions: tuple[str, ...]
    subordinators: tuple[str, ...]
    relatives: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    contractions: tuple[str, ...]
    nonfinite: tuple[str, ...]
    negations: tuple[str, ...]
    adverbs: tuple[str, ...]
    times: tuple[str, ...]
    finite_verbs: tuple[str, ...]
    plain_verbs: tuple[str, ...]
    abbreviations: tuple[str, ...]
    leading_abbreviations: tuple[str, ...]
    sentence_openers: tuple[str, ...]
    nominal_ly: tuple[str, ...]
    predicative: tuple[str, ...]
    copulas: tuple[str, ...]
    topics: tuple[str, ...]
    origins: tuple[str, ...]
    lettered: tuple[str, ...]
    quantities: tuple[str, ...]
    saints: tuple[str, ...]
    particles: tuple[str, ...]
    sets: dict[str, tuple[str, ...]]


class Cue(Entry):
    """Verbs of one kind, and what they take; the frames are described in the file."""

    kind: str
    frames: tuple[Literal["clause", "that", "quote", "name", "demand", "question", "address", "verdict", "accuse", "hearer"], ...]
    verbs: tuple[str, ...]


class Inflection(Entry):
    """How the verbs that end as `ending` (a regular expression) says are inflected: what stands in its place in each form."""

    ending: str
    third: str
    past: str
    ing: str


class CueNouns(Entry):
    """Forms of verbs that are as often nouns."""

    forms: tuple[str, ...]


class CuePhrases(Entry):
    """Nouns of phrases that report: "in her view", "the claim that"."""

    nobody: tuple[str, ...]
    hardly: tuple[str, ...]
    conditions: tuple[str, ...]
    quoting: tuple[str, ...]
    titling: tuple[str, ...]
    issuing: tuple[str, ...]
    writing: tuple[str, ...]
    connectives: tuple[str, ...]
    asking: tuple[str, ...]
    interviewing: tuple[str, ...]
    having_a_say: tuple[str, ...]
    plain_reports: tuple[str, ...]
    adding: tuple[str, ...]
    dealings: tuple[str, ...]
    views: tuple[str, ...]
    nouns: tuple[str, ...]


class Cues(Entry):
    """`cues.toml`: verbs and phrases that report speech or writing."""

    source: str
    kinds: tuple[str, ...]
    cue: tuple[Cue, ...]
    idioms: dict[str, tuple[str, ...]]
    irregular: dict[str, tuple[str, ...]]
    inflection: tuple[Inflection, ...]
    gerund: str
    doubling: str
    nouns: CueNouns
    phrases: CuePhrases

    @model_validator(mode="after")
    def _kinds_are_listed(self) -> Self:
        if unknown := [cue for cue in self.cue if cue.kind not in self.kinds]:
            raise ValueError(f"cue of {unknown[0].verbs[0]!r}: kind {unknown[0].kind!r} is none of kinds: {', '.join(self.kinds)}")
        return self


class NumberUnits(Entry):
    """What stands around a number that is no quantity of things."""

    money_before: tuple[str, ...]
    money_after: tuple[str, ...]
    labels: tuple[str, ...]
    relations: tuple[str, ...]
    dialled: tuple[str, ...]
    per_heads: tuple[str, ...]


class Numbers(Entry):
    """`numbers.toml`: number words, fractions, multiples and comparators."""

    source: str
    percent: tuple[str, ...]
    percent_points: tuple[str, ...]
    cardinals: dict[str, int]
    scales: dict[str, int]
    scale_letters: dict[str, int]
    vague: dict[str, float]
    few: tuple[str, ...]
    fractions: dict[str, float]
    multiples: dict[str, float]
    factor: tuple[str, ...]
    before_factor: tuple[str, ...]
    century_words: tuple[str, ...]
    sums: tuple[str, ...]
    behind_part: tuple[str, ...]
    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    units: NumberUnits


class Counting(Entry):
    """`counting.toml`: words that compare, add up, foretell or poll, whatever is counted."""

    source: str
    rise: tuple[str, ...]
    fall: tuple[str, ...]
    more: tuple[str, ...]
    fewer: tuple[str, ...]
    compared: tuple[str, ...]
    totals: tuple[str, ...]
    partitive: tuple[str, ...]
    partly: tuple[str, ...]
    neutral_verbs: tuple[str, ...]
    forecast: tuple[str, ...]
    no_forecast: tuple[str, ...]
    poll: tuple[str, ...]
    boundaries: tuple[str, ...]
    clause_openers: tuple[str, ...]
    dated_acts: tuple[str, ...]
    dated_nouns: tuple[str, ...]
    summing_up: tuple[str, ...]
    passed_over: tuple[str, ...]
    in_lists: tuple[str, ...]
    toward: tuple[str, ...]
    spots: tuple[str, ...]
    workplaces: tuple[str, ...]
    portions: tuple[str, ...]
    all_but: tuple[str, ...]
    elsewhere: tuple[str, ...]
    whole: tuple[str, ...]
    other_times: tuple[str, ...]
    series_ends: tuple[str, ...]
    excluding: tuple[str, ...]
    withdrawn: tuple[str, ...]
    owned: tuple[str, ...]
    closing: tuple[str, ...]
    rates: dict[str, tuple[str, ...]]
    data: tuple[str, ...]
    data_verbs: tuple[str, ...]


class Room(Entry):
    """`rooms/ROOM.toml`: the words and patterns by which one room of the package reads, by the names under which it asks for them.

    A pattern is a regular expression, in pieces where it is long; `{{name}}` in it stands for the words or the pattern of that
    name in the same file, or for what the room puts there.
    """

    source: str
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    patterns: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)


class Lexicon(BaseModel):
    """All word lists."""

    model_config = ConfigDict(frozen=True)

    boilerplate: Boilerplate
    outlets: Outlets
    calendar: Calendar
    titles: Titles
    words: Words
    cues: Cues
    given_names: GivenNames
    numbers: Numbers
    periods: Periods
    period_shapes: PeriodShapes
    counting: Counting
    stances: Stances
    rooms: dict[str, Room]
    whole: bool = True


ROOMS = ("text", "numbers", "periods", "syntax", "actors", "quotes", "counts", "positions", "corpus", "codebook")
"""The rooms that read an article by words of their own."""


@by_language
def load_lexicon(language: str | None = None) -> Lexicon:
    """The word lists of a language by its ISO 639-1 code, validated; of the one in use without (`stcalib.language.use_language`).

    English has every file and every key. A folder of another language may lack some: it has no such words, and a pattern that it
    lacks matches nothing. Raises `LexiconError` that names file and entry where one is bad.
    """
    folder = folder_of(language)
    whole = folder.name == REFERENCE
    lists = {name: read_toml(folder / f"{name}.toml", model, whole=whole) for name, model in members(Lexicon).items()}
    rooms = {room: read_toml(folder / "rooms" / f"{room}.toml", Room, whole=whole) for room in ROOMS}
    return Lexicon.model_validate({**lists, "rooms": rooms, "whole": whole})
