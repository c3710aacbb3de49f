"""JupyterLab and Chromium for the tests of this folder; without them the tests are skipped and that is said."""

from __future__ import annotations

import lab as machine
import pytest

REASON = machine.missing()


def pytest_collection_modifyitems(items):
    for item in items:
        if REASON and "tests/browser" in item.nodeid.replace("\\", "/"):
            item.add_marker(pytest.mark.skip(reason=REASON))


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=machine.chromium(), args=list(machine.CHROMIUM_FLAGS), headless=True)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """One JupyterLab for all tests of this folder."""
    home = tmp_path_factory.mktemp("jupyterlab")
    folder = home / "work"
    folder.mkdir()
    with machine.jupyterlab(home, folder) as running:
        yield running


@pytest.fixture
def open_notebook(browser, lab):
    """Opens a notebook of the lab's folder; it is closed, with its kernel, when the test ends."""
    opened = []

    def open_it(name, **size):
        opened.append(machine.visit(browser, lab, name, **size))
        return opened[-1]

    yield open_it
    for one in opened:
        one.close()


@pytest.fixture
def write_notebook(lab):
    """Writes a notebook of the given cells into the lab's folder and gives its name."""

    def write(name, *cells):
        (lab.folder / name).write_text(machine.notebook(cells))
        return name

    return write
