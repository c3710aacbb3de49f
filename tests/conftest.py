"""Shared by all tests: modules of this folder can be imported, and what did not run is said aloud."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


def pytest_terminal_summary(terminalreporter):
    """Says aloud that the browser tests did not run, and why."""
    reasons = {}
    for report in terminalreporter.stats.get("skipped", []):
        if "tests/browser" in report.nodeid.replace("\\", "/"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in reasons.items():
        terminalreporter.write_line(f"BROWSER TESTS DID NOT RUN ({count}): {reason.removeprefix('Skipped: ')}", yellow=True, bold=True)
