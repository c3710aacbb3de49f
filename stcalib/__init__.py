"""stcalib reads news articles about an issue in dispute into tidy tables of counts, quotes and positions.

Every row is tied to the characters that show it: `article.text[row.start:row.end]` is the evidence.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stcalib.core.errors import ArticleError, LexiconError, ParameterError, StcalibError, TableError, UnknownArticleError, WrongTypeError
    from stcalib.core.schema import describe
    from stcalib.corpus.corpus import Corpus, load_corpus
    from stcalib.corpus.explain import explain_position
    from stcalib.corpus.tables import read_tables, write_tables
    from stcalib.ingest.importing import import_articles

__all__ = [
    "ArticleError", "Corpus", "LexiconError", "ParameterError", "StcalibError", "TableError", "UnknownArticleError", "WrongTypeError",
    "describe", "explain_position", "import_articles", "load_corpus", "read_tables", "write_tables",
]  # fmt: skip
__version__ = "0.2.0"

_HOMES = {
    "Corpus": "corpus.corpus",
    "describe": "core.schema",
    "explain_position": "corpus.explain",
    "import_articles": "ingest.importing",
    "load_corpus": "corpus.corpus",
    "read_tables": "corpus.tables",
    "write_tables": "corpus.tables",
}
_ROOMS = ("analysis", "charts", "corrections", "display", "export", "notebook", "official", "review")
"""Rooms with public names, which need no import of their own: `stcalib.charts.crossings(corpus)`."""


def __getattr__(name: str) -> Any:
    """Public names are imported when first asked for, so that `import stcalib` and the command start at once."""
    if name in _ROOMS:
        return _room(name)
    if name not in __all__:
        from stcalib.core.near import not_known

        raise AttributeError(not_known(name, "name of stcalib", __dir__()))
    return getattr(import_module(f"stcalib.{_HOMES.get(name, 'core.errors')}"), name)


def _room(name: str) -> Any:
    """A room with public names. Raises `ImportError` that says how to install what it lacks."""
    try:
        return import_module(f"stcalib.{name}")
    except ModuleNotFoundError as error:
        lacking = (error.name or "").partition(".")[0]
        if lacking in ("", "stcalib"):
            raise
        from stcalib.core.errors import how_to_install

        raise ImportError(f"stcalib.{name} needs {lacking}, which is not installed. Install it with: {how_to_install('notebooks')}") from error


def __dir__() -> list[str]:
    return sorted([*__all__, *_ROOMS, "__version__"])
