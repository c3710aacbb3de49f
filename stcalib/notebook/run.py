"""Notebooks and parameters to figures: checked first, run side by side, taken over only when all went well."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from stcalib.core.errors import ParameterError, StcalibError
from stcalib.notebook import files
from stcalib.notebook.files import NotebookError
from stcalib.notebook.manifest import FOLDER_VARIABLE, take_over
from stcalib.notebook.parameters import PATHS, SOURCE, check_meanings, given_values, read_parameters, unknown_name

EXECUTOR = Path(__file__).with_name("execute.py")
PATIENCE = 5
"""Seconds that a notebook gets to shut its kernel down before it is killed."""
MOVED = ("ModuleNotFoundError", "ImportError")
"""Errors of a notebook whose imports have moved."""
ARTICLES = "articles"
Progress = Callable[[str, int, int], None]
"""Called with a notebook's name, how many of its cells are done, and how many there are; or so with `ARTICLES`, while they are read."""


class RunError(StcalibError):
    """One or more notebooks failed; the message names each with its cell and error."""


@dataclass(frozen=True, eq=False)
class Job:
    """A notebook to run, the parameters it is given, what it will read, and its bytes before the run."""

    path: Path
    parameters: Mapping[str, Any]
    source: Mapping[str, Any]
    before: bytes

    @property
    def name(self) -> str:
        """The notebook's name without its ending."""
        return self.path.stem


@dataclass
class RunReport:
    """What a run did: seconds by notebook, the files in `out` that are new or changed, where the notebooks went, and what is
    to be told of the articles that they read, `problems` of which had to be passed over."""

    out: Path
    seconds: dict[str, float] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    notebooks: list[Path] = field(default_factory=list)
    edited: list[Path] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    problems: int = 0


def run_notebooks(
    only: Sequence[str] = (),
    parameters: Mapping[str, object] | None = None,
    out: str | Path | None = None,
    *,
    folder: str | Path = "notebooks",
    failed: str | Path = "failed",
    jobs: int | None = None,
    progress: Progress | None = None,
) -> RunReport:
    """Runs notebooks with papermill and puts their figures in `out`.

    `only` names notebooks ("01_corpus", "corpus" or "01"). `parameters` go to the notebooks that have them; given
    without `only`, only those run. Paths among them are relative to the working directory. Without parameters and
    `out`, figures go to `figures` beside the notebooks' folder and the notebooks are refreshed with their normalized
    outputs; else the notebooks are left alone and their executed copies go to `out` (by default `build/figures`).

    Raises `ParameterError`, before any notebook starts unless only the articles tell that a value is none, and `RunError` where
    a notebook fails: then `out` and the notebooks are as they were, and the half-run copy is in `failed`.
    Ctrl-C ends all notebooks and changes nothing.
    """
    where = Path(folder)
    given = dict(parameters or {})
    if "out" in given:
        out = out if out is not None else str(given["out"])
        del given["out"]
    plan = plan_jobs(_chosen(files.find_notebooks(where), only), given, narrow=not only)
    refresh = not given and out is None
    target = Path(out) if out is not None else where.parent / ("figures" if refresh else "build/figures")
    _check_writable(target)
    with TemporaryDirectory(prefix="stcalib-") as staging:
        report = RunReport(target)
        outcome = _run_all(plan, Path(staging), Path(failed), jobs or min(os.cpu_count() or 1, len(plan)), progress)
        report.seconds, report.notices, report.problems = outcome.seconds, outcome.notices, outcome.problems
        report.changed = take_over([(job.name, _figures_of(job, Path(staging))) for job in plan], target)
        for job in plan:
            _put_back(job, Path(staging), None if refresh else target, report)
    return report


