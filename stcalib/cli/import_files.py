"""`stca import`: files into the folder of articles, and what was done told in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from stcalib.cli.build import PASSED_OVER, PATIENCE, safe
from stcalib.core.errors import StcalibError
from stcalib.ingest.importing import ImportedStory, ImportReport, import_articles
from stcalib.ingest.sample_aside import ASIDE

MOST_LISTED = 10
"""Stories and files of one kind that are listed one by one."""
FIELDS = ("title", "outlet", "author", "published")


def import_files(files: Sequence[Path], into: Path, columns: Sequence[str], dry_run: bool) -> int:
    """Imports files, tells what was done; gives 0, 3 where something was passed over, 1 where nothing at all was imported."""
    console = Console(stderr=True, highlight=False, emoji=False)
    report = import_articles(files, into, _columns(columns), dry_run, lambda paths: _shown_when_slow(console, paths))
    if report.stories:
        console.print(_table(report.stories))
    _tell(console, report, dry_run)
    if not report.stories:
        return 1
    return PASSED_OVER if report.passed_over else 0


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    """`text=Body` … as a mapping. Raises `StcalibError`."""
    from stcalib.ingest.tables import FIELDS as KNOWN

    columns = {}
    for pair in pairs:
        field, mark, name = pair.partition("=")
        if not mark or not name or field.strip() not in KNOWN:
            raise StcalibError(f"--column {pair}: not of the form FIELD=COLUMN. Fields are {', '.join(KNOWN)}")
        columns[field.strip()] = name.strip()
    return columns


def _shown_when_slow(console: Console, paths: list[Path]) -> Iterator[Path]:
    """The files one by one; a bar appears on a terminal once the work on them takes over a second."""
    started = monotonic()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Importing", total=len(paths), visible=False)
        for path in paths:
            yield path
            progress.update(task, advance=1, visible=monotonic() - started > PATIENCE)


def _table(stories: Iterable[ImportedStory]) -> Table:
    """A line a file: its kind, its stories, how many were there before, and which facts are lacking in how many."""
    by_file: dict[tuple[str, str], list[ImportedStory]] = {}
    for story in stories:
        by_file.setdefault((story.source.partition("/")[0], story.kind), []).append(story)
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name, right in (("file", False), ("kind", False), ("stories", True), ("new", True), ("copies", True), ("without", False)):
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for (file, kind), found in by_file.items():
        lacking = [f"{name} {number}" for name in FIELDS if (number := sum(getattr(story, name) is None for story in found))]
        new = sum(story.is_new for story in found)
        copies = sum(story.duplicate_of is not None for story in found)
        table.add_row(safe(file), safe(kind), str(len(found)), str(new), str(copies or ""), ", ".join(lacking))
    return table


def _tell(console: Console, report: ImportReport, dry_run: bool) -> None:
    """What the table does not say: copies, what was passed over, what was set aside, and what to do next."""
    copies = [story for story in report.stories if story.duplicate_of]
    for story in copies[:MOST_LISTED]:
        console.print(
            f"[yellow]{safe(story.article_id)}[/]: the same as {safe(story.duplicate_of)}, or nearly so. Both are kept.",
            soft_wrap=True,
        )
    for passed in report.passed_over[:MOST_LISTED]:
        console.print(f"[yellow]{safe(passed.file)}[/]: {safe(passed.problem)}. {safe(passed.advice)}.", soft_wrap=True)
    for what, number in (("copies", len(copies)), ("passed over", len(report.passed_over))):
        if number > MOST_LISTED:
            console.print(f"… and {number - MOST_LISTED:,} more {what}.")
    if report.set_aside:
        verb = "would be" if dry_run else "were"
        console.print(
            f"The sample {', '.join(map(safe, report.set_aside))} and the decisions on it {verb} set aside in {safe(report.folder.parent / ASIDE)}.",
            soft_wrap=True,
        )
    if deleted := sum(story.status == "deleted before" for story in report.stories):
        console.print(f"{deleted:,} that you deleted stay away; to have them again, delete their entries in articles.toml.")
    new = sum(story.is_new for story in report.stories)
    if dry_run:
        console.print(
            f"Dry run: {new:,} of {len(report.stories):,} stories would be written to {safe(report.folder)}; nothing was written.", soft_wrap=True
        )
    elif report.stories:
        console.print(
            f"{new:,} of {len(report.stories):,} stories written to {safe(report.folder)}; what is known of them stands in articles.toml there.",
            soft_wrap=True,
        )
    else:
        console.print("Nothing was imported.")
