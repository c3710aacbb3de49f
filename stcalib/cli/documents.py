"""The package's documents in a project, where JupyterLab and every editor show them: their links lead to the project's own files."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from stcalib.core.files import write_whole

FOLDER = "documents"
HOME = "stcalib/docs/"
"""Where the pages stand in the repository, whose links they hold."""
KINDS = (".md", ".png")
OURS = "Of stcalib: stca upgrade writes this file anew. Without this line it is yours, and stays as it is."
"""The first line of each page that is written, as a comment, and a comment within each picture."""
_BEHIND_THE_HEAD = 33
"""Where the first chunk of a PNG ends, the head that has to be first."""
_CODE = r"^```.*?^```$|`[^`\n]*`"
_LINK = r"(?P<picture>!?)\[(?P<words>[^\]]*)\]\((?!https?:|#|mailto:)(?P<path>[^)#\s]*)(?P<anchor>#[^)\s]*)?\)"
_EITHER = re.compile(f"(?P<code>{_CODE})|{_LINK}", re.MULTILINE | re.DOTALL)


def write_documents(project: Path) -> tuple[list[str], list[str]]:
    """Writes the pages into the folder `documents` of a project, each file whole or not at all.

    Gives the names of those that are new or changed, and of those that it left as they are, as files of the user's own: where
    one does not bear `OURS`. Raises `OSError` where the folder or a file cannot be written.
    """
    target = project / FOLDER
    target.mkdir(exist_ok=True)
    has_sources = (project / "codebook" / "README.md").is_file()
    changed, left = [], []
    for entry in sorted((files("stcalib") / "docs").iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(KINDS):
            continue
        content = entry.read_bytes()
        if entry.name.endswith(".md"):
            page = linked(content.decode("utf-8"), HOME + entry.name, lambda path: _place(path, has_sources), f"{FOLDER}/{entry.name}")
            content = f"<!-- {OURS} -->\n\n{page}".encode()
        else:
            content = _commented(content)
        file = target / entry.name
        if file.exists() and not (file.is_file() and _is_ours(file.read_bytes())):
            left.append(entry.name)
        elif not file.exists() or file.read_bytes() != content:
            write_whole(file, content)
            changed.append(entry.name)
    return changed, left


def _is_ours(content: bytes) -> bool:
    return OURS.encode() in (content[: 2 * _BEHIND_THE_HEAD + len(OURS)] if content.startswith(b"\x89PNG") else content.partition(b"\n")[0])


def _commented(picture: bytes) -> bytes:
    """A PNG with `OURS` as its comment (a chunk tEXt, as its specification has it)."""
    chunk = b"tEXtComment\0" + OURS.encode()
    return b"".join(
        [
            picture[:_BEHIND_THE_HEAD],
            (len(chunk) - 4).to_bytes(4, "big"),
            chunk,
            zlib.crc32(chunk).to_bytes(4, "big"),
            picture[_BEHIND_THE_HEAD:],
        ]
    )


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
