"""Quotes: constructions of reported speech as a table, and what must hold for any text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from stcalib.quotes.find import find_quotes
from stcalib.text.article import Article

DATA = Path(__file__).parent / "constructions.txt"
MARKS = re.compile(r"[⟦⟧{}<>]")


@dataclass(frozen=True)
class Case:
    line: str
    text: str
    quotes: tuple[str, ...]
    speakers: tuple[str, ...]
    cues: tuple[str, ...]


def parsed(line: str) -> Case:
    """A marked line as text and what is marked in it."""
    spans: dict[str, list[tuple[int, int]]] = {"⟦": [], "{": [], "<": []}
    opened: dict[str, int] = {}
    plain = ""
    closing = {"⟧": "⟦", "}": "{", ">": "<"}
    for char in line.replace("|", "\n\n"):
        if char in spans:
            opened[char] = len(plain)
        elif char in closing:
            spans[closing[char]].append((opened[closing[char]], len(plain)))
        else:
            plain += char
    cut = {key: tuple(plain[a:b] for a, b in found) for key, found in spans.items()}
    return Case(line, plain, cut["⟦"], cut["{"], cut["<"])


def cases() -> list[object]:
    lines = [line for line in DATA.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    return [
        pytest.param(parsed(line.removeprefix("!")), id=line[:60], marks=pytest.mark.xfail(strict=True) if line.startswith("!") else ())
        for line in lines
    ]


@pytest.mark.parametrize("case", cases())
def test_constructions(case: Case) -> None:
    article = Article("case", case.text)
    quotes, _ = find_quotes(article)
    assert [q.text for q in quotes] == list(case.quotes)
    assert [q.cue for q in quotes if q.cue and q.cue.lower() != "according to"] == list(case.cues) or len(case.cues) < len(case.quotes)
    spoken = [q.speaker for q in quotes if q.speaker]
    assert all(any(s in mine or mine in s for mine in spoken) for s in case.speakers)
    assert all(any(s in mine or mine in s for mine in case.speakers) for s in spoken)
