"""What a file from outside may cost: sizes that are read, and XML without entities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError

from stcalib.ingest.story import Declined

MEGABYTE = 1024 * 1024
FILE_BYTES = 512 * MEGABYTE
"""The largest file that is read."""
XML_BYTES = 256 * MEGABYTE
"""The largest part of an office file that is unpacked."""
MEMBER_BYTES = 256 * MEGABYTE
"""The largest file in a zip archive that is unpacked."""
ALL_BYTES = 1024 * MEGABYTE
"""What an archive may unpack to in all, with the archives in it."""
MOST_MEMBERS = 20_000
RATIO = 200
"""A member that unpacks to over so many times its packed size, and over `RATIO_FROM` bytes, is a bomb."""
RATIO_FROM = 20 * MEGABYTE


@dataclass(slots=True)
class Budget:
    """The bytes that an archive may still unpack to, shared by the archives in it."""

    left: int = ALL_BYTES

    def take(self, size: int) -> None:
        """Counts some unpacked bytes. Raises `Declined` where they are too many."""
        self.left -= size
        if self.left < 0:
            raise Declined(f"an archive that unpacks to more than {ALL_BYTES:,} bytes in all", "Split it; what was read before is kept")


def bounded_member(archive: ZipFile, name: str, most: int) -> bytes:
    """A member of a zip archive, never more than `most` bytes. Raises `Declined`."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise Declined(f"{name} is locked with a password", "Unlock it and import it again")
    if info.file_size > most or (info.file_size > RATIO_FROM and info.file_size > RATIO * max(info.compress_size, 1)):
        raise Declined(
            f"{name} would unpack to {info.file_size:,} bytes", f"A part may have {most:,} bytes and unpack to {RATIO} times its size; split it"
        )
    try:
        with archive.open(info) as member:
            content = member.read(most + 1)
    except (BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError, ValueError, DeflateError) as error:
        raise Declined(f"{name} cannot be unpacked ({error})", "Make the archive anew") from error
    if len(content) > most:
        raise Declined(f"{name} unpacks to more than {most:,} bytes", "Split it")
    return content


def safe_xml(raw: bytes) -> Any:
    """The root of an XML document without entities or outside parts. Raises `Declined`."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(raw)
    except DefusedXmlException as error:
        raise Declined("holds XML entities, which can blow up", "Save it without a DTD") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Declined(f"not valid XML ({error})", "Export it anew") from error
