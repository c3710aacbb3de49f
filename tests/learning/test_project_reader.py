"""A project's reader: taught by examples and decisions, the same bytes from the same ledger, and never without a word."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from learning.measure import measured
from support.paths import ROOT

from stcalib import Corpus, explain_position, load_corpus
from stcalib.cli.check import check_codebook
from stcalib.cli.learn import learn
from stcalib.codebook.codebook import load_codebook
from stcalib.core.errors import LexiconError, StcalibError
from stcalib.corrections.ledger import Ledger, read_ledger
from stcalib.learning.changes import changes
from stcalib.learning.decisions import taught_by
from stcalib.learning.nearest import hardly_read
from stcalib.learning.project import keep, lesson
from stcalib.positions.learned import reader_of, shipped_for
from stcalib.positions.scheme import scheme_of
from stcalib.review.session import Session

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
PROPOSITIONS = """
title = "Night buses"
neutral = ["The bus leaves at nine.", "The council met on Monday.", "The report has ten pages.", "Tickets cost two dollars."]

[[proposition]]
id = "night_bus"
label = "Run buses at night"
kind = "plan"
definition = "The city should run buses at night."
support = "wants buses to run at night"
oppose = "wants none"

[proposition.examples]
support = [
  "She wants the city to run buses after midnight.", "He urged the council to bring back the night bus.",
  "The union said night buses are long overdue.", "“We need a bus home after our shift,” the nurse said.", "Students asked for buses at night.",
]
oppose = [
  "He said night buses would be a waste of money.", "The taxpayers' league spoke against buses at night.",
  "She warned that empty buses at night help nobody.", "The mayor refused to pay for a night bus.", "“No night buses on my street,” the resident said.",
]
"""
ARTICLES = {
    "one": "Night buses were debated.\n\nAda Quill said a bus after midnight is long overdue.\n\nThe room was full of people that evening.\n",
    "two": "Buses at night are back on the table.\n\nBob Stern said empty buses help nobody and waste money.\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "propositions.toml").write_text(PROPOSITIONS, encoding="utf-8")
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def session(project: Path, table: str = "positions", **more: str) -> Session:
    corpus = load_corpus(project / "articles", codebook=project / "codebook")
    return Session(corpus, table, ledger=project / "corrections.csv", coder="ada", clock=lambda: NOON, **more)  # type: ignore[arg-type]


def added(project: Path, article_id: str, words: str, stance: str) -> None:
    one = session(project, article_id=article_id)
    start = ARTICLES[article_id].index(words)
    one.add(start, start + len(words), {"actor": "Somebody", "proposition": "night_bus", "stance": stance, "basis": "report"})


def test_a_codebook_by_example_is_read_once_it_has_learned(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load_corpus("articles", codebook="codebook").proposals.empty
    assert learn(None, None, None) == 0
    said = capsys.readouterr().out
    assert (
        "learned from 14 sentences of the codebook, 0 of the ledger" in said and "proposals: 0 before, 2 now" in said and "newly proposed: 2" in said
    )
    corpus = load_corpus("articles", codebook="codebook")
    read = corpus.proposals
    assert corpus.positions.empty, "examples alone fill the proposals: the pages on positions say so"
    assert list(zip(read["actor"], read["stance"], strict=True)) == [("Ada Quill", "support"), ("Bob Stern", "oppose")]


def test_the_same_ledger_gives_the_same_bytes_and_another_one_others(project: Path) -> None:
    learn(None, None, None)
    first = files(project / "codebook" / "model")
    learn(None, None, None)
    assert files(project / "codebook" / "model") == first
    added(project, "one", "Night buses were debated.", "support")
    learn(None, None, None)
    assert files(project / "codebook" / "model") != first
    (project / "corrections.csv").unlink()
    learn(None, None, None)
    assert files(project / "codebook" / "model") == first


def test_a_reader_in_memory_follows_what_is_learned(project: Path) -> None:
    before = load_codebook(project / "codebook")
    assert reader_of(before) is None
    keep(lesson(before, Ledger()), project / "codebook")
    assert reader_of(load_codebook(project / "codebook")) is not None and reader_of(before) is None


def test_decisions_teach_what_was_confirmed_added_and_changed(project: Path) -> None:
    learn(None, None, None)
    one = session(project, "proposals")
    taken = one.row
    assert taken is not None
    words = " ".join(taken.values["text"].split())
    one.accept()
    one.reject()
    ledger = read_ledger(project / "corrections.csv")
    told = taught_by(ledger)
    assert (told.confirmed, told.rejected, told.unclear) == (1, 1, 0)
    assert {example.text: set(example.labels) for example in told.examples}[words] == {("night_bus", taken.values["stance"])}
    assert sorted(len(example.labels) for example in told.examples) == [0, 1]
    one.go(0)
    one.edit("stance", "ambivalent")
    changed = {example.text: set(example.labels) for example in taught_by(read_ledger(project / "corrections.csv")).examples}
    assert changed[words] == {("night_bus", "ambivalent")}
    one.undo()
    assert taught_by(read_ledger(project / "corrections.csv")).examples == told.examples


def test_a_decision_that_does_not_tell_its_row_teaches_nothing_and_is_told(project: Path) -> None:
    learn(None, None, None)
    one = session(project, "proposals")
    one.accept()
    file = project / "corrections.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    old = [line.replace(line[line.index('"night_bus,') : line.index('"', line.index('"night_bus,') + 1) + 1], "") if "night_bus," in line else line
           for line in lines]  # fmt: skip
    file.write_text("\n".join(old) + "\n", encoding="utf-8")
    told = taught_by(read_ledger(file))
    assert (told.examples, told.unclear) == ([], 1)


def test_what_was_accepted_stays_whatever_the_reader_learns_next(project: Path) -> None:
    learn(None, None, None)
    one = session(project, "proposals")
    accepted = one.row
    assert accepted is not None
    one.accept()
    shutil.rmtree(project / "codebook" / "model")
    corpus = load_corpus(project / "articles", codebook=project / "codebook", corrections=project / "corrections.csv")
    (row,) = corpus.positions.itertuples()
    assert (row.position_id, row.status, row.accepted_by) == (accepted.values["position_id"], "confirmed", "ada")
    assert corpus.problems.empty


@pytest.mark.parametrize(
    ("content", "codebook", "message"),
    [
        (None, "carbon_price", "is one of the package"),
        (
            '[[proposition]]\nid = "a"\nlabel = "a"\nkind = "plan"\ndefinition = "a"\nsupport = "a"\noppose = "a"\n',
            "codebook",
            "neither wordings nor examples",
        ),
        (
            '[[proposition]]\nid = "a"\nlabel = "a"\nkind = "plan"\ndefinition = "a"\nsupport = "a"\noppose = "a"\n'
            '[proposition.examples]\nsupport = ["Ann wants it."]\n',
            "codebook",
            "nothing to learn from yet",
        ),
    ],
)
def test_what_cannot_be_learned_is_told(project: Path, content: str | None, codebook: str, message: str) -> None:
    if content is not None:
        (project / "codebook" / "propositions.toml").write_text(content, encoding="utf-8")
    with pytest.raises(StcalibError, match=message):
        learn(None, codebook, None)
    assert not (project / "codebook" / "model").exists()


def test_damaged_weights_are_told(project: Path) -> None:
    learn(None, None, None)
    (project / "codebook" / "model" / "weights.npy").write_bytes(b"x")
    with pytest.raises(LexiconError, match="stca learn"):
        reader_of(load_codebook(project / "codebook"))


def test_a_copy_of_a_codebook_of_the_package_has_its_reader(tmp_path: Path) -> None:
    """A project's codebook stands in a folder of another name."""
    for name in ("stca", "carbon_price"):
        copied = tmp_path / name / "codebook"
        shutil.copytree(ROOT / "stcalib" / "data" / "codebooks" / name, copied)
        assert shipped_for(load_codebook(copied)) == name


