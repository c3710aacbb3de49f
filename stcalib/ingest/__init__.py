"""Ingest: files as they are (pages, office files, exports of news databases, tables) to articles.

In: files. Out: a text file each story in the folder of articles, and its entry in `articles.toml`. Each format is a
small reader that hands over stories; the labels of the exports stand in `labels/`. Imports core and periods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.ingest.importing import ImportReport, import_articles

__all__ = ["ImportReport", "import_articles"]
__getattr__, __dir__ = hand_on(__name__, {"ImportReport": "importing", "import_articles": "importing"})
