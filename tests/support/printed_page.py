"""A page of the documents as a reader follows it: its files are written, its commands run, from the folder that it names."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from support.paths import ROOT

_STEP = re.compile(r"(?:`(?P<file>[\w./-]+)`:\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL)
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "COLUMNS": "200"}


@dataclass
class Reader:
    """Somebody at a folder who does what a page says; `said` is all that the commands printed."""

    folder: Path
    said: list[str] = field(default_factory=list)

    def follow(self, page: str) -> None:
        """Does every step of a page. Fails at a command that fails, and where `output` blocks print what no command said."""
        for step in _STEP.finditer(page):
            if step["file"] is not None:
                (self.folder / step["file"]).write_text(step["text"], encoding="utf-8")
            elif step["kind"] == "sh":
                for line in step["text"].splitlines():
                    self.run(shlex.split(line, comments=True))
            elif step["kind"] == "output":
                missing = [line for line in step["text"].splitlines() if line not in "\n".join(self.said)]
                assert not missing, f"printed on the page and said by no command: {missing}\n\n{self.said[-1]}"

    def run(self, command: list[str]) -> None:
        """One command: `cd` and `rm` as a shell does them, `stca` as this package."""
        match command:
            case []:
                pass
            case ["cd", where]:
                self.folder = self.folder / where
            case ["rm", *names]:
                for name in names:
                    (self.folder / name).unlink()
            case ["cp", source, target]:
                shutil.copyfile(self.folder / source, self.folder / target)
            case ["stca", *arguments]:
                called = [sys.executable, "-m", "stcalib", *arguments]
                run = subprocess.run(called, cwd=self.folder, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", check=False)
                assert run.returncode in (0, 3), f"{shlex.join(command)}\n{run.stdout}{run.stderr}"
                self.said.append(run.stdout + run.stderr)
            case _:
                raise AssertionError(f"a page asks for what no test runs: {shlex.join(command)}")
