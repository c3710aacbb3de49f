"""What is asked of a notebook that ran in the browser."""

from __future__ import annotations

from typing import Any

DRAWN = """() => [...document.querySelectorAll('.jp-OutputArea-output')].filter((o) =>
    (o.dataset.mimeType ?? '').includes('vega') || o.querySelector('.vega-embed, .stca-drawing')).map((o) => {
        const c = o.querySelector('canvas'), s = o.querySelector('svg.marks');
        const inked = () => [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data].some((v, i) => i % 4 === 3 && v);
        return c ? c.width > 20 && c.height > 20 && inked()
                 : !!s && s.getBoundingClientRect().width > 20 && s.querySelectorAll('path, text, rect').length > 3; })"""

SLOW_START = "[anywidget] Failed to initialize model"
"""What anywidget says when a widget takes over two seconds to start on a busy machine; whether it is drawn is checked by itself."""


def charts_drawn(page: Any, seconds: float = 20) -> int:
    """Waits until every chart on the page is drawn (as a canvas that is not empty, or as SVG with marks); how many there are."""
    page.wait_for_function(f"() => ({DRAWN})().every(Boolean)", timeout=seconds * 1000)
    return len(page.evaluate(DRAWN))


def evidence_seen(page: Any) -> int:
    """How many evidence views are on the page with marks that can be seen."""
    return sum(view.locator("mark.stca-m").count() > 0 or view.locator("tbody tr, svg").count() > 0 for view in page.locator(".stca-view").all())


def clean(visit: Any) -> None:
    """Nothing came from outside, nothing ran that should not, no script failed."""
    assert visit.outside == [], f"{visit.notebook} asked for {visit.outside}"
    assert visit.dialogs == [], f"{visit.notebook} showed {visit.dialogs}"
    errors = [error for error in visit.errors if SLOW_START not in error]
    assert errors == [], f"{visit.notebook}: {errors}"
    assert visit.page.evaluate("window.__hit") is None, f"{visit.notebook}: words of an article ran"
