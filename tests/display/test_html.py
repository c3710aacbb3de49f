"""Evidence views: exact text, all rows marked, nothing that acts, small and fast."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drawn_rows import blank, long_article, position, quote
from support.hostile import TEXT, hostile_words

from stcalib.core.errors import StcalibError
from stcalib.core.row_fields import as_text, table_of
from stcalib.core.rows import ArticleRow, Count, Position, Quote, Skipped, column_names
from stcalib.core.visible import ACTING, visible
from stcalib.corpus.corpus import Corpus
from stcalib.display import html as show
from stcalib.display.marked_article import MarkedArticle
from stcalib.display.marks import MOST_MARKS, Mark, lanes, segments, shown_rows
from stcalib.display.terminal import article_text
from stcalib.text.article import Article

TAGS = set("div style p ul li mark sup section b dl dt dd aside details summary ol q figure blockquote figcaption span i".split())
ATTRIBUTES = set("class id role aria-label aria-level aria-describedby tabindex title style hidden".split())
ARTICLE = Article("a", "OTTAWA — “We talk,” Ann Lee said. Then 658 people crossed.\n\nREAD MORE: Other news\n\nThe minister said it works.")


class Page(HTMLParser):
    """The elements of a page, its text without labels, and the text of each class."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[tuple[str, str]] = []
        self.text, self.article, self.marked = "", "", {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag):
        name, _ = self.open.pop()
        assert name == tag, f"{name} closed by {tag}"

    def handle_data(self, data):
        if any(tag in ("style", "sup") for tag, _ in self.open):
            return
        self.text += data
        if any(names == "stca-text" for _, names in self.open) and not any(names == "stca-k" for _, names in self.open):
            self.article += data
        for names in {name for _, classes in self.open for name in classes.split()}:
            self.marked[names] = self.marked.get(names, "") + data


def squeezed(text):
    return re.sub(r"\s+", "", text)


SPANS = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 120)), max_size=12)
HOSTILE_TEXT = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(sorted(hostile_words().values())), max_size=8).map(" “said” he. \n\n".join))


@given(HOSTILE_TEXT, SPANS)
def test_the_view_shows_the_text_exactly_whatever_it_holds(text, spans):
    rows = [quote(a, min(a + n, len(text)), text) for a, n in spans if a < len(text)]
    rows += [
        position(a, min(a + 2 * n, len(text)), text, stance)
        for (a, n), stance in zip(spans, ("support", "oppose", "ambivalent"), strict=False)
        if a < len(text)
    ]
    html = show.article_html(Article("a", text), rows)
    page = Page(html)
    assert squeezed(page.article) == squeezed(visible(text))
    assert set(page.tags) <= TAGS
    assert {name for name, _ in page.attributes} <= ATTRIBUTES
    assert html == show.article_html(Article("a", text), list(reversed(rows)))


@given(st.integers(0, 60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=30))
def test_segments_tile_the_stretch_and_carry_the_marks_that_cover_them(length, spans):
    marks = [Mark(min(a, b), max(a, b), i) for i, (a, b) in enumerate(spans)]
    found = list(segments(0, length, marks))
    assert [s.start for s in found] == [0, *(s.end for s in found[:-1])][: len(found)]
    assert not found or found[-1].end == length
    for segment in found:
        covering = {m.row for m in marks if m.start <= segment.start and segment.end <= m.end and m.start < m.end}
        assert {m.row for m in segment.marks} == covering or len(segment.marks) == MOST_MARKS


@pytest.mark.parametrize("name", sorted(hostile_words()))
def test_hostile_words_are_text_in_every_place(name):
    words = hostile_words()[name]
    text = TEXT.format(words=words)
    corpus = Corpus.from_texts({words: text})
    start = text.index("We will")
    row = quote(start, start + 20, text, speaker=words, actor=words, cue=words, role=words)
    row = replace(row, article_id=words)
    about = {"title": words, "outlet": words, "byline": words, "published_earliest": words, "published_basis": words}
    skipped = blank(Skipped, article_id=words, table="quotes", start=0, end=3, text=words, reason=words)
    for html in (show.article_html(corpus[words], [row], [skipped], about), show.rows_html(corpus, [row])):
        page = Page(html)
        assert set(page.tags) <= TAGS
        assert {attribute for attribute, _ in page.attributes} <= ATTRIBUTES
        assert not re.search(r"url\(|@import|expression", "".join(value or "" for attribute, value in page.attributes if attribute == "style"))
        assert squeezed(visible(words)) in squeezed(page.text)
    for told in (article_text(corpus[words], [row]).plain, show.rows(corpus, [row]).text, corpus[words]._repr_mimebundle_()["text/plain"]):
        assert not ACTING.search(told)
        assert squeezed(visible(words)) in squeezed(told)
    assert not ACTING.search(html)


