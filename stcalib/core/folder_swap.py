"""A folder of files replaced as a whole: what is killed in between leaves the old one or the new one, never a mixture.

The new files are written to a folder beside the old one; two renames put it in its place. A later call finds what a
killed one left, by its name, and puts the old folder back or clears it away. Where the folder holds files of others,
or the folder above it cannot be written, the files are moved one by one instead, all or none: a list of their names is
kept while they move, by which a later call takes back what a killed one had moved.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from stcalib.core.files import write_whole

WRITING, BEFORE = "writing", "before"
KEPT, MOVING = ".kept", ".moving"
_MADE_BY = re.compile(rf"\.(?:{WRITING}|{BEFORE})-(\d+)")


@contextmanager
def replaced(out: Path, own: Collection[str]) -> Iterator[Path]:
    """A folder to write the new files to; when the block ends well they stand in `out`, and else `out` is as it was.

    `own` are the names of files that may stand in `out` from before and are given up with it. Raises `OSError` where
    nothing can be written.
    """
    recover(out)
    existed = out.exists()
    staging = _staging(out)
    try:
        yield staging
        names = sorted(entry.name for entry in staging.iterdir())
        _put(staging, out, names, own)
    except BaseException:
        if not existed and out.is_dir() and not any(entry != staging for entry in out.iterdir()):
            shutil.rmtree(staging, ignore_errors=True)
            out.rmdir()
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def recover(out: Path) -> None:
    """Puts right what a killed process left beside `out`: the old folder goes back where no new one stands; the rest goes."""
    place = out.absolute()
    for before in sorted(place.parent.glob(f".{place.name}.{BEFORE}-*")):
        if _is_left(before):
            if place.exists():
                shutil.rmtree(before, ignore_errors=True)
            else:
                before.rename(place)
    for folder in (place.parent.glob(f".{place.name}.{WRITING}-*"), place.glob(f".{WRITING}-*")):
        for staging in folder:
            if _is_left(staging):
                _take_back(staging, place)
                shutil.rmtree(staging, ignore_errors=True)


def _staging(out: Path) -> Path:
    """A new folder beside `out`, or in it where the folder above cannot be written."""
    place = out.absolute()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{place.name}.{WRITING}-{os.getpid()}-", dir=place.parent))
    except OSError:
        out.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{WRITING}-{os.getpid()}-", dir=out))
    mask = os.umask(0)
    os.umask(mask)
    staging.chmod(0o777 & ~mask)
    return staging


def _put(staging: Path, out: Path, names: Sequence[str], own: Collection[str]) -> None:
    place = out.absolute()
    beside = staging.parent == place.parent
    if beside and not place.exists():
        staging.rename(place)
    elif beside and not place.is_symlink() and {entry.name for entry in place.iterdir()} <= set(own) and place != Path.cwd():
        _check_replaceable(place)
        before = place.parent / f".{place.name}.{BEFORE}-{os.getpid()}"
        place.rename(before)
        try:
            staging.rename(place)
        except BaseException:
            before.rename(place)
            raise
        shutil.rmtree(before, ignore_errors=True)
    else:
        _move(names, staging, out)


def _check_replaceable(place: Path) -> None:
    """Raises `OSError` where the files in a folder may not be taken away, although its name could be."""
    if not os.access(place, os.W_OK | os.X_OK):
        raise PermissionError(13, os.strerror(13), str(place))


def _move(names: Sequence[str], staging: Path, out: Path) -> None:
    """Moves the files into place, all or none: what stood there is kept until the last one stands."""
    (staging / KEPT).mkdir()
    whole_list = staging / MOVING
    write_whole(whole_list, "\n".join(names).encode())
    try:
        for name in names:
            if (out / name).exists():
                (out / name).replace(staging / KEPT / name)
            (staging / name).replace(out / name)
    except BaseException:
        _take_back(staging, out)
        raise
    whole_list.unlink()


def _take_back(staging: Path, out: Path) -> None:
    """Undoes a move that did not end: what was kept returns, what was new goes; without a list of a move, nothing."""
    if not (staging / MOVING).exists():
        return
    for name in (staging / MOVING).read_text(encoding="utf-8").splitlines():
        if (staging / KEPT / name).exists():
            (staging / KEPT / name).replace(out / name)
        elif not (staging / name).exists():
            (out / name).unlink(missing_ok=True)


def _is_left(folder: Path) -> bool:
    """Whether the process that made a folder, whose number stands in its name, is gone."""
    number = _MADE_BY.search(folder.name)
    if number is None or int(number[1]) == os.getpid():
        return True
    if os.name != "posix":
        return False
    try:
        os.kill(int(number[1]), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
