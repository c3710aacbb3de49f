"""The two passes over articles, in this process or in several: the same bytes in the same order either way.

The first pass tells what an article says of itself and offers to others, with the rows it has under the interval of days that
it tells by itself. The second gives its rows anew where other articles move that interval; few articles are read twice.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import NamedTuple

from stcalib.codebook.codebook import Codebook
from stcalib.core.errors import StcalibError
from stcalib.core.packed import pack
from stcalib.core.processes import CAN_FORK
from stcalib.core.rows import Published
from stcalib.corpus.dating import dated_alone
from stcalib.corpus.first_reading import FirstReading, read_first
from stcalib.corpus.reader import read_in_language_of, read_rows
from stcalib.corpus.sources import Source

TOGETHER = 8
"""So many articles are handed to a process at once."""
WORTH_A_POOL = 40
"""With fewer articles, starting processes takes longer than reading."""


@dataclass(frozen=True, slots=True)
class Task:
    """An article to be read: its source, its day if it is given beside the text, whether it is kept on the issue in any case.

    With `published` its rows are wanted for that interval, and `left_out` says of what kind it is. Without, the first pass is
    wanted, and with `rows` its rows for the interval that it tells by itself.
    """

    source: Source
    given: Published | None = None
    keep: bool = False
    rows: bool = True
    published: Published | None = None
    left_out: str | None = None


class Packed(NamedTuple):
    """What came of a task, packed: the first reading where it was wanted, and the rows with the interval that they hold for.

    `opened` is the first reading as it is, where this process has made it.
    """

    article_id: str
    first: bytes | None
    published: Published | None = None
    rows: bytes | None = None
    opened: FirstReading | None = None


def work(task: Task, codebook: Codebook) -> Packed:
    """Reads an article for a task. Raises `StcalibError` where its file is gone or changed."""
    read_in_language_of(codebook)
    article = task.source.article()
    if task.published is not None:
        return Packed(article.article_id, None, task.published, pack(read_rows(article, codebook, task.published, task.left_out)))
    first = read_first(article, codebook, task.given, task.keep)
    if not task.rows:
        return Packed(article.article_id, pack(first), opened=first)
    alone = dated_alone(article.article_id, first.days)
    kind = first.left_out.kind if first.left_out is not None else None
    return Packed(article.article_id, pack(first), alone, pack(read_rows(article, codebook, alone, kind)), first)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worked(tasks: Sequence[Task], codebook: Codebook, jobs: int = 1) -> Iterator[Packed]:
    """What comes of the tasks, in their order, worked on by `jobs` processes; with 1, in this one."""
    if jobs <= 1 or len(tasks) < WORTH_A_POOL:
        for task in tasks:
            yield work(task, codebook)
        return
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork" if CAN_FORK else "spawn"), _begin, (codebook,))
    try:
        yield from pool.map(_work, tasks, chunksize=TOGETHER)
    except BrokenProcessPool as error:
        raise StcalibError("A process that read articles was ended from outside, perhaps for want of memory. Read them with --jobs 1") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_at_work: list[Codebook] = []


def _begin(codebook: Codebook) -> None:
    _at_work[:] = [codebook]


def _work(task: Task) -> Packed:
    return work(task, _at_work[0])._replace(opened=None)


def in_step(names: Iterable[str], results: Iterator[Packed]) -> Iterator[Packed]:
    """The results, one for each of the names, which tell of progress as they are worked through."""
    for _, result in zip(names, results, strict=True):
        yield result
