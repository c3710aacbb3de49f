"""The runner: refuses before anything starts, runs side by side, and changes all or nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from support.notebook_files import FIGURE, contents, notebook, project
from support.paths import ROOT

from stcalib.core.errors import ParameterError
from stcalib.notebook.files import NotebookError
from stcalib.notebook.run import ARTICLES, RunError, run_notebooks

GOOD = notebook(FIGURE.replace("NAME", "good"), "print(n)", "words")
PLAIN = notebook(FIGURE.replace("NAME", "plain"), parameters='folder = "../articles"  # the articles\nn = 1\nout = "../figures"\n')


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("STCALIB_FIGURES", raising=False)


def _outputs(path: Path) -> str:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "".join("".join(output.get("text", [])) for cell in cells for output in cell["outputs"])


def test_a_default_run_refreshes_notebooks_and_figures_and_repeats_itself(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", **{"01_good": GOOD, "02_plain": PLAIN})
    seen: list[tuple[str, int, int]] = []
    report = run_notebooks(folder=folder, progress=lambda *event: seen.append(event))
    assert report.out == tmp_path / "p" / "figures"
    assert set(contents(report.out)) == {"manifest.json"} | {f"{name}.{end}" for name in ("good", "plain") for end in ("csv", "svg", "vl.json")}
    assert report.notebooks == [folder / "01_good.ipynb", folder / "02_plain.ipynb"]
    assert ("01_good", 4, 4) in seen
    assert _outputs(folder / "01_good.ipynb") == "3\n"
    before = contents(tmp_path / "p")
    again = run_notebooks(folder=folder)
    assert again.changed == []
    assert contents(tmp_path / "p") == before
    for content in before.values():
        assert str(tmp_path).encode() not in content


def test_a_parameter_leaves_the_stored_notebook_alone(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", **{"01_good": GOOD, "02_plain": PLAIN})
    before = contents(tmp_path / "p")
    report = run_notebooks(parameters={"words": "a, b"}, folder=folder, out="there")
    assert contents(tmp_path / "p") == before
    assert set(report.seconds) == {"01_good"}
    assert set(contents(Path("there"))) == {"01_good.ipynb", "good.csv", "good.svg", "good.vl.json", "manifest.json"}
    assert "['a', 'b']" in Path("there/01_good.ipynb").read_text(encoding="utf-8")


def test_a_matplotlib_figure_is_kept_as_png(tmp_path: Path) -> None:
    source = """
