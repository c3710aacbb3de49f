"""Articles and rows as HTML, plain text and widgets.

In: articles and rows. Out: what a page, a terminal or JupyterLab shows; text of articles is text in all of them.
Imports core, text and corrections.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.display.contradiction_view import facing
    from stcalib.display.evidence_widgets import evidence_chart, evidence_table
    from stcalib.display.html import article_html, rows, rows_html
    from stcalib.display.marked_article import MarkedArticle
    from stcalib.display.picker import article_picker
    from stcalib.display.row_listing import listing
    from stcalib.display.terminal import article_text, rows_text

__all__ = [
    "MarkedArticle", "article_html", "article_picker", "article_text", "evidence_chart", "evidence_table",
    "facing", "listing", "rows", "rows_html", "rows_text",
]  # fmt: skip
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "article_picker": "picker",
        "rows": "html",
        "evidence_table": "evidence_widgets",
        "evidence_chart": "evidence_widgets",
        "MarkedArticle": "marked_article",
        "article_html": "html",
        "rows_html": "html",
        "article_text": "terminal",
        "rows_text": "terminal",
        "listing": "row_listing",
        "facing": "contradiction_view",
    },
)
