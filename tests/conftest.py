"""Shared by all tests: modules of this folder can be imported, and what did not run is said aloud."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile("no deadline", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=25)
settings.load_profile("no deadline")


SLOW = (
    "tests/browser/", "tests/cli/", "tests/notebook/test_run", "tests/notebook/test_stored", "tests/notebook/test_upgrade",
    "tests/house/test_documents", "tests/house/test_gallery", "tests/house/test_printed_pages", "tests/charts/test_many",
    "tests/charts/test_charts.py::test_days_are_the_same", "tests/charts/test_charts.py::test_many_rows",
    "tests/codebook/test_actors_file.py::test_an_office_is_answered", "tests/analysis/test_networks.py::test_any_name",
    "tests/corpus/test_corpus.py::test_no_text_breaks_the_reading", "tests/corpus/test_folders.py::test_no_text_and_no_day_is_a_fault",
    "tests/corrections/test_applied.py::test_any_ledger",
)  # fmt: skip
"""Tests that start processes, notebooks or a browser, draw hundreds of charts, go through every day of years, or read many random
texts and ledgers into all tables: `make check` leaves them to `make test`."""


@pytest.fixture(scope="session")
def seeds():
    """The corpus of the seeds, read once for all tests of a process; a test that changes one reads its own."""
    from support.paths import SEEDS

    from stcalib import load_corpus

    return load_corpus(SEEDS).read()


def pytest_collection_modifyitems(items):
    """Marks the slow ones."""
    for item in items:
        if item.nodeid.replace("\\", "/").startswith(SLOW):
            item.add_marker("slow")


def pytest_terminal_summary(terminalreporter):
    """Says aloud that the browser tests did not run, and why."""
    reasons = {}
    for report in terminalreporter.stats.get("skipped", []):
        if "tests/browser" in report.nodeid.replace("\\", "/"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in reasons.items():
        terminalreporter.write_line(f"BROWSER TESTS DID NOT RUN ({count}): {reason.removeprefix('Skipped: ')}", yellow=True, bold=True)
