"""A project of one's own, and JupyterLab at it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfile, copytree
from tempfile import TemporaryDirectory

from stcalib.cli.documents import FOLDER, write_documents
from stcalib.codebook.codebook import load_codebook
from stcalib.codebook.usual import DEFAULT
from stcalib.core.errors import StcalibError, how_to_install
from stcalib.notebook.files import NotebookError, cleared, find_notebooks, read_notebook, set_defaults, write_notebook
from stcalib.notebook.upgrade import CHANGED, upgrade_notebooks

DEFAULTS = {
    "folder": 'folder = "../articles"  # the articles, a text file each',
    "corrections": 'corrections: "Optional[str]" = "../corrections.csv"  # a ledger of corrections; None for none',
    "codebook": 'codebook = "../codebook"  # the codebook of this project, or one of the package by name',
}
"""Lines of the parameters cell that a new project has instead."""


LEFT_AS_IT_IS = "  left as it is: mend its imports by hand, or move it away and run stca upgrade again after copying the new one from: stca new"
BECOMES = os.name == "posix"
"""Whether this process can become JupyterLab, so that whatever ends it, even kill -9, ends that."""
START = "START.md"
PAGES = (START, "stcalib/docs/index.md")
"""What JupyterLab opens at first, in a project or in a clone: the first that is there."""
PASSED_OVER = 3
"""Exit code where something was passed over."""


class ProjectError(StcalibError):
    """A project that cannot be made or opened."""


def notebook_sources() -> Path:
    """The folder with the package's own notebooks: in the installed package, or beside it in its repository."""
    package = Path(__file__).parent.parent
    for folder in (package / "notebooks", package.parent / "notebooks"):
        if folder.is_dir() and any(folder.glob("*.ipynb")):
            return folder
    raise ProjectError(f"{package}: the notebooks are missing from this installation. Install stcalib again")


def new_project(folder: str | Path, issue: str = DEFAULT) -> list[Path]:
    """Makes a project in a folder that does not exist or is empty: whole, or not at all.

    It holds the notebooks without outputs, a copy of the codebook of that `issue`, a folder for articles with an invented
    sample, a ledger, a start page and the documents. Gives its files. Raises `ProjectError` where the folder is in use or cannot be made, or the
    package ships no such issue.
    """
    target = Path(folder)
    if issue not in (known := issues()):
        raise ProjectError(f"--issue {issue}: there is no such codebook. There are {', '.join(known)}")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ProjectError(f"{target}: is there and not empty. Give the name of a new folder")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".new-", dir=target.parent) as drafts:
            draft = Path(drafts) / target.name
            _fill(draft, issue)
            if target.is_dir():
                target.rmdir()
            draft.replace(target)
    except OSError as error:
        raise ProjectError(f"{target}: cannot be made ({error.strerror}). Give a folder that you may write to") from error
    return sorted(file for file in target.rglob("*") if file.is_file())


def issues() -> list[str]:
    """The issues for which a project can be made: the package's codebooks with a sample."""
    return sorted(entry.name for entry in (files("stcalib") / "data" / "samples").iterdir() if entry.is_dir())


def _fill(draft: Path, issue: str) -> None:
    data = files("stcalib") / "data"
    with as_file(data / "samples" / issue) as sample:
        copytree(sample, draft)
    with as_file(data / "samples" / "gitignore") as ignored:
        copyfile(ignored, draft / ".gitignore")
    (draft / ".gitattributes").write_text("corrections.csv merge=union\n", encoding="utf-8")
    codebook = draft / "codebook"
    codebook.mkdir()
    for entry in (data / "codebooks" / issue).iterdir():
        with as_file(entry) as file:
            copyfile(file, codebook / entry.name)
    with as_file(data / "samples" / START) as start:
        copyfile(start, draft / START)
    write_documents(draft)
    (draft / "notebooks").mkdir()
    for path in find_notebooks(notebook_sources()):
        write_notebook(draft / "notebooks" / path.name, set_defaults(cleared(read_notebook(path)), DEFAULTS))


