"""The reading of a corpus: both passes over its articles with the join between them, and what is kept of them.

An article is read once, in this process or another, and dropped; what came of it is kept packed and opened when asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, lru_cache

from stcalib.codebook.codebook import Codebook
from stcalib.core.packed import unpack
from stcalib.core.rows import Clue, Problem, Published
from stcalib.corpus.dating import date_articles
from stcalib.corpus.day_clues import NOTHING
from stcalib.corpus.first_reading import FirstReading
from stcalib.corpus.kept import InMemory, Kept, key_of
from stcalib.corpus.passes import Packed, Task, in_step, work, worked
from stcalib.corpus.reader import Found
from stcalib.corpus.sidecar import Told
from stcalib.corpus.sources import Sources

AT_HAND = 64
"""The rows of so many articles are kept as objects."""
Progress = Callable[[Iterable[str]], Iterable[str]]
"""Gives article ids back one by one, and tells of it."""


class Reading:
    """What is read of the articles of a corpus, each when asked for."""

    def __init__(
        self, articles: Sources, codebook: Codebook, told: Mapping[str, Told], given: Mapping[str, Published], kept: Kept | None = None
    ):
        self.articles, self.codebook = articles, codebook
        self.kept = kept or InMemory()
        self._told, self._given = told, given
        self._first: dict[str, FirstReading] = {}
        self.found = lru_cache(maxsize=AT_HAND)(self._found_of)

    def _task(self, article_id: str) -> Task:
        return Task(self.articles.by_id[article_id], self._given.get(article_id), self._told.get(article_id, Told()).keep)

    def _first_key(self, article_id: str) -> str:
        """The key of a first reading: the text, its name, and what is known beside it (codebook and program are those of the keeping)."""
        task = self._task(article_id)
        return key_of("first", self.kept.state, task.source.sha256, article_id, task.source.file, task.source.encoding, task.given, task.keep)

    def _rows_key(self, article_id: str, published: Published) -> str:
        """The key of an article's rows: that of its first reading, and its interval of days."""
        return key_of("rows", self._first_key(article_id), published.earliest, published.latest, published.basis)

    def _take(self, read: Packed) -> None:
        """Keeps what a pass gave of an article."""
        if read.first is not None:
            self.kept.put(self._first_key(read.article_id), read.first)
            self._first[read.article_id] = read.opened or unpack(FirstReading, read.first)
        if read.rows is not None and read.published is not None:
            self.kept.put(self._rows_key(read.article_id, read.published), read.rows)

    def first(self, article_id: str, rows: bool = True) -> FirstReading:
        """What one article says of itself, read when first asked for; with its `rows` in the same reading, or without."""
        if article_id not in self._first and not self._known_already(article_id):
            self._take(work(replace(self._task(article_id), rows=rows), self.codebook))
            self.kept.flush()
        return self._first[article_id]

    def _known_already(self, article_id: str) -> bool:
        """Whether the first reading of an article was kept; it is at hand from then on."""
        if article_id not in self._first and (piece := self.kept.get(self._first_key(article_id))) is not None:
            with suppress(ValueError):
                self._first[article_id] = unpack(FirstReading, piece)
        return article_id in self._first

    def first_pass(self, progress: Progress = iter, jobs: int = 1) -> None:
        """The first pass over all articles that were not read before."""
        tasks = [self._task(key) for key in self.articles if not self._known_already(key)]
        self._work_through(tasks, progress, jobs)

    @cached_property
    def dated(self) -> tuple[dict[str, Published], list[Clue], list[Problem]]:
        """The interval of each article, the clues that bound the inferred ones, and what went wrong."""
        faults: list[Problem] = []
        known, clues = date_articles({key: self.first(key, rows=False).days for key in self.articles}, faults)
        for key, first in self._first.items():
            self._first[key] = replace(first, days=replace(NOTHING, known=first.days.known))
        return known, clues, faults

    def published(self, article_id: str) -> Published:
        """The interval in which an article was published. The others are read for it only where it does not tell its day."""
        return self.first(article_id).days.known or self.dated[0][article_id]

    def left_out(self, article_id: str) -> str | None:
        """Why an article is plainly none of the issue, by kind."""
        why = self.first(article_id).left_out
        return why.kind if why is not None else None

    def _found_of(self, article_id: str) -> Found:
        published = self.published(article_id)
        key = self._rows_key(article_id, published)
        if (piece := self.kept.get(key)) is not None:
            with suppress(ValueError):
                return unpack(Found, piece)
        task = replace(self._task(article_id), published=published, left_out=self.left_out(article_id))
        rows = work(task, self.codebook).rows or b""
        self.kept.put(key, rows)
        self.kept.flush()
        return unpack(Found, rows)

    def read(self, progress: Progress = iter, jobs: int = 1) -> None:
        """Both passes over all articles, in `jobs` processes."""
        self.first_pass(progress, jobs)
        tasks = [
            replace(self._task(key), published=published, left_out=self.left_out(key))
            for key in self.articles
            if self.kept.get(self._rows_key(key, published := self.published(key))) is None
        ]
        self._work_through(tasks, progress, jobs)
        self.kept.flush()

    def _work_through(self, tasks: list[Task], progress: Progress, jobs: int) -> None:
        """Takes what comes of the tasks; without any, `progress` is told nothing."""
        if tasks:
            for read in in_step(progress([task.source.article_id for task in tasks]), worked(tasks, self.codebook, jobs)):
                self._take(read)

    @property
    def state(self) -> str:
        """A digest of all that the rows of all articles rest on."""
        self.first_pass()
        return key_of("every", *(self._rows_key(article_id, self.published(article_id)) for article_id in self.articles))

    def every(self) -> Iterator[Found]:
        """The rows of all articles, one article after the other."""
        self.first_pass()
        return (self._found_of(article_id) for article_id in self.articles)
