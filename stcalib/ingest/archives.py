"""Files in files: zip archives, gzip, and web archives."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from stcalib.ingest.bounds import MEMBER_BYTES, MOST_MEMBERS, bounded_member
from stcalib.ingest.story import Declined

PAGE_BYTES = 16 * 1024 * 1024
"""The largest page of a web archive."""


def zip_members(raw: bytes) -> Iterator[tuple[str, bytes | Declined]]:
    """The files in a zip archive in the order of their names; one that cannot be read comes as the reason. Nothing is
    written, so no path can lead out. Raises `Declined` where the archive itself cannot be read."""
    try:
        archive = ZipFile(BytesIO(raw))
    except (BadZipFile, OSError, ValueError) as error:
        raise Declined(f"not a readable zip archive ({error})", "Make the archive anew") from error
    with archive:
        names = sorted({info.filename for info in archive.infolist() if not info.is_dir()})
        if len(names) > MOST_MEMBERS:
            raise Declined(f"a zip archive of {len(names):,} files", f"An archive may have {MOST_MEMBERS:,}; split it")
        for name in names:
            path = PurePosixPath(name.replace("\\", "/"))
            if path.name.startswith((".", "~$")) or "__MACOSX" in path.parts or path.name.lower() in {"thumbs.db", "desktop.ini"}:
                continue
            try:
                yield safe_name(name), bounded_member(archive, name, MEMBER_BYTES)
            except Declined as error:
                yield safe_name(name), error


def names_in(raw: bytes) -> list[str]:
    """The names of the files in a zip archive; none where it cannot be read."""
    try:
        with ZipFile(BytesIO(raw)) as archive:
            return archive.namelist()
    except (BadZipFile, OSError, ValueError):
        return []


def safe_name(name: str) -> str:
    """The path of a member without steps up, drive and root."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in {"/", "..", "."} and not part.endswith(":")]
    return "/".join(parts) or "unnamed"


def gunzipped(raw: bytes) -> bytes:
    """The content of a gzip file, within bounds. Raises `Declined`."""
    try:
        with gzip.open(BytesIO(raw)) as file:
            content = file.read(MEMBER_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Declined(f"not a readable gzip file ({error})", "Make it anew") from error
    if len(content) > MEMBER_BYTES:
        raise Declined(f"unpacks to more than {MEMBER_BYTES:,} bytes", "Unpack it and split it")
    return content


def warc_pages(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The address and content of each HTML page in a web archive, once each. Raises `Declined`."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    if raw[:2] == b"\x1f\x8b":
        with suppress(Declined):
            raw = gunzipped(raw)
    seen: set[str] = set()
    found = False
    try:
        for record in ArchiveIterator(BytesIO(raw)):
            found = True
            if record.rec_type not in {"response", "resource"}:
                continue
            headers = record.http_headers
            kind = (headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")) or ""
            status = headers.get_statuscode() if headers else "200"
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            if "html" not in kind.lower() or status != "200" or address in seen:
                continue
            content = record.content_stream().read(PAGE_BYTES + 1)
            if 0 < len(content) <= PAGE_BYTES:
                seen.add(address)
                yield address.strip("<>"), content
    except (ArchiveLoadFailed, OSError, EOFError, zlib.error, ValueError) as error:
        if not found:
            raise Declined(f"not a readable web archive ({error})", "Make it anew") from error
