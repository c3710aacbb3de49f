"""The report: all evidence is in it, it is one safe file, it prints and reads aloud, and it says what changed."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64decode
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from support.hostile import write_corpus
from support.paths import SEEDS, TESTS

from stcalib import Corpus
from stcalib.charts import verdicts
from stcalib.cli.report import make_report
from stcalib.core.errors import StcalibError
from stcalib.core.visible import visible
from stcalib.corpus.tables import write_tables
from stcalib.corrections.ledger import DIGEST_LENGTH, Decision, append
from stcalib.notebook.study import Study
from stcalib.report import evidence, figures, report_bytes
from stcalib.report.evidence import Evidence
from stcalib.report.page import link, source_hash

VOID = {"meta", "br", "img"}
KNOWN = {
    "html", "head", "title", "meta", "style", "body", "a", "header", "h1", "h2", "h3", "p", "nav", "ul", "li", "main", "section", "details", "summary", "figure", "img",
    "div", "h4", "script", "figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td", "br", "span", "mark", "q", "dl", "dt", "dd", "code",
}  # fmt: skip


class Page(HTMLParser):
    """The elements of a page with their attributes and text, and whether every one is closed in order."""

    def __init__(self, content: bytes):
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[int] = []
        self.unclosed: list[str] = []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.elements[self.open[-1]][0] != tag:
            self.unclosed.append(tag)
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for number in self.open:
            self.elements[number][2].append(data)

    def all(self, tag: str) -> Iterator[tuple[dict[str, str | None], str]]:
        return ((attrs, "".join(text)) for name, attrs, text in self.elements if name == tag)


@pytest.fixture(scope="module")
def study() -> Study:
    return Study("report", {"folder": str(SEEDS), "codebook": "stca", "corrections": None})


@pytest.fixture(scope="module")
def content(study: Study) -> bytes:
    return report_bytes(study)


@pytest.fixture(scope="module")
def page(content: bytes) -> Page:
    return Page(content)


def flat(text: str) -> str:
    return " ".join(visible(text).split())


def test_each_number_and_stance_stands_in_its_sentence(study: Study, page: Page) -> None:
    cells = {flat(text) for _, text in page.all("td")}
    marks = {flat(text) for _, text in page.all("mark")}
    for row in study.counts.to_dict("records"):
        text = study.corpus[row["article_id"]].text
        assert flat(text[row["sentence_start"] : row["sentence_end"]]) in cells and flat(row["text"]) in marks
    assert all(flat(row["text"]) in cells for row in study.positions.to_dict("records"))


def test_what_is_carried_or_assumed_is_marked(tmp_path: Path) -> None:
    lines = ("Posted: Aug 2, 2018", "Roxham Road saw 1,200 asylum seekers in May 2018.", "In Manitoba they were 31.", "Some 300 asylum seekers were children.")
    (tmp_path / "a.txt").write_text("Fewer crossings\n\n" + "\n\n".join(lines), encoding="utf-8")
    told = Evidence(Study("report", {"folder": str(tmp_path), "codebook": "stca", "corrections": None})).numbers()
    rows = {text: line for _, line in Page(told.encode()).all("tr") for text in ("1,200", "31", "300") if text in line}
    assert "(" not in rows["1,200"].partition("Manitoba")[0]
    assert "May 2018 (carried over from another sentence)" in rows["31"]
    assert "Canada (assumed: the codebook's national place, since the sentence names none)" in rows["300"]


def test_verdicts_declined_stretches_and_digests_are_told(study: Study, content: bytes, page: Page) -> None:
    text = flat(" ".join(text for _, text in page.all("main")))
    assert all(flat(words) in text for words in study.verdicts["reasoning"])
    assert all(flat(reason) in text for reason in study.skipped["reason"].unique())
    assert all(digest.encode() in content for digest in study.articles["sha256"])
    assert "No row was corrected by hand." in text


def test_each_figure_stands_as_a_table_too(study: Study, page: Page) -> None:
    tables = {text.split(".")[0]: text for attrs, text in page.all("details") if attrs.get("class") == "behind"}
    assert len(tables) == sum(1 for _ in page.all("figure"))
    told = " ".join(tables.values())
    assert all(flat(words) in flat(told) for words in study.verdicts["text"]) and all(title in told for title in study.articles["title"].dropna())


def test_the_table_of_the_first_figure_lists_what_it_draws(tmp_path: Path) -> None:
    lines = ("Posted: Aug 2, 2024", "Some 900 cars crossed the bridge in May, 40 of them lorries.", "A toll may come. In May 310 people went over on foot.")
    (tmp_path / "a.txt").write_text("Bridge\n\n" + "\n\n".join(lines), encoding="utf-8")
    book = tmp_path / "book"
    shutil.copytree(TESTS / "counts" / "bridge", book)
    walkers = '[[measure]]\nid = "walkers"\ntitle = "Walkers"\ndefinition = "People on foot"\nactions = ["on foot"]\n\n[[place]]\ncode = "KELL"'
    text = (book / "counts.toml").read_text(encoding="utf-8").replace('[[place]]\ncode = "KELL"', walkers)
    (book / "counts.toml").write_text(text, encoding="utf-8")
    (book / "issue.toml").write_text('trend = {measure = "passes", place = "KELL"}', encoding="utf-8")
    study = Study("report", {"folder": str(tmp_path), "codebook": str(book), "corrections": None})
    assert set(study.counts["text"]) == {"Some 900", "40", "310"}
    first = figures.drawn(study)[0]
    assert first.data[["text", "measure", "place"]].to_numpy().tolist() == [["Some 900", "vehicles over the bridge", "Kell"]]


def test_proposals_are_counted_and_listed_with_their_reason(study: Study, page: Page) -> None:
    rows = [flat(text) for _, text in page.all("tr")]
    number = f"{len(study.proposals)} proposals"
    (folded,) = (text for _, text in page.all("summary") if "proposal" in text)
    assert folded == f"{number}, the likeliest first" and any(text.startswith(f"{number}, no stance") for _, text in page.all("li"))
    for row in study.proposals.to_dict("records"):
        assert any(line.startswith(flat(row["text"])) and row["reason"] in line for line in rows)
    for name in ("stance_matrix", "stance_timeline"):
        (caption,) = (text for attrs, text in page.all("figure") if attrs["id"] == name)
        assert f"{number} left out" in caption


def test_proposals_beyond_the_limit_are_counted(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_PROPOSED", 2)
    page = Page(Evidence(study).stances().encode())
    (folded,) = (text for attrs, text in page.all("details"))
    assert f"the likeliest first; {len(study.proposals) - 2} more are not listed" in folded
    assert folded.count("per cent likely") == 2


@pytest.mark.parametrize(("codebook", "learned"), [("stca", True), ("empty", False)])
def test_the_summary_says_by_what_rows_were_found(tmp_path: Path, codebook: str, learned: bool) -> None:
    (tmp_path / "a.txt").write_text("Carbon prices rose in May, the minister said.\n", encoding="utf-8")
    content = report_bytes(Study("report", {"folder": str(tmp_path), "codebook": codebook, "corrections": None}), live=False)
    (told,) = (text for _, text in Page(content).all("li") if text.startswith("Every row was found by a program"))
    assert ("a learned reader" in told) is learned and "fixed rules" in told


def test_the_summary_tells_days_and_outlets_as_far_as_they_are_known(tmp_path: Path) -> None:
    for name, text in {"a": "Prices rose\n\nThe Courier, May 4, 2021\n\nPrices rose.\n", "b": "Prices have been high for years. On Jan. 5, 2023, they rose again by a cent.\n", "c": "They rose.\n"}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "articles.toml").write_text('[a]\noutlet = "The Courier"\n', encoding="utf-8")
    study = Study("report", {"folder": str(tmp_path), "codebook": "empty", "corrections": None})
    told = [text for _, text in Page(report_bytes(study, live=False)).all("li")]
    assert "3 articles: 1 published 4 May 2021, 1 not before 5 Jan 2023, 1 without any date." in told
    assert "Of 1 outlet: The Courier; 2 articles name no outlet." in told


@pytest.mark.slow
def test_the_same_study_gives_the_same_bytes(study: Study, content: bytes) -> None:
    assert report_bytes(study) == content


def test_a_report_loads_nothing_and_runs_its_own_scripts_alone(content: bytes, page: Page) -> None:
    policy = next(attrs["content"] or "" for attrs, _ in page.all("meta") if attrs.get("http-equiv") == "Content-Security-Policy")
    scripts = [text for attrs, text in page.all("script") if attrs.get("type") == "module"]
    assert policy.startswith("default-src 'none'") and "unsafe-eval" not in policy and len(scripts) == 1
    assert source_hash(scripts[0]) in policy
    assert all((attrs["src"] or "").startswith("data:image/svg+xml;base64,") for attrs, _ in page.all("img"))
    assert not [attrs for tag, attrs, _ in page.elements if tag != "img" and "src" in attrs]


def test_figures_have_a_drawing_a_live_chart_and_words(page: Page) -> None:
    images = list(page.all("img"))
    assert len(images) == len(list(page.all("figure"))) == 7
    assert all(b64decode((attrs["src"] or "").partition(",")[2]).startswith(b"<svg") and len(attrs["alt"] or "") > 20 for attrs, _ in images)
    assert all("mark" in json.dumps(json.loads(text)) for attrs, text in page.all("script") if attrs.get("type") == "application/json")


def test_a_report_can_be_read_aloud_and_printed(content: bytes, page: Page) -> None:
    tags = [tag for tag, _, _ in page.elements]
    assert page.unclosed == [] and page.open == []
    assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert tags.count("table") == tags.count("caption") and all(attrs.get("scope") == "col" for attrs, _ in page.all("th"))
    targets = {attrs["id"] for _, attrs, _ in page.elements if "id" in attrs}
    assert all((attrs["href"] or "")[1:] in targets for attrs, _ in page.all("a") if (attrs["href"] or "").startswith("#"))
    assert b"@media print" in content and next(page.all("html"))[0]["lang"] == "en"


def test_hostile_articles_are_text_and_nothing_else(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    content = report_bytes(Study("report", {"folder": str(tmp_path), "codebook": "stca", "corrections": None}), question="<script>alert(1)</script>")
    page = Page(content)
    assert {tag for tag, _, _ in page.elements} <= KNOWN and page.unclosed == [] and page.open == []
    assert not [name for _, attrs, _ in page.elements for name in attrs if name.startswith("on") or name in {"srcset", "srcdoc", "action"}]
    assert {(attrs["href"] or "").partition(":")[0] for attrs, _ in page.all("a")} <= {"http", "https"} | {
        attrs["href"] or "" for attrs, _ in page.all("a") if (attrs["href"] or "").startswith("#")
    }
    assert len([attrs for attrs, _ in page.all("script") if attrs.get("type") == "module"]) == 1
    assert len(list(page.all("style"))) == 1


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://news.example/a?b=1&c=2", True), ("http://news.example", True), ("javascript:alert(1)", False), ("data:text/html,x", False),
        ("https://", False), ("//news.example", False), ("https://a b.example", False), ("https://[", False), (None, False), (float("nan"), False),
    ],
)  # fmt: skip
def test_links_lead_to_addresses_of_the_web(address: object, linked: bool) -> None:
    assert link(address, "words").startswith("<a ") is linked


@pytest.mark.slow
def test_the_drawings_alone_need_no_script(study: Study) -> None:
    still = report_bytes(study, live=False)
    assert b'type="module"' not in still and b"script-src &#x27;none&#x27;" in still and len(still) < 700_000


def test_corrections_are_told_with_who_made_them(tmp_path: Path, study: Study) -> None:
    row = study.counts.to_dict("records")[0]
    article = study.corpus[row["article_id"]]
    append(
        tmp_path / "c.csv",
        [
            Decision(
                "Ada <b>", "2024-05-02T10:00:00.000Z", "reject", "counts", article.article_id, article.sha256[:DIGEST_LENGTH], row["start"], row["end"],
                row["count_id"], "", "", "", row["text"], "no count of people",
            )
        ],
    )  # fmt: skip
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(SEEDS / f"{article.article_id}.txt", alone)
    still = report_bytes(Study("report", {"folder": str(alone), "codebook": "stca", "corrections": str(tmp_path / "c.csv")}), live=False)
    assert b'type="module"' not in still and b"script-src &#x27;none&#x27;" in still
    told = [flat(text) for _, text in Page(still).all("td")]
    assert "Ada <b>" in told and any("no count of people" in text for text in told) and any("applied" in text for text in told)


@pytest.mark.slow
def test_two_runs_are_compared(tmp_path: Path, seeds: Corpus) -> None:
    tables = dict(seeds.tables())
    counts = tables["counts"]
    tables["counts"] = counts.iloc[1:].assign(place=lambda frame: [("US" if n == 0 else place) for n, place in enumerate(frame["place"])])
    write_tables(tables, tmp_path)
    # a ledger that a reviewer left beside the seeds would be applied
    articles = tmp_path / "project" / "articles"
    shutil.copytree(SEEDS, articles)
    make_report(articles, tmp_path / "r.html", "stca", None, "", tmp_path, live=False)
    page = Page((tmp_path / "r.html").read_bytes())
    rows = [flat(text) for _, text in page.all("tr")]
    assert f"counts{len(counts) - 1}{len(counts)}101" in rows
    assert any(row.startswith("gained") and flat(counts.iloc[0]["text"]) in row for row in rows)
    assert any(row.startswith("changed") and "place: US → " in row for row in rows)
    pairs = [str(attrs["alt"]).partition(":")[0] for attrs, _ in page.all("img") if str(attrs["alt"]).startswith(("Before: ", "Now: "))]
    assert pairs and pairs == ["Before", "Now"] * (len(pairs) // 2), "figures that differ stand side by side"


def test_a_folder_is_no_file_for_a_report(tmp_path: Path) -> None:
    with pytest.raises(StcalibError, match="is a folder"):
        make_report(SEEDS, tmp_path, "stca", None, "", None, live=True)


def test_a_figure_with_a_line_a_number_is_cut_and_says_so(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "MOST_DRAWN", 3)
    monkeypatch.setattr(verdicts, "MANY", 3)
    made = {figure.name: figure for figure in figures.drawn(study)}
    against = made["stated_against_official"]
    assert against.note == "Equal numbers count once, 8 of 8; the table of numbers has them all."
    assert " of 8 stated numbers can be held against an official figure" in against.title
    every = verdicts._rows(study.verdicts, study.articles, study.measures)
    apart = (every.set_index("key")["at"].astype(float) - 100).abs()
    drawn = {row["key"] for data in against.spec["datasets"].values() for row in data if "official" in row}
    assert drawn == set(apart.nlargest(3).index) and "And 2 more numbers, nearer to their figure" in against.subtitle
    assert "corpus_timeline" not in made and made["stance_matrix"].note == ""
