"""A real JupyterLab and a real browser for tests: started on a free loopback port, everything outside refused and recorded."""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions", "--mute-audio",
)  # fmt: skip
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none", "recordTiming": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}


def chromium() -> str | None:
    """The browser's program, where there is one. STCALIB_CHROMIUM names another."""
    named = os.environ.get("STCALIB_CHROMIUM")
    return named if named else next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def missing() -> str:
    """What is missing for browser tests on this machine, in words; "" where nothing is."""
    if chromium() is None:
        return "no Chromium on this machine (Debian: apt-get install chromium; or name the program in STCALIB_CHROMIUM)"
    lacking = [name for name in ("jupyterlab", "playwright", "anywidget", "altair") if importlib.util.find_spec(name) is None]
    return f"not installed: {', '.join(lacking)}" if lacking else ""


IS_IDLE = "() => [...document.querySelectorAll('#jp-main-statusbar *')].some((e) => !e.children.length && /\\| Idle/.test(e.textContent))"
ALL_RAN = r"() => [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')].every((p) => /\[\d+\]/.test(p.textContent))"


@dataclass
class Lab:
    """A running JupyterLab: where it answers, and the folder that it shows."""

    address: str
    token: str
    folder: Path

    def url(self, notebook: str) -> str:
        """The page of a notebook alone, without the side bars' memory of earlier visits."""
        return f"{self.address}/lab/tree/{notebook}?token={self.token}&reset"


@contextmanager
def jupyterlab(home: Path, folder: Path, light: bool = True) -> Iterator[Lab]:
    """JupyterLab at a folder, without `stca lab`, with settings of its own under `home`."""
    settings = home / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    theme = {"@jupyterlab/apputils-extension:themes": {"theme": f"JupyterLab {'Light' if light else 'Dark'}"}}
    (settings / "overrides.json").write_text(json.dumps(SETTINGS | theme))
    options = [f"--ServerApp.root_dir={folder}", f"--LabApp.app_settings_dir={settings}", "--LabApp.news_url="]
    options += ["--ServerApp.log_level=ERROR", "--KernelManager.transport_encryption=auto"]
    with served([sys.executable, "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", *options], home, folder) as lab:
        yield lab


@contextmanager
def served(command: list[str], home: Path, folder: Path) -> Iterator[Lab]:
    """A command that starts JupyterLab in a folder, on a free loopback port, with state of its own under `home`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    own = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "user-settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
        "MPLCONFIGDIR": "matplotlib",
        "HOME": ".",
    }
    source = str(Path(__file__).resolve().parents[2])
    environment = os.environ | {name: str(home / place) for name, place in own.items()}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH", "")]))
    options = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    log = home / "lab.log"
    with log.open("wb") as output:
        process = subprocess.Popen([*command, *options], env=environment, stdout=output, stderr=subprocess.STDOUT, cwd=folder)
        try:
            lab = Lab(f"http://127.0.0.1:{port}", token, folder)
            wait_for(lab, process, log)
            yield lab
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def notebook(cells: Iterable[str]) -> str:
    """A notebook of code cells that were not run, as its file's text."""
    empty = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    body = [empty | {"id": f"c{place}", "source": source} for place, source in enumerate(cells)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"cells": body, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


def wait_for(lab: Lab, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    """Waits until JupyterLab answers. Fails with its log where it ends before."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"JupyterLab ended at once:\n{log.read_text(errors='replace')[-2000:]}")
        try:
            with urllib.request.urlopen(f"{lab.address}/api/status?token={lab.token}", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not answer within {seconds} s:\n{log.read_text(errors='replace')[-2000:]}")


@dataclass
class Visit:
    """A notebook open in the browser, with all that went wrong on its page."""

    page: Any
    lab: Lab
    notebook: str
    outside: list[str] = field(default_factory=list)
    """Addresses outside this machine that the page asked for; all were refused."""
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def run_all(self, seconds: float = 90) -> None:
        """Runs every cell and waits until the kernel is done. Fails on a cell that fails."""
        page = self.page
        self.wait_idle(seconds)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_function(ALL_RAN, timeout=seconds * 1000)
        self.wait_idle(seconds)
        failed = page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']")
        assert failed.count() == 0, f"{self.notebook}: a cell failed:\n{failed.first.inner_text()}"

    def wait_idle(self, seconds: float = 90) -> None:
        """Waits until the kernel is there and has nothing to do, as the status bar tells it."""
        self.page.wait_for_function(IS_IDLE, timeout=seconds * 1000)

    def shot(self, name: str, part: str | None = None) -> None:
        """Keeps a picture of the page, or of the part that a selector names, where STCALIB_SHOTS names a folder."""
        if folder := os.environ.get("STCALIB_SHOTS"):
            target = self.page.locator(part).first if part else self.page
            target.screenshot(path=str(Path(folder) / f"{name}.png"))

    def close(self) -> None:
        """Shuts the kernel down without saving and closes the page."""
        self.page.evaluate(
            """async (token) => { for (const s of await (await fetch('/api/sessions?token=' + token)).json())
                await fetch(`/api/sessions/${s.id}?token=${token}`, {method: 'DELETE'}); }""",
            self.lab.token,
        )
        self.page.context.close()


def is_outside(address: str) -> bool:
    """Whether an address leaves this machine."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https", "ws", "wss", "ftp") and (parts.hostname or "") not in LOOPBACK


def visit(browser: Any, lab: Lab, notebook: str, width: int = 1400, height: int = 1000) -> Visit:
    """Opens a notebook of the lab's folder in a page of its own, everything outside refused and recorded."""
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=False)
    found = Visit(context.new_page(), lab, notebook)

    def decide(route: Any) -> None:
        if is_outside(route.request.url):
            found.outside.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    context.route("**/*", decide)
    context.on("page", lambda page: found.outside.append(page.url) if page is not found.page and is_outside(page.url) else None)
    found.page.on("websocket", lambda socket: found.outside.append(socket.url) if is_outside(socket.url) else None)
    found.page.on("dialog", lambda dialog: (found.dialogs.append(dialog.message), dialog.dismiss()))
    found.page.on("pageerror", lambda error: found.errors.append(str(error)))
    found.page.goto(lab.url(notebook))
    found.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    return found
