"""The evidence views and the review widget in a real JupyterLab: seen, clicked, typed into."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from checks import charts_drawn, clean, evidence_seen
from support.drawn_rows import long_article

from stcalib.corpus.corpus import load_corpus
from stcalib.corrections.ledger import read_ledger
from stcalib.display import article_html

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
START = f"""
import altair as alt
import stcalib
from stcalib.display import evidence_chart, evidence_table, rows
from stcalib.review import Review, ReviewQueue, SearchBox
corpus = stcalib.load_corpus({str(SEEDS)!r})
article_id = next(iter(corpus))
quotes = corpus.quotes.assign(actor=corpus.quotes.actor.fillna("unknown"))
chart = alt.Chart(quotes).mark_bar().encode(x="count()", y="actor", color="kind", tooltip=["actor", "kind", "count()"])
"""
LIVE = "from IPython.display import display\ndisplay({'application/vnd.vegalite.v5+json': chart.to_dict(), 'text/plain': 'chart'}, raw=True)"


@pytest.fixture
def notebook(open_notebook, write_notebook, lab):
    (lab.folder / "corrections.csv").unlink(missing_ok=True)

    def run(name, *cells, **size):
        visit = open_notebook(write_notebook(name, START, *cells), **size)
        visit.run_all()
        return visit

    return run


def test_views_table_and_chart(notebook):
    visit = notebook(
        "evidence.ipynb", "corpus[article_id]", "rows(corpus, quotes.head(3))", LIVE, "evidence_table(corpus, quotes)",
        "evidence_chart(chart, corpus, quotes, by=['actor', 'kind'])",
    )  # fmt: skip
    page = visit.page
    article_seen(visit)
    table_leads_to_evidence(visit)
    chart_leads_to_evidence(visit)
    assert charts_drawn(page) >= 2
    assert evidence_seen(page) == 4
    for theme in ("false", "true"):
        page.evaluate("(light) => document.body.setAttribute('data-jp-theme-light', light)", theme)
        dark = page.locator(".stca-view").first.evaluate("(e) => getComputedStyle(e).backgroundColor")
        assert dark == ("rgb(22, 25, 29)" if theme == "false" else "rgb(255, 255, 255)")
    clean(visit)


def article_seen(visit):
    page = visit.page
    view = page.locator(".stca-view:has(.stca-cards)")
    cards = view.locator(".stca-card")
    shown = lambda: [card.inner_text() for card in cards.all() if card.is_visible()]  # noqa: E731
    assert view.locator(".stca-list li").count() > 5 and shown() == []
    mark = view.locator(".stca-text mark.stca-q[tabindex='0']").nth(1)
    mark.hover()
    quotes = [card for card in shown() if card.startswith("Q")]
    assert len(quotes) == 1 and quotes[0].startswith("Q2 ") and "characters" in quotes[0]
    visit.shot("article-hover")
    view.locator(".stca-title").hover()
    assert shown() == []
    view.locator(".stca-text mark[tabindex='0']").first.focus()
    assert shown()[0].startswith("Q1 "), "the card opens for the keyboard too"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "MARK" and shown()[0].startswith("Q2 ")
    skipped = view.locator(".stca-skips")
    before = view.locator(".stca-text .stca-s").first.evaluate("(e) => getComputedStyle(e).backgroundImage")
    skipped.locator("summary").click()
    after = view.locator(".stca-text .stca-s").first.evaluate("(e) => getComputedStyle(e).backgroundImage")
    assert "135deg" not in before and "135deg" in after


def table_leads_to_evidence(visit):
    page = visit.page
    table = page.locator(".stca-view.stca-table")
    table.locator("tbody tr").nth(3).click()
    words = table.locator(".stca-panel mark.stca-q").first.inner_text()
    assert words.strip("Q4 ")[:20] in table.locator("tbody tr").nth(3).inner_text()
    page.keyboard.press("ArrowDown")
    assert table.locator("tr[aria-selected=true]").count() == 1
    assert table.locator(".stca-panel b").inner_text() == "Q5"
    table.locator("input[type=search]").fill("rempel")
    seen = [row for row in table.locator("tbody tr").all() if row.is_visible()]
    assert seen and all("rempel" in row.inner_text().lower() for row in seen)
    table.locator("input[type=search]").fill("")
    table.get_by_role("button", name="actor").click()
    assert table.locator("th[aria-sort=ascending]").inner_text().startswith("actor")
    visit.shot("table", ".stca-view.stca-table")


def chart_leads_to_evidence(visit):
    page = visit.page
    chart = page.locator(".stca-view.stca-chart")
    bar = chart.locator("svg path[aria-roledescription=bar][aria-label*=Goodale]").first
    bar.hover()
    page.wait_for_selector(".stca-tip:not([hidden])")
    assert "Ralph Goodale" in chart.locator(".stca-tip").inner_text()
    bar.click()
    assert "Ralph Goodale" in chart.locator(".stca-panel .stca-title").inner_text()
    assert chart.locator(".stca-panel .stca-row").count() > 1
    visit.shot("chart", ".stca-view.stca-chart")
    chart.locator("select").select_option(index=1)
    first = chart.locator("select option").nth(1).inner_text().rsplit(" (", 1)[0]
    assert first in chart.locator(".stca-panel .stca-title").inner_text()


def test_review_with_keys_alone_and_with_the_mouse(notebook, lab):
    visit = notebook("review.ipynb", "review = Review(corpus, 'quotes', ledger='corrections.csv', coder='ada')\nreview")
    page, review = visit.page, visit.page.locator(".stca-review")
    ledger = lab.folder / "corrections.csv"
    told_now = "(w) => { const t = document.querySelector('.stca-message').textContent; return t.includes(w) && t.includes('Undone') === w.includes('Undone') }"
    said = lambda words: page.wait_for_function(told_now, arg=words, timeout=60_000)  # noqa: E731
    review.focus()
    for key, told in (("a", "Q1 accepted"), ("r", "Q2 rejected"), ("u", "Undone: Q2 rejected"), ("r", "Q2 rejected")):
        page.keyboard.press(key)
        said(told)
    assert page.locator(".jp-Cell").count() == 2, "keys of the widget are not the notebook's"
    page.keyboard.press("e")
    page.locator(".stca-form [name=actor]").fill("Ahmed Hussen")
    page.keyboard.press("Enter")
    said("actor of Q3 is now Ahmed Hussen")
    page.locator(".stca-form [name=said_on]").fill("1 May")
    page.keyboard.press("Enter")
    said("is no day")
    assert review.locator(".stca-message.stca-problem").count() == 1
    assert page.locator(".stca-form [name=said_on][aria-invalid=true]").input_value() == "1 May", "what was typed can be mended"
    visit.shot("review-problem", ".stca-review")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("see the memo")
    page.keyboard.press("Enter")
    said("note on Q3")
    add_by_mouse(visit, said)
    add_by_keys(visit, said)
    visit.shot("review", ".stca-review")
    decisions = [d for _, d in read_ledger(ledger).decisions]
    assert [(d.action, d.field) for d in decisions[:6]] == [
        ("accept", ""),
        ("reject", ""),
        ("undo", ""),
        ("reject", ""),
        ("edit", "actor"),
        ("note", ""),
    ]
    added = [d for d in decisions if d.action == "add"]
    corpus = load_corpus(SEEDS)
    text = corpus[added[0].article_id].text
    assert len(added) == 2 and added[0].text == "The aim would be to stem the flow of refugee claimants"
    assert all(text[d.start : d.end] == d.text for d in added)
    page.evaluate("document.querySelector('.stca-review').focus()")
    page.keyboard.press("?")
    assert review.locator(".stca-keys").is_visible()
    visit.shot("review-keys", ".stca-review")
    clean(visit)


def add_by_mouse(visit, said):
    """Selects words of a paragraph with no row in it by dragging, and saves them as a row."""
    page = visit.page
    paragraph = page.locator(".stca-review .stca-text p", has_text="The aim would be to stem")
    paragraph.scroll_into_view_if_needed()
    box = paragraph.evaluate(
        """(p) => { const node = p.querySelector('[data-a]').firstChild, range = document.createRange();
            const at = node.data.indexOf('The aim'), end = node.data.indexOf('claimants') + 'claimants'.length;
            const corner = (place) => { range.setStart(node, place); range.setEnd(node, place);
                const b = range.getBoundingClientRect(); return [b.left, b.top + b.height / 2]; };
            return [...corner(at), ...corner(end)]; }"""
    )
    page.mouse.move(box[0] + 1, box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=8)
    page.mouse.up()
    said("Press s")
    page.locator(".stca-review").evaluate("(e) => e.focus({preventScroll: true})")
    page.keyboard.press("s")
    page.wait_for_selector(".stca-form .stca-save")
    assert page.locator(".stca-form .stca-quoted").inner_text() == "The aim would be to stem the flow of refugee claimants"
    visit.shot("review-add", ".stca-review")
    page.keyboard.press("Enter")
    said("kind may not be empty")
    page.locator(".stca-form [name=kind]").select_option("indirect")
    page.locator(".stca-form [name=actor]").fill("Government of Canada")
    page.keyboard.press("Enter")
    said("added")


def add_by_keys(visit, said):
    """Makes a row of a stretch beside the row that is looked at, with no mouse."""
    page = visit.page
    review = page.locator(".stca-review")
    review.evaluate("(e) => e.focus({preventScroll: true})")
    page.keyboard.press("s")
    said("Arrow keys")
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    chosen = page.evaluate("document.getSelection().toString()")
    page.keyboard.press("Enter")
    page.wait_for_selector(".stca-form .stca-save")
    assert page.locator(".stca-form .stca-quoted").inner_text().split() == chosen.split()
    page.locator(".stca-form [name=kind]").select_option("mixed")
    page.keyboard.press("Enter")
    said("added")


def test_words_are_looked_up_and_their_rows_reviewed(notebook, lab):
    visit = notebook("search.ipynb", "SearchBox(corpus, 'border', ledger='corrections.csv', coder='ada')")
    page, box = visit.page, visit.page.locator(".stca-search")
    told = lambda words: page.wait_for_function("(w) => document.querySelector('.stca-search .stca-message').textContent.includes(w)", arg=words)  # noqa: E731
    told("passages in")
    assert box.locator("li").count() == 20 and box.locator(".stca-pages").inner_text().startswith("First")
    first = box.locator("li").first.inner_text()
    box.get_by_role("button", name="Next").click()
    page.wait_for_function("() => document.querySelector('.stca-passages').start === 21")
    assert box.locator("li").first.inner_text() != first
    box.get_by_label("party").select_option("LPC")
    box.get_by_label("words").fill('"safe third country" agree*')
    box.get_by_label("words").press("Enter")
    page.wait_for_function("() => [...document.querySelectorAll('.stca-passages mark')].every((m) => /safe third/i.test(m.textContent))")
    assert page.locator(".jp-Cell").count() == 2, "Enter is the box's own"
    opener = box.get_by_role("button", name="open").nth(1)
    opener.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".stca-review .stca-text mark.stca-found")
    assert page.locator(".stca-review .stca-text mark.stca-found").first.is_visible() and box.locator("li.stca-opened").count() == 1
    visit.shot("search", ".jp-OutputArea-output:has(.stca-search)")
    page.locator(".stca-review").focus()
    page.keyboard.press("a")
    page.wait_for_function("() => document.querySelector('.stca-review .stca-message').textContent.includes('accepted')")
    assert [d.action for _, d in read_ledger(lab.folder / "corrections.csv").decisions] == ["accept"]
    box.get_by_label("period").fill("soon")
    box.get_by_label("period").press("Enter")
    told("write a period as")
    clean(visit)


def test_a_queue_leads_over_articles_and_tables(notebook, lab):
    visit = notebook("queue.ipynb", "queue = ReviewQueue(corpus, ledger='corrections.csv', coder='ada')\nqueue", "print(len(queue.queue))")
    page, review = visit.page, visit.page.locator(".stca-review")
    at = lambda number: page.wait_for_function("(n) => document.querySelector('.stca-review .stca-bar b').textContent.includes(`row ${n} of`)", arg=number)  # noqa: E731
    at(1)
    seen = set()
    review.focus()
    for number in range(2, 42):
        seen.add(review.locator(".stca-bar b").inner_text().split(":")[0])
        doubt = review.locator(".stca-doubt")
        assert doubt.is_visible() and "%" in doubt.inner_text()
        assert review.locator(".stca-text mark.stca-here").first.is_visible()
        if number == 3:
            visit.shot("queue", ".stca-review")
        page.keyboard.press("r" if number % 5 else "a")
        at(number)
    assert len(seen) > 1 and len(read_ledger(lab.folder / "corrections.csv").decisions) == 40
    page.keyboard.press("u")
    at(40)
    page.wait_for_function("() => document.querySelector('.stca-review .stca-message').textContent.startsWith('Undone')")
    clean(visit)


def test_a_long_article_answers_the_pointer_at_once(browser):
    article, rows = long_article()
    page = browser.new_page()
    page.set_content(article_html(article, rows))
    each = page.evaluate(
        """async () => { const marks = [...document.querySelectorAll('.stca-text mark[tabindex="0"]')].slice(0, 50), start = performance.now();
            for (const mark of marks) { mark.focus(); await new Promise(requestAnimationFrame); }
            return (performance.now() - start) / marks.length; }"""
    )
    page.close()
    assert each < 100, f"{each:.0f} ms a mark"


def test_a_kernel_that_dies_loses_nothing_and_is_noticed(notebook, lab):
    visit = notebook("killed.ipynb", "Review(corpus, 'quotes', ledger='corrections.csv', coder='ada')", "import os; print('pid', os.getpid())")
    page = visit.page
    page.locator(".stca-review").focus()
    page.keyboard.press("r")
    page.wait_for_function("() => document.querySelector('.stca-message').textContent.includes('Q1 rejected')")
    pid = int(page.locator(".jp-OutputArea-output", has_text="pid ").last.inner_text().split()[1])
    os.kill(pid, signal.SIGKILL)
    page.keyboard.press("a")
    assert [d.action for _, d in read_ledger(lab.folder / "corrections.csv").decisions] == ["reject"]
    page.wait_for_function("() => document.querySelector('.stca-message.stca-problem')?.textContent.includes('kernel does not answer')", timeout=60_000)
