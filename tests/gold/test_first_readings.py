"""First readings are what they say: every batch read once, with the package as it stood when its gold was committed."""

from __future__ import annotations

import subprocess

import pytest

from tests.gold.first_reading import BATCHES, FIGURES, git, readings

READ = readings()


def has_history() -> bool:
    """Whether this is a clone that knows the commits of the readings."""
    try:
        return all(bool(git("cat-file", "-t", str(one["gold"]))) for one in READ)
    except (OSError, subprocess.CalledProcessError):
        return False


def test_a_batch_is_read_once() -> None:
    names = [one["batch"] for one in READ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("reading", READ, ids=lambda one: str(one["batch"]))
def test_the_package_did_not_change_between_gold_and_reading(reading: dict[str, object]) -> None:
    if not has_history():
        pytest.skip("no git history here that holds the commits of the readings")
    assert git("rev-parse", f"{reading['gold']}:stcalib") == reading["stcalib"]


@pytest.mark.parametrize("reading", READ, ids=lambda one: str(one["batch"]))
def test_the_gold_of_a_reading_is_kept(reading: dict[str, object]) -> None:
    assert len(list((BATCHES / str(reading["batch"])).glob("*.json"))) >= 10
    assert all(set(names) == set(reading[table]) for table, names in FIGURES.items())  # type: ignore[call-overload]