def test_every_part_of_a_row_is_marked_in_place_and_on_its_card():
    text = ARTICLE.text
    start = text.index("“We"), text.index(" Ann")
    name = text.index("Ann Lee")
    row = quote(
        *start, text, speaker="Ann Lee", speaker_start=name, speaker_end=name + 7, cue="said", cue_start=name + 8, cue_end=name + 12, actor="Ann Lee"
    )
    number = text.index("658")
    count = blank(
        Count,
        count_id="c-1",
        article_id="a",
        start=number,
        end=number + 3,
        text="658",
        kind="count",
        value=658.0,
        bound="exact",
        measure="irregular_crossings",
    )
    page = Page(show.article_html(ARTICLE, [row, count]))
    assert page.marked["stca-q"] == "1 quote“We talk,”"
    assert page.marked["stca-speaker"].endswith("Ann Lee")
    assert page.marked["stca-c"].endswith("658")
    assert "said" in page.marked["stca-cue"]
    card = page.marked["d1"]
    assert "irregular_crossings" in card and "658" in card and f"{number}–{number + 3}" in card


def test_zones_are_told_apart_and_boilerplate_is_greyed():
    page = Page(show.article_html(ARTICLE, []))
    assert page.marked["stca-off"] == "READ MORE: Other news"
    assert ("title", "related: not read") in page.attributes
    assert "OTTAWA" in page.marked["stca-dateline"]


def test_skipped_stretches_are_listed_with_their_reason_and_marked_on_demand():
    skipped = blank(Skipped, article_id="a", table="quotes", start=0, end=6, text="OTTAWA", reason="a place, not a speaker")
    html = show.article_html(ARTICLE, [], [skipped])
    page = Page(html)
    assert "a place, not a speaker" in page.marked["stca-skips"]
    assert "OTTAWA" in page.marked["stca-s"]
    assert ":has(.stca-skips[open]) .stca-text .stca-s" in html


def test_crossing_positions_get_lines_of_their_own_height():
    text = ARTICLE.text
    rows = shown_rows([position(0, 20, text), position(10, 30, text, "oppose"), position(22, 40, text, "ambivalent"), position(41, 50, text)])
    assert list(lanes(rows).values()) == [0, 1, 0, 0]
    html = show.article_html(ARTICLE, [position(0, 20, text), position(10, 30, text, "oppose")])
    assert "stca-m stca-p0s stca-p1o r0 r1" in html


def test_nested_quotes_are_told_apart():
    text = ARTICLE.text
    page = Page(show.article_html(ARTICLE, [quote(0, 30, text), quote(10, 20, text)]))
    assert page.marked["stca-q2"].endswith(text[10:20])


def test_an_article_draws_itself_with_the_rows_it_carries(seeds):
    corpus = seeds
    article = corpus[next(iter(corpus))]
    bundle = article._repr_mimebundle_()
    assert bundle["text/html"] == article._repr_html_()
    drawn = [row for row in article.rows if hasattr(row, "status")]
    assert bundle["text/html"].count('class="stca-card d') == len(drawn) > 3
    assert repr(article) == f"<Article {article.article_id!r}: {len(article.text):,} characters, {len(drawn)} rows>"


def test_heading_tells_what_the_article_row_knows():
    values = dict.fromkeys(column_names(ArticleRow)) | {
        "article_id": "a",
        "title": "Printed title",
        "outlet": "CBC News",
        "published_basis": "stated",
    }
    values |= {"published_earliest": pd.Timestamp("2018-05-01"), "published_latest": pd.Timestamp("2018-05-02")}
    page = Page(MarkedArticle.of(ARTICLE, [ArticleRow(**values)])._repr_html_())
    assert page.marked["stca-title"] == "Printed title"
    assert "CBC News · published 2018-05-01–2018-05-02 (stated) · a" in page.marked["stca-meta"]


