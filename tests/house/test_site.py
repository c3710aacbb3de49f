"""The site of the documents: built without a warning, every link leads somewhere, nothing is loaded from elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from support.paths import ROOT

SITE = ROOT / "stcalib" / "docs" / "site"


@pytest.mark.slow
def test_it_is_built_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-f", str(SITE / "mkdocs.yml"), "--site-dir", str(tmp_path / "site")]
    run = subprocess.run(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])), "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stdout + run.stderr) == (0, "")
    pages = {path.relative_to(tmp_path / "site").with_suffix(".md").as_posix() for path in (tmp_path / "site").rglob("*.html")}
    assert {page.name for page in (ROOT / "stcalib" / "docs").glob("*.md")} <= pages
    assert {"reference/commands.md", "reference/columns.md", "reference/charts.md", "project/readme.md"} <= pages
    assert "stances_in_print" in (tmp_path / "site" / "reference" / "charts.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def checked() -> ModuleType:
    spec = spec_from_file_location("checked_links", SITE / "checked_links.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<a href="other.html#here">x</a> <img src="pictures/a.png"> <a href="https://example.org/">x</a>', []),
        ('<a href="none.html">x</a>', ["index.html: none.html leads nowhere"]),
        ('<a href="other.html#there">x</a>', ["index.html: other.html#there leads nowhere"]),
        ('<a href="#gone">x</a>', ["index.html: #gone leads nowhere"]),
        ('<img src="pictures/b.png">', ["index.html: pictures/b.png leads nowhere"]),
        ('<script src="https://example.org/a.js"></script>', ["index.html: loads https://example.org/a.js"]),
        ('<link rel="stylesheet" href="//example.org/a.css">', ["index.html: loads //example.org/a.css"]),
        ('<img srcset="pictures/a.png 1x,pictures/a.png 2x, pictures/b.png">', ["index.html: pictures/b.png leads nowhere"]),
        ('<img srcset="data:image/png;base64,AA 2x, https://example.org/a.png 3x">', ["index.html: loads https://example.org/a.png"]),
        ('<source srcset="//example.org/a.webp">', ["index.html: loads //example.org/a.webp"]),
        ('<p style="background: url(https://example.org/a.png)">x</p>', ["index.html: loads https://example.org/a.png"]),
        ("<style>p { background: url('pictures/b.png') }</style><p>url(none.png)</p>", ["index.html: pictures/b.png leads nowhere"]),
        ("<style>/* url(none.png) */ p { background: url(data:image/png;base64,AA) } path { fill: url(#dots) }</style>", []),
    ],
)
def test_what_is_wrong_in_a_page_is_told(checked: ModuleType, tmp_path: Path, body: str, told: list[str]) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(b"")
    (tmp_path / "other.html").write_text('<h1 id="here">x</h1>', encoding="utf-8")
    (tmp_path / "index.html").write_text(body, encoding="utf-8")
    assert checked.faults(tmp_path) == told


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("p { background: url(../pictures/a.png) }", []),
        ('@import "https://example.org/a.css";', ["styles/a.css: loads https://example.org/a.css"]),
        ("@font-face { src: url( 'fonts/a.woff2' ) }", ["styles/a.css: fonts/a.woff2 leads nowhere"]),
        ("@font-face { src: url(//example.org/a.woff2) format('woff2') }", ["styles/a.css: loads //example.org/a.woff2"]),
    ],
)
def test_what_is_wrong_in_a_style_is_told(checked: ModuleType, tmp_path: Path, style: str, told: list[str]) -> None:
    for name, content in (("pictures/a.png", ""), ("styles/a.css", style), ("index.html", "")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert checked.faults(tmp_path) == told
