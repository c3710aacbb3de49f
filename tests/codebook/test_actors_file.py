"""The shipped `actors.toml`, and what is said of a bad one."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.paths import ROOT

from stcalib.actors.registry import registry_of
from stcalib.codebook.actors_file import Actors, Office
from stcalib.codebook.codebook import EMPTY, Codebook, load_codebook
from stcalib.core.errors import LexiconError
from stcalib.core.rows import Published

ACTORS = load_codebook().actors
CODES = "LPC CPC NDP BQ GPC PPC CAQ PLQ PQ QS PCPO OLP ONDP PCPM MNDP BCNDP UCP".split()

# Days of the years covered on which an office is known to have had no holder, or one that the file leaves out.
GAPS = {
    "deputy prime minister": [("2015-01-01", "2019-11-19"), ("2024-12-17", "2025-12-31")],
    "foreign affairs minister": [("2015-02-04", "2015-02-08")],
    "border security minister": [("2015-01-01", "2018-07-17"), ("2019-11-21", "2025-12-31")],
    "Conservative leader": [("2015-10-20", "2015-11-04")],
    "Bloc Québécois leader": [("2018-06-12", "2018-06-12")],
    "Green leader": [("2021-11-15", "2021-11-23"), ("2025-02-04", "2025-04-30")],
    "Conservative immigration critic": [("2015-01-01", "2015-11-19"), ("2025-03-24", "2025-05-20")],
    "NDP immigration critic": [("2015-01-01", "2015-11-11")],
    "Bloc immigration critic": [("2015-01-01", "2019-11-05")],
    "Parti Québécois leader": [("2015-01-01", "2015-05-14"), ("2016-05-03", "2016-05-05"), ("2018-10-02", "2018-10-08")],
    "Quebec Liberal leader": [("2022-11-08", "2022-11-09"), ("2025-12-19", "2025-12-22")],
    "Ontario immigration minister": [("2019-06-21", "2022-06-23")],
    "Ontario Liberal leader": [("2018-06-08", "2018-06-13"), ("2022-06-03", "2022-08-02")],
    "Manitoba PC leader": [("2024-01-16", "2024-01-17")],
    "U.S. Homeland Security secretary": [],
    "prime minister": [],
    "immigration minister": [],
    "public safety minister": [],
    "Liberal leader": [],
    "NDP leader": [],
    "Opposition leader": [("2025-04-29", "2025-05-05")],
    "Quebec premier": [],
    "Quebec immigration minister": [],
    "Ontario premier": [],
    "Ontario PC leader": [],
    "Ontario NDP leader": [],
    "Manitoba premier": [],
    "Manitoba immigration minister": [],
    "Manitoba NDP leader": [],
    "B.C. premier": [],
    "B.C. NDP leader": [],
    "Alberta premier": [],
    "Saskatchewan premier": [],
    "New Brunswick premier": [],
    "U.S. president": [],
}
DAYS_OF_CHANGE = {term.first for person in ACTORS.person for term in person.terms} | {
    term.last for person in ACTORS.person for term in person.terms
}


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("title", GAPS)
def test_an_office_is_answered_on_every_day_but_those_listed(title: str) -> None:
    assert ACTORS.known_from and ACTORS.known_until
    registry = registry_of(load_codebook())
    empty = {day for first, last in GAPS[title] for day in days(date.fromisoformat(first), date.fromisoformat(last))}
    for day in days(ACTORS.known_from, ACTORS.known_until):
        if day not in DAYS_OF_CHANGE:
            assert (registry.holder(title, Published(day, day)) is None) == (day in empty), (title, day)


def test_parties_have_the_codes_of_the_guide() -> None:
    assert set(CODES) <= {party.code for party in ACTORS.party}


def test_colours_of_one_jurisdiction_differ() -> None:
    colours = Counter((party.jurisdiction, party.colour.lower()) for party in ACTORS.party)
    assert max(colours.values()) == 1


def test_every_person_holds_an_office_and_every_term_has_a_source() -> None:
    for person in ACTORS.person:
        assert person.terms, person.name
        assert all(len(term.source) > 8 for term in person.terms), person.name


def test_every_office_has_a_holder_and_a_title_or_several_holders() -> None:
    held = {term.office for person in ACTORS.person for term in person.terms}
    assert {office.id for office in ACTORS.office} == held
    assert all(office.titles or office.ranks or office.shared for office in ACTORS.office)


def test_party_offices_are_held_by_members() -> None:
    parties = {party.code for party in ACTORS.party}
    bodies = {office.id: office.body for office in ACTORS.office}
    for person in ACTORS.person:
        for term in person.terms:
            if bodies[term.office] in parties:
                members = [m for m in person.parties if m.party == bodies[term.office]]
                assert any(m.holds_on(term.first or date.min) and m.holds_on(term.last or date.max) for m in members), (person.name, term)


def test_every_name_finds_its_entry() -> None:
    registry = registry_of(load_codebook())
    for person in ACTORS.person:
        for name in person.names:
            assert getattr(registry.named(name, Published()), "entry", None) == person.name
    for entry in (*ACTORS.body, *ACTORS.party):
        for name in (entry.name, *entry.aliases):
            assert getattr(registry.named(name, Published(), entry.jurisdiction), "name", None) == entry.name


def test_known_until_is_no_earlier_than_any_term() -> None:
    assert ACTORS.known_until is not None
    assert all((term.first or date.max) <= ACTORS.known_until for person in ACTORS.person for term in person.terms)


def test_equal_codebooks_share_a_registry_and_others_do_not() -> None:
    assert registry_of(load_codebook()) is registry_of(load_codebook())
    assert registry_of(Codebook(name="empty", actors=Actors(home=""))) is registry_of(EMPTY)
    assert registry_of(Codebook(name="empty", actors=Actors(source="other"))) is not registry_of(EMPTY)


GOOD = """
home = "CA"
known_from = 2015-01-01
known_until = 2020-12-31
place = [{ code = "CA", words = ["Canada"] }]
portfolio = [{ id = "dams", words = ["dams"] }]
party = [
  { code = "RED", name = "Red Party", jurisdiction = "CA", colour = "#FF0000" },
  { code = "BLU", name = "Blue Party", jurisdiction = "CA", colour = "#0000FF" },
]
body = [{ name = "Government of Canada", kind = "government", jurisdiction = "CA" }]
office = [{ id = "dams", portfolio = "dams", ranks = ["minister"], body = "Government of Canada", jurisdiction = "CA" }]
person = [
  { name = "Ada One", pronoun = "she", parties = [{ party = "RED", to = 2016-01-01 }], terms = [
    { office = "dams", from = 2015-01-01, to = 2016-01-01, source = "Gazette" },
  ] },
  { name = "Bo Two", pronoun = "he", terms = [{ office = "dams", from = 2016-01-01, source = "Gazette" }] },
]
"""
BAD = [
    ('"dams", from = 2016-01-01', '"locks", from = 2016-01-01', "person 'Bo Two': office 'locks' is not in the file. There are dams"),
    ('party = "RED", to', 'party = "GRN", to', "person 'Ada One': party 'GRN' is not in the file. There are BLU, RED"),
    ('body = "Government of Canada"', 'body = "Government"', "office 'dams': body 'Government' is not in the file"),
    ('portfolio = "dams"', 'portfolio = "dikes"', "office 'dams': portfolio 'dikes' is not in the file"),
    ('government", jurisdiction = "CA"', 'government", jurisdiction = "US"', "body 'Government of Canada': jurisdiction 'US' is not in the file"),
    ("from = 2016-01-01, source", "from = 2015-12-01, source", "office 'dams': two holders on 2015-12-01 (Ada One, Bo Two)"),
    ("to = 2016-01-01, source", "source", "office 'dams': two holders on 2016-01-01 (Ada One, Bo Two)"),
    ('from = 2016-01-01, source = "Gazette"', 'source = "Gazette"', "person 2 (Bo Two), terms 1: the term as dams has no first day"),
    ("from = 2015-01-01, to", "from = 2017-01-01, to", "person 1 (Ada One), terms 1: ends on 2016-01-01, before it begins on 2017-01-01"),
    ('from = 2016-01-01, source = "Gazette"', "from = 2016-01-01", "person 2 (Bo Two), terms 1, source: is missing"),
    ('"Bo Two", pronoun = "he"', '"Bo Two", pronoun = "it"', "person 2 (Bo Two), pronoun: must be 'he', 'she' or 'they' (found 'it')"),
    ('name = "Bo Two"', 'name = "Ada One"', "person 'Ada One': given twice"),
    ('name = "Blue Party"', 'name = "Blue Party", aliases = ["Red Party"]', "party 'BLU': the name 'Red Party' is also that of party 'RED'"),
    ('name = "Blue Party"', 'name = "Blue Party", aliases = ["Blues", "Blues"]', "party 'BLU': the name 'Blues' is given twice"),
    ('code = "BLU"', 'code = "RED"', "party 'RED': given twice"),
    ('"#0000FF"', '"blue"', "party 2 (Blue Party), colour: the text should match pattern"),
    ('"Gazette" },', '"Gazette", page = 3 },', "person 1 (Ada One), terms 1, page: no such key"),
    ("home =", "home = = ", "not valid TOML"),
]


def load(folder: Path, text: str) -> Codebook:
    (folder / "actors.toml").write_text(text, encoding="utf-8")
    return load_codebook(folder)


def test_a_small_codebook_of_ones_own_works(tmp_path: Path) -> None:
    registry = registry_of(load(tmp_path, GOOD))
    answers = [registry.holder("minister of dams", Published(day, day)) for day in (date(2015, 5, 1), date(2016, 1, 1), date(2016, 5, 1))]
    assert [answer and answer.name for answer in answers] == ["Ada One", None, "Bo Two"]


@pytest.mark.parametrize(("old", "new", "message"), BAD)
def test_a_bad_entry_is_named_with_its_file(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(LexiconError, match=re.escape(message)) as caught:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert str(caught.value).startswith("actors.toml: ")


@pytest.mark.parametrize("name", Office.model_fields)
def test_the_page_names_every_key_of_an_office(name: str) -> None:
    page = (ROOT / "stcalib" / "docs" / "actors.md").read_text(encoding="utf-8")
    offices = "".join(re.findall(r"\[\[office\]\]\n(.*?)\n\n", page, re.DOTALL)) + page.partition("An office is called by")[2].partition("\n\n")[0]
    assert re.search(rf"\b{name}\b", offices)


def test_a_person_needs_no_pronoun_and_any_may_mean_one_without(tmp_path: Path) -> None:
    people = load(tmp_path, GOOD.replace('"Bo Two", pronoun = "he"', '"Bo Two"')).actors.person
    assert [person.pronoun for person in people] == ["she", None]
    registry, day = registry_of(load_codebook(tmp_path)), Published(date(2017, 1, 1), date(2017, 1, 1), "stated")
    found = {title: registry.named(f"{title} Bo Two", day) for title in ("Ms.", "Mr.")}
    assert [known is not None and known.name for known in found.values()] == ["Bo Two", "Bo Two"]
    assert registry.named("Mr. Ada One", day) is None
