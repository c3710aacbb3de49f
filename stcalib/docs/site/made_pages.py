"""What the site has beside the pages of `stcalib/docs/`: pages made of the code, files of the project, and links that hold.

A hook of MkDocs (`hooks` in mkdocs.yml). It adds the reference (commands, columns, public names by room), the project's own
Markdown files and the figures, and turns links of the repository into links of the site. A link to a file that the site does
not have stays as its words.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

from stcalib.cli.documents import HOME, linked

ROOT = Path(__file__).resolve().parents[3]
SHOWN = {
    "README.md": "project/readme.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "CHANGELOG.md": "project/changes.md",
    "stcalib/data/codebooks/stca/README.md": "project/official-sources.md",
}
"""Markdown files of the repository that are pages of the site, too."""
ROOMS = ("analysis", "charts", "corrections", "display", "export", "notebook", "official", "review")


def on_files(files: Any, config: Any) -> Any:
    """Adds the pages that are made, the project's files, the figures and the style."""
    for uri, text in made_pages():
        files.append(File.generated(config, uri, content=text))
    drawings = [*ROOT.glob("figures/*.svg"), *ROOT.glob("figures/*.png")]
    for path, uri in [*((ROOT / name, uri) for name, uri in SHOWN.items()), *((drawing, f"figures/{drawing.name}") for drawing in drawings)]:
        files.append(File.generated(config, uri, abs_src_path=str(path)))
    for name in ("site.css", "iframe-worker.js"):
        files.append(File.generated(config, name, abs_src_path=str(Path(__file__).with_name(name))))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turns the links of a page that stands in the repository into links of the site."""
    uri = page.file.src_uri
    home = {shown: name for name, shown in SHOWN.items()}.get(uri, HOME + uri)
    return linked(markdown, home, site_uri, uri)


def site_uri(path: str) -> str | None:
    """Where a file of the repository is on the site; None where it is not."""
    if path in SHOWN:
        return SHOWN[path]
    if path.startswith(HOME):
        return path.removeprefix(HOME)
    return path if path.startswith("figures/") and path.endswith((".svg", ".png")) else None


def made_pages() -> Iterator[tuple[str, str]]:
    """The pages made of the code: where each stands, and its Markdown."""
    yield "reference/commands.md", commands()
    yield "reference/columns.md", columns()
    for room in ("", *ROOMS):
        yield f"reference/{room or 'stcalib'}.md", names_of(room)


def names_of(room: str) -> str:
    """The public names of a room, each to be filled from its docstring."""
    module = import_module(f"stcalib.{room}" if room else "stcalib")
    entries = [f"::: {home_of(module, name)}" for name in module.__all__]
    return "\n\n".join([f"# {module.__name__}", paragraphs(module.__doc__ or ""), *entries]) + "\n"


def paragraphs(text: str) -> str:
    """A docstring of a room as Markdown, without its last paragraph, which is for who works on the code."""
    return "\n\n".join(part for part in text.strip().split("\n\n") if not part.startswith("In: "))


def home_of(module: Any, name: str) -> str:
    """The full name of what a room hands on, in the module that defines it."""
    value = getattr(module, name)
    if hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}"
    # a value that knows no name of its own is found where a line sets it
    sets = re.compile(rf"^{name}(?::[^=\n]+)? = ", re.MULTILINE)
    within = [other for other in list(sys.modules.values()) if getattr(other, "__name__", "").startswith(f"{module.__name__}.")]
    (home,) = [other.__name__ for other in within if sets.search(Path(str(other.__file__)).read_text(encoding="utf-8"))]
    return f"{home}.{name}"


def commands() -> str:
    """The commands with their options, from what `stca COMMAND --help` says."""
    import typer

    from stcalib.cli.app import app

    group: Any = typer.main.get_command(app)
    parts = ["# Commands", group.help, group.epilog]
    for name, command in sorted(group.commands.items()):
        parts += [f"## stca {name}", command.help]
        rows = [option_row(option) for option in command.params if option.name != "context"]
        parts.append("\n".join(["| | |", "| --- | --- |", *rows]))
    return "\n\n".join(parts) + "\n"


def option_row(option: Any) -> str:
    """An argument or option of a command as a row of a table."""
    names = option.opts if option.param_type_name == "option" else []
    called = ", ".join([*names, *option.secondary_opts]) or str(option.metavar or option.name.upper())
    metavar = f" {option.metavar}" if names and option.metavar else ""
    return f"| `{called}{metavar}` | {cell(option.help or '')} |"


def columns() -> str:
    """The columns of every table, from `stcalib.describe`."""
    from stcalib import describe

    frame = describe()
    parts = ["# Columns", "What `stcalib.describe()` gives: every column of every table. Where *empty* says so, a cell can be."]
    head = ["| column | type | empty | meaning | allowed | refers to |", "| --- | --- | --- | --- | --- | --- |"]
    for table, rows in frame.groupby("table", sort=False):
        lines = []
        for row in rows.itertuples():
            values = [f"`{row.column}`", row.type, "" if row.required else "can be", row.meaning, row.allowed, row.refers_to]
            lines.append(" | ".join(["", *(cell(value) if isinstance(value, str) else "" for value in values), ""]).strip())
        parts += [f"## {table}", "\n".join([*head, *lines])]
    return "\n\n".join(parts) + "\n"


def cell(text: str) -> str:
    """Text as a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
