"""The codebook that is meant where none is named: its name alone, so that the command can say it without reading any."""

from __future__ import annotations

from pathlib import Path

DEFAULT = "stca"
"""The codebook of the package that is meant where none is named and none stands beside the articles."""
PROJECT_CODEBOOK = "codebook"
"""The folder of a project's own codebook, beside the folder of its articles."""


def usual_codebook(articles: Path) -> str:
    """The codebook of a folder of articles where none is named: the folder `codebook` beside it, else the package's `DEFAULT`."""
    beside = articles.parent if articles.parent != articles else articles.absolute().parent
    return str(beside / PROJECT_CODEBOOK) if (beside / PROJECT_CODEBOOK).is_dir() else DEFAULT
