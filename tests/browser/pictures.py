"""Makes the pictures of the documentation anew: `python tests/browser/pictures.py`."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Any

import lab as machine
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "stcalib" / "docs"
CELLS = (
    f"""
import altair as alt, stcalib
from stcalib.display import evidence_chart, evidence_table, rows
from stcalib.corrections.applied import apply, machine_frames
from stcalib.corrections.ledger import read_ledger
from stcalib.review import Review, ReviewQueue, SearchBox, least_certain
corpus = stcalib.load_corpus({str(ROOT / "seeds")!r})
def figure(quotes):
    return alt.Chart(quotes[quotes.actor.notna()]).mark_bar().encode(
        x=alt.X("count()", title="quotes", scale=alt.Scale(domain=[0, 16])), y=alt.Y("actor", sort="-x", title=None),
        color=alt.Color("kind", legend=alt.Legend(orient="bottom", title=None)), tooltip=["actor", "kind", "count()"]).properties(width=300)
""",
    "corpus['003_da056322673849bb']",
    "evidence_table(corpus, corpus.quotes)",
    "evidence_chart(figure(corpus.quotes), corpus, corpus.quotes, by=['actor', 'kind'])",
    "Review(corpus, 'quotes', ledger='corrections.csv', coder='ada')",
    "SearchBox(corpus, '\"safe third country\" agree*', ledger='corrections.csv', coder='ada')",
    "ReviewQueue(corpus, least_certain(corpus).query('table == \"counts\" and doubt < 50'), ledger='queue.csv', coder='ada')",
)


def keep(part: Any, name: str, colours: int = 96) -> None:
    """A picture of a part of the page, in few colours so that it stays small."""
    picture = Image.open(io.BytesIO(part.screenshot())).convert("RGB")
    picture.quantize(colours, dither=Image.Dither.NONE).save(TARGET / f"{name}.png", optimize=True)
    print(f"{name}.png: {(TARGET / f'{name}.png').stat().st_size // 1024} KB")


def draw(visit: machine.Visit) -> None:
    page = visit.page
    article = page.locator(".stca-view:has(.stca-cards)")
    article.locator(".stca-text mark.stca-q").nth(2).click()
    keep(article, "review-article")
    table = page.locator(".stca-view.stca-table")
    table.locator("tbody tr").nth(4).click()
    keep(table, "review-table")
    chart = page.locator(".stca-view.stca-chart")
    chart.locator("svg path[aria-roledescription=bar][aria-label*=Hussen]").first.click()
    page.wait_for_timeout(300)
    keep(chart, "review-chart")
    queue = page.locator(".stca-review", has_text="queue")
    keep(queue, "review-queue")
    review = page.locator(".stca-review", has_text="corrections.csv").first
    review.focus()
    for key in "aar":
        page.keyboard.press(key)
        page.wait_for_timeout(300)
    page.locator(".stca-form [name=actor]").fill("Ahmed Hussen")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    keep(review, "review-widget")
    page.evaluate("document.body.setAttribute('data-jp-theme-light', 'false')")
    keep(review, "review-widget-dark")
    page.evaluate("document.body.setAttribute('data-jp-theme-light', 'true')")
    box = page.locator(".jp-OutputArea-output:has(.stca-search)")
    box.get_by_role("button", name="open").nth(1).click()
    page.wait_for_selector(".stca-review .stca-text mark.stca-found")
    page.wait_for_timeout(500)
    page.set_viewport_size({"width": 1330, "height": 1600})
    page.wait_for_timeout(300)
    keep(box, "review-search")


def main() -> None:
    if reason := machine.missing():
        sys.exit(reason)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place) / "work"
        folder.mkdir()
        (folder / "pictures.ipynb").write_text(machine.notebook(CELLS))
        with machine.jupyterlab(Path(place), folder) as lab:
            browser = playwright.chromium.launch(executable_path=machine.chromium(), args=list(machine.CHROMIUM_FLAGS), headless=True)
            visit = machine.visit(browser, lab, "pictures.ipynb", width=1330, height=1400)
            visit.run_all()
            draw(visit)
            visit.close()
            browser.close()


if __name__ == "__main__":
    main()
