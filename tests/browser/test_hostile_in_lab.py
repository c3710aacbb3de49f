"""Hostile words in every place, drawn by everything that draws, in a real JupyterLab: they are text and nothing else."""

from __future__ import annotations

import re

from checks import charts_drawn, clean
from support.hostile import hostile_words, write_corpus

from stcalib.core.visible import visible
from stcalib.corrections.ledger import read_ledger

START = """
import altair as alt
import stcalib
from IPython.display import display
from stcalib.display import evidence_chart, evidence_table, rows
from stcalib.review.widget import Review
corpus = stcalib.load_corpus("hostile")
words = {article_id: open("words/" + str(n), encoding="utf-8", newline="").read() for n, article_id in enumerate(corpus)}
said = corpus.quotes.assign(words=lambda f: f.article_id.map(words))
for column in ("actor", "speaker", "cue", "role", "organization"):
    said[column] = said["words"]
each = said.drop_duplicates("article_id").reset_index(drop=True).assign(n=lambda f: f.index)
tips = ["words", "article_id", "actor", "text"]
chart = alt.Chart(each, width=900, title=each.words[0]).mark_square(size=60).encode(
    x=alt.X("n:Q", scale=alt.Scale(domain=[-1, 140])), y=alt.Y("kind:N"), color=alt.Color("words:N", legend=None), tooltip=tips)
print(len(corpus), len(each))
"""
CELLS = (
    START,
    "from IPython.display import HTML\nHTML(''.join(corpus[article_id]._repr_html_() for article_id in corpus))",
    "rows(corpus, said)",
    "from IPython.display import Markdown\nlist(corpus)[:3], corpus[list(corpus)[0]], said.head(130)",
    'display({"application/vnd.vegalite.v5+json": chart.to_dict(), "text/plain": "chart"}, raw=True)',
    "evidence_table(corpus, said)",
    "evidence_chart(chart, corpus, each, by=['words'])",
    "Review(corpus, 'quotes', ledger='hostile.csv', coder='<img src=x onerror=window.__hit=99>')",
)
SHOWN = """() => [...document.querySelectorAll('.stca-view:has(> .stca-two > .stca-cards)')].map((view) => {
    const copy = view.cloneNode(true);
    copy.querySelectorAll('sup, style').forEach((n) => n.remove());
    const whole = copy.textContent;
    copy.querySelectorAll('.stca-k').forEach((n) => n.remove());
    return [copy.querySelector('.stca-text').textContent, whole]; })"""

REJECTED = "(n) => document.querySelector('.stca-review .stca-meta').textContent.includes(n + ' rejected')"
CENTRES = "(all) => all.map((e) => { const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; })"
TIP = "(() => { const tip = document.querySelector('.stca-tip'); return tip.querySelector(':not(dl, dt, dd)') ? null : tip.innerText; })()"
LOADING = "script, img, iframe, object, embed, link, meta, base, form:not(.vega-bindings), a, math, mjx-container, video, audio, picture"
ATTRIBUTES = r"""() => [...document.querySelectorAll('.stca-view *')].flatMap((n) => [...n.attributes].map((a) => a.name))
    .filter((name) => /^on|^src|href$|action$/i.test(name))"""


def squeezed(text):
    return re.sub(r"\s+", "", text)


def test_hostile_articles_are_shown_and_nothing_runs(open_notebook, write_notebook, lab):
    folder = lab.folder / "hostile"
    folder.mkdir()
    (lab.folder / "words").mkdir()
    by_id = write_corpus(folder)
    for number, article_id in enumerate(sorted(by_id)):
        (lab.folder / "words" / str(number)).write_bytes(by_id[article_id].encode())
    visit = open_notebook(write_notebook("hostile.ipynb", *CELLS))
    visit.run_all()
    page = visit.page
    every_word_is_text(page, {article_id: by_id[article_id] for article_id in sorted(by_id)}, folder)
    assert charts_drawn(page) == 2
    touch_everything(visit)
    decide_on_hostile_rows(visit, lab)
    page.wait_for_timeout(500)
    visit.shot("hostile")
    clean(visit)
    assert page.evaluate("document.title") and "hit" not in page.evaluate("document.title")


def every_word_is_text(page, by_id, folder):
    views = page.evaluate(SHOWN)
    assert len(views) == len(by_id)
    for (article_id, words), (text, whole) in zip(by_id.items(), views, strict=False):
        raw = (folder / f"{article_id}.txt").read_bytes().decode()
        assert squeezed(text) == squeezed(visible(raw)), article_id
        assert squeezed(visible(words)) in squeezed(whole)
        assert squeezed(visible(article_id)) in squeezed(whole), "the file name"
    assert page.locator(f".stca-view :is({LOADING})").count() == 0
    assert page.evaluate(ATTRIBUTES) == []


def touch_everything(visit):
    """The pointer over marks, rows and the marks of both charts; the tooltips show words and load nothing."""
    page = visit.page
    for mark in page.locator(".stca-view .stca-text mark.stca-q").all()[::40]:
        mark.hover(timeout=20_000)
    own = page.locator(".stca-view.stca-chart")
    squares = own.locator("svg path[aria-roledescription=square], svg path[aria-roledescription=point]")
    assert squares.count() >= len(hostile_words()) - 25
    own.scroll_into_view_if_needed()
    seen = []
    for left, top in squares.evaluate_all(CENTRES):
        page.mouse.move(left, top)
        seen.append(page.evaluate(TIP))
    assert None not in seen
    assert sum(any(squeezed(words)[:30] in squeezed(tip) for tip in seen) for words in hostile_words().values()) >= squares.count() * 0.9
    for place in range(0, squares.count(), 20):
        squares.nth(place).click(force=True)
        assert own.locator(".stca-panel .stca-row").count() == 1
    native = page.locator(".jp-OutputArea-output .vega-embed canvas, .jp-OutputArea-output .vega-embed svg.marks").first
    native.scroll_into_view_if_needed()
    box = native.bounding_box()
    for step in range(120):
        page.mouse.move(box["x"] + 60 + step * (box["width"] - 80) / 120, box["y"] + box["height"] * (0.35 + 0.3 * (step % 2)))
    assert page.locator("#vg-tooltip-element :is(script, img, svg, iframe, style)").count() == 0
    table = page.locator(".stca-view.stca-table")
    for place in range(0, table.locator("tbody tr").count(), 60):
        table.locator("tbody tr").nth(place).click()
    for place in page.locator(".jp-OutputArea-output summary").all()[::60]:
        place.click()


def decide_on_hostile_rows(visit, lab):
    page = visit.page
    page.locator(".stca-review").focus()
    hostile = ['=HYPERLINK("https://evil.example/x","y")', "<img src=x onerror=window.__hit=98>", "\u202egnp.exe"]
    for number, words in enumerate(hostile):
        page.keyboard.press("n")
        page.keyboard.insert_text(words)
        page.keyboard.press("Escape")
        page.keyboard.press("r")
        page.wait_for_function(REJECTED, arg=number + 1, timeout=60_000)
    ledger = read_ledger(lab.folder / "hostile.csv")
    assert [d.note for _, d in ledger.decisions] == hostile and ledger.decisions[0][1].who == "<img src=x onerror=window.__hit=99>"
    lines = (lab.folder / "hostile.csv").read_text().splitlines()[1:]
    assert not any(cell.strip('"').startswith(("=", "+", "-", "@")) for line in lines for cell in line.split(","))
