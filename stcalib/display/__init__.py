"""Articles and rows as HTML, plain text and widgets.

In: articles and rows. Out: what a page, a terminal or JupyterLab shows; text of articles is text in all of them.
Imports core, text and corrections.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.display.contradiction_view import facing
    from stcalib.display.html import article_html, article_text, evidence_chart, evidence_table, rows, rows_html
    from stcalib.display.row_listing import listing
    from stcalib.display.terminal import rows_text

__all__ = ["article_html", "article_text", "evidence_chart", "evidence_table", "facing", "listing", "rows", "rows_html", "rows_text"]
__getattr__ = hand_on(
    __name__,
    {
        "rows": "html",
        "evidence_table": "html",
        "evidence_chart": "html",
        "article_html": "html",
        "rows_html": "html",
        "article_text": "html",
        "rows_text": "terminal",
        "listing": "row_listing",
        "facing": "contradiction_view",
    },
)