def plan_jobs(paths: Iterable[Path], given: Mapping[str, object], narrow: bool = True) -> list[Job]:
    """The notebooks to run with what each is given, everything checked. Raises `ParameterError` with what is allowed.

    With `narrow`, notebooks that have none of the parameters given are left out.
    """
    known = {path: read_parameters(path) for path in paths}
    names = list(dict.fromkeys(parameter.name for parameters in known.values() for parameter in parameters))
    for name in given:
        if name not in names:
            raise ParameterError(unknown_name(name, names, ", ".join(path.stem for path in known)))
    jobs = []
    for path, parameters in known.items():
        has = {parameter.name for parameter in parameters}
        values = given_values(parameters, {name: value for name, value in given.items() if name in has}, path.stem)
        values = {name: _from_notebook(value, path) if name in PATHS and value else value for name, value in values.items()}
        effective = {**{parameter.name: parameter.default for parameter in parameters}, **values}
        check_meanings(effective, path.parent, path.stem)
        if values or not (given and narrow):
            source = {name: effective.get(name) for name in SOURCE}
            jobs.append(Job(path, values, source, path.read_bytes()))
    return jobs


def _from_notebook(value: str, notebook: Path) -> str:
    """A path relative to the working directory as one relative to the notebook's folder, which runs there."""
    return value if not Path(value).exists() and "/" not in value else os.path.relpath(value, notebook.parent)


def _chosen(found: Sequence[Path], only: Sequence[str]) -> list[Path]:
    chosen = []
    for name in only:
        wanted = name.removesuffix(".ipynb")
        matches = [path for path in found if wanted in (path.stem, path.stem.partition("_")[0], path.stem.partition("_")[2])]
        if not matches:
            stems = [path.stem for path in found]
            near = get_close_matches(wanted, stems, n=1, cutoff=0.4)
            raise NotebookError(f"no notebook {name!r}.{f' Did you mean {near[0]}?' if near else ''} There are {', '.join(stems)}")
        chosen.extend(matches)
    return list(dict.fromkeys(chosen)) if only else list(found)


