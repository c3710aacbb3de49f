"""What a notebook works with: parameters checked against the corpus, tables cut to them, figures entered with both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from support.frames import frame

from stcalib import Corpus, charts
from stcalib.analysis import tallies
from stcalib.charts import speech_by_party
from stcalib.core.errors import LexiconError, ParameterError
from stcalib.display import theme
from stcalib.export.wide import wide_files
from stcalib.notebook.manifest import FOLDER_VARIABLE, read_manifest
from stcalib.notebook.study import Study, check_parameters

ARTICLES = {
    "first": "By Jo Reed, The Example Times\n\nPosted May 1, 2018\n\nRefugee claims fell. The plan works, MP Bo Baker said. “It is a good plan.”\n\nNobody else spoke.\n",
    "second": "Posted June 3, 2018\n\n“We will look at asylum,” said Ann Archer.\n\n“We have looked at it,” she said. “It is done.”\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with two dated articles."""
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "empty").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    return "articles"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"folder": "nowhere"}, "nb: folder = 'nowhere': there is no such folder"),
        ({"folder": "empty"}, "holds no article"),
        ({"period": "spring"}, "nb: period = 'spring': write a period as"),
        ({"article_id": "frist"}, r"Did you mean first\? Allowed: first, second"),
        ({"parties": ["LPCC"]}, r"nb: parties = \['LPCC'\]: 'LPCC' is not in the codebook\. Did you mean LPC\?"),
        ({"parties": ["LPC", "tories"]}, r"'tories' is not in the codebook\. Did you mean CPC\?"),
        ({"propositions": ["suspended"]}, r"'suspended' is not in the codebook\. Did you mean suspend\?"),
        ({"measures": ["interception"]}, r"'interception' is not in the codebook\. Did you mean interceptions\?"),
        ({"places": ["CA", "Quebec"]}, r"'Quebec' is not in the codebook\. Did you mean CA-QC\?"),
        ({"outlets": ["The Example Tims"]}, r"nb: outlets: 'The Example Tims' is not known\."),
        ({"actors": ["Nobody"]}, "nb: actors: 'Nobody' is not known"),
        ({"top": 0}, "must be 1 or more"),
        ({"by": "outlet"}, r"nb: by = 'outlet': figures compare no such thing\. There are party, organization, actor"),
        ({"tier": "all"}, r"nb: tier = 'all': no such tier\. There are firm, firm\+proposals"),
        ({"place": "Canada"}, "nb: place = 'Canada': is not in the codebook. Did you mean CA\\? Allowed: CA, CA-QC"),
        ({"measure": "landings"}, "nb: measure = 'landings': is not in the codebook. Allowed: interceptions"),
    ],
)
def test_parameters_are_checked_against_the_corpus(folder: str, values: dict[str, Any], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        check_parameters("nb", **{"folder": folder, **values})


@pytest.mark.parametrize(
    ("trend", "told"),
    [
        ("{measure = 'shoot', place = 'SE'}", r"issue\.toml: trend: measure 'shoot' is not in the codebook book \(counts\.toml\)\. Did you mean shot\? It has shot"),
        ("{measure = 'shot', place = 'XX'}", r"issue\.toml: trend: place 'XX' is not in the codebook book \(counts\.toml\)\. It has SE"),
        ("{measure = 'shot', place = 'SE'}", ""),
    ],
)
def test_a_trend_that_the_codebook_does_not_have_is_told(tmp_path: Path, folder: str, trend: str, told: str) -> None:
    book = tmp_path / "book"
    book.mkdir()
    measure = '[[measure]]\nid = "shot"\ntitle = "Shot"\ndefinition = "Wolves shot"\nunit = "wolves"\nevents = ["wolves"]\n'
    (book / "counts.toml").write_text(f'{measure}\n[[place]]\ncode = "SE"\ntitle = "Sweden"\nnames = ["sweden"]\n', encoding="utf-8")
    (book / "issue.toml").write_text(f"trend = {trend}\n", encoding="utf-8")
    corpus = Corpus.from_texts({"a": "Wolves ran.\n"}, codebook=book)
    of_all: list[Callable[[], object]] = [
        lambda: check_parameters("nb", folder=folder, codebook=str(book), measure=None, place=None),
        lambda: Study("report", {"folder": folder, "codebook": str(book)}).measure,
        lambda: charts.crossings(corpus),
        lambda: wide_files(corpus),
    ]
    for make in of_all:
        if not told:
            make()
            continue
        with pytest.raises(LexiconError, match=told):
            make()


def test_a_folder_is_needed() -> None:
    with pytest.raises(ParameterError, match="'folder' is missing"):
        check_parameters("nb", period="2018")


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        ({}, ["first", "second"]),
        ({"period": None, "outlets": [], "parties": []}, ["first", "second"]),
        ({"period": "2018-05"}, ["first"]),
        ({"period": "2018-05-02.."}, ["second"]),
        ({"period": "..2018-06-03"}, ["first", "second"]),
        ({"period": "2019"}, []),
        ({"article_id": "second"}, ["second"]),
        ({"article_id": None}, ["second"]),
    ],
)
def test_tables_are_cut_to_the_parameters(folder: str, values: dict[str, Any], ids: list[str]) -> None:
    study = check_parameters("nb", folder=folder, **values)
    assert list(study.articles["article_id"]) == ids
    assert set(study.quotes["article_id"]) <= set(ids)


