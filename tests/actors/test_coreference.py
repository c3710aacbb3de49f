"""Actors: who is meant by a surname, a pronoun, an office, a description."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.paths import GOLD, SEEDS

import stcalib
from stcalib import Corpus
from stcalib.codebook.codebook import EMPTY, load_codebook
from stcalib.core.rows import Quote
from stcalib.quotes.find import find_quotes
from stcalib.text.article import Article

OPEN = "–"


def lines(name: str) -> list[str]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize(
    "line",
    [pytest.param(line.removeprefix("!"), marks=pytest.mark.xfail(strict=True) if line.startswith("!") else ()) for line in lines("who_is_meant.txt")],
)
def test_actor(line: str) -> None:
    text, _, expected = line.partition(" => ")
    quotes, _ = find_quotes(Article("x", text.replace("|", "\n\n")))
    assert [quote.actor or OPEN for quote in quotes] == expected.split("; ")


# What the text prints beside a speaker, against what the registry knows: text, day, party, where the party is known from.
PARTIES = [
    ("Conservative critic Jane Roe said it would open.", "2018-05-01", "CPC", "text"),
    ("NDP MP Jane Roe said it would open.", "2018-05-01", "NDP", "text"),
    ("Ralph Goodale said it would open.", "2018-05-01", "LPC", "registry"),
    ("Liberal minister Ralph Goodale said it would open.", "2018-05-01", "LPC", "text"),
    ("Conservative MP Ralph Goodale said it would open.", "2018-05-01", "CPC", "text against registry"),
    ("Jane Roe said it would open.", "2018-05-01", None, None),
]


@pytest.mark.parametrize(("text", "day", "party", "basis"), PARTIES, ids=[row[0] for row in PARTIES])
def test_party(text: str, day: str, party: str | None, basis: str | None) -> None:
    (quote,) = Corpus.from_texts({"x": text}, published={"x": day}).quotes.astype(object).itertuples()
    assert (quote.party if quote.party == quote.party else None, quote.party_basis if quote.party_basis == quote.party_basis else None) == (party, basis)


# What a speaker stands for: text, type, party, organization.
SPEAK_FOR = [
    ("Conservative critic Jane Roe said it would open.", "person", "CPC", "Conservative Party of Canada"),
    ("The NDP's Sue Park said it would open.", "person", "NDP", "New Democratic Party"),
    ("Liberal MP Ann House said it would open.", "person", "LPC", "Liberal Party of Canada"),
    ("Dr. Mary Lake said it would open.", "person", None, None),
    ("Victoria Police said it would open.", "organization", None, "Victoria Police"),
    ("Charlotte Street Foundation said it would open.", "organization", None, "Charlotte Street Foundation"),
    ("Ralph Goodale said it would open.", "person", "LPC", "Government of Canada"),
    ("Jane Roe said it would open.", "person", None, None),
]


@pytest.mark.parametrize(("text", "kind", "party", "organization"), SPEAK_FOR, ids=[row[0] for row in SPEAK_FOR])
def test_what_a_speaker_stands_for(text: str, kind: str, party: str | None, organization: str | None) -> None:
    (quote,) = Corpus.from_texts({"x": text}, published={"x": "2018-05-01"}).quotes.astype(object).itertuples()
    found = (quote.actor_type, quote.party, quote.organization)
    assert tuple(None if value != value else value for value in found) == (kind, party, organization)


OFFICES = [
    ("Canada's immigration minister said it would open.", "2018-05-01", "Ahmed Hussen"),
    ("Canada's immigration minister said it would open.", "2022-05-01", "Sean Fraser"),
    ("The Conservative leader said it would open.", "2018-05-01", "Andrew Scheer"),
    ("The Conservative leader said it would open.", "2021-05-01", "Erin O'Toole"),
    ("The Conservative leader said it would open.", "2023-05-01", "Pierre Poilievre"),
]


@pytest.mark.parametrize(("text", "day", "actor"), OFFICES, ids=[f"{row[0]} {row[1]}" for row in OFFICES])
def test_office(text: str, day: str, actor: str) -> None:
    (quote,) = Corpus.from_texts({"x": text}, published={"x": day}).quotes.itertuples()
    assert (quote.actor, quote.actor_basis) == (actor, "office in the registry")


def spans(quotes: list[Quote]) -> list[tuple[object, ...]]:
    return [(q.start, q.end, q.kind, q.speaker_start, q.speaker_end, q.cue_start, q.cue_end) for q in quotes]


def texts() -> list[str]:
    files = [*SEEDS.glob("*.txt"), *(GOLD / "dev" / "text").glob("*.txt")]
    own = [line.partition(" => ")[0].replace("|", "\n\n") for line in lines("who_is_meant.txt")]
    return [path.read_text(encoding="utf-8") for path in sorted(files)] + own


def test_the_codebook_changes_no_span() -> None:
    for text in texts():
        article = Article("x", text)
        assert spans(find_quotes(article, EMPTY)[0]) == spans(find_quotes(article, load_codebook("stca"))[0])


def test_an_empty_codebook_still_names_the_speakers() -> None:
    corpus = stcalib.load_corpus(SEEDS, EMPTY)
    named = set(corpus.quotes["actor"].dropna())
    assert {"Ralph Goodale", "Ahmed Hussen", "Michelle Rempel", "Audrey Macklin"} <= named
    assert corpus.quotes["party"].isna().all()
