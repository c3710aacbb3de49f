"""Whether an article is about the issue of a codebook at all: its language, its country, its topic.

Only what is plain is told: running text in another language, a report that names another country again and again and
the codebook's own nowhere, a text that holds none of the words by which the codebook knows its topic. Such an article
is left out of what figures count; the reader of the corpus is told which, and why. `keep = true` in `articles.toml`
overrules it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files

from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import LEFT_OUT
from stcalib.core.toml_models import Entry, read_toml
from stcalib.counts.words import words_for
from stcalib.language.detection import language_name, language_of
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import at_word_start
from stcalib.numbers.find import lower_case
from stcalib.positions.scheme import scheme_of
from stcalib.text.article import Article
from stcalib.text.zones import READ

OTHER_LANGUAGE, OTHER_COUNTRY, OFF_TOPIC = LEFT_OUT
FEWEST_MENTIONS = 3
"""Times that an article must name another country, and the codebook's own not once, to be about that country."""
SHORTEST_IN_CAPITALS = 3
"""A name of more letters is also looked for in capitals, as a dateline prints it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why an article is left out of what figures count: one of `core.rows.LEFT_OUT`, and the reason in words."""

    kind: str
    reason: str


class Countries(Entry):
    """`countries.toml`: names of countries by their ISO 3166-1 codes."""

    source: str
    words: dict[str, tuple[str, ...]]


def left_out(article: Article, codebook: Codebook) -> LeftOut | None:
    """Why an article is none of the codebook's issue; None where nothing plain speaks against it."""
    body = " ".join(article.plain[block.start : block.end] for block in article.blocks if block.zone in READ)
    return _other_language(body, codebook) or _other_country(article.plain, codebook) or _off_topic(article.plain, codebook)


def _other_language(body: str, codebook: Codebook) -> LeftOut | None:
    wanted = codebook.issue.language
    found = language_of(body)
    if found is None or found == wanted:
        return None
    return LeftOut(OTHER_LANGUAGE, f"its language is {language_name(found)}; the codebook is for {language_name(wanted)}")


@by_language
def _countries() -> Countries:
    return read_toml(files("stcalib") / "data" / "lexicon" / "countries.toml", Countries)


def named_countries() -> tuple[str, ...]:
    """The codes of the countries whose names are known, in order."""
    return tuple(sorted(_countries().words))


@by_language
def _country_pattern(own: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """The names of all countries and of the codebook's own places; the code of each, "" for the own."""
    codes = {word: code for code, words in _countries().words.items() for word in words} | dict.fromkeys(own, "")
    codes |= {word.upper(): code for word, code in codes.items() if len(word) > SHORTEST_IN_CAPITALS}
    return re.compile(rf"{at_word_start(codes)}(?!\w)"), codes


@by_language
def _own_names(codebook: Codebook) -> tuple[str, ...]:
    """The words for the codebook's country and for places in it."""
    country = codebook.issue.country or ""
    places = [word for place in codebook.actors.place if place.code.startswith(country) for word in place.words]
    counted = [word for place in codebook.counts.place if place.code.startswith(country) for word in (*place.names, *place.cities)]
    sites = [word for site in codebook.counts.site for word in site.aliases]
    return tuple(sorted({*places, *counted, *sites, *_countries().words.get(country, ())}))


def _other_country(text: str, codebook: Codebook) -> LeftOut | None:
    if codebook.issue.country is None:
        return None
    pattern, codes = _country_pattern(_own_names(codebook))
    mentions: list[tuple[str, str]] = []
    for match in pattern.finditer(text):
        code = codes[" ".join(match.group().split())]
        if not code:
            return None
        mentions.append((code, match.group()))
    named = Counter(code for code, _ in mentions)
    if not named:
        return None
    code, times = min(named.items(), key=lambda item: (-item[1], item[0]))
    if times < FEWEST_MENTIONS:
        return None
    words = ", ".join(dict.fromkeys(word for found, word in mentions if found == code))
    return LeftOut(OTHER_COUNTRY, f"it names {code} {times} times ({words:.60}) and {codebook.issue.country} not once")


def _off_topic(text: str, codebook: Codebook) -> LeftOut | None:
    """Where a codebook names its topic for counts or for positions, an article must be on one of them."""
    of_counts, of_positions = codebook.counts.topic, codebook.propositions.topic.article
    if not (of_counts or of_positions) or (of_counts and words_for(codebook).on_topic(lower_case(text))):
        return None
    scheme = scheme_of(codebook)
    if of_positions and scheme.may_be_on_topic(text) and scheme.is_on_topic(scheme.vocabulary.encode(text)):
        return None
    return LeftOut(OFF_TOPIC, "it holds none of the words by which the codebook knows its topic (topic in counts.toml and propositions.toml)")
