"""`python -m tests.release [PYTHON …]`: builds the wheel and runs each command of it in clean environments, outside the clone.

For each Python and each set of extras a new environment is made, the wheel installed by pip, and the commands of
`smoke.toml` run in a project; so they are once more for the first Python with each of uv and pipx that is on the path, by the
line of the README. Without a name, those of python3.11 to python3.14 that are on the path are taken. Prints a line for each
environment and ends with 1 where a command did not do what it should.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
EXTRAS = ("", "lab", "import", "lab,import,export")
PRINTED = "lab,import"
"""The extras of the line that the README begins with."""
TOOLS = {"uv": ("tool", "install"), "pipx": ("install",)}
"""Programs that install a command with an environment of its own, and how they are asked to."""
PLACES = {"UV_TOOL_DIR": "tools", "UV_TOOL_BIN_DIR": "bin", "PIPX_HOME": "tools", "PIPX_BIN_DIR": "bin"}
"""Where they put it, by the variables of their surroundings."""
USUAL = ("python3.11", "python3.12", "python3.13", "python3.14")


def main(named: list[str]) -> int:
    """Checks the wheel with each Python; gives the exit code."""
    pythons = [name for name in named or USUAL if shutil.which(name) and runs(name)]
    for name in set(named or USUAL) - set(pythons):
        print(f"{name}: not at hand, not tried")
    with TemporaryDirectory(prefix="wheel-") as folder:
        wheel = built(Path(folder))
        faults = [fault for python in pythons for extras in EXTRAS for fault in tried(python, extras, wheel, Path(folder))]
        tools = [tool for tool in TOOLS if pythons and shutil.which(tool)]
        faults += [fault for tool in tools for fault in tried_by(tool, pythons[0], wheel, Path(folder))]
    for tool in set(TOOLS) - set(tools):
        print(f"{tool}: not at hand, not tried")
    print(f"{len(pythons) * len(EXTRAS) + len(tools)} environments, {len(faults)} faults")
    return 1 if faults or not pythons else 0


def runs(python: str) -> bool:
    """Whether a Python starts, and is new enough."""
    return subprocess.run([python, "-c", "import sys, venv; sys.exit(sys.version_info < (3, 11))"], capture_output=True).returncode == 0


def built(folder: Path) -> Path:
    """The wheel of this clone, built in a folder."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def tried(python: str, extras: str, wheel: Path, folder: Path) -> list[str]:
    """What went wrong with the wheel in a clean environment."""
    home = Path(folder) / f"{Path(python).name}-{extras or 'bare'} é"
    name = f"{python} [{extras}]" if extras else f"{python} without extras"
    subprocess.run([python, "-m", "venv", str(home / "venv")], check=True)
    bin_folder = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
    wanted = f"{wheel}[{extras}]" if extras else str(wheel)
    installing = subprocess.run([str(bin_folder / "python"), "-m", "pip", "install", "--quiet", wanted], capture_output=True, text=True)
    if installing.returncode:
        return [f"{name}: cannot be installed: {installing.stderr.strip().splitlines()[-1]}"]
    return told(name, smoked(bin_folder / "stca", extras, home), home)


def tried_by(tool: str, python: str, wheel: Path, folder: Path) -> list[str]:
    """What went wrong with the wheel and the extras of the README's line, installed by uv or pipx."""
    home = Path(folder) / f"{tool} é"
    home.mkdir()
    surroundings = {**os.environ, **{name: str(home / place) for name, place in PLACES.items()}}
    command = [tool, *TOOLS[tool], "--python", str(shutil.which(python)), f"{wheel}[{PRINTED}]"]
    installing = subprocess.run(command, env=surroundings, capture_output=True, text=True)
    if installing.returncode:
        return [f"{tool}: cannot install: {installing.stderr.strip().splitlines()[-1]}"]
    return told(f"{tool} with {python} [{PRINTED}]", smoked(home / "bin" / "stca", PRINTED, home), home)


def told(name: str, faults: list[str], home: Path) -> list[str]:
    """Tells what came of an environment and removes it; gives the faults under its name."""
    print(f"{name}: {'each command as it should' if not faults else f'{len(faults)} faults'}", *faults, sep="\n    ", flush=True)
    shutil.rmtree(home)
    return [f"{name}: {fault}" for fault in faults]


def smoked(stca: Path, extras: str, home: Path) -> list[str]:
    """Runs each command in a project of its own; gives what was not as it should."""
    cases = tomllib.loads(Path(__file__).with_name("smoke.toml").read_text(encoding="utf-8"))["case"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "JUPYTER", "VIRTUAL_ENV", "STCALIB"))}
    (home / "page.html").write_text("<html><body><article><h1>Bridge closed</h1><p>The bridge is closed.</p></article></body></html>", encoding="utf-8")
    faults = []
    for case in cases:
        lacking = not set(case.get("needs", ())) <= set(extras.split(","))
        wanted = 1 if lacking else case.get("code", 0)
        run = subprocess.run(
            [str(stca), *case["command"]], cwd=home / case.get("folder", ""), env=environment, capture_output=True, encoding="utf-8", timeout=600
        )
        said = "pip install" if lacking else case.get("said", "")
        if run.returncode != wanted or said not in run.stdout + run.stderr or "Traceback" in run.stderr:
            told = (run.stderr or run.stdout).strip().splitlines()[-1:]
            faults.append(f"stca {' '.join(case['command'])}: ended with {run.returncode}, not {wanted}: {' '.join(told)[:300]}")
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