def test_changes_follow_rows_into_the_table_and_out_of_it(project: Path) -> None:
    before = load_corpus(project / "articles", codebook=project / "codebook")
    learn(None, None, None)
    after = load_corpus(project / "articles", codebook=project / "codebook")
    assert changes(before, after)["change"].tolist() == ["newly proposed"] * 2
    assert changes(after, before)["change"].tolist() == ["no longer proposed"] * 2
    assert changes(after, after).empty


def test_check_tells_what_is_hardly_read_and_whose_reader_there_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_codebook(None, None)
    said = capsys.readouterr().out
    assert "hardly read: night_bus, 0 positions or proposals; nearest to it, and in no row:\n  one: Ada Quill said" in said
    assert "learned reader: none; 1 propositions have examples: run stca learn" in said
    learn(None, None, None)
    check_codebook(None, None)
    assert "learned reader: the project's own" in capsys.readouterr().out


def test_hardly_read_propositions_come_with_the_nearest_sentences(project: Path) -> None:
    corpus = load_corpus(project / "articles", codebook=project / "codebook")
    (found,) = hardly_read(corpus)
    assert (found.proposition, found.n) == ("night_bus", 0)
    nearest = [sentence.text for sentence in found.nearest]
    assert "Ada Quill said a bus after midnight is long overdue." in nearest and not any("The room was full" in text for text in nearest)


def test_ninety_confirmed_rows_make_the_next_articles_better(tmp_path: Path) -> None:
    told = measured(tmp_path)
    assert told["taught"]["together"] >= told["examples"]["together"] + 0.05
    assert min(one["precision"] for one in told.values()) >= 0.88
    assert min(one["proposals right"] for one in told.values()) >= 0.35 and max(one["proposals an article"] for one in told.values()) <= 8


# ---- what weighed how much
def test_a_score_is_the_sum_of_what_its_words_weigh() -> None:
    book = load_codebook()
    reader, text = reader_of(book), scheme_of(book).vocabulary.encode("She wants Ottawa to suspend the pact, and nobody else does.")
    assert reader is not None
    scores = reader.read(text, 0, len(text.symbols), ())
    for label, offset in zip(reader.model.labels, reader.model.offsets, strict=True):
        parts = reader.weighed(text, 0, len(text.symbols), (), label)
        assert abs(scores[label] - int(offset) - sum(weight for _, weight in parts)) <= len(parts)


def test_every_row_that_was_read_tells_its_weights(seeds: Corpus) -> None:
    corpus = seeds
    for key in [*corpus.positions["position_id"][:6], *corpus.proposals["position_id"][:6]]:
        told = explain_position(corpus, key)
        words = told[told["of"] == "words"]
        assert len(words) and {"reading", "words"} <= set(told["of"]) <= {"wording", "cue", "reading", "words"}
        assert words["weight"].abs().is_monotonic_decreasing


def test_an_unknown_row_is_told() -> None:
    with pytest.raises(StcalibError, match="no position or proposal that was read has this id"):
        explain_position(Corpus.from_texts({"a": "Nothing."}), "p-none")
