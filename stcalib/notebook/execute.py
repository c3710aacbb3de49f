"""Runs notebooks, each in a process of its own: `python -P execute.py`, with a line of JSON on standard input.

The line holds `at_once` and `tasks`, each with `name`, `notebook`, `output`, `folder`, `parameters`, `settings` (of the
environment), `log` and `source` (of its articles). What notebooks import, and articles that several of them read, is
read once, before the processes are forked; where a process cannot be forked safely, each reads for itself.

Prints a line of JSON for each event: `{"name": …}` with `"cell": 3` before a cell runs, `"done": true` at a notebook's
end or `"error": …` where it failed, `{"articles": 2, "of": 5}` while articles are read, and `{"notices": […], "problems": 1}` when they are. The
executed notebook, or the half-run one, is written to its `output`.
"""

from __future__ import annotations

import gc
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

from stcalib.core.processes import CAN_FORK

AHEAD = ("papermill", "ipykernel.kernelapp", "stcalib.notebook.study", "stcalib.charts", "stcalib.review.widget")
"""What every notebook's processes import."""


class PipeEnd(Protocol):
    """An end of a pipe, of whatever class the system has for it."""

    def recv(self) -> Any:
        """What was sent next. Raises `EOFError` when nobody is left to send."""

    def poll(self) -> bool:
        """Whether there is something to receive, or nobody is left to send."""

    def send(self, value: Any, /) -> None:
        """Sends a value."""

    def fileno(self) -> int:
        """The system's number of it."""

    def close(self) -> None:
        """Closes it."""


@dataclass(frozen=True, eq=False, slots=True)
class Running:
    """A notebook's process, and the end of the pipe on which it is heard."""

    name: str
    process: BaseProcess
    heard: PipeEnd


_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def main() -> int:
    """Runs the notebooks told on standard input; gives the exit code."""
    plan = json.loads(sys.stdin.readline())
    if CAN_FORK:
        # as the documentation of gc advises for processes that fork
        gc.disable()
    _read_ahead(plan["tasks"])
    if CAN_FORK:
        gc.freeze()
    _run_side_by_side(plan["tasks"], plan["at_once"])
    return 0


def _read_ahead(tasks: Iterable[Mapping[str, Any]]) -> None:
    """Imports what notebooks import, and reads the articles that they read, once for all; says what is to be told of them."""
    # what is not installed fails in the notebook that asks for it
    for name in AHEAD:
        with suppress(ImportError):
            import_module(name)
    from stcalib.corpus.notices import notices
    from stcalib.notebook.study import read_ahead

    folders = {json.dumps(task["source"]): task["folder"] for task in tasks}
    for source, folder in folders.items():
        # what cannot be read is left to the notebooks, which say so
        with suppress(Exception):
            os.chdir(folder)
            corpus = read_ahead(json.loads(source), _report_reading)
            _say({"notices": notices(corpus), "problems": len(corpus.problems)})


def _report_reading(ids: Iterable[str]) -> Iterator[str]:
    every = list(ids)
    for number, article_id in enumerate(every):
        _say({"articles": number, "of": len(every)})
        yield article_id
    _say({"articles": len(every), "of": len(every)})


def _run_side_by_side(tasks: Iterable[Mapping[str, Any]], at_once: int) -> None:
    """Runs the notebooks in their order, `at_once` side by side, and passes their events on."""
    context = get_context("fork") if CAN_FORK else get_context("spawn")
    left = list(tasks)
    running: list[Running] = []
    while left or running:
        while left and len(running) < at_once:
            task = left.pop(0)
            heard, say = context.Pipe(duplex=False)
            process = context.Process(target=run_task, args=(dict(task), say, CAN_FORK))
            process.start()
            say.close()
            running.append(Running(task["name"], process, heard))
        # the processes are waited for beside their pipes: where a process ends before it has taken over its end, a pipe never does
        sources: list[Any] = [source for one in running for source in (one.heard, one.process.sentinel)]
        wait(sources)
        running = [one for one in running if not _passed_on(one)]


def _passed_on(one: Running) -> bool:
    """Passes on what a notebook's process has sent; says its exit code and is true where it has ended."""
    # looked at first: what it had to send is in the pipe when it has ended
    has_ended = not one.process.is_alive()
    try:
        while one.heard.poll():
            _say({"name": one.name, **one.heard.recv()})
    except EOFError:
        has_ended = True
    if has_ended:
        one.process.join()
        one.heard.close()
        _say({"name": one.name, "code": one.process.exitcode})
    return has_ended


def run_task(task: Mapping[str, Any], say: PipeEnd, fork: bool) -> None:
    """Runs one notebook in this process and its kernel in another, forked or started anew; sends what happens."""
    with Path(task["log"]).open("w", encoding="utf-8") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    os.environ.update(task["settings"])
    gc.enable()
    if fork:
        from stcalib.notebook.kernel import have_one_ready

        have_one_ready()
    say.send(_executed(task, lambda cell, cell_index: say.send({"cell": cell_index})))


def _executed(task: Mapping[str, Any], on_cell_start: Callable[[Any, int], None]) -> dict[str, Any]:
    """Runs one notebook with papermill; gives its last event."""
    import logging

    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    logging.getLogger("papermill").setLevel(logging.ERROR)
    try:
        papermill.execute_notebook(
            task["notebook"],
            task["output"],
            parameters=task["parameters"],
            cwd=task["folder"],
            kernel_name="python3",
            progress_bar=False,
            record_timing=False,
            on_cell_start=on_cell_start,
            # a kernel warns on every start about TCP without encryption, unless it has it
            config=Config({"KernelManager": {"transport_encryption": "auto"}}),
        )
    except PapermillExecutionError as error:
        return {"error": _COLOUR.sub("", error.evalue), "kind": error.ename, "cell": error.cell_index, "source": error.source}
    return {"done": True}


def _say(event: Mapping[str, Any]) -> None:
    print(json.dumps(event), flush=True)


if __name__ == "__main__":
    sys.exit(main())
