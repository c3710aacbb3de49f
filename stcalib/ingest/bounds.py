"""What a file from outside may cost: sizes that are read, and XML without entities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError

from stcalib.ingest.story import Declined

MEGABYTE = 1024 * 1024
FILE_BYTES = 512 * MEGABYTE
"""The largest file that is read."""
XML_BYTES = 96 * MEGABYTE
"""The largest part of an office file that is unpacked."""
MEMBER_BYTES = 256 * MEGABYTE
"""The largest file in a zip archive that is unpacked."""
ALL_BYTES = 1024 * MEGABYTE
"""What an archive may unpack to in all, with the archives in it."""
LEAST_BYTES = 64 * MEGABYTE
"""What the smallest archive may unpack to in all."""
STORY_CHARACTERS = 2_000_000
"""The longest text of one story; a day of a parliament's debates has a third of it."""
DOCUMENT_BYTES = 64 * MEGABYTE
"""The largest file of text other than a table, records or a web archive: an export of thousands of stories has a third of it."""
PAGE_CHARACTERS = 8 * MEGABYTE
"""The longest page of a single story, without the pictures that are written into it."""
LINE_CHARACTERS = 1_000_000
"""The longest line of a file of text, other than a table, records or a page."""
MOST_ROWS = 100_000
"""The most rows of a table or records of a list; an export of a database has thousands."""
MOST_MEMBERS = 20_000
RATIO = 200
"""A member that unpacks to over so many times its packed size, and over `RATIO_FROM` bytes, is a bomb."""
RATIO_FROM = 20 * MEGABYTE


def check_document(size: int) -> None:
    """Raises `Declined` where a file of text is larger than any that is read."""
    if size > DOCUMENT_BYTES:
        raise Declined(f"a text of {size:,} bytes", f"A file of text may have {DOCUMENT_BYTES:,}; split it")


def check_rows(number: int) -> None:
    """Raises `Declined` where a table has more rows than any export."""
    if number > MOST_ROWS:
        raise Declined(f"a table of {number:,} rows or more", f"A table may have {MOST_ROWS:,}; split it")


def check_page(page: str) -> str:
    """A page without the pictures that are written into it. Raises `Declined` where it is longer than any page of a story."""
    page = _PICTURE.sub("", page)
    if len(page) > PAGE_CHARACTERS:
        raise Declined(f"a page of {len(page):,} characters", f"The page of a story may have {PAGE_CHARACTERS:,}; split it")
    return page


def check_text(text: str) -> None:
    """Raises `Declined` where a text has a line longer than any story."""
    longest = max(map(len, text.split("\n")), default=0)
    if longest > LINE_CHARACTERS:
        raise Declined(f"a line of {longest:,} characters", f"A line may have {LINE_CHARACTERS:,}; part the text into lines, or export it anew")


_PICTURE = re.compile(r"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=%\s]{200,}")


@dataclass(slots=True)
class Budget:
    """The bytes that an archive may still unpack to, shared by the archives in it."""

    left: int = ALL_BYTES

    @classmethod
    def of(cls, packed: int) -> Budget:
        """The budget of an archive of so many bytes: what text can unpack to, and for a small one always some."""
        return cls(min(ALL_BYTES, max(LEAST_BYTES, RATIO * packed)))

    def take(self, size: int) -> None:
        """Counts some unpacked bytes. Raises `Declined` where they are too many."""
        self.left -= size
        if self.left < 0:
            raise Declined("an archive that unpacks to more than it may in all", f"Split it; {ALL_BYTES:,} bytes, or {RATIO} times its size")


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
