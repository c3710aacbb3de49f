"""Bytes or text to an `Article`. The only place where text is read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from stcalib.core.errors import ArticleError
from stcalib.text import quotation_marks
from stcalib.text.reading_copy import Reading, check_size, decode, reading_of
from stcalib.text.sentences import sentences
from stcalib.text.tokens import Tokens, tokens_of
from stcalib.text.zones import Block, blocks_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the reading copy and the index of its block."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, repr=False)
class Article:
    """One article: its text as decoded, and what is found in it without interpreting it.

    `text` is never changed; every row's offsets count its
    characters. The other members are computed when first asked for, and count the characters of the reading copy
    `plain`; `cut` leads back from there to `text`.
    """

    article_id: str
    text: str
    encoding: str = "utf-8"
    file: str | None = None

    @cached_property
    def sha256(self) -> str:
        """Digest of the text as UTF-8."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def reading(self) -> Reading:
        """The text without markup and odd blanks, with the way back to its offsets."""
        return reading_of(self.text)

    @property
    def plain(self) -> str:
        """The reading copy."""
        return self.reading.text

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The parts of the page, each with its zone, in offsets of the reading copy."""
        return blocks_of(self.plain)

    @cached_property
    def _marks(self) -> tuple[list[quotation_marks.Quotation], list[quotation_marks.StrayMark]]:
        return quotation_marks.quotations(self.plain, self.blocks)

    @property
    def quotations(self) -> list[quotation_marks.Quotation]:
        """The pairs of quotation marks, in offsets of the reading copy."""
        return self._marks[0]

    @property
    def stray_marks(self) -> list[quotation_marks.StrayMark]:
        """The quotation marks that pair with none."""
        return self._marks[1]

    @cached_property
    def masked(self) -> str:
        """The reading copy with its quotations masked."""
        return quotation_marks.masked(self.plain, self.quotations)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the parts that are read, in offsets of the reading copy."""
        return tuple(Sentence(*found) for found in sentences(self.masked, self.blocks))

    @cached_property
    def memo(self) -> dict[str, object]:
        """What the rooms below have found in the article as a whole, by name, so that it is found once."""
        return {}

    @cached_property
    def _tokens(self) -> dict[int, Tokens]:
        return {}

    def tokens(self, number: int) -> Tokens:
        """The tokens of the sentence with that number, its quotations masked."""
        if number not in self._tokens:
            sentence = self.sentences[number]
            self._tokens[number] = tokens_of(self.masked, sentence.start, sentence.end)
        return self._tokens[number]

    def cut(self, start: int, end: int) -> tuple[int, int, str]:
        """Offsets in `text`, and the text there, of the stretch `start`..`end` of the reading copy."""
        a, b = self.reading.original(start, end)
        return a, b, self.text[a:b]

    def __repr__(self) -> str:
        return f"<Article {self.article_id!r}: {len(self.text):,} characters>"


def read_article(path: Path) -> Article:
    """The article in a text file. Raises `ArticleError` that says what is wrong with it and what to do."""
    try:
        check_size(path.stat().st_size)
        raw = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"cannot be read ({error.strerror})", "Check that it is there and readable") from error
    text, encoding = decode(raw)
    return Article(path.stem, text, encoding, path.name)
