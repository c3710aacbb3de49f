"""stcalib reads news articles about an issue in dispute into tidy tables of counts, quotes and positions.

Every row is tied to the characters that show it: `article.text[row.start:row.end]` is the evidence.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stcalib.core.errors import ArticleError, LexiconError, ParameterError, StcalibError, TableError
    from stcalib.corpus.corpus import Corpus, load_corpus
    from stcalib.corpus.explain import explain_position
    from stcalib.ingest.importing import import_articles

__all__ = [
    "ArticleError", "Corpus", "LexiconError", "ParameterError", "StcalibError", "TableError", "explain_position", "import_articles",
    "load_corpus",
]  # fmt: skip
__version__ = "0.2.0"

_HOMES = {
    "Corpus": "stcalib.corpus.corpus",
    "explain_position": "stcalib.corpus.explain",
    "import_articles": "stcalib.ingest.importing",
    "load_corpus": "stcalib.corpus.corpus",
}


def __getattr__(name: str) -> Any:
    """Public names are imported when first asked for, so that `import stcalib` and the command start at once."""
    if name not in __all__:
        raise AttributeError(f"module 'stcalib' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "stcalib.core.errors")), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
