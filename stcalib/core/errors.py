"""The package's errors: each says what was wrong, what is allowed and what to do next."""

from __future__ import annotations

INSTALL = 'pip install ".[{extra}]" in a clone of stcalib, or with its wheel file in place of the point'


def how_to_install(extra: str) -> str:
    """The line that installs an extra, for errors about what is missing."""
    return INSTALL.format(extra=extra)


class StcalibError(Exception):
    """Something the user can mend: says what was wrong, what is allowed and what to do next."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the message, without the way through the program."""
        return [f"{type(self).__name__}: {self}"]


class ArticleError(StcalibError):
    """A file that cannot be read as an article: what is wrong with it, and what to do."""

    def __init__(self, problem: str, advice: str):
        super().__init__(f"{problem}. {advice}")
        self.problem = problem
        self.advice = advice


class LexiconError(StcalibError):
    """A word list or codebook with a bad entry; the message names file and entry."""


class TableError(StcalibError):
    """A table that does not fit its schema, or a file that cannot be read or written as one."""


class ParameterError(StcalibError):
    """An unknown or ill-typed parameter."""


class WrongTypeError(StcalibError, TypeError):
    """An argument of a type that cannot be used: what it is, and what is wanted."""

    def __init__(self, argument: str, given: object, wanted: str):
        super().__init__(f"{argument}: a value of type {type(given).__name__} cannot be used. Give {wanted}")


class UnknownArticleError(StcalibError, KeyError):
    """The id of an article that is not there."""

    def __str__(self) -> str:
        return str(self.args[0])