import pandas as pd
from matplotlib.figure import Figure
from stcalib.notebook.figures import save_figure
figure = Figure()
figure.subplots().plot([1, 2, n])
save_figure(figure, "plot", pd.DataFrame({"n": [1, 2, n]}), out)
"""
    folder = project(tmp_path / "p", **{"01_plot": notebook(source)})
    run_notebooks(folder=folder)
    before = contents(tmp_path / "p")
    run_notebooks(folder=folder)
    assert contents(tmp_path / "p") == before
    data = json.loads((folder / "01_plot.ipynb").read_text(encoding="utf-8"))["cells"][-1]["outputs"][0]["data"]
    assert b64decode(data["image/png"]) == before["figures/plot.png"]


def test_out_as_a_parameter_and_a_path_from_where_one_stands(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", **{"01_good": notebook("import os; print(sorted(os.listdir(folder)))")})
    mine = Path("mine")
    mine.mkdir()
    (mine / "two.txt").write_text("Text.")
    report = run_notebooks(parameters={"folder": "mine", "out": "o"}, folder=folder)
    assert report.out == Path("o")
    assert _outputs(Path("o/01_good.ipynb")) == "['two.txt']\n"


@pytest.mark.parametrize(
    ("only", "parameters", "error", "message"),
    [
        ([], {"nn": 5}, ParameterError, r"no parameter 'nn'\. Did you mean n\?"),
        ([], {"n": "banana"}, ParameterError, r"01_good: n = 'banana': must be a whole number \(how many\)"),
        ([], {"folder": "nowhere"}, ParameterError, "there is no such folder"),
        (["good"], {"other": 1}, ParameterError, "01_good: no parameter 'other'"),
        (["03"], {}, NotebookError, "no notebook '03'"),
        (["01_godo"], {}, NotebookError, "Did you mean 01_good"),
    ],
)
def test_wrong_use_is_refused_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only: list[str], parameters: dict[str, Any], error: type[Exception], message: str
) -> None:
    def start(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", start)
    folder = project(tmp_path / "p", **{"01_good": GOOD, "02_other": notebook(parameters='folder = "../articles"\nother = 1\n')})
    with pytest.raises(error, match=message):
        run_notebooks(only, parameters, folder=folder)
    assert not (tmp_path / "p" / "figures").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (notebook(parameters=None), "no cell tagged 'parameters'"),
        (notebook(parameters="a = f(1)"), "only NAME = literal"),
    ],
)
def test_a_notebook_without_proper_parameters_is_refused(tmp_path: Path, content: dict[str, Any], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        run_notebooks(folder=project(tmp_path / "p", **{"01_bad": content}))


def test_no_notebooks(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="no notebooks there"):
        run_notebooks(folder=tmp_path / "none")


def test_a_failing_cell_is_named_and_kept_and_nothing_else_changes(tmp_path: Path) -> None:
    bad = notebook("first = 1", "words[n]  # fails\nprint('never')", "never = 1")
    folder = project(tmp_path / "p", **{"01_bad": bad, "02_good": PLAIN})
    before = contents(tmp_path / "p")
    with pytest.raises(
        RunError, match=r"(?s)01_bad, cell 3: IndexError: list index out of range.*words\[n\]  # fails.*kept for reading: kept/01_bad\.ipynb"
    ):
        run_notebooks(folder=folder, failed="kept")
    assert contents(tmp_path / "p") == before
    kept = json.loads(Path("kept/01_bad.ipynb").read_text(encoding="utf-8"))
    assert "IndexError" in json.dumps(kept)


def test_a_user_error_comes_without_its_traceback(tmp_path: Path) -> None:
    source = "from stcalib.notebook.study import check_parameters\ncheck_parameters('01_x', folder='nowhere')"
    folder = project(tmp_path / "p", **{"01_x": notebook(source)})
    with pytest.raises(ParameterError, match=r"^01_x: folder = 'nowhere': there is no such folder[^\n]*$"):
        run_notebooks(folder=folder)
    assert not Path("failed").exists()


def test_a_kernel_that_dies_is_reported(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", **{"01_dies": notebook("import os; os._exit(7)")})
    with pytest.raises(RunError, match=r"01_dies: could not be run: .*(Kernel died|DeadKernel)"):
        run_notebooks(folder=folder)


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_figures_need_a_folder_that_can_be_written(tmp_path: Path, place: str) -> None:
    folder = project(tmp_path / "p", **{"01_good": GOOD})
    (tmp_path / "file").write_text("here already")
    with pytest.raises(NotebookError, match="figures cannot be written there"):
        run_notebooks(folder=folder, out=tmp_path / place)


def test_a_missing_output_folder_is_made(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", **{"01_good": GOOD})
    run_notebooks(folder=folder, out=tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "good.svg").is_file()


def test_a_notebook_edited_meanwhile_is_left_alone(tmp_path: Path) -> None:
    source = "from pathlib import Path\nPath('01_edited.ipynb').write_text('edited')"
    folder = project(tmp_path / "p", **{"01_edited": notebook(source)})
    report = run_notebooks(folder=folder)
    assert report.edited == [folder / "01_edited.ipynb"]
    assert (folder / "01_edited.ipynb").read_text() == "edited"


READING = """
from stcalib.notebook.study import check_parameters
study = check_parameters("x", folder=folder, codebook=globals().get("codebook", "stca"))
print(sorted(study.corpus))
"""


def test_articles_that_several_notebooks_read_are_read_once(tmp_path: Path) -> None:
    late = READING + "from pathlib import Path\nPath(folder, 'late.txt').write_text('Written after the start.')"
    folder = project(tmp_path / "p", **{"01_a": notebook(READING), "02_b": notebook(late + "\n" + READING)})
    seen: list[tuple[str, int, int]] = []
    report = run_notebooks(folder=folder, progress=lambda *event: seen.append(event))
    once = [(ARTICLES, 0, 1), (ARTICLES, 1, 1)]
    assert [event for event in seen if event[0] == ARTICLES] == once, "the first pass reads the article with its rows"
    assert _outputs(folder / "01_a.ipynb") == "['one']\n"
    assert _outputs(folder / "02_b.ipynb") == "['one']\n['one']\n"
    assert set(report.seconds) == {"01_a", "02_b"}
    seen.clear()
    run_notebooks(["a"], folder=folder, progress=lambda *event: seen.append(event))
    assert [event for event in seen if event[0] == ARTICLES] == once, "the new article is read, the other was kept"
    assert _outputs(folder / "01_a.ipynb") == "['late', 'one']\n"


def test_a_notebook_may_start_kernels_of_its_own(tmp_path: Path) -> None:
    source = """
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3")
client.execute_interactive("print(6 * 7)")
client.stop_channels()
manager.shutdown_kernel()
"""
    folder = project(tmp_path / "p", **{"01_a": notebook(source)})
    run_notebooks(folder=folder)
    assert _outputs(folder / "01_a.ipynb").splitlines()[-1] == "42"


def test_a_notebook_with_another_codebook_reads_for_itself(tmp_path: Path) -> None:
    source = READING.replace("sorted(study.corpus)", "study.corpus.codebook.name")
    other = notebook(source, parameters='folder = "../articles"  # the articles\ncodebook = "../mine"  # the codebook\nout = "../figures"  # where\n')
    folder = project(tmp_path / "p", **{"01_a": notebook(source), "02_b": notebook(source), "03_c": other})
    shutil.copytree(ROOT / "stcalib" / "data" / "codebooks" / "stca", tmp_path / "p" / "mine")
    run_notebooks(folder=folder)
    assert [_outputs(folder / name) for name in ("01_a.ipynb", "02_b.ipynb", "03_c.ipynb")] == ["stca\n", "stca\n", "mine\n"]


def test_articles_that_cannot_be_read_are_left_to_the_notebooks(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", **{"01_a": notebook("print(n)"), "02_b": notebook(READING)})
    (tmp_path / "p" / "articles" / "one.txt").write_bytes(b"\0\1\2")
    with pytest.raises(RunError, match=r"^02_b, cell 2: StcalibError: \.\./articles: no readable article"):
        run_notebooks(folder=folder)


ENDS_OF_A_PIPE = """
class PipeConnection:
    'An end of a pipe that is none of the class Connection, as on Windows.'
    def __init__(self, of): self.of = of
    def recv(self): return self.of.recv()
    def poll(self): return self.of.poll()
    def fileno(self): return self.of.fileno()
    def close(self): self.of.close()