def _check_writable(folder: Path) -> None:
    """Raises `NotebookError` where figures could not be written."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise NotebookError(f"{folder}: figures cannot be written there ({error.strerror}). Give another folder: --out DIR") from error


def _figures_of(job: Job, staging: Path) -> Path:
    return staging / "figures" / job.name


def _log(job: Job, staging: Path) -> Path:
    return staging / f"{job.name}.log"


def _executed(job: Job, staging: Path) -> Path:
    return staging / f"{job.name}.ipynb"


def _run_all(plan: Sequence[Job], staging: Path, failed: Path, at_once: int, progress: Progress | None) -> _Outcome:
    """Runs the notebooks, `at_once` side by side; gives what was heard of them. Raises `RunError` when all have ended."""
    longest_first = sorted(plan, key=lambda job: len(job.before), reverse=True)
    order = json.dumps({"at_once": at_once, "tasks": [_task(job, staging) for job in longest_first]})
    outcome = _Outcome(plan, progress)
    with (staging / "run.log").open("w+", encoding="utf-8") as log, _started(log) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(order + "\n")
            process.stdin.close()
            for line in process.stdout:
                outcome.hear(json.loads(line))
        except BaseException:
            _end(process)
            raise
    undone = [job for job in plan if "done" not in outcome.last[job.name]]
    if undone and all(outcome.last[job.name].get("kind") == ParameterError.__name__ for job in undone):
        raise ParameterError("\n".join(dict.fromkeys(str(outcome.last[job.name]["error"]) for job in undone)))
    if undone:
        raise RunError("\n\n".join(_fault(job, outcome.last[job.name], staging, failed) for job in undone))
    return outcome


def _task(job: Job, staging: Path) -> dict[str, Any]:
    """A notebook as `execute.py` wants it told."""
    return {
        "name": job.name,
        "notebook": str(job.path.resolve()),
        "output": str(_executed(job, staging)),
        "folder": str(job.path.parent.resolve()),
        "parameters": dict(job.parameters),
        "source": dict(job.source),
        "settings": {FOLDER_VARIABLE: str(_figures_of(job, staging)), "IPYTHONDIR": str(staging / "ipython" / job.name)},
        "log": str(_log(job, staging)),
    }


def _started(log: IO[str]) -> subprocess.Popen[str]:
    """The process that runs notebooks, in a session of its own, which a Ctrl-C in the terminal does not reach."""
    return subprocess.Popen(
        [sys.executable, "-P", str(EXECUTOR)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": "0"},
        start_new_session=True,
    )


def _end(process: subprocess.Popen[str]) -> None:
    """Asks a process and those it started to end, and kills those that take too long."""
    import psutil

    try:
        every = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
    except psutil.NoSuchProcess:
        return
    for one in every:
        with suppress(psutil.NoSuchProcess):
            one.terminate()
    for one in psutil.wait_procs(every, timeout=PATIENCE)[1]:
        with suppress(psutil.NoSuchProcess):
            one.kill()


class _Outcome:
    """What is heard of the notebooks of a run: the last event and the seconds of each, and the notices on their articles."""

    def __init__(self, plan: Iterable[Job], progress: Progress | None) -> None:
        self.last: dict[str, dict[str, Any]] = {job.name: {} for job in plan}
        self.seconds: dict[str, float] = {}
        self.notices: list[str] = []
        self.problems = 0
        self._cells = {job.name: len(json.loads(job.before)["cells"]) for job in plan}
        self._progress = progress or (lambda name, done, of: None)
        self._began: dict[str, float] = {}

    def hear(self, event: dict[str, Any]) -> None:
        """Takes in one event of `execute.py`."""
        if "articles" in event:
            self._progress(ARTICLES, event["articles"], event["of"])
            return
        if "notices" in event:
            self.notices += event["notices"]
            self.problems = max(self.problems, event["problems"])
            return
        name = event["name"]
        self._began.setdefault(name, time.monotonic())
        self.seconds[name] = time.monotonic() - self._began[name]
        if "code" not in event:
            self.last[name] = event
            # where parameters are given, papermill runs a cell more than the notebook has
            self._progress(name, self._cells[name] if "done" in event else min(event["cell"], self._cells[name] - 1), self._cells[name])
        elif not self.last[name].keys() & {"done", "error"}:
            self.last[name] = event


def _fault(job: Job, event: Mapping[str, Any], staging: Path, failed: Path) -> str:
    """What went wrong in a notebook, in words; its half-run copy goes to `failed`."""
    if "error" not in event:
        return f"{job.name}: could not be run: {_last_words(job, event, staging)}"
    error = f"{event['kind']}: {event['error']}"
    source = "\n".join(f"    {line}" for line in str(event.get("source", "")).strip().splitlines()[:6])
    message = f"{job.name}, cell {int(event['cell']) + 1}: {error}\n{source}"
    if event["kind"] in MOVED and "stcalib" in event["error"]:
        message += "\n  It was made for an earlier version of stcalib. Bring the project up to this one with: stca upgrade"
    if _executed(job, staging).is_file():
        failed.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_executed(job, staging), failed / job.path.name)
        message += f"\n  The half-run notebook is kept for reading: {failed / job.path.name}"
    return message


def _last_words(job: Job, event: Mapping[str, Any], staging: Path) -> str:
    """What a process that ended without a word of its own left in its log, or in that of all."""
    for log in (_log(job, staging), staging / "run.log"):
        if log.is_file() and (said := log.read_text(encoding="utf-8", errors="replace").strip()):
            return said.splitlines()[-1]
    return f"its process ended with code {event.get('code')}"


def _put_back(job: Job, staging: Path, copies: Path | None, report: RunReport) -> None:
    """Refreshes the stored notebook, or puts the executed copy in `copies`. A notebook edited meanwhile is left alone."""
    executed = files.normalized(files.read_notebook(_executed(job, staging)))
    if copies is None and job.path.read_bytes() != job.before:
        report.edited.append(job.path)
        return
    place = job.path if copies is None else copies / job.path.name
    files.write_notebook(place, executed)
    report.notebooks.append(place)
