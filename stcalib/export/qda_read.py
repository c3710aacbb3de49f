"""A REFI-QDA project read back: its coded selections, whichever program wrote it.

Everything in it is untrusted: the archive is read with bounds, its XML without a document type, and nothing is unpacked to disk.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from stcalib.core.errors import StcalibError
from stcalib.export.qda import PROJECT
from stcalib.ingest.bounds import MEMBER_BYTES, XML_BYTES, Budget, bounded_member
from stcalib.ingest.story import Declined

NAMES = {"q": PROJECT}
INTERNAL = "internal://"
_DAY_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")


class ProjectFileError(StcalibError):
    """A file that is no readable REFI-QDA project."""


@dataclass(frozen=True, slots=True)
class Coding:
    """A code on a selection: the GUID of the code, the names from the top of the codebook down to it, who coded it and when."""

    code: str
    path: tuple[str, ...]
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a source, its end exclusive, with its codings."""

    guid: str
    start: int
    end: int
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its selections; `fault` says why its text could not be read."""

    guid: str
    name: str
    text: str
    selections: tuple[Selection, ...]
    fault: str = ""


def read_project(path: str | Path) -> list[Source]:
    """The text sources of a project, in order. Raises `ProjectFileError` where the file is none."""
    path = Path(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ProjectFileError(f"{path}: cannot be read ({error.strerror}). Give the .qdpx file that the program exported") from error
    try:
        archive = ZipFile(io.BytesIO(raw))
        name = next((name for name in archive.namelist() if name.lower() == "project.qde"), None)
        if name is None:
            raise ProjectFileError(f"{path}: holds no project.qde. Export the project as REFI-QDA (.qdpx)")
        root = _root(bounded_member(archive, name, XML_BYTES), path)
    except BadZipFile as error:
        raise ProjectFileError(f"{path}: is no zip archive. Export the project as REFI-QDA (.qdpx)") from error
    except Declined as error:
        raise ProjectFileError(f"{path}: {error}") from error
    users = {_key(one.get("guid")): one.get("name") or "" for one in root.iterfind("q:Users/q:User", NAMES)}
    codes = {code: names for top in root.iterfind("q:CodeBook/q:Codes/q:Code", NAMES) for code, names in _paths(top, ())}
    members = _Members(archive, {name.lower(): name for name in archive.namelist()}, Budget.of(len(raw)))
    return [_source(one, members, users, codes) for one in root.iterfind("q:Sources/q:TextSource", NAMES)]


@dataclass(frozen=True, slots=True)
class _Members:
    """The files of a project: the archive, its names in lower case, and what may still be unpacked."""

    archive: ZipFile
    names: Mapping[str, str]
    budget: Budget


def _root(raw: bytes, path: Path) -> ET.Element:
    """The root of the project. Raises `ProjectFileError` where it is not UTF-8, has a document type, or is no project."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProjectFileError(f"{path}: project.qde is not UTF-8, as the standard wants it. Export it anew") from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ProjectFileError(f"{path}: project.qde declares a document type, which is not read. Export it anew")
    try:
        root = ET.fromstring(text)
    except (ET.ParseError, ValueError) as error:
        raise ProjectFileError(f"{path}: project.qde is not valid XML ({error}). Export it anew") from error
    if root.tag != f"{{{PROJECT}}}Project":
        raise ProjectFileError(f"{path}: project.qde is no project of {PROJECT}. Export it as REFI-QDA (.qdpx)")
    return root


def _paths(top: ET.Element, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A code and those below it, each with the names that lead to it."""
    waiting = [(top, above)]
    while waiting:
        code, before = waiting.pop()
        names = (*before, code.get("name") or "")
        yield _key(code.get("guid")), names
        waiting.extend((one, names) for one in code.iterfind("q:Code", NAMES))


def _source(one: ET.Element, members: _Members, users: Mapping[str, str], codes: Mapping[str, tuple[str, ...]]) -> Source:
    try:
        text, fault = _text(one, members), ""
    except Declined as error:
        text, fault = "", str(error)
    selections = [_selection(selection, users, codes) for selection in one.iterfind("q:PlainTextSelection", NAMES)]
    return Source(_key(one.get("guid")), one.get("name") or "", text, tuple(filter(None, selections)), fault)


def _text(one: ET.Element, members: _Members) -> str:
    """The plain text of a source. Raises `Declined`."""
    held = one.find("q:PlainTextContent", NAMES)
    if held is not None:
        return held.text or ""
    place = one.get("plainTextPath") or ""
    wanted = place.removeprefix(INTERNAL).lower()
    member = members.names.get(f"sources/{wanted}") or members.names.get(wanted)
    if not place.startswith(INTERNAL) or member is None:
        raise Declined(f"its text {place or '(none named)'} is not in the project", "Export it with its sources")
    content = bounded_member(members.archive, member, MEMBER_BYTES)
    members.budget.take(len(content))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Declined(f"its text {place} is not UTF-8", "Export it anew") from None


def _selection(one: ET.Element, users: Mapping[str, str], codes: Mapping[str, tuple[str, ...]]) -> Selection | None:
    start, end = one.get("startPosition") or "", one.get("endPosition") or ""
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and len(start) < 10 and len(end) < 10):
        return None
    codings = []
    for coding in one.iterfind("q:Coding", NAMES):
        for code in coding.iterfind("q:CodeRef", NAMES):
            who = users.get(_key(coding.get("creatingUser") or one.get("creatingUser")), "")
            told = coding.get("creationDateTime") or one.get("creationDateTime") or ""
            when = told if _DAY_TIME.match(told) else ""
            codings.append(Coding(_key(code.get("targetGUID")), codes.get(_key(code.get("targetGUID")), ()), who, when))
    return Selection(_key(one.get("guid")), int(start), int(end), tuple(codings))


def _key(guid: str | None) -> str:
    """A GUID as GUIDs are compared."""
    return (guid or "").strip("{} ").lower()
