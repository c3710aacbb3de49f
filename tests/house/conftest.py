"""What the tests of this folder share: the surroundings of somebody who follows a page."""

from __future__ import annotations

import pytest
from support.paths import ROOT


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that a page starts find this package, and say the same each time."""
    for name, value in {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "COLUMNS": "200"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("STCALIB_FIGURES", raising=False)
