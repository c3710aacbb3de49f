"""What is written: whole files, nothing overwritten, nothing twice; copies told; the sample set aside."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from support import export_layouts as layouts
from support.ingest_stories import ENGLISH, plain_text

from stcalib import load_corpus
from stcalib.cli.project import issues, new_project
from stcalib.core.errors import StcalibError
from stcalib.ingest import import_articles, importing


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "Factiva 2020.txt"
    file.write_text(layouts.factiva_txt(ENGLISH), encoding="utf-8")
    return file


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_importing_again_changes_nothing(export: Path, tmp_path: Path) -> None:
    into = tmp_path / "articles"
    first = import_articles(export, into)
    assert [story.status for story in first.stories] == ["written"] * len(ENGLISH)
    before = contents(into)
    second = import_articles([export, tmp_path], into)
    assert {story.status for story in second.stories} == {"there already"}
    assert contents(into) == before


def test_a_dry_run_writes_nothing(export: Path, tmp_path: Path) -> None:
    report = import_articles(export, tmp_path / "articles", dry_run=True)
    assert [story.status for story in report.stories] == ["would be written"] * len(ENGLISH)
    assert not (tmp_path / "articles").exists()


def test_what_was_edited_stays_and_is_not_imported_anew(export: Path, tmp_path: Path) -> None:
    into = tmp_path / "articles"
    name = import_articles(export, into).stories[0].article_id
    (into / f"{name}.txt").write_text("Mended.\n", encoding="utf-8")
    sidecar = into / "articles.toml"
    sidecar.write_text("# mine\n" + sidecar.read_text(encoding="utf-8").replace("2018-05-02", "2018-05-03"), encoding="utf-8")
    before = contents(into)
    assert {story.status for story in import_articles(export, into).stories} == {"there already"}
    assert contents(into) == before


def test_what_was_deleted_stays_away_until_its_entry_goes(export: Path, tmp_path: Path) -> None:
    into = tmp_path / "articles"
    name = import_articles(export, into).stories[1].article_id
    (into / f"{name}.txt").unlink()
    assert [story.status for story in import_articles(export, into).stories] == ["there already", "deleted before", "there already", "there already"]
    assert load_corpus(into).problems.empty
    (into / "articles.toml").unlink()
    assert [story.status for story in import_articles(export, into).stories] == ["there already", "written", "there already", "there already"]


def test_another_file_of_the_same_name_takes_another(tmp_path: Path) -> None:
    for folder, story in (("a", ENGLISH[0]), ("b", ENGLISH[1])):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(plain_text(story), encoding="utf-8")
    into = tmp_path / "articles"
    report = import_articles([tmp_path / "a", tmp_path / "b"], into)
    assert [story.article_id for story in report.stories] == ["page", "page-2"]
    assert [story.article_id for story in import_articles([tmp_path / "a", tmp_path / "b"], into).stories] == ["page", "page-2"]


def test_a_run_that_was_killed_is_completed(export: Path, tmp_path: Path) -> None:
    whole, half = tmp_path / "whole", tmp_path / "half"
    names = [story.article_id for story in import_articles(export, whole).stories]
    half.mkdir()
    for name in names[:2]:
        (half / f"{name}.txt").write_bytes((whole / f"{name}.txt").read_bytes())
    assert [story.status for story in import_articles(export, half).stories] == ["there already"] * 2 + ["written"] * 2
    assert contents(half) == contents(whole)


def test_a_run_that_was_killed_tells_the_same_copies(tmp_path: Path) -> None:
    """Entries are written a file at a time: a kill leaves texts without one, which must not hide what they are copies of."""
    stories = [{**ENGLISH[n % 2], "title": f"{ENGLISH[n % 2]['title']} {n}"} for n in range(8)]
    (tmp_path / "Factiva.txt").write_text(layouts.factiva_txt(stories), encoding="utf-8")
    whole, half = tmp_path / "whole", tmp_path / "half"
    names = [story.article_id for story in import_articles(tmp_path / "Factiva.txt", whole).stories]
    half.mkdir()
    for name in names[:5]:
        (half / f"{name}.txt").write_bytes((whole / f"{name}.txt").read_bytes())
    report = import_articles(tmp_path / "Factiva.txt", half)
    assert contents(half) == contents(whole)
    assert [story.duplicate_of for story in report.stories] == [None, None, *[names[n % 2] for n in range(2, 8)]]


def test_a_copy_is_told_and_kept(tmp_path: Path) -> None:
    story = ENGLISH[0]
    wire = {
        **story,
        "outlet": "Toronto Star",
        "title": "Fewer lanterns at the crossing",
        "paragraphs": [*story["paragraphs"][:-1], "Nobody answered the phone at the council."],
    }
    for name, one in (("a.txt", story), ("b.txt", wire), ("c.txt", ENGLISH[1])):
        (tmp_path / name).write_text(plain_text(one), encoding="utf-8")
    report = import_articles(sorted(tmp_path.glob("*.txt")), tmp_path / "articles")
    assert [one.duplicate_of for one in report.stories] == [None, "a", None]
    entries = tomllib.loads((tmp_path / "articles" / "articles.toml").read_text(encoding="utf-8"))
    assert entries["b"]["duplicate_of"] == "a" and (tmp_path / "articles" / "b.txt").is_file()


def test_the_corpus_takes_what_the_entries_say(export: Path, tmp_path: Path) -> None:
    import_articles(export, tmp_path / "articles")
    corpus = load_corpus(tmp_path / "articles")
    assert corpus.problems.empty
    assert list(corpus.articles["title"]) == [story["title"] for story in ENGLISH]
    assert list(corpus.articles["outlet"]) == [story["outlet"] for story in ENGLISH]
    assert list(corpus.articles["byline"].fillna("")) == [story["author"] for story in ENGLISH]
    assert [day.date() for day in corpus.articles["published_earliest"]] == [story["published"] for story in ENGLISH]


@pytest.mark.parametrize("issue", issues())
def test_the_first_import_sets_the_samples_aside(issue: str, export: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    new_project(mine, issue)
    samples = sorted(file.stem for file in (mine / "articles").glob("*.txt"))
    report = import_articles(export, mine / "articles")
    assert samples and report.set_aside == samples
    assert [(mine / "set_aside" / f"{name}.txt").is_file() for name in samples] == [not (mine / "articles" / f"{name}.txt").exists() for name in samples]
    assert len((mine / "corrections.csv").read_text(encoding="utf-8").splitlines()) == 1
    corpus = load_corpus(mine / "articles", corrections=mine / "corrections.csv")
    assert len(corpus) == len(ENGLISH) and corpus.problems.empty


def test_an_edited_sample_stays(export: Path, tmp_path: Path) -> None:
    new_project(tmp_path / "mine")
    (sample,) = (tmp_path / "mine" / "articles").glob("*.txt")
    sample.write_text(sample.read_text(encoding="utf-8") + "\nMine.\n", encoding="utf-8")
    assert import_articles(export, tmp_path / "mine" / "articles").set_aside == []
    assert sample.is_file()


def test_entries_that_are_not_valid_stop_the_import(export: Path, tmp_path: Path) -> None:
    into = tmp_path / "articles"
    into.mkdir()
    (into / "articles.toml").write_text("[a\n", encoding="utf-8")
    with pytest.raises(StcalibError, match="not valid TOML"):
        import_articles(export, into)
    assert sorted(file.name for file in into.iterdir()) == ["articles.toml"]


def test_without_the_libraries_the_line_to_install_is_told(export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "find_spec", lambda name: None if name == "lxml" else object())
    with pytest.raises(StcalibError, match=r'lxml.*pip install "\.\[import\]"'):
        import_articles(export, tmp_path / "articles")


def test_columns_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('What,Words,When\n"Lake thaws","The lake thawed, said Roe.",2018-05-02\n', encoding="utf-8")
    report = import_articles(tmp_path / "t.csv", tmp_path / "articles", columns={"title": "What", "text": "Words", "published": "When"})
    assert [(story.title, str(story.published)) for story in report.stories] == [("Lake thaws", "2018-05-02")]


def test_a_folder_leaves_out_what_a_browser_saves_beside_a_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><h1>Lake thaws</h1><p>The lake thawed on Thursday, said Jane Roe.</p></html>", encoding="utf-8")
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "ad.html").write_text("<p>Buy a lake while it is frozen.</p>", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "notes.r").write_text("x", encoding="utf-8")
    report = import_articles(tmp_path, tmp_path / "articles")
    assert [story.title for story in report.stories] == ["Lake thaws"]
    assert [Path(passed.file).name for passed in report.passed_over] == ["notes.r"]
