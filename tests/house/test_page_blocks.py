"""The Python of the pages runs as printed, block after block, in a folder of its own."""

from __future__ import annotations

import re

import pytest
from support.paths import ROOT

PAGES = ROOT / "stcalib" / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
RUN = ("api", "export", "tables")


@pytest.mark.parametrize("page", RUN)
def test_the_blocks_of_a_page_run(page: str, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall((PAGES / f"{page}.md").read_text(encoding="utf-8"))
    assert blocks
    names: dict[str, object] = {}
    for number, block in enumerate(blocks, 1):
        exec(compile(block, f"{page}.md, block {number}", "exec"), names)
