"""The corpus: the articles of a folder or mapping, the tables read from them, their files, and the dating of articles by one another.

In: texts, a codebook, a ledger. Out: data frames, CSV and Parquet. Imports the finders, corrections and display.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.corpus.corpus import Corpus, load_corpus
    from stcalib.corpus.tables import read_tables, write_tables

__all__ = ["Corpus", "load_corpus", "read_tables", "write_tables"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "Corpus": "corpus",
        "load_corpus": "corpus",
        "read_tables": "tables",
        "write_tables": "tables",
    },
)