def test_an_undated_article_is_in_every_period() -> None:
    days = frame("articles", [{"article_id": "x", "published_earliest": None, "published_latest": None, "published_basis": "unknown"}])
    study = Study("nb", {"folder": "x", "period": "2018"})
    study.table = lambda name: days  # type: ignore[method-assign]
    assert list(study.articles["article_id"]) == ["x"]


def test_every_table_has_its_columns(folder: str) -> None:
    study = check_parameters("nb", folder=folder)
    for table in (study.articles, study.counts, study.quotes, study.positions, study.skipped, study.problems):
        assert isinstance(table, pd.DataFrame)
    assert {"period_start", "value", "bound"} <= set(study.counts.columns)
    assert str(study.articles["published_earliest"].dtype).startswith("datetime64")


def test_a_tier_takes_proposals_in_or_tells_how_many_it_leaves_out(folder: str) -> None:
    ids = {"positions": ["p-1", "p-2"], "proposals": ["p-3"]}
    frames = {name: frame(name, [{"position_id": key, "article_id": "first"} for key in keys]) for name, keys in ids.items()}
    told = {}
    for tier in (None, "firm", "firm+proposals"):
        study = Study("nb", {"folder": folder, "tier": tier})
        whole = study.table
        study.table = lambda name, whole=whole: frames[name] if name in frames else whole(name)  # type: ignore[method-assign,misc]
        told[tier] = dict(zip(study.stances["position_id"], study.stances["tier"], strict=True)), study.n_left_out
    firm = {"p-1": "firm", "p-2": "firm"}
    assert told == {None: (firm, 1), "firm": (firm, 1), "firm+proposals": ({**firm, "p-3": "proposal"}, 0)}


def test_parties_have_a_colour_and_a_short_name(folder: str) -> None:
    parties = check_parameters("nb", folder=folder).parties
    assert parties.colours["LPC"] == "#c8102e"
    assert parties.names["CPC"] == "Conservative"
    assert parties.of({"", "XYZ", "CPC"}) == {"CPC": parties.colours["CPC"], "XYZ": theme.NO_PARTY, "": theme.NO_PARTY}
    assert parties.name("") == parties.legend()[""] == parties.outside == "no Canadian party"


@pytest.mark.parametrize(
    ("codebook", "by", "compared"), [("stca", None, "party"), ("empty", None, "organization"), ("stca", "organization", "organization"), ("stca", "actor", "actor")]
)
def test_figures_compare_parties_where_there_are_any_and_else_organizations(folder: str, codebook: str, by: str | None, compared: str) -> None:
    study = check_parameters("nb", folder=folder, codebook=codebook, by=by)
    assert (study.by, study.groups.noun) == (compared, compared)
    assert study.groups.name("") == ("no Canadian party" if compared == "party" else f"no {compared} known")


def test_the_first_organizations_have_colours(folder: str) -> None:
    study = check_parameters("nb", folder=folder, by="organization")
    bodies = ["Tenants' Union", "Chamber of Trade", "Tenants' Union", None]
    study.quotes = frame("quotes", [{"quote_id": f"q{i}", "organization": body, "text": "one two"} for i, body in enumerate(bodies)])
    study.positions = frame("positions", [])
    assert list(study.groups.colours) == ["Tenants' Union", "Chamber of Trade"]
    spec = speech_by_party(tallies.words_by(study.quotes, "organization"), study.groups).to_dict()
    assert theme.title_of(spec) == "Tenants' Union speakers have 50% of all reported words, the most of an organization"
    assert [row["name"] for row in next(iter(spec["datasets"].values()))] == ["Tenants' Union", "no organization known", "Chamber of Trade"]


