"""The clauses of sentences: where they begin, their kinds and parts, who is said to have said them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib.syntax.clauses import Clause, SentenceClauses, clauses_of, part_starts
from stcalib.text.article import Article

CASES = tomllib.loads(Path(__file__).with_name("clauses.toml").read_text(encoding="utf-8"))["case"]
FLAGS = ("negated", "asked", "conditional", "quoted")


def read(text: str) -> list[SentenceClauses]:
    article = Article("a", f"LUND — It rained.\n\n{text}\n")
    return [clauses_of(article, number) for number in range(1, len(article.sentences))]


def written(clause: Clause) -> str:
    plain, sentence = clause.sentence.article.plain, clause.sentence.tokens
    words = [plain[slice(*clause.span(place))] if place is not None else "-" for place in (clause.verb, clause.object)]
    subject = clause.subject
    named = plain[clause.t.starts[subject.start] : clause.t.end(subject.end - 1)] if subject is not None else "-"
    flags = " ".join(flag for flag in FLAGS if getattr(clause, flag)) or "-"
    report = clause.attributed
    by = "-" if report is None or report.subject is None else plain[sentence.starts[report.subject.start] : sentence.end(report.subject.end - 1)]
    return " | ".join((clause.kind, plain[clause.start : clause.end].strip(), named, *words, flags, by))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_clauses(case: dict[str, list[str]]) -> None:
    assert [written(clause) for sentence in read(str(case["text"])) for clause in sentence.clauses] == case["clauses"]


def test_the_innermost_clause_at_an_offset() -> None:
    (sentence,) = read("“If it floods, we build a dam,” Baum said, while Orr slept.")
    plain = sentence.article.plain
    at = {word: sentence.at(plain.index(word)) for word in ("floods", "build", "Baum", "Orr")}
    assert {word: clause.kind if clause else None for word, clause in at.items()} == {
        "floods": "condition", "build": "main", "Baum": "report", "Orr": "subordinate",
    }  # fmt: skip
    assert sentence.at(len(plain)) is None


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("Lund, the port, froze because it rained (hard)", ["Lund", "the port", "froze", "because it rained", "hard"]),
        ("12 people who came left; 9 stayed — if not more", ["12 people who came left", "9 stayed", "if not more"]),
        ("Orr waited but the ferry, which sank, did not", ["Orr waited", "but the ferry", "which sank", "did not"]),
    ],
)
def test_stretches_between_pauses_and_openers(text: str, stretches: list[str]) -> None:
    starts = part_starts(text, 0, len(text))
    assert [text[a:b].strip(" ,;()—") for a, b in zip(starts, [*starts[1:], len(text)], strict=True) if text[a:b].strip(" ,;()—")] == stretches
    assert 0 in starts and part_starts(text, 0, len(text), [(0, len(text))]) == [0]


@given(
    st.lists(
        st.sampled_from(["if", "the lock,", "which", "said", "“", "”", "Roe", "not.", "and", ";", "—", "It", "closes", "who", ", as"]), max_size=14
    )
)
def test_clauses_lie_in_their_sentence_and_in_order(words: list[str]) -> None:
    for sentence in read(" ".join(words)):
        whole = sentence.article.sentences[sentence.number]
        starts = [clause.start for clause in sentence.clauses]
        assert starts == sorted(starts)
        for clause in sentence.clauses:
            assert whole.start <= clause.start <= clause.end <= whole.end
            assert written(clause)
