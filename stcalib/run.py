"""Notebooks and parameters to figures: checked first, run side by side, taken over only when all went well."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from stcalib import notebooks as files
from stcalib.manifest import FOLDER_VARIABLE, take_over
from stcalib.notebooks import NotebookError
from stcalib.parameters import PATHS, check_meanings, given_values, read_parameters, unknown_name
from stcalib.records import ParameterError, StcalibError

EXECUTOR = Path(__file__).with_name("execute.py")
PATIENCE = 5
"""Seconds that a notebook gets to shut its kernel down before it is killed."""
Progress = Callable[[str, int, int], None]
"""Called with a notebook's name, how many of its cells are done, and how many there are."""


class RunError(StcalibError):
    """One or more notebooks failed; the message names each with its cell and error."""


@dataclass(frozen=True, eq=False)
class Job:
    """A notebook to run and the parameters it is given."""

    path: Path
    parameters: Mapping[str, Any]
    before: bytes

    @property
    def name(self) -> str:
        """The notebook's name without its ending."""
        return self.path.stem


@dataclass
class RunReport:
    """What a run did: seconds by notebook, the files in `out` that are new or changed, and where the notebooks went."""

    out: Path
    seconds: dict[str, float] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    notebooks: list[Path] = field(default_factory=list)
    edited: list[Path] = field(default_factory=list)


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

    Raises `ParameterError` before any notebook starts, and `RunError` where one fails: then `out` and the notebooks are
    as they were, and the half-run copy is in `failed`. Ctrl-C ends all notebooks and changes nothing.
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
        report.seconds = _run_all(plan, Path(staging), Path(failed), jobs or min(os.cpu_count() or 1, len(plan)), progress)
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
        check_meanings({**{parameter.name: parameter.default for parameter in parameters}, **values}, path.parent, path.stem)
        if values or not (given and narrow):
            jobs.append(Job(path, values, path.read_bytes()))
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


def _executed(job: Job, staging: Path) -> Path:
    return staging / f"{job.name}.ipynb"


class _Running:
    """The processes of a run, so that all can be ended at once."""

    def __init__(self) -> None:
        self.stopped = False
        self._processes: list[subprocess.Popen[str]] = []

    def start(self, task: Mapping[str, Any], settings: Mapping[str, str], log: IO[str]) -> subprocess.Popen[str]:
        """Starts a notebook in a session of its own, which a Ctrl-C in the terminal does not reach."""
        if self.stopped:
            raise KeyboardInterrupt
        process = subprocess.Popen(
            [sys.executable, "-P", str(EXECUTOR), json.dumps(task)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={**os.environ, **settings},
            start_new_session=True,
        )
        self._processes.append(process)
        return process

    def end(self) -> None:
        """Asks every process to shut its kernel down, and kills those that take too long."""
        self.stopped = True
        for process in self._processes:
            process.terminate()
        until = time.monotonic() + PATIENCE
        for process in self._processes:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()


def _run_all(plan: Sequence[Job], staging: Path, failed: Path, at_once: int, progress: Progress | None) -> dict[str, float]:
    """Runs the notebooks, `at_once` side by side; gives their seconds. Raises `RunError` when all have ended."""
    running = _Running()
    with ThreadPoolExecutor(at_once) as pool:
        runs = {job: pool.submit(_run_one, job, staging, running, progress) for job in plan}
        try:
            results = {job: run.result() for job, run in runs.items()}
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            running.end()
            raise
    faults = [_fault(job, event, staging, failed) for job, (_, event) in results.items() if "done" not in event]
    if faults:
        raise RunError("\n\n".join(faults))
    return {job.name: seconds for job, (seconds, _) in results.items()}


def _run_one(job: Job, staging: Path, running: _Running, progress: Progress | None) -> tuple[float, dict[str, Any]]:
    """Runs one notebook in a process of its own; gives its seconds and its last event."""
    began = time.monotonic()
    total = len(json.loads(job.before)["cells"])
    task = {
        "notebook": str(job.path.resolve()),
        "output": str(_executed(job, staging)),
        "folder": str(job.path.parent.resolve()),
        "parameters": dict(job.parameters),
    }
    settings = {
        FOLDER_VARIABLE: str(_figures_of(job, staging)),
        "PYTHONHASHSEED": "0",
        "IPYTHONDIR": str(staging / "ipython" / job.name),
    }
    last: dict[str, Any] = {}
    with (staging / f"{job.name}.log").open("w+", encoding="utf-8") as log, running.start(task, settings, log) as process:
        for line in process.stdout or ():
            last = json.loads(line)
            if progress is not None:
                progress(job.name, total if "done" in last else int(last["cell"]), total)
        process.wait()
        if not last.keys() & {"done", "error"}:
            log.seek(0)
            said = log.read().strip() or f"its process ended with code {process.returncode}"
            last = {"kind": "", "error": said.splitlines()[-1], "cell": None}
    return time.monotonic() - began, last


def _fault(job: Job, event: Mapping[str, Any], staging: Path, failed: Path) -> str:
    """What went wrong in a notebook, in words; its half-run copy goes to `failed`."""
    error = f"{event['kind']}: {event['error']}" if event["kind"] else event["error"]
    if event["cell"] is None:
        return f"{job.name}: could not be run: {error}"
    source = "\n".join(f"    {line}" for line in str(event.get("source", "")).strip().splitlines()[:6])
    message = f"{job.name}, cell {int(event['cell']) + 1}: {error}\n{source}"
    if _executed(job, staging).is_file():
        failed.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_executed(job, staging), failed / job.path.name)
        message += f"\n  The half-run notebook is kept for reading: {failed / job.path.name}"
    return message


def _put_back(job: Job, staging: Path, copies: Path | None, report: RunReport) -> None:
    """Refreshes the stored notebook, or puts the executed copy in `copies`. A notebook edited meanwhile is left alone."""
    executed = files.normalized(files.read_notebook(_executed(job, staging)))
    if copies is None and job.path.read_bytes() != job.before:
        report.edited.append(job.path)
        return
    place = job.path if copies is None else copies / job.path.name
    files.write_notebook(place, executed)
    report.notebooks.append(place)
