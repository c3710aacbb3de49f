"""Small notebooks for the tests of the runner."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from stcalib.corpus.kept import FOLDER as KEPT

PARAMETERS = 'folder = "../articles"  # the articles\nn = 3  # how many\nwords: list[str] = []  # which\nout = "../figures"  # where\n'
FIGURE = """
import altair as alt
import pandas as pd
from stcalib.notebook.figures import save_figure
from stcalib.display import theme
theme.enable()
data = pd.DataFrame({"n": [n]})
save_figure(alt.Chart(data).mark_point().encode(x="n:Q").properties(title=f"n is {n}"), "NAME", data, out, notebook="NAME", parameters={"n": n})
"""


def notebook(*sources: str, parameters: str | None = PARAMETERS) -> dict[str, Any]:
    """A notebook with a parameters cell and code cells."""
    cells = [("parameters", parameters, ["parameters"])] if parameters is not None else []
    cells += [(f"cell{i}", source.strip("\n"), []) for i, source in enumerate(sources)]
    return {
        "cells": [
            {"cell_type": "code", "id": key, "source": source, "metadata": {"tags": tags} if tags else {}, "outputs": [], "execution_count": None}
            for key, source, tags in cells
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def project(folder: Path, **notebooks: dict[str, Any]) -> Path:
    """A project with an article and the notebooks given, by name; its folder of notebooks."""
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "one.txt").write_text("A sentence.\n", encoding="utf-8")
    (folder / "notebooks").mkdir()
    for name, content in notebooks.items():
        (folder / "notebooks" / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")
    return folder / "notebooks"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, but for what a project keeps to be read faster."""
    files = {file.relative_to(folder): file for file in sorted(folder.rglob("*")) if file.is_file()}
    return {str(name): file.read_bytes() for name, file in files.items() if KEPT not in name.parts}
