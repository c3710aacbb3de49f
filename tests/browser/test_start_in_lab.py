"""`stca lab` in a new project: the start page, a document behind a link of it, and an article picked from the list."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import lab as machine
import pytest
from checks import clean

from stcalib.cli.project import new_project

SECOND = "The Example Post, 12 March 2018\n\n“The dam must go,” said Rosa Baum, the mayor of Lund, of the asylum seekers.\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory):
    """A project with two articles, shown by the command itself."""
    home = tmp_path_factory.mktemp("start")
    new_project(home / "mine")
    (home / "mine" / "articles" / "zz_second.txt").write_text(SECOND, encoding="utf-8")
    with machine.served([sys.executable, "-m", "stcalib", "lab", "notebooks"], home, home / "mine") as running:
        yield running


def test_the_start_page_leads_to_documents_and_notebooks(project: machine.Lab, browser) -> None:
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page, outside = context.new_page(), []
    context.route("**/*", lambda route: (outside.append(route.request.url), route.abort()) if machine.is_outside(route.request.url) else route.continue_())
    page.goto(f"{project.address}/?token={project.token}")
    shown = page.locator(".jp-MarkdownViewer .jp-RenderedMarkdown")
    shown.get_by_role("heading", name="Start").wait_for(timeout=60_000)
    listed = page.locator(".jp-DirListing-itemName")
    listed.filter(has_text="articles").first.wait_for()
    assert {"articles", "codebook", "documents", "notebooks", "START.md"} <= {text.strip() for text in listed.all_inner_texts()}
    if folder := os.environ.get("STCALIB_SHOTS"):
        page.screenshot(path=str(Path(folder) / "start.png"))
    shown.get_by_role("link", name="ten minutes in the lab").click()
    page.get_by_role("heading", name="Ten minutes in the lab").wait_for()
    if folder := os.environ.get("STCALIB_SHOTS"):
        page.screenshot(path=str(Path(folder) / "document.png"))
    assert outside == []
    context.close()


def test_an_article_is_picked(project: machine.Lab, browser) -> None:
    visit = machine.visit(browser, project, "notebooks/05_article.ipynb")
    visit.run_all()
    page = visit.page
    rows = page.locator(".stca-table").first.locator("tbody tr")
    assert rows.count() == 2 and rows.nth(0).get_attribute("aria-selected") == "true"
    rows.nth(1).click()
    assert "The dam must go" in page.locator(".stca-table").first.locator(".stca-panel").inner_text()
    visit.shot("picker")
    page.locator(".jp-CodeCell", has_text="study = study.reading(picker.article_id)").first.locator(".jp-InputArea-editor").click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run Selected Cell and All Below").click()
    page.locator(".jp-OutputArea .stca-view[aria-label^='zz_second']").first.wait_for(timeout=60_000)
    visit.wait_idle()
    clean(visit)
    visit.close()
