"""Each shape of period is one entry of the lexicon: its examples are its test."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from stcalib.core.errors import LexiconError
from stcalib.core.toml_models import read_toml
from stcalib.language.lexicon import load_lexicon
from stcalib.language.period_words import PeriodExample, PeriodShape, PeriodShapes
from stcalib.periods.day_interval import Window
from stcalib.periods.find import Expression, periods_in
from stcalib.periods.reference_frame import Frame
from stcalib.periods.resolve import RESOLVERS, resolve

SHAPES = load_lexicon().period_shapes.shape
EXAMPLES = [(shape, example) for shape in SHAPES for example in shape.examples]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def holds(expression: Expression | None, shape: str) -> bool:
    """Whether an expression is of a shape, or joins one that is."""
    return expression is not None and (expression.shape == shape or holds(expression.first, shape) or holds(expression.last, shape))


@pytest.mark.parametrize(("shape", "example"), EXAMPLES, ids=[f"{shape.name}: {example.said}" for shape, example in EXAMPLES])
def test_an_example_means_its_days(shape: PeriodShape, example: PeriodExample) -> None:
    start, _, end = example.before.partition("..")
    before = Window(day(start), day(end)) if example.before else None
    frame = Frame(day(example.published), day(example.published), fiscal_start=4, anchor=before)
    expression = next((e for e in periods_in(example.said) if holds(e, shape.name)), None)
    assert expression is not None, "no such period is found"
    found = resolve(expression, frame)
    assert found is not None, "no days are made of it"
    assert (found.window.start, found.window.end) == (day(example.first), day(example.last)), found.basis


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_an_entry_is_whole(shape: PeriodShape) -> None:
    assert shape.resolver in RESOLVERS
    assert len({example.said for example in shape.examples}) >= 3
    assert not shape.leans or all(example.before for example in shape.examples if shape.name not in ("shift", "this_point")), "what it leans on"


def test_every_way_to_days_is_asked_for() -> None:
    assert {shape.resolver for shape in SHAPES} == set(RESOLVERS)
    assert len({shape.name for shape in SHAPES}) == len(SHAPES)


def test_an_entry_without_examples_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "period_shapes.toml"
    file.write_text('source = "none"\n[[shape]]\nname = "dozenth"\nresolver = "month"\npattern = "x"\nexamples = []\n', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"dozenth.*examples"):
        read_toml(file, PeriodShapes)