class Context:
    def __init__(self, of): self.of = of; self.Process = of.Process
    def Pipe(self, duplex):
        heard, say = self.of.Pipe(duplex=duplex)
        return PipeConnection(heard), say
real = execute.get_context
execute.get_context = lambda name: Context(real(name))
"""


def test_where_a_process_cannot_fork_each_notebook_reads_for_itself(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", **{"01_a": notebook(READING), "02_b": notebook("n = 1\nwords[n]")})
    tasks = [
        {
            "name": name, "notebook": str(folder / f"{name}.ipynb"), "output": str(tmp_path / f"{name}.ipynb"), "folder": str(folder),
            "parameters": {}, "source": {"folder": "../articles"}, "settings": {"IPYTHONDIR": str(tmp_path / name)}, "log": str(tmp_path / f"{name}.log"),
        }
        for name in ("01_a", "02_b")
    ]  # fmt: skip
    code = f"from stcalib.notebook import execute\n{ENDS_OF_A_PIPE}if __name__ == '__main__':\n    execute.CAN_FORK = False\n    execute.main()\n"
    order = json.dumps({"at_once": 2, "tasks": tasks})
    run = subprocess.run([sys.executable, "-c", code], input=order, capture_output=True, text=True, check=True, timeout=300)
    events = [json.loads(line) for line in run.stdout.splitlines()]
    assert {"name": "01_a", "done": True} in events
    assert [event["error"] for event in events if "error" in event] == ["list index out of range"]
    assert {"articles": 1, "of": 1} in events, "what is left out is told by whoever starts the notebooks"
    assert sorted(event["name"] for event in events if event.get("code") == 0) == ["01_a", "02_b"]
    assert _outputs(tmp_path / "01_a.ipynb") == "['one']\n"


def _kernels(mark: str) -> list[str]:
    """Processes whose environment holds `mark`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")
def test_ctrl_c_ends_every_kernel_and_changes_nothing(tmp_path: Path) -> None:
    slow = notebook(FIGURE.replace("NAME", "slow"), "open(f'../{n}.started', 'w').close()\nimport time; time.sleep(60)")
    folder = project(tmp_path / "p", **{"01_slow": slow, "02_slow": slow, "03_slow": slow})
    before = contents(tmp_path / "p")
    mark = f"STCALIB_TEST_MARK={tmp_path}"
    code = f"import sys; from stcalib.cli.app import main; sys.argv = ['stca', 'figures', '--notebooks', {str(folder)!r}]; main()"
    run = subprocess.Popen(
        [sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, env={**os.environ, **dict([mark.split("=", 1)])}, start_new_session=True
    )
    until = time.monotonic() + 60
    while not (tmp_path / "p" / "3.started").exists():
        assert run.poll() is None, run.stderr.read() if run.stderr else ""
        assert time.monotonic() < until
        time.sleep(0.1)
    (tmp_path / "p" / "3.started").unlink()
    assert len(_kernels(mark)) >= 3
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert (run.returncode, said.splitlines()[-1]) == (130, "Stopped. Nothing was left half-written.")
    assert "Traceback" not in said
    (tmp_path / "p" / "3.started").unlink(missing_ok=True)
    assert contents(tmp_path / "p") == before
    until = time.monotonic() + 10
    while _kernels(mark) and time.monotonic() < until:
        time.sleep(0.2)
    assert _kernels(mark) == []
