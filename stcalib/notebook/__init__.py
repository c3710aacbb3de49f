"""Notebooks: their checked parameters, what they work with, how they run, and the figures that they leave.

In: notebooks and parameters. Out: executed notebooks, figures with their data and a manifest. Imports corpus, charts
and the rooms before them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.core.faces import hand_on

if TYPE_CHECKING:
    from stcalib.notebook.figures import save_figure
    from stcalib.notebook.run import run_notebooks
    from stcalib.notebook.study import Study, check_parameters, read_ahead

__all__ = ["Study", "check_parameters", "read_ahead", "run_notebooks", "save_figure"]
__getattr__, __dir__ = hand_on(
    __name__,
    {
        "check_parameters": "study",
        "Study": "study",
        "read_ahead": "study",
        "run_notebooks": "run",
        "save_figure": "figures",
    },
)
