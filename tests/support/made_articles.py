"""A corpus of any size, made by rule: articles of several outlets over some years, some undated, with wire copy, quotations that
many carry, figures of months and years, stances for and against, and reports that name one another. The same number gives the
same text on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

OUTLETS = ("Global News", "CBC News", "Toronto Star", "National Post", "CTV News", "HuffPost Canada", "The Globe and Mail", "Ottawa Citizen")
FIRST = ("Ann", "Bruno", "Celia", "Dora", "Emil", "Frida", "Gus", "Hanna", "Ivo", "Jana", "Kurt", "Lena", "Milo", "Nora", "Otto", "Pia")
ONSETS, ENDS = ("Bar", "Cal", "Dor", "Fen", "Gil", "Hol", "Kem", "Lor", "Mar", "Nol", "Per", "Ros", "Tal", "Ver", "Wil"), ("den", "mont", "ley", "by", "ton", "sky", "rup", "well")
ROLES = ("Liberal MP", "Conservative MP", "NDP MP", "immigration lawyer", "refugee advocate", "Mayor", "law professor")
STANDS = (
    "“We should suspend the Safe Third Country Agreement,” said {who}.",
    "“We should not suspend the Safe Third Country Agreement,” said {who}.",
    "{who} called on the government to suspend the Safe Third Country Agreement.",
    "{who} said the Safe Third Country Agreement should apply to the entire border.",
    "{who} opposes extending the Safe Third Country Agreement to the entire border.",
    "“The agreement must be renegotiated,” {who} told reporters.",
    "{who} said there is no need to renegotiate the Safe Third Country Agreement.",
    "“The United States is no longer a safe country for refugees,” said {who}.",
)
FIGURES = (
    "The RCMP intercepted {n} asylum seekers in {month} {year}.",
    "In {year}, {n} people crossed the border irregularly into Quebec, police said.",
    "From January to {month} {year} the RCMP intercepted {m} people, including {n} in Quebec.",
    "About {n} asylum claims were made in {month} {year}, the department said.",
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
FILLER = (
    "Volunteers in the town brought blankets and soup to the crossing at Roxham Road.",
    "Several families waited in the rain for a bus to the shelter.",
    "The municipality has rented two halls near the station for the winter.",
    "Nobody could say how long the work at the border post would take.",
    "A committee will hear from witnesses again next week.",
    "Some residents worry about the cost, and others have opened their homes.",
)
WIRE = "“We have always welcomed those who flee war and we will go on doing so in an orderly way,” said {who}."
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def texts(number: int) -> Iterator[tuple[str, str]]:
    """The ids and texts of so many articles; those of a smaller corpus are the first of a larger one."""
    for i in range(number):
        yield f"made_{i:06}", article(i)


def article(i: int) -> str:
    """The text of one article."""
    chance = Random(i)
    day = date(2017, 1, 1) + timedelta(days=chance.randrange(1200))
    outlet = OUTLETS[i % len(OUTLETS)]
    lines = [_sentence(chance, day) for _ in range(chance.randrange(8, 22))]
    if i % 5 == 0:
        lines.insert(3, WIRE.format(who=_person(Random(i // 200))))
    if i % 50 == 7:
        lines.insert(2, f"A Reuters report on {chance.choice(DAYS)} that {_words(Random(i // 2))} was not confirmed.")
    if i % 50 == 8:
        return f"Officials weigh a plan\n\nOTTAWA (Reuters) - Two officials said that {_words(Random((i - 1) // 2))}.\n\n" + "\n\n".join(lines)
    head = f"{outlet}\n\n{MONTHS[day.month - 1]} {day.day}, {day.year}\n\n" if i % 4 else ""
    return f"Border crossings: report {i}\n\n{head}" + "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3)) + "\n"


def write(folder: Path, number: int) -> Path:
    """Writes so many articles to a folder that is made for it."""
    folder.mkdir(parents=True)
    for article_id, text in texts(number):
        (folder / f"{article_id}.txt").write_text(text, encoding="utf-8")
    return folder


def _sentence(chance: Random, day: date) -> str:
    kind = chance.random()
    if kind < 0.3:
        return chance.choice(STANDS).format(who=_person(chance))
    if kind < 0.5:
        n = chance.randrange(100, 3000)
        year = day.year - chance.randrange(2)
        return chance.choice(FIGURES).format(n=f"{n:,}", m=f"{n + chance.randrange(900):,}", month=MONTHS[chance.randrange(12)], year=year)
    if kind < 0.65:
        return f"“It is {chance.choice(('hard', 'fair', 'right', 'odd'))} that {_words(chance)},” {_person(chance)} said."
    return chance.choice(FILLER)


def _person(chance: Random) -> str:
    return f"{chance.choice(ROLES)} {chance.choice(FIRST)} {chance.choice(ONSETS)}{chance.choice(ENDS)}"


def _words(chance: Random) -> str:
    """A clause that few others share a run of words with."""
    who = chance.choice(("the ministry", "the council", "the province", "the court", "the agency"))
    does = chance.choice(("moved", "lent", "closed", "painted", "counted", "rented", "measured"))
    things = chance.sample(("offices", "bridges", "lorries", "shelters", "ledgers", "lanterns", "engines", "barriers", "gardens", "letters"), 3)
    return f"{who} {does} {chance.randrange(2, 90)} {things[0]}, {things[1]} and {things[2]} before {chance.choice(MONTHS)}"
