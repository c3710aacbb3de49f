"""Disputes of other countries, each with its own codebook: their rows, and all notebooks run on them."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from support.notebook_cells import run_cells
from support.paths import ROOT, TESTS

from stcalib import Corpus, charts, load_corpus
from stcalib.analysis import check_consistency
from stcalib.cli.project import new_project
from stcalib.notebook.figures import chart_svg
from stcalib.notebook.run import run_notebooks
from stcalib.official import check_counts, load_series

PROJECTS = ("small_boats", "drug_deaths", "scooters")
COLUMNS = {
    "counts": ("article_id", "text", "kind", "measure", "place", "per", "period_start", "period_end", "source"),
    "quotes": ("article_id", "actor", "party", "text"),
    "positions": ("article_id", "actor", "party", "proposition", "stance"),
}
WORDS = 4
"""Words of a quotation by which a row is told from others."""
ALIEN = ("Canad", "interception", "Conservative Party of Canada", "asylum claims", "Roxham", "no Canadian party", "IRCC")
"""What the package's own issue would leave in figures of another."""


def of(name: str) -> Corpus:
    return load_corpus(TESTS / "projects" / name / "articles", codebook=TESTS / "projects" / name / "codebook")


def truth(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((TESTS / "projects" / name / "rows.toml").read_text(encoding="utf-8"))


def field(name: str, value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    return str(value)[:10] if name.startswith(("period_", "published_")) else str(value)


def lines(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[str]:
    records = frame[list(columns)].to_dict("records")
    rows = [[field(column, record[column]) for column in columns] for record in records]
    if columns == COLUMNS["quotes"]:
        rows = [[*row[:-1], " ".join(row[-1].split()[:WORDS])] for row in rows]
    return [" | ".join(row).strip() for row in rows]


@pytest.fixture(scope="module")
def corpora() -> dict[str, Corpus]:
    return {name: of(name) for name in PROJECTS}


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize("name", PROJECTS)
def test_rows_are_those_of_a_careful_reader(corpora: dict[str, Corpus], name: str, table: str) -> None:
    corpus, known = corpora[name], {key: [row.strip() for row in rows] for key, rows in truth(name)[table].items()}
    on_issue = corpus.articles.loc[corpus.articles["left_out"].isna(), "article_id"]
    frame = getattr(corpus, table)
    found = Counter(lines(frame[frame["article_id"].isin(on_issue)], COLUMNS[table]))
    assert not Counter(known["rows"]) - found, "rows that were read and are no longer"
    assert not found - Counter([*known["rows"], *known["missed"], *known["wrong"]]), "rows that no reader finds"


@pytest.mark.parametrize("name", PROJECTS)
def test_what_is_left_out_and_when_articles_were_published(corpora: dict[str, Corpus], name: str) -> None:
    corpus, known = corpora[name], truth(name)
    left = corpus.articles[corpus.articles["left_out"].notna()]
    assert lines(left, ("article_id", "left_out")) == known["left_out"]
    assert lines(corpus.articles, ("article_id", "published_earliest", "published_latest")) == [row.strip() for row in known["published"]]
    assert lines(corpus.problems, ("file", "problem")) == known["problems"]


def made(name: str, folder: Path) -> Path:
    new_project(folder, "empty")
    for part in ("articles", "codebook"):
        shutil.rmtree(folder / part)
        shutil.copytree(TESTS / "projects" / name / part, folder / part)
    return folder


@pytest.mark.parametrize("name", PROJECTS)
def test_places_are_called_by_their_titles(corpora: dict[str, Corpus], name: str) -> None:
    corpus = corpora[name]
    places = {place.code: place.title for place in corpus.codebook.counts.place}
    codes = re.compile(rf"(?<![\w-])(?:{'|'.join(places)})(?![\w-])")
    counts = corpus.counts
    verdicts = check_counts(counts, corpus.articles, load_series(codebook=corpus.codebook), codebook=corpus.codebook)
    found = check_consistency(counts, default_place=corpus.codebook.counts.default_place or "", places=places)
    read = {text for frame, column in ((verdicts, "reasoning"), (found, "words")) for text in frame[column]}
    drawn = [charts.crossings(corpus), charts.stated_against_official(corpus)]
    shown = {text for chart in drawn for text in re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", chart_svg(chart.to_dict()).decode())}
    assert len(read) > 2 and len(shown) > 10
    assert not [text for text in (*read, *shown) if codes.search(text)]


@pytest.mark.slow
@pytest.mark.parametrize("name", PROJECTS)
def test_all_notebooks_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("STCALIB_FIGURES", raising=False)
    monkeypatch.chdir(made(name, tmp_path / "p"))
    report = run_notebooks()
    assert len(report.seconds) == 5
    drawn = {path.stem: path.read_text(encoding="utf-8") for path in Path("figures").glob("*.svg")}
    assert len(drawn) == 13
    assert not [(figure, word) for figure, text in drawn.items() for word in ALIEN if word in text and name != "drug_deaths"]
    assert all("No count" not in drawn[figure] for figure in ("crossings", "stated_against_official"))


@pytest.mark.slow
def test_a_dispute_without_parties_is_compared_by_organization(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = made("scooters", tmp_path / "p")
    actors = project / "codebook" / "actors.toml"
    entries = re.split(r"\n\n(?=\[\[)", actors.read_text(encoding="utf-8"))
    kept = (re.sub(r"(?m)^parties = .*\n?", "", entry) for entry in entries if not entry.startswith("[[party]]"))
    actors.write_text("\n\n".join(kept) + "\n", encoding="utf-8")
    monkeypatch.chdir(project / "notebooks")
    for notebook in ("03_quotes.ipynb", "04_positions.ipynb"):
        run_cells(Path(notebook), corrections=None)
    bodies = set(load_corpus(project / "articles", codebook=project / "codebook").positions["organization"].dropna())
    matrix = Path("../figures/stance_matrix.csv").read_text(encoding="utf-8")
    assert matrix.startswith("organization,") and bodies and all(body in matrix for body in bodies)
    assert "Where organizations stand" in Path("../figures/stance_matrix.svg").read_text(encoding="utf-8")


NEW = {
    "one count": ("The bridge\n\nPolice stopped 312 asylum seekers at the border in May 2018.\n", 1, 0, None),
    "none": ("The bridge\n\nThe bridge over the river is closed again, and nobody knows for how long.\n", 0, 0, "off topic"),
    "in French": (
        "Le pont\n\nLa ministre a dit que la frontière restera ouverte et que les gens qui traversent au chemin ont droit à une audience. "
        "Elle ne veut pas que le gouvernement change cette entente avec les voisins.\n",
        0,
        1,
        "other language",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", NEW)
def test_a_new_project_with_another_article(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, counts, problems, left_out = NEW[case]
    project = tmp_path / "p"
    new_project(project)
    for file in (project / "articles").glob("*.txt"):
        file.unlink()
    (project / "corrections.csv").unlink()
    (project / "articles" / "mine.txt").write_text(text, encoding="utf-8")
    corpus = load_corpus(project / "articles", codebook=project / "codebook")
    assert (len(corpus.counts), len(corpus.problems)) == (counts, problems)
    assert list(corpus.articles["left_out"].dropna()) == ([left_out] if left_out else [])
    assert left_out != "other language" or all(corpus.tables()[name].empty for name in ("counts", "quotes", "positions", "skipped", "derived"))
    monkeypatch.chdir(project / "notebooks")
    for notebook in sorted(Path().glob("*.ipynb")):
        run_cells(notebook, corrections=None)


@pytest.mark.slow
@pytest.mark.parametrize("period", ["2031", "1990-01..1990-06"])
def test_a_selection_that_leaves_nothing(period: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made("small_boats", tmp_path / "p") / "notebooks")
    for notebook in sorted(Path().glob("*.ipynb")):
        told = run_cells(notebook, corrections=None, **({} if "article" in notebook.stem else {"period": period}))
        assert "article" in notebook.stem or f"0 of 7 articles, period = '{period}'" in told[0]
