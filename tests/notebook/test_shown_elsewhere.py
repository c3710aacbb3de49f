"""The stored notebooks where nothing draws Vega-Lite: each chart is there as a drawing, which nbconvert shows without a network."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.paths import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CHART = re.compile(r"application/vnd\.vegalite\.v\d+\+json")


def charts_of(notebook: Path) -> list[dict[str, object]]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [output["data"] for cell in cells for output in cell.get("outputs", ()) if any(CHART.fullmatch(kind) for kind in output.get("data", {}))]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_page_of_a_notebook_shows_each_chart_as_a_drawing(notebook: Path) -> None:
    exporters = pytest.importorskip("nbconvert.exporters", reason="of the extra stcalib[lab]; not in this environment")
    charts = charts_of(notebook)
    assert charts and all("image/svg+xml" in data for data in charts)
    page, _ = exporters.HTMLExporter(template_name="basic").from_filename(str(notebook))
    assert page.count("data:image/svg+xml;base64,") + page.count("<svg") >= len(charts)
    assert not re.search(r"<(?:script|img|link)[^>]*(?:src|href)=[\"']https?:", page)
