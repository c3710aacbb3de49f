"""Positions: sentences and articles written for these tests, and what must hold for any text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import number_of_examples
from support.paths import DRUG_DEATHS, GOLD, SEEDS
from support.position_cases import DAY, FOLDER, REPORTS, TRAINING, Agreement, Case, articles, cases, entries, found, published, read, short

import stcalib
from stcalib.codebook.codebook import EMPTY, load_codebook
from stcalib.core.errors import LexiconError
from stcalib.core.rows import Published
from stcalib.learning.training import examples
from stcalib.positions.features import Features
from stcalib.positions.find import CHARACTERS, Read, find_positions
from stcalib.positions.learned import reader_of
from stcalib.positions.scheme import scheme_of
from stcalib.positions.weighing import MOST
from stcalib.quotes.find import find_quotes
from stcalib.text.article import Article

PROPOSITIONS = [proposition.id for proposition in load_codebook().propositions.proposition]


# ---- the table of sentences
@pytest.mark.parametrize("case", cases(), ids=[case.text[:70] for case in cases()])
def test_a_sentence(case: Case) -> None:
    rows, _, article = found(case.text)
    assert short(rows) == sorted(case.rows)
    assert all(article.text[row.start : row.end] == row.text for row in rows)


@pytest.mark.parametrize("case", cases("sentences_talks_to_deter"), ids=[case.text[:70] for case in cases("sentences_talks_to_deter")])
def test_a_sentence_on_the_last_five_propositions(case: Case) -> None:
    rows, _, article = found(case.text)
    assert short([row for row in rows if row.proposition in PROPOSITIONS[5:]]) == sorted(case.rows)
    assert all(article.text[row.start : row.end] == row.text for row in rows)


def test_the_table_is_whole() -> None:
    table = cases()
    assert len(table) >= 120
    assert sum(case.trap for case in table) * 2 >= len(table)
    shown = [row.split(" | ")[1] for case in table for row in case.rows]
    assert all(shown.count(proposition) >= 7 for proposition in PROPOSITIONS)
    assert set(shown) == set(PROPOSITIONS)
    assert len(PROPOSITIONS) == 10


@pytest.mark.parametrize("case", cases("carbon_price"), ids=[case.text[:70] for case in cases("carbon_price")])
def test_a_codebook_for_another_issue(case: Case) -> None:
    rows, _, article = found(case.text, "carbon_price")
    assert short(rows) == sorted(case.rows)
    assert all(article.text[row.start : row.end] == row.text for row in rows)


def test_a_codebook_sees_its_own_issue_only() -> None:
    for case in cases("carbon_price"):
        assert found(case.text)[0] == []
    article = Article("a", "The carbon tax is fair. “The loophole must be closed,” said Bloc MP Paul Lavoie of the asylum seekers at the border.")
    assert read(article, codebook=load_codebook("carbon_price"))[0] == []


def test_the_codebook_of_the_documentation_works(tmp_path: Path) -> None:
    page = (Path(stcalib.__file__).parent / "docs" / "positions.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "propositions.toml").write_text(example, encoding="utf-8")
    (tmp_path / "actors.toml").write_bytes((Path(stcalib.__file__).parent / "data" / "codebooks" / "carbon_price" / "actors.toml").read_bytes())
    article = Article("a", "The carbon tax again. Premier Scott Moe said the carbon tax must be scrapped.")
    assert short(read(article, codebook=load_codebook(tmp_path))[0]) == ["Scott Moe | scrap | support"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<end> .. <the_tax>", "<end> .. <the_tex>", r"proposition scrap: wording 1: .*names <the_tex>, which no \[terms\] has"),
        ("<end> .. <the_tax>", "<end .. the tax", r"proposition scrap: wording 1"),
        ("<end> .. <the_tax>", "(end|scrap", r"a '\(' is not closed"),
        ('means = "support"', 'means = "maybe"', r"means.*'support' or 'oppose'"),
        ('kind = "plan"', 'kind = "wish"', r"'plan', 'claim' or 'fact'"),
        ('id = "scrap"', 'id = "Scrap it"', "proposition 1"),
        ("within = 6", "within = 60", r"within.*less than or equal to 20"),
    ],
)
def test_a_bad_codebook_says_where_and_what_is_allowed(tmp_path: Path, old: str, new: str, said: str) -> None:
    page = (Path(stcalib.__file__).parent / "docs" / "positions.md").read_text(encoding="utf-8")
    example = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[0].replace(old, new, 1)
    (tmp_path / "propositions.toml").write_text(example, encoding="utf-8")
    with pytest.raises(LexiconError, match=said):
        load_codebook(tmp_path)


# ---- articles
FLOORS = {"abcdefgh": {"f1": 0.92, "party": 0.98, "evidence": 0.98}, "ijkl": {"f1": 0.77, "party": 0.97, "evidence": 0.97}, "m": {"f1": 0.49, "party": 0.82, "evidence": 0.92}}
"""Measured on the batches of articles, by the letters of their ids; a change that lowers them must say why.

