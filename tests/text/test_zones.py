"""Zones: what each line of a page is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib.text.article import Article
from stcalib.text.metadata import stated
from stcalib.text.zones import ZONES

BODY = "The council met on Monday to hear why the bridge is closed, and nobody spoke for the ministry."
LINES = [
    ("Skip to main content", "navigation"),
    ("12 comments", "navigation"),
    ("Share this story on Facebook", "navigation"),
    ("Story continues below advertisement", "advertisement"),
    ("Article Continued Below", "advertisement"),
    ("Sponsored content", "advertisement"),
    ("READ MORE: Bridge closed for a third week", "related"),
    ("WATCH BELOW: The bridge from the air", "related"),
    ("WATCH | The bridge from the air", "related"),
    ("Related: What we know of the bridge", "related"),
    ("Also on HuffPost:", "related"),
    ("More from CBC Manitoba:", "related"),
    ("Click to play video: 'The bridge from the air'", "player"),
    ("The bridge from the air – Mar 21, 2019", "player"),
    ("— With files from The Canadian Press", "footer"),
    ("With files from Global’s Jane Roe", "footer"),
    ("(Reporting by Jane Roe; Editing by John Doe)", "footer"),
    ("© 2018 The Canadian Press", "footer"),
    ("This report by The Canadian Press was first published May 1, 2018.", "footer"),
    ("Follow @janeroe on Twitter", "footer"),
    ("By Jane Roe", "byline"),
    ("By Jane Roe and John Doe, The Canadian Press", "byline"),
    ("Jane Roe, The Associated Press", "byline"),
    ("Jane Roe/The Canadian Press", "credit"),
    ("( Jane Roe / Toronto Star )", "credit"),
    ("THE CANADIAN PRESS/Jane Roe", "credit"),
    ("05/01/2018 17:16 EDT | Updated 05/01/2018 17:26 EDT", "stamp"),
    ("Posted: Feb 11, 2017 5:00 AM CT | Last Updated: February 12, 2017", "stamp"),
    ("Published Friday, August 3, 2018 6:02PM EDT", "stamp"),
    ("[August 11, 2017]", "stamp"),
    ("2018-05-01", "stamp"),
    ("The bridge seen from the north bank on Tuesday. (Jane Roe/CBC)", "caption"),
    ("Open this photo in gallery The bridge on Tuesday. Jane Roe/The Globe and Mail", "caption"),
    ("Jane Roe / The Canadian Press The bridge seen from the north bank.", "caption"),
    ("The minister stands on the bridge last Thursday.Jane Roe/The Canadian Press", "caption"),
    ("What's next", "subhead"),
    ("‘Great tool’", "subhead"),
    ("ROADS BLOCKED", "subhead"),
    ("***", "rule"),
    ("The company said on Friday that it would read more reports.", "body"),
    ("More people walk than drive, she said.", "body"),
    ("He watched: nobody came.", "body"),
    ("“Follow me,” said Jane Roe.", "body"),
]


@pytest.mark.parametrize(("line", "zone"), LINES, ids=[line[:40] for line, _ in LINES])
def test_line(line: str, zone: str) -> None:
    article = Article("x", f"{BODY}\n\n{line}\n\n{BODY}")
    assert [b.zone for b in article.blocks] == ["body", zone, "body"]


PAGES = [
    (f"Bridge stays closed\n\n{BODY}\n\n{BODY}", ["headline", "body", "body"]),
    (f"Bridge stays closed\n\nMinistry says nothing.\n\nBy Jane Roe\n\n{BODY}\n\n{BODY}", ["headline", "deck", "byline", "body", "body"]),
    (f"Bridge stays closed\n\nMay 1, 2018\n\nOTTAWA — {BODY}\n\n{BODY}", ["headline", "stamp", "dateline", "body", "body"]),
    (f"WINNIPEG, July 14, 2018 -- {BODY}", ["dateline", "body"]),
    (f"EMERSON, Man. (Reuters) - {BODY}", ["dateline", "body"]),
    (f"DUBLIN, 6 June 2024 — {BODY}", ["dateline", "body"]),
    (f"LEEDS, 14 Sept. 2021 (PA) - {BODY}", ["dateline", "body"]),
    (f"PERTH, 3 May — {BODY}", ["dateline", "body"]),
    (f"OTTAWA, July 19, 2018 /WireLine/ - {BODY}", ["dateline", "body"]),
    (f"Kingston, July 19, 2018 – {BODY}", ["dateline", "body"]),
    (f"Sault Ste. Marie, Ontario, July 19, 2018 — {BODY}", ["dateline", "body"]),
    (f"Laval (Quebec), 19 July 2018 -- {BODY}", ["dateline", "body"]),
    (f"Regina – Aug. 3, 2021 – {BODY}", ["dateline", "body"]),
    (f"August 3, 2021 – Regina, SK – {BODY}", ["dateline", "body"]),
    (f"On Friday, August 3, 2021 – a wet day – {BODY}", ["body"]),
    (f"Toronto, March 3, 2020 (GLOBE WIRE) -- {BODY}", ["dateline", "body"]),
    (f"Bill Cade, Section 10, 2019 – {BODY}", ["body"]),
    (f"In Regina, August 3, 2021 – a wet day – {BODY}", ["body"]),
    (f"{BODY}\n\n• 2019: 36 people came by boat\n• 2020: 8 came\n\n{BODY}", ["body", "body", "body", "body"]),
    (f"{BODY}\n\n• What came next\n\n{BODY}", ["body", "subhead", "body"]),
    (f"date 2019-10-09 HEMMINGFORD, Que. — {BODY}", ["stamp", "dateline", "body"]),
    (f"{BODY}\n\n{BODY}", ["body", "body"]),
    (f"{BODY}\nJane Roe/CP\nThe bridge on Monday.\n{BODY}", ["body", "credit", "caption", "body"]),
]


@pytest.mark.parametrize(("text", "zones"), PAGES, ids=[" ".join(zones) for _, zones in PAGES])
def test_page(text: str, zones: list[str]) -> None:
    assert [b.zone for b in Article("x", text).blocks] == zones


HEADS = tomllib.loads(Path(__file__).with_name("section_lines.toml").read_text(encoding="utf-8"))["page"]


@pytest.mark.parametrize("page", HEADS, ids=[page["head"] for page in HEADS])
def test_a_section_is_no_title(page: dict[str, str]) -> None:
    article = Article("x", "\n\n".join([*page["head"].split(" / "), BODY, BODY]))
    assert (stated(article).title or "") == page["title"]
    assert sum(block.zone == "headline" for block in article.blocks) == bool(page["title"])


@given(st.text(max_size=400))
def test_blocks_are_ordered_and_known(text: str) -> None:
    article = Article("x", text)
    last = 0
    for block in article.blocks:
        assert last <= block.start < block.end <= len(article.plain)
        assert block.zone in ZONES
        last = block.end
