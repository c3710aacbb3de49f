"""Documents of the project: their links lead somewhere, the files that they name are there, the version is one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from support.paths import ROOT

import stcalib

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "stcalib" / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
NAMED = re.compile(r"`((?:stcalib|tests|notebooks|seeds|figures)/[\w./-]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    unknown = [path for path in NAMED.findall(text) if not (ROOT / path).exists()]
    # names in capitals stand for a reader's own, and the recipe for a table names a room to be made
    assert not [path for path in unknown if not re.search(r"[A-Z]{4,}", path) and path != "stcalib/events/"]


def test_the_version_is_the_same_everywhere() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    cited = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    changed = re.search(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert cited is not None and changed is not None
    assert stcalib.__version__ == declared == cited[1] == changed[1]