def test_a_selection_shows_each_row_in_its_sentence_with_a_neighbour(seeds):
    corpus = seeds
    chosen = corpus.quotes.iloc[[4, 20, 50]]
    view = show.rows(corpus, chosen)
    page = Page(view._repr_html_())
    for row in chosen.itertuples():
        assert squeezed(row.text) in squeezed(page.text)
        assert squeezed(corpus[row.article_id].text[row.sentence_start : row.sentence_end]) in squeezed(page.text)
    assert page.tags.count("figure") == 3
    assert "more rows are not drawn" in show.rows_html(corpus, corpus.quotes, most=5)
    assert repr(view).count("quote: ") == 3


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (pd.DataFrame({"article_id": ["a"], "text": ["x"]}), "lacks end, start"),
        (pd.DataFrame({"article_id": ["b"], "start": [0], "end": [1]}), "'b'"),
        (pd.DataFrame({"article_id": ["a"], "start": [0], "end": [9999]}), "lie outside"),
        ([object()], "not a row"),
    ],
)
def test_a_selection_that_cannot_be_shown_says_why(frame, told):
    with pytest.raises(StcalibError, match=told):
        show.rows_html({"a": ARTICLE}, frame)


def test_an_empty_selection_says_so(seeds):
    corpus = seeds
    assert "No rows in this selection" in show.rows_html(corpus, corpus.counts.iloc[:0])


@pytest.mark.parametrize(
    ("columns", "table"),
    [
        (column_names(Count), "counts"),
        (column_names(Quote), "quotes"),
        (column_names(Position), "positions"),
        (column_names(Skipped), "skipped"),
        (["x"], "rows"),
    ],
)
def test_a_table_is_told_by_its_columns(columns, table):
    assert table_of(columns) == table


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, ""), (float("nan"), ""), (pd.NA, ""), (pd.NaT, ""), (3.0, "3"), (2.5, "2.5"), (True, "True"), (pd.Timestamp("2018-05-01"), "2018-05-01"),
     ("x", "x"),
     (pd.Series([7], dtype="Int64")[0], "7"), (-50.0, "-50")],
)  # fmt: skip
def test_values_are_told_as_a_reader_writes_them(value, told):
    assert as_text(value) == told


def test_a_long_article_draws_small():
    article, rows = long_article()
    assert len(article.text.split()) >= 5000 and len(rows) == 200
    _ = article.blocks
    html = show.article_html(article, rows)
    assert len(html.encode()) < 1_000_000


def test_rows_lying_on_one_another_are_bounded():
    text = "x" * 4000
    rows = [quote(i, len(text) - i, text) for i in range(1500)]
    assert len(show.article_html(Article("a", text), rows)) < 1_000 * len(rows)


def _channel(value):
    value /= 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _luminance(colour):
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * _channel(red) + 0.7152 * _channel(green) + 0.0722 * _channel(blue)


def contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PALETTES = [dict(re.findall(r"--stca-([\w]+): (#[0-9a-f]{6})", block)) for block in re.findall(r"\{([^{}]*--stca-ink:[^{}]*)\}", show.stylesheet())]


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark", "dark by system"])
def test_colours_keep_the_contrast_of_wcag_aa(palette):
    for text in ("ink", "speaker", "cue", "faint"):
        for ground in ("paper", "soft", "q", "q2", "c", "s", "r"):
            assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground)
    for text in ("good", "bad"):
        assert contrast(palette[text], palette["paper"]) >= 4.5
        assert contrast(palette[text], palette["soft"]) >= 4.5
    for line in ("support", "oppose", "ambivalent", "on"):
        for ground in ("paper", "q", "c"):
            assert contrast(palette[line], palette[ground]) >= 3, (line, ground)


def test_the_two_dark_palettes_are_the_same():
    assert len(PALETTES) == 3 and PALETTES[1] == PALETTES[2]
