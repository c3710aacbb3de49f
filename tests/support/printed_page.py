"""A page of the documents as a reader follows it: its files are written, its commands and its Python run, in the folder that it names."""

from __future__ import annotations

import ast
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.paths import ROOT

from stcalib.cli import app
from stcalib.cli.project import new_project

FOLDER = re.compile(r"[Tt]he (?:code|commands) (?:of this page|below)(?: \w+)? (?:runs?|is run|are run) in (?P<where>an empty folder|a clone of the repository|a project)\b")
STEP = re.compile(rf"(?:`(?P<file>[\w./-]+)`:\n\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$|{FOLDER.pattern}", re.DOTALL | re.MULTILINE)
NOT_RUN = {
    r"(uv tool|pipx|pip) install .*": "asks a package index; continuous integration installs from the lock, and tests/cli builds the wheel",
    r"make [\w-]+( .*)?": "the recipes are what runs these tests; that each is there is checked",
    r"stca lab( .*)?": "runs until somebody ends it; tests/browser opens it",
    r"python -m (pytest|tests\.[\w.]+).*": "the tests themselves, or minutes of measuring; that the module is there is checked",
}
"""Commands of the pages that no test runs as printed, and why."""
IN_THE_CLONE = ("seeds", "notebooks", "figures")
"""What the pages need of a clone. It is copied, so that nothing of a page stays in the repository."""


@dataclass
class Reader:
    """Somebody who does what a page says. `folder` is where they stand, `home` their home; `said` is all that was printed, and
    `shown` the value of each block of Python."""

    folder: Path
    own: Callable[[Path], None] = lambda folder: None
    """Puts the reader's own files, such as a download, into a folder."""
    said: list[str] = field(default_factory=list)
    shown: list[Any] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=dict)
    blocks: int = 0

    def __post_init__(self) -> None:
        self.home = self.folder

    def follow(self, page: str) -> None:
        """Does every step of a page. Fails at a command that fails, and where `output` blocks print what nothing said."""
        for step in STEP.finditer(page):
            if step["where"] is not None:
                self.go(step["where"])
                continue
            self.blocks += 1
            if step["file"] is not None:
                path = self.folder / step["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(step["text"], encoding="utf-8")
            elif step["kind"] == "sh":
                for line in step["text"].splitlines():
                    for command in line.split(" && "):
                        self.run(shlex.split(command, comments=True))
            elif step["kind"] == "python":
                self.shown.append(self.execute(step["text"]))
            elif step["kind"] == "output":
                missing = [line for line in step["text"].splitlines() if line not in "\n".join(self.said)]
                assert not missing, f"printed on the page and said by nothing: {missing}\n\n{self.said[-1]}"
            else:
                assert step["kind"] in ("toml", "text", "csv", "ini"), f"a block without a language, or one that no test knows: {step['kind']!r}"

    def go(self, where: str) -> None:
        """Goes to a folder of the kind that the page names."""
        self.folder = self.home / where.replace(" ", "-")
        if self.folder.exists():
            return
        self.own(self.home)
        if where == "a project":
            new_project(self.folder)
        else:
            self.folder.mkdir()
        if where == "a clone of the repository":
            for name in IN_THE_CLONE:
                shutil.copytree(ROOT / name, self.folder / name)
        self.own(self.folder)

    def run(self, command: list[str]) -> None:
        """One command: `cd`, `rm`, `cp` and `mkdir` as a shell does them, `stca` and other programs as they are installed here."""
        line = " ".join(command)
        if any(re.fullmatch(pattern, line) for pattern in NOT_RUN):
            exists(command)
            return
        match command:
            case []:
                pass
            case ["cd", where]:
                self.folder = (self.folder / where).resolve()
            case ["rm", *names]:
                for name in names:
                    (self.folder / name).unlink()
            case ["mkdir", *names]:
                for name in names:
                    (self.folder / name).mkdir()
            case ["cp", source, target]:
                shutil.copyfile(self.folder / source, self.folder / target)
            case ["stca", *arguments]:
                self.stca(arguments)
            case [("papermill" | "frictionless" | "pytest") as module, *arguments]:
                called = [sys.executable, "-m", module, *arguments]
                run = subprocess.run(called, cwd=self.folder, capture_output=True, text=True, encoding="utf-8", check=False)
                assert run.returncode == 0, f"{line}\n{run.stdout}{run.stderr}"
                self.said.append(run.stdout + run.stderr)
            case _:
                raise AssertionError(f"a page asks for what no test runs: {line}")

    def stca(self, arguments: list[str]) -> None:
        """The command in this process, which spares the seconds of a start."""
        said, before, argv = io.StringIO(), Path.cwd(), sys.argv
        os.chdir(self.folder)
        sys.argv = ["stca", *(argument.replace("~", str(self.home), 1) if argument.startswith("~/") else argument for argument in arguments)]
        try:
            with redirect_stdout(said), redirect_stderr(said):
                app.main()
        except SystemExit as end:
            assert end.code in (0, 3), f"{shlex.join(sys.argv)}\n{said.getvalue()}"
        finally:
            os.chdir(before)
            sys.argv = argv
        self.said.append(said.getvalue())

    def execute(self, code: str) -> Any:
        """A block of Python in the reader's folder; gives what it shows, drawn as a notebook would draw it."""
        tree = ast.parse(code)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        said, before = io.StringIO(), Path.cwd()
        os.chdir(self.folder)
        try:
            with redirect_stdout(said):
                exec(compile(tree, "a block of a page", "exec"), self.names)
                value = eval(compile(ast.Expression(last.value), "a block of a page", "eval"), self.names) if last is not None else None
                for name in ("_repr_mimebundle_", "_repr_html_"):
                    if (draw := getattr(value, name, None)) is not None:
                        draw()
                said.write("" if value is None else repr(value))
        finally:
            os.chdir(before)
        self.said.append(said.getvalue())
        return value


def exists(command: list[str]) -> None:
    """What is not run is at least there: the recipe of the Makefile, the module."""
    match command:
        case ["make", target, *_]:
            assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE), f"make {target}: no such recipe"
        case ["python", "-m", module, *_] if module.startswith("tests."):
            place = ROOT / module.replace(".", "/")
            assert place.with_suffix(".py").is_file() or (place / "__main__.py").is_file(), f"python -m {module}: no such module"
