"""The search box of the site of documents finds pages offline: opened from the disk, as `make docs` says, and served."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import lab as machine
import pytest
from support.paths import ROOT

pytest.importorskip("mkdocstrings", reason="of the extra stcalib[docs]; not in this environment")
pytestmark = pytest.mark.slow
FOUND = [
    ("index.html", "glossary", "glossary.html"),
    ("index.html", "reading copy", "glossary.html"),
    ("reference/charts.html", "coroners", "counts_toml.html"),
    ("project/readme.html", "stances_in_print", "reference/charts.html"),
]
"""The page on which somebody stands, what they type, and a page that must be among the results."""


class Quiet(SimpleHTTPRequestHandler):
    """A server that writes no log."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-f", str(ROOT / "stcalib/docs/site/mkdocs.yml"), "--site-dir", str(folder)]
    surroundings = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))}
    subprocess.run(command, env=surroundings, check=True)
    return folder


@pytest.fixture(scope="module", params=["from the disk", "served"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    if request.param == "from the disk":
        yield site.as_uri()
        return
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(("stands_on", "typed", "result"), FOUND)
def test_the_search_box_finds_a_page_and_asks_nothing_outside(address: str, stands_on: str, typed: str, result: str, browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    outside: list[str] = []
    broken: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if not request.url.startswith((address, "data:", "blob:", "about:")) else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(f"{address}/{stands_on}")
    box = page.locator("input.md-search__input")
    box.click()
    box.press_sequentially(typed)
    link = page.locator(f".md-search-result__link[href*='/{result}']").first
    link.wait_for(timeout=20_000)
    link.click()
    page.wait_for_url(f"**/{result}*")
    assert page.locator("article h1").count() == 1
    assert (outside, broken) == ([], [])
    assert not machine.is_outside(page.url) or page.url.startswith("file:")
    context.close()
