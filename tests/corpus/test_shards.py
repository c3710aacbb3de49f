"""Tables as Arrow datasets over shards: the rows of the frames, written once, and read again only when something changed."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pytest
from support.made_articles import texts

from stcalib import Corpus, load_corpus
from stcalib.core.errors import TableError
from stcalib.core.schema import arrow_schema
from stcalib.core.table_spec import ROW_TYPES, TABLES
from stcalib.corpus import corpus as corpus_module
from stcalib.corrections import Decision, append

NAMES = {"Ann Barby": {"names": ["Nora Fenmont"], "party": "XYZ"}}


@pytest.fixture(autouse=True)
def few_together(monkeypatch):
    """Shards of seven articles, so that few articles make several."""
    monkeypatch.setattr(corpus_module, "FRAMED_TOGETHER", 7)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    for name, text in texts(30):
        (tmp_path / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def loaded(project: Path, **more) -> Corpus:
    return load_corpus(project / "articles", codebook="stca", cache=project / ".stcalib", **more)


def as_arrow(corpus: Corpus, table: str) -> pa.Table:
    return pa.Table.from_pandas(getattr(corpus, table), schema=arrow_schema(ROW_TYPES[table]), preserve_index=False).replace_schema_metadata()


@pytest.mark.parametrize("names", [{}, NAMES], ids=["as read", "actor_names.toml"])
def test_a_scan_gives_the_rows_of_the_frame(names) -> None:
    corpus = Corpus.from_texts({**dict(texts(40)), "other": "Il pleut sur la ville et les gens restent chez eux ce soir."}, names=names)
    for table in TABLES:
        assert corpus.scan(table).to_table().replace_schema_metadata().equals(as_arrow(corpus, table)), table
    assert len(corpus.scan("quotes").files) == 6 and corpus.scan("quotes").count_rows() == len(corpus.quotes) > 100


def test_a_scan_is_an_arrow_dataset() -> None:
    corpus = Corpus.from_texts(dict(texts(30)))
    of_party = corpus.scan("quotes").to_table(columns=["kind"], filter=pc.field("party") == "LPC").group_by("kind").aggregate([([], "count_all")])
    frame = corpus.quotes
    assert dict(zip(*of_party.to_pydict().values(), strict=True)) == frame[frame.party == "LPC"].groupby("kind").size().to_dict()
    assert isinstance(corpus.scan("counts"), ds.Dataset)


@pytest.mark.parametrize("number", [0, 1])
def test_a_corpus_without_rows_has_all_tables(number: int) -> None:
    corpus = Corpus.from_texts(dict.fromkeys(["dull"][:number], "Nothing is said here."))
    assert {table: corpus.scan(table).count_rows() for table in ("quotes", "articles")} == {"quotes": 0, "articles": number}


def test_shards_of_a_project_serve_until_something_changes(project: Path) -> None:
    first = loaded(project)
    files = first.scan("quotes").files
    assert files[0].startswith(str(project / ".stcalib" / "shards"))
    written = [Path(file).stat().st_mtime_ns for file in files]
    again = loaded(project).scan("quotes")
    assert again.files == files and [Path(file).stat().st_mtime_ns for file in files] == written
    (project / "articles" / "made_000003.txt").write_text("“It rains,” said Ann Low.\n", encoding="utf-8")
    changed = loaded(project)
    assert changed.scan("quotes").files[0] != files[0]
    assert changed.scan("quotes").to_table().replace_schema_metadata().equals(as_arrow(changed, "quotes"))
    for number in range(3):
        (project / "articles" / "new.txt").write_text(f"“It rains {number} days,” said Ann Low.\n", encoding="utf-8")
        loaded(project).scan("counts")
    assert len(list((project / ".stcalib" / "shards").iterdir())) == 2, "old shards go"


def test_corrections_are_in_it(project: Path) -> None:
    quote = loaded(project).quotes.iloc[0]
    text = loaded(project).texts[quote.article_id]
    told = ("quotes", quote.article_id, text.sha256[:16], quote.start, quote.end, quote.quote_id, "", "", "", quote.text, "")
    append(project / "c.csv", [Decision("ada", "2026-01-02T12:00:00.000Z", "reject", *told)])
    corrected = loaded(project, corrections=project / "c.csv")
    assert corrected.scan("quotes").count_rows() == len(corrected.quotes) == len(loaded(project).quotes) - 1
    assert corrected.scan("quotes").files != loaded(project).scan("quotes").files


def test_shards_of_texts_go_with_their_corpus() -> None:
    corpus = Corpus.from_texts(dict(texts(3)))
    file = Path(corpus.scan("quotes").files[0])
    assert file.is_file()
    del corpus
    gc.collect()
    assert not file.exists()


def test_what_cannot_be_scanned_is_told(project: Path) -> None:
    with pytest.raises(TableError, match=r"'quots': no such table\. Did you mean 'quotes'"):
        loaded(project).scan("quots")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the user may write everywhere")
def test_a_project_that_cannot_be_written_has_shards_elsewhere(project: Path) -> None:
    corpus = loaded(project)
    (project / ".stcalib").chmod(0o500)
    try:
        assert corpus.scan("quotes").count_rows() > 0
    finally:
        (project / ".stcalib").chmod(0o700)
