"""Bytes to text to reading copy: encodings, markup, wrapped lines, and offsets that lead back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib.core.errors import ArticleError
from stcalib.text.reading_copy import BYTE_LIMIT, decode, reading_of

DECODED = [
    ("plain", b"Caf\xc3\xa9", "Café", "utf-8"),
    ("byte-order mark stays", b"\xef\xbb\xbfOttawa", "\ufeffOttawa", "utf-8"),
    ("Windows-1252", b"Caf\xe9 \x93quoted\x94", "Café “quoted”", "windows-1252"),
    ("UTF-16", "Ottawa".encode("utf-16"), "Ottawa", "utf-16"),
    ("CRLF stays", b"a\r\nb", "a\r\nb", "utf-8"),
]
REFUSED = [
    ("empty", b"", "empty"),
    ("blank", b" \n\t", "empty"),
    ("binary", b"\x00\x01\x02\x03" * 20, "binary"),
    ("picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x9d\x81", "binary"),
    ("undecodable", b"text \x81\x8d more", "neither UTF-8 nor Windows-1252"),
    ("oversized", b"a" * (BYTE_LIMIT + 1), "bytes long"),
]
READ = [
    ("no-break space", "a\xa0b", "a b"),
    ("tags", "<p>One <b>two</b></p><p>three</p>", "\nOne two\n\nthree\n"),
    ("entities", "Canada&rsquo;s &amp; more &#8220;x&#8221;", "Canada’s & more “x”"),
    ("script", "a<script>alert('x')</script>b", "ab"),
    ("script never closed", "a<script>alert('x')", "aalert('x')"),
    ("comment", "a<!-- hidden -->b", "ab"),
    ("less-than is no tag", "5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
    ("zero width", "Tra\u200beger\ufeff", "Traeger"),
    ("CRLF", "a\r\nb\rc", "a\nb\nc"),
    ("letter and accent", "Que\u0301bec and Ekstro\u0308m", "Québec and Ekström"),
    ("accents that no letter has", "b\u0301 \u0301 e\u0301\u0323", "b\u0301 \u0301 ẹ\u0301"),
    ("unknown entity", "AT&T; &nosuchthing;", "AT&T; &nosuchthing;"),
]
WRAPPED = """The board of the northern clinic met on Monday to
hear why the line of people outside its door had
grown so long that the street was closed twice.

Nobody spoke for the ministry, which had promised an
answer before the end of the winter to the families
that wait there every day of the week."""


@pytest.mark.parametrize(("name", "raw", "text", "encoding"), DECODED, ids=[row[0] for row in DECODED])
def test_decoded(name: str, raw: bytes, text: str, encoding: str) -> None:
    assert decode(raw) == (text, encoding)


@pytest.mark.parametrize(("name", "raw", "problem"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused_with_advice(name: str, raw: bytes, problem: str) -> None:
    with pytest.raises(ArticleError) as caught:
        decode(raw)
    assert problem in caught.value.problem
    assert caught.value.advice


@pytest.mark.parametrize(("name", "text", "read"), READ, ids=[row[0] for row in READ])
def test_read(name: str, text: str, read: str) -> None:
    assert reading_of(text).text == read


def test_wrapped_paragraphs_are_read_on_one_line() -> None:
    read = reading_of(WRAPPED).text
    assert read.count("\n") == 2
    assert len(read) == len(WRAPPED)


def test_lines_that_end_sentences_stay_lines() -> None:
    text = "The first line ends here.\nThe second one ends here too.\nAnd the third is as long.\nThe fourth closes it."
    assert reading_of(text).text == text


def test_offsets_lead_back() -> None:
    text = "<p>The premier&rsquo;s <i>plan</i></p>"
    reading = reading_of(text)
    start = reading.text.index("premier’s plan")
    a, b = reading.original(start, start + len("premier’s plan"))
    assert text[a:b] == "premier&rsquo;s <i>plan"


@given(st.text(alphabet=st.sampled_from("ab <>/p&;#x8\r\n\xa0\u200be\u0301\u0323“”'\"!-"), max_size=200))
def test_offsets_are_ordered_and_inside(text: str) -> None:
    reading = reading_of(text)
    last = 0
    for i in range(len(reading.text)):
        start, end = reading.original(i, i + 1)
        assert last <= start < end <= len(text)
        last = start
    if not any(c in text for c in "<&\r\u200b\u0301\u0323"):
        assert len(reading.text) == len(text)
