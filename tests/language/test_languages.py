"""A language is a folder of the lexicon: what is read by it, and how one is left for another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stcalib.language import languages, load_lexicon, use_language
from stcalib.language.in_use import REFERENCE, language_in_use
from stcalib.language.reporting_verbs import cue_forms
from stcalib.language.word_sets import pattern, word_list
from stcalib.syntax.reporting_clauses import reports_in
from stcalib.text.tokens import tokens_of

ROOT = Path(__file__).parent / "lexicon"


@pytest.fixture
def french() -> Iterator[None]:
    use_language("fr", ROOT)
    yield
    use_language(REFERENCE)


def test_english_is_whole_and_in_use() -> None:
    assert languages() == ("en",)
    assert language_in_use() == REFERENCE
    assert load_lexicon() is load_lexicon()
    assert load_lexicon("en") == load_lexicon()


def said_in(text: str) -> list[tuple[str, str]]:
    """The verb and the cue of each reporting clause of a sentence."""
    tokens = tokens_of(text, 0, len(text))
    return [(tokens.words[report.verb], report.cue.verb) for report in reports_in(tokens)[0] if report.cue is not None and report.verb is not None]


def test_a_language_is_a_folder(french: None) -> None:
    assert load_lexicon().cues.cue[0].verbs == ("affirmer", "déclarer")
    assert load_lexicon("en").cues.cue[0].verbs == ("say",)
    (cue,) = cue_forms()["affirme"]
    assert (cue.verb, cue.form, cue.kind) == ("affirmer", "third", "neutral")
    assert "says" not in cue_forms()


def test_a_cue_verb_of_it_is_read(french: None) -> None:
    assert said_in("Okoro affirme que la route est fermée.") == [("affirme", "affirmer")]
    assert said_in("Okoro says that the road is closed.") == []


def test_what_the_folder_lacks_is_empty(french: None) -> None:
    assert load_lexicon().counting.rise == ()
    assert word_list("counts.of") == ()
    assert pattern("counts.spelled").search("three") is None


def test_english_is_read_again_after_another_language() -> None:
    english = said_in("Okoro says that the road is closed.")
    use_language("fr", ROOT)
    use_language(REFERENCE)
    assert said_in("Okoro says that the road is closed.") == english == [("says", "say")]
    assert said_in("Okoro affirme que la route est fermée.") == []


def test_a_language_without_a_folder_is_told() -> None:
    with pytest.raises(LookupError, match=r"no language 'de'.*There are en"):
        use_language("de")
    with pytest.raises(LookupError, match="no language 'de'"):
        load_lexicon("de")
    with pytest.raises(LookupError, match="There are fr"):
        use_language("de", ROOT)
    assert language_in_use() == REFERENCE
