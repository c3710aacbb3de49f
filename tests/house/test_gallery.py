"""The gallery: each figure is drawn by the line above it, to the byte."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support.paths import ROOT
from support.printed_page import Reader

from stcalib.notebook.figures import chart_svg, figure_bytes

PAGE = (ROOT / "stcalib" / "docs" / "gallery.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_each_figure_of_the_gallery_is_drawn_by_the_line_above_it(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader.follow(PAGE)
    pictures = re.findall(r"```python\n(?:[^`]*)```\n(?:\n!\[[^\]]+\]\(\.\./\.\./(figures/\w+\.svg)\))?", PAGE)
    drawn = {picture: drawing(value) for picture, value in zip(pictures, reader.shown, strict=True) if picture}
    assert set(drawn) == {f"figures/{path.name}" for path in (ROOT / "figures").glob("*.svg")}
    assert not [picture for picture, content in drawn.items() if content != (ROOT / picture).read_bytes()], "run 'make figures'"


def drawing(value: Any) -> bytes:
    """The SVG of a chart of either kind."""
    return chart_svg(value.to_dict()) if hasattr(value, "to_dict") else figure_bytes(value, "svg")
