"""Tables as shards: Parquet files of so many articles each, which Arrow reads piece by piece, so that a table may be larger than memory.

In a project they lie in `.stcalib`, by a digest of all that they rest on, and serve until that changes; else they live as long
as their corpus. Nothing is taken from them but rows; `stca clean` removes them.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from stcalib.codebook.codebook import Codebook
from stcalib.core.errors import TableError
from stcalib.core.near import not_known
from stcalib.core.rows import WALKED
from stcalib.core.schema import arrow_schema
from stcalib.core.table_spec import ROW_TYPES, TABLES
from stcalib.corpus.actors import IDENTIFIED, Identified
from stcalib.corpus.codebook_tables import EXPLAINED
from stcalib.corpus.derived import derived_from
from stcalib.corpus.kept import key_of
from stcalib.corpus.reader import Found
from stcalib.corpus.tables import frame_of, write_parquet

if TYPE_CHECKING:
    from pyarrow.dataset import Dataset

FOLDER = "shards"
STATES_KEPT = 2
"""So many states of a corpus keep their shards in a project, those made last."""


def scan(folder: Path, table: str) -> Dataset:
    """The shards of a table as one Arrow dataset, in their order."""
    import pyarrow.dataset

    return pyarrow.dataset.dataset(sorted((folder / table).iterdir()), schema=arrow_schema(ROW_TYPES[table]), format="parquet")


def check_table(table: str) -> None:
    """Raises `TableError` where there is no such table."""
    if table not in ROW_TYPES:
        raise TableError(not_known(table, "table", ROW_TYPES))


def shards_folder(owner: object, project: Path | None, *rests_on: object) -> tuple[Path, bool]:
    """Where the shards of a corpus lie, and whether they are there already: in the project's folder, else in one that goes with the `owner`."""
    if project is not None:
        folder = project / FOLDER / key_of(*rests_on)
        with suppress(OSError):
            folder.parent.mkdir(parents=True, exist_ok=True)
            return folder, folder.is_dir()
    folder = Path(tempfile.mkdtemp(prefix="stcalib-"))
    weakref.finalize(owner, shutil.rmtree, folder, True)
    return folder / FOLDER, False


def write_shards(folder: Path, parts: Iterable[Mapping[str, pd.DataFrame]]) -> None:
    """Writes the tables of each part to a shard of its own: all of them, or nothing. Raises `TableError` where there is no room."""
    draft = Path(tempfile.mkdtemp(prefix=".shards-", dir=folder.parent))
    try:
        for number, (table, frame) in _numbered(parts):
            (draft / table).mkdir(exist_ok=True)
            write_parquet(frame, ROW_TYPES[table], draft / table / f"{number:06}.parquet")
        with suppress(OSError):  # where another process was first, its shards are the same
            draft.rename(folder)
    except OSError as error:
        raise TableError(f"{folder.parent}: shards of the tables cannot be written ({error.strerror}). Make room there") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    made = sorted((one for one in folder.parent.iterdir() if not one.name.startswith(".")), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in made[STATES_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def framed(every: Iterator[Found], size: int) -> Iterator[dict[str, pd.DataFrame]]:
    """The tables as read, of so many articles at a time."""
    while found := list(islice(every, size)):
        yield frames_as_read(found)


def frames_as_read(found: Iterable[Found]) -> dict[str, pd.DataFrame]:
    """The tables of some articles as read."""
    rows = list(found)
    return {name: frame_of(ROW_TYPES[name], [row for one in rows for row in getattr(one, name)]) for name in (*WALKED, "skipped")}


def in_parts(
    machine: Iterable[Mapping[str, pd.DataFrame]], articles: Iterable[pd.DataFrame], actors: Identified, codebook: Codebook
) -> Iterator[dict[str, pd.DataFrame]]:
    """The tables of so many articles at a time, with what is worked out of each part; last those that need all parts.

    `machine` are the tables of each part as read, `articles` the rows of its articles.
    """
    ids: dict[str, list[pd.DataFrame]] = {}
    for read, rows in zip(machine, articles, strict=False):
        part = {**read, **actors.take({name: read[name] for name in IDENTIFIED}), "articles": rows}
        part["derived"] = derived_from(read["counts"], codebook.counts.default_place)
        for table, frame in part.items():
            named = [column for column, other in TABLES[table].references if other in EXPLAINED]
            ids.setdefault(table, []).append(frame[named].drop_duplicates())
        yield part
    used = {table: pd.concat(frames).drop_duplicates() for table, frames in ids.items()}
    told = {table: {name: used[name] for name in of if name in used} for table, (_, of) in EXPLAINED.items()}
    yield {"actors": actors.actors, **{table: explain(codebook, told[table]) for table, (explain, _) in EXPLAINED.items()}}


def _numbered(parts: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, tuple[str, pd.DataFrame]]]:
    """The tables of the parts, one after the other; one without rows only where it would have no shard at all."""
    begun: set[str] = set()
    for number, part in enumerate(parts):
        for table, frame in part.items():
            if len(frame) or table not in begun:
                begun.add(table)
                yield number, (table, frame)
    yield from ((0, (table, frame_of(row_type, []))) for table, row_type in ROW_TYPES.items() if table not in begun)
