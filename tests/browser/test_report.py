"""The report of hostile articles in a real browser, offline: charts are drawn, nothing runs, nothing is asked for, it prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.hostile import write_corpus
from support.paths import SEEDS

from stcalib.notebook.study import Study
from stcalib.report import report_bytes


@pytest.mark.parametrize("corpus", ["seeds", "hostile"])
def test_a_report_draws_and_prints_and_nothing_else(corpus: str, browser, tmp_path: Path) -> None:
    folder = SEEDS
    if corpus == "hostile":
        folder = tmp_path / "hostile"
        folder.mkdir()
        write_corpus(folder)
    file = tmp_path / "report.html"
    file.write_bytes(report_bytes(Study("report", {"folder": str(folder), "codebook": "stca", "corrections": None})))
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    broken: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda message: broken.append(message.text) if message.type == "error" else None)
    page.goto(file.as_uri())
    number = page.locator("figure").count()
    page.wait_for_function(f"document.querySelectorAll('figure.drawn').length === {number}", timeout=60_000)
    assert number > 0 and page.locator("figure.drawn svg.marks").count() == number
    assert [url for url in asked if not url.startswith(("data:", file.as_uri()))] == []
    assert dialogs == [] and broken == [] and page.evaluate("window.__hit") is None
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "no word, however long, makes the page wider than the window"
    page.emulate_media(media="print")
    assert page.locator("figure .still:visible").count() == number and page.locator("figure .live:visible").count() == 0
    assert len(page.pdf()) > 20_000
    context.close()
