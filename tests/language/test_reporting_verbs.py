"""The lexicon of cues: where it comes from, what kind each verb is, how its forms are made."""

from __future__ import annotations

import pytest

from stcalib.codebook.codebook import EMPTY
from stcalib.language.lexicon import load_lexicon
from stcalib.language.reporting_verbs import cue_forms
from stcalib.quotes.find import find_quotes
from stcalib.text.article import Article

CUES = load_lexicon().cues
FRAMES = {"clause", "that", "quote", "name", "demand", "question", "address", "verdict", "accuse", "hearer"}


def test_the_lexicon_says_where_it_comes_from() -> None:
    assert "Thompson and Ye" in CUES.source and "Bergler" in CUES.source


@pytest.mark.parametrize("entry", CUES.cue, ids=lambda entry: f"{entry.kind}: {entry.verbs[0]}")
def test_entries_use_the_kinds_and_frames_that_there_are(entry: object) -> None:
    assert entry.kind in CUES.kinds  # type: ignore[attr-defined]
    assert set(entry.frames) and set(entry.frames) <= FRAMES  # type: ignore[attr-defined]


def test_every_kind_has_verbs() -> None:
    assert {entry.kind for entry in CUES.cue} == set(CUES.kinds)


def test_no_verb_stands_twice_under_one_kind() -> None:
    listed = [(entry.kind, verb) for entry in CUES.cue for verb in entry.verbs]
    assert len(listed) == len(set(listed))


def test_irregular_forms_belong_to_verbs_that_are_listed() -> None:
    verbs = {verb.split()[0] for entry in CUES.cue for verb in entry.verbs}
    assert set(CUES.irregular) - verbs <= {"agree", "express"}


FORMS = [
    ("say", {"say", "says", "said", "saying"}),
    ("argue", {"argue", "argues", "argued", "arguing"}),
    ("reply", {"reply", "replies", "replied", "replying"}),
    ("stress", {"stress", "stresses", "stressed", "stressing"}),
    ("admit", {"admit", "admits", "admitted", "admitting"}),
    ("write", {"write", "writes", "wrote", "writing", "written"}),
    ("point out", {"point", "points", "pointed", "pointing"}),
]


@pytest.mark.parametrize(("verb", "forms"), FORMS)
def test_forms(verb: str, forms: set[str]) -> None:
    assert {word for word, cues in cue_forms().items() if any(cue.verb == verb for cue in cues)} == forms


def test_phrasal_verbs_come_before_plain_ones() -> None:
    for cues in cue_forms().values():
        particles = [cue.particle is None for cue in cues]
        assert particles == sorted(particles)


KINDS = [
    ("The line is closed, according to the ministry.", "neutral"),
    ("“We cannot wait,” Ruiz said.", "neutral"),
    ("Ruiz pointed out that the line was closed.", "factive"),
    ("Ruiz claims the line is closed.", "doubtful"),
    ("Ruiz, who alleges that the line is closed, left.", "doubtful"),
    ("Ruiz left, arguing that the line was closed.", "assertive"),
    ("The court found that the line was closed.", "assertive"),
    ("Ruiz dismissed the line as “a waste of paint.”", "critical"),
    ("“Why is it closed?” Ruiz asked.", "asking"),
    ("“We cannot wait.”", None),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_of_a_row_is_that_of_its_cue(text: str, kind: str | None) -> None:
    assert [quote.cue_kind for quote in find_quotes(Article("a", text), EMPTY)[0]] == [kind]