def test_a_figure_is_entered_with_parameters_and_tables(folder: str, tmp_path: Path) -> None:
    study = check_parameters("nb", folder=folder, period="2018", out="figures")
    words = tallies.words_by(study.quotes, "party")
    study.save(speech_by_party(words, study.parties), "speech", words)
    entry = read_manifest(tmp_path / "figures")["speech"]
    assert entry["parameters"] == {"period": "2018"}
    assert set(entry["tables"]) == {"articles", "quotes"}


def test_what_a_study_says_of_itself(folder: str) -> None:
    assert repr(check_parameters("nb", folder=folder, period="2018-05")) == "1 of 2 articles, period = '2018-05'"
    assert repr(check_parameters("nb", folder=folder)) == "2 articles, all of them"
    assert repr(check_parameters("nb", folder=folder, period="2018", parties=["LPC"])) == "2 articles, period = '2018', parties = ['LPC']"
    assert repr(check_parameters("nb", folder=folder, article_id=None)) == "Article second, of 2"


def test_the_official_series_has_its_columns(folder: str) -> None:
    assert {"measure", "period_start", "place", "value", "preferred"} <= set(check_parameters("nb", folder=folder).official.columns)


CROSSINGS = {
    "first": "Posted May 1, 2018\n\nThe RCMP intercepted 20,593 asylum seekers in 2017, 91 per cent of them in Quebec.\n\n"
    "They caught 658 people in February 2017.\n",
    "second": "Posted April 20, 2017\n\nThe RCMP intercepted 658 asylum seekers in February 2017.\n",
    "third": "Posted May 3, 2018\n\nIn 2017, police intercepted 19,000 asylum seekers.\n",
}


@pytest.fixture
def crossings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with three articles that state counts."""
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "crossings").mkdir()
    for name, text in CROSSINGS.items():
        (tmp_path / "crossings" / f"{name}.txt").write_text(text, encoding="utf-8")
    return "crossings"


def test_verdicts_derived_rows_and_findings_of_the_counts_chosen(crossings: str) -> None:
    study = check_parameters("nb", folder=crossings)
    verdicts = study.verdicts.set_index(["article_id", "text"])["verdict"]
    assert verdicts["first", "20,593"] == "agrees"
    assert verdicts["second", "658"] == "agrees with the release of its time"
    assert list(study.derived["formula"]) == ["91 per cent of 20,593"]
    assert list(study.findings["finding"]) == ["told differently"]
    assert set(study.used) >= {"counts", "derived", "official", "articles"}
    chosen = check_parameters("nb", folder=crossings, places=["CA-QC"])
    assert list(chosen.verdicts["text"]) == ["91 per cent"]
    assert chosen.derived.empty and "formula" in chosen.derived.columns
    assert chosen.findings.empty


def test_only_what_was_out_when_an_article_was(crossings: str) -> None:
    verdicts = check_parameters("nb", folder=crossings, only_vintage=True).verdicts.set_index(["article_id", "text"])
    assert verdicts.loc[("second", "658"), "verdict"] == "agrees with the release of its time"
    assert verdicts.loc[("first", "20,593"), "verdict"] == "no series"


@pytest.mark.parametrize(("covers", "texts"), [(None, 5), ("2017-02", 5), ("2017-03..", 3), ("..2016", 0), ("2018", 0)])
def test_counts_are_cut_to_the_periods_that_they_cover(crossings: str, covers: str | None, texts: int) -> None:
    assert len(check_parameters("nb", folder=crossings, covers=covers).counts) == texts


def test_a_series_of_ones_own(crossings: str, tmp_path: Path) -> None:
    lines = "measure,period_start,period_end,place,value\ninterceptions,2017-01-01,2017-12-31,CA,19000\n"
    (tmp_path / "own.csv").write_text(lines, encoding="utf-8")
    study = check_parameters("nb", folder=crossings, series="own.csv")
    assert study.verdicts.set_index("text")["verdict"]["19,000"] == "agrees"
    assert study.official_source == "Official figures: own.csv."
    assert "IRCC" in check_parameters("nb", folder=crossings).official_source


def test_a_missing_series_is_told_before_anything_is_read(crossings: str) -> None:
    with pytest.raises(ParameterError, match=r"nb: series = 'none\.csv': there is no such file"):
        check_parameters("nb", folder=crossings, series="none.csv")