def upgrade_project(folder: Path) -> int:
    """Brings the notebooks and documents of a project up to this version and tells of each; gives 3 where one was left as it is.

    Raises `NotebookError` where there is no project, `ProjectError` where the documents cannot be written.
    """
    left = 0
    for name in _completed(folder / "codebook"):
        print(f"codebook/{name}: added")
    outcomes = upgrade_notebooks(folder / "notebooks", notebook_sources())
    left += _renewed_documents(folder)
    for one in outcomes:
        print(f"{one.path.name}: {one.outcome}")
        if one.outcome == CHANGED or one.moved:
            left += 1
            print(*(f"  {line}" for line in one.moved), *([LEFT_AS_IT_IS] if one.outcome == CHANGED else []), sep="\n")
    return PASSED_OVER if left else 0


def _renewed_documents(folder: Path) -> int:
    """Brings the documents up to date and tells of them; gives how many were left, being the user's own."""
    try:
        changed, own = write_documents(folder)
    except OSError as error:
        fault = f"{folder / FOLDER}: the documents cannot be written ({error.strerror})"
        raise ProjectError(f"{fault}. A folder that you may write to has to be there: move away what stands in its place") from error
    if changed:
        print(f"{FOLDER}: renewed ({len(changed)} files)")
    for name in own:
        print(f"{FOLDER}/{name}: left as it is, as your own. For the page of that name, give yours another and run stca upgrade again")
    return len(own)


def _completed(codebook: Path) -> list[str]:
    """Adds what a project's copy of the package's codebook lacks since such files came to be: language, country, official
    figures. One with an `issue.toml`, or of another issue, is left as it is; gives the names of what was added."""
    if not (codebook / "counts.toml").is_file() or (codebook / "issue.toml").exists():
        return []
    shipped = files("stcalib") / "data" / "codebooks" / DEFAULT
    ids = [{measure.id for measure in load_codebook(book).counts.measure} for book in (codebook, DEFAULT)]
    if ids[0] != ids[1]:
        return []
    added = [name for name in ("issue.toml", "official.csv") if not (codebook / name).exists()]
    for name in added:
        with as_file(shipped / name) as file:
            copyfile(file, codebook / name)
    return added


def open_lab(notebooks: str | Path = "notebooks", options: Sequence[str] = ()) -> int:
    """Runs JupyterLab at the project of a folder of notebooks, with `options` of its own, until it is closed; gives its exit code.

    Its root is the project, and it opens at the start page, or where there is none at the folder. It asks nothing of the
    network: no news, no look for updates. Raises `ProjectError` where JupyterLab is missing.
    """
    folder = Path(notebooks)
    if not folder.is_dir():
        raise NotebookError(f"{folder}: no such folder. Run this where the folder 'notebooks' is, or make a project with: stca new FOLDER")
    if find_spec("jupyterlab") is None:
        raise ProjectError(f"JupyterLab is not installed. Install it with: {how_to_install('lab')}")
    root, page = opened_at(folder)
    with as_file(files("stcalib") / "data" / "lab") as settings:
        at = [f"--ServerApp.root_dir={root}", f"--LabApp.default_url=/lab/tree/{page}"]
        command = [sys.executable, "-m", "jupyterlab", *at, f"--LabApp.app_settings_dir={settings}", *options]
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        if BECOMES:
            sys.stdout.flush()
            os.execve(command[0], command, environment)
        return _waited_for(command, environment)


def opened_at(notebooks: Path) -> tuple[Path, str]:
    """The root of JupyterLab for a folder of notebooks, and what it opens first, from there: the project's start page, else the folder."""
    folder = notebooks.resolve()
    for root in (folder, folder.parent):
        if page := next((name for name in PAGES if (root / name).is_file()), None):
            return root, page
    return (folder.parent, folder.name) if folder.name == "notebooks" else (folder, "")


def _waited_for(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Runs a program that handles Ctrl-C itself, which it gets too: JupyterLab asks whether it is meant, and then ends its kernels."""
    with subprocess.Popen(command, env=environment) as program:
        while True:
            try:
                return program.wait()
            except KeyboardInterrupt:
                continue