The later batches were worked on for a short time each, to leave them as a measure.
"""


@pytest.mark.parametrize("batches", FLOORS)
def test_articles(batches: str) -> None:
    agreement, floors = Agreement(), FLOORS[batches]
    for entry in articles():
        if entry["id"][0] not in batches:
            continue
        rows, _ = read(Article(entry["id"], entry["text"]), published(entry))
        agreement.add(entry["rows"], rows)
    matched = agreement.hits + agreement.optional
    assert agreement.f1 >= floors["f1"], agreement
    assert agreement.same_party >= floors["party"] * matched, agreement
    assert agreement.same_evidence >= floors["evidence"] * matched, agreement


def test_every_batch_has_its_floor() -> None:
    assert {entry["id"][0] for entry in articles()} == set("".join(FLOORS))


def test_the_agreement_of_rows_is_measured() -> None:
    wanted = [
        {"actor": "Ann Archer", "proposition": "suspend", "stance": "oppose"},
        {"actor": ["Bo Baker", "critic"], "proposition": "suspend", "stance": "support"},
        {"actor": "Cy Cook", "proposition": "deter", "stance": "support", "optional": True},
    ]
    rows, _, _ = found("Hussen rejected calls to suspend the agreement.")
    agreement = Agreement()
    agreement.add(wanted, rows)
    assert (agreement.hits, agreement.missed, agreement.spurious) == (0, 2, 1)
    agreement.add([{"actor": "Hussen", "party": "LPC", "proposition": "suspend", "stance": "oppose", "evidence": "rejected calls"}], rows)
    assert (agreement.hits, agreement.same_party, agreement.same_evidence) == (1, 1, 1)


# ---- rows and what is skipped
def test_a_row_tells_what_it_rests_on() -> None:
    (row,), _, _ = found("“We will not abandon the agreement,” Prime Minister Justin Trudeau said.")
    assert (row.basis, row.party, row.organization, row.actor_type) == ("quote", "LPC", "Government of Canada", "person")
    assert row.quote_id is not None
    assert row.as_of == DAY.earliest
    assert row.wording == "abandon the agreement"
    (row,), _, _ = found("The Conservatives want the agreement suspended.")
    assert (row.basis, row.cue, row.quote_id, row.organization) == ("report", "want", None, "Conservative Party of Canada")
    (row,), _, _ = found("The NDP voted against a motion to suspend the agreement.")
    assert (row.basis, row.stance) == ("act", "oppose")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It is not known whether the loophole can be closed.", "whole_border .*question"),
        ("The minister was asked if the United States is safe.", "us_safe"),
        ("Kwan stopped short of calling for the agreement to be torn up.", "suspend .*stopped short of"),
        ("The pact stays in force unless one side gives notice that it will end the agreement.", "suspend"),
        ("Talks on the agreement are under way.", "talks_underway .*cannot be told"),
    ],
)
def test_a_wording_without_a_row_is_skipped_with_its_reason(text: str, reason: str) -> None:
    rows, skipped, _ = found(text)
    assert rows == []
    assert any(re.search(reason, one.reason) and one.text == text and one.table == "positions" for one in skipped), skipped


def test_no_propositions_no_rows() -> None:
    assert read(Article("a", "The loophole must be closed, said Bloc MP Paul Lavoie of the asylum seekers."), codebook=EMPTY) == ([], [])


def test_a_topic_named_in_passing_is_told() -> None:
    stance, filler = "“Ottawa should expand safe supply,” said Ada Roe.", "The council met on roads and bins, and on the price of bread. "
    said = "read for no position"
    for text, rows, told in ((stance, 1, False), (filler * 7 + stance, 1, False), (filler * 30 + stance, 0, True), (stance + filler * 30, 1, False)):
        corpus = stcalib.Corpus.from_texts({"a": text}, codebook=DRUG_DEATHS)
        assert len(corpus.positions) == rows
        skipped = corpus.skipped[corpus.skipped["reason"].str.contains(said)]
        assert skipped["text"].tolist() == ["safe supply"] * told
        assert all(text[row.start : row.end] == row.text for row in skipped.itertuples())


@pytest.mark.parametrize("case", entries("untaught.toml"), ids=lambda case: case["what"])
def test_without_a_learned_reader_what_is_doubtful_is_proposed(case: dict[str, Any]) -> None:
    corpus = stcalib.Corpus.from_texts({"a": "Safe supply and drug deaths are debated.\n\n" + case["text"]}, codebook=DRUG_DEATHS)
    stances = [[f"{row.actor} | {row.stance}" for row in frame.itertuples()] for frame in (corpus.positions, corpus.proposals)]
    assert stances == [case["rows"], case["proposed"]]


def test_an_article_about_something_else() -> None:
    text = "The union said the pact must be scrapped. “The agreement does not work,” said Tara Quist. The school board wants it amended."
    assert read(Article("a", text)) == ([], [])


# ---- even-handedness
NAMES = {
    "CPC": ("Conservative Party of Canada", "the Conservatives", "The Conservatives", "Conservative", "Andrew Scheer"),
    "NDP": ("New Democratic Party", "the New Democrats", "The New Democrats", "NDP", "Jagmeet Singh"),
    "BQ": ("Bloc Québécois", "the Bloc Québécois", "The Bloc Québécois", "Bloc", "Mario Beaulieu"),
    "GPC": ("Green Party of Canada", "the Greens", "The Greens", "Green", "Elizabeth May"),
    "LPC": ("Liberal Party of Canada", "the Liberals", "The Liberals", "Liberal", "Justin Trudeau"),
}
LEADERS = {leader.rpartition(" ")[2] for *_, leader in NAMES.values()}
WRITTEN = {
    "CPC": r"[Tt]he Conservatives\b|Conservative\b|(?:Andrew )?Scheer",
    "NDP": r"[Tt]he NDP\b(?! (?:MP|[Ll]eader|government))|NDP\b|(?:Jagmeet )?Singh",
    "BQ": r"[Tt]he Bloc Québécois\b|[Tt]he Bloc\b(?! MP)|Bloc\b|(?:Mario )?Beaulieu",
    "GPC": r"[Tt]he Greens\b|Green\b|Elizabeth May",
    "LPC": r"[Tt]he Liberals\b|Liberal\b",
}


def exchanged(text: str, one: str, other: str) -> str:
    """A sentence in which two parties have changed names."""

    def other_name(match: re.Match[str]) -> str:
        party = other if re.fullmatch(WRITTEN[one], match[0]) else one
        _, small, great, adjective, leader = NAMES[party]
        if match[0].rpartition(" ")[2] in LEADERS:
            return leader
        return (great if match[0].startswith("The") else small) if match[0].lower().startswith("the ") else adjective

    return re.sub(f"{WRITTEN[one]}|{WRITTEN[other]}", other_name, text)


def mirrored(row: str, one: str, other: str) -> str:
    names = {NAMES[a][part]: NAMES[b][part] for a, b in ((one, other), (other, one)) for part in (0, 4)}
    actor, _, rest = row.partition(" | ")
    return f"{names.get(actor, actor)} | {rest}"


PAIRS = [(a, b) for i, a in enumerate(NAMES) for b in list(NAMES)[i + 1 :]]
NAMED = [case for case in cases() if any(re.search(pattern, case.text) for pattern in WRITTEN.values())]


@pytest.mark.parametrize("pair", PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_parties_that_change_names_change_rows(pair: tuple[str, str]) -> None:
    """The rows of every sentence are those of the other party when the names are exchanged, whatever the party.

    The leaders change with their parties. Sentences that accuse somebody are left out where the Liberals take part in
    the exchange: they were in government, and another party was not.
    """
    one, other = pair
    swap = {one: other, other: one}
    for case in NAMED:
        text = exchanged(case.text, one, other)
        if text == case.text or ("LPC" in pair and re.search("accused|Scheer called", case.text)):
            continue
        rows, _, _ = found(text)
        assert short(rows) == sorted(mirrored(row, one, other) for row in case.rows), text
        before, _, _ = found(case.text)
        parties = sorted((swap.get(row.party or "", row.party) or "", row.proposition, row.stance) for row in before if row.actor not in REGISTERED)
        assert sorted((row.party or "", row.proposition, row.stance) for row in rows if row.actor not in REGISTERED) == parties, text


REGISTERED = {person.name for person in load_codebook().actors.person}
"""Persons of whom the registry knows the party, whatever a sentence says."""


def test_the_exchange_exchanges() -> None:
    assert exchanged("The NDP accused the Conservatives, NDP MP Ann said.", "NDP", "CPC") == (
        "The Conservatives accused the New Democrats, Conservative MP Ann said."
    )
    assert len(NAMED) >= 30


# ---- any text
PIECES = st.sampled_from(
    [
        "The Conservatives ", "NDP Leader Jagmeet Singh ", "Ottawa ", "he ", "“", "”", " said", " wants ", "rejected calls to ",
        "suspend the agreement", "close the loophole", " would not say whether ", "the United States is safe", " not ", ". ", ", ", "\n\n",
        "talks with the Americans are under way", " because ", "that idea ", "unless ", "? ", "It ", "according to Hussen",
        "the government has lost control of the border", " and ", "no plans to ", "Canada ", "whether ", "who ", "&amp;", "<p>", "—",
        "the Conservative pitch ", "For Jenny Kwan, ", "even as ", "exactly that", "considers ", "; ",
    ]
)  # fmt: skip


@number_of_examples(250)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_sentence(text: str) -> None:
    article = Article("any", "Asylum seekers crossed at Roxham Road. " + text)
    rows, skipped = read(article)
    for row in (*rows, *skipped):
        assert article.text[row.start : row.end] == row.text
        assert row.text
    assert (rows, skipped) == read(Article("any", article.text))
    assert len({row.position_id for row in rows}) == len(rows)
    assert rows == sorted(rows, key=lambda row: row.start)


@number_of_examples(100)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    article = Article("any", "asylum seekers and the Safe Third Country Agreement: " + text)
    rows, skipped = read(article, Published())
    assert all(article.text[row.start : row.end] == row.text for row in (*rows, *skipped))


# ---- signs, tiers and the learned reader
def pairs() -> list[tuple[str, str, str, str | None, str]]:
    """Every sentence of the minimal pairs: construction, proposition, actor, the stance it shows (None for none), text."""
    told = tomllib.loads((FOLDER / "minimal_pairs.toml").read_text(encoding="utf-8"))
    found: list[tuple[str, str, str, str | None, str]] = []
    for group in told["turned"]:
        found += [(group["by"], p, a, stance, text) for p, a, *texts in group["pairs"] for stance, text in zip(("support", "oppose"), texts, strict=True)]
    for group in told["silent"]:
        found += [(group["by"], p, a, stance, text) for p, shown, a, *texts in group["pairs"] for stance, text in zip((shown, None), texts, strict=True)]
    return found


def pages() -> list[dict[str, Any]]:
    """Pages that tell whose voice their words are."""
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / "voices.toml").read_text(encoding="utf-8"))["page"]
    return found


def both_tiers(text: str) -> Read:
    article = Article("case", REPORTS["stca"].format(text=text))
    quotes, _ = find_quotes(article, load_codebook(), DAY)
    return find_positions(article, quotes, load_codebook(), DAY)


def is_of(actor: str, name: str) -> bool:
    return name in ("*", actor) or (" " not in actor and name.endswith(actor))


def test_no_row_of_the_table_is_turned() -> None:
    """Of at least 200 pairs of sentences that differ in the words that turn a stance, none is in the table with the other sign."""
    right = shown = 0
    turned = []
    for by, proposition, actor, stance, text in pairs():
        read = both_tiers(text)
        rows = [row for row in read.positions if row.proposition == proposition and is_of(row.actor, actor)]
        others = ("support", "oppose") if stance is None else {"support": ("oppose",), "oppose": ("support",)}[stance]
        turned += [(by, text, row.stance) for row in rows if row.stance in others]
        shown += stance is not None
        right += any(row.stance == stance for row in rows)
    assert len(pairs()) >= 400
    assert turned == []
    assert right >= 0.60 * shown, (right, shown)


@pytest.mark.parametrize("page", pages(), ids=[page["what"] for page in pages()])
def test_whose_voice_a_page_speaks_with(page: dict[str, Any]) -> None:
    article = Article("page", page["text"])
    quotes, _ = find_quotes(article, load_codebook(), DAY)
    told = find_positions(article, quotes, load_codebook(), DAY)
    shown = [f"{row.actor} | {row.proposition} | {row.stance}" for row in (*told.positions, *told.proposals)]
    assert set(page["rows"]) <= set(shown)
    assert not {row.actor for row in (*told.positions, *told.proposals)} & set(page["never"])


@pytest.mark.parametrize("case", entries("taken_up.toml"), ids=lambda case: case["what"])
def test_what_is_held_of_a_proposal_raised_before(case: dict[str, Any]) -> None:
    told = both_tiers(case["text"])
    table, proposed = ({f"{row.actor} | {row.proposition} | {row.stance}" for row in rows} for rows in (told.positions, told.proposals))
    assert set(case["rows"]) <= table | proposed
    assert not (table | proposed) & set(case["never"])
    assert table == set(case.get("table", table))


def test_proposals_are_few_and_none_repeats_a_row() -> None:
    for file in sorted((GOLD.parent / "tests" / "gold").glob("first_reading/*/text/*.txt"))[:12]:
        article = Article(file.stem, file.read_text(encoding="utf-8", errors="replace"))
        told = find_positions(article, find_quotes(article, load_codebook(), DAY)[0], load_codebook(), DAY)
        stances = [(row.actor, row.proposition, row.stance) for row in told.proposals]
        assert len(set(stances)) == len(stances) <= max(MOST, len(article.text) // CHARACTERS)
        assert not set(stances) & {(row.actor, row.proposition, row.stance) for row in told.positions}


def test_a_proposal_says_why_it_is_none_and_keeps_its_id() -> None:
    read = both_tiers("The NDP will do what it can, says Jenny Kwan, since nobody wants the agreement suspended. Why would the minister close Roxham Road?")
    for row in (*both_tiers("“Would you suspend the agreement?” Rempel asked Hussen.").proposals, *read.proposals):
        assert row.reason
        assert row.position_id.startswith("p-")
        assert row.read_by in ("rules", "reader", "both")
        assert row.score is not None
        assert 0 <= row.score <= 99


def test_training_shares_no_long_run_of_words_with_what_measures() -> None:
    """Sentences that teach the reader hold no run of nine words of an article that measures it.

    Batches of first readings are written after the training: what they share are names of bodies and set phrases.
    """
    measured = [*SEEDS.glob("*.txt"), *GOLD.glob("*/text/*.txt")]
    held = [entry["text"] for entry in articles() if entry["id"][0] == "m"]
    runs = {run for text in (*(path.read_text(encoding="utf-8", errors="replace") for path in measured), *held) for run in runs_of(text)}
    shared = {run for example in examples(TRAINING) for run in runs_of(example.text) if run in runs}
    assert not shared


def runs_of(text: str, length: int = 9) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.lower())
    yield from (tuple(words[i : i + length]) for i in range(len(words) - length + 1))


def test_names_of_persons_and_parties_are_masked() -> None:
    codebook = load_codebook()
    maker, vocabulary = Features(codebook), scheme_of(codebook).vocabulary
    seen = []
    for name, party in (("Andrew Scheer", "Conservative"), ("Jagmeet Singh", "NDP"), ("Ada Roe", "Bloc")):
        text = vocabulary.encode(f"On Friday {party} Leader {name} said the loophole must be closed.")
        seen.append(maker.of(text, 0, len(text.symbols)))
    assert seen[0] == seen[1] == seen[2]


def test_a_score_is_a_sum_that_can_be_told() -> None:
    codebook = load_codebook()
    reader = reader_of(codebook)
    assert reader is not None
    text = scheme_of(codebook).vocabulary.encode("The New Democrats want the agreement suspended.")
    scores = reader.read(text, 0, len(text.symbols), ())
    assert max(scores, key=lambda label: scores[label]) == ("suspend", "support")
    weighed = reader.weighed(text, 0, len(text.symbols), (), ("suspend", "support"))
    number = reader.model.labels.index(("suspend", "support"))
    assert abs(sum(weight for _, weight in weighed) + int(reader.model.offsets[number]) - scores["suspend", "support"]) <= len(weighed)
