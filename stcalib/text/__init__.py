"""The article: a frozen text, its reading copy, zones, sentences, tokens, quotation marks and what the page states of itself.

In: bytes or a string. Out: `Article`, whose offsets count characters of the text as read. Imports the rooms before
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.text.article import Article, read_article

__all__ = ["Article", "read_article"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "Article": "article",
        "read_article": "article",
    },
)
