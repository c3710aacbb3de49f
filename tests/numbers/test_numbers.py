"""Numbers in text: a table of cases, one a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from stcalib.numbers.find import Number, numbers_in

LINES = (Path(__file__).parent / "numbers.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES if line and not line.startswith("#")]


def as_text(text: str, number: Number) -> str:
    value = "-" if number.value is None else f"{number.value:.2f}".rstrip("0").rstrip(".")
    return " ".join([text[number.start : number.end], "=", value, number.form, number.bound, *([number.unit] if number.unit else [])])


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_numbers(text: str, expected: str) -> None:
    assert "; ".join(as_text(text, number) for number in numbers_in(text)) == expected
