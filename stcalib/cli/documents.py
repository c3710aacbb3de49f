"""The package's documents in a project, where JupyterLab and every editor show them: their links lead to the project's own files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

FOLDER = "documents"
HOME = "stcalib/docs/"
"""Where the pages stand in the repository, whose links they hold."""
KINDS = (".md", ".png")
_CODE = r"^```.*?^```$|`[^`\n]*`"
_LINK = r"(?P<picture>!?)\[(?P<words>[^\]]*)\]\((?!https?:|#|mailto:)(?P<path>[^)#\s]*)(?P<anchor>#[^)\s]*)?\)"
_EITHER = re.compile(f"(?P<code>{_CODE})|{_LINK}", re.MULTILINE | re.DOTALL)


def write_documents(project: Path) -> list[str]:
    """Writes the pages into the folder `documents` of a project; gives the names of those that are new or changed."""
    target = project / FOLDER
    target.mkdir(exist_ok=True)
    has_sources = (project / "codebook" / "README.md").is_file()
    changed = []
    for entry in sorted((files("stcalib") / "docs").iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(KINDS):
            continue
        content = entry.read_bytes()
        if entry.name.endswith(".md"):
            content = linked(content.decode("utf-8"), HOME + entry.name, lambda path: _place(path, has_sources), f"{FOLDER}/{entry.name}").encode()
        file = target / entry.name
        if not file.is_file() or file.read_bytes() != content:
            file.write_bytes(content)
            changed.append(entry.name)
    return changed


def _place(path: str, has_sources: bool) -> str | None:
    """Where a file of the repository is in a project; None where it is not."""
    if path.startswith(HOME):
        return f"{FOLDER}/{path.removeprefix(HOME)}"
    if path.startswith("figures/"):
        return path
    return "codebook/README.md" if has_sources and re.fullmatch(r"stcalib/data/codebooks/\w+/README\.md", path) else None


def linked(page: str, home: str, place: Callable[[str], str | None], stands: str) -> str:
    """A page with its links led elsewhere; code is left alone.

    `home` is the page's path in the repository, `stands` that where it will stand, `place` tells where a file of the repository
    will, or None where it will not be: such a link becomes its words.
    """

    def lead(match: re.Match[str]) -> str:
        if match["code"]:
            return match.group()
        there = place(posixpath.normpath(posixpath.join(posixpath.dirname(home), match["path"])) if match["path"] else home)
        if there is None:
            return match["words"]
        target = posixpath.relpath(there, posixpath.dirname(stands) or ".")
        return f"{match['picture']}[{match['words']}]({target}{match['anchor'] or ''})"

    return _EITHER.sub(lead, page)
