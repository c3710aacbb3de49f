"""A fault of the program at one article, told as a problem of it: the other articles, and its other tables, are read."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from stcalib.core.rows import Problem
from stcalib.text.article import Article

Result = TypeVar("Result")
LANGUAGE_ADVICE = "Read it with a codebook of its language, or say keep = true for it in articles.toml"
DAY_ADVICE = "Check which of the two is right; the day given is used"
UNFIT_ADVICE = "Review the row again; the line may stay in the ledger"
FAULT_ADVICE = "Report this line with the article; everything else was read"


def guarded(article: Article | str, what: str, step: Callable[[], Result], otherwise: Result, problems: list[Problem]) -> Result:
    """What `step` gives; where it fails, `otherwise`, and a line in `problems` that says at what and where. `article` may be its id."""
    try:
        return step()
    except Exception as error:
        problems.append(fault(article, what, error))
        return otherwise


def fault(article: Article | str, what: str, error: Exception) -> Problem:
    """A fault in reading `what` of an article, with its kind and the line of the program."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    name = article if isinstance(article, str) else article.file or article.article_id
    return Problem(name, f"a fault of the program while reading {what}: {type(error).__name__} ({where})", FAULT_ADVICE)
