"""Dating: what bounds the day of publication, alone and by comparison with other articles."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from stcalib import Corpus
from stcalib.actors.registry import registry_of
from stcalib.codebook.codebook import EMPTY
from stcalib.corpus.dating import date_articles
from stcalib.corpus.day_clues import own_days
from stcalib.text.article import Article
from stcalib.text.metadata import stated

BODY = "The council met to hear why the bridge is closed, and nobody spoke for the ministry."
STATED = [
    (f"Bridge closed\n\nMay 1, 2018\n\n{BODY}\n\n{BODY}", "2018-05-01"),
    (f"OTTAWA, March 18, 2019 — {BODY}", "2019-03-18"),
    (f"GALWAY, 18 March 2019 — {BODY}", "2019-03-18"),
    (f"13/02/2018\n\n{BODY}\n\n{BODY}", "2018-02-13"),
    (f"05/01/2018 17:16 EDT\n\n{BODY}\n\nThe bridge closed on April 23, 2018.", "2018-05-01"),
    (f"02/05/2018\n\n{BODY}\n\nThe bridge closed on April 23, 2018.", "2018-05-02"),
    (f"Bridge closed\n\nPosted: Feb 11, 2017 5:00 AM CT | Last Updated: February 12, 2017\n\n{BODY}\n\n{BODY}", "2017-02-11"),
]
# What one article tells by itself: text, first day, last day (empty: open).
ALONE = [
    ("The bridge closed on April 23, 2018.", "2018-04-23", ""),
    ("Some 1,200 people crossed in 2017, more than the year before.", "2017-12-31", ""),
    ("So far in 2017, some 1,200 people have crossed.", "2017-01-01", ""),
    ("As of August, some 1,200 people had crossed in 2019.", "2019-01-01", ""),
    ("Up to September 2018 police stopped 1,200 people.", "2018-09-01", ""),
    ("The treaty was signed on Oct. 24, 1648, the minister said.", "1648-10-24", ""),
    ("Police stopped 4,100 people in the first three months of 2018.", "2018-03-31", ""),
    ("On 6 June 2024 police stopped 41 people.", "2024-06-06", ""),
    ("Police stopped 41 people on the 6th of June 2024.", "2024-06-06", ""),
    ("Police stopped 4,100 people in January and February of 2017.", "2017-02-28", ""),
    ("The work will be finished by June 30, 2019.", "", ""),
    ("Police stopped 410 people in March 2018. The council told the mayor to publish a plan by May 11.", "2018-03-31", "2018-05-11"),
    ("Immigration Minister Ahmed Hussen said nothing.", "2017-01-10", "2019-11-20"),
    ("Former immigration minister Ahmed Hussen said nothing.", "", ""),
    ("Nothing here is dated.", "", ""),
    ("The bridge closed on Oct. 24, 9998, and since Jan. 3, 0001, 400 people crossed it.", "", ""),
]


@pytest.mark.parametrize(("text", "day"), STATED, ids=[day + text[:20] for text, day in STATED])
def test_stated(text: str, day: str) -> None:
    published = Corpus.from_texts({"x": text}).published("x")
    assert (str(published.earliest), str(published.latest), published.basis) == (day, day, "stated")


@pytest.mark.parametrize(("text", "earliest", "latest"), ALONE, ids=[row[0][:40] for row in ALONE])
def test_bounded_by_itself(text: str, earliest: str, latest: str) -> None:
    published = Corpus.from_texts({"x": text}).published("x")
    assert (str(published.earliest or ""), str(published.latest or "")) == (earliest, latest)
    assert published.basis == ("inferred" if earliest or latest else "unknown")


QUOTE = "“We looked at the bridge from every side and found nothing that would hold a truck,”"
DATED = f"May 3, 2018\n\n{BODY}\n\n{QUOTE} Jane Roe said Tuesday.\n\n{BODY}"


def test_words_that_another_article_dates() -> None:
    corpus = Corpus.from_texts({"a": DATED, "b": f"{QUOTE} Jane Roe said on Tuesday.\n\n{BODY}", "c": f"{QUOTE} said Jane Roe.\n\n{BODY}"})
    with_day, without = corpus.published("b"), corpus.published("c")
    assert (str(with_day.earliest), str(with_day.latest)) == ("2018-05-01", "2018-05-07")
    assert (str(without.earliest), without.latest) == ("2018-05-01", None)
    clues = corpus.dating
    assert set(clues["other_article_id"]) == {"a"}
    texts = {key: corpus[key].text for key in corpus}
    assert all(texts[c.article_id][c.start : c.end] == c.text for c in clues.itertuples())


def test_a_report_that_another_article_names() -> None:
    wire = "TORONTO (Reuters) - The ministry wants to replace the northern bridge with a tunnel before winter, two officials said.\n\n" + BODY
    paper = "May 3, 2018\n\nThe minister would not confirm a Reuters report on Tuesday that the ministry wants to replace the northern bridge with a tunnel.\n\n" + BODY
    published = Corpus.from_texts({"paper": paper, "wire": wire}).published("wire")
    assert (str(published.earliest), str(published.latest)) == ("2018-05-01", "2018-05-01")


def test_a_day_that_the_user_gives_beats_a_printed_one() -> None:
    corpus = Corpus.from_texts({"a": DATED, "b": BODY}, published={"a": "2019-01-01", "b": "2019-01-01"})
    assert [str(corpus.published(key).earliest) for key in "ab"] == ["2019-01-01", "2019-01-01"]
    assert [corpus.published(key).basis for key in "ab"] == ["sidecar", "sidecar"]
    evidence = [str(corpus.published(key).evidence) for key in "ab"]
    assert "May 3, 2018" in evidence[0] and "against the page" in evidence[0]
    assert "against the page" not in evidence[1]


@pytest.mark.parametrize(
    ("order", "days"),
    [(None, ("2018-03-05", "2018-05-03")), ("month first", ("2018-05-03", "2018-05-03")), ("day first", ("2018-03-05", "2018-03-05"))],
)
def test_numbers_alone_are_read_as_the_codebook_says(order: str | None, days: tuple[str, str]) -> None:
    article = Article("x", f"05/03/2018\n\n{BODY}\n\nThe bridge closed on February 23, 2018.")
    published, _ = date_articles({"x": own_days(article, stated(article), None, registry_of(EMPTY), order)})
    assert (str(published["x"].earliest), str(published["x"].latest)) == days
    assert published["x"].basis == ("stated" if order else "inferred")


DAY_LINES = tomllib.loads((Path(__file__).parent / "day_lines.toml").read_text(encoding="utf-8"))["line"]


@pytest.mark.parametrize("case", DAY_LINES, ids=[case["text"][:50] for case in DAY_LINES])
def test_day_lines(case: dict[str, str]) -> None:
    below = case.get("below", False)
    text = f"Bridge closed\n\n{BODY}\n\n{BODY}\n\n{case['text']}" if below else f"Bridge closed\n\n{case['text']}\n\n{BODY}\n\n{BODY}"
    page = stated(Article("x", text))
    told = {name: str(getattr(page, name) or "") for name in ("published", "updated", "byline", "outlet", "agency")}
    assert told == {name: case.get(name, "") for name in told}


def test_a_page_that_prints_its_update_alone_is_no_later() -> None:
    published = Corpus.from_texts({"x": f"Bridge closed\n\nLast updated May 10, 2017\n\n{BODY}"}).published("x")
    assert (published.earliest, str(published.latest), published.basis) == (None, "2017-05-10", "inferred")


def test_the_page_tells_its_metadata() -> None:
    page = stated(Article("x", f"Bridge closed\n\nBy Jane Roe, The Canadian Press\n\nEMERSON, Man. (Reuters) - {BODY}\n\n{BODY}\n\n— With files from Global’s John Doe"))
    assert (page.title, page.byline, page.agency, page.dateline, page.outlet) == ("Bridge closed", "Jane Roe", "Reuters", "EMERSON, Man.", "Global News")
