"""The slots of a text: what sets them, what ends them, and from how far back they are held."""

from __future__ import annotations

import pytest

from stcalib.syntax.focus import ENDED, Focus, Held, Referents, Rival, Stretch
from stcalib.text.article import Article

TEXT = """Headline of the day

LUND — The bus stopped in Lund. Nobody got off. It rained. The driver waited.

Arden

The next stop was quiet. It snowed there.

He drove through Bergen and Arden. The road was empty.
"""
PLACES = ("Lund", "Arden", "Bergen")


def held(sentence: int, reach: int, *, within_block: bool = False) -> Held[str] | None:
    article = Article("a", TEXT)

    def sets(stretch: Stretch) -> str | Rival | None:
        named = [place for place in PLACES if place in article.plain[stretch.start : stretch.end]]
        return ENDED if len(named) > 1 else named[0] if named else None

    return Focus(article).slot(sets).held(sentence, reach, within_block=within_block)


@pytest.mark.parametrize(
    ("sentence", "reach", "expected"),
    [
        (1, 2, Held("Lund", "sentence", 1)),
        (2, 2, Held("Lund", "sentence", 2)),
        (3, 2, None),
        (3, 3, Held("Lund", "sentence", 3)),
        (4, 3, Held("Arden", "heading", 1)),
        (5, 3, Held("Arden", "heading", 2)),
        (7, 3, None),
        (0, 3, None),
    ],
    ids=["next", "two back", "too far", "reach", "heading", "over a sentence", "ended by two", "first"],
)
def test_slot(sentence: int, reach: int, expected: Held[str] | None) -> None:
    assert held(sentence, reach) == expected


def test_within_a_paragraph_nothing_of_the_one_before_is_held() -> None:
    assert held(4, 3, within_block=True) == Held("Arden", "heading", 1)
    assert held(6, 3, within_block=True) is None


def test_referents_are_looked_back_on_from_the_last() -> None:
    spoken: Referents[str] = Referents()
    for number, name in enumerate(("Roe", "Orr", "Baum", "Lund")):
        spoken.add(name, 10 * number, number)
    assert [referent.value for referent in spoken.recent(2)] == ["Lund", "Baum"]
    assert [referent.value for referent in spoken.within(4, 2)] == ["Baum", "Lund"]
    assert [referent.value for referent in spoken.until(20, 9).recent(9)] == ["Orr", "Roe"]
    assert [referent.value for referent in spoken.until(30, 2).told] == ["Orr", "Baum"]
    assert spoken.last is not None and spoken.last.value == "Lund"
    assert Referents().last is None
