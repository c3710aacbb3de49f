"""stcalib reads news articles about an issue in dispute into tidy tables of counts, quotes and positions.

Every row is tied to the characters that show it: `article.text[row.start:row.end]` is the evidence.
"""

from stcalib.corpus import Corpus, load_corpus
from stcalib.records import ArticleError, LexiconError, ParameterError, StcalibError, TableError

__all__ = ["ArticleError", "Corpus", "LexiconError", "ParameterError", "StcalibError", "TableError", "load_corpus"]
__version__ = "0.1.0"
